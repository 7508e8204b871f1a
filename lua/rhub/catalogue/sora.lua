-- Sora 2, by OpenAI (rhart-video-s): video from text and pictures.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "sora"

prices_in "CNY"
as_of "2026-04-29"

model "rhart-video-s-official/image-to-video" {
  zh = "全能视频S-图生视频-官方稳定版", documented = "sora-2/image-to-video-official-stable",
  task = "image-to-video", output = "video",
  text   "prompt",
  one_of "duration" { "4", "8", "12", default = "4" },
  image  "imageUrl" { "jpg", "png", max = "10MB" },
  picture_size { "imageUrl", "720x1280", "1280x720" },
  price = per.call {
    by = "duration", list = { from = 2.28, unit = "call", as_of = "2026-06-18" }, ["4"] = 1.82,
    ["8"] = 3.64, ["12"] = 5.46,
  },
}

model "rhart-video-s-official/image-to-video-pro" {
  zh = "全能视频S-图生视频-pro-官方稳定版", documented = "sora-2/image-to-video-pro-official-stable",
  task = "image-to-video", output = "video",
  text   "prompt",
  one_of "resolution" { "720p", "1080p", default = "720p" },
  one_of "duration"   { "4", "8", "12", "16", "20", default = "4" },
  image  "imageUrl"   { "jpg", "png", max = "10MB" },
  picture_size { "imageUrl", "720x1280", "1280x720", when = { resolution = "720p" } },
  price = per.second { by = "resolution", ["720p"] = 2.1, ["1080p"] = 3.5 },
}

model "rhart-video-s-official/image-to-video-realistic" {
  zh = "全能视频S-图生视频-支持真人-官方稳定版",
  documented = "sora-2/image-to-video-realistic-official-stable",
  task = "image-to-video", output = "video",
  text   "prompt",
  one_of "duration" { "4", "8", "12", default = "4" },
  image  "imageUrl" { "jpg", "png", max = "10MB" },
  price = per.call { by = "duration", ["4"] = 3.2, ["8"] = 6.5, ["12"] = 10 },
}

model "rhart-video-s-official/sora-upload-character" {
  zh = "全能视频S-角色上传-官方稳定版", documented = "sora-upload-character-official",
  task = "other", output = "video",
  video "videoUrl" { "mp4", max = "100MB" },
  text  "name"     { max = 80 },
  price = per.call(0.01),
}

model "rhart-video-s-official/text-to-video" {
  zh = "全能视频S-文生视频-官方稳定版", documented = "sora-2/text-to-video-official-stable",
  task = "text-to-video", output = "video",
  text   "prompt",
  one_of "size"     { "720x1280", "1280x720", default = "720x1280" },
  one_of "duration" { "4", "8", "12", default = "4" },
  price = per.call {
    by = "duration", list = { from = 2.28, unit = "call", as_of = "2026-06-18" }, ["4"] = 1.82,
    ["8"] = 3.64, ["12"] = 5.46,
  },
}

model "rhart-video-s-official/text-to-video-pro" {
  zh = "全能视频S-文生视频-pro-官方稳定版", documented = "sora-2/text-to-video-pro-official-stable",
  task = "text-to-video", output = "video",
  text   "prompt",
  one_of "size"     {
    "720x1280", "1280x720", "1024x1792", "1792x1024", "1080x1920", "1920x1080", default = "720x1280",
  },
  one_of "duration" { "4", "8", "12", "16", "20", default = "12" },
  price = per.second {
    by = "size", ["720x1280"] = 2.1, ["1024x1792"] = 3.5, ["1080x1920"] = 4.9, ["1280x720"] = 2.1,
    ["1792x1024"] = 3.5, ["1920x1080"] = 4.9,
  },
}

model "rhart-video-s/image-to-video" {
  zh = "全能视频S-图生视频-低价渠道版", documented = "sora-2/image-to-video-channel-low-price",
  task = "image-to-video", output = "video",
  image  "imageUrl"    { "jpg", "png", max = "50MB" },
  one_of "duration"    { "10", "15", default = "10" },
  one_of "aspectRatio" { "9:16", "16:9", default = "9:16" },
  text   "prompt"      { max = 4000 },
  flag   "storyboard"  { default = false, optional },
  price = per.call { by = "duration", ["10"] = 1, ["15"] = 1 },
}

model "rhart-video-s/image-to-video-asyn" {
  zh = "全能视频S-图生视频（异步）-低价渠道版", name = "sora-2/image-to-video-asyn-channel-low-price",
  task = "image-to-video", output = "video",
  image  "imageUrl"    { "jpg", "png", max = "10MB" },
  one_of "duration"    { "10", "15", default = "10" },
  one_of "aspectRatio" { "9:16", "16:9", default = "9:16" },
  text   "prompt"      { max = 4000, optional },
  price = per.call { by = "duration", ["10"] = 0.5, ["15"] = 0.5 },
}

