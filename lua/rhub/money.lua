-- Amounts as whole numbers of ten-thousandths: exact, and small enough to add for ever.

local money = {}

money.UNIT = 10000

-- The digits of a decimal text, as units; more than four places are rounded up, since what is reckoned here
-- is what may have to be paid. nil for anything else, and for what is larger than the engine's largest.
---@param text string
---@return integer|nil
function money.parse(text)
  local whole, places = text:match "^0*(%d+)%.?(%d*)$"
  if not whole or #whole > 15 then return nil end
  local units = tonumber(whole) * money.UNIT + tonumber((places .. "0000"):sub(1, 4))
  if places:find("[1-9]", 5) then units = units + 1 end
  return units >= 0 and units or nil
end

-- The sum, or the largest there is.
---@param a integer
---@param b integer
---@return integer
function money.add(a, b)
  return a > math.maxinteger - b and math.maxinteger or a + b
end

-- The same of what a reply has: a number or a text.
---@param value any
---@return integer|nil
function money.of(value)
  if type(value) == "string" then return money.parse(value) end
  if math.type(value) == "integer" then return money.parse(tostring(value)) end
  return type(value) == "number" and money.parse((("%.10f"):format(value):gsub("0+$", ""))) or nil
end

-- A price of the catalogue, which is written with at most four places.
---@param price number
---@return integer
function money.units(price)
  return assert(money.parse(("%.4f"):format(price)))
end

-- At least two decimals, no useless zeros: "2.10", "0.035".
---@param units integer
---@return string
function money.text(units)
  local sign = units < 0 and "-" or ""
  units = math.abs(units)
  local decimals = ("%04d"):format(units % money.UNIT):gsub("0?0$", "")
  return ("%s%d.%s"):format(sign, units // money.UNIT, decimals)
end

return money
