-- Nano Banana (rhart-image): pictures from text.
-- Written for people, and what the program reads as it stands: a parameter is required unless it says
-- `optional`; `default` is what the service's own form offers. Facts: the vendor's registry of 2026-08.
local _ENV = require("rhub.catalogue.words").of "nano-banana"

prices_in "CNY"
as_of "2026-04-29"

model "rhart-image-v1/text-to-image" {
  zh = "全能图片V1-文生图-低价渠道版", documented = "nano-banana/text-to-image-channel-low-price",
  task = "text-to-image", output = "image",
  text   "prompt"      { max = 20000 },
  one_of "aspectRatio" {
    "auto", "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "21:9", default = "3:4",
  },
  price = per.call(0.05),
}

return models
