-- Hailuo, by MiniMax: video from text, pictures and references.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "hailuo"

prices_in "CNY"
as_of "2026-04-29"

model "minimax/hailuo-02/fast" {
  zh = "海螺-02-fast", documented = "hailuo-02-fast",
  task = "image-to-video", output = "video",
  text   "prompt"                { max = 2000, optional },
  flag   "enablePromptExpansion" { default = true },
  image  "imageUrl"              { "jpg", "png", max = "10MB" },
  one_of "duration"              { "6", "10", default = "6" },
  price = per.call { by = "duration", ["6"] = 0.45, ["10"] = 0.75 },
}

model "minimax/hailuo-02/i2v-pro" {
  zh = "海螺-02-图生视频-pro", documented = "hailuo-02-i2v-pro",
  task = "image-to-video", output = "video",
  text  "prompt"                { max = 2000, optional },
  flag  "enablePromptExpansion" { default = true },
  image "firstImageUrl"         { "jpg", "png", max = "30MB" },
  image "lastImageUrl"          { "jpg", "png", max = "30MB", optional },
  price = per.call(2.63),
}

model "minimax/hailuo-02/i2v-standard" {
  zh = "海螺-02-图生视频-标准", documented = "hailuo-02-i2v-standard",
  task = "image-to-video", output = "video",
  text   "prompt"                { max = 2000, optional },
  flag   "enablePromptExpansion" { default = true },
  image  "firstImageUrl"         { "jpg", "png", max = "30MB" },
  image  "lastImageUrl"          { "jpg", "png", max = "30MB", optional },
  one_of "duration"              { "6", "10", default = "6" },
  price = per.call { by = "duration", ["6"] = 1.5, ["10"] = 3 },
}

model "minimax/hailuo-02/pro" {
  zh = "海螺-02-pro", documented = "hailuo-02-pro",
  task = "text-to-video", output = "video",
  text   "prompt"                { max = 2000 },
  flag   "enablePromptExpansion" { default = true },
  image  "firstImageUrl"         { "jpg", "png", max = "10MB", optional },
  image  "lastImageUrl"          { "jpg", "png", max = "10MB", optional },
  one_of "duration"              { "6", default = "6" },
  price = per.call(2.63),
}

model "minimax/hailuo-02/standard" {
  zh = "海螺-02-标准", documented = "hailuo-02-standard",
  task = "text-to-video", output = "video",
  text   "prompt"                { max = 2000 },
  flag   "enablePromptExpansion" { default = true },
  image  "firstImageUrl"         { "jpg", "png", max = "10MB", optional },
  image  "lastImageUrl"          { "jpg", "png", max = "10MB", optional },
  one_of "duration"              { "6", "10", default = "6" },
  price = per.call { by = "duration", ["6"] = 1.5, ["10"] = 3 },
}

model "minimax/hailuo-02/t2v-pro" {
  zh = "海螺-02-文生视频-pro", documented = "hailuo-02-t2v-pro",
  task = "text-to-video", output = "video",
  text "prompt"                { max = 2000 },
  flag "enablePromptExpansion" { default = true },
  price = per.call(2.63),
}

model "minimax/hailuo-02/t2v-standard" {
  zh = "海螺-02-文生视频-标准", documented = "hailuo-02-t2v-standard",
  task = "text-to-video", output = "video",
  text   "prompt"                { max = 2000 },
  flag   "enablePromptExpansion" { default = true },
  one_of "duration"              { "6", "10", default = "6" },
  price = per.call { by = "duration", ["6"] = 1.5, ["10"] = 3 },
}

model "minimax/hailuo-2.3-fast-pro/image-to-video" {
  zh = "海螺-2.3-fast-pro-图生视频", documented = "hailuo-2.3-fast-pro/image-to-video",
  task = "image-to-video", output = "video",
  text   "prompt"                { max = 2000 },
  flag   "enablePromptExpansion" { default = true },
  image  "imageUrl"              { "jpg", "png", max = "30MB" },
  one_of "duration"              { "6", default = "6" },
  price = per.call(1.73),
}

model "minimax/hailuo-2.3-fast/image-to-video" {
  zh = "海螺-2.3-fast-图生视频", documented = "hailuo-2.3-fast/image-to-video",
  task = "image-to-video", output = "video",
  text   "prompt"                { max = 2000 },
  flag   "enablePromptExpansion" { default = true },
  image  "imageUrl"              { "jpg", "png", max = "30MB" },
  one_of "duration"              { "6", "10", default = "6" },
  price = per.call { by = "duration", ["6"] = 1.01, ["10"] = 1.69 },
}

model "minimax/hailuo-2.3/i2v-standard" {
  zh = "海螺-2.3-图生视频-标准", documented = "hailuo-2.3/i2v-standard",
  task = "image-to-video", output = "video",
  text   "prompt"                { max = 2000, optional },
  flag   "enablePromptExpansion" { default = true },
  image  "imageUrl"              { "jpg", "png", max = "30MB" },
  one_of "duration"              { "6", "10", default = "6" },
  price = per.call { by = "duration", ["6"] = 1.5, ["10"] = 3 },
}

