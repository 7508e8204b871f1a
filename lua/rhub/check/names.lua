-- The names of a model's parameters: which it lists, and what one may have meant that it does not list.

local nearest = require "rhub.nearest"

local names = {
  ---@type table<string, rhub.param> what every model takes
  common = {},
}
for _, param in ipairs(require "rhub.catalogue.common") do names.common[param.name] = param end

-- Parameters that models are known to take although the vendor's registry does not list them: the
-- documentation of sparkvideo has all three. They are no misspellings of anything.
local UNTOLD = { seed = true, realPersonMode = true, conversionSlots = true }

local known_of = setmetatable({}, { __mode = "k" }) -- made once for each entry

-- Every name that an entry lists, with its type.
---@param entry rhub.model
---@return table<string, string>
function names.known(entry)
  local known = known_of[entry]
  if not known then
    known = {}
    for _, param in ipairs(entry.params) do known[param.name] = param.type end
    for _, name in ipairs(entry.object_params or {}) do known[name] = known[name] or "object" end
    known_of[entry] = known
  end
  return known
end

---@param params table
---@return any[] sorted
function names.sorted(params)
  local list = {}
  for name in pairs(params) do list[#list + 1] = name end
  table.sort(list, function(a, b) return tostring(a) < tostring(b) end)
  return list
end

-- Listed parameters that were not given: what a misspelt name may have meant.
local function not_given(entry, params)
  local list = {}
  for _, param in ipairs(entry.params) do
    if params[param.name] == nil then list[#list + 1] = param.name end
  end
  for name in pairs(names.common) do
    if params[name] == nil then list[#list + 1] = name end
  end
  return list
end

-- The parameter that a name which is not listed was most likely to be.
---@param entry rhub.model
---@param params table what else is given
---@param name string
---@return string|nil
function names.nearest(entry, params, name)
  if entry.params_unknown or UNTOLD[name] then return nil end
  return nearest.short(name, not_given(entry, params))
end

-- The names that an entry does not list.
---@param entry rhub.model
---@param params table
---@return string[] sorted
function names.unlisted(entry, params)
  local known, list = names.known(entry), {}
  for _, name in ipairs(names.sorted(params)) do
    if not known[name] and not names.common[name] then list[#list + 1] = name end
  end
  return list
end

return names
