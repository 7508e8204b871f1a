-- rhub account: the kind of key, what it may spend, how many places are in use.

local flow = require "rhub.flow"
local json = require "rhub.json"
local plain = require "rhub.cli.plain"

---@type rhub.cli.command
local account = {
  usage = "rhub account",
  help = [[
Tells the kind of key, the balance and how many places are in use, tasks of the web page included.

With --json: kind, coins, money, currency, tasks, limit, running, queued, site.
]],
}

local KINDS = {
  NORMAL = "consumer", SHARED = "enterprise shared", EXCLUSIVE = "enterprise dedicated",
}

-- "enterprise shared"; what the service says where it is none of the known ones.
---@param kind string|nil
---@return string
function account.kind(kind)
  return kind and (KINDS[kind:upper()] or plain.text(kind)) or "unknown"
end

-- What this kind of key cannot do, or nil.
---@param kind string|nil
---@return string|nil
function account.limits(kind)
  if kind and kind:upper() == "SHARED" or not KINDS[kind and kind:upper() or ""] then return nil end
  return "standard models need an enterprise shared key; this kind is refused (code 1014)"
end

-- "12.50 USD, 99 coins"
---@param info rhub.account
---@return string
function account.balance(info)
  local parts = {}
  if info.money then parts[1] = plain.money { amount = info.money, currency = info.currency } end
  if info.coins then parts[#parts + 1] = plain.money { coins = info.coins } end
  return #parts > 0 and table.concat(parts, ", ") or "not told"
end

-- "0 of 50 places in use"
---@param info rhub.account
---@param queue rhub.queue|nil
---@return string
function account.places(info, queue)
  local running = queue and queue.running or info.tasks or 0
  if not queue or not queue.limit then return ("%d running"):format(running) end
  local text = ("%d of %d places in use"):format(running, queue.limit)
  if queue.queued and queue.queued > 0 then text = text .. (", %d queued"):format(queue.queued) end
  return text
end

-- Both questions at once. A queue that does not answer is no reason to keep the rest back.
---@param hub rhub.hub
---@return rhub.account|nil
---@return rhub.queue|rhub.error|nil
function account.ask(hub)
  local asked = flow.go(function() return hub:queue() end)
  local info, err = hub:account()
  local queue = asked:wait()
  if not info then return nil, err end
  return info, queue
end

---@param context rhub.cli.context
function account.run(context)
  local hub, err = context:hub()
  if not hub then return nil, err end
  local info, queue = account.ask(hub)
  if not info then return nil, queue end
  local answer = context.answer
  for _, name in ipairs { "kind", "coins", "money", "currency", "tasks" } do
    answer[name] = info[name] or json.null
  end
  for _, name in ipairs { "limit", "running", "queued" } do
    answer[name] = queue and queue[name] or json.null
  end
  answer.site = hub:describe().base_url
  context:print("key      " .. account.kind(info.kind))
  context:print("balance  " .. account.balance(info))
  context:print("places   " .. account.places(info, queue))
  local limits = account.limits(info.kind)
  if limits then context:print("note     " .. limits) end
  return true
end

return account
