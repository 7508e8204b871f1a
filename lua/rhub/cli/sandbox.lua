-- rhub sandbox: the stand-in service in a process of its own. The first line on standard output is its base
-- address; it is served from then on until a signal, or the end of its input where it is a child.

local accounts = require "rhub.sandbox.accounts"
local errors = require "rhub.errors"
local options = require "rhub.cli.options"
local report = require "rhub.cli.report"
local sys = require "rhub.sys"

local command = {
  usage = "rhub sandbox [--port N] [--speed X] [--key KEY:KIND] ...",
  alone = true,
  help = [[
A stand-in RunningHub on this machine, for trying things out and for tests. It checks what it is sent as
strictly as the real one, keeps keys, places and balances, and makes little pictures, videos, sounds and 3D
models. Nothing leaves the machine and nothing costs anything. Its base address is the first line that it
prints.

  --port N             listen there; 0 (the default) picks a free port
  --speed X            tasks end X times as fast; 1 is 1 s for an image, 3 s for a video
  --latency SECONDS    added to every reply
  --key KEY:KIND       take this key only; repeat it for several. KIND is SHARED, NORMAL, EXCLUSIVE or FREE;
                       KEY:KIND:12.50 gives it a balance. Without --key any key of 32 letters and digits
                       is an enterprise shared one with a balance of 1000
  --limit N            tasks at once for every key; else 50 for SHARED, 2 for the others
  --max-upload SIZE    30MB
  --expiry SECONDS     how long addresses of results and uploads live; 86400
  --model NAME:OUTPUT  one more model that takes anything, for tests; OUTPUT is image, video, audio, 3d or
                       string
  --fault JSON         misbehave: '{"route":"submit","do":"reset"}'; repeat it for more. Which there are
                       stands at the top of lua/rhub/sandbox/faults.lua. POST /sandbox/faults takes them
                       too; GET /sandbox/stats tells what has come in
  --child              leave at the end of standard input
  --json               print the address as {"url":...}
  -q, --quiet          print the address and nothing else

Elsewhere:  RH_API_BASE_URL=http://127.0.0.1:PORT rhub script.lua       or simply  rhub --sandbox script.lua
]],
}

local OUTPUTS = { image = true, video = true, audio = true, ["3d"] = true, string = true }
local UNITS = { [""] = 1, KB = 1024, MB = 1024 ^ 2, GB = 1024 ^ 3 }

local function number_from(least, what)
  return function(text)
    local n = tonumber(text)
    if n and n >= least and n < math.huge then return n end
    return nil, what
  end
end

local function read_size(text)
  local n, unit = text:match("^(%d+)(%u*)$")
  if n and UNITS[unit] then return math.tointeger(tonumber(n) * UNITS[unit]) end
  return nil, "a size: 500KB, 30MB, 1GB or a number of bytes"
end

local function read_model(text)
  local name, output = text:match("^([%w._/-]+):(%w+)$")
  if name and OUTPUTS[output] then return { endpoint = name, output = output } end
  return nil, "NAME:OUTPUT, with OUTPUT one of image, video, audio, 3d, string"
end

local function read_key(text)
  local key = accounts.parse(text)
  if key then return key end
  return nil, "KEY:KIND, with KIND one of SHARED, NORMAL, EXCLUSIVE, FREE"
end

---@type rhub.cli.option[]
command.options = {
  { "port", value = "N", read = options.port },
  { "speed", value = "X", read = number_from(0.001, "a factor from 0.001 on") },
  { "latency", value = "SECONDS", read = number_from(0, "a number of seconds") },
  { "key", value = "KEY:KIND", read = read_key, repeats = true },
  { "limit", value = "N", read = options.count },
  { "max-upload", value = "SIZE", read = read_size },
  { "expiry", value = "SECONDS", read = number_from(0, "a number of seconds") },
  { "model", value = "NAME:OUTPUT", read = read_model, repeats = true },
  { "fault", value = "JSON", repeats = true },
  { "child" },
  { "json" },
  { "quiet", short = "q" },
  { "help", short = "h" },
}

local HINT = [[
rhub: sandbox on %s (%s; nothing costs anything; Ctrl-C ends it)
      RH_API_BASE_URL=%s rhub script.lua
]]

local function announce(box, values)
  if values.json then report.json { url = box.url } else sys.write(1, box.url .. "\n") end
  if values.quiet or values.child then return end
  local keys = values.key and "the keys given" or "any key of 32 letters and digits"
  sys.write(2, HINT:format(box.url:match("//(.*)"), keys, box.url))
end

local TURNS = 64 -- how often a busy sandbox looks whether it should stop

-- Serves until told to stop.
local function serve(box, signal, child)
  local fds, turn = { box:fd(), 1, signal, 1 }, 0
  if child then fds[5], fds[6] = 0, 1 end
  while true do
    local wait = box:timeout()
    turn = turn + 1
    if wait > 0 or turn % TURNS == 0 then
      sys.poll(fds, wait)
      for _, fd in ipairs(fds.ready) do
        if fd == signal and sys.caught() then return end
        if fd == 0 and child and not sys.readline(0, 0) then return end
      end
    end
    box:step()
  end
end

local function open(values)
  local server, missing = require("rhub.serving").load "the sandbox"
  if not server then return nil, missing end
  local box, reason = require("rhub.sandbox").new {
    port = values.port, speed = values.speed, latency = values.latency, keys = values.key,
    limit = values.limit, max_upload = values.max_upload, expiry = values.expiry, models = values.model,
  }
  if not box then
    local message = reason .. "; give another --port, or 0 for any that is free"
    return nil, errors.new { kind = "io", message = message }
  end
  for _, text in ipairs(values.fault or {}) do
    local added, wrong = box.faults:add_json(text)
    if not added then return nil, errors.input(("--fault %s: %s"):format(text, wrong)) end
  end
  return box
end

---@param argv string[]
---@param at integer
---@param values table<string, any>
---@return integer code
function command.main(argv, at, values)
  local words, err = options.read(argv, at, values, { command.options }, { where = "rhub help sandbox" })
  if not words then return report.usage(err --[[@as rhub.error]]) end
  if values.help then
    sys.write(1, command.usage .. "\n\n" .. command.help)
    return 0
  end
  if words[1] then
    return report.usage(errors.input(('rhub sandbox takes options only, not "%s"'):format(words[1])))
  end
  sys.ignore_pipe()
  sys.raise_nofile()
  local box, why = open(values)
  if not box then return report.usage(why --[[@as rhub.error]]) end
  local signal = sys.catch { "INT", "TERM", "HUP" } -- before anybody can know that there is one to stop
  announce(box, values)
  serve(box, signal, values.child)
  box:close()
  return 0
end

return command
