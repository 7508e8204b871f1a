-- Qwen, by Alibaba: chat; self-hosted.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "qwen"

prices_in "CNY"
as_of "2026-04-29"

model "rhart-text-qwen-27b/chat" {
  task = "text-to-text", output = "string",
  text   "prompt",
  images "imageUrls" { "jpg", "jpeg", "png", "webp", max = "30MB", items = 5, optional },
  video  "videoUrl"  { "mp4", "mov", max = "100MB", optional },
  price = per.call(0.1),
}

return models
