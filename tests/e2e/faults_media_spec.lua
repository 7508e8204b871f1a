-- What can go wrong with files on the way in and out: nothing is submitted without its picture, nothing is
-- saved that is not whole, and trying again costs nothing.
local against = require "support.against"
local files = require "support.files"
local rhub = require "rhub"
local sys = require "rhub.sys"

local function fault(route, what, more)
  local f = { route = route, ["do"] = what }
  for name, value in pairs(more or {}) do f[name] = value end
  return f
end

local function read(path)
  local f <close> = assert(io.open(path, "rb"))
  return f:read("a")
end

describe("an upload", function()
  local folder
  setup(function() folder = files.folder() end)
  teardown(function()
    folder:remove()
    against.stop()
  end)

  -- Runs a task with one local picture against `faults`.
  local function run(faults)
    local server = against.sandbox()
    server:fault(faults)
    local hub <close> = against.client()
    local path = folder:put("portrait.png", "\137PNG\r\n\26\n" .. ("x"):rep(100000))
    local result, err = hub:run("kling-video-o1/image-to-video",
      { prompt = "wind", aspectRatio = "9:16", duration = "5", mode = "std", firstImageUrl = path })
    return result, err, server:stats()
  end

  for name, one in pairs {
    ["HTTP 500"] = fault("upload", "status", { status = 500 }),
    ["HTTP 503 with HTML"] = fault("upload", "status", { status = 503, body = "<html>", type = "text/html" }),
    ["a reset"] = fault("upload", "reset"),
    ["a reset after all was sent"] = fault("upload", "reset_after"),
    ["half a header"] = fault("upload", "half_header"),
    ["200 with HTML"] = fault("upload", "html"),
    ["a body that ends early"] = fault("upload", "truncate", { after = 10 }),
    ["808"] = fault("upload", "code", { code = "808" }),
    ["1010 called message"] = fault("upload", "code", { code = "1010", word = "message" }),
  } do
    it("is sent again after " .. name, function()
      local result, err, stats = run(one)
      assert.is_nil(err)
      assert.is_truthy(result.url)
      assert.same({ 2, 1, 1 }, { stats.requests.upload, stats.submits.received, stats.tasks.made })
    end)
  end

  for name, one in pairs {
    ["too large by 809"] = { fault("upload", "code", { code = "809" }), "rejected" },
    ["too large by 1008"] = { fault("upload", "code", { code = "1008" }), "rejected" },
    ["refused to the key"] = { fault("upload", "code", { code = "1", message = "API Key不存在" }), nil },
    ["refused by 413"] = { fault("upload", "status", { status = 413 }), "rejected" },
  } do
    it("that is " .. name .. " ends the task before its submit", function()
      local result, err, stats = run(one[1])
      assert.is_nil(result)
      assert.equal("no", err.spent)
      if one[2] then assert.equal(one[2], err.kind) end
      assert.same({ 1, 0 }, { stats.requests.upload, stats.submits.received })
    end)
  end

  it("that has gone ends its task, and each of thousands behind it, without a word sent", function()
    local server = against.sandbox()
    local hub <close> = against.client { concurrency = 1 }
    local path, tasks = folder:put("gone.png", "\137PNG\r\n\26\n" .. ("z"):rep(100)), {}
    server:fault(fault("upload", "delay", { seconds = 0.5 }))
    for i = 1, 10000 do tasks[i] = assert(hub:submit("test/image", { n = i, picture = rhub.file(path) })) end
    os.remove(path)
    for i = 1, #tasks do
      local result, err = tasks[i]:wait()
      assert(not result and err.spent == "no", tostring(err))
    end
    assert.equal(0, server:stats().submits.received)
  end)

  it("of bytes that were sent already is not made again", function()
    local server = against.sandbox()
    local hub <close> = against.client()
    local path = folder:put("again.png", "\137PNG\r\n\26\n" .. ("y"):rep(5000))
    local first, second = assert(hub:upload(path)), assert(hub:upload(path))
    assert.same({ first.url, true }, { second.url, second.reused })
    assert.equal(1, server:stats().requests.upload)
  end)
end)

