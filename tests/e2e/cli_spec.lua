-- The program's commands, each as a person or a program uses it, against a sandbox in a process of its own.
local json = require "rhub.json"
local program = require "support.program"
local sandboxes = require "support.sandbox"
local sys = require "rhub.sys"

local VIDEO, PICTURE = "kling-video-o1/image-to-video", "rhart-image-v1/text-to-image"

local box, run

local function picture(...)
  return run("run", PICTURE, "prompt=a cat", "aspectRatio=1:1", ...)
end

local function decoded(got)
  assert.equal(1, select(2, got.out:gsub("\n", "")), "one line: " .. got.out)
  return assert(json.decode(got.out))
end

local function contains(text, part)
  assert(text:find(part, 1, true), ("%q is not in %q"):format(part, text))
end

describe("the program", function()
  setup(function() run = program.new() end)
  teardown(function() run:remove() end)

  it("tells its version and its help without an error", function()
    assert.same({ code = 0, out = "rhub 0.1.0\n", err = "" }, run("--version"))
    local help = run("--help")
    assert.same({ 0, "" }, { help.code, help.err })
    contains(help.out, "rhub run MODEL")
  end)

  it("has help for each command", function()
    for _, name in ipairs(require("rhub.cli.start").names()) do
      local got, same = run("help", name), run(name, "--help")
      assert.equal(0, got.code)
      contains(got.out, "rhub " .. name)
      local itself = name == "help" or name == "complete" -- take --help for a word of theirs
      if not itself then assert.equal(got.out, same.out) end
    end
  end)

  it("has help for scripts, lines of code and the prompt", function()
    local text = run("help", "script")
    assert.equal(0, text.code)
    contains(text.out, "rhub -i")
    for _, words in ipairs { { "help", "-e" }, { "help", "-i" }, { "-i", "--help" }, { "help", "a.lua" } } do
      assert.same(text, run(table.unpack(words)))
    end
  end)

  it("says how it is used when it is given nothing", function()
    local got = run()
    assert.same({ 2, "" }, { got.code, got.out })
    contains(got.err, "rhub run MODEL")
  end)

  it("takes no option for the value of another one, in any command", function()
    for _, words in ipairs { { "jobs", "--journal", "--failed" },
      { "batch", "f.csv", "-o", "o", "--journal", "--dry-run" }, { "run", "x", "-o", "--quiet" },
      { "verify", "x", "--site", "--" }, { "batch", "f.csv", "-o", "-q" } } do
      local got = run(table.unpack(words))
      assert.same({ 2, "" }, { got.code, got.out })
    end
    local got = run("jobs", "--journal", "--failed")
    contains(got.err, "--journal takes PATH, and --failed stands behind it")
    contains(got.err, "write --journal=--failed")
    contains(run("jobs", "--journal=--failed").err, "--failed: there is no journal")
    contains(run("run", "x", "-o", "--json").err, "write -o--json")
  end)

  it("says so when nothing listens at the address, with exit code 4", function()
    local env = { RH_API_BASE_URL = "http://127.0.0.1:9", RUNNINGHUB_API_KEY = program.key }
    local got = run:with { env = env }("account")
    assert.equal(4, got.code)
    contains(got.err, "127.0.0.1")
  end)
end)

