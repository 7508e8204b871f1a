-- A hub's websockets: one pool, made for the first of them, as a source of the scheduler. Ends with its hub.

local flow = require "rhub.flow"

local sockets = {}

local socket -- the module; false: there is none

-- Whether websockets can be had: rhub.socket is built where wslay is installed.
---@return boolean
function sockets.there()
  if socket == nil then
    local found, module = pcall(require, "rhub.socket")
    socket = found and module
  end
  return socket ~= false
end

---@class rhub.sockets: rhub.source
---@field pool rhub.socket.pool
---@field by table<rhub.socket.handle, { heard: function }> who listens
local Sockets = {}
Sockets.__index = Sockets

function Sockets:fd() return self.pool:fd() end

function Sockets:timeout() return self.pool:timeout() end

-- Nothing that anybody waits for ever comes from here.
function Sockets:busy() return false end

function Sockets:step()
  if self.closed then return end
  self.pool:step()
  for handle, what, value in self.pool.next, self.pool do
    local listener = self.by[handle]
    if what == "closed" then self.by[handle] = nil end
    if listener then listener:heard(what, value) end
    if self.closed then return end
  end
end

function Sockets:close()
  if self.closed then return end
  self.closed = true
  flow.remove(self)
  self.pool:close()
end

-- The hub's own ones, made when first asked for. nil, reason: there can be none.
local function of(hub)
  if hub.sockets then return hub.sockets end
  local sealed = hub.core:describe().sealed
  local pool, reason = socket.pool { ca_file = hub.ca_file, proxy = hub.proxy, sealed = sealed }
  if not pool then return nil, reason end
  hub.sockets = setmetatable({ pool = pool, by = {} }, Sockets)
  flow.add(hub.sockets)
  return hub.sockets
end

-- Begins to connect; `listener:heard(what, value)` is told what comes of it, and must not wait.
---@param hub rhub.hub
---@param address string
---@param listener { heard: fun(self, what: string, value: string|nil) }
---@return rhub.socket.handle|nil
---@return string|nil reason without the address's query
function sockets.connect(hub, address, listener)
  local own, reason = of(hub)
  if not own then return nil, reason end
  local handle
  handle, reason = own.pool:connect(address)
  if not handle then return nil, "its address " .. reason end
  own.by[handle] = listener
  return handle
end

return sockets
