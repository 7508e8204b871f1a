-- rhub from Lua with coroutines, for the benchmark: the same tasks as floor.c.
--   rhub script.lua tasks BASE TASKS AT_ONCE FOLDER [JOURNAL]
--   rhub script.lua flight BASE TASKS           prints bytes of memory a task in flight, coroutine included
--   rhub script.lua download BASE BYTES FOLDER
local rhub = require "rhub"

local params = { prompt = "slow dolly in", aspectRatio = "9:16", duration = "5", mode = "std" }

local function client(base, at_once, rate, journal)
  return rhub.client {
    base_url = base,
    api_key = "0123456789abcdef0123456789abcdef",
    check = "off",
    concurrency = at_once,
    connections = 64,
    poll = { first = 0.001, min = 0.001, max = 0.001, rate = rate },
    journal = journal,
    site = journal and "cn", -- the money in which charges are recorded
  }
end

local function resident()
  local f <close> = assert(io.open("/proc/self/statm"))
  return tonumber(f:read("a"):match("^%d+ (%d+)")) * 4096
end

local run = {}

function run.tasks(base, tasks, at_once, folder, journal)
  tasks, at_once = math.tointeger(tasks), math.tointeger(at_once)
  local hub <close> = client(base, at_once, 1e6, journal)
  local n = 0
  local function rows()
    n = n + 1
    return n <= tasks and n or nil
  end
  local results = rhub.map(rows, function()
    local result = assert(hub:run("bench/quick", params))
    os.remove(assert(result:save(folder .. "/"))[1])
    return true
  end, { concurrency = at_once })
  assert(not next(results.errors), results.errors[next(results.errors)])
end

function run.flight(base, tasks)
  tasks = math.tointeger(tasks)
  local hub <close> = client(base, tasks + 64, 10)
  local function hold(count)
    for _ = 1, count do
      rhub.go(function() return hub:run("bench/hold", params) end)
    end
  end
  local function await(count)
    repeat rhub.sleep(0.02) until hub:stats().running >= count
  end
  hold(64)
  await(64)
  collectgarbage()
  local before = resident()
  hold(tasks)
  await(tasks + 64)
  collectgarbage()
  print(string.format("%.0f", (resident() - before) / tasks))
  io.stdout:flush()
  os.exit(0, false) -- the tasks run for ever; the server goes with the round
end

local what = table.remove(arg, 1)
assert(run[what], "usage: see the top of script.lua")(table.unpack(arg))
