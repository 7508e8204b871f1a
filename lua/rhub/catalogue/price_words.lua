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

-- One rule for each combination of the values of `names`.
local function read_rules(names, level, branch, when, rules)
  if level > #names then
    local copy = {}
    for name, value in pairs(when) do copy[name] = value end
    rules[#rules + 1] = { when = copy, price = branch }
    return
  end
  local keys = {}
  for key in pairs(branch) do
    if level > 1 or not FIELDS[key] then keys[#keys + 1] = key end
  end
  table.sort(keys)
  for _, key in ipairs(keys) do
    when[names[level]] = key
    read_rules(names, level + 1, branch[key], when, rules)
  end
  when[names[level]] = nil
end

local function read_price(unit, values, defaults)
  if type(values) == "number" then values = { fixed = values } end
  local price = { currency = values.currency or defaults.currency, unit = unit,
    as_of = values.as_of or defaults.as_of, fixed = values.fixed, from = values.from, times = values.times,
    at_least = values.at_least, list_price = values.list }
  if values.by then
    price.rules = {}
    read_rules(type(values.by) == "table" and values.by or { values.by }, 1, values, {}, price.rules)
  end
  if not price.currency then error('a price needs its currency: per.call { fixed = 1, currency = "USD" }', 2) end
  return price
end

-- The words of one file: `defaults` is where its currency and date come to stand.
---@param defaults { currency: string|nil, as_of: string|nil }
---@return table<string, fun(values: table|number): rhub.price>
function price_words.of(defaults)
  local per = {}
  for word, unit in pairs(UNITS) do
    per[word] = function(values) return read_price(unit, values, defaults) end
  end
  return per
end

return price_words
