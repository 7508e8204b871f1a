-- The rhub program, seen from its command line. What needs nothing is answered here, before anything else is
-- loaded: `rhub --version` and `rhub --help` cost what starting Lua costs.

local cli = {}

---@class rhub.cli.how            how this program can be started again
---@field command string[]|nil     the words before its arguments; nil: the running executable

-- Runs the command line.
---@param argv string[] as `arg` of the lua program: [0] is the program, [1] the first argument
---@param how? rhub.cli.how
---@return integer code what to exit with
function cli.main(argv, how)
  local first = argv[1]
  if first == "--version" or first == "-V" then
    io.stdout:write("rhub ", cli.version(), "\n")
    return 0
  end
  if first == nil or first == "--help" or first == "-h" then
    local text = require "rhub.cli.overview"
    if first then io.stdout:write(text) else io.stderr:write(text) end
    return first and 0 or 2
  end
  return require("rhub.cli.start").main(argv, how or {})
end

-- The program's own version; as a rock, the module's.
---@return string
function cli.version()
  local found, host = pcall(require, "rhub.host")
  return found and host.version or require("rhub")._VERSION
end

return cli
