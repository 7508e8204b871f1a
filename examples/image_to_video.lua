-- A picture starts to move: uploads examples/portrait.png, runs one task and saves the video.
--   rhub --sandbox examples/image_to_video.lua      no key, no cost
--   rhub examples/image_to_video.lua                the real thing, about 2 CNY or its worth

local rhub = require "rhub"

local here = arg and arg[0]:match("^(.*/)") or ""
local hub <close> = rhub.client()

local clip = assert(hub:run("kling-video-o1/image-to-video", {
  prompt = "slow dolly in, wind in her hair",
  firstImageUrl = here .. "portrait.png", -- a path, an address, or an earlier result
  aspectRatio = "9:16",
  duration = "5",
  mode = "std",
}))

assert(clip:save("out/"))
