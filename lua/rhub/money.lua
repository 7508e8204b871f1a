-- Amounts as whole numbers of ten-thousandths: exact, and small enough to add for ever.

local money = {}

money.UNIT = 10000

---@param price number|string
---@return integer
function money.units(price)
  return math.floor(tonumber(price) * money.UNIT + 0.5)
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
