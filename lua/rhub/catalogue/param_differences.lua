-- What a registry says of a parameter against what the catalogue has: see differences.lua.

local words = require "rhub.check.words"

local param_differences = {}

local MEDIA = { image = true, video = true, audio = true }
local KINDS = { boolean = "true or false", string = "text", image = "a picture", video = "a video",
  audio = "audio" }
local MOST_LISTED = 12

---@generic T
---@param v T
---@return T
function param_differences.copy(v)
  if type(v) ~= "table" then return v end
  local new = {}
  for k, item in pairs(v) do new[k] = param_differences.copy(item) end
  return new
end

local copy = param_differences.copy

-- What a parameter takes, in the fewest words.
---@param param rhub.param|rhub.registry.param
---@return string
function param_differences.takes(param)
  return KINDS[param.type] or words.takes(param)
end

local function listed(values)
  if #values <= MOST_LISTED then return table.concat(values, ", ") end
  return ("%s and %d more"):format(table.concat(values, ", ", 1, MOST_LISTED), #values - MOST_LISTED)
end

-- ---- one parameter ----------------------------------------------------------------------------
-- Each looks at one thing that `told` says, puts it into `param`, a copy of the present one, and returns
-- words for it; with true after them where nothing is to be written.

local look = {}

-- Where a rule says when it is needed, it is not required by itself, whatever the registry marks.
function look.required(param, told, held)
  if told.required == nil or told.required == param.required then return end
  if told.required and held[param.name] then return end
  param.required = told.required
  return told.required and "required now" or "optional now"
end

-- A list where the registry tells of one value may be our own finding, except for files.
function look.list(param, told)
  local is_list = param.list or false
  if told.list == nil or told.list == is_list or not told.list and not MEDIA[param.type] then return end
  param.list = told.list or nil
  if told.list then
    param.max_items = told.max_items
    return "a list" .. (told.max_items and ", up to " .. told.max_items or "") .. " now"
  end
  param.max_items = nil
  return "one value now, was a list"
end

function look.max_items(param, told)
  local before = param.max_items
  if not param.list or not told.max_items or told.max_items == before then return end
  param.max_items = told.max_items
  return ("up to %d of them%s"):format(told.max_items, before and ", was " .. before or " now")
end

local function lower_set(values)
  local set = {}
  for _, v in ipairs(values) do set[v:lower()] = v end
  return set
end

function look.values(param, told)
  if not param.enum or not told.enum then return end
  local known, new = lower_set(param.enum), {}
  for _, v in ipairs(told.enum) do
    if not known[v:lower()] then new[#new + 1] = v end
  end
  table.move(new, 1, #new, #param.enum + 1, param.enum)
  return #new > 0 and "takes " .. listed(new) .. " now" or nil
end

-- Values come over time, and the registry may be the older one.
function look.missing_values(_, told, _, before)
  if not before.enum or not told.enum then return end
  local there, missing = lower_set(told.enum), {}
  for _, v in ipairs(before.enum) do
    if not there[v:lower()] then missing[#missing + 1] = v end
  end
  if #missing == 0 then return end
  return ("%s %s not in the registry, kept"):format(listed(missing), #missing == 1 and "is" or "are"), true
end

-- What the registry has as a text's default is mostly a sample, so it counts only where there is one already.
function look.default(param, told, _, before)
  local new = told.default
  if MEDIA[param.type] or new == nil or new == before.default then return end
  if param.type == "string" and before.default == nil then return end
  param.default = param.enum and lower_set(param.enum)[new:lower()] or new
  if param.default == before.default then return end
  if before.default == nil then return ("default %s now"):format(tostring(param.default)) end
  return ("default %s, was %s"):format(tostring(param.default), tostring(before.default))
end

function look.max_length(param, told)
  local before = param.max_length
  if not told.max_length or told.max_length == before then return end
  param.max_length = told.max_length
  return ("up to %s characters%s"):format(words.count(told.max_length),
    before and ", was " .. words.count(before) or " now")
end

function look.range(param, told, _, before)
  local same = true
  for _, field in ipairs { "min", "max", "step" } do
    if told[field] ~= nil and told[field] ~= param[field] then param[field], same = told[field], false end
  end
  if same then return end
  if param.min and param.max and param.min > param.max then -- a bound of ours does not go with one of theirs
    param.min, param.max = told.min, told.max
  end
  local was = words.range(before)
  return ("%s%s"):format(words.range(param), was and ", was " .. was or " now")
end

-- jpg and jpeg are one.
local function types_text(accept)
  local set, types = {}, {}
  for _, ending in ipairs(accept) do
    ending = ending == ".jpeg" and "jpg" or ending:sub(2)
    if not set[ending] then types[#types + 1] = ending end
    set[ending] = true
  end
  local text = table.concat(types, ", ")
  table.sort(types)
  return text, table.concat(types, ",")
end

function look.accept(param, told)
  if not told.accept then return end
  local new, new_key = types_text(told.accept)
  local was, was_key = types_text(param.accept or {})
  if new_key == was_key then return end
  param.accept = copy(told.accept)
  return ("takes %s%s"):format(new, was ~= "" and ", was " .. was or " now")
end

function look.max_bytes(param, told)
  local before = param.max_bytes
  if not told.max_bytes or told.max_bytes == before then return end
  param.max_bytes = told.max_bytes
  local was = before and ", was " .. words.size(before) or " now"
  return ("up to %s%s"):format(words.size(told.max_bytes), was)
end

local ORDER = { "required", "list", "max_items", "values", "missing_values", "default", "max_length", "range",
  "accept", "max_bytes" }

-- A registry's parameter as an entry has it. A default of a text is left out: see look.default.
---@param told rhub.registry.param
---@return rhub.param
function param_differences.fresh(told)
  local param = copy(told)
  param.required = told.required or false
  param.list = told.list or nil
  param.open = nil
  if MEDIA[param.type] or param.type == "string" then param.default = nil end
  return param
end

-- Another type: everything but its name is new.
local function retype(before, told, held)
  local param = param_differences.fresh(told)
  if told.required == nil or held[param.name] then param.required = before.required end
  param.node_key = before.node_key
  local takes = param_differences.takes
  return param, { ("takes %s now, was %s"):format(takes(told), takes(before)) }, true
end

-- The parameter as it is now, what is different about it in a few words each, and whether it differs: what
-- the registry lacks is told and kept. `held` has the names that a rule sets conditions for.
---@param before rhub.param
---@param told rhub.registry.param
---@param held table<string, boolean>
---@return rhub.param
---@return string[] changes
---@return boolean differs
function param_differences.of(before, told, held)
  if told.type == "object" or told.open and before.enum then return before, {}, false end
  if told.type ~= before.type then return retype(before, told, held) end
  local param, changes, differs = copy(before), {}, false
  for _, name in ipairs(ORDER) do
    local change, kept = look[name](param, told, held, before)
    changes[#changes + 1] = change
    differs = differs or change ~= nil and not kept
  end
  return param, changes, differs
end

return param_differences
