-- rhub listen and rhub webhook, as people use them.
local json = require "rhub.json"
local program = require "support.program"
local sandboxes = require "support.sandbox"
local sys = require "rhub.sys"
local wire = require "support.wire"

local PICTURE = "rhart-image-v1/text-to-image"
local UNKNOWN = "2013508786110730241"

local box, run

local function contains(text, part)
  assert(text:find(part, 1, true), ("%q is not in %q"):format(part, text))
end

-- A task, waited for.
local function picture(...)
  local got = run("run", PICTURE, "prompt=a cat", "aspectRatio=1:1", "--json", ...)
  assert.equal(0, got.code)
  return json.decode(got.out)
end

-- ---- rhub listen, in the background ----

local started = {} -- those that a spec which fails leaves behind are ended after it

local Listening = {}
Listening.__index = Listening

-- Starts it; with --json it says first where it listens.
local function listen(...)
  local command = ("cd %s && exec %s 2>listen.err"):format(program.quote(run.folder),
    run:words("listen", "--json", ...))
  local self = setmetatable({ child = assert(sys.spawn { "sh", "-c", command }) }, Listening)
  started[#started + 1] = self
  local first = self:event()
  self.at, self.url = first.listening, first.url
  return self
end

function Listening:event()
  return assert(json.decode(assert(sys.readline(self.child.stdout, 30))))
end

-- Ctrl-C. Returns what it exits with and what it still had to say.
function Listening:stop()
  self.stopped = true
  assert(sys.kill(self.child.pid, "INT"))
  local lines = {}
  for line in function() return (sys.readline(self.child.stdout, 30)) end do lines[#lines + 1] = line end
  sys.close(self.child.stdin)
  sys.close(self.child.stdout)
  return sys.wait(self.child.pid, 30), lines, run:read "listen.err"
end

-- A call as the service makes it.
function Listening:post(body, path)
  local port = math.tointeger(self.at:match(":(%d+)$"))
  path = path or self.url:match("^http://[^/]+(.*)$")
  return wire.talk(port, wire.request("POST", path, { ["Content-Type"] = "application/json" }, body)).status
end

setup(function()
  box = sandboxes.start { "--speed", "100" }
  run = program.new(box)
end)
before_each(function() box:reset() end)
after_each(function()
  for _, one in ipairs(started) do
    if not one.stopped then one:stop() end
  end
  started = {}
end)
teardown(function()
  run:remove()
  box:stop()
end)

describe("rhub listen", function()
  it("prints what has ended, once it has asked, as lines of JSON", function()
    local it_listens = listen()
    contains(it_listens.at, "http://127.0.0.1:")
    assert.truthy(it_listens.url:find("^" .. it_listens.at:gsub("%p", "%%%0") .. "/rhub/%x+$"))
    local task = picture("webhookUrl=" .. it_listens.url)
    local event = it_listens:event()
    assert.same({ "TASK_END", task.task_id, "done", nil }, { event.event, event.task_id, event.status,
      event.error })
    assert.equal(task.outputs[1].url, event.outputs[1].url)
    assert.equal(task.cost.amount, event.cost.amount)
    assert.same({ task.task_id, "SUCCESS" }, { event.raw.taskId, event.raw.eventData.status })
    box:fault { ["do"] = "task", ["end"] = "FAILED", code = "1501" }
    local failed = run("run", PICTURE, "prompt=a dog", "aspectRatio=1:1", "webhookUrl=" .. it_listens.url)
    assert.equal(1, failed.code)
    event = it_listens:event()
    assert.same({ "failed", "failed", "1501", 0 }, { event.status, event.error.kind, event.error.code,
      #event.outputs })
    local code, lines = it_listens:stop()
    assert.same({ 130, { '{"events":2}' } }, { code, lines })
  end)

  it("believes nobody", function()
    local it_listens = listen()
    local task = picture()
    assert.equal(404, it_listens:post(json.encode { taskId = task.task_id }, "/rhub/" .. ("0"):rep(32)))
    assert.equal(200, it_listens:post(json.encode { event = "TASK_END", taskId = UNKNOWN,
      eventData = { status = "SUCCESS", results = { { url = "http://192.0.2.1/x.png" } } } }))
    local event = it_listens:event()
    assert.same({ UNKNOWN, "gone", "gone", 0 }, { event.task_id, event.status, event.error.kind,
      #event.outputs })
    assert.equal(200, it_listens:post "{}")
    assert.equal(400, it_listens:post("taskId" .. task.task_id))
    local code, lines, err = it_listens:stop()
    assert.same({ 130, { '{"events":1}' } }, { code, lines })
    contains(err, "refused (404)")
    contains(err, "a call has come that names no task")
  end)

  it("hands each event to a function, with the result, and goes on when that fails", function()
    run:put("handler.lua", [[
      local n = 0
      return function(event, hub)
        n = n + 1
        if n == 2 then error("what now") end
        if n == 3 then assert(hub:webhook("1")) end
        local paths = assert(event.result:save("got/"))
        local file <close> = io.open("seen", "a")
        file:write(event.task_id, " ", paths[1], " ", hub:describe().key_hint, "\n")
      end]])
    local it_listens = listen("--handler", "handler.lua")
    local tasks = {}
    for i = 1, 4 do
      tasks[i] = picture("webhookUrl=" .. it_listens.url).task_id
      assert.equal(tasks[i], it_listens:event().task_id)
    end
    local deadline = sys.now() + 30
    local function seen()
      local ok, text = pcall(run.read, run, "seen")
      return ok and text or ""
    end
    while not seen():find(tasks[4], 1, true) and sys.now() < deadline do sys.poll({}, 0.02) end
    local _, _, err = it_listens:stop()
    assert.equal(("%s got/%s-1.png cdef\n%s got/%s-1.png cdef\n"):format(tasks[1], tasks[1], tasks[4],
      tasks[4]), seen())
    contains(err, "the handler failed at task " .. tasks[2])
    contains(err, "what now")
    contains(err, ("the handler failed at task %s: gone: task 1:"):format(tasks[3]))
    assert.truthy(sys.stat(run.folder .. "/got/" .. tasks[1] .. "-1.png"))
  end)

  it("says where it listens and that nobody outside can reach it", function()
    local child = assert(sys.spawn { "sh", "-c", ("cd %s && exec %s 2>&1"):format(
      program.quote(run.folder), run:words("listen")) })
    local lines = {}
    for i = 1, 4 do lines[i] = assert(sys.readline(child.stdout, 30)) end
    assert(sys.kill(child.pid, "INT"))
    assert.equal(130, sys.wait(child.pid, 30))
    sys.close(child.stdin)
    sys.close(child.stdout)
    local text = table.concat(lines, "\n")
    contains(text, "rhub: listening on http://127.0.0.1:")
    contains(text, "webhookUrl: http://127.0.0.1:")
    contains(text, "RunningHub cannot reach this address")
    contains(text, "--public-url")
  end)

  it("tells the address from outside where there is one, and another word each time", function()
    local words = {}
    for i = 1, 2 do
      local it_listens = listen("--public-url", "https://hooks.example.com/in/")
      words[i] = it_listens.url:match("^https://hooks%.example%.com/in/rhub/(%x+)$")
      assert.equal(32, #words[i])
      it_listens:stop()
    end
    assert.not_equal(words[1], words[2])
  end)

  it("ends as other programs do when nobody reads what it prints", function()
    local it_listens = listen()
    it_listens.stopped = true
    sys.close(it_listens.child.stdout)
    it_listens:post(json.encode { taskId = UNKNOWN })
    assert.equal(141, sys.wait(it_listens.child.pid, 30))
    sys.close(it_listens.child.stdin)
  end)

  it("refuses what makes no sense before it listens", function()
    run:put("nothing.lua", "local x = 1")
    run:put("wrong.lua", "return function(")
    run:put("raises.lua", "error('not today')")
    for _, row in ipairs {
      { { "--port", "70000" }, "takes a port from 0 to 65535" },
      { { "--public-url", "hooks.example.com" }, "takes an address such as" },
      { { "--handler", "missing.lua" }, "--handler cannot open missing.lua" },
      { { "--handler", "nothing.lua" }, "it returns nothing, not a function" },
      { { "--handler", "wrong.lua" }, "wrong.lua:1:" },
      { { "--handler", "raises.lua" }, "not today" },
      { { "extra" }, "takes no words" },
      { { "--sandbox" }, "rhub sandbox" },
      { { "--tokn", "x" }, "is no option here" },
    } do
      local got = run("listen", table.unpack(row[1]))
      assert.same({ 2, "" }, { got.code, got.out })
      contains(got.err, row[2])
    end
    local got = run:with { env = { RUNNINGHUB_API_KEY = "" } }("listen")
    assert.equal(3, got.code)
  end)

  it("says so when the port is taken", function()
    local got = run("listen", "--port", box.port)
    assert.equal(1, got.code)
    contains(got.err, ("127.0.0.1:%d: Address already in use"):format(box.port))
  end)
end)

describe("rhub webhook", function()
  it("tells what was sent and what was answered", function()
    local it_listens = listen()
    local id = picture("webhookUrl=" .. it_listens.url).task_id
    it_listens:event()
    local got = run("webhook", id)
    assert.equal(0, got.code)
    contains(got.out, "url      " .. it_listens.url)
    contains(got.out, "status   SUCCESS\n")
    contains(got.out, "answer   ok\n")
    local answer = json.decode(run("webhook", id, "--json").out)
    assert.same({ id, "SUCCESS", 0, id, nil }, { answer.task_id, answer.status, answer.retries,
      answer.data.taskId, answer.resent })
    it_listens:stop()
  end)

  it("has it sent again, to another address too", function()
    local first, second = listen(), listen()
    local id = picture("webhookUrl=" .. first.url).task_id
    assert.equal(id, first:event().task_id)
    local got = run("webhook", id, "--resend")
    assert.equal(0, got.code)
    contains(got.out, "sending it again to " .. first.url)
    assert.equal(id, first:event().task_id)
    got = run("webhook", id, "--resend", second.url, "--json")
    assert.same({ 0, true }, { got.code, json.decode(got.out).resent })
    assert.equal(id, second:event().task_id)
    first:stop()
    second:stop()
    contains(run("webhook", id).out, "after 2 more tries")
  end)

  it("says that there is none", function()
    local id = picture().task_id
    local got = run("webhook", id)
    assert.same({ 1, "" }, { got.code, got.out })
    contains(got.err, id .. ": the service has sent no webhook for it")
    assert.equal("gone", json.decode(run("webhook", id, "--json").out).error.kind)
  end)

  it("refuses what makes no sense before it asks", function()
    for _, row in ipairs {
      { {}, "takes a task's id" },
      { { "x" }, "is no task id" },
      { { UNKNOWN, "http://127.0.0.1/" }, "add --resend" },
      { { UNKNOWN, "hooks", "--resend" }, "an http or https address" },
      { { UNKNOWN, "http://a", "b", "--resend" }, "one too many" },
    } do
      local got = run("webhook", table.unpack(row[1]))
      assert.same({ 2, "" }, { got.code, got.out })
      contains(got.err, row[2])
    end
    assert.is_nil(box:stats().requests.webhook)
  end)
end)

describe("examples/webhook.lua", function()
  it("runs as it stands", function()
    os.execute("cp examples/webhook.lua " .. program.quote(run.folder))
    local got = run("--sandbox", "webhook.lua")
    assert.equal(0, got.code, got.err)
    contains(got.out, "webhooks come to http://127.0.0.1:")
    contains(got.out, "curious\thttp://127.0.0.1:")
    contains(got.out, "webhook\tSUCCESS")
  end)
end)
