-- Tasks: what is under way on the service. A task is a cell: flow waits for it, its hub ends it.

local errors = require "rhub.errors"
local flow = require "rhub.flow"
local observer = require "rhub.observer"
local result = require "rhub.result"

---@alias rhub.status
---| "waiting"    # for a free place
---| "uploading"  # its local files
---| "submitting" # on the wire: the outcome is not known yet
---| "queued"     # accepted: it has an id and costs money from here on
---| "running"
---| "done" | "failed" | "cancelled" | "timeout" | "unknown" | "gone"

---@class rhub.task
---@field id string|nil         once it has been accepted
---@field model string          its endpoint
---@field status rhub.status
---@field result rhub.result|nil when done
---@field err rhub.error|nil     when ended otherwise
---@field done boolean|nil      whether it has ended
---@field files string[]|nil    its local files: pointer, path, pointer, path, ...
---@field shown any             what the observer keeps with it
local Task = {}
Task.__index = Task
Task.__name = "rhub.task"

local ENDED_AS = { cancelled = "cancelled", timeout = "timeout", unknown_outcome = "unknown", gone = "gone" }

local task = { Task = Task }

---@param hub table
---@param ticket integer
---@param model string|nil
---@param id string|nil
---@return rhub.task
function task.new(hub, ticket, model, id)
  -- Names what every task comes to have before it ends: tables that grow field by field are slow. One more
  -- would double its memory.
  return setmetatable({ hub = hub, ticket = ticket, model = model, status = id and "running" or "waiting",
    id = id, result = nil, waiter = nil, shown = nil }, Task)
end

-- The hub's word of a new state.
function Task:moved(state, id)
  self.status = state
  if id then self.id = id end
  observer.tell("task", self)
end

-- The hub's word of its end.
function Task:ended(value, err)
  if value then
    self.status, self.id = "done", value.task_id
    self.result = result.new(value, self.hub)
  else
    self.status, self.err = ENDED_AS[err.kind] or "failed", err
    if err.task_id then self.id = err.task_id end
  end
  local listener = self.hub.listener
  if listener then listener:ended(self) end
  observer.tell("task", self)
end

-- Waits for the task's end, at most `seconds`.
-- When they have passed: nil and an error of kind "timeout"; the task goes on and can be waited for again.
---@param seconds? number
---@return rhub.result|nil
---@return rhub.error|nil
function Task:wait(seconds)
  local ok, err = flow.await(self, flow.seconds(seconds, 2))
  if ok then return self.result, self.err end
  if ok == nil then error(err, 0) end
  local sent = self.id or self.status == "submitting"
  local name = self.id and "task " .. self.id or self.model
  local message = ("%s has not ended within %g s; it goes on, wait for it again"):format(name, seconds)
  return nil, errors.new { kind = "timeout", message = message, task_id = self.id, retryable = true,
    spent = sent and "maybe" or "no" }
end

-- What hub:run does when its own coroutine is cancelled: a task that has not been submitted yet is not
-- submitted; one that has been is let run, and its hub goes on looking after it.
function Task:abandon()
  if self.done then return end
  local state = self.hub.core:peek(self.ticket)
  if state == "waiting" or state == "uploading" then self.hub.core:cancel(self.ticket) end
end

-- Asks the service to cancel the task and returns at once; waiting for it tells how it ended, which may
-- still be a success. Before it has been submitted it ends here and costs nothing.
---@return true|nil
---@return rhub.error|nil
function Task:cancel()
  if self.done then
    return nil, errors.new { kind = "gone", task_id = self.id,
      message = ("the task has ended already: %s"):format(self.status) }
  end
  local ok, err = self.hub.core:cancel(self.ticket)
  if not ok then return nil, errors.new(err) end
  return true
end

-- Stops looking after the task; it goes on on the service and is charged.
function Task:forget()
  if self.done then return end
  local sent = self.id or self.status == "submitting"
  local message = sent and "the task was forgotten here; it goes on on the service"
    or "the task was forgotten before it was submitted"
  self.hub:drop(self.ticket, errors.new { kind = "cancelled", task_id = self.id,
    spent = sent and "maybe" or "no",
    message = message })
end

-- How it stands, for a progress display. Times in seconds; `done` and `total` in bytes, of an upload.
---@return { state: string, elapsed: number, usual: number, done: integer, total: integer }
function Task:info()
  if self.done then
    local elapsed = self.result and self.result.seconds or 0
    return { state = self.status, elapsed = elapsed, usual = 0, done = 0, total = 0 }
  end
  local state, elapsed, usual, done, total = self.hub.core:peek(self.ticket)
  return { state = state, elapsed = elapsed, usual = usual, done = done, total = total }
end

-- Has `listener(p)` called, in a coroutine of its own, as a workflow's or an app's task gets on: p.node and
-- p.title of the node that is at work, p.step of p.steps, p.done_nodes of p.total, p.fraction; read
-- rhub.progress. A hint, which may also never come: for other tasks it never does.
---@param listener fun(p: rhub.progress)
---@return rhub.task self
function Task:on_progress(listener)
  if type(listener) ~= "function" then
    error("on_progress takes a function, not a " .. type(listener), 2)
  end
  require("rhub.progress").watch(self, listener)
  return self
end

function Task:__tostring()
  local id, model = self.id or "without an id yet", self.model or "attached"
  return ("rhub.task %s (%s, %s)"):format(id, model, self.status)
end

-- A finished task stands for its outputs where a media address is expected.
function Task:__rhub_addresses(kind)
  if self.result then return result.addresses(self.result, kind) end
  if self.err then return nil, "is a task that has no outputs: it ended as " .. self.status end
  return nil, "is a task that has not ended: wait for it first"
end

function Task:__rhub_text()
  return self.result and self.result.text
end

return task
