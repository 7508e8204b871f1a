-- The progress of workflows and apps by websocket, against the sandbox. Section 13 of the protocol: a hint,
-- and whatever becomes of it, the task's outcome is what queries say.
local against = require "support.against"
local fronts = require "support.front"
local json = require "rhub.json"
local observer = require "rhub.observer"
local program = require "support.program"
local rhub = require "rhub"
local socket = require "rhub.socket"
local sys = require "rhub.sys"

local DRAW, APP = "1904136902449209346", "1877265245566922753"
local NODES = 7 -- of that graph

local box
before_each(function() box = against.sandbox() end)
teardown(against.stop)

-- One run of the workflow that takes so long. Returns what was told, the result, its error and the counts.
local function watched(seconds, faults, more)
  box:fault { ["do"] = "task", seconds = seconds }
  if faults then box:fault(faults) end
  local hub <close> = against.client(more)
  local told = {}
  local task = assert(hub:workflow(DRAW):submit { ["6.text"] = os.tmpname() })
  task:on_progress(function(p) told[#told + 1] = p end)
  local result, err = task:wait()
  return told, result, err, box:stats()
end

describe("on_progress", function()
  it("tells the node, its title and step, and how much of the graph is done", function()
    local told, result, _, stats = watched(0.8)
    assert.is_truthy(result.url)
    assert.is_true(#told > 5)
    local titles, last = {}, { fraction = 0, done_nodes = 0 }
    for _, p in ipairs(told) do
      if p.title then titles[p.node] = p.title end
      assert.equal(NODES, p.total)
      assert.is_true(p.fraction >= last.fraction and p.fraction <= 1)
      assert.is_true(p.done_nodes >= last.done_nodes and p.done_nodes <= NODES)
      if p.step then
        assert.equal("3", p.node)
        assert.equal(20, p.steps)
        if last.step then assert.is_true(p.step >= last.step) end
      end
      last = p
    end
    assert.equal("KSampler", titles["3"])
    assert.same({ opened = 1, refused = 0, asked = 1 },
      { opened = stats.sockets.opened, refused = stats.sockets.refused, asked = stats.requests.outputs })
    assert.equal(1, stats.submits.received)
  end)

  it("tells nodes and steps of an app, whose graph nobody knows", function()
    box:fault { ["do"] = "task", seconds = 0.8 }
    local hub <close> = against.client()
    local told = {}
    local task = assert(hub:app(APP):submit {})
    assert.equal(task, task:on_progress(function(p) told[p.node] = p end))
    assert(task:wait())
    assert.is_truthy(told["37"])
    assert.same({}, { told["37"].title, told["37"].total, told["37"].fraction })
  end)

  it("tells of a task that is taken up again", function()
    box:fault { ["do"] = "task", seconds = 1 }
    local hub <close> = against.client()
    local first = assert(hub:workflow(DRAW):submit())
    while not first.id do rhub.sleep(0.01) end
    local told = {}
    local other <close> = against.client()
    local again = assert(other:task(first.id))
    again:on_progress(function(p) told[p.node] = p end)
    assert(again:wait())
    assert.equal(20, told["3"].steps)
  end)

  it("costs nothing where nobody asks for it, and nothing for a standard model", function()
    box:fault { ["do"] = "task", seconds = 0.3, times = 2 }
    local hub <close> = against.client()
    assert(hub:workflow(DRAW):run())
    local task = assert(hub:submit(against.model, against.params()))
    task:on_progress(function() error "never" end)
    assert(task:wait())
    local stats = box:stats()
    assert.same({ 0, nil }, { stats.sockets.opened, stats.requests.outputs })
  end)

  it("does nothing for a task that has ended, and takes functions only", function()
    local hub <close> = against.client()
    local task = assert(hub:workflow(DRAW):submit())
    assert.has_error(function() task:on_progress("no") end, "on_progress takes a function, not a string")
    assert(task:wait())
    task:on_progress(function() error "never" end)
    assert.is_nil(box:stats().requests.outputs)
  end)

  it("may wait in the function, which then gets the newest there is", function()
    box:fault { ["do"] = "task", seconds = 1 }
    local hub <close> = against.client()
    local task, told, at_once = assert(hub:workflow(DRAW):submit { ["6.text"] = "x" }), {}, 0
    task:on_progress(function(p)
      at_once = at_once + 1
      assert.equal(1, at_once)
      told[#told + 1] = p
      rhub.sleep(0.15)
      at_once = at_once - 1
    end)
    assert(task:wait())
    assert.is_true(#told >= 2 and #told <= 6, #told .. " calls")
    assert.is_true(told[#told].fraction > told[1].fraction)
  end)

  it("calls several functions, each with what there is", function()
    box:fault { ["do"] = "task", seconds = 0.6 }
    local hub <close> = against.client()
    local task, first, second = assert(hub:workflow(DRAW):submit()), 0, 0
    task:on_progress(function() first = first + 1 end):on_progress(function() second = second + 1 end)
    assert(task:wait())
    assert.is_true(first > 0 and first == second)
    assert.equal(1, box:stats().sockets.opened)
  end)

  it("ends with the task when that is cancelled or forgotten, and with the client", function()
    for _, ending in ipairs { "cancel", "forget", "close" } do
      box:reset()
      box:fault { ["do"] = "task", seconds = 3 }
      local hub <close> = against.client()
      local task, told = assert(hub:workflow(DRAW):submit()), 0
      task:on_progress(function() told = told + 1 end)
      while told == 0 do rhub.sleep(0.01) end
      if ending == "close" then hub:close() else task[ending](task) end
      if ending == "cancel" then task:wait() end
      local before = told
      while box:stats().sockets.closed == 0 do rhub.sleep(0.01) end
      rhub.sleep(0.05)
      assert.equal(before, told)
    end
  end)
end)

describe("a socket of progress that fails", function()
  -- Whatever happens to the socket, the task ends as it would have.
  for _, how in ipairs { "garbage", "utf8", "huge", "text", "odd", "silence", "close", "reset" } do
    it("does no harm: " .. how, function()
      local _, result, err, stats = watched(0.5, { ["do"] = "progress", how = how, times = -1 })
      assert.is_nil(err)
      assert.is_truthy(result.url)
      assert.equal(1, stats.submits.received)
      assert.is_true(stats.sockets.opened >= 1 and stats.sockets.opened <= 4)
    end)
  end

  for name, fault in pairs {
    ["refused"] = { ["do"] = "status", status = 403 },
    ["a redirect"] = { ["do"] = "redirect" },
    ["reset"] = { ["do"] = "reset" },
    ["bytes that are no HTTP"] = { ["do"] = "raw", body = "SSH-2.0\r\n\r\n" },
    ["no answer"] = { ["do"] = "hang" },
  } do
    it("does no harm before it opens: " .. name, function()
      fault.route, fault.times = "socket", -1
      local told, result, err, stats = watched(0.4, fault)
      assert.is_nil(err)
      assert.is_truthy(result.url)
      assert.same({}, told)
      assert.equal(0, stats.sockets.opened)
    end)
  end

  it("goes on with the messages after one that is not ComfyUI's", function()
    for _, how in ipairs { "text", "odd" } do
      local told, result = watched(0.6, { ["do"] = "progress", how = how })
      assert.is_truthy(result.url)
      assert.is_true(#told > 3)
      assert.equal(1, box:stats().sockets.opened)
      box:reset()
    end
  end)

  it("is opened again a few times, with an address that is asked for anew", function()
    local told, result, _, stats = watched(2.5, { ["do"] = "progress", how = "reset", after = 3, times = 1 })
    assert.is_truthy(result.url)
    assert.equal(2, stats.sockets.opened)
    assert.is_true(stats.requests.outputs >= 2) -- and once while it waited
    assert.is_true(told[#told].fraction > 0.7)
  end)

  it("is given up when it never works", function()
    local _, result, _, stats = watched(9, { ["do"] = "status", status = 403, route = "socket", times = -1 })
    assert.is_truthy(result.url)
    assert.equal(4, stats.requests.socket)
  end)

  for name, fault in pairs {
    ["an error"] = { ["do"] = "code", code = 807 },
    ["no JSON"] = { ["do"] = "html" },
    ["HTTP 500"] = { ["do"] = "status", status = 500 },
    ["an address elsewhere"] = { ["do"] = "body",
      json = { code = 804, data = { netWssUrl = "ws://10.0.0.1/" } } },
    ["a number for an address"] = { ["do"] = "body", json = { code = 804, data = { netWssUrl = 5 } } },
    ["a list for data"] = { ["do"] = "body", json = { code = 804, data = { 1, 2 } } },
    ["nothing"] = { ["do"] = "hang" },
  } do
    it("is not even tried where the address cannot be had: " .. name, function()
      fault.route, fault.times = "outputs", -1
      local told, result, err, stats = watched(0.4, fault)
      assert.is_nil(err)
      assert.is_truthy(result.url)
      assert.same({}, told)
      assert.is_nil(stats.requests.socket)
    end)
  end

  it("shows its secret in no line of the log", function()
    local lines = {}
    observer.current = { log = function(_, _, text) lines[#lines + 1] = text end }
    local _ <close> = setmetatable({}, { __close = function() observer.current = nil end })
    watched(0.5, { ["do"] = "progress", how = "garbage", times = -1 }, { log = "debug" })
    local text = table.concat(lines, "\n")
    assert.matches("no progress: the other side broke the protocol", text, 1, true)
    for _, secret in ipairs { "Rh-Comfy-Auth", "eyJ", "c_host", against.key } do
      assert.is_nil(text:find(secret, 1, true), secret)
    end
  end)
end)

describe("an error in the function", function()
  it("is told once, ends the calls, and not the task", function()
    local run <close> = setmetatable({}, { __close = function(self) self.run:remove() end })
    run.run = program.new(box)
    box:fault { ["do"] = "task", seconds = 0.6 }
    local got = run.run("-e", [[
      local hub <close> = require("rhub").client { poll = { first = 0.02, min = 0.02, max = 0.05 } }
      local task, calls = assert(hub:workflow("]] .. DRAW .. [["):submit()), 0
      task:on_progress(function()
        calls = calls + 1
        error "my own mistake"
      end)
      assert(task:wait())
      print(calls, task.status)]])
    assert.equal("1\tdone\n", got.out)
    local _, told = got.err:gsub("my own mistake", "")
    assert.is_true(told >= 1)
    assert.matches("a coroutine failed and nobody waited for it", got.err, 1, true)
    assert.equal(1, (select(2, got.err:gsub("nobody waited for it", ""))))
  end)

  it("does not come where rhub.socket is missing: the program goes on without a word", function()
    local run <close> = setmetatable({}, { __close = function(self) self.run:remove() end })
    run.run = program.new(box)
    box:fault { ["do"] = "task", seconds = 0.3 }
    local got = run.run("-q", "-e", [[
      package.preload["rhub.socket"] = function() error "not installed" end
      local hub <close> = require("rhub").client {}
      local task = assert(hub:workflow("]] .. DRAW .. [["):submit())
      task:on_progress(print)
      print(assert(task:wait()) and task.status)]])
    assert.same({ "done\n", "", 0 }, { got.out, got.err, got.code })
    assert.is_nil(box:stats().requests.outputs)
  end)
end)

describe("what is watched", function()
  it("keeps no program alive", function()
    local run <close> = setmetatable({}, { __close = function(self) self.run:remove() end })
    run.run = program.new(box)
    box:fault { ["do"] = "task", seconds = 4 }
    local got = run.run("-e", [[
      local hub = require("rhub").client { poll = { first = 0.02, min = 0.02, max = 0.05 } }
      local task, told = assert(hub:workflow("]] .. DRAW .. [["):submit()), {}
      task:on_progress(function() told.done = true end)
      while not told.done do require("rhub").sleep(0.01) end
      print "leaving"]])
    assert.equal("leaving\n", got.out)
    assert.equal(1, box:stats().tasks.running)
  end)
end)

describe("over TLS", function()
  local front
  setup(function() front = fronts.start(against.sandbox().url) end)
  teardown(function() front:stop() end)

  it("has a server that outlives who leaves while it writes: this file once waited for a dead one", function()
    assert(sys.kill(front.process.pid, "PIPE"))
    assert.equal(0, (front:stats()))
  end)

  it("comes by wss with an authority of our own", function()
    local told, result = watched(0.8, nil, { base_url = front:url "h1", ca_file = front.ca })
    assert.is_truthy(result.url)
    assert.is_true(#told > 3)
    assert.matches("HTTP/1.1 GET /ws/c_instance 101", front:served(), 1, true)
    assert.equal(1, box:stats().sockets.opened)
  end)

  -- What becomes of a connection whose answer does not matter: 403 is the sandbox's own.
  local function outcome(pool, address)
    assert(pool:connect(address))
    local deadline = sys.now() + 20
    repeat
      sys.poll({ pool:fd(), 1 }, pool:timeout() or 0.1)
      pool:step()
      local _, what, reason = pool:next()
      if what then return what, reason end
    until sys.now() > deadline
  end

  it("is refused with an authority that nobody named, a wrong name and an old certificate", function()
    local wrong <close> = assert(socket.pool { ca_file = front.other_ca })
    local right <close> = assert(socket.pool { ca_file = front.ca })
    local function address(name) return front:url(name):gsub("^http", "ws") .. "/ws/c_instance" end
    assert.matches("^no connection: .*certificate", (select(2, outcome(wrong, (address "h1")))))
    assert.matches("^no connection: .*certificate", (select(2, outcome(right, (address "expired")))))
    local elsewhere = address "h1":gsub("127%.0%.0%.1", "127.0.0.2")
    assert.equal("closed", (outcome(right, elsewhere)))
    assert.equal("the server answered 403", (select(2, outcome(right, (address "h1")))))
  end)

  it("goes through a proxy, and never to this machine through one", function()
    local before = select(2, front:stats())
    local pool <close> = assert(socket.pool { ca_file = front.ca, proxy = front.proxy })
    local _, reason = outcome(pool, "wss://api.rhub.test/ws/c_instance")
    assert.equal("the server answered 403", reason)
    assert.equal("the server answered 403",
      (select(2, outcome(pool, (front:url "h1":gsub("^http", "ws") .. "/ws/c_instance")))))
    local connects = select(2, front:stats()):sub(#before + 1)
    assert.matches("api.rhub.test", connects, 1, true)
    assert.is_nil(connects:find("127.0.0.1", 1, true))
  end)
end)

describe("the sandbox's sockets", function()
  -- What `curl` makes of an address of one; its answer's status.
  local function status(address)
    local pipe = assert(io.popen(("curl -s -o /dev/null -w '%%{http_code}' -m 5 -H 'Connection: Upgrade' "
      .. "-H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' "
      .. "-H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' '%s'"):format(address)))
    local text = pipe:read("a")
    pipe:close()
    return text
  end

  it("have an address while the task runs, of the documented form, that opens to its holder only", function()
    box:fault { ["do"] = "task", seconds = 2 }
    local hub <close> = against.client()
    local task = assert(hub:workflow(DRAW):submit())
    while not task.id do rhub.sleep(0.01) end
    local function ask()
      return hub:call { path = "/task/openapi/outputs", key = "apiKey", raw = true,
        body = { taskId = task.id } }
    end
    local reply = ask()
    assert.same({ 813, json.null }, { reply.code, reply.data })
    repeat
      rhub.sleep(0.05)
      reply = ask()
    until reply.code == 804
    local address = reply.data.netWssUrl
    assert.matches("^ws://127%.0%.0%.1:%d+/ws/c_instance%?c_host=127%.0%.0%.1&c_port=%d+&clientId=%x+"
      .. "&workflowId=" .. DRAW .. "&Rh%-Comfy%-Auth=[%w%%]+$", address)
    local http = address:gsub("^ws", "http")
    assert.equal("403", status((http:gsub("Auth=..", "Auth=xx"))))
    assert.equal("403", status((http:gsub("clientId=%x%x", "clientId=zz"))))
    assert.equal("403", status(box.url .. "/ws/c_instance"))
    assert.equal("403", status(box.url .. "/ws/elsewhere"))
    assert.equal(4, box:stats().sockets.refused)
    task:cancel()
  end)

  it("refuse a fault that there is not", function()
    assert.has_error(function() box:fault { ["do"] = "progress", how = "politely" } end)
    assert.has_error(function() box:fault { ["do"] = "progress" } end)
    assert.has_error(function() box:fault { ["do"] = "progress", how = "reset", route = "submit" } end)
  end)
end)
