-- Nano Banana, by Google (rhart-image-v1, rhart-image-n-*): pictures from text, and edits.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "nano-banana"

prices_in "CNY"
as_of "2026-04-29"

model "rhart-image-n-g31-flash-lite-official/image-to-image" {
  zh = "全能图片V2-lite-图生图-官方稳定版",
  name = "nano-banana2-gemini31flash-lite/image-to-image-official-stable",
  task = "image-to-image", output = "image",
  images "imageUrls"   { max = "10MB", items = 4 },
  text   "prompt"      { max = 20000 },
  one_of "aspectRatio" {
    "auto", "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "21:9", "4:1", "1:4",
    "8:1", "1:8", default = "auto", optional,
  },
}

model "rhart-image-n-g31-flash-lite-official/text-to-image" {
  zh = "全能图片V2-lite-文生图-官方稳定版",
  name = "nano-banana2-gemini31flash-lite/text-to-image-official-stable",
  task = "text-to-image", output = "image",
  text   "prompt"      { max = 20000 },
  one_of "aspectRatio" {
    "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "21:9", "4:1", "1:4", "8:1", "1:8",
    default = "1:1", optional,
  },
}

model "rhart-image-n-g31-flash-lite/image-to-image" {
  zh = "全能图片V2-lite-图生图-低价渠道版",
  name = "nano-banana2-gemini31flash-lite/image-to-image-channel-low-price",
  task = "image-to-image", output = "image",
  images "imageUrls"   { max = "30MB", items = 10 },
  text   "prompt"      { max = 20000 },
  one_of "aspectRatio" {
    "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "21:9", "1:4", "4:1", "1:8", "8:1",
    default = "9:16", optional,
  },
}

model "rhart-image-n-g31-flash-lite/text-to-image" {
  zh = "全能图片V2-lite-文生图-低价渠道版",
  name = "nano-banana2-gemini31flash-lite/text-to-image-channel-low-price",
  task = "text-to-image", output = "image",
  text   "prompt",
  one_of "aspectRatio" {
    "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "21:9", "1:4", "4:1", "1:8", "8:1",
    default = "9:16", optional,
  },
}

model "rhart-image-n-g31-flash-official/image-to-image" {
  zh = "全能图片V2-图生图-官方稳定版",
  documented = "nano-banana2-gemini31flash/image-to-image-official-stable",
  task = "image-to-image", output = "image",
  images "imageUrls"   { "jpg", "png", max = "10MB", items = 14 },
  text   "prompt"      { max = 20000 },
  one_of "aspectRatio" {
    "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "21:9", "1:4", "4:1", "1:8", "8:1",
    optional,
  },
  one_of "resolution"  { "1k", "2k", "4k", default = "1k" },
  price = per.call { by = "resolution", ["1k"] = 0.49, ["2k"] = 0.74, ["4k"] = 0.99 },
}

model "rhart-image-n-g31-flash-official/text-to-image" {
  zh = "全能图片V2-文生图-官方稳定版",
  documented = "nano-banana2-gemini31flash/text-to-image-official-stable",
  task = "text-to-image", output = "image",
  text   "prompt"      { max = 20000 },
  one_of "aspectRatio" {
    "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "21:9", "1:4", "4:1", "1:8", "8:1",
    default = "21:9", optional,
  },
  one_of "resolution"  { "1k", "2k", "4k", default = "1k" },
  price = per.call { by = "resolution", ["1k"] = 0.49, ["2k"] = 0.74, ["4k"] = 0.99 },
}

model "rhart-image-n-g31-flash/image-to-image" {
  zh = "全能图片V2-图生图-低价渠道版",
  documented = "nano-banana2-gemini31flash/image-to-image-channel-low-price",
  task = "image-to-image", output = "image",
  images "imageUrls"   { "jpg", "png", max = "30MB", items = 10 },
  text   "prompt"      { max = 20000 },
  one_of "aspectRatio" {
    "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "21:9", "1:4", "4:1", "1:8", "8:1",
    optional,
  },
  one_of "resolution"  { "1k", "2k", "4k", default = "1k" },
  price = per.call { by = "resolution", ["1k"] = 0.16, ["2k"] = 0.16, ["4k"] = 0.2 },
}

model "rhart-image-n-g31-flash/text-to-image" {
  zh = "全能图片V2-文生图-低价渠道版",
  documented = "nano-banana2-gemini31flash/text-to-image-channel-low-price",
  task = "text-to-image", output = "image",
  text   "prompt",
  one_of "aspectRatio" {
    "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "21:9", "1:4", "4:1", "1:8", "8:1",
    default = "9:16", optional,
  },
  one_of "resolution"  { "1k", "2k", "4k", default = "1k" },
  price = per.call { by = "resolution", ["1k"] = 0.16, ["2k"] = 0.16, ["4k"] = 0.2 },
}

