-- What the service itself says that a call will cost: its price preview, which makes no task and is free.
-- Methods of a hub.

local account = require "rhub.account"
local check = require "rhub.check"
local errors = require "rhub.errors"
local json = require "rhub.json"
local money = require "rhub.money"

local quote = {}

local PATH = "/openapi/v2/price-preview/"

-- Puts a value where a pointer leads, on a copy of all tables on the way: they are the caller's.
local function place(params, pointer, value)
  local root = { params }
  local at, key = root, 1
  for step in pointer:gmatch "/([^/]*)" do
    local copy = setmetatable({}, getmetatable(at[key]))
    for k, v in next, at[key] do copy[k] = v end
    at[key] = copy
    at, key = copy, step:gsub("~1", "/"):gsub("~0", "~")
    if #at > 0 then key = math.tointeger(tonumber(key)) + 1 end
  end
  at[key] = value
  return root[1]
end

-- The parameters with the files among them uploaded: the preview looks at addresses.
local function with_addresses(self, call)
  local params = call.params
  for i = 1, #call.files, 2 do
    local upload, err = self:upload(call.files[i + 1])
    if not upload then return nil, err end
    params = place(params, call.files[i], upload.url)
  end
  return params
end

local function escape(endpoint)
  return (endpoint:gsub("[^%w%-._~/]", function(byte) return ("%%%02X"):format(byte:byte()) end))
end

-- The service tells 0 for what is free, and for what it does not know.
local function read(reply)
  local amount = money.of(reply.estimatedPrice)
  local free = reply.isFreeThisCall == true
  local estimate = { known = amount ~= nil and (amount > 0 or free), unit = "call", free = free,
    currency = type(reply.currency) == "string" and reply.currency or nil }
  if estimate.known then
    estimate.amount = money.text(amount)
  else
    estimate.why = amount and "the service tells 0, and not that the call is free" or "the service tells none"
  end
  return estimate
end

local function quiet() end

-- Asks the service what a call will cost. Local files among the parameters are uploaded, which is free too.
-- A key that may not ask gets an error of kind "auth" with code "1014".
---@param model string
---@param params table
---@return rhub.estimate|nil
---@return rhub.error|nil
function quote.price(self, model, params)
  if type(model) ~= "string" then error("the model is a name, not a " .. type(model), 2) end
  if type(params or {}) ~= "table" then error("parameters are a table, not a " .. type(params), 2) end
  -- For the defaults and the files: what is wrong the service says.
  local call, err = check.call(model, params or {}, "warn", quiet)
  if not call then return nil, err end
  params, err = with_addresses(self, call)
  if not params then return nil, err end
  local body, why = json.encode(params, nil, "params")
  if not body then return nil, errors.new(why) end
  local reply
  reply, err = account.call(self, { path = PATH .. escape(call.endpoint), body = body })
  if err then return nil, err end
  if type(reply) ~= "table" then
    return nil, errors.new { kind = "protocol", message = "the price preview answered without a price" }
  end
  return read(reply)
end

return quote
