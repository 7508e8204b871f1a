-- rhub listen: receive webhooks, ask about each task, print what is known then, and hand it to a function.

local errors = require "rhub.errors"
local flow = require "rhub.flow"
local json = require "rhub.json"
local options = require "rhub.cli.options"
local outcome = require "rhub.cli.outcome"
local plain = require "rhub.cli.plain"
local sys = require "rhub.sys"
local webhook = require "rhub.webhook"

local PATH = "/rhub"

---@type rhub.cli.command
local listen = {
  usage = "rhub listen [--port N] [--public-url URL] [--handler FILE]",
  help = [[
Receives webhooks until Ctrl-C. Give the service the address that it prints at its start as the webhookUrl of
your tasks: it ends in a word that nobody can guess, a new one each time. A call is not believed: the task is
asked for first. Then one line of JSON is printed: event, task_id, status, outputs, cost, or error; raw is
what the service had sent.

  --port N          listen there, on this machine's own address; 0 (the default) picks a free port
  --public-url URL  under which the service reaches that port: the address of a tunnel or a proxy
  --handler FILE    a Lua file that returns a function: it is called as f(event, hub) in a coroutine of its
                    own; event.result is what hub:run would have returned, event.err its error

A call that comes again after its task was dealt with is an event again: rhub webhook ID --resend makes one.
With --json the first line is {"listening":...,"url":...}, the last {"events":N}.

  rhub listen --port 8080 --public-url https://hooks.example.com --handler save.lua
  save.lua:  return function(event) if event.result then event.result:save("out/") end end
]],
  options = {
    { "port", value = "N", read = options.port },
    { "public-url", value = "URL", read = webhook.read_public_url },
    { "handler", value = "FILE", read = options.text },
  },
  unsealed = "nobody gives tasks to a sandbox of rhub listen's own; start rhub sandbox and give its address "
    .. "with --base-url",
}

-- The function that the file returns.
local function load_handler(path)
  if not path then return nil end
  local chunk, reason = loadfile(path, "t")
  if not chunk then return nil, errors.input("--handler " .. reason) end
  local ran, handler = pcall(chunk)
  if not ran then return nil, errors.input("--handler " .. tostring(handler)) end
  if type(handler) == "function" then return handler end
  return nil, errors.input(("--handler %s: it returns %s, not a function"):format(path,
    handler == nil and "nothing" or "a " .. type(handler)))
end

---@class rhub.cli.listening
---@field context rhub.cli.context
---@field hub rhub.hub
---@field handler function|nil
---@field busy table<string, true> ids of tasks that are dealt with just now
---@field events integer
local Listening = {}
Listening.__index = Listening

-- A line on standard output, with --json and without. Nobody reads it any more: that is the end.
function Listening:print(value)
  self.context.terminal:hide()
  local written, _, code = sys.write(1, assert(json.encode(value, { sort = true })) .. "\n")
  if written then return end
  self.context.unwritten = code or 0
  flow.finish(self)
end

-- What is known of a task, after a question.
local function event_of(self, id, name, raw)
  local event = {}
  local task, err = self.hub:task(id)
  if task then
    event.result, err = task:wait()
    outcome.fill(event, task)
    event.seconds, event.files = nil, nil -- of the waiting here, which says nothing; none are saved
  end
  event.task_id, event.event, event.err = id, name or json.null, err
  event.raw = json.decode(raw)
  if event.raw == nil then event.raw = raw end
  return event
end

local function line_of(event)
  local line = {}
  for name, value in pairs(event) do line[name] = value end
  line.result, line.err = nil, nil
  line.error = event.err and require("rhub.cli.report").fields(event.err) or nil
  return line
end

-- One of our errors says enough in its line; others want the place.
local function explain(err)
  return errors.is(err) and tostring(err) or debug.traceback(tostring(err), 2)
end

function Listening:deal(id, name, raw)
  local event = event_of(self, id, name, raw)
  self.events = self.events + 1
  self:print(line_of(event))
  if not self.handler then return end
  local ok, trouble = xpcall(self.handler, explain, event, self.hub)
  if not ok then
    self.context.terminal:say(("rhub: the handler failed at task %s: %s"):format(id, plain.lines(trouble)))
  end
end

-- A call with the right address has come.
function Listening:take(id, raw, name)
  if not id then
    return self.context.terminal:say("rhub: a call has come that names no task; it is left alone")
  end
  if self.busy[id] then return end
  self.busy[id] = true
  flow.go(function()
    local _ <close> = setmetatable({}, { __close = function() self.busy[id] = nil end })
    self:deal(id, name, raw)
  end)
end

local UNREACHABLE = [[
      RunningHub cannot reach this address, it is this machine's own: lead a tunnel or a proxy to it and say
      so with --public-url]]

local function announce(self, at, url, public)
  local context = self.context
  if context.values.json then return self:print { listening = at, url = url } end
  context.terminal:note(("rhub: listening on %s (Ctrl-C ends it)\n      webhookUrl: %s"):format(at, url)
    .. (public and "" or "\n" .. UNREACHABLE))
end

-- Receives until interrupted, or until nobody reads what it prints.
local function serve(self, values)
  local token = require("rhub.webhook.receiver").token()
  local got, err = require("rhub.webhook.receiver").open { host = "127.0.0.1", port = values.port or 0,
    path = PATH, what = "rhub listen",
    known = function(given) return given == token end,
    take = function(_, id, body, name) self:take(id, body, name) end,
    log = function(text) self.context.terminal:log("warn", text) end }
  if not got then return nil, err end
  got.lasting = true
  announce(self, got.url, (values.public_url or got.url) .. PATH .. "/" .. token, values.public_url)
  flow.await(self)
  got:close()
  self.context.answer.events = self.events
  return true
end

---@param context rhub.cli.context
function listen.run(context)
  local values = context.values
  local handler, err = load_handler(values.handler)
  if err then return nil, err end
  local hub
  hub, err = context:hub()
  if not hub then return nil, err end
  return serve(setmetatable({ context = context, hub = hub, handler = handler, busy = {}, events = 0 },
    Listening), values)
end

return listen
