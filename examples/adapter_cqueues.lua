-- rhub beside cqueues' own coroutines, for stock lua: lua5.4 examples/adapter_cqueues.lua
-- (against a sandbox: rhub sandbox, then RH_API_BASE_URL=http://127.0.0.1:PORT RH_API_KEY=sandbox lua5.4 ...)
local cqueues = require "cqueues"
local rhub = require "rhub"

local over, ticks = false, 0
local cq = cqueues.new()

cq:wrap(function()
  while not over do
    cqueues.sleep(0.1)
    ticks = ticks + 1
  end
end)

rhub.go(function()
  local hub <close> = rhub.client {}
  local picture = assert(hub:run("rhart-image-v1/text-to-image", { prompt = "a snail", aspectRatio = "1:1" }))
  print(picture.url)
end)

cq:wrap(function()
  require("rhub.adapters.cqueues").loop()
  over = true
end)
assert(cq:loop())
print("the other coroutine ran meanwhile:", ticks > 1)
