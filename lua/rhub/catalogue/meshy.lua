-- Meshy: 3D models from text and pictures.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "meshy"

model "meshy6/image-to-3d" {
  zh = "Meshy 6 图生 3D",
  task = "image-to-3d", output = "3d",
  image  "imageUrl"        { "jpg", "jpeg", "png", max = "10MB" },
  one_of "topology"        { "triangle", "quad", default = "triangle", optional },
  whole  "targetPolycount" { min = 100, max = 300000, default = 30000, optional },
  one_of "symmetryMode"    { "off", "auto", "on", default = "auto", optional },
  flag   "shouldRemesh"    { default = true, optional },
  flag   "shouldTexture"   { default = true, optional },
  flag   "enablePbr"       { default = false, optional },
  flag   "taPose"          { default = false, optional },
  text   "texturePrompt"   { max = 2000, optional },
  image  "textureImageUrl" { "jpg", "jpeg", "png", max = "10MB", optional },
}

model "meshy6/text-to-3d" {
  zh = "Meshy 6 文生 3D",
  task = "text-to-3d", output = "3d",
  text   "prompt"                { max = 600 },
  one_of "artStyle"              { "realistic", "sculpture", default = "realistic", optional },
  one_of "topology"              { "triangle", "quad", default = "triangle", optional },
  whole  "targetPolycount"       { min = 100, max = 300000, default = 30000, optional },
  one_of "symmetryMode"          { "off", "auto", "on", default = "auto", optional },
  flag   "shouldRemesh"          { default = true, optional },
  flag   "enablePbr"             { default = false, optional },
  flag   "taPose"                { default = false, optional },
  flag   "enablePromptExpansion" { default = false, optional },
  text   "texturePrompt"         { max = 2000, optional },
  image  "textureImageUrl"       { "jpg", "jpeg", "png", max = "10MB", optional },
}

return models
