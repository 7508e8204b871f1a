-- Parameters against the catalogue: what stops, what is mended silently, what passes with a warning.
local check = require "rhub.check"
local errors = require "rhub.errors"
local json = require "rhub.json"
local files = require "support.files"

local VIDEO = "kling-video-o1/image-to-video"
local PRO = "kling-v3.0-pro/image-to-video"
local O3 = "kling-video-o3-pro/text-to-video"
local PICTURE = "https://example.com/a.png"

local warnings, folder

setup(function() folder = files.folder() end)
teardown(function() folder:remove() end)
before_each(function() warnings = {} end)

local function call(model, params, mode)
  return check.call(model, params, mode or "strict", function(text) warnings[#warnings + 1] = text end)
end

-- The parameters that are sent.
local function sent(model, params, mode)
  return assert(call(model, params, mode)).params
end

-- The one problem of a call.
local function problem(model, params)
  local ready, err = call(model, params)
  assert.is_nil(ready)
  assert.is_true(errors.is(err))
  assert.equal("input", err.kind)
  assert.equal("no", err.spent)
  assert.equal(1, #err.problems, tostring(err))
  return err.problems[1], err
end

describe("what is right", function()
  it("passes, with the defaults of required parameters filled in", function()
    assert.same({ firstImageUrl = PICTURE, aspectRatio = "9:16", duration = "5", mode = "std" },
      sent(VIDEO, { firstImageUrl = PICTURE }))
    assert.same({}, warnings)
  end)

  it("leaves defaults of optional parameters to the service", function()
    assert.is_nil(sent("kling-v2.5-turbo-pro/text-to-video", { prompt = "x" }).guidanceScale)
  end)

  it("is not changed in the caller's table", function()
    local params = { firstImageUrl = PICTURE, duration = 5 }
    sent(VIDEO, params)
    assert.same({ firstImageUrl = PICTURE, duration = 5 }, params)
  end)

  it("may go by any of the model's names", function()
    assert.equal("kling-v2.6-pro/text-to-video",
      assert(call("kling-v2.6-pro-text-to-video", { prompt = "x" })).endpoint)
  end)
end)

describe("lossless differences of type and spelling are mended silently", function()
  it("an enum takes the number, the float and the other case of a listed text", function()
    assert.equal("5", sent(VIDEO, { firstImageUrl = PICTURE, duration = 5 }).duration)
    assert.equal("10", sent(VIDEO, { firstImageUrl = PICTURE, duration = 10.0 }).duration)
    assert.equal("pro", sent(VIDEO, { firstImageUrl = PICTURE, mode = "Pro" }).mode)
    assert.equal("true", sent("kling-v2.6-pro/text-to-video", { prompt = "x", sound = true }).sound)
  end)

  it("an integer takes whole floats and digits, a boolean takes its words", function()
    local params = sent(O3, { prompt = "x", duration = "7", sound = "false" })
    assert.equal("integer", math.type(params.duration))
    assert.equal(7, params.duration)
    assert.is_false(params.sound)
    assert.equal("integer", math.type(sent(O3, { prompt = "x", duration = 7.0 }).duration))
  end)

  it("a number takes digits", function()
    assert.equal(0.5, sent(PRO, { prompt = "x", firstImageUrl = PICTURE, cfgScale = "0.5" }).cfgScale)
  end)

  it("one value stands for a list of one", function()
    assert.same({ PICTURE }, sent("kling-video-o3-pro/video-edit",
      { prompt = "x", videoUrl = "https://e.com/v.mp4", imageUrls = PICTURE }).imageUrls)
    assert.same({}, warnings)
  end)

  it("no items are a list, too, where they may be left out", function()
    local params = sent("kling-video-o3-pro/video-edit",
      { prompt = "x", videoUrl = "https://e.com/v.mp4", imageUrls = {} })
    assert.matches('"imageUrls":[]', json.encode(params), 1, true)
    params = sent("kling-video-o3-pro/video-edit",
      { prompt = "x", videoUrl = "https://e.com/v.mp4", imageUrls = json.empty_array })
    assert.matches('"imageUrls":[]', json.encode(params), 1, true)
    assert.equal("is required, and empty",
      problem("kling-elements", { name = "a", description = "b", imageUrl = PICTURE,
        elementReferList = {} }).message)
  end)

  it("an empty optional text is left out, a null is sent", function()
    assert.is_nil(sent(VIDEO, { firstImageUrl = PICTURE, prompt = "" }).prompt)
    assert.equal(json.null, sent(VIDEO, { firstImageUrl = PICTURE, prompt = json.null }).prompt)
  end)
end)

describe("what is wrong stops", function()
  it("a value that is not listed, with the nearest", function()
    local p, err = problem(VIDEO, { firstImageUrl = PICTURE, aspectRatio = "9:15" })
    assert.same({ param = "aspectRatio", value = "9:15", message = '"9:15" is not allowed',
      allowed = "1:1, 9:16, 16:9", suggestion = "9:16" }, p)
    assert.equal("input: " .. VIDEO .. ': nothing was sent: aspectRatio: "9:15" is not allowed: '
      .. '1:1, 9:16, 16:9 (did you mean 9:16?); check = "warn" sends it as it is', tostring(err))
  end)

  it("with a way out, said once, where the catalogue may only be behind", function()
    local function ways_out(params)
      local _, err = call(VIDEO, params)
      return select(2, err.message:gsub('check = "warn"', ""))
    end
    assert.equal(1, ways_out { firstImageUrl = PICTURE, aspectRatio = "9:15", mode = "8k", durration = 5 })
    assert.equal(1, ways_out { firstImageUrl = PICTURE, durration = 5 })
    assert.equal(0, ways_out { firstImageUrl = "no-such.png" })
    assert.equal(0, ways_out { firstImageUrl = PICTURE, prompt = 3 })
  end)

  it("a number has no nearest spelling", function()
    assert.is_nil(problem(VIDEO, { firstImageUrl = PICTURE, duration = "15" }).suggestion)
  end)

  it("long lists of choices are shortened", function()
    assert.matches("%.%.%. %(46 in all%)",
      problem("kling-lip-sync/tts", { text = "x", voiceId = "nobody" }).allowed)
  end)

  it("a missing or empty required parameter", function()
    assert.equal("is required", problem(VIDEO, {}).message)
    assert.equal("jpg or png, up to 20 MB", problem(VIDEO, {}).allowed)
    assert.equal("is required, and empty", problem(O3, { prompt = "" }).message)
    assert.equal("is required, and empty", problem(O3, { prompt = json.null }).message)
  end)

  it("numbers out of range, between steps, or no numbers", function()
    assert.equal("20 is out of range", problem(O3, { prompt = "x", duration = 20 }).message)
    assert.equal("3 to 15", problem(O3, { prompt = "x", duration = 20 }).allowed)
    assert.equal("5.5 is not allowed", problem(O3, { prompt = "x", duration = 5.5 }).message)
    assert.equal("0 to 1 in steps of 0.1",
      problem(PRO, { prompt = "x", firstImageUrl = PICTURE, cfgScale = 0.55 }).allowed)
    problem(PRO, { prompt = "x", firstImageUrl = PICTURE, cfgScale = 0 / 0 })
    problem(PRO, { prompt = "x", firstImageUrl = PICTURE, cfgScale = "much" })
    problem(PRO, { prompt = "x", firstImageUrl = PICTURE, cfgScale = "0x1" })
  end)

  it("a number or a table where text is meant", function()
    assert.equal("3 is not text", problem(O3, { prompt = 3 }).message)
    problem(O3, { prompt = {} })
    problem(O3, { prompt = "x", aspectRatio = {} })
    problem(O3, { prompt = "x", sound = 1 })
  end)

  it("text that is too long, in characters", function()
    sent(O3, { prompt = ("ä"):rep(2500) })
    local p = problem(O3, { prompt = ("ä"):rep(2501) })
    assert.equal("has 2,501 characters: takes up to 2,500", check.words.problem(p))
  end)

  it("too many of a list, and several where one is meant", function()
    local many = {}
    for i = 1, 5 do many[i] = PICTURE end
    local p = problem("kling-video-o3-pro/video-edit",
      { prompt = "x", videoUrl = "https://e.com/v.mp4", imageUrls = many })
    assert.equal("has 5 items: takes at most 4", check.words.problem(p))
    assert.equal("is a list of 2: takes one",
      check.words.problem(problem(VIDEO, { firstImageUrl = { PICTURE, PICTURE } })))
    assert.equal(PICTURE, sent(VIDEO, { firstImageUrl = { PICTURE } }).firstImageUrl)
    assert.equal(1, #warnings)
  end)

  it("a parameter's misspelt name, if the right one is not given", function()
    local p = problem(VIDEO, { firstImageUrl = PICTURE, durration = 5 })
    assert.equal("no such parameter (did you mean duration?)", check.words.problem(p))
    assert.equal("aspectRatio", problem(VIDEO, { firstImageUrl = PICTURE, aspect_ratio = "1:1" }).suggestion)
    sent(VIDEO, { firstImageUrl = PICTURE, duration = 5, durration = 5 })
    assert.equal(1, #warnings)
  end)

  it("no short name that is two letters from another: it is one of its own", function()
    local own = { params = {}, endpoint = "a/b" }
    for i, name in ipairs { "sref", "speed", "scale", "tile", "seeds" } do own.params[i] = { name = name } end
    local names = require "rhub.check.names"
    for _, name in ipairs { "seed", "style", "size", "n", "fps" } do
      assert.is_nil(names.nearest(own, {}, name), name)
    end
    assert.equal("scale", names.nearest(own, {}, "scal"))
    assert.equal("tile", names.nearest(own, {}, "tiel"))
    assert.equal("speed", names.nearest(own, {}, "spede"))
  end)

  it("a name that can be no model's, in every mode", function()
    for _, name in ipairs { "foo bar", "a?b", "a#b", "../a", "a/../b", "a//b", "/a", "a/", "", "a\nb" } do
      for _, mode in ipairs { "strict", "warn", "off" } do
        local ready, err = call(name, {}, mode)
        assert.is_nil(ready, name)
        assert.equal("input", err.kind)
        assert.matches("no such model", err.message)
        assert.is_nil(err.message:find("check =", 1, true))
      end
    end
  end)

  it("a Chinese name that several models have, and one that is nearly one", function()
    local p = problem("RH视频帧率增强", {})
    assert.equal("rhart-video/video-fps-increaser or rh/video-fps-increaser", p.suggestion)
    assert.matches("^kling", problem("可灵图生视频o9", {}).suggestion)
    assert.equal(VIDEO, assert(call("可灵图生视频o1", { firstImageUrl = PICTURE })).endpoint)
  end)

  it("a parameter without a name", function()
    assert.equal("[1]", problem(VIDEO, { "a prompt", firstImageUrl = PICTURE }).param)
  end)

  it("a model's misspelt name", function()
    local p, err = problem("kling-video-o1/image-to-vidoe", {})
    assert.equal(VIDEO, p.suggestion)
    assert.matches("no such model %(did you mean kling%-video%-o1/image%-to%-video%?%)", err.message)
  end)

  it("everything at once, listed parameters first in their order", function()
    local _, err = call(VIDEO, { aspectRatio = "9:15", durration = 5, prompt = 3 })
    local names = {}
    for i, p in ipairs(err.problems) do names[i] = p.param end
    assert.same({ "prompt", "aspectRatio", "firstImageUrl", "durration" }, names)
    assert.matches("4 problems, nothing was sent", err.message)
    assert.is_nil(tostring(err):find("\n"))
  end)
end)

describe("what the catalogue does not know passes with one warning", function()
  it("parameters", function()
    local params = sent(VIDEO, { firstImageUrl = PICTURE, seed = 7, elements = { { id = 1 } } })
    assert.equal(7, params.seed)
    assert.same({ { id = 1 } }, params.elements)
    assert.same({ VIDEO .. ": not in the catalogue, sent as it is: elements, seed" }, warnings)
  end)

  it("models", function()
    assert.same({ n = 5, prompt = "" }, sent("somebody/new-model", { n = 5, prompt = "" }))
    assert.matches("not in the catalogue", warnings[1])
  end)

  it("object-valued parameters pass without one", function()
    local shots = { { prompt = "a", duration = 2 }, { prompt = "b" } }
    assert.equal(shots, sent(PRO, { prompt = "x", firstImageUrl = PICTURE, multiPrompt = shots }).multiPrompt)
    assert.same({}, warnings)
  end)

  it("what every model takes is known", function()
    sent(VIDEO, { firstImageUrl = PICTURE, webhookUrl = "https://e.com/hook", instanceType = "plus" })
    assert.same({}, warnings)
    problem(VIDEO, { firstImageUrl = PICTURE, instanceType = "pluss" })
  end)

  it("a model whose parameters nobody lists is not warned of", function()
    sent("kling-v3.0-4k/motion-control", { imageUrl = PICTURE, anything = 1 })
    assert.same({}, warnings)
  end)
end)

describe("a value of a choice of numbers", function()
  it("is sent as a number, whatever it was given as", function()
    local model = "alibaba/qwen-image-3.0-pro/text-to-image"
    for _, value in ipairs { "3", 3, 3.0 } do
      local params = sent(model, { prompt = "x", imageNum = value })
      assert.equal("integer", math.type(params.imageNum))
      assert.equal(3, params.imageNum)
    end
    assert.equal("7 is not allowed", problem(model, { prompt = "x", imageNum = 7 }).message)
    model = "alibaba/qwen-image-2.0-pro/text-to-image"
    assert.equal("2", sent(model, { prompt = "x", imageNum = 2 }).imageNum)
  end)
end)

describe("the mode", function()
  it("warn sends a list of one where one value is meant, with its files", function()
    local params = sent(VIDEO, { firstImageUrl = { PICTURE } }, "warn")
    assert.same({ PICTURE }, params.firstImageUrl)
    assert.same({ "firstImageUrl takes one value: the list is sent as it is" }, warnings)
    local path = folder:put("w.png", "png")
    local ready = assert(call(VIDEO, { firstImageUrl = { path } }, "warn"))
    assert.same({ "/firstImageUrl/0", path }, ready.files)
    assert.same({ path }, ready.params.firstImageUrl)
    ready = assert(call(VIDEO, { firstImageUrl = { PICTURE, path } }, "warn"))
    assert.same({ "/firstImageUrl/1", path }, ready.files)
  end)

  it("warn says every finding and stops nothing", function()
    local params = sent(VIDEO, { firstImageUrl = PICTURE, aspectRatio = "9:15", durration = 5 }, "warn")
    assert.equal("9:15", params.aspectRatio)
    assert.equal(5, params.durration)
    assert.equal(2, #warnings)
    sent("kling-video-o1/image-to-vidoe", {}, "warn")
    assert.equal(3, #warnings)
  end)

  it("off reads and fills in nothing", function()
    local params = sent(VIDEO, { duration = 99, firstImageUrl = "no/such.png" }, "off")
    assert.same({ duration = 99, firstImageUrl = "no/such.png" }, params)
    assert.same({}, warnings)
  end)
end)

describe("local files", function()
  it("are named to the core by a pointer, and stand in their place", function()
    local path = folder:put("a.png", "png")
    local ready = assert(call(VIDEO, { firstImageUrl = path }))
    assert.same({ "/firstImageUrl", path }, ready.files)
    assert.equal(path, ready.params.firstImageUrl)
    ready = assert(call("kling-video-o3-pro/video-edit",
      { prompt = "x", videoUrl = folder:put("v.mp4", "mp4"), imageUrls = { PICTURE, path } }))
    assert.same({ "/videoUrl", folder.path .. "/v.mp4", "/imageUrls/1", path }, ready.files)
  end)

  it("of another type stop, whatever their name says", function()
    local path = folder:put("portrait.gif", "gif")
    assert.equal(path .. " is a GIF: takes jpg or png, up to 20 MB",
      check.words.problem(problem(VIDEO, { firstImageUrl = path })))
    path = folder:put("lies.png", "webp")
    assert.matches("is a WEBP", problem(VIDEO, { firstImageUrl = path }).message)
    path = folder:put("sound.wav", "wav")
    assert.matches("is a WAV: takes an image", check.words.problem(
      problem("kling-v2.6-std/image-to-video", { prompt = "x", imageUrl = path })))
    assert(call(VIDEO, { firstImageUrl = folder:put("b.jpeg", "jpg") }))
  end)

  it("that are of no known type by first bytes and name stop where the types are known", function()
    local function write(name, bytes)
      local path = folder.path .. "/" .. name
      local file <close> = assert(io.open(path, "wb"))
      file:write(bytes)
      return path
    end
    local function told(path) return problem(VIDEO, { firstImageUrl = path }).message end
    assert.matches("notes is plain text$", told(write("notes", "buy milk\n")))
    assert.matches("one is plain text$", told(write("one", "x")))
    assert.matches("odd is of no type that is known here$", told(write("odd", "\0\1\2\3\4")))
    assert.same({}, warnings)
    local any, odd = "kling-v2.6-std/image-to-video", write("odd.dat", "\0\1\2\3\4")
    sent(any, { prompt = "x", imageUrl = odd })
    assert.same({ "imageUrl: " .. odd .. " is of no type that is known here" }, warnings)
    assert.equal("mov", require("rhub.media").inspect(write("film", "\0\0\0\8wide\0\0\0\1mdat")).type)
  end)

  it("that are missing, empty, folders or too big stop", function()
    assert.matches("does not exist", problem(VIDEO, { firstImageUrl = "no-such.png" }).message)
    local path = folder:put("empty.png", "")
    assert.matches("is an empty file", problem(VIDEO, { firstImageUrl = path }).message)
    assert.matches("is a folder", problem(VIDEO, { firstImageUrl = folder.path }).message)
    path = folder:put("big.png", "png")
    local file = assert(io.open(path, "r+b"))
    file:seek("set", 21 * 1024 * 1024)
    file:write("x")
    file:close()
    assert.matches("has 21 MB", problem(VIDEO, { firstImageUrl = path }).message)
  end)

  it("are not taken for addresses, nor addresses for files", function()
    for _, address in ipairs { PICTURE, "HTTPS://e.com/a", "data:image/png;base64,AAAA", "asset://123" } do
      assert.equal(address, sent(VIDEO, { firstImageUrl = address }).firstImageUrl)
    end
    assert.matches("scheme", problem(VIDEO, { firstImageUrl = "file:///etc/passwd" }).message)
    assert.matches("space", problem(VIDEO, { firstImageUrl = "https://e.com/a b.png" }).message)
    assert.matches("without a host", problem(VIDEO, { firstImageUrl = "https:///a.png" }).message)
    assert.matches("no file and no address", problem(VIDEO, { firstImageUrl = 5 }).message)
  end)
end)