model "rhart-image-n-pro-official/edit" {
  zh = "全能图片PRO-图生图-官方稳定版", documented = "nano-banana-pro/edit-official-stable",
  task = "image-to-image", output = "image",
  images "imageUrls"   { "jpg", "png", max = "10MB", items = 10 },
  text   "prompt"      { max = 20000 },
  one_of "resolution"  { "1k", "2k", "4k", default = "1k" },
  one_of "aspectRatio" {
    "1:1", "3:2", "2:3", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9", optional,
  },
  price = per.call { by = "resolution", ["1k"] = 0.8, ["2k"] = 1, ["4k"] = 1.5 },
}

model "rhart-image-n-pro-official/edit-ultra" {
  zh = "全能图片PRO-图生图Ultra-官方稳定版", documented = "nano-banana-pro/edit-ultra-official-stable",
  task = "image-to-image", output = "image",
  images "imageUrls"   { "jpg", "png", max = "10MB", items = 10 },
  text   "prompt"      { max = 20000 },
  one_of "resolution"  { "4k", "8k", default = "8k" },
  one_of "aspectRatio" {
    "1:1", "3:2", "2:3", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9", optional,
  },
  price = per.call { by = "resolution", ["4k"] = 0.98, ["8k"] = 1.12 },
}

model "rhart-image-n-pro-official/text-to-image" {
  zh = "全能图片PRO-文生图-官方稳定版", documented = "nano-banana-pro/text-to-image-official-stable",
  task = "text-to-image", output = "image",
  one_of "resolution"  { "1k", "2k", "4k", default = "1k" },
  text   "prompt"      { max = 20000 },
  one_of "aspectRatio" {
    "1:1", "3:2", "2:3", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9", default = "3:4", optional,
  },
  price = per.call { by = "resolution", ["1k"] = 0.8, ["2k"] = 1, ["4k"] = 1.5 },
}

model "rhart-image-n-pro-official/text-to-image-ultra" {
  zh = "全能图片PRO-文生图Ultra-官方稳定版",
  documented = "nano-banana-pro/text-to-image-ultra-official-stable",
  task = "text-to-image", output = "image",
  text   "prompt"      { max = 20000 },
  one_of "resolution"  { "4k", "8k", default = "8k" },
  one_of "aspectRatio" {
    "1:1", "3:2", "2:3", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9", default = "3:4", optional,
  },
  price = per.call { by = "resolution", ["4k"] = 0.98, ["8k"] = 1.12 },
}

model "rhart-image-n-pro/edit" {
  zh = "全能图片PRO-图生图-低价渠道版", documented = "nano-banana-pro/edit-channel-low-price",
  task = "image-to-image", output = "image",
  images "imageUrls"   { "jpg", "png", max = "10MB", items = 10 },
  text   "prompt"      { max = 20000 },
  one_of "aspectRatio" {
    "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "21:9", optional,
  },
  one_of "resolution"  { "1k", "2k", "4k", default = "1k" },
  price = per.call { by = "resolution", ["1k"] = 0.4, ["2k"] = 0.4, ["4k"] = 0.5 },
}

model "rhart-image-n-pro/text-to-image" {
  zh = "全能图片PRO-文生图-低价渠道版", documented = "nano-banana-pro/text-to-image-channel-low-price",
  task = "text-to-image", output = "image",
  text   "prompt"      { max = 20000 },
  one_of "aspectRatio" {
    "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "21:9", default = "9:16", optional,
  },
  one_of "resolution"  { "1k", "2k", "4k", default = "1k" },
  price = per.call { by = "resolution", ["1k"] = 0.4, ["2k"] = 0.4, ["4k"] = 0.5 },
}

model "rhart-image-v1-official/edit" {
  zh = "全能图片V1-图生图-官方稳定版", documented = "nano-banana/edit-official-stable",
  task = "image-to-image", output = "image",
  text   "prompt"      { max = 20000 },
  one_of "aspectRatio" {
    "auto", "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "21:9", default = "auto",
  },
  images "imageUrls"   { "jpg", "png", max = "10MB", items = 5 },
  price = per.call(0.2),
}

model "rhart-image-v1-official/text-to-image" {
  zh = "全能图片V1-文生图-官方稳定版", documented = "nano-banana/text-to-image-official-stable",
  task = "text-to-image", output = "image",
  text   "prompt"      { max = 20000 },
  one_of "aspectRatio" {
    "auto", "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "21:9", default = "3:4",
  },
  price = per.call(0.2),
}

model "rhart-image-v1/edit" {
  zh = "全能图片V1-图生图-低价渠道版", documented = "nano-banana/edit-channel-low-price",
  task = "image-to-image", output = "image",
  text   "prompt"      { max = 20000 },
  one_of "aspectRatio" {
    "auto", "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "21:9", default = "auto",
  },
  images "imageUrls"   { "jpg", "png", max = "10MB", items = 5 },
  price = per.call(0.05),
}

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
