-- Tasks by their ids, as section 5 of the protocol has them: status, outputs, cancel, taking one up again.
local against = require "support.against"
local programs = require "support.program"

local box
before_each(function() box = against.sandbox() end)
teardown(against.stop)

-- A client, and the id of a task that lives as told.
local function client(script, more)
  local hub = against.client(more)
  local fault = { ["do"] = "task" }
  for name, value in pairs(script or {}) do fault[name] = value end
  box:fault(fault)
  local task = assert(hub:submit(against.model, against.params()))
  while not task.id do task:wait(0.01) end
  return hub, task.id, task
end

local SLOW = { seconds = 1000 }
local NODE = { ["end"] = "FAILED", failed_reason = "node", at_submit = true }

local function set(route, fields, more)
  local fault = { route = route, ["do"] = "edit", set = fields }
  for name, value in pairs(more or {}) do fault[name] = value end
  box:fault(fault)
end

-- What is asked of a task: the error's kind, code, whether it may be asked again.
local function kinds(err) return { err.kind, err.code, err.spent, err.retryable } end

describe("hub:status", function()
  it("tells the states in our words, by one call each", function()
    local words = { CREATE = "queued", QUEUED = "queued", RUNNING = "running", SUCCESS = "done",
      FAILED = "failed", CANCEL = "cancelled", CANCELED = "cancelled", CANCELLED = "cancelled",
      ERROR = "failed",
      TIMEOUT = "failed", [" running "] = "running", WARMING = "warming" }
    local hub <close>, id = client(SLOW)
    for word, ours in pairs(words) do
      set("status", { data = word })
      assert.same({ word, ours }, { word, (hub:status(id)) })
    end
    assert.equal(12, box:stats().requests.status)
    assert.equal("queued", hub:status(id))
    box:control("POST", "finish")
    assert.equal("done", hub:status(id))
  end)

  it("says which task is gone, by all the codes that say so", function()
    local hub <close> = against.client()
    local faults = { ["807"] = "A", ["423"] = "A", ["1004"] = "B" }
    for code, shape in pairs(faults) do
      box:fault { route = "status", ["do"] = "code", code = code, shape = shape }
      local state, err = hub:status("42")
      assert.is_nil(state)
      assert.same({ "gone", code, "no", false }, kinds(err))
      assert.same({ "42", true }, { err.task_id, err.message:find("task 42: ", 1, true) == 1 })
    end
    assert.same({ "gone", "807", "no", false }, kinds(select(2, hub:status("43"))))
  end)

  it("refuses what is no id and sends nothing", function()
    local hub <close> = against.client()
    for _, id in ipairs { "", "abc", "0", "-7", "1.5", ("9"):rep(20) } do
      for _, method in ipairs { "status", "outputs", "cancel", "task" } do
        local value, err = hub[method](hub, id)
        assert.is_nil(value)
        assert.same({ "input", "no" }, { err.kind, err.spent })
        assert.matches(id, err.message, 1, true)
      end
    end
    assert.has_error(function() hub:status(42) end)
    assert.same({}, box:stats().requests)
  end)

  it("asks again where the trouble passes, and says what does not", function()
    local hub <close>, id = client(SLOW)
    box:fault { route = "status", ["do"] = "status", status = 502 }
    assert.equal("queued", hub:status(id))
    set("status", { data = {} })
    assert.equal("protocol", select(2, hub:status(id)).kind)
  end)
end)

