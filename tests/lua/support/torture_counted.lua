-- What must hold when a tormented batch is done: every row has its own bytes, nothing was submitted twice
-- that nobody knew to be unknown, and the journal's books are the sandbox's.

local json = require "rhub.json"
local media = require "rhub.sandbox.media"
local money = require "rhub.money"
local sys = require "rhub.sys"

local counted = {}

local function check(ok, text, ...)
  if not ok then error(text:format(...), 0) end
end

--- Ids of the sandbox's tasks by what was asked for.
---@param box table
---@return table<string, string[]>
function counted.tasks(box)
  local found = {}
  for _, id in ipairs(box:stats().tasks.ids) do
    local prompt = json.decode(box:task(id).body).prompt
    found[prompt] = found[prompt] or {}
    table.insert(found[prompt], id)
  end
  return found
end

-- Submits by prompt, and the bodies of each: the same fields, in an order that differs between processes.
local function submits(stats)
  local received, bodies = {}, {}
  for name, count in pairs(stats.submits.bodies) do
    local body = name:match "^%S+ (.*)$"
    local prompt = json.decode(body).prompt
    received[prompt] = (received[prompt] or 0) + count
    bodies[prompt] = bodies[prompt] or {}
    table.insert(bodies[prompt], body)
  end
  return received, bodies
end

-- Whether these are the bytes that the sandbox makes of one of the bodies.
local function made_of(bytes, bodies)
  for _, body in ipairs(bodies) do
    if bytes == media.make(media.look("png", json.decode(body), body, 1), 0) then return true end
  end
  return false
end

local function check_row(round, i, received, bodies)
  local prompt = ("cat %d, mood %d"):format(i, i)
  check(bodies, "row %d was never submitted, and is called done", i)
  local most = 1 + (round.policy == "resubmit" and round.open[prompt] or round.resent[prompt] or 0)
  check(received <= most, "row %d was submitted %d times, %d would do", i, received, most)
  local there, bytes = pcall(round.run.read, round.run, ("out/%04d-1.png"):format(i))
  check(there, "row %d has no output", i)
  check(made_of(bytes, bodies), "row %d has other bytes than its own", i)
end

-- Half a file may stay of a task whose id could not be recorded, where another one has made the row's output.
local function check_left(round)
  for _, name in ipairs(sys.list(round.run.folder .. "/out")) do
    local row = name:find "part" and math.tointeger(name:match "^%d+") or 0
    local unknown = round.open[("cat %d, mood %d"):format(row, row)]
    check(not name:find "part" or unknown, "%s is left behind", name)
  end
end

-- What the commands say about the folder and the journal.
local function check_books(round, stats)
  local got = round.run("verify", "out")
  check(got.code == 0, "rhub verify: %s%s", got.out, got.err)
  local cost = json.decode(round.run("cost", "--journal", "out", "--json").out)
  local group = cost.groups[1]
  check(#cost.groups == 1 and group.tasks == round.rows, "the journal has %d tasks", group.tasks)
  local lost = stats.tasks.made - round.rows -- made by submits whose outcome nobody knows
  local books = money.parse(group.charged) + lost * money.parse "0.05"
  check(books == money.parse(stats.charged), "the journal has %s and %d lost, the sandbox %s",
    group.charged, lost, stats.charged)
end

---@param round torture.round
function counted.check(round)
  local stats = round.box:stats()
  round.counts = stats
  local received, bodies = submits(stats)
  if stats.submits.refused > 0 then -- the places were a killed client's: these may be sent again
    for prompt, ids in pairs(counted.tasks(round.box)) do received[prompt] = #ids end
  end
  for i = 1, round.rows do
    local prompt = ("cat %d, mood %d"):format(i, i)
    check_row(round, i, received[prompt], bodies[prompt])
  end
  if round.policy == "hold" then
    check(stats.tasks.made == round.rows, "%d tasks for %d rows", stats.tasks.made, round.rows)
  end
  check_left(round)
  check_books(round, stats)
end

return counted
