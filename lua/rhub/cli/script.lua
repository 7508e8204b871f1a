-- Scripts, lines of code, standard input: loading them and running them as the main coroutine.

local flow = require "rhub.flow"

local script = {}

-- What was said on the command line holds for every client that the script opens, also where the script says
-- otherwise: whoever starts it has the last word.
---@param o table<string, any> options of rhub.client
function script.override(o)
  if not next(o) then return end
  local rhub = require "rhub"
  local client = rhub.client
  rhub.client = function(own)
    local merged = {}
    for name, value in pairs(own or {}) do merged[name] = value end
    for name, value in pairs(o) do merged[name] = value end
    if o.site and not o.base_url then merged.base_url = nil end
    return client(merged)
  end
end

-- `arg` as the lua program makes it: 0 is the script, what came before it is negative.
local function set_arg(what, argv)
  local name = what.path or what.kind == "code" and "-e" or "-"
  local list = { [0] = name, [-1] = argv[0] or "rhub" }
  table.move(what.args, 1, #what.args, 1, list)
  _G.arg = list
end

local function load_it(what)
  if what.kind == "code" then return load(what.text, "=(command line)") end
  if what.kind == "stdin" then return loadfile(nil) end
  return loadfile(what.path)
end

-- Runs it to the end of everything that it has started. Results as of flow.run_main.
---@param what table
---@param argv string[]
---@param terminal rhub.cli.terminal
---@return boolean ok
---@return any err
---@return string|false|nil trace
function script.run(what, argv, terminal)
  set_arg(what, argv)
  if what.kind == "prompt" then
    return flow.run_main(require("rhub.cli.prompt").run, what, terminal)
  end
  local chunk, reason = load_it(what)
  if not chunk then return false, reason, reason end
  return flow.run_main(chunk, table.unpack(what.args))
end

return script
