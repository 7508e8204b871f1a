-- The binding on the real engine: first what needs no network, then against a sandbox.
local core = require "rhub.core"
local json = require "rhub.json"

local KEY = "0123456789abcdef0123456789abcdef"
local NOWHERE = "http://127.0.0.1:1"

local function open(options)
  local own = { api_key = KEY, base_url = NOWHERE, log = "none", concurrency = 4 }
  for name, value in pairs(options or {}) do own[name] = value end
  return assert(core.client(own))
end

local function refusal(handle, err)
  assert.is_nil(handle)
  assert.are.equal("no", err.spent)
  assert.is_false(err.retryable)
  return err.message, err.kind
end

local function raised(f, ...)
  local ok, err = pcall(f, ...)
  assert.is_false(ok)
  return err
end

-- Steps until `stop` says so; returns events as lists.
local function drive(handle, stop)
  local events = {}
  repeat
    local more = handle:step(-1)
    while true do
      local event = table.pack(handle:next())
      if event.n == 0 then break end
      events[#events + 1] = event
    end
  until not more or stop and stop(events)
  return events
end

-- Runs until everything has ended; returns the value or the error of `ticket`.
local function finish(handle, ticket)
  for _, event in ipairs(drive(handle)) do
    if event[1] == "end" and event[2] == ticket then return event[4], event[3] end
  end
  error("ticket " .. ticket .. " did not end")
end

describe("options", function()
  local function message(options)
    local text, kind = refusal(core.client(options))
    assert.are.equal("input", kind)
    return text
  end

  it("that are unknown are refused with the nearest spelling", function()
    local meant = 'option "%s" is unknown: did you mean "%s"?'
    assert.are.equal(meant:format("concurency", "concurrency"), message { concurency = 5 })
    assert.are.equal(meant:format("tiemout", "timeout"), message { tiemout = 5 })
    assert.are.equal(meant:format("poll.frist", "poll.first"), message { poll = { frist = 1 } })
    local all = '^option "nonsense" is unknown: there are allow_unknown_price, api_key, '
    assert.matches(all, message { nonsense = 1 })
    local none = 'option "poll.x" is unknown: there are first, max, min, rate, told'
    assert.are.equal(none, message { poll = { x = 1 } })
    assert.are.equal("options have names, got a number", message { "ai" })
    assert.is_true(#message { [("x"):rep(1000)] = 1 } < 400)
  end)

  it("of the wrong type are refused", function()
    local wrong = {
      [{ concurrency = "5" }] = 'option "concurrency": a whole number from 1 to 1000000 expected, got "5"',
      [{ timeout = true }] = 'option "timeout": a number of seconds above 0 expected, got boolean',
      [{ poll = 5 }] = 'option "poll": a table expected, got 5',
      [{ log = "loud" }] = 'option "log": "none", "warn", "info" or "debug" expected, got "loud"',
      [{ on_unknown = true }] = 'option "on_unknown": "hold" or "resubmit" expected, got boolean',
      [{ site = 5 }] = 'option "site": text expected, got a number',
      [{ budget = true }] = 'option "budget": an amount such as 50 or "12.50" expected, got boolean',
      [{ allow_unknown_price = 1 }] = 'option "allow_unknown_price": true or false expected, got 1',
    }
    for options, text in pairs(wrong) do assert.are.equal(text, message(options)) end
    assert.has_error(function() core.client("ai") end)
  end)

  it("out of range are refused", function()
    for _, n in ipairs { 0, -1, 1.5, 2 ^ 53, math.huge, 0 / 0 } do
      assert.matches('^option "connections": a whole number', message { connections = n })
    end
    for _, n in ipairs { 0, -1, math.huge, -math.huge, 0 / 0 } do
      assert.matches('^option "submit_timeout": a number of seconds above 0', message { submit_timeout = n })
      assert.matches('^option "submit_rate": a number above 0', message { submit_rate = n })
      assert.matches('^option "poll.rate": a number above 0', message { poll = { rate = n } })
    end
  end)

  it("that are amounts are numbers or plain text", function()
    for _, amount in ipairs { 0 / 0, -1, -0.01, math.huge, 1e15 } do
      assert.matches('^option "budget": an amount such as', message { budget = amount })
    end
    for _, amount in ipairs { "", "-1", "1e3", "5 CNY", "1,5", "nan", ("9"):rep(18) } do
      assert.are.equal('the budget "' .. amount .. '" is no amount: give a plain decimal such as 12.50',
        message { api_key = KEY, base_url = NOWHERE, budget = amount })
    end
    local taken = { [50] = "50.00", [0.1] = "0.10", [0.35] = "0.35", [2.0] = "2.00", [0] = "0.00",
      [0.1 + 0.2] = "0.30", [1e-4] = "0.0001", [1e-5] = "0.00", [123456789012.25] = "123456789012.25",
      [1e14] = "100000000000000.00", ["12.5"] = "12.50", ["0.0350"] = "0.035" }
    for given, text in pairs(taken) do
      local handle <close> = open { site = "cn", budget = given }
      assert.are.equal(text, handle:money().budget)
    end
  end)

  it("with a budget need a currency", function()
    local text, kind = refusal(core.client { api_key = KEY, base_url = NOWHERE, budget = 50 })
    assert.are.equal("config", kind)
    assert.matches(NOWHERE .. " is neither site's address: give the site", text, 1, true)
  end)

  it("are all taken where they are right", function()
    open {
      budget = "50", allow_unknown_price = true,
      site = "cn", timeout = 60, wait_timeout = 1.5, submit_timeout = 1, request_timeout = 2,
      connect_timeout = 3, submit_rate = 2.5,
      busy_first = 0.1, busy_max = 1, connections = 4.0, concurrency = 2, log = "debug",
      on_unknown = "resubmit", proxy = "", poll = { first = 0.1, min = 0.1, max = 1, rate = 100 },
    }:close()
  end)

  it("never show a key", function()
    for _, key in ipairs { KEY .. "\0", KEY .. "\n", KEY .. " x", 123456789 } do
      local text = refusal(core.client { api_key = key, base_url = NOWHERE })
      assert.is_nil(text:find("12345", 1, true))
    end
    local handle <close> = open()
    assert.is_nil(tostring(handle):find(KEY, 1, true))
    assert.are.equal(KEY:sub(-4), handle:describe().key_hint)
  end)
end)

describe("a handle", function()
  it("describes itself", function()
    local handle <close> = open()
    local d = handle:describe()
    assert.are.equal(NOWHERE, d.base_url)
    assert.are.equal("option", d.key_source)
    assert.is_false(d.sealed)
    assert.is_nil(d.site)
  end)

  it("counts what is under way", function()
    local handle <close> = open { concurrency = 7 }
    local stats = handle:stats()
    assert.are.same({ 0, 0, 0, 0, 0, 0 }, { stats.waiting, stats.uploading, stats.submitting, stats.running,
      stats.transfers, stats.submits })
    assert.are.equal(7, stats.limit)
  end)

  it("tells what its tasks have cost", function()
    local handle <close> = open()
    assert.are.same({ spent = "0.00", unconfirmed = "0.00", reserved = "0.00", held = "0.00", coins = "0",
      charged = 0, untold = 0, unknown = 0 }, handle:money())
    local kept <close> = open { site = "ai", budget = 7 }
    assert.are.same({ "USD", "7.00" }, { kept:money().currency, kept:money().budget })
  end)

  it("is one descriptor, and asks for nothing where nothing is under way", function()
    local handle <close> = open()
    assert.are.equal("integer", math.type(handle:fd()))
    assert.is_true(handle:step())
    assert.is_nil(handle:timeout())
    assert.is_true(handle:step(0.001))
    assert.is_false(handle:step(-1))
    assert.are.equal(0, select("#", handle:next()))
    assert.has_error(function() handle:step(0 / 0) end)
    assert.has_error(function() handle:step("soon") end)
  end)

  it("can be woken beforehand", function()
    local handle <close> = open()
    handle:wakeup()
    assert.is_true(handle:step(60))
  end)

  it("raises once it is closed, whatever is asked, and closes again in peace", function()
    local handle = open()
    handle:close()
    handle:close()
    for name, method in pairs(getmetatable(handle).__index) do
      if name ~= "close" then assert.are.equal("client is closed", raised(method, handle)) end
    end
    collectgarbage()
  end)

  it("does not take another object for itself", function()
    local handle <close> = open()
    assert.matches("rhub.core.client expected", raised(handle.fd, io.stdout))
    assert.matches("rhub.core.client expected", raised(handle.close))
    assert.matches("rhub.core.client expected", raised(getmetatable(handle).__gc, {}))
  end)

  it("is closed at the end of its block, also where an error ends it", function()
    local kept
    assert.are.equal("unwound", raised(function()
      local handle <close> = open()
      kept = handle
      error("unwound", 0)
    end))
    assert.are.equal("client is closed", raised(kept.fd, kept))
  end)
end)

describe("what cannot be right", function()
  local handle

  before_each(function() handle = open() end)
  after_each(function() handle:close() end)

  it("is refused before anything is sent", function()
    for _, params in ipairs { "[]", "5", "{", "", "\0", "{}x" } do
      local _, kind = refusal(handle:submit("test/image", params))
      assert.are.equal("input", kind)
    end
    for _, endpoint in ipairs { "", "/", "a\nb", "a/../b", "a?b", "test/im\0age" } do
      local _, kind = refusal(handle:submit(endpoint, "{}"))
      assert.are.equal("input", kind)
    end
    assert.are.equal(0, handle:stats().submits)
    assert.is_false(handle:step(-1))
  end)

  it("is a price that is no amount", function()
    for _, price in ipairs { "", "free", "-1", "1e3", -1, 0 / 0, math.huge } do
      local text, kind = refusal(handle:submit("test/image", "{}", nil, nil, nil, price))
      assert.are.equal("input", kind)
      assert.matches("no amount", text, 1, true)
    end
    assert.matches("NUL", (refusal(handle:submit("m", "{}", nil, nil, nil, "1\0"))), 1, true)
    assert.matches("NUL", (refusal(handle:submit("m", "{}", nil, nil, nil, 1, "CNY\0"))), 1, true)
  end)

  it("is a file that is missing, a folder, or named with a NUL", function()
    for _, path in ipairs { "/no/such/file", "/tmp", "/dev/null" } do
      local text, kind = refusal(handle:submit("test/image", '{"a":1}', { "/a", path }))
      assert.are.equal("input", kind)
      assert.matches(path, text, 1, true)
      assert.matches(path, (refusal(handle:upload(path))), 1, true)
    end
    local function nul(what, ...) assert.are.equal(what .. ' holds a NUL byte: "x"', (refusal(...))) end
    nul("a path", handle:submit("m", "{}", { "/a", "x\0b" }))
    nul("a parameter's name", handle:submit("m", "{}", { "x\0", "a" }))
    nul("the path", handle:upload("x\0b"))
    nul("dir", handle:save { text = "\0", dir = "x\0", stem = "s" })
    nul("path", handle:call { path = "x\0" })
    nul("path", handle:submit("m", "{}", nil, nil, nil, nil, nil, { path = "x\0" }))
    nul("the task id", handle:attach("x\0"))
  end)

  it("raises where it is the caller's mistake", function()
    assert.has_error(function() handle:submit("m", {}) end)
    assert.has_error(function() handle:submit(nil, "{}") end)
    assert.has_error(function() handle:submit("m", "{}", { "/a" }) end)
    assert.has_error(function() handle:submit("m", "{}", { "/a", 5 }) end)
    assert.has_error(function() handle:submit("m", "{}", nil, 0 / 0) end)
    assert.has_error(function() handle:submit("m", "{}", nil, nil, {}) end)
    assert.matches("an amount expected", raised(handle.submit, handle, "m", "{}", nil, nil, nil, true))
    assert.has_error(function() handle:submit("m", "{}", nil, nil, nil, "1", {}) end)
    assert.are.equal("unknown field 'urll'", raised(handle.save, handle, { urll = "x" }))
    assert.are.equal("field 'dir': text expected", raised(handle.save, handle, { text = "x", dir = 5 }))
    local key = "field 'key': 'header', 'apiKey', 'apikey', 'bare' or 'none' expected, got '%s'"
    assert.are.equal(key:format("y"), raised(handle.call, handle, { path = "/x", key = "y" }))
    assert.are.equal(key:format("number"), raised(handle.call, handle, { path = "/x", key = 5 }))
    local once = { path = "/x", once = 1 }
    assert.are.equal("field 'once': true or false expected", raised(handle.call, handle, once))
    for _, limit in ipairs { 0, -1, 1.5, 2 ^ 40, "5" } do
      local call = { path = "/x", limit = limit }
      assert.matches("field 'limit': a whole number", raised(handle.call, handle, call), 1, true)
    end
    local function more(fields)
      return raised(handle.submit, handle, "m", "{}", nil, nil, nil, nil, nil, fields)
    end
    assert.are.equal("unknown field 'pathh'", more { pathh = "/x" })
    assert.are.equal(key:format("z"), more { key = "z" })
    assert.are.equal("field 'told': true or false expected", more { told = 1 })
    for _, seconds in ipairs { -1, 0 / 0, math.huge, "5" } do
      assert.are.equal("field 'unknown_wait': a number of seconds expected", more { unknown_wait = seconds })
    end
    assert.are.equal("rhub_submit: a task's key goes in the header or as apiKey", more { key = "none" })
    assert.are.equal("field 'path': text expected", raised(handle.call, handle, {}))
  end)

  it("is a ticket that was never given, or that has ended", function()
    local stale = "ticket 12345 has ended or was never given"
    for _, method in ipairs { "peek", "forget", "cancel" } do
      assert.are.equal(stale, raised(handle[method], handle, 12345))
      for _, ticket in ipairs { 0, -1, 1.5, "x" } do
        assert.matches("bad argument", raised(handle[method], handle, ticket))
      end
    end
    local ticket = assert(handle:call { path = "/x" })
    assert.is_true(handle:forget(ticket))
    for _, method in ipairs { "peek", "forget", "cancel" } do
      assert.matches("has ended or was never given", raised(handle[method], handle, ticket))
    end
  end)

  it("is a submit after the shutdown, which costs nothing", function()
    handle:shutdown()
    local _, err = handle:submit("test/image", "{}")
    assert.are.same({ "cancelled", "no" }, { err.kind, err.spent })
  end)
end)

describe("tickets", function()
  it("end at a step, never at once", function()
    local handle <close> = open()
    local ticket = assert(handle:submit("test/image", "{}"))
    assert.are.equal("integer", math.type(ticket))
    assert.are_not.equal("ended", (handle:peek(ticket)))
    assert.are_not.equal("end", (handle:next()))
    handle:shutdown()
    local _, err = finish(handle, ticket)
    assert.are.same({ "cancelled", "no" }, { err.kind, err.spent })
  end)

  it("are never given twice", function()
    local handle <close> = open()
    local seen = {}
    for _ = 1, 100 do
      local ticket = assert(handle:call { path = "/x" })
      assert.is_nil(seen[ticket])
      seen[ticket] = true
      handle:forget(ticket)
    end
  end)
end)

describe("sealing", function()
  it("is for loopback only", function()
    local addresses = { "https://www.runninghub.ai", "http://example.com", "", "http://127.0.0.1\0" }
    for _, address in ipairs(addresses) do
      local ok, err = core.seal(address)
      assert.is_nil(ok)
      assert.are.equal("input", err.kind)
    end
  end)
end)

describe("the module", function()
  it("tells its version and its libraries", function()
    assert.matches("^%d+%.%d+%.%d+$", core.version)
    assert.matches("libcurl", core.libraries(), 1, true)
  end)

  it("makes digests of texts and files", function()
    local abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    local path = os.tmpname()
    local file <close> = assert(io.open(path, "w"))
    file:write "abc"
    file:flush()
    assert.equal(abc, core.sha256 "abc")
    assert.same({ abc, 3 }, { core.sha256_file(path) })
    os.remove(path)
    local digest, err = core.sha256_file(path)
    assert.same({ nil, "io" }, { digest, err.kind })
    assert.matches(path, err.message, 1, true)
  end)
end)

describe("against a sandbox", function()
  local sandbox, files, box, folder

  setup(function()
    sandbox, files = require "support.sandbox", require "support.files"
    box, folder = sandbox.start { "--speed", "50" }, files.folder()
  end)
  teardown(function()
    box:stop()
    os.execute("rm -rf " .. folder.path)
  end)
  before_each(function() box:reset() end)

  local function connect(options)
    local own = { base_url = box.url, poll = { first = 0.02, min = 0.02, max = 0.05, rate = 1000 } }
    for name, value in pairs(options or {}) do own[name] = value end
    return open(own)
  end

  it("a task tells its states with its id and ends with its outputs", function()
    local handle <close> = connect()
    local ticket = assert(handle:submit("test/image", '{"seed":9007199254740993}'))
    local events = drive(handle)
    local states = {}
    for i = 1, #events - 1 do
      assert.are.same({ "state", ticket, 4 }, { events[i][1], events[i][2], events[i].n })
      states[#states + 1] = events[i][3]
    end
    local last = events[#events]
    assert.are.same({ "end", ticket, 4 }, { last[1], last[2], last.n })
    assert.is_nil(last[3])
    local value = last[4]
    assert.matches("^%d+$", value.task_id)
    assert.are.equal("test/image", value.model)
    assert.matches("^http://", value.outputs[1].url)
    assert.are.equal("png", value.outputs[1].type)
    assert.are.equal("float", math.type(value.seconds))
    assert.are.equal(value.task_id, json.decode(value.raw).taskId)
    assert.are.equal("submitting", states[1])
    assert.are.equal(value.task_id, events[#events - 1][4])
    assert.are.equal('{"seed":9007199254740993}', box:task(value.task_id).body)
    assert.are.equal(1, box:stats().submits.received)
  end)

  it("a failed task ends with an error table", function()
    local handle <close> = connect()
    box:fault { route = "submit", ["do"] = "code", code = "1501" }
    local _, err = finish(handle, (assert(handle:submit("test/image", "{}"))))
    assert.are.equal("1501", err.code)
    assert.are.equal("string", type(err.message))
    assert.is_nil(getmetatable(err))
  end)

  it("a price is reserved, and what does not fit is not sent", function()
    local handle <close> = connect { site = "cn", budget = 5 }
    local fits = assert(handle:submit("test/image", "{}", nil, nil, nil, 4.2))
    local over = assert(handle:submit("test/image", "{}", nil, nil, nil, "4.20", "CNY"))
    local ends = {}
    for _, event in ipairs(drive(handle)) do
      if event[1] == "end" then ends[event[2]] = event[3] or true end
    end
    assert.is_true(ends[fits])
    assert.are.same({ "budget", "no", false }, { ends[over].kind, ends[over].spent, ends[over].retryable })
    assert.are.equal(1, box:stats().submits.received)
    local money = handle:money()
    assert.are.equal("0.00", money.reserved)
    assert.are.equal(1, money.charged + money.untold)
  end)

  it("a price in another currency is asked of the service", function()
    local handle <close> = connect { site = "cn", budget = 50, allow_unknown_price = true }
    assert(finish(handle, (assert(handle:submit("test/image", "{}", nil, nil, nil, 60, "USD")))))
    assert.are.equal(1, box:stats().submits.received)
  end)

  it("a local file among the parameters is uploaded and put in its place", function()
    local handle <close> = connect()
    local path = folder:put("still.png", "png")
    local media = { "/image", path, "/n/1", path }
    local ticket = assert(handle:submit("test/image", '{"image":"x","n":[1,"y"]}', media))
    local value = assert(finish(handle, ticket))
    local params = box:task(value.task_id).params
    assert.matches("^http://", params.image)
    assert.are.same({ 1, params.image }, params.n)
    assert.are.equal(1, box:stats().uploads.count)
  end)

  it("an upload, a save and a call end with what they made", function()
    local handle <close> = connect()
    local path = folder:put("one.png", "png")
    local up = assert(finish(handle, (assert(handle:upload(path)))))
    assert.are.same({ 16, false }, { up.bytes, up.reused })
    assert.matches("^http://", up.url)
    assert.is_true(assert(finish(handle, (assert(handle:upload(path))))).reused)
    local text = "a\0b"
    local save = assert(handle:save { text = text, dir = folder.path, stem = "note" })
    local saved = assert(finish(handle, save))
    assert.are.same({ folder.path .. "/note.txt", 3, false }, { saved.path, saved.bytes, saved.reused })
    local file <close> = assert(io.open(saved.path, "rb"))
    assert.are.equal(text, file:read("a"))
    local call = handle:call { path = "/uc/openapi/accountStatus", body = "{}", key = "apikey" }
    assert.is_table(json.decode((assert(finish(handle, call)))))
  end)

  it("a task is attached to, peeked at and cancelled", function()
    local handle <close> = connect()
    box:fault { route = "submit", ["do"] = "task", seconds = 1000 }
    local first = assert(handle:submit("test/video", "{}"))
    drive(handle, function() return handle:peek(first) == "queued" or handle:peek(first) == "running" end)
    local state, elapsed, usual, done, total, id = handle:peek(first)
    assert.is_true(state == "queued" or state == "running")
    assert.is_true(elapsed >= 0)
    assert.are.same({ 0, 0, 0 }, { usual, done, total })
    local second = assert(handle:attach(id, "test/video"))
    assert.is_true(handle:cancel(first))
    local ended = {}
    for _, event in ipairs(drive(handle)) do
      if event[1] == "end" then ended[event[2]] = event[3].kind .. " " .. event[3].task_id end
    end
    assert.are.same({ [first] = "cancelled " .. id, [second] = "cancelled " .. id }, ended)
  end)

  it("a workflow goes to its path, with the key and the names of its files", function()
    local handle <close> = connect()
    local path = folder:put("frame.png", "png")
    local params = json.encode { workflowId = "1910246754753896450", nodeInfoList = {
      { nodeId = "10", fieldName = "image", fieldValue = "" } } }
    local more = { path = "/task/openapi/create", key = "apiKey", node_files = true }
    local media = { "/nodeInfoList/0/fieldValue", path }
    local ticket = handle:submit("workflow/1910246754753896450", params, media, nil, nil, nil, nil, more)
    local value = assert(finish(handle, (assert(ticket))))
    assert.are.equal("workflow/1910246754753896450", value.model)
    local stats = box:stats()
    assert.are.equal(1, stats.submits.received)
    local sent = json.decode((next(stats.submits.bodies):gsub("^%S+ ", "")))
    assert.matches("^api/%x+%.png$", sent.nodeInfoList[1].fieldValue)
  end)

  it("the key in a path is shown by nobody", function()
    local handle <close> = connect { log = "debug" }
    local call = handle:call { path = "/proxy/{key}/queue", key = "none", raw = true }
    local shown
    for _, event in ipairs(drive(handle)) do
      if event[1] == "log" then shown = event[3] end
      if event[2] == call then assert.is_table(json.decode(event[4])) end
    end
    assert.matches("/proxy/{key}/queue 200", shown, 1, true)
  end)

  it("a task that is told of is asked for at once", function()
    local handle <close> = connect { poll = { min = 0.02, max = 0.05, rate = 1000, told = 1000 } }
    local more = { told = true, unknown_wait = 5 }
    local ticket = assert(handle:submit("test/image", "{}", nil, nil, nil, nil, nil, more))
    drive(handle, function() return select(6, handle:peek(ticket)) end)
    local id = select(6, handle:peek(ticket))
    assert.is_true(handle:tell(ticket, "1"))
    local ok, err = handle:tell(ticket, "no id")
    assert.are.same({ nil, "input" }, { ok, err.kind })
    assert.is_true(handle:tell(ticket, id))
    assert.are.equal(id, assert(finish(handle, ticket)).task_id)
    assert.is_false(handle:tell(ticket, id))
  end)

  it("the log comes as events", function()
    local handle <close> = connect { log = "debug" }
    local levels = {}
    handle:submit("test/image", "{}")
    for _, event in ipairs(drive(handle)) do
      if event[1] == "log" then
        levels[event[2]] = true
        assert.is_nil(event[3]:find(KEY, 1, true))
        assert.is_nil(event[3]:find("\n", 1, true))
      end
    end
    assert.is_true(levels.debug)
  end)

  it("a handle is closed or collected with fifty tasks in flight", function()
    for _, way in ipairs { "close", "collect", "leave" } do
      local handle = connect { concurrency = 50 }
      for _ = 1, 50 do assert(handle:submit("test/video", "{}")) end
      drive(handle, function() return handle:stats().running >= 10 end)
      if way == "close" then handle:close() end
      if way == "leave" then
        handle:shutdown(true)
        local ends = 0
        for _, event in ipairs(drive(handle)) do
          if event[1] == "end" then
            ends = ends + 1
            assert.is_true(event[3].kind == "cancelled" or event[3].kind == "unknown_outcome")
          end
        end
        assert.is_true(ends > 0)
      end
      handle = nil -- luacheck: ignore 311
      collectgarbage()
      collectgarbage()
      box:reset()
    end
  end)
end)
