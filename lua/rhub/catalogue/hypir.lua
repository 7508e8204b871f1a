-- HYPIR: pictures restored and enlarged; self-hosted.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "hypir"

prices_in "CNY"
as_of "2026-04-29"

model "image-enhance/hypir-balance" {
  zh = "HYPIR-BALANCE", name = "hypir-balance",
  task = "image-upscale", output = "image",
  image "imageUrl"      { "jpg", "png", max = "10MB" },
  whole "upscale"       { min = 1, default = 1 },
  text  "prompt"        { max = 8192, optional },
  whole "shortEdgeSize" { min = -1, max = 16384, default = -1, optional },
  whole "longEdgeSize"  { min = -1, max = 16384, default = -1, optional },
  whole "seed"          { optional },
  price = per.call(1),
}

model "image-enhance/hypir-ultra" {
  zh = "HYPIR-ULTRA", name = "hypir-ultra",
  task = "image-upscale", output = "image",
  image  "imageUrl"        { "jpg", "png", max = "10MB" },
  text   "prompt"          { max = 8192, optional },
  whole  "shortEdgeSize"   { min = -1, max = 16384, default = -1, optional },
  whole  "longEdgeSize"    { min = -1, max = 16384, default = -1, optional },
  one_of "textureLevel"    { "1", "2", "3", "4", "5", "6", "7", default = "3", optional },
  one_of "creativityLevel" { "0", "1", "2", "3", "4", optional },
  whole  "upscale"         { min = 1, optional },
  whole  "seed"            { optional },
  price = per.call(0.1),
}

return models
