-- rhub batch --dry-run: every request as it would be sent, and what they come to.

local json = require "rhub.json"
local money = require "rhub.money"
local plain = require "rhub.cli.plain"
local prices = require "rhub.cli.prices"
local report = require "rhub.cli.report"
local survey = require "rhub.batch.survey"

local dry_run = {}

local LONGEST = 60 -- columns of a request in the summary's `first`

-- What the content will most likely be.
local LIKELY = { image = "png", video = "mp4", audio = "mp3", ["3d"] = "glb", string = "txt" }

local function output_name(job, item, call)
  local names = job.plan.names
  local stem = names:of(item.row, 1, item.request.model)
  local ext = names.ext
  if not ext then
    local entry = call and require("rhub.catalogue").find(call.endpoint)
    ext = entry and LIKELY[entry.output] or "{ext}"
  end
  return ("%s/%s.%s"):format(job.dir, stem, ext)
end

local function text_of(request)
  return json.encode(request.params, { sort = true }) or "?"
end

local function state_word(state)
  return state == "saved" and "done" or state or "to do"
end

-- One row: an event for programs, a line for people who want to see all.
local function show(context, job, item, call, estimate, state)
  if not context.values.json and not context.values.verbose then return end
  local target = output_name(job, item, call)
  if context.values.json then
    report.json { event = "request", row = item.row.number, key = item.key, model = call and call.endpoint
      or json.null, params = call and call.params or item.request.params,
      files = json.array(call and call.files or {}), output = target, state = state_word(state),
      price = estimate and prices.fields(estimate) or json.null }
  else
    context:print(("%04d  %s  %s  ->  %s"):format(item.row.number, state_word(state),
      plain.text(text_of(call or item.request)), target))
  end
end

local function count(n, one, many)
  return n == 1 and "1 " .. one or ("%d %s"):format(n, many)
end

local function amount(units, currency)
  return money.text(units) .. (currency and " " .. currency or "")
end

local function cost_line(context, sum)
  if sum.calls == 0 then return "nothing" end
  if sum.unknown == sum.calls and sum.least == 0 then
    return ("unknown: the catalogue tells no price of %s"):format(count(sum.calls, "task", "tasks"))
  end
  local notes = {}
  if sum.one then notes[1] = money.text(sum.one) .. " each" end
  if context.values.budget then
    notes[#notes + 1] = "budget " .. money.text(assert(money.parse(context.values.budget)))
  end
  local text = sum.unknown == 0 and amount(sum.known, sum.currency)
    or ("%s or more, and %s at an unknown price"):format(amount(sum.least, sum.currency),
      count(sum.unknown, "task", "tasks"))
  return #notes > 0 and ("%s (%s)"):format(text, table.concat(notes, "; ")) or text
end

local function answer(context, job, seen)
  local a, sum = context.answer, seen.sum
  a.event, a.rows, a.to_do, a.done = "summary", job.rows, seen.to_do, seen.states.saved or 0
  a.failed, a.unknown, a.running = seen.states.failed or 0, seen.states.unknown or 0, seen.states.running or 0
  a.uploads, a.upload_bytes = seen.uploads.count, seen.uploads.bytes
  a.price = { least = money.text(sum.least), currency = sum.currency or json.null, unknown = sum.unknown,
    most = sum.unknown == 0 and money.text(sum.known) or json.null }
end

local function tell(context, job, seen)
  local states, say = seen.states, function(text) context.terminal:note(text) end
  local parts = { count(job.rows, "row", "rows"), seen.to_do .. " to do", (states.saved or 0) .. " done" }
  for _, word in ipairs { "done", "failed", "unknown", "running" } do
    local label = word == "done" and "not saved yet" or word
    if states[word] then parts[#parts + 1] = states[word] .. " " .. label end
  end
  say(("%s: %s"):format(plain.text(job.source.name), table.concat(parts, ", ")))
  say(("  would send     %s, %s%s"):format(count(seen.send, "task", "tasks"),
    count(seen.uploads.count, "upload", "uploads"),
    seen.uploads.bytes > 0 and (" (%s)"):format(plain.bytes(seen.uploads.bytes)) or ""))
  say("  would cost     " .. (job.plan.script and "what the script submits is known only when it runs"
    or cost_line(context, seen.sum)))
  if seen.first then say("  first          " .. seen.first) end
  say "nothing was sent"
end

-- Whether a row would be submitted in a run like this.
local function would_send(values, state, again)
  return state == nil or state == "failed" and (again or values.retry_failed ~= nil)
end

local function take(context, job, seen, item)
  local values = context.values
  local state, again = job.record:row(item.key)
  if state then seen.states[state] = (seen.states[state] or 0) + 1 end
  local send = would_send(values, state, again) and not (values.limit and seen.send >= values.limit)
  local call = not job.plan.script and job.plan:call(item.request) or nil
  local estimate = call and survey.estimate(call)
  if state ~= "saved" then seen.to_do = seen.to_do + 1 end
  if send then
    seen.send = seen.send + 1
    if estimate then seen.sum:add(estimate) end
    if call then seen.uploads:add(call.files) end
  end
  show(context, job, item, call, estimate, state)
  if send and not seen.first then
    local text = plain.cut(plain.text(text_of(call or item.request)), LONGEST)
    seen.first = ("%s  ->  %s"):format(text, output_name(job, item, call))
  end
end

---@param context rhub.cli.context
---@param job rhub.cli.batch_job
---@return true|nil
---@return rhub.error|nil
function dry_run.run(context, job)
  local seen = { states = {}, to_do = 0, send = 0, sum = survey.sum(), uploads = survey.uploads() }
  local items = survey.items(job.source, job.plan, job.ids)
  local item, err = items()
  while item do
    take(context, job, seen, item)
    item, err = items()
  end
  if err then return nil, err end
  answer(context, job, seen)
  tell(context, job, seen)
  return true
end

return dry_run
