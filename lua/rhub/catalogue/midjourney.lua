-- Midjourney (youchuan): pictures from text, and video from a picture.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "midjourney"

prices_in "CNY"
as_of "2026-04-29"

model "youchuan/image-to-video" {
  zh = "悠船图生视频", documented = "midjourney-image-to-video",
  task = "image-to-video", output = "video",
  text   "prompt"        { max = 8192 },
  image  "firstImageUrl" { "jpg", "png", "webp", max = "20MB" },
  image  "lastImageUrl"  { "jpg", "png", "webp", max = "20MB", optional },
  one_of "resolution"    { "480p", "720p", default = "720p" },
  one_of "motion"        { "low", "high", default = "low", optional },
  flag   "raw"           { default = true, optional },
  flag   "loop"          { default = false, optional },
  price = per.call { by = "resolution", ["480p"] = 0.54, ["720p"] = 1.62 },
}

model "youchuan/text-to-image-niji6" {
  zh = "悠船文生图-niji6", documented = "midjourney-text-to-image-niji6",
  task = "text-to-image", output = "image",
  text   "prompt"      { max = 8192 },
  whole  "chaos"       { min = 0, max = 100, default = 0, optional },
  one_of "quality"     { "0.5", "1", "2", default = "1", optional },
  whole  "stylize"     { min = 0, max = 1000, default = 0, optional },
  whole  "weird"       { min = 0, max = 3000, default = 0, optional },
  flag   "raw"         { default = false, optional },
  image  "imageUrl"    { "jpg", "png", "webp", max = "20MB", optional },
  whole  "iw"          { min = 0, max = 3, default = 1, optional },
  image  "cref"        { "jpg", "png", "webp", max = "20MB", optional },
  whole  "cw"          { min = 0, max = 100, default = 100, optional },
  image  "sref"        { "jpg", "png", "webp", max = "20MB", optional },
  whole  "sw"          { min = 0, max = 1000, default = 100, optional },
  whole  "sv"          { min = 1, max = 4, default = 4, optional },
  whole  "stop"        { min = 10, max = 100, default = 100, optional },
  flag   "tile"        { default = false, optional },
  one_of "aspectRatio" { "1:1", "4:3", "3:2", "16:9", "3:4", "2:3", "9:16", default = "1:1", optional },
  price = per.call(0.54),
}

model "youchuan/text-to-image-niji7" {
  zh = "悠船文生图-niji7", documented = "midjourney-text-to-image-niji7",
  task = "text-to-image", output = "image",
  text   "prompt"      { max = 8192 },
  whole  "chaos"       { min = 0, max = 100, default = 0, optional },
  whole  "stylize"     { min = 0, max = 1000, default = 0, optional },
  whole  "weird"       { min = 0, max = 3000, default = 0, optional },
  flag   "raw"         { default = false, optional },
  image  "imageUrl"    { "jpg", "png", "webp", max = "20MB", optional },
  whole  "iw"          { min = 0, max = 2, default = 1, optional },
  image  "sref"        { "jpg", "png", "webp", max = "20MB", optional },
  whole  "sw"          { min = 0, max = 1000, default = 100, optional },
  whole  "sv"          { min = 1, max = 4, default = 4, optional },
  one_of "aspectRatio" { "1:1", "4:3", "3:2", "16:9", "3:4", "2:3", "9:16", default = "1:1", optional },
  price = per.call(0.54),
}

model "youchuan/text-to-image-v6" {
  zh = "悠船文生图-v6", documented = "midjourney-text-to-image-v6",
  task = "text-to-image", output = "image",
  text   "prompt"      { max = 8192 },
  whole  "chaos"       { min = 0, max = 100, default = 0, optional },
  one_of "quality"     { "0.5", "1", "2", default = "1", optional },
  whole  "stylize"     { min = 0, max = 1000, default = 0, optional },
  whole  "weird"       { min = 0, max = 3000, default = 0, optional },
  flag   "raw"         { default = false, optional },
  image  "imageUrl"    { "jpg", "png", "webp", max = "20MB", optional },
  whole  "iw"          { min = 0, max = 3, default = 1, optional },
  image  "cref"        { "jpg", "png", "webp", max = "20MB", optional },
  whole  "cw"          { min = 0, max = 100, default = 100, optional },
  image  "sref"        { "jpg", "png", "webp", max = "20MB", optional },
  whole  "sw"          { min = 0, max = 1000, default = 100, optional },
  whole  "sv"          { min = 1, max = 4, default = 4, optional },
  whole  "stop"        { min = 10, max = 100, default = 100, optional },
  flag   "tile"        { default = false, optional },
  one_of "aspectRatio" { "1:1", "4:3", "3:2", "16:9", "3:4", "2:3", "9:16", default = "1:1", optional },
  price = per.call(0.54),
}

