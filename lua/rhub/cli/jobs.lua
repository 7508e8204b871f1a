-- rhub jobs: what a journal has recorded; and saying what became of a job that nobody knows.

local errors = require "rhub.errors"
local journal = require "rhub.cli.journal"
local json = require "rhub.json"
local options = require "rhub.cli.options"
local plain = require "rhub.cli.plain"
local report = require "rhub.cli.report"
local sys = require "rhub.sys"

---@type rhub.cli.command
local jobs = {
  usage = "rhub jobs [--failed|--unknown|...] | rhub jobs resolve KEY --task ID|--resubmit|--drop",
  help = [[
Lists the jobs of a journal, oldest first: key, state, model, task, charge, and what went wrong. Reads only; a
batch may be at work.

]] .. journal.HELP .. [[
  --failed, --unknown, --running, --done   only those; together: all of these. Failed are also those that were
                   cancelled or given up, running also those that a process at work is submitting
  --csv            as CSV, for a table

  rhub jobs resolve KEY   says what became of a job whose outcome is unknown; the next run goes by it
    --task ID        this is its task: it is waited for and saved; it is unknown again where the service
                     knows no such task
    --resubmit       there is none: it is submitted again, and no longer held against the budget
    --drop           it is given up: neither submitted nor counted against the budget. Until it is resolved
                     otherwise: --task and --resubmit take it up again

A submit that was repeated stays in the list as "resubmitted" under KEY#NUMBER and counts as failed. One that
--on-unknown has repeated is held against the budget until it is found (--task) or given up (--drop).

An unknown job may have made a task. The service lists those at
https://www.runninghub.ai/call-api/call-record-detail (or .cn): look there before --resubmit.

With --json: a line for each job (key, state, model, params, task_id, reserved, amount, currency, coins,
unconfirmed, created, submitted, accepted, ended, files, error), then one with jobs, their number. A state is
intent (being submitted), running, done, failed, cancelled, unknown, dropped (given up) or resubmitted;
amounts are exact decimal text, times are of UTC, what is not known is null. --csv has the same names in its
first line, and error_kind, error_code, error_message, spent for error; it has no params, files, reserved,
unconfirmed.

  rhub jobs --unknown --journal cats
]],
  options = {
    journal.OPTION,
    { "failed" }, { "unknown" }, { "running" }, { "done" }, { "csv" },
    { "task", value = "ID", read = options.text },
    { "resubmit" }, { "drop" },
  },
  words = { 0, 2, what = "no words, or resolve and a key" },
}

-- ---- resolve ----------------------------------------------------------------------------------

local function verdict(values)
  local n = (values.task and 1 or 0) + (values.resubmit and 1 or 0) + (values.drop and 1 or 0)
  if n ~= 1 then
    return nil, errors.input "say what became of it: --task ID, --resubmit or --drop, one of them"
  end
  local err = values.task and require("rhub.tasks").check_id(values.task)
  if err then return nil, err end
  return values.task and "id" or values.resubmit and "resubmit" or "drop"
end

local DONE = {
  id = "%s: its task is %s; the next run takes it up",
  resubmit = "%s: the next run submits it again",
  drop = "%s: given up",
}

local function resolve(context, path, key)
  local values = context.values
  local what, err = verdict(values)
  if not what then return nil, err end
  local hub
  hub, err = context:hub { journal = path }
  if not hub then return nil, err end
  local ok, wrong = hub:engine():resolve(key, what, values.task)
  if not ok then return nil, errors.new(wrong) end
  context.answer.key, context.answer.resolved = key, what
  context:print(DONE[what]:format(plain.text(key), values.task))
  return true
end

-- ---- the list ---------------------------------------------------------------------------------

local WORDS = { "failed", "unknown", "running", "done" }
local AS = { intent = "running", cancelled = "failed", dropped = "failed", resubmitted = "failed" }

local function wanted_states(values)
  local wanted
  for _, word in ipairs(WORDS) do
    if values[word] then
      wanted = wanted or {}
      wanted[word] = true
    end
  end
  return wanted
end

local function charge(job)
  if job.coins and job.coins ~= "" and job.coins ~= "0" then return plain.money { coins = job.coins } end
  if not job.accepted then return "-" end
  return plain.money { amount = job.charged, currency = job.currency }
end

local function people(context, job)
  local err = job.error
  local state = job.state == "intent" and "submitting" or job.state
  context:print(("%s  %s  %s  %s  %s  %s"):format(journal.time(job.created), plain.pad(state, 11),
    plain.pad(job.task_id and job.task_id ~= "" and plain.text(job.task_id) or "-", 19),
    plain.pad(charge(job) or "-", 10), plain.text(job.endpoint), plain.text(job.key)))
  if not err then return end
  context:print(("    %s%s"):format(err.code and err.code .. " " or "", plain.text(err.message)))
end

local COLUMNS = { "key", "state", "model", "task_id", "amount", "currency", "coins", "created", "accepted",
  "ended", "error_kind", "error_code", "error_message", "spent" }

local function cell(value)
  if value == nil or value == json.null then return "" end
  value = tostring(value)
  return value:find '[",\r\n]' and '"' .. value:gsub('"', '""') .. '"' or value
end

local function csv_line(fields)
  local err, cells = fields.error ~= json.null and fields.error or {}, {}
  fields.error_kind, fields.error_code = err.kind, err.code
  fields.error_message, fields.spent = err.message, err.spent
  for i, name in ipairs(COLUMNS) do cells[i] = cell(fields[name]) end
  return table.concat(cells, ",") .. "\r\n"
end

local function show(context, job)
  if context.values.json then
    report.json(journal.fields(job))
  elseif context.values.csv then
    sys.write(1, csv_line(journal.fields(job)))
  else
    people(context, job)
  end
end

local function list(context, path)
  local step, jobs_of, _, closing = journal.jobs(path)
  if not step then return nil, jobs_of end
  local as_csv = context.values.csv and not context.values.json
  if as_csv then sys.write(1, table.concat(COLUMNS, ",") .. "\r\n") end
  local wanted, n = wanted_states(context.values), 0
  for job in step, jobs_of, nil, closing do
    if not wanted or wanted[AS[job.state] or job.state] then
      n = n + 1
      show(context, job)
    end
  end
  context.answer.jobs = n
  if n == 0 then context.terminal:note("no such jobs in " .. plain.text(path)) end
  return true
end

---@param context rhub.cli.context
function jobs.run(context)
  local words = context.words
  if words[1] and words[1] ~= "resolve" or words[1] and not words[2] then
    return nil, errors.input "rhub jobs takes no words, or resolve and a key: rhub jobs resolve KEY --task ID"
  end
  local path, err = journal.path(context.values)
  if not path then return nil, err end
  if words[1] then return resolve(context, path, words[2]) end
  return list(context, path)
end

return jobs
