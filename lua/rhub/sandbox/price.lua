-- What a call costs here: the catalogue's price where it has one, else a flat one for each kind of output.

local money = require "rhub.sandbox.money"

local price = {}

local FLAT = { image = 0.10, video = 1.00, audio = 0.20, ["3d"] = 0.50, string = 0.02 }

local function matches(when, params, defaults)
  for name, value in pairs(when) do
    local given = params[name]
    if given == nil then given = defaults[name] end
    if tostring(given) ~= tostring(value) then return false end
  end
  return true
end

local function base(model, params)
  local p = model.price
  if not p then return nil end
  if not p.rules then return p.fixed or p.from end
  local defaults = {}
  for _, param in ipairs(model.params) do defaults[param.name] = param.default end
  for _, rule in ipairs(p.rules) do
    if matches(rule.when, params, defaults) then return rule.price end
  end
end

local function quantity(model, params)
  local p = model.price
  local n = 1
  if p and p.unit == "second" then n = tonumber(params.duration) or 5 end
  if p and p.unit == "5 seconds" then n = math.ceil((tonumber(params.duration) or 5) / 5) end
  if p and p.unit == "1000 characters" then
    n = math.max(1, math.ceil(utf8.len(tostring(params.text or params.prompt or "")) / 1000))
  end
  if p and p.times then n = n * (tonumber(params[p.times]) or 1) end
  return math.max(n, 0)
end

---@param model table a catalogue entry, or {output =}
---@param params table
---@return integer ten-thousandths
function price.of(model, params)
  local one = base(model, params)
  if not one then return money.units(FLAT[model.output] or 0.10) end
  return money.units(one * quantity(model, params))
end

-- How many outputs the call asked for.
---@return integer
function price.outputs(model, params)
  local times = model.price and model.price.times
  local n = times and math.tointeger(tonumber(params[times]) or 1) or 1
  return math.max(1, math.min(n, 16))
end

return price
