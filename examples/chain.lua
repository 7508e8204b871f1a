-- A picture from a prompt, then a video from the picture: rhub examples/chain.lua [FOLDER]
-- (try it: rhub --sandbox examples/chain.lua). The first result goes into the second call as it is.
local rhub = require "rhub"

local hub <close> = rhub.client {}

local still = assert(hub:run("rhart-image-v1/text-to-image", {
  prompt = "a lighthouse in a storm, oil painting",
  aspectRatio = "9:16",
}))
print("still", still.url, still.cost)

local clip = assert(hub:run("kling-video-o1/image-to-video", {
  firstImageUrl = still,
  prompt = "waves break, slow dolly in",
  duration = "5",
  mode = "std",
}))
print("clip", clip.url, clip.cost)

for _, path in ipairs(assert(clip:save(arg and arg[1] or "out/"))) do print("saved", path) end
