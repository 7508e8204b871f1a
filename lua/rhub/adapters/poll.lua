-- rhub in a poll loop of your own: before you poll, `watch` adds what rhub waits for; afterwards call `step`.
-- See examples/adapter_poll.lua.

local flow = require "rhub.flow"

local adapter = {}

-- Does what is due and lets coroutines run; does not wait.
function adapter.step()
  flow.claim(2)
  flow.step()
end

-- Adds rhub's descriptors to a list {fd, events, ...} (events 1: reading) and shortens a time-out.
---@param fds integer[]
---@param seconds number|nil nil: none
---@return number|nil seconds
function adapter.watch(fds, seconds)
  flow.claim(2)
  table.move(flow.descriptors(), 1, #flow.descriptors(), #fds + 1, fds)
  local own = flow.timeout()
  return own and (not seconds or own < seconds) and own or seconds
end

-- Whether any coroutine of rhub.go is left.
---@return boolean
function adapter.busy()
  return flow.alive() > 0
end

return adapter
