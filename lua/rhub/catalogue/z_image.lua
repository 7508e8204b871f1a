-- Z-Image: pictures from text and pictures, with LoRAs; self-hosted.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "z-image"

prices_in "CNY"
as_of "2026-04-29"

model "rhart-image/z-image-turbo/image-to-image" {
  zh = "z-image-turbo/image-to-image", documented = "z-image-turbo/image-to-image",
  task = "image-to-image", output = "image",
  image  "imageUrl"     { "jpg", "png", max = "10MB", node = "66##image" },
  text   "prompt"       { node = "41##text" },
  one_of "aspectRatio"  {
    "3:2", "2:3", "16:9", "9:16", "4:3", "3:4", "1:1", default = "9:16", node = "64##select",
  },
  one_of "outputFormat" {
    "png", "jpeg", "webp(lossless)", "webp(lossy)", default = "png", node = "65##file_type",
  },
  price = per.call { from = 0.05, as_of = "2026-06-18" },
}

model "rhart-image/z-image-turbo/image-to-image-lora" {
  zh = "z-image-turbo/image-to-image-lora", documented = "z-image-turbo/image-to-image-lora",
  task = "image-to-image", output = "image",
  image  "imageUrl"      { max = "10MB", node = "44##image" },
  text   "prompt"        { node = "18##text" },
  one_of "aspectRatio"   {
    "3:2", "2:3", "16:9", "9:16", "4:3", "3:4", "1:1", default = "9:16", node = "41##select",
  },
  text   "lora"          { default = "ZIT-flow-dpo-lora.safetensors", node = "43##lora_name", optional },
  number "lora_strength" {
    min = -100, max = 100, step = 0.01, default = 0, node = "43##strength_model", optional,
  },
  one_of "outputFormat"  {
    "png", "jpeg", "webp(lossless)", "webp(lossy)", default = "png", node = "42##file_type",
  },
  price = per.call { from = 0.03, as_of = "2026-06-18" },
}

model "rhart-image/z-image/turbo" {
  zh = "z-image/turbo", documented = "z-image/turbo",
  task = "text-to-image", output = "image",
  text   "prompt"       { node = "10##text" },
  one_of "aspectRatio"  {
    "1:1", "3:4", "4:3", "9:16", "16:9", "2:3", "3:2", default = "9:16", node = "28##select",
  },
  one_of "outputFormat" {
    "png", "jpeg", "webp(lossless)", "webp(lossy)", default = "png", node = "29##file_type", optional,
  },
  price = per.call { from = 0.04, as_of = "2026-06-18" },
}

model "rhart-image/z-image/turbo-lora" {
  zh = "z-image/turbo-lora", documented = "z-image/turbo-lora",
  task = "text-to-image", output = "image",
  text   "prompt"        { node = "6##text" },
  one_of "aspectRatio"   {
    "1:1", "3:4", "4:3", "9:16", "16:9", "2:3", "3:2", default = "9:16", node = "30##select",
  },
  text   "lora"          {
    default = "Z-Image _ 清纯高颜值_脸模版V1.0.safetensors", node = "38##lora_name", optional,
  },
  number "lora_strength" {
    min = -100, max = 100, step = 0.01, default = 1, node = "38##strength_model", optional,
  },
  one_of "outputFormat"  {
    "png", "jpeg", "webp(lossless)", "webp(lossy)", default = "png", node = "34##file_type",
  },
  price = per.call { from = 0.03, as_of = "2026-06-18" },
}

return models
