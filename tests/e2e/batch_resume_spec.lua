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
