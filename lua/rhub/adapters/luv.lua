-- rhub in a luv loop: coroutines of rhub.go run while uv.run does, and uv.run ends when they have ended.
-- Call `attach()` once before uv.run; it returns a function that detaches. See examples/adapter_luv.lua.

local uv = require "luv"
local flow = require "rhub.flow"

local function nothing() end

local function attach()
  local timer, before, after = uv.new_timer(), uv.new_prepare(), uv.new_check()
  local watched -- poll handles, or nil when the descriptors have changed

  local function unwatch()
    for _, poll in ipairs(watched or {}) do poll:close() end
    watched = nil
  end

  local function watch()
    watched = {}
    local fds = flow.descriptors()
    for i = 1, #fds, 2 do
      watched[#watched + 1] = uv.new_poll(fds[i])
      watched[#watched]:start("r", nothing)
    end
  end

  -- Before the loop sleeps. Nothing of ours keeps it alive unless a coroutine is left.
  local function prepare()
    if not watched then watch() end
    local seconds, keep = flow.timeout(), flow.alive() > 0 and "ref" or "unref"
    if seconds then timer:start(math.ceil(seconds * 1000), 0, nothing) else timer:stop() end
    for _, handle in ipairs { timer, table.unpack(watched) } do handle[keep](handle) end
  end

  before:start(prepare)
  after:start(flow.step)
  before:unref()
  after:unref()
  flow.attach(function() timer:start(0, 0, nothing) timer:ref() end, unwatch)
  prepare()

  return function()
    flow.detach()
    unwatch()
    for _, handle in ipairs { timer, before, after } do handle:close() end
    if not uv.loop_mode() then uv.run "nowait" end -- a closed handle ends in the loop
  end
end

return { attach = attach }
