-- What a script saves with a journal is recorded with its digest, whatever the script does with it then.
local against = require "support.against"
local core = require "rhub.core"
local json = require "rhub.json"
local programs = require "support.program"

local box, run
before_each(function()
  box = against.sandbox()
  run = programs.new(box)
end)
after_each(function() run:remove() end)
teardown(against.stop)

describe("a result that a script saves", function()
  it("is recorded with its digest, although the script moves it at once", function()
    run:put("move.lua", [[
      local rhub = require "rhub"
      local hub <close> = rhub.client { journal = "rhub.db" }
      local result = assert(hub:run("rhart-image-v1/text-to-image", { prompt = "cat", aspectRatio = "1:1" }))
      local path = assert(result:save "out/")[1]
      assert(os.rename(path, "cat.png"))
      print(path)
    ]])
    local moved = run("-q", "move.lua")
    assert.same({ 0, "" }, { moved.code, moved.err })
    local listed = run("jobs", "--journal", "rhub.db", "--json")
    local job = json.decode(listed.out:match "[^\n]+")
    assert.same({ moved.out:match "[^\n]+", (core.sha256_file(run.folder .. "/cat.png")) },
      { job.files[1].path, job.files[1].sha256 })
  end)
end)
