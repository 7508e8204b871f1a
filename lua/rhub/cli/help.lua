-- rhub help: the overview, or everything about one command.

local errors = require "rhub.errors"
local report = require "rhub.cli.report"

local help = {
  usage = "rhub help [COMMAND]",
  help = "Tells what there is, or everything about one command.\n",
  alone = true,
}

local SCRIPTS = [[
rhub script.lua ARGUMENTS
rhub -e CODE ARGUMENTS
rhub -i [script.lua ARGUMENTS]
rhub - ARGUMENTS

Runs a Lua script, a line of Lua, a prompt (after a script, if one is given), or what comes on standard
input. require "rhub" and require "rhub.json" work in it, and ARGUMENTS are in `arg` and `...`. What the
script calls at its top level waits without stopping its other coroutines; the run ends when the script and
all that it has started have ended.

At the prompt an expression prints its value, half a statement asks for more, and `rhub` and `hub` are there.
Ctrl-C ends the wait, Ctrl-D leaves.

  rhub --sandbox -e 'print(require("rhub").client():account().money)'

Options stand before the script; they hold for every client that it opens. See rhub --help.
]]

-- Prints what there is to say about a command; without a name, the overview.
---@param name? string
---@return integer code
function help.show(name)
  local start = require "rhub.cli.start"
  local command = name and start.command(name)
  if command then
    io.stdout:write(command.usage, "\n\n", command.help)
    if not command.alone then io.stdout:write("\nFor --json, --sandbox and the like: rhub --help\n") end
    return 0
  end
  if name and (name == "script" or name:find("^%-[ei]?$") or name:find("[./]")) then
    io.stdout:write(SCRIPTS)
    return 0
  end
  if not name then
    io.stdout:write((require "rhub.cli.overview"))
    return 0
  end
  local near = start.nearest(name)
  return report.usage(errors.input(('no command is called "%s"; %s'):format(name,
    near and "did you mean rhub help " .. near .. "?" or "see rhub --help")))
end

---@param argv string[]
---@param at integer
---@return integer code
function help.main(argv, at)
  return help.show(argv[at])
end

return help
