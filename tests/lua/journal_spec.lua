-- The journal from Lua: what makes two calls one job, the raw binding, and a script that is run again.
local fake_core = require "support.fake_core"
local fake_sys = require "support.fake_sys"
local fresh = require "support.fresh"

local real_core, real_sys = require "rhub.core", require "rhub.sys"

local KEY = "0123456789abcdef0123456789abcdef"
local VIDEO, IMAGE = "kling-video-o1/image-to-video", "rhart-image-v1/text-to-image"
local PICTURE = "https://example.com/a.png"

describe("what a call of a journal is known by", function()
  local rhub, core

  before_each(function()
    local sys = fake_sys.new(real_sys)
    core = fake_core.new(sys)
    rhub = fresh.require("rhub", { ["rhub.sys"] = sys, ["rhub.core"] = core })
  end)

  local function identity(hub, model, params, options)
    hub:submit(model, params, options)
    return core.submits[#core.submits].more
  end

  it("is what the caller gave, before defaults, in one order", function()
    local hub = rhub.client { journal = "jobs.db" }
    local more = identity(hub, VIDEO, { prompt = "x", firstImageUrl = PICTURE, duration = 5 })
    assert.equal('{"duration":5,"firstImageUrl":"' .. PICTURE .. '","prompt":"x"}', more.identity)
    assert.equal("jobs.db", core.opened[1].journal)
  end)

  it("is nothing without a journal", function()
    assert.is_nil(identity(rhub.client {}, VIDEO, { firstImageUrl = PICTURE }))
  end)

  it("holds no path of a file that is uploaded", function()
    local hub = rhub.client { journal = "jobs.db", check = "off" }
    local file = rhub.file("README.md")
    local more = identity(hub, "some/model", { seed = 1, list = { file, PICTURE } })
    assert.equal('{"list":["","' .. PICTURE .. '"],"seed":1}', more.identity)
  end)

  it("names the job of an earlier result in place of its address", function()
    local hub = rhub.client { journal = "jobs.db" }
    local still = assert(hub:run(IMAGE, { prompt = "a", aspectRatio = "1:1" }))
    still.job = "row 7"
    still.outputs[1].type = "png"
    local more = identity(hub, VIDEO, { firstImageUrl = still })
    assert.equal('{"firstImageUrl":{"job":"row 7"}}', more.identity)
  end)

  it("names an output of a job in place of its address, and a file in place of an upload's", function()
    local hub = rhub.client { journal = "jobs.db", check = "off" }
    core.life = function()
      return { { 1, "end", nil, { task_id = "1", seconds = 1, job = "row 7", outputs = {
        { url = PICTURE, type = "png" }, { text = "a cat" }, { url = PICTURE .. "?2", type = "png" } } } } }
    end
    local two, up = assert(hub:run("some/model", {})), assert(hub:upload "a.png")
    local sha256 = ("5a"):rep(32)
    assert.equal(('{"a":{"job":"row 7","output":3},"b":[{"sha256":"%s"},{"sha256":"%s"},{"sha256":"%s"}],'
      .. '"c":"https://other"}'):format(sha256, sha256, sha256), identity(hub, "some/model", {
        a = two.outputs[3].url, b = { up, up.url, up.file_name }, c = "https://other" }).identity)
  end)

  it("remembers 10,000 addresses", function()
    local hub = rhub.client { journal = "jobs.db" }
    for i = 1, 20005 do
      hub.origins:result { job = "k", outputs = { { url = "https://x/" .. i }, { url = "https://x/1" } } }
    end
    local n = 0
    for _ in pairs(hub.origins.known) do n = n + 1 end
    assert.equal(10000, n)
    assert.same({ job = "k", output = 1 }, hub.origins:of "https://x/20005")
  end)

  it("may be a key of the caller's, and fresh", function()
    local hub = rhub.client { journal = "jobs.db" }
    local more = identity(hub, VIDEO, { firstImageUrl = PICTURE }, { job = "row 1", fresh = true })
    assert.equal("row 1", more.job)
    assert.is_true(more.fresh)
    local ok, err = pcall(hub.submit, hub, VIDEO, { firstImageUrl = PICTURE }, { job = 1 })
    assert.is_false(ok)
    assert.matches("job: 1 is not allowed: the key of a job", err)
  end)
end)

describe("a journal", function()
  local sandbox, files, box, folder, core, count, path

  setup(function()
    core = real_core
    sandbox, files = require "support.sandbox", require "support.files"
    box, folder, count = sandbox.start { "--speed", "200" }, files.folder(), 0
  end)
  teardown(function()
    box:stop()
    os.execute("rm -rf " .. folder.path)
  end)
  before_each(function()
    box:reset()
    count = count + 1
    path = folder.path .. "/" .. count .. ".db"
  end)

  local function connect()
    return assert(core.client { api_key = KEY, base_url = box.url, site = "cn", journal = path, log = "none",
      concurrency = 4, poll = { first = 0.02, min = 0.02, max = 0.05, rate = 1000 } })
  end

  -- Waits for the end of a ticket: its value, or nil and its error.
  local function finish(handle, ticket)
    while handle:step(-1) do
      for what, subject, err, value in handle.next, handle do
        if what == "end" and subject == ticket then return value, err end
      end
    end
  end

  local function submit(handle, more)
    return assert(handle:submit("test/image", '{"seed":1}', nil, nil, nil, "2.5", "CNY", more))
  end

  local function jobs(state)
    local list = {}
    for job in core.jobs(path, state) do list[#list + 1] = job end
    return list
  end

  it("has a rerun end with what is recorded, and tells its jobs", function()
    local values = {}
    for run = 1, 2 do
      local handle <close> = connect()
      values[run] = assert(finish(handle, submit(handle, { job = "row 1", identity = "a picture" })))
    end
    assert.equal(1, box:stats().submits.received)
    assert.same(values[1].outputs, values[2].outputs)
    assert.equal("row 1", values[2].job)
    local job = jobs()[1]
    assert.same({ "row 1", "done", "test/image", '{"seed":1}', "a picture", values[1].task_id, "0.00" },
      { job.key, job.state, job.endpoint, job.params, job.identity, job.task_id, job.reserved })
    assert.is_true(job.ended >= job.created)
    assert.same({}, jobs("failed"))
    assert.equal(1, #jobs("done"))
  end)

  it("makes another task of what is to be fresh", function()
    local handle <close> = connect()
    assert(finish(handle, submit(handle, { job = "a" })))
    assert(finish(handle, submit(handle, { job = "a", fresh = true })))
    assert.equal(2, box:stats().submits.received)
    assert.equal(2, #jobs("done"))
  end)

  it("holds what is unknown until somebody resolves it", function()
    local handle <close> = connect()
    box:fault { route = "submit", ["do"] = "reset", times = 1 }
    local _, err = finish(handle, submit(handle, { job = "a" }))
    assert.equal("unknown_outcome", err.kind)
    assert.equal("a", err.job)
    assert.equal("unknown", jobs()[1].state)
    local ok, why = handle:resolve("b", "drop")
    assert.is_nil(ok)
    assert.equal("input", why.kind)
    assert.is_true(handle:resolve("a", "resubmit"))
    assert.same({}, jobs("unknown"))
    assert.equal(1, #jobs("resubmitted"))
    assert(finish(handle, submit(handle, { job = "a" })))
    assert.has_error(function() handle:resolve("a", "forget") end)
  end)

  it("keeps what is given to stay with a job", function()
    local handle <close> = connect()
    assert(finish(handle, submit(handle, { job = "a", token = "0f1e", save_as = "0001-{n}" })))
    local job = jobs()[1]
    assert.same({ "0f1e", "0001-{n}" }, { job.token, job.save_as })
  end)

  it("tells of one job by its key", function()
    local handle <close> = connect()
    assert(finish(handle, submit(handle, { job = "a" })))
    local reader <close> = assert(core.reader(path))
    assert.equal("done", reader:find("a").state)
    assert.is_nil(reader:find("b"))
    assert.is_nil(reader:find("a\0"))
    assert(finish(handle, submit(handle, { job = "b" })))
    assert.equal("b", reader:find("b").key)
    reader:close()
    assert.has_error(function() reader:find("a") end)
    local none, err = core.reader(folder.path .. "/none.db")
    assert.is_nil(none)
    assert.equal("gone", err.kind)
  end)

  it("notes files", function()
    local handle <close> = connect()
    assert(finish(handle, submit(handle, { job = "a" })))
    local file = folder:put("saved.txt", "abc")
    assert.is_true(handle:saved("a", file))
    handle:close()
    local sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert.same({ { sha256 = sha256, bytes = 3, path = file } }, jobs()[1].saved)
    local again <close> = connect()
    assert.is_true(again:saved("a"))
    again:close()
    assert.is_nil(jobs()[1].saved)
  end)

  it("keeps what a program gives it under a name, the last of it", function()
    local handle <close> = connect()
    local reader <close> = assert(core.reader(path))
    assert.is_nil(reader:kept("row 1"))
    assert.is_true(handle:keep("row 1", "begun"))
    assert.is_true(handle:keep("row 1", "done"))
    assert(finish(handle, submit(handle, { job = "a" })))
    assert.same({ "done", 1 }, { reader:kept("row 1"), #jobs() })
    assert.is_nil(reader:kept("row 2"))
    assert.has_error(function() handle:keep("row 1", "a\0b") end)
    handle:keep("row 1", "at the end")
    handle:close()
    assert.equal("at the end", reader:kept("row 1"))
  end)

  it("is refused where another client works it, and where it is none", function()
    local handle <close> = connect()
    local second, err = core.client { api_key = KEY, base_url = box.url, journal = path }
    assert.is_nil(second)
    assert.equal("io", err.kind)
    assert.matches("works it now", err.message)
    local none, why = core.jobs(folder.path .. "/none.db")
    assert.is_nil(none)
    assert.equal("gone", why.kind)
    assert.has_error(function() core.jobs(path, "lost") end)
    assert.is_number(handle:fd())
  end)

  it("settles a job whose task is taken up by its id, and notes what is saved of it", function()
    local id
    do
      local handle <close> = connect()
      box:fault { ["do"] = "task", seconds = 1 }
      submit(handle, { job = "a" })
      repeat
        handle:step(0.05)
        for what, _, _, task_id in handle.next, handle do id = what == "state" and task_id or id end
      until id
    end
    assert.equal("running", jobs()[1].state)
    local rhub = fresh.require("rhub", { ["rhub.sys"] = real_sys, ["rhub.core"] = real_core })
    local hub <close> = rhub.client { api_key = KEY, base_url = box.url, site = "cn", journal = path,
      log = "none", poll = { first = 0.02, min = 0.02, max = 0.05, rate = 1000 } }
    local result = assert(assert(hub:task(id)):wait())
    assert.equal("a", result.job)
    assert(result:save(folder.path .. "/taken/"))
    hub:close()
    local job = jobs("done")[1]
    assert.same({ "a", id, box:stats().charged, 1 }, { job.key, job.task_id, job.charged, #job.saved })
    assert.equal(1, box:stats().submits.received)
  end)

  it("has a step on an upload pay once, though the upload has a new address in each run", function()
    local rhub = fresh.require("rhub", { ["rhub.sys"] = real_sys, ["rhub.core"] = real_core })
    local big = folder:put("big.png", "\x89PNG\r\n\x1a\n" .. ("b"):rep(9 << 20))
    local small, addresses = folder:put("small.png", "\x89PNG\r\n\x1a\n" .. ("s"):rep(200)), {}
    for _ = 1, 2 do
      local hub <close> = rhub.client { api_key = KEY, base_url = box.url, site = "cn", journal = path,
        cache = "", log = "none", poll = { first = 0.02, min = 0.02, max = 0.05, rate = 1000 } }
      local more = { prompt = "it turns", aspectRatio = "9:16", duration = "5", mode = "std" }
      for i, file in ipairs { big, small } do
        local up = assert(hub:upload(file))
        assert.equal(core.sha256_file(file), up.sha256)
        more.firstImageUrl = i == 1 and up or up.url
        assert(hub:run(VIDEO, more))
        assert.is_nil(addresses[up.url])
        addresses[up.url] = true
      end
    end
    assert.equal(2, box:stats().submits.received)
  end)

  it("has a script of several steps pay once, however often it is run", function()
    local rhub = fresh.require("rhub", { ["rhub.sys"] = real_sys, ["rhub.core"] = real_core })
    for _ = 1, 3 do
      local hub <close> = rhub.client { api_key = KEY, base_url = box.url, site = "cn", journal = path,
        log = "none", poll = { first = 0.02, min = 0.02, max = 0.05, rate = 1000 } }
      local two = {}
      for i = 1, 2 do two[i] = assert(hub:run(IMAGE, { prompt = "a fox", aspectRatio = "1:1" })) end
      assert.not_equal(two[1].task_id, two[2].task_id)
      local clip = assert(hub:run(VIDEO, { prompt = "it turns", firstImageUrl = two[2], aspectRatio = "9:16",
        duration = "5", mode = "std" }))
      assert(clip:save(folder.path .. "/"))
    end
    assert.equal(3, box:stats().submits.received)
    local saved = 0
    for _, job in ipairs(jobs("done")) do saved = saved + #(job.saved or {}) end
    assert.equal(1, saved)
  end)
end)
