-- One row: submitted under its own key, waited for, tried again where that costs nothing, saved.

local errors = require "rhub.errors"
local flow = require "rhub.flow"
local steps = require "rhub.batch.steps"
local survey = require "rhub.batch.survey"

local work = {}

local FIRST_PAUSE, LONGEST_PAUSE = 1, 30 -- seconds before a row is tried again
local BUDGET_PAUSE = 0.25 -- seconds until others may have been settled for less than was reserved

local HALTING = { auth = true, config = true, funds = true }

-- Whether every further row would end with this error as well: so would they where the journal takes nothing.
local function halts(run, err)
  if HALTING[err.kind] then return true end
  local of_journal = ("journal %s: "):format(run.hub.journal)
  return err.kind == "io" and err.message:find(of_journal, 1, true) ~= nil
end

-- What a function of the user's has raised, as an error of ours.
local function as_error(item, raised)
  if errors.is(raised) then return raised end
  return errors.new { kind = "failed", message = tostring(raised),
    spent = item.steps > 0 and "maybe" or "no" }
end

local function trace(err)
  return errors.is(err) and err or debug.traceback(tostring(err), 2)
end

-- Calls the row's function, or submits its one task. Returns the value, or nil and the error.
local function attempt(run, item)
  local hub = steps.hub(run.hub, item)
  if not run.plan.script then
    item.save_as = run.plan.names:save_as(item.row, item.request.model)
    return hub:run(item.request.model, item.request.params)
  end
  local ok, value, err = xpcall(run.plan.script, trace, item.row.values, hub)
  if not ok then return nil, as_error(item, value) end
  if value == nil and err ~= nil then return nil, as_error(item, err) end
  return value == nil or value
end

local function may_retry(run, err, tries)
  return err.retryable and err.spent == "no" and tries < run.retries and not run:stopped()
    and err.kind ~= "budget" and not halts(run, err)
end

-- A budget that others' reservations fill may have room once they are settled.
local function wait_for_budget(run, err)
  if err.kind ~= "budget" or run:stopped() then return false end
  run.short = run.short + 1
  local hope = run.busy > run.short
  if hope then flow.sleep(BUDGET_PAUSE) end
  run.short = run.short - 1
  return hope
end

local function settle(run, item)
  local tries, pause = 0, FIRST_PAUSE
  while true do
    local value, err = attempt(run, item)
    if value ~= nil and value ~= false or not err then return value end
    if may_retry(run, err, tries) then
      tries = tries + 1
      run.tell("retry", item, err)
      flow.sleep(pause)
      pause = math.min(pause * 2, LONGEST_PAUSE)
    elseif not wait_for_budget(run, err) then
      return nil, err
    end
  end
end

-- ---- saving -----------------------------------------------------------------------------------

local function stem_of(run, item, offset)
  return function(n) return assert(run.plan.names:of(item.row, offset + n, item.request.model)) end
end

-- What the record beside an output tells of a task.
local function about(run, item, task, result)
  local request = item.request
  if run.plan.script then
    return { key = item.jobs[task], row = item.row.number, model = result.model or "?", files = task.files,
      params = item.params[task] or {} }
  end
  local call = run.plan:call(request)
  return { key = item.jobs[task], row = item.row.number, model = request.model, params = request.params,
    files = task.files, estimate = call and survey.estimate(call) }
end

local function save(run, item, value)
  local paths = {}
  for _, result in ipairs(steps.results(value)) do
    local task = steps.task_of(item, result)
    local known = task and run.record:state(item.jobs[task])
    if known ~= "saved" then
      local made, err = run.saver:save { result = result, key = task and item.jobs[task],
        stem = stem_of(run, item, #paths), ext = run.plan.names.ext,
        again = run.plan.script ~= nil or item.before == "done",
        about = task and about(run, item, task, result) or { model = result.model or "?", params = {} },
        watch = function(op) item.saving = op end }
      if not made then return nil, err end
      table.move(made, 1, #made, #paths + 1, paths)
    end
  end
  item.paths = paths
  return true
end

-- ---- how it ends ------------------------------------------------------------------------------

local ENDS = { unknown_outcome = "unknown", timeout = "running" }

-- The service tells that a task was cancelled in an answer, which has a status; otherwise it goes on there,
-- and nobody waits for it here. Without a task it was given up, or it was not submitted.
local function end_of_cancelled(run, item, err)
  if err.task_id then return err.http_status and "cancelled" or "running" end
  if item.next_key and run.record:state(item.next_key) == "dropped" then return "dropped" end
  return run:stopped() and err.spent == "no" and "left" or "failed"
end

local function end_of(run, item, err)
  if ENDS[err.kind] then return ENDS[err.kind] end
  if err.kind == "auth" and err.task_id then return "running" end -- it goes on, whoever may ask for it
  if err.kind == "cancelled" then return end_of_cancelled(run, item, err) end
  if err.kind == "budget" or halts(run, err) then
    run.halted = run.halted or err
    return "left"
  end
  return "failed"
end

---@alias rhub.batch.end
---| "done"|"failed"|"cancelled"|"unknown"|"running"|"dropped"|"left"|"unsaved"

-- Works one row to its end.
---@param run rhub.batch.run
---@param item rhub.batch.item
---@return rhub.batch.end
function work.row(run, item)
  run.busy = run.busy + 1
  run.under_way[item] = true
  run.tell("started", item)
  local value, err = settle(run, item)
  local ended
  if err then
    ended = end_of(run, item, err)
  else
    item.value = value
    local ok
    ok, err = save(run, item, value)
    ended = ok and "done" or "unsaved"
    if run.saver.lost then run.halted = run.halted or err end
  end
  run.busy = run.busy - 1
  run.under_way[item] = nil
  item.err = err
  return ended
end

-- How a row stands that has not been worked to its end, because this process is told to leave.
---@param run rhub.batch.run
---@param item rhub.batch.item
---@return rhub.batch.end
---@return rhub.error|nil
function work.standing(run, item)
  local task = item.task
  if not task then return "left" end
  if task.err then return end_of(run, item, task.err), task.err end
  if task.status == "done" then return run.plan.script and "left" or "unsaved" end
  return task.id and "running" or task.status == "submitting" and "unknown" or "left"
end

return work
