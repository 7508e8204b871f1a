-- What a person at a terminal sees and types: live lines, Ctrl-C in steps, a key without echo, the prompt.
local json = require "rhub.json"
local person = require "support.person"
local program = require "support.program"
local sandboxes = require "support.sandbox"
local stored = require "rhub.sandbox.stored"

local VIDEO = { "run", "kling-video-o1/image-to-video", "firstImageUrl=portrait.png", "-o", "out/" }
local ONE = "local hub = require 'rhub'.client() "
  .. "hub:run('rhart-image-v1/text-to-image', { prompt = 'x', aspectRatio = '1:1' })"

local box, run

local function contains(text, part)
  assert(text:find(part, 1, true), ("%q is not in %q"):format(part, text))
end

local function lacks(text, part)
  assert(not text:find(part, 1, true), ("%q is in %q"):format(part, text))
end

local function at_terminal(words, steps, env, columns)
  return person.at_terminal(run, words, { steps = steps, env = env, columns = columns })
end

local function start(...)
  box = sandboxes.start { ... }
  run = program.new(box)
  os.execute("cp examples/portrait.png " .. program.quote(run.folder))
end

local function stop()
  run:remove()
  box:stop()
end

describe("on a terminal", function()
  setup(function() start("--speed", "2") end)
  teardown(stop)
  before_each(function() box:reset() end)

  it("one task is a line that is redrawn, and ends as lines that stay", function()
    local got = at_terminal(VIDEO)
    assert.equal(0, got.code, got.raw)
    local id = box:stats().tasks.ids[1]
    contains(got.raw, "running  1 s")
    contains(got.screen, "portrait.png -> uploaded 62 KB\n")
    contains(got.screen, ("task %s  (take it up again: rhub task %s --wait -o out/)\n"):format(id, id))
    assert.is_truthy(got.screen:find("\nsaved  out/" .. id .. "%-1%.mp4  %(%d+ KB%)   2%.10"), got.screen)
    lacks(got.screen, "running")
  end)

  it("an upload is a line that tells how far it is, and then what it was", function()
    box:fault { route = "upload", ["do"] = "delay", seconds = 1 }
    local got = at_terminal({ "upload", "portrait.png" },
      'await "uploading portrait.png  100 %  62 KB of 62 KB"')
    assert.equal(0, got.code, got.raw)
    contains(got.screen, "uploaded  portrait.png  (62 KB)\n")
    contains(got.screen, "\n1 file, 62 KB; free, an address lives about a day")
    lacks(got.screen, "uploading")
  end)

  it("a script's tasks have a line each, and what it prints stands above them", function()
    run:put("many.lua", [[
      local rhub = require "rhub"
      local hub <close> = rhub.client { concurrency = 3 }
      rhub.map({ 1, 2, 3 }, function(i)
        assert(hub:run("rhart-image-v1/text-to-image", { prompt = "x" .. i, aspectRatio = "1:1" }))
        print("the script has seen " .. i)
        return true
      end)
    ]])
    local got = at_terminal { "many.lua" }
    assert.equal(0, got.code, got.raw)
    local ids = box:stats().tasks.ids
    assert.equal(3, #ids)
    for i, id in ipairs(ids) do
      assert.is_truthy(got.screen:find("\n?  " .. id .. " +done +%d s"), got.screen)
      contains(got.screen, "the script has seen " .. i)
    end
    lacks(got.screen, "queued")
  end)

  it("a workflow's task tells the node that is at work, and the step that it is at", function()
    run:put("draw.lua", [[
      local hub <close> = require("rhub").client()
      assert(hub:workflow("1904136902449209346"):run { ["6.text"] = "x" })
    ]])
    box:fault { ["do"] = "task", seconds = 3 }
    local got = at_terminal({ "draw.lua" }, "", {}, 120)
    assert.equal(0, got.code, got.raw)
    assert.is_truthy(got.raw:find("running   %d s +node 3 KSampler %d+/20"), got.raw)
    lacks(got.screen, "KSampler")
    assert.equal(1, box:stats().sockets.opened)
  end)

  it("a task that has failed says its id once, and why", function()
    run:put("fail.lua", [[
      local hub <close> = require("rhub").client()
      hub:run("rhart-image-v1/text-to-image", { prompt = "x", aspectRatio = "1:1" })
    ]])
    box:fault { route = "query", ["do"] = "edit", set = { status = "FAILED", errorCode = "1501" } }
    local got = at_terminal({ "fail.lua" }, "", {}, 120)
    assert.equal(0, got.code, got.raw)
    contains(got.screen, "  " .. box:stats().tasks.ids[1] .. "             failed    1501 ")
  end)

  it("more tasks than a screen takes are counted in one line", function()
    run:put("crowd.lua", [[
      local rhub = require "rhub"
      local hub <close> = rhub.client { concurrency = 30 }
      local rows = {}
      for i = 1, 30 do rows[i] = i end
      rhub.map(rows, function(i)
        return hub:run("rhart-image-v1/text-to-image", { prompt = "x" .. i, aspectRatio = "1:1" })
      end)
    ]])
    local got = at_terminal { "crowd.lua" }
    assert.equal(0, got.code, got.raw)
    assert.is_truthy(got.raw:find("  and 22 more: "), got.raw)
    assert.equal(30, select(2, got.screen:gsub("done", "")))
  end)

  it("lines are cut where the terminal is narrow, and never wrap", function()
    local got = at_terminal({ "-e", ONE }, nil, nil, 40)
    assert.equal(0, got.code, got.raw)
    for line in got.raw:gmatch("\r([^\r\n]*)\27%[K\r\n") do
      assert(utf8.len(line) <= 39, line)
    end
    contains(got.raw, "…")
  end)

  it("colours are left out where NO_COLOR is set, and live lines where TERM is dumb", function()
    contains(at_terminal({ "-e", ONE }).raw, "\27[32mdone")
    lacks(at_terminal({ "-e", ONE }, nil, { NO_COLOR = "1" }).raw, "\27[32m")
    lacks(at_terminal(VIDEO, nil, { TERM = "dumb" }).raw, "\27")
  end)

  it("nothing is said with -q but what was asked for", function()
    local words = table.move(VIDEO, 1, #VIDEO, 1, {})
    words[#words + 1] = "-q"
    local got = at_terminal(words)
    assert.equal(("out/%s-1.mp4\r\n"):format(box:stats().tasks.ids[1]), got.raw)
  end)
end)

describe("Ctrl-C", function()
  setup(function() start() end)
  teardown(stop)
  before_each(function() box:reset() end)

  local function slow(seconds)
    box:fault { route = "submit", ["do"] = "task", seconds = seconds }
  end

  it("once: running tasks are waited for and saved, and nothing new is submitted", function()
    slow(2)
    local got = at_terminal(VIDEO, [[await "queued"; send "\003"; await "stopping"]])
    assert.equal(130, got.code)
    local id = box:stats().tasks.ids[1]
    contains(got.screen, "stopping: no more tasks are submitted; 1 is running and will be charged.\n")
    contains(got.screen, "  again ^C      cancel it\n")
    contains(got.screen, "  rhub task " .. id .. " --wait -o out/\n")
    contains(got.screen, "saved  out/" .. id .. "-1.mp4")
    assert.equal(0, box:stats().tasks.cancelled)
  end)

  it("once: a script's further submits are refused, and its others end", function()
    slow(2)
    run:put("more.lua", [[
      local rhub = require "rhub"
      local hub <close> = rhub.client { concurrency = 1 }
      rhub.map({ 1, 2, 3 }, function(i)
        local _, err = hub:run("rhart-image-v1/text-to-image", { prompt = "x" .. i, aspectRatio = "1:1" })
        print(i, err and err.kind .. " " .. err.spent or "done")
      end, { concurrency = 3 })
    ]])
    local got = at_terminal({ "more.lua" }, [[await "queued"; send "\003"; await "stopping"]])
    assert.equal(130, got.code)
    for _, line in ipairs { "1\tdone", "2\tcancelled no", "3\tcancelled no" } do
      assert.is_truthy(got.raw:find(line:gsub("\t", "[\t ]+")), got.raw)
    end
    assert.equal(1, box:stats().submits.received)
  end)

  it("twice: what runs is cancelled on the server", function()
    slow(60)
    local got = at_terminal(VIDEO, [[
      await "queued"; send "\003"; await "stopping"; send "\003"; await "cancelling 1 task"]])
    assert.equal(130, got.code)
    assert.equal(1, box:stats().tasks.cancelled)
  end)

  -- Waits until the sandbox has a submit: "sending" stands there a moment before it has left.
  local function on_the_wire()
    local stats = "[exec curl -s " .. box.url .. "/sandbox/stats]"
    return [[await "sending"; while {[string match {*"received":0*} ]] .. stats .. "]} {after 20}\n"
  end

  -- The same of a request to a native ComfyUI.
  local function asked(route)
    local stats = "[exec curl -s " .. box.url .. "/sandbox/stats]"
    local wait = [[await "client_id"; while {![string match {*"comfy_%s":*} %s]} {after 20}]] .. "\n"
    return wait:format(route, stats)
  end

  it("twice while a submit is on the wire: its task is cancelled once the answer names it", function()
    box:fault { route = "submit", ["do"] = "delay", seconds = 2 }
    local got = at_terminal(VIDEO, on_the_wire() .. [[
      send "\003"; await "stopping"; send "\003"; await "cancelling 1 task"]])
    assert.equal(130, got.code)
    assert.same({ 1, 1 }, { box:stats().tasks.made, box:stats().tasks.cancelled })
  end)

  it("says what may be charged when the program leaves while a submit is on the wire", function()
    for _, leave in ipairs { [[exec sh -c "kill -TERM [exp_pid]" ]],
        [[send "\003"; await "stopping"; send "\003"; await "cancelling"; send "\003"]] } do
      box:reset()
      box:fault { route = "submit", ["do"] = "hang" }
      local got = at_terminal(VIDEO, on_the_wire() .. leave)
      assert.equal(130, got.code)
      contains(got.screen, "kling-video-o1/image-to-video: its submit was on the wire: a task may be running")
    end
  end)

  it("says of a native ComfyUI's prompt on the wire how to find it, however the program leaves", function()
    run:put("graph.json", json.encode(stored.graph(stored.workflow("1904136902449209346"))))
    for _, leave in ipairs { [[exec sh -c "kill -TERM [exp_pid]" ]], [[exec sh -c "kill -HUP [exp_pid]" ]],
        [[send "\003"; await "stopping"; send "\003"]] } do
      box:reset()
      box:fault { route = "comfy_prompt", ["do"] = "hang" }
      local got = at_terminal({ "comfy", "prompt", "graph.json", "--plus" },
        asked "prompt" .. leave, nil, 300)
      assert.equal(130, got.code)
      local id = got.screen:match("sending a prompt under client_id (%x+)")
      contains(got.screen, "the outcome is unknown, it may be running and may be charged; once it has ended, "
        .. "rhub comfy history --plus shows it under client_id " .. id)
    end
  end)

  it("says of a native ComfyUI's prompt that runs how to take it up again", function()
    run:put("graph.json", json.encode(stored.graph(stored.workflow("1904136902449209346"))))
    for _, leave in ipairs { [[exec sh -c "kill -TERM [exp_pid]" ]],
        [[send "\003"; await "stopping"; send "\003"]] } do
      box:reset()
      box:fault { ["do"] = "prompt", seconds = 1000 }
      local got = at_terminal({ "comfy", "prompt", "graph.json", "-o", "out/" },
        asked "history" .. leave, nil, 200)
      assert.equal(130, got.code)
      local id = got.screen:match("prompt (%S+)  %(take")
      assert.equal(leave:find "TERM" and 2 or 3, select(2, got.screen:gsub(
        ("rhub comfy history %s -o out/"):format(id):gsub("%p", "%%%0"), "")))
      assert.equal(1, box:stats().comfy.made)
    end
  end)

  it("three times: the program leaves at once and prints the ids", function()
    slow(60)
    box:fault { route = "cancel", ["do"] = "hang", times = -1 }
    local got = at_terminal(VIDEO, [[
      await "queued"; send "\003"; await "stopping"; send "\003"; await "cancelling"; send "\003"]])
    assert.equal(130, got.code)
    contains(got.screen, "rhub: left at once; nothing was cancelled.")
    contains(got.screen, "rhub task " .. box:stats().tasks.ids[1] .. " --wait -o out/")
  end)

  it("SIGTERM does so at the first time, and cancels nothing", function()
    slow(60)
    local got = at_terminal(VIDEO, [[await "queued"; exec sh -c "kill -TERM [exp_pid]" ]])
    assert.equal(130, got.code)
    contains(got.screen, "rhub task " .. box:stats().tasks.ids[1] .. " --wait -o out/")
    assert.equal(0, box:stats().tasks.cancelled)
  end)

  it("stops a script that is busy or sleeps when nothing is in flight", function()
    for _, code in ipairs { "print 'go' while true do end", "print 'go' require 'rhub'.sleep(1000)" } do
      local got = at_terminal({ "-e", code }, [[await "go"; send "\003"]])
      assert.equal(130, got.code)
    end
  end)

  it("lets to-be-closed variables of a script be closed", function()
    local got = at_terminal({ "-e", [[
      local rhub = require "rhub"
      local thing <close> = setmetatable({}, { __close = function() print "closed" end })
      print "go"
      rhub.sleep(1000)
    ]] }, [[await "go"; send "\003"]])
    assert.equal(130, got.code)
    contains(got.raw, "closed")
  end)
end)

describe("rhub login", function()
  setup(function() start() end)
  teardown(stop)

  it("does not show the key", function()
    local secret = ("0a1b2c3d"):rep(4)
    local steps = ([[await "not shown"; send "%s\r"]]):format(secret)
    local got = at_terminal({ "login", "--base-url", box.url }, steps, { RUNNINGHUB_API_KEY = "" })
    assert.equal(0, got.code, got.raw)
    lacks(got.raw, secret)
    contains(got.screen, "balance  1000.00 CNY")
    contains(run:with {}:read("../home/.config/rhub/config"), "key = " .. secret)
  end)

  it("writes nothing when it is interrupted", function()
    local got = at_terminal({ "login" }, [[await "not shown"; send "\003"]])
    assert.equal(130, got.code)
    contains(got.screen, "nothing was written")
  end)
end)

describe("the prompt", function()
  setup(function() start("--speed", "100") end)
  teardown(stop)

  it("shows values, asks for the rest of half a chunk, and tells errors", function()
    local got = at_terminal({ "-i" }, [[
      await "> "; send "6 * 7\r"; await "42"
      await "> "; send "for i = 1, 2 do\r"; await ">> "; send "print('line', i) end\r"; await "line\t2"
      await "> "; send "error 'boom'\r"; await "prompt:1: boom"
      await "> "; send "hub:account()\r"; await "\"kind\":\"SHARED\""
      await "> "; send "hub:run('kling-video-o1/image-to-vidoe')\r"; await "did you mean"
      await "> "; send "\004"]])
    assert.equal(0, got.code, got.raw)
  end)

  it("tells what is wrong with a line without a traceback", function()
    local got = at_terminal({ "-i" }, [[
      await "> "; send "x = = 3\r"; await "prompt:1: unexpected symbol"
      await "> "; send "\004"]])
    assert.equal(0, got.code, got.raw)
    assert.is_nil(got.raw:find("traceback", 1, true))
  end)

  it("takes letters of any script", function()
    local got = at_terminal({ "-i" }, [[
      await "> "; send "#'可灵 é'\r"; await "9\r\n"
      await "> "; send "\004"]])
    assert.equal(0, got.code, got.raw)
    contains(got.raw, "#'可灵 é'")
  end)

  it("has a history", function()
    local got = at_terminal({ "-i" }, [[
      await "> "; send "print('once')\r"; await "once\r\n"
      await "> "; send "\033\[A"; await "print('once')"; send "\r"; await "once\r\n"
      await "> "; send "\004"]])
    assert.equal(0, got.code, got.raw)
  end)

  it("lets coroutines go on while somebody types", function()
    local got = at_terminal({ "-i" }, [[
      await "> "; send "rhub.go(function() rhub.sleep(0.2) print('be' .. 'hind') end)\r"; await "coroutine ("
      await "> "; send "1 +"; await "behind"; send " 1\r"; await "2\r\n"
      await "> "; send "\004"]])
    assert.equal(0, got.code, got.raw)
  end)

  it("takes Ctrl-C as the end of a wait, not of itself", function()
    local got = at_terminal({ "-i" }, [[
      await "> "; send "print('go') rhub.sleep(1000)\r"; await "go\r\n"; send "\003"; await "interrupted"
      await "> "; send "1 + 1\r"; await "2\r\n"
      await "> "; send "\004"]])
    assert.equal(0, got.code, got.raw)
  end)

  it("reads from a pipe as well, without a prompt", function()
    local got = run:with { stdin = "x = 20\nx + 1\nfor i = 1, 1 do\nprint 'whole' end\n" }("-i")
    assert.same({ code = 0, out = "21\nwhole\n", err = "" }, got)
  end)
end)
