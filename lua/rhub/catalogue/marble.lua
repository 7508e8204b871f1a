-- Marble, by World Labs: 3D worlds from text, pictures and video.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "marble"

prices_in "CNY"
as_of "2026-04-29"

model "marble-1.0/image-to-world" {
  zh = "marble-1.0 单图生3D世界",
  task = "image-to-3d", output = "image",
  text  "imageUrl"                 { max = 2048, optional },
  text  "textPrompt"               { max = 4000, optional },
  flag  "isPano"                   { default = false, optional },
  flag  "disableRecaption"         { default = false, optional },
  text  "displayName"              { max = 64, optional },
  whole "seed"                     { optional },
  flag  "permissionPublic"         { default = false, optional },
  flag  "permissionAllowIdAccess"  { default = false, optional },
  text  "tags"                     { max = 700, optional },
  text  "permissionAllowedReaders" { max = 4000, optional },
  text  "permissionAllowedWriters" { max = 4000, optional },
  price = per.call { by = "isPano", ["false"] = 9.1, ["true"] = 8.64 },
}

model "marble-1.0/multi-image-to-world" {
  zh = "marble-1.0 多图生3D世界",
  task = "image-to-3d", output = "image",
  text  "textPrompt"               { max = 4000, optional },
  flag  "reconstructImages"        { default = false, optional },
  flag  "disableRecaption"         { default = false, optional },
  text  "displayName"              { max = 64, optional },
  whole "seed"                     { optional },
  flag  "permissionPublic"         { default = false, optional },
  flag  "permissionAllowIdAccess"  { default = false, optional },
  text  "tags"                     { max = 700, optional },
  text  "permissionAllowedReaders" { max = 4000, optional },
  text  "permissionAllowedWriters" { max = 4000, optional },
  price = per.call(9.22),
}

model "marble-1.0/text-to-world" {
  zh = "marble-1.0 文生3D世界",
  task = "text-to-3d", output = "string",
  text  "prompt"                   { max = 4000, optional },
  flag  "disableRecaption"         { default = false, optional },
  text  "displayName"              { max = 64, optional },
  whole "seed"                     { optional },
  flag  "permissionPublic"         { default = false, optional },
  flag  "permissionAllowIdAccess"  { default = false, optional },
  text  "tags"                     { max = 700, optional },
  text  "permissionAllowedReaders" { max = 4000, optional },
  text  "permissionAllowedWriters" { max = 4000, optional },
  price = per.call(9.1),
}

model "marble-1.0/video-to-world" {
  zh = "marble-1.0 视频生3D世界",
  task = "other", output = "video",
  text  "videoUrl"                 { max = 2048, optional },
  text  "textPrompt"               { max = 4000, optional },
  flag  "disableRecaption"         { default = false, optional },
  text  "displayName"              { max = 64, optional },
  whole "seed"                     { optional },
  flag  "permissionPublic"         { default = false, optional },
  flag  "permissionAllowIdAccess"  { default = false, optional },
  text  "tags"                     { max = 700, optional },
  text  "permissionAllowedReaders" { max = 4000, optional },
  text  "permissionAllowedWriters" { max = 4000, optional },
  price = per.call(9.22),
}

model "marble-1.1-plus/image-to-world" {
  zh = "marble-1.1-plus 单图生3D世界",
  task = "image-to-3d", output = "image",
  text  "imageUrl"                 { max = 2048, optional },
  text  "textPrompt"               { max = 4000, optional },
  flag  "isPano"                   { default = false, optional },
  flag  "disableRecaption"         { default = false, optional },
  text  "displayName"              { max = 64, optional },
  whole "seed"                     { optional },
  flag  "permissionPublic"         { default = false, optional },
  flag  "permissionAllowIdAccess"  { default = false, optional },
  text  "tags"                     { max = 700, optional },
  text  "permissionAllowedReaders" { max = 4000, optional },
  text  "permissionAllowedWriters" { max = 4000, optional },
  price = per.call { by = "isPano", ["false"] = 17.74, ["true"] = 17.28 },
}

model "marble-1.1-plus/multi-image-to-world" {
  zh = "marble-1.1-plus 多图生3D世界",
  task = "image-to-3d", output = "image",
  text  "textPrompt"               { max = 4000, optional },
  flag  "reconstructImages"        { default = false, optional },
  flag  "disableRecaption"         { default = false, optional },
  text  "displayName"              { max = 64, optional },
  whole "seed"                     { optional },
  flag  "permissionPublic"         { default = false, optional },
  flag  "permissionAllowIdAccess"  { default = false, optional },
  text  "tags"                     { max = 700, optional },
  text  "permissionAllowedReaders" { max = 4000, optional },
  text  "permissionAllowedWriters" { max = 4000, optional },
  price = per.call(17.86),
}

