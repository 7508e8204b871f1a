-- Prices for people: at a glance, in full, and what a call comes to. The reckoning is rhub.price's.

local json = require "rhub.json"
local layout = require "rhub.cli.layout"
local money = require "rhub.money"
local plain = require "rhub.cli.plain"

local prices = {}

local EACH = {
  call = "a call", second = "a second", image = "an image",
  ["5 seconds"] = "per 5 seconds", ["1000 characters"] = "per 1000 characters",
}

local MOST_COLUMNS = 6 -- of a grid

local function amount(number)
  return money.text(money.units(number))
end

local function each(unit)
  return EACH[unit] or "per " .. unit
end

local function lowest(price)
  local least = price.fixed or price.from
  for _, rule in ipairs(price.rules or {}) do least = math.min(least or rule.price, rule.price) end
  return least
end

-- A lowest price of nothing is what the vendor's table has where it knows no better.
local function is_unknown(price)
  return not price or price.from == 0
end

-- "0.06 CNY a call", "from 1.05 CNY a call", "unknown".
---@param price rhub.price|nil
---@return string
function prices.glance(price)
  if is_unknown(price) then return "unknown" end
  local from = (not price.fixed or price.at_least) and "from " or ""
  return ("%s%s %s %s"):format(from, amount(lowest(price)), price.currency, each(price.unit))
end

-- ---- in full ----------------------------------------------------------------------------------

