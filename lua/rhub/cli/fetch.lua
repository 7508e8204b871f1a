-- rhub fetch: what is paid for and not saved yet, from a journal.

local errors = require "rhub.errors"
local flow = require "rhub.flow"
local journal = require "rhub.cli.journal"
local json = require "rhub.json"
local names = require "rhub.batch.names"
local options = require "rhub.cli.options"
local plain = require "rhub.cli.plain"
local provenance = require "rhub.batch.provenance"
local record = require "rhub.batch.record"
local report = require "rhub.cli.report"
local saving = require "rhub.batch.saving"
local submit = require "rhub.submit"

---@type rhub.cli.command
local fetch = {
  usage = "rhub fetch [--all] [-o DIR]",
  help = [[
Saves the outputs of jobs that are done and of which no file has been saved, each with its record beside it:
those of a batch under the names that it would have given them, others (and what a --script has submitted) as
TASK-N.EXT. Nothing is written over: a name that is taken gets -2. Submits nothing. Outputs live about a day
on the service. A batch does the same by itself when it is run again. A task that is done and has no output
is none of these.

]] .. journal.HELP .. [[
  --all            also wait for tasks that still run
  -o, --output DIR where they go (the journal's folder)

With --json: files, a list of task_id, key, paths; failed, a list of task_id, key, error.

  rhub fetch --all --journal cats
]],
  options = { journal.OPTION, { "all" }, { "output", short = "o", value = "DIR", read = options.text } },
}

-- The jobs that are to be fetched.
local function wanted(path, all)
  local step, jobs, _, closing = journal.jobs(path)
  if not step then return nil, jobs end
  local list = {}
  for job in step, jobs, nil, closing do
    local has_task = job.task_id and job.task_id ~= ""
    local unsaved = job.state == "done" and not job.saved and not job.made_nothing
    local fits = unsaved or all and job.state == "running"
    if has_task and fits then
      job.raw = nil -- the longest of it; it is read again when its turn comes
      list[#list + 1] = job
    end
  end
  return list
end

local function params_of(job)
  local params = job.params and json.decode(job.params)
  return type(params) == "table" and params or {}
end

-- What has been fetched already is noted in the journal by then, or asked for by its task.
local function about(job, kept, saver, known)
  local told = provenance.of(job, known, saver.digest, {})
  told.row = kept and kept.row
  return told
end

-- A job that is done, or runs, is not submitted when it is asked for: it comes from the journal, or its task
-- is waited for and booked. This process holds the journal, so it is still what it was when it was read.
local function result_of(hub, job)
  local task, err = submit.job(hub, { name = job.endpoint, path = job.path, body = params_of(job), files = {},
    options = { job = job.key } })
  if not task then return nil, err end
  return task:wait()
end

local function fetch_one(hub, saver, job, known)
  local result, err = result_of(hub, job)
  if not result then return nil, err end
  if #result.outputs == 0 then return nil, saving.nothing(result) end
  local kept = names.saved_as(job.save_as)
  return saver:save { result = result, key = job.key, again = true, ext = kept and kept.ext,
    stem = kept and kept.stem or function(n) return job.task_id .. "-" .. n end,
    about = about(job, kept, saver, known) }
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
      a.files[#a.files + 1] = { task_id = job.task_id, key = job.key, paths = json.array(got[i]) }
    else
      first = first or err
      a.failed[#a.failed + 1] = { task_id = job.task_id, key = job.key, error = report.fields(err) }
      context.terminal:say(("  %s  %s"):format(plain.text(job.task_id),
        plain.text(tostring(err.message or err))))
    end
  end
  context.terminal:note(("%s saved, %d not"):format(count(#a.files, "task is", "tasks are"), #a.failed))
  context.told = true
  return not first or nil, first
end

local function nothing(context)
  context.answer.files, context.answer.failed = json.array {}, json.array {}
  context.terminal:note "nothing is left to fetch"
  return true
end

---@param context rhub.cli.context
function fetch.run(context)
  local values = context.values
  local path, err = journal.path(values)
  if not path then return nil, err end
  local list
  list, err = wanted(path, values.all)
  if not list then return nil, err end
  if #list == 0 then return nothing(context) end
  local dir = (values.output or path:match "^(.*)/[^/]*$" or "."):match "^(.*[^/])/*$" or "/"
  err = require("rhub.cli.target").check(dir .. "/", {})
  if err then return nil, err end
  local hub
  hub, err = context:hub { journal = path }
  if not hub then return nil, err end
  list, err = wanted(path, values.all) -- as it is now that this process holds the journal
  if not list then return nil, err end
  local saver = saving.new(hub, dir, true)
  local known, wrong = record.open(path, dir)
  if not known then return nil, wrong end
  local closing <close> = known -- luacheck: ignore 211
  local got = flow.map(list, function(job) return fetch_one(hub, saver, job, known) end)
  if errors.is(got.errors[1]) and #list == 1 then return nil, got.errors[1] end
  return tell(context, list, got)
end

return fetch
