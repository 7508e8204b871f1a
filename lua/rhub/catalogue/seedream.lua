-- Seedream, by ByteDance: pictures from text, and edits.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "seedream"

prices_in "CNY"
as_of "2026-04-29"

model "dola-Seedream-5.0-pro/image-to-image" {
  zh = "Dola-Seedream-5.0-pro-图生图", name = "Dola-Seedream-5.0-pro/image-to-image",
  task = "image-to-image", output = "image",
  text   "prompt"       { max = 5000 },
  whole  "width"        { min = 240, max = 8192, default = 1024, optional },
  whole  "height"       { min = 240, max = 8192, default = 1024, optional },
  images "imageUrls"    { max = "10MB", items = 10 },
  one_of "resolution"   { "1k", "2k", default = "2k", optional },
  one_of "outputFormat" { "jpeg", "png", default = "jpeg", optional },
}

model "dola-Seedream-5.0-pro/text-to-image" {
  zh = "Dola-Seedream-5.0-pro-文生图", name = "Dola-Seedream-5.0-pro/text-to-image",
  task = "text-to-image", output = "image",
  text   "prompt"       { max = 5000 },
  whole  "width"        { min = 240, max = 8192, default = 1024, optional },
  whole  "height"       { min = 240, max = 8192, default = 1024, optional },
  one_of "resolution"   { "1k", "2k", default = "2k", optional },
  one_of "outputFormat" { "jpeg", "png", default = "jpeg", optional },
}

model "seedream-v4.5/image-to-image" {
  zh = "seedream-v4.5-图生图", documented = true,
  task = "image-to-image", output = "image",
  text   "prompt"                    { max = 2000 },
  whole  "width"                     { min = 512, max = 8192, step = 8, default = 2048, optional },
  whole  "height"                    { min = 512, max = 8192, default = 2048, optional },
  images "imageUrls"                 { "png", "jpeg", max = "10MB", items = 10 },
  one_of "sequentialImageGeneration" { "disabled", "auto", default = "disabled", optional },
  whole  "maxImages"                 { min = 1, max = 15, default = 1, optional },
  one_of "resolution"                { "2k", "4k", optional },
  price = per.image { fixed = 0.2, times = "maxImages" },
}

model "seedream-v4.5/text-to-image" {
  zh = "seedream-v4.5-文生图", documented = true,
  task = "text-to-image", output = "image",
  text   "prompt"                    { max = 2000 },
  whole  "width"                     { min = 512, max = 8192, step = 8, default = 2048, optional },
  whole  "height"                    { min = 512, max = 8192, step = 8, default = 2048, optional },
  one_of "sequentialImageGeneration" { "disabled", "auto", default = "disabled", optional },
  whole  "maxImages"                 { min = 1, max = 15, default = 1, optional },
  one_of "resolution"                { "2k", "4k", optional },
  price = per.image { fixed = 0.2, times = "maxImages" },
}

model "seedream-v4/image-to-image" {
  zh = "seedream-v4-图生图", documented = true,
  task = "image-to-image", output = "image",
  text   "prompt"                    { max = 2000 },
  whole  "width"                     { min = 512, max = 8192, step = 8, default = 2048, optional },
  whole  "height"                    { min = 512, max = 8192, default = 2048, optional },
  images "imageUrls"                 { "png", "jpeg", max = "10MB", items = 10 },
  one_of "sequentialImageGeneration" { "disabled", "auto", default = "disabled", optional },
  whole  "maxImages"                 { min = 1, max = 15, default = 1, optional },
  one_of "resolution"                { "1k", "2k", "4k", optional },
  price = per.image { fixed = 0.14, times = "maxImages" },
}

model "seedream-v4/text-to-image" {
  zh = "seedream-v4-文生图", documented = true,
  task = "text-to-image", output = "image",
  text   "prompt"                    { max = 2000 },
  whole  "width"                     { min = 512, max = 8192, step = 8, default = 2048, optional },
  whole  "height"                    { min = 512, max = 8192, default = 2048, optional },
  one_of "sequentialImageGeneration" { "disabled", "auto", default = "disabled", optional },
  whole  "maxImages"                 { min = 1, max = 15, default = 1, optional },
  one_of "resolution"                { "1k", "2k", "4k", optional },
  price = per.image { fixed = 0.14, times = "maxImages" },
}

model "seedream-v5-lite/image-to-image" {
  zh = "seedream-v5-lite-图生图", documented = true,
  task = "image-to-image", output = "image",
  text   "prompt"                    { max = 2000 },
  whole  "width"                     { min = 1600, max = 4704, step = 8, default = 2048, optional },
  whole  "height"                    { min = 1344, max = 4096, default = 2048, optional },
  images "imageUrls"                 { "png", "jpeg", max = "10MB", items = 10 },
  one_of "sequentialImageGeneration" { "disabled", "auto", default = "disabled", optional },
  whole  "maxImages"                 { min = 1, max = 15, default = 1, optional },
  one_of "resolution"                { "2k", "3k", optional },
  price = per.image { fixed = 0.22, times = "maxImages" },
}

model "seedream-v5-lite/text-to-image" {
  zh = "seedream-v5-lite-文生图", documented = true,
  task = "text-to-image", output = "image",
  text   "prompt"                    { max = 2000 },
  whole  "width"                     { min = 1600, max = 4704, step = 8, default = 2048, optional },
  whole  "height"                    { min = 1344, max = 4096, default = 2048, optional },
  one_of "sequentialImageGeneration" { "disabled", "auto", default = "disabled", optional },
  whole  "maxImages"                 { min = 1, max = 15, default = 1, optional },
  one_of "toolsType"                 { "web_search", default = "web_search", optional },
  one_of "resolution"                { "2k", "3k", optional },
  price = per.image { fixed = 0.22, times = "maxImages" },
}

model "seedream-v5-pro/image-to-image" {
  zh = "seedream-v5-pro-图生图",
  task = "image-to-image", output = "image",
  text   "prompt"       { max = 5000 },
  whole  "width"        { min = 240, max = 8192, default = 1024, optional },
  whole  "height"       { min = 240, max = 8192, default = 1024, optional },
  images "imageUrls"    { max = "10MB", items = 10 },
  one_of "resolution"   { "1k", "2k", default = "2k", optional },
  one_of "outputFormat" { "jpeg", "png", default = "jpeg", optional },
}

model "seedream-v5-pro/text-to-image" {
  zh = "seedream-v5-pro-文生图",
  task = "text-to-image", output = "image",
  text   "prompt"       { max = 5000 },
  whole  "width"        { min = 240, max = 8192, default = 1024, optional },
  whole  "height"       { min = 240, max = 8192, default = 1024, optional },
  one_of "resolution"   { "1k", "2k", default = "2k", optional },
  one_of "outputFormat" { "jpeg", "png", default = "jpeg", optional },
}

return models
