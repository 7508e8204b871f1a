-- Topaz Labs: pictures and video enlarged and cleaned.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "topaz"

prices_in "CNY"
as_of "2026-04-29"

model "topazlabs/image-gigapixel-art-and-cgi" {
  zh = "topazlabs图像放大Art and CGI", name = "topazlabs-image-gigapixel-art-and-cgi",
  task = "image-upscale", output = "image",
  image  "imageUrl"                  { max = "50MB" },
  whole  "outputWidth"               { min = 1, max = 32000, default = 1920, optional },
  whole  "outputHeight"              { min = 1, max = 32000, default = 1080, optional },
  one_of "outputFormat"              { "jpeg", "jpg", "png", "tiff", "tif", default = "jpeg", optional },
  flag   "cropToFill"                { default = false, optional },
  number "deblurStrength"            { min = 0, max = 1, default = 0.5, optional },
  number "strength"                  { min = 0.01, max = 1, default = 0.25, optional },
  number "fixCompression"            { min = 0, max = 1, default = 0.0, optional },
  number "denoise"                   { min = 0, max = 1, default = 0.0, optional },
  number "sharpen"                   { min = 0, max = 1, default = 0.0, optional },
  one_of "subjectDetection"          { "All", "Foreground", "Background", default = "All", optional },
  flag   "faceEnhancement"           { default = false, optional },
  number "faceEnhancementStrength"   { min = 0, max = 1, default = 0.8, optional },
  number "faceEnhancementCreativity" { min = 0, max = 1, default = 0.0, optional },
}

model "topazlabs/image-gigapixel-high-fidelity-2" {
  zh = "topazlabs图像放大High Fidelity v2", name = "topazlabs-image-gigapixel-high-fidelity-2",
  task = "image-upscale", output = "image",
  image  "imageUrl"                  { max = "50MB" },
  whole  "outputWidth"               { min = 1, max = 32000, default = 1920, optional },
  whole  "outputHeight"              { min = 1, max = 32000, default = 1080, optional },
  one_of "outputFormat"              { "jpeg", "jpg", "png", default = "jpeg", optional },
  flag   "cropToFill"                { default = false, optional },
  number "strength"                  { min = 0.01, max = 1, default = 0.25, optional },
  number "fixCompression"            { min = 0, max = 1, default = 0.0, optional },
  number "denoise"                   { min = 0, max = 1, default = 0.0, optional },
  number "sharpen"                   { min = 0, max = 1, default = 0.0, optional },
  one_of "subjectDetection"          { "All", "Foreground", "Background", default = "All", optional },
  flag   "faceEnhancement"           { default = false, optional },
  number "faceEnhancementStrength"   { min = 0, max = 1, default = 0.8, optional },
  number "faceEnhancementCreativity" { min = 0, max = 1, default = 0.0, optional },
}

model "topazlabs/image-gigapixel-low-resolution-2" {
  zh = "topazlabs图像放大Low Resolution v2", name = "topazlabs-image-gigapixel-low-resolution-2",
  task = "image-upscale", output = "image",
  image  "imageUrl"                  { max = "50MB" },
  whole  "outputWidth"               { min = 1, max = 32000, default = 1920, optional },
  whole  "outputHeight"              { min = 1, max = 32000, default = 1080, optional },
  one_of "outputFormat"              { "jpeg", "jpg", "png", "tiff", "tif", default = "jpeg", optional },
  flag   "cropToFill"                { default = false, optional },
  number "strength"                  { min = 0.01, max = 1, default = 0.25, optional },
  number "fixCompression"            { min = 0, max = 1, default = 0.0, optional },
  number "denoise"                   { min = 0, max = 1, default = 0.0, optional },
  number "sharpen"                   { min = 0, max = 1, default = 0.0, optional },
  one_of "subjectDetection"          { "All", "Foreground", "Background", default = "All", optional },
  flag   "faceEnhancement"           { default = false, optional },
  number "faceEnhancementStrength"   { min = 0, max = 1, default = 0.8, optional },
  number "faceEnhancementCreativity" { min = 0, max = 1, default = 0.0, optional },
}

