-- What a call costs here: the catalogue's price where the table tells it; else the least that it can be; else
-- a flat one for each kind of output. What the client does not know in advance is so charged all the same.

local estimates = require "rhub.price"
local money = require "rhub.money"

local price = {}

local FLAT = { image = 1000, video = 10000, audio = 2000, ["3d"] = 5000, string = 200 }
local MOST_OUTPUTS = 16

---@param model table a catalogue entry, or {output =}
---@param params table
---@return integer ten-thousandths
function price.of(model, params)
  local estimate = estimates.of(model, params)
  local amount = money.parse(estimate.amount or estimate.at_least or "0")
  return amount > 0 and amount or FLAT[model.output] or FLAT.image
end

-- How many outputs the call asked for.
---@return integer
function price.outputs(model, params)
  local times = model.price and model.price.times
  local n = times and math.tointeger(tonumber(params[times]) or 1) or 1
  return math.max(1, math.min(n, MOST_OUTPUTS))
end

return price
