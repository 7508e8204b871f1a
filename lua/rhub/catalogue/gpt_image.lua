-- GPT Image, by OpenAI (rhart-image-g-1.5, g-2): pictures from text, and edits.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "gpt-image"

prices_in "CNY"
as_of "2026-04-29"

model "rhart-image-g-1.5-official/image-to-image" {
  zh = "全能图片G-1.5-图生图-官方稳定版", documented = "gpt-image-1.5/image-to-image-official-stable",
  task = "image-to-image", output = "image",
  text   "prompt",
  images "imageUrls"     { "jpg", "png", max = "50MB", items = 10 },
  one_of "size"          { "1024*1024", "1024*1536", "1536*1024", default = "1024*1024" },
  one_of "quality"       { "low", "medium", "high", default = "medium" },
  one_of "inputFidelity" { "low", "high", optional },
  one_of "background"    { "auto", "transparent", "opaque", default = "auto", optional },
  price = per.call {
    by = { "quality", "size" },
    high = { ["1024*1024"] = 0.84, ["1024*1536"] = 1.26, ["1536*1024"] = 1.26, auto = 0.84 },
    low = { ["1024*1024"] = 0.06, ["1024*1536"] = 0.08, ["1536*1024"] = 0.08, auto = 0.06 },
    medium = { ["1024*1024"] = 0.21, ["1024*1536"] = 0.32, ["1536*1024"] = 0.32, auto = 0.21 },
  },
}

model "rhart-image-g-1.5-official/text-to-image" {
  zh = "全能图片G-1.5-文生图-官方稳定版", documented = "gpt-image-1.5/text-to-image-official-stable",
  task = "text-to-image", output = "image",
  text   "prompt",
  one_of "size"       { "1024*1024", "1024*1536", "1536*1024", default = "1024*1024" },
  one_of "quality"    { "low", "medium", "high", default = "medium" },
  one_of "background" { "auto", "transparent", "opaque", optional },
  price = per.call {
    by = { "quality", "size" },
    high = { ["1024*1024"] = 0.84, ["1024*1536"] = 1.26, ["1536*1024"] = 1.26 },
    low = { ["1024*1024"] = 0.06, ["1024*1536"] = 0.08, ["1536*1024"] = 0.08 },
    medium = { ["1024*1024"] = 0.21, ["1024*1536"] = 0.32, ["1536*1024"] = 0.32 },
  },
}

model "rhart-image-g-1.5/edit" {
  zh = "全能图片G-1.5-图生图-低价渠道版", documented = "gpt-image-1.5/edit-channel-low-price",
  status = "removed", last_seen = "2026-04-22",
  task = "image-to-image", output = "image",
  text   "prompt"      { max = 800 },
  images "imageUrls"   { "jpg", "png", max = "10MB", items = 2 },
  one_of "aspectRatio" { "auto", "1:1", "3:2", "2:3", default = "2:3" },
}

model "rhart-image-g-1.5/edit-[Deprecated]" {
  zh = "全能图片G-1.5-图生图-低价渠道版-(已下架) 可用全能图片G-2 模型代替",
  name = "gpt-image-1.5/edit-channel-low-price-[Deprecated] Please use gpt-image-2 instead",
  status = "deprecated",
  task = "image-to-image", output = "image",
  text   "prompt"      { max = 800 },
  images "imageUrls"   { "jpg", "png", max = "10MB", items = 2 },
  one_of "aspectRatio" { "auto", "1:1", "3:2", "2:3", default = "2:3" },
  price = per.call(0.03),
}

model "rhart-image-g-1.5/text-to-image" {
  zh = "全能图片G-1.5-文生图-低价渠道版", documented = "gpt-image-1.5/text-to-image-channel-low-price",
  status = "removed", last_seen = "2026-04-22",
  task = "text-to-image", output = "image",
  text   "prompt"      { max = 800 },
  one_of "aspectRatio" { "auto", "1:1", "3:2", "2:3", default = "2:3" },
}

