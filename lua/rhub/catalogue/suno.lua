-- Suno: songs and lyrics.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "suno"

prices_in "CNY"
as_of "2026-04-29"

model "rhart-audio/suno-v4.5/custom" {
  zh = "suno-custom-v4.5", name = "suno-custom-v4.5",
  task = "text-to-music", output = "audio",
  text "title"  { max = 80 },
  text "prompt" { max = 5000 },
  text "tags"   { max = 1000 },
  price = per.call(0.72),
}

model "rhart-audio/suno-v4.5/single" {
  zh = "suno-single-v4.5", name = "suno-single-v4.5",
  task = "text-to-music", output = "audio",
  text   "title"             { max = 80, optional },
  text   "description"       { max = 400 },
  one_of "make_instrumental" { "false", "true", default = "false", optional },
  price = per.call(0.72),
}

model "rhart-audio/suno-v5.5/custom" {
  zh = "suno-custom-v5.5", name = "suno-custom-v5.5",
  task = "text-to-music", output = "audio",
  text "title"  { max = 80 },
  text "prompt" { max = 5000 },
  text "tags"   { max = 1000 },
  price = per.call(0.72),
}

model "rhart-audio/suno-v5.5/single" {
  zh = "suno-single-v5.5", name = "suno-single-v5.5",
  task = "text-to-music", output = "audio",
  text   "title"             { max = 80, optional },
  text   "description"       { max = 400 },
  one_of "make_instrumental" { "false", "true", default = "false", optional },
  price = per.call(0.72),
}

model "rhart-audio/suno-v5/custom" {
  zh = "suno-custom-v5", name = "suno-custom-v5",
  task = "text-to-music", output = "audio",
  text "title"  { max = 80 },
  text "prompt" { max = 5000 },
  text "tags"   { max = 1000 },
  price = per.call(0.72),
}

model "rhart-audio/suno-v5/single" {
  zh = "suno-single-v5", name = "suno-single-v5",
  task = "text-to-music", output = "audio",
  text   "title"             { max = 80, optional },
  text   "description"       { max = 400 },
  one_of "make_instrumental" { "false", "true", default = "false", optional },
  price = per.call(0.72),
}

model "rhart-audio/suno/lyrics" {
  zh = "suno-歌词生成", name = "suno-lyrics",
  task = "text-to-text", output = "audio",
  text "prompt" { max = 500 },
  price = per.call(0.014),
}

model "rhart-suno-v4.5/single" {
  zh = "Suno v4.5 描述生成音乐", name = "suno-v4.5/description-to-music", status = "removed",
  last_seen = "2026-04-22",
  task = "text-to-music", output = "string",
  text  "descriptionPrompt" { max = 500 },
  whole "seed"              { min = -1, max = 2147483647, default = -1, optional },
  flag  "makeInstrumental"  { default = false, optional },
}

return models
