-- Local files that the rows of a batch name: they count by their bytes, and what is done needs them no more.
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

local function picture(name, text) return run:put(name, "\x89PNG\r\n\x1a\n" .. text) end

local function edit(...)
  return run("batch", "cats.csv", "--model", "rhart-image-v1/edit", "prompt={subject}",
    'imageUrls:=["{file}"]', "aspectRatio=1:1", "-o", "out", "--site", "cn", ...)
end

local function summary(...) return (select(2, cats.events(edit("--json", ...)))) end

local function rows()
  picture("a.png", "of a")
  picture("b.png", "of b")
  return run:put("cats.csv", "subject,file\none,a.png\ntwo,b.png\n")
end

describe("a file that a row names", function()
  it("makes the row other work when it changes, and not when it is merely written anew", function()
    rows()
    assert.equal(0, edit().code)
    picture("a.png", "of a")
    assert.same({ 0, 2, 2 }, { edit().code, cats.submits(), summary("--dry-run").done })
    local digest = json.decode(run:read "out/0001-1.png.json").inputs[1].sha256
    picture("a.png", "of another cat")
    local told = summary("--dry-run")
    assert.same({ 1, 1, 1, "0.05" }, { told.stale, told.done, told.send, told.price.least })
    assert.matches("1 done, 1 with a changed file", edit("--dry-run").err, 1, true)
    assert.matches("1 done, 1 with a changed file, 0 to do", edit("--status").out, 1, true)
    assert.same({ 0, 3 }, { edit().code, cats.submits() })
    local inputs = json.decode(run:read "out/0001-1-2.png.json").inputs
    assert.not_equal(digest, inputs[1].sha256)
    assert.same({ 0, 3, 2 }, { edit().code, cats.submits(), summary().skipped })
    assert.equal(0, run("verify", "out").code)
  end)

  it("may go when the row is done, and is missed where it is not", function()
    rows()
    assert.equal(0, edit("--limit", "1").code)
    os.remove(run.folder .. "/a.png")
    assert.same({ 0, 2, 2 }, { edit().code, cats.submits(), summary("--dry-run").done })
    run:put("cats.csv", "subject,file\none,a.png\ntwo,b.png\nthree,a.png\n")
    local got = edit()
    assert.equal(2, got.code)
    assert.matches("cats.csv:4:7: imageUrls a.png does not exist", got.err, 1, true)
    assert.is_nil(got.err:find "cats.csv:2")
    assert.equal(2, cats.submits())
  end)

  it("may go while what was made of it is not saved", function()
    rows()
    box:fault { route = "result", ["do"] = "status", status = 404, times = -1 }
    assert.equal(1, edit().code)
    box:control("DELETE", "faults")
    os.remove(run.folder .. "/a.png")
    assert.same({ 0, 2, true }, { edit().code, cats.submits(), cats.exists "out/0001-1.png" })
    local record = json.decode(run:read "out/0001-1.png.json")
    assert.same({ "a.png", 64, "one" }, { record.inputs[1].path, #record.inputs[1].sha256,
      record.params.prompt })
  end)
end)

describe("a file of rows", function()
  it("is worked as it was checked: rows that come meanwhile are told of and not sent", function()
    local path = cats.file(3)
    box:fault { ["do"] = "task", seconds = 1, times = -1 }
    local words = run:words(cats.words("--concurrency", "1", "--json"))
    local child = assert(sys.spawn { "sh", "-c", ("cd %s && exec %s 2>err"):format(
      programs.quote(run.folder), words) })
    assert.matches('"start"', assert(sys.readline(child.stdout, 20)), 1, true)
    local file <close> = assert(io.open(path, "ab"))
    file:write "cat 4\ncat 5\n"
    file:flush()
    local last
    for line in function() return sys.readline(child.stdout, 20) end do last = json.decode(line) end
    assert.equal(2, sys.wait(child.pid, 20))
    sys.close(child.stdin)
    sys.close(child.stdout)
    assert.same({ 3, 3, 0, 3 }, { last.rows, last.done, last.left, cats.submits() })
    assert.matches("cats.csv has changed since it was checked", run:read "err", 1, true)
    box:control("DELETE", "faults")
    assert.same({ 0, 5 }, { cats.batch().code, cats.submits() })
  end)
end)

describe("a record beside an output that was deleted", function()
  it("is written again by a run, from the journal", function()
    rows()
    assert.equal(0, edit().code)
    local before = json.decode(run:read "out/0001-1.png.json")
    os.remove(run.folder .. "/out/0001-1.png.json")
    os.remove(run.folder .. "/a.png")
    local downloads = box:stats().downloads.count
    assert.same({ 0, 2, downloads }, { edit().code, cats.submits(), box:stats().downloads.count })
    local after = json.decode(run:read "out/0001-1.png.json")
    before.seconds, after.seconds = nil, nil -- the journal's times have milliseconds
    before.saved, after.saved, before.inputs[1].bytes, after.inputs[1].bytes = nil, nil, nil, nil
    assert.same(before, after)
    os.remove(run.folder .. "/out/0002-1.png.json")
    assert.equal(0, edit("--no-sidecar").code)
    assert.is_false(cats.exists "out/0002-1.png.json")
  end)
end)
