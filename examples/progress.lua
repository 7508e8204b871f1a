-- How a task is getting on: its state, how long it has taken, how long its like usually take.
--   rhub --sandbox examples/progress.lua      no key, no cost
local rhub = require "rhub"

local hub <close> = rhub.client {}

local task = assert(hub:submit("kling-video-o1/image-to-video", {
  firstImageUrl = (arg[0]:match("^(.*/)") or "") .. "portrait.png",
  prompt = "she turns her head",
  aspectRatio = "9:16",
  duration = "5",
  mode = "std",
}))

local told
while not task.done do
  local info = task:info()
  local line = ("%-10s %4.0f s"):format(info.state, info.elapsed)
  if info.usual > 0 then line = line .. ("   usually %.0f s"):format(info.usual) end
  if info.total > 0 then line = line .. ("   %d of %d bytes uploaded"):format(info.done, info.total) end
  if line ~= told then print(line) end
  told = line
  task:wait(0.5) -- returns when it ends, and after this time
end

local result = assert(task:wait())
print("done", result.task_id, result.url)
