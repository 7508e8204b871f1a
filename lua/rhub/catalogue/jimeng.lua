-- Jimeng, by ByteDance: pictures from text, and edits.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "jimeng"

prices_in "CNY"
as_of "2026-04-29"

model "bytedance/jimeng-4.6/image-to-image" {
  zh = "即梦图片 4.6 图生图",
  task = "image-to-image", output = "image",
  text   "prompt"      { max = 800 },
  images "imageUrls"   { "jpg", "jpeg", "png", max = "15MB", items = 14 },
  whole  "width"       { min = 900, max = 6197, optional },
  whole  "height"      { min = 768, max = 4096, optional },
  whole  "scale"       { min = 1, max = 100, default = 50, optional },
  flag   "forceSingle" { default = false, optional },
  number "minRatio"    { min = 0.0625, max = 15.9999, default = 0.333333, optional },
  number "maxRatio"    { min = 0.0626, max = 16, default = 3.0, optional },
  together { "width", "height" },
  price = per.image { from = 0.17, as_of = "2026-06-18" },
}

model "bytedance/jimeng-4.6/text-to-image" {
  zh = "即梦图片 4.6 文生图",
  task = "text-to-image", output = "image",
  text   "prompt"      { max = 800 },
  whole  "width"       { min = 900, max = 6197, optional },
  whole  "height"      { min = 768, max = 4096, optional },
  whole  "scale"       { min = 1, max = 100, default = 50, optional },
  flag   "forceSingle" { default = false, optional },
  number "minRatio"    { min = 0.06, max = 16, default = 0.333333, optional },
  number "maxRatio"    { min = 0.06, max = 16, default = 3.0, optional },
  together { "width", "height" },
  price = per.image { from = 0.17, as_of = "2026-06-18" },
}

return models