describe("saving", function()
  local out
  before_each(function()
    out = os.tmpname()
    os.remove(out)
    out = out .. "/"
  end)
  after_each(function() os.execute("rm -rf " .. out) end)
  teardown(against.stop)

  -- Runs a task whose one file has at least `bytes`, then saves it against `faults`.
  local function save(bytes, faults, task)
    local server = against.sandbox()
    local first = fault("submit", "task", { file = { bytes = bytes } })
    for name, value in pairs(task or {}) do first.file[name] = value end
    server:fault(first)
    local hub <close> = against.client()
    local result = assert(hub:run(against.model, against.params()))
    if faults[1] or faults["do"] then server:fault(faults) end
    local paths, err = result:save(out)
    return paths, err, server:stats(), result
  end

  local function whole(paths, err, stats)
    assert.is_nil(err)
    assert.equal(1, #paths)
    assert.equal("\137PNG\r\n\26\n", read(paths[1]):sub(1, 8))
    assert.is_true(sys.stat(paths[1]).size >= 300000)
    local pipe <close> = io.popen("ls " .. out)
    assert.equal(paths[1]:match("[^/]+$") .. "\n", pipe:read("a"))
    assert.equal(1, stats.submits.received)
  end

  it("that fails says that the task is paid for, and whose fault the address is", function()
    for _, url in ipairs { "file:///etc/passwd", "http://example.com/x.png", "gopher://x/", "" } do
      local server = against.sandbox()
      server:fault(fault("submit", "task", { results = { { url = url, outputType = "png" } } }))
      local hub <close> = against.client()
      local result = hub:run(against.model, against.params())
      if result then
        local _, err = result:save(out)
        assert.same({ "protocol", "yes", result.task_id }, { err.kind, err.spent, err.task_id })
        assert.is_nil(io.open(out .. result.task_id .. "-1.png"))
      else
        assert.equal("", url)
      end
    end
  end)

  for name, one in pairs {
    ["is whole when nothing goes wrong"] = {},
    ["goes on after a cut"] = fault("result", "truncate", { after = 100000 }),
    ["goes on after several cuts"] = { fault("result", "truncate", { after = 100000 }),
      fault("result", "truncate", { after = 50000 }), fault("result", "truncate", { after = 50000 }) },
    ["starts again after a reset"] = fault("result", "reset"),
    ["goes on after 503"] = fault("result", "status", { status = 503 }),
    ["goes on after a length that was not kept"] = fault("result", "length", { delta = 1000 }),
    ["starts again where Range is ignored"] = { fault("result", "truncate", { after = 100000 }),
      fault("result", "no_range") },
    ["does not trust a part that was not asked for"] = { fault("result", "truncate", { after = 100000 }),
      fault("result", "bad_range") },
    ["starts again when the file has changed meanwhile"] = { fault("result", "truncate", { after = 100000 }),
      fault("result", "changed") },
  } do
    it(name, function() whole(save(300000, one)) end)
  end

  it("asks for the rest only after a cut", function()
    local paths, err, stats = save(300000, fault("result", "truncate", { after = 100000 }))
    whole(paths, err, stats)
    assert.equal(1, stats.downloads.ranges)
  end)

  it("says that the address has died when it has, and leaves no file", function()
    for _, status in ipairs { 403, 404 } do
      local paths, err, stats = save(1000, fault("result", "expire", { status = status, times = -1 }))
      assert.is_nil(paths)
      assert.equal("gone", err.kind)
      assert.equal(1, stats.submits.received)
    end
  end)

  it("never sends the key to where files lie", function()
    local _, _, stats = save(1000, {})
    assert.same({ 1, 0 }, { stats.requests.result, stats.authorized.result or 0 })
  end)

  it("stays in its folder whatever the address says", function()
    local long = ("n"):rep(400) .. ".png"
    for _, name in ipairs { "..%2F..%2Fx.png", "%2Fetc%2Fx.png", long, "-rf.png", "a%00b.png" } do
      local paths, err = save(1000, {}, { name = name })
      assert.is_nil(err)
      assert.equal(out, paths[1]:match("^.*/"))
      assert.is_truthy(paths[1]:match("/%d+%-1%.png$"))
    end
  end)

  it("keeps another file of that name, and takes the same bytes for saved", function()
    local paths, err, _, result = save(1000, {})
    assert.is_nil(err)
    local hub <close> = against.client()
    result.hub = hub
    assert.same(paths, assert(result:save(out)))
    local f = assert(io.open(paths[1], "wb"))
    f:write("mine")
    f:close()
    local again, refused = result:save(out)
    assert.is_nil(again)
    assert.equal("io", refused.kind)
    assert.equal("mine", read(paths[1]))
    assert.same(paths, assert(result:save(out, { overwrite = true })))
    assert.equal("\137PNG", read(paths[1]):sub(1, 4))
  end)
end)
