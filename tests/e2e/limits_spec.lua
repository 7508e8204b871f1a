-- Two processes of one user work with one key: what the service says to one of being full or asked too often
-- holds the other back too, no row fails of it, and neither batch starves.
local json = require "rhub.json"
local programs = require "support.program"
local sandboxes = require "support.sandbox"
local sys = require "rhub.sys"

local MODEL = "rhart-image-v1/text-to-image"

local box, run
before_each(function() run = nil end)
after_each(function()
  if run then run:remove() end
  if box then box:stop() end
  box = nil
end)

local function open(...)
  box = sandboxes.start { "--speed", "1000", ... }
  run = programs.new(box)
end

-- Commands of sh, all at once; waits for all of them.
local function at_once(...)
  local commands = table.concat({ ... }, " & ")
  return os.execute(("cd %s && { %s & wait; } >log 2>&1"):format(programs.quote(run.folder), commands))
end

-- ---- batches -----------------------------------------------------------------------------------

-- The words of a batch of n rows, each with a prompt of its own that begins with the batch's name.
local function batch(name, n, ...)
  local lines = { "subject" }
  for i = 1, n do lines[#lines + 1] = ("%s %d"):format(name, i) end
  run:put(name .. ".csv", table.concat(lines, "\n") .. "\n")
  return run:words("batch", name .. ".csv", "--model", MODEL, "prompt={subject}", "aspectRatio=1:1",
    "-o", name, "--site", "cn", "--json", ...) .. (" >%s.events 2>%s.err"):format(name, name)
end

local function summary(name)
  local last
  for line in run:read(name .. ".events"):gmatch "[^\n]+" do last = assert(json.decode(line)) end
  return last
end

-- Whether every row of a batch is done, and the tasks are as many as the rows.
local function all_done(n, ...)
  for _, name in ipairs { ... } do
    local s = summary(name)
    assert.same({ "summary", n, n, 0, 0 }, { s.event, s.rows, s.done, s.failed, s.unknown },
      run:read(name .. ".err"))
  end
  assert.equal(n * select("#", ...), box:stats().tasks.made)
end

-- The names of the batches whose tasks were made, in order.
local function made()
  local names = {}
  for i, id in ipairs(box:stats().tasks.ids) do names[i] = box:task(id).params.prompt:match "^%S+" end
  return names
end

-- How many tasks the others had when the first batch had all its n.
local function others_by_then(n)
  local counts, most = {}, 0
  for i, name in ipairs(made()) do
    counts[name] = (counts[name] or 0) + 1
    most = math.max(most, counts[name])
    if most == n then return i - n end
  end
end

describe("two batches at once", function()
  it("are told \"full\" no more often than one, and neither starves", function()
    open("--limit", "4")
    at_once(batch("one", 12), batch("two", 12))
    all_done(12, "one", "two")
    assert.equal(24, box:stats().submits.received)
    local others = others_by_then(12)
    assert.is_true(others >= 5, others .. " of 12")
  end)

  it("take turns where there is one place", function()
    open("--limit", "1")
    at_once(batch("one", 5), batch("two", 5))
    all_done(5, "one", "two")
    local others = others_by_then(5)
    assert.is_true(others >= 3, others .. " of 5")
  end)

  it("share also where the second comes to a busy account", function()
    open("--limit", "4")
    run:put("wait.sh", "until [ $(grep -c accepted one.events) -ge 6 ]; do sleep 0.05; done")
    at_once(batch("one", 24), "{ sh wait.sh; " .. batch("two", 8) .. "; }")
    assert.same({ 24, 8 }, { summary("one").done, summary("two").done })
    local before = 0 -- tasks of the first before the second's last
    local left = 8
    for _, name in ipairs(made()) do
      if name == "one" then before = before + 1 else left = left - 1 end
      if left == 0 then break end
    end
    assert.is_true(before <= 20, before .. " of 24 went before")
  end)

  it("keep to a --concurrency each, and find the account's limit together", function()
    open("--limit", "3")
    at_once(batch("one", 9, "--concurrency", "8"), batch("two", 9, "--concurrency", "8"))
    all_done(9, "one", "two")
    assert.is_true(box:stats().submits.received <= 18 + 25, box:stats().submits.received)
  end)

  for signal, how in pairs { KILL = "killed", STOP = "put to sleep" } do
    it("are no burden to one another where one is " .. how, function()
      open("--limit", "2")
      run:put("until.sh", [[
        for i in $(seq 1200); do
          [ $(grep -c "$1" one.events) -ge $2 ] && [ $(grep -c accepted two.events) -ge 3 ] && exit
          sleep 0.05
        done]])
      at_once(batch("one", 8), ([[{ %s & other=$!
        sh until.sh accepted 3; kill -%s $other
        sh until.sh summary 1; kill -KILL $other; }]]):format(batch("two", 20), signal))
      assert.same({ 8, 0 }, { summary("one").done, summary("one").failed })
    end)
  end

  it("lose no row to refusals for want of place and time, at submits, queries and uploads", function()
    open("--limit", "6")
    for i = 1, 10 do
      run:put(("one %d.png"):format(i), "\x89PNG\r\n\x1a\n" .. ("1"):rep(200 + i))
      run:put(("two %d.png"):format(i), "\x89PNG\r\n\x1a\n" .. ("2"):rep(300 + i))
    end
    local faults = {}
    for _, route in ipairs { "submit", "query", "upload" } do
      for i, code in ipairs { "421", "1003", "1520", route ~= "submit" and "415" or nil } do
        faults[#faults + 1] = { route = route, ["do"] = "code", code = code, skip = 3 * i - 2 }
      end
      faults[#faults + 1] = { route = route, ["do"] = "status", status = 429, skip = 13,
        headers = { ["Retry-After"] = "1" } }
    end
    box:fault(faults)
    local words = { "--model", "rhart-image-v1/edit", "imageUrls={subject}.png", "--retries", "0" }
    at_once(batch("one", 10, table.unpack(words)), batch("two", 10, table.unpack(words)))
    all_done(10, "one", "two")
    local stats, prompts = box:stats(), {}
    assert.same({ 0, 20 }, { stats.faults.waiting, stats.uploads.count })
    for _, id in ipairs(stats.tasks.ids) do
      local prompt = box:task(id).params.prompt
      assert.is_nil(prompts[prompt], prompt)
      prompts[prompt] = true
    end
  end)
end)

-- ---- what one is told ---------------------------------------------------------------------------

-- One task of a script that asks at once, and looks for a place at once.
local SCRIPT = [[
  local rhub = require "rhub"
  local hub <close> = rhub.client { check = "off", busy_first = 0.05, busy_max = 0.1,
    poll = { first = 0.02, min = 0.02, max = 0.05 } }
  assert(hub:run("rhart-image-v1/text-to-image", { prompt = arg[1], aspectRatio = "1:1" }))
]]

describe("a process", function()
  local PAUSE = 2 -- seconds that the service asks for

  -- Runs one task, whose first call of a route meets a fault; then, as soon as it has met it, another
  -- process's. Returns how long the second was kept from its end, since before the first.
  local function second(fault)
    open("--limit", "5")
    fault.headers = { ["Retry-After"] = tostring(PAUSE) }
    box:fault(fault)
    run:put("task.lua", SCRIPT)
    local since = sys.now()
    local first = assert(io.popen(("cd %s && %s 2>&1"):format(programs.quote(run.folder),
      run:words("-q", "task.lua", "one"))))
    while box:stats().faults.met == 0 do sys.poll({}, 0.01) end
    local got = run("-q", "task.lua", "two")
    local took = sys.now() - since
    assert.same({ 0, "" }, { got.code, got.err })
    assert.equal("", first:read "a")
    first:close()
    assert.equal(2, box:stats().tasks.made)
    return took
  end

  for name, fault in pairs {
    ["asks for no news as long as another was told to wait with that"] =
      { route = "query", ["do"] = "status", status = 429 },
    ["asks for no news as long as another was told so by 1003"] =
      { route = "query", ["do"] = "code", code = "1003" },
    ["submits nothing as long as another was told to wait with that"] =
      { route = "submit", ["do"] = "status", status = 429 },
    ["submits nothing as long as another was told that the places are taken"] =
      { route = "submit", ["do"] = "code", code = "421" },
    ["submits nothing as long as another was told so by 1520"] =
      { route = "submit", ["do"] = "code", code = "1520" },
  } do
    it(name, function() assert.is_true(second(fault) >= PAUSE) end)
  end
end)

describe("the rate of questions", function()
  it("is that of one process, however many ask", function()
    open("--limit", "60")
    local RATE, PROCESSES = 40, 3
    box:fault { route = "submit", ["do"] = "task", seconds = 2, times = -1 }
    run:put("many.lua", ([[
      local rhub = require "rhub"
      local poll = { first = 0.02, min = 0.02, max = 0.05, rate = %d }
      local hub <close> = rhub.client { check = "off", poll = poll }
      local rows = {}
      for i = 1, 15 do rows[i] = arg[1] .. i end
      local results = rhub.map(rows, function(row)
        return hub:run("rhart-image-v1/text-to-image", { prompt = row, aspectRatio = "1:1" })
      end, { concurrency = 15 })
      for i = 1, results.n do assert(results[i], results.errors[i]) end
    ]]):format(RATE))
    local commands, since = {}, sys.now()
    for i = 1, PROCESSES do commands[i] = run:words("-q", "many.lua", ("%c"):format(96 + i)) end
    at_once(table.unpack(commands))
    local took = sys.now() - since
    assert.equal("", run:read "log")
    local stats = box:stats()
    assert.equal(15 * PROCESSES, stats.tasks.made)
    -- what the rate allows, what idle time saves up, and one that each had been granted
    local most = RATE * took + RATE / 4 + PROCESSES
    assert.is_true(stats.requests.query <= most, stats.requests.query .. " questions, at most " .. most)
    assert.is_true(stats.requests.query >= 15 * PROCESSES)
  end)
end)
