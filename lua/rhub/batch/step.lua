-- A task of a batch's row. Where it fails in a way that passes and costs nothing, or the budget has no room
-- that others under way may yet leave, it is submitted again after a pause: for those who wait for it, it has
-- not ended meanwhile, and a row's function is never called anew for it.

local errors = require "rhub.errors"
local flow = require "rhub.flow"
local observer = require "rhub.observer"
local Task = require("rhub.task").Task

local FIRST_PAUSE, LONGEST_PAUSE = 1, 30 -- seconds before it is tried again
local BUDGET_PAUSE = 0.25 -- seconds until others may have been settled for less than was reserved

local step = {}

local HALTING = { auth = true, config = true, funds = true }

-- Whether every further row would end with this error as well: so would they where the journal takes nothing.
---@param run rhub.batch.run
---@param err rhub.error
---@return boolean
function step.halts(run, err)
  if HALTING[err.kind] then return true end
  local of_journal = ("journal %s: "):format(run.hub.journal)
  return err.kind == "io" and err.message:find(of_journal, 1, true) ~= nil
end

---@class rhub.batch.tally      of all tasks of a run
---@field flying integer        under way, those that pause not counted
---@field ended integer

---@return rhub.batch.tally
function step.tally()
  return { flying = 0, ended = 0 }
end

---@class rhub.batch.step: rhub.task
---@field run rhub.batch.run
---@field item rhub.batch.item
---@field key string            of its job
---@field send fun(): integer|nil, table|nil submits it (again)
---@field tries integer         how often it has been tried again
---@field sent? boolean         its submit has left, in this process
---@field waited? boolean       it was under way in this process, and not just recalled
---@field paused? boolean       no ticket stands for it
local Step = setmetatable({}, { __index = Task })
Step.__index = Step
for _, name in ipairs { "__name", "__tostring", "__rhub_addresses", "__rhub_text" } do
  Step[name] = Task[name]
end

local function takes_off(self)
  local tally = self.run.tally
  tally.flying, self.seen = tally.flying + 1, tally.ended
end

-- Makes a task that has just been submitted a step of a row.
---@param task rhub.task
---@param run rhub.batch.run
---@param item rhub.batch.item
---@param key string
---@param send fun(): integer|nil, table|nil
---@return rhub.batch.step
function step.of(task, run, item, key, send)
  task.run, task.item, task.key, task.send, task.tries = run, item, key, send, 0
  takes_off(task)
  return setmetatable(task, Step)
end

function Step:moved(state, id)
  if state == "submitting" then self.sent = true end
  if state ~= "waiting" then self.waited = true end
  Task.moved(self, state, id)
end

function Step:ended(value, err)
  local tally = self.run.tally
  if not self.paused then tally.flying = tally.flying - 1 end
  tally.ended, self.paused, self.send = tally.ended + 1, nil, nil
  Task.ended(self, value, err)
end

-- ---- once more ----------------------------------------------------------------------------------

-- How long it is to pause before it is tried again; nil: it is not.
local function pause_after(self, err)
  local run, tally = self.run, self.run.tally
  if self.cancelled or run:stopped() or err.spent ~= "no" then return nil end
  if err.kind == "budget" then
    return (tally.flying > 1 or tally.ended ~= self.seen) and BUDGET_PAUSE or nil
  end
  if not err.retryable or step.halts(run, err) or self.tries >= run.retries then return nil end
  self.tries = self.tries + 1
  run.tell("retry", self.item, err)
  return math.min(FIRST_PAUSE * 2 ^ (self.tries - 1), LONGEST_PAUSE)
end

local function end_paused(self, err)
  self:ended(nil, err)
  flow.finish(self)
end

local function send_again(self, pause)
  flow.sleep(pause)
  if self.done then return end
  local ticket, why = self.send()
  if not ticket then return end_paused(self, errors.new(why)) end
  self.ticket, self.paused = ticket, nil
  takes_off(self)
  self.hub:enlist(ticket, self)
  observer.tell("task", self)
end

-- The hub's question whether an error is not its end.
---@param err rhub.error
---@return boolean
function Step:goes_on(err)
  local pause = pause_after(self, err)
  if not pause then return false end
  self.status, self.run.tally.flying = "failed", self.run.tally.flying - 1
  observer.tell("task", self) -- whoever shows it is done with that one
  self.id, self.status, self.paused = nil, "waiting", true
  flow.go(send_again, self, pause)
  return true
end

-- ---- what asks the engine about its ticket ------------------------------------------------------

function Step:info()
  if not self.paused then return Task.info(self) end
  return { state = "waiting", elapsed = 0, usual = 0, done = 0, total = 0 }
end

local function give_up(self)
  end_paused(self, errors.new { kind = "cancelled",
    message = (self.model or "a task") .. ": it was cancelled before it was submitted again" })
  return true
end

function Step:abandon()
  if self.paused then return give_up(self) end
  self.cancelled = true
  Task.abandon(self)
end

function Step:cancel()
  if self.paused then return give_up(self) end
  self.cancelled = true
  return Task.cancel(self)
end

function Step:forget()
  if self.paused then return give_up(self) end
  self.cancelled = true
  Task.forget(self)
end

return step
