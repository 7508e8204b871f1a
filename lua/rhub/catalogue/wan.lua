-- Wan, by Alibaba: video and pictures from text, pictures and video.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "wan"

prices_in "CNY"
as_of "2026-04-29"

model "alibaba/wan-2.5-preview/image-to-image" {
  zh = "万相2.5 Preview 图生图", name = "wan-2.5-preview/image-to-image",
  task = "image-to-image", output = "image",
  text   "prompt"         { max = 2000 },
  images "imageUrls"      { "jpg", "jpeg", "png", "bmp", "webp", max = "10MB", items = 3 },
  text   "negativePrompt" { max = 500, optional },
  one_of "size"           {
    "1280*1280", "1024*1024", "800*1200", "1200*800", "960*1280", "1280*960", "720*1280", "1280*720",
    "1344*576", default = "1280*1280", optional,
  },
  whole  "n"              { min = 1, max = 4, default = 1 },
  flag   "promptExtend"   { default = true, optional },
  whole  "seed"           { min = -1, max = 2147483647, optional },
  price = per.image { fixed = 0.13, times = "n" },
}

model "alibaba/wan-2.5-preview/image-to-video" {
  zh = "万相2.5 Preview 图生视频", name = "wan-2.5-preview/image-to-video",
  task = "image-to-video", output = "video",
  text   "prompt"         { max = 1500, optional },
  image  "imageUrl"       { "jpg", "jpeg", "png", "bmp", "webp", max = "10MB" },
  audio  "audioUrl"       { "mp3", "wav", max = "15MB", optional },
  text   "negativePrompt" { max = 500, optional },
  one_of "duration"       { "5", "10", default = "5" },
  one_of "resolution"     { "480p", "720p", "1080p", default = "1080p" },
  flag   "promptExtend"   { default = true, optional },
  whole  "seed"           { min = 0, max = 2147483647, optional },
  price = per.second { by = "resolution", ["480p"] = 0.196, ["720p"] = 0.391, ["1080p"] = 0.652 },
}

model "alibaba/wan-2.5-preview/text-to-image" {
  zh = "万相2.5 Preview 文生图", name = "wan-2.5-preview/text-to-image",
  task = "text-to-image", output = "image",
  text   "prompt"         { max = 2000 },
  text   "negativePrompt" { max = 500, optional },
  one_of "size"           {
    "1280*1280", "1104*1472", "1472*1104", "960*1696", "1696*960", default = "1280*1280",
  },
  whole  "n"              { min = 1, max = 4, default = 1, optional },
  flag   "promptExtend"   { default = true, optional },
  whole  "seed"           { min = 0, max = 2147483647, optional },
  price = per.image { fixed = 0.13, times = "n" },
}

model "alibaba/wan-2.5-preview/text-to-video" {
  zh = "万相2.5 Preview 文生视频", name = "wan-2.5-preview/text-to-video",
  task = "text-to-video", output = "video",
  text   "prompt"         { max = 1500 },
  text   "negativePrompt" { max = 500, optional },
  audio  "audioUrl"       { "mp3", "wav", max = "15MB", optional },
  one_of "duration"       { "5", "10", default = "5" },
  one_of "size"           {
    "832*480", "480*832", "624*624", "1280*720", "720*1280", "960*960", "1088*832", "832*1088",
    "1920*1080", "1080*1920", "1440*1440", "1632*1248", "1248*1632", default = "1920*1080",
  },
  flag   "promptExtend"   { default = true, optional },
  whole  "seed"           { min = 0, max = 2147483647, optional },
  price = per.second {
    by = "size", ["480*832"] = 0.196, ["624*624"] = 0.196, ["720*1280"] = 0.391, ["832*480"] = 0.196,
    ["832*1088"] = 0.391, ["960*960"] = 0.391, ["1080*1920"] = 0.652, ["1088*832"] = 0.391,
    ["1248*1632"] = 0.652, ["1280*720"] = 0.391, ["1440*1440"] = 0.652, ["1632*1248"] = 0.652,
    ["1920*1080"] = 0.652,
  },
}

