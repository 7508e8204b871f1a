-- DreamActor, by ByteDance: a picture that moves as a video's actor does.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "dreamactor"

prices_in "CNY"
as_of "2026-04-29"

model "bytedance/dreamactor-v2" {
  zh = "SD2.0 视频参考生视频(体验版)", documented = true, name = "sd2.0/video-ref-to-video-trial",
  task = "motion-control", output = "video",
  image "imageUrl" { "jpg", "jpeg", "png", max = "5MB" },
  video "videoUrl" { "mp4", "mov", "webm", max = "100MB" },
  price = per.second(0.32),
}

return models
