-- Hitem3D: 3D models from one picture or several.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "hitem3d"

prices_in "CNY"
as_of "2026-04-29"

model "hitem3d-portrait-v15/image-to-3d" {
  documented = true,
  task = "image-to-3d", output = "3d",
  one_of "requestType" { "mesh", "both", default = "mesh" },
  image  "imageUrl"    { "png", "jpeg", "jpg", "webp", max = "20MB" },
  one_of "resolution"  { "1536", default = "1536" },
  whole  "face"        { min = 100000, max = 2000000, step = 10000, default = 2000000, optional },
  price = per.call {
    by = { "requestType", "resolution" }, both = { ["1536"] = 7 }, mesh = { ["1536"] = 5.6 },
  },
}

model "hitem3d-portrait-v15/multi-image-to-3d" {
  documented = true,
  task = "image-to-3d", output = "3d",
  one_of "requestType"   { "mesh", "both", default = "mesh" },
  image  "frontImageUrl" { "png", "jpeg", "jpg", "webp", max = "20MB" },
  image  "backImageUrl"  { "jpg", "png", max = "20MB", optional },
  image  "leftImageUrl"  { "jpg", "png", max = "20MB", optional },
  image  "rightImageUrl" { "jpg", "png", max = "20MB", optional },
  one_of "resolution"    { "1536", default = "1536" },
  whole  "face"          { min = 100000, max = 2000000, step = 10000, default = 2000000, optional },
  price = per.call {
    by = { "requestType", "resolution" }, both = { ["1536"] = 7 }, mesh = { ["1536"] = 5.6 },
  },
}

model "hitem3d-portrait-v20/image-to-3d" {
  documented = true,
  task = "image-to-3d", output = "3d",
  one_of "requestType" { "mesh", "both", default = "mesh" },
  image  "imageUrl"    { "png", "jpeg", "jpg", "webp", max = "10MB" },
  one_of "resolution"  { "1536pro", default = "1536pro" },
  whole  "face"        { min = 100000, max = 2000000, step = 10000, default = 2000000, optional },
  price = per.call {
    by = { "requestType", "resolution" }, both = { ["1536pro"] = 9.8 }, mesh = { ["1536pro"] = 5.6 },
  },
}

model "hitem3d-portrait-v20/multi-image-to-3d" {
  documented = true,
  task = "image-to-3d", output = "3d",
  one_of "requestType"   { "mesh", "both", default = "mesh" },
  image  "frontImageUrl" { "png", "jpeg", "jpg", "webp", max = "20MB" },
  image  "backImageUrl"  { "jpg", "png", max = "20MB", optional },
  image  "leftImageUrl"  { "jpg", "png", max = "20MB", optional },
  image  "rightImageUrl" { "jpg", "png", max = "20MB", optional },
  one_of "resolution"    { "1536pro", default = "1536pro" },
  whole  "face"          { min = 100000, max = 2000000, step = 10000, default = 2000000, optional },
  price = per.call {
    by = { "requestType", "resolution" }, both = { ["1536pro"] = 9.8 }, mesh = { ["1536pro"] = 5.6 },
  },
}

model "hitem3d-portrait-v21/image-to-3d" {
  documented = true,
  task = "image-to-3d", output = "3d",
  one_of "requestType" { "mesh", "both", default = "mesh" },
  image  "imageUrl"    { "png", "jpeg", "jpg", "webp", max = "20MB" },
  one_of "resolution"  { "1536pro", default = "1536pro" },
  whole  "face"        { min = 100000, max = 2000000, step = 10000, default = 2000000, optional },
  price = per.call {
    by = { "requestType", "resolution" }, both = { ["1536pro"] = 9.8 }, mesh = { ["1536pro"] = 5.6 },
  },
}

model "hitem3d-portrait-v21/multi-image-to-3d" {
  documented = true,
  task = "image-to-3d", output = "3d",
  one_of "requestType"   { "mesh", "both", default = "mesh" },
  image  "frontImageUrl" { "png", "jpeg", "jpg", "webp", max = "20MB" },
  image  "backImageUrl"  { "jpg", "png", max = "20MB", optional },
  image  "leftImageUrl"  { "jpg", "png", max = "20MB", optional },
  image  "rightImageUrl" { "jpg", "png", max = "20MB", optional },
  one_of "resolution"    { "1536pro", default = "1536pro" },
  whole  "face"          { min = 100000, max = 2000000, step = 10000, default = 2000000, optional },
  price = per.call {
    by = { "requestType", "resolution" }, both = { ["1536pro"] = 5.8 }, mesh = { ["1536pro"] = 5.6 },
  },
}

