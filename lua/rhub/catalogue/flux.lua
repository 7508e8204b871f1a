-- Flux (rhart-image/f-*): pictures from text, and edits of pictures, with LoRAs; self-hosted.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "flux"

prices_in "CNY"
as_of "2026-04-29"

model "rhart-image/f-2-dev/edit" {
  zh = "f-2-dev/edit", documented = "f-2-dev/edit",
  task = "image-to-image", output = "image",
  image  "imageUrl"     { "jpg", "png", max = "10MB", node = "20##image" },
  text   "prompt"       { node = "17##text" },
  one_of "aspectRatio"  {
    "1:1", "3:4", "4:3", "9:16", "16:9", "2:3", "3:2", "custom", "auto", default = "9:16",
    node = "46##select",
  },
  whole  "customWidth"  { min = 256, max = 1536, default = 1024, node = "35##value", optional },
  whole  "customHight"  { min = 256, max = 1536, default = 1024, node = "34##value", optional },
  one_of "outputFormat" {
    "png", "jpeg", "webp(lossless)", "webp(lossy)", default = "png", node = "51##file_type",
  },
  only_when { "customWidth", "customHight", aspectRatio = "custom" },
  price = per.call { from = 0.24, as_of = "2026-06-18" },
}

model "rhart-image/f-2-dev/edit-lora" {
  zh = "f-2-dev/edit-lora", documented = "f-2-dev/edit-lora",
  task = "image-to-image", output = "image",
  image  "imageUrl"      { "jpg", "png", max = "10MB", node = "51##image" },
  text   "prompt"        { node = "16##text" },
  one_of "aspectRatio"   {
    "auto", "custom", "3:2", "2:3", "16:9", "9:16", "4:3", "3:4", "1:1", default = "9:16",
    node = "47##select",
  },
  whole  "customWidth"   { min = 256, max = 1536, default = 1024, node = "48##value", optional },
  whole  "customHight"   { min = 256, max = 1536, default = 1024, node = "49##value", optional },
  text   "lora"          { default = "扁平风场景插画_v2.0.safetensors", node = "18##lora_name", optional },
  number "lora_strength" {
    min = -100, max = 100, step = 0.01, default = 0, node = "18##strength_model", optional,
  },
  one_of "outputFormat"  {
    "png", "jpeg", "webp(lossless)", "webp(lossy)", default = "png", node = "52##file_type",
  },
  only_when { "customWidth", "customHight", aspectRatio = "custom" },
  price = per.call { from = 0.25, as_of = "2026-06-18" },
}

model "rhart-image/f-2-dev/text-to-image" {
  zh = "f-2-dev/text-to-image", documented = "f-2-dev/text-to-image",
  task = "text-to-image", output = "image",
  text   "prompt"       { node = "12##text" },
  one_of "aspectRatio"  {
    "1:1", "3:4", "4:3", "9:16", "16:9", "2:3", "3:2", "custom", default = "9:16", node = "41##select",
  },
  whole  "customWidth"  { min = 256, max = 1536, default = 1024, node = "30##value", optional },
  whole  "customHight"  { min = 256, max = 1536, default = 1024, node = "29##value", optional },
  one_of "outputFormat" {
    "png", "jpeg", "webp(lossless)", "webp(lossy)", default = "png", node = "43##file_type",
  },
  only_when { "customWidth", "customHight", aspectRatio = "custom" },
  price = per.call { from = 0.2, as_of = "2026-06-18" },
}

model "rhart-image/f-2-dev/text-to-image-lora" {
  zh = "f-2-dev/text-to-image-lora", documented = "f-2-dev/text-to-image-lora",
  task = "text-to-image", output = "image",
  text   "prompt"        { node = "12##text" },
  one_of "aspectRatio"   {
    "custom", "3:2", "2:3", "16:9", "9:16", "4:3", "3:4", "1:1", default = "9:16", node = "42##select",
  },
  whole  "customWidth"   { min = 256, max = 1536, default = 1024, node = "43##value", optional },
  whole  "customHight"   { min = 256, max = 1536, default = 1024, node = "30##value", optional },
  text   "lora"          { default = "F.1-复古勾线插画_v1.safetensors", node = "16##lora_name", optional },
  number "lora_strength" {
    min = -100, max = 100, step = 0.01, default = 0, node = "16##strength_model", optional,
  },
  one_of "outputFormat"  {
    "png", "jpeg", "webp(lossless)", "webp(lossy)", default = "png", node = "44##file_type",
  },
  only_when { "customWidth", "customHight", aspectRatio = "custom" },
  price = per.call { from = 0.17, as_of = "2026-06-18" },
}

