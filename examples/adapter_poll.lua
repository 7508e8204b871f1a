-- rhub in a poll loop of your own, for stock lua: lua5.4 examples/adapter_poll.lua
-- (against a sandbox: rhub sandbox, then RH_API_BASE_URL=http://127.0.0.1:PORT RH_API_KEY=sandbox lua5.4 ...)
local rhub = require "rhub"
local sys = require "rhub.sys"
local adapter = require "rhub.adapters.poll"

rhub.go(function()
  local hub <close> = rhub.client {}
  local picture = assert(hub:run("rhart-image-v1/text-to-image", { prompt = "a snail", aspectRatio = "1:1" }))
  print(picture.url)
end)

local turns = 0
while adapter.busy() do
  local fds = {} -- your own descriptors: { fd, 1, ... }
  local seconds = adapter.watch(fds, 1)
  sys.poll(fds, seconds)
  adapter.step()
  turns = turns + 1
end
print("turns:", turns)
