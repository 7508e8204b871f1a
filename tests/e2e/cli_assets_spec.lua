-- rhub asset, keys, resources and queue as people use them, against a sandbox in a process of its own.
local json = require "rhub.json"
local program = require "support.program"
local sandboxes = require "support.sandbox"

local box, run

setup(function()
  box = sandboxes.start { "--speed", "100" }
  run = program.new(box)
  run:put("face.png", "\137PNG\r\n\26\n\0\0\0\13IHDR")
  run:put("empty.png", "")
end)
teardown(function()
  run:remove()
  box:stop()
end)
before_each(function() box:reset() end)

local function contains(text, part)
  assert(text:find(part, 1, true), ("%q is not in %q"):format(part, text))
end

-- The answer of a command with --json; it has to succeed.
local function answer(...)
  local got = run(...)
  assert.equal(0, got.code, got.err)
  return assert(json.decode(got.out))
end

local function group() return answer("asset", "groups", "create", "people", "--json").id end

describe("rhub asset", function()
  it("makes one of a file, waits until it is ready, and prints what a parameter takes", function()
    local id = group()
    box:fault { ["do"] = "asset", seconds = 0 }
    local got = run("asset", "create", "face.png", "--group", id, "--wait")
    assert.equal(0, got.code, got.err)
    local address = got.out:match("^(asset://[%w-]+)\n$")
    assert(address, got.out)
    contains(got.err, "uploaded  face.png")
    local task = answer("run", "kling-video-o1/image-to-video", "prompt=wind", "firstImageUrl=" .. address,
      "duration=5", "--json")
    assert.equal(address, box:task(task.task_id).params.firstImageUrl)
    assert.same({ 1, 1 }, { box:stats().uploads.count, box:stats().assets.made })
  end)

  it("makes one of an address, and says how to wait for it", function()
    box:fault { ["do"] = "asset", seconds = 0 }
    local got = run("asset", "create", "https://example.com/a.mp4", "--group", group(), "--name", "walk")
    assert.equal(0, got.code, got.err)
    contains(got.err, "rhub asset show asset-")
    assert.equal(0, box:stats().uploads.count)
    local shown = run("asset", "show", (got.out:gsub("%s", "")))
    contains(shown.out, "  Video  ACTIVE\nhttps://example.com/a.mp4\n")
  end)

  it("exits with 1 for one that has failed, and still tells what it is in JSON", function()
    local id = group()
    box:fault { ["do"] = "asset", ["end"] = "FAILED", seconds = 0 }
    local got = run("asset", "create", "face.png", "--group", id, "--wait", "--json")
    assert.equal(1, got.code)
    local said = json.decode(got.out)
    assert.same({ "failed", "face", id }, { said.error.kind, said.name, said.group })
  end)

  it("lists, renames and deletes assets and groups", function()
    local id = group()
    for _, name in ipairs { "one", "two" } do
      assert.equal(0, run("asset", "create", "face.png", "--group", id, "--name", name).code)
    end
    local list = answer("asset", "list", "--group", id, "--json").assets
    assert.same({ "one", "two" }, { list[1].name, list[2].name })
    assert.equal("asset://" .. list[1].id, list[1].address)
    contains(run("asset", "rename", list[1].id, "first").out, "first")
    assert.equal(1, #answer("asset", "list", "--name", "first", "--json").assets)
    contains(run("asset", "groups").out, id .. "  people  2 assets")
    assert.equal(1, run("asset", "groups", "delete", id).code, "it is not empty")
    assert.equal("deleted  " .. list[1].id .. "\ndeleted  " .. list[2].id .. "\n",
      run("asset", "delete", list[1].id, list[2].id).out)
    contains(run("asset", "groups", "rename", id, "persons", "--description", "all").out, "persons")
    assert.same({ "persons", "all", 0 }, (function(shown)
      return { shown.name, shown.description, shown.count }
    end)(answer("asset", "groups", "show", id, "--json")))
    assert.equal(0, run("asset", "groups", "delete", id).code)
    assert.same({}, answer("asset", "groups", "--json").groups)
  end)

  it("refuses wrong use in one line with exit code 2, and asks the service nothing", function()
    local rows = {
      { { "asset" }, "create, list, show" },
      { { "asset", "crate" }, "did you mean rhub asset create?" },
      { { "asset", "groups", "shwo" }, "did you mean rhub asset groups show?" },
      { { "asset", "create", "face.png" }, "--group ID is missing" },
      { { "asset", "create", "none.png", "--group", "g" }, "none.png does not exist" },
      { { "asset", "create", "empty.png", "--group", "g" }, "empty.png is an empty file" },
      { { "asset", "create", ".", "--group", "g" }, "is a folder" },
      { { "asset", "create", "face.png", "--group", "g", "--type", "video" }, "is a file of type png" },
      { { "asset", "create" }, "takes a file or an address" },
      { { "asset", "list", "--wait" }, "--wait is not for rhub asset list" },
      { { "asset", "rename", "a" }, "takes an asset's id and its new name" },
    }
    for _, row in ipairs(rows) do
      local got = run(table.unpack(row[1]))
      assert.same({ 2, "" }, { got.code, got.out }, got.err)
      contains(got.err, row[2])
      assert.equal(1, select(2, got.err:gsub("\n", "")), got.err)
    end
    assert.same({}, box:stats().requests)
  end)
end)

describe("rhub keys, resources and queue", function()
  it("print what there is", function()
    contains(run("keys").out, "0123****cdef  sandbox  ACTIVE   used 0\n")
    contains(run("queue").out, "places   0 of 50 places in use\n")
    local got = run("resources", "lora", "ink")
    assert.same({ 0, "sandbox/ink-style.safetensors\n", "1 file\n" }, { got.code, got.out, got.err })
    contains(run("resources", "lora", "--size", "3").err, "3 files of 7; --page 2 goes on")
    assert.equal("", run("resources", "gguf", "--tag", "none").out)
  end)

  it("answer in JSON", function()
    assert.same({ key = "0123****cdef", name = "sandbox", status = "ACTIVE", used = "0", quota = json.null,
      visible = true, expires = json.null, created = "2026-01-01 00:00:00" },
      answer("keys", "--json").keys[1])
    assert.same({ kind = "SHARED", limit = 50, running = 0, queued = 0 }, answer("queue", "--json"))
    local page = answer("resources", "checkpoint", "--base-model", "sdxl", "--size", "1", "--page", "2",
      "--json")
    assert.same({ 1, 2, true }, { #page.records, page.page, page.more })
    assert.equal("sdxl", page.records[1].raw.baseModel)
  end)

  it("refuse a wrong type with exit code 2, and a bad key with 3", function()
    local got = run("resources", "lorra")
    assert.equal(2, got.code)
    contains(got.err, "did you mean lora?")
    assert.same({}, box:stats().requests)
    for _, command in ipairs { "keys", "queue" } do
      got = run:with { env = { RUNNINGHUB_API_KEY = "nobody" } }(command)
      assert.equal(3, got.code)
      assert.equal("", got.out)
    end
  end)
end)
