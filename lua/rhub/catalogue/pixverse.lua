-- PixVerse: video from text, pictures and references; effects; transitions.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "pixverse"

prices_in "CNY"
as_of "2026-04-29"

model "pixverse-c1/image-to-video" {
  zh = "PixVerse C1 图生视频",
  task = "image-to-video", output = "video",
  image  "imageUrl"            { "jpg", "png", "jpeg", "webp", max = "10MB" },
  text   "prompt"              { max = 2048, optional },
  one_of "resolution"          { "360p", "540p", "720p", "1080p", default = "720p" },
  whole  "duration"            { min = 1, max = 15, default = 5 },
  flag   "generateAudioSwitch" { default = true },
  price = per.second {
    by = { "generateAudioSwitch", "resolution" },
    ["false"] = { ["360p"] = 0.189, ["540p"] = 0.252, ["720p"] = 0.315, ["1080p"] = 0.599 },
    ["true"] = { ["360p"] = 0.252, ["540p"] = 0.315, ["720p"] = 0.41, ["1080p"] = 0.756 },
  },
}

model "pixverse-c1/reference-to-video" {
  zh = "PixVerse C1 参考生视频",
  task = "reference-to-video", output = "video",
  text   "prompt",
  one_of "aspectRatio"         {
    "16:9", "4:3", "1:1", "3:4", "9:16", "2:3", "3:2", "21:9", default = "1:1", optional,
  },
  one_of "resolution"          { "360p", "540p", "720p", "1080p", default = "720p" },
  whole  "duration"            { min = 1, max = 15, default = 5 },
  flag   "generateAudioSwitch" { default = true },
  whole  "seed"                { min = -1, max = 2147483647, optional },
  price = per.second {
    by = "resolution", at_least = true, ["360p"] = 0.63, ["540p"] = 0.63, ["720p"] = 1.26,
    ["1080p"] = 2.52,
  },
}

model "pixverse-c1/text-to-video" {
  zh = "PixVerse C1 文生视频",
  task = "text-to-video", output = "video",
  text   "prompt"              { max = 2048 },
  one_of "resolution"          { "360p", "540p", "720p", "1080p", default = "540p" },
  whole  "duration"            { min = 1, max = 15, default = 5 },
  one_of "aspectRatio"         {
    "16:9", "4:3", "1:1", "3:4", "9:16", "2:3", "3:2", "21:9", default = "16:9", optional,
  },
  flag   "generateAudioSwitch" { default = true },
  price = per.second {
    by = { "generateAudioSwitch", "resolution" },
    ["false"] = { ["360p"] = 0.189, ["540p"] = 0.252, ["720p"] = 0.315, ["1080p"] = 0.599 },
    ["true"] = { ["360p"] = 0.252, ["540p"] = 0.315, ["720p"] = 0.41, ["1080p"] = 0.756 },
  },
}

model "pixverse-c1/transition" {
  zh = "PixVerse C1 转场",
  task = "start-end-to-video", output = "video",
  text   "prompt"              { max = 2048 },
  image  "firstImageUrl"       { "jpg", "png", "jpeg", "webp", max = "10MB" },
  image  "endImageUrl"         { "jpg", "png", "jpeg", "webp", max = "10MB", optional },
  one_of "resolution"          { "360p", "540p", "720p", "1080p", default = "720p" },
  whole  "duration"            { min = 1, max = 15, default = 5 },
  flag   "generateAudioSwitch" { default = true },
  one_of "aspectRatio"         {
    "16:9", "4:3", "1:1", "3:4", "9:16", "2:3", "3:2", "21:9", default = "1:1", optional,
  },
  price = per.second {
    by = { "generateAudioSwitch", "resolution" },
    ["false"] = { ["360p"] = 0.63, ["540p"] = 0.63, ["720p"] = 1.26, ["1080p"] = 2.52 },
    ["true"] = { ["360p"] = 1.26, ["540p"] = 1.26, ["720p"] = 1.89, ["1080p"] = 3.15 },
  },
}

