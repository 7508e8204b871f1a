-- Kling, by Kuaishou: video from text, pictures and video; talking faces; elements.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "kling"

prices_in "CNY"
as_of "2026-04-29"

model "kling-elements" {
  documented = true,
  task = "other", output = "string",
  text   "name",
  text   "description",
  image  "imageUrl"         { "jpg", "png", max = "10MB" },
  images "elementReferList" { "jpg", "png", max = "20MB", items = 3 },
  object "tagList",
  price = per.call(0.06),
}

model "kling-elements-advanced" {
  zh = "可灵 o3 创建主体", name = "kling-o3/element",
  task = "other", output = "video",
  text    "elementName"        { max = 20 },
  text    "elementDescription" { max = 100 },
  one_of  "referenceType"      { "video_refer", "image_refer", default = "image_refer" },
  video   "elementVideoList"   { max = "200MB", optional },
  some_of "tagList"            {
    "o_101", "o_102", "o_103", "o_104", "o_105", "o_106", "o_107", "o_108", optional,
  },
  object  "elementImageList",
  price = per.call { from = 0, as_of = "2026-06-18" },
}

model "kling-lip-sync/identify-face" {
  zh = "可灵对口型-人脸识别", documented = true,
  task = "other", output = "string",
  video "videoUrl" { "mp4", "mov", max = "100MB", optional },
  text  "videoId"  { optional },
  exactly_one { "videoUrl", "videoId" },
  price = per.call(0.035),
}

model "kling-lip-sync/lip-sync-video" {
  zh = "可灵对口型-视频生成", documented = true,
  task = "lip-sync", output = "video",
  text   "sessionId",
  text   "faceId",
  text   "audioId"             { optional },
  audio  "audioUrl"            { "mp3", "wav", "m4a", max = "5MB", optional },
  whole  "soundStartTime"      { min = 0 },
  whole  "soundEndTime",
  whole  "soundInsertTime"     { min = 0 },
  number "soundVolume"         { min = 0, max = 2, default = 1.0, optional },
  number "originalAudioVolume" { min = 0, max = 2, default = 1.0, optional },
  exactly_one { "audioId", "audioUrl" },
  price = per.five_seconds { fixed = 0.35, list = { from = 0.35, unit = "second", as_of = "2026-06-18" } },
}

model "kling-lip-sync/tts" {
  zh = "可灵对口型-语音合成", documented = true,
  task = "text-to-audio", output = "string",
  text   "text"          { max = 1000 },
  one_of "voiceId"       {
    "genshin_vindi2", "zhinen_xuesheng", "tiyuxi_xuedi", "ai_shatang", "genshin_klee2",
    "genshin_kirara", "ai_kaiya", "tiexin_nanyou", "ai_chenjiahao_712", "girlfriend_1_speech02",
    "chat1_female_new-3", "girlfriend_2_speech02", "cartoon-boy-07", "cartoon-girl-01",
    "ai_huangyaoshi_712", "you_pingjing", "ai_laoguowang_712", "chengshu_jiejie", "zhuxi_speech02",
    "uk_oldman3", "laopopo_speech02", "heainainai_speech02", "dongbeilaotie_speech02",
    "chongqingxiaohuo_speech02", "chuanmeizi_speech02", "chaoshandashu_speech02",
    "ai_taiwan_man2_speech02", "xianzhanggui_speech02", "tianjinjiejie_speech02",
    "diyinnansang_DB_CN_M_04-v2", "yizhipiannan-v1", "guanxiaofang-v2", "tianmeixuemei-v1",
    "daopianyansang-v1", "mengwa-v1", "AOT", "oversea_male1", "girlfriend_4_speech02", "chat_0407_5-1",
    "uk_boy1", "PeppaPig_platform", "ai_huangzhong_712", "calm_story1", "uk_man2", "reader_en_m-v1",
    "commercial_lady_en_f-v1", default = "genshin_klee2",
  },
  one_of "voiceLanguage" { "zh", "en", default = "zh" },
  number "voiceSpeed"    { min = 0.8, max = 2, step = 0.1, default = 1.0, optional },
  price = per.call(0.035),
}

