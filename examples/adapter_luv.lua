-- rhub beside luv's own timers, for stock lua: lua5.4 examples/adapter_luv.lua
-- (against a sandbox: rhub sandbox, then RH_API_BASE_URL=http://127.0.0.1:PORT RH_API_KEY=sandbox lua5.4 ...)
local uv = require "luv"
local rhub = require "rhub"

local detach = require("rhub.adapters.luv").attach()

local ticks = 0
local clock = uv.new_timer()
clock:start(0, 100, function() ticks = ticks + 1 end)
clock:unref()

rhub.go(function()
  local hub <close> = rhub.client {}
  local picture = assert(hub:run("rhart-image-v1/text-to-image", { prompt = "a snail", aspectRatio = "1:1" }))
  print(picture.url)
end)

uv.run()
detach()
print("the timer ran meanwhile:", ticks > 1)
