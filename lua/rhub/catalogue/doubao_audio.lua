-- Doubao Seed, by ByteDance: speech and sound.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "doubao-audio"

model "bytedance/doubao-seed-audio-1.0" {
  zh = "Doubao-音频生成-1.0", name = "doubao-seed-audio-1.0",
  task = "text-to-audio", output = "audio",
  text   "text_prompt"   { max = 3000 },
  text   "speaker"       { optional },
  audios "audio_url"     { max = "10MB", items = 3, optional },
  image  "image_url"     { max = "10MB", optional },
  one_of "format"        { "wav", "mp3", "pcm", "ogg_opus", default = "wav", optional },
  text   "sample_rate"   { default = "24000", optional },
  whole  "speech_rate"   { default = 0 },
  whole  "loudness_rate" { default = 0, optional },
  whole  "pitch_rate"    { default = 0, optional },
}

model "bytedance/doubao-seed-tts-2.0" {
  zh = "Doubao-语音合成-2.0", name = "doubao-seed-tts-2.0",
  task = "text-to-audio", output = "string",
  text   "text"                             { max = 10000 },
  text   "speaker"                          { default = "zh_male_shaonianzixin_uranus_bigtts" },
  one_of "format"                           { "mp3", "pcm", "ogg_opus", "wav", default = "mp3", optional },
  text   "sample_rate"                      { default = "24000", optional },
  whole  "speech_rate"                      { default = 0, optional },
  whole  "loudness_rate"                    { default = 0, optional },
  whole  "bit_rate"                         { optional },
  whole  "pitch"                            { optional },
  flag   "enable_subtitle"                  { default = false, optional },
  whole  "max_length_to_filter_parenthesis" { default = 100, optional },
  whole  "silence_duration"                 { optional },
  flag   "disable_markdown_filter"          { default = false, optional },
  flag   "disable_emoji_filter"             { default = false, optional },
  flag   "enable_latex_tn"                  { default = false, optional },
  one_of "explicit_language"                {
    "zh-cn", "en", "ja", "es-mx", "id", "pt-br", "pt", "ko", "de", "fr", "th", "vi", "ru", "fil", "ms",
    "ar", optional,
  },
  text   "explicit_dialect"                 { optional },
}

return models
