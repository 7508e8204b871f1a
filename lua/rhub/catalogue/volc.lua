-- Volcano Engine: translation of videos, removal of subtitles.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "volc"

prices_in "CNY"
as_of "2026-04-29"

model "volc-drama/serial-video-translate" {
  zh = "火山短剧-多集视频翻译",
  task = "other", output = "video",
  text    "projectName",
  one_of  "sourceLang"         { "zh", "en", "ja", "ko", "es", "pt", "id", "th", "vi", default = "en" },
  some_of "targetLangs"        { "zh", "en", "ja", "ko", "es", "pt", "id", "th", "vi", default = "zh" },
  one_of  "translationModel"   { "basic", "advanced", default = "advanced", optional },
  flag    "isDub"              { default = false, optional },
  one_of  "aiRemoveType"       { "0", "1", "2", default = "2", optional },
  flag    "needVideoSpeed"     { default = false, optional },
  text    "targetStyleMap"     { optional },
  one_of  "dubVoiceMode"       { "0", "1", default = "0", optional },
  one_of  "subtitleOutputMode" { "target", "bilingual", default = "target", optional },
  one_of  "arrangeMent"        { "0", "1", default = "0", optional },
  text    "manualStyle"        { optional },
}

model "volc-drama/video-translate" {
  zh = "火山短剧-视频翻译",
  task = "other", output = "video",
  video   "videoUrl"     { max = "1GB" },
  text    "projectName",
  one_of  "sourceLang"   { "zh", "en", "ja", "ko", "es", "pt", "id", "th", "vi", default = "zh" },
  some_of "targetLangs"  { "zh", "en", "ja", "ko", "es", "pt", "id", "th", "vi", default = "en" },
  flag    "isDub"        { default = false, optional },
  one_of  "aiRemoveType" { "0", "1", "2", default = "1", optional },
  one_of  "dubVoiceMode" { "0", "1", default = "0", optional },
}

model "volc-subtitle-erase-pro/video" {
  zh = "火山字幕擦除-视频字幕擦除（精细化版）", name = "volc-subtitle-erase/video(Refined version)",
  task = "video-edit", output = "video",
  video  "videoUrl"    { "mp4", "mov", "m4v", "webm", max = "500MB" },
  one_of "eraseType"   { "subtitle", "text", default = "subtitle", optional },
  one_of "encodeMode"  { "size", "quality", default = "size", optional },
  text   "clientToken" { optional },
  object "eraseRatioLocation",
  price = per.second { from = 0.013, as_of = "2026-06-18" },
}

model "volc-subtitle-erase/video" {
  zh = "火山字幕擦除-视频字幕擦除（标准版）", name = "volc-subtitle-erase/video(Standard Version)",
  task = "video-edit", output = "video",
  video "videoUrl"    { "mp4", "mov", "m4v", "webm", max = "500MB" },
  text  "clientToken" { optional },
  price = per.second { from = 0.005, as_of = "2026-06-18" },
}

return models
