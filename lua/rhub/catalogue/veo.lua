-- Veo 3.1, by Google (rhart-video-v3.1): video with sound from text and pictures.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "veo"

prices_in "CNY"
as_of "2026-04-29"

model "google/veo3.1-lite/image-to-video" {
  zh = "全能视频Veo 3.1 Lite 图生视频-官方稳定版",
  name = "google/veo3.1-lite/image-to-video-official-stable", status = "removed",
  last_seen = "2026-04-16",
  task = "image-to-video", output = "video",
  text   "prompt"         { max = 2048 },
  text   "negativePrompt" { max = 2048, optional },
  image  "imageUrl"       { "jpg", "jpeg", "png", "webp", max = "20MB" },
  one_of "aspectRatio"    { "16:9", "9:16", default = "16:9", optional },
  one_of "duration"       { "4", "6", "8", default = "6" },
  one_of "resolution"     { "720p", "1080p", default = "720p" },
  whole  "seed"           { min = -1, max = 2147483647, optional },
}

model "google/veo3.1-lite/start-end-to-video" {
  zh = "全能视频Veo 3.1 Lite 首尾帧生视频-官方稳定版",
  name = "google/veo3.1-lite/start-end-to-video-official-stable", status = "removed",
  last_seen = "2026-04-16",
  task = "start-end-to-video", output = "video",
  text   "prompt"         { max = 2048 },
  image  "firstImageUrl"  { "jpg", "jpeg", "png", "webp", max = "10MB" },
  image  "lastImageUrl"   { "jpg", "jpeg", "png", "webp", max = "10MB" },
  one_of "aspectRatio"    { "16:9", "9:16", default = "16:9", optional },
  one_of "resolution"     { "720p", "1080p", default = "720p" },
  text   "negativePrompt" { max = 2048, optional },
  whole  "seed"           { min = 0, max = 2147483647, optional },
}

model "google/veo3.1-lite/text-to-video" {
  zh = "全能视频Veo 3.1 Lite 文生视频-官方稳定版",
  name = "google/veo3.1-lite/text-to-video-official-stable", status = "removed",
  last_seen = "2026-04-16",
  task = "text-to-video", output = "video",
  text   "prompt"         { max = 2048 },
  text   "negativePrompt" { max = 2048, optional },
  one_of "aspectRatio"    { "16:9", "9:16", default = "16:9", optional },
  one_of "resolution"     { "720p", "1080p", default = "1080p" },
  one_of "duration"       { "4", "6", "8", default = "6" },
  whole  "seed"           { min = -1, max = 2147483647, optional },
}

model "rhart-video-v3.1-fast-official/image-to-video" {
  zh = "全能视频V3.1-fast-图生视频-官方稳定版",
  documented = "google/veo3.1-fast/image-to-video-official-stable",
  task = "image-to-video", output = "video",
  text   "prompt"         { max = 8000 },
  image  "imageUrl"       { "jpg", "png", max = "10MB" },
  image  "lastImageUrl"   { "jpg", "png", max = "10MB", optional },
  text   "negativePrompt" { optional },
  whole  "seed"           { optional },
  one_of "aspectRatio"    { "16:9", "9:16", default = "9:16", optional },
  one_of "resolution"     { "720p", "1080p", "4k", default = "720p" },
  one_of "duration"       { "4", "6", "8", default = "8" },
  flag   "generateAudio"  { default = false },
  price = per.call {
    by = { "duration", "generateAudio" }, ["4"] = { ["false"] = 2.35, ["true"] = 3.52 },
    ["6"] = { ["false"] = 3.52, ["true"] = 5.32 }, ["8"] = { ["false"] = 4.7, ["true"] = 7.04 },
  },
}

model "rhart-video-v3.1-fast-official/reference-to-video" {
  zh = "全能视频V3.1-fast-参考生视频-官方稳定版",
  name = "google/veo3.1-fast/reference-to-video-official-stable",
  task = "reference-to-video", output = "video",
  text   "prompt"         { max = 8000 },
  images "imageUrls"      { "jpg", "jpeg", "png", max = "10MB", items = 3 },
  one_of "aspectRatio"    { "16:9", "9:16", default = "16:9", optional },
  one_of "resolution"     { "720p", "1080p", default = "720p" },
  flag   "generateAudio"  { default = false, optional },
  text   "negativePrompt" { max = 2048, optional },
  whole  "seed"           { min = 0, optional },
  price = per.call { from = 4.03, as_of = "2026-06-18" },
}