describe("rhub run", function()
  setup(function()
    box = sandboxes.start { "--speed", "100" }
    run = program.new(box)
    os.execute("cp examples/portrait.png " .. program.quote(run.folder))
  end)
  teardown(function()
    run:remove()
    box:stop()
  end)
  before_each(function() box:reset() end)

  it("uploads a file, runs the task, and saves what it has made", function()
    local got = run("run", VIDEO, "prompt=wind in her hair", "firstImageUrl=portrait.png", "duration=10",
      "--site", "cn", "-o", "out/")
    assert.equal(0, got.code, got.err)
    local stats = box:stats()
    assert.same({ 1, 1, 1 }, { stats.submits.received, stats.uploads.count, stats.tasks.made })
    local id = stats.tasks.ids[1]
    assert.equal("out/" .. id .. "-1.mp4\n", got.out)
    assert.equal("ftyp", run:read("out/" .. id .. "-1.mp4"):sub(5, 8))
    contains(got.err, "portrait.png -> uploaded 62 KB\n")
    contains(got.err, ("task %s  (take it up again: rhub task %s --wait -o out/)\n"):format(id, id))
    contains(got.err, "saved  out/" .. id .. "-1.mp4  (")
    contains(got.err, "4.20 CNY")
  end)

  it("prints the task's id before the waiting starts, and each state once", function()
    box:fault { route = "submit", ["do"] = "task", states = { "QUEUED", "RUNNING" }, polls = 4 }
    local got = picture()
    local id = box:stats().tasks.ids[1]
    local order = {}
    for line in got.err:gmatch("[^\n]+") do order[#order + 1] = line:match("^%w+") end
    assert.equal("task", order[1])
    assert.equal("done", order[#order])
    contains(got.err, "task " .. id)
    assert.equal(1, select(2, got.err:gsub("running", "")))
  end)

  it("prints the outputs' addresses without a target", function()
    local got = picture("-q")
    assert.same({ 0, "" }, { got.code, got.err })
    assert.is_truthy(got.out:find("^http://127%.0%.0%.1:%d+/results/[%w/-]+%.png\n$"), got.out)
  end)

  it("gives one JSON object with everything", function()
    local got = picture("--json", "--site", "cn", "-o", "json/")
    local answer = decoded(got)
    local id = box:stats().tasks.ids[1]
    assert.equal(0, got.code)
    assert.same({ id, PICTURE, "done" }, { answer.task_id, answer.model, answer.status })
    assert.same({ "json/" .. id .. "-1.png" }, answer.files)
    assert.equal("png", answer.outputs[1].type)
    assert.equal("CNY", answer.cost.currency)
    assert.equal("number", type(answer.seconds))
    assert.is_nil(answer.error)
  end)

  it("names a file as it is told to", function()
    local got = picture("-o", "cat.png")
    assert.equal(0, got.code, got.err)
    assert.equal("cat.png\n", got.out)
    assert.equal("\137PNG", run:read("cat.png"):sub(1, 4))
    assert.equal(0, picture("-o", "cat.png", "--overwrite").code)
  end)

  it("sends text, files' text, JSON and lists as what they are", function()
    run:put("prompt.txt", "rain over\nthe harbour\n")
    local got = run("run", "test/image", "prompt=@prompt.txt", "seed:=9007199254740993", "exact:=true",
      "word=5", "tags=a", "tags=b", "tags:=3", "nothing:=null", "mail=me@home")
    assert.equal(0, got.code, got.err)
    local task = box:task(box:stats().tasks.ids[1])
    assert.same({ prompt = "rain over\nthe harbour", seed = 9007199254740993, exact = true, word = "5",
      tags = { "a", "b", 3 }, nothing = json.null, mail = "me@home" }, task.params)
    contains(task.body, '"seed":9007199254740993')
  end)

  it("ends with 1 and says why when the task has failed", function()
    box:fault { route = "submit", ["do"] = "task", ["end"] = "FAILED", code = "1501", message = "\27[31mred" }
    local got = picture("-o", "out/")
    assert.equal(1, got.code)
    contains(got.err, "1501")
    contains(got.err, box:stats().tasks.ids[1])
    assert.is_nil(got.err:find("\27", 1, true), "control bytes of the server reach the terminal")
  end)

  it("ends with 5, says what to do, and does not submit again when the outcome is unknown", function()
    box:fault { route = "submit", ["do"] = "reset_after" }
    local got = picture("-o", "out/")
    assert.equal(5, got.code)
    contains(got.err, "may be charged")
    contains(got.err, "call-record-detail")
    assert.equal(1, box:stats().submits.received)
    box:fault { route = "submit", ["do"] = "reset_after" }
    local answer = decoded(picture("--json"))
    assert.same({ "unknown_outcome", "maybe" }, { answer.error.kind, answer.error.spent })
  end)

  it("ends with 3 when the service refuses the key", function()
    box:fault { route = "submit", ["do"] = "code", code = "1002" }
    assert.equal(3, picture().code)
  end)

  it("keeps the part and says how to fetch again when the disk takes no more", function()
    box:fault { route = "submit", ["do"] = "task", file = { bytes = 5000000 } }
    local full = run:with { before = "trap '' XFSZ; ulimit -f 6000" } -- 3 MB a file
    local got = full("run", VIDEO, "firstImageUrl=portrait.png", "-o", "full/", "--json")
    assert.equal(1, got.code, got.err)
    local answer = decoded(got)
    assert.equal("io", answer.error.kind)
    contains(got.err, ("rhub task %s -o full/"):format(answer.task_id))
    local parts = io.popen(("ls -a %s/full"):format(program.quote(run.folder)))
    contains(parts:read("a"), ".part")
    parts:close()
    local again = run("task", answer.task_id, "-o", "full/", "--json")
    assert.same({ 0, 1 }, { again.code, #decoded(again).files })
    assert.equal(1, box:stats().submits.received)
  end)

  it("does not wait longer than it is told to, and leaves the task running", function()
    box:fault { route = "submit", ["do"] = "task", seconds = 60 }
    local got = picture("--timeout", "0.1", "--json")
    local answer = decoded(got)
    assert.same({ 1, "timeout", "maybe" }, { got.code, answer.error.kind, answer.error.spent })
    assert.equal(box:stats().tasks.ids[1], answer.error.task_id)
  end)
end)

describe("rhub task and rhub cancel", function()
  setup(function()
    box = sandboxes.start { "--speed", "100" }
    run = program.new(box)
  end)
  teardown(function()
    run:remove()
    box:stop()
  end)
  before_each(function() box:reset() end)

  local function left_running()
    box:fault { route = "submit", ["do"] = "task", seconds = 60 }
    return decoded(picture("--timeout", "0.1", "--json")).error.task_id
  end

  it("tell how a task stands without waiting for it", function()
    local id = left_running()
    local got = run("task", id)
    assert.equal(0, got.code)
    contains(got.out, "rhub task " .. id .. " --wait")
    local answer = decoded(run("task", id, "--json"))
    assert.is_truthy(answer.status == "running" or answer.status == "queued")
  end)

  it("take up a task that another run has left, and save it", function()
    local id = left_running()
    box:control("POST", "finish")
    local got = run("task", id, "--wait", "-o", "taken/")
    assert.equal(0, got.code, got.err)
    assert.equal("taken/" .. id .. "-1.png\n", got.out)
    assert.equal(1, box:stats().submits.received)
  end)

  it("do not save twice what is there already", function()
    local id = left_running()
    box:control("POST", "finish")
    run("task", id, "-o", "twice/")
    local got = run("task", id, "-o", "twice/")
    assert.equal(0, got.code, got.err)
    contains(got.err, "was there already")
  end)

  it("cancel on the server", function()
    local id = left_running()
    local answer = decoded(run("cancel", id, "--json"))
    assert.same({ id, true }, { answer.task_id, answer.cancelled })
    local after = run("task", id, "--wait")
    assert.equal(1, after.code)
    contains(after.err, "cancelled")
    assert.equal(1, box:stats().tasks.cancelled)
  end)

  it("tell what they have cost when their outputs are saved by the older call", function()
    local made = decoded(run("run", "rhart-image-v1/text-to-image", "prompt=x", "aspectRatio=1:1", "--json"))
    contains(run("outputs", made.task_id, "-o", "older/").err, "\ncost  " .. made.cost.amount)
  end)

  it("have no task_id where the id is none", function()
    for _, command in ipairs { "task", "outputs", "cancel" } do
      local got = run(command, "abc", "--json")
      assert.same({ command, 2, nil }, { command, got.code, decoded(got).task_id })
    end
  end)

  it("say so when the service knows no such task", function()
    local got = run("task", "2013508786110730241", "--json")
    assert.same({ 1, "gone" }, { got.code, decoded(got).error.kind })
    got = run("cancel", "2013508786110730241")
    assert.equal(1, got.code)
    contains(got.err, "rhub: task 2013508786110730241: the service knows no such task")
  end)
end)

describe("rhub account, doctor and login", function()
  local BAD = ("f"):rep(32)
  local no_key = { RUNNINGHUB_API_KEY = "" }
  setup(function()
    box = sandboxes.start { "--key", program.key .. ":SHARED:12.50", "--key", ("e"):rep(32) .. ":NORMAL" }
    run = program.new(box)
  end)
  teardown(function()
    run:remove()
    box:stop()
  end)

  it("tell the kind of key, the balance and the places", function()
    local got = run("account")
    assert.same({ 0, "" }, { got.code, got.err })
    for _, part in ipairs { "enterprise shared", "12.50 CNY", "0 of 50 places in use" } do
      contains(got.out, part)
    end
    local answer = decoded(run("account", "--json"))
    assert.same({ "SHARED", "12.50", "CNY", 50, 0 },
      { answer.kind, answer.money, answer.currency, answer.limit, answer.running })
  end)

  it("warn of a key that standard models refuse", function()
    local got = run:with { env = { RUNNINGHUB_API_KEY = ("e"):rep(32) } }("account")
    contains(got.out, "consumer")
    contains(got.out, "1014")
  end)

  it("find everything in order, and tell no key", function()
    local got = run("doctor")
    assert.equal(0, got.code, got.err)
    contains(got.out, "from RUNNINGHUB_API_KEY, ends in " .. program.key:sub(-4))
    contains(got.out, "all good\n")
    assert.is_nil(got.out:find(program.key, 1, true))
    contains(got.out, "cache        none") -- the service is on this machine
    local answer = decoded(run("doctor", "--json"))
    assert.same({ {}, json.null }, { answer.problems, answer.cache })
  end)

  it("find what is wrong: no key, a bad one, nobody there", function()
    local got = run:with { env = no_key }("doctor")
    assert.equal(3, got.code)
    contains(got.out, "rhub login")
    got = run:with { env = { RUNNINGHUB_API_KEY = BAD } }("doctor", "--json")
    assert.same({ 3, 1 }, { got.code, #decoded(got).problems })
    got = run:with { env = { RH_API_BASE_URL = "http://127.0.0.1:9" } }("doctor")
    assert.equal(4, got.code)
  end)

  it("keep a key that works where only this user can read it", function()
    local piped = run:with { env = no_key, stdin = program.key .. "\n" }
    local got = piped("login", "--stdin", "--base-url", box.url)
    assert.equal(0, got.code, got.err)
    contains(got.out, "enterprise shared")
    contains(got.out, "12.50 CNY")
    assert.is_nil((got.out .. got.err):find(program.key, 1, true))
    assert.equal(384, sys.stat(run.home .. "/.config/rhub/config").mode) -- 0600
    local later = run:with { env = { RUNNINGHUB_API_KEY = "", RH_API_BASE_URL = "" } }("account")
    assert.equal(0, later.code, later.err)
  end)

  it("keep the other lines of the file, and no key that does not work", function()
    local path = run.home .. "/.config/rhub/config"
    local file = assert(io.open(path, "w"))
    file:write("# mine\nkey = " .. program.key .. "\nsite = cn\n")
    file:close()
    local got = run:with { env = no_key, stdin = BAD }("login", "--stdin")
    assert.equal(3, got.code)
    contains(got.err, "nothing was written")
    assert.is_nil(got.err:find(BAD, 1, true))
    assert.equal("# mine\nkey = " .. program.key .. "\nsite = cn\n", assert(sys.read(path)))
    assert.equal(0, run:with { env = no_key, stdin = ("e"):rep(32) }("login", "--stdin").code)
    assert.equal("# mine\nsite = cn\nkey = " .. ("e"):rep(32) .. "\n", assert(sys.read(path)))
  end)

  it("refuse a config file that others can read, and say how to mend it", function()
    os.execute("chmod 644 " .. program.quote(run.home .. "/.config/rhub/config"))
    local got = run:with { env = no_key }("account")
    assert.equal(3, got.code)
    contains(got.err, "chmod 600")
  end)
end)
