-- Tasks: made, counted against places and balance, ended when their time has come. Knows no HTTP.

local heap = require "rhub.flow.heap"
local kept = require "rhub.sandbox.kept"

local tasks = {}

local KEPT = 100000 -- older ones that have ended are forgotten, as the service forgets its own

---@class rhub.sandbox.task
---@field id string
---@field account rhub.sandbox.account
---@field endpoint string
---@field output string         "image", "video", "audio", "3d", "string"
---@field params table
---@field body string           as it came
---@field price integer         ten-thousandths
---@field script table          what a fault says of its life; empty otherwise
---@field made number
---@field ends number
---@field queries integer
---@field final string|nil      its status once it has ended
---@field client_id string
---@field webhook string|nil    where its end is told
---@field legacy boolean|nil    made by one of the older calls, or a call of their kind: its webhook is too
---@field meter table|nil       charged by its runtime: { money = } or { coins = }, a second's price
---@field runtime integer|nil   of a task with a meter that has ended: the seconds that are charged
---@field coins integer|nil     what that came to, where it is paid in coins
---@field tips string|nil       promptTips of its submit
---@field makes { kind: string, node: string }[]|nil its files, in place of its model's one
---@field nodes rhub.graph|nil  what it runs, unless it is a standard model
---@field auth string|nil       opens the websocket of its progress

local Tasks = {}
Tasks.__index = Tasks

-- 19 digits, above 2^53, from the clock and a bit of chance: two runs share none.
local function first_id(now)
  return 2000000000000000000 + (math.floor(now * 1000) % 1000000000000) * 100000 + math.random(0, 99999)
end

---@param options table {clock, wall, release, random, told, speed}: functions, seconds; `told` is called with
--- each task that has a webhook and ends
function tasks.new(options)
  local self = setmetatable({
    clock = options.clock, release = options.release, random = options.random,
    last_id = first_id(options.wall), told = options.told, speed = options.speed or 1,
  }, Tasks)
  self:reset()
  return self
end

function Tasks:reset()
  self.kept = kept.new(KEPT, function(task) return not task.final end)
  self.by_id = self.kept.by
  self.ends, self.releases = heap.new(), heap.new()
  self.running, self.peak, self.made, self.cancelled, self.charged = 0, 0, 0, 0, 0
  self.hooked = 0 -- tasks with a webhook that have not ended
  self.charged_coins = 0
end

-- Takes a place and the price. The caller has checked that both are there.
---@param task table account, endpoint, output, params, body, price, script, duration
---@return rhub.sandbox.task
function Tasks:make(task)
  local now = self.clock()
  self.last_id = self.last_id + math.random(1, 4096)
  task.id = ("%d"):format(self.last_id)
  task.client_id = self.random(16)
  task.made, task.ends, task.queries = now, now + task.duration, 0
  task.account.held = task.account.held + 1
  task.account.live[task] = true
  task.account.money = task.account.money - task.price
  self.charged = self.charged + task.price
  self.kept:add(task.id, task)
  self.made, self.running = self.made + 1, self.running + 1
  if self.running > self.peak then self.peak = self.running end
  self.latest = task
  local url = task.params.webhookUrl
  if type(url) == "string" and url ~= "" then
    task.webhook = url
    self.hooked = self.hooked + 1
  end
  if not task.script.polls then self.ends:push(task.ends, task) end
  return task
end

-- A failed task whose usage says nothing has cost nothing.
local function refund(self, task)
  task.account.money = task.account.money + task.price
  self.charged = self.charged - task.price
  task.price = 0
end

-- What runs on a machine costs its seconds, however it ends: begun ones count, and none is free. What is
-- looked at late has not run longer for that.
local function charge(self, task)
  local meter = task.meter
  local ended = task.script.polls and task.ended or math.min(task.ended, task.ends)
  task.runtime = math.max(1, math.ceil((ended - task.made) * self.speed - 1e-6))
  if meter.coins then
    task.coins = (task.runtime * meter.coins + 9) // 10
    task.account.coins = task.account.coins - task.coins
    self.charged_coins = self.charged_coins + task.coins
  else
    task.price = task.runtime * meter.money
    task.account.money = task.account.money - task.price
    self.charged = self.charged + task.price
  end
end

---@param task rhub.sandbox.task
---@param status string
function Tasks:finish(task, status)
  if task.final then return end
  local now = self.clock()
  task.final, task.ended = status, now
  if task.slot then self.ends:remove(task) end
  task.account.live[task] = nil
  self.running = self.running - 1
  if task.meter then
    charge(self, task)
  elseif status == "FAILED" then
    refund(self, task)
  end
  if task.cancelling and status ~= "SUCCESS" then self.cancelled = self.cancelled + 1 end
  if self.release > 0 then
    self.releases:push(now + self.release, { account = task.account })
  else
    task.account.held = task.account.held - 1
  end
  if task.webhook then
    self.hooked = self.hooked - 1
    self.told(task)
  end
end

-- Cancels a task, which takes a moment: what ends before ends as it would have.
---@param task rhub.sandbox.task
function Tasks:cancel(task)
  local ends = self.clock() + self.release
  if task.final or task.cancelling or task.slot and task.ends <= ends then return end
  task.cancelling = true
  task.script = setmetatable({ ["end"] = task.script.cancel or "CANCEL", polls = false },
    { __index = task.script })
  if task.slot then self.ends:remove(task) end
  task.ends = ends
  self.ends:push(ends, task)
end

-- Ends what is due and gives back places. To be called before anything that depends on either.
function Tasks:sweep()
  local now = self.clock()
  local at, task = self.ends:first()
  while at and at <= now do
    self:finish(task, task.script["end"] or "SUCCESS")
    at, task = self.ends:first()
  end
  local due, place = self.releases:first()
  while due and due <= now do
    self.releases:remove(place)
    place.account.held = place.account.held - 1
    due, place = self.releases:first()
  end
end

-- The account's own task; nil for everybody else's, for one that is gone, and for none.
---@param id string
---@param account rhub.sandbox.account
---@return rhub.sandbox.task|nil
function Tasks:find(id, account)
  local task = self.by_id[id]
  if task and task.account == account and not task.script.gone then return task end
end

-- Counts a query, which may end a task that lives by the count.
---@param task rhub.sandbox.task
function Tasks:asked(task)
  task.queries = task.queries + 1
  if task.script.polls and task.queries >= task.script.polls then
    self:finish(task, task.script["end"] or "SUCCESS")
  end
end

-- Its status word now: queued for the first quarter of its life, then running.
---@param task rhub.sandbox.task
---@return string
function Tasks:status(task)
  if task.final then return task.final end
  local states = task.script.states
  if states and #states > 0 then return states[math.min(math.max(task.queries, 1), #states)] end
  local age = self.clock() - task.made
  if age * 4 < task.duration then return task.queries == 0 and "CREATE" or "QUEUED" end
  return "RUNNING"
end

-- Running and waiting tasks of one account.
---@return integer running, integer queued
function Tasks:count(account)
  local running, queued = 0, 0
  for task in pairs(account.live) do
    if self:status(task) == "RUNNING" then running = running + 1 else queued = queued + 1 end
  end
  return running, queued
end

function Tasks:finish_all()
  for _, task in pairs(self.by_id) do
    if not task.final then self:finish(task, task.script["end"] or "SUCCESS") end
  end
end

function Tasks:forget_all()
  for _, task in pairs(self.by_id) do
    task.script = setmetatable({ gone = true }, { __index = task.script })
  end
end

return tasks
