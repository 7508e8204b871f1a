-- What the outputs of a batch are called, and the records beside them: nothing is written over, and nothing
-- is fetched for a name that it cannot have.
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

local function record(name) return json.decode(run:read(name)) end

local function downloads() return box:stats().downloads.count end

describe("names of outputs", function()
  it("are found for any number of rows that would have the same one, each fetched once", function()
    cats.file(120)
    assert.equal(0, cats.batch("--name", "cat.{ext}").code)
    assert.equal(120, downloads())
    local tasks, n = {}, 0
    for i = 1, 120 do
      local name = i == 1 and "out/cat.png" or ("out/cat-%d.png"):format(i)
      local id = record(name .. ".json").task_id
      assert.is_nil(tasks[id])
      tasks[id], n = true, n + 1
    end
    assert.same({ 120, 0 }, { n, run("verify", "out").code })
    cats.file(121)
    assert.equal(0, cats.batch("--name", "cat.{ext}").code)
    assert.same({ true, 121, 121 }, { cats.exists "out/cat-121.png", downloads(), cats.submits() })
  end)

  it("leave files of the user's alone, and records, whichever of the two has the name", function()
    cats.file(3)
    assert(sys.mkdir_p(run.folder .. "/out"))
    run:put("out/0001-1.png.json", "mine")
    run:put("out/0002-1.png", "mine, too")
    assert.equal(0, cats.batch().code)
    assert.same({ "mine", "mine, too", 3 }, { run:read "out/0001-1.png.json", run:read "out/0002-1.png",
      downloads() })
    assert.is_false(cats.exists "out/0001-1.png")
    for i = 1, 2 do
      local name = ("0%03d-1-2.png"):format(i)
      assert.same({ name, i }, { record("out/" .. name .. ".json").file.name,
        record("out/" .. name .. ".json").row })
    end
    assert.equal(0, run("verify", "out").code)
  end)

  it("do not meet the records of other rows", function()
    run:put("cats.csv", "subject,f\none,a.json\ntwo,a\n")
    assert.equal(0, cats.batch("--name", "{f}.json").code)
    local rows = {}
    for _, name in ipairs(assert(sys.list(run.folder .. "/out"))) do
      local text = run:read("out/" .. name)
      local fields = text:sub(1, 1) == "{" and json.decode(text)
      if fields then
        rows[fields.row] = fields.file.name
        assert.equal("\x89PNG", run:read("out/" .. fields.file.name):sub(1, 4))
      end
    end
    assert.equal(2, #rows)
    assert.not_equal(rows[1], rows[2])
    assert.equal(0, run("verify", "out").code)
  end)

  it("are right although the content is of another type than its address tells", function()
    cats.file(2)
    assert(sys.mkdir_p(run.folder .. "/out"))
    run:put("out/0001-1.png", "mine")
    run:put("out/0002-1.png.json", "mine, too")
    box:fault { ["do"] = "task", times = 2, file = { name = "cat.jpg" } }
    assert.equal(0, cats.batch().code)
    assert.same({ "mine", "mine, too" }, { run:read "out/0001-1.png", run:read "out/0002-1.png.json" })
    assert.is_false(cats.exists "out/0002-1.png")
    assert.equal(0, run("verify", "out").code)
  end)

  it("are found again by a run that goes on where another broke off", function()
    cats.file(1)
    box:fault { route = "result", ["do"] = "status", status = 404, times = -1 }
    local got = cats.batch()
    assert.equal(1, got.code)
    assert.matches("1 not saved", got.err, 1, true)
    box:control("DELETE", "faults")
    local told = json.decode(run("outputs", cats.jobs()[1].task_id, "--json").out)
    local url, path = told.outputs[1].url, run.folder .. "/out/0001-1.png" -- the file, before its record
    assert(os.execute(("curl -sSo %s %s"):format(programs.quote(path), programs.quote(url))))
    assert.equal(0, cats.batch().code)
    assert.same({ 1, false }, { cats.submits(), cats.exists "out/0001-1-2.png" })
    assert.equal(0, run("verify", "out").code)
  end)
end)

describe("rhub verify", function()
  local function outcome()
    local got = run("verify", "out", "--json")
    local said = json.decode(got.out)
    return got.code, said.good, #said.bad, said.unrecorded, said.bad[1] and said.bad[1].problem
  end

  it("tells of records that are damaged, and looks at no file but the one beside", function()
    cats.file(2)
    assert.equal(0, cats.batch().code)
    local text = run:read "out/0001-1.png.json"
    for _, damaged in ipairs { text:sub(1, 100), text:sub(1, 3), "" } do
      run:put("out/0001-1.png.json", damaged)
      local code, good, bad, unrecorded, problem = outcome()
      assert.same({ 1, 1, 1, 0 }, { code, good, bad, unrecorded })
      assert.matches("is a damaged record", problem, 1, true)
    end
    for _, name in ipairs { ".", "", "..", "../../etc/passwd", "0002-1.png" } do
      run:put("out/0001-1.png.json", (text:gsub('"name":"0001%-1%.png"', '"name":"' .. name .. '"')))
      assert.same({ 0, 2, 0, 0 }, { outcome() })
    end
    run:put("out/0001-1.png.json", text)
    run:put("out/mine.json", "{")
    run:put("out/mine", "{")
    run:put("out/data.json", '{"rows":1}')
    local code, good, bad, unrecorded = outcome()
    assert.same({ 1, 2, 1, 1 }, { code, good, bad, unrecorded })
  end)
end)

describe("rhub run --sidecar", function()
  it("writes no record over another file", function()
    run:put("cat.png.json", "mine")
    local got = run("run", batches.MODEL, "prompt=a cat", "aspectRatio=1:1", "-o", "cat.png", "--sidecar")
    assert.same({ 1, "mine", true }, { got.code, run:read "cat.png.json", cats.exists "cat.png" })
    assert.matches("cat.png.json cannot be written: File exists", got.err, 1, true)
  end)
end)
