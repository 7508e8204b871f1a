-- What the sandbox does for a task with a webhook, seen by a receiver in this process.
local json = require "rhub.json"
local sandbox = require "rhub.sandbox"
local server = require "rhub.server"
local wire = require "support.wire"

local KEY = ("0123456789abcdef"):rep(2)

describe("the sandbox's webhooks", function()
  local box, receiver, calls, statuses

  -- Takes what has been delivered and answers with the next of `statuses`; false: not at all.
  local function pump()
    box:step()
    receiver:step(0.002)
    for request, method, path, body in receiver.next, receiver do
      calls[#calls + 1] = { method = method, path = path, body = json.decode(body),
        type = request:header("Content-Type") }
      local status = table.remove(statuses, 1)
      if status == false then request:hang() else request:reply(status or 200, nil, "taken") end
    end
  end

  local function post(path, value)
    local headers = { Authorization = "Bearer " .. KEY, ["Content-Type"] = "application/json" }
    return json.decode(wire.talk(box.server:port(), wire.request("POST", path, headers, json.encode(value)),
      pump).body)
  end

  local function address(path) return ("http://127.0.0.1:%d%s"):format(receiver:port(), path or "/hook") end

  -- Submits a task with a webhook that lives as told.
  local function submit(script, url)
    if script then
      script["do"] = "task"
      box:fault(script)
    end
    return post("/openapi/v2/test/image", { prompt = "a cat", webhookUrl = url or address() })
  end

  local function wait_calls(n) wire.wait(function() return #calls >= n end, pump) end

  local function detail(id) return post("/task/openapi/getWebhookDetail", { apiKey = KEY, taskId = id }) end

  -- Waits for the end of a try, which the sandbox learns a little later than the receiver.
  local function settled(what, n) wire.wait(function() return box.hooks.counts[what] >= n end, pump) end

  before_each(function()
    calls, statuses = {}, {}
    receiver = assert(server.listen())
    box = assert(sandbox.new { speed = 200, models = { { endpoint = "test/image", output = "image" } } })
  end)

  after_each(function()
    box:close()
    receiver:close()
  end)

  it("are sent when the task ends, though nobody asks for it", function()
    local id = submit({ seconds = 0.05 }).taskId
    wait_calls(1)
    settled("delivered", 1)
    local call = calls[1]
    assert.same({ "POST", "/hook", "application/json" }, { call.method, call.path, call.type })
    assert.same({ "TASK_END", id, id, "SUCCESS", "" },
      { call.body.event, call.body.taskId, call.body.eventData.taskId, call.body.eventData.status,
        call.body.eventData.errorCode })
    assert.equal(1, #call.body.eventData.results)
    assert.same({ attempts = 1, delivered = 1, failed = 0, refused = 0 }, box:counts().webhooks)
  end)

  it("tell a failure as a query does", function()
    submit { at_submit = true, ["end"] = "FAILED", code = "1501" }
    wait_calls(1)
    assert.same({ "FAILED", "1501", json.null },
      { calls[1].body.eventData.status, calls[1].body.eventData.errorCode, calls[1].body.eventData.results })
  end)

  it("come in every shape", function()
    local function body_of(shape, more)
      local script = { at_submit = true, webhook = { shape = shape } }
      for name, value in pairs(more or {}) do script[name] = value end
      local n = #calls + 1
      local id = submit(script).taskId
      wait_calls(n)
      return calls[n].body, id
    end
    local body, id = body_of "string"
    local inner = json.decode(body.eventData)
    assert.same({ "TASK_END", id, 0, 0, "png" }, { body.event, body.taskId, inner.code,
      inner.data[1].taskCostTime, inner.data[1].fileType })
    inner = json.decode(body_of("string", { ["end"] = "FAILED", failed_reason = "node" }).eventData)
    assert.same({ 805, "KSampler" }, { inner.code, inner.data.failedReason.node_name })
    body = body_of "wrapped"
    assert.same({ 0, "SUCCESS", nil }, { body.eventData.code, body.eventData.data.status,
      body.eventData.data.taskId })
    body, id = body_of "bare"
    assert.same({ id, "SUCCESS" }, { body.taskId, body.status, body.event })
    body, id = body_of "no_status"
    assert.same({ id, nil, 1 }, { body.eventData.taskId, body.eventData.status, #body.eventData.results })
  end)

  it("are tried three times more where nobody takes them, and then no more", function()
    statuses = { 500, 404, 301, 503, 200 }
    local id = submit({ at_submit = true }).taskId
    settled("failed", 4)
    assert.same({ 4, 0 }, { #calls, box.hooks.later.n })
    local data = detail(id).data
    assert.same({ "FAILED", "taken", 3 }, { data.callbackStatus, data.callbackResponse, data.retryCount })
  end)

  it("are tried again where the receiver takes too long", function()
    statuses = { false }
    submit { at_submit = true }
    settled("delivered", 1)
    assert.same({ 2, 1 }, { #calls, box.hooks.counts.failed })
  end)

  it("are not sent where nothing asks for them, on a cancel, and when told to be lost", function()
    post("/openapi/v2/test/image", { prompt = "a cat" })
    submit { at_submit = true, webhook = { never = true } }
    local id = submit({ seconds = 60 }).taskId
    post("/task/openapi/cancel", { apiKey = KEY, taskId = id })
    assert.equal(0, box.tasks.hooked)
    assert.equal(0, box.hooks.later.n)
    id = submit({ seconds = 60, webhook = { cancel = true } }).taskId
    post("/task/openapi/cancel", { apiKey = KEY, taskId = id })
    wait_calls(1)
    assert.same({ 1, "CANCEL" }, { #calls, calls[1].body.eventData.status })
  end)

  it("can come before the submit's reply", function()
    local seen
    local reply = submit { webhook = { early = true } }
    seen = #calls
    assert.same({ 1, calls[1].body.taskId }, { seen, reply.taskId })
    assert.not_equal("SUCCESS", reply.status)
  end)

  it("can come more than once, and late", function()
    submit { at_submit = true, webhook = { copies = 3, delay = 0.05 } }
    assert.equal(3, box.hooks.later.n)
    settled("delivered", 3)
    assert.equal(3, #calls)
  end)

  it("go to this machine only", function()
    for _, url in ipairs { "http://192.0.2.1/x", "https://127.0.0.1/x", "http://example.com/", "what",
      "http://127.0.0.1:0/", "http://127.0.0.1.example.com/", "http://localhost:70000/",
      "http://127.0.0.1/a b" } do
      local before = box.hooks.counts.refused
      local id = submit({ at_submit = true }, url).taskId
      settled("refused", before + 1)
      assert.equal("FAILED", detail(id).data.callbackStatus)
    end
    assert.equal(0, box.hooks.counts.attempts)
    submit({ at_submit = true }, ("http://localhost:%d"):format(receiver:port()))
    wait_calls(1)
    assert.equal("/", calls[1].path)
  end)

  it("can be looked up, by their own account only, once they have been tried", function()
    local id = submit({ at_submit = true }).taskId
    settled("delivered", 1)
    local reply = detail(id)
    assert.equal(0, reply.code)
    local data = reply.data
    assert.same({ id, address(), "TASK_END", "SUCCESS", "taken", 0 }, { data.taskId, data.webhookUrl,
      data.event, data.callbackStatus, data.callbackResponse, data.retryCount })
    assert.equal(id, json.decode(data.eventData).taskId)
    assert.truthy(data.createTime:find("^%d%d%d%d%-%d%d%-%d%dT%d%d:%d%d:%d%d$"))
    assert.is_nil(data.userApiKey:find(KEY, 1, true))
    local other = post("/task/openapi/getWebhookDetail", { apiKey = ("f"):rep(32), taskId = id })
    assert.same({ 1, "webhook event not exists", json.null }, { other.code, other.msg, other.data })
    assert.equal(1, detail("2013508786110730241").code)
    assert.equal(802, post("/task/openapi/getWebhookDetail", { apiKey = "x", taskId = id }).code)
  end)

  it("can be sent again, to another address too", function()
    local id = submit({ at_submit = true }).taskId
    settled("delivered", 1)
    local hook = detail(id).data.id
    local function retry(url)
      return post("/task/openapi/retryWebhook", { apiKey = KEY, webhookId = hook, webhookUrl = url })
    end
    assert.same({ code = 0, msg = "", data = json.null }, retry())
    settled("delivered", 2)
    retry(address "/other")
    settled("delivered", 3)
    assert.same({ "/hook", "/hook", "/other" }, { calls[1].path, calls[2].path, calls[3].path })
    assert.same({ 2, address "/other" }, { detail(id).data.retryCount, detail(id).data.webhookUrl })
    assert.equal(1, post("/task/openapi/retryWebhook", { apiKey = KEY, webhookId = "1" }).code)
  end)

  it("refuse a script that says nothing that is known", function()
    for _, webhook in ipairs { { often = true }, { copies = "2" }, { shape = "round" } } do
      assert.has_error(function() box:fault { ["do"] = "task", webhook = webhook } end)
    end
  end)

  it("are forgotten with everything else", function()
    local id = submit({ seconds = 60 }).taskId
    submit { at_submit = true }
    box:reset()
    assert.same({ 0, 0 }, { box.tasks.hooked, box.hooks.later.n })
    assert.equal(1, detail(id).code)
  end)
end)
