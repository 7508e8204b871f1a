-- rhub in a cqueues controller: `cq:wrap(loop)` runs coroutines of rhub.go beside the controller's own, until
-- they have ended. See examples/adapter_cqueues.lua.

local cqueues = require "cqueues"
local condition = require "cqueues.condition"
local flow = require "rhub.flow"

local function loop()
  local woken, watched = condition.new(), {}

  -- cqueues remembers a descriptor's number until it is told to forget it, which must be before it is closed.
  local function forget()
    for fd in pairs(watched) do cqueues.cancel(fd) end
    watched = {}
  end

  flow.attach(function() woken:signal() end, forget)
  while flow.alive() > 0 do
    local list, fds = { woken, flow.timeout() }, flow.descriptors()
    for i = 1, #fds, 2 do
      watched[fds[i]] = true
      list[#list + 1] = { pollfd = fds[i], events = "r" }
    end
    cqueues.poll(table.unpack(list))
    flow.step()
  end
  forget()
  flow.detach()
end

return { loop = loop }
