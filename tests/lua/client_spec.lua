-- Clients, tasks and results on a scripted engine: no network, no time.
local fresh = require "support.fresh"
local fake_sys = require "support.fake_sys"
local fake_core = require "support.fake_core"

local real_sys = require "rhub.sys"
local rhub, sys, core, log, observer

local VIDEO = "kling-video-o1/image-to-video"
local PICTURE = "https://example.com/a.png"

before_each(function()
  sys = fake_sys.new(real_sys)
  core = fake_core.new(sys)
  rhub = fresh.require("rhub", { ["rhub.sys"] = sys, ["rhub.core"] = core })
  require("rhub.flow").report = function() end
  observer = require "rhub.observer"
  log = {}
  observer.current = { log = function(_, level, text) log[#log + 1] = level .. " " .. text end }
end)

after_each(function()
  observer.current = { log = function() end } -- what the specs leave behind is collected some time later
  require("rhub.flow").last_words = nil
end)

local function raised(f, ...)
  local ok, err = pcall(f, ...)
  assert.is_false(ok)
  return err
end

local function a_life(...)
  local events = { ... }
  core.life = function() return events end
end

describe("a client", function()
  it("loads the engine only when it is made", function()
    local loaded = {}
    package.loaded["rhub.core"] = nil
    package.preload["rhub.core"] = function()
      loaded[#loaded + 1] = true
      return core
    end
    assert.equal(0, #loaded)
    rhub.client {}
    assert.equal(1, #loaded)
    package.preload["rhub.core"] = nil
  end)

  it("raises the error object of the engine", function()
    core.refusal = { kind = "config", message = "no API key" }
    local err = raised(rhub.client, {})
    assert.equal("config", err.kind)
    assert.equal("config: no API key", tostring(err))
  end)

  it("names an unknown option and the nearest one", function()
    local err = raised(rhub.client, { concurency = 3 })
    assert.equal("input", err.kind)
    assert.matches("concurency %(did you mean concurrency%?%)", err.message)
    assert.matches("strict, warn, off", raised(rhub.client, { check = "maybe" }).message)
  end)

  it("hands all other options to the engine", function()
    rhub.client { site = "cn", check = "off", poll = { first = 2 } }
    assert.same({ site = "cn", poll = { first = 2 } }, core.opened[1])
  end)

  it("refuses work when it is closed, and closes twice without harm", function()
    local hub = rhub.client {}
    hub:close()
    hub:close()
    assert.equal(1, core.closed)
    assert.matches("closed", raised(hub.run, hub, VIDEO, {}))
  end)
end)

describe("run", function()
  it("returns the result", function()
    local hub = rhub.client {}
    local clip = assert(hub:run(VIDEO, { firstImageUrl = PICTURE }))
    assert.equal("2013508786110730201", clip.task_id)
    assert.equal("https://files.example/2013508786110730201.mp4", clip.url)
    assert.equal("2.1", clip.cost.amount)
    assert.equal("2.10 CNY", tostring(clip.cost))
    assert.equal("SUCCESS", clip.raw.status)
    assert.equal(2.5, clip.seconds)
    assert.equal(1003, sys.clock)
  end)

  it("sends checked parameters: defaults, listed spellings, integers exact", function()
    local hub = rhub.client {}
    assert(hub:run(VIDEO, { firstImageUrl = PICTURE, duration = 5, mode = "PRO" }))
    assert.same({ aspectRatio = "9:16", duration = "5", firstImageUrl = PICTURE, mode = "pro" },
      rhub.json.decode(core.submits[1].params))
    assert(hub:run("some/model", { seed = 9007199254740993, n = 5, list = { 1, 2 } }))
    assert.matches('"seed":9007199254740993', core.submits[2].params)
    assert.matches('"n":5[,}]', core.submits[2].params)
    assert.matches('"list":%[1,2%]', core.submits[2].params)
  end)

  it("goes by the model's name as an index, too, as a call of its own", function()
    local hub = rhub.client {}
    local clip = assert(hub.models[VIDEO] { firstImageUrl = PICTURE })
    assert.equal("2013508786110730201", clip.task_id)
    assert(hub.models["kling-video-o1/image-to-video"]({ firstImageUrl = PICTURE }, { timeout = 7 }))
    assert.equal(7, core.submits[2].timeout)
    local _, err = hub.models["kling-video-o1/image-to-vidoe"] {}
    assert.equal("input", err.kind)
    assert.matches("^tests/lua/client_spec.lua:%d+: parameters are a table", raised(function()
      local _ = hub.models[VIDEO](5)
    end))
    assert.equal(2, #core.submits)
  end)

  it("sends nothing when the parameters are wrong", function()
    local hub = rhub.client {}
    local clip, err = hub:run(VIDEO, { aspectRatio = "9:15", durration = 5 })
    assert.is_nil(clip)
    assert.equal("input", err.kind)
    assert.equal("no", err.spent)
    assert.equal(3, #err.problems)
    assert.equal(0, #core.submits)
    clip, err = hub:run("some/model", { x = 0 / 0 })
    assert.is_nil(clip)
    assert.equal("input", err.kind)
    assert.matches("params%.x", err.message)
    assert.equal(0, #core.submits)
  end)

  it("returns the engine's error as an error object", function()
    a_life({ 1, "end", { kind = "failed", message = "content check failed", code = "1501", task_id = "77",
      spent = "maybe", retryable = false } })
    local hub = rhub.client {}
    local clip, err = hub:run(VIDEO, { firstImageUrl = PICTURE })
    assert.is_nil(clip)
    assert.equal("failed: content check failed (task 77, code 1501)", tostring(err))
  end)

  it("runs many at once in coroutines", function()
    local hub = rhub.client {}
    local results = rhub.map({ 1, 2, 3 }, function() return hub:run(VIDEO, { firstImageUrl = PICTURE }) end)
    assert.equal(3, #results)
    assert.equal(1003, sys.clock)
  end)

  it("takes its concurrency for map, or the account's, or a hundred", function()
    local function most_at_once()
      local now, most = 0, 0
      local rows = {}
      for i = 1, 150 do rows[i] = i end
      rhub.map(rows, function()
        now = now + 1
        most = math.max(most, now)
        rhub.sleep(1)
        now = now - 1
      end)
      return most
    end
    assert.equal(100, most_at_once())
    local hub <close> = rhub.client { concurrency = 7 }
    assert.equal(7, most_at_once())
    hub:close()
    local other <close> = rhub.client {}
    core.limit = 30
    assert.equal(30, most_at_once())
    other:close()
  end)

  it("hands time limits on and refuses unknown options", function()
    local hub = rhub.client {}
    hub:submit(VIDEO, { firstImageUrl = PICTURE }, { timeout = 60, wait_timeout = 5 })
    assert.equal(60, core.submits[1].timeout)
    assert.equal(5, core.submits[1].wait_timeout)
    local err = raised(hub.run, hub, VIDEO, { firstImageUrl = PICTURE }, { time = 1 })
    assert.matches("no such option: time", err)
  end)

  it("refuses limits that are none, by their names and where they stand", function()
    local hub = rhub.client {}
    local odds = { price = { true, {} }, timeout = { "5", 0 / 0, true }, wait_timeout = { "5", {} } }
    for name, odd in pairs(odds) do
      for _, value in ipairs(odd) do
        for _, method in ipairs { hub.run, hub.submit } do
          local err = raised(function()
            local _ = method(hub, VIDEO, { firstImageUrl = PICTURE }, { [name] = value })
          end)
          assert.matches("^tests/lua/client_spec.lua:%d+: " .. name .. ": .* is not allowed: ", err)
        end
      end
    end
    assert.matches("options are a table, not a number", raised(hub.run, hub, VIDEO, {}, 5))
    assert.equal(0, #core.submits)
  end)

  it("refuses parameters that are nested too deeply, whatever checks there are", function()
    for _, mode in ipairs { "strict", "warn", "off" } do
      local hub = rhub.client { check = mode }
      for _, model in ipairs { VIDEO, "somebody/new-model" } do
        local deep = {}
        for _ = 1, 100000 do deep = { deep } end
        local task, err = hub:submit(model, { firstImageUrl = PICTURE, multiPrompt = deep })
        assert.is_nil(task)
        assert.equal("input", err.kind)
        assert.matches("nested too deeply", err.message)
      end
    end
    assert.equal(0, #core.submits)
  end)
end)

describe("a budget", function()
  local TEXT = "rhart-image-v1/text-to-image"

  it("has each call's price handed to the engine, in its own currency", function()
    local hub = rhub.client { budget = 50, allow_unknown_price = true }
    assert.same({ budget = 50, allow_unknown_price = true }, core.opened[1])
    assert(hub:run(VIDEO, { firstImageUrl = PICTURE, duration = 10 }))
    assert.same({ "4.20", "CNY" }, { core.submits[1].price, core.submits[1].currency })
    assert(hub:run("somebody/new-model", {}))
    assert.is_nil(core.submits[2].price)
    assert(hub:run("kling-v2.6-pro/motion-control", { imageUrl = PICTURE, videoUrl = "https://e.com/v.mp4" }))
    assert.is_nil(core.submits[3].price)
  end)

  it("takes the caller's word for a price before the catalogue's", function()
    local hub = rhub.client { budget = 50 }
    assert(hub:run(TEXT, { prompt = "x" }, { price = "0.07" }))
    assert.same({ "0.07" }, { core.submits[1].price, core.submits[1].currency })
  end)

  it("that is not there costs nothing: no price is looked for", function()
    local hub = rhub.client {}
    assert(hub:run(TEXT, { prompt = "x" }))
    assert.is_nil(core.submits[1].price)
    assert(hub:run(TEXT, { prompt = "x" }, { price = 0.07 }))
    assert.equal(0.07, core.submits[2].price)
  end)

  it("and what was spent can be asked for, also when the client is closed", function()
    core.money = { currency = "CNY", budget = "50.00", spent = "4.20", unconfirmed = "0.00",
      reserved = "0.00", held = "0.00", coins = "0", charged = 2, untold = 0, unknown = 0 }
    local told = {}
    observer.current.closed = function(_, spent) told[#told + 1] = spent.spent end
    local hub = rhub.client { budget = 50 }
    assert.equal("4.20 of 50.00 CNY", tostring(hub:spent()))
    hub:close()
    hub:close()
    assert.equal("4.20", hub:spent().spent)
    assert.same({ "4.20" }, told)
  end)
end)

describe("a task", function()
  it("tells id and status as they become known", function()
    local hub = rhub.client {}
    local task = hub:submit(VIDEO, { firstImageUrl = PICTURE })
    assert.equal("waiting", task.status)
    assert.is_nil(task.id)
    rhub.sleep(0.7)
    assert.equal("queued", task.status)
    assert.equal("2013508786110730201", task.id)
    assert(task:wait())
    assert.equal("done", task.status)
    assert.same({}, hub:running())
  end)

  it("can be waited for in pieces", function()
    local hub = rhub.client {}
    local task = hub:submit(VIDEO, { firstImageUrl = PICTURE })
    local clip, err = task:wait(2)
    assert.is_nil(clip)
    assert.equal("timeout", err.kind)
    assert.equal(task.id, err.task_id)
    assert.equal("maybe", err.spent)
    assert.is_truthy(task:wait(2))
    assert.equal(1003, sys.clock)
    assert.is_truthy(task:wait())
  end)

  it("is cancelled on the service by cancel, and only by that", function()
    local hub = rhub.client {}
    local task = hub:submit(VIDEO, { firstImageUrl = PICTURE })
    rhub.sleep(1)
    assert.is_true(task:cancel())
    local _, err = task:wait()
    assert.equal("cancelled", err.kind)
    assert.equal("cancelled", task.status)
    _, err = task:cancel()
    assert.matches("ended already", err.message)
  end)

  it("is not submitted when its coroutine is cancelled before", function()
    a_life({ 50, "state", "submitting" }, { 60, "end", nil, { task_id = "1", outputs = {} } })
    local hub = rhub.client {}
    local handle = rhub.go(function() hub:run(VIDEO, { firstImageUrl = PICTURE }) end)
    rhub.sleep(1)
    handle:cancel()
    handle:wait()
    rhub.sleep(0)
    assert.equal(1, #core.cancels)
    assert.same({}, hub:running())
  end)

  it("runs on when its coroutine is cancelled later, and is named when the client closes", function()
    local hub = rhub.client {}
    local handle = rhub.go(function() hub:run(VIDEO, { firstImageUrl = PICTURE }) end)
    rhub.sleep(2)
    handle:cancel()
    handle:wait()
    assert.equal(0, #core.cancels)
    assert.equal(1, #hub:running())
    hub:close()
    assert.equal(1, #log)
    assert.matches("task 2013508786110730201 %(kling%-video%-o1/image%-to%-video%) goes on", log[1])
  end)

  it("can be forgotten", function()
    local hub = rhub.client {}
    local task = hub:submit(VIDEO, { firstImageUrl = PICTURE })
    rhub.sleep(2)
    task:forget()
    local _, err = task:wait()
    assert.equal("cancelled", err.kind)
    assert.same({ 1 }, core.forgotten)
    assert.is_false(hub:busy())
  end)

  it("can be taken up by its id", function()
    local hub = rhub.client {}
    local task = hub:task("42", VIDEO)
    assert.equal("42", task.id)
    assert.equal("42", task:wait().task_id)
    assert.matches("id is text", raised(hub.task, hub, 42))
  end)

  it("tells observers of each change", function()
    local seen = {}
    observer.current = { task = function(_, task) seen[#seen + 1] = task.status end }
    local hub = rhub.client {}
    hub:run(VIDEO, { firstImageUrl = PICTURE })
    assert.same({ "waiting", "submitting", "queued", "running", "done" }, seen)
  end)

  it("goes with whoever comes first in a race; the loser runs on", function()
    local hub = rhub.client {}
    local fast = rhub.race {
      function() return hub:run(VIDEO, { firstImageUrl = PICTURE }) end,
      function() rhub.sleep(2) return "sooner" end,
    }
    assert.equal("sooner", fast)
    rhub.sleep(0)
    assert.equal(0, #core.cancels)
    assert.equal(1, #hub:running())
  end)
end)

describe("where a media address is expected", function()
  local hub, clip
  before_each(function()
    hub = rhub.client {}
    a_life({ 1, "end", nil, { task_id = "9", outputs = {
      { url = "https://f/1.mp4", type = "mp4" }, { url = "https://f/2.png", type = "png" },
      { url = "https://f/3.jpg" }, { text = "words" } } } })
    clip = assert(hub:run(VIDEO, { firstImageUrl = PICTURE }))
  end)

  local function sent() return rhub.json.decode(core.submits[#core.submits].params) end

  it("an earlier result gives its first output of the right kind", function()
    assert(hub:submit(VIDEO, { firstImageUrl = clip }))
    assert.equal("https://f/2.png", sent().firstImageUrl)
  end)

  it("a result gives a list parameter all that fit", function()
    local model = "kling-video-o1-std/refrence-to-video"
    assert(hub:submit(model, { prompt = "x", imageUrls = clip }))
    assert.same({ "https://f/2.png", "https://f/3.jpg" }, sent().imageUrls)
    assert(hub:submit(model, { prompt = "x", imageUrls = { PICTURE, clip } }))
    assert.same({ PICTURE, "https://f/2.png" }, sent().imageUrls)
    assert(hub:submit("some/model", { imageUrls = clip, imageUrl = clip, deep = { { ref = clip } } }))
    assert.equal(3, #sent().imageUrls)
    assert.equal("https://f/1.mp4", sent().imageUrl)
    assert.equal("https://f/1.mp4", sent().deep[1].ref)
  end)

  it("a finished task, an upload and a text result will do", function()
    local task = hub:submit(VIDEO, { firstImageUrl = PICTURE })
    local _, err = hub:submit(VIDEO, { firstImageUrl = task })
    assert.matches("has not ended: wait for it first", err.message)
    task:wait()
    local upload = hub:upload("a.png")
    assert.equal("https://up.example/a.png", upload.url)
    assert(hub:submit(VIDEO, { firstImageUrl = upload, prompt = task }))
    assert.equal(upload.url, sent().firstImageUrl)
    upload.url = upload.url .. "?q-signature=secret"
    assert.equal("rhub.upload https://up.example/a.png", tostring(upload))
    assert.equal("words", sent().prompt)
  end)

  it("a result of another kind is refused before it costs anything", function()
    local output = { url = "https://f/1.wav", type = "wav" }
    a_life({ 1, "end", nil, { task_id = "9", outputs = { output } } })
    local sound = assert(hub:run(VIDEO, { firstImageUrl = PICTURE }))
    local before = #core.submits
    local _, err = hub:submit(VIDEO, { firstImageUrl = sound })
    assert.matches("is a result without image: it is wav", err.message)
    assert.equal(before, #core.submits)
  end)
end)

describe("saving", function()
  local function result_of(outputs)
    a_life({ 1, "end", nil, { task_id = "9", outputs = outputs } })
    local hub = rhub.client {}
    return assert(hub:run(VIDEO, { firstImageUrl = PICTURE }))
  end

  it("names files by task and position in a folder", function()
    local clip = result_of { { url = "u1", type = "png" }, { text = "t" } }
    assert.same({ "out/9-1.png", "out/9-2.txt" }, clip:save("out/"))
    assert.equal("t", core.saves[2].text)
    assert.is_nil(core.saves[1].ext)
  end)

  it("takes a file's name for one output, and numbers several", function()
    assert.same({ "a/b/clip.mp4" }, result_of({ { url = "u1" } }):save("a/b/clip.mp4"))
    local two = result_of { { url = "u1" }, { url = "u2" } }
    assert.same({ "./clip-1.mp4", "./clip-2.mp4" }, two:save("clip.mp4"))
    assert.same({ "./notes.txt" }, result_of({ { text = "x" } }):save("notes"))
    assert.same({ "./notes.md" }, result_of({ { text = "x" } }):save("notes.md"))
  end)

  it("takes a folder that exists without a slash", function()
    assert.same({ "tests/9-1.png" }, result_of({ { url = "u1", type = "png" } }):save("tests"))
  end)

  it("hands overwrite on and refuses other options", function()
    local clip = result_of { { url = "u1" } }
    clip:save("x.png", { overwrite = true })
    assert.is_true(core.saves[1].overwrite)
    assert.matches("no such option", raised(clip.save, clip, "x.png", { force = true }))
    assert.matches("folder or a file", raised(clip.save, clip))
  end)

  it("saves the others when one fails, and says so", function()
    local clip = result_of { { url = "u1", type = "png" }, { url = "u2", type = "png" } }
    core.save_fault = function(job) return job.url == "u1" and { kind = "io", message = "disk full" } end
    local paths, err = clip:save("out/")
    assert.is_nil(paths)
    assert.equal("io", err.kind)
    assert.same({ "out/9-2.png" }, err.saved)
  end)

  it("of a task without outputs is an error, not an empty success", function()
    local _, err = result_of({}):save("out/")
    assert.matches("without outputs", err.message)
  end)
end)

describe("the account", function()
  it("is told in plain fields", function()
    core.replies["/uc/openapi/accountStatus"] = function(call)
      assert.equal("apikey", call.key)
      return [[{"remainCoins":"99","currentTaskCounts":"0","remainMoney":null,
        "currency":"CNY","apiType":"SHARED"}]]
    end
    core.replies["/openapi/v2/queue/status"] =
      [[{"apiKeyType":"SHARED","concurrentLimit":30,"runningCount":"2","queuedCount":"1"}]]
    local hub = rhub.client {}
    assert.same({ coins = "99", currency = "CNY", tasks = 0, kind = "SHARED" }, hub:account())
    assert.same({ limit = 30, running = 2, queued = 1, kind = "SHARED" }, hub:queue())
  end)

  it("cancels a task by its id", function()
    local body
    core.replies["/task/openapi/cancel"] = function(call)
      body = call.body
      return "null"
    end
    assert.is_true(rhub.client({}):cancel("42"))
    assert.same({ taskId = "42" }, rhub.json.decode(body))
    core.replies["/task/openapi/cancel"] = { kind = "gone", message = "no such task", code = "807" }
    local ok, err = rhub.client({}):cancel("43")
    assert.is_nil(ok)
    assert.equal("gone", err.kind)
  end)
end)

describe("closing", function()
  it("waits for the answers to submits on the wire", function()
    a_life({ 0, "state", "submitting" }, { 4, "state", "queued", "77" }, { 50, "end", nil,
      { task_id = "77", outputs = {} } })
    do
      local hub <close> = rhub.client {}
      hub:submit(VIDEO, { firstImageUrl = PICTURE })
      rhub.sleep(0.1)
    end
    assert.equal(1004, sys.clock)
    assert.same({ false, true }, core.shutdowns)
    assert.matches("warn task 77", log[1])
    assert.equal(1, #log)
  end)

  it("waits ten seconds at most, and then says that the outcome is unknown", function()
    a_life({ 0, "state", "submitting" }, { 400, "state", "queued", "77" })
    local hub = rhub.client {}
    local task = hub:submit(VIDEO, { firstImageUrl = PICTURE })
    rhub.sleep(0)
    hub:close()
    assert.equal(1010, sys.clock)
    assert.equal("unknown", task.status)
    assert.matches("unknown_outcome", log[1])
  end)

  it("ends the waits of other coroutines", function()
    local hub = rhub.client {}
    local waiting = rhub.go(function() return hub:run(VIDEO, { firstImageUrl = PICTURE }) end)
    rhub.sleep(2)
    hub:close()
    local _, err = waiting:wait()
    assert.equal("cancelled", err.kind)
  end)

  it("happens when an error unwinds, also in a coroutine", function()
    local handle = rhub.go(function()
      local hub <close> = rhub.client {}
      hub:submit(VIDEO, { firstImageUrl = PICTURE })
      rhub.sleep(0)
      error("bug", 0)
    end)
    assert.equal("bug", raised(handle.wait, handle))
    assert.equal(1, core.closed)
    assert.equal(1000.5, sys.clock)
  end)
end)

describe("a client that nobody refers to", function()
  local function settle()
    for _ = 1, 4 do collectgarbage() end
  end

  it("is collected and closed", function()
    rhub.client {}
    settle()
    assert.equal(1, core.closed)
    assert.same({}, log)
  end)

  it("is collected with its tasks under way, whose ids are told", function()
    do
      local hub = rhub.client {}
      hub:submit(VIDEO, { firstImageUrl = PICTURE })
      rhub.sleep(1)
    end
    settle()
    assert.equal(1, core.closed)
    assert.matches("task 2013508786110730201", log[1])
  end)

  it("is kept while a submit is on the wire", function()
    do
      local hub = rhub.client {}
      hub:submit(VIDEO, { firstImageUrl = PICTURE })
      rhub.sleep(0)
    end
    settle()
    assert.equal(0, core.closed)
    rhub.sleep(0.6)
    settle()
    assert.equal(1, core.closed)
  end)

  it("is kept by a task that somebody waits for, and by a result that may be saved", function()
    local clip
    do
      local handle = rhub.go(function()
        return rhub.client({}):run(VIDEO, { firstImageUrl = PICTURE })
      end)
      rhub.sleep(1)
      settle()
      clip = assert(handle:wait())
    end
    settle()
    assert.equal(0, core.closed)
    assert.is_truthy(clip:save("out/"))
    clip = nil -- luacheck: ignore 311
    settle()
    assert.equal(1, core.closed)
  end)

  it("leaves nothing behind, also in mid-flight", function()
    local function round()
      for _ = 1, 1000 do
        local hub = rhub.client {}
        for _ = 1, 3 do hub:submit(VIDEO, { firstImageUrl = PICTURE }) end
        core.submits = {}
      end
      settle()
      log, core.shutdowns, core.opened = {}, {}, {}
      settle()
      return collectgarbage("count")
    end
    local before = round() -- tables have their size from here on
    assert.is_true(round() - before < 20)
    assert.equal(2000, core.closed)
  end)
end)
