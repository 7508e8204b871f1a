-- Grok, by xAI (rhart-image-x, -g-3, -g-4, rhart-video-g): pictures and video.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "grok"

prices_in "CNY"
as_of "2026-04-29"

model "rhart-image-g-3/image-to-image" {
  zh = "全能图片X-3-图生图", name = "grok-3-image-to-image",
  task = "image-to-image", output = "image",
  text   "prompt",
  images "imageUrls" { "jpg", "png", max = "10MB", items = 1 },
  price = per.call(1),
}

model "rhart-image-g-3/text-to-image" {
  zh = "全能图片X-3-文生图", name = "grok-3-image-text-to-image",
  task = "text-to-image", output = "image",
  text "prompt",
  price = per.call(1),
}

model "rhart-image-g-4/image-to-image" {
  zh = "全能图片X-4-图生图", name = "grok-4-image-image-to-image",
  task = "image-to-image", output = "image",
  text   "prompt",
  images "imageUrls" { "jpg", "png", max = "10MB", items = 1, optional },
  price = per.call(1),
}

model "rhart-image-g-4/text-to-image" {
  zh = "全能图片X-4-文生图", name = "grok-4-image-text-to-image",
  task = "text-to-image", output = "image",
  text "prompt",
  price = per.call(1),
}

model "rhart-image-g/image-to-image" {
  zh = "全能图片X-图生图-低价渠道版", documented = "grok-image/image-to-image/channel-low-price",
  task = "image-to-image", output = "image",
  one_of "model"    { "g-3", "g-4", "g-4.1", "g-4.2", default = "g-4.2" },
  text   "prompt",
  image  "imageUrl" { "jpg", "png", max = "10MB", optional },
  price = per.call(0.08),
}

model "rhart-image-g/text-to-image" {
  zh = "全能图片X-文生图-低价渠道版", documented = "grok-image/text-to-image/channel-low-price",
  task = "text-to-image", output = "image",
  one_of "model"       { "g-3", "g-4", "g-4.1", "g-4.2", default = "g-4.2" },
  text   "prompt",
  one_of "aspectRatio" { "960x960", "720x1280", "1280x720", "1168x784", "784x1168", optional },
  price = per.call(0.08),
}

model "rhart-image-x-official/edit" {
  zh = "全能图片X-图片编辑-官方稳定版", name = "xai/grok-imagine-image/edit-official-stable",
  task = "image-to-image", output = "image",
  text  "prompt" { max = 20000 },
  image "image"  { "jpg", "png", "jpeg", "webp", max = "10MB" },
  price = per.call(0.14),
}

model "rhart-image-x-official/text-to-image" {
  zh = "全能图片X-文生图片-官方稳定版", name = "xai/grok-imagine-image/text-to-image-official-stable",
  task = "text-to-image", output = "image",
  text   "prompt"       { max = 20000 },
  one_of "aspectRatio"  {
    "2:1", "20:9", "16:9", "4:3", "3:2", "1:1", "2:3", "3:4", "9:16", "9:20", "1:2", default = "1:1",
    optional,
  },
  one_of "outputFormat" { "jpeg", "png", default = "jpeg" },
  price = per.call(0.14),
}

model "rhart-imagine-image-quality/edit" {
  zh = "全能图片X-高质量图片编辑-官方稳定版",
  name = "xai/rhart-imagine-image-quality/edit-official-stable",
  task = "image-to-image", output = "image",
  text   "prompt"       { max = 4000 },
  image  "imageUrl"     { "jpg", "jpeg", "png", "webp", max = "10MB" },
  one_of "aspectRatio"  {
    "auto", "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", default = "auto", optional,
  },
  one_of "resolution"   { "1k", "2k", default = "1k" },
  one_of "numImages"    { "1", "2", "3", "4", default = "1" },
  one_of "outputFormat" { "jpeg", "png", "webp", default = "jpeg", optional },
  price = per.image { from = 0.44, as_of = "2026-06-18" },
}

model "rhart-imagine-image-quality/text-to-image" {
  zh = "全能图片X-高质量文生图-官方稳定版",
  name = "xai/rhart-imagine-image-quality/text-to-image-official-stable",
  task = "text-to-image", output = "image",
  text   "prompt"       { max = 4000 },
  one_of "aspectRatio"  { "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", default = "1:1", optional },
  one_of "resolution"   { "1k", "2k", default = "1k" },
  one_of "numImages"    { "1", "2", "3", "4", default = "1" },
  one_of "outputFormat" { "jpeg", "png", "webp", default = "jpeg", optional },
  price = per.image { from = 0.38, as_of = "2026-06-18" },
}