model "topazlabs/image-gigapixel-standard-2" {
  zh = "topazlabs图像放大Standard v2", name = "topazlabs-image-gigapixel-standard-2",
  task = "image-upscale", output = "image",
  image  "imageUrl"                  { max = "50MB" },
  whole  "outputWidth"               { min = 1, max = 32000, default = 1920, optional },
  whole  "outputHeight"              { min = 1, max = 32000, default = 1080, optional },
  one_of "outputFormat"              { "jpeg", "jpg", "png", "tiff", "tif", default = "jpeg", optional },
  flag   "cropToFill"                { default = false, optional },
  number "strength"                  { min = 0.01, max = 1, default = 0.25, optional },
  number "fixCompression"            { min = 0, max = 1, default = 0.0, optional },
  number "denoise"                   { min = 0, max = 1, default = 0.0, optional },
  number "sharpen"                   { min = 0, max = 1, default = 0.0, optional },
  one_of "subjectDetection"          { "All", "Foreground", "Background", default = "All", optional },
  flag   "faceEnhancement"           { default = false, optional },
  number "faceEnhancementStrength"   { min = 0, max = 1, default = 0.8, optional },
  number "faceEnhancementCreativity" { min = 0, max = 1, default = 0.0, optional },
}

model "topazlabs/image-gigapixel-text-and-shapes" {
  zh = "topazlabs图像放大Text and Shapes", name = "topazlabs-image-gigapixel-text-and-shapes",
  task = "image-upscale", output = "image",
  image  "imageUrl"                  { max = "50MB" },
  whole  "outputWidth"               { min = 1, max = 32000, default = 1920, optional },
  whole  "outputHeight"              { min = 1, max = 32000, default = 1080, optional },
  one_of "outputFormat"              { "jpeg", "jpg", "png", "tiff", "tif", default = "jpeg", optional },
  flag   "cropToFill"                { default = false, optional },
  number "strength"                  { min = 0.01, max = 1, default = 0.25, optional },
  number "fixCompression"            { min = 0, max = 1, default = 0.0, optional },
  number "denoise"                   { min = 0, max = 1, default = 0.0, optional },
  number "sharpen"                   { min = 0, max = 1, default = 0.0, optional },
  one_of "subjectDetection"          { "All", "Foreground", "Background", default = "All", optional },
  flag   "faceEnhancement"           { default = false, optional },
  number "faceEnhancementStrength"   { min = 0, max = 1, default = 0.8, optional },
  number "faceEnhancementCreativity" { min = 0, max = 1, default = 0.0, optional },
  number "deblurStrength"            { min = 0, max = 1, default = 0.5, optional },
  number "decompressionStrength"     { min = 0, max = 1, default = 0.5, optional },
  number "denoiseStrength"           { min = 0, max = 1, default = 0.5, optional },
  number "opacity"                   { min = 0, max = 1, default = 1.0, optional },
}

model "topazlabs/image-upscale-cgi" {
  zh = "topazlabs图像放大CGI", name = "topazlabs-image-upscale-cgi",
  task = "image-upscale", output = "image",
  image  "imageUrl"                  { "jpg", "png", max = "50MB" },
  one_of "scale"                     { "2x", "4x", "6x", default = "2x" },
  one_of "subjectDetection"          { "All", "Foreground", "Background", default = "All", optional },
  flag   "faceEnhancement"           { default = true, optional },
  number "faceEnhancementCreativity" { min = 0, max = 1, step = 0.1, default = 0.0, optional },
  number "faceEnhancementStrength"   { min = 0, max = 1, step = 0.1, default = 0.8, optional },
  price = per.call { by = "scale", ["2x"] = 0.7, ["4x"] = 1.4, ["6x"] = 2.1 },
}

model "topazlabs/image-upscale-detail-faces" {
  zh = "topazlabs图像放大Detail Faces", name = "topazlabs-image-upscale-detail-faces",
  task = "image-upscale", output = "image",
  image  "imageUrl"       { max = "50MB" },
  whole  "outputWidth"    { min = 1, max = 32000, default = 1920, optional },
  whole  "outputHeight"   { min = 1, max = 32000, default = 1080, optional },
  flag   "cropToFill"     { default = false, optional },
  one_of "outputFormat"   { "jpeg", "jpg", "png", default = "jpeg", optional },
  number "detailStrength" { min = 0, max = 10, default = 6.0, optional },
}

