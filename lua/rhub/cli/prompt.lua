-- rhub -i: a prompt. Lines are edited by libedit where the machine has it and standard input is a terminal;
-- while somebody types, coroutines go on. An expression prints its value; half a chunk asks for more.

local errors = require "rhub.errors"
local flow = require "rhub.flow"
local plain = require "rhub.cli.plain"
local report = require "rhub.cli.report"
local signals = require "rhub.cli.signals"
local sys = require "rhub.sys"

local prompt = {}

local FIRST, MORE = "> ", ">> "

-- ---- reading ----------------------------------------------------------------------------------

-- Standard input as something that flow waits for. `take()` is called when there is something to read and
-- returns what ends the wait.
local function wait_for_input(take)
  local cell, watched = {}, { 0, 1 }
  local source = { fd = function() return 0 end, timeout = function() end }
  function source.step()
    if cell.done or sys.poll(watched, 0) == 0 then return end
    cell.what, cell.text = take()
    if cell.what then flow.finish(cell) end
  end
  prompt.reading = cell
  flow.add(source)
  flow.hold(source)
  local ok, err = flow.await(cell)
  flow.remove(source)
  prompt.reading = nil
  if ok == nil then error(err, 0) end
  return cell.what, cell.text
end

-- Without an editor: the terminal's own line, or a file's.
local function read_plain(text, shown)
  if shown then sys.write(1, text) end
  return wait_for_input(function()
    local line, reason = sys.readline(0)
    if line then return "line", line end
    return reason == "interrupted" and "again" or "end"
  end)
end

local function read_edited(editor, terminal, text)
  editor.start(text)
  terminal.prompt = editor.redraw
  local ok, what, line = pcall(wait_for_input, editor.feed)
  terminal.prompt = nil
  editor.stop()
  if not ok then error(what, 0) end
  return what, line
end

local function reader(terminal)
  local interactive = sys.isatty(0) and sys.isatty(1)
  local found, host = pcall(require, "rhub.host")
  local editor, reason
  if interactive and found then editor, reason = host.edit() end
  if reason then terminal:note("rhub: " .. reason) end
  if not editor then
    return function(text) return read_plain(text, interactive) end, function() end
  end
  return function(text) return read_edited(editor, terminal, text) end, editor.remember
end

-- ---- one chunk --------------------------------------------------------------------------------

local function incomplete(reason)
  return reason:sub(-5) == "<eof>"
end

-- An expression, or a chunk; nil and nil when there is more to come.
local function compile(text)
  local chunk = load("return " .. text, "=prompt")
  if chunk then return chunk end
  local reason
  chunk, reason = load(text, "=prompt")
  if not chunk and incomplete(reason) then return nil end
  return chunk, reason
end

-- Reads until it is a whole chunk, or what is wrong with it. Returns nil at the end of the input.
local function read_chunk(read, remember)
  local text
  repeat
    local what, line = read(text and MORE or FIRST)
    if what == "end" then return nil end
    if what == "line" then
      text = text and text .. "\n" .. line or line
      local chunk, reason = compile(text)
      if chunk or reason then
        if text:find("%S") and not text:find("api_key") then remember(text) end
        return chunk or reason
      end
    else
      text = nil
    end
  until signals.told_to_leave
end

local function show(value)
  local meta = getmetatable(value)
  if type(value) == "table" and not (meta and meta.__tostring) then
    local text = require("rhub.json").encode(value, { sort = true })
    if text then return plain.text(text) end
  end
  return errors.is(value) and plain.text(tostring(value)) or tostring(value)
end

local function print_results(results)
  local shown = {}
  for i = 2, results.n do shown[i - 1] = show(results[i]) end
  if #shown > 0 then print(table.concat(shown, "\t")) end
end

local function trace(err)
  if errors.is(err) then return err end
  return (debug.traceback(tostring(err), 2):gsub("\n%s*%[C%]: in function 'xpcall'.*", ""))
end

-- Runs it in a coroutine of its own, so that Ctrl-C ends the wait and not the prompt.
local function evaluate(chunk, terminal)
  if type(chunk) == "string" then return terminal:say(plain.lines(chunk)) end
  local results, stopped
  local fiber = flow.go(function() results = table.pack(xpcall(chunk, trace)) end)
  signals.instead = function()
    stopped = true
    fiber:cancel()
  end
  local ok, err = pcall(fiber.wait, fiber)
  signals.instead = nil
  signals.forget()
  if not ok and signals.told_to_leave then error(err, 0) end
  if ok and results and results[1] then return print_results(results) end
  local reason = results and results[2] or err
  if stopped then return terminal:say "interrupted; what was submitted goes on" end
  terminal:say(errors.is(reason) and report.text(reason) or plain.lines(tostring(reason)))
end

-- ---- the prompt -------------------------------------------------------------------------------

-- `rhub` is there, and so is `hub`, opened when it is first named.
local function prepare()
  _G.rhub = require "rhub"
  local meta = getmetatable(_G) or {}
  local index = meta.__index
  meta.__index = function(globals, name)
    if name == "hub" then
      rawset(globals, "hub", _G.rhub.client())
      return rawget(globals, "hub")
    end
    return type(index) == "table" and index[name] or index and index(globals, name)
  end
  setmetatable(_G, meta)
end

-- Runs the prompt as the main coroutine.
---@param what { path?: string, args: string[] } a script to run first
---@param terminal rhub.cli.terminal
function prompt.run(what, terminal)
  prepare()
  if what.path then assert(loadfile(what.path))(table.unpack(what.args)) end
  local read, remember = reader(terminal)
  if sys.isatty(0) and not terminal.quiet then
    terminal:say(("rhub %s; rhub and hub are there, Ctrl-D leaves"):format(require("rhub.cli").version()))
  end
  repeat
    signals.instead = function() prompt.again(terminal) end
    local chunk = read_chunk(read, remember)
    if chunk then evaluate(chunk, terminal) end
  until not chunk
  signals.instead = nil
  if sys.isatty(0) then sys.write(1, "\n") end
end

-- Ctrl-C while somebody types: a fresh line.
function prompt.again(terminal)
  local cell = prompt.reading
  if not cell or cell.done then return end
  terminal.prompt = nil
  sys.write(1, "\n")
  signals.forget()
  cell.what = "again"
  flow.finish(cell)
end

return prompt
