-- One round of the catalogue's benchmark: prints the milliseconds of a first look-up, then checks a second
-- for three calls, on one line. Run in a fresh interpreter: what it measures first is cold.
local sys = require "rhub.sys"

local catalogue = require "rhub.catalogue"
local start = sys.now()
assert(catalogue.find "kling-video-o1/image-to-video")
local look_up = (sys.now() - start) * 1000

local check = require "rhub.check"

local CALLS = {
  { "rhart-image-v1/text-to-image", { prompt = "a cat, sleepy", aspectRatio = "1:1" } },
  { "kling-video-o1/image-to-video", { prompt = "slow dolly in, wind in her hair", duration = "5",
    firstImageUrl = "https://example.com/a.png", aspectRatio = "9:16", mode = "std" } },
  { "rhart-video/sparkvideo-2.0/multimodal-video", { prompt = "x", resolution = "720p", duration = "5",
    imageUrls = { "https://example.com/a.png", "https://example.com/b.png" }, generateAudio = true,
    ratio = "16:9", seed = 5 } },
}
local TIMES = 50000

local function warn() end

local rates = {}
for i, call in ipairs(CALLS) do
  local began = os.clock()
  for _ = 1, TIMES do assert(check.call(call[1], call[2], "strict", warn)) end
  rates[i] = TIMES / (os.clock() - began)
end
print(("%.3f %.0f %.0f %.0f"):format(look_up, table.unpack(rates)))