model "rhart-video-s/image-to-video-deprecated" {
  zh = "全能视频S-图生视频-低价渠道版-已下架", documented = "sora-2/image-to-video-channel-low-price",
  status = "removed", last_seen = "2026-04-11",
  task = "image-to-video", output = "video",
  image  "imageUrl"    { "jpg", "png", max = "50MB" },
  one_of "duration"    { "10", "15", default = "10" },
  one_of "aspectRatio" { "9:16", "16:9", default = "9:16" },
  text   "prompt"      { max = 4000 },
  flag   "storyboard"  { default = false, optional },
}

model "rhart-video-s/image-to-video-pro" {
  zh = "全能视频S-图生视频-pro-低价渠道版", documented = "sora-2/image-to-video-pro-channel-low-price",
  status = "removed", last_seen = "2026-04-06",
  task = "image-to-video", output = "video",
  text   "prompt"      { max = 4000 },
  image  "imageUrl"    { "jpg", "png", max = "50MB" },
  one_of "duration"    { "15", "25", default = "15" },
  one_of "aspectRatio" { "9:16", "16:9", default = "9:16" },
  flag   "storyboard"  { default = false, optional },
}

model "rhart-video-s/image-to-video-pro-deprecated" {
  zh = "全能视频S-图生视频-pro-低价渠道版-已下架",
  documented = "sora-2/image-to-video-pro-channel-low-price", status = "deprecated",
  task = "image-to-video", output = "video",
  text   "prompt"      { max = 4000 },
  image  "imageUrl"    { "jpg", "png", max = "50MB" },
  one_of "duration"    { "15", "25", default = "15" },
  one_of "aspectRatio" { "9:16", "16:9", default = "9:16" },
  flag   "storyboard"  { default = false, optional },
  price = per.call {
    by = { "aspectRatio", "duration" }, ["9:16"] = { ["15"] = 1, ["25"] = 1 },
    ["16:9"] = { ["15"] = 1, ["25"] = 1 },
  },
}

model "rhart-video-s/sora-upload-character" {
  zh = "全能视频S-角色上传-低价渠道版", documented = "sora-upload-character-channel-low-price",
  task = "other", output = "string",
  video "videoUrl" { "mp4", max = "10MB" },
  price = per.call(0.05),
}

model "rhart-video-s/text-to-video" {
  zh = "全能视频S-文生视频-低价渠道版", documented = "sora-2/text-to-video-channel-low-price",
  task = "text-to-video", output = "video",
  one_of "duration"    { "10", "15", default = "10" },
  text   "prompt"      { max = 4000 },
  one_of "aspectRatio" { "9:16", "16:9", default = "9:16" },
  flag   "storyboard"  { default = false, optional },
  price = per.call { by = "duration", ["10"] = 1, ["15"] = 1 },
}

model "rhart-video-s/text-to-video-deprecated" {
  zh = "全能视频S-文生视频-低价渠道版-已下架", documented = "sora-2/text-to-video-channel-low-price",
  status = "removed", last_seen = "2026-04-11",
  task = "text-to-video", output = "video",
  one_of "duration"    { "10", "15", default = "10" },
  text   "prompt"      { max = 4000 },
  one_of "aspectRatio" { "9:16", "16:9", default = "9:16" },
  flag   "storyboard"  { default = false, optional },
}

model "rhart-video-s/text-to-video-pro" {
  zh = "全能视频S-文生视频-pro-低价渠道版", documented = "sora-2/text-to-video-pro-channel-low-price",
  status = "removed", last_seen = "2026-04-06",
  task = "text-to-video", output = "video",
  text   "prompt"      { max = 4000 },
  one_of "duration"    { "15", "25", default = "15" },
  one_of "aspectRatio" { "9:16", "16:9", default = "9:16" },
  flag   "storyboard"  { default = false, optional },
}

model "rhart-video-s/text-to-video-pro-deprecated" {
  zh = "全能视频S-文生视频-pro-低价渠道版-已下架",
  documented = "sora-2/text-to-video-pro-channel-low-price", status = "deprecated",
  task = "text-to-video", output = "video",
  text   "prompt"      { max = 4000 },
  one_of "duration"    { "15", "25", default = "15" },
  one_of "aspectRatio" { "9:16", "16:9", default = "9:16" },
  flag   "storyboard"  { default = false, optional },
  price = per.call {
    by = { "aspectRatio", "duration" }, ["9:16"] = { ["15"] = 1, ["25"] = 1 },
    ["16:9"] = { ["15"] = 1, ["25"] = 1 },
  },
}

return models
