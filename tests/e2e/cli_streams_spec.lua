-- Standard streams that are closed, full or nobody's, and files that may not grow: the task is kept, the
-- program says what it can, and nothing is written where it does not belong.
local json = require "rhub.json"
local program = require "support.program"
local sandboxes = require "support.sandbox"

local PICTURE = { "run", "rhart-image-v1/text-to-image", "prompt=x", "aspectRatio=1:1" }

describe("the program", function()
  local box, run
  setup(function()
    box = sandboxes.start { "--speed", "100" }
    run = program.new(box)
  end)
  teardown(function()
    run:remove()
    box:stop()
  end)
  before_each(function() box:reset() end)

  local function submits()
    local stats = box:stats()
    return { stats.submits.received, stats.requests.other or 0 }
  end

  for name, streams in pairs {
    ["standard input is"] = "exec <&-",
    ["standard error is"] = "exec 2>&-",
    ["input and error are"] = "exec <&- 2>&-",
  } do
    it("answers where " .. name .. " closed", function()
      local got = run:with { before = streams }(table.unpack(PICTURE))
      assert.equal(0, got.code, got.err)
      assert.is_truthy(got.out:find("^http://127%.0%.0%.1:%d+/%S+\n$"), got.out)
      assert.same({ 1, 0 }, submits())
    end)
  end

  it("ends in order where all three are closed, and says by its code that nobody could read", function()
    for _, words in ipairs { PICTURE, { "-e", "print(require 'rhub'.client():account().coins)" } } do
      local got = run:with { before = "exec <&- >&- 2>&-" }(table.unpack(words))
      assert.equal(words == PICTURE and 1 or 0, got.code)
      assert.same({ "", "" }, { got.out, got.err })
    end
    assert.same({ 1, 0 }, submits())
  end)

  it("has a sandbox of its own where all three are closed, and leaves none behind", function()
    local got = run:with { before = "exec <&- >&- 2>&-" }("--sandbox", "-e",
      "local f = assert(io.open('address', 'w')) f:write(require 'rhub'.client():describe().base_url)")
    assert.equal(0, got.code)
    local url = run:read "address"
    assert.is_truthy(url:find("^http://127%.0%.0%.1:%d+$"))
    assert.is_nil(os.execute(("curl -s -o /dev/null %s/sandbox/stats"):format(url)))
  end)

  it("quotes a target in the command to go on with, so that a shell takes it as one word", function()
    local words = table.move(PICTURE, 1, #PICTURE, 1, {})
    table.move({ "-o", "it's a folder/" }, 1, 2, #words + 1, words)
    local got = run(table.unpack(words))
    assert.equal(0, got.code, got.err)
    assert.is_truthy(got.err:find([[ --wait -o 'it'\''s a folder/')]], 1, true), got.err)
  end)

  it("keeps the part and says how to go on where a file may not grow", function()
    box:fault { route = "submit", ["do"] = "task", file = { bytes = 3000000 } }
    local limited = run:with { before = "ulimit -f 200" }
    local got = limited(table.unpack { PICTURE[1], PICTURE[2], PICTURE[3], PICTURE[4], "-o", "o/", "--json" })
    assert.equal(1, got.code, got.err)
    local answer = assert(json.decode(got.out))
    assert.same({ "io", "yes", "done" }, { answer.error.kind, answer.error.spent, answer.status })
    assert.is_truthy(answer.error.message:find("rhub task " .. answer.task_id .. " -o o/", 1, true))
    local again = run("task", answer.task_id, "-o", "o/")
    assert.equal(0, again.code, again.err)
    assert.equal("o/" .. answer.task_id .. "-1.png\n", again.out)
    assert.same({ 1, 0 }, submits())
  end)

  it("ends without a word, as others do, where nobody reads any further", function()
    for _, words in ipairs { { "types" }, { "models" }, { "models", "--json" } } do
      local piped = ("{ %s; echo $? > code; } | head -c 1"):format(run:words(table.unpack(words)))
      assert.is_true(os.execute(("cd %s && { %s; } > out 2> err"):format(program.quote(run.folder), piped)))
      assert.equal("141\n", run:read "code", words[1])
      assert.is_nil(run:read("err"):find "written")
    end
  end)

  it("says so where the disk is full", function()
    local got = run:with { before = "exec >/dev/full" }("models")
    assert.same({ 1, "rhub: standard output could not be written\n" },
      { got.code, got.err:gsub("^%d+ [^\n]*\n", "") .. "" })
  end)
end)
