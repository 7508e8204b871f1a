-- SkyReels: video from text, pictures and references; extension; restyling.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "skyreels"

prices_in "CNY"
as_of "2026-04-29"

model "skyreels-v3/reference-to-video" {
  zh = "SkyReels V3 参考图生视频", documented = true,
  task = "reference-to-video", output = "video",
  text   "prompt"      { max = 2048 },
  images "imageUrls"   { "jpg", "jpeg", "png", "gif", "bmp", max = "10MB", items = 4 },
  whole  "duration"    { min = 1, max = 5, default = 5, optional },
  one_of "aspectRatio" { "16:9", "9:16", "1:1", "4:3", "3:4", default = "16:9", optional },
  price = per.call(0.01),
}

model "skyreels-v3/shot-switching-video-extension" {
  zh = "SkyReels V3 视频续写（镜头切换）", documented = true,
  task = "video-extend", output = "video",
  text   "prompt"   { max = 2048 },
  video  "videoUrl" { "mp4", max = "100MB" },
  whole  "duration" { min = 2, max = 5, default = 5, optional },
  one_of "cutType"  {
    "Auto", "Cut-In", "Cut-Out", "Shot/Reverse Shot", "Multi-Angle", "Cut Away", default = "Auto",
    optional,
  },
  price = per.call(0.01),
}

model "skyreels-v3/single-shot-video-extension" {
  zh = "SkyReels V3 视频续写（单镜头）", documented = true,
  task = "video-extend", output = "video",
  text  "prompt",
  video "videoUrl" { "mp4", max = "100MB" },
  whole "duration" { min = 5, max = 30, default = 5, optional },
  price = per.call(0.01),
}

model "skyreels-v3/video-restyling" {
  zh = "SkyReels V3 视频风格化", documented = true,
  task = "video-edit", output = "video",
  video  "videoUrl"  { "mp4", max = "100MB" },
  one_of "styleName" {
    "simpsons", "lego", "paper_cutting", "amigurumi", "animal_crossing", "van_gogh", "pixel_art",
  },
  price = per.call(0.01),
}

model "skyreels-v4/image-to-video" {
  zh = "SkyReels V4 图生视频", documented = true, status = "removed", last_seen = "2026-04-30",
  task = "image-to-video", output = "video",
  text   "prompt"             { max = 2048 },
  image  "firstFrameImageUrl" { "jpg", "jpeg", "png", "gif", "bmp", max = "10MB" },
  flag   "sound"              { default = false },
  whole  "duration"           { min = 3, max = 15, default = 5, optional },
  one_of "mode"               { "std", default = "std", optional },
}

model "skyreels-v4/image-to-video-fast" {
  zh = "SkyReels V4 图生视频-fast",
  task = "image-to-video", output = "video",
  text   "prompt"          { max = 2048 },
  image  "firstImageUrl"   { "jpg", "jpeg", "png", "gif", "bmp", max = "10MB" },
  whole  "duration"        { min = 3, max = 15, default = 5, optional },
  flag   "promptOptimizer" { default = true },
  one_of "resolution"      { "480p", "720p", "1080p", default = "1080p" },
  price = per.second { from = 0.28, as_of = "2026-06-18" },
}

model "skyreels-v4/image-to-video-std" {
  zh = "SkyReels V4 图生视频-std",
  task = "image-to-video", output = "video",
  text   "prompt"          { max = 2048 },
  image  "firstImageUrl"   { "jpg", "jpeg", "png", "gif", "bmp", max = "10MB" },
  flag   "sound"           { default = true },
  whole  "duration"        { min = 3, max = 15, default = 5, optional },
  flag   "promptOptimizer" { default = true },
  one_of "resolution"      { "480p", "720p", "1080p", default = "1080p" },
  price = per.second { from = 0.39, as_of = "2026-06-18" },
}

