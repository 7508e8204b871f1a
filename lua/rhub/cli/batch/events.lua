-- rhub batch --json: what happens, one JSON object a line. Which events there are stands in `rhub help
-- batch`.

local json = require "rhub.json"
local plain = require "rhub.cli.plain"
local report = require "rhub.cli.report"

local events = {}

local NOT_TOLD = { started = true, skipped = true }

local function files_of(item)
  local list = json.array {}
  for i, path in ipairs(item.paths or {}) do list[i] = plain.path(path) end
  return list
end

-- Those that a script has done without.
local function failed_of(item)
  local n = 0
  for _, task in ipairs(item.tasks) do
    if task.err then n = n + 1 end
  end
  return n > 0 and n or nil
end

local function add_results(event, item)
  local results = item.results
  event.files, event.failed_tasks = files_of(item), failed_of(item)
  local last = results[#results]
  if not last then return end
  local cost = last.cost
  event.task_id, event.model, event.job = last.task_id, last.model, last.job
  event.seconds = math.floor(last.seconds * 1000 + 0.5) / 1000
  event.cost = cost and { amount = cost.amount, currency = cost.currency, coins = cost.coins } or json.null
end

---@param what string
---@param item rhub.batch.item
---@param err? rhub.error
---@param step? rhub.batch.told_step that it is about, where it is about one
function events.tell(what, item, err, step)
  if NOT_TOLD[what] then return end
  local task = item.task
  local event = { event = what, row = item.row.number, key = item.key, task_id = task and task.id,
    model = task and task.model, job = task and task.key }
  if what == "done" then add_results(event, item) elseif item.open then event.files = files_of(item) end
  if err then event.error = report.fields(err) end
  if err and err.task_id then event.task_id = err.task_id end
  if err and err.job then event.job = err.job end
  if step then
    event.model, event.job, event.task_id = step.model, step.key, step.id
    event.params = step.params and json.decode(step.params)
  end
  report.json(event)
end

---@param job rhub.cli.batch_job
function events.start(job)
  report.json { event = "start", rows = job.rows, journal = job.journal }
end

return events