describe("hub:outputs", function()
  it("gives a finished task's files with what it cost, and saves them", function()
    local hub <close>, id = client { at_submit = true, count = 2 }
    local made, err, state = hub:outputs(id)
    assert.same({ nil, "done" }, { err, state })
    assert.same({ id, 2, "png", "0.05" },
      { made.task_id, #made.outputs, made.outputs[2].type, made.cost.amount })
    assert.equal(0, made.raw.code)
    local run = programs.new()
    local paths = assert(made:save(run.folder .. "/out/"))
    assert.same({ 2, "\x89PNG" }, { #paths, run:read("out/" .. id .. "-1.png"):sub(1, 4) })
    run:remove()
  end)

  it("takes 804, 813 and their older spellings for what they are: states, not errors", function()
    local hub <close>, id = client(SLOW)
    local function now() return { hub:outputs(id) } end
    assert.same({ nil, nil, "queued" }, now())
    box:fault { route = "outputs", ["do"] = "code", code = "804" }
    assert.same({ nil, nil, "running" }, now())
    for message, state in pairs { APIKEY_TASK_IS_RUNNING = "running", APIKEY_TASK_IS_QUEUED = "queued" } do
      set("outputs", { code = 0, msg = message })
      assert.same({ nil, nil, state }, now())
    end
    set("outputs", { code = 0, msg = "success" })
    assert.same({ nil, nil, "running" }, now())
    set("outputs", { code = 804, data = { netWssUrl = "wss://example" } })
    assert.same({ nil, nil, "running" }, now())
  end)

  it("has an empty list for a task that made nothing", function()
    local hub <close>, id = client { at_submit = true, results = require("rhub").json.array {} }
    local made, err, state = hub:outputs(id)
    assert.same({ nil, "done", 0 }, { err, state, #made.outputs })
    assert.equal("protocol", select(2, made:save("nowhere/")).kind)
  end)

  it("names the node that failed, and what it said", function()
    local hub <close>, id = client(NODE)
    local made, err, state = hub:outputs(id)
    assert.is_nil(made)
    assert.equal("failed", state)
    assert.same({ "failed", "805", "yes", false }, kinds(err))
    assert.equal(id, err.task_id)
    assert.matches("KSampler (node 12): RuntimeError: the sandbox was told", err.message, 1, true)
    set("outputs", { code = 0, msg = "APIKEY_TASK_STATUS_ERROR", data = { failedReason = {
      exception_message = "line one\nPorn" } } })
    err = select(2, hub:outputs(id))
    assert.matches("failed: line one Porn; the content check refused it", err.message, 1, true)
    set("outputs", { data = { failedReason = { exception_message = ("显"):rep(200) } } })
    assert.is_truthy(utf8.len(select(2, hub:outputs(id)).message))
  end)

  it("knows the gone from the refused, in both shapes", function()
    local hub <close> = against.client()
    assert.same({ "gone", "807", "no", false }, kinds(select(2, hub:outputs("42"))))
    box:fault { { route = "outputs", ["do"] = "code", code = "1004", shape = "B" },
      { route = "outputs", ["do"] = "code", code = "802" },
      { route = "outputs", ["do"] = "code", code = "1003" },
      { route = "outputs", ["do"] = "body", body = "{}" },
      { route = "outputs", ["do"] = "status", status = 401 } }
    for _, kind in ipairs { "gone", "auth", "busy", "protocol", "auth" } do
      local made, err, state = hub:outputs("42")
      assert.same({ nil, kind, nil }, { made, err.kind, state })
    end
  end)

  it("has the charge in coins, and money summed exactly", function()
    local hub <close>, id = client { at_submit = true }
    local item = { fileUrl = "http://127.0.0.1:9/x.png", fileType = "png", nodeId = 7, taskCostTime = 83 }
    item.consumeCoins = "17"
    set("outputs", { data = require("rhub").json.array { item } })
    local made = hub:outputs(id)
    assert.same({ "17", nil, 83, "7" },
      { made.cost.coins, made.cost.amount, made.seconds, made.outputs[1].node_id })
    item.consumeCoins, item.consumeMoney, item.thirdPartyConsumeMoney = nil, "0.1", 0.2
    set("outputs", { data = require("rhub").json.array { item } })
    assert.equal("0.30", hub:outputs(id).cost.amount)
  end)
end)

describe("hub:cancel", function()
  it("is asked for, and takes its time; waiting tells how it ended, whatever the word", function()
    for _, word in ipairs { "CANCEL", "CANCELED", "CANCELLED" } do
      local hub <close>, id, task = client { seconds = 1000, cancel = word }
      assert.is_true(hub:cancel(id))
      local result, err = task:wait()
      assert.is_nil(result)
      assert.same({ word, "cancelled", id }, { word, err.kind, err.task_id })
      assert.equal("cancelled", hub:status(id))
    end
    assert.equal(3, box:stats().tasks.cancelled)
  end)

  it("understands both shapes of the answer", function()
    local hub <close> = against.client()
    for code, shape in pairs { ["807"] = "A", ["423"] = "A", ["1004"] = "B" } do
      box:fault { route = "cancel", ["do"] = "code", code = code, shape = shape }
      local ok, err = hub:cancel("42")
      assert.same({ nil, "gone", code, "42" }, { ok, err.kind, err.code, err.task_id })
    end
    box:fault { route = "cancel", ["do"] = "body", json = { taskId = "42", status = "", errorCode = "" } }
    assert.is_true(hub:cancel("42"))
  end)

  it("of a task that has ended is refused", function()
    local hub <close>, id = client { at_submit = true }
    local ok, err = hub:cancel(id)
    assert.same({ nil, "rejected", "1" }, { ok, err.kind, err.code })
    assert.matches("task cannot cancel", err.message, 1, true)
  end)
end)

describe("hub:task", function()
  it("takes up what another client has submitted, and gives the same result", function()
    local first <close>, id = client()
    local second <close> = against.client()
    local result = assert(assert(second:task(id, against.model)):wait())
    assert.same({ id, 1, "0.05" }, { result.task_id, #result.outputs, result.cost.amount })
    assert.same({ 1, 1 }, { box:stats().submits.received, box:stats().tasks.made })
    assert.is_truthy(first)
  end)

  it("of an id that nobody knows ends as gone", function()
    local hub <close> = against.client()
    local result, err = assert(hub:task("42")):wait()
    assert.same({ nil, "gone", "1004" }, { result, err.kind, err.code })
  end)
end)

describe("rhub outputs", function()
  local run
  before_each(function() run = programs.new(box) end)
  after_each(function() run:remove() end)

  it("prints and saves what was made", function()
    local hub <close>, id = client { at_submit = true }
    local got = run("outputs", id, "-o", "out/")
    assert.same({ 0, "out/" .. id .. "-1.png\n" }, { got.code, got.out })
    got = run("outputs", id, "--json")
    local answer = require("rhub").json.decode(got.out)
    assert.same({ id, "done", "png", "0.05" },
      { answer.task_id, answer.status, answer.outputs[1].type, answer.cost.amount })
    assert.is_truthy(hub)
  end)

  it("says that a task goes on, and how to wait for it", function()
    local hub <close>, id = client(SLOW)
    local got = run("outputs", id)
    assert.equal(0, got.code)
    assert.matches("queued  (wait for it: rhub task " .. id .. " --wait -o DIR)", got.out, 1, true)
    assert.is_truthy(hub)
  end)

  it("fails with the node of a task that failed, and refuses what is no id", function()
    local hub <close>, id = client(NODE)
    local got = run("outputs", id)
    assert.equal(1, got.code)
    assert.matches("KSampler (node 12)", got.err, 1, true)
    assert.equal(1, run("outputs", "42").code)
    assert.equal(2, run("outputs", "abc").code)
    assert.is_truthy(hub)
  end)
end)
