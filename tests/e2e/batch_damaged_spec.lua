-- rhub batch and a journal that is damaged, or that takes nothing more: nothing is paid twice.
local against = require "support.against"
local json = require "rhub.json"
local programs = require "support.program"
local sys = require "rhub.sys"

local MODEL = "rhart-image-v1/text-to-image"

local box, run
before_each(function()
  box = against.sandbox()
  run = programs.new(box)
  run:put("cats.csv", "subject\none\ntwo\nthree\nfour\nfive\nsix\n")
end)
after_each(function() run:remove() end)
teardown(against.stop)

local function words(...)
  return "batch", "cats.csv", "--model", MODEL, "prompt={subject}", "aspectRatio=1:1", "-o", "out", "--site",
    "cn", ...
end

local function submits() return box:stats().submits.received end

local function list(pattern)
  local found = {}
  for _, name in ipairs(sys.list(run.folder .. "/out")) do
    if name:find(pattern) then found[#found + 1] = name end
  end
  return found
end

describe("a damaged journal", function()
  it("is reported and set aside, and no run pays again before somebody has seen to it", function()
    assert.equal(0, run(words()).code)
    assert.same({}, list "^rhub%.db%-") -- all of it is in one file
    local whole = run:read "out/rhub.db"
    run:put("out/rhub.db", ("rubbish "):rep(600))
    for _, said in ipairs { "it is damaged, and was set aside as out/rhub%.db%.damaged%-%d+%-%d+; nothing",
      "it was damaged, and was set aside as" } do
      local got = run(words())
      assert.equal(1, got.code)
      assert.matches(said, got.err)
    end
    for _, more in ipairs { "--dry-run", "--status" } do
      local got = run(words(more))
      assert.equal(1, got.code)
      assert.matches("it was damaged, and was set aside as", got.err)
    end
    assert.matches("it was damaged, and was set aside as", run("jobs", "--journal", "out").err)
    assert.equal(6, submits())
    assert.same({}, list "^rhub%.db$")
    local damaged = list "^rhub%.db%.damaged%-"
    assert.equal(1, #damaged)
    assert.equal(("rubbish "):rep(600), run:read("out/" .. damaged[1]))
    run:put("out/rhub.db", whole) -- brought back
    assert.equal(0, run(words()).code)
    assert.equal(6, submits())
  end)
end)

describe("a journal that cannot be read on", function()
  it("is told by each command that reads one in a line with the remedy", function()
    assert.equal(0, run(words()).code)
    local whole = run:read "out/rhub.db"
    run:put("damaged.db", whole:sub(1, 4096) .. ("rubbish "):rep((#whole - 4096) // 8))
    local line = "^rhub: journal damaged%.db: it is damaged; keep it, and bring back [^\n]+\n$"
    for _, command in ipairs { "jobs", "cost", "fetch" } do
      local got = run(command, "--journal", "damaged.db")
      assert.same({ 1, "" }, { got.code, got.out })
      assert.matches(line, got.err)
      got = run(command, "--journal", "damaged.db", "--json")
      assert.equal(1, got.code)
      assert.equal("io", json.decode(got.out).error.kind)
    end
  end)
end)

describe("a journal that takes nothing more", function()
  it("ends the batch at the row that meets that: none fails by it", function()
    box:fault { ["do"] = "task", seconds = 0.5, times = -1 }
    local child = assert(sys.spawn { "sh", "-c", ("cd %s && exec %s 2>err.txt"):format(
      programs.quote(run.folder), run:words(words("--concurrency", "1"))) })
    repeat local seen = submits() until seen > 0
    assert(os.rename(run.folder .. "/out/rhub.db", run.folder .. "/rhub.db"))
    assert.equal(1, sys.wait(child.pid, 60))
    sys.close(child.stdin)
    sys.close(child.stdout)
    assert.equal(1, submits())
    local said = run:read "err.txt"
    assert.matches("1 saved   0 failed", said, 1, true)
    assert.matches("it was moved or removed while it was worked", said, 1, true)
    assert(os.rename(run.folder .. "/rhub.db", run.folder .. "/out/rhub.db"))
    assert.equal(0, run(words()).code)
    assert.equal(6, submits())
  end)
end)
