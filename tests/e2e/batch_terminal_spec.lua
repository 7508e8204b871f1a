-- What a person at a terminal sees of a batch: as many lines as there is room for, drawn over each other.
local json = require "rhub.json"
local person = require "support.person"
local program = require "support.program"
local sandboxes = require "support.sandbox"

local MODEL = "rhart-image-v1/text-to-image"

local box, run
setup(function() box = sandboxes.start { "--speed", "2" } end)
teardown(function() box:stop() end)
before_each(function()
  box:reset()
  run = program.new(box)
end)
after_each(function() run:remove() end)

-- A batch of n rows with wide letters at a terminal; `o` as for at_terminal, and more words of the command.
local function batch(n, o, ...)
  local lines = { "subject" }
  for i = 1, n do lines[#lines + 1] = ("✅ 猫 %d 日本語のとても長い題名 ❤️"):format(i) end
  run:put("cats.csv", table.concat(lines, "\n") .. "\n")
  local got = person.at_terminal(run, { "batch", "cats.csv", "--model", MODEL, "prompt={subject}",
    "aspectRatio=1:1", "-o", "out", "--concurrency", "8", ... }, o)
  assert.equal(0, got.code, got.raw)
  return got
end

-- Columns that a line takes at most.
local function width(line)
  local n = 0
  for _, code in utf8.codes(line) do n = n + (code >= 0x2600 and 2 or 1) end
  return n
end

-- The lines that are drawn in place, and how far up the cursor goes at most to draw over them.
local function drawn(raw)
  local lines, up = {}, 0
  for n in raw:gmatch "\27%[(%d+)A" do up = math.max(up, tonumber(n)) end
  for line in raw:gsub("\27%[J", ""):gmatch "([^\r\n\27]*)\27%[K\r\n" do lines[#lines + 1] = line end
  return lines, up
end

describe("a batch on a terminal", function()
  it("takes no more lines than there are, and none that wraps", function()
    for _, size in ipairs { { 2, 20 }, { 3, 20 }, { 6, 40 }, { 24, 120 } } do
      local got = batch(12, { rows = size[1], columns = size[2] })
      local lines, up = drawn(got.raw)
      assert.is_true(#lines > 0 and up <= size[1] - 1, ("%d lines up of %d"):format(up, size[1]))
      for _, line in ipairs(lines) do assert.is_true(width(line) < size[2], line) end
      assert.matches("^done   12 saved", got.screen:gsub("^%s+", ""))
      run:remove()
      run = program.new(box)
    end
  end)

  it("tells the rows' states first where there is little room", function()
    local got = batch(3, { columns = 20 })
    assert.matches("   0001 queued", got.raw, 1, true)
    assert.matches("   0001 ✅ 猫 1 日本語のと", batch(3, { columns = 90 }, "-o", "other").raw, 1, true)
  end)

  it("is right after the terminal has become smaller", function()
    local got = batch(30, { rows = 24, columns = 120, steps = [[
      await "0008"
      exec stty rows 6 columns 30 < $spawn_out(slave,name)
      await "usu…"]] })
    local lines, up = drawn(got.raw:match "usu…(.*)")
    assert.is_true(up <= 5, tostring(up))
    for _, line in ipairs(lines) do assert.is_true(width(line) < 30, line) end
  end)

  it("gives way to events that go to the same terminal", function()
    local got = batch(4, { columns = 2000 }, "--json")
    local n = 0
    for line in got.screen:gmatch "[^\n]+" do
      if line:find "^{" then
        assert(json.decode(line))
        n = n + 1
      else
        assert.matches("^done   4 saved", line)
      end
    end
    assert.equal(1 + 4 + 4 + 1, n)
  end)

  it("has no colours, and no lines that are redrawn on a dumb one", function()
    assert.is_nil(batch(2, { env = { NO_COLOR = "1" } }).raw:find("\27%[[%d;]*m"))
    assert.is_nil(batch(2, { env = { TERM = "dumb" } }, "-o", "other").raw:find "\27")
  end)
end)
