-- RunningHub's own: video upscaling and frame rates, parts of a sound track, transfer of motion.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "runninghub"

prices_in "CNY"
as_of "2026-04-29"

model "rh/video-fps-increaser" {
  zh = "RH视频帧率增强", name = "rh-video-fps-increaser", status = "removed", last_seen = "2026-04-11",
  task = "other", output = "video",
  video "videoUrl" { "mp4", max = "500MB" },
}

model "rh/video-upscaler" {
  zh = "RH视频超分辨率", name = "rh-video-upscaler", status = "removed", last_seen = "2026-04-11",
  task = "video-upscale", output = "video",
  video  "videoUrl"         { "mp4", max = "500MB" },
  one_of "targetResolution" { "720p", "1080p", "2k", "4k", default = "1080p" },
}

model "rhart-audio/extract-background" {
  zh = "分离音频-Other", name = "extract-background",
  task = "other", output = "audio",
  video "2##file" { "mp4", "mov", max = "200MB" },
  price = per.call { from = 0.1, as_of = "2026-06-18" },
}

model "rhart-audio/extract-vocal" {
  zh = "分离音频-Vocals", name = "extract-vocal",
  task = "other", output = "audio",
  video "3##file" { "mp4", "mov", max = "200MB" },
  price = per.call { from = 0.1, as_of = "2026-06-18" },
}

model "rhart-audio/source-separation" {
  zh = "分离音频", name = "source-separation",
  task = "other", output = "audio",
  video "3##file",
  price = per.call { from = 0.1, as_of = "2026-06-18" },
}

model "rhart-video/video-fps-increaser" {
  zh = "RH视频帧率增强", documented = "rh-video-fps-increaser",
  task = "other", output = "video",
  video "videoUrl" { "mp4", max = "500MB" },
  price = per.second(0.07),
}

model "rhart-video/video-upscaler" {
  zh = "RH视频超分", documented = "rh-video-upscaler",
  task = "video-upscale", output = "video",
  video  "videoUrl"         { "mp4", max = "500MB" },
  one_of "targetResolution" { "720p", "1080p", "2k", "4k", default = "1080p" },
  price = per.second {
    by = "targetResolution", ["2k"] = 0.35, ["4k"] = 0.56, ["720p"] = 0.14, ["1080p"] = 0.21,
  },
}

return models
