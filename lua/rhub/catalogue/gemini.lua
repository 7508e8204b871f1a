-- Gemini, by Google: text from text, pictures and video; Omni Flash videos.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "gemini"

prices_in "CNY"
as_of "2026-04-29"

model "gemini-omni-flash/image-to-video" {
  zh = "全能视频 Omni Flash 图生视频-低价渠道版",
  name = "gemini-omni-flash/image-to-video/channel-low-price",
  task = "image-to-video", output = "video",
  text   "prompt"      { max = 2048 },
  images "imageUrls"   { max = "10MB", items = 3 },
  one_of "duration"    { "4", "6", "8", "10", default = "6" },
  one_of "resolution"  { "720p", "1080p", "4k", default = "720p" },
  one_of "aspectRatio" { "16:9", "9:16", default = "16:9", optional },
}

model "gemini-omni-flash/text-to-video" {
  zh = "全能视频 Omni Flash 文生视频-低价渠道版",
  name = "gemini-omni-flash/text-to-video/channel-low-price",
  task = "text-to-video", output = "video",
  text   "prompt"      { max = 2048 },
  one_of "duration"    { "4", "6", "8", "10", default = "6" },
  one_of "resolution"  { "720p", "1080p", "4k", default = "720p" },
  one_of "aspectRatio" { "16:9", "9:16", default = "16:9", optional },
}

model "gemini-omni-flash/video-edit" {
  zh = "全能视频 Omni Flash 视频编辑-低价渠道版",
  name = "gemini-omni-flash/video-edit/channel-low-price",
  task = "video-edit", output = "video",
  text   "prompt"      { max = 2048 },
  images "imageUrls"   { max = "10MB", items = 3, optional },
  one_of "resolution"  { "720p", "1080p", "4k", default = "720p" },
  one_of "aspectRatio" { "16:9", "9:16", default = "16:9", optional },
  video  "videoUrl"    { max = "10MB" },
}

model "rhart-text-g-25-flash-cv/image-to-text" {
  task = "image-to-text", output = "string",
  text  "prompt",
  image "imageUrl" { "jpg", "png", max = "30MB" },
  price = per.call(0.02),
}

model "rhart-text-g-25-flash/image-to-text" {
  task = "image-to-text", output = "string",
  text  "prompt",
  image "imageUrl" { "jpg", "png", max = "30MB" },
  price = per.call(0.02),
}

model "rhart-text-g-25-flash/text-to-text" {
  task = "text-to-text", output = "string",
  text "prompt",
  price = per.call(0.02),
}

model "rhart-text-g-25-flash/video-to-text" {
  task = "video-to-text", output = "string",
  text  "prompt",
  video "videoUrl" { "mp4", max = "20MB" },
  price = per.call(0.02),
}

model "rhart-text-g-25-pro-cv/image-to-text" {
  task = "image-to-text", output = "string",
  text  "prompt",
  image "imageUrl" { "jpg", "png", max = "30MB" },
  price = per.call(0.02),
}

model "rhart-text-g-25-pro/image-to-text" {
  task = "image-to-text", output = "string",
  text  "prompt",
  image "imageUrl" { "jpg", "png", max = "30MB" },
  price = per.call(0.02),
}

model "rhart-text-g-25-pro/text-to-text" {
  task = "text-to-text", output = "string",
  text "prompt",
  price = per.call(0.02),
}

model "rhart-text-g-25-pro/video-to-text" {
  task = "video-to-text", output = "string",
  text  "prompt",
  video "videoUrl" { "mp4", max = "20MB" },
  price = per.call(0.02),
}

model "rhart-text-g-3-flash-preview-cv/image-to-text" {
  task = "image-to-text", output = "string",
  text  "prompt",
  image "imageUrl" { "jpg", "png", max = "30MB" },
  price = per.call(0.02),
}

model "rhart-text-g-3-flash-preview/image-to-text" {
  task = "image-to-text", output = "string",
  text  "prompt",
  image "imageUrl" { "jpg", "png", max = "30MB" },
  price = per.call(0.02),
}

model "rhart-text-g-3-flash-preview/text-to-text" {
  task = "text-to-text", output = "string",
  text "prompt",
  price = per.call(0.02),
}

model "rhart-text-g-3-flash-preview/video-to-text" {
  task = "video-to-text", output = "string",
  text  "prompt",
  video "videoUrl" { "mp4", max = "20MB" },
  price = per.call(0.02),
}

model "rhart-text-g-3-pro-preview-cv/image-to-text" {
  task = "image-to-text", output = "string",
  text  "prompt",
  image "imageUrl" { "jpg", "png", max = "30MB" },
  price = per.call(0.05),
}

model "rhart-text-g-3-pro-preview/image-to-text" {
  task = "image-to-text", output = "string",
  text  "prompt",
  image "imageUrl" { "jpg", "png", max = "30MB" },
  price = per.call(0.05),
}

model "rhart-text-g-3-pro-preview/text-to-text" {
  task = "text-to-text", output = "string",
  text "prompt",
  price = per.call(0.05),
}

model "rhart-text-g-3-pro-preview/video-to-text" {
  task = "video-to-text", output = "string",
  text  "prompt",
  video "videoUrl" { "mp4", max = "20MB" },
  price = per.call(0.05),
}

return models