model "rhart-video-v3.1-fast-official/text-to-video" {
  zh = "全能视频V3.1-fast-文生视频-官方稳定版",
  documented = "google/veo3.1-fast/text-to-video-official-stable",
  task = "text-to-video", output = "video",
  text   "prompt"         { max = 8000 },
  one_of "aspectRatio"    { "16:9", "9:16", default = "9:16", optional },
  one_of "duration"       { "4", "6", "8", default = "8" },
  one_of "resolution"     { "720p", "1080p", "4k", default = "720p" },
  flag   "generateAudio"  { default = true },
  text   "negativePrompt" { optional },
  whole  "seed"           { optional },
  price = per.call {
    by = { "duration", "generateAudio" }, ["4"] = { ["false"] = 2.35, ["true"] = 3.52 },
    ["6"] = { ["false"] = 3.52, ["true"] = 5.32 }, ["8"] = { ["false"] = 4.7, ["true"] = 7.04 },
  },
}

model "rhart-video-v3.1-fast-official/video-extend" {
  zh = "全能视频V3.1-fast-视频扩展-官方稳定版",
  documented = "google/veo3.1-fast/video-extend-official-stable",
  task = "video-extend", output = "video",
  video  "video"          { "mp4", max = "10MB" },
  text   "prompt"         { max = 8000, optional },
  one_of "resolution"     { "720p", "1080p", default = "720p" },
  text   "negativePrompt" { optional },
  whole  "seed"           { optional },
  price = per.call(6.56),
}

model "rhart-video-v3.1-fast/image-to-video" {
  zh = "全能视频V3.1-fast-图生视频-低价渠道版",
  documented = "google/veo3.1-fast/image-to-video-channel-low-price",
  task = "image-to-video", output = "video",
  text   "prompt"      { max = 8000 },
  one_of "aspectRatio" { "16:9", "9:16", default = "16:9" },
  images "imageUrls"   { "jpg", "png", max = "30MB", items = 3 },
  one_of "duration"    { "8", default = "8", optional },
  one_of "resolution"  { "720p", "1080p", "4k", default = "720p" },
  price = per.call {
    by = "resolution", list = { from = 1.5, unit = "call", as_of = "2026-06-18" }, ["4k"] = 0.5,
    ["720p"] = 0.2, ["1080p"] = 0.25,
  },
}

model "rhart-video-v3.1-fast/start-end-to-video" {
  zh = "全能视频V3.1-fast-首尾帧生视频-低价渠道版",
  documented = "google/veo3.1-fast/start-end-to-video-channel-low-price",
  task = "start-end-to-video", output = "video",
  text   "prompt"        { max = 8000 },
  image  "firstFrameUrl" { "jpg", "png", max = "30MB" },
  image  "lastFrameUrl"  { "jpg", "png", max = "30MB", optional },
  one_of "aspectRatio"   { "16:9", "9:16", default = "9:16" },
  one_of "duration"      { "8", default = "8", optional },
  one_of "resolution"    { "720p", "1080p", "4k", default = "720p" },
  price = per.call {
    by = "resolution", list = { from = 1.5, unit = "call", as_of = "2026-06-18" }, ["4k"] = 0.5,
    ["720p"] = 0.2, ["1080p"] = 0.25,
  },
}

model "rhart-video-v3.1-fast/text-to-video" {
  zh = "全能视频V3.1-fast-文生视频-低价渠道版",
  documented = "google/veo3.1-fast/text-to-video-channel-low-price",
  task = "text-to-video", output = "video",
  text   "prompt"      { max = 8000 },
  one_of "aspectRatio" { "16:9", "9:16", default = "9:16" },
  one_of "duration"    { "8", default = "8", optional },
  one_of "resolution"  { "720p", "1080p", "4k", default = "720p" },
  price = per.call {
    by = "resolution", list = { from = 1.5, unit = "call", as_of = "2026-06-18" }, ["4k"] = 0.5,
    ["720p"] = 0.2, ["1080p"] = 0.25,
  },
}

model "rhart-video-v3.1-lite-official/image-to-video" {
  zh = "全能视频V3.1-Lite图生视频-官方稳定版",
  name = "google/veo3.1-lite/image-to-video-official-stable",
  task = "image-to-video", output = "video",
  text   "prompt"         { max = 20000 },
  text   "negativePrompt" { max = 20000, optional },
  image  "imageUrl"       { "jpg", "jpeg", "png", "webp", max = "20MB" },
  one_of "aspectRatio"    { "16:9", "9:16", default = "16:9", optional },
  one_of "duration"       { "4", "6", "8", default = "6" },
  one_of "resolution"     { "720p", "1080p", default = "720p" },
  whole  "seed"           { min = -1, max = 2147483647, optional },
  price = per.second { by = "resolution", ["720p"] = 0.315, ["1080p"] = 0.504 },
}

