-- What the specs of rhub batch share: rows of cats, the command, its events, what the sandbox counted.
--
--   local cats = batches.new(box, run)        a sandbox, a support.program
--   cats.file(3)                              cats.csv: cat 1 ... cat 3
--   cats.batch("--limit", "1")                -> what the program said

local json = require "rhub.json"
local sys = require "rhub.sys"

local batches = {}

batches.MODEL = "rhart-image-v1/text-to-image"

function batches.new(box, run)
  local cats = {}

  -- A file of rows, each with a subject of its own.
  function cats.file(last, first)
    local lines = { "subject" }
    for i = first or 1, last do lines[#lines + 1] = "cat " .. i end
    return run:put("cats.csv", table.concat(lines, "\n") .. "\n")
  end

  -- The words of a run over it.
  function cats.words(...)
    return "batch", "cats.csv", "--model", batches.MODEL, "prompt={subject}", "aspectRatio=1:1", "-o", "out",
      "--concurrency", "40", "--site", "cn", ...
  end

  function cats.batch(...) return run(cats.words(...)) end

  -- The lines of --json, and the last of them.
  function cats.events(got)
    local list = {}
    for line in got.out:gmatch "[^\n]+" do list[#list + 1] = assert(json.decode(line)) end
    return list, list[#list]
  end

  -- The summary of a run with --json.
  function cats.summary(...)
    return (select(2, cats.events(cats.batch("--json", ...))))
  end

  function cats.submits() return box:stats().submits.received end

  function cats.exists(name) return sys.stat(run.folder .. "/" .. name) ~= nil end

  function cats.jobs(...)
    local list = cats.events(run("jobs", "--journal", "out", "--json", ...))
    list[#list] = nil
    return list
  end

  return cats
end

return batches
