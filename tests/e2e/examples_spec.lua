-- The examples: each that says in its head how it is tried runs that way, as it stands, in a folder of its
-- own.
local against = require "support.against"
local programs = require "support.program"

local EXAMPLES = os.getenv "PWD" .. "/examples/"

local function head_of(path)
  local lines = {}
  for line in io.lines(path) do
    if line:sub(1, 2) ~= "--" then break end
    lines[#lines + 1] = line
  end
  return table.concat(lines, "\n")
end

local function list()
  local names, pipe = {}, io.popen("ls " .. programs.quote(EXAMPLES))
  for file in pipe:lines() do
    local name = file:match("^(.*)%.lua$")
    if name and head_of(EXAMPLES .. file):find("rhub --sandbox examples/" .. file, 1, true) then
      names[#names + 1] = name
    end
  end
  pipe:close()
  return names
end

local function read(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local text = file:read("a")
  file:close()
  return text
end

local function files_in(folder)
  local names, pipe = {}, io.popen(("cd %s && find . -type f | sort"):format(programs.quote(folder)))
  for name in pipe:lines() do names[#names + 1] = name:sub(3) end
  pipe:close()
  return names
end

describe("the examples", function()
  local names, runs = list(), {}

  -- All at once: most of their time is waiting.
  setup(function()
    local script = {}
    for _, name in ipairs(names) do
      local run = programs.new()
      -- LeakSanitizer takes the bounds of thread-local memory from what lies before it, and faults where its
      -- guess is wrong, as it may be here.
      if name == "progress" then run.env.ASAN_OPTIONS = "intercept_tls_get_addr=0" end
      runs[name] = run
      script[#script + 1] = ("(cd %s && %s >%s/out 2>%s/err </dev/null; echo $? >%s/code) &"):format(
        programs.quote(run.folder), run:words("--sandbox", EXAMPLES .. name .. ".lua"), run.root, run.root,
        run.root)
    end
    script[#script + 1] = "wait"
    os.execute(table.concat(script, "\n"))
  end)

  teardown(function()
    for _, run in pairs(runs) do run:remove() end
    against.stop()
  end)

  it("are those of the documentation", function()
    local there = {}
    for _, name in ipairs(names) do there[name] = true end
    for _, name in ipairs { "complete", "advanced", "progress", "chain", "full_workflow", "app" } do
      assert.is_true(there[name], name)
    end
  end)

  for _, name in ipairs(names) do
    it(name .. ".lua runs in the sandbox as it stands", function()
      local root = runs[name].root
      assert.same({ "0\n", "" }, { read(root .. "/code"),
        read(root .. "/code") == "0\n" and "" or read(root .. "/err") })
    end)
  end

  it("keep what they have made", function()
    local counts = { complete = 1, image_to_video = 1, advanced = 5, map = 6, chain = 1, progress = 0,
      full_workflow = 4, app = 3 }
    for name, count in pairs(counts) do
      local saved = files_in(runs[name].folder)
      assert.same({ name, count }, { name, #saved })
      for _, file in ipairs(saved) do
        local bytes = read(runs[name].folder .. "/" .. file)
        assert.equal(file:find("%.mp4$") and "ftyp" or "PNG\r",
          file:find("%.mp4$") and bytes:sub(5, 8) or bytes:sub(2, 5), file)
      end
    end
  end)

  it("chain.lua does every step, and the lips move with the voice and the face that were found", function()
    local out = read(runs.chain.root .. "/out")
    for _, step in ipairs { "still", "clip", "speech", "face", "talking" } do
      assert.matches("%f[%a]" .. step .. "\t", out)
    end
    local box = against.sandbox()
    local run = programs.new(box)
    assert.equal(0, run("-q", EXAMPLES .. "chain.lua").code)
    local last
    for body in pairs(box:stats().submits.bodies) do
      if body:find("^kling%-lip%-sync/lip%-sync%-video ") then last = body end
    end
    run:remove()
    assert.matches('"sessionId":"%x+"', last)
    assert.matches('"faceId":"0"', last)
    assert.matches('"audioUrl":"http://[^"]+%.wav"', last)
  end)

  it("progress.lua tells states, nodes and steps", function()
    local out = read(runs.progress.root .. "/out")
    assert.matches("waiting, 0 s", out, 1, true)
    assert.matches("node 3 %(KSampler%), step %d+ of 12", out)
    assert.matches("done\t%d+\t", out)
  end)

  it("complete.lua says what next when there is no money", function()
    local box = against.sandbox()
    box:fault { route = "submit", ["do"] = "code", code = "812" }
    local run = programs.new(box)
    local got = run("-q", EXAMPLES .. "complete.lua")
    run:remove()
    assert.equal(1, got.code)
    assert.matches("812", got.out, 1, true)
    assert.matches("next\ttop up the account\tcharged: no", got.out, 1, true)
    assert.same({ 1, 0 }, { box:stats().submits.received, box:stats().tasks.made })
  end)

  it("advanced.lua tries again what failed without a charge, and nothing else", function()
    local box = against.sandbox()
    for name, code in pairs { harbour = "421", gull = "1504", rope = "1501" } do
      box:fault { match = name, ["do"] = "task", ["end"] = "FAILED", code = code, usage = "none" }
    end
    box:fault { route = "submit", match = "nets", ["do"] = "reset_after" }
    local run = programs.new(box)
    local got = run("-q", EXAMPLES .. "advanced.lua")
    run:remove()
    assert.equal(0, got.code)
    assert.matches("harbour\tout/harbour.png", got.out, 1, true)
    assert.matches("beacon\tout/beacon.png", got.out, 1, true)
    for _, name in ipairs { "gull", "rope", "nets" } do
      assert.matches(name .. "\tfailed: ", got.out, 1, true)
    end
    assert.same({ 6, 6 }, { box:stats().submits.received, box:stats().tasks.made })
  end)
end)
