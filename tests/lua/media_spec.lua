-- Media among parameters that no catalogue knows: results, files, paths and what only looks like one.
local media = require "rhub.media"
local sniff = require "rhub.sniff"
local files = require "support.files"

local folder

setup(function() folder = files.folder() end)
teardown(function() folder:remove() end)

local function walk(name, value, lenient)
  local found = { files = {}, problems = {}, lenient = lenient }
  local out = media.walk(value, name, found)
  return out, found
end

describe("an address", function()
  it("has one of the schemes", function()
    for _, text in ipairs { "http://a", "https://a", "HTTP://a", "data:,x", "asset://1", "ftp://a" } do
      assert.is_true(media.is_address(text), text)
    end
    for _, text in ipairs { "", "a.png", "c:/a.png", "a:b.png", "./http://", "shot:1.png", "://x" } do
      assert.is_false(media.is_address(text), text)
    end
  end)
end)

describe("a pointer", function()
  it("escapes as RFC 6901 wants it and counts from 0", function()
    assert.equal("/a~1b~0c/0/1", media.step(media.step(media.step("", "a/b~c"), 1), 2))
    assert.equal("/219##image", media.step("", "219##image"))
  end)
end)

describe("a name that looks like media", function()
  it("is recognised in every spelling the service uses", function()
    for _, name in ipairs { "imageUrl", "imageUrls", "image_url", "imageUrl2", "firstFrameUrl", "video",
      "videos", "audio", "fileUrl", "url", "sref", "3##file", "maskImage", "referenceImages" } do
      assert.is_true(media.is_name(name), name)
    end
    for _, name in ipairs { "prompt", "webhookUrl", "callback_url", "duration", "imageNum", "text" } do
      assert.is_false(media.is_name(name), name)
    end
  end)
end)

describe("a string under such a name", function()
  it("is an upload if a file is there", function()
    local path = folder:put("a.png", "png")
    local out, found = walk("imageUrl", path)
    assert.equal(path, out)
    assert.same({ "/imageUrl", path }, found.files)
    out, found = walk("nodes", { { imageUrl = path }, { image = { path, "https://a/b" } } })
    assert.equal(path, out[1].imageUrl)
    table.sort(found.files)
    assert.same({ "/nodes/0/imageUrl", "/nodes/1/image/0", path, path }, found.files)
  end)

  it("stops if it looks like a path and nothing is there", function()
    local _, found = walk("imageUrl", "no/such/thing")
    assert.equal("no/such/thing does not exist", found.problems[1].message)
    _, found = walk("videos", { "https://a/b", "typo.mp4" })
    assert.equal("videos/1", found.problems[1].param)
    _, found = walk("image", folder.path)
    assert.matches("is a folder", found.problems[1].message)
    _, found = walk("image", folder:put("empty.png", ""))
    assert.matches("is an empty file", found.problems[1].message)
  end)

  it("passes if it is a word, an address or media itself", function()
    for _, text in ipairs { "true", "auto", "", "https://a/b.png", "data:image/png,A/A", "asset://7" } do
      local out, found = walk("audio", text)
      assert.equal(text, out)
      assert.same({}, found.problems)
      assert.same({}, found.files)
    end
  end)

  it("passes when nothing is to be checked", function()
    local _, found = walk("imageUrl", "no/such/thing.png", true)
    assert.same({}, found.problems)
  end)
end)

describe("a string under another name", function()
  it("is never a file", function()
    local path = folder:put("prompt.png", "png")
    local _, found = walk("prompt", path)
    assert.same({}, found.files)
    found = select(2, walk("prompt", "a/b.png"))
    assert.same({}, found.problems)
  end)
end)

describe("rhub.file", function()
  it("marks a file anywhere", function()
    local path = folder:put("notes.bin", "some bytes")
    local out, found = walk("whatever", { deep = { media.file(path) } })
    assert.equal(path, out.deep[1])
    assert.same({ "/whatever/deep/0", path }, found.files)
    found = select(2, walk("x", media.file("no-such")))
    assert.equal("no-such does not exist", found.problems[1].message)
    assert.has_error(function() media.file(5) end)
  end)
end)

describe("tables", function()
  it("are handed on as they are when nothing in them changes", function()
    local value = { a = { 1, 2 }, b = { c = "d" } }
    assert.equal(value, (walk("x", value)))
  end)

  it("that contain themselves do not hang the walk", function()
    local loop = { image = "https://a" }
    loop.self, loop.again = loop, { loop, loop }
    assert.equal(loop, (walk("x", loop)))
  end)
end)

describe("a file's type", function()
  it("comes from its first bytes, else from its name", function()
    for type_, name in pairs { png = "a.txt", jpg = "a.png", gif = "a", webp = "a.webp", wav = "a.wav",
      mp4 = "a.bin", mov = "a.mov", mp3 = "a.mp3", glb = "a.glb" } do
      assert.equal(type_, media.inspect(folder:put(name, type_)).type, name)
    end
    assert.equal("flac", sniff.type("????", "song.FLAC"))
    assert.is_nil(sniff.type("????", "noext"))
  end)

  it("believes the name where two types share a container", function()
    assert.equal("m4a", media.inspect(folder:put("voice.m4a", "mp4")).type)
    assert.equal("audio", media.inspect(folder:put("voice.m4a", "mp4")).kind)
    assert.equal("mov", media.inspect(folder:put("clip.mov", "mp4")).type)
  end)
end)