model "kling-v2-ai-avatar-pro/image-audio-to-video" {
  zh = "Kling V2 Pro 数字人口播视频",
  task = "lip-sync", output = "video",
  image "imageUrl" { "jpg", "jpeg", "png", "webp", max = "10MB" },
  audio "audioUrl" { "mp3", "wav", "m4a", max = "20MB" },
  text  "prompt"   { max = 2048, optional },
  price = per.second(0.72),
}

model "kling-v2-ai-avatar-standard/image-audio-to-video" {
  zh = "Kling V2 Std 数字人口播视频",
  task = "lip-sync", output = "video",
  image "imageUrl" { "jpg", "jpeg", "png", "webp", max = "10MB" },
  audio "audioUrl" { "mp3", "wav", "m4a", max = "20MB" },
  text  "prompt"   { max = 2048, optional },
  price = per.second(0.36),
}

model "kling-v2.5-turbo-pro/image-to-video" {
  zh = "可灵图生视频2.5-turbo-pro", documented = true,
  task = "image-to-video", output = "video",
  text   "prompt"         { max = 2000, optional },
  text   "negativePrompt" { max = 2500, optional },
  one_of "duration"       { "5", "10", default = "5" },
  number "guidanceScale"  { min = 0, max = 1, step = 0.1, default = 0.5, optional },
  image  "firstImageUrl"  { "jpg", "png", max = "50MB" },
  image  "lastImageUrl"   { "jpg", "png", max = "50MB", optional },
  price = per.call { by = "duration", ["5"] = 1.75, ["10"] = 3.5 },
}

model "kling-v2.5-turbo-pro/text-to-video" {
  zh = "可灵文生视频2.5-turbo-pro", documented = true,
  task = "text-to-video", output = "video",
  text   "prompt"         { max = 2000 },
  text   "negativePrompt" { max = 2500, optional },
  one_of "duration"       { "5", "10", default = "5" },
  number "guidanceScale"  { min = 0, max = 1, step = 0.1, default = 0.5, optional },
  one_of "aspectRatio"    { "1:1", "16:9", "9:16", default = "9:16" },
  price = per.call { by = "duration", ["5"] = 1.75, ["10"] = 3.5 },
}

model "kling-v2.5-turbo-std/image-to-video" {
  zh = "可灵图生视频2.5-turbo-std", documented = true,
  task = "image-to-video", output = "video",
  text   "prompt"         { max = 2000 },
  text   "negativePrompt" { max = 2500, optional },
  one_of "duration"       { "5", "10", default = "5" },
  number "guidanceScale"  { min = 0, max = 1, step = 0.1, default = 0.5, optional },
  image  "firstImageUrl"  { "jpg", "png", max = "50MB" },
  price = per.call { by = "duration", ["5"] = 1.05, ["10"] = 2.1 },
}

model "kling-v2.5-turbo-std/text-to-video" {
  zh = "可灵文生视频2.5-turbo-std",
  task = "text-to-video", output = "video",
  text   "prompt"         { max = 2000 },
  text   "negativePrompt" { max = 2500, optional },
  one_of "duration"       { "5", "10", default = "5" },
  number "guidanceScale"  { min = 0, max = 1, step = 0.1, default = 0.5, optional },
  one_of "aspectRatio"    { "1:1", "16:9", "9:16", default = "9:16" },
  price = per.call { from = 1.05, as_of = "2026-06-18" },
}

model "kling-v2.6-pro/image-to-video" {
  zh = "可灵图生视频2.6-pro", documented = "kling-v2.6-pro-image-to-video",
  task = "image-to-video", output = "video",
  text   "prompt"         { max = 2000 },
  text   "negativePrompt" { max = 2500, optional },
  image  "imageUrl"       { "jpg", "png", max = "20MB" },
  one_of "sound"          { "true", "false", default = "true" },
  one_of "duration"       { "5", "10", default = "5" },
  price = per.call {
    by = { "duration", "sound" }, ["5"] = { ["false"] = 1.75, ["true"] = 3.5 },
    ["10"] = { ["false"] = 3.5, ["true"] = 7 },
  },
}

model "kling-v2.6-pro/motion-control" {
  zh = "kling-v2.6-pro-动作控制", documented = "kling-v2.6-pro-motion-control",
  task = "motion-control", output = "video",
  image  "imageUrl"             { "jpg", "png", max = "10MB" },
  video  "videoUrl"             { "mp4", max = "100MB" },
  one_of "characterOrientation" { "image", "video", default = "video" },
  text   "prompt"               { max = 2500, optional },
  one_of "keepOriginalSound"    { "yes", "no", default = "yes", optional },
  price = per.second(0.56),
}

