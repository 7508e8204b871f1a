-- Vidu: video from text, pictures and references.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "vidu"

prices_in "CNY"
as_of "2026-04-29"

model "vidu/image-to-video-q2-pro" {
  zh = "Vidu-图生视频-q2-pro", documented = "Vidu-image-to-video-q2-pro",
  task = "image-to-video", output = "video",
  text   "prompt"            { max = 4000 },
  image  "imageUrl"          { "jpg", "png", max = "50MB" },
  one_of "duration"          { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", default = "5" },
  one_of "resolution"        { "540p", "720p", "1080p", default = "720p" },
  one_of "movementAmplitude" { "auto", "small", "medium", "large", default = "auto" },
  flag   "bgm"               { default = true },
  price = per.call {
    by = { "duration", "resolution" }, ["1"] = { ["540p"] = 0.18, ["720p"] = 0.33, ["1080p"] = 1.2 },
    ["2"] = { ["540p"] = 0.22, ["720p"] = 0.55, ["1080p"] = 1.53 },
    ["3"] = { ["540p"] = 0.33, ["720p"] = 0.77, ["1080p"] = 1.86 },
    ["4"] = { ["540p"] = 0.44, ["720p"] = 0.98, ["1080p"] = 2.19 },
    ["5"] = { ["540p"] = 0.55, ["720p"] = 1.2, ["1080p"] = 2.52 },
    ["6"] = { ["540p"] = 0.66, ["720p"] = 1.42, ["1080p"] = 2.84 },
    ["7"] = { ["540p"] = 0.77, ["720p"] = 1.64, ["1080p"] = 3.17 },
    ["8"] = { ["540p"] = 0.88, ["720p"] = 1.86, ["1080p"] = 3.5 },
    ["9"] = { ["540p"] = 0.99, ["720p"] = 2.08, ["1080p"] = 3.83 },
    ["10"] = { ["540p"] = 1.1, ["720p"] = 2.3, ["1080p"] = 4.16 },
  },
}

model "vidu/image-to-video-q2-pro-fast" {
  zh = "Vidu-图生视频-q2-pro-fast", documented = "Vidu-image-to-video-q2-pro-fast",
  task = "image-to-video", output = "video",
  text   "prompt"            { max = 4000 },
  image  "imageUrl"          { "jpg", "png", max = "50MB" },
  one_of "duration"          { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", default = "5" },
  one_of "resolution"        { "720p", "1080p", default = "720p" },
  one_of "movementAmplitude" { "auto", "small", "medium", "large", default = "auto" },
  flag   "bgm"               { default = true },
  price = per.call {
    by = { "duration", "resolution" }, ["1"] = { ["720p"] = 0.18, ["1080p"] = 0.35 },
    ["2"] = { ["720p"] = 0.23, ["1080p"] = 0.44 }, ["3"] = { ["720p"] = 0.28, ["1080p"] = 0.53 },
    ["4"] = { ["720p"] = 0.33, ["1080p"] = 0.62 }, ["5"] = { ["720p"] = 0.38, ["1080p"] = 0.71 },
    ["6"] = { ["720p"] = 0.43, ["1080p"] = 0.8 }, ["7"] = { ["720p"] = 0.48, ["1080p"] = 0.89 },
    ["8"] = { ["720p"] = 0.53, ["1080p"] = 0.98 }, ["9"] = { ["720p"] = 0.58, ["1080p"] = 1.07 },
    ["10"] = { ["720p"] = 0.63, ["1080p"] = 1.16 },
  },
}

model "vidu/image-to-video-q2-turbo" {
  zh = "Vidu-图生视频-q2-turbo", documented = "Vidu-image-to-video-q2-turbo",
  task = "image-to-video", output = "video",
  text   "prompt"            { max = 4000 },
  image  "imageUrl"          { "jpg", "png", max = "50MB" },
  one_of "duration"          { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", default = "5" },
  one_of "resolution"        { "540p", "720p", "1080p", default = "720p" },
  one_of "movementAmplitude" { "auto", "small", "medium", "large", default = "auto" },
  flag   "bgm"               { default = true },
  price = per.call {
    by = { "duration", "resolution" }, ["1"] = { ["540p"] = 0.13, ["720p"] = 0.18, ["1080p"] = 0.77 },
    ["2"] = { ["540p"] = 0.18, ["720p"] = 0.22, ["1080p"] = 0.98 },
    ["3"] = { ["540p"] = 0.22, ["720p"] = 0.44, ["1080p"] = 1.2 },
    ["4"] = { ["540p"] = 0.26, ["720p"] = 0.66, ["1080p"] = 1.42 },
    ["5"] = { ["540p"] = 0.31, ["720p"] = 0.88, ["1080p"] = 1.64 },
    ["6"] = { ["540p"] = 0.35, ["720p"] = 1.09, ["1080p"] = 1.86 },
    ["7"] = { ["540p"] = 0.39, ["720p"] = 1.31, ["1080p"] = 2.08 },
    ["8"] = { ["540p"] = 0.44, ["720p"] = 1.53, ["1080p"] = 2.3 },
    ["9"] = { ["540p"] = 0.48, ["720p"] = 1.75, ["1080p"] = 2.52 },
    ["10"] = { ["540p"] = 0.53, ["720p"] = 1.97, ["1080p"] = 2.73 },
  },
}

model "vidu/image-to-video-q3-pro" {
  zh = "Vidu-图生视频-q3-pro", documented = "Vidu-image-to-video-q3-pro",
  task = "image-to-video", output = "video",
  text   "prompt"     { max = 4000 },
  image  "imageUrl"   { "jpg", "png", max = "50MB" },
  one_of "duration"   {
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
    default = "5",
  },
  one_of "resolution" { "360p", "540p", "720p", "1080p", "2k", default = "720p" },
  flag   "audio"      { default = true },
  price = per.second {
    by = "resolution", ["2k"] = 1.09, ["360p"] = 0.31, ["540p"] = 0.31, ["720p"] = 0.66,
    ["1080p"] = 0.7,
  },
}

model "vidu/image-to-video-q3-pro-fast" {
  zh = "Vidu-图生视频-q3-pro-fast", documented = "Vidu-image-to-video-q3-pro-fast",
  task = "image-to-video", output = "video",
  text   "prompt"     { max = 2000, optional },
  image  "imageUrl"   { "jpg", "jpeg", "png", "webp", max = "50MB" },
  one_of "duration"   {
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
    default = "5", optional,
  },
  one_of "resolution" { "720p", "1080p", default = "720p", optional },
  flag   "audio"      { default = true, optional },
  price = per.second { by = "resolution", ["720p"] = 0.46, ["1080p"] = 0.58 },
}

model "vidu/image-to-video-q3-turbo" {
  zh = "Vidu-图生视频-q3-turbo", documented = "Vidu-image-to-video-q3-turbo",
  task = "image-to-video", output = "video",
  text   "prompt"     { max = 4000 },
  image  "imageUrl"   { "jpg", "png", max = "50MB" },
  one_of "duration"   {
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
    default = "5",
  },
  one_of "resolution" { "540p", "720p", "1080p", default = "720p" },
  flag   "audio"      { default = true },
  price = per.second { by = "resolution", ["540p"] = 0.18, ["720p"] = 0.27, ["1080p"] = 0.35 },
}

model "vidu/reference-to-video-q2" {
  zh = "Vidu-参考生视频-q2", documented = "Vidu-reference-to-video-q2",
  task = "reference-to-video", output = "video",
  text   "prompt"            { max = 4000 },
  images "imageUrls"         { "jpg", "png", max = "50MB", items = 7 },
  one_of "aspectRatio"       { "16:9", "9:16", "4:3", "3:4", "1:1", default = "3:4" },
  one_of "resolution"        { "540p", "720p", "1080p", default = "1080p" },
  one_of "duration"          { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", default = "5" },
  one_of "movementAmplitude" { "auto", "small", "medium", "large", default = "auto" },
  price = per.call {
    by = { "duration", "resolution" }, ["1"] = { ["540p"] = 0.33, ["720p"] = 0.55, ["1080p"] = 1.64 },
    ["2"] = { ["540p"] = 0.44, ["720p"] = 0.66, ["1080p"] = 1.86 },
    ["3"] = { ["540p"] = 0.55, ["720p"] = 0.77, ["1080p"] = 2.08 },
    ["4"] = { ["540p"] = 0.66, ["720p"] = 0.88, ["1080p"] = 2.3 },
    ["5"] = { ["540p"] = 0.77, ["720p"] = 0.98, ["1080p"] = 2.52 },
    ["6"] = { ["540p"] = 0.88, ["720p"] = 1.09, ["1080p"] = 2.73 },
    ["7"] = { ["540p"] = 0.98, ["720p"] = 1.2, ["1080p"] = 2.95 },
    ["8"] = { ["540p"] = 1.09, ["720p"] = 1.31, ["1080p"] = 3.17 },
    ["9"] = { ["540p"] = 1.2, ["720p"] = 1.42, ["1080p"] = 3.39 },
    ["10"] = { ["540p"] = 1.31, ["720p"] = 1.53, ["1080p"] = 3.61 },
  },
}

model "vidu/reference-to-video-q2-pro" {
  zh = "Vidu-参考生视频-q2-pro", documented = "Vidu-reference-to-video-q2-pro",
  task = "reference-to-video", output = "video",
  text   "prompt"            { max = 2000 },
  images "imageUrls"         { "jpg", "png", max = "50MB", items = 7, optional },
  videos "videos"            { "mp4", "avi", "mov", max = "100MB", items = 2, optional },
  one_of "aspectRatio"       { "16:9", "9:16", "4:3", "3:4", "1:1", default = "16:9", optional },
  one_of "resolution"        { "540p", "720p", "1080p", default = "720p", optional },
  one_of "duration"          { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", default = "5", optional },
  one_of "movementAmplitude" { "auto", "small", "medium", "large", default = "auto", optional },
  price = per.call {
    by = { "duration", "resolution" }, ["1"] = { ["540p"] = 0.44, ["720p"] = 0.66, ["1080p"] = 1.86 },
    ["2"] = { ["540p"] = 0.55, ["720p"] = 0.77, ["1080p"] = 2.08 },
    ["3"] = { ["540p"] = 0.66, ["720p"] = 0.88, ["1080p"] = 2.3 },
    ["4"] = { ["540p"] = 0.77, ["720p"] = 0.98, ["1080p"] = 2.52 },
    ["5"] = { ["540p"] = 0.88, ["720p"] = 1.09, ["1080p"] = 2.73 },
    ["6"] = { ["540p"] = 0.98, ["720p"] = 1.2, ["1080p"] = 2.95 },
    ["7"] = { ["540p"] = 1.09, ["720p"] = 1.31, ["1080p"] = 3.17 },
    ["8"] = { ["540p"] = 1.2, ["720p"] = 1.42, ["1080p"] = 3.39 },
    ["9"] = { ["540p"] = 1.31, ["720p"] = 1.53, ["1080p"] = 3.61 },
    ["10"] = { ["540p"] = 1.42, ["720p"] = 1.64, ["1080p"] = 3.83 },
  },
}

model "vidu/reference-to-video-q3" {
  zh = "Vidu-参考生视频-q3", documented = "Vidu-reference-to-video-q3",
  task = "reference-to-video", output = "video",
  text   "prompt"      { max = 5000 },
  images "imageUrls"   { "jpg", "jpeg", "png", "webp", max = "50MB", items = 7 },
  whole  "duration"    { min = 3, max = 16, default = 5 },
  one_of "resolution"  { "540p", "720p", "1080p", default = "720p" },
  one_of "aspectRatio" { "16:9", "9:16", "4:3", "3:4", "1:1", "auto", default = "16:9", optional },
  one_of "audio"       { "true", "false", default = "true", optional },
  price = per.second { by = "resolution", ["540p"] = 0.22, ["720p"] = 0.44, ["1080p"] = 0.55 },
}

model "vidu/reference-to-video-q3-ad" {
  zh = "Vidu-参考生视频-q3-ad", name = "Vidu-reference-to-video-q3-ad",
  task = "reference-to-video", output = "video",
  text   "prompt"      { max = 5000 },
  images "imageUrls"   { max = "50MB", items = 7 },
  whole  "duration"    { min = 3, max = 16, default = 5 },
  one_of "resolution"  { "720p", "1080p", default = "720p" },
  one_of "aspectRatio" { "16:9", "9:16", "4:3", "3:4", "1:1", "auto", default = "16:9", optional },
  one_of "audio"       { "true", "false", default = "true", optional },
}

model "vidu/reference-to-video-q3-drama" {
  zh = "Vidu-参考生视频-q3-drama", name = "Vidu-reference-to-video-q3-drama",
  task = "reference-to-video", output = "video",
  text   "prompt"      { max = 5000 },
  images "imageUrls"   { max = "50MB", items = 7 },
  whole  "duration"    { min = 2, max = 15, default = 8 },
  one_of "resolution"  { "1080p", default = "1080p" },
  one_of "aspectRatio" { "16:9", "9:16", "4:3", "3:4", "1:1", "auto", default = "16:9", optional },
  one_of "audio"       { "true", "false", default = "true", optional },
}

model "vidu/reference-to-video-q3-mix" {
  zh = "Vidu-参考生视频-q3-mix", documented = "Vidu-reference-to-video-q3-mix",
  task = "reference-to-video", output = "video",
  text   "prompt"      { max = 5000 },
  images "imageUrls"   { "jpg", "jpeg", "png", "webp", max = "50MB", items = 7 },
  whole  "duration"    { min = 1, max = 16, default = 5 },
  one_of "resolution"  { "720p", "1080p", default = "720p" },
  one_of "aspectRatio" { "16:9", "9:16", "4:3", "3:4", "1:1", "auto", default = "16:9", optional },
  one_of "audio"       { "true", "false", default = "true", optional },
  price = per.second { by = "resolution", ["720p"] = 0.55, ["1080p"] = 0.66 },
}

model "vidu/short-play-q3-ad" {
  zh = "Vidu Q3 Ad 短剧成片",
  task = "text-to-video", output = "string",
  text   "scriptName"    { max = 20 },
  text   "scriptContent" { max = 2000 },
  one_of "resolution"    { "1080p", default = "1080p" },
  one_of "aspectRatio"   { "9:16", "16:9", default = "9:16", optional },
}

model "vidu/short-play-q3-drama" {
  zh = "Vidu Q3 Drama 短剧成片",
  task = "text-to-video", output = "string",
  text   "scriptName"     { max = 20 },
  text   "scriptContent"  { max = 2000 },
  image  "uploadImageUrl" { max = "50MB", optional },
  one_of "duration"       {
    "0", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18",
    "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", default = "5",
  },
  one_of "resolution"     { "1080p", default = "1080p" },
  one_of "aspectRatio"    { "9:16", "16:9", default = "9:16", optional },
  text   "style"          { max = 30, optional },
  one_of "placement"      { "upload", "panorama", "step", default = "upload", optional },
}

model "vidu/start-end-to-video-q2-pro" {
  zh = "Vidu-首尾帧生视频-q2-pro", documented = "Vidu-start-end-to-video-q2-pro",
  task = "start-end-to-video", output = "video",
  text   "prompt"            { max = 4000 },
  image  "firstImageUrl"     { "jpg", "png", max = "50MB" },
  image  "lastImageUrl"      { "jpg", "png", max = "50MB" },
  one_of "duration"          { "1", "2", "3", "4", "5", "6", "7", "8", default = "5" },
  one_of "resolution"        { "540p", "720p", "1080p", default = "720p" },
  one_of "movementAmplitude" { "auto", "small", "medium", "large", default = "auto" },
  flag   "bgm"               { default = true },
  price = per.call {
    by = { "duration", "resolution" }, ["1"] = { ["540p"] = 0.18, ["720p"] = 0.33, ["1080p"] = 1.2 },
    ["2"] = { ["540p"] = 0.22, ["720p"] = 0.55, ["1080p"] = 1.53 },
    ["3"] = { ["540p"] = 0.33, ["720p"] = 0.77, ["1080p"] = 1.86 },
    ["4"] = { ["540p"] = 0.44, ["720p"] = 0.98, ["1080p"] = 2.19 },
    ["5"] = { ["540p"] = 0.55, ["720p"] = 1.2, ["1080p"] = 2.52 },
    ["6"] = { ["540p"] = 0.66, ["720p"] = 1.42, ["1080p"] = 2.84 },
    ["7"] = { ["540p"] = 0.77, ["720p"] = 1.64, ["1080p"] = 3.17 },
    ["8"] = { ["540p"] = 0.88, ["720p"] = 1.86, ["1080p"] = 3.5 },
  },
}

model "vidu/start-end-to-video-q2-pro-fast" {
  zh = "Vidu-首尾帧生视频-q2-pro-fast", documented = "Vidu-start-end-to-video-q2-pro-fast",
  task = "start-end-to-video", output = "video",
  text   "prompt"            { max = 4000 },
  image  "firstImageUrl"     { "jpg", "png", max = "50MB" },
  image  "lastImageUrl"      { "jpg", "png", max = "50MB" },
  one_of "duration"          { "1", "2", "3", "4", "5", "6", "7", "8", default = "5" },
  one_of "resolution"        { "720p", "1080p", default = "720p" },
  one_of "movementAmplitude" { "auto", "small", "medium", "large", default = "auto" },
  flag   "bgm"               { default = true },
  price = per.call {
    by = { "duration", "resolution" }, ["1"] = { ["720p"] = 0.18, ["1080p"] = 0.35 },
    ["2"] = { ["720p"] = 0.23, ["1080p"] = 0.44 }, ["3"] = { ["720p"] = 0.28, ["1080p"] = 0.53 },
    ["4"] = { ["720p"] = 0.33, ["1080p"] = 0.62 }, ["5"] = { ["720p"] = 0.38, ["1080p"] = 0.71 },
    ["6"] = { ["720p"] = 0.43, ["1080p"] = 0.8 }, ["7"] = { ["720p"] = 0.48, ["1080p"] = 0.89 },
    ["8"] = { ["720p"] = 0.53, ["1080p"] = 0.98 },
  },
}

model "vidu/start-end-to-video-q2-turbo" {
  zh = "Vidu-首尾帧生视频-q2-turbo", documented = "Vidu-start-end-to-video-q2-turbo",
  task = "start-end-to-video", output = "video",
  text   "prompt"            { max = 4000 },
  image  "firstImageUrl"     { "jpg", "png", max = "50MB" },
  image  "lastImageUrl"      { "jpg", "png", max = "50MB" },
  one_of "duration"          { "1", "2", "3", "4", "5", "6", "7", "8", default = "5" },
  one_of "resolution"        { "540p", "720p", "1080p", default = "720p" },
  one_of "movementAmplitude" { "auto", "small", "medium", "large", default = "auto" },
  flag   "bgm"               { default = true },
  price = per.call {
    by = { "duration", "resolution" }, ["1"] = { ["540p"] = 0.13, ["720p"] = 0.18, ["1080p"] = 0.77 },
    ["2"] = { ["540p"] = 0.18, ["720p"] = 0.22, ["1080p"] = 0.98 },
    ["3"] = { ["540p"] = 0.22, ["720p"] = 0.44, ["1080p"] = 1.2 },
    ["4"] = { ["540p"] = 0.26, ["720p"] = 0.66, ["1080p"] = 1.42 },
    ["5"] = { ["540p"] = 0.31, ["720p"] = 0.88, ["1080p"] = 1.64 },
    ["6"] = { ["540p"] = 0.35, ["720p"] = 1.09, ["1080p"] = 1.86 },
    ["7"] = { ["540p"] = 0.39, ["720p"] = 1.31, ["1080p"] = 2.08 },
    ["8"] = { ["540p"] = 0.44, ["720p"] = 1.53, ["1080p"] = 2.3 },
  },
}

model "vidu/start-end-to-video-q3-pro" {
  zh = "Vidu-首尾帧生视频-q3-pro", documented = "Vidu-start-end-to-video-q3-pro",
  task = "start-end-to-video", output = "video",
  text   "prompt"            { max = 4000 },
  image  "firstImageUrl"     { "jpg", "png", max = "50MB" },
  image  "lastImageUrl"      { "jpg", "png", max = "50MB" },
  one_of "duration"          {
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
    default = "5",
  },
  one_of "resolution"        { "540p", "720p", "1080p", default = "720p" },
  one_of "movementAmplitude" { "auto", "small", "medium", "large", default = "auto" },
  flag   "audio"             { default = true },
  price = per.second { by = "resolution", ["540p"] = 0.31, ["720p"] = 0.66, ["1080p"] = 0.7 },
}

model "vidu/start-end-to-video-q3-pro-fast" {
  zh = "Vidu-首尾帧生视频-q3-pro-fast", documented = "Vidu-start-end-to-video-q3-pro-fast",
  task = "start-end-to-video", output = "video",
  text   "prompt"        { max = 5000, optional },
  image  "firstImageUrl" { "jpg", "jpeg", "png", "webp", max = "50MB" },
  image  "lastImageUrl"  { "jpg", "jpeg", "png", "webp", max = "50MB" },
  one_of "duration"      {
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
    default = "5", optional,
  },
  one_of "resolution"    { "720p", "1080p", default = "720p", optional },
  flag   "audio"         { default = true, optional },
  price = per.second { by = "resolution", ["720p"] = 0.46, ["1080p"] = 0.58 },
}

model "vidu/start-end-to-video-q3-turbo" {
  zh = "Vidu-首尾帧生视频-q3-turbo", documented = "Vidu-start-end-to-video-q3-turbo",
  task = "start-end-to-video", output = "video",
  text   "prompt"            { max = 4000 },
  image  "firstImageUrl"     { "jpg", "png", max = "50MB" },
  image  "lastImageUrl"      { "jpg", "png", max = "50MB" },
  one_of "duration"          {
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
    default = "5",
  },
  one_of "resolution"        { "540p", "720p", "1080p", default = "720p" },
  one_of "movementAmplitude" { "auto", "small", "medium", "large", default = "auto" },
  flag   "audio"             { default = true },
  price = per.second { by = "resolution", ["540p"] = 0.18, ["720p"] = 0.27, ["1080p"] = 0.35 },
}

model "vidu/text-to-video" {
  zh = "Vidu-文生视频-q2", documented = "Vidu-text-to-video-q2",
  task = "text-to-video", output = "video",
  text   "prompt"            { max = 4000 },
  one_of "style"             { "general", "anime", default = "general" },
  one_of "aspectRatio"       { "4:3", "3:4", "16:9", "9:16", "1:1", default = "16:9" },
  one_of "resolution"        { "540p", "720p", "1080p", default = "720p" },
  one_of "movementAmplitude" { "auto", "small", "medium", "large", default = "auto" },
  one_of "duration"          { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", default = "5" },
  price = per.call {
    by = { "duration", "resolution" }, ["1"] = { ["540p"] = 0.22, ["720p"] = 0.33, ["1080p"] = 0.44 },
    ["2"] = { ["540p"] = 0.26, ["720p"] = 0.44, ["1080p"] = 0.66 },
    ["3"] = { ["540p"] = 0.31, ["720p"] = 0.55, ["1080p"] = 0.88 },
    ["4"] = { ["540p"] = 0.35, ["720p"] = 0.66, ["1080p"] = 1.09 },
    ["5"] = { ["540p"] = 0.39, ["720p"] = 0.77, ["1080p"] = 1.31 },
    ["6"] = { ["540p"] = 0.44, ["720p"] = 0.88, ["1080p"] = 1.53 },
    ["7"] = { ["540p"] = 0.48, ["720p"] = 0.98, ["1080p"] = 1.75 },
    ["8"] = { ["540p"] = 0.53, ["720p"] = 1.09, ["1080p"] = 1.97 },
    ["9"] = { ["540p"] = 0.57, ["720p"] = 1.2, ["1080p"] = 2.19 },
    ["10"] = { ["540p"] = 0.61, ["720p"] = 1.31, ["1080p"] = 2.41 },
  },
}

model "vidu/text-to-video-q3-pro" {
  zh = "Vidu-文生视频-q3-pro", documented = "Vidu-text-to-video-q3-pro",
  task = "text-to-video", output = "video",
  text   "prompt"      { max = 4000 },
  one_of "style"       { "general", "anime", default = "general" },
  one_of "aspectRatio" { "4:3", "3:4", "16:9", "9:16", "1:1", default = "16:9" },
  one_of "resolution"  { "360p", "540p", "720p", "1080p", default = "720p" },
  one_of "duration"    {
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
    default = "5",
  },
  flag   "audio"       { default = true },
  price = per.second {
    by = "resolution", ["360p"] = 0.31, ["540p"] = 0.31, ["720p"] = 0.66, ["1080p"] = 0.7,
  },
}

model "vidu/text-to-video-q3-pro-fast" {
  zh = "Vidu-文生视频-q3-pro-fast", documented = "Vidu-text-to-video-q3-pro-fast",
  task = "text-to-video", output = "video",
  text   "prompt"      { max = 2000 },
  one_of "aspectRatio" { "16:9", "9:16", "4:3", "3:4", "1:1", default = "16:9", optional },
  one_of "resolution"  { "720p", "1080p", default = "720p", optional },
  one_of "duration"    {
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
    default = "5", optional,
  },
  flag   "audio"       { default = true, optional },
  price = per.second { by = "resolution", ["720p"] = 0.46, ["1080p"] = 0.58 },
}

model "vidu/text-to-video-q3-turbo" {
  zh = "Vidu-文生视频-q3-turbo", documented = "Vidu-text-to-video-q3-turbo",
  task = "text-to-video", output = "video",
  text   "prompt"      { max = 4000 },
  one_of "style"       { "general", "anime", default = "general" },
  one_of "aspectRatio" { "4:3", "3:4", "16:9", "9:16", "1:1", default = "16:9" },
  one_of "resolution"  { "540p", "720p", "1080p", default = "720p" },
  one_of "duration"    {
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
    default = "5",
  },
  flag   "audio"       { default = true },
  price = per.second { by = "resolution", ["540p"] = 0.18, ["720p"] = 0.27, ["1080p"] = 0.35 },
}

return models
