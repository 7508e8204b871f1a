-- Tasks that tell when they have ended: the engine, the receiver and a sandbox that calls it. What the
-- sandbox has counted says whether anybody asked before, or submitted twice.
local against = require "support.against"
local flow = require "rhub.flow"
local json = require "rhub.json"
local observer = require "rhub.observer"
local rhub = require "rhub"
local sandboxes = require "support.sandbox"
local wire = require "support.wire"

-- Lets everything of this process go on until `done()`.
local function await(done)
  for _ = 1, 3000 do
    if done() then return end
    rhub.sleep(0.01)
  end
  error("nothing came for 30 seconds", 2)
end

-- Of a submit that is lost on the way back: the task is made, its reply never comes.
local LOST = { route = "submit", ["do"] = "reset_after" }

describe("a task that tells when it has ended", function()
  local box, watcher, said

  before_each(function()
    box = against.sandbox()
    watcher, said = observer.current, {}
    observer.current = {
      log = function(_, _, text) said[#said + 1] = text end,
      found = function(_, id, model) said.found = id .. " " .. model end,
    }
  end)
  after_each(function() observer.current = watcher end)
  teardown(against.stop)

  local function open(more, listen)
    local hub = against.client(more)
    return hub, assert(hub:listen(listen))
  end

  local function run(hub) return hub:run(against.model, against.params()) end

  local function told(script)
    script["do"], script.seconds = "task", script.seconds or 0.05
    box:fault(script)
  end

  -- What the sandbox has counted, once its last delivery is over.
  local function counts(deliveries)
    local stats
    await(function()
      stats = box:stats()
      return stats.webhooks.delivered >= deliveries
    end)
    return { submits = stats.submits.received, made = stats.tasks.made, queries = stats.requests.query or 0 }
  end

  -- A call of a stranger, or of the service.
  local function call(listener, bytes)
    return wire.talk(listener.port, bytes, flow.step)
  end

  local function post(listener, path, body)
    return call(listener, wire.request("POST", path, { ["Content-Type"] = "application/json" }, body))
  end

  local function hook_of(task_id)
    return box:task(task_id).params.webhookUrl
  end

  it("is done the moment the call comes, after one question", function()
    local hub <close> = open()
    local result, err = run(hub)
    assert.is_nil(err)
    assert.equal(1, #result.outputs)
    assert.same({ submits = 1, made = 1, queries = 1 }, counts(1))
    assert.truthy(hook_of(result.task_id):find("^http://127%.0%.0%.1:%d+/rhub/%x+$"))
  end)

  for _, shape in ipairs { "string", "object", "wrapped", "bare", "no_status" } do
    it("understands the call with its news as " .. shape, function()
      local hub <close> = open()
      told { webhook = { shape = shape } }
      assert.truthy(run(hub))
      assert.same({ submits = 1, made = 1, queries = 1 }, counts(1))
    end)
  end

  it("fails as it would without", function()
    local hub <close> = open()
    told { ["end"] = "FAILED", code = "1501" }
    local result, err = run(hub)
    assert.is_nil(result)
    assert.same({ "failed", "1501" }, { err.kind, err.code })
    assert.same({ submits = 1, made = 1, queries = 1 }, counts(1))
  end)

  it("is a workflow's or an app's as well, in both forms of the call", function()
    local hub <close> = open()
    local flow_, app = hub:workflow "1904136902449209346", hub:app "1877265245566922753"
    for _, form in ipairs { "legacy", "v2" } do
      assert(flow_:run({}, { form = form }))
      assert(app:run({}, { form = form }))
    end
    assert.same({ submits = 4, made = 4, queries = 4 }, counts(4))
  end)

  it("is no quick creation that is not told: those are polled as ever", function()
    local hub <close> = open { poll = { first = 0.02, min = 0.02, max = 0.05, rate = 1000, told = 3600 } }
    told { webhook = { never = true } }
    local task = assert(hub:quick("1877265245566922753", "002"):submit { style = "oil" })
    assert.truthy(task:wait(20))
    assert.truthy(hook_of(task.id))
  end)

  it("is found by polling when the call does not come", function()
    local hub <close> = open { poll = { first = 0.02, min = 0.02, max = 0.05, rate = 1000, told = 0.2 } }
    told { webhook = { never = true } }
    assert.truthy(run(hub))
    assert.same({ submits = 1, made = 1, queries = 1 }, counts(0))
  end)

  it("does not mind a call that comes three times", function()
    local hub <close> = open()
    told { webhook = { copies = 3 } }
    assert.truthy(run(hub))
    assert.same({ submits = 1, made = 1, queries = 1 }, counts(3))
  end)

  it("does not mind a call that comes before the submit's reply", function()
    local hub <close> = open()
    told { webhook = { early = true } }
    assert.truthy(run(hub))
    assert.same({ submits = 1, made = 1, queries = 1 }, counts(1))
  end)

  it("is not believed: the service is asked, and has the last word", function()
    local hub <close>, listener = open()
    told { seconds = 60, ["end"] = "FAILED", code = "1501" }
    local task = assert(hub:submit(against.model, against.params()))
    await(function() return task.id end)
    local path = hook_of(task.id):match("%d(/.*)$")
    local lie = { event = "TASK_END", taskId = task.id, eventData = { taskId = task.id, status = "SUCCESS",
      results = { { url = "http://192.0.2.1/lie.png", outputType = "png" } } } }
    assert.equal(200, post(listener, path, json.encode(lie)).status)
    await(function() return counts(0).queries > 0 end)
    assert.is_nil(task.done)
    box:control("POST", "finish")
    local _, err = task:wait(30)
    assert.same({ "failed", "1501" }, { err.kind, err.code })
  end)

  it("is asked for also when what has come cannot be read", function()
    local hub <close>, listener = open()
    told { seconds = 60, webhook = { never = true } }
    local task = assert(hub:submit(against.model, against.params()))
    await(function() return task.id end)
    box:control("POST", "finish")
    assert.equal(400, post(listener, hook_of(task.id):match("%d(/.*)$"), "{").status)
    assert.truthy(task:wait(30))
    assert.same({ submits = 1, made = 1, queries = 1 }, counts(0))
  end)

  it("leaves a call of another task's id alone", function()
    local hub <close>, listener = open()
    told { seconds = 60 }
    local task = assert(hub:submit(against.model, against.params()))
    await(function() return task.id end)
    local other = { taskId = "2013508786110730241" }
    assert.equal(200, post(listener, hook_of(task.id):match("%d(/.*)$"), json.encode(other)).status)
    assert.equal(0, counts(0).queries)
    box:control("POST", "finish")
    assert.truthy(task:wait(30))
    assert.equal(1, counts(1).queries)
  end)

  it("is not asked for when a call is replayed after its end", function()
    local hub <close>, listener = open()
    local result = assert(run(hub))
    counts(1)
    local path, body = hook_of(result.task_id):match("%d(/.*)$"), json.encode { taskId = result.task_id }
    for _ = 1, 3 do assert.equal(200, post(listener, path, body).status) end
    assert.same({ submits = 1, made = 1, queries = 1 }, counts(1))
  end)

  it("is not moved by what strangers send", function()
    local hub <close>, listener = open { log = "warn" }
    told { seconds = 60 }
    local task = assert(hub:submit(against.model, against.params()))
    await(function() return task.id end)
    local path, body = hook_of(task.id):match("%d(/.*)$"), json.encode { taskId = task.id }
    assert.equal(404, post(listener, "/rhub/" .. ("0"):rep(32), body).status)
    assert.equal(404, post(listener, "/", body).status)
    assert.equal(405, call(listener, wire.request("GET", path)).status)
    assert.equal(0, counts(0).queries)
    assert.equal(413, post(listener, path, ("x"):rep(1024 * 1024 + 1)).status)
    box:control("POST", "finish")
    assert.truthy(task:wait(30))
    assert.equal(1, #said)
  end)

  it("keeps its own webhookUrl, and is polled as ever", function()
    local hub <close> = open()
    local params = against.params()
    params.webhookUrl = "http://192.0.2.1/mine"
    told { seconds = 0.1 }
    assert.truthy(hub:run(against.model, params))
    assert.equal("http://192.0.2.1/mine", hook_of(box:stats().tasks.ids[1]))
    assert.is_true(counts(0).queries > 1)
  end)

  it("is cancelled without waiting for a call, which does not come then", function()
    local hub <close> = open()
    told { seconds = 60 }
    local task = assert(hub:submit(against.model, against.params()))
    await(function() return task.id end)
    assert(task:cancel())
    local result, err = task:wait(20)
    assert.is_nil(result)
    assert.equal("cancelled", err.kind)
  end)

  it("is one of many: each is asked for once", function()
    local hub <close> = open { concurrency = 50 }
    local results = rhub.map({ n = 50, table.unpack((function()
      local rows = {}
      for i = 1, 50 do rows[i] = i end
      return rows
    end)()) }, function() return assert(run(hub)) end, { concurrency = 50 })
    assert.same({ 50, {} }, { #results, results.errors })
    assert.same({ submits = 50, made = 50, queries = 50 }, counts(50))
  end)

  it("is its own hub's affair where there are two", function()
    local one <close>, first = open()
    local two <close>, second = open()
    assert.not_equal(first.port, second.port)
    local results, err = rhub.all { function() return run(one) end, function() return run(two) end }
    assert.is_nil(err)
    assert.same({ submits = 2, made = 2, queries = 2 }, counts(2))
    local path = hook_of(results[1].task_id):match("%d(/.*)$")
    local right = hook_of(results[1].task_id):find((":%d/"):format(first.port), 1, true) and first or second
    local wrong = right == first and second or first
    assert.equal(200, post(right, path, "{}").status)
    assert.equal(404, post(wrong, path, "{}").status)
  end)

  -- ---- what is lost is found ----

  it("is found when the reply to its submit is lost, and nothing is submitted twice", function()
    local hub <close> = open()
    box:fault(LOST)
    local result, err = run(hub)
    assert.is_nil(err)
    assert.equal(1, #result.outputs)
    assert.same({ submits = 1, made = 1, queries = 1 }, counts(1))
    assert.equal(box:stats().tasks.ids[1], result.task_id)
  end)

  it("is found when the reply to its submit takes too long, however it failed", function()
    local hub <close> = open { submit_timeout = 0.3 }
    box:fault { route = "submit", ["do"] = "delay", seconds = 60 }
    assert.truthy(run(hub))
    box:fault { route = "submit", ["do"] = "status", status = 502, accept = true }
    assert.truthy(run(hub))
    box:fault { route = "submit", ["do"] = "truncate", after = 10 }
    assert.truthy(run(hub))
    assert.same({ submits = 3, made = 3, queries = 3 }, counts(3))
  end)

  it("is found where the user has asked for another try, before that is made", function()
    local hub <close> = open { on_unknown = "resubmit" }
    box:fault(LOST)
    assert.truthy(run(hub))
    assert.same({ submits = 1, made = 1, queries = 1 }, counts(1))
  end)

  it("settles what it has cost when it is found", function()
    local hub <close> = open { budget = 10, site = "cn" }
    box:fault(LOST)
    local result = assert(run(hub))
    local spent = hub:spent()
    assert.equal(result.cost.amount, box:stats().charged)
    assert.same({ box:stats().charged, 0, 0 }, { spent.spent, tonumber(spent.held), spent.unknown })
  end)

  it("stays unknown when nobody calls, and holds what it may have cost", function()
    local hub <close> = open({ budget = 10, site = "cn" }, { unknown_wait = 0.2 })
    box:fault { route = "submit", ["do"] = "reset" }
    local result, err = run(hub)
    assert.is_nil(result)
    assert.same({ "unknown_outcome", "maybe" }, { err.kind, err.spent })
    assert.same({ submits = 1, made = 0, queries = 0 }, counts(0))
    assert.equal(1, hub:spent().unknown)
  end)

  for _, restarted in ipairs { false, true } do
    local when = restarted and ", in a later run" or ""
    it("is its job's when the call comes after its end" .. when, function()
      local slow, path = sandboxes.start { "--speed", "0.01" }, os.tmpname() -- nothing ends by itself
      os.remove(path)
      local function start(port)
        local hub = against.client { base_url = slow.url, journal = path, site = "cn", budget = 10 }
        return hub, assert(hub:listen { unknown_wait = 0, port = port })
      end
      local function cat(hub) return hub:run(against.model, against.params(), { job = "cat" }) end
      local hub, listener = start()
      slow:fault(LOST)
      local _, err = cat(hub)
      assert.equal("unknown_outcome", err.kind)
      if restarted then
        hub:close()
        hub = start(listener.port)
      end
      slow:control("POST", "finish")
      await(function() return said.found end)
      assert.equal(slow:stats().tasks.ids[1], assert(cat(hub)).task_id)
      local spent = hub:spent()
      assert.same({ slow:stats().charged, 0, 0 }, { spent.spent, tonumber(spent.held), spent.unknown })
      assert.equal(1, slow:stats().submits.received)
      hub:close()
      slow:stop()
      for _, ending in ipairs { "", ".lock", "-wal", "-shm" } do os.remove(path .. ending) end
    end)
  end

  it("is told of when it is found after it was given up", function()
    local slow = sandboxes.start { "--speed", "0.01" } -- nothing ends by itself
    local hub = against.client { base_url = slow.url, log = "warn" }
    assert(hub:listen { unknown_wait = 0 })
    slow:fault(LOST)
    local _, err = run(hub)
    assert.equal("unknown_outcome", err.kind)
    slow:control("POST", "finish")
    await(function() return said.found end)
    local id = slow:stats().tasks.ids[1]
    assert.equal(id .. " " .. against.model, said.found)
    assert.truthy(said[#said]:find(('hub:task("%s")'):format(id), 1, true))
    assert.truthy(assert(hub:task(id)):wait(30))
    assert.equal(1, slow:stats().submits.received)
    hub:close()
    slow:stop()
  end)

  -- ---- the end, and afterwards ----

  it("is left to itself when its hub closes, and nobody listens then", function()
    local hub, listener = open()
    told { seconds = 60 }
    assert(hub:submit(against.model, against.params()))
    await(function() return hub:stats().running == 1 end)
    hub:close()
    local c = wire.open(listener.port, "")
    wire.wait(function() return c.ended or c.connected end)
    assert.equal("ECONNREFUSED", c.ended)
    wire.close(c)
  end)

  it("can be looked up and sent again", function()
    local hub <close> = open()
    local result = assert(run(hub))
    counts(1)
    local record = assert(hub:webhook(result.task_id))
    assert.same({ result.task_id, "TASK_END", "SUCCESS", 0, hook_of(result.task_id) },
      { record.task_id, record.event, record.status, record.retries, record.url })
    assert.equal(result.task_id, json.decode(record.data).taskId)
    assert.is_true(record:resend())
    assert.same({ submits = 1, made = 1, queries = 1 }, counts(2))
    assert.equal(1, assert(hub:webhook(result.task_id)).retries)
    local none, err = hub:webhook("2013508786110730241")
    assert.is_nil(none)
    assert.same({ "gone", "2013508786110730241" }, { err.kind, err.task_id })
  end)
end)