model "rhart-image-g-1.5/text-to-image-[Deprecated]" {
  zh = "全能图片G-1.5-文生图-低价渠道版-(已下架) 可用全能图片G-2 模型代替",
  name = "gpt-image-1.5/text-to-image-channel-low-price-[Deprecated] Please use gpt-image-2 instead",
  status = "deprecated",
  task = "text-to-image", output = "image",
  text   "prompt",
  one_of "aspectRatio" { "auto", "1:1", "3:2", "2:3", default = "2:3" },
  price = per.call(0.03),
}

model "rhart-image-g-2-official/image-to-image" {
  zh = "全能图片G-2-图生图-官方稳定版", name = "gpt-image-2/image-to-image-official-stable",
  task = "image-to-image", output = "image",
  text   "prompt"      { max = 20000 },
  images "imageUrls"   { "jpg", "jpeg", "png", "webp", max = "10MB", items = 10 },
  one_of "aspectRatio" {
    "1:1", "1:2", "2:1", "1:3", "3:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "21:9", "9:21",
    "16:9", optional,
  },
  one_of "resolution"  { "1k", "2k", "4k", default = "2k" },
  one_of "quality"     { "low", "medium", "high", default = "medium" },
  price = per.call {
    by = { "quality", "resolution" }, list = { from = 0.19, unit = "call", as_of = "2026-06-18" },
    high = { ["1k"] = 1.581, ["2k"] = 2.948, ["4k"] = 4.738 },
    low = { ["1k"] = 0.29, ["2k"] = 0.328, ["4k"] = 0.378 },
    medium = { ["1k"] = 0.586, ["2k"] = 0.926, ["4k"] = 1.373 },
  },
}

model "rhart-image-g-2-official/text-to-image" {
  zh = "全能图片G-2-文生图-官方稳定版", name = "gpt-image-2/text-to-image-official-stable",
  task = "text-to-image", output = "image",
  text   "prompt"      { max = 20000 },
  one_of "aspectRatio" {
    "1:1", "1:2", "2:1", "1:3", "3:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "21:9", "9:21",
    "16:9", default = "16:9", optional,
  },
  one_of "resolution"  { "1k", "2k", "4k", default = "2k" },
  one_of "quality"     { "low", "medium", "high", default = "medium" },
  price = per.call {
    by = { "quality", "resolution" }, list = { from = 0.06, unit = "call", as_of = "2026-06-18" },
    high = { ["1k"] = 1.581, ["2k"] = 2.948, ["4k"] = 4.738 },
    low = { ["1k"] = 0.29, ["2k"] = 0.328, ["4k"] = 0.378 },
    medium = { ["1k"] = 0.586, ["2k"] = 0.926, ["4k"] = 1.373 },
  },
}

model "rhart-image-g-2/image-to-image" {
  zh = "全能图片G-2.0-图生图-低价渠道版", name = "gpt-image-2.0/edit-channel-low-price",
  task = "image-to-image", output = "image",
  text   "prompt"      { max = 20000 },
  images "imageUrls"   { "jpg", "png", max = "30MB", items = 10 },
  one_of "aspectRatio" {
    "3:2", "1:1", "2:3", "5:4", "4:5", "16:9", "9:16", "21:9", "3:4", "4:3", "9:21", "1:2", "2:1",
    "1:3", "3:1", optional,
  },
  one_of "resolution"  { "1k", "2k", "4k", default = "1k", optional },
  price = per.call(0.1),
}

model "rhart-image-g-2/text-to-image" {
  zh = "全能图片G-2.0-文生图-低价渠道版", name = "gpt-image-2.0/text-to-image-channel-low-price",
  task = "text-to-image", output = "image",
  text   "prompt"      { max = 20000 },
  one_of "aspectRatio" {
    "3:2", "1:1", "2:3", "5:4", "4:5", "16:9", "9:16", "21:9", "3:4", "4:3", "9:21", "1:2", "2:1",
    "1:3", "3:1", optional,
  },
  one_of "resolution"  { "1k", "2k", "4k", default = "1k", optional },
  price = per.call(0.1),
}

return models
