-- Torments batches at length: `make torture`, or
--   make torture ROUNDS=100 WAY=kill|drop|full|clock SEED=1 ROWS=200
-- Every way has ROUNDS rounds, each with a seed of its own: SEED, SEED + 1 and so on. A round that fails
-- keeps its folder. Exits 1 where one has failed.

local against = require "support.against"
local sys = require "rhub.sys"
local torture = require "support.torture"

local function number(name, default)
  local text = os.getenv(name) or ""
  if text == "" then return default end
  return assert(math.tointeger(tonumber(text)), name .. ": a whole number is expected")
end

local rounds, rows = number("ROUNDS", 100), number("ROWS", torture.ROWS)
local first = number("SEED", math.tointeger(sys.time() // 1))
local ways = torture.WAYS
local given = os.getenv "WAY" or ""
if given ~= "" then ways = { given } end

local ran, failed, kills = 0, 0, 0
io.stdout:setvbuf "line"
for i = 0, rounds - 1 do
  for _, way in ipairs(ways) do
    local round = torture.round(against.sandbox(), { way = way, seed = first + i, rows = rows })
    ran, kills = ran + 1, kills + round.kills
    print(("%s  %s"):format(round.ok and "ok  " or "FAIL", round.line))
    if not round.ok then
      failed = failed + 1
      print("      " .. round.story)
    end
  end
end
against.stop()
print(("%d rounds, %d kills, %d failed"):format(ran, kills, failed))
os.exit(failed == 0)
