-- The whole module on the real engine, against a sandbox in a process of its own.
local fresh = require "support.fresh"
local files = require "support.files"
local sandbox = require "support.sandbox"

local VIDEO = "kling-video-o1/image-to-video"
local IMAGE = "rhart-image-v1/text-to-image"
local STILL = { prompt = "a cat", aspectRatio = "1:1" }

local box, rhub, folder, log

setup(function()
  box = sandbox.start { "--speed", "100" }
  folder = files.folder()
end)

teardown(function()
  folder:remove()
  assert.equal(0, box:stop())
end)

before_each(function()
  box:reset()
  rhub = fresh.require("rhub", { ["rhub.core"] = require "rhub.core", ["rhub.sys"] = require "rhub.sys" })
  log = {}
  require("rhub.observer").current = { log = function(_, _, text) log[#log + 1] = text end }
end)

after_each(function()
  for _ = 1, 3 do collectgarbage() end
  require("rhub.observer").current = { log = function() end }
  require("rhub.flow").last_words = nil
end)

local function client(options)
  local o = { base_url = box.url, api_key = sandbox.KEY, busy_first = 0.05, busy_max = 0.2,
    poll = { first = 0.02, min = 0.02, max = 0.2, rate = 500 } }
  for name, value in pairs(options or {}) do o[name] = value end
  return rhub.client(o)
end

local function saved(path)
  folder.written[#folder.written + 1] = path
  local file = assert(io.open(path, "rb"))
  local bytes = file:read("a")
  file:close()
  return bytes
end

describe("one line", function()
  it("becomes a saved video", function()
    local hub <close> = client()
    local clip = assert(hub:run(VIDEO, { prompt = "wind", aspectRatio = "9:16", duration = "5", mode = "std",
      firstImageUrl = folder:put("portrait.png", "png") }))
    assert.equal("2.10", clip.cost.amount)
    assert.equal(VIDEO, clip.model)
    assert.equal(clip.task_id, clip.raw.taskId)
    local paths = assert(clip:save(folder.path))
    assert.same({ folder.path .. "/" .. clip.task_id .. "-1.mp4" }, paths)
    assert.equal("ftyp", saved(paths[1]):sub(5, 8))
    assert.equal(1, box:stats().submits.received)
  end)

  it("hands a result to the next call, and an upload", function()
    local hub <close> = client()
    local still = assert(hub:run(IMAGE, STILL))
    local clip = assert(hub:run(VIDEO, { firstImageUrl = still }))
    assert.equal(still.url, box:task(clip.task_id).params.firstImageUrl)
    local upload = assert(hub:upload(folder:put("b.png", "png")))
    clip = assert(hub:run(VIDEO, { firstImageUrl = upload }))
    assert.equal(upload.url, box:task(clip.task_id).params.firstImageUrl)
  end)

  it("sends integers digit for digit", function()
    local hub <close> = client()
    local one = assert(hub:run("test/image", { seed = 9007199254740993, n = 5 }))
    local body = box:task(one.task_id).body
    assert.matches('"seed":9007199254740993', body, 1, true)
    assert.matches('"n":5[,}]', body)
  end)

  it("sends nothing that the catalogue knows to be wrong", function()
    local hub <close> = client()
    local clip, err = hub:run(VIDEO, { firstImageUrl = "no-such-file.png" })
    assert.is_nil(clip)
    assert.equal("input", err.kind)
    assert.is_nil(box:stats().requests.submit)
  end)

  it("returns the service's refusal as an error object", function()
    local hub <close> = client()
    local clip, err = hub:run("nobody/knows-this", { prompt = "x" })
    assert.is_nil(clip)
    assert.equal("1001", err.code)
    assert.equal("no", err.spent)
    assert.matches("^%l+: ", tostring(err))
  end)
end)

describe("many", function()
  it("run at once in coroutines", function()
    local hub <close> = client()
    local rows = {}
    for i = 1, 60 do rows[i] = i end
    local results = rhub.map(rows, function(i)
      return hub:run(IMAGE, { prompt = "number " .. i, aspectRatio = "1:1" })
    end)
    assert.equal(60, results.n)
    assert.same({}, results.errors)
    assert.equal(60, box:stats().submits.accepted)
  end)

  it("wait where nobody can yield, while others go on later", function()
    local hub <close> = client()
    local other = rhub.go(function() return hub:run(IMAGE, STILL) end)
    local handle = rhub.go(function()
      return (("x"):gsub("x", function() return assert(hub:run(IMAGE, STILL)).task_id end))
    end)
    assert.matches("^%d+$", (handle:wait()))
    assert.is_truthy(other:wait().url)
    local foreign = coroutine.wrap(function() return hub:run(IMAGE, STILL) end)
    assert.is_truthy(foreign().url)
  end)

  it("end with the first in a race; the others are submitted once and run on", function()
    local hub = client { concurrency = 10 }
    box:fault { route = "submit", ["do"] = "task", match = "slow", seconds = 60 }
    local first = rhub.race {
      function() return hub:run(IMAGE, { prompt = "slow", aspectRatio = "1:1" }) end,
      function()
        rhub.sleep(0.1)
        return hub:run(IMAGE, { prompt = "quick", aspectRatio = "1:1" })
      end,
    }
    assert.equal("quick", box:task(first.task_id).params.prompt)
    assert.equal(1, #hub:running())
    local left = hub:running()[1]
    hub:close()
    assert.matches("^[QR]U", box:task(left.id).status) -- QUEUED or RUNNING
    assert.equal(1, #log)
    assert.matches(left.id, log[1], 1, true)
  end)
end)

describe("a task", function()
  it("is cancelled on the service by cancel", function()
    local hub <close> = client()
    box:fault { route = "submit", ["do"] = "task", seconds = 60 }
    local task = assert(hub:submit(IMAGE, STILL))
    while not task.id do rhub.sleep(0.01) end
    assert.is_true(task:cancel())
    local result, err = task:wait()
    assert.is_nil(result)
    assert.equal("cancelled", err.kind)
    assert.equal(1, box:stats().requests.cancel)
  end)

  it("can be waited for in pieces and taken up by another client", function()
    local hub = client()
    box:fault { route = "submit", ["do"] = "task", seconds = 0.3 }
    local task = assert(hub:submit(IMAGE, STILL))
    while not task.id do rhub.sleep(0.01) end
    local _, err = task:wait(0)
    assert.equal("timeout", err.kind)
    local other <close> = client()
    local again = assert(other:task(task.id, IMAGE))
    assert.equal(task.id, assert(task:wait()).task_id)
    assert.equal(task.id, assert(again:wait()).task_id)
    hub:close()
  end)

  it("whose answer was lost is unknown and is submitted once", function()
    local hub <close> = client()
    box:fault { route = "submit", ["do"] = "reset_after" }
    local result, err = hub:run(IMAGE, STILL)
    assert.is_nil(result)
    assert.equal("unknown_outcome", err.kind)
    assert.equal("maybe", err.spent)
    assert.equal(1, box:stats().submits.received)
  end)
end)

describe("the account", function()
  it("is told", function()
    local hub <close> = client()
    local account = assert(hub:account())
    assert.equal("SHARED", account.kind)
    assert.is_string(account.money)
    assert.equal(50, assert(hub:queue()).limit)
    local ok, err = hub:cancel("1234567890123456789")
    assert.is_nil(ok)
    assert.is_truthy(err.code)
  end)
end)

describe("a client", function()
  -- Until the service has read a submit, which it then answers late.
  local function await_submit()
    repeat rhub.sleep(0.01) until box:stats().submits.received == 1
  end

  it("that is dropped in mid-flight finishes its submits first, and names what goes on", function()
    box:fault { route = "submit", ["do"] = "delay", seconds = 0.2 }
    box:fault { route = "submit", ["do"] = "task", seconds = 60 }
    do
      local hub = client()
      assert(hub:submit(IMAGE, STILL))
      await_submit()
    end
    for _ = 1, 3 do collectgarbage() end
    assert.same({}, log)
    while #log == 0 do
      rhub.sleep(0.02)
      collectgarbage()
    end
    assert.equal(1, box:stats().submits.accepted)
    assert.matches("goes on and will be charged", log[1])
  end)

  it("closed by an error on the way leaves no submit behind", function()
    box:fault { route = "submit", ["do"] = "delay", seconds = 0.2 }
    local ok = pcall(function()
      local hub <close> = client()
      hub:submit(IMAGE, STILL)
      await_submit()
      error("bug")
    end)
    assert.is_false(ok)
    assert.equal(1, box:stats().submits.accepted)
    assert.equal(1, #log)
    assert.matches("goes on and will be charged", log[1])
  end)
end)

-- Each in an interpreter of its own, since a loop belongs to a whole process; and in stock lua's, since the
-- program has the loop itself.
local describe_stock = package.preload["rhub.json"] and function() end or describe

describe_stock("adapters", function()
  for _, name in ipairs { "luv", "cqueues", "poll" } do
    it(name .. " drives the client", function()
      local program = ("LUA_PATH='%s' LUA_CPATH='%s' RH_API_BASE_URL=%s RUNNINGHUB_API_KEY=%s "
        .. "lua5.4 examples/adapter_%s.lua 2>&1")
        :format(package.path, package.cpath, box.url, sandbox.KEY, name)
      local pipe = assert(io.popen(program))
      local text = pipe:read("a")
      assert.is_true(pipe:close(), text)
      assert.matches("^" .. box.url:gsub("%p", "%%%0") .. "/results/", text)
      assert.is_nil(text:find("meanwhile:%s*false"))
    end)
  end
end)
