-- MiniMax audio: speech, voices, music.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "minimax-audio"

prices_in "CNY"
as_of "2026-04-29"

model "minimax/music-2.6" {
  zh = "MiniMax Music 2.6",
  task = "text-to-music", output = "audio",
  text   "prompt"          { max = 2000, optional },
  text   "lyrics"          { max = 3500, optional },
  one_of "sampleRate"      { "16000", "24000", "32000", "44100", default = "44100", optional },
  one_of "bitrate"         { "32000", "64000", "128000", "256000", default = "256000", optional },
  one_of "format"          { "mp3", "wav", "pcm", default = "mp3", optional },
  flag   "lyricsOptimizer" { default = false, optional },
  flag   "isInstrumental"  { default = false, optional },
  required { "lyrics", unless = { isInstrumental = true, lyricsOptimizer = true } },
  required { "prompt", when = { isInstrumental = true } },
  price = per.call { from = 0.8, as_of = "2026-06-18" },
}

model "minimax/music-cover" {
  zh = "MiniMax Music 翻唱",
  task = "other", output = "audio",
  text   "prompt"         { max = 2000 },
  audio  "audioUrl"       { "mp3", "wav", "flac", max = "50MB" },
  text   "lyrics"         { max = 1000, optional },
  text   "coverFeatureId" { optional },
  one_of "sampleRate"     { "16000", "24000", "32000", "44100", default = "44100", optional },
  one_of "format"         { "mp3", "wav", "pcm", default = "mp3", optional },
  one_of "bitrate"        { "32000", "64000", "128000", "256000", default = "256000", optional },
  needs { "coverFeatureId", any = { "lyrics" } },
  price = per.call { from = 0.8, as_of = "2026-06-18" },
}

model "minimax/music-cover-preprocess" {
  zh = "MiniMax Music 翻唱前处理",
  task = "other", output = "audio",
  audio "audioUrl" { "mp3", "wav", "flac", max = "50MB" },
  price = per.call { from = 0.8, as_of = "2026-06-18" },
}

model "minimax/voice-design" {
  zh = "minimax-音色设计",
  task = "text-to-audio", output = "audio",
  text "prompt",
  text "previewText"   { max = 500 },
  text "voiceId"       { optional },
  flag "aigcWatermark" { default = false, optional },
  price = per.call(13.65),
}

model "rhart-audio/text-to-audio/music-2.5" {
  zh = "minimax/music-2.5", documented = "minimax/music-2.5",
  task = "text-to-music", output = "audio",
  text   "prompt",
  text   "lyrics",
  one_of "bitrate"    { "32000", "60000", "64000", "128000", "256000", default = "256000", optional },
  one_of "sampleRate" { "16000", "24000", "32000", "44100", default = "44100", optional },
  price = per.call { fixed = 0.95, list = { from = 0.8, unit = "call", as_of = "2026-06-18" } },
}

model "rhart-audio/text-to-audio/speech-02-hd" {
  zh = "minimax/speech-02-hd", documented = "minimax/speech-02-hd",
  task = "text-to-audio", output = "audio",
  text   "text",
  texts  "pronunciation_dict"    { items = 20, optional },
  text   "voice_id"              { default = "Wise_Woman" },
  number "speed"                 { min = 0.5, max = 2, step = 0.01, default = 1.0, optional },
  number "volume"                { min = 0.1, max = 10, step = 0.01, default = 1.0, optional },
  whole  "pitch"                 { min = -12, max = 12, default = 0, optional },
  one_of "emotion"               {
    "happy", "sad", "angry", "fearful", "disgusted", "surprised", "neutral", default = "happy",
    optional,
  },
  flag   "enable_base64_output"  { default = false },
  flag   "english_normalization" { default = false },
  price = per.thousand_characters(0.31),
}

model "rhart-audio/text-to-audio/speech-02-turbo" {
  zh = "minimax/speech-02-turbo", documented = "minimax/speech-02-turbo",
  task = "text-to-audio", output = "audio",
  text   "text",
  texts  "pronunciation_dict"    { items = 20, optional },
  text   "voice_id"              { default = "Energetic_Girl" },
  number "speed"                 { min = 0.5, max = 2, step = 0.01, default = 1.0, optional },
  number "volume"                { min = 0.1, max = 10, step = 0.01, default = 1.0, optional },
  whole  "pitch"                 { min = -12, max = 12, default = 0, optional },
  one_of "emotion"               {
    "happy", "sad", "angry", "fearful", "disgusted", "surprised", "neutral", default = "happy",
    optional,
  },
  flag   "enable_base64_output"  { default = false },
  flag   "english_normalization" { default = false },
  price = per.thousand_characters(0.19),
}

