-- How a task is getting on: its state, how long it has taken, how long its like usually take; of a workflow,
-- the node that is at work.
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

-- The machine that runs a workflow or an app also tells which node is at work, and at which step: where
-- rhub.socket is installed, and as long as it likes. The functions given to on_progress run beside this one.
local drawing = assert(hub:workflow("1904136902449209346"):submit { ["6.text"] = "a lighthouse at night" })
drawing:on_progress(function(p)
  local done = p.fraction and ("%3.0f %%"):format(p.fraction * 100) or ""
  print("node " .. p.node, p.title or "", p.step and p.step .. "/" .. p.steps or "", done)
end)
result = assert(drawing:wait())
print("done", result.task_id, result.url)
