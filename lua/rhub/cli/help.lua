-- rhub help: the overview, or everything about one command.

local errors = require "rhub.errors"
local report = require "rhub.cli.report"

local help = {
  usage = "rhub help [COMMAND]",
  help = "Tells what there is, or everything about one command.\n",
  alone = true,
}

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
  if not name or name:find("[./]") then
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
