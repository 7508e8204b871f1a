-- One batch, tormented in one way until it is done, and then counted: what lies in its folder, what its
-- journal says, and what the sandbox has seen must agree. Used by the specs (a little of it) and by
-- `make torture` (at length).
--
--   local round = torture.round(box, { way = "kill", seed = 7 })
--   round.ok, round.line; round.story where it has failed, and its folder is kept

local counted = require "support.torture_counted"
local json = require "rhub.json"
local programs = require "support.program"
local sys = require "rhub.sys"

local torture = {}

torture.ROWS = 200

local RUNS = 60 -- of the program in a round; a batch that needs more makes no progress
local PATIENCE = 120 -- seconds for a run that nothing disturbs
local MODEL = "rhart-image-v1/text-to-image"

local function check(ok, text, ...)
  if not ok then error(text:format(...), 0) end
  return ok
end

-- ---- a round --------------------------------------------------------------------------------------

---@class torture.round
---@field box table             the sandbox
---@field way string
---@field seed integer
---@field rows integer
---@field policy "hold"|"resubmit"
---@field run table             the program, in a folder of its own
---@field kills integer
---@field unknown integer       jobs of which a person has said what became of them
---@field resent table<string, integer>   by prompt: those that a person had submitted again
---@field open table<string, integer>     by prompt: the most jobs without a known outcome at one look
local Round = {}
Round.__index = Round

function Round:words(...)
  return self.run:words("batch", "cats.csv", "--model", MODEL, "prompt={subject}, {mood}", "aspectRatio=1:1",
    "-o", "out", "--concurrency", "40", "--site", "cn", "--on-unknown", self.policy, "-q", ...)
end

--- Starts the batch; `before` are sh commands. Whoever calls waits for it and closes its ends.
function Round:start(before, ...)
  local line = ("cd %s && %s && exec %s 2>>%s"):format(programs.quote(self.run.folder), before or ":",
    self:words(...), programs.quote(self.run.root .. "/err"))
  return assert(sys.spawn { "sh", "-c", line })
end

-- Runs it, for so many seconds at most; `meanwhile` is called now and then. Its exit status, or nil when it
-- was killed.
function Round:run_for(seconds, before, meanwhile)
  local child = self:start(before)
  local ends, status = sys.now() + (seconds or PATIENCE) -- luacheck: ignore 221
  repeat
    local rest = math.max(0, ends - sys.now())
    status = sys.wait(child.pid, meanwhile and math.min(rest, 0.02 + math.random() * 0.1) or rest)
    if not status and meanwhile then meanwhile() end
  until status or sys.now() >= ends
  if not status then
    check(seconds, "a run that nothing disturbs has not ended within %d s", PATIENCE)
    sys.kill(child.pid, "KILL")
    status = sys.wait(child.pid)
    if status == 128 + 9 then status = nil end
    self.kills = self.kills + (status and 0 or 1)
  end
  sys.close(child.stdin)
  sys.close(child.stdout)
  check(not status or status < 128, "it ended by signal %d", status and status - 128)
  return status
end

