-- One row: its task is submitted under its own key, or its function called; waited for; saved.

local inputs = require "rhub.batch.inputs"
local saving = require "rhub.batch.saving"
local scripted = require "rhub.batch.scripted"
local step = require "rhub.batch.step"
local steps = require "rhub.batch.steps"
local submits = require "rhub.submit"
local survey = require "rhub.batch.survey"

local work = {}

-- ---- a row that is one task -------------------------------------------------------------------

-- A job that is done, or runs, is not submitted when it is asked for: so nothing of its call is needed, nor
-- its files, which may be gone.
local function recall(run, item)
  local job = item.recorded
  local task, err = submits.job(steps.hub(run, item), { name = job.endpoint, path = job.path, body = {},
    files = {}, options = { job = job.key } })
  if not task then return nil, err end
  local result
  result, err = task:wait()
  return result and { result }, err
end

local function submit(run, item)
  if item.recorded then return recall(run, item) end
  item.save_as = run.plan.names:save_as(item.row, item.request.model)
  local result, err = steps.hub(run, item):run(item.request.model, item.request.params)
  return result and { result }, err
end

-- What the record beside an output tells.
local function about(run, item)
  local request, job = item.request, item.recorded
  local told = { key = item.key .. "/1", row = item.row.number, model = request.model,
    params = request.params, files = item.tasks[1].files }
  local call
  if job then
    call = { endpoint = job.endpoint, params = request.params }
    told.files, told.digest = inputs.of(job, inputs.digest)
  else
    call = run.plan:call(request)
  end
  told.estimate = call and survey.estimate(call)
  return told
end

local function save(run, item, results)
  local it = { result = results[1], key = results[1].job, again = item.before == "done",
    stem = function(n) return assert(run.plan.names:of(item.row, n, item.request.model)) end,
    ext = run.plan.names.ext, about = about(run, item), watch = function(op) item.saving = op end }
  if item.before == "saved" then
    run.saver:record_again(it, item.recorded.saved)
    return true
  end
  local paths, err = run.saver:save(it)
  item.paths = paths
  return paths and true, err
end

-- ---- how it ends ------------------------------------------------------------------------------

local ENDS = { unknown_outcome = "unknown", timeout = "running" }

-- The service tells that a task was cancelled in an answer, which has a status; otherwise it goes on there,
-- and nobody waits for it here. Without a task it was given up, or it was not submitted.
local function end_of_cancelled(run, item, err)
  if err.task_id then return err.http_status and "cancelled" or "running" end
  local key = err.job or item.task and item.task.key
  if key and run.record:state(key) == "dropped" then return "dropped" end
  return run:stopped() and err.spent == "no" and "left" or "failed"
end

local function end_of(run, item, err)
  if ENDS[err.kind] then return ENDS[err.kind] end
  if err.kind == "auth" and err.task_id then return "running" end -- it goes on, whoever may ask for it
  if err.kind == "cancelled" then return end_of_cancelled(run, item, err) end
  if err.kind == "budget" or step.halts(run, err) then
    run.halted = run.halted or err
    return "left"
  end
  return "failed"
end

-- What the script itself has cancelled, or let go, is its own affair; so is what has failed for good.
local function is_open(run, task, ended)
  local err = task.err
  if task.cancelled and not run:stopped() then return false end
  if ended == "failed" then return run:stopped() and err.retryable and err.spent == "no" end
  return ended ~= "running" or err.spent ~= "no"
end

local GRAVITY = { unknown = 5, running = 4, cancelled = 3, dropped = 2, left = 1 }

-- How a row is to end although its function has returned results: a step was stopped, or nobody knows how
-- it ends, and the function has not handed that on. The next run calls it again. The gravest step counts.
local function unfinished(run, item)
  local worst, why
  local function look(task)
    local ended = end_of(run, item, task.err)
    if not is_open(run, task, ended) then return end
    if ended == "failed" then ended = "left" end
    if not worst or GRAVITY[ended] > GRAVITY[worst] then worst, why = ended, task.err end
  end
  for _, task in ipairs(item.tasks) do
    if task.err then look(task) end
  end
  if item.refused then look { err = item.refused } end
  return worst, why
end

-- Whether anything was made or saved that had not been before.
local function was_worked(item)
  for _, task in ipairs(item.tasks) do
    if task.waited then return true end
  end
  return item.worked
end

---@alias rhub.batch.end
---| "done"|"failed"|"cancelled"|"unknown"|"running"|"dropped"|"left"|"unsaved"|"skipped"|"passed"

-- The error of a row of which no result has an output; nil: there is something to save, or nothing was made.
local function nothing_of(results)
  for _, result in ipairs(results) do
    if #result.outputs > 0 then return nil end
  end
  return results[1] and saving.nothing(results[1])
end

local function work_it(run, item)
  local how = run.plan.script and scripted or { results = submit, save = save }
  local results, err = how.results(run, item)
  if not results and item.before == "saved" then return "skipped" end -- whatever became of its task
  if not results then return end_of(run, item, err), err end
  item.results = results
  local open, why = unfinished(run, item)
  item.open = open ~= nil
  local nothing = not open and item.before ~= "saved" and nothing_of(results)
  if nothing then return "failed", nothing end
  local ok
  ok, err = how.save(run, item, results)
  if run.saver.lost then run.halted = run.halted or err end
  if not ok then return "unsaved", err end
  if open then return open, why end
  if #results == 0 then return "passed" end
  if item.before == "saved" then return "skipped" end
  return run.plan.script and not was_worked(item) and "skipped" or "done"
end

-- Works one row to its end.
---@param run rhub.batch.run
---@param item rhub.batch.item
---@return rhub.batch.end
function work.row(run, item)
  run.under_way[item] = true
  run.tell("started", item)
  local ended, err = work_it(run, item)
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
