-- What a run has cost, in one line at its end: the clients' accounts, added up.

local money = require "rhub.money"

local summary = {}

local SUMS = { "spent", "held", "unconfirmed" }
local COUNTS = { "charged", "untold", "unknown" }

-- Adds up accounts; one whose currency differs from the first's stands for itself.
local function add_up(accounts)
  local sums = {}
  for _, account in ipairs(accounts) do
    local currency = account.currency or ""
    local sum = sums[currency]
    if not sum then
      sum = { currency = account.currency, budget = account.budget, clients = 0 }
      for _, name in ipairs(SUMS) do sum[name] = 0 end
      for _, name in ipairs(COUNTS) do sum[name] = 0 end
      sums[currency], sums[#sums + 1] = sum, sum
    end
    sum.clients = sum.clients + 1
    for _, name in ipairs(SUMS) do sum[name] = money.add(sum[name], assert(money.parse(account[name]))) end
    for _, name in ipairs(COUNTS) do sum[name] = sum[name] + account[name] end
  end
  return sums
end

local function count(n, one, many) return n == 1 and "1 " .. one or n .. " " .. many end

local function amount(sum, units)
  return money.text(units) .. (sum.currency and " " .. sum.currency or "")
end

local function line(sum)
  local text = "spent  " .. amount(sum, sum.spent)
  if sum.budget and sum.clients == 1 then
    text = ("spent  %s of %s"):format(money.text(sum.spent), amount(sum, money.parse(sum.budget)))
  end
  text = text .. " for " .. count(sum.charged + sum.untold, "task", "tasks")
  if sum.budget and sum.clients > 1 then
    text = ("%s, by %d clients with a budget of %s each"):format(text, sum.clients,
      amount(sum, money.parse(sum.budget)))
  end
  if sum.unconfirmed > 0 then
    text = text .. (", %s of it not confirmed"):format(amount(sum, sum.unconfirmed))
  end
  if sum.untold > 0 then text = text .. (", %s not told"):format(count(sum.untold, "charge", "charges")) end
  if sum.unknown > 0 then
    text = text .. ("; %s still open"):format(count(sum.unknown, "outcome", "outcomes"))
    if sum.held > 0 then text = text .. (", up to %s"):format(amount(sum, sum.held)) end
  end
  return text
end

-- The lines to be said at the end of a run; none where nothing was submitted.
---@param accounts rhub.spent[]
---@return string[]
function summary.lines(accounts)
  local lines = {}
  for _, sum in ipairs(add_up(accounts)) do
    if sum.charged + sum.untold + sum.unknown > 0 then lines[#lines + 1] = line(sum) end
  end
  return lines
end

return summary
