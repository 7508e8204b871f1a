-- Webhooks on a scripted engine and a server without sockets: whose calls are taken, what of them, and what
-- is kept for how long. tests/e2e/webhook_spec.lua has the real ones.
local fake_core = require "support.fake_core"
local fake_server = require "support.fake_server"
local fake_sys = require "support.fake_sys"
local fresh = require "support.fresh"
local payload = require "rhub.webhook.payload"

local real_sys = require "rhub.sys"

local ID, OTHER = "2013508786110730241", "1904163390028185602"

describe("a webhook's payload", function()
  -- Name, body, id; `event` where there is one, `odd` where it is no JSON object.
  local rows = {
    { "with eventData in a string, as of workflows", event = "TASK_END",
      [[{"event":"TASK_END","taskId":"ID","eventData":"{\"code\":0,\"msg\":\"success\",\"data\":[{]]
        .. [[\"fileUrl\":\"https://x/o\",\"fileType\":\"png\",\"taskCostTime\":0,\"nodeId\":\"9\"}]}"}]] },
    { "of a failed workflow", event = "TASK_END",
      [[{"event":"TASK_END","taskId":"ID","eventData":"{\"code\":805,\"data\":{\"failedReason\":{}}}"}]] },
    { "with eventData as an object, as of models", event = "TASK_END",
      [[{"event":"TASK_END","taskId":"ID","eventData":{"taskId":"ID","status":"FAILED","results":null}}]] },
    { "whose id stands in eventData only", event = "TASK_END",
      [[{"event":"TASK_END","eventData":{"taskId":"ID","status":"SUCCESS"}}]] },
    { "whose id stands in an eventData that is a string", event = "TASK_END",
      [[{"event":"TASK_END","eventData":"{\"taskId\":\"ID\",\"status\":\"SUCCESS\"}"}]] },
    { "wrapped once more", event = "TASK_END",
      [[{"event":"TASK_END","taskId":"","eventData":{"code":0,"data":{"taskId":"ID","status":"X"}}}]] },
    { "wrapped as a whole", [[{"code":0,"msg":"success","data":{"taskId":"ID","status":"SUCCESS"}}]] },
    { "without an envelope", [[{"taskId":"ID","status":"SUCCESS","results":[]}]] },
    { "without a status", event = "TASK_END",
      [[{"event":"TASK_END","taskId":"ID","eventData":{"taskId":"ID"}}]] },
    { "with another event", event = "TASK_FAILED", [[{"event":"TASK_FAILED","taskId":"ID"}]] },
    { "with the id as a number", [[{"taskId":ID}]] },
    { "with the id under its other name", [[{"task_id":"ID"}]] },
    { "with a parent's id before it", [[{"parentTaskId":"1904163390028185602","taskId":"ID"}]] },
    { "cut off", odd = true, [[{"event":"TASK_END","taskId":"ID","eventData":"{\"co]] },
    { "cut off inside of a string", odd = true, [[{"eventData":"{\"taskId\":\"ID\",]] },
    { "with a byte that is no UTF-8", odd = true, '{"taskId" : "ID","errorMessage":"\xff"}' },
  }

  for _, row in ipairs(rows) do
    it(row[1] .. " names its task", function()
      local id, readable, event = payload.read((row[2]:gsub("ID", ID)))
      assert.same({ ID, not row.odd, row.event }, { id, readable, event })
    end)
  end

  it("that names none is no reason to guess", function()
    for _, text in ipairs { "", "{}", "[]", "null", "5", '"x"', '{"taskId":""}', '{"taskId":null}',
      '{"taskId":0}', '{"taskId":"-5"}', '{"taskId":1.5}', '{"taskId":"12x"}', '{"taskId":["1"]}',
      '{"taskId":"00"}',
      '{"taskId":"20135087861107302411"}', '{"eventData":"what"}',
      '{"eventData":{"results":[{"taskId":"7"}]}}', "taskId=7", ('{"data":'):rep(50) .. "{}" } do
      assert.is_nil((payload.read(text)), text)
    end
  end)
end)

describe("a hub that listens", function()
  local rhub, sys, core, server, log, seen
  local PICTURE = { "rhart-image-v1/text-to-image", { prompt = "a cat", aspectRatio = "1:1" } }

  before_each(function()
    sys = fake_sys.new(real_sys)
    core = fake_core.new(sys)
    core.base_url = "http://127.0.0.1:1"
    server = fake_server.new()
    rhub = fresh.require("rhub", { ["rhub.sys"] = sys, ["rhub.core"] = core, ["rhub.server"] = server })
    log, seen = {}, {}
    require("rhub.observer").current = {
      log = function(_, level, text) log[#log + 1] = level .. " " .. text end,
      found = function(_, id, model) seen[#seen + 1] = id .. " " .. model end,
    }
  end)

  after_each(function()
    require("rhub.observer").current = { log = function() end }
    require("rhub.flow").last_words = nil
  end)

  local function submit(hub, more)
    local params = {}
    for name, value in pairs(PICTURE[2]) do params[name] = value end
    for name, value in pairs(more or {}) do params[name] = value end
    local task = assert(hub:submit(PICTURE[1], params))
    local call = core.submits[#core.submits]
    local url = call.params:match('"webhookUrl":"([^"]*)"')
    return task, url, call, url and url:match("(/[^/]*/%x+)$")
  end

  -- A call, answered.
  local function call(method, path, body)
    local request = server.request(method, path, body)
    require("rhub.flow").step()
    return request
  end

  local function body_of(id) return ('{"event":"TASK_END","taskId":"%s","eventData":{}}'):format(id) end

  it("gives each task an address of its own that nobody can guess, and tells the engine", function()
    local hub = rhub.client {}
    local listener = assert(hub:listen { public_url = "https://hooks.example.com/in/", path = "/cats/",
      unknown_wait = 5 })
    assert.equal("https://hooks.example.com/in/cats", listener.url)
    assert.equal(4711, listener.port)
    local known = {}
    for _ = 1, 100 do
      local _, url, sent = submit(hub)
      local token = url:match("^https://hooks%.example%.com/in/cats/(%x+)$")
      assert.equal(32, #token)
      assert.is_nil(known[token])
      known[token] = true
      assert.same({ told = true, unknown_wait = 5 }, sent.more)
    end
  end)

  it("waits a minute for what may have been lost unless told otherwise", function()
    local hub = rhub.client {}
    assert(hub:listen())
    local _, url, sent = submit(hub)
    assert.same({ told = true, unknown_wait = 60 }, sent.more)
    assert.truthy(url:find("^http://127%.0%.0%.1:4711/rhub/%x+$"))
  end)

  it("leaves a caller's own address alone, his table too, and tasks of before", function()
    local hub = rhub.client {}
    local _, none, sent = submit(hub)
    assert.same({ nil, nil }, { none, sent.more })
    local listener = assert(hub:listen())
    local own = "https://example.com/mine"
    local _, url, call_ = submit(hub, { webhookUrl = own })
    assert.same({ own, nil }, { url, call_.more })
    local params = { anything = 1 }
    local unchecked = rhub.client { check = "off" }
    assert(unchecked:listen())
    assert(unchecked:submit("some/model", params))
    assert.same({ anything = 1 }, params)
    listener:close()
    _, none, sent = submit(hub)
    assert.same({ nil, nil }, { none, sent.more })
  end)

  it("has the engine ask when a call comes, once, and answers every repeat", function()
    local hub = rhub.client {}
    assert(hub:listen())
    local task, _, _, path = submit(hub)
    for _ = 1, 3 do assert.equal(200, call("POST", path, body_of(ID)).status) end
    assert.same({ { task.ticket, ID } }, core.tells)
    assert.equal(200, call("POST", path, body_of(OTHER)).status)
    assert.same({ task.ticket, OTHER }, core.tells[2]) -- the engine knows which is right
    assert.same({}, log)
  end)

  it("has the engine ask about the task it knows when a call says nothing that can be read", function()
    local hub = rhub.client {}
    assert(hub:listen())
    local task, _, _, path = submit(hub)
    assert.equal(400, call("POST", path, "what").status)
    assert.same({}, core.tells) -- it has no id yet
    rhub.sleep(1)
    assert.equal(400, call("POST", path, "what").status)
    assert.equal(413, call("POST", path, 1024 * 1024 + 1).status)
    assert.equal(400, call("POST", path, 5).status) -- a form
    assert.same({ { task.ticket, task.id } }, core.tells)
  end)

  it("refuses what it does not expect, and says so once a minute", function()
    local hub = rhub.client {}
    assert(hub:listen())
    local _, _, _, path = submit(hub)
    for _, wrong in ipairs { "/", "/rhub", "/rhub/", "/rhub/" .. ("0"):rep(32), path .. "0", "/x" .. path,
      path .. "/", "/other" .. path:sub(6) } do
      assert.equal(404, call("POST", wrong, body_of(ID)).status)
    end
    assert.equal(1, #log)
    assert.truthy(log[1]:find("^warn webhook: a call for no task of this run"))
    assert.is_nil(log[1]:find(path, 1, true))
    sys.clock = sys.clock + 61
    call("POST", "/", body_of(ID))
    assert.equal(2, #log)
    assert.truthy(log[2]:find("8 calls", 1, true))
    assert.same({}, core.tells)
  end)

  it("takes POST only", function()
    local hub = rhub.client {}
    assert(hub:listen())
    local _, _, _, path = submit(hub)
    for _, method in ipairs { "GET", "HEAD", "PUT", "DELETE", "OPTIONS" } do
      for _, address in ipairs { path, "/" } do
        local request = call(method, address)
        assert.same({ 405, "POST" }, { request.status, request.headers.Allow })
      end
    end
    assert.same({}, core.tells)
    assert.same({}, log)
  end)

  it("bounds bodies, connections and their time, and keeps none", function()
    local hub = rhub.client {}
    assert(hub:listen { host = "::1", port = 80 })
    local o = server.listened[1]
    assert.same({ host = "::1", port = 80, max_body = 1024 * 1024, connections = 64, lifetime = 10 }, o)
    local _, url, _, path = submit(hub)
    assert.truthy(url:find("^http://%[::1%]:4711/rhub/"))
    assert.equal("close", call("POST", path, body_of(ID)).headers.Connection)
  end)

  it("tells of a task that is found after it had been given up", function()
    core.life = function()
      return { { 0, "state", "submitting" }, { 1, "end", { kind = "unknown_outcome", message = "lost",
        spent = "maybe" } } }
    end
    local hub = rhub.client {}
    assert(hub:listen())
    local task, _, _, path = submit(hub)
    task:wait()
    assert.equal("unknown", task.status)
    assert.equal(400, call("POST", path, "what").status)
    assert.same({}, log)
    for _ = 1, 2 do assert.equal(200, call("POST", path, body_of(ID)).status) end
    assert.same({ ('warn task %s of an unknown outcome has been found (%s): hub:task("%s")'):format(ID,
      PICTURE[1], ID) }, log)
    assert.same({ ID .. " " .. PICTURE[1] }, seen)
    assert.same({}, core.tells)
  end)

  local function lose()
    core.life = function()
      return { { 0, "state", "submitting" }, { 1, "end", { kind = "unknown_outcome", message = "lost",
        spent = "maybe" } } }
    end
  end

  local function done(id)
    return { { 1, "end", nil, { task_id = id, model = PICTURE[1], seconds = 1, outputs = {} } } }
  end

  it("settles a job of the journal by a call that comes after its end, however late", function()
    lose()
    local hub = rhub.client { journal = "jobs.db" }
    assert(hub:listen())
    local task, _, sent, path = submit(hub)
    task:wait()
    local token = path:match "%x+$"
    assert.equal(token, sent.more.token)
    sys.clock = sys.clock + 7 * 86400
    core.lost[token] = done
    assert.equal(200, call("POST", path, body_of(ID)).status)
    assert.same({ { token, ID } }, core.tells)
    assert.same({}, seen)
    rhub.sleep(2)
    assert.same({ ID .. " " .. PICTURE[1] }, seen)
    assert.equal(200, call("POST", path, body_of(ID)).status)
    assert.equal(1, #core.tells)
  end)

  it("settles one of an earlier run as well, and goes on listening where it was a lie", function()
    core.recorded = { unknown = { { token = "0f1e", endpoint = "some/model" }, { endpoint = "another" } } }
    local lie = { kind = "unknown_outcome", message = "no such task", spent = "maybe" }
    core.lost["0f1e"] = function() return { { 1, "end", lie } } end
    local hub = rhub.client { journal = "jobs.db" }
    assert(hub:listen())
    assert.equal(200, call("POST", "/rhub/0f1e", body_of(OTHER)).status)
    rhub.sleep(2)
    assert.same({}, seen)
    core.lost["0f1e"] = done
    assert.equal(200, call("POST", "/rhub/0f1e", body_of(ID)).status)
    rhub.sleep(2)
    assert.same({ ID .. " some/model" }, seen)
    assert.same({ { "0f1e", OTHER }, { "0f1e", ID } }, core.tells)
    core.lost = {}
    assert.equal(404, call("POST", "/rhub/0f1f", body_of(ID)).status)
  end)

  it("knows the token of a task that has ended for an hour", function()
    local hub = rhub.client {}
    local listener = assert(hub:listen())
    local task, _, _, path = submit(hub)
    task:wait()
    assert.equal(200, call("POST", path, body_of(task.id)).status)
    assert.same({}, core.tells)
    sys.clock = sys.clock + 3599
    assert.equal(200, call("POST", path, body_of(task.id)).status)
    sys.clock = sys.clock + 2
    assert.equal(404, call("POST", path, body_of(task.id)).status)
    assert.same({ nil, nil }, { next(listener.tokens), next(listener.of) })
  end)

  it("keeps no more than 10,000 tokens of tasks that have ended", function()
    core.life = function()
      return { { 0, "end", { kind = "rejected", message = "no", spent = "no" } } }
    end
    local hub = rhub.client { check = "off" }
    local listener = assert(hub:listen())
    for _ = 1, 10010 do hub:run("some/model", {}) end
    local n = 0
    for _ in pairs(listener.tokens) do n = n + 1 end
    assert.equal(10000, n)
  end)

  it("is not kept waiting for: what can never happen is a deadlock", function()
    local hub = rhub.client {}
    assert(hub:listen())
    local ok, err = pcall(require("rhub.flow").await, {})
    assert.same({ false, true }, { ok, tostring(err):find("deadlock", 1, true) ~= nil })
  end)

  it("closes its receiver last, and may close it twice", function()
    local hub = rhub.client {}
    local listener = assert(hub:listen())
    local order = {}
    local close = core.close
    assert.is_nil(close)
    submit(hub)
    local leave = hub.core.close
    hub.core.close = function(self)
      order[1] = "engine " .. server.closed
      return leave(self)
    end
    hub:close()
    assert.same({ "engine 0" }, order)
    assert.equal(1, server.closed)
    listener:close()
    hub:close()
    assert.equal(1, server.closed)
    assert.equal("rhub.listener (closed)", tostring(listener))
  end)

  it("that nobody refers to any more listens no more", function()
    assert(rhub.client({}):listen())
    collectgarbage()
    collectgarbage()
    assert.equal(1, server.closed)
  end)

  it("can listen again once it has stopped, but not twice at once", function()
    local hub = rhub.client {}
    local listener = assert(hub:listen())
    assert.has_error(function() hub:listen() end, "this client listens already: http://127.0.0.1:4711/rhub")
    listener:close()
    assert(hub:listen())
    hub:close()
    assert.has_error(function() hub:listen() end, "the client is closed")
  end)

  it("says what is wrong with its options, and listens nowhere then", function()
    local hub = rhub.client {}
    local function refused(options)
      local listener, err = hub:listen(options)
      assert.is_nil(listener)
      assert.equal("input", err.kind)
      return err.message
    end
    assert.equal("listen: port 70000 is not allowed: a port from 0 to 65535", refused { port = 70000 })
    assert.truthy(refused({ public_url = "hooks.example.com" }):find("public_url hooks.example.com", 1, true))
    for _, url in ipairs { "https://", "ftp://a", "https://a/?x", "https://a/#x", "https://a b",
      "https://u@a", 5 } do
      refused { public_url = url }
    end
    assert.truthy(refused({ publicurl = "x" }):find("did you mean public_url?", 1, true))
    refused { path = "rhub" }
    refused { path = "/a?b" }
    refused { host = "example.com" }
    refused { unknown_wait = -1 }
    refused { unknown_wait = 0 / 0 }
    assert.has_error(function() hub:listen(8080) end, "listen takes a table of options")
    assert.equal(0, #server.listened)
    server.refusal = "127.0.0.1:80: Permission denied"
    local _, err = hub:listen { port = 80 }
    assert.same({ "io", "hub:listen: 127.0.0.1:80: Permission denied" }, { err.kind, err.message })
  end)

  it("does not have tasks wait for calls that cannot come", function()
    core.base_url = "https://www.runninghub.ai"
    local hub = rhub.client {}
    for _, host in ipairs { "127.0.0.1", "0.0.0.0", "::" } do
      local listener, err = hub:listen { host = host }
      assert.is_nil(listener)
      assert.equal("input", err.kind)
      assert.truthy(err.message:find("cannot reach", 1, true) and err.message:find("public_url", 1, true))
    end
    assert.equal(3, server.closed)
    assert.is_nil(hub.listener)
    assert.equal("http://192.0.2.7:4711/rhub", assert(hub:listen { host = "192.0.2.7" }).url)
  end)

  it("of a sandbox is called by nobody from outside", function()
    core.sealed = true
    local hub = rhub.client {}
    local listener = assert(hub:listen { public_url = "https://hooks.example.com" })
    assert.equal("http://127.0.0.1:4711/rhub", listener.url)
  end)

  it("says which package is missing where there is no server", function()
    package.loaded["rhub.server"] = nil
    package.preload["rhub.server"] = function() error("module not found", 0) end
    local listener, err = rhub.client({}):listen()
    package.preload["rhub.server"] = nil
    assert.is_nil(listener)
    assert.equal("config", err.kind)
    assert.truthy(err.message:find("libmicrohttpd", 1, true) and err.message:find("luarocks make", 1, true))
  end)
end)

describe("hub:webhook", function()
  local rhub, core, hub

  before_each(function()
    local sys = fake_sys.new(real_sys)
    core = fake_core.new(sys)
    rhub = fresh.require("rhub", { ["rhub.sys"] = sys, ["rhub.core"] = core })
    require("rhub.observer").current = { log = function() end }
    hub = rhub.client {}
  end)

  after_each(function() require("rhub.flow").last_words = nil end)

  it("tells what was sent, with nothing in place of null", function()
    local asked
    core.replies["/task/openapi/getWebhookDetail"] = function(call)
      asked = { call.body, call.key }
      return [[{"id":"7","userApiKey":"ab****","taskId":"]] .. ID .. [[","webhookUrl":"https://x/y",
        "eventData":"{\"code\":0}","callbackStatus":"FAILED","callbackResponse":"I/O error","retryCount":3,
        "createTime":"2025-03-25T16:05:07","updateTime":null}]]
    end
    local record = assert(hub:webhook(ID))
    assert.same({ ('{"taskId":"%s"}'):format(ID), "apiKey" }, asked)
    assert.same({ ID, "7", "https://x/y", nil, "FAILED", "I/O error", 3, "2025-03-25T16:05:07", nil,
      '{"code":0}' },
      { record.task_id, record.id, record.url, record.event, record.status, record.response, record.retries,
        record.created, record.updated, record.data })
  end)

  it("says that there is none", function()
    core.replies["/task/openapi/getWebhookDetail"] = function()
      return { kind = "rejected", message = "webhook event not exists", code = "1", spent = "no" }
    end
    local record, err = hub:webhook(ID)
    assert.is_nil(record)
    assert.same({ "gone", ID, "no" }, { err.kind, err.task_id, err.spent })
  end)

  it("hands other errors on", function()
    core.replies["/task/openapi/getWebhookDetail"] = function()
      return { kind = "auth", message = "no", code = "802", spent = "no" }
    end
    local _, err = hub:webhook(ID)
    assert.same({ "auth", "802", ID }, { err.kind, err.code, err.task_id })
    assert.has_error(function() hub:webhook(5) end, "a task's id is text, not a number")
    assert.equal("input", select(2, hub:webhook("x")).kind)
  end)

  it("has it sent again, by its own id and to another address", function()
    core.replies["/task/openapi/getWebhookDetail"] = [[{"id":"7"}]]
    local asked = {}
    core.replies["/task/openapi/retryWebhook"] = function(call)
      asked[#asked + 1] = call.body
      return "null"
    end
    local record = assert(hub:webhook(ID))
    assert.is_true(record:resend())
    assert.is_true(record:resend { url = "https://x/z" })
    assert.same({ '{"webhookId":"7"}' }, { asked[1] })
    assert.same({ webhookId = "7", webhookUrl = "https://x/z" }, require("rhub.json").decode(asked[2]))
    local _, err = record:resend { url = "x" }
    assert.equal("input", err.kind)
    assert.equal(2, #asked)
  end)
end)
