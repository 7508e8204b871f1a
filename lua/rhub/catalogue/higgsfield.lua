-- Higgsfield: video from a picture, and pictures in a style.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "higgsfield"

prices_in "CNY"
as_of "2026-04-29"

model "higgsfield/dop/image-to-video" {
  zh = "Higgsfield DoP 图生视频",
  task = "image-to-video", output = "video",
  text   "prompt"      { max = 2048 },
  image  "imageUrl"    { "jpg", "jpeg", "png", "webp", max = "10MB" },
  image  "endImageUrl" { "jpg", "jpeg", "png", "webp", max = "10MB", optional },
  one_of "options"     { "dop-lite", "dop-turbo", "dop-preview", default = "dop-turbo" },
  price = per.call { by = "options", ["dop-lite"] = 0.9, ["dop-preview"] = 4.2, ["dop-turbo"] = 3 },
}

model "higgsfield/soul/image-to-image" {
  zh = "Higgsfield Soul 图生图",
  task = "image-to-image", output = "image",
  text   "prompt"   { max = 2048 },
  image  "imageUrl" { "jpg", "jpeg", "png", "webp", max = "10MB" },
  one_of "size"     {
    "960*1696", "1088*1632", "1152*1536", "1152*2048", "1536*1536", "1536*1152", "1536*2048",
    "1344*2016", "1632*1088", "1696*960", "2016*1344", "2048*1152", "2048*1536", default = "1152*2048",
  },
  one_of "style"    {
    "Creatures", "Medieval", "Spotlight", "Giant People", "Red balloon", "green editorial", "Subway",
    "Library", "Realistic", "DigitalCam", "Grillz Selfie", "Bleached Brows", "Sitting on the Street",
    "Crossing the street", "Angel Wings", "Duplicate", "Quiet luxury", "Fireproof", "Elevator Mirror",
    "360 cam", "Glitch", "FashionShow", "PixeletedFace", "Sunbathing", "Paper Face", "90s Grain",
    "Geominimal", "Foggy Morning", "Overexposed", "Sunset beach", "Giant Accessory", "RingSelfie",
    "Street view", "90's Editorial", "Rhyme & blues", "2000s Cam", "CCTV", "0.5 Outfit",
    "Amalfi Summer", "Bimbocore", "0.5 Selfie", "Sand", "Vintage PhotoBooth", "afterparty cam",
    "Babydoll MakeUp", "Through The Glass", "Gallery", "Eating Food", "Swords Hill", "Office beach",
    "Help It's Too Big", "Japandi", "iPhone", "Gorpcore", "Indie sleaze", "Fairycore", "Tumblr",
    "Avant-garde", "HairClips", "birthday mess", "Clouded Dream", "Y2K Posters", "tokyo drift",
    "Object Makeup", "Graffiti", "Sunburnt", "hallway noir", "2000s Fashion", "Night Beach", "Movie",
    "Long legs", "7\"", "General", "Nail Check", "Coquette core", "Mixed Media", "Selfcare", "Grunge",
    "Double take", "505room", "Flight mode", "Escalator", "burgundy suit", "Fisheye", "Shoe Check",
    "Rainy Day", "Mt. Fuji", "Sea breeze", "Invertethereal", "Y2K", "Tokyo Streetstyle", "chrome exit",
    "Night rider", "Artwork", "Glazed doll skin makeup", "mount view", "2049", "blackout fit",
    "Bike mafia", "static glow", "Nicotine glow", "brick shade", "dmv", "Fish-eye twin", "It's french",
    "cocktail", default = "Realistic", optional,
  },
  number "strength" { min = 0, max = 1, step = 0.01, default = 1.0, optional },
  one_of "quality"  { "medium", "high", default = "medium" },
  price = per.call { by = "quality", high = 1.4, medium = 0.7 },
}

return models