model "youchuan/text-to-image-v61" {
  zh = "悠船文生图-v61", documented = "midjourney-text-to-image-v61",
  task = "text-to-image", output = "image",
  text   "prompt"         { max = 8192 },
  text   "negativePrompt" { max = 2000, optional },
  whole  "chaos"          { min = 0, max = 100, default = 0, optional },
  one_of "quality"        { "0.5", "1", "2", default = "1", optional },
  whole  "stylize"        { min = 0, max = 1000, default = 0, optional },
  whole  "weird"          { min = 0, max = 3000, default = 0, optional },
  flag   "raw"            { default = false, optional },
  image  "imageUrl"       { "jpg", "png", "webp", max = "20MB", optional },
  whole  "iw"             { min = 0, max = 3, default = 1, optional },
  image  "cref"           { "jpg", "png", "webp", max = "20MB", optional },
  whole  "cw"             { min = 0, max = 100, default = 100, optional },
  image  "sref"           { "jpg", "png", "webp", max = "20MB", optional },
  whole  "sw"             { min = 0, max = 1000, default = 100, optional },
  whole  "sv"             { min = 1, max = 4, default = 4, optional },
  whole  "stop"           { min = 10, max = 100, default = 100, optional },
  flag   "tile"           { default = false, optional },
  one_of "aspectRatio"    { "1:1", "4:3", "3:2", "16:9", "3:4", "2:3", "9:16", optional },
  price = per.call(0.54),
}

model "youchuan/text-to-image-v7" {
  zh = "悠船文生图-v7", documented = "midjourney-text-to-image-v7",
  task = "text-to-image", output = "image",
  text   "prompt"         { max = 8192 },
  text   "negativePrompt" { max = 2000, optional },
  whole  "chaos"          { min = 0, max = 100, default = 0, optional },
  one_of "quality"        { "1", "2", "4", default = "1", optional },
  whole  "stylize"        { min = 0, max = 1000, default = 0, optional },
  whole  "weird"          { min = 0, max = 3000, default = 0, optional },
  flag   "raw"            { default = false, optional },
  image  "imageUrl"       { "jpg", "png", "webp", max = "20MB", optional },
  whole  "iw"             { min = 0, max = 3, default = 1, optional },
  image  "sref"           { "jpg", "png", "webp", max = "20MB", optional },
  whole  "sw"             { min = 0, max = 1000, default = 100, optional },
  whole  "sv"             { min = 1, max = 6, default = 4, optional },
  image  "oref"           { "jpg", "png", max = "20MB", optional },
  whole  "ow"             { min = 1, max = 1000, default = 100, optional },
  flag   "tile"           { default = false, optional },
  one_of "aspectRatio"    { "1:1", "4:3", "3:2", "16:9", "3:4", "2:3", "9:16", optional },
  price = per.call(0.54),
}

model "youchuan/text-to-image-v81" {
  zh = "悠船文生图-v8.1", name = "midjourney-text-to-image-v8.1",
  task = "text-to-image", output = "image",
  text   "prompt"      { max = 8192 },
  whole  "chaos"       { min = 0, max = 100, default = 0, optional },
  one_of "quality"     { "1", "4", default = "1", optional },
  whole  "stylize"     { min = 0, max = 1000, default = 0, optional },
  flag   "raw"         { default = false, optional },
  image  "imageUrl"    { max = "20MB", optional },
  whole  "iw"          { min = 0, max = 3, default = 1, optional },
  image  "sref"        { max = "20MB", optional },
  whole  "sw"          { min = 0, max = 1000, default = 100, optional },
  whole  "sv"          { min = 6, max = 6, default = 6, optional },
  one_of "aspectRatio" { "1:1", "4:3", "3:2", "16:9", "3:4", "2:3", "9:16", optional },
  flag   "hd"          { default = false },
  price = per.call { from = 0.54, as_of = "2026-06-18" },
}

model "youchuan/text-to-image-v82" {
  zh = "悠船文生图-v8.2预览版", name = "midjourney-text-to-image-v8.2-preview",
  task = "text-to-image", output = "image",
  text   "prompt"      { max = 8192 },
  whole  "chaos"       { min = 0, max = 100, default = 0, optional },
  one_of "quality"     { "1", "4", default = "1", optional },
  whole  "stylize"     { min = 0, max = 1000, default = 0, optional },
  flag   "raw"         { default = false, optional },
  image  "imageUrl"    { max = "20MB", optional },
  whole  "iw"          { min = 0, max = 3, default = 1, optional },
  image  "sref"        { max = "20MB", optional },
  whole  "sw"          { min = 0, max = 1000, default = 100, optional },
  whole  "sv"          { min = 6, max = 6, default = 6, optional },
  one_of "aspectRatio" { "1:1", "4:3", "3:2", "16:9", "3:4", "2:3", "9:16", optional },
  flag   "hd"          { default = false },
}

return models
