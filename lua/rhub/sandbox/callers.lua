-- Who calls, and with what: key and body of a request as the two families of calls carry them. Each returns
-- what it has found, or nil and the code of the refusal; in which shape that goes out is the caller's affair.

local json = require "rhub.json"

local callers = {}

local function admit(account, unknown)
  if not account then return nil, unknown end
  if account.kind == "FREE" then return nil, "801" end
  return account
end

-- By the header, as everything under /openapi/v2 wants it.
---@param box rhub.sandbox
---@param call table
---@return rhub.sandbox.account|nil, string|nil code
function callers.bearer(box, call)
  local key = (call.request:header("Authorization") or ""):match("^Bearer%s+(%S+)$")
  return admit(box.accounts:find(key), "1002")
end

-- By a key that stands in the body, as the older calls want it.
---@param box rhub.sandbox
---@param key any
---@return rhub.sandbox.account|nil, string|nil code
function callers.by_key(box, key)
  return admit(box.accounts:find(type(key) == "string" and key or nil), "802")
end

-- The body of a call under /openapi/v2: one JSON object.
---@param call table
---@return table|nil, string|nil code, string|nil message
function callers.object(call)
  if call.method ~= "POST" then return nil, "1009" end
  local kind = (call.request:header("Content-Type") or ""):lower()
  if not kind:find("^application/json") then return nil, "1007", "Content-Type must be application/json" end
  local value = call.body and json.decode(call.body)
  if type(value) ~= "table" or getmetatable(value) == json.array_mt or #value > 0 then
    return nil, "1007", "failed to parse request body"
  end
  return value
end

-- The body of an older call, and whose it is.
---@param box rhub.sandbox
---@param call table
---@param field "apiKey"|"apikey" where the key stands
---@return table|nil body, rhub.sandbox.account|string account or the code
function callers.body(box, call, field)
  if call.method ~= "POST" then return nil, "412" end
  local body = call.body and json.decode(call.body)
  if type(body) ~= "table" then return nil, "301" end
  local account, code = callers.by_key(box, body[field])
  if not account then return nil, code --[[@as string]] end
  return body, account
end

return callers
