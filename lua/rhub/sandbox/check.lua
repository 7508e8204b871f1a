-- A submit's parameters against the catalogue, as strictly as the service may be: what it would refuse must
-- be refused here. Written apart from the client's own checks, so that each finds the other's mistakes.

local json = require "rhub.json"
local rules = require "rhub.check.rules"

local check = {}

local function is_list(value)
  return type(value) == "table" and (#value > 0 or getmetatable(value) == json.array_mt)
end

local function member(list, value)
  for _, one in ipairs(list) do
    if one == value then return true end
  end
  return false
end

local MEDIA = { image = true, video = true, audio = true }
local DATA_MAX = 8 * 1024 * 1024

-- jpg and jpeg are one.
local function extension(name)
  local ext = name:lower():match("%.(%w+)$") or ""
  return ext == "jpeg" and "jpg" or ext
end

local function check_file(param, file)
  if param.accept then
    local taken = false
    for _, ext in ipairs(param.accept) do taken = taken or extension("x" .. ext) == extension(file.name) end
    if not taken then return ("%s: %s is of a type that it does not take"):format(param.name, file.name) end
  end
  if param.max_bytes and file.bytes > param.max_bytes then
    return ("%s: the file is larger than %d bytes"):format(param.name, param.max_bytes)
  end
end

-- An asset of this account, ready, and of the kind that the parameter takes.
local function check_asset(param, id, context)
  local asset = context.asset(context.account, id)
  if not asset then return ("%s: there is no asset %s"):format(param.name, id) end
  if asset.status ~= "ACTIVE" then
    return ("%s: asset %s is not ready: %s"):format(param.name, id, asset.status)
  end
  if asset.kind:lower() ~= param.type then
    return ("%s: asset %s is of type %s"):format(param.name, id, asset.kind)
  end
end

-- An address: http(s), data, asset; one of the sandbox's own must have been issued and live still.
local function check_address(param, value, context)
  if type(value) ~= "string" then return param.name .. " must be a URL" end
  if value:find("^data:[%w/+.-]+;base64,") then
    return #value > DATA_MAX and param.name .. ": the data URI is too large" or nil
  end
  local asset = value:match("^asset://([%w_-]+)$")
  if asset then return check_asset(param, asset, context) end
  if not value:find("^https?://[^/%s]+") or value:find("[%c%s]") then
    return param.name .. " must be an http(s) URL"
  end
  local own, file = context.lookup(value)
  if not own then return nil end
  if not file then return param.name .. ": this address was never issued, or has expired" end
  return check_file(param, file)
end

local function check_text(param, value)
  if type(value) ~= "string" then return param.name .. " must be a string" end
  local length = utf8.len(value)
  if not length then return param.name .. " is not UTF-8" end
  if param.max_length and length > param.max_length then
    return ("%s is longer than %d"):format(param.name, param.max_length)
  end
end

local function check_number(param, value)
  local kind = math.type(value)
  if param.type == "integer" and kind ~= "integer" then return param.name .. " must be an integer" end
  if not kind then return param.name .. " must be a number" end
  if (param.min and value < param.min) or (param.max and value > param.max) then
    return ("%s: %s is out of range"):format(param.name, value)
  end
  local steps = param.step and (value - (param.min or 0)) / param.step or 0
  if math.abs(steps - math.floor(steps + 0.5)) > 1e-6 then
    return ("%s: %s is between steps of %s"):format(param.name, value, param.step)
  end
end

local function check_one(param, value, context)
  if MEDIA[param.type] then return check_address(param, value, context) end
  if param.type == "string" then return check_text(param, value) end
  if param.type == "boolean" then
    return type(value) ~= "boolean" and param.name .. " must be true or false" or nil
  end
  if param.type == "enum" then
    local listed = param.numbers and math.type(value) == "integer" and tostring(value) or value
    if member(param.enum, listed) and (not param.numbers or listed ~= value) then return nil end
    return ("%s: %s is not an option"):format(param.name, tostring(value))
  end
  return check_number(param, value)
end

local function check_param(param, value, context)
  if not param.list then return check_one(param, value, context) end
  if not is_list(value) then return param.name .. " must be an array" end
  if param.required and #value == 0 then return param.name .. " must not be empty" end
  if param.max_items and #value > param.max_items then
    return ("%s takes %d at most"):format(param.name, param.max_items)
  end
  for _, one in ipairs(value) do
    local problem = check_one(param, one, context)
    if problem then return problem end
  end
end

-- What holds between parameters is written once: the first that does not hold.
local function rules_problem(model, params)
  local found
  rules.check {
    entry = model, params = params, warn = function() end,
    add = function(name, _, message) found = found or ("%s: %s"):format(name, message) end,
  }
  return found
end

-- What is wrong with the parameters of a catalogued model, or nil. The service's own extra fields and
-- unknown ones pass.
---@param model rhub.model
---@param params table
---@param context table {lookup = function(url) -> own, file; asset = function(account, id) -> asset; account}
---@return string|nil
function check.problem(model, params, context)
  local instance = params.instanceType
  if instance ~= nil and instance ~= "default" and instance ~= "plus" then
    return "instanceType: default or plus"
  end
  for _, param in ipairs(model.params_unknown and {} or model.params) do
    local value = params[param.name]
    if value == nil or value == json.null then
      if param.required then return param.name .. " is required" end
    else
      local problem = check_param(param, value, context)
      if problem then return problem end
    end
  end
  return model.rules and rules_problem(model, params)
end

return check
