-- Mureka: songs, lyrics, instrumentals, and what is in a song.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "mureka"

prices_in "CNY"
as_of "2026-04-29"

model "mureka-ai/describe-song" {
  zh = "mureka-ai 歌曲理解",
  task = "other", output = "string",
  audio "url" { max = "10MB" },
}

model "mureka-ai/extend-lyrics" {
  zh = "mureka-ai 歌词延长",
  task = "text-to-text", output = "string",
  text "lyrics" { max = 3000 },
}

model "mureka-ai/files-upload" {
  zh = "Mureka 文件上传",
  task = "other", output = "string",
  audio  "fileUrl" { max = "10MB" },
  one_of "purpose" {
    "reference", "vocal", "melody", "instrumental", "voice", "audio", "remix", default = "reference",
  },
  price = per.call { from = 0, as_of = "2026-06-18" },
}

model "mureka-ai/generate-lyrics" {
  zh = "Mureka 歌词生成",
  task = "text-to-text", output = "string",
  text "prompt" { max = 1024 },
  price = per.call { from = 0.06, as_of = "2026-06-18" },
}

model "mureka-ai/mureka-o2/generate-song" {
  zh = "Mureka-o2 歌曲生成", name = "mureka-o2/generate-song",
  task = "text-to-music", output = "string",
  text  "lyrics"      { max = 3000 },
  text  "prompt"      { max = 1024, optional },
  whole "n"           { min = 1, max = 3, default = 2 },
  text  "referenceId" { max = 64, optional },
  price = per.call { from = 0.28, as_of = "2026-06-18" },
}

model "mureka-ai/mureka-v7.6/extend-song" {
  zh = "mureka-v7.6 短歌延长", name = "mureka-v7.6/extend-song",
  task = "other", output = "string",
  text  "lyrics"   { max = 3000 },
  whole "extendAt" { min = 8000, max = 420000, default = 8000 },
  audio "fileUrl"  { max = "10MB" },
  price = per.call { from = 0.245, as_of = "2026-06-18" },
}

model "mureka-ai/mureka-v7.6/generate-bgm" {
  zh = "Mureka-v7.6 伴奏生成", name = "mureka-v7.6/generate-bgm",
  task = "text-to-music", output = "string",
  text  "prompt"         { max = 1024, optional },
  text  "instrumentalId" { max = 64, optional },
  whole "n"              { min = 1, max = 3, default = 2 },
  flag  "stream"         { default = false, optional },
  price = per.call { from = 0.19, as_of = "2026-06-18" },
}

model "mureka-ai/mureka-v7.6/generate-song" {
  zh = "Mureka-v7.6 歌曲生成", name = "mureka-v7.6/generate-song",
  task = "text-to-music", output = "string",
  text  "lyrics"      { max = 3000 },
  text  "prompt"      { max = 1024, optional },
  whole "n"           { min = 1, max = 3, default = 2 },
  text  "referenceId" { max = 64, optional },
  text  "vocalId"     { max = 64, optional },
  text  "melodyId"    { max = 64, optional },
  flag  "stream"      { default = false, optional },
  price = per.call { from = 0.19, as_of = "2026-06-18" },
}

model "mureka-ai/mureka-v8/extend-song" {
  zh = "Mureka-v8 短歌延长", name = "mureka-v8/extend-song",
  task = "other", output = "string",
  text   "lyrics"     { max = 3000 },
  audio  "fileUrl"    { max = "10MB" },
  whole  "extendAt"   { min = 8000, max = 420000, default = 8000 },
  one_of "extendType" { "tail", "head", default = "tail", optional },
  price = per.call { from = 0.63, as_of = "2026-06-18" },
}

model "mureka-ai/mureka-v8/generate-bgm" {
  zh = "Mureka-v8 伴奏生成", name = "mureka-v8/generate-bgm",
  task = "text-to-music", output = "string",
  text  "prompt"         { max = 1024, optional },
  whole "n"              { min = 1, max = 3, default = 2 },
  text  "instrumentalId" { max = 64, optional },
  flag  "stream"         { default = false, optional },
  price = per.call { from = 0.28, as_of = "2026-06-18" },
}

model "mureka-ai/mureka-v8/generate-song" {
  zh = "Mureka-v8 歌曲生成", name = "mureka-v8/generate-song",
  task = "text-to-music", output = "string",
  text  "lyrics"      { max = 3000 },
  text  "prompt"      { max = 1024, optional },
  whole "n"           { min = 1, max = 3, default = 2 },
  text  "referenceId" { max = 64, optional },
  text  "vocalId"     { max = 64, optional },
  text  "melodyId"    { max = 64, optional },
  flag  "stream"      { default = false, optional },
  price = per.call { from = 0.28, as_of = "2026-06-18" },
}

model "mureka-ai/mureka-v9/generate-bgm" {
  zh = "Mureka-v9 伴奏生成", name = "mureka-v9/generate-bgm",
  task = "text-to-music", output = "string",
  text  "prompt"         { max = 1024, optional },
  whole "n"              { min = 1, max = 3, default = 2 },
  text  "instrumentalId" { max = 64, optional },
  flag  "stream"         { default = false, optional },
  price = per.call { from = 0.28, as_of = "2026-06-18" },
}

model "mureka-ai/mureka-v9/generate-song" {
  zh = "Mureka-v9 歌曲生成", name = "mureka-v9/generate-song",
  task = "text-to-music", output = "string",
  text  "lyrics"      { max = 3000 },
  text  "prompt"      { max = 1024, optional },
  whole "n"           { min = 1, max = 3, default = 2 },
  text  "referenceId" { max = 64, optional },
  text  "vocalId"     { max = 64, optional },
  text  "melodyId"    { max = 64, optional },
  flag  "stream"      { default = false, optional },
  price = per.call { from = 0.28, as_of = "2026-06-18" },
}

model "mureka-ai/recognize-song" {
  zh = "mureka-ai 歌曲识别",
  task = "other", output = "string",
  text "uploadAudioId" { max = 64 },
}

model "mureka-ai/stem-song" {
  zh = "mureka-ai 音轨分离",
  task = "other", output = "string",
  audio  "url"   { max = "10MB" },
  one_of "model" { "audio-separation-1", "audio-separation-2", default = "audio-separation-2" },
}

model "mureka-ai/vocal-clone" {
  zh = "Mureka 人声克隆",
  task = "voice-clone", output = "string",
  audio "fileUrl" { max = "10MB" },
  price = per.call { from = 31.5, as_of = "2026-06-18" },
}

model "mureka-o2/instrumental-generate" {
  zh = "Mureka mureka-o2 伴奏生成-暂不可用", status = "deprecated",
  task = "text-to-music", output = "string",
  text  "prompt"         { max = 1024, optional },
  whole "n"              { min = 1, max = 3, default = 2 },
  text  "instrumentalId" { max = 64, optional },
  flag  "stream"         { default = false, optional },
}

return models
