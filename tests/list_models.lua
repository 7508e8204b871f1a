-- Rewrites lua/rhub/catalogue/index*.lua from the families: `make index`, after a model, a name or a family
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

local models, names, chinese = {}, {}, {}
for _, family in ipairs(families()) do
  for _, entry in ipairs(family) do
    models[#models + 1] = ("%s in %s\n"):format(entry.endpoint, entry.family)
    if entry.name_zh ~= entry.endpoint then
      chinese[entry.name_zh] = chinese[entry.name_zh] or {}
      chinese[entry.name_zh][entry.endpoint] = RANK[entry.status]
    end
    for _, name in ipairs { entry.name, table.unpack(entry.doc_names) } do
      if name ~= entry.endpoint then
        names[name] = names[name] or {}
        names[name][entry.endpoint] = RANK[entry.status]
      end
    end
  end
end

-- Lines of names and endpoints: the listed path first, then the deprecated, then the removed.
local function lines_of(ranks_of)
  local lines = {}
  for name, ranks in pairs(ranks_of) do
    local endpoints = {}
    for endpoint in pairs(ranks) do endpoints[#endpoints + 1] = endpoint end
    table.sort(endpoints, function(a, b)
      return ranks[a] < ranks[b] or ranks[a] == ranks[b] and a < b
    end)
    lines[#lines + 1] = ("%s -> %s\n"):format(name, table.concat(endpoints, " "))
  end
  table.sort(lines)
  return table.concat(lines)
end
table.sort(models)

local MADE = "-- Made by `make index` from the families. Text, because text costs next to nothing to read.\n"

local function write(name, about, text)
  local f <close> = assert(io.open("lua/rhub/catalogue/" .. name .. ".lua", "w"))
  f:write("-- ", about, "\n", MADE, "return [[\n\n", text, "]]\n")
end

local names_text, chinese_text = lines_of(names), lines_of(chinese)
write("index", "Which family declares which model.", table.concat(models))
write("index_names", "Other names of models; where one stands for several, the one to be taken first.",
  names_text)
write("index_chinese", "Chinese names of models. One that several have names none of them.", chinese_text)