model "rhart-audio/text-to-audio/speech-2.6-hd" {
  zh = "minimax/speech-2.6-hd", documented = "minimax/speech-2.6-hd",
  task = "text-to-audio", output = "audio",
  text   "text",
  texts  "pronunciation_dict"    { items = 20, optional },
  text   "voice_id"              { default = "Wise_Woman" },
  number "speed"                 { min = 0.5, max = 2, step = 0.01, default = 1.0, optional },
  number "volume"                { min = 0.1, max = 10, step = 0.01, default = 1.0, optional },
  whole  "pitch"                 { min = -12, max = 12, default = 0, optional },
  one_of "emotion"               {
    "happy", "sad", "angry", "fearful", "disgusted", "surprised", "neutral", default = "happy",
    optional,
  },
  flag   "enable_base64_output"  { default = false },
  flag   "english_normalization" { default = false },
  price = per.thousand_characters(0.62),
}

model "rhart-audio/text-to-audio/speech-2.6-turbo" {
  zh = "minimax/speech-2.6-turbo", documented = "minimax/speech-2.6-turbo",
  task = "text-to-audio", output = "audio",
  text   "text",
  texts  "pronunciation_dict"    { items = 20, optional },
  text   "voice_id"              { default = "Wise_Woman" },
  number "speed"                 { min = 0.5, max = 2, step = 0.01, default = 1.0, optional },
  number "volume"                { min = 0.1, max = 10, step = 0.01, default = 1.0, optional },
  whole  "pitch"                 { min = -12, max = 12, default = 0, optional },
  one_of "emotion"               {
    "happy", "sad", "angry", "fearful", "disgusted", "surprised", "neutral", default = "happy",
    optional,
  },
  flag   "enable_base64_output"  { default = false },
  flag   "english_normalization" { default = false },
  price = per.thousand_characters(0.37),
}

model "rhart-audio/text-to-audio/speech-2.8-hd" {
  zh = "minimax/speech-2.8-hd", documented = "minimax/speech-2.8-hd",
  task = "text-to-audio", output = "audio",
  text   "text",
  texts  "pronunciation_dict"    { items = 1, optional },
  text   "voice_id"              { default = "Wise_Woman" },
  number "speed"                 { min = 0.5, max = 2, step = 0.01, default = 1.0, optional },
  number "volume"                { min = 0.1, max = 10, step = 0.01, default = 1.0, optional },
  whole  "pitch"                 { min = -12, max = 12, default = 0, optional },
  one_of "emotion"               {
    "happy", "sad", "angry", "fearful", "disgusted", "surprised", "neutral", default = "happy",
    optional,
  },
  flag   "enable_base64_output"  { default = false },
  flag   "english_normalization" { default = false },
  price = per.thousand_characters(0.62),
}

model "rhart-audio/text-to-audio/speech-2.8-turbo" {
  zh = "minimax/speech-2.8-turbo", documented = "minimax/speech-2.8-turbo",
  task = "text-to-audio", output = "audio",
  text   "text",
  texts  "pronunciation_dict"    { items = 20, optional },
  text   "voice_id"              { default = "Elegant_Man" },
  number "speed"                 { min = 0.5, max = 2, step = 0.01, default = 1.0, optional },
  number "volume"                { min = 0.1, max = 10, step = 0.01, default = 1.0, optional },
  whole  "pitch"                 { min = -12, max = 12, default = 0, optional },
  one_of "emotion"               {
    "happy", "sad", "angry", "fearful", "disgusted", "surprised", "neutral", default = "happy",
    optional,
  },
  flag   "enable_base64_output"  { default = false },
  flag   "english_normalization" { default = false },
  price = per.thousand_characters(0.37),
}

model "rhart-audio/text-to-audio/voice-clone" {
  zh = "minimax/voice-clone", documented = "minimax/voice-clone",
  task = "voice-clone", output = "audio",
  audio  "audio"                     { "mp3", "wav", max = "10MB" },
  text   "custom_voice_id",
  text   "text",
  number "accuracy"                  { min = 0, max = 1, step = 0.1, default = 0.7, optional },
  flag   "need_noise_reduction"      { default = false },
  flag   "need_volume_normalization" { default = false },
  one_of "model"                     {
    "speech-02-hd", "speech-02-turbo", "speech-2.5-hd-preview", "speech-2.5-turbo-preview",
    "speech-2.6-hd", "speech-2.6-turbo", "speech-2.8-turbo", "speech-2.8-hd", default = "speech-02-hd",
  },
  one_of "language_boost"            {
    "Chinese", "Chinese,Yue", "English", "Arabic", "Russian", "Spanish", "French", "Portuguese",
    "German", "Turkish", "Dutch", "Ukrainian", "Vietnamese", "Indonesian", "Japanese", "Italian",
    "Korean", "Thai", "Polish", "Romanian", "Greek", "Czech", "Finnish", "Hindi", "auto", optional,
  },
  price = per.call(3.12),
}

return models
