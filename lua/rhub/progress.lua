-- How far a ComfyUI task has come: node and step, as the machine that runs it tells by websocket. A hint
-- only: nothing here has a say in a task's outcome, and what goes wrong here goes wrong in silence. Costs
-- nothing for tasks that nobody has asked it of.
--
-- A watch waits without a coroutine of its own: it must not keep a program alive. It goes
--   waiting (for the task to run) -> asking (for the address) -> connecting -> listening -> over
-- and starts anew a few times when the connection is lost.

local flow = require "rhub.flow"
local json = require "rhub.json"
local nodes = require "rhub.progress.nodes"
local sockets = require "rhub.progress.sockets"

local progress = {}

local PATH = "/task/openapi/outputs"
local STATES = { ["804"] = "running", ["813"] = "queued" }

local FIRST, GROWTH, SLOWEST = 0.5, 1.5, 20 -- seconds between questions for the address while a task waits
local AGAIN = 1            -- ... after a connection that was lost, growing
local MOST_CONNECTIONS = 4
local MOST_DENIALS = 3     -- a running task without an address has none: questions until that is believed
local MOST_FAILURES = 5    -- of questions

---@class rhub.watch
---@field task rhub.task
---@field listeners fun(p: rhub.progress)[]
---@field seen rhub.progress.nodes
local Watch = {}
Watch.__index = Watch

local watches = setmetatable({}, { __mode = "k" }) -- by task

-- ---- telling ----------------------------------------------------------------------------------

-- Calls the listeners with the newest there is, again as long as something newer comes meanwhile: who is
-- slow misses steps. An error is reported like any other that nobody has waited for, and is the last call.
local function tell(self)
  self.failed = true -- until proved otherwise
  while self.news and not self.over do
    local p = self.news
    self.news = nil
    for _, listener in ipairs(self.listeners) do listener(p) end
  end
  self.failed, self.telling = nil, nil
end

local function changed(self)
  self.latest = self.seen:picture()
  if #self.listeners == 0 or self.failed then return end
  self.news = self.latest
  if self.telling then return end
  self.telling = true
  flow.go(tell, self)
end

-- ---- asking for the address -------------------------------------------------------------------

-- Calls `method`; what goes wrong in it ends the watch, and neither the task nor the script.
local function guarded(self, method, ...)
  local ok, err = pcall(method, self, ...)
  if ok then return end
  self:say(tostring(err))
  self:stop()
end

-- Calls `method` in so many seconds, in place of whatever was to come.
function Watch:later(seconds, method)
  if self.timer then self.timer:cancel() end
  self.timer = nil
  if not seconds then return end
  self.timer = flow.every(seconds, function()
    self:later(nil)
    if not self.over then guarded(self, method) end
  end)
end

local Question = {} -- a cell of the hub's, for the answer
Question.__index = Question

function Question:ended(reply) guarded(self.watch, self.watch.answered, reply) end

function Watch:ask()
  local hub = self.task.hub
  if self.asking or self.handle or hub.closing then return end
  self:later(nil)
  local ticket = hub.core:call { path = PATH, key = "apiKey", raw = true,
    body = assert(json.encode { taskId = self.task.id }) }
  if not ticket then return self:stop() end
  self.asking = true
  hub:enlist(ticket, setmetatable({ watch = self, ticket = ticket }, Question))
end

local function address_in(reply)
  local data = reply.data
  local address = type(data) == "table" and data.netWssUrl
  return type(address) == "string" and address ~= "" and address or nil
end

-- Asks again later, with growing pauses.
local function wait(self)
  self.pause = self.pause and math.min(self.pause * GROWTH, SLOWEST) or FIRST
  self:later(self.pause, self.ask)
end

---@param text string|nil the whole reply; nil: there was none
function Watch:answered(text)
  self.asking = nil
  if self.over then return end
  local reply = text and json.decode(text)
  local state = type(reply) == "table" and STATES[tostring(reply.code)]
  local address = state == "running" and address_in(reply)
  if address then return self:connect(address) end
  if state == "running" then self.denials = self.denials + 1 end
  if not text then self.failures = self.failures + 1 end
  if text and not state or self.denials >= MOST_DENIALS or self.failures >= MOST_FAILURES then
    return self:stop()
  end
  wait(self)
end

-- ---- the connection ---------------------------------------------------------------------------

function Watch:connect(address)
  self.connections = self.connections + 1
  local handle, reason = sockets.connect(self.task.hub, address, self)
  if not handle then
    self:say(reason)
    return self:stop()
  end
  self.handle = handle
end

function Watch:say(what)
  local task = self.task
  task.hub:log("debug", ("task %s: no progress: %s"):format(task.id, what))
end

-- What has been heard on the connection.
---@param what "open"|"text"|"closed"
---@param value string|nil
function Watch:heard(what, value)
  if not self.over then guarded(self, self.hear, what, value) end
end

function Watch:hear(what, value)
  if what == "text" then
    if self.seen:take(json.decode(value)) then changed(self) end
  elseif what == "closed" then
    self.handle = nil
    if not self.seen.finished then self:say(value) end
    if self.seen.finished or self.connections >= MOST_CONNECTIONS then return self:stop() end
    self:later(AGAIN * self.connections, self.ask)
  end
end

-- ---- a watch ----------------------------------------------------------------------------------

-- The end of it: what it has seen last stays.
function Watch:stop()
  if self.over then return end
  self.over = true
  self:later(nil)
  if self.handle then self.handle:close() end
  self.handle, self.news = nil, nil
end

-- The task's word that its state has changed.
function Watch:moved()
  local task = self.task
  if self.over or not task.id then return end
  if task.status == "running" then
    if self.connections == 0 and self.denials == 0 then self:ask() end
  elseif not self.timer and not self.asking then
    wait(self)
  end
end

-- A task that is watched passes its news on: it is given a class of its own, so that others need not ask
-- whether they are watched.
local classes = {}

local function watched(class)
  if classes[class] then return classes[class] end
  local own = {}
  for name, value in pairs(class) do own[name] = value end
  own.__index = own
  function own:moved(state, id)
    class.moved(self, state, id)
    watches[self]:moved()
  end
  function own:ended(value, err)
    watches[self]:stop()
    class.ended(self, value, err)
  end
  classes[class] = own
  return own
end

local KINDS = { workflow = true, app = true, quick = true }

-- Whether it is known to be a task that runs a graph.
---@param task rhub.task
---@return boolean
function progress.told_by(task)
  return KINDS[(task.model or ""):match("^(%w+)/%d+$")] or false
end

-- Has a task watched, and `listener` called with what comes. Does nothing where there can be nothing: for
-- standard models, and where rhub.socket is missing.
---@param task rhub.task
---@param listener? fun(p: rhub.progress)
function progress.watch(task, listener)
  local watch = watches[task]
  if task.done or task.model and not progress.told_by(task) or not sockets.there() then return end
  if not watch then
    watch = setmetatable({ task = task, listeners = {}, seen = nodes.new(nodes.graph_of(task)), denials = 0,
      failures = 0, connections = 0 }, Watch)
    watches[task] = watch
    setmetatable(task, watched(getmetatable(task)))
    watch:moved()
  end
  watch.listeners[#watch.listeners + 1] = listener
end

-- What was heard last of a task that is watched, or nil.
---@param task rhub.task
---@return rhub.progress|nil
function progress.of(task)
  local watch = watches[task]
  return watch and watch.latest
end

return progress
