-- What a batch trusts of the records that it finds: its journal, its files, and who else has been at them.
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

local function file(n)
  local lines = { "subject" }
  for i = 1, n do lines[#lines + 1] = "cat " .. i end
  return run:put("cats.csv", table.concat(lines, "\n") .. "\n")
end

local WORDS = { "cats.csv", "prompt={subject}", "aspectRatio=1:1" }

local function batch(...)
  return run("batch", WORDS[1], WORDS[2], WORDS[3], "--model", MODEL, "-o", "out", "--site", "cn", ...)
end

local function submits() return box:stats().submits.received end

-- The same in the background: what it is to be waited for by.
local function begin(...)
  local words = run:words("batch", WORDS[1], WORDS[2], WORDS[3], "--model", MODEL, "-o", "out", "-q", ...)
  local folder = programs.quote(run.folder)
  return assert(sys.spawn { "sh", "-c", ("cd %s && exec %s 2>err"):format(folder, words) })
end

local function finish(child)
  local code = sys.wait(child.pid, 60)
  sys.close(child.stdin)
  sys.close(child.stdout)
  return code
end

local function wait_for_tasks(n)
  repeat local accepted = box:stats().submits.accepted until accepted >= n
end

local function wait_for_running()
  repeat local got = run("jobs", "--running", "--journal", "out", "--json").out until got:find '"running"'
end

describe("a batch that has looked at its file", function()
  -- The batch of the command line, up to where it opens its client.
  local function looked_at()
    local words = { run.folder .. "/cats.csv", WORDS[2], WORDS[3] }
    local values = { model = MODEL, output = run.folder .. "/out", check = "strict" }
    local job = assert(require("rhub.cli.batch.setup").job { values = values, words = words,
      terminal = { say = error } })
    job.client = { journal = job.journal, site = "cn" }
    return job
  end

  local function work(job)
    local hub <close> = against.client(job.client)
    assert.is_nil(require("rhub.cli.batch.setup").look(job))
    local run_of = require("rhub.batch.run").new { hub = hub, source = job.source, plan = job.plan,
      ids = job.ids, record = job.record, dir = job.dir, retries = 2, retry_failed = true, sidecars = true,
      stopped = function() return false end, tell = function() end }
    run_of:go()
    job.source:close()
    return run_of.counts
  end

  it("submits no failed row anew that another one has made good before it had the journal", function()
    file(2)
    box:fault { ["do"] = "task", match = "cat 1", ["end"] = "FAILED" }
    assert.same({ 1, 2 }, { batch().code, submits() })
    local job = looked_at()
    assert.same({ 0, 3 }, { batch("--retry-failed").code, submits() })
    local counts = work(job)
    assert.same({ 2, 0, 3 }, { counts.skipped, counts.failed, submits() })
  end)
end)

describe("a batch that is at work", function()
  it("is alone at it, though the lock beside its journal is removed", function()
    file(6)
    box:fault { ["do"] = "task", seconds = 0.5, times = -1 }
    local first = begin("--concurrency", "2", "--site", "cn")
    wait_for_tasks(1)
    assert(os.remove(run.folder .. "/out/rhub.db.lock"))
    local got = batch("--concurrency", "2")
    assert.matches("journal out/rhub.db: process %d+ works it now", got.err)
    assert.same({ 0, 6 }, { finish(first), submits() })
    assert.same({ 0, 6 }, { batch().code, submits() })
  end)
end)

describe("a batch and the service of its journal", function()
  local function sandboxed(...)
    return run("--sandbox", "batch", WORDS[1], WORDS[2], WORDS[3], "--model", MODEL, "-o", "out", ...)
  end

  local function counts(got)
    local last = assert(json.decode(got.out:match "([^\n]+)\n$"))
    return { got.code, last.done, last.skipped, last.unknown }
  end

  it("goes on in a sandbox of its own with what an earlier one has left", function()
    file(3)
    local first = begin("--sandbox")
    wait_for_running()
    sys.kill(first.pid, "KILL")
    finish(first)
    local got = sandboxed "--json"
    local _, done, skipped, unknown = table.unpack(counts(got))
    assert.same({ 0, 3, 0 }, { got.code, done + skipped, unknown })
    assert.same({ 0, 0, 3, 0 }, counts(sandboxed "--json"))
  end)

  it("takes nothing that was made in a sandbox for done, nor the other way round", function()
    file(1)
    assert.equal(0, sandboxed().code)
    local got = batch()
    assert.same({ 3, 0 }, { got.code, submits() })
    assert.matches("journal out/rhub.db: its jobs are of a sandbox, and this client is one of " .. box.url,
      got.err, 1, true)
    assert.matches("another -o or --journal", got.err, 1, true)
    assert(os.rename(run.folder .. "/out", run.folder .. "/play"))
    assert.same({ 0, 1 }, { batch().code, submits() })
    got = sandboxed()
    assert.equal(3, got.code)
    assert.matches("its jobs are of " .. box.url .. ", and this client is one of a sandbox", got.err, 1, true)
  end)

  it("asks for a running task of another account, and leaves it running", function()
    file(1)
    box:fault { ["do"] = "task", seconds = 60 }
    local first = begin("--site", "cn")
    wait_for_tasks(1)
    wait_for_running()
    sys.kill(first.pid, "KILL")
    finish(first)
    local other = run:with { env = { RUNNINGHUB_API_KEY = ("fedcba9876543210"):rep(2) } }
    local got = other("batch", WORDS[1], WORDS[2], WORDS[3], "--model", MODEL, "-o", "out", "--site", "cn")
    assert.matches("was submitted with another account's key (...cdef)", got.err, 1, true)
    assert.matches("1 running", got.err, 1, true)
    assert.matches("1 row, 0 done, 1 running", batch("--status").out, 1, true)
    assert.equal(1, submits())
  end)
end)

describe("a batch whose journal has gone", function()
  local function lose()
    assert.equal(0, batch().code)
    for _, ending in ipairs { "", ".lock" } do assert(os.remove(run.folder .. "/out/rhub.db" .. ending)) end
  end

  it("pays for nothing that lies there, unless it is told to", function()
    file(3)
    lose()
    for _, more in ipairs { {}, { "--dry-run" }, { "--retry-failed" }, { "--journal", "other.db" } } do
      local got = batch(table.unpack(more))
      assert.same({ 2, 3 }, { got.code, submits() })
      assert.matches("out/0001%-1.png is an output of this batch, and the journal o[a-z./]+ knows nothing of",
        got.err)
      assert.matches("give another -o, or say --anew", got.err, 1, true)
    end
    assert.equal(0, batch("--status").code)
    local got = batch("--anew", "--limit", "1")
    assert.same({ 0, 4 }, { got.code, submits() })
    assert.same({ 2, 4 }, { batch().code, submits() }) -- the word was said of one row
    assert.same({ 0, 6 }, { batch("--anew").code, submits() })
    assert.same({ 0, 6 }, { batch().code, submits() })
  end)

  it("pays for nothing that an older copy of the journal, put back with its lock, lacks", function()
    local function copy(from, to)
      for _, ending in ipairs { "", ".lock" } do
        run:put(to .. ending, run:read(from .. ending))
      end
    end
    file(2)
    assert.equal(0, batch().code)
    copy("out/rhub.db", "older.db")
    file(4)
    assert.equal(0, batch().code)
    copy("older.db", "out/rhub.db")
    local got = batch()
    assert.same({ 2, 4 }, { got.code, submits() })
    assert.matches("out/0003-1.png is an output of this batch", got.err, 1, true)
    file(2)
    assert.same({ 0, 4 }, { batch().code, submits() }) -- nothing of these is lacking
    run:put("cats.csv", "subject\ncat 1\ncat 1\ncat 2\ndog\n")
    assert.same({ 0, 6 }, { batch().code, submits() }) -- nor of these
  end)

  it("goes on where the journal is put back, and is not held up by files of other rows", function()
    file(2)
    assert.equal(0, batch().code)
    assert(os.rename(run.folder .. "/out/rhub.db", run.folder .. "/away.db"))
    assert.equal(2, batch().code)
    run:put("cats.csv", "subject\ndog\n")
    assert.same({ 0, 3 }, { batch().code, submits() })
    file(2)
    assert(os.rename(run.folder .. "/away.db", run.folder .. "/out/rhub.db"))
    assert.same({ 0, 3 }, { batch().code, submits() })
  end)
end)

describe("a batch of which a crash has taken files", function()
  local function size(name)
    local stat = sys.stat(run.folder .. "/out/" .. name)
    return stat and stat.size
  end

  it("fetches what is gone or empty again, once, leaves what was edited, and pays for none", function()
    file(4)
    assert.equal(0, batch().code)
    local whole, downloads = size "0001-1.png", box:stats().downloads.count
    run:put("out/0001-1.png", "")
    run:put("out/0002-1.png", run:read "out/0002-1.png":sub(1, -2))
    os.remove(run.folder .. "/out/0003-1.png")
    assert.matches("4 rows, 2 done, 2 not saved yet", batch("--status").out, 1, true)
    assert.same({ 0, 4, downloads + 2 }, { batch().code, submits(), box:stats().downloads.count })
    assert.same({ 0, whole, whole - 1, nil, whole }, { size "0001-1.png", size "0001-1-2.png",
      size "0002-1.png", size "0002-1-2.png", size "0003-1.png" })
    assert.matches("4 rows, 4 done", batch("--status").out, 1, true)
    assert.same({ 0, 4, downloads + 2 }, { batch().code, submits(), box:stats().downloads.count })
    assert.matches("0002%-1.png", run("verify", "out").err .. run("verify", "out").out) -- it tells
  end)
end)

describe("a row whose files are noted, and not how its task ended", function()
  -- As a disk leaves it that was full in between.
  before_each(function()
    file(1)
    box:fault { ["do"] = "task", seconds = 1 }
    local first = begin("--site", "cn")
    wait_for_running()
    sys.kill(first.pid, "KILL")
    finish(first)
    local job = json.decode(run("jobs", "--running", "--journal", "out", "--json").out:match "[^\n]+")
    local hub <close> = against.client { journal = run.folder .. "/out/rhub.db", site = "cn" }
    assert(hub.core:saved(job.key, run:put("out/0001-1.png", "a picture")))
  end)

  it("is done, and the next run books what it was charged", function()
    assert.matches("1 row, 1 done", batch("--status").out, 1, true)
    assert.same({ 0, 1 }, { batch("--site", "cn").code, submits() })
    assert.same({}, { run("jobs", "--running", "--journal", "out", "--json").out:match '"task_id"' })
    local cost = json.decode(run("cost", "--journal", "out", "--json").out)
    assert.equal(box:stats().charged, cost.groups[1].charged)
    assert.equal("a picture", run:read "out/0001-1.png")
  end)

  it("is done although the service no longer knows the task", function()
    box:fault { route = "query", ["do"] = "code", code = "1004", times = -1 }
    for _ = 1, 2 do assert.same({ 0, 1 }, { batch("--site", "cn", "--retry-failed").code, submits() }) end
  end)
end)

describe("a batch whose folder has gone", function()
  local function taken_away(how, ...)
    file(6)
    box:fault { ["do"] = "task", seconds = 0.5, times = -1 }
    local first = begin("--concurrency", "2", "--site", "cn", ...)
    wait_for_tasks(2)
    how()
    assert.equal(1, finish(first))
    assert.matches("moved or removed while", run:read "err")
    assert.is_nil(sys.stat(run.folder .. "/out"))
    local before = submits()
    assert.is_true(before < 6)
    box:control("DELETE", "faults")
    return before
  end

  it("makes none in its place, begins nothing more, and goes on where it is put back", function()
    taken_away(function() assert(os.rename(run.folder .. "/out", run.folder .. "/away")) end)
    assert(os.rename(run.folder .. "/away", run.folder .. "/out"))
    assert.same({ 0, 6 }, { batch().code, submits() })
    for i = 1, 6 do assert.is_table(sys.stat(("%s/out/%04d-1.png"):format(run.folder, i))) end
  end)

  it("does so too where its journal lies elsewhere, and saves what was made in the next run", function()
    local folder = programs.quote(run.folder .. "/out")
    taken_away(function() os.execute("rm -rf " .. folder) end, "--journal", "other.db")
    assert.same({ 0, 6 }, { batch("--journal", "other.db").code, submits() })
    for i = 1, 6 do assert.is_table(sys.stat(("%s/out/%04d-1.png"):format(run.folder, i))) end
  end)
end)
