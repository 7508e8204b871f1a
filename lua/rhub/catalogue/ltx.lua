-- LTX, by Lightricks: video with sound from text and pictures; self-hosted.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "ltx"

prices_in "CNY"
as_of "2026-04-29"

model "rhart-video/ltx-2.3/image-to-video" {
  zh = "ltx-2.3/image-to-video", documented = "ltx-2.3/image-to-video",
  task = "image-to-video", output = "video",
  image  "imageUrl"    { "jpg", "png", max = "30MB", node = "98##image" },
  text   "prompt"      { node = "200##prompt" },
  one_of "resolution"  { "480p", "720p", "1080p", default = "480p", node = "245##select" },
  one_of "aspectRatio" { "9:16", "16:9", default = "16:9", node = "240##select" },
  whole  "duration"    { min = 5, max = 20, default = 5, node = "222##value" },
  price = per.second { from = 0.07, as_of = "2026-06-18" },
}

model "rhart-video/ltx-2.3/image-to-video-lora" {
  zh = "ltx-2.3/image-to-video-lora", documented = "ltx-2.3/image-to-video-lora",
  task = "image-to-video", output = "video",
  image  "imageUrl"             { max = "10MB", node = "98##image" },
  one_of "resolution"           { "1080p", "720p", "480p", default = "480p", node = "245##select" },
  one_of "aspectRatio"          { "16:9", "9:16", default = "16:9", node = "240##select" },
  whole  "duration"             { min = 5, max = 15, default = 5, node = "222##value" },
  text   "lora1"                { default = "framee_4000.safetensors", node = "254##lora_name", optional },
  number "lora1_strength_model" {
    min = -100, max = 100, step = 0.01, default = 0, node = "254##strength_model", optional,
  },
  text   "lora2"                { default = "framee_4000.safetensors", node = "257##lora_name", optional },
  number "lora2_strength_model" {
    min = -100, max = 100, step = 0.01, default = 0, node = "257##strength_model", optional,
  },
  text   "lora3"                { default = "framee_4000.safetensors", node = "258##lora_name", optional },
  number "lora3_strength_model" {
    min = -100, max = 100, step = 0.01, default = 0, node = "258##strength_model", optional,
  },
  text   "prompt"               { node = "269##prompt" },
  price = per.second { from = 0.07, as_of = "2026-06-18" },
}

model "rhart-video/ltx-2.3/text-to-video" {
  zh = "ltx-2.3/text-to-video", documented = "ltx-2.3/text-to-video",
  task = "text-to-video", output = "video",
  text   "prompt"      { node = "188##prompt" },
  one_of "resolution"  { "1080p", "720p", "480p", default = "720p", node = "247##select" },
  one_of "aspectRatio" { "16:9", "9:16", default = "16:9", node = "248##select" },
  whole  "duration"    { min = 5, max = 15, default = 5, node = "227##value" },
  price = per.second { from = 0.07, as_of = "2026-06-18" },
}

model "rhart-video/ltx-2.3/text-to-video-lora" {
  zh = "ltx-2.3/text-to-video-lora", documented = "ltx-2.3/text-to-video-lora",
  task = "text-to-video", output = "video",
  text   "prompt"               { node = "188##prompt" },
  one_of "resolution"           { "480p", "720p", "1080p", default = "480p", node = "247##select" },
  one_of "aspectRatio"          { "9:16", "16:9", default = "16:9", node = "248##select" },
  whole  "duration"             { min = 5, max = 15, default = 5, node = "227##value" },
  text   "lora1"                { default = "framee_4000.safetensors", node = "254##lora_name", optional },
  number "lora1_strength_model" {
    min = -100, max = 100, step = 0.01, default = 0, node = "254##strength_model", optional,
  },
  text   "lora2"                { default = "framee_4000.safetensors", node = "257##lora_name", optional },
  number "lora2_strength_model" {
    min = -100, max = 100, step = 0.01, default = 0, node = "257##strength_model", optional,
  },
  text   "lora3"                { default = "framee_4000.safetensors", node = "258##lora_name", optional },
  number "lora3_strength_model" {
    min = -100, max = 100, step = 0.01, default = 0, node = "258##strength_model", optional,
  },
  price = per.second { from = 0.07, as_of = "2026-06-18" },
}

model "rhart-video/ltx-2/image-to-video" {
  zh = "ltx-2-19b/image-to-video-lora", name = "ltx-2-19b/image-to-video-lora", status = "removed",
  last_seen = "2026-03-19",
  task = "image-to-video", output = "video",
  params_unknown = true,
}

model "rhart-video/ltx-2/text-to-video-lora" {
  zh = "ltx-2-19b/text-to-video-lora", name = "ltx-2-19b/text-to-video-lora",
  task = "text-to-video", output = "video",
  params_unknown = true,
}

return models