model "pixverse-v5.5-effects" {
  zh = "PixVerse V5.5 特效",
  task = "image-to-video", output = "video",
  image  "imageUrl"       { "jpg", "jpeg", "png", max = "10MB" },
  one_of "effect"         {
    "Kiss Me AI", "Muscle Surge", "Anything", "Robot", "The Tiger Touch", "Holy Wings", "Hulk", "Venom",
    "Microwave", "Hug", "Kiss", "3D Figurine Factor", "Baby Face", "Bald Swipe", "Black Myth: Wukong",
    "BOOM DROP", "Squid Game", "Zombie Mode", default = "Kiss Me AI",
  },
  one_of "resolution"     { "360p", "540p", "720p", "1080p", default = "540p" },
  one_of "duration"       { "5", "8", "10", default = "5" },
  text   "negativePrompt" { max = 2048, optional },
  one_of "thinkingType"   { "auto", "enabled", "disabled", default = "auto", optional },
  price = per.call {
    by = { "duration", "resolution" },
    ["5"] = { ["360p"] = 3.1, ["540p"] = 3.1, ["720p"] = 4.1, ["1080p"] = 8.3 },
    ["8"] = { ["360p"] = 6.2, ["540p"] = 6.2, ["720p"] = 8.3, ["1080p"] = 16.6 },
    ["10"] = { ["360p"] = 6.8, ["540p"] = 6.8, ["720p"] = 9.1 },
  },
}

model "pixverse-v5.5-transition" {
  zh = "PixVerse V5.5 转场",
  task = "start-end-to-video", output = "video",
  text   "prompt"         { max = 2048 },
  image  "imageUrl"       { "jpg", "jpeg", "png", max = "20MB" },
  image  "endImageUrl"    { "jpg", "jpeg", "png", max = "20MB" },
  one_of "aspectRatio"    { "16:9", "1:1", "4:3", "3:4", "9:16", default = "16:9", optional },
  one_of "duration"       { "5", "8", "10", default = "5" },
  one_of "resolution"     { "360p", "540p", "720p", "1080p", default = "540p" },
  one_of "thinkingType"   { "auto", "enabled", "disabled", default = "auto", optional },
  text   "negativePrompt" { max = 2048, optional },
  price = per.call {
    by = { "duration", "resolution" },
    ["5"] = { ["360p"] = 3.1, ["540p"] = 3.1, ["720p"] = 4.1, ["1080p"] = 8.3 },
    ["8"] = { ["360p"] = 6.2, ["540p"] = 6.2, ["720p"] = 8.3, ["1080p"] = 16.6 },
    ["10"] = { ["360p"] = 6.8, ["540p"] = 6.8, ["720p"] = 9.1 },
  },
}

model "pixverse-v5.5/image-to-video" {
  zh = "PixVerse V5.5 图生视频",
  task = "image-to-video", output = "video",
  text   "prompt"                  { max = 2048 },
  image  "imageUrl"                { "jpg", "jpeg", "png", max = "10MB" },
  one_of "resolution"              { "360p", "540p", "720p", "1080p", default = "540p" },
  one_of "duration"                { "5", "8", "10", default = "5" },
  one_of "thinkingType"            { "auto", "enabled", "disabled", default = "auto", optional },
  text   "negativePrompt"          { max = 2048, optional },
  one_of "generateAudioSwitch"     { "true", "false", default = "false" },
  one_of "generateMultiClipSwitch" { "true", "false", default = "false" },
  price = per.call {
    by = { "duration", "generateAudioSwitch", "generateMultiClipSwitch", "resolution" },
    ["5"] = { ["false"] = { ["false"] = { ["360p"] = 3.1, ["540p"] = 3.1, ["720p"] = 4.1, ["1080p"] = 6.6 }, ["true"] = { ["360p"] = 5.2, ["540p"] = 5.2, ["720p"] = 6.2, ["1080p"] = 8.3 } }, ["true"] = { ["false"] = { ["360p"] = 3.8, ["540p"] = 3.8, ["720p"] = 4.8, ["1080p"] = 7.2 }, ["true"] = { ["360p"] = 5.9, ["540p"] = 5.9, ["720p"] = 6.9, ["1080p"] = 8.8 } } },
    ["8"] = { ["false"] = { ["false"] = { ["360p"] = 6.2, ["540p"] = 6.2, ["720p"] = 8.3, ["1080p"] = 16.6 }, ["true"] = { ["360p"] = 8.3, ["540p"] = 8.3, ["720p"] = 10.4, ["1080p"] = 18.7 } }, ["true"] = { ["false"] = { ["360p"] = 6.9, ["540p"] = 6.9, ["720p"] = 9, ["1080p"] = 17.3 }, ["true"] = { ["360p"] = 9, ["540p"] = 9, ["720p"] = 11.1, ["1080p"] = 19.4 } } },
    ["10"] = { ["false"] = { ["false"] = { ["360p"] = 6.8, ["540p"] = 6.8, ["720p"] = 9.1 }, ["true"] = { ["360p"] = 8.9, ["540p"] = 8.9, ["720p"] = 11.2 } }, ["true"] = { ["false"] = { ["360p"] = 7.5, ["540p"] = 7.5, ["720p"] = 9.8 }, ["true"] = { ["360p"] = 9.6, ["540p"] = 9.6, ["720p"] = 11.9 } } },
  },
}

