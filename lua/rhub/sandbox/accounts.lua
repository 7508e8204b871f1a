-- Keys and what stands behind each: its kind, its balance, its places. The same key is always the same
-- account; without a list of keys every well-formed one is an enterprise shared key of its own.

local money = require "rhub.money"

local accounts = {}

local DEFAULTS = {
  NORMAL = { coins = 1000, limit = 2 },
  SHARED = { money = 1000, limit = 50 },
  EXCLUSIVE = { money = 1000, limit = 2 },
  FREE = { coins = 0, limit = 1 },
}

---@class rhub.sandbox.account
---@field kind "NORMAL"|"SHARED"|"EXCLUSIVE"|"FREE"
---@field coins integer
---@field money integer     ten-thousandths, see money.lua
---@field limit integer     tasks at once
---@field held integer      places that are taken, those not given back yet included
---@field live table<rhub.sandbox.task, true>  tasks that have not ended

local Accounts = {}
Accounts.__index = Accounts

local function new_account(kind, balance, limit)
  local d = DEFAULTS[kind]
  local units = money.units(balance or d.money or 0)
  return {
    kind = kind, limit = limit or d.limit, held = 0, live = {},
    money = d.money and units or 0, coins = d.coins and math.floor(tonumber(balance) or d.coins) or 0,
  }
end

-- "KEY:KIND" or "KEY:KIND:BALANCE".
---@param text string
---@return table|nil spec, string|nil reason
function accounts.parse(text)
  local key, kind, balance = text:match("^([%w_-]+):(%u+):?([%d.]*)$")
  if not key or not DEFAULTS[kind] then
    return nil, ("%s is not KEY:KIND or KEY:KIND:BALANCE, with KIND one of NORMAL, SHARED, EXCLUSIVE, FREE")
      :format(text)
  end
  if balance ~= "" and not money.parse(balance) then return nil, balance .. " is not a balance" end
  return { key = key, kind = kind, balance = tonumber(balance) }
end

local function fill(self)
  self.by_key = {}
  for _, spec in ipairs(self.keys) do
    self.by_key[spec.key] = new_account(spec.kind, spec.balance, self.limit)
  end
end

---@param keys table[] what accounts.parse returned; an empty list: any key
---@param limit? integer tasks at once for every account, in place of its kind's own
function accounts.new(keys, limit)
  local self = setmetatable({ keys = keys, limit = limit }, Accounts)
  fill(self)
  return self
end

---@param key string|nil
---@return rhub.sandbox.account|nil
function Accounts:find(key)
  local account = key and self.by_key[key]
  if account or not key or #self.keys > 0 then return account end
  if #key ~= 32 or key:find("[^%w_-]") then return nil end
  account = new_account("SHARED", nil, self.limit)
  self.by_key[key] = account
  return account
end

function Accounts:reset()
  fill(self)
end

return accounts