model "rhart-image/f-2-klein-4b/edit" {
  zh = "f-2-klein-4b/edit", documented = "f-2-klein-4b/edit",
  task = "image-to-image", output = "image",
  image  "imageUrl"     { "jpg", "png", max = "10MB", node = "19##image" },
  text   "prompt"       { node = "17##text" },
  one_of "aspectRatio"  {
    "1:1", "3:4", "4:3", "9:16", "16:9", "2:3", "3:2", default = "9:16", node = "47##select",
  },
  one_of "outputFormat" {
    "png", "jpeg", "webp(lossless)", "webp(lossy)", default = "png", node = "51##file_type",
  },
  price = per.call { from = 0.05, as_of = "2026-06-18" },
}

model "rhart-image/f-2-klein-4b/edit-lora" {
  zh = "f-2-klein-4b/edit-lora", documented = "f-2-klein-4b/edit-lora",
  task = "image-to-image", output = "image",
  image  "imageUrl"      { "jpg", "png", max = "10MB", node = "41##image" },
  one_of "aspectRatio"   {
    "3:2", "2:3", "16:9", "9:16", "4:3", "3:4", "1:1", default = "9:16", node = "37##select",
  },
  text   "prompt"        { node = "16##text" },
  text   "lora"          { default = "CHIZHICKLENB4(1).safetensors", node = "18##lora_name", optional },
  number "lora_strength" {
    min = -100, max = 100, step = 0.01, default = 0, node = "18##strength_model", optional,
  },
  one_of "outputFormat"  {
    "png", "jpeg", "webp(lossless)", "webp(lossy)", default = "png", node = "40##file_type",
  },
  price = per.call { from = 0.05, as_of = "2026-06-18" },
}

model "rhart-image/f-2-klein-4b/text-to-image" {
  zh = "f-2-klein-4b/text-to-image", documented = "f-2-klein-4b/text-to-image",
  task = "text-to-image", output = "image",
  text   "prompt"       { node = "9##text" },
  whole  "customWidth"  { min = 256, max = 1536, default = 1024, node = "25##value", optional },
  whole  "customHight"  { min = 256, max = 1536, default = 1024, node = "26##value", optional },
  one_of "aspectRatio"  {
    "custom", "3:2", "2:3", "16:9", "9:16", "4:3", "3:4", "1:1", default = "9:16", node = "94##select",
  },
  one_of "outputFormat" {
    "png", "jpeg", "webp(lossless)", "webp(lossy)", default = "png", node = "103##file_type",
  },
  only_when { "customWidth", "customHight", aspectRatio = "custom" },
  price = per.call { from = 0.05, as_of = "2026-06-18" },
}

model "rhart-image/f-2-klein-4b/text-to-image-lora" {
  zh = "f-2-klein-4b/text-to-image-lora", documented = "f-2-klein-4b/text-to-image-lora",
  task = "text-to-image", output = "image",
  text   "prompt"        { node = "9##text" },
  one_of "aspectRatio"   {
    "3:2", "2:3", "16:9", "9:16", "4:3", "3:4", "1:1", default = "9:16", node = "33##select",
  },
  text   "lora"          { default = "CHIZHICKLENB4(1).safetensors", node = "15##lora_name", optional },
  number "lora_strength" {
    min = -100, max = 100, step = 0.01, default = 0, node = "15##strength_model", optional,
  },
  price = per.call { from = 0.04, as_of = "2026-06-18" },
}

model "rhart-image/f-2-klein-9b/edit" {
  zh = "f-2-klein-9b/edit", documented = "f-2-klein-9b/edit",
  task = "image-to-image", output = "image",
  image  "imageUrl"     { "jpg", "png", max = "10MB", node = "53##image" },
  text   "prompt"       { node = "54##text" },
  one_of "aspectRatio"  {
    "1:1", "3:4", "4:3", "9:16", "16:9", "2:3", "3:2", "custom", "auto", default = "9:16",
    node = "81##select",
  },
  whole  "customWidth"  { min = 256, max = 1536, default = 1024, node = "70##value", optional },
  whole  "customHight"  { min = 256, max = 1536, default = 1024, node = "69##value", optional },
  one_of "outputFormat" {
    "png", "jpeg", "webp(lossless)", "webp(lossy)", default = "png", node = "55##file_type",
  },
  only_when { "customWidth", "customHight", aspectRatio = "custom" },
  price = per.call { from = 0.05, as_of = "2026-06-18" },
}

model "rhart-image/f-2-klein-9b/text-to-image" {
  zh = "f-2-klein-9b/text-to-image", documented = "f-2-klein-9b/text-to-image",
  task = "text-to-image", output = "image",
  text   "prompt"       { node = "36##text" },
  one_of "aspectRatio"  {
    "1:1", "3:4", "4:3", "9:16", "16:9", "2:3", "3:2", "custom", default = "9:16", node = "51##select",
  },
  whole  "customWidth"  { min = 256, max = 1536, default = 1024, node = "35##value", optional },
  whole  "customHight"  { min = 256, max = 1536, default = 1024, node = "34##value", optional },
  one_of "outputFormat" {
    "png", "jpeg", "webp(lossless)", "webp(lossy)", default = "png", node = "54##file_type",
  },
  only_when { "customWidth", "customHight", aspectRatio = "custom" },
  price = per.call { from = 0.05, as_of = "2026-06-18" },
}

