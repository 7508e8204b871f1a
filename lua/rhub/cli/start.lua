-- From the words of the command line to what is to be run: a command, a script, a line of code, the prompt.

local errors = require "rhub.errors"
local nearest = require "rhub.nearest"
local options = require "rhub.cli.options"
local report = require "rhub.cli.report"
local sys = require "rhub.sys"

local start = {}

-- Each is rhub.cli.NAME.
local COMMANDS = { "account", "app", "apps", "asset", "batch", "cancel", "check", "comfy", "complete",
  "completion", "cost", "doctor", "fetch", "help", "jobs", "keys", "listen", "login", "lora", "model",
  "models", "outputs", "price", "queue", "quick", "rerun", "resources", "run", "sandbox", "task", "types",
  "upload", "verify", "webhook", "workflow" }

---@class rhub.cli.command
---@field usage string             one line
---@field help string              what `rhub help NAME` says below it
---@field options? rhub.cli.option[]
---@field words? { [1]: integer, [2]: integer, what: string } how many words it takes, and what they are
---@field alone? boolean           reads the command line after its name itself: `main(argv, at, values, how)`
---@field unsealed? string         why --sandbox makes no sense with it
---@field single? boolean          shows one task, not a table of them
---@field run? fun(context: rhub.cli.context): true|nil, rhub.error|nil

---@param name string
---@return rhub.cli.command|nil
function start.command(name)
  for _, known in ipairs(COMMANDS) do
    if known == name then return require("rhub.cli." .. name) end
  end
end

-- All commands, those that nobody types included.
---@return string[]
function start.names()
  return table.move(COMMANDS, 1, #COMMANDS, 1, {})
end

-- The nearest command to a word that is none, among those that people type.
---@param word string
---@return string|nil
function start.nearest(word)
  local near = nearest.find(word, COMMANDS)
  return near == "complete" and "completion" or near
end

local function wants_json(argv)
  for _, word in ipairs(argv) do
    if word == "--" then return false end
    if word == "--json" then return true end
  end
  return false
end

local function help(name)
  return require("rhub.cli.help").show(name)
end

-- Whether the number of words is what the command takes.
local function count_words(name, command, words)
  local takes = command.words or { 0, 0, what = "no words" }
  if #words >= takes[1] and #words <= takes[2] then return nil end
  local surplus = #words > takes[2] and words[takes[2] + 1]
  local line = ("rhub %s takes %s"):format(name, takes.what)
  if surplus then line = ('%s; "%s" is one too many'):format(line, surplus) end
  return errors.input(line .. "; see rhub help " .. name)
end

local function run_command(name, argv, at, values, how)
  local command = start.command(name)
  if command.alone then return command.main(argv, at, values, how) end
  local words, err = options.read(argv, at, values, { options.common, command.options or {} },
    { where = "rhub help " .. name })
  if not words then return report.usage(err, wants_json(argv)) end
  if values.help then return help(name) end
  err = count_words(name, command, words)
  if not err and values.sandbox and command.unsealed then err = errors.input(command.unsealed) end
  if err then return report.usage(err, values.json) end
  how.argv = argv
  return require("rhub.cli.frame").command(name, command, words, values, how)
end

-- A word that is neither a command nor looks like a script is most likely a command misspelled.
local function no_such_script(path)
  local near = start.nearest(path)
  if near and not path:find("[./]") then
    return errors.input(('"%s" is no command and no file; did you mean rhub %s?'):format(path, near))
  end
  local _, reason = sys.stat(path)
  return errors.input(("%s: %s; give a script, or see rhub --help"):format(path, reason or "no such file"))
end

local function check_script(path)
  local found = sys.stat(path)
  if not found then return no_such_script(path) end
  if found.type == "dir" then return errors.input(path .. " is a folder; give a script") end
  local ok, reason = sys.readable(path)
  if not ok then return errors.input(("%s: %s"):format(path, reason)) end
end

-- What is run in the place of a command: { kind =, text or path =, args = }.
local function program(argv, at, values)
  if values.execute then
    return { kind = "code", text = values.execute, args = table.move(argv, at, #argv, 1, {}) }
  end
  local path = argv[at]
  if values.interactive then
    local args = table.move(argv, at + 1, #argv, 1, {})
    return { kind = "prompt", path = path, args = args }, path and check_script(path)
  end
  local what = { kind = path == "-" and "stdin" or "script", path = path }
  what.args = table.move(argv, at + 1, #argv, 1, {})
  if what.kind == "stdin" then return what end
  if not path then return nil, errors.input "give a command or a script; see rhub --help" end
  return what, check_script(path)
end

---@param argv string[]
---@param how rhub.cli.how
---@return integer code
function start.main(argv, how)
  local values = {}
  local words, at = options.read(argv, 1, values, { options.leading, options.common },
    { leading = true, where = "rhub --help" })
  if not words then return report.usage(at --[[@as rhub.error]], wants_json(argv)) end
  local word = argv[at]
  local instead = values.execute or values.interactive
  if values.version then return require("rhub.cli").main { "--version" } end
  if values.help then return help(instead and "script" or word) end
  if word and not instead and not word:find("[./]") and start.command(word) then
    return run_command(word, argv, at + 1, values, how)
  end
  local what, err = program(argv, at, values)
  if not err and values.json then
    err = errors.input "--json is for commands: what a script prints is its own affair"
  end
  if err then return report.usage(err, values.json) end
  return require("rhub.cli.frame").script(what, argv, values, how)
end

return start
