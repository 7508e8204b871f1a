-- Whether an entry holds together: its texts are texts, its numbers numbers, its prices amounts, and what it
-- names is there. For entries that people or registries have written; those that come with rhub pass too.

local clean = require "rhub.catalogue.clean"
local rule_shapes = require "rhub.catalogue.rule_shapes"

local valid = {}

local STATUS = { listed = true, deprecated = true, removed = true }
local UNITS = { call = true, second = true, image = true, ["5 seconds"] = true, ["1000 characters"] = true }
local MOST_MONEY = 1e9

-- A value in a few words.
local function say(value)
  if type(value) == "string" and #value <= 60 and clean.is(value) then return '"' .. value .. '"' end
  if type(value) == "number" or type(value) == "boolean" then return tostring(value) end
  return "this " .. type(value)
end

local function is_text(value)
  return type(value) == "string" and value ~= "" and clean.is(value)
end

local function is_number(value)
  return type(value) == "number" and value == value and math.abs(value) < math.huge
end

local function is_count(value)
  return math.type(value) == "integer" and value > 0
end

local TEXT = { is_text, "a text without control characters" }
local NUMBER = { is_number, "a number" }
local COUNT = { is_count, "a whole number above 0" }
local MARK = { function(value) return value == true or value == false end, "true or false" }
local TEXTS = { function(value)
  if type(value) ~= "table" then return false end
  for key, item in pairs(value) do
    if math.type(key) ~= "integer" or not is_text(item) then return false end
  end
  return #value > 0
end, "a list of texts without control characters" }

-- The first field that is there and is not what it has to be.
local function check_fields(from, fields, where)
  for _, field in ipairs(fields) do
    local name, is, value = field[1], field[2], from[field[3] or field[1]]
    if value ~= nil and not is[1](value) then
      return ("%s%s: %s is not %s"):format(where, name, say(value), is[2])
    end
  end
end

-- ---- parameters -------------------------------------------------------------------------------

local PARAM = { { "min", NUMBER }, { "max", NUMBER }, { "step", NUMBER }, { "max", COUNT, "max_length" },
  { "max", COUNT, "max_bytes" }, { "items", COUNT, "max_items" }, { "node", TEXT, "node_key" },
  { "numbers", MARK },
  { "its values", TEXTS, "enum" }, { "its file types", TEXTS, "accept" } }

-- A default may be a prompt of several lines.
local function is_default(param, value)
  if param.type == "boolean" then return type(value) == "boolean" end
  if param.type == "integer" then return math.type(value) == "integer" end
  if param.type == "number" then return is_number(value) end
  if type(value) ~= "string" then return false end
  if param.type == "string" then return clean.is((value:gsub("[\n\t]", " "))) end
  if not param.enum then return clean.is(value) end
  for _, choice in ipairs(param.enum) do
    if choice == value then return true end
  end
  return false
end

local function param_problem(param, where)
  if param.type == "enum" and not param.enum then return param.name .. " lists no values" end
  local why = check_fields(param, PARAM, where)
  if why then return why end
  if param.min and param.max and param.min > param.max then
    return ("%sfrom %s to %s is no range"):format(where, param.min, param.max)
  end
  for _, choice in ipairs(param.numbers and param.enum or {}) do
    if not tonumber(choice) then return ("%snumbers: %s is none"):format(where, say(choice)) end
  end
  if param.step and param.step <= 0 then return where .. "a step is more than 0" end
  if param.default ~= nil and not is_default(param, param.default) then
    return ("%sthe default %s is not one of what it takes"):format(where, say(param.default))
  end
end

-- Every name that the entry lists, or what is wrong with its parameters.
local function read_params(entry)
  local names = {}
  for i, param in ipairs(entry.params) do
    local name = param.name
    if not is_text(name) then return nil, ("parameter %d has no name, or one with control characters"):format(i) end
    if names[name] then return nil, name .. " stands twice" end
    names[name] = true
    local why = param_problem(param, name .. ": ")
    if why then return nil, why end
  end
  for _, name in ipairs(entry.object_params or {}) do
    if not is_text(name) then return nil, "an object has no name, or one with control characters" end
    names[name] = true
  end
  return names
