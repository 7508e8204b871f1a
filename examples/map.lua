-- Many prompts at once: rhub examples/map.lua [FOLDER]      (try it: rhub --sandbox examples/map.lua)
-- One line a prompt, as many at once as the account allows; each picture is saved as soon as it is there.
local rhub = require "rhub"

local folder = arg and arg[1] or "out/"
local moods = { "sleepy", "proud", "curious", "wet", "offended", "about to jump" }

local hub <close> = rhub.client {}

local results = rhub.map(moods, function(mood, i)
  local picture = assert(hub:run("rhart-image-v1/text-to-image", {
    prompt = ("a %s siamese cat, studio light"):format(mood),
    aspectRatio = "1:1",
  }))
  local paths = assert(picture:save(("%s/%02d-%s"):format(folder:gsub("/$", ""), i, mood:gsub(" ", "-"))))
  return paths[1]
end)

for i = 1, results.n do
  print(moods[i], results[i] or "failed: " .. tostring(results.errors[i]))
end