-- What the journal says, while nobody works it.
function Round:jobs(...)
  if not sys.stat(self.run.folder .. "/out/rhub.db") then return {} end
  local got = self.run("jobs", "--journal", "out", "--json", ...)
  check(got.code == 0, "rhub jobs ended with %d: %s", got.code, got.err)
  local list = {}
  for line in got.out:gmatch "[^\n]+" do list[#list + 1] = assert(json.decode(line)) end
  list[#list] = nil
  return list
end

-- Takes down which jobs the journal tells as open: only those may be submitted again.
function Round:look()
  local open = {}
  for _, job in ipairs(self:jobs()) do
    if job.state == "unknown" or job.state == "intent" or job.state == "resubmitted" then
      local prompt = job.params.prompt
      open[prompt] = (open[prompt] or 0) + 1
      self.open[prompt] = math.max(self.open[prompt] or 0, open[prompt])
    end
  end
end

-- What a person would do: look for each unknown job's task at the service.
function Round:resolve()
  local made = counted.tasks(self.box)
  local unknown = self:jobs "--unknown"
  for _, job in ipairs(unknown) do
    local prompt = job.params.prompt
    local ids = made[prompt] or {}
    check(#ids <= 1, "%d tasks for %s", #ids, prompt)
    local verdict = ids[1] and { "--task", ids[1] } or { "--resubmit" }
    if not ids[1] then self.resent[prompt] = (self.resent[prompt] or 0) + 1 end
    local got = self.run("jobs", "resolve", job.key, "--journal", "out", table.unpack(verdict))
    check(got.code == 0, "rhub jobs resolve ended with %d: %s", got.code, got.err)
  end
  self.unknown = self.unknown + #unknown
end

-- Goes on until it is done, killed so often on the way. Unknown jobs are resolved where that is left to a
-- person.
function Round:go_on(kills, meanwhile)
  for _ = 1, RUNS do
    local status = self:run_for(kills > 0 and 0.05 + math.random() * 0.7 or nil, nil, meanwhile)
    kills = kills - (status and 0 or 1)
    self:look()
    if status == 0 then return end
    check(status == nil or status == 5 and self.policy == "hold", "it ended with %s", status)
    if status == 5 then self:resolve() end
  end
  error(("not done after %d runs"):format(RUNS), 0)
end

-- ---- the ways -------------------------------------------------------------------------------------

local WAYS = {}

-- Killed at random instants.
function WAYS.kill(round)
  round:go_on(math.random(2, 6))
end

-- Nine of ten tasks have ended when they are accepted; the others must be asked for, which takes seconds.
local function hurry(round)
  local faults = {}
  for digit = 0, 8 do
    faults[#faults + 1] = { ["do"] = "task", match = digit .. ", mood", at_submit = true, times = -1 }
  end
  round.box:fault(faults)
end

local function drop(round)
  local victims, faults = {}, {}
  for _ = 1, math.random(3, 20) do
    local row = math.random(round.rows)
    local after = math.random(2) == 1 and math.random(0, 20) or nil
    if not victims[row] then
      faults[#faults + 1] = { route = "submit", match = ("cat %d,"):format(row), after = after,
        ["do"] = after and "truncate" or "reset_after" }
    end
    victims[row] = true
  end
  round.box:fault(faults)
  return victims
end

-- Accepted, and the reply is lost. Held, these rows and no others are unknown, however often it is run;
-- else they are submitted again, and killed meanwhile.
function WAYS.drop(round, victims)
  if round.policy == "resubmit" then return round:go_on(math.random(0, 2)) end
  for _ = 1, 2 do
    local status = round:run_for()
    check(status == 5, "it ended with %s where outcomes are unknown", status)
    local told = {}
    for _, job in ipairs(round:jobs "--unknown") do
      local row = math.tointeger(job.params.prompt:match "^cat (%d+)")
      check(victims[row] and not told[row], "row %d is told as unknown", row)
      told[row] = true
    end
    for row in pairs(victims) do check(told[row], "row %d is not told as unknown", row) end
    local submits = round.box:stats().submits
    check(submits.received == round.rows, "%d submits for %d rows", submits.received, round.rows)
  end
  round:resolve()
  round:go_on(0)
end

-- A small file system of its own over the output folder, where mounting is allowed.
local function mount(round, kib)
  local out = round.run.folder .. "/out"
  assert(sys.mkdir_p(out))
  round.mounted = os.execute(("mount -t tmpfs -o size=%dk torture %s 2>/dev/null"):format(kib,
    programs.quote(out))) and out
  return round.mounted
end

-- The disk fills up, or a file may not grow any more. Then there is room, and it goes on.
function WAYS.full(round)
  local kib = math.floor(2 ^ (4 + math.random() * 7))
  local limit = "ulimit -f " .. 2 * kib
  if math.random(2) == 1 and mount(round, kib) then limit = nil end
  for _ = 1, math.random(1, 3) do
    local status = round:run_for(math.random(2) == 1 and math.random() * 2 or nil, limit)
    round.full = round.full + (status and status ~= 0 and 1 or 0)
  end
  if round.mounted then
    check(os.execute("mount -o remount,size=256m " .. programs.quote(round.mounted)), "no room can be made")
  end
  round:look()
  round:go_on(math.random(0, 1))
end

local JUMPS = { -400 * 86400, -86400, -3600, -2, 0, 2, 3600, 86400, 400 * 86400 }

-- The wall clock jumps, killed meanwhile.
function WAYS.clock(round)
  local path = round.run:put("../clock", string.pack("i8", 0))
  local library = (os.getenv "RHUB_BUILD" or "build") .. "/test/clock.so"
  local env = round.run.env
  env.LD_PRELOAD = library:sub(1, 1) == "/" and library or os.getenv "PWD" .. "/" .. library
  env.RHUB_TORTURE_CLOCK, env.ASAN_OPTIONS = path, "verify_asan_link_order=0"
  check(sys.stat(env.LD_PRELOAD), "there is no %s: make test-build", library)
  local file <close> = assert(io.open(path, "r+b"))
  round:go_on(math.random(0, 3), function()
    file:seek "set"
    file:write(string.pack("i8", JUMPS[math.random(#JUMPS)]))
    file:flush()
    round.jumps = round.jumps + 1
  end)
  env.LD_PRELOAD = nil
end

torture.WAYS = { "kill", "drop", "full", "clock" }

-- ---- all of it ------------------------------------------------------------------------------------

--- A batch in a folder of its own, against a sandbox that has seen nothing.
---@param box table
---@param options {way: string, seed: integer, rows?: integer}
function torture.new(box, options)
  box:reset()
  math.randomseed(options.seed)
  local self = setmetatable({ box = box, way = options.way, seed = options.seed, run = programs.new(box),
    rows = options.rows or torture.ROWS, policy = math.random(2) == 1 and "hold" or "resubmit", kills = 0,
    unknown = 0, full = 0, jumps = 0, resent = {}, open = {} }, Round)
  local lines = { "subject,mood" }
  for i = 1, self.rows do lines[#lines + 1] = ("cat %d,mood %d"):format(i, i) end
  self.run:put("cats.csv", table.concat(lines, "\n") .. "\n")
  return self
end

local function line(round, seconds)
  local counts = round.counts or round.box:stats()
  local text = "%-5s seed %-10d %-8s  kills %d  full %d  jumps %-3d resolved %-3d submits %d  made %d  %.1f s"
  return text:format(round.way, round.seed, round.policy, round.kills, round.full, round.jumps,
    round.unknown, counts.submits.received, counts.tasks.made, seconds)
end

local function story(round)
  local again = "make torture ROUNDS=1 WAY=%s SEED=%d ROWS=%d"
  return ("%s\n      kept: %s\n      again: %s"):format(round.reason, round.folder,
    again:format(round.way, round.seed, round.rows))
end

--- Never raises: .ok, or .story: what went wrong, the folder, and how it is run again.
---@param box table
---@param options {way: string, seed: integer, rows?: integer}
---@return torture.round
function torture.round(box, options)
  local round, began = torture.new(box, options), sys.now()
  local victims = options.way == "drop" and drop(round)
  hurry(round)
  round.ok, round.reason = pcall(WAYS[options.way], round, victims)
  if round.ok then round.ok, round.reason = pcall(counted.check, round) end
  round.line = line(round, sys.now() - began)
  round.folder = round.run.root
  if round.mounted then
    local out = programs.quote(round.mounted)
    local kept = programs.quote(round.folder .. "/kept")
    os.execute(("cp -a %s %s; umount %s && cp -a %s/. %s"):format(out, kept, out, kept, out))
  end
  if round.ok then round.run:remove() else round.story = story(round) end
  return round
end

return torture
