-- Two processes of one user and one key share the account's places: neither is told "full" for the other's
-- sake.
local programs = require "support.program"
local sandboxes = require "support.sandbox"

local SCRIPT = [[
  local rhub = require "rhub"
  local hub = rhub.client { cache = CACHE, check = "off", poll = { first = 0.05, min = 0.02, max = 0.05 } }
  local rows = {}
  for i = 1, 12 do rows[i] = arg[1] .. i end
  local results = rhub.map(rows, function(row)
    return hub:run("rhart-image-v1/text-to-image", { prompt = row, aspectRatio = "1:1" })
  end, { concurrency = 12 })
  for i = 1, results.n do assert(results[i], results.errors[i]) end
  hub:close()
]]

local function refused(cache)
  -- So fast that the place of a task that has ended is free before anybody is told of its end: who is then
  -- told "full" has more tasks than the account allows.
  local box <close> = setmetatable({ box = sandboxes.start { "--speed", "1000000", "--limit", "2" } },
    { __close = function(self) self.box:stop() end })
  box.box:fault { route = "submit", ["do"] = "task", seconds = 0.1, times = 100 }
  local run = programs.new(box.box)
  run:put("twelve.lua", "local CACHE = " .. cache .. "\n" .. SCRIPT)
  local both = ("cd %s && { %s & %s & wait; } >out 2>&1"):format(programs.quote(run.folder),
    run:words("-q", "twelve.lua", "a"), run:words("-q", "twelve.lua", "b"))
  assert.is_true(os.execute(both))
  assert.equal("", run:read "out")
  local stats = box.box:stats()
  run:remove()
  assert.equal(24, stats.tasks.made)
  return stats.submits.received - stats.tasks.made
end

describe("the account's places", function()
  it("are shared by processes, through files beside the cache", function()
    assert.equal(0, refused '"cache/uploads.db"')
  end)

  it("are fought for where no file is to be shared", function()
    assert.is_true(refused '""' > 0)
  end)
end)
