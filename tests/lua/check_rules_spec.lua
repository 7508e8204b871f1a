-- What holds between parameters, and how large pictures are.
local check = require "rhub.check"
local files = require "support.files"
local picture = require "rhub.picture"

local PICTURE, VIDEO, SOUND = "https://e.com/a.png", "https://e.com/v.mp4", "https://e.com/s.mp3"

local warnings, folder

setup(function() folder = files.folder() end)
teardown(function() folder:remove() end)
before_each(function() warnings = {} end)

local function call(model, params, mode)
  return check.call(model, params, mode or "strict", function(text) warnings[#warnings + 1] = text end)
end

local function passes(model, params)
  local ready, err = call(model, params)
  assert.is_table(ready, tostring(err))
end

-- The problems of a call as "param: text".
local function problems(model, params)
  local ready, err = call(model, params)
  assert.is_nil(ready)
  local list = {}
  for i, one in ipairs(err.problems) do list[i] = one.param .. ": " .. check.words.problem(one) end
  return list
end

describe("between parameters", function()
  it("exactly one is given where either will do", function()
    local model = "kling-lip-sync/identify-face"
    passes(model, { videoUrl = VIDEO })
    passes(model, { videoId = "7" })
    assert.same({ "videoUrl: is required: or videoId" }, problems(model, {}))
    assert.same({ "videoId: does not go together with videoUrl: give one of them" },
      problems(model, { videoUrl = VIDEO, videoId = "7" }))
    assert.same({ "videoUrl: is required: or videoId" }, problems(model, { videoId = "" }))
    local shots = { { prompt = "a", duration = 2 } }
    passes("kling-v3-4k/image-to-video", { imageUrl = PICTURE, multiPrompt = shots })
    assert.same({ "multiPrompt: does not go together with prompt: give one of them" },
      problems("kling-v3-4k/image-to-video", { imageUrl = PICTURE, prompt = "x", multiPrompt = shots }))
  end)

  it("one of several is given at least, and what is not looked at is told", function()
    local model = "skyreels-v4/omni-reference-std"
    passes(model, { prompt = "x", refImages = { { url = PICTURE } } })
    assert.same({ "refImages: is required: or refVideos" }, problems(model, { prompt = "x" }))
    assert.same({}, warnings)
    passes(model, { prompt = "x", refVideos = { { url = VIDEO } }, duration = 5 })
    assert.same({ model .. ": duration is not looked at with refVideos" }, warnings)
  end)

  it("lists have so many items together", function()
    local model, three = "alibaba/wan-2.6/reference-to-video", { VIDEO, VIDEO, VIDEO }
    passes(model, { prompt = "x", imageUrls = { PICTURE, PICTURE }, videoUrls = three })
    assert.same({ "videoUrls: makes 6 items with imageUrls: takes at most 5 together" },
      problems(model, { prompt = "x", imageUrls = { PICTURE, PICTURE, PICTURE }, videoUrls = three }))
  end)

  it("width and height come together", function()
    local model = "bytedance/jimeng-4.6/text-to-image"
    passes(model, { prompt = "x" })
    passes(model, { prompt = "x", width = 1024, height = 1024 })
    assert.same({ "height: is required with width" }, problems(model, { prompt = "x", width = 1024 }))
  end)

  it("sound needs a picture or a video with it", function()
    local model = "rhart-video/sparkvideo-2.0/multimodal-video"
    passes(model, { prompt = "x", audioUrls = { SOUND }, videoUrls = { VIDEO } })
    assert.same({ "imageUrls: is required with audioUrls: or videoUrls" },
      problems(model, { prompt = "x", audioUrls = { SOUND } }))
  end)

  it("a custom size is for the custom ratio only", function()
    local model = "rhart-image/f-2-dev/text-to-image"
    passes(model, { prompt = "x", aspectRatio = "custom", customWidth = 512, customHight = 512 })
    assert.same({ "customWidth: is looked at only where aspectRatio is custom" },
      problems(model, { prompt = "x", customWidth = 512 }))
    assert.same({ "customHight: is looked at only where aspectRatio is custom" },
      problems(model, { prompt = "x", aspectRatio = "1:1", customHight = 512 }))
  end)

  it("something is required under a condition", function()
    local model = "minimax/music-2.6"
    passes(model, { lyrics = "la" })
    passes(model, { prompt = "a waltz", isInstrumental = true })
    passes(model, { prompt = "a waltz", lyricsOptimizer = true })
    assert.same({ "prompt: is required where isInstrumental is true" },
      problems(model, { isInstrumental = true }))
    assert.same({ "lyrics: is required unless isInstrumental is true or lyricsOptimizer is true" },
      problems(model, { prompt = "a waltz" }))
    assert.same({ "lyrics: is required with coverFeatureId" }, problems("minimax/music-cover",
      { prompt = "x", audioUrl = SOUND, coverFeatureId = "7" }))
  end)

  it("is looked at when each has been, and does not say twice what is wrong", function()
    assert.same({ 'videoId: 5 is not text: takes text' },
      problems("kling-lip-sync/identify-face", { videoUrl = VIDEO, videoId = 5 }))
  end)

  it("warns in the mode warn, and is not looked at in the mode off", function()
    assert.is_table(call("kling-lip-sync/identify-face", {}, "warn"))
    assert.equal(1, #warnings)
    assert.is_table(call("kling-lip-sync/identify-face", {}, "off"))
    assert.equal(1, #warnings)
  end)
end)

-- ---- pictures ---------------------------------------------------------------------------------

local HEADERS = {
  png = "\137PNG\r\n\26\n\0\0\0\13IHDR" .. (">I4I4"):pack(720, 1280) .. "\8\6\0\0\0",
  gif = "GIF89a" .. ("<I2I2"):pack(720, 1280) .. "\0\0\0",
  bmp = "BM" .. ("\0"):rep(16) .. ("<i4i4"):pack(720, -1280) .. "\1\0\24\0",
  jpg = "\255\216\255\224\0\16JFIF\0\1\1\0\0\1\0\1\0\0" .. "\255\225" .. (">I2"):pack(40002)
    .. ("\255"):rep(40000) .. "\255\196\0\3x" .. "\255\194\0\17\8" .. (">I2I2"):pack(1280, 720) .. "\3",
}
local function webp(kind, rest) return "RIFF\40\0\0\0WEBP" .. kind .. "\22\0\0\0" .. rest .. ("\0"):rep(8) end
local WEBP = {
  webp("VP8X", "\0\0\0\0" .. ("<I3I3"):pack(719, 1279)),
  webp("VP8L", "\47" .. ("<I4"):pack(719 | 1279 << 14) .. "\0\0\0\0\0\0"),
  webp("VP8 ", "\0\0\0\157\1\42" .. ("<I2I2"):pack(720, 1280)),
}

describe("a picture's size", function()
  it("is read from its header, behind all that stands before it", function()
    for type_, header in pairs(HEADERS) do
      local path = folder:put("a." .. type_, header)
      assert.same({ 720, 1280 }, { picture.size(path, type_) }, type_)
    end
    for i, header in ipairs(WEBP) do
      local path = folder:put(i .. ".webp", header)
      assert.same({ 720, 1280 }, { picture.size(path, "webp") }, "webp " .. i)
    end
  end)

  it("is unknown where the header is cut or odd, at any length", function()
    for type_, header in pairs(HEADERS) do
      for n = 0, math.min(#header - 1, 300) do
        local path = folder:put("cut", header:sub(1, n))
        local width, height = picture.size(path, type_)
        assert.is_true(width == nil and height == nil or width == 720 and height == 1280, type_ .. n)
      end
    end
    for _, header in ipairs(WEBP) do
      for n = 0, #header do
        local width = picture.size(folder:put("cut", header:sub(1, n)), "webp")
        assert.is_true(width == nil or width == 720)
      end
    end
    local none = HEADERS.png:sub(1, 16) .. ("\0"):rep(8)
    assert.is_nil(picture.size(folder:put("empty.png", none), "png"))
    assert.is_nil(picture.size(folder:put("loop.jpg", "\255\216" .. ("\255\224\0\0"):rep(50)), "jpg"))
    assert.is_nil(picture.size(folder.path .. "/missing.png", "png"))
    assert.is_nil(picture.size(folder:put("a.heic", "x"), "heic"))
  end)

  it("stops a call where the model takes only the output's own", function()
    local right = folder:put("right.png", HEADERS.png)
    local wrong = folder:put("wrong.gif", "GIF89a" .. ("<I2I2"):pack(640, 480) .. "\0\0\0")
    local jpg = folder:put("wrong.jpg", "\255\216\255\192\0\17\8" .. (">I2I2"):pack(480, 640) .. "\3")
    local model = "rhart-video-s-official/image-to-video"
    passes(model, { prompt = "x", imageUrl = right })
    passes(model, { prompt = "x", imageUrl = PICTURE })
    assert.same({ ("imageUrl: %s has 640x480 pixels: takes 720x1280 or 1280x720"):format(jpg) },
      problems(model, { prompt = "x", imageUrl = jpg }))
    local pro = model .. "-pro"
    assert.equal(1, #problems(pro, { prompt = "x", imageUrl = jpg }))
    passes(pro, { prompt = "x", imageUrl = jpg, resolution = "1080p" })
    assert.matches("is a GIF", problems(model, { prompt = "x", imageUrl = wrong })[1])
  end)
end)

describe("a data URI", function()
  it("says itself what it holds", function()
    local model = "kling-v2.6-pro/image-to-video"
    for _, type_ in ipairs { "image/png", "image/jpeg", "IMAGE/JPG" } do
      passes(model, { prompt = "x", imageUrl = "data:" .. type_ .. ";base64,AAAA" })
    end
    assert.matches("is image/gif: takes jpg or png",
      problems(model, { prompt = "x", imageUrl = "data:image/gif;base64,AAAA" })[1])
    assert.matches("is video/mp4",
      problems(model, { prompt = "x", imageUrl = "data:video/mp4;base64,AAAA" })[1])
    assert.matches("is no data URI", problems(model, { prompt = "x", imageUrl = "data:image/png,AAAA" })[1])
    assert.matches("is no data URI", problems(model, { prompt = "x", imageUrl = "data:;base64," })[1])
  end)
end)
