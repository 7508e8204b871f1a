-- What a dry run and --status tell of rows that are not simply done or to do, against what a run then does.
local against = require "support.against"
local batches = require "support.batches"
local json = require "rhub.json"
local programs = require "support.program"
local sys = require "rhub.sys"

local box, run, cats
before_each(function()
  box = against.sandbox()
  run = programs.new(box)
  cats = batches.new(box, run)
end)
after_each(function() run:remove() end)
teardown(against.stop)

local USAGE = { consumeMoney = "0.05", consumeCoins = json.null, taskCostTime = "1",
  thirdPartyConsumeMoney = json.null }
local CHARGED = { ["do"] = "task", match = "cat 1", ["end"] = "FAILED", usage = USAGE }

-- A dry run, and whether a run after it submits as many tasks as that has told.
local function foretold(...)
  local told, before = cats.summary("--dry-run", ...), cats.submits()
  cats.batch(...)
  assert.same(told.send, cats.submits() - before)
  return told
end

-- A batch of its own process, with the words behind. What it says can be read.
local function start(...)
  local words = run:words(cats.words(...))
  return assert(sys.spawn { "sh", "-c", ("cd %s && exec %s 2>&1"):format(programs.quote(run.folder), words) })
end

local function await(child, text)
  repeat
    local line = assert(sys.readline(child.stdout, 20), "never said: " .. text)
  until line:find(text, 1, true)
end

local function ended(child)
  local code = sys.wait(child.pid, 30)
  sys.close(child.stdin)
  sys.close(child.stdout)
  return code
end

describe("a dry run tells as many tasks as a run submits", function()
  it("where rows have failed and cost nothing", function()
    cats.file(3)
    box:fault { route = "submit", ["do"] = "code", code = "1007", match = "cat 2", times = 1 }
    local last = cats.summary()
    assert.same({ 2, 1, 1 }, { last.done, last.failed, last.uncharged })
    local got = cats.batch("--status")
    assert.matches("3 rows, 2 done, 1 failed and not charged, 0 to do", got.out, 1, true)
    local told = foretold()
    assert.same({ 1, "0.05", 1, 1 }, { told.send, told.price.least, told.uncharged, told.to_do })
    assert.equal(3, cats.summary().skipped)
  end)

  it("where rows have failed and were charged", function()
    cats.file(2)
    box:fault(CHARGED)
    local got = cats.batch()
    assert.matches("--retry-failed   submits anew", got.err, 1, true)
    assert.equal(0, foretold().send)
    assert.equal(1, foretold("--retry-failed").send)
  end)

  it("where an outcome is unknown, by the policy", function()
    cats.file(2)
    box:fault { route = "submit", ["do"] = "reset_after", match = "cat 2" }
    assert.equal(5, cats.batch().code)
    assert.equal(0, foretold().send)
    assert.equal(1, foretold("--on-unknown", "resubmit").send)
  end)

  it("where Ctrl-C has come before some were sent", function()
    cats.file(4)
    box:fault { { ["do"] = "task", seconds = 1, times = -1 },
      { route = "submit", ["do"] = "delay", seconds = 1, times = -1 } }
    local child = start("--concurrency", "1")
    repeat local accepted = box:stats().submits.accepted until accepted > 0
    sys.kill(child.pid, "INT")
    assert.equal(130, ended(child))
    box:control("DELETE", "faults")
    local to_do = 4 - cats.submits()
    assert.matches(("%d done, %d to do"):format(4 - to_do, to_do), cats.batch("--status").out, 1, true)
    assert.equal(to_do, foretold().send)
  end)

  it("where a budget stops it, after as many", function()
    cats.file(5)
    local told = cats.summary("--dry-run", "--budget", "0.12")
    assert.same({ 5, 2 }, { told.send, told.stops_after })
    assert.matches("would stop     after 2 tasks: the budget of 0.12", cats.batch("--dry-run", "--budget",
      "0.12").err, 1, true)
    assert.equal(1, cats.batch("--budget", "0.12").code)
    assert.equal(2, cats.submits())
    assert.matches("5 rows, 2 done, 3 to do", cats.batch("--status").out, 1, true)
    told = cats.summary("--dry-run", "--budget", "0.16")
    assert.same({ 3, 1 }, { told.send, told.stops_after })
    assert.matches("0.10 of it is spent or held", cats.batch("--dry-run", "--budget", "0.16").err, 1, true)
    assert.equal(json.null, cats.summary("--dry-run", "--budget", "0.25").stops_after)
    assert.equal(3, foretold().send)
  end)
end)

