-- Tasks: how work is handed to the engine. Methods of a hub.

local catalogue = require "rhub.catalogue"
local check = require "rhub.check"
local errors = require "rhub.errors"
local flow = require "rhub.flow"
local identity = require "rhub.identity"
local json = require "rhub.json"
local limits = require "rhub.limits"
local observer = require "rhub.observer"
local price = require "rhub.price"
local progress_nodes = require "rhub.progress.nodes"
local task = require "rhub.task"

local create, resume, status, yield = coroutine.create, coroutine.resume, coroutine.status, coroutine.yield

local submit = {}

-- A mistake of the programmer's, raised again where the method was called.
local Misuse = {}

local function misuse(message)
  error(setmetatable({ message = message }, Misuse))
end

---@class rhub.submit_options
---@field timeout? number       seconds from acceptance; default: the client's
---@field wait_timeout? number  seconds for a free place; default: the client's
---@field price? number|string  the most that this call can cost, in the site's currency, where you know
---                             better than the catalogue: what a budget reserves
---@field job? string           with a journal: the key of its job; default: made of what is sent. A given
---                             one stands for its job whatever is asked for; where that differs it is told
---@field fresh? boolean        with a journal: submit it anew, whatever is recorded

local function read_submit_options(options)
  if type(options) ~= "table" then misuse("options are a table, not a " .. type(options)) end
  for name in pairs(options) do
    if not limits.is(name) then
      local text = "no such option: %s (there are timeout, wait_timeout, price, job and fresh)"
      misuse(text:format(tostring(name)))
    end
  end
  local why = limits.problem(options)
  if why then misuse(why) end
  return options
end

local NO_OPTIONS = {}

-- What the budget is to reserve: the caller's word, else the catalogue's; nil where neither tells. A journal
-- keeps it for the budget of a later run.
local function price_of(self, call, options)
  if options.price then return options.price end
  if not self.budget and not self.journal then return nil end
  local estimate = price.of(catalogue.find(call.endpoint), call.params)
  return estimate.amount, estimate.currency
end

-- What the engine is told of a task besides its request: also that a webhook is expected.
local function with_told(more, told)
  if not more then return told end
  for name, value in pairs(told) do
    if more[name] == nil then more[name] = value end
  end
  return more
end

-- What the engine is told of a task besides its request: also which job of the journal it is. The hub of a
-- batch's row names its own, see rhub.batch.steps.
local function with_job(self, more, name, given, files, options, token)
  local all = { identity = identity.of(given, files, self.origins), token = token, job = options.job,
    fresh = options.fresh }
  if self.next_job then self:next_job(all, name, files) end
  for field, value in pairs(more or {}) do all[field] = value end
  return all
end

-- Hands a request to the engine, with the address of a webhook where somebody listens, and makes the task
-- that it becomes. `given`: the parameters before anything was filled in. `more`: what differs from a
-- model's.
local function hand_over(self, name, given, params, files, options, more, amount, currency)
  local listener, token = self.listener, nil
  if listener then params, token = listener:hook(params) end
  if token then more = with_told(more, listener.more) end
  if self.journal then more = with_job(self, more, name, given, files, options, token) end
  local body, wrong = json.encode(params, nil, "params")
  if not body then return nil, errors.new(wrong) end
  files = #files > 0 and files or nil
  local ticket, why = self.core:submit(name, body, files, options.timeout, options.wait_timeout, amount,
    currency, more)
  if not ticket then
    local err = errors.new(why)
    if self.refused then self:refused(err) end
    return nil, err
  end
  local new = self:enlist(ticket, task.new(self, ticket, name))
  if token then listener:expect(token, new) end
  new.files = files
  if self.enlisted then
    self:enlisted(new, more.job, function()
      return self.core:submit(name, body, files, options.timeout, options.wait_timeout, amount, currency,
        more)
    end)
  end
  observer.tell("task", new)
  return new
end

local function start(self, model, params, options)
  if self.closing then misuse("the client is closed") end
  params = params or {}
  if type(model) ~= "string" then misuse("the model is a name, not a " .. type(model)) end
  if type(params) ~= "table" then misuse("parameters are a table, not a " .. type(params)) end
  options = options and read_submit_options(options) or NO_OPTIONS
  local call, err = check.call(model, params, self.check, self.warn)
  if not call then return nil, err end
  return hand_over(self, call.endpoint, params, call.params, call.files, options, nil,
    price_of(self, call, options))
end

-- Everything up to the ticket happens on a stack of its own, shared by all: checking and encoding go deep,
-- and a coroutine that then waits for minutes would keep the stack that it has grown, half a kilobyte each.
local STARTED = {} -- marks our own yields
local hub, model_name, given, given_options -- what is asked: the worker's stack must not keep it

local function take()
  local self, model, params, options = hub, model_name, given, given_options
  hub, model_name, given, given_options = nil, nil, nil, nil
  return start(self, model, params, options)
end

local function serve()
  while true do yield(STARTED, take()) end
end

local worker = create(serve)

local function ask(self, model, params, options)
  hub, model_name, given, given_options = self, model, params, options
  if status(worker) ~= "suspended" then worker = create(serve) end
end

local function started(ok, mark, ...)
  if ok and mark == STARTED then return ... end
  if getmetatable(mark) == Misuse then error(mark.message, 3) end
  if not ok then error(mark, 0) end
  worker = create(serve)
  error("coroutine.yield was called by a metamethod of the parameters: here it has nobody to yield to", 3)
end

-- Submits one task and returns at once. The parameters are checked first, and nothing is sent if they are
-- wrong. Where a media address is expected, a path of a local file, an earlier result, a finished task or an
-- upload will do.
---@param model string          "kling-video-o1/image-to-video"
---@param params table          by the service's own names
---@param options? rhub.submit_options
---@return rhub.task|nil
---@return rhub.error|nil
function submit.submit(self, model, params, options)
  ask(self, model, params, options)
  local new, err = started(resume(worker))
  return new, err
end

-- Waits for the end of a task that this coroutine has submitted.
---@param new rhub.task
---@return rhub.result|nil
---@return rhub.error|nil
function submit.finish(new)
  local ok, cancelled = flow.await(new)
  if ok then return new.result, new.err end
  new:abandon()
  error(cancelled, 0)
end

-- Submits one task and waits for its end.
---@param model string
---@param params table
---@param options? rhub.submit_options
---@return rhub.result|nil
---@return rhub.error|nil
function submit.run(self, model, params, options)
  ask(self, model, params, options)
  local new, err = started(resume(worker))
  if not new then return nil, err end
  return submit.finish(new)
end

---@class rhub.job             what is no model: a workflow, an app, quick create
---@field name string          for messages, durations and charges: "workflow/1904136902449209346"
---@field path string          "/task/openapi/create"
---@field key "header"|"apiKey"
---@field body table
---@field files string[]       pointer, path, pointer, path, ...: uploaded for nodes, their names put in
---@field options rhub.submit_options
---@field told? false          whether its webhook comes is not known: it is polled as ever
---@field graph? rhub.graph    what runs, where that is known: for its progress

-- Submits one job, whose body has been checked, and returns at once.
---@param job rhub.job
---@return rhub.task|nil
---@return rhub.error|nil
function submit.job(self, job)
  self:engine() -- raises when the client is closed
  local more = { path = job.path, key = job.key, node_files = #job.files > 0 or nil,
    told = job.told }
  local new, err = hand_over(self, job.name, job.body, job.body, job.files, job.options, more,
    job.options.price)
  if new then progress_nodes.know(new, job.graph) end
  return new, err
end

return submit
