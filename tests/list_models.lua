-- Rewrites lua/rhub/catalogue/index.lua from the families: `make index`, after a model, a name or a family
-- was added or removed. tests/lua/catalogue_spec.lua sees to it that nobody forgets.
package.path = "lua/?.lua;lua/?/init.lua;" .. package.path

local RANK = { listed = 1, deprecated = 2, removed = 3 }
local APART = { index = true, init = true, own = true, words = true, price_words = true, rule_words = true,
  family = true, importer = true, writer = true }

local function families()
  local list = {}
  local pipe <close> = assert(io.popen "ls lua/rhub/catalogue/*.lua | LC_ALL=C sort")
  for path in pipe:lines() do
    local name = path:match "([^/]+)%.lua$"
    if not APART[name] then list[#list + 1] = require("rhub.catalogue." .. name) end
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
