-- A picture from a prompt, a video from the picture, a voice from a text, and lips that move with the voice:
-- each result goes into the next call as it is.
--   rhub --sandbox examples/chain.lua [FOLDER]      no key, no cost
local rhub = require "rhub"

local folder = arg[1] or "out/"
local SAYS = "The storm is coming. I have seen a hundred of them, and I will see this one out, too."
local SPEECH = 4000 -- milliseconds of it

local hub <close> = rhub.client {}

local function film()
  local still = assert(hub:run("rhart-image-v1/text-to-image", {
    prompt = "portrait of an old lighthouse keeper, facing the camera, oil painting",
    aspectRatio = "9:16",
  }))
  print("still", still.cost)
  local clip = assert(hub:run("kling-video-o1/image-to-video", {
    firstImageUrl = still,
    prompt = "he talks to us, calm, the camera stays",
    duration = "5", mode = "std", aspectRatio = "9:16",
  }))
  print("clip", clip.cost)
  return clip
end

local function speak()
  local voice = { text = SAYS, voiceId = "uk_oldman3", voiceLanguage = "en" }
  local speech = assert(hub:run("kling-lip-sync/tts", voice))
  print("speech", speech.cost)
  return speech
end

local made = assert(rhub.all { clip = film, speech = speak }) -- both at once

-- A session and the faces that were found in the video come as texts in JSON.
local found = assert(hub:run("kling-lip-sync/identify-face", { videoUrl = made.clip }))
local session, face
for _, output in ipairs(found.outputs) do
  local about = output.text and rhub.json.decode(output.text)
  if type(about) == "table" then
    session = session or about.session_id
    face = face or about.face_id and about
  end
end
assert(session and face, "no face was found in the video")
print("face", face.face_id, found.cost)

local talking = assert(hub:run("kling-lip-sync/lip-sync-video", {
  sessionId = session,
  faceId = tostring(face.face_id),
  audioUrl = made.speech,
  soundStartTime = 0,
  soundEndTime = math.min(SPEECH, face.end_time - face.start_time),
  soundInsertTime = face.start_time,
  originalAudioVolume = 0,
}))
print("talking", talking.cost)
for _, path in ipairs(assert(talking:save(folder))) do print("saved", path) end
print("spent", hub:spent())
