-- Luma Uni-1: pictures from text, and edits.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "luma"

model "luma/uni-1-max/image-edit" {
  zh = "Luma uni-1-max 图像编辑", name = "Luma uni-1-max Image Edit",
  task = "image-to-image", output = "image",
  image  "imageUrl"     { max = "50MB" },
  text   "prompt"       { max = 6000 },
  one_of "aspectRatio"  { "3:1", "2:1", "16:9", "3:2", "1:1", "2:3", "9:16", "1:2", "1:3", optional },
  one_of "style"        { "auto", "manga", default = "auto", optional },
  one_of "outputFormat" { "png", "jpeg", optional },
}

model "luma/uni-1-max/image-to-image" {
  zh = "Luma uni-1-max 图生图", name = "Luma uni-1-max Image to Image",
  task = "image-to-image", output = "image",
  text   "prompt"       { max = 6000 },
  image  "imageUrl"     { max = "50MB" },
  one_of "aspectRatio"  { "3:1", "2:1", "16:9", "3:2", "1:1", "2:3", "9:16", "1:2", "1:3", optional },
  one_of "style"        { "auto", "manga", default = "auto", optional },
  one_of "outputFormat" { "png", "jpeg", optional },
  flag   "webSearch"    { default = false, optional },
  images "imageRef"     { max = "50MB", items = 8, optional },
}

model "luma/uni-1-max/text-to-image" {
  zh = "Luma uni-1-max 文生图", name = "Luma uni-1-max Text to Image",
  task = "text-to-image", output = "image",
  text   "prompt"       { max = 6000 },
  one_of "aspectRatio"  {
    "3:1", "2:1", "16:9", "3:2", "1:1", "2:3", "9:16", "1:2", "1:3", default = "16:9", optional,
  },
  one_of "style"        { "auto", "manga", default = "auto", optional },
  one_of "outputFormat" { "png", "jpeg", optional },
  flag   "webSearch"    { default = false, optional },
}

model "luma/uni-1/image-edit" {
  zh = "Luma uni-1 图像编辑", name = "Luma uni-1 Image Edit",
  task = "image-to-image", output = "image",
  image  "imageUrl"     { max = "50MB" },
  text   "prompt"       { max = 6000 },
  one_of "aspectRatio"  { "3:1", "2:1", "16:9", "3:2", "1:1", "2:3", "9:16", "1:2", "1:3", optional },
  one_of "style"        { "auto", "manga", default = "auto", optional },
  one_of "outputFormat" { "png", "jpeg", optional },
}

model "luma/uni-1/image-to-image" {
  zh = "Luma uni-1 图生图", name = "Luma uni-1 Image to Image",
  task = "image-to-image", output = "image",
  text   "prompt"       { max = 6000 },
  image  "imageUrl"     { max = "50MB" },
  one_of "aspectRatio"  { "3:1", "2:1", "16:9", "3:2", "1:1", "2:3", "9:16", "1:2", "1:3", optional },
  one_of "style"        { "auto", "manga", default = "auto", optional },
  one_of "outputFormat" { "png", "jpeg", optional },
  flag   "webSearch"    { default = false, optional },
  images "imageRef"     { max = "50MB", items = 8, optional },
}

model "luma/uni-1/text-to-image" {
  zh = "Luma uni-1 文生图", name = "Luma uni-1 Text to Image",
  task = "text-to-image", output = "image",
  text   "prompt"       { max = 6000 },
  one_of "aspectRatio"  { "3:1", "2:1", "16:9", "3:2", "1:1", "2:3", "9:16", "1:2", "1:3", optional },
  one_of "style"        { "auto", "manga", default = "auto", optional },
  one_of "outputFormat" { "png", "jpeg", optional },
  flag   "webSearch"    { default = false, optional },
}

return models
