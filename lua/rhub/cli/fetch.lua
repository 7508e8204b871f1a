-- rhub fetch: what is paid for and not saved yet, from a journal.

local errors = require "rhub.errors"
local flow = require "rhub.flow"
local journal = require "rhub.cli.journal"
local json = require "rhub.json"
local options = require "rhub.cli.options"
local plain = require "rhub.cli.plain"
local report = require "rhub.cli.report"
local saving = require "rhub.batch.saving"

---@type rhub.cli.command
local fetch = {
  usage = "rhub fetch [--all] [-o DIR]",
  help = [[
Saves the outputs of jobs that are done and of which no file has been saved, as TASK-N.EXT, each with its
record beside it. Submits nothing. Outputs live about a day on the service. A batch does this by itself when
it is run again, and gives them their names.

]] .. journal.HELP .. [[
  --all            also wait for tasks that still run
  -o, --output DIR where they go (the journal's folder)

With --json: files, a list of task_id, key, paths; failed, a list of task_id, key, error.

  rhub fetch --all --journal cats
]],
  options = { journal.OPTION, { "all" }, { "output", short = "o", value = "DIR", read = options.text } },
}

-- The jobs that are to be fetched: id, key, model, parameters.
local function wanted(path, all)
  local step, jobs, _, closing = journal.jobs(path)
  if not step then return nil, jobs end
  local list = {}
  for job in step, jobs, nil, closing do
    local has_task = job.task_id and job.task_id ~= ""
    local fits = job.state == "done" and #(job.saved or {}) == 0 or all and job.state == "running"
    if has_task and fits then
      list[#list + 1] = { id = job.task_id, key = job.key, model = job.endpoint, params = job.params }
    end
  end
  return list
end

local function params_of(job)
  local params = job.params and json.decode(job.params)
  return type(params) == "table" and params or {}
end

local function fetch_one(hub, saver, job)
  local task, err = hub:task(job.id, job.model)
  if not task then return nil, err end
  local result
  result, err = task:wait()
  if not result then return nil, err end
  return saver:save { result = result, key = job.key, again = true,
    stem = function(n) return job.id .. "-" .. n end,
    about = { key = job.key, model = job.model, params = params_of(job) } }
end

local function count(n, one, many)
  return n == 1 and "1 " .. one or n .. " " .. many
end

local function tell(context, list, got)
  local a, first = context.answer, nil
  a.files, a.failed = json.array {}, json.array {}
  for i, job in ipairs(list) do
    local err = got.errors[i]
    if got[i] then
      a.files[#a.files + 1] = { task_id = job.id, key = job.key, paths = json.array(got[i]) }
    else
      first = first or err
      a.failed[#a.failed + 1] = { task_id = job.id, key = job.key, error = report.fields(err) }
      context.terminal:say(("  %s  %s"):format(plain.text(job.id), plain.text(tostring(err.message or err))))
    end
  end
  context.terminal:note(("%s saved, %d not"):format(count(#a.files, "task is", "tasks are"), #a.failed))
  context.told = true
  return not first or nil, first
end

---@param context rhub.cli.context
function fetch.run(context)
  local values = context.values
  local path, err = journal.path(values)
  if not path then return nil, err end
  local list
  list, err = wanted(path, values.all)
  if not list then return nil, err end
  if #list == 0 then
    context.answer.files, context.answer.failed = json.array {}, json.array {}
    context.terminal:note "nothing is left to fetch"
    return true
  end
  local dir = (values.output or path:match "^(.*)/[^/]*$" or "."):match "^(.*[^/])/*$" or "/"
  err = require("rhub.cli.target").check(dir .. "/", {})
  if err then return nil, err end
  local hub
  hub, err = context:hub { journal = path }
  if not hub then return nil, err end
  local saver = saving.new(hub, dir, true)
  local got = flow.map(list, function(job) return fetch_one(hub, saver, job) end)
  if errors.is(got.errors[1]) and #list == 1 then return nil, got.errors[1] end
  return tell(context, list, got)
end

return fetch