model "rhart-image/f-2-klein-9b/text-to-image-lora" {
  zh = "f-2-klein-9b/text-to-image-lora", documented = "f-2-klein-9b/text-to-image-lora",
  task = "text-to-image", output = "image",
  one_of "aspectRatio"   {
    "1:1", "3:4", "4:3", "9:16", "16:9", "2:3", "3:2", "custom", default = "9:16", node = "52##select",
  },
  whole  "customWidth"   { min = 256, max = 1536, default = 1024, node = "36##value", optional },
  whole  "customHight"   { min = 256, max = 1536, default = 1024, node = "35##value", optional },
  text   "prompt"        { node = "37##text" },
  text   "lora"          { default = "CHIZHICKLENB4(1).safetensors", node = "59##lora_name", optional },
  number "lora_strength" {
    min = -100, max = 100, step = 0.01, default = 0, node = "59##strength_model", optional,
  },
  one_of "outputFormat"  {
    "png", "jpeg", "webp(lossless)", "webp(lossy)", default = "png", node = "55##file_type",
  },
  only_when { "customWidth", "customHight", aspectRatio = "custom" },
  price = per.call { from = 0.06, as_of = "2026-06-18" },
}

model "rhart-image/f-dev" {
  zh = "f-dev", documented = "f-dev",
  task = "text-to-image", output = "image",
  text   "prompt"       { node = "23##text" },
  one_of "aspectRatio"  {
    "1:1", "3:4", "4:3", "9:16", "16:9", "2:3", "3:2", default = "9:16", node = "43##select",
  },
  one_of "outputFormat" {
    "png", "jpeg", "webp(lossless)", "webp(lossy)", default = "png", node = "48##file_type",
  },
  price = per.call(0.04),
}

model "rhart-image/f-dev-lora" {
  zh = "f-dev-lora", documented = "f-dev-lora",
  task = "text-to-image", output = "image",
  one_of "aspectRatio"   {
    "1:1", "3:4", "4:3", "9:16", "16:9", "2:3", "3:2", default = "9:16", node = "104##select",
  },
  text   "prompt"        { node = "105##text" },
  text   "lora"          {
    default = "QY_3D潮玩盲盒玩具手办_V1.0.safetensors", node = "107##lora_name", optional,
  },
  number "lora_strength" {
    min = -100, max = 100, step = 0.01, default = 1, node = "107##strength_model", optional,
  },
  one_of "outputFormat"  {
    "png", "jpeg", "webp(lossless)", "webp(lossy)", default = "png", node = "106##file_type",
  },
  price = per.call(0.03),
}

model "rhart-image/f-krea-dev-lora" {
  zh = "f-krea-dev-lora", documented = "f-krea-dev-lora",
  task = "text-to-image", output = "image",
  one_of "aspectRatio"   {
    "1:1", "3:4", "4:3", "9:16", "16:9", "2:3", "3:2", default = "9:16", node = "133##select",
  },
  text   "prompt"        { node = "45##text" },
  text   "lora"          { default = "flux-lora-labi.safetensors", node = "115##lora_name", optional },
  number "lora_strength" {
    min = -100, max = 100, step = 0.01, default = 0, node = "115##strength_model", optional,
  },
  one_of "outputFormat"  {
    "png", "jpeg", "webp(lossless)", "webp(lossy)", default = "png", node = "135##file_type",
  },
  price = per.call { from = 0.05, as_of = "2026-06-18" },
}

model "rhart-video/f-kontext/dev-lora" {
  zh = "f-kontext-dev-lora", documented = "f-kontext-dev-lora",
  task = "image-to-image", output = "image",
  image  "imageUrl"      { "jpg", "png", max = "10MB", node = "15##image" },
  one_of "aspectRatio"   {
    "1:1", "3:4", "4:3", "9:16", "16:9", "2:3", "3:2", "custom", "auto", default = "1:1",
    node = "41##select",
  },
  whole  "customWidth"   { min = 256, max = 1536, default = 1024, node = "44##value", optional },
  whole  "customHeight"  { min = 256, max = 1536, default = 1024, node = "45##value", optional },
  text   "lora"          {
    default = "Kontextsouldrawing2_15.safetensors", node = "13##lora_name", optional,
  },
  number "lora_strength" {
    min = -100, max = 100, step = 0.01, default = 0, node = "13##strength_model", optional,
  },
  text   "prompt"        { node = "4##text" },
  one_of "outputFormat"  {
    "png", "jpeg", "webp(lossless)", "webp(lossy)", default = "png", node = "16##file_type", optional,
  },
  only_when { "customWidth", "customHeight", aspectRatio = "custom" },
  price = per.call { from = 0.09, as_of = "2026-06-18" },
}

return models
