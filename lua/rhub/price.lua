-- What a call will cost, by the catalogue's tables. Whole numbers of ten-thousandths throughout. What a table
-- does not tell is unknown and said to be: it is never counted as 0. Sends nothing and checks nothing.

local json = require "rhub.json"
local money = require "rhub.money"
local words = require "rhub.check.words"

local price = {}

---@class rhub.estimate
---@field known boolean
---@field amount? string        exact decimal text, where it is known
---@field currency? string
---@field unit? string          "call", "second", "image", "5 seconds", "1000 characters"
---@field as_of? string         date of the vendor's table
---@field quantity? integer     how many of the unit, where that is known and the unit is not the call
---@field unit_price? string    exact decimal text of one of them, where there is a quantity
---@field at_least? string      the lowest amount that is possible, where only that is known
---@field why? string           why it is not known, for people
---@field free? boolean         told by the service: this call costs nothing

-- Parameters that tell how many images a call makes, where a price is per image.
local COUNTS = { "imageNum", "numImages", "n", "maxImages" }

local MOST = 1000000 -- units of a call: what is more is a slip, and could pass the largest number

local function find_param(entry, name)
  for _, param in ipairs(entry.params) do
    if param.name == name then return param end
  end
end

-- What a call means by a parameter: its value, else the default of the service's form.
local function value_of(entry, params, name)
  local value = params[name]
  if value ~= nil and value ~= "" and value ~= json.null then return value end
  local param = find_param(entry, name)
  return param and param.default
end

-- 5, 5.0 and "5" are one value, and so are "720p" and "720P".
local function same(value, listed)
  if math.type(value) == "float" then value = math.tointeger(value) or value end
  return tostring(value):lower() == listed:lower()
end

local function matches(entry, params, when)
  for name, listed in pairs(when) do
    local value = value_of(entry, params, name)
    if value == nil then return false, name .. " is not given" end
    if not same(value, listed) then return false end
  end
  return true
end

-- One unit's price, or nil and why there is none.
local function unit_price(entry, params)
  local p = entry.price
  if p.fixed then return money.units(p.fixed) end
  if p.from then return nil, "only the lowest price is known", money.units(p.from) end
  local why
  for _, rule in ipairs(p.rules) do
    local fits, missing = matches(entry, params, rule.when)
    if fits then return money.units(rule.price) end
    why = why or missing
  end
  return nil, why or "the table has no price for this combination"
end

local function whole(value)
  return math.tointeger(tonumber(value))
end

local function characters(entry, params)
  local text = value_of(entry, params, "text")
  if type(text) ~= "string" then return nil, "its text is not given" end
  return math.max(1, ((utf8.len(text) or #text) + 999) // 1000)
end

local function seconds(entry, params, each)
  local value = value_of(entry, params, "duration")
  if value == nil then return nil, "how many seconds it makes is known only afterwards" end
  local n = whole(value)
  if not n or n <= 0 or n > MOST then
    return nil, ("how long it gets is not known (duration %s)"):format(words.value(value))
  end
  return (n + each - 1) // each
end

local function count(entry, params, name)
  local n = whole(value_of(entry, params, name))
  if not n or n < 1 or n > MOST then return nil, name .. " is no number of images" end
  return n
end

local function count_name(entry)
  for _, name in ipairs(COUNTS) do
    if find_param(entry, name) then return name end
  end
end

local function images(entry, params)
  local name = entry.price.times or count_name(entry)
  if not name then return 1 end
  return count(entry, params, name)
end

-- How many units a call takes, or nil and why that is not known.
local QUANTITIES = {
  call = function() return 1 end,
  image = images,
  second = function(entry, params) return seconds(entry, params, 1) end,
  ["5 seconds"] = function(entry, params) return seconds(entry, params, 5) end,
  ["1000 characters"] = characters,
}

-- How many units of what price, where that is more than the amount says.
local function add_factors(estimate, one, n)
  if estimate.unit == "call" or not one or not n then return estimate end
  estimate.quantity, estimate.unit_price = n, money.text(one)
  return estimate
end

local function unknown(p, why, least)
  return { known = false, currency = p.currency, unit = p.unit, as_of = p.as_of, why = why,
    at_least = least and money.text(least) or nil }
end

-- What a call of a listed model will cost.
---@param entry rhub.model|nil
---@param params table
---@return rhub.estimate
function price.of(entry, params)
  local p = entry and entry.price
  if not p then return { known = false, why = "the catalogue has no price for it" } end
  local one, why, least = unit_price(entry, params)
  local n, untold = QUANTITIES[p.unit](entry, params)
  if not one then return unknown(p, why, least and n and least * n) end
  if not n then return unknown(p, untold, one) end
  if p.at_least then return add_factors(unknown(p, "the table's price is a minimum", one * n), one, n) end
  local amount = money.text(one * n)
  return add_factors({ known = true, amount = amount, currency = p.currency, unit = p.unit, as_of = p.as_of },
    one, n)
end

return price