model "topazlabs/image-upscale-high-fidelity-v2" {
  zh = "topazlabs图像放大High Fidelity V2", name = "topazlabs-image-upscale-high fidelity v2",
  task = "image-upscale", output = "image",
  image  "imageUrl"                  { "jpg", "png", max = "50MB" },
  one_of "scale"                     { "2x", "4x", "6x", default = "2x" },
  one_of "subjectDetection"          { "All", "Foreground", "Background", default = "All", optional },
  flag   "faceEnhancement"           { default = true, optional },
  number "faceEnhancementCreativity" { min = 0, max = 1, step = 0.1, default = 0.0, optional },
  number "faceEnhancementStrength"   { min = 0, max = 1, step = 0.1, default = 0.8, optional },
  price = per.call { by = "scale", ["2x"] = 0.7, ["4x"] = 1.4, ["6x"] = 2.1 },
}

model "topazlabs/image-upscale-high-fidelity-v3" {
  zh = "topazlabs图像放大High Fidelity V3", name = "topazlabs-image-upscale-high-fidelity-v3",
  task = "image-upscale", output = "image",
  image  "imageUrl"                  { max = "50MB" },
  number "opacity"                   { min = 0, max = 1, default = 1.0, optional },
  number "recoveryStrength"          { min = 0, max = 1, default = 1.0, optional },
  number "strength"                  { min = 0.01, max = 1, default = 0.25, optional },
  number "fixCompression"            { min = 0, max = 1, default = 0.0, optional },
  number "denoise"                   { min = 0, max = 1, default = 0.0, optional },
  number "sharpen"                   { min = 0, max = 1, default = 0.0, optional },
  one_of "subjectDetection"          { "All", "Foreground", "Background", default = "All", optional },
  number "faceEnhancementCreativity" { min = 0, max = 1, default = 0.0, optional },
  number "faceEnhancementStrength"   { min = 0, max = 1, default = 0.8, optional },
  flag   "faceEnhancement"           { default = false, optional },
  flag   "cropToFill"                { default = false, optional },
  whole  "outputWidth"               { min = 1, max = 32000, default = 1920, optional },
  whole  "outputHeight"              { min = 1, max = 32000, default = 1080, optional },
  one_of "outputFormat"              { "jpeg", "jpg", "png", default = "jpeg", optional },
}

model "topazlabs/image-upscale-standard-v2" {
  zh = "topazlabs图像放大StandardV2", name = "topazlabs-image-upscale-standard-v2",
  task = "image-upscale", output = "image",
  image  "imageUrl"                  { "jpg", "png", max = "50MB" },
  one_of "scale"                     { "2x", "4x", "6x", default = "2x" },
  one_of "subjectDetection"          { "All", "Foreground", "Background", default = "All", optional },
  flag   "faceEnhancement"           { default = true, optional },
  number "faceEnhancementCreativity" { min = 0, max = 1, step = 0.1, default = 0.0, optional },
  number "faceEnhancementStrength"   { min = 0, max = 1, step = 0.1, default = 0.8, optional },
  price = per.call { by = "scale", ["2x"] = 0.7, ["4x"] = 1.4, ["6x"] = 2.1 },
}

model "topazlabs/image-upscale-text-refine" {
  zh = "topazlabs图像放大Text Refine", name = "topazlabs-image-upscale-text refine",
  task = "image-upscale", output = "image",
  image  "imageUrl"                  { "jpg", "png", max = "50MB" },
  one_of "scale"                     { "2x", "4x", "6x", default = "2x" },
  one_of "subjectDetection"          { "All", "Foreground", "Background", default = "All", optional },
  flag   "faceEnhancement"           { default = true, optional },
  number "faceEnhancementCreativity" { min = 0, max = 1, step = 0.1, default = 0.0, optional },
  number "faceEnhancementStrength"   { min = 0, max = 1, step = 0.1, default = 0.8, optional },
  price = per.call { by = "scale", ["2x"] = 0.7, ["4x"] = 1.4, ["6x"] = 2.1 },
}

model "topazlabs/image-upscale-transparent" {
  zh = "topazlabs图像放大Transparent", name = "topazlabs-image-upscale-transparent",
  task = "image-upscale", output = "image",
  image  "imageUrl"     { max = "50MB" },
  whole  "outputWidth"  { min = 1, max = 32000, default = 1920, optional },
  whole  "outputHeight" { min = 1, max = 32000, default = 1080, optional },
  flag   "cropToFill"   { default = false, optional },
  one_of "outputFormat" { "png", default = "png", optional },
}