model "marble-1.1-plus/text-to-world" {
  zh = "marble-1.1-plus 文生3D世界",
  task = "text-to-3d", output = "string",
  text  "prompt"                   { max = 4000, optional },
  flag  "disableRecaption"         { default = false, optional },
  text  "displayName"              { max = 64, optional },
  whole "seed"                     { optional },
  flag  "permissionPublic"         { default = false, optional },
  flag  "permissionAllowIdAccess"  { default = false, optional },
  text  "tags"                     { max = 700, optional },
  text  "permissionAllowedReaders" { max = 4000, optional },
  text  "permissionAllowedWriters" { max = 4000, optional },
  price = per.call(17.74),
}

model "marble-1.1-plus/video-to-world" {
  zh = "marble-1.1-plus 视频生3D世界",
  task = "other", output = "video",
  text  "videoUrl"                 { max = 2048, optional },
  text  "textPrompt"               { max = 4000, optional },
  flag  "disableRecaption"         { default = false, optional },
  text  "displayName"              { max = 64, optional },
  whole "seed"                     { optional },
  flag  "permissionPublic"         { default = false, optional },
  flag  "permissionAllowIdAccess"  { default = false, optional },
  text  "tags"                     { max = 700, optional },
  text  "permissionAllowedReaders" { max = 4000, optional },
  text  "permissionAllowedWriters" { max = 4000, optional },
  price = per.call(17.86),
}

model "marble-1.1/image-to-world" {
  zh = "marble-1.1 单图生3D世界",
  task = "image-to-3d", output = "image",
  text  "imageUrl"                 { max = 2048, optional },
  text  "textPrompt"               { max = 4000, optional },
  flag  "isPano"                   { default = false, optional },
  flag  "disableRecaption"         { default = false, optional },
  text  "displayName"              { max = 64, optional },
  whole "seed"                     { optional },
  flag  "permissionPublic"         { default = false, optional },
  flag  "permissionAllowIdAccess"  { default = false, optional },
  text  "tags"                     { max = 700, optional },
  text  "permissionAllowedReaders" { max = 4000, optional },
  text  "permissionAllowedWriters" { max = 4000, optional },
  price = per.call { by = "isPano", ["false"] = 9.1, ["true"] = 8.64 },
}

model "marble-1.1/multi-image-to-world" {
  zh = "marble-1.1 多图生3D世界",
  task = "image-to-3d", output = "image",
  text  "textPrompt"               { max = 4000, optional },
  flag  "reconstructImages"        { default = false, optional },
  flag  "disableRecaption"         { default = false, optional },
  text  "displayName"              { max = 64, optional },
  whole "seed"                     { optional },
  flag  "permissionPublic"         { default = false, optional },
  flag  "permissionAllowIdAccess"  { default = false, optional },
  text  "tags"                     { max = 700, optional },
  text  "permissionAllowedReaders" { max = 4000, optional },
  text  "permissionAllowedWriters" { max = 4000, optional },
  price = per.call(9.22),
}

model "marble-1.1/text-to-world" {
  zh = "marble-1.1 文生3D世界",
  task = "text-to-3d", output = "string",
  text  "prompt"                   { max = 4000, optional },
  flag  "disableRecaption"         { default = false, optional },
  text  "displayName"              { max = 64, optional },
  whole "seed"                     { optional },
  flag  "permissionPublic"         { default = false, optional },
  flag  "permissionAllowIdAccess"  { default = false, optional },
  text  "tags"                     { max = 700, optional },
  text  "permissionAllowedReaders" { max = 4000, optional },
  text  "permissionAllowedWriters" { max = 4000, optional },
  price = per.call(9.1),
}

model "marble-1.1/video-to-world" {
  zh = "marble-1.1 视频生3D世界",
  task = "other", output = "video",
  text  "videoUrl"                 { max = 2048, optional },
  text  "textPrompt"               { max = 4000, optional },
  flag  "disableRecaption"         { default = false, optional },
  text  "displayName"              { max = 64, optional },
  whole "seed"                     { optional },
  flag  "permissionPublic"         { default = false, optional },
  flag  "permissionAllowIdAccess"  { default = false, optional },
  text  "tags"                     { max = 700, optional },
  text  "permissionAllowedReaders" { max = 4000, optional },
  text  "permissionAllowedWriters" { max = 4000, optional },
  price = per.call(9.22),
}

model "marble/upload-media-asset" {
  zh = "Marble 上传媒体资源",
  task = "other", output = "string",
  text   "fileName"  { max = 64 },
  one_of "kind"      { "image", "video", default = "image" },
  text   "extension" { max = 16, optional },
  image  "imageUrl"  { "jpg", "png", "jpeg", max = "100MB", optional },
  video  "videoUrl"  { "mp4", max = "100MB", optional },
  price = per.call(9999),
}

return models
