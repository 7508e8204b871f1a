-- Told, not asking: rhub examples/webhook.lua PUBLIC_URL PORT  (try it: rhub --sandbox examples/webhook.lua)
-- PUBLIC_URL is where RunningHub reaches this machine's PORT: the address of a tunnel or a proxy. Tasks tell
-- when they have ended; each is then asked for once. What is not told is found all the same, by slow polling.
local rhub = require "rhub"

local moods = { "sleepy", "proud", "curious" }

local hub <close> = rhub.client {}
local listener = assert(hub:listen { public_url = arg and arg[1], port = arg and math.tointeger(arg[2]) })
print("webhooks come to " .. listener.url)

local results = rhub.map(moods, function(mood)
  return assert(hub:run("rhart-image-v1/text-to-image", {
    prompt = ("a %s siamese cat, studio light"):format(mood),
    aspectRatio = "1:1",
  }))
end)

for i, mood in ipairs(moods) do
  print(mood, results[i] and results[i].url or "failed: " .. tostring(results.errors[i]))
end

-- What the service says that it has sent, and what we have answered.
local record, err = hub:webhook(assert(results[1]).task_id)
print("webhook", record and record.status or err)