model "rhart-video-v3.1-lite-official/start-end-to-video" {
  zh = "全能视频V3.1-Lite首尾帧生视频-官方稳定版",
  name = "google/veo3.1-lite/start-end-to-video-official-stable",
  task = "start-end-to-video", output = "video",
  text   "prompt"         { max = 20000 },
  image  "firstImageUrl"  { "jpg", "jpeg", "png", "webp", max = "10MB" },
  image  "lastImageUrl"   { "jpg", "jpeg", "png", "webp", max = "10MB" },
  one_of "aspectRatio"    { "16:9", "9:16", default = "16:9", optional },
  one_of "resolution"     { "720p", "1080p", default = "720p" },
  text   "negativePrompt" { max = 20000, optional },
  whole  "seed"           { min = 0, max = 2147483647, optional },
  price = per.call { by = "resolution", ["720p"] = 2.52, ["1080p"] = 4.032 },
}

model "rhart-video-v3.1-lite-official/text-to-video" {
  zh = "全能视频V3.1-Lite文生视频-官方稳定版",
  name = "google/veo3.1-lite/text-to-video-official-stable",
  task = "text-to-video", output = "video",
  text   "prompt"         { max = 20000 },
  text   "negativePrompt" { max = 20000, optional },
  one_of "aspectRatio"    { "16:9", "9:16", default = "16:9", optional },
  one_of "resolution"     { "720p", "1080p", default = "1080p" },
  one_of "duration"       { "4", "6", "8", default = "6" },
  whole  "seed"           { min = -1, max = 2147483647, optional },
  price = per.second { by = "resolution", ["720p"] = 0.315, ["1080p"] = 0.504 },
}

model "rhart-video-v3.1-lite/image-to-video" {
  zh = "全能视频V3.1-lite-图生视频-低价渠道版",
  name = "google/veo3.1-lite/image-to-video-channel-low-price",
  task = "image-to-video", output = "video",
  text   "prompt"      { max = 20000 },
  one_of "aspectRatio" { "16:9", "9:16", default = "16:9" },
  images "imageUrls"   { "jpg", "png", max = "10MB", items = 3 },
  one_of "duration"    { "8", default = "8", optional },
  one_of "resolution"  { "720p", "4k", default = "720p" },
  price = per.call { by = "resolution", ["4k"] = 0.5, ["720p"] = 0.2, ["1080p"] = 0.25 },
}

model "rhart-video-v3.1-lite/text-to-video" {
  zh = "全能视频V3.1-lite-文生视频-低价渠道版",
  name = "google/veo3.1-lite/text-to-video-channel-low-price",
  task = "text-to-video", output = "video",
  text   "prompt"      { max = 20000 },
  one_of "aspectRatio" { "16:9", "9:16", default = "9:16" },
  one_of "duration"    { "8", default = "8", optional },
  one_of "resolution"  { "720p", "1080p", "4k", default = "720p" },
  price = per.call { by = "resolution", ["4k"] = 0.5, ["720p"] = 0.2, ["1080p"] = 0.25 },
}

model "rhart-video-v3.1-pro-official/image-to-video" {
  zh = "全能视频V3.1-pro-图生视频-官方稳定版",
  documented = "google/veo3.1-pro/image-to-video-official-stable",
  task = "image-to-video", output = "video",
  text   "prompt"         { max = 8000 },
  image  "imageUrl"       { "jpg", "png", max = "10MB" },
  image  "lastImageUrl"   { "jpg", "png", max = "10MB", optional },
  text   "negativePrompt" { optional },
  whole  "seed"           { optional },
  one_of "aspectRatio"    { "16:9", "9:16", default = "9:16", optional },
  one_of "resolution"     { "720p", "1080p", "4k", default = "720p" },
  one_of "duration"       { "4", "6", "8", default = "8" },
  flag   "generateAudio"  { default = false },
  price = per.call {
    by = { "duration", "generateAudio" }, ["4"] = { ["false"] = 4.7, ["true"] = 9.4 },
    ["6"] = { ["false"] = 7.04, ["true"] = 14.1 }, ["8"] = { ["false"] = 9.4, ["true"] = 18.8 },
  },
}

