-- What a registry says of a model against what the catalogue has: the differences in a few words each, and
-- the entry as it is with them. What the registry does not say is kept as it is: prices, rules, node keys,
-- names, values and objects that it leaves out. Reads and writes no files.

local param_differences = require "rhub.catalogue.param_differences"

local differences = {}

local copy, fresh, takes = param_differences.copy, param_differences.fresh, param_differences.takes

local function by_name(params)
  local map = {}
  for _, param in ipairs(params) do map[param.name] = param end
  return map
end

-- Rules that say when a parameter is needed. The registry knows no conditions and marks it one way or other.
local CONDITIONS = { exactly_one = true, at_least_one = true, together = true, only_when = true,
  required = true }

local function held_by_rules(entry)
  local held = {}
  for _, rule in ipairs(entry.rules or {}) do
    for _, name in ipairs(CONDITIONS[rule.rule] and rule or {}) do held[name] = true end
  end
  return held
end

-- Every parameter that the price or a rule goes by.
local function needed(entry)
  local names, price = {}, entry.price or {}
  if price.times then names[price.times] = true end
  for _, rule in ipairs(price.rules or {}) do
    for name in pairs(rule.when) do names[name] = true end
  end
  for _, rule in ipairs(entry.rules or {}) do
    for _, name in ipairs(rule) do names[name] = true end
    for _, part in ipairs { rule.when or {}, rule.unless or {} } do
      for name in pairs(part) do names[name] = true end
    end
    for _, name in ipairs(rule.any or {}) do names[name] = true end
    if rule.with then names[rule.with] = true end
  end
  return names
end

---@class rhub.catalogue.change   while an entry is compared
---@field entry rhub.model        as it is with what has been found
---@field changes string[]
---@field differs boolean

local function say(found, name, text)
  found.changes[#found.changes + 1] = name .. ": " .. text
end

local function compare_present(found, before, told)
  local held, still = held_by_rules(before), needed(before)
  local params = found.entry.params
  for _, param in ipairs(before.params) do
    if told[param.name] then
      local merged, changes, differs = param_differences.of(param, told[param.name], held)
      params[#params + 1] = merged
      for _, text in ipairs(changes) do say(found, param.name, text) end
      found.differs = found.differs or differs
    elseif still[param.name] then
      params[#params + 1] = copy(param)
      params[#params].required = false
      say(found, param.name, "gone; kept as optional, the price or a rule goes by it")
      found.differs = found.differs or param.required
    else
      say(found, param.name, "gone")
      found.differs = true
    end
  end
end

local function without(list, name)
  local rest = {}
  for _, item in ipairs(list or {}) do
    if item ~= name then rest[#rest + 1] = item end
  end
  return #rest > 0 and rest or nil
end

local function add_object(entry, name)
  entry.object_params = entry.object_params or {}
  table.insert(entry.object_params, name)
end

local function add_param(entry, told)
  if told.type == "object" then add_object(entry, told.name)
  else entry.params[#entry.params + 1] = fresh(told) end
end

local function compare_new(found, before, list)
  local present, objects = by_name(before.params), {}
  for _, name in ipairs(before.object_params or {}) do objects[name] = true end
  for _, told in ipairs(list) do
    if objects[told.name] and told.type ~= "object" then
      found.entry.object_params = without(found.entry.object_params, told.name)
      add_param(found.entry, told)
      say(found, told.name, ("takes %s now, was an object"):format(takes(told)))
      found.differs = true
    elseif not objects[told.name] and not present[told.name] then
      add_param(found.entry, told)
      say(found, told.name, told.required and "new parameter, required" or "new parameter")
      found.differs = true
    end
  end
end

local function is_chinese(text)
  return text ~= nil and text:find("[\xE3-\xE9]") ~= nil
end

-- A registry of a date when the model was there, as far as is known, says nothing of its coming back.
local function compare_status(found, before, date)
  if before.status ~= "removed" or date and before.last_seen and date <= before.last_seen then return end
  found.entry.status, found.entry.last_seen = "listed", nil
  found.changes[#found.changes + 1] = "listed again, was removed"
  found.differs = true
end

local function compare_head(found, before, told)
  local entry = found.entry
  if told.output and told.output ~= before.output then
    entry.output = told.output
    say(found, "output", ("%s, was %s"):format(told.output, before.output))
    found.differs = true
  end
  if is_chinese(told.name_zh) and told.name_zh ~= before.name_zh then
    entry.name_zh = told.name_zh
    say(found, "Chinese name", ("%s, was %s"):format(told.name_zh, before.name_zh))
    found.differs = true
  end
end

-- What is different about a model. `entry` is nil where nothing is to be written: what the registry lacks and
-- the catalogue keeps is told all the same.
---@param before rhub.model
---@param told rhub.registry.model
---@param date? string the registry's
---@return { endpoint: string, changes: string[], entry: rhub.model|nil }
function differences.of(before, told, date)
  local found = { entry = copy(before), changes = {}, differs = false }
  compare_status(found, before, date)
  compare_head(found, before, told)
  if #told.params > 0 then -- an empty list means that the parameters are not known
    found.entry.params, found.entry.params_unknown = {}, nil
    compare_present(found, before, by_name(told.params))
    compare_new(found, before, told.params)
  end
  return { endpoint = before.endpoint, changes = found.changes, entry = found.differs and found.entry or nil }
end

-- The entry of a model that the catalogue does not have; the rest of it is the importer's.
---@param told rhub.registry.model
---@return rhub.model
function differences.new(told)
  local entry = { endpoint = told.endpoint, name_zh = told.name_zh or told.endpoint, output = told.output,
    params = {}, doc_names = {}, status = "listed", params_unknown = #told.params == 0 or nil }
  for _, param in ipairs(told.params) do add_param(entry, param) end
  return entry
end

return differences
