-- One task from end to end: a picture is uploaded, becomes a video, the video is saved; what it cost, and
-- what to do about each kind of error.
--   rhub --sandbox examples/complete.lua [PICTURE [FOLDER]]      no key, no cost
local rhub = require "rhub"

local picture = arg[1] or (arg[0]:match("^(.*/)") or "") .. "portrait.png"
local folder = arg[2] or "out/"

-- What next, by the kind of an error. err.spent says whether the task may have been charged all the same.
local NEXT = {
  input = "nothing was sent: correct the call",
  auth = "check the key, and that it belongs to this site",
  funds = "top up the account",
  rejected = "the service refuses these parameters",
  failed = "look at the message; where err.retryable is true a new task may work",
  timeout = "it goes on: rhub task ID --wait -o out/",
  network = "try again later",
  unknown_outcome = "look at the account's call records before you submit it again",
}

local function stop(err)
  print(err)
  print("next", NEXT[err.kind] or "see the message", "charged: " .. err.spent)
  os.exit(1)
end

local hub <close> = rhub.client { timeout = 900 } -- seconds that a task may take

local upload, err = hub:upload(picture)
if not upload then stop(err) end
print("uploaded", ("%d bytes"):format(upload.bytes))

local task
task, err = hub:submit("kling-video-o1/image-to-video", {
  firstImageUrl = upload, -- the path itself would do, too: it is uploaded when the task's turn comes
  prompt = "slow dolly in, wind in her hair",
  aspectRatio = "9:16",
  duration = "5",
  mode = "std",
})
if not task then stop(err) end

local result
result, err = task:wait()
if not result then stop(err) end
print("done", result.task_id, ("%.1f s"):format(result.seconds), result.cost or "cost not told")

local paths
paths, err = result:save(folder)
if not paths then stop(err) end
for _, path in ipairs(paths) do print("saved", path) end