describe("a row whose task was cancelled on the service and charged", function()
  it("is cancelled, and runs no more", function()
    cats.file(1)
    box:fault { ["do"] = "task", seconds = 60, usage = USAGE }
    local child = start()
    repeat local accepted = box:stats().submits.accepted until accepted > 0
    sys.kill(child.pid, "INT")
    await(child, "stopping")
    sys.kill(child.pid, "INT")
    assert.equal(130, ended(child))
    local last = cats.summary()
    assert.same({ 0, 1, 0, 1 }, { last.running, last.cancelled, last.uncharged, cats.submits() })
    assert.matches("1 cancelled on the service, 0 to do", cats.batch("--status").out, 1, true)
    assert.equal(1, foretold("--retry-failed").send)
  end)
end)

describe("a batch that is told to leave at once", function()
  it("tells the command that goes on, and the tasks that run", function()
    cats.file(2)
    box:fault { ["do"] = "task", seconds = 60, times = -1 }
    local child = start("--json")
    for _ = 1, 2 do await(child, '"accepted"') end
    sys.kill(child.pid, "TERM")
    local said = {}
    for line in function() return sys.readline(child.stdout, 20) end do said[#said + 1] = line end
    assert.equal(130, ended(child))
    local text = table.concat(said, "\n")
    assert.matches("--concurrency 40 --site cn --json   goes on from here and collects it", text, 1, true)
    assert.not_matches("rhub task", text)
    for _, id in ipairs(box:stats().tasks.ids) do assert.matches("task " .. id, text, 1, true) end
  end)
end)

describe("a row whose task is done and has no output", function()
  before_each(function()
    cats.file(2)
    box:fault { ["do"] = "task", match = "cat 2", results = json.array {} }
  end)

  it("has failed and was charged, wherever it is told", function()
    local got = cats.batch()
    assert.equal(1, got.code)
    assert.matches("done   1 saved   1 failed   0.10 CNY", got.err, 1, true)
    assert.matches("failed     0002  task %d+ is done and has no output %(charged%)", got.err)
    assert.matches("--retry-failed   submits anew", got.err, 1, true)
    assert.matches("2 rows, 1 done, 1 failed, 0 to do", cats.batch("--status").out, 1, true)
    local told = foretold()
    assert.same({ 0, 0, 1, 0 }, { told.send, told.to_do, told.failed, told.unsaved })
    local last = cats.summary()
    assert.same({ 1, 1, 0, 2 }, { last.skipped, last.failed, last.uncharged, cats.submits() })
    got = run("fetch", "--journal", "out", "--site", "cn")
    assert.same({ 0, "nothing is left to fetch\n" }, { got.code, got.err })
  end)

  it("is submitted anew by --retry-failed alone", function()
    assert.equal(1, cats.batch().code)
    assert.equal(1, foretold("--retry-failed").send)
    assert.same({ true, 3, 2 }, { cats.exists "out/0002-1.png", cats.submits(), cats.summary().skipped })
  end)

  it("is told by rhub fetch --all, which waits for it", function()
    box:control("DELETE", "faults")
    box:fault { { ["do"] = "task", results = json.array {}, times = -1 },
      { route = "query", ["do"] = "status", status = 503, times = -1 } } -- so that none has ended before
    local child = start()
    repeat
      local known = 0
      for _, job in ipairs(cats.jobs "--running") do known = known + (job.state == "running" and 1 or 0) end
    until known == 2
    sys.kill(child.pid, "KILL")
    ended(child)
    box:control("DELETE", "faults")
    local got = run("fetch", "--all", "--journal", "out", "--site", "cn")
    assert.equal(1, got.code)
    assert.matches("is done and has no output", got.err, 1, true)
    assert.matches("0 tasks are saved, 2 not", got.err, 1, true)
    assert.matches("2 rows, 0 done, 2 failed, 0 to do", cats.batch("--status").out, 1, true)
  end)
end)

describe("a row whose text has no words", function()
  it("is saved as a file without bytes, and done", function()
    cats.file(1)
    box:fault { ["do"] = "task", results = { { text = "" } } }
    assert.equal(0, cats.batch().code)
    assert.equal("", run:read "out/0001-1.txt")
    assert.matches("1 row, 1 done, 0 to do", cats.batch("--status").out, 1, true)
    assert.same({ 1, 1 }, { cats.summary().skipped, cats.submits() })
    assert.equal(0, run("verify", "out").code)
  end)
end)

describe("a row that was given up", function()
  local function give_up()
    cats.file(2)
    box:fault { route = "submit", ["do"] = "reset_after", match = "cat 2" }
    assert.equal(5, cats.batch().code)
    local key = cats.jobs("--unknown")[1].key
    assert.equal(0, run("jobs", "resolve", key, "--drop", "--journal", "out").code)
    return key
  end

  it("is told as such, and not submitted by --retry-failed", function()
    give_up()
    local got = cats.batch()
    assert.equal(0, got.code)
    assert.matches("done   1 saved   0 failed", got.err, 1, true)
    assert.matches("1 given up", got.err, 1, true)
    assert.not_matches("to do", got.err)
    assert.same({ 1, 0 }, { cats.summary().dropped, cats.summary().left })
    assert.matches("1 done, 1 given up, 0 to do", cats.batch("--status").out, 1, true)
    local told = foretold("--retry-failed")
    assert.same({ 0, 0, 1, 2 }, { told.send, told.to_do, told.dropped, cats.submits() })
  end)

  it("is submitted once that is resolved otherwise", function()
    local key = give_up()
    assert.equal(0, run("jobs", "resolve", key, "--resubmit", "--journal", "out").code)
    assert.equal(1, foretold().send)
    assert.same({ 3, 2 }, { cats.submits(), cats.summary().skipped })
  end)
end)

describe("a row that is unknown, and made no task", function()
  it("is submitted anew within the budget that had room for it", function()
    cats.file(2)
    box:fault { route = "submit", ["do"] = "reset_after", match = "cat 2" }
    assert.equal(5, cats.batch("--budget", "0.10").code)
    local key = cats.jobs("--unknown")[1].key
    assert.equal(0, run("jobs", "resolve", key, "--resubmit", "--journal", "out").code)
    assert.same({ 0, 3 }, { cats.batch("--budget", "0.10").code, cats.submits() })
    assert.is_true(cats.exists "out/0002-1.png")
  end)
end)

describe("--journal", function()
  it("means the journal in a folder wherever it is one", function()
    cats.file(1)
    assert(sys.mkdir_p(run.folder .. "/books"))
    for i, path in ipairs { "books", ".", "books/", "new/" } do
      assert.equal(0, cats.batch("--journal", path, "-o", "out" .. i).code)
      local file = (path == "." and "" or path:gsub("/$", "") .. "/") .. "rhub.db"
      assert.is_true(cats.exists(file))
      assert.equal(1, json.decode(run("cost", "--journal", path, "--json").out).groups[1].tasks)
    end
    assert.equal(3, cats.submits())
  end)
end)

describe("--limit", function()
  it("does not count rows that merely tell what is recorded", function()
    cats.file(3)
    box:fault(CHARGED)
    assert.equal(1, cats.batch("--limit", "1").code)
    local told = foretold("--limit", "1")
    assert.same({ 1, 2 }, { told.send, cats.submits() })
    assert.is_true(cats.exists "out/0002-1.png")
  end)
end)

describe("names in a dry run", function()
  it("are those that come: past taken ones, and of rows that are done theirs", function()
    cats.file(3)
    assert(sys.mkdir_p(run.folder .. "/out"))
    run:put("out/cat-2.png.json", "mine")
    local function outputs(...)
      local list = {}
      for _, event in ipairs((cats.events(cats.batch("--json", ...)))) do
        if event.event == "request" then list[#list + 1] = event.output end
        if event.event == "done" then list[event.row] = event.files[1] end
      end
      return list
    end
    local told = outputs("--dry-run", "--name", "cat.{ext}")
    assert.same({ "out/cat.png", "out/cat-3.png", "out/cat-4.png" }, told)
    local made = outputs("--name", "cat.{ext}", "--concurrency", "1")
    assert.same(told, made)
    assert.same(made, outputs("--dry-run", "--name", "other.{ext}"))
    assert.equal("mine", run:read "out/cat-2.png.json")
  end)
end)
