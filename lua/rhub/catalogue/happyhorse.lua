-- HappyHorse, by Alibaba: video from text, pictures and references; edits of video.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "happyhorse"

prices_in "CNY"
as_of "2026-04-29"

model "alibaba/happyhorse-1.0/image-to-video" {
  zh = "happyhorse-1.0/image-to-video", name = "happyhorse-1.0/image-to-video",
  task = "image-to-video", output = "video",
  image  "imageUrl"   { "jpg", "jpeg", "png", "bmp", "webp", max = "10MB" },
  text   "prompt"     { max = 2500, optional },
  one_of "resolution" { "720p", "1080p", default = "1080p" },
  one_of "duration"   {
    "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  whole  "seed"       { min = 0, max = 2147483647, optional },
  price = per.second {
    by = "resolution", list = { from = 0.67, unit = "second", as_of = "2026-06-18" }, ["720p"] = 0.9,
    ["1080p"] = 1.6,
  },
}

model "alibaba/happyhorse-1.0/reference-to-video" {
  zh = "happyhorse-1.0/reference-to-video", name = "happyhorse-1.0/reference-to-video",
  task = "reference-to-video", output = "video",
  text   "prompt"      { max = 2500 },
  images "imageUrls"   { "jpg", "jpeg", "png", "bmp", "webp", max = "10MB", items = 9 },
  one_of "resolution"  { "720p", "1080p", default = "1080p" },
  one_of "aspectRatio" { "16:9", "9:16", "3:4", "4:3", "1:1", default = "16:9", optional },
  one_of "duration"    {
    "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  whole  "seed"        { min = 0, max = 2147483647, optional },
  price = per.second {
    by = "resolution", list = { from = 0.67, unit = "second", as_of = "2026-06-18" }, ["720p"] = 0.9,
    ["1080p"] = 1.6,
  },
}

model "alibaba/happyhorse-1.0/text-to-video" {
  zh = "happyhorse-1.0/text-to-video", name = "happyhorse-1.0/text-to-video",
  task = "text-to-video", output = "video",
  text   "prompt"      { max = 2500 },
  one_of "resolution"  { "720p", "1080p", default = "1080p" },
  one_of "duration"    {
    "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  one_of "aspectRatio" { "16:9", "9:16", "1:1", "4:3", "3:4", default = "16:9", optional },
  whole  "seed"        { min = 0, max = 2147483647, optional },
  price = per.second {
    by = "resolution", list = { from = 0.67, unit = "second", as_of = "2026-06-18" }, ["720p"] = 0.9,
    ["1080p"] = 1.6,
  },
}

model "alibaba/happyhorse-1.0/video-edit" {
  zh = "happyhorse-1.0/video-edit", name = "happyhorse-1.0/video-edit",
  task = "video-edit", output = "video",
  video  "videoUrl"     { "mp4", "mov", max = "100MB" },
  images "imageUrls"    { "jpg", "jpeg", "png", "bmp", "webp", max = "10MB", items = 5, optional },
  text   "prompt"       { max = 2500 },
  one_of "resolution"   { "720p", "1080p", default = "1080p" },
  one_of "audioSetting" { "auto", "origin", default = "origin", optional },
  whole  "seed"         { min = 0, max = 2147483647, optional },
  price = per.second {
    by = "resolution", list = { from = 0.67, unit = "second", as_of = "2026-06-18" }, ["720p"] = 0.9,
    ["1080p"] = 1.6,
  },
}

model "alibaba/happyhorse-1.1/image-to-video" {
  zh = "happyhorse-1.1/image-to-video", name = "happyhorse-1.1/image-to-video",
  task = "image-to-video", output = "video",
  image  "imageUrl"   { max = "10MB" },
  text   "prompt"     { max = 2500, optional },
  one_of "resolution" { "720p", "1080p", default = "1080p" },
  one_of "duration"   {
    "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  whole  "seed"       { min = 0, max = 2147483647, optional },
}

model "alibaba/happyhorse-1.1/reference-to-video" {
  zh = "happyhorse-1.1/reference-to-video", name = "happyhorse-1.1/reference-to-video",
  task = "reference-to-video", output = "video",
  text   "prompt"      { max = 2500 },
  images "imageUrls"   { max = "10MB", items = 9 },
  one_of "resolution"  { "720p", "1080p", default = "1080p" },
  one_of "aspectRatio" {
    "16:9", "9:16", "3:4", "4:3", "1:1", "4:5", "5:4", "9:21", "21:9", default = "16:9", optional,
  },
  one_of "duration"    {
    "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  whole  "seed"        { min = 0, max = 2147483647, optional },
}

model "alibaba/happyhorse-1.1/text-to-video" {
  zh = "happyhorse-1.1/text-to-video", name = "happyhorse-1.1/text-to-video",
  task = "text-to-video", output = "video",
  text   "prompt"      { max = 2500 },
  one_of "resolution"  { "720p", "1080p", default = "1080p" },
  one_of "duration"    {
    "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  one_of "aspectRatio" {
    "16:9", "9:16", "1:1", "4:3", "3:4", "4:5", "5:4", "9:21", "21:9", default = "16:9", optional,
  },
  whole  "seed"        { min = 0, max = 2147483647, optional },
}

return models
