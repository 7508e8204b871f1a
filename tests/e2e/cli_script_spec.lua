-- Scripts run by the program, and the sandbox that a run may have for itself.
local program = require "support.program"
local sandboxes = require "support.sandbox"

local run

local function contains(text, part)
  assert(text:find(part, 1, true), ("%q is not in %q"):format(part, text))
end

local function script(text, ...)
  run:put("script.lua", text)
  return run("script.lua", ...)
end

describe("a script", function()
  setup(function() run = program.new() end)
  teardown(function() run:remove() end)

  it("gets its arguments and its name, and may begin with #!", function()
    local got = script("#!/usr/bin/env rhub\nprint(arg[0], #arg, arg[2], ...)", "a", "--json", "-q")
    assert.same({ code = 0, out = "script.lua\t3\t--json\ta\t--json\t-q\n", err = "" }, got)
  end)

  it("may come on standard input, or as a line of code", function()
    assert.equal("1\tx\n", run:with { stdin = "print(#arg, ...)" }("-", "x").out)
    assert.equal("2\ty\tz\n", run("-e", "print(#arg, ...)", "y", "z").out)
  end)

  it("ends when its coroutines have ended", function()
    local got = script [[
      local rhub = require "rhub"
      rhub.go(function() rhub.sleep(0.05) print "second" end)
      print "first"
    ]]
    assert.same({ code = 0, out = "first\nsecond\n", err = "" }, got)
  end)

  it("that fails ends with 1 and a traceback", function()
    local got = script "local function inner() error 'boom' end\ninner()"
    assert.same({ 1, "" }, { got.code, got.out })
    contains(got.err, "rhub: script.lua:1: boom\nstack traceback:")
    contains(got.err, "script.lua:2: in main chunk")
  end)

  it("that fails by an error of ours ends with its exit code and one line", function()
    local got = script "require 'rhub'.client()"
    assert.equal(3, got.code)
    assert.equal(1, select(2, got.err:gsub("\n", "")))
    contains(got.err, "no API key")
  end)

  it("whose coroutine fails unnoticed is told so, with its traceback", function()
    local got = script "require 'rhub'.go(function() error 'in the dark' end)"
    assert.equal(1, got.code)
    contains(got.err, "in the dark")
    contains(got.err, "script.lua:1:")
  end)

  it("may leave by os.exit with any code", function()
    assert.equal(7, script("os.exit(7)").code)
    assert.equal(0, script("os.exit(true)").code)
    local got = script [[
      local rhub = require "rhub"
      local hub = rhub.client { api_key = ("k"):rep(32) }
      rhub.go(function() os.exit(4) end):wait()
    ]]
    assert.same({ 4, "" }, { got.code, got.err })
  end)

  it("finds our modules in the program, whatever lies in LUA_PATH", function()
    os.execute("mkdir -p " .. program.quote(run.folder .. "/rhub"))
    run:put("rhub.lua", "error 'another rhub'")
    run:put("rhub/flow.lua", "error 'another flow'")
    run:put("own.lua", "return 'own'")
    local got = run:with { env = { LUA_PATH = run.folder .. "/?.lua;;" } }("-e",
      "print(require 'rhub'._VERSION, require 'own', require 'cjson' ~= nil)")
    assert.same({ code = 0, out = "0.1.0\town\ttrue\n", err = "" }, got)
  end)

  it("is told what is missing when a module of ours is not there", function()
    local got = run("-e", "require 'rhub.nonsense'")
    assert.equal(1, got.code)
    contains(got.err, "no module 'rhub.nonsense'")
  end)

  it("is told at once that an adapter cannot have the loop", function()
    for _, call in ipairs { "luv').attach()", "poll').step()", "poll').watch({}, 1)" } do
      local got = run("-e", "require('rhub.adapters." .. call)
      assert.equal(1, got.code)
      contains(got.err, "(command line):1: the scheduler runs already")
    end
  end)

  it("follows the command line, also where it says otherwise", function()
    local got = run:with { env = { RUNNINGHUB_API_KEY = program.key } }("--site", "cn", "-e",
      "print(require 'rhub'.client { site = 'ai' }:describe().base_url)")
    assert.equal("https://www.runninghub.cn\n", got.out)
  end)
end)