-- The parameters that a price depends on, in the entry's order, each with its values in theirs.
local function factors(entry)
  local values_of, list = {}, {}
  for _, rule in ipairs(entry.price.rules) do
    for name, value in pairs(rule.when) do
      values_of[name] = values_of[name] or {}
      values_of[name][value] = true
    end
  end
  local function add(name, order)
    local values = {}
    for value in pairs(values_of[name]) do values[#values + 1] = value end
    table.sort(values, function(a, b)
      local x, y = order[a] or tonumber(a) or math.huge, order[b] or tonumber(b) or math.huge
      if x ~= y then return x < y end
      return a < b
    end)
    list[#list + 1] = { name = name, values = values }
    values_of[name] = nil
  end
  for _, param in ipairs(entry.params) do
    local order = { ["false"] = 1, ["true"] = 2 }
    for i, choice in ipairs(param.enum or {}) do order[choice] = i end
    if values_of[param.name] then add(param.name, order) end
  end
  local rest = {}
  for name in pairs(values_of) do rest[#rest + 1] = name end
  table.sort(rest)
  for _, name in ipairs(rest) do add(name, {}) end
  return list
end

local function price_at(rules, when)
  for _, rule in ipairs(rules) do
    local fits = true
    for name, value in pairs(when) do fits = fits and (rule.when[name] == nil or rule.when[name] == value) end
    if fits then return amount(rule.price) end
  end
  return "-"
end

-- Each combination of the values of some factors.
local function combinations(list, at, when, into)
  if at > #list then
    local copy = {}
    for name, value in pairs(when) do copy[name] = value end
    into[#into + 1] = copy
    return into
  end
  for _, value in ipairs(list[at].values) do
    when[list[at].name] = value
    combinations(list, at + 1, when, into)
  end
  when[list[at].name] = nil
  return into
end

-- A grid: one factor's values below each other, the other's beside each other. `when`: what the others are.
local function grid(rules, down, across, when)
  local rows, right = { { down.name } }, {}
  for i, value in ipairs(across.values) do
    rows[1][i + 1], right[i + 1] = (i == 1 and across.name .. " " or "") .. value, true
  end
  for _, value in ipairs(down.values) do
    local row = { value }
    when[down.name] = value
    for i, other in ipairs(across.values) do
      when[across.name] = other
      row[i + 1] = price_at(rules, when)
    end
    rows[#rows + 1] = row
  end
  return layout.columns(rows, right)
end

-- The grid of two factors that is lower, if it fits.
local function best_grid(rules, first, second, when, width)
  local wide, high = first, second
  if #second.values >= #first.values then wide, high = second, first end
  if #wide.values <= MOST_COLUMNS then
    local lines = grid(rules, high, wide, when)
    if layout.widths({ lines })[1] <= width then return lines end
  end
  return grid(rules, wide, high, when)
end

-- "sound true, mode pro"
local function condition(list, when)
  local parts = {}
  for _, factor in ipairs(list) do
    if when[factor.name] then parts[#parts + 1] = factor.name .. " " .. when[factor.name] end
  end
  return table.concat(parts, ", ")
end

-- The two factors with the most values, and the rest.
local function two_and_others(list)
  local sorted = table.move(list, 1, #list, 1, {})
  table.sort(sorted, function(a, b)
    if #a.values ~= #b.values then return #a.values > #b.values end
    return a.name < b.name
  end)
  return sorted[1], sorted[2], table.move(sorted, 3, #sorted, 1, {})
end

-- A grid for each combination of what has the fewest values.
local function grids(rules, list, width)
  local lines, first, second, others = {}, two_and_others(list)
  for _, when in ipairs(combinations(others, 1, {}, {})) do
    local heading = condition(list, when)
    if heading ~= "" then lines[#lines + 1] = heading end
    for _, line in ipairs(best_grid(rules, first, second, when, width - 2)) do
      lines[#lines + 1] = (heading ~= "" and "  " or "") .. line
    end
  end
  return lines
end

local function by_one(rules, factor, width)
  local items = {}
  for i, value in ipairs(factor.values) do
    items[i] = ("%s %s"):format(value, price_at(rules, { [factor.name] = value }))
  end
  return layout.wrap(items, "   ", width)
end

local function add_rules(entry, width, lines)
  local price, list, names = entry.price, factors(entry), {}
  for i, factor in ipairs(list) do names[i] = factor.name end
  lines[1] = ("%s %s, by %s%s"):format(price.currency, each(price.unit),
    #names < 2 and names[1] or table.concat(names, ", ", 1, #names - 1) .. " and " .. names[#names],
    price.at_least and "; each is a minimum" or "")
  local wide = width - 2
  local rows = #list == 1 and by_one(price.rules, list[1], wide) or grids(price.rules, list, wide)
  for _, row in ipairs(rows) do lines[#lines + 1] = "  " .. row end
end

local function add_source(price, lines)
  local source = {}
  if price.as_of then source[1] = "as of " .. price.as_of end
  if price.currency == "CNY" then source[#source + 1] = "on runninghub.cn; runninghub.ai bills in USD" end
  if #source > 0 then lines[#lines + 1] = table.concat(source, ", ") end
  local other = price.list_price
  if other then
    lines[#lines + 1] = ("another list, of %s, has it from %s %s %s"):format(other.as_of, amount(other.from),
      price.currency, each(other.unit))
  end
end

-- All that is known of a model's price.
---@param entry rhub.model
---@param width number
---@return string[] lines
function prices.lines(entry, width)
  local price, lines = entry.price, {}
  if is_unknown(price) then
    return { "unknown to the catalogue; the service tells it for nothing:",
      ("  rhub price %s NAME=VALUE ... --online"):format(plain.word(entry.endpoint)) }
  end
  if price.rules then
    add_rules(entry, width, lines)
  else
    lines[1] = prices.glance(price) .. (price.times and ", times " .. price.times or "")
      .. (price.from and "; what changes it is not known" or "")
      .. (price.at_least and "; the unit is a minimum" or "")
  end
  add_source(price, lines)
  return lines
end

-- ---- what a call comes to ---------------------------------------------------------------------

local COUNTED = { second = { "1 s", "%d s" }, image = { "1 image", "%d images" } }

-- "15 s at 2.70 a second", "2 × 0.62 per 1000 characters", "a call"
local function how_many(estimate)
  local n, forms = estimate.quantity, COUNTED[estimate.unit]
  if not n then return each(estimate.unit) end
  local count = forms and forms[n == 1 and 1 or 2]:format(n) .. " at" or n .. " ×"
  return ("%s %s %s"):format(count, estimate.unit_price, each(estimate.unit))
end

-- In one line.
---@param estimate rhub.estimate
---@param online? boolean   the service has said it
---@return string
function prices.sentence(estimate, online)
  if not estimate.known then
    local least = estimate.at_least and estimate.at_least ~= "0.00"
      and ", at least " .. plain.money { amount = estimate.at_least, currency = estimate.currency } or ""
    return ("unknown%s: %s"):format(least, plain.text(estimate.why or "nobody tells"))
  end
  local text = plain.money(estimate)
  local notes = {}
  if estimate.free then notes[1] = "this call is free" end
  if online then
    notes[#notes + 1] = "the service's own answer"
  else
    notes[#notes + 1] = how_many(estimate)
    if estimate.as_of then notes[#notes + 1] = "as of " .. estimate.as_of end
    if estimate.currency == "CNY" then notes[#notes + 1] = "runninghub.cn" end
  end
  return ("%s  (%s)"):format(text, plain.text(table.concat(notes, ", ")))
end

-- As JSON has it: an amount of null is not known.
---@param estimate rhub.estimate
---@return table
function prices.fields(estimate)
  return {
    known = estimate.known, amount = estimate.amount or json.null, currency = estimate.currency or json.null,
    unit = estimate.unit or json.null, as_of = estimate.as_of or json.null,
    quantity = estimate.quantity, unit_price = estimate.unit_price,
    why = estimate.why, at_least = estimate.at_least, free = estimate.free,
  }
end

return prices