model "kling-v2.6-pro/text-to-video" {
  zh = "可灵文生视频2.6-pro", documented = "kling-v2.6-pro-text-to-video",
  task = "text-to-video", output = "video",
  text   "prompt"         { max = 2000 },
  text   "negativePrompt" { max = 2500, optional },
  one_of "sound"          { "true", "false", default = "true" },
  one_of "aspectRatio"    { "1:1", "16:9", "9:16", default = "9:16" },
  one_of "duration"       { "5", "10", default = "5" },
  price = per.call {
    by = { "duration", "sound" }, ["5"] = { ["false"] = 1.75, ["true"] = 3.5 },
    ["10"] = { ["false"] = 3.5, ["true"] = 7 },
  },
}

model "kling-v2.6-std/image-to-video" {
  zh = "可灵图生视频2.6-标准版", name = "kling-v2.6-std-image-to-video",
  task = "image-to-video", output = "video",
  text   "prompt"         { max = 2000 },
  text   "negativePrompt" { max = 2500, optional },
  image  "imageUrl"       { max = "10MB" },
  one_of "duration"       { "5", "10", default = "5" },
}

model "kling-v2.6-std/motion-control" {
  zh = "kling-v2.6-std-动作控制", documented = "kling-v2.6-std-motion-control",
  task = "motion-control", output = "video",
  image  "imageUrl"             { "jpg", "png", max = "10MB" },
  video  "videoUrl"             { "mp4", max = "100MB" },
  one_of "characterOrientation" { "image", "video", default = "video" },
  text   "prompt"               { max = 2500, optional },
  one_of "keepOriginalSound"    { "yes", "no", default = "yes", optional },
  price = per.second(0.35),
}

model "kling-v2.6-std/text-to-video" {
  zh = "可灵文生视频2.6-标准版", name = "kling-v2.6-std-text-to-video",
  task = "text-to-video", output = "video",
  text   "prompt"         { max = 2000 },
  text   "negativePrompt" { max = 2500, optional },
  one_of "aspectRatio"    { "1:1", "16:9", "9:16", default = "16:9" },
  one_of "duration"       { "5", "10", default = "5" },
}

model "kling-v3-4k/image-to-video" {
  zh = "可灵图生视频v3-4k", name = "kling-v3.0-4k-image-to-video",
  task = "image-to-video", output = "video",
  image  "imageUrl"       { "jpg", "png", "jpeg", max = "30MB" },
  text   "prompt"         { max = 2500, optional },
  text   "negativePrompt" { optional },
  image  "endImageUrl"    { "jpg", "png", max = "30MB", optional },
  whole  "duration"       { min = 3, max = 15, default = 5 },
  number "cfgScale"       { min = 0, max = 1, step = 0.01, default = 0.5, optional },
  flag   "sound"          { default = false, optional },
  one_of "shotType"       { "customize", "intelligence", default = "customize", optional },
  flag   "multiShot"      { default = false, optional },
  object "multiPrompt",
  object "elementList",
  exactly_one { "prompt", "multiPrompt" },
  price = per.second(2.7),
}

