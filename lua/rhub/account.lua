-- What the account and its queue say, and calls that the engine has no word for. Methods of a hub.

local errors = require "rhub.errors"
local json = require "rhub.json"

local account = {}

-- The service gives numbers as text, as numbers or as null.
local function text(value)
  if value == nil or value == json.null or value == "" then return nil end
  return tostring(value)
end

local function count(value)
  local n = text(value)
  return n and math.tointeger(tonumber(n)) or nil
end

---@class rhub.call
---@field path string           "/openapi/v2/queue/status"
---@field body? table|string    an object to POST, as a table or as JSON; nil: GET
---@field key? "header"|"apiKey"|"apikey"|"bare"|"none" default: header only; "apiKey", "apikey": also in the
---                             body, for the legacy paths; "bare": without the word Bearer
---@field once? boolean         it may cost money: sent once, "unknown_outcome" where nobody knows what it did
---@field raw? boolean          the whole reply, whatever its code: read rhub.core's call
---@field limit? integer        bytes of the reply at most; 8 MiB

-- One call that makes no task of this client. Returns the reply's `data`, or the whole of it, decoded.
---@param self table
---@param call rhub.call
---@return any value
---@return rhub.error|nil
function account.call(self, call)
  local body = call.body
  if type(body) == "table" then
    local why
    body, why = json.encode(body, nil, "body")
    if not body then return nil, errors.new(why) end
  end
  local reply, err = self:perform("call", { path = call.path, body = body, key = call.key or "header",
    once = call.once, raw = call.raw, limit = call.limit })
  if not reply then return nil, err end
  local value, why = json.decode(reply)
  if why then return nil, errors.new(why) end
  return value
end

-- Fields of a reply that is an object; anything else is not what was asked for.
local function fields_of(value, path)
  if type(value) == "table" then return value end
  return nil, errors.new { kind = "protocol", message = path .. " answered without data" }
end

---@class rhub.account
---@field coins? string         exact decimal text
---@field money? string         exact decimal text
---@field currency? string
---@field tasks? integer        running now, those of the web page included
---@field kind? string          of the key: "NORMAL", "SHARED", "EXCLUSIVE"

---@return rhub.account|nil
---@return rhub.error|nil
function account.account(self)
  local path = "/uc/openapi/accountStatus"
  local data, err = account.call(self, { path = path, body = "{}", key = "apikey" })
  if err then return nil, err end
  data, err = fields_of(data, path)
  if not data then return nil, err end
  return { coins = text(data.remainCoins), money = text(data.remainMoney), currency = text(data.currency),
    tasks = count(data.currentTaskCounts), kind = text(data.apiType) }
end

---@class rhub.queue
---@field limit? integer        tasks in flight at once
---@field running? integer
---@field queued? integer
---@field kind? string          of the key

---@return rhub.queue|nil
---@return rhub.error|nil
function account.queue(self)
  local path = "/openapi/v2/queue/status"
  local data, err = account.call(self, { path = path })
  if err then return nil, err end
  data, err = fields_of(data, path)
  if not data then return nil, err end
  return { limit = count(data.concurrentLimit), running = count(data.runningCount),
    queued = count(data.queuedCount), kind = text(data.apiKeyType) }
end

return account
