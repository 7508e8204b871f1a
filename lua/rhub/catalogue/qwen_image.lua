-- Qwen Image, by Alibaba: pictures from text, and edits.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
-- The vendor's registry of that date has imageNum of version 3.0 as numbers, all others as texts.
local _ENV = require("rhub.catalogue.words").of "qwen-image"

prices_in "CNY"
as_of "2026-04-29"

model "alibaba/qwen-image-2.0-pro/image-edit" {
  zh = "千问2.0Pro-图像编辑", documented = "qwen-image-2.0-pro/image-edit",
  task = "image-to-image", output = "image",
  images "imageUrls"      { "jpg", "jpeg", "png", "bmp", "tiff", "webp", "gif", max = "10MB", items = 3 },
  text   "prompt"         { max = 800, optional },
  text   "negativePrompt" { max = 500, optional },
  one_of "size"           {
    "1024*1024", "1536*1536", "768*1152", "1024*1536", "1152*768", "1536*1024", "960*1280", "1080*1440",
    "1280*960", "1440*1080", "720*1280", "1080*1920", "1280*720", "1920*1080", "1344*576", "2048*872",
    optional,
  },
  one_of "imageNum"       { "1", "2", "3", "4", "5", "6", default = "1", optional },
  price = per.image(0.33),
}

model "alibaba/qwen-image-2.0-pro/text-to-image" {
  zh = "千问2.0Pro-文生图", documented = "qwen-image-2.0-pro/text-to-image",
  task = "text-to-image", output = "image",
  text   "prompt"         { max = 800 },
  text   "negativePrompt" { max = 500, optional },
  one_of "size"           {
    "1024*1024", "1536*1536", "768*1152", "1024*1536", "1152*768", "1536*1024", "960*1280", "1080*1440",
    "1280*960", "1440*1080", "720*1280", "1080*1920", "1280*720", "1920*1080", "1344*576", "2048*872",
    default = "1024*1024", optional,
  },
  one_of "imageNum"       { "1", "2", "3", "4", "5", "6", default = "1", optional },
  flag   "promptExtend"   { default = true, optional },
  price = per.image(0.33),
}

model "alibaba/qwen-image-2.0/image-edit" {
  zh = "千问2.0-图像编辑", documented = "qwen-image-2.0/image-edit",
  task = "image-to-image", output = "image",
  images "imageUrls"      { "jpg", "jpeg", "png", "bmp", "tiff", "webp", "gif", max = "10MB", items = 3 },
  text   "prompt"         { max = 800 },
  text   "negativePrompt" { max = 500, optional },
  one_of "size"           {
    "1024*1024", "1536*1536", "768*1152", "1024*1536", "1152*768", "1536*1024", "960*1280", "1080*1440",
    "1280*960", "1440*1080", "720*1280", "1080*1920", "1280*720", "1920*1080", "1344*576", "2048*872",
    optional,
  },
  one_of "imageNum"       { "1", "2", "3", "4", "5", "6", default = "1", optional },
  price = per.image(0.13),
}

model "alibaba/qwen-image-2.0/text-to-image" {
  zh = "千问2.0-文生图", documented = "qwen-image-2.0/text-to-image",
  task = "text-to-image", output = "image",
  text   "prompt"         { max = 800 },
  text   "negativePrompt" { max = 500, optional },
  one_of "size"           {
    "1024*1024", "1536*1536", "768*1152", "1024*1536", "1152*768", "1536*1024", "960*1280", "1080*1440",
    "1280*960", "1440*1080", "720*1280", "1080*1920", "1280*720", "1920*1080", "1344*576", "2048*872",
    default = "1024*1024", optional,
  },
  one_of "imageNum"       { "1", "2", "3", "4", "5", "6", default = "1", optional },
  flag   "promptExtend"   { default = true, optional },
  price = per.image(0.13),
}

model "alibaba/qwen-image-3.0-pro/image-edit" {
  zh = "千问3.0Pro-图像编辑", name = "qwen-image-3.0-pro/image-edit",
  task = "image-to-image", output = "image",
  images "imageUrls"      { max = "10MB", items = 3 },
  text   "prompt"         { max = 2048 },
  text   "negativePrompt" { max = 500, optional },
  one_of "size"           {
    "1024*1024", "768*1152", "1024*1536", "1152*768", "1536*1024", "960*1280", "1080*1440", "1280*960",
    "1440*1080", "720*1280", "1080*1920", "1280*720", "1920*1080", "1344*576", "2048*872", optional,
  },
  one_of "imageNum"       { "1", "2", "3", "4", "5", "6", default = "1", numbers = true, optional },
  flag   "promptExtend"   { default = true, optional },
  whole  "seed"           { min = 0, max = 2147483647, optional },
}

