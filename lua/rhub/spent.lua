-- What the tasks of a client have cost, as the engine tells it, for hub:spent(). Reckons nothing.

local spent = {}

---@class rhub.spent            exact decimal text, in `currency`
---@field currency? string      "CNY", "USD"; nil where the address tells no site
---@field budget? string
---@field spent string          by ended tasks
---@field unconfirmed string    of it, what was reserved and the service never told
---@field reserved string       for tasks under way
---@field held string           for outcomes that are unknown, and tasks that were left running
---@field coins string          instead of money, for keys that pay in coins
---@field charged integer       ended tasks whose charge was told
---@field untold integer        ended tasks whose charge was not
---@field unknown integer       outcomes that are unknown, tasks left running included
local Spent = { __name = "rhub.spent" }

-- "4.20 CNY", "4.20 of 50.00 CNY"
function Spent:__tostring()
  local amount = self.budget and self.spent .. " of " .. self.budget or self.spent
  return self.currency and amount .. " " .. self.currency or amount
end

-- Gives what the engine tells its text.
---@param told table
---@return rhub.spent
function spent.new(told)
  return setmetatable(told, Spent)
end

return spent
