-- Seedance, by ByteDance (also sparkvideo): video from text, pictures, video and sound.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "seedance"

prices_in "CNY"
as_of "2026-04-29"

model "bytedance/seedance-2.0-global-fast/image-to-video" {
  zh = "seedance2.0-global-fast/图生视频", name = "seedance-2.0-global-fast/image-to-video",
  task = "image-to-video", output = "video",
  text    "prompt"          { max = 20480, optional },
  one_of  "resolution"      { "480p", "720p", "1080p", "2k", "4k", default = "720p" },
  one_of  "duration"        {
    "-1", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  image   "firstFrameUrl"   { "jpg", "jpeg", "png", "webp", max = "30MB" },
  image   "lastFrameUrl"    { "jpg", "jpeg", "png", "webp", max = "30MB", optional },
  flag    "generateAudio"   { default = true, optional },
  one_of  "ratio"           {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  flag    "realPersonMode"  { default = true, optional },
  some_of "conversionSlots" { "all", "firstFrameUrl", "lastFrameUrl", default = "all", optional },
  flag    "returnLastFrame" { default = false, optional },
  whole   "seed"            { min = -1, max = 2147483647, default = -1, optional },
  price = per.second {
    by = "resolution", ["2k"] = 1.42, ["4k"] = 1.63, ["480p"] = 0.5, ["720p"] = 1, ["1080p"] = 1.28,
  },
}

model "bytedance/seedance-2.0-global-fast/multimodal-video" {
  zh = "seedance2.0-global-fast/多模态视频", name = "seedance-2.0-global-fast/multimodal-video",
  task = "reference-to-video", output = "video",
  text    "prompt"          { max = 20480 },
  one_of  "resolution"      { "480p", "720p", "1080p", "2k", "4k", default = "720p" },
  one_of  "duration"        {
    "-1", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  images  "imageUrls"       { "jpg", "jpeg", "png", "webp", max = "30MB", items = 9, optional },
  videos  "videoUrls"       { "mp4", max = "50MB", items = 3, optional },
  audios  "audioUrls"       { "mp3", "wav", max = "50MB", items = 3, optional },
  flag    "generateAudio"   { default = true, optional },
  one_of  "ratio"           {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  flag    "realPersonMode"  { default = true, optional },
  some_of "conversionSlots" {
    "all", "image1", "image2", "image3", "image4", "image5", "image6", "image7", "image8", "image9",
    "video1", "video2", "video3", default = "all", optional,
  },
  flag    "returnLastFrame" { default = false, optional },
  whole   "seed"            { min = -1, max = 2147483647, default = -1, optional },
  needs { "audioUrls", any = { "imageUrls", "videoUrls" } },
  price = per.second {
    by = "resolution", ["2k"] = 1.42, ["4k"] = 1.63, ["480p"] = 0.5, ["720p"] = 1, ["1080p"] = 1.28,
  },
}

model "bytedance/seedance-2.0-global-fast/text-to-video" {
  zh = "seedance2.0-global-fast/文生视频", name = "seedance-2.0-global-fast/text-to-video",
  task = "text-to-video", output = "video",
  text   "prompt"          { max = 20480 },
  one_of "resolution"      { "480p", "720p", "1080p", "2k", "4k", default = "720p" },
  one_of "duration"        {
    "-1", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  flag   "generateAudio"   { default = true, optional },
  one_of "ratio"           {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  flag   "returnLastFrame" { default = false, optional },
  whole  "seed"            { min = -1, max = 2147483647, default = -1, optional },
  price = per.second {
    by = "resolution", ["2k"] = 1.42, ["4k"] = 1.63, ["480p"] = 0.5, ["720p"] = 1, ["1080p"] = 1.28,
  },
}

model "bytedance/seedance-2.0-global-mini/image-to-video" {
  zh = "seedance2.0-global-Mini/图生视频", name = "seedance-2.0-global-mini/image-to-video",
  task = "image-to-video", output = "video",
  text    "prompt"          { max = 20480, optional },
  one_of  "resolution"      { "480p", "720p", "1080p", "2k", "4k", default = "720p" },
  one_of  "duration"        {
    "-1", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  image   "firstFrameUrl"   { max = "30MB" },
  image   "lastFrameUrl"    { max = "30MB", optional },
  flag    "generateAudio"   { default = true, optional },
  one_of  "ratio"           {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  flag    "realPersonMode"  { default = true, optional },
  some_of "conversionSlots" { "all", "firstFrameUrl", "lastFrameUrl", default = "all", optional },
  flag    "returnLastFrame" { default = false, optional },
  whole   "seed"            { min = -1, max = 2147483647, default = -1, optional },
}

model "bytedance/seedance-2.0-global-mini/multimodal-video" {
  zh = "seedance2.0-global-Mini/多模态视频", name = "seedance-2.0-global-mini/multimodal-video",
  task = "reference-to-video", output = "video",
  text    "prompt"          { max = 20480 },
  one_of  "resolution"      { "480p", "720p", "1080p", "2k", "4k", default = "720p" },
  one_of  "duration"        {
    "-1", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  images  "imageUrls"       { max = "30MB", items = 9, optional },
  videos  "videoUrls"       { max = "50MB", items = 3, optional },
  audios  "audioUrls"       { max = "50MB", items = 3, optional },
  flag    "generateAudio"   { default = true, optional },
  one_of  "ratio"           {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  flag    "realPersonMode"  { default = true, optional },
  some_of "conversionSlots" {
    "all", "image1", "image2", "image3", "image4", "image5", "image6", "image7", "image8", "image9",
    "video1", "video2", "video3", default = "all", optional,
  },
  flag    "returnLastFrame" { default = false, optional },
  whole   "seed"            { min = -1, max = 2147483647, default = -1, optional },
  needs { "audioUrls", any = { "imageUrls", "videoUrls" } },
}

model "bytedance/seedance-2.0-global-mini/text-to-video" {
  zh = "seedance2.0-global-Mini/文生视频", name = "seedance-2.0-global-mini/text-to-video",
  task = "text-to-video", output = "video",
  text   "prompt"          { max = 20480 },
  one_of "resolution"      { "480p", "720p", "1080p", "2k", "4k", default = "720p" },
  one_of "duration"        {
    "-1", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  flag   "generateAudio"   { default = true, optional },
  one_of "ratio"           {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  flag   "returnLastFrame" { default = false, optional },
  whole  "seed"            { min = -1, max = 2147483647, default = -1, optional },
}

model "bytedance/seedance-2.0-global/image-to-video" {
  zh = "seedance2.0-global/图生视频", name = "seedance-2.0-global/image-to-video",
  task = "image-to-video", output = "video",
  text    "prompt"          { max = 20480, optional },
  one_of  "resolution"      {
    "480p", "720p", "native1080p", "native4k", "1080p", "2k", "4k", default = "720p",
  },
  one_of  "duration"        {
    "-1", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  image   "firstFrameUrl"   { "jpg", "jpeg", "png", "webp", max = "30MB" },
  image   "lastFrameUrl"    { "jpg", "jpeg", "png", "webp", max = "30MB", optional },
  flag    "generateAudio"   { default = true, optional },
  one_of  "ratio"           {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  flag    "realPersonMode"  { default = true, optional },
  some_of "conversionSlots" { "all", "firstFrameUrl", "lastFrameUrl", default = "all", optional },
  flag    "returnLastFrame" { default = false, optional },
  whole   "seed"            { min = -1, max = 4294967295, default = -1, optional },
  price = per.second {
    by = "resolution", ["2k"] = 1.62, ["4k"] = 1.83, ["480p"] = 0.6, ["720p"] = 1.2, ["1080p"] = 1.48,
    native1080p = 3,
  },
}

model "bytedance/seedance-2.0-global/multimodal-video" {
  zh = "seedance2.0-global/多模态视频", name = "seedance-2.0-global/multimodal-video",
  task = "reference-to-video", output = "video",
  text    "prompt"          { max = 20480 },
  one_of  "resolution"      {
    "480p", "720p", "native1080p", "native4k", "1080p", "2k", "4k", default = "720p",
  },
  one_of  "duration"        {
    "-1", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  images  "imageUrls"       { "jpg", "jpeg", "png", "webp", max = "30MB", items = 9, optional },
  videos  "videoUrls"       { "mp4", max = "50MB", items = 3, optional },
  audios  "audioUrls"       { "mp3", "wav", max = "50MB", items = 3, optional },
  flag    "generateAudio"   { default = true, optional },
  one_of  "ratio"           {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  flag    "realPersonMode"  { default = true, optional },
  some_of "conversionSlots" {
    "all", "image1", "image2", "image3", "image4", "image5", "image6", "image7", "image8", "image9",
    "video1", "video2", "video3", default = "all", optional,
  },
  flag    "returnLastFrame" { default = false, optional },
  whole   "seed"            { min = -1, max = 2147483647, default = -1, optional },
  needs { "audioUrls", any = { "imageUrls", "videoUrls" } },
  price = per.second {
    by = "resolution", ["2k"] = 1.62, ["4k"] = 1.83, ["480p"] = 0.6, ["720p"] = 1.2, ["1080p"] = 1.48,
    native1080p = 3,
  },
}

model "bytedance/seedance-2.0-global/text-to-video" {
  zh = "seedance2.0-global/文生视频", name = "seedance-2.0-global/text-to-video",
  task = "text-to-video", output = "video",
  text   "prompt"          { max = 20480 },
  one_of "resolution"      {
    "480p", "720p", "native1080p", "native4k", "1080p", "2k", "4k", default = "720p",
  },
  one_of "duration"        {
    "-1", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  flag   "generateAudio"   { default = true, optional },
  one_of "ratio"           {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  flag   "returnLastFrame" { default = false, optional },
  whole  "seed"            { min = -1, max = 2147483647, default = -1, optional },
  price = per.second {
    by = "resolution", ["2k"] = 1.62, ["4k"] = 1.83, ["480p"] = 0.6, ["720p"] = 1.2, ["1080p"] = 1.48,
    native1080p = 3,
  },
}

model "doubao-seedance-2.0-fast/image-to-video" {
  zh = "超能视频SD2.0 Fast 图生视频", name = "official-sd2.0-fast/image-to-video", status = "removed",
  last_seen = "2026-03-25",
  task = "image-to-video", output = "video",
  text   "prompt"        { max = 2048, optional },
  image  "firstFrameUrl" { "jpg", "jpeg", "png", "webp", max = "30MB" },
  image  "lastFrameUrl"  { "jpg", "jpeg", "png", "webp", max = "30MB", optional },
  flag   "generateAudio" { default = false, optional },
  one_of "resolution"    { "480p", "720p", default = "720p", optional },
  one_of "ratio"         {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  one_of "duration"      {
    "-1", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5", optional,
  },
}

model "doubao-seedance-2.0-fast/multimodal-video" {
  zh = "超能视频SD2.0 Fast 多模态视频", name = "official-sd2.0-fast/multimodal-video",
  status = "removed", last_seen = "2026-03-25",
  task = "reference-to-video", output = "video",
  text   "prompt"        { max = 2048 },
  images "imageUrls"     { "jpg", "jpeg", "png", "webp", max = "30MB", items = 9, optional },
  videos "videoUrls"     { "mp4", max = "50MB", items = 3, optional },
  audios "audioUrls"     { "mp3", "wav", max = "15MB", items = 3, optional },
  flag   "generateAudio" { default = false, optional },
  one_of "resolution"    { "480p", "720p", default = "720p", optional },
  one_of "ratio"         {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  one_of "duration"      {
    "-1", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5", optional,
  },
  needs { "audioUrls", any = { "imageUrls", "videoUrls" } },
}

model "doubao-seedance-2.0-fast/text-to-video" {
  zh = "超能视频SD2.0 Fast 文生视频", name = "official-sd2.0-fast/text-to-video", status = "removed",
  last_seen = "2026-03-25",
  task = "text-to-video", output = "video",
  text   "prompt"        { max = 2048 },
  flag   "generateAudio" { default = false, optional },
  one_of "resolution"    { "480p", "720p", default = "720p", optional },
  one_of "ratio"         {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  one_of "duration"      {
    "-1", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5", optional,
  },
  flag   "webSearch"     { default = false, optional },
}

model "doubao-seedance-2.0/image-to-video" {
  zh = "超能视频SD2.0 图生视频", name = "official-sd2.0/image-to-video", status = "removed",
  last_seen = "2026-03-25",
  task = "image-to-video", output = "video",
  text   "prompt"        { max = 2048, optional },
  image  "firstFrameUrl" { "jpg", "jpeg", "png", "webp", max = "30MB" },
  image  "lastFrameUrl"  { "jpg", "jpeg", "png", "webp", max = "30MB", optional },
  flag   "generateAudio" { default = false, optional },
  one_of "resolution"    { "480p", "720p", default = "720p", optional },
  one_of "ratio"         {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  one_of "duration"      {
    "-1", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5", optional,
  },
}

model "doubao-seedance-2.0/multimodal-video" {
  zh = "超能视频SD2.0 多模态视频", name = "official-sd2.0/multimodal-video", status = "removed",
  last_seen = "2026-03-25",
  task = "reference-to-video", output = "video",
  text   "prompt"        { max = 2048 },
  images "imageUrls"     { "jpg", "jpeg", "png", "webp", max = "30MB", items = 9, optional },
  videos "videoUrls"     { "mp4", max = "50MB", items = 3, optional },
  audios "audioUrls"     { "mp3", "wav", max = "50MB", items = 3, optional },
  flag   "generateAudio" { default = false, optional },
  one_of "resolution"    { "480p", "720p", default = "720p", optional },
  one_of "ratio"         {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  one_of "duration"      {
    "-1", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5", optional,
  },
  needs { "audioUrls", any = { "imageUrls", "videoUrls" } },
}

model "doubao-seedance-2.0/text-to-video" {
  zh = "超能视频SD2.0 文生视频", name = "official-sd2.0/text-to-video", status = "removed",
  last_seen = "2026-03-25",
  task = "text-to-video", output = "video",
  text   "prompt"        { max = 2048 },
  flag   "generateAudio" { default = false, optional },
  one_of "resolution"    { "480p", "720p", default = "720p", optional },
  one_of "ratio"         {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  one_of "duration"      {
    "-1", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  flag   "webSearch"     { default = false, optional },
}

model "rhart-video/sparkvideo-2.0-fast/image-to-video" {
  zh = "Seedance2.0-Fast/图生视频", documented = "seedance-2.0-fast/image-to-video",
  name = "Seedance2.0 Fast Image to Video",
  task = "image-to-video", output = "video",
  text    "prompt"          { max = 20480, optional },
  one_of  "resolution"      { "480p", "720p", "native1080p", "1080p", "2k", "4k", default = "720p" },
  one_of  "duration"        {
    "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  image   "firstFrameUrl"   { "jpg", "jpeg", "png", "webp", max = "30MB" },
  image   "lastFrameUrl"    { "jpg", "jpeg", "png", "webp", max = "30MB", optional },
  flag    "generateAudio"   { default = true, optional },
  one_of  "ratio"           {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  flag    "returnLastFrame" { default = false, optional },
  flag    "realPersonMode"  { default = true, optional },
  some_of "conversionSlots" { "all", "firstFrameUrl", "lastFrameUrl", default = "all", optional },
  whole   "seed"            { min = -1, max = 2147483647, default = -1, optional },
  price = per.second {
    by = "resolution", ["2k"] = 1.42, ["4k"] = 1.63, ["480p"] = 0.5, ["720p"] = 1, ["1080p"] = 1.28,
  },
}

model "rhart-video/sparkvideo-2.0-fast/multimodal-video" {
  zh = "Seedance2.0-Fast/全能参考视频", documented = "seedance-2.0-fast/multimodal-video",
  name = "Seedance2.0 Fast Multimodal Video",
  task = "reference-to-video", output = "video",
  text    "prompt"          { max = 20480 },
  one_of  "resolution"      { "480p", "720p", "native1080p", "1080p", "2k", "4k", default = "720p" },
  one_of  "duration"        {
    "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  images  "imageUrls"       { "jpg", "jpeg", "png", "webp", max = "30MB", items = 9, optional },
  videos  "videoUrls"       { "mp4", max = "50MB", items = 3, optional },
  audios  "audioUrls"       { "mp3", "wav", max = "15MB", items = 3, optional },
  flag    "generateAudio"   { default = true, optional },
  one_of  "ratio"           {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  flag    "returnLastFrame" { default = false, optional },
  flag    "realPersonMode"  { default = true, optional },
  some_of "conversionSlots" {
    "all", "image1", "image2", "image3", "image4", "image5", "image6", "image7", "image8", "image9",
    "video1", "video2", "video3", default = "all", optional,
  },
  whole   "seed"            { min = -1, max = 2147483647, default = -1, optional },
  needs { "audioUrls", any = { "imageUrls", "videoUrls" } },
  price = per.second {
    by = "resolution", at_least = true, ["2k"] = 1.42, ["4k"] = 1.63, ["480p"] = 0.5, ["720p"] = 1,
    ["1080p"] = 1.28,
  },
}

model "rhart-video/sparkvideo-2.0-fast/text-to-video" {
  zh = "Seedance2.0-Fast/文生视频", documented = "seedance-2.0-fast/text-to-video",
  name = "Seedance2.0 Fast Text to Video",
  task = "text-to-video", output = "video",
  text   "prompt"          { max = 20480 },
  one_of "resolution"      { "480p", "720p", "native1080p", "1080p", "2k", "4k", default = "720p" },
  one_of "duration"        {
    "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  flag   "generateAudio"   { default = true, optional },
  one_of "ratio"           {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  flag   "webSearch"       { default = false, optional },
  flag   "returnLastFrame" { default = false, optional },
  whole  "seed"            { min = -1, max = 2147483647, default = -1, optional },
  price = per.second {
    by = "resolution", ["2k"] = 1.42, ["4k"] = 1.63, ["480p"] = 0.5, ["720p"] = 1, ["1080p"] = 1.28,
  },
}

model "rhart-video/sparkvideo-2.0-mini/image-to-video" {
  zh = "seedance2.0-Mini/图生视频", name = "seedance-2.0-mini/image-to-video",
  task = "image-to-video", output = "video",
  text    "prompt"          { max = 20480, optional },
  one_of  "resolution"      { "480p", "720p", "1080p", "2k", "4k", default = "720p" },
  one_of  "duration"        {
    "-1", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  image   "firstFrameUrl"   { max = "30MB" },
  image   "lastFrameUrl"    { max = "30MB", optional },
  flag    "generateAudio"   { default = true, optional },
  one_of  "ratio"           {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  flag    "realPersonMode"  { default = true, optional },
  some_of "conversionSlots" { "all", "firstFrameUrl", "lastFrameUrl", default = "all", optional },
  flag    "returnLastFrame" { default = false, optional },
  whole   "seed"            { min = -1, max = 2147483647, default = -1, optional },
}

model "rhart-video/sparkvideo-2.0-mini/multimodal-video" {
  zh = "seedance2.0-Mini/多模态视频", name = "seedance-2.0-mini/multimodal-video",
  task = "reference-to-video", output = "video",
  text    "prompt"          { max = 20480 },
  one_of  "resolution"      { "480p", "720p", "1080p", "2k", "4k", default = "720p" },
  one_of  "duration"        {
    "-1", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  images  "imageUrls"       { max = "30MB", items = 9, optional },
  videos  "videoUrls"       { max = "50MB", items = 3, optional },
  audios  "audioUrls"       { max = "50MB", items = 3, optional },
  flag    "generateAudio"   { default = true, optional },
  one_of  "ratio"           {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  flag    "realPersonMode"  { default = true, optional },
  some_of "conversionSlots" {
    "all", "image1", "image2", "image3", "image4", "image5", "image6", "image7", "image8", "image9",
    "video1", "video2", "video3", default = "all", optional,
  },
  flag    "returnLastFrame" { default = false, optional },
  whole   "seed"            { min = -1, max = 2147483647, default = -1, optional },
  needs { "audioUrls", any = { "imageUrls", "videoUrls" } },
}

model "rhart-video/sparkvideo-2.0-mini/text-to-video" {
  zh = "seedance2.0-Mini/文生视频", name = "seedance-2.0-mini/text-to-video",
  task = "text-to-video", output = "video",
  text   "prompt"          { max = 20480 },
  one_of "resolution"      { "480p", "720p", "1080p", "2k", "4k", default = "720p" },
  one_of "duration"        {
    "-1", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  flag   "generateAudio"   { default = true, optional },
  one_of "ratio"           {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  flag   "webSearch"       { default = false, optional },
  flag   "returnLastFrame" { default = false, optional },
  whole  "seed"            { min = -1, max = 2147483647, default = -1, optional },
}

model "rhart-video/sparkvideo-2.0/image-to-video" {
  zh = "Seedance2.0/图生视频", documented = "seedance-2.0/image-to-video",
  name = "Seedance2.0 Image to Video",
  task = "image-to-video", output = "video",
  text    "prompt"          { max = 20480, optional },
  one_of  "resolution"      {
    "480p", "720p", "native1080p", "native4k", "1080p", "2k", "4k", default = "720p",
  },
  one_of  "duration"        {
    "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  image   "firstFrameUrl"   { "jpg", "jpeg", "png", "webp", max = "30MB" },
  image   "lastFrameUrl"    { "jpg", "jpeg", "png", "webp", max = "30MB", optional },
  flag    "generateAudio"   { default = true, optional },
  one_of  "ratio"           {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  flag    "returnLastFrame" { default = false, optional },
  flag    "realPersonMode"  { default = true, optional },
  some_of "conversionSlots" { "all", "firstFrameUrl", "lastFrameUrl", default = "all", optional },
  whole   "seed"            { min = -1, max = 2147483647, default = -1, optional },
  price = per.second {
    by = "resolution", ["2k"] = 1.62, ["4k"] = 1.83, ["480p"] = 0.6, ["720p"] = 1.2, ["1080p"] = 1.48,
    native1080p = 3,
  },
}

model "rhart-video/sparkvideo-2.0/multimodal-video" {
  zh = "Seedance2.0/全能参考视频", documented = "seedance-2.0/multimodal-video",
  name = "Seedance2.0 Multimodal Video",
  task = "reference-to-video", output = "video",
  text    "prompt"          { max = 20480 },
  one_of  "resolution"      {
    "480p", "720p", "native1080p", "native4k", "1080p", "2k", "4k", default = "720p",
  },
  one_of  "duration"        {
    "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  images  "imageUrls"       { "jpg", "jpeg", "png", "webp", max = "30MB", items = 9, optional },
  videos  "videoUrls"       { "mp4", max = "50MB", items = 3, optional },
  audios  "audioUrls"       { "mp3", "wav", max = "50MB", items = 3, optional },
  flag    "generateAudio"   { default = true, optional },
  one_of  "ratio"           {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  flag    "returnLastFrame" { default = false, optional },
  flag    "realPersonMode"  { default = true, optional },
  some_of "conversionSlots" {
    "all", "image1", "image2", "image3", "image4", "image5", "image6", "image7", "image8", "image9",
    "video1", "video2", "video3", default = "all", optional,
  },
  whole   "seed"            { min = -1, max = 2147483647, default = -1, optional },
  needs { "audioUrls", any = { "imageUrls", "videoUrls" } },
  price = per.second {
    by = "resolution", at_least = true, ["2k"] = 1.62, ["4k"] = 1.83, ["480p"] = 0.6, ["720p"] = 1.2,
    ["1080p"] = 1.48, native1080p = 3,
  },
}

model "rhart-video/sparkvideo-2.0/multimodal-video-star" {
  zh = "周星驰版权IP视频生成 (Seedance 2.0)", name = "Stephen Chow IP Video Gen(Seedance 2.0)",
  task = "reference-to-video", output = "video",
  one_of "resolution" { "480p", "720p", "1080p", "native1080p", "2k", "4k", default = "720p" },
  one_of "duration"   {
    "-1", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  one_of "ratio"      {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  one_of "templateId" {
    "ca4e2a5b6ba3429aa32f1b6ce8095e49", "3939807298934776bcaab866e5411234",
    "ffe89289a144441c8151b119d7a69912", "806e1cb898e343bd817cf601d73bdb05",
    "98dc545610564969ac7ff547f40c98d2", "0aa9c61ef52a42b58e554bcac588b80c",
    default = "ca4e2a5b6ba3429aa32f1b6ce8095e49",
  },
  image  "imageUrl"   { "jpg", "png", "jpeg", "webp", max = "10MB", optional },
}

model "rhart-video/sparkvideo-2.0/multimodal-video-star-fast" {
  zh = "周星驰版权IP视频生成-极速版 (Seedance 2.0 Fast)",
  name = "Stephen Chow IP Video Gen-Fast (Seedance 2.0 Fast)",
  task = "reference-to-video", output = "video",
  one_of "resolution" { "480p", "720p", "1080p", "2k", "4k", default = "720p" },
  one_of "duration"   {
    "-1", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  one_of "ratio"      {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  one_of "templateId" {
    "ca4e2a5b6ba3429aa32f1b6ce8095e49", "3939807298934776bcaab866e5411234",
    "ffe89289a144441c8151b119d7a69912", "806e1cb898e343bd817cf601d73bdb05",
    "98dc545610564969ac7ff547f40c98d2", "0aa9c61ef52a42b58e554bcac588b80c",
    default = "ca4e2a5b6ba3429aa32f1b6ce8095e49",
  },
  image  "imageUrl"   { "jpg", "png", "jpeg", "webp", max = "10MB", optional },
}

model "rhart-video/sparkvideo-2.0/text-to-video" {
  zh = "Seedance2.0/文生视频", documented = "seedance-2.0/text-to-video",
  name = "Seedance2.0 Text to Video",
  task = "text-to-video", output = "video",
  text   "prompt"          { max = 20480 },
  one_of "resolution"      {
    "480p", "720p", "native1080p", "native4k", "1080p", "2k", "4k", default = "720p",
  },
  one_of "duration"        {
    "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  flag   "generateAudio"   { default = true, optional },
  one_of "ratio"           {
    "adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", default = "adaptive", optional,
  },
  flag   "webSearch"       { default = false, optional },
  flag   "returnLastFrame" { default = false, optional },
  whole  "seed"            { min = -1, max = 2147483647, default = -1, optional },
  price = per.second {
    by = "resolution", ["2k"] = 1.62, ["4k"] = 1.83, ["480p"] = 0.6, ["720p"] = 1.2, ["1080p"] = 1.48,
    native1080p = 3,
  },
}

model "seedance-v1-lite/reference-to-video" {
  zh = "seedance-v1-lite-reference-to-video", documented = "seedance-v1-lite-reference-to-video",
  task = "reference-to-video", output = "video",
  text   "prompt"      { max = 5000 },
  images "imageUrls"   { "jpg", "png", max = "10MB", items = 4 },
  one_of "duration"    { "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", default = "5" },
  one_of "cameraFixed" { "false", "true", default = "false" },
  one_of "resolution"  { "720p", "480p", default = "720p" },
  one_of "aspectRatio" { "16:9", "9:16", "4:3", "3:4", "21:9", "1:1", default = "16:9" },
  price = per.second { by = "resolution", ["480p"] = 0.07, ["720p"] = 0.15 },
}

model "seedance-v1.5-pro/image-to-video" {
  zh = "seedance-v1.5-pro-image-to-video", documented = "seedance-v1.5-pro-image-to-video",
  task = "image-to-video", output = "video",
  text   "prompt"        { max = 5000 },
  image  "firstImageUrl" { "jpg", "png", max = "10MB" },
  image  "lastImageUrl"  { "jpg", "png", max = "10MB", optional },
  one_of "aspectRatio"   { "16:9", "9:16", "1:1", "4:3", "3:4", "21:9", "adaptive", default = "adaptive" },
  one_of "duration"      { "4", "5", "6", "7", "8", "9", "10", "11", "12", default = "5" },
  one_of "resolution"    { "480p", "720p", "1080p", default = "720p" },
  one_of "generateAudio" { "true", "false", default = "true" },
  one_of "cameraFixed"   { "false", "true", default = "false" },
  price = per.second {
    by = { "generateAudio", "resolution" },
    ["false"] = { ["480p"] = 0.07, ["720p"] = 0.16, ["1080p"] = 0.35 },
    ["true"] = { ["480p"] = 0.14, ["720p"] = 0.32, ["1080p"] = 0.7 },
  },
}

model "seedance-v1.5-pro/image-to-video-fast" {
  zh = "seedance-v1.5-pro-image-to-video-fast", documented = "seedance-v1.5-pro-image-to-video-fast",
  task = "image-to-video", output = "video",
  text   "prompt"        { max = 5000 },
  image  "firstImageUrl" { "jpg", "png", max = "10MB" },
  image  "lastImageUrl"  { "jpg", "png", max = "10MB", optional },
  one_of "aspectRatio"   { "16:9", "9:16", "1:1", "4:3", "3:4", "21:9", "adaptive", default = "adaptive" },
  one_of "duration"      { "4", "5", "6", "7", "8", "9", "10", "11", "12", default = "5" },
  one_of "resolution"    { "720p", "1080p", default = "720p" },
  one_of "generateAudio" { "true", "false", default = "true" },
  one_of "cameraFixed"   { "false", "true", default = "false" },
  price = per.second {
    by = { "generateAudio", "resolution" }, ["false"] = { ["720p"] = 0.16, ["1080p"] = 0.35 },
    ["true"] = { ["720p"] = 0.32, ["1080p"] = 0.7 },
  },
}

model "seedance-v1.5-pro/text-to-video" {
  zh = "seedance-v1.5-pro-text-to-video", documented = "seedance-v1.5-pro-text-to-video",
  task = "text-to-video", output = "video",
  text   "prompt"        { max = 5000 },
  one_of "aspectRatio"   { "16:9", "9:16", "4:3", "3:4", "1:1", "21:9", default = "3:4" },
  one_of "duration"      { "4", "5", "6", "7", "8", "9", "10", "11", "12", default = "5" },
  one_of "resolution"    { "480p", "720p", "1080p", default = "720p" },
  one_of "generateAudio" { "true", "false", default = "true" },
  one_of "cameraFixed"   { "false", "true", default = "false" },
  price = per.second {
    by = { "generateAudio", "resolution" },
    ["false"] = { ["480p"] = 0.07, ["720p"] = 0.16, ["1080p"] = 0.35 },
    ["true"] = { ["480p"] = 0.14, ["720p"] = 0.32, ["1080p"] = 0.7 },
  },
}

model "seedance-v1.5-pro/text-to-video-fast" {
  zh = "seedance-v1.5-pro-text-to-video-fast", documented = "seedance-v1.5-pro-text-to-video-fast",
  task = "text-to-video", output = "video",
  text   "prompt"        { max = 5000 },
  one_of "aspectRatio"   { "16:9", "9:16", "4:3", "3:4", "1:1", "21:9", default = "16:9" },
  one_of "duration"      { "4", "5", "6", "7", "8", "9", "10", "11", "12", default = "5" },
  one_of "resolution"    { "720p", "1080p", default = "720p" },
  one_of "generateAudio" { "true", "false", default = "true" },
  one_of "cameraFixed"   { "false", "true", default = "false" },
  price = per.second {
    by = { "generateAudio", "resolution" }, ["false"] = { ["720p"] = 0.16, ["1080p"] = 0.35 },
    ["true"] = { ["720p"] = 0.32, ["1080p"] = 0.7 },
  },
}

return models
