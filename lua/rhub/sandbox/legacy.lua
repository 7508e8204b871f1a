-- The older calls, with the key in the body and the answer in shape A: status, outputs, cancel, account.

local callers = require "rhub.sandbox.callers"
local json = require "rhub.json"
local money = require "rhub.money"
local replies = require "rhub.sandbox.replies"
local shapes = require "rhub.sandbox.shapes"
local views = require "rhub.sandbox.views"

local legacy = {}

local function refuse(code, message, data)
  return replies.json(shapes.refuse_a(code, message, nil, data))
end

-- Body and account, or nil and the refusal.
local function read(box, call, field)
  local body, account = callers.body(box, call, field)
  if not body then return nil, refuse(account) end
  return body, account
end

local function read_task(box, call)
  local body, account = read(box, call, "apiKey")
  if not body then return nil, account end
  local id = math.tointeger(tonumber(body.taskId))
  if not id or id <= 0 then return nil, refuse("301", "taskId must be positive") end
  box.tasks:sweep()
  local task = box.tasks:find(tostring(body.taskId), account)
  if not task then return nil, refuse("807") end
  return task
end

---@return table reply
function legacy.status(box, call)
  local task, refusal = read_task(box, call)
  if not task then return refusal end
  box.tasks:asked(task)
  return replies.json(shapes.ok(box.tasks:status(task), ""))
end

---@return table reply
function legacy.outputs(box, call)
  local task, refusal = read_task(box, call)
  if not task then return refusal end
  box.tasks:asked(task)
  if task.final == "SUCCESS" then return replies.json(shapes.ok(views.legacy(box, task))) end
  if task.final then return refuse("805", nil, views.legacy(box, task)) end
  if box.tasks:status(task) ~= "RUNNING" then return refuse("813") end
  local address = box.progress:address(task)
  return refuse("804", nil, address ~= json.null and { netWssUrl = address } or nil)
end

---@return table reply
function legacy.cancel(box, call)
  local task, refusal = read_task(box, call)
  if not task then return refusal end
  if task.final then return refuse(1, "task cannot cancel") end
  box.tasks:cancel(task)
  return replies.json(shapes.ok())
end

---@return table reply
function legacy.account(box, call)
  local body, account = read(box, call, "apikey")
  if not body then return account end
  box.tasks:sweep()
  local running, queued = box.tasks:count(account)
  local wallet = account.kind ~= "NORMAL"
  return replies.json(shapes.ok {
    remainCoins = tostring(account.coins), currentTaskCounts = tostring(running + queued),
    remainMoney = wallet and money.text(account.money) or json.null, currency = wallet and "CNY" or json.null,
    apiType = account.kind,
  })
end

return legacy
