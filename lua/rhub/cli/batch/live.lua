-- rhub batch at work: the client with its journal, the display, the run, the summary.

local events = require "rhub.cli.batch.events"
local runs = require "rhub.batch.run"
local signals = require "rhub.cli.signals"
local summary = require "rhub.cli.batch.summary"
local sys = require "rhub.sys"
local view = require "rhub.cli.batch.view"

local live = {}

local RETRIES = 2
local AHEAD = 16 -- rows beyond the tasks in flight: they are being saved, or wait for a place

local function options_of(context, job, hub, tell)
  local values = context.values
  local concurrency = values.concurrency
  return {
    hub = hub, source = job.source, plan = job.plan, ids = job.ids, record = job.record, dir = job.dir,
    concurrency = concurrency and concurrency + math.min(concurrency, AHEAD),
    retries = values.retries or RETRIES, limit = values.limit, shuffle = values.shuffle,
    retry_failed = values.retry_failed, on_unknown = values.on_unknown,
    sidecars = not values.no_sidecar, tell = tell,
    stopped = function() return signals.came > 0 end,
  }
end

-- Events make the live lines give way where they go to the same terminal.
local function teller(context)
  local shared = sys.isatty(1)
  return function(...)
    if shared then context.terminal:hide() end
    events.tell(...)
  end
end

local function listener(context, display, tell)
  return function(what, item, err, step)
    display:told(what, item, err, step)
    if context.values.json then tell(what, item, err, step) end
  end
end

-- Works the rows; an interruption ends it early and is no error.
local function work(run, display)
  local ok, err = pcall(run.go, run)
  if not ok and signals.came > 0 then run:leave() end
  display:close()
  if not ok and signals.came == 0 then error(err, 0) end
end

---@param context rhub.cli.context
---@param job rhub.cli.batch_job
---@return true|nil
---@return rhub.error|nil
function live.run(context, job)
  local err = require("rhub.cli.target").check(job.dir .. "/", {})
  if err then return nil, err end
  local hub
  hub, err = context:hub { journal = job.journal, on_unknown = context.values.on_unknown,
    submit_rate = context.values.rate }
  if not hub then return nil, err end
  err = require("rhub.cli.batch.setup").look(job)
  if err then return nil, err end
  local known <close> = job.record -- luacheck: ignore 211
  local terminal = context.terminal
  local display, tell = view.open(terminal, job, hub), teller(context)
  if context.values.json then
    events.start(job)
    function display.accepted(_, task)
      if task.sent then tell("accepted", task.item, nil, task) end
    end
  end
  local run = runs.new(options_of(context, job, hub, listener(context, display, tell)))
  display.run = run
  terminal.batch, terminal.again = display, job.again
  work(run, display)
  terminal.batch = nil
  terminal:hide()
  terminal:tick()
  return summary.finish(context, job, run, display)
end

return live