end

-- ---- prices -----------------------------------------------------------------------------------

-- What can be reckoned with: ten-thousandths, and sums that do not overflow.
local function amount_problem(amount, where)
  if not is_number(amount) or amount < 0 or amount >= MOST_MONEY then
    return ("%s%s is no amount: from 0 to below 1,000,000,000"):format(where, say(amount))
  end
  if tonumber(("%.4f"):format(amount)) ~= amount then
    return ("%s%s has more than four decimals"):format(where, amount)
  end
end

local function rules_problem(rules, names)
  if type(rules) ~= "table" or #rules == 0 then return "price: lists no amounts" end
  for _, rule in ipairs(rules) do
    local condition = {}
    for name, value in pairs(rule.when) do
      if not names[name] then return ("price: it goes by %s, which is no parameter"):format(say(name)) end
      if not is_text(value) then return ("price: %s %s is no value"):format(name, say(value)) end
      condition[#condition + 1] = name .. " " .. value
    end
    table.sort(condition)
    local why = amount_problem(rule.price, ("price for %s: "):format(table.concat(condition, ", ")))
    if why then return why end
  end
end

local PRICE = { { "currency", TEXT }, { "as_of", TEXT }, { "times", TEXT }, { "at_least", MARK } }
local LIST = { { "unit", TEXT }, { "as_of", TEXT } }

local function list_problem(list)
  if type(list) ~= "table" then return "price: list is no table" end
  if not list.unit or not list.as_of then return "price: list has no unit or no as_of" end
  return check_fields(list, LIST, "price: list: ") or amount_problem(list.from, "price: list: ")
end

local function price_problem(price, names)
  if type(price) ~= "table" or not UNITS[price.unit] then
    return "price is none: write per.call(1), per.second { ... }"
  end
  if price.currency == nil then return "price: has no currency" end
  local why = check_fields(price, PRICE, "price: ")
  if why then return why end
  if price.times and not names[price.times] then
    return ("price: times %s, which is no parameter"):format(say(price.times))
  end
  local kinds = (price.fixed ~= nil and 1 or 0) + (price.from ~= nil and 1 or 0) + (price.rules and 1 or 0)
  if kinds ~= 1 then return "price: takes one of an amount, from and by" end
  why = price.rules and rules_problem(price.rules, names)
    or not price.rules and amount_problem(price.fixed or price.from, "price: ")
  return why or price.list_price ~= nil and list_problem(price.list_price) or nil
end

-- ---- the whole --------------------------------------------------------------------------------

local ENTRY = { { "name", TEXT }, { "zh", TEXT, "name_zh" }, { "task", TEXT }, { "output", TEXT },
  { "family", TEXT }, { "last_seen", TEXT }, { "params_unknown", MARK } }

local function entry_problem(entry)
  local why = check_fields(entry, ENTRY, "")
  if why then return why end
  if not STATUS[entry.status] then
    return ("status: %s is none of listed, deprecated, removed"):format(say(entry.status))
  end
  if #entry.doc_names > 0 and not TEXTS[1](entry.doc_names) then return "documented: takes " .. TEXTS[2] end
  local names
  names, why = read_params(entry)
  if not names then return why end
  for _, rule in ipairs(entry.rules or {}) do
    why = rule_shapes.problem(rule, names)
    if why then return ("%s: %s"):format(rule.rule, why) end
  end
  return entry.price ~= nil and price_problem(entry.price, names) or nil
end

-- What is wrong with an entry, or nil.
---@param entry rhub.model
---@return string|nil
function valid.problem(entry)
  if not clean.is_endpoint(entry.endpoint) then
    return say(entry.endpoint) .. " is no endpoint: write it as it follows /openapi/v2/"
  end
  local why = entry_problem(entry)
  return why and ("%s: %s"):format(entry.endpoint, why)
end

return valid