model "topazlabs/image-upscale/low-resolution-v2" {
  zh = "topazlabs图像放大Low Resolution V2", name = "topazlabs-image-upscale low resolution v2",
  task = "image-upscale", output = "image",
  image  "imageUrl"                  { "jpg", "png", max = "50MB" },
  one_of "scale"                     { "2x", "4x", "6x", default = "2x" },
  one_of "subjectDetection"          { "All", "Foreground", "Background", default = "All", optional },
  flag   "faceEnhancement"           { default = true, optional },
  number "faceEnhancementCreativity" { min = 0, max = 1, step = 0.1, default = 0.0, optional },
  number "faceEnhancementStrength"   { min = 0, max = 1, step = 0.1, default = 0.8, optional },
  price = per.call { by = "scale", ["2x"] = 0.7, ["4x"] = 1.4, ["6x"] = 2.1 },
}

model "topazlabs/video-astra" {
  zh = "topazlabs视频放大Astra", name = "topazlabs-video-astra",
  task = "video-upscale", output = "video",
  video  "videoUrl"     { max = "200MB" },
  whole  "outputWidth"  { min = 1, max = 32000, default = 1280 },
  whole  "outputHeight" { min = 1, max = 32000, default = 720 },
  one_of "model"        { "ast-2", default = "ast-2" },
}

model "topazlabs/video-denoise" {
  zh = "topazlabs视频降噪Denoise", name = "topazlabs-video-denoise",
  task = "other", output = "video",
  video  "videoUrl"     { max = "200MB" },
  whole  "outputWidth"  { min = 1, max = 32000, default = 1280 },
  whole  "outputHeight" { min = 1, max = 32000, default = 720 },
  one_of "model"        { "nyx-3", "nxhf-1", "nxl-1", "nxf-1", default = "nyx-3" },
}

model "topazlabs/video-frame-interpolation" {
  zh = "topazlabs视频补帧Frame Interpolation", name = "topazlabs-video-frame-interpolation",
  task = "other", output = "video",
  video  "videoUrl"        { max = "200MB" },
  whole  "outputWidth"     { min = 1, max = 32000, default = 1280 },
  whole  "outputHeight"    { min = 1, max = 32000, default = 720 },
  one_of "model"           { "apo-8", "apf-2", "aion-1", "chr-2", "chf-3", default = "apo-8" },
  whole  "outputFrameRate" { min = 15, max = 240, default = 60, optional },
}

model "topazlabs/video-proteus" {
  zh = "topazlabs视频增强Proteus", name = "topazlabs-video-proteus",
  task = "video-upscale", output = "video",
  video  "videoUrl"     { max = "200MB" },
  whole  "outputWidth"  { min = 1, max = 32000, default = 1280 },
  whole  "outputHeight" { min = 1, max = 32000, default = 720 },
  one_of "model"        {
    "prob-4", "pnat-1", "rhea-1", "thd-3", "thf-4", "ahq-12", "alqs-2", "alq-13", "amqs-2", "amq-13",
    "ddv-3", "dtv-4", "dtd-4", "dtvs-2", "dtds-2", "gcg-5", "ghq-5", "ganim-1", "iris-3", "iris-2",
    default = "prob-4",
  },
}

model "topazlabs/video-starlight" {
  zh = "topazlabs视频增强Starlight", name = "topazlabs-video-starlight",
  task = "video-upscale", output = "video",
  video  "videoUrl"     { max = "200MB" },
  whole  "outputWidth"  { min = 1, max = 32000, default = 1280 },
  whole  "outputHeight" { min = 1, max = 32000, default = 720 },
  one_of "model"        { "slp-2.5", "slhq-1", "slm-1", "wonder-1", "slf-2", default = "slp-2.5" },
}

model "topazlabs/video-upscale" {
  zh = "topazlabs视频放大", name = "topazlabs-video-upscale",
  task = "video-upscale", output = "video",
  video  "videoUrl"         { "mp4", max = "100MB" },
  one_of "targetResolution" { "720p", "1080p", "4k", default = "1080p" },
  one_of "targetFps"        { "30", "60", default = "30" },
  price = per.second {
    by = { "targetFps", "targetResolution" },
    ["30"] = { ["4k"] = 1.2, ["720p"] = 0.4, ["1080p"] = 0.7 },
    ["60"] = { ["4k"] = 2.5, ["720p"] = 0.8, ["1080p"] = 1.5 },
  },
}

return models
