-- What the sandbox has seen, for tests that must know what reached the server.

local stats = {}

local IDS_KEPT = 1000
local BODIES_KEPT = 20000 -- distinct ones; a load test must not fill the memory

local Stats = {}
Stats.__index = Stats

function stats.new()
  local self = setmetatable({}, Stats)
  self:reset()
  return self
end

function Stats:reset()
  self.requests, self.authorized = {}, {}
  self.received, self.made, self.duplicates = 0, 0, 0
  self.bodies, self.distinct, self.seen, self.ids = {}, 0, {}, {}
end

---@param route string
---@param authorized boolean with an Authorization header
function Stats:request(route, authorized)
  self.requests[route] = (self.requests[route] or 0) + 1
  if authorized then self.authorized[route] = (self.authorized[route] or 0) + 1 end
end

-- A submit that has arrived, whatever becomes of it.
---@param endpoint string
---@param body string|nil
function Stats:submit(endpoint, body)
  self.received = self.received + 1
  local name = endpoint .. " " .. (body or "")
  if not self.bodies[name] then
    if self.distinct == BODIES_KEPT then return end
    self.distinct = self.distinct + 1
  end
  self.bodies[name] = (self.bodies[name] or 0) + 1
end

-- A submit that has made a task.
---@param task rhub.sandbox.task
function Stats:accepted(task)
  self.made = self.made + 1
  if #self.ids < IDS_KEPT then self.ids[#self.ids + 1] = task.id end
  local name = task.endpoint .. " " .. task.body
  if self.seen[name] then
    self.duplicates = self.duplicates + 1
  elseif self.distinct < BODIES_KEPT then
    self.seen[name] = true
  end
end

return stats
