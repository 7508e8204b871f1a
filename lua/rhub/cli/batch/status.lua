-- rhub batch --status and --watch: how the rows of a file stand by the journal. Sends nothing; another
-- process may be at work on them.

local flow = require "rhub.flow"
local plain = require "rhub.cli.plain"
local record = require "rhub.batch.record"
local survey = require "rhub.batch.survey"

local status = {}

local PAUSE = 2 -- seconds between two looks

local ORDER = { "saved", "passed", "done", "running", "failed", "cancelled", "uncharged", "unknown", "stale",
  "dropped" }
local WORDS = { saved = "done", passed = "passed over", done = "not saved yet",
  cancelled = "cancelled on the service", uncharged = "failed and not charged", dropped = "given up",
  stale = "with a changed file" }
status.WORDS = WORDS

local function look(job)
  local counts = { to_do = 0 }
  for _, name in ipairs(ORDER) do counts[name] = 0 end
  local items = survey.items(job.source, job.plan, job.ids)
  local item, err = items()
  while item do
    local name = job.record:row(item.key) or "to_do"
    counts[name] = counts[name] + 1
    item, err = items()
  end
  return not err and counts or nil, err
end

local function line(job, counts)
  local parts = { job.rows == 1 and "1 row" or job.rows .. " rows" }
  for _, name in ipairs(ORDER) do
    if counts[name] > 0 or name == "saved" then
      parts[#parts + 1] = counts[name] .. " " .. (WORDS[name] or name)
    end
  end
  parts[#parts + 1] = counts.to_do .. " to do"
  return ("%s: %s"):format(plain.text(job.source.name), table.concat(parts, ", "))
end

local function fill(answer, job, counts)
  answer.event, answer.rows, answer.done, answer.unsaved = "summary", job.rows, counts.saved, counts.done
  answer.running, answer.failed, answer.unknown = counts.running, counts.failed, counts.unknown
  answer.cancelled, answer.uncharged, answer.dropped = counts.cancelled, counts.uncharged, counts.dropped
  answer.passed, answer.stale, answer.to_do = counts.passed, counts.stale, counts.to_do
end

---@param context rhub.cli.context
---@param job rhub.cli.batch_job
---@return true|nil
---@return rhub.error|nil
function status.run(context, job)
  local told
  while true do
    local counts, changed = look(job)
    if not counts then return nil, changed end
    fill(context.answer, job, counts)
    local text = line(job, counts)
    if text ~= told then context:print(text) end
    told = text
    if not context.values.watch or counts.to_do + counts.running + counts.done == 0 then return true end
    flow.sleep(PAUSE)
    local known, err = record.open(job.journal, job.dir)
    if not known then return nil, err end
    job.record = known
  end
end

return status
