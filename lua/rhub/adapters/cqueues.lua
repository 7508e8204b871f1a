-- rhub in a cqueues controller: `cq:wrap(loop)` runs coroutines of rhub.go beside the controller's own, until
-- they have ended. See examples/adapter_cqueues.lua.

local cqueues = require "cqueues"
local condition = require "cqueues.condition"
local flow = require "rhub.flow"

-- What cqueues is to wait for.
local function collect(woken)
  local fds, version = flow.descriptors()
  local list = { woken, flow.timeout() }
  for i = 1, #fds, 2 do list[#list + 1] = { pollfd = fds[i], events = "r" } end
  return list, version
end

-- cqueues keeps what it knows of a descriptor's number until it is told to forget it.
local function forget(list)
  for i = 1, #list do
    if type(list[i]) == "table" and list[i].pollfd then cqueues.cancel(list[i].pollfd) end
  end
end

local function loop()
  local woken = condition.new()
  flow.attach(function() woken:signal() end)
  local list, version = collect(woken)
  while flow.alive() > 0 do
    cqueues.poll(table.unpack(list))
    flow.step()
    local new, now = collect(woken)
    if now ~= version then forget(list) end
    list, version = new, now
  end
  forget(list)
  flow.detach()
end

return { loop = loop }