model "skyreels-v4/omni-reference" {
  zh = "SkyReels V4 Omni 参考视频", documented = true, status = "removed", last_seen = "2026-05-07",
  task = "reference-to-video", output = "video",
  text   "prompt"          { max = 2500 },
  one_of "aspectRatio"     { "16:9", "9:16", "1:1", "4:3", "3:4", default = "16:9", optional },
  whole  "duration"        { min = 3, max = 15, default = 5, optional },
  flag   "sound"           { default = false },
  flag   "promptOptimizer" { default = true, optional },
  one_of "resolution"      { "480p", "720p", "1080p", default = "1080p", optional },
  price = per.call(0.01),
}

model "skyreels-v4/omni-reference-fast" {
  zh = "SkyReels V4 Omni 参考视频-fast",
  task = "reference-to-video", output = "video",
  text   "prompt"          { max = 2500 },
  one_of "aspectRatio"     { "16:9", "9:16", "1:1", "4:3", "3:4", default = "16:9", optional },
  whole  "duration"        { min = 3, max = 15, default = 5, optional },
  flag   "promptOptimizer" { default = true, optional },
  one_of "resolution"      { "480p", "720p", "1080p", default = "1080p" },
  object "refImages",
  object "refVideos",
  at_least_one { "refImages", "refVideos" },
  ignored { "aspectRatio", "duration", with = "refVideos" },
  price = per.call { from = 0.1, as_of = "2026-06-18" },
}

model "skyreels-v4/omni-reference-std" {
  zh = "SkyReels V4 Omni 参考视频-std",
  task = "reference-to-video", output = "video",
  text   "prompt"          { max = 2500 },
  one_of "aspectRatio"     { "16:9", "9:16", "1:1", "4:3", "3:4", default = "16:9", optional },
  whole  "duration"        { min = 3, max = 15, default = 5, optional },
  flag   "sound"           { default = true },
  flag   "promptOptimizer" { default = true, optional },
  one_of "resolution"      { "480p", "720p", "1080p", default = "1080p" },
  object "refImages",
  object "refVideos",
  at_least_one { "refImages", "refVideos" },
  ignored { "aspectRatio", "duration", with = "refVideos" },
  price = per.call { from = 0.1, as_of = "2026-06-18" },
}

model "skyreels-v4/text-to-video" {
  zh = "SkyReels V4 文生视频", documented = true, status = "removed", last_seen = "2026-04-30",
  task = "text-to-video", output = "video",
  text   "prompt"      { max = 2048 },
  flag   "sound"       { default = false },
  whole  "duration"    { min = 3, max = 15, default = 5, optional },
  one_of "aspectRatio" { "16:9", "9:16", "1:1", "4:3", "3:4", default = "16:9", optional },
  one_of "mode"        { "std", default = "std", optional },
}

model "skyreels-v4/text-to-video-fast" {
  zh = "SkyReels V4 文生视频-fast",
  task = "text-to-video", output = "video",
  text   "prompt"          { max = 2048 },
  whole  "duration"        { min = 3, max = 15, default = 5, optional },
  one_of "aspectRatio"     { "16:9", "9:16", "1:1", "4:3", "3:4", default = "16:9", optional },
  flag   "promptOptimizer" { default = true },
  one_of "resolution"      { "480p", "720p", "1080p", default = "1080p" },
  price = per.second { from = 0.28, as_of = "2026-06-18" },
}

model "skyreels-v4/text-to-video-std" {
  zh = "SkyReels V4 文生视频-std",
  task = "text-to-video", output = "video",
  text   "prompt"          { max = 2048 },
  flag   "sound"           { default = true },
  whole  "duration"        { min = 3, max = 15, default = 5, optional },
  one_of "aspectRatio"     { "16:9", "9:16", "1:1", "4:3", "3:4", default = "16:9", optional },
  flag   "promptOptimizer" { default = true },
  one_of "resolution"      { "480p", "720p", "1080p", default = "1080p" },
  price = per.second { from = 0.39, as_of = "2026-06-18" },
}

return models