describe("--sandbox", function()
  setup(function() run = program.new() end)
  teardown(function() run:remove() end)

  local SECRET = ("5ec7e7"):rep(5) .. "xx"

  it("runs the example to the end and leaves nothing behind", function()
    os.execute("cp examples/image_to_video.lua examples/portrait.png " .. program.quote(run.folder))
    local got = run("--sandbox", "image_to_video.lua")
    assert.equal(0, got.code, got.err)
    local port = got.err:match("^rhub: sandbox on 127%.0%.0%.1:(%d+) %(no key, no cost, nothing leaves ")
    assert.is_truthy(port, got.err)
    contains(got.err, "  kling-video-o1/image-to-video   portrait.png -> uploaded 62 KB\n")
    for _, state in ipairs { "queued", "running", "done" } do
      assert.is_truthy(got.err:find("\n  %d+ +" .. state), got.err)
    end
    assert.is_truthy(got.err:find("\nsaved  out/%d+%-1%.mp4  %("), got.err)
    assert.is_nil(os.execute(("curl -s -o /dev/null http://127.0.0.1:%s/sandbox/stats"):format(port)))
  end)

  it("keeps every client inside, whatever script, environment and config file say", function()
    os.execute("mkdir -p " .. program.quote(run.home .. "/.config/rhub"))
    local config = assert(io.open(run.home .. "/.config/rhub/config", "w"))
    config:write("key = " .. SECRET .. "\nbase_url = https://config.invalid\n")
    config:close()
    run:put("escape.lua", [[
      local rhub = require "rhub"
      for _, o in ipairs { {}, { site = "cn" }, { base_url = "https://option.invalid" },
          { api_key = ("5ec7e7"):rep(5) .. "xx", site = "ai" }, { proxy = "http://proxy.invalid:1" } } do
        o.cache = "kept/uploads.db"
        local hub <close> = rhub.client(o)
        local about = hub:describe()
        assert(hub:account())
        assert(not hub:upload("escape.lua").reused and hub:cache().path == nil)
        print(about.base_url:match("^http://127.0.0.1:%d+$") and "inside", about.key_source)
      end
      package.loaded["rhub.core"] = nil
      package.loaded["rhub.client"] = nil
      print(require("rhub.core").client({}):describe().key_source)
    ]])
    local sealed = run:with { env = {
      RH_API_BASE_URL = "https://environment.invalid", RUNNINGHUB_API_KEY = SECRET, RH_API_KEY = SECRET,
      HTTPS_PROXY = "http://proxy.invalid:1", http_proxy = "http://proxy.invalid:1",
    } }
    local got = sealed("--sandbox", "--site", "cn", "escape.lua")
    assert.equal(0, got.code, got.err)
    assert.is_nil(got.err:find("sent before", 1, true)) -- nor is anything remembered from client to client
    assert.equal(("inside\tsandbox\n"):rep(5) .. "sandbox\n", got.out)
  end)

  it("serves commands as well", function()
    assert.equal(0, run("--sandbox", "account").code)
    assert.equal(0, run("account", "--sandbox", "-q").code)
    local got = run("--sandbox", "-q", "run", "rhart-image-v1/text-to-image", "prompt=x", "aspectRatio=1:1",
      "-o", "o/")
    assert.same({ 0, "" }, { got.code, got.err })
    assert.is_truthy(got.out:find("^o/%d+%-1%.png\n$"))
  end)

  it("ends with its run, also when that is killed", function()
    run:put("wait.lua", [[
      local url = require("rhub").client():describe().base_url
      print(url)
      io.stdout:flush()
      os.execute("kill -9 " .. require("rhub.sys").getpid())
    ]])
    local got = run("--sandbox", "wait.lua")
    local url = got.out:match("http://127%.0%.0%.1:%d+")
    assert.is_truthy(url)
    local gone = "for i in $(seq 99); do curl -so /dev/null %s/ || exit 0; sleep .05; done; false"
    assert.is_true(os.execute(gone:format(url)))
  end)
end)

describe("what a script leaves running", function()
  local box
  setup(function()
    box = sandboxes.start { "--speed", "100" }
    run = program.new(box)
  end)
  teardown(function()
    run:remove()
    box:stop()
  end)

  it("is told at its end, with the id to take it up again", function()
    box:reset()
    box:fault { route = "submit", ["do"] = "task", seconds = 60 }
    local got = script [[
      local rhub = require "rhub"
      local hub = rhub.client { concurrency = 4 }
      local task = hub:submit("rhart-image-v1/text-to-image", { prompt = "x", aspectRatio = "1:1" })
      while not task.id do rhub.sleep(0.01) end
      error "stop here"
    ]]
    assert.equal(1, got.code)
    contains(got.err, "stop here")
    local id = box:stats().tasks.ids[1]
    assert.is_truthy(got.err:find("task " .. id .. "[^\n]*goes on"), got.err)
    assert.equal(0, box:stats().tasks.cancelled)
  end)
end)