model "kling-v3-4k/text-to-video" {
  zh = "可灵文生视频v3-4k", name = "kling-v3-4k-text-to-video",
  task = "text-to-video", output = "video",
  text   "prompt"         { max = 2500 },
  text   "negativePrompt" { max = 2500, optional },
  one_of "duration"       {
    "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  one_of "aspectRatio"    { "16:9", "9:16", "1:1", default = "16:9", optional },
  number "cfgScale"       { min = 0, max = 1, step = 0.1, default = 0.5, optional },
  flag   "sound"          { default = false, optional },
  one_of "shotType"       { "customize", "intelligence", default = "customize", optional },
  flag   "multiShot"      { default = false, optional },
  object "multiPrompt",
  object "elementList",
  price = per.second(2.7),
}

model "kling-v3-turbo-pro/image-to-video" {
  zh = "可灵图生视频v3-turbo-pro", name = "kling-v3-turbo-pro-image-to-video",
  task = "image-to-video", output = "video",
  image  "firstImageUrl" { max = "10MB" },
  text   "prompt"        { max = 2500, optional },
  one_of "duration"      {
    "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
}

model "kling-v3-turbo-pro/text-to-video" {
  zh = "可灵文生视频v3-turbo-pro", name = "kling-v3-turbo-pro-text-to-video",
  task = "text-to-video", output = "video",
  text   "prompt"      { max = 2500 },
  one_of "duration"    {
    "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  one_of "aspectRatio" { "1:1", "16:9", "9:16", default = "16:9", optional },
}

model "kling-v3-turbo-std/image-to-video" {
  zh = "可灵图生视频v3-turbo-std", name = "kling-v3-turbo-std-image-to-video",
  task = "image-to-video", output = "video",
  image  "firstImageUrl" { max = "10MB" },
  text   "prompt"        { max = 2500, optional },
  one_of "duration"      {
    "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
}

model "kling-v3-turbo-std/text-to-video" {
  zh = "可灵文生视频v3-turbo-std", name = "kling-v3-turbo-std-text-to-video",
  task = "text-to-video", output = "video",
  text   "prompt"      { max = 2500 },
  one_of "duration"    {
    "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  one_of "aspectRatio" { "1:1", "16:9", "9:16", default = "16:9", optional },
}

model "kling-v3.0-4k/motion-control" {
  zh = "可灵动作控制V3.0-4k", name = "kling-v3.0-4k-motion-control",
  task = "motion-control", output = "video",
  params_unknown = true,
}

model "kling-v3.0-pro/image-to-video" {
  zh = "可灵图生视频3.0-pro", documented = "kling-v3.0-pro-image-to-video",
  task = "image-to-video", output = "video",
  text   "prompt"         { max = 2500 },
  text   "negativePrompt" { max = 2500, optional },
  image  "firstImageUrl"  { "jpg", "png", max = "50MB" },
  image  "lastImageUrl"   { "jpg", "png", max = "50MB", optional },
  one_of "duration"       {
    "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  number "cfgScale"       { min = 0, max = 1, step = 0.1, default = 0.5, optional },
  flag   "sound"          { default = true },
  flag   "multiShot"      { default = false, optional },
  one_of "shotType"       { "customize", "intelligence", default = "customize", optional },
  object "multiPrompt",
  object "elementList",
  price = per.second { by = "sound", ["false"] = 0.69, ["true"] = 1.04 },
}

model "kling-v3.0-pro/motion-control" {
  zh = "可灵动作控制V3.0-pro", documented = "kling-v3.0-pro-motion-control",
  task = "motion-control", output = "video",
  image  "imageUrl"             { "jpg", "png", max = "10MB" },
  video  "videoUrl"             { "mp4", max = "100MB" },
  one_of "characterOrientation" { "image", "video", default = "video" },
  text   "prompt"               { max = 2500, optional },
  text   "negativePrompt"       { max = 2500, optional },
  flag   "keepOriginalSound"    { default = true, optional },
  object "elementList",
  price = per.second(1.08),
}

model "kling-v3.0-pro/text-to-video" {
  zh = "可灵文生视频3.0-pro", documented = "kling-v3.0-pro-text-to-video",
  task = "text-to-video", output = "video",
  text   "prompt"         { max = 2500 },
  text   "negativePrompt" { max = 2500, optional },
  one_of "duration"       {
    "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  one_of "aspectRatio"    { "1:1", "16:9", "9:16", default = "16:9", optional },
  number "cfgScale"       { min = 0, max = 1, step = 0.1, default = 0.5, optional },
  flag   "sound"          { default = true },
  flag   "multiShot"      { default = false, optional },
  one_of "shotType"       { "customize", "intelligence", default = "customize", optional },
  object "multiPrompt",
  price = per.second { by = "sound", ["false"] = 0.69, ["true"] = 1.04 },
}

model "kling-v3.0-std/image-to-video" {
  zh = "可灵图生视频3.0-std", documented = "kling-v3.0-std-image-to-video",
  task = "image-to-video", output = "video",
  text   "prompt"         { max = 2500 },
  text   "negativePrompt" { max = 2500, optional },
  image  "firstImageUrl"  { "jpg", "png", max = "50MB" },
  image  "lastImageUrl"   { "jpg", "png", max = "50MB", optional },
  one_of "duration"       {
    "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  number "cfgScale"       { min = 0, max = 1, step = 0.1, default = 0.8, optional },
  flag   "sound"          { default = true },
  flag   "multiShot"      { default = false, optional },
  one_of "shotType"       { "customize", "intelligence", default = "customize", optional },
  object "multiPrompt",
  object "elementList",
  price = per.second { by = "sound", ["false"] = 0.52, ["true"] = 0.78 },
}

model "kling-v3.0-std/motion-control" {
  zh = "可灵动作控制V3.0-std", documented = "kling-v3.0-std-motion-control",
  task = "motion-control", output = "video",
  image  "imageUrl"             { "jpg", "png", max = "10MB" },
  video  "videoUrl"             { "mp4", max = "100MB" },
  one_of "characterOrientation" { "image", "video", default = "video" },
  text   "prompt"               { max = 2500, optional },
  text   "negativePrompt"       { max = 2500, optional },
  flag   "keepOriginalSound"    { default = true, optional },
  object "elementList",
  price = per.second(0.81),
}

model "kling-v3.0-std/text-to-video" {
  zh = "可灵文生视频3.0-std", documented = "kling-v3.0-std-text-to-video",
  task = "text-to-video", output = "video",
  text   "prompt"         { max = 2500 },
  text   "negativePrompt" { max = 2500, optional },
  one_of "duration"       {
    "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", default = "5",
  },
  one_of "aspectRatio"    { "1:1", "16:9", "9:16", default = "16:9", optional },
  number "cfgScale"       { min = 0, max = 1, step = 0.1, default = 0.5, optional },
  flag   "sound"          { default = true },
  flag   "multiShot"      { default = false, optional },
  one_of "shotType"       { "customize", "intelligence", default = "customize", optional },
  object "multiPrompt",
  price = per.second { by = "sound", ["false"] = 0.52, ["true"] = 0.78 },
}

model "kling-video-o1-std/edit-video" {
  zh = "可灵视频编辑o1", documented = true,
  task = "video-edit", output = "video",
  one_of "mode"              { "std", "pro", default = "std" },
  text   "prompt"            { max = 2000 },
  images "imageUrls"         { "jpg", "png", max = "20MB", items = 7, optional },
  video  "videoUrl"          { "mp4", max = "10MB" },
  flag   "keepOriginalSound" { default = true },
  price = per.call { by = "mode", pro = 8.4, std = 6.3 },
}

model "kling-video-o1-std/refrence-to-video" {
  zh = "可灵参考生视频o1", documented = true,
  task = "reference-to-video", output = "video",
  one_of "mode"              { "std", "pro", default = "std" },
  text   "prompt"            { max = 2000 },
  one_of "aspectRatio"       { "1:1", "9:16", "16:9", default = "9:16" },
  one_of "duration"          { "5", "10", default = "5" },
  images "imageUrls"         { "jpg", "png", max = "20MB", items = 7, optional },
  video  "videoUrl"          { "mp4", max = "10MB", optional },
  flag   "keepOriginalSound" { default = true },
  price = per.call {
    by = { "duration", "mode" }, ["5"] = { pro = 4.2, std = 3.15 }, ["10"] = { pro = 8.4, std = 6.3 },
  },
}

model "kling-video-o1/image-to-video" {
  zh = "可灵图生视频o1", documented = true,
  task = "image-to-video", output = "video",
  text   "prompt"        { max = 2000, optional },
  one_of "aspectRatio"   { "1:1", "9:16", "16:9", default = "9:16" },
  one_of "duration"      { "5", "10", default = "5" },
  image  "firstImageUrl" { "jpg", "png", max = "20MB" },
  one_of "mode"          { "std", "pro", default = "std" },
  price = per.call {
    by = { "duration", "mode" }, ["5"] = { pro = 2.8, std = 2.1 }, ["10"] = { pro = 5.6, std = 4.2 },
  },
}

model "kling-video-o1/start-to-end" {
  zh = "可灵首尾帧生视频o1", documented = true,
  task = "start-end-to-video", output = "video",
  text   "prompt"        { max = 2000, optional },
  one_of "aspectRatio"   { "1:1", "9:16", "16:9", default = "9:16" },
  one_of "duration"      { "5", "10", default = "5" },
  image  "firstImageUrl" { "jpg", "png", max = "20MB" },
  image  "lastImageUrl"  { "jpg", "png", max = "20MB" },
  one_of "mode"          { "std", "pro", default = "std" },
  price = per.call {
    by = { "duration", "mode" }, ["5"] = { pro = 2.8, std = 2.1 }, ["10"] = { pro = 5.6, std = 4.2 },
  },
}

model "kling-video-o1/text-to-video" {
  zh = "可灵文生视频o1", documented = true,
  task = "text-to-video", output = "video",
  text   "prompt"      { max = 2000, optional },
  one_of "aspectRatio" { "1:1", "9:16", "16:9", default = "9:16" },
  one_of "duration"    { "5", "10", default = "5" },
  one_of "mode"        { "std", "pro", default = "std" },
  price = per.call {
    by = { "duration", "mode" }, ["5"] = { pro = 2.8, std = 2.1 }, ["10"] = { pro = 5.6, std = 4.2 },
  },
}

model "kling-video-o3-4k/image-to-video" {
  zh = "可灵图生视频o3-4k", name = "kling-video-o3-4k-image-to-video",
  task = "image-to-video", output = "video",
  text   "prompt"        { max = 2500 },
  image  "firstImageUrl" { "jpg", "jpeg", "png", "webp", max = "30MB" },
  image  "lastImageUrl"  { "jpg", "jpeg", "png", "webp", max = "30MB", optional },
  whole  "duration"      { min = 3, max = 15, default = 5 },
  flag   "sound"         { default = false, optional },
  one_of "shotType"      { "customize", "intelligence", default = "customize", optional },
  flag   "multiShot"     { default = false, optional },
  object "multiPrompt",
  object "elementList",
  price = per.second(2.7),
}

model "kling-video-o3-4k/reference-to-video" {
  zh = "可灵参考生视频o3-4k", name = "kling-video-o3-4k-reference-to-video",
  task = "reference-to-video", output = "video",
  text   "prompt"            { max = 2500 },
  images "imageUrls"         { "jpg", "jpeg", "png", "webp", max = "30MB", items = 7, optional },
  flag   "keepOriginalSound" { default = true, optional },
  flag   "sound"             { default = false, optional },
  one_of "aspectRatio"       { "16:9", "9:16", "1:1", default = "16:9", optional },
  whole  "duration"          { min = 3, max = 15, default = 5 },
  one_of "shotType"          { "customize", "intelligence", default = "customize", optional },
  flag   "multiShot"         { default = false, optional },
  object "multiPrompt",
  object "elementList",
  price = per.second(2.7),
}

model "kling-video-o3-4k/text-to-video" {
  zh = "可灵文生视频o3-4k", name = "kling-video-o3-4k-text-to-video",
  task = "text-to-video", output = "video",
  text   "prompt"      { max = 2500 },
  one_of "aspectRatio" { "16:9", "9:16", "1:1", default = "16:9", optional },
  whole  "duration"    { min = 3, max = 15, default = 5 },
  flag   "sound"       { default = false, optional },
  one_of "shotType"    { "customize", "intelligence", default = "customize", optional },
  flag   "multiShot"   { default = false, optional },
  object "multiPrompt",
  object "elementList",
  price = per.second(2.7),
}

model "kling-video-o3-pro/image-to-video" {
  zh = "可灵图生视频o3-pro", documented = "kling-video-o3-pro-image-to-video",
  task = "image-to-video", output = "video",
  text   "prompt"        { max = 2500 },
  image  "firstImageUrl" { "jpg", "png", max = "50MB" },
  image  "lastImageUrl"  { "jpg", "png", max = "50MB", optional },
  whole  "duration"      { min = 3, max = 15, default = 5 },
  flag   "sound"         { default = true },
  flag   "multiShot"     { default = false, optional },
  one_of "shotType"      { "customize", "intelligence", default = "customize", optional },
  object "multiPrompt",
  object "elementList",
  price = per.second { by = "sound", ["false"] = 0.69, ["true"] = 0.87 },
}

model "kling-video-o3-pro/reference-to-video" {
  documented = true,
  task = "reference-to-video", output = "video",
  text   "prompt"            { max = 2500 },
  video  "videoUrl"          { "mp4", max = "50MB", optional },
  images "imageUrls"         { "jpg", "png", max = "50MB", items = 7, optional },
  flag   "keepOriginalSound" { default = true },
  flag   "sound"             { default = false, optional },
  one_of "aspectRatio"       { "16:9", "9:16", "1:1", default = "16:9", optional },
  whole  "duration"          { min = 3, max = 15, default = 5 },
  flag   "multiShot"         { default = false, optional },
  one_of "shotType"          { "customize", "intelligence", optional },
  object "multiPrompt",
  object "elementList",
  price = per.second { by = "sound", ["false"] = 0.72, ["true"] = 0.9 },
}

model "kling-video-o3-pro/text-to-video" {
  zh = "可灵文生视频o3-pro", documented = "kling-video-o3-pro-text-to-video",
  task = "text-to-video", output = "video",
  text   "prompt"      { max = 2500 },
  one_of "aspectRatio" { "1:1", "16:9", "9:16", default = "16:9", optional },
  flag   "sound"       { default = true },
  whole  "duration"    { min = 3, max = 15, default = 5 },
  flag   "multiShot"   { default = false, optional },
  one_of "shotType"    { "customize", "intelligence", default = "customize", optional },
  object "multiPrompt",
  object "elementList",
  price = per.second { by = "sound", ["false"] = 0.69, ["true"] = 0.87 },
}

model "kling-video-o3-pro/video-edit" {
  documented = true,
  task = "video-edit", output = "video",
  text   "prompt"            { max = 2500 },
  video  "videoUrl"          { "mp4", max = "50MB" },
  images "imageUrls"         { "jpg", "png", max = "50MB", items = 4, optional },
  flag   "keepOriginalSound" { default = true },
  object "elementList",
  price = per.second(1.08),
}

model "kling-video-o3-std/image-to-video" {
  zh = "可灵图生视频o3-std", documented = "kling-video-o3-std-image-to-video",
  task = "image-to-video", output = "video",
  text   "prompt"        { max = 2500 },
  image  "firstImageUrl" { "jpg", "png", max = "50MB" },
  image  "lastImageUrl"  { "jpg", "png", max = "50MB", optional },
  whole  "duration"      { min = 3, max = 15, default = 5 },
  flag   "sound"         { default = true },
  flag   "multiShot"     { default = false, optional },
  one_of "shotType"      { "customize", "intelligence", default = "customize", optional },
  object "multiPrompt",
  price = per.second { by = "sound", ["false"] = 0.52, ["true"] = 0.69 },
}

model "kling-video-o3-std/reference-to-video" {
  documented = true,
  task = "reference-to-video", output = "video",
  text   "prompt"            { max = 2500 },
  video  "videoUrl"          { "mp4", max = "50MB", optional },
  images "imageUrls"         { "jpg", "png", max = "50MB", items = 7, optional },
  flag   "keepOriginalSound" { default = true },
  flag   "sound"             { default = false, optional },
  one_of "aspectRatio"       { "16:9", "9:16", "1:1", default = "16:9", optional },
  whole  "duration"          { min = 3, max = 15, default = 5 },
  flag   "multiShot"         { default = false, optional },
  one_of "shotType"          { "customize", "intelligence", optional },
  object "multiPrompt",
  price = per.second { by = "sound", ["false"] = 0.54, ["true"] = 0.72 },
}

model "kling-video-o3-std/text-to-video" {
  zh = "可灵文生视频o3-std", documented = "kling-video-o3-std-text-to-video",
  task = "text-to-video", output = "video",
  text   "prompt"      { max = 2500 },
  one_of "aspectRatio" { "1:1", "16:9", "9:16", default = "16:9", optional },
  flag   "sound"       { default = true },
  whole  "duration"    { min = 3, max = 15, default = 5 },
  flag   "multiShot"   { default = false, optional },
  one_of "shotType"    { "customize", "intelligence", default = "customize", optional },
  object "multiPrompt",
  price = per.second { by = "sound", ["false"] = 0.52, ["true"] = 0.69 },
}

model "kling-video-o3-std/video-edit" {
  documented = true,
  task = "video-edit", output = "video",
  text   "prompt"            { max = 2500 },
  video  "videoUrl"          { "mp4", max = "50MB" },
  images "imageUrls"         { "jpg", "png", max = "50MB", items = 4, optional },
  flag   "keepOriginalSound" { default = true },
  price = per.second(0.81),
}

return models
