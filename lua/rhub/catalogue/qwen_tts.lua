-- Qwen TTS, by Alibaba: speech from text.
-- Read by people and by the program, as it stands: a parameter is required unless it says `optional`;
-- `default` is what the service's own form offers. See words.lua. Facts of 2026-08-01.
local _ENV = require("rhub.catalogue.words").of "qwen-tts"

model "alibaba/qwen3-tts-flash" {
  zh = "千问3-语音合成-Flash", name = "qwen3-tts-flash",
  task = "text-to-audio", output = "string",
  text   "text"         { max = 600 },
  one_of "voice"        {
    "Cherry", "Serena", "Ethan", "Chelsie", "Momo", "Vivian", "Moon", "Maia", "Kai", "Nofish", "Bella",
    "Jennifer", "Ryan", "Katerina", "Aiden", "Eldric Sage", "Mia", "Mochi", "Bellona", "Vincent",
    "Bunny", "Neil", "Elias", "Arthur", "Nini", "Seren", "Pip", "Stella", "Bodega", "Sonrisa", "Alek",
    "Dolce", "Sohee", "Ono Anna", "Lenn", "Emilien", "Andre", "Radio Gol", "Jada", "Dylan", "Li",
    "Marcus", "Roy", "Peter", "Sunny", "Eric", "Rocky", "Kiki", default = "Cherry",
  },
  one_of "languageType" {
    "Auto", "Chinese", "English", "German", "Italian", "Portuguese", "Spanish", "Japanese", "Korean",
    "French", "Russian", default = "Auto", optional,
  },
}

model "alibaba/qwen3-tts-instruct-flash" {
  zh = "千问3-语音合成-Instruct-Flash", name = "qwen3-tts-instruct-flash",
  task = "text-to-audio", output = "string",
  text   "text"                 { max = 600 },
  text   "instructions"         { max = 2000, optional },
  flag   "optimizeInstructions" { default = false, optional },
  one_of "voice"                {
    "Cherry", "Serena", "Ethan", "Chelsie", "Momo", "Vivian", "Moon", "Maia", "Kai", "Nofish", "Bella",
    "Eldric Sage", "Mia", "Mochi", "Bellona", "Vincent", "Bunny", "Neil", "Elias", "Arthur", "Nini",
    "Seren", "Pip", "Stella", default = "Cherry",
  },
  one_of "languageType"         {
    "Auto", "Chinese", "English", "German", "Italian", "Portuguese", "Spanish", "Japanese", "Korean",
    "French", "Russian", default = "Auto", optional,
  },
}

return models
