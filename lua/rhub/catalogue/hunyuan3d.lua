-- Hunyuan3D, by Tencent: 3D models from text and pictures.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "hunyuan3d"

prices_in "CNY"
as_of "2026-04-29"

model "hunyuan3d-v3.1/image-to-3d" {
  zh = "混元图生3D模型v3.1", documented = true,
  task = "image-to-3d", output = "3d",
  whole  "faceCount"          { min = 10000, max = 1500000, default = 500000, optional },
  flag   "enablePbr"          { default = false },
  one_of "generateType"       { "Normal", "Geometry", "Sketch", default = "Normal" },
  image  "imageUrl"           { "jpg", "png", max = "10MB" },
  image  "leftImageUrl"       { "jpg", "png", max = "10MB", optional },
  image  "rightImageUrl"      { "jpg", "png", max = "10MB", optional },
  image  "backImageUrl"       { "jpg", "png", max = "10MB", optional },
  image  "topImageUrl"        { "jpg", "png", max = "10MB", optional },
  image  "bottomImageUrl"     { "jpg", "png", max = "10MB", optional },
  image  "leftFrontImageUrl"  { "jpg", "png", max = "10MB", optional },
  image  "rightFrontImageUrl" { "jpg", "png", max = "10MB", optional },
  price = per.call {
    by = { "enablePbr", "generateType" }, ["false"] = { Geometry = 4.2, Normal = 4.8, Sketch = 5.4 },
    ["true"] = { Geometry = 5.4, Normal = 6, Sketch = 6.6 },
  },
}

model "hunyuan3d-v3.1/text-to-3d" {
  zh = "混元文生3D模型v3.1", documented = true,
  task = "text-to-3d", output = "3d",
  text   "prompt",
  whole  "faceCount"    { min = 10000, max = 1500000, default = 500000, optional },
  flag   "enablePbr"    { default = false },
  one_of "generateType" { "Normal", "Geometry", "Sketch", default = "Normal" },
  price = per.call {
    by = { "enablePbr", "generateType" }, ["false"] = { Geometry = 1.8, Normal = 2.4, Sketch = 3 },
    ["true"] = { Geometry = 3, Normal = 3.6, Sketch = 4.2 },
  },
}

return models
