-- What the service can do to a submit, each with its outcome and the number of submits and tasks that the
-- sandbox has counted. Money is at stake where a byte may have left and no reply says that there is no task.
local against = require "support.against"

local JSON = { taskId = "", status = "", errorCode = "9", errorMessage = "what", results = {} }
local HTML = "<html><body>Bad gateway</body></html>"

local function status(code, body, more)
  local fault = { route = "submit", ["do"] = "status", status = code }
  if type(body) == "table" then fault.json = body else fault.body = body end
  for name, value in pairs(more or {}) do fault[name] = value end
  return fault
end

local function fault(what, more)
  local f = { route = "submit", ["do"] = what }
  for name, value in pairs(more or {}) do f[name] = value end
  return f
end

local function code(number, more) return fault("code", { code = number, status = (more or {}).status }) end

local unknown = { kind = "unknown_outcome", spent = "maybe", received = 1, made = 0 }
local unknown_made = { kind = "unknown_outcome", spent = "maybe", received = 1, made = 1 }
local again = { received = 2, made = 1 } -- done, after a second submit

local function refused(kind, number, spent)
  return { kind = kind, spent = spent or "no", code = number, received = 1, made = 0 }
end

describe("a submit", function()
  teardown(against.stop)

  against.rows(it, assert, {
    { "is done once when nothing goes wrong", {}, { received = 1 } },

    -- HTTP statuses without a code that says more
    { "waits and is sent again after 429 with nothing in it", status(429), again },
    { "waits and is sent again after 429 with HTML", status(429, HTML, { type = "text/html" }), again },
    { "waits as long as Retry-After says after 429",
      status(429, nil, { headers = { ["Retry-After"] = "1" } }), again },
    { "is unknown after 500 with nothing in it", status(500), unknown },
    { "is unknown after 500 with HTML", status(500, HTML, { type = "text/html" }), unknown },
    { "is unknown after 502 with nothing in it", status(502), unknown },
    { "is unknown after 502 with HTML", status(502, HTML, { type = "text/html" }), unknown },
    { "is unknown after 502 with JSON of an unlisted code", status(502, JSON), unknown },
    { "is unknown after 503 with nothing in it", status(503), unknown },
    { "is unknown after 503 with HTML", status(503, HTML, { type = "text/html" }), unknown },
    { "is rejected by another 4xx", status(400, HTML, { type = "text/html" }), refused("rejected") },
    { "is refused to the key by 401", status(401), refused("auth") },
    { "is refused to the key by 403", status(403), refused("auth") },
    { "does not follow a redirect", fault("redirect"), refused("protocol") },
    { "does not follow a redirect that would keep the method", fault("redirect", { status = 307 }),
      refused("protocol") },

    -- a code decides, whatever the HTTP status
    { "is sent again after 421: the places are taken", code("421"), again },
    { "is sent again after 1520: the places are taken", code("1520"), again },
    { "is sent again after 415: no machine is free", code("415"), again },
    { "is sent again after 1003: too many requests", code("1003"), again },
    { "is sent again after 1003 with HTTP 429", code("1003", { status = 429 }), again },
    { "is sent again after 1010 with HTTP 503", code("1010", { status = 503 }), again },
    { "is sent again after 1011", code("1011"), again },
    { "is sent again until a place is free", { code("421"), code("1520"), code("421"), code("415") },
      { received = 5 } },
    { "is unknown after 1000", code("1000"), unknown },
    { "is unknown after 1005", code("1005"), unknown },
    { "is unknown after 500 in the body, with HTTP 500", code("500", { status = 500 }), unknown },
    { "has no money after 812", code("812"), refused("funds", "812") },
    { "has no money after 812 with HTTP 402", code("812", { status = 402 }), refused("funds", "812") },
    { "has no money after 416", code("416"), refused("funds", "416") },
    { "has no coins after 414", code("414"), refused("funds", "414") },
    { "is refused to this kind of key by 1014", code("1014"), refused("auth", "1014") },
    { "is refused to an unknown key by 1002", code("1002"), refused("auth", "1002") },
    { "is refused to a free account by 801", code("801"), refused("auth", "801") },
    { "is rejected by 1007", code("1007"), refused("rejected", "1007") },
    { "is rejected by 301", code("301"), refused("rejected", "301") },
    { "is rejected by 1001", code("1001"), refused("rejected", "1001") },
    { "is rejected by 1501 before a task is made", code("1501"), refused("rejected", "1501") },
    { "is rejected by a code that nobody has listed, and may have cost", code("4711"),
      refused("rejected", "4711", "maybe") },
    { "reads a code of the legacy envelope", fault("code", { code = "812", shape = "A" }),
      refused("funds", "812") },
    { "reads a message that is called message",
      fault("code", { code = "812", shape = "A", word = "message", message = "no money" }),
      { kind = "funds", spent = "no", received = 1, made = 0,
        check = function(_, err) assert.matches("no money", err.message, 1, true) end } },

    -- bodies
    { "is unknown after 200 with HTML", fault("html"), unknown },
    { "is unknown after 200 with nothing in it", fault("empty"), unknown },
    { "is unknown after a body that ends early", fault("truncate", { after = 20 }), unknown_made },
    { "is unknown after a body that is not as long as told", fault("length", { delta = 10 }), unknown_made },
    { "is unknown after JSON without an end", fault("big", { bytes = 20000000 }), unknown },
    { "is done although its reply holds bad UTF-8 and a NUL", fault("garbage"), {} },
    { "is done although its reply is wrapped", fault("wrap"), {} },
    { "is done with a compressed reply", fault("gzip"), {} },
    { "is done at once where the reply already says SUCCESS", fault("task", { at_submit = true }), {
      check = function(result) assert.equal(1, #result.outputs) end } },

    -- the connection
    { "is unknown after a reset before it was taken", fault("reset"), unknown },
    { "is unknown after a reset once it was taken", fault("reset_after"), unknown_made },
    { "is unknown after an end without a reply", fault("fin"), unknown },
    { "is unknown after half a header", fault("half_header"), unknown },
    { "is unknown after half a header and a reset", fault("half_header", { reset = true }), unknown },
    { "is unknown when the answer takes too long, though the task was made",
      fault("delay", { seconds = 5 }), unknown_made },
    { "is unknown when no answer comes", fault("hang"), unknown },
    { "is unknown when the answer stops half-way", fault("stall"), unknown_made },
    { "is unknown after bytes that are no HTTP", fault("raw", { body = "what\r\n\r\n" }), unknown },
  })

  it("that is unknown is sent again only where the user asked for it", function()
    local result, err, stats = against.run(fault("reset_after"), { on_unknown = "resubmit" })
    assert.is_nil(err)
    assert.is_truthy(result.task_id)
    assert.same({ 2, 2 }, { stats.submits.received, stats.tasks.made })
    assert.equal(1, stats.submits.duplicates)
  end)

  for name, second in pairs {
    ["a refusal"] = fault("code", { code = "1007" }),
    ["no place"] = fault("code", { code = "421", times = -1 }),
  } do
    it("that is sent again as told stays unknown where the second one ends with " .. name, function()
      local result, err, stats = against.run({ fault("reset_after"), second },
        { on_unknown = "resubmit", wait_timeout = 4 })
      assert.is_nil(result)
      assert.same({ "unknown_outcome", "maybe" }, { err.kind, err.spent })
      assert.is_nil(err.message:find("nothing was submitted", 1, true))
      assert.equal(1, stats.tasks.made)
    end)
  end

  it("that is unknown is not sent again once it was cancelled or the client is stopping", function()
    for _, stop in ipairs { function(task) task:cancel() end, function(task) task.hub:shutdown() end } do
      local server = against.sandbox()
      server:fault(fault("hang"))
      local hub <close> = against.client { on_unknown = "resubmit", submit_timeout = 0.5 }
      local task = assert(hub:submit(against.model, against.params()))
      repeat require("rhub").sleep(0.01) until server:stats().submits.received == 1
      stop(task)
      local result, err = task:wait()
      assert.is_nil(result)
      assert.same({ "unknown_outcome", "maybe" }, { err.kind, err.spent })
      assert.equal(1, server:stats().submits.received)
    end
  end)

  it("that was forgotten on the wire is let finish, also by closing and by collecting the client", function()
    for _, leave in ipairs { function(hub) hub:close() end, function() end } do
      local server = against.sandbox()
      server:fault(fault("delay", { seconds = 0.5 }))
      local said = {}
      do
        local hub = against.client { log = "warn", submit_timeout = 10 }
        hub.log = function(_, _, text) said[#said + 1] = text end
        local task = assert(hub:submit(against.model, against.params()))
        repeat require("rhub").sleep(0.01) until server:stats().submits.received == 1
        task:forget()
        assert.same({ "cancelled", "maybe" }, { task.err.kind, task.err.spent })
        leave(hub)
      end
      collectgarbage()
      collectgarbage()
      for _ = 1, 200 do
        if #said > 0 then break end
        require("rhub").sleep(0.01)
      end
      assert.is_truthy(table.concat(said):find("rhub task " .. server:stats().tasks.ids[1], 1, true), said[1])
    end
  end)

  it("shows no key where the service quotes it", function()
    local quoted = { errorCode = "1002", errorMessage = "no such key: " .. against.key .. "!" }
    local _, err = against.run(fault("status", { status = 401, json = quoted }))
    assert.equal("auth", err.kind)
    assert.is_truthy(err.message:find("no such key: ***", 1, true))
    assert.is_nil(err.message:find(against.key, 1, true))
  end)

  it("is sent to a port where nobody listens no more than four times, and costs nothing", function()
    local server = against.sandbox()
    local hub <close> = against.client { base_url = "http://127.0.0.1:1" }
    local result, err = hub:run(against.model, against.params())
    assert.is_nil(result)
    assert.same({ "network", "no", true }, { err.kind, err.spent, err.retryable })
    assert.equal(0, server:stats().submits.received)
  end)

  it("that waits for a place gives up after wait_timeout, and costs nothing", function()
    local full = fault("code", { code = "421", times = -1 })
    local result, err, stats = against.run(full, { wait_timeout = 0.4 })
    assert.is_nil(result)
    assert.same({ "busy", "no" }, { err.kind, err.spent })
    assert.equal(0, stats.tasks.made)
  end)

  it("shows its id before the waiting starts", function()
    local server = against.sandbox()
    server:fault(fault("task", { seconds = 60 }))
    local hub <close> = against.client()
    local task = assert(hub:submit(against.model, against.params()))
    repeat require("rhub").sleep(0.01) until task.id
    assert.equal(server:stats().tasks.ids[1], task.id)
    assert.equal(against.model, server:task(task.id).endpoint)
    task:forget()
  end)
end)