model "rhart-video-v3.1-pro-official/reference-to-video" {
  zh = "全能视频V3.1-pro-参考生视频-官方稳定版",
  documented = "google/veo3.1-pro/reference-to-video-official-stable",
  task = "reference-to-video", output = "video",
  text   "prompt"         { max = 8000 },
  images "imageUrls"      { "jpg", "png", max = "10MB", items = 3 },
  text   "negativePrompt" { optional },
  whole  "seed"           { optional },
  one_of "resolution"     { "720p", "1080p", "4k", default = "1080p" },
  flag   "generateAudio"  { default = false },
  price = per.call { by = "generateAudio", ["false"] = 9.4, ["true"] = 18.8 },
}

model "rhart-video-v3.1-pro-official/text-to-video" {
  zh = "全能视频V3.1-pro-文生视频-官方稳定版",
  documented = "google/veo3.1-pro/text-to-video-official-stable",
  task = "text-to-video", output = "video",
  text   "prompt"         { max = 8000 },
  one_of "aspectRatio"    { "16:9", "9:16", default = "9:16", optional },
  one_of "duration"       { "4", "6", "8", default = "8" },
  one_of "resolution"     { "720p", "1080p", "4k", default = "720p" },
  flag   "generateAudio"  { default = false },
  text   "negativePrompt" { optional },
  whole  "seed"           { optional },
  price = per.call {
    by = { "duration", "generateAudio" }, ["4"] = { ["false"] = 4.7, ["true"] = 9.4 },
    ["6"] = { ["false"] = 7.04, ["true"] = 14.1 }, ["8"] = { ["false"] = 9.4, ["true"] = 18.8 },
  },
}

model "rhart-video-v3.1-pro-official/video-extend" {
  zh = "全能视频V3.1-pro-视频扩展-官方稳定版",
  documented = "google/veo3.1-pro/video-extend-official-stable",
  task = "video-extend", output = "video",
  video  "video"          { "mp4", max = "10MB" },
  text   "prompt"         { max = 8000, optional },
  one_of "resolution"     { "720p", "1080p", default = "720p" },
  text   "negativePrompt" { optional },
  whole  "seed"           { optional },
  price = per.call(17.4),
}

model "rhart-video-v3.1-pro/image-to-video" {
  zh = "全能视频V3.1-pro-图生视频-低价渠道版",
  name = "google/veo3.1-pro/image-to-video-channel-low-price",
  task = "image-to-video", output = "video",
  text   "prompt"      { max = 8000 },
  one_of "aspectRatio" { "16:9", "9:16", default = "16:9" },
  image  "imageUrl"    { "jpg", "png", max = "10MB" },
  one_of "duration"    { "8", default = "8", optional },
  one_of "resolution"  { "720p", "1080p", "4k", default = "720p" },
  price = per.call { fixed = 0.5, list = { from = 0.8, unit = "call", as_of = "2026-06-18" } },
}

model "rhart-video-v3.1-pro/start-end-to-video" {
  zh = "全能视频V3.1-pro-首尾帧生视频-低价渠道版",
  documented = "google/veo3.1-pro/start-end-to-video-channel-low-price",
  task = "start-end-to-video", output = "video",
  text   "prompt"        { max = 8000 },
  image  "firstFrameUrl" { "jpg", "png", max = "10MB" },
  image  "lastFrameUrl"  { "jpg", "png", max = "10MB", optional },
  one_of "aspectRatio"   { "16:9", "9:16", default = "9:16" },
  one_of "duration"      { "8", default = "8", optional },
  one_of "resolution"    { "720p", "1080p", "4k", default = "720p" },
  price = per.call {
    by = "resolution", list = { from = 0.9, unit = "call", as_of = "2026-06-18" }, ["4k"] = 1.4,
    ["720p"] = 0.8, ["1080p"] = 1,
  },
}

model "rhart-video-v3.1-pro/text-to-video" {
  zh = "全能视频V3.1-pro-文生视频-低价渠道版",
  documented = "google/veo3.1-pro/text-to-video-channel-low-price",
  task = "text-to-video", output = "video",
  text   "prompt"      { max = 8000 },
  one_of "aspectRatio" { "16:9", "9:16", default = "9:16" },
  one_of "duration"    { "8", default = "8", optional },
  one_of "resolution"  { "720p", "1080p", "4k", default = "720p" },
  price = per.call {
    by = "resolution", list = { from = 0.9, unit = "call", as_of = "2026-06-18" }, ["4k"] = 1.4,
    ["720p"] = 0.8, ["1080p"] = 1,
  },
}

return models