model "pixverse-v5.5/text-to-video" {
  zh = "PixVerse V5.5 文生视频",
  task = "text-to-video", output = "video",
  text   "prompt"                  { max = 2048 },
  text   "negativePrompt"          { max = 2048, optional },
  one_of "resolution"              { "360p", "540p", "720p", "1080p", default = "540p" },
  one_of "duration"                { "5", "8", "10", default = "5" },
  one_of "aspectRatio"             { "16:9", "4:3", "1:1", "3:4", "9:16", default = "1:1", optional },
  one_of "thinkingType"            { "auto", "enabled", "disabled", default = "auto", optional },
  one_of "generateAudioSwitch"     { "true", "false", default = "false" },
  one_of "generateMultiClipSwitch" { "true", "false", default = "false" },
  price = per.call {
    by = { "duration", "generateAudioSwitch", "generateMultiClipSwitch", "resolution" },
    ["5"] = { ["false"] = { ["false"] = { ["360p"] = 3.1, ["540p"] = 3.1, ["720p"] = 4.1, ["1080p"] = 6.6 }, ["true"] = { ["360p"] = 5.2, ["540p"] = 5.2, ["720p"] = 6.2, ["1080p"] = 8.3 } }, ["true"] = { ["false"] = { ["360p"] = 3.8, ["540p"] = 3.8, ["720p"] = 4.8, ["1080p"] = 7.2 }, ["true"] = { ["360p"] = 5.9, ["540p"] = 5.9, ["720p"] = 6.9, ["1080p"] = 8.8 } } },
    ["8"] = { ["false"] = { ["false"] = { ["360p"] = 6.2, ["540p"] = 6.2, ["720p"] = 8.3, ["1080p"] = 16.6 }, ["true"] = { ["360p"] = 8.3, ["540p"] = 8.3, ["720p"] = 10.4, ["1080p"] = 18.7 } }, ["true"] = { ["false"] = { ["360p"] = 6.9, ["540p"] = 6.9, ["720p"] = 9, ["1080p"] = 17.3 }, ["true"] = { ["360p"] = 9, ["540p"] = 9, ["720p"] = 11.1, ["1080p"] = 19.4 } } },
    ["10"] = { ["false"] = { ["false"] = { ["360p"] = 6.8, ["540p"] = 6.8, ["720p"] = 9.1 }, ["true"] = { ["360p"] = 8.9, ["540p"] = 8.9, ["720p"] = 11.2 } }, ["true"] = { ["false"] = { ["360p"] = 7.5, ["540p"] = 7.5, ["720p"] = 9.8 }, ["true"] = { ["360p"] = 9.6, ["540p"] = 9.6, ["720p"] = 11.9 } } },
  },
}

