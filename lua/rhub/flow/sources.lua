-- What can make something happen: clients, servers, adapters' descriptors. A source is any object with
--   source:fd()      the descriptor to watch for reading
--   source:timeout() seconds until a step is due, or nil for none
--   source:step()    does what is due without waiting
-- and, where it makes sense,
--   source:busy()    false when nothing can come of waiting for it (absent: true): tells a deadlock
--   source.waits     true when step(seconds) can wait by itself: saves a poll where it is the only source
-- Sources are known weakly: watching a client does not keep it alive, `hold` does.

local sys = require "rhub.sys"

---@class rhub.source
---@field fd fun(self): integer
---@field timeout fun(self): number|nil
---@field step fun(self, seconds?: number)
---@field busy? fun(self): boolean
---@field waits? boolean

local sources = {}

local WEAK = { __mode = "v" }
local FOREVER = 3600

-- Replaced, never changed, by add and remove: a step may add or remove sources while it is walked.
local order = setmetatable({}, WEAK)
local count = 0
local held = {} -- luacheck: ignore 241 (it is there to refer, not to be read)
local fds = {}

-- Called before a source goes, while its descriptor is still its own, and when one has come: for adapters.
sources.on_change = function() end

local function rebuild(without, with)
  local list, n = setmetatable({}, WEAK), 0
  for i = 1, count do
    local source = order[i]
    if source and source ~= without then
      n = n + 1
      list[n] = source
    end
  end
  if with then
    n = n + 1
    list[n] = with
  end
  order, count = list, n
  sources.on_change()
end

---@param source rhub.source
function sources.add(source)
  rebuild(source, source)
end

---@param source rhub.source
function sources.remove(source)
  held[source] = nil
  rebuild(source)
end

-- Keeps a source alive that has work which must not be lost, until `release`.
---@param source rhub.source
function sources.hold(source)
  held[source] = true
end

---@param source rhub.source
function sources.release(source)
  held[source] = nil
end

---@return boolean busy whether anything can come of waiting
function sources.busy()
  for i = 1, count do
    local source = order[i]
    if source and (not source.busy or source:busy()) then return true end
  end
  return false
end

-- The shorter of `wait` and every source's own time-out; nil: none. Also the sources' number, and the last.
---@param wait number|nil
---@return number|nil wait
---@return integer alive
---@return rhub.source|nil lone
function sources.timeout(wait)
  local list, alive, lone = order, 0, nil
  for i = 1, count do
    local source = list[i]
    if source then
      alive, lone = alive + 1, source
      local own = source:timeout()
      if own and (not wait or own < wait) then wait = own end
    end
  end
  return wait, alive, lone
end

-- Descriptors to watch for reading, in the form that sys.poll takes.
---@return integer[] fds {fd, 1, fd, 1, ...}
function sources.descriptors()
  local n = 0
  for i = 1, count do
    local source = order[i]
    if source then
      fds[n + 1], fds[n + 2] = source:fd(), 1
      n = n + 2
    end
  end
  for i = #fds, n + 1, -1 do fds[i] = nil end
  return fds
end

-- Waits for up to `wait` seconds (nil: as long as it takes) and does what is due.
---@param wait number|nil
function sources.step(wait)
  local seconds, alive, lone = sources.timeout(wait)
  if alive == 1 and lone.waits then
    lone:step(seconds or FOREVER)
    return
  end
  sys.poll(sources.descriptors(), seconds) -- nil, "interrupted" is as good as any other end
  local list = order
  for i = 1, count do
    local source = list[i]
    if source then source:step() end
  end
end

return sources
