-- rhub in a luv loop: coroutines of rhub.go run while uv.run does, and uv.run ends when they have ended.
-- Call `attach()` once before uv.run; it returns a function that detaches. See examples/adapter_luv.lua.

local uv = require "luv"
local flow = require "rhub.flow"

local function nothing() end

local function attach()
  local timer, before, after = uv.new_timer(), uv.new_prepare(), uv.new_check()
  local watched, known = {}, nil

  local function sync()
    local fds, version = flow.descriptors()
    if version ~= known then
      for i = 1, #watched do watched[i]:close() end
      watched, known = {}, version
      for i = 1, #fds, 2 do
        watched[#watched + 1] = uv.new_poll(fds[i])
        watched[#watched]:start("r", nothing)
      end
    end
    local seconds, keep = flow.timeout(), flow.alive() > 0 and "ref" or "unref"
    if seconds then timer:start(math.ceil(seconds * 1000), 0, nothing) else timer:stop() end
    timer[keep](timer)
    for i = 1, #watched do watched[i][keep](watched[i]) end
  end

  before:start(sync)
  after:start(flow.step)
  before:unref()
  after:unref()
  flow.attach(function() timer:start(0, 0, nothing) timer:ref() end)
  sync()

  return function()
    flow.detach()
    for _, handle in ipairs { timer, before, after, table.unpack(watched) } do handle:close() end
    watched = {}
  end
end

return { attach = attach }