model "alibaba/wan-2.6/image-to-video" {
  zh = "万相2.6-图生视频", documented = true,
  task = "image-to-video", output = "video",
  image  "imageUrl"       { "jpg", "png", max = "50MB" },
  text   "prompt"         { optional },
  text   "negativePrompt" { optional },
  one_of "resolution"     { "720p", "1080p", default = "1080p" },
  one_of "duration"       { "5", "10", "15", default = "5" },
  one_of "shotType"       { "single", "multi", default = "single" },
  price = per.call {
    by = { "duration", "resolution" }, ["5"] = { ["720p"] = 2.25, ["1080p"] = 3.75 },
    ["10"] = { ["720p"] = 4.5, ["1080p"] = 7.5 }, ["15"] = { ["720p"] = 6.75, ["1080p"] = 11.25 },
  },
}

model "alibaba/wan-2.6/image-to-video-flash" {
  zh = "万相2.6-图生视频Flash", documented = "wan-2.6-image-to-video-flash",
  task = "image-to-video", output = "video",
  text   "prompt",
  text   "negativePrompt"        { optional },
  image  "imageUrl"              { "jpg", "png", max = "50MB" },
  audio  "audioUrl"              { "mp3", "wav", max = "10MB", optional },
  one_of "resolution"            { "720p", "1080p", default = "1080p" },
  one_of "duration"              {
    "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  one_of "shotType"              { "single", "multi", default = "single" },
  flag   "enablePromptExpansion" { default = false },
  flag   "enableAudio"           { default = true },
  price = per.second {
    by = { "enableAudio", "resolution" }, ["false"] = { ["720p"] = 0.11, ["1080p"] = 0.19 },
    ["true"] = { ["720p"] = 0.23, ["1080p"] = 0.38 },
  },
}

model "alibaba/wan-2.6/reference-to-video" {
  zh = "万相2.6-参考生视频", documented = "wan-2.6-reference-to-video",
  task = "reference-to-video", output = "video",
  text   "prompt",
  text   "negativePrompt" { optional },
  videos "videoUrls"      { "mp4", "mov", max = "100MB", items = 3, optional },
  images "imageUrls"      { "jpg", "png", max = "10MB", items = 5, optional },
  one_of "size"           {
    "1280*720", "720*1280", "960*960", "1088*832", "832*1088", "1920*1080", "1080*1920", "1440*1440",
    "1632*1248", "1248*1632", default = "1920*1080",
  },
  one_of "duration"       { "2", "3", "4", "5", "6", "7", "8", "9", "10", default = "5" },
  one_of "shotType"       { "single", "multi", default = "single", optional },
  at_most { 5, "imageUrls", "videoUrls" },
  price = per.second {
    by = "size", ["720*1280"] = 0.45, ["832*1088"] = 0.45, ["960*960"] = 0.45, ["1080*1920"] = 0.75,
    ["1088*832"] = 0.45, ["1248*1632"] = 0.75, ["1280*720"] = 0.45, ["1440*1440"] = 0.75,
    ["1632*1248"] = 0.75, ["1920*1080"] = 0.75,
  },
}

model "alibaba/wan-2.6/reference-to-video-flash" {
  zh = "万相2.6-参考生视频Flash", documented = "wan-2.6-reference-to-video-flash",
  task = "reference-to-video", output = "video",
  text   "prompt",
  text   "negativePrompt" { optional },
  videos "videoUrls"      { "mp4", "mov", max = "100MB", items = 3, optional },
  images "imageUrls"      { "jpg", "png", max = "10MB", items = 5, optional },
  one_of "size"           {
    "1280*720", "720*1280", "960*960", "1088*832", "832*1088", "1920*1080", "1080*1920", "1440*1440",
    "1632*1248", "1248*1632", default = "1920*1080",
  },
  one_of "duration"       { "2", "3", "4", "5", "6", "7", "8", "9", "10", default = "5" },
  one_of "shotType"       { "single", "multi", default = "single", optional },
  flag   "audio"          { default = true },
  at_most { 5, "imageUrls", "videoUrls" },
  price = per.second {
    by = { "audio", "size" },
    ["false"] = { ["720*1280"] = 0.11, ["832*1088"] = 0.11, ["960*960"] = 0.11, ["1080*1920"] = 0.18, ["1088*832"] = 0.11, ["1248*1632"] = 0.18, ["1280*720"] = 0.11, ["1440*1440"] = 0.18, ["1632*1248"] = 0.18, ["1920*1080"] = 0.18 },
    ["true"] = { ["720*1280"] = 0.23, ["832*1088"] = 0.23, ["960*960"] = 0.23, ["1080*1920"] = 0.38, ["1088*832"] = 0.23, ["1248*1632"] = 0.38, ["1280*720"] = 0.23, ["1440*1440"] = 0.38, ["1632*1248"] = 0.38, ["1920*1080"] = 0.38 },
  },
}

model "alibaba/wan-2.6/text-to-video" {
  zh = "万相2.6-文生视频", documented = true,
  task = "text-to-video", output = "video",
  text   "prompt"         { max = 5000 },
  text   "negativePrompt" { optional },
  one_of "duration"       { "5", "10", "15", default = "5" },
  one_of "resolution"     { "1280*720", "720*1280", "1920*1080", "1080*1920", default = "1080*1920" },
  one_of "shotType"       { "single", "multi", default = "single" },
  price = per.call {
    by = { "duration", "resolution" },
    ["5"] = { ["720*1280"] = 2.25, ["1080*1920"] = 3.75, ["1280*720"] = 2.25, ["1920*1080"] = 3.75 },
    ["10"] = { ["720*1280"] = 4.5, ["1080*1920"] = 7.5, ["1280*720"] = 4.5, ["1920*1080"] = 7.5 },
    ["15"] = { ["720*1280"] = 6.75, ["1080*1920"] = 11.25, ["1280*720"] = 6.75, ["1920*1080"] = 11.25 },
  },
}

model "alibaba/wan-2.7-spicy/image-to-video" {
  zh = "万相2.7-spicy-图生视频", name = "wan-2.7-spicy/image-to-video",
  task = "image-to-video", output = "video",
  text   "prompt"         { max = 5000, optional },
  image  "imageUrl"       { max = "20MB" },
  audio  "audioUrl"       { max = "15MB", optional },
  text   "negativePrompt" { max = 500, optional },
  one_of "resolution"     { "720p", "1080p", default = "720p" },
  whole  "duration"       { min = 2, max = 15, default = 5 },
  flag   "promptExtend"   { default = true, optional },
  whole  "seed"           { min = 0, max = 2147483647, optional },
}

model "alibaba/wan-2.7/image-edit" {
  zh = "万相2.7-图像编辑", documented = "wan-2.7/image-edit",
  task = "image-to-image", output = "image",
  images "imageUrls" { "jpg", "jpeg", "png", "webp", max = "10MB", items = 9 },
  text   "prompt"    { max = 2048 },
  whole  "width"     { min = 512, max = 4096, default = 1024, optional },
  whole  "height"    { min = 512, max = 4096, default = 1024, optional },
  price = per.call(0.189),
}

model "alibaba/wan-2.7/image-edit-pro" {
  zh = "万相2.7-图像编辑Pro", documented = "wan-2.7/image-edit-pro",
  task = "image-to-image", output = "image",
  images "imageUrls" { "jpg", "jpeg", "png", "webp", max = "10MB", items = 9 },
  text   "prompt"    { max = 2048 },
  whole  "width"     { min = 512, max = 4096, default = 1024, optional },
  whole  "height"    { min = 512, max = 4096, default = 1024, optional },
  price = per.call(0.473),
}

model "alibaba/wan-2.7/image-to-video" {
  zh = "万相2.7-图生视频", documented = "wan-2.7/image-to-video",
  task = "image-to-video", output = "video",
  text   "prompt"         { max = 5000, optional },
  image  "firstImageUrl"  { "jpg", "png", "jpeg", "bmp", "webp", max = "20MB" },
  image  "lastImageUrl"   { "jpg", "png", "jpeg", "bmp", "webp", max = "20MB", optional },
  audio  "audioUrl"       { "mp3", "wav", max = "15MB", optional },
  text   "negativePrompt" { max = 500, optional },
  one_of "resolution"     { "720P", "1080P", default = "720P" },
  one_of "duration"       {
    "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  flag   "promptExtend"   { default = true, optional },
  whole  "seed"           { min = 0, max = 2147483647, optional },
  price = per.second { by = "resolution", ["720P"] = 0.51, ["1080P"] = 0.85 },
}

model "alibaba/wan-2.7/image/image-to-video" {
  zh = "万相2.7-图生视频-首尾帧生视频",
  name = "alibaba/wan-2.7/image-to-video/First-last-frames-to-video", status = "removed",
  last_seen = "2026-04-06",
  task = "image-to-video", output = "video",
  text   "prompt"         { optional },
  image  "firstImageUrl"  { "jpg", "png", "jpeg", "bmp", "webp", max = "20MB" },
  image  "lastImageUrl"   { "jpg", "png", "jpeg", "bmp", "webp", max = "20MB", optional },
  audio  "audioUrl"       { "mp3", "wav", max = "15MB", optional },
  text   "negativePrompt" { optional },
  one_of "resolution"     { "720p", "1080p", default = "1080p" },
  one_of "duration"       { "5", "10", "15", default = "5" },
}

model "alibaba/wan-2.7/reference-to-video" {
  zh = "万相2.7-参考生视频", documented = "wan-2.7-reference-to-video",
  task = "reference-to-video", output = "video",
  text   "prompt"         { max = 5000 },
  videos "videoUrls"      { "mp4", "mov", max = "100MB", items = 5, optional },
  images "imageUrls"      { "jpg", "png", "jpeg", "webp", "bmp", max = "20MB", items = 5, optional },
  audio  "audioUrl"       { "mp3", "wav", max = "15MB", optional },
  text   "negativePrompt" { max = 500, optional },
  one_of "resolution"     { "720P", "1080P", default = "1080P" },
  one_of "duration"       { "2", "3", "4", "5", "6", "7", "8", "9", "10", default = "5" },
  one_of "aspectRatio"    { "16:9", "9:16", "1:1", "4:3", "3:4", default = "16:9" },
  flag   "promptExtend"   { default = true, optional },
  whole  "seed"           { min = 0, max = 2147483647, optional },
}

model "alibaba/wan-2.7/text-to-image" {
  zh = "万相2.7-文生图", documented = "wan-2.7/text-to-image",
  task = "text-to-image", output = "image",
  text  "prompt"       { max = 5000 },
  whole "width"        { min = 512, max = 4096, default = 1024, optional },
  whole "height"       { min = 512, max = 4096, default = 1024, optional },
  flag  "thinkingMode" { default = true, optional },
  price = per.call(0.189),
}

model "alibaba/wan-2.7/text-to-image-pro" {
  zh = "万相2.7-文生图Pro", documented = "wan-2.7/text-to-image-pro",
  task = "text-to-image", output = "image",
  text  "prompt"       { max = 5000 },
  whole "width"        { min = 512, max = 8192, default = 1024, optional },
  whole "height"       { min = 512, max = 8192, default = 1024, optional },
  flag  "thinkingMode" { default = true, optional },
  price = per.call(0.473),
}

model "alibaba/wan-2.7/text-to-video" {
  zh = "万相2.7-文生视频", documented = "wan-2.7/text-to-video",
  task = "text-to-video", output = "video",
  text   "prompt"         { max = 5000 },
  text   "negativePrompt" { max = 500, optional },
  audio  "audioUrl"       { "mp3", "wav", max = "15MB", optional },
  one_of "duration"       {
    "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  one_of "resolution"     { "720P", "1080P", default = "720P" },
  one_of "aspectRatio"    { "16:9", "9:16", "1:1", "4:3", "3:4", default = "16:9" },
  flag   "promptExtend"   { default = true, optional },
  whole  "seed"           { min = 0, max = 2147483647, optional },
  price = per.second { by = "resolution", ["720P"] = 0.51, ["1080P"] = 0.85 },
}

model "alibaba/wan-2.7/video-edit" {
  zh = "万相2.7-视频编辑", documented = "wan-2.7/video-edit",
  task = "video-edit", output = "video",
  text   "prompt"         { max = 5000 },
  video  "videoUrl"       { "mp4", "mov", max = "100MB", optional },
  images "imageUrls"      { "jpg", "png", "jpeg", "webp", "bmp", max = "20MB", items = 3 },
  text   "negativePrompt" { max = 500, optional },
  one_of "resolution"     { "720P", "1080P", default = "720P" },
  one_of "duration"       { "0", "2", "3", "4", "5", "6", "7", "8", "9", "10", default = "0" },
  one_of "aspectRatio"    { "16:9", "9:16", "1:1", "4:3", "3:4", default = "16:9" },
  flag   "promptExtend"   { default = true, optional },
  whole  "seed"           { min = 0, max = 2147483647, optional },
}

model "alibaba/wan-2.7/video-extend" {
  zh = "万相2.7-视频续写", documented = "wan-2.7/video-extend",
  task = "video-extend", output = "video",
  text   "prompt"         { max = 5000, optional },
  video  "videoUrl"       { "mp4", "mov", max = "100MB" },
  audio  "audioUrl"       { "mp3", "wav", max = "15MB", optional },
  text   "negativePrompt" { max = 500, optional },
  one_of "resolution"     { "720P", "1080P", default = "1080P" },
  one_of "duration"       {
    "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  flag   "promptExtend"   { default = true, optional },
  whole  "seed"           { min = 0, max = 2147483647, optional },
  price = per.second { by = "resolution", ["720P"] = 0.51, ["1080P"] = 0.85 },
}

model "alibaba/wan-2.7/video/image-to-video" {
  zh = "万相2.7-图生视频-视频续写", name = "alibaba/wan-2.7/image-to-video/Video-Continuation",
  status = "removed", last_seen = "2026-04-06",
  task = "image-to-video", output = "video",
  text   "prompt"         { optional },
  video  "videoUrl"       { "mp4", "mov", max = "100MB" },
  audio  "audioUrl"       { "mp3", "wav", max = "15MB", optional },
  text   "negativePrompt" { optional },
  one_of "resolution"     { "720p", "1080p", default = "1080p" },
  one_of "duration"       { "5", "10", "15", default = "5" },
}

model "rhart-video/wan-2.2/image-to-image" {
  zh = "wan-2.2/image-to-image", documented = "wan-2.2/image-to-image",
  task = "image-to-image", output = "image",
  image  "imageUrl"     { "jpg", "png", max = "10MB", node = "272##image" },
  text   "prompt"       { node = "79##text" },
  one_of "aspectRatio"  {
    "1:1", "3:4", "4:3", "9:16", "16:9", "2:3", "3:2", "custom", "auto", default = "1:1",
    node = "267##select",
  },
  whole  "customWidth"  { min = 256, max = 1536, default = 1024, node = "270##value", optional },
  whole  "customHeight" { min = 256, max = 1536, default = 1024, node = "271##value", optional },
  one_of "outputFormat" {
    "png", "jpeg", "webp(lossless)", "webp(lossy)", default = "png", node = "242##file_type",
  },
  only_when { "customWidth", "customHeight", aspectRatio = "custom" },
  price = per.call { from = 0.08, as_of = "2026-06-18" },
}

model "rhart-video/wan-2.2/image-to-video" {
  zh = "万相2.2-图生视频", documented = "wan-2.2/image-to-video",
  task = "image-to-video", output = "video",
  image  "imageUrl"        { "jpg", "png", max = "50MB", node = "219##image" },
  text   "prompt"          { max = 20000, node = "183##text" },
  text   "negative_prompt" { max = 500, node = "16##negative_prompt", optional },
  one_of "duration"        { "8", "5", default = "5", node = "202##select" },
  one_of "resolution"      {
    "auto", "1024×1920", "1920×1024", "720×1280", "1280×720", "480×832", "832×480", default = "auto",
    node = "218##select",
  },
  price = per.second { from = 0.07, as_of = "2026-06-18" },
}

model "rhart-video/wan-2.2/start-to-end" {
  zh = "万相2.2-首尾帧生视频", documented = "wan-2.2-video/start-to-end",
  task = "start-end-to-video", output = "video",
  image  "imageUrl"        { "jpg", "png", max = "10MB", node = "219##image" },
  image  "lastImageUrl"    { "jpg", "png", max = "10MB", node = "222##image" },
  text   "prompt"          { node = "183##text" },
  text   "negative_prompt" { node = "16##negative_prompt", optional },
  one_of "duration"        { "8", "5", default = "5", node = "202##select" },
  one_of "resolution"      {
    "auto", "1024×1920", "1920×1024", "720×1280", "1280×720", "480×832", "832×480", default = "auto",
    node = "218##select",
  },
  price = per.second { from = 0.07, as_of = "2026-06-18" },
}

model "rhart-video/wan-2.2/text-to-image-lora" {
  zh = "wan-2.2/text-to-image-lora", documented = "wan-2.2/text-to-image-lora",
  task = "text-to-image", output = "image",
  text   "prompt"        { node = "79##text" },
  one_of "aspectRatio"   {
    "1:1", "3:4", "4:3", "9:16", "16:9", "2:3", "3:2", "custom", default = "1:1", node = "225##select",
  },
  whole  "customWidth"   { min = 256, max = 1536, default = 1024, node = "216##value", optional },
  whole  "customHeight"  { min = 256, max = 1536, default = 1024, node = "215##value", optional },
  text   "lora"          {
    default = "sybian-bouncing-wan22-low-noise-e82-az420.safetensors", node = "229##lora_name",
    optional,
  },
  number "lora_strength" {
    min = -100, max = 100, step = 0.01, default = 0, node = "229##strength_model", optional,
  },
  one_of "outputFormat"  {
    "png", "jpeg", "webp(lossless)", "webp(lossy)", default = "png", node = "201##file_type",
  },
  only_when { "customWidth", "customHeight", aspectRatio = "custom" },
  price = per.call { from = 0.06, as_of = "2026-06-18" },
}

model "rhart-video/wan-2.2/text-to-video" {
  zh = "万相2.2-文生视频", documented = "wan-2.2/text-to-video",
  task = "text-to-video", output = "video",
  one_of "resolution"     {
    "832×480", "480×832", "1280×720", "720×1280", "1920×1024", "1024×1920", default = "1280×720",
    node = "133##select",
  },
  one_of "duration"       { "8", "5", default = "5", node = "130##select" },
  text   "prompt"         { max = 20000, node = "14##positive_prompt" },
  text   "negativePrompt" { node = "14##negative_prompt", optional },
  price = per.second { from = 0.07, as_of = "2026-06-18" },
}

model "rhart-video/wan2.2/character-motion-transfer" {
  zh = "万相 2.2 角色动作迁移", name = "wan2.2/character-motion-transfer",
  task = "motion-control", output = "video",
  image "imageUrl" { "jpg", "png", max = "10MB", node = "299##image" },
  video "videoUrl" { "mp4", "mov", max = "10MB", node = "275##video" },
  price = per.second { from = 0.24, as_of = "2026-06-18" },
}

return models