model "minimax/hailuo-2.3/image-to-video-pro" {
  zh = "海螺-2.3-图生视频-pro", documented = "hailuo-2.3/i2v-pro",
  task = "image-to-video", output = "video",
  text  "prompt"                { max = 2000, optional },
  flag  "enablePromptExpansion" { default = true },
  image "imageUrl"              { "jpg", "png", max = "30MB" },
  price = per.call(2.63),
}

model "minimax/hailuo-2.3/t2v-pro" {
  zh = "海螺-2.3-文生视频-pro", documented = "hailuo-2.3-t2v-pro",
  task = "text-to-video", output = "video",
  text "prompt"                { max = 2000 },
  flag "enablePromptExpansion" { default = true },
  price = per.call(2.63),
}

model "minimax/hailuo-2.3/t2v-standard" {
  zh = "海螺-2.3-文生视频-标准", documented = "hailuo-2.3-t2v-standard",
  task = "text-to-video", output = "video",
  text   "prompt"                { max = 2000 },
  flag   "enablePromptExpansion" { default = true },
  one_of "duration"              { "6", "10", default = "6" },
  price = per.call { by = "duration", ["6"] = 1.5, ["10"] = 3 },
}

model "minimax/hailuo-h3/image-to-video" {
  zh = "MiniMax-H3 图生视频（首尾帧）", name = "MiniMax-H3 Image-to-Video (first/last frame)",
  task = "image-to-video", output = "video",
  text   "prompt"        { max = 20480 },
  image  "firstFrameUrl" { max = "30MB", optional },
  image  "lastFrameUrl"  { max = "30MB", optional },
  one_of "resolution"    { "2K", default = "2K" },
  one_of "duration"      { "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5" },
}

model "minimax/hailuo-h3/multimodal-to-video" {
  zh = "MiniMax-H3 多模态参考生视频", name = "MiniMax-H3 Multimodal Reference-to-Video",
  task = "reference-to-video", output = "video",
  text   "prompt"     { max = 20480 },
  images "imageUrls"  { max = "30MB", items = 9, optional },
  videos "videoUrls"  { max = "50MB", items = 3, optional },
  audios "audioUrls"  { max = "15MB", items = 3, optional },
  one_of "resolution" { "2K", default = "2K" },
  one_of "duration"   { "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5" },
  one_of "ratio"      {
    "adaptive", "21:9", "16:9", "4:3", "1:1", "3:4", "9:16", default = "adaptive", optional,
  },
}

model "minimax/hailuo-h3/text-to-video" {
  zh = "MiniMax-H3 文生视频", name = "MiniMax-H3 Text-to-Video",
  task = "text-to-video", output = "video",
  text   "prompt"     { max = 20480 },
  one_of "resolution" { "2K", default = "2K" },
  one_of "duration"   { "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5" },
  one_of "ratio"      { "21:9", "16:9", "4:3", "1:1", "3:4", "9:16", default = "16:9", optional },
}

model "rhart-minimax-hailuo-02/image-to-video" {
  status = "removed", last_seen = "2026-03-06",
  task = "image-to-video", output = "video",
  text   "prompt",
  image  "firstImageUrl" { "jpg", "png", max = "20MB" },
  one_of "duration"      { "6", "10", default = "6" },
  one_of "resolution"    { "768p", "1080p", default = "768p" },
}

model "rhart-minimax-hailuo-02/start-end-to-video" {
  status = "removed", last_seen = "2026-03-06",
  task = "start-end-to-video", output = "video",
  text   "prompt",
  image  "firstImageUrl" { "jpg", "png", max = "20MB" },
  image  "lastImageUrl"  { "jpg", "png", max = "20MB", optional },
  one_of "duration"      { "6", "10", default = "6" },
  one_of "resolution"    { "768p", "1080p", default = "768p" },
}

model "rhart-minimax-hailuo-02/text-to-video" {
  status = "removed", last_seen = "2026-03-06",
  task = "text-to-video", output = "video",
  text   "prompt",
  one_of "duration"   { "6", "10", default = "6" },
  one_of "resolution" { "768p", "1080p", default = "768p" },
}

model "rhart-minimax-hailuo-2.3-fast/image-to-video" {
  status = "removed", last_seen = "2026-03-06",
  task = "image-to-video", output = "video",
  text   "prompt",
  image  "firstImageUrl" { "jpg", "png", max = "20MB" },
  one_of "duration"      { "6", "10", default = "6" },
  one_of "resolution"    { "768p", "1080p", default = "768p" },
}

model "rhart-minimax-hailuo-2.3/image-to-video" {
  status = "removed", last_seen = "2026-03-06",
  task = "image-to-video", output = "video",
  text   "prompt",
  image  "firstImageUrl" { "jpg", "png", max = "20MB" },
  one_of "duration"      { "6", "10", default = "6" },
  one_of "resolution"    { "768p", "1080p", default = "768p" },
}

model "rhart-minimax-hailuo-2.3/text-to-video" {
  status = "removed", last_seen = "2026-03-06",
  task = "text-to-video", output = "video",
  text   "prompt",
  one_of "duration"   { "6", "10", default = "6" },
  one_of "resolution" { "768p", "1080p", default = "768p" },
}

return models
