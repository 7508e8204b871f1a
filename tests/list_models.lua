-- Rewrites lua/rhub/catalogue/index.lua from the families: `make index`, after a model, a name or a family
-- was added or removed. tests/lua/catalogue_spec.lua sees to it that nobody forgets.
package.path = "lua/?.lua;lua/?/init.lua;" .. package.path

local RANK = { listed = 1, deprecated = 2, removed = 3 }

-- A family's file gives itself away: it takes its words for itself.
local function is_family(path)
  local file <close> = assert(io.open(path))
  return file:read("a"):find('\nlocal _ENV = require("rhub.catalogue.words").of "', 1, true) ~= nil
end

local function families()
  local list = {}
  local pipe <close> = assert(io.popen "ls lua/rhub/catalogue/*.lua | LC_ALL=C sort")
  for path in pipe:lines() do
    if is_family(path) then list[#list + 1] = require("rhub.catalogue." .. path:match "([^/]+)%.lua$") end
  end
  return list
end

local models, names = {}, {}
for _, family in ipairs(families()) do
  for _, entry in ipairs(family) do
    models[#models + 1] = ("%s in %s\n"):format(entry.endpoint, entry.family)
    for _, name in ipairs { entry.name, table.unpack(entry.doc_names) } do
      if name ~= entry.endpoint then
        names[name] = names[name] or {}
        names[name][entry.endpoint] = RANK[entry.status]
      end
    end
  end
end

-- The listed path first, then the deprecated, then the removed.
local aliases = {}
for name, ranks in pairs(names) do
  local endpoints = {}
  for endpoint in pairs(ranks) do endpoints[#endpoints + 1] = endpoint end
  table.sort(endpoints, function(a, b)
    return ranks[a] < ranks[b] or ranks[a] == ranks[b] and a < b
  end)
  aliases[#aliases + 1] = ("%s -> %s\n"):format(name, table.concat(endpoints, " "))
end
table.sort(models)
table.sort(aliases)

local f <close> = assert(io.open("lua/rhub/catalogue/index.lua", "w"))
f:write(([==[
-- Which family declares which model, and the other names that models go by; where one name stands for
-- several, the one that it is taken for comes first. Made by `make index` from the families. Text, because
-- text costs next to nothing to read: a look-up reads this file and one family's.
return {
  models = [[

%s]],
  names = [[

%s]],
}
]==]):format(table.concat(models), table.concat(aliases)))