model "pixverse-v5.6/image-to-video" {
  zh = "PixVerse V5.6 图生视频", documented = true,
  task = "image-to-video", output = "video",
  text   "prompt"              { max = 2048 },
  image  "imageUrl"            { "jpg", "jpeg", "png", max = "10MB" },
  one_of "resolution"          { "360p", "540p", "720p", "1080p", default = "540p", optional },
  one_of "duration"            { "5", "8", "10", default = "5", optional },
  one_of "generateAudioSwitch" { "true", "false", default = "false" },
  one_of "thinkingType"        { "auto", "enabled", "disabled", default = "auto", optional },
  text   "negativePrompt"      { max = 2048, optional },
  price = per.call {
    by = { "duration", "generateAudioSwitch", "resolution" },
    ["5"] = { ["false"] = { ["360p"] = 2.3, ["540p"] = 2.3, ["720p"] = 2.95, ["1080p"] = 4.9 }, ["true"] = { ["360p"] = 5.18, ["540p"] = 5.18, ["720p"] = 5.18, ["1080p"] = 9.72 } },
    ["8"] = { ["false"] = { ["360p"] = 4.54, ["540p"] = 4.54, ["720p"] = 5.83, ["1080p"] = 9.72 }, ["true"] = { ["360p"] = 7.49, ["540p"] = 7.49, ["720p"] = 8.78, ["1080p"] = 12.67 } },
    ["10"] = { ["false"] = { ["360p"] = 4.97, ["540p"] = 4.97, ["720p"] = 6.41 }, ["true"] = { ["360p"] = 7.92, ["540p"] = 7.92, ["720p"] = 9.36 } },
  },
}

model "pixverse-v5.6/text-to-video" {
  zh = "PixVerse V5.6 文生视频", documented = true,
  task = "text-to-video", output = "video",
  text   "prompt"              { max = 2048 },
  one_of "resolution"          { "360p", "540p", "720p", "1080p", default = "540p", optional },
  one_of "duration"            { "5", "8", "10", default = "5", optional },
  one_of "aspectRatio"         { "16:9", "4:3", "1:1", "3:4", "9:16", default = "1:1", optional },
  one_of "generateAudioSwitch" { "true", "false", default = "false" },
  one_of "thinkingType"        { "auto", "enabled", "disabled", default = "auto", optional },
  text   "negativePrompt"      { max = 2048, optional },
  price = per.call {
    by = { "duration", "generateAudioSwitch", "resolution" },
    ["5"] = { ["false"] = { ["360p"] = 2.3, ["540p"] = 2.3, ["720p"] = 2.95, ["1080p"] = 4.9 }, ["true"] = { ["360p"] = 5.18, ["540p"] = 5.18, ["720p"] = 5.18, ["1080p"] = 9.72 } },
    ["8"] = { ["false"] = { ["360p"] = 4.54, ["540p"] = 4.54, ["720p"] = 5.83, ["1080p"] = 9.72 }, ["true"] = { ["360p"] = 7.49, ["540p"] = 7.49, ["720p"] = 8.78, ["1080p"] = 12.67 } },
    ["10"] = { ["false"] = { ["360p"] = 4.97, ["540p"] = 4.97, ["720p"] = 6.41 }, ["true"] = { ["360p"] = 7.92, ["540p"] = 7.92, ["720p"] = 9.36 } },
  },
}

model "pixverse-v6/effects" {
  zh = "PixVerse V6 特效",
  task = "image-to-video", output = "video",
  images "imageUrls"           { max = "10MB", items = 4 },
  text   "templateId"          { max = 32 },
  text   "prompt"              { max = 2048, optional },
  one_of "quality"             { "360p", "540p", "720p", "1080p", default = "720p" },
  whole  "duration"            { min = 1, max = 15, default = 5 },
  one_of "motionMode"          { "normal", "fast", default = "normal", optional },
  whole  "seed"                { min = 0, max = 2147483647, default = 0, optional },
  text   "negativePrompt"      { max = 2048, optional },
  flag   "generateAudioSwitch" { default = false, optional },
  one_of "thinkingType"        { "auto", "enabled", "disabled", default = "auto", optional },
}

