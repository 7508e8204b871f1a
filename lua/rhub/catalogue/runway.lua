-- Runway Gen-4 (rhart-video-r): video from a picture or a video.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "runway"

prices_in "CNY"
as_of "2026-04-29"

model "rhart-video-r/gen4-aleph-official/video-to-video" {
  zh = "全能视频R-gen4-aleph/视频编辑-官方稳定版",
  name = "runwayml/gen4-aleph/video-to-video-official-stable",
  task = "video-edit", output = "video",
  text   "prompt"            { max = 2048 },
  video  "videoUrl"          { "mp4", max = "16MB" },
  one_of "aspectRatio"       { "16:9", "9:16", "1:1", "4:3", "3:4", default = "16:9", optional },
  image  "referenceImageUrl" { "jpg", "jpeg", "png", "webp", max = "10MB", optional },
  price = per.call(5.25),
}

model "rhart-video-r/gen4-turbo-official/image-to-video" {
  zh = "全能视频R/gen4-turbo/图生视频-官方稳定版",
  name = "runwayml/gen4-turbo/image-to-video-official-stable",
  task = "image-to-video", output = "video",
  text   "prompt"      { max = 2048 },
  image  "imageUrl"    { "jpg", "jpeg", "png", "webp", max = "10MB" },
  one_of "duration"    { "5", "10", default = "5" },
  one_of "aspectRatio" { "16:9", "9:16", "1:1", "4:3", "3:4", optional },
  price = per.call { by = "duration", ["5"] = 3.2, ["10"] = 6.4 },
}

model "rhart-video-r/gen4-turbo/image-to-video" {
  zh = "全能视频R/gen4-turbo/图生视频-低价渠道版",
  name = "runwayml/gen4-turbo/image-to-video-channel-low-price",
  task = "image-to-video", output = "video",
  text   "prompt"      { max = 1000, optional },
  image  "imageUrl"    { "jpg", "jpeg", "png", "webp", max = "10MB" },
  one_of "duration"    { "5", "10", default = "10" },
  one_of "aspectRatio" { "16:9", "9:16", "1:1", "4:3", "3:4", "21:9", default = "16:9" },
  price = per.second(0.21),
}

return models
