-- The deadlines of everything that waits, and services: functions called at intervals, also while no
-- coroutine may be resumed (a progress display).

local sys = require "rhub.sys"

local timers = require("rhub.flow.heap").new()

-- How many of the deadlines are services': those alone make nobody's wait end.
timers.services = 0

---@class rhub.service
---@field seconds number
---@field call fun()
local Service = {}
Service.__index = Service

local function start(service, time)
  timers.services = timers.services + 1
  timers:push(time + service.seconds, service)
end

-- The scheduler's word that the time has come; the deadline has been taken out already. A service that
-- fails is not called again, and harms nobody else.
---@param time number
function Service:fire(time)
  timers.services = timers.services - 1
  start(self, time)
  local ok, err = pcall(self.call)
  if ok then return end
  self:cancel()
  io.stderr:write("rhub: ", tostring(err), "\n")
end

function Service:cancel()
  if not self.slot then return end
  timers.services = timers.services - 1
  timers:remove(self)
end

-- Calls `call` every so many seconds until cancelled. It must not wait.
---@param seconds number
---@param call fun()
---@return rhub.service
function timers.every(seconds, call)
  local service = setmetatable({ seconds = math.max(seconds, 0.001), call = call }, Service)
  start(service, sys.now())
  return service
end

return timers
