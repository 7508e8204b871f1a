-- The words for prices, after `per.` and the unit:
--   per.call(0.06)                               each call
--   per.second { by = "resolution", ["720p"] = 0.9, ["1080p"] = 1.6 }
--   per.call { by = { "mode", "duration" }, std = { ["5"] = 2.1 }, ... }   one price for each combination
--   per.image { fixed = 0.2, times = "maxImages" }                         times a parameter
--   per.call { from = 0.8 }                      the lowest price, the rest is not known
-- `list` is another table's lowest price, `at_least` says that the unit is a minimum, `as_of` and `currency`
-- stand where they differ from the file's.

local price_words = {}

local UNITS = {
  call = "call", second = "second", image = "image",
  five_seconds = "5 seconds", thousand_characters = "1000 characters",
}

local FIELDS = { by = true, from = true, fixed = true, list = true, as_of = true, times = true,
  at_least = true, currency = true }

-- What a key stands for: [5] and [true] are written as "5" and "true".
local function value_of(key)
  if math.type(key) == "float" then key = math.tointeger(key) or key end
  return tostring(key)
end

-- The branches of one level by the values that they are for, and these in order; nil and what is wrong.
local function branches_of(branch, outermost)
  local keys, by_value = {}, {}
  for key, inner in pairs(branch) do
    if not outermost or not FIELDS[key] then
      local value = value_of(key)
      if by_value[value] ~= nil then return nil, value .. " stands twice" end
      keys[#keys + 1], by_value[value] = value, inner
    end
  end
  table.sort(keys)
  return keys, by_value
end

-- One rule for each combination of the values of `names`. Returns what is wrong, or nil.
local function read_rules(names, level, branch, when, rules)
  if level > #names then
    local copy = {}
    for name, value in pairs(when) do copy[name] = value end
    rules[#rules + 1] = { when = copy, price = branch }
    return
  end
  if type(branch) ~= "table" then return "names no amounts by " .. names[level] end
  local keys, by_value = branches_of(branch, level == 1)
  if not keys then return by_value end
  for _, value in ipairs(keys) do
    when[names[level]] = value
    local why = read_rules(names, level + 1, by_value[value], when, rules)
    if why then return why end
  end
  when[names[level]] = nil
end

local function names_of(by)
  local names = type(by) == "table" and by or { by }
  for _, name in ipairs(names) do
    if type(name) ~= "string" then return nil end
  end
  return #names > 0 and names or nil
end

-- Without `by` there are no values that amounts could stand for.
local function unknown_field(values)
  for name in pairs(values) do
    if values.by == nil and not FIELDS[name] then
      return value_of(name) .. " is no word for it, or by is missing"
    end
  end
end

local function read_price(unit, values, defaults)
  if type(values) == "number" then values = { fixed = values } end
  if type(values) ~= "table" then return nil, "a price is an amount, or stands in braces" end
  local why = unknown_field(values)
  if why then return nil, "a price: " .. why end
  local price = { currency = values.currency or defaults.currency, unit = unit,
    as_of = values.as_of or defaults.as_of, fixed = values.fixed, from = values.from, times = values.times,
    at_least = values.at_least, list_price = values.list }
  if not price.currency then
    return nil, 'a price needs its currency: per.call { fixed = 1, currency = "USD" }'
  end
  if values.by ~= nil then
    local names = names_of(values.by)
    if not names then return nil, "a price: by takes a parameter's name, or a list of them" end
    price.rules = {}
    why = read_rules(names, 1, values, {}, price.rules)
    if why then return nil, "a price: " .. why end
  end
  return price
end

-- The words of one file: `defaults` is where its currency and date come to stand.
---@param defaults { currency: string|nil, as_of: string|nil }
---@return table<string, fun(values: table|number): rhub.price>
function price_words.of(defaults)
  local per = {}
  for word, unit in pairs(UNITS) do
    per[word] = function(values)
      local price, why = read_price(unit, values, defaults)
      if not price then error(why, 2) end
      return price
    end
  end
  return per
end

return price_words