model "rhart-video-g-official/edit-video" {
  zh = "全能视频X-编辑视频-官方稳定版", documented = "xai/grok-imagine/edit-video-official-stable",
  task = "video-edit", output = "video",
  text   "prompt"     { max = 800 },
  video  "videoUrl"   { "mp4", max = "50MB" },
  one_of "resolution" { "720p", "480p", default = "480p" },
  price = per.second(0.41),
}

model "rhart-video-g-official/image-to-video" {
  zh = "全能视频X-图生视频-官方稳定版", documented = "xai/grok-imagine/image-to-video-official-stable",
  task = "image-to-video", output = "video",
  text   "prompt"     { max = 800 },
  image  "imageUrl"   { "jpg", "png", max = "10MB" },
  one_of "resolution" { "720p", "480p", default = "720p" },
  one_of "duration"   { "6", "10", default = "6" },
  price = per.call { by = "duration", ["6"] = 1.89, ["10"] = 3.15 },
}

model "rhart-video-g-official/image-to-video-v1.5" {
  zh = "全能视频X-图生视频-官方稳定版-v1.5",
  name = "xai/grok-imagine-video-v1.5/image-to-video-official-stable",
  task = "image-to-video", output = "video",
  text   "prompt"     { max = 2048 },
  image  "imageUrl"   { max = "100MB" },
  whole  "duration"   { min = 1, max = 15, default = 6 },
  one_of "resolution" { "480p", "720p", default = "720p" },
}

model "rhart-video-g-official/reference-to-video" {
  zh = "全能视频X-多图参考生视频-官方稳定版",
  name = "xai/grok-imagine-video/reference-to-video-official-stable",
  task = "reference-to-video", output = "video",
  images "imageUrls"  { "jpg", "jpeg", "png", "webp", max = "10MB", items = 7 },
  text   "prompt"     { max = 2048 },
  one_of "duration"   { "6", "10", default = "6" },
  one_of "resolution" { "720p", "480p", default = "720p" },
  price = per.call { by = "duration", ["6"] = 1.89, ["10"] = 3.15 },
}

model "rhart-video-g-official/text-to-video" {
  zh = "全能视频X-文生视频-官方稳定版", documented = "xai/grok-imagine/text-to-video-official-stable",
  task = "text-to-video", output = "video",
  text   "prompt"      { max = 800 },
  one_of "aspectRatio" { "16:9", "9:16", "1:1", default = "16:9" },
  one_of "resolution"  { "720p", "480p", default = "720p" },
  one_of "duration"    { "6", "10", default = "6" },
  price = per.call { by = "duration", ["6"] = 1.89, ["10"] = 3.15 },
}

model "rhart-video-g-official/video-extend" {
  zh = "全能视频X-视频续写-官方稳定版", name = "xai/grok-imagine-video/video-extend-official-stable",
  task = "video-extend", output = "video",
  video  "videoUrl" { "mp4", "mov", max = "100MB" },
  text   "prompt"   { max = 2048 },
  one_of "duration" { "6", "10", default = "6" },
  price = per.call { by = "duration", ["6"] = 1.89, ["10"] = 3.15 },
}

model "rhart-video-g/image-to-video" {
  zh = "全能视频X-图生视频-低价渠道版-v1.5",
  documented = "xai/grok-imagine/image-to-video-channel-low-price",
  name = "xai/grok-imagine/image-to-video-channel-low-price-v1.5",
  task = "image-to-video", output = "video",
  text   "prompt"      { max = 20000 },
  one_of "aspectRatio" { "2:3", "3:2", "1:1", "16:9", "9:16", default = "16:9" },
  images "imageUrls"   { "jpg", "png", max = "10MB", items = 7, optional },
  one_of "resolution"  { "720p", "480p", default = "480p" },
  whole  "duration"    { min = 6, max = 30, default = 6 },
  price = per.second { fixed = 0.03, list = { from = 0.04, unit = "second", as_of = "2026-06-18" } },
}

model "rhart-video-g/text-to-video" {
  zh = "全能视频X-文生视频-低价渠道版-v1.5",
  documented = "xai/grok-imagine/text-to-video-channel-low-price",
  name = "xai/grok-imagine/text-to-video-channel-low-price-v1.5",
  task = "text-to-video", output = "video",
  text   "prompt"      { max = 20000 },
  one_of "aspectRatio" { "2:3", "3:2", "1:1", "16:9", "9:16", default = "2:3" },
  one_of "resolution"  { "720p", "480p", default = "720p" },
  whole  "duration"    { min = 6, max = 30, default = 6 },
  price = per.second { fixed = 0.03, list = { from = 0.04, unit = "second", as_of = "2026-06-18" } },
}

return models
