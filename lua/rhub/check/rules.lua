-- What holds between the parameters of a model: its rules, see rhub.catalogue.rule_words. Looks at what is to
-- be sent, after each parameter has been looked at by itself, so that filled-in defaults count.

local json = require "rhub.json"
local media = require "rhub.media"
local picture = require "rhub.picture"

local rules = {}

---@class rhub.rule_context
---@field entry rhub.model
---@field params table          what is to be sent
---@field add fun(name: string, value: any, message: string, allowed: string|nil)
---@field warn fun(text: string, key: string)

local function is_given(context, name)
  local value = context.params[name]
  if value == nil or value == "" or value == json.null then return false end
  return type(value) ~= "table" or next(value) ~= nil
end

-- What a parameter means here: its value, else the default of the service's form.
local function meant(context, name)
  local value = context.params[name]
  if value ~= nil then return value end
  for _, param in ipairs(context.entry.params) do
    if param.name == name then return param.default end
  end
end

local function split(context, names)
  local given, missing = {}, {}
  for _, name in ipairs(names) do
    local list = is_given(context, name) and given or missing
    list[#list + 1] = name
  end
  return given, missing
end

local function list(names, last)
  local n = #names
  if n < 2 then return names[1] or "" end
  return table.concat(names, ", ", 1, n - 1) .. " " .. last .. " " .. names[n]
end

-- "aspectRatio is custom", "isInstrumental or lyricsOptimizer is true".
local function say(conditions)
  local parts = {}
  for name, value in pairs(conditions) do parts[#parts + 1] = ("%s is %s"):format(name, tostring(value)) end
  table.sort(parts)
  return list(parts, "or")
end

local function any_holds(context, conditions)
  for name, value in pairs(conditions) do
    if tostring(meant(context, name)) == tostring(value) then return true end
  end
  return false
end

local KINDS = {}

function KINDS.exactly_one(rule, context)
  local given, missing = split(context, rule)
  if #given == 0 then
    context.add(missing[1], nil, "is required", "or " .. list({ table.unpack(missing, 2) }, "or"))
  end
  for i = 2, #given do
    local value = context.params[given[i]]
    context.add(given[i], value, "does not go together with " .. given[1], "give one of them")
  end
end

function KINDS.at_least_one(rule, context)
  local given, missing = split(context, rule)
  if #given == 0 then
    context.add(missing[1], nil, "is required", "or " .. list({ table.unpack(missing, 2) }, "or"))
  end
end

function KINDS.at_most(rule, context)
  local most, names, n = rule[1], split(context, { table.unpack(rule, 2) }), 0
  for _, name in ipairs(names) do
    local value = context.params[name]
    n = n + (type(value) == "table" and #value or 1)
  end
  if n <= most then return end
  local last = names[#names]
  context.add(last, context.params[last], ("makes %d items with %s"):format(n, names[1]),
    ("takes at most %d together"):format(most))
end

function KINDS.together(rule, context)
  local given, missing = split(context, rule)
  if #given == 0 then return end
  for _, name in ipairs(missing) do context.add(name, nil, "is required with " .. list(given, "and")) end
end

function KINDS.needs(rule, context)
  if not is_given(context, rule[1]) or #split(context, rule.any) > 0 then return end
  context.add(rule.any[1], nil, "is required with " .. rule[1],
    #rule.any > 1 and "or " .. list({ table.unpack(rule.any, 2) }, "or") or nil)
end

function KINDS.only_when(rule, context)
  if any_holds(context, rule.when) then return end
  local given = split(context, rule)
  for _, name in ipairs(given) do
    context.add(name, context.params[name], "is looked at only where " .. say(rule.when))
  end
end

function KINDS.required(rule, context)
  if rule.unless and any_holds(context, rule.unless) then return end
  if rule.when and not any_holds(context, rule.when) then return end
  local condition = rule.when and "where " .. say(rule.when) or "unless " .. say(rule.unless)
  local _, missing = split(context, rule)
  for _, name in ipairs(missing) do context.add(name, nil, "is required " .. condition) end
end

function KINDS.ignored(rule, context)
  if not is_given(context, rule.with) then return end
  local given = split(context, rule)
  if #given == 0 then return end
  context.warn(("%s: %s %s not looked at with %s"):format(context.entry.endpoint, list(given, "and"),
    #given > 1 and "are" or "is", rule.with), "ignored " .. rule.with)
end

-- Of a local file only: nobody reads an address before the service does.
function KINDS.picture_size(rule, context)
  local path = context.params[rule[1]]
  if type(path) ~= "string" or media.is_address(path) then return end
  if rule.when and not any_holds(context, rule.when) then return end
  local info = media.inspect(path)
  local width, height = picture.size(path, info and info.type)
  if not width then return end
  local size = ("%dx%d"):format(width, height)
  local sizes = { table.unpack(rule, 2) }
  for _, one in ipairs(sizes) do
    if one == size then return end
  end
  context.add(rule[1], path, ("%s has %s pixels"):format(path, size), "takes " .. list(sizes, "or"))
end

-- Looks at all rules of a model.
---@param context rhub.rule_context
function rules.check(context)
  for _, rule in ipairs(context.entry.rules) do KINDS[rule.rule](rule, context) end
end

return rules
