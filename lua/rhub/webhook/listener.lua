-- What a hub keeps of the tasks that carry a webhook: a token each, that nobody can guess, from before the
-- submit until an hour after the end.

local errors = require "rhub.errors"
local observer = require "rhub.observer"
local receiver = require "rhub.webhook.receiver"
local sys = require "rhub.sys"
local tasks = require "rhub.task"

local REMEMBERED = 3600  -- seconds that the token of a task that has ended is known
local MOST_ENDED = 10000 -- and how many of those

---@class rhub.listener
---@field url string            what tasks are given, without their tokens
---@field port integer          where it listens
---@field more table            what the engine is to know of a task that has a webhook
local Listener = { __name = "rhub.listener" }
Listener.__index = Listener

-- Tokens of tasks that ended long ago are forgotten.
local function forget(self)
  local oldest, now = self.queue[self.first], sys.now()
  while oldest and (oldest.at + REMEMBERED <= now or self.last - self.first >= MOST_ENDED) do
    self.tokens[oldest.token], self.queue[self.first] = nil, nil
    self.first = self.first + 1
    oldest = self.queue[self.first]
  end
end

-- Whether a token is one of ours.
---@param token string
---@return boolean
function Listener:known(token)
  forget(self)
  return self.tokens[token] ~= nil
end

-- Parameters with the address of a webhook, and its token; as they are where the caller gave one of his own.
---@param params table
---@return table params
---@return string|nil token for `expect`, once there is a task
function Listener:hook(params)
  if params.webhookUrl ~= nil then return params end
  local copy, token = {}, receiver.token()
  for name, value in pairs(params) do copy[name] = value end
  copy.webhookUrl = self.url .. "/" .. token
  return copy, token
end

-- The task that a token has been given to.
---@param token string
---@param task rhub.task
function Listener:expect(token, task)
  self.tokens[token] = { task = task, told = nil }
  self.of[task] = token
end

-- Takes over the tokens of the journal's jobs that may have made a task which nobody knows.
---@param path string
---@return rhub.error|nil
function Listener:remember(path)
  local function read(state)
    local step, jobs, _, closing = require("rhub.recorded").jobs(path, state)
    if not step then error(jobs, 0) end
    for job in step, jobs, nil, closing do
      if job.token then self.tokens[job.token] = { lost = job.endpoint, recorded = true } end
    end
  end
  for _, state in ipairs { "unknown", "resubmitted", "dropped" } do
    local ok, err = pcall(read, state)
    if not ok then return errors.is(err) and err or error(err, 0) end
  end
end

-- A task had ended without an id, and here it is after all.
local function found(self, id, model)
  self.hub:log("warn", ("task %s of an unknown outcome has been found (%s): hub:task(\"%s\")")
    :format(id, model, id))
  observer.tell("found", id, model)
end

-- The hub's word of a task's end.
---@param task rhub.task
function Listener:ended(task)
  local token = self.of[task]
  if not token then return end
  local known, unknown = self.tokens[token], task.status == "unknown"
  self.of[task] = nil
  if known.recorded and not unknown then found(self, task.id, task.model) end
  if unknown and self.hub.journal then -- kept: its job may be found in a week
    self.tokens[token] = { lost = task.model, recorded = true }
    return
  end
  self.tokens[token] = { lost = not task.id and task.model or nil }
  self.last = self.last + 1
  self.queue[self.last] = { token = token, at = sys.now() }
  forget(self)
end

-- Of a task that ended without an id: a journal's job is settled by it, if there is such a task.
local function take_lost(self, token, known, id)
  if not known.recorded then
    found(self, id, known.lost)
    known.lost = nil
    return
  end
  local ticket, err = self.hub.core:tell_lost(token, id)
  if ticket == 0 then return end -- it is told where it is about to be submitted again
  if not ticket then
    known.lost = nil
    return err.kind ~= "gone" and self.hub:log("warn", err.message)
  end
  local task = self.hub:enlist(ticket, tasks.new(self.hub, ticket, known.lost, id))
  known.task, known.told, self.of[task] = task, id, token
  observer.tell("task", task)
end

-- A call has come and has been answered. The same once more has no effect.
---@param token string
---@param id? string what it says to be the task's id
function Listener:take(token, id)
  local known = self.tokens[token]
  local task = known.task
  if not task then
    if known.lost and id then take_lost(self, token, known, id) end
    return
  end
  id = id or task.id
  if not id or known.told == id then return end
  known.told = id
  self.hub.core:tell(task.ticket, id)
end

-- Listens no more; tasks that count on it are polled slowly. `hub:close()` calls it. May be called again.
function Listener:close()
  self.receiver:close()
  if self.hub.listener == self then self.hub.listener = nil end
end
Listener.__close = Listener.close

function Listener:__tostring()
  return "rhub.listener " .. (self.receiver.closed and "(closed)" or self.url)
end

---@param hub rhub.hub
---@param unknown_wait number
---@return rhub.listener
local function new(hub, unknown_wait)
  return setmetatable({ hub = hub, tokens = {}, of = {}, queue = {}, first = 1, last = 0,
    more = { told = true, unknown_wait = unknown_wait } }, Listener)
end

return { new = new }
