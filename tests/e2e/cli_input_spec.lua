-- Bad input: one clear line that names the thing and the remedy, the right exit code, and no request sent.
local json = require "rhub.json"
local program = require "support.program"
local sandboxes = require "support.sandbox"

describe("bad input", function()
  local box, run
  setup(function()
    box = sandboxes.start { "--speed", "100" }
    run = program.new(box)
    run:put("empty.txt", "")
    run:put("empty.png", "")
    run:put("there.mp4", "mine")
    run:put("bad.lua", "local x = = 1")
  end)
  teardown(function()
    run:remove()
    box:stop()
  end)

  local MODEL = "kling-video-o1/image-to-video"

  -- name, words, exit code, what the line must contain, and what is otherwise about the run
  for _, case in ipairs {
    { "an unknown option", { "--jsn", "account" }, 2, { "--jsn", "did you mean --json?" } },
    { "an unknown option of a command", { "run", MODEL, "--outptu", "x" }, 2, { "--outptu", "--output" } },
    { "an unknown option of the sandbox", { "sandbox", "--prot", "1" }, 2, { "--prot", "--port" } },
    { "an option without its value", { "account", "--site" }, 2, { "--site", "ai|cn" } },
    { "an option with a wrong value", { "account", "--site=de" }, 2, { '"de"', "ai, cn" } },
    { "a time that is none", { "account", "--timeout", "soon" }, 2, { '"soon"', "seconds" } },
    { "a misspelt command", { "acount" }, 2, { '"acount"', "rhub account" } },
    { "a missing script", { "nowhere.lua" }, 2, { "nowhere.lua", "No such file" } },
    { "a folder as a script", { "." }, 2, { ".", "is a folder" } },
    { "one word too many", { "account", "now" }, 2, { '"now"', "rhub help account" } },
    { "no model", { "run" }, 2, { "a model and its parameters" } },
    { "no model but a parameter", { "run", "prompt=x" }, 2, { '"prompt=x"', "MODEL" } },
    { "a wrong parameter, also without a key", { "run", MODEL, "firstImageUrl=no.png" }, 2,
      { "no.png does not exist" }, { env = { RUNNINGHUB_API_KEY = "" } } },
    { "a parameter without a value", { "run", MODEL, "prompt" }, 2, { '"prompt"', "NAME=VALUE" } },
    { "bad JSON", { "run", MODEL, "seed:={1" }, 2, { "seed:={1" } },
    { "a missing text file", { "run", MODEL, "prompt=@no.txt" }, 2, { "prompt=@no.txt", "No such file" } },
    { "an empty text file", { "run", MODEL, "prompt=@empty.txt" }, 2, { "empty.txt", "is empty" } },
    { "a folder as a text file", { "run", MODEL, "prompt=@." }, 2, { "is a folder" } },
    { "a missing picture", { "run", MODEL, "firstImageUrl=no.png" }, 2, { "no.png does not exist" } },
    { "an empty picture", { "run", MODEL, "firstImageUrl=empty.png" }, 2, { "empty.png is an empty file" } },
    { "a folder as a picture", { "run", MODEL, "firstImageUrl=." }, 2, { "is a folder" } },
    { "a misspelt model", { "run", "kling-video-o1/image-to-vidoe" }, 2, { "did you mean " .. MODEL } },
    { "a target that cannot be made", { "run", MODEL, "-o", "/proc/x/" }, 2, { "/proc/x/", "was sent" } },
    { "a target below a file", { "run", MODEL, "-o", "there.mp4/x/" }, 2, { "there.mp4/x", "was sent" } },
    { "a target that is there", { "run", MODEL, "-o", "there.mp4" }, 2, { "there.mp4", "--overwrite" } },
    { "an id that is none", { "task", "12a" }, 2, { '"12a"', "2013508786110730241" } },
    { "no key", { "account" }, 3, { "RUNNINGHUB_API_KEY", "rhub login", "--sandbox" },
      { env = { RUNNINGHUB_API_KEY = "" } } },
    { "a key with a space", { "account" }, 3, { "space" }, { env = { RUNNINGHUB_API_KEY = "0123 45678" } } },
    { "a key with a line break", { "account" }, 3, { "line break" },
      { env = { RUNNINGHUB_API_KEY = program.key .. "\n" } } },
    { "a short key", { "account" }, 3, { "characters" }, { env = { RUNNINGHUB_API_KEY = "abc" } } },
    { "a key on the command line", { "--key=" .. program.key, "account" }, 2, { "login" } },
    { "a key among the options", { "account", "--api-key", program.key }, 2, { "rhub login" } },
    { "a key among the parameters", { "run", MODEL, "apiKey=" .. program.key }, 2, { "login" } },
    { "a plain address elsewhere", { "account", "--base-url", "http://example.com" }, 3, { "https" } },
    { "an empty key at login", { "login", "--stdin" }, 2, { "nothing was written" }, { stdin = "\n" } },
    { "a login under --sandbox", { "--sandbox", "login" }, 2, { "nothing to log in to" } },
    { "an unknown topic of help", { "help", "acount" }, 2, { "rhub help account" } },
    { "a port that is none", { "sandbox", "--port", "70000" }, 2, { '"70000"', "65535" } },
  } do
    local name, words, code, wanted, more = table.unpack(case)
    it("is refused at once: " .. name, function()
      box:reset()
      local got = run:with(more or {})(table.unpack(words))
      assert.equal(code, got.code, got.err)
      assert.equal("", got.out)
      assert.equal(1, select(2, got.err:gsub("\n", "")), "one line, not: " .. got.err)
      for _, text in ipairs(wanted) do assert.is_truthy(got.err:find(text, 1, true), got.err) end
      assert.is_nil(got.err:find(program.key, 1, true))
      for route, count in pairs(box:stats().requests) do
        assert(route == "other" or count == 0, route .. " was asked")
      end
    end)
  end

  it("is told with --json as one object with the error's fields, and the same exit code", function()
    local got = run("run", MODEL, "duration=7", "firstImageUrl=no.png", "--json")
    assert.equal(2, got.code)
    local answer = assert(json.decode(got.out))
    assert.equal(1, select(2, got.out:gsub("\n", "")))
    assert.same({ "input", "no", false }, { answer.error.kind, answer.error.spent, answer.error.retryable })
  end)

  it("of a command line is told as JSON too", function()
    local got = run("account", "--json", "--nope")
    assert.equal(2, got.code)
    assert.equal("input", assert(json.decode(got.out)).error.kind)
  end)

  it("with several problems is told with all of them, below each other", function()
    local got = run("run", MODEL, "aspectRatio=9:15", "durration=5", "firstImageUrl=empty.png")
    assert.equal(2, got.code)
    assert.is_truthy(got.err:find("3 problems, nothing was sent", 1, true))
    assert.is_truthy(got.err:find("did you mean 9:16?", 1, true))
    assert.is_truthy(got.err:find("did you mean duration?", 1, true))
  end)

  it("leaves no folder behind that was made for the outputs", function()
    run("run", MODEL, "durration=5", "-o", "new/")
    assert.is_nil(io.open(run.folder .. "/new"))
  end)

  it("is --json for a script, which prints what it prints", function()
    local got = run("--json", "-e", "print(1)")
    assert.equal(2, got.code)
    assert.is_truthy(got.err:find("--json is for commands", 1, true))
  end)

  it("with bytes that are no UTF-8 is told in JSON all the same", function()
    local got = run("check", MODEL, "firstImageUrl=\xff\xfe.png", "--json")
    assert.equal(2, got.code)
    local answer = assert(json.decode(got.out))
    assert.equal("input", answer.error.kind)
    assert.is_truthy(answer.error.message:find("\\xFF\\xFE.png does not exist", 1, true))
    assert.equal("firstImageUrl", answer.problems[1].param)
  end)

  it("in a script is told with its place", function()
    local got = run("bad.lua")
    assert.equal(1, got.code)
    assert.is_truthy(got.err:find("bad.lua:1:", 1, true))
  end)
end)
