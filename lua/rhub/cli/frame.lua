-- What stands around every run: the sandbox if asked for, the terminal, signals, the clients' end, the exit
-- code. Commands and scripts are run inside of it, as the main coroutine.

local engine = require "rhub.cli.engine"
local errors = require "rhub.errors"
local flow = require "rhub.flow"
local observer = require "rhub.observer"
local plain = require "rhub.cli.plain"
local report = require "rhub.cli.report"
local rows = require "rhub.cli.rows"
local sealed = require "rhub.cli.sealed"
local signals = require "rhub.cli.signals"
local summary = require "rhub.cli.summary"
local sys = require "rhub.sys"
local terminal = require "rhub.cli.terminal"

local frame = {}

local INTERRUPTED = 130

-- What every client of this run is opened with, whatever else it is given: what was said on the command line.
---@param values table
---@return table
function frame.client_options(values)
  local verbose = values.verbose or 0
  return {
    site = values.site, base_url = values.base_url, check = values.check, timeout = values.timeout,
    concurrency = values.concurrency, proxy = values.proxy, ca_file = values.ca_file,
    budget = values.budget, allow_unknown_price = values.allow_unknown_price and true or nil,
    log = verbose > 1 and "debug" or verbose > 0 and "info" or nil,
  }
end

---@class rhub.cli.context       what a command has
---@field name string
---@field values table           its options
---@field words string[]         its other words
---@field argv string[]          the command line as it was given
---@field answer table           what --json prints
---@field terminal rhub.cli.terminal
---@field client_options table
---@field unwritten? integer     the error number of standard output, where that did not take something
---@field made? { model: string, params: table } the call of which records are to be written
---@field told? boolean          the command has said itself what is wrong
local Context = {}
Context.__index = Context

-- The client, opened when first asked for. A missing key comes back as an error like any other.
---@param more? table further options
---@return table|nil hub
---@return rhub.error|nil
function Context:hub(more)
  if not self.open_hub then
    local loaded, why = engine.load()
    if not loaded then return nil, why end
    local o = {}
    for _, from in ipairs { self.client_options, more or {} } do
      for name, value in pairs(from) do o[name] = value end
    end
    local ok, hub = pcall(require("rhub").client, o)
    if not ok then
      if errors.is(hub) then return nil, hub end
      error(hub, 0)
    end
    self.open_hub = hub
  end
  return self.open_hub
end

-- Prints what the command has found out, for people; with --json they get the answer instead.
---@param text string
function Context:print(text)
  if self.values.json then return end
  self.terminal:hide()
  local written, _, code = sys.write(1, text .. "\n")
  if not written then self.unwritten = code or 0 end
end

local function open_terminal(values, o)
  local term = terminal.open { quiet = values.quiet, verbose = values.verbose, single = o.single,
    target = values.output }
  observer.current = term
  flow.report = function(text) term:say("rhub: " .. plain.lines(text)) end
  signals.start(term, o.prompt)
  return term
end

-- Returns an error when the sandbox does not start.
local function start_sandbox(values, how, term)
  if not values.sandbox then return end
  local address, err = sealed.start(how.command)
  if not address then return err end
  term:note(("rhub: sandbox on %s (no key, no cost, nothing leaves this machine)"):format(address))
end

-- Every client waits for its submits on the wire, and tells what it leaves behind.
local function close_all(term)
  for _, hub in ipairs(term:hubs()) do
    local ok, err = pcall(hub.close, hub)
    if not ok then term:say("rhub: " .. plain.lines(tostring(err))) end
  end
  term.alike:each(function(model, n) term:note(rows.alike(term, model, n)) end)
  -- The one task of a command has told its price itself, and so has a batch.
  local budget = term.accounts[1] and term.accounts[1].budget
  if not term.again and (not term.single or budget) then
    for _, line in ipairs(summary.lines(term.accounts)) do term:note(line) end
  end
  observer.current = nil
  sealed.stop()
end

local function site_of(context)
  local hub = context.open_hub
  return hub and hub:describe().site
end

-- ---- commands ---------------------------------------------------------------------------------

local function fail(context, err)
  context.terminal:hide()
  if context.told and not context.values.json then
    return report.code(err)
  elseif errors.is(err) then
    sys.write(2, report.text(err, { site = site_of(context), target = context.values.output }) .. "\n")
  else
    sys.write(2, "rhub: " .. plain.lines(tostring(err)) .. "\n")
  end
  context.answer.error = report.fields(err)
  return report.code(err)
end

local EPIPE, BY_SIGPIPE = 32, 141

-- What to exit with where standard output was not taken. Whoever reads no further, as `head` does, has had
-- enough: other programs are ended by a signal then, and say nothing.
local function unwritten(code, errno)
  if errno == EPIPE then return code == 0 and BY_SIGPIPE or code end
  sys.write(2, "rhub: standard output could not be written\n")
  return math.max(code, 1)
end

-- Runs one command and returns what to exit with.
---@param name string
---@param command rhub.cli.command
---@param words string[]
---@param values table
---@param how rhub.cli.how
---@return integer
function frame.command(name, command, words, values, how)
  sys.ignore_pipe()
  local term = open_terminal(values, { single = command.single })
  local context = setmetatable({ name = name, values = values, words = words, argv = how.argv,
    answer = {}, terminal = term, client_options = frame.client_options(values) }, Context)
  local err = start_sandbox(values, how, term)
  local code = 0
  if err then
    code = fail(context, err)
  else
    local ran, done, problem = flow.run_main(command.run, context)
    if not ran then
      code = fail(context, not errors.is(done) and problem or done)
    elseif not done then
      code = fail(context, problem)
    end
  end
  close_all(term)
  if values.json then context.unwritten = report.json(context.answer) or context.unwritten end
  if context.unwritten then code = unwritten(code, context.unwritten) end
  return signals.interrupted() and INTERRUPTED or code
end

-- ---- scripts ----------------------------------------------------------------------------------

-- os.exit of a script closes what is open, as its end would.
local function close_on_exit(term)
  local exit = os.exit
  os.exit = function(code, close) -- luacheck: ignore 122
    close_all(term)
    exit(code, close == nil or close)
  end
end

local function say_script_error(term, err, trace)
  if trace == false then return end -- it has been reported already
  if errors.is(err) then return term:say(report.text(err)) end
  local text = trace or tostring(err)
  term:say("rhub: " .. plain.lines((text:gsub("\n%s*%[C%]: in function 'xpcall'$", ""))))
end

-- Runs a script, a line of code or the prompt, and returns what to exit with.
---@param what { kind: "script"|"stdin"|"code"|"prompt", path?: string, text?: string, args: string[] }
---@param argv string[] the whole command line
---@param values table
---@param how rhub.cli.how
---@return integer
function frame.script(what, argv, values, how)
  sys.ignore_pipe()
  sys.raise_nofile()
  local term = open_terminal(values, { prompt = what.kind == "prompt" })
  local err = start_sandbox(values, how, term)
  local code = 0
  if err then
    term:say(report.text(err))
    code = report.code(err)
  else
    term:share()
    close_on_exit(term)
    local script = require "rhub.cli.script"
    script.override(frame.client_options(values))
    local ran, problem, trace = script.run(what, argv, term)
    if not ran and not (signals.interrupted() and errors.is(problem) and problem.kind == "cancelled") then
      say_script_error(term, problem, trace)
    end
    if not ran then code = report.code(problem) end
  end
  close_all(term)
  return signals.interrupted() and INTERRUPTED or code
end

return frame
