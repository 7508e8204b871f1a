-- How a task is getting on: its state and how long it has taken, and from inside of a workflow which node is
-- at work and how far it is. That is a hint, which may also never come; the end is told by waiting.
--   rhub --sandbox examples/progress.lua      no key, no cost
-- On the real service give the id of a workflow of your own.
local rhub = require "rhub"

local hub <close> = rhub.client {}
local workflow = hub:workflow("1904136902449209346")
local task = assert(workflow:submit { ["6.text"] = "a lighthouse at dawn", ["3.steps"] = 12 })

task:on_progress(function(p)
  local step = p.steps and (", step %d of %d"):format(p.step, p.steps) or ""
  print(("  node %s (%s)%s"):format(p.node, p.title or "untitled", step))
end)

local told
while not task.done do
  local info = task:info()
  local line = ("%s, %.0f s"):format(info.state, info.elapsed)
  if info.usual > 0 then line = line .. (", usually %.0f s"):format(info.usual) end
  if line ~= told then print(line) end
  told = line
  task:wait(0.5) -- returns when it ends, and after this time
end

local result = assert(task:wait())
print("done", result.task_id, result.cost, result.url)