model "pixverse-v6/extend" {
  zh = "PixVerse V6 视频续写", documented = true,
  task = "video-extend", output = "string",
  text   "prompt"              { max = 2048 },
  video  "videoUrl"            { "mp4", "mov", "webm", max = "100MB" },
  one_of "resolution"          { "360p", "540p", "720p", "1080p", default = "720p" },
  whole  "duration"            { min = 1, max = 15, default = 5 },
  flag   "generateAudioSwitch" { default = true },
  text   "negativePrompt"      { max = 2048, optional },
  one_of "style"               { "anime", "3d_animation", "clay", "comic", "cyberpunk", optional },
  whole  "seed"                { min = -1, max = 2147483647, optional },
  price = per.second {
    by = { "generateAudioSwitch", "resolution" },
    ["false"] = { ["360p"] = 0.158, ["540p"] = 0.221, ["720p"] = 0.284, ["1080p"] = 0.567 },
    ["true"] = { ["360p"] = 0.221, ["540p"] = 0.284, ["720p"] = 0.378, ["1080p"] = 0.725 },
  },
}

model "pixverse-v6/image-to-video" {
  zh = "PixVerse V6 图生视频", documented = true,
  task = "image-to-video", output = "video",
  image  "imageUrl"            { "jpg", "jpeg", "png", "webp", max = "10MB" },
  text   "prompt"              { max = 2048 },
  one_of "resolution"          { "360p", "540p", "720p", "1080p", default = "720p" },
  whole  "duration"            { min = 1, max = 15, default = 5 },
  flag   "generateAudioSwitch" { default = true },
  price = per.second {
    by = { "generateAudioSwitch", "resolution" },
    ["false"] = { ["360p"] = 0.158, ["540p"] = 0.221, ["720p"] = 0.284, ["1080p"] = 0.567 },
    ["true"] = { ["360p"] = 0.221, ["540p"] = 0.284, ["720p"] = 0.378, ["1080p"] = 0.725 },
  },
}

model "pixverse-v6/text-to-video" {
  zh = "PixVerse V6 文生视频", documented = true,
  task = "text-to-video", output = "video",
  text   "prompt"              { max = 2048 },
  one_of "resolution"          { "360p", "540p", "720p", "1080p", default = "720p" },
  whole  "duration"            { min = 1, max = 15, default = 5 },
  flag   "generateAudioSwitch" { default = true },
  one_of "aspectRatio"         {
    "16:9", "4:3", "1:1", "3:4", "9:16", "2:3", "3:2", "21:9", default = "16:9", optional,
  },
  price = per.second {
    by = { "generateAudioSwitch", "resolution" },
    ["false"] = { ["360p"] = 0.158, ["540p"] = 0.221, ["720p"] = 0.284, ["1080p"] = 0.567 },
    ["true"] = { ["360p"] = 0.221, ["540p"] = 0.284, ["720p"] = 0.378, ["1080p"] = 0.725 },
  },
}

model "pixverse-v6/transition" {
  zh = "PixVerse V6 转场", documented = true,
  task = "start-end-to-video", output = "video",
  text   "prompt"                  { max = 2048 },
  image  "firstImageUrl"           { "jpg", "jpeg", "png", "webp", max = "10MB" },
  image  "endImageUrl"             { "jpg", "jpeg", "png", "webp", max = "10MB" },
  one_of "resolution"              { "360p", "540p", "720p", "1080p", default = "720p" },
  whole  "duration"                { min = 1, max = 15, default = 5 },
  flag   "generateAudioSwitch"     { default = false },
  flag   "generateMultiClipSwitch" { default = false },
  one_of "aspectRatio"             {
    "16:9", "4:3", "1:1", "3:4", "9:16", "2:3", "3:2", "21:9", default = "1:1", optional,
  },
  one_of "style"                   { "anime", "3d_animation", "clay", "comic", "cyberpunk", optional },
  text   "negativePrompt"          { max = 2048, optional },
  whole  "seed"                    { min = -1, max = 2147483647, optional },
  flag   "thinkingType"            { default = false, optional },
  price = per.second {
    by = { "generateAudioSwitch", "resolution" },
    ["false"] = { ["360p"] = 0.158, ["540p"] = 0.221, ["720p"] = 0.284, ["1080p"] = 0.567 },
    ["true"] = { ["360p"] = 0.221, ["540p"] = 0.284, ["720p"] = 0.378, ["1080p"] = 0.725 },
  },
}

return models
