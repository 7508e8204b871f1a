-- rhub upload and rhub lora as people use them, against a sandbox in a process of its own.
local json = require "rhub.json"
local program = require "support.program"
local sandboxes = require "support.sandbox"

local SHA_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
local MD5_ABC = "900150983cd24fb0d6963f7d28e17f72"

local box, run

setup(function()
  box = sandboxes.start { "--speed", "100" }
  run = program.new(box)
  run:put("a.png", "abc")
  run:put("b.png", "abcd")
  run:put("many.zip", "abc")
  run:put("empty.png", "")
  run:put("ink-style.safetensors", "abc")
  run:put("odd.bin", "abcd")
  os.execute("truncate -s 31M " .. program.quote(run.folder .. "/large.png"))
end)
teardown(function()
  run:remove()
  box:stop()
end)
before_each(function() box:reset() end)

local function contains(text, part)
  assert(text:find(part, 1, true), ("%q is not in %q"):format(part, text))
end

describe("rhub upload", function()
  it("prints an address for each file, in their order, and what it cost: nothing", function()
    local got = run("upload", "b.png", "a.png")
    assert.equal(0, got.code, got.err)
    local first, second = got.out:match("^(http%S+)\n(http%S+)\n$")
    contains(second, SHA_ABC)
    assert.not_equal(first, second)
    contains(got.err, "uploaded  a.png  (3 B)")
    contains(got.err, "2 files, 7 B; free, an address lives about a day")
    assert.equal(2, box:stats().uploads.count)
    local answer = json.decode(run("run", "kling-video-o1/image-to-video", "firstImageUrl=" .. second,
      "prompt=x", "duration=5", "--json").out)
    assert.equal("done", answer.status)
  end)

  it("prints the name that nodes take with --node", function()
    local got = run("upload", "--node", "a.png", "many.zip")
    assert.equal("api/" .. SHA_ABC .. ".png\n" .. SHA_ABC .. "\n", got.out)
    assert.same({ 0, 2 }, { box:stats().uploads.count, box:stats().node_uploads.count })
  end)

  it("sends the same bytes once", function()
    local got = run("upload", "a.png", "./a.png")
    local first, second = got.out:match("^(%S+)\n(%S+)\n$")
    assert.equal(first, second)
    assert.equal(1, box:stats().uploads.count)
  end)

  it("answers in JSON, a file that failed included", function()
    box:fault { route = "upload", match = "upload", ["do"] = "code", code = "1008" }
    local got = run("upload", "a.png", "b.png", "--json")
    assert.equal(1, got.code)
    local answer = json.decode(got.out)
    local good, bad = answer.files[1], answer.files[2]
    if good.error then good, bad = bad, good end -- they are sent at once
    assert.matches("^http", good.url)
    assert.same({ "1008", json.null }, { bad.error.code, bad.url })
    assert.equal("1008", answer.error.code)
  end)

  it("refuses what is no file for it in one line, all of it at once, and sends nothing", function()
    for _, row in ipairs { { { "none.png", "a.png", "." }, "none.png does not exist; . is a folder" },
      { { "empty.png" }, "empty.png is an empty file" }, { {}, "takes files" },
      { { "--node", "large.png" }, "nodes take up to 30 MB" } } do
      local got = run("upload", table.unpack(row[1]))
      assert.same({ 2, "" }, { got.code, got.out }, got.err)
      contains(got.err, row[2])
      assert.equal(1, select(2, got.err:gsub("\n", "")), got.err)
    end
    assert.same({}, box:stats().requests)
  end)

  it("warns of a file beyond what is documented, and tells how the service refuses it", function()
    local got = run("upload", "large.png")
    contains(got.err, "large.png has 31 MB: more than the 30 MB")
    assert.equal(1, got.code)
    contains(got.err, "1008")
  end)
end)

describe("rhub lora", function()
  it("prints the name that RHLoraLoader takes", function()
    local got = run("lora", "ink-style.safetensors")
    assert.same({ 0, "api-lora-cn/" .. MD5_ABC .. ".safetensors\n" }, { got.code, got.out }, got.err)
    contains(got.err, "RHLoraLoader")
    local seen = box:stats()
    assert.same({ 1, 0, nil }, { seen.loras.count, seen.loras.leaks, seen.authorized.lora_put })
    local again = run("lora", "ink-style.safetensors", "--json")
    local answer = json.decode(again.out)
    assert.same({ true, "ink-style", 3 }, { answer.reused, answer.name, answer.bytes })
    assert.equal(1, box:stats().loras.count)
  end)

  it("takes a file of another name with a word about it", function()
    local got = run("lora", "odd.bin", "--name", "odd")
    assert.equal(0, got.code)
    contains(got.err, "odd.bin is not called .safetensors")
  end)

  it("refuses wrong files and names in one line, and sends nothing", function()
    for _, row in ipairs { { { "none.safetensors" }, "does not exist" }, { { "." }, "is a folder" },
      { { "empty.png" }, "is an empty file" }, { { "a.png", "--name", "a/b" }, "a name without folder" },
      { { "a.png", "b.png" }, "one too many" } } do
      local got = run("lora", table.unpack(row[1]))
      assert.same({ 2, "" }, { got.code, got.out }, got.err)
      contains(got.err, row[2])
    end
    assert.same({}, box:stats().requests)
  end)
end)