model "alibaba/qwen-image-3.0-pro/text-to-image" {
  zh = "千问3.0Pro-文生图", name = "qwen-image-3.0-pro/text-to-image",
  task = "text-to-image", output = "image",
  text   "prompt"         { max = 2048 },
  text   "negativePrompt" { max = 500, optional },
  one_of "size"           {
    "1024*1024", "1536*1536", "768*1152", "1024*1536", "1152*768", "1536*1024", "960*1280", "1080*1440",
    "1280*960", "1440*1080", "720*1280", "1080*1920", "1280*720", "1920*1080", "1344*576", "2048*872",
    optional,
  },
  one_of "imageNum"       { "1", "2", "3", "4", "5", "6", default = "1", numbers = true, optional },
  flag   "promptExtend"   { default = true, optional },
  whole  "seed"           { min = 0, max = 2147483647, optional },
}

model "rhart-image/qwen-image/edit-2511" {
  zh = "qwen-image/edit-2511", documented = "qwen-image/edit-2511",
  task = "image-to-image", output = "image",
  image  "imageUrl"     { "jpg", "png", max = "10MB", node = "57##image" },
  image  "imageUrl2"    { "jpg", "png", max = "10MB", node = "58##image", optional },
  image  "imageUrl3"    { "jpg", "png", max = "10MB", node = "59##image", optional },
  text   "prompt"       { node = "53##text" },
  one_of "aspectRatio"  {
    "3:2", "2:3", "16:9", "9:16", "4:3", "3:4", "1:1", default = "1:1", node = "28##select",
  },
  one_of "outputFormat" {
    "png", "jpeg", "webp(lossless)", "webp(lossy)", default = "png", node = "52##file_type",
  },
  price = per.call { from = 0.12, as_of = "2026-06-18" },
}

model "rhart-image/qwen-image/edit-2511-lora" {
  zh = "qwen-image/edit-2511-lora", documented = "qwen-image/edit-2511-lora",
  task = "image-to-image", output = "image",
  image  "imageUrl"      { "jpg", "png", max = "10MB", node = "44##image" },
  text   "prompt"        { node = "38##text" },
  one_of "aspectRatio"   { "3:2", "2:3", "16:9", "9:16", "4:3", "3:4", "1:1", node = "32##select" },
  text   "lora"          {
    default = "Qwen-Image-Edit-2511-Lightning-4steps-V1.0-fp32.safetensors", node = "16##lora_name",
    optional,
  },
  number "lora_strength" {
    min = -100, max = 100, step = 0.01, default = 0, node = "16##strength_model", optional,
  },
  one_of "outputFormat"  {
    "png", "jpeg", "webp(lossless)", "webp(lossy)", default = "png", node = "40##file_type", optional,
  },
  price = per.call { from = 0.07, as_of = "2026-06-18" },
}

model "rhart-image/qwen-image/text-to-image-2512" {
  zh = "qwen-image/text-to-image-2512", documented = "qwen-image/text-to-image-2512",
  task = "text-to-image", output = "image",
  text   "prompt"       { node = "3##text" },
  one_of "aspectRatio"  {
    "custom", "3:2", "2:3", "16:9", "9:16", "4:3", "3:4", "1:1", default = "16:9", node = "25##select",
  },
  whole  "customWidth"  { min = 1, max = 5000, default = 1024, node = "23##value", optional },
  whole  "customHeight" { min = 1, max = 5000, default = 1024, node = "24##value", optional },
  one_of "outputFormat" {
    "png", "jpeg", "webp(lossless)", "webp(lossy)", default = "png", node = "31##file_type",
  },
  only_when { "customWidth", "customHeight", aspectRatio = "custom" },
  price = per.call { from = 0.12, as_of = "2026-06-18" },
}

model "rhart-image/qwen-image/text-to-image-2512-lora" {
  zh = "qwen-image/text-to-image-2512-lora", documented = "qwen-image/text-to-image-2512-lora",
  task = "text-to-image", output = "image",
  one_of "aspectRatio"   {
    "3:2", "2:3", "16:9", "9:16", "4:3", "3:4", "1:1", default = "9:16", node = "24##select",
  },
  text   "prompt"        { node = "6##text" },
  text   "lora"          { default = "赛博朋克风格2512.safetensors", node = "10##lora_name", optional },
  number "lora_strength" {
    min = -100, max = 100, step = 0.01, default = 0, node = "10##strength_model", optional,
  },
  one_of "outputFormat"  {
    "png", "jpeg", "webp (lossless)", "webp (lossy)", default = "png", node = "30##file_type", optional,
  },
  price = per.call { from = 0.1, as_of = "2026-06-18" },
}

return models
