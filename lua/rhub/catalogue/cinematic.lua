-- Cinematic Video Generator: films of several shots from a text or pictures.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "cinematic"

prices_in "CNY"
as_of "2026-04-29"

model "cinematic-video-generator" {
  zh = "SD2.0 视频生成(体验版)", documented = true, name = "sd2.0/video-generator-trial",
  status = "removed", last_seen = "2026-05-07",
  task = "text-to-video", output = "video",
  text   "prompt"      { max = 2048 },
  images "imageUrls"   { "jpg", "jpeg", "png", "webp", max = "10MB", items = 4, optional },
  one_of "aspectRatio" { "16:9", "9:16", "4:3", "3:4", default = "16:9", optional },
  one_of "duration"    { "5", "10", "15", default = "5" },
  price = per.second(1),
}

return models