model "hitem3d-v15/image-to-3d" {
  documented = true,
  task = "image-to-3d", output = "3d",
  one_of "requestType" { "mesh", "both", default = "mesh" },
  image  "imageUrl"    { "png", "jpeg", "jpg", "webp", max = "20MB" },
  one_of "resolution"  { "512", "1024", "1536", "1536pro", default = "1024" },
  whole  "face"        { min = 100000, max = 2000000, step = 10000, default = 1000000, optional },
  price = per.call {
    by = { "requestType", "resolution" },
    both = { ["512"] = 2.1, ["1024"] = 2.8, ["1536"] = 7, ["1536pro"] = 9.8 },
    mesh = { ["512"] = 0.7, ["1024"] = 1.4, ["1536"] = 5.6, ["1536pro"] = 8.4 },
  },
}

model "hitem3d-v15/multi-image-to-3d" {
  documented = true,
  task = "image-to-3d", output = "3d",
  one_of "requestType"   { "mesh", "both", default = "mesh" },
  image  "frontImageUrl" { "png", "jpeg", "jpg", "webp", max = "20MB" },
  image  "backImageUrl"  { "jpg", "png", max = "20MB", optional },
  image  "leftImageUrl"  { "jpg", "png", max = "20MB", optional },
  image  "rightImageUrl" { "jpg", "png", max = "20MB", optional },
  one_of "resolution"    { "512", "1024", "1536", "1536pro", default = "1024" },
  whole  "face"          { min = 100000, max = 2000000, step = 10000, default = 1000000, optional },
  price = per.call {
    by = { "requestType", "resolution" },
    both = { ["512"] = 2.1, ["1024"] = 2.8, ["1536"] = 7, ["1536pro"] = 9.8 },
    mesh = { ["512"] = 0.7, ["1024"] = 1.4, ["1536"] = 5.6, ["1536pro"] = 8.4 },
  },
}

model "hitem3d-v2/image-to-3d" {
  documented = true,
  task = "image-to-3d", output = "3d",
  one_of "requestType" { "mesh", "both", default = "mesh" },
  image  "imageUrl"    { "png", "jpeg", "jpg", "webp", max = "20MB" },
  one_of "resolution"  { "1536", "1536pro", default = "1536" },
  whole  "face"        { min = 100000, max = 2000000, step = 10000, default = 1000000, optional },
  price = per.call {
    by = { "requestType", "resolution" }, both = { ["1536"] = 9.8, ["1536pro"] = 12.6 },
    mesh = { ["1536"] = 5.6, ["1536pro"] = 8.4 },
  },
}

model "hitem3d-v2/multi-image-to-3d" {
  documented = true,
  task = "image-to-3d", output = "3d",
  one_of "requestType"   { "mesh", "both", default = "mesh" },
  image  "frontImageUrl" { "png", "jpeg", "jpg", "webp", max = "20MB" },
  image  "backImageUrl"  { "jpg", "png", max = "20MB", optional },
  image  "leftImageUrl"  { "jpg", "png", max = "20MB", optional },
  image  "rightImageUrl" { "jpg", "png", max = "20MB", optional },
  one_of "resolution"    { "1536", "1536pro", default = "1536" },
  whole  "face"          { min = 100000, max = 2000000, step = 10000, default = 1000000, optional },
  price = per.call {
    by = { "requestType", "resolution" }, both = { ["1536"] = 9.8, ["1536pro"] = 12.6 },
    mesh = { ["1536"] = 5.6, ["1536pro"] = 8.4 },
  },
}

model "hitem3d-v21/image-to-3d" {
  task = "image-to-3d", output = "3d",
  one_of "requestType" { "mesh", "both", default = "mesh" },
  image  "imageUrl"    { "png", "jpeg", "jpg", "webp", max = "20MB" },
  one_of "resolution"  { "1536pro", "1536fast", default = "1536pro" },
  whole  "face"        { min = 100000, max = 2000000, step = 10000, default = 2000000, optional },
  price = per.call {
    by = { "requestType", "resolution" }, both = { ["1536fast"] = 29.4, ["1536pro"] = 9.8 },
    mesh = { ["1536fast"] = 16.8, ["1536pro"] = 5.6 },
  },
}

model "hitem3d-v21/multi-image-to-3d" {
  task = "image-to-3d", output = "3d",
  one_of "requestType"   { "mesh", "both", default = "mesh" },
  image  "frontImageUrl" { "png", "jpeg", "jpg", "webp", max = "20MB" },
  image  "backImageUrl"  { "jpg", "png", "jpeg", "webp", max = "20MB", optional },
  image  "leftImageUrl"  { "jpg", "png", "jpeg", "webp", max = "20MB", optional },
  image  "rightImageUrl" { "jpg", "png", "jpeg", "webp", max = "20MB", optional },
  one_of "resolution"    { "1536pro", "1536fast", default = "1536pro" },
  whole  "face"          { min = 100000, max = 2000000, step = 10000, default = 2000000, optional },
  price = per.call {
    by = { "requestType", "resolution" }, both = { ["1536fast"] = 21, ["1536pro"] = 7 },
    mesh = { ["1536fast"] = 16.8, ["1536pro"] = 5.6 },
  },
}

return models
