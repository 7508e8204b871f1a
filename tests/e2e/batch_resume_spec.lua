-- rhub batch, cut off and gone on with: what the commands about its journal tell meanwhile, and what is paid.
local against = require "support.against"
local json = require "rhub.json"
local programs = require "support.program"
local sys = require "rhub.sys"

local MODEL = "rhart-image-v1/text-to-image"

local box, run
before_each(function()
  box = against.sandbox()
  run = programs.new(box)
end)
after_each(function() run:remove() end)
teardown(against.stop)

local function rows(...)
  return run:put("cats.csv", "subject\n" .. table.concat({ ... }, "\n") .. "\n")
end

local function words(...)
  return "batch", "cats.csv", "--model", MODEL, "prompt={subject}", "aspectRatio=1:1", "-o", "out", "--site",
    "cn", ...
end

local function batch(...) return run(words(...)) end

-- The lines of --json, and the last of them.
local function events(got)
  local list = {}
  for line in got.out:gmatch "[^\n]+" do list[#list + 1] = assert(json.decode(line)) end
  return list, list[#list]
end

local function submits() return box:stats().submits.received end

local function jobs(...)
  local list = events(run("jobs", "--journal", "out", "--json", ...))
  list[#list] = nil
  return list
end

-- The program in a process of its own, its standard error in err.txt.
local function start(...)
  return assert(sys.spawn { "sh", "-c", ("cd %s && exec %s 2>err.txt"):format(programs.quote(run.folder),
    run:words(...)) })
end

local function finish(child)
  local code = sys.wait(child.pid, 60)
  sys.close(child.stdin)
  sys.close(child.stdout)
  return code
end

describe("a submit that is on the wire", function()
  it("is told as being submitted while a process is at it, and as unknown once that has died", function()
    rows("one")
    box:fault { route = "submit", ["do"] = "delay", seconds = 20 }
    local child = start(words())
    repeat local seen = submits() until seen > 0
    assert.matches("  submitting  ", run("jobs", "--journal", "out").out, 1, true)
    assert.same({ 1, 0 }, { #jobs "--running", #jobs "--unknown" })
    assert.matches("1 running", batch("--status").out, 1, true)
    sys.kill(child.pid, "KILL")
    finish(child)
    assert.matches("  unknown  ", run("jobs", "--journal", "out").out, 1, true)
    assert.same({ 0, 1 }, { #jobs "--running", #jobs "--unknown" })
    assert.equal("unknown_outcome", jobs("--unknown")[1].error.kind)
    assert.matches("1 unknown", batch("--status").out, 1, true)
    local _, dry = events(batch("--dry-run", "--json"))
    assert.same({ 1, 1 }, { dry.unknown, submits() })
  end)
end)

describe("rhub fetch", function()
  it("saves under the names and with the records that the batch would have given, over nothing", function()
    rows("one", "two")
    box:fault { route = "result", ["do"] = "status", status = 404, times = -1 }
    assert.equal(1, batch("--name", "{subject}-{n:02}.{ext}").code)
    box:control("DELETE", "faults")
    run:put("out/two-01.png", "mine")
    local fetched = json.decode(run("fetch", "--journal", "out", "--json").out)
    assert.same({ 2, 0, 2 }, { #fetched.files, #fetched.failed, submits() })
    assert.same({ "out/one-01.png", "out/two-01-2.png" }, { fetched.files[1].paths[1],
      fetched.files[2].paths[1] })
    assert.equal("mine", run:read "out/two-01.png")
    local record = json.decode(run:read "out/one-01.png.json")
    local key = jobs()[1].key
    assert.same({ key, 1, MODEL, "one", "0.05", "0.05", "one-01.png" }, { record.key, record.row,
      record.model, record.params.prompt, record.price.estimated.amount, record.price.charged.amount,
      record.file.name })
    local downloads = box:stats().downloads.count
    assert.same({ 0, 2, downloads }, { batch().code, submits(), box:stats().downloads.count })
    assert.equal(0, run("verify", "out").code)
  end)

  it("waits with --all for what runs, and books it", function()
    rows("one", "two")
    box:fault { ["do"] = "task", seconds = 1, times = -1 }
    local child = start(words())
    repeat
      local known = 0 -- with their ids
      for _, job in ipairs(jobs "--running") do known = known + (job.state == "running" and 1 or 0) end
    until known == 2
    sys.kill(child.pid, "KILL")
    finish(child)
    local function fetch(...) return run("fetch", "--journal", "out", "--site", "cn", ...) end
    assert.equal("nothing is left to fetch\n", fetch().err)
    assert.equal(0, fetch("--all").code)
    assert.same({ 2, 2 }, { #jobs "--done", submits() })
    local cost = json.decode(run("cost", "--journal", "out", "--json").out)
    assert.equal(box:stats().charged, cost.groups[1].charged)
    assert.equal("nothing is left to fetch\n", fetch("--all").err)
    assert.same({ 0, 2 }, { batch().code, submits() })
  end)
end)

describe("a second Ctrl-C", function()
  it("cancels what runs, and tells what became of each row", function()
    rows("a", "b", "c", "d", "e", "f", "g", "h")
    box:fault { { ["do"] = "task", seconds = 0, times = 1 }, { ["do"] = "task", seconds = 60, times = -1 } }
    local child = start(words("--concurrency", "4", "--json"))
    repeat local stats = box:stats() until stats.submits.accepted == 5 and stats.downloads.count == 1
    sys.kill(child.pid, "INT")
    repeat local said = run:read "err.txt" until said:find("again ^C", 1, true)
    sys.kill(child.pid, "INT")
    assert.equal(130, finish(child))
    local said = run:read "err.txt"
    assert.matches("1 saved", said, 1, true)
    assert.matches("4 cancelled", said, 1, true)
    assert.matches("3 to do", said, 1, true)
    assert.is_nil(said:find("left running", 1, true))
    assert.same({ 4, 5 }, { box:stats().tasks.cancelled, submits() })
    assert.matches("8 rows, 1 done, 4 cancelled on the service, 3 to do", batch("--status").out, 1, true)
    local _, dry = events(batch("--dry-run", "--json", "--budget", "9"))
    assert.same({ "0.15", 3 }, { dry.price.least, dry.to_do })
    box:control("DELETE", "faults")
    assert.same({ 1, 8 }, { batch().code, submits() }) -- the cancelled ones have been charged
    assert.same({ 0, 12 }, { batch("--retry-failed").code, submits() })
  end)
end)

describe("a batch that is run again", function()
  local function summary(...) return select(2, events(batch("--json", ...))) end

  it("pays for rows that are new or changed, wherever they stand, and for no others", function()
    rows("a", "b", "twin", "twin", "c")
    assert.equal(0, batch().code)
    rows("new", "c", "twin", "B", "a", "twin", "twin")
    local last = summary()
    assert.same({ 3, 4, 8 }, { last.done, last.skipped, submits() })
    for subject, times in pairs { new = 1, B = 1, twin = 3, a = 1, b = 1, c = 1 } do
      local body = ('"prompt":"%s"'):format(subject)
      local n = 0
      for sent, count in pairs(box:stats().submits.bodies) do
        if sent:find(body, 1, true) then n = n + count end
      end
      assert.same({ subject, times }, { subject, n })
    end
    assert.same({ 0, 7 }, { summary().done, summary().skipped })
  end)

  it("goes on after --limit and --shuffle, in any order", function()
    rows("a", "b", "c", "d", "e", "f", "g")
    assert.same({ 0, 3 }, { batch("--limit", "3").code, submits() })
    assert.same({ 2, 5 }, { summary("--shuffle", "--limit", "2").done, submits() })
    local last = summary "--shuffle"
    assert.same({ 2, 5, 7 }, { last.done, last.skipped, submits() })
  end)

  it("pays nothing for another --name, or another folder with the same journal", function()
    rows("a", "b")
    assert.equal(0, batch().code)
    local again = summary("--name", "{subject}.{ext}")
    assert.same({ 2, 0 }, { again.skipped, again.done })
    again = summary("-o", "elsewhere", "--journal", "out/rhub.db")
    assert.same({ 2, 0, 2 }, { again.skipped, again.done, submits() })
  end)

  it("fetches outputs that were deleted, for as long as there are any, and never pays", function()
    rows("a", "b")
    assert.equal(0, batch().code)
    local before = run:read "out/0001-1.png"
    os.remove(run.folder .. "/out/0001-1.png")
    assert.matches("1 done, 1 not saved yet", batch("--status").out, 1, true)
    assert.same({ 1, 1 }, { summary().done, summary().skipped - 1 })
    assert.equal(before, run:read "out/0001-1.png")
    os.remove(run.folder .. "/out/0001-1.png")
    for _, way in ipairs { "expire", "forget" } do
      box:control("POST", way)
      local got = batch()
      assert.equal(1, got.code)
      assert.matches("unsaved +0001 .* is gone.*%(charged%)", got.err)
      assert.matches("1 saved   0 failed   0.10 CNY   0 unknown   1 not saved", got.err, 1, true)
    end
    assert.equal(2, submits())
  end)
end)
