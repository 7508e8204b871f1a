-- rhub batch --dry-run: every request as it would be sent, and what they come to.

local json = require "rhub.json"
local money = require "rhub.money"
local plain = require "rhub.cli.plain"
local prices = require "rhub.cli.prices"
local planned = require "rhub.batch.planned"
local record = require "rhub.batch.record"
local report = require "rhub.cli.report"
local status = require "rhub.cli.batch.status"
local survey = require "rhub.batch.survey"

local dry_run = {}

local LONGEST = 60 -- columns of a request in the summary's `first`

-- What the content will most likely be.
local LIKELY = { image = "png", video = "mp4", audio = "mp3", ["3d"] = "glb", string = "txt" }

-- Where the row's first output lies, or will.
local function output_name(job, seen, item, call, state)
  if state == "saved" and job.plan.script then return job.record:kept(item.key).files[1].path end
  if state == "saved" then
    local known = job.record:job(item.key .. "/1")
    if known and known.saved then return known.saved[1].path end
  end
  local entry = call and require("rhub.catalogue").find(call.endpoint)
  return seen.planned:path(item.row, item.request.model, entry and LIKELY[entry.output])
end

local function text_of(request)
  return json.encode(request.params, { sort = true }) or "?"
end

local function state_word(state)
  return state == "saved" and "done" or state == "done" and "unsaved" or state or "to do"
end

-- One row: an event for programs, a line for people who want to see all.
local function show(context, item, call, row, scripted)
  if context.values.json then
    report.json { event = "request", row = item.row.number, key = item.key,
      job = not scripted and item.key .. "/1" or nil, model = call and call.endpoint
      or json.null, params = call and call.params or item.request.params,
      files = json.array(call and call.files or {}), output = row.target, state = state_word(row.state),
      sends = row.sends, price = row.estimate and prices.fields(row.estimate) or json.null }
  else
    context:print(("%04d  %s  %s  ->  %s"):format(item.row.number, state_word(row.state),
      plain.text(text_of(call or item.request)), row.target))
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

-- ---- the budget -------------------------------------------------------------------------------

-- What a budget has room for, beside what the journal has recorded: tasks are counted as they are begun, and
-- the first that does not fit ends the run.
local function count_in(seen, job, estimate)
  local cap = seen.cap
  if not cap or seen.stops or not estimate then return end
  seen.used = seen.used or job.record:used(estimate.currency)
  seen.used_before = seen.used_before or seen.used
  local after = money.add(seen.used, money.parse(estimate.amount or estimate.at_least or "0"))
  if after > cap then
    seen.stops = seen.send
  else
    seen.used = after
  end
end

local function budget_line(seen)
  local used = seen.used_before > 0 and ("; %s of it is spent or held"):format(money.text(seen.used_before))
    or ""
  return ("after %s: the budget of %s is too small for more%s"):format(count(seen.stops, "task", "tasks"),
    money.text(seen.cap), used)
end

-- ---- all of it --------------------------------------------------------------------------------

local COUNTED = { "passed", "done", "failed", "cancelled", "uncharged", "unknown", "running", "stale",
  "dropped" }

local function answer(context, job, seen)
  local a, sum, states = context.answer, seen.sum, seen.states
  a.event, a.rows, a.to_do, a.send = "summary", job.rows, seen.to_do, seen.send
  for _, state in ipairs(COUNTED) do a[state] = states[state] or 0 end
  a.done, a.unsaved = states.saved or 0, states.done or 0
  a.uploads, a.upload_bytes = seen.uploads.count, seen.uploads.bytes
  a.price = { least = money.text(sum.least), currency = sum.currency or json.null, unknown = sum.unknown,
    most = sum.unknown == 0 and money.text(sum.known) or json.null }
  a.stops_after = seen.stops or json.null
  if job.plan.script then -- what it submits is known only when it runs
    a.calls, a.other_script, a.send, a.price = seen.send, seen.other, json.null, json.null
  end
end

-- What a script asks for is known only when it runs.
local function tell_script(seen, say)
  say(("  would call     the script's function for %s; what it submits is known only when it runs"):format(
    count(seen.send, "row", "rows")))
  if seen.other == 0 then return end
  say(("  of these       %s done with another text of the script: what is asked for otherwise is paid as new "
    .. "work"):format(count(seen.other, "row was", "rows were")))
end

local function tell(context, job, seen)
  local states, say = seen.states, function(text) context.terminal:note(text) end
  local parts = { count(job.rows, "row", "rows"), seen.to_do .. " to do", (states.saved or 0) .. " done" }
  for _, word in ipairs(COUNTED) do
    if states[word] then parts[#parts + 1] = states[word] .. " " .. (status.WORDS[word] or word) end
  end
  say(("%s: %s"):format(plain.text(job.source.name), table.concat(parts, ", ")))
  if job.plan.script then
    tell_script(seen, say)
    return say "nothing was sent"
  end
  say(("  would send     %s, %s%s"):format(count(seen.send, "task", "tasks"),
    count(seen.uploads.count, "upload", "uploads"),
    seen.uploads.bytes > 0 and (" (%s)"):format(plain.bytes(seen.uploads.bytes)) or ""))
  say("  would cost     " .. cost_line(context, seen.sum))
  if seen.stops then say("  would stop     " .. budget_line(seen)) end
  if seen.first then say("  first          " .. seen.first) end
  say "nothing was sent"
end

local IS_TO_DO = { submits = true, waits = true, saves = true }

local function take(context, job, seen, item)
  local values = context.values
  local state, other = job.record:row(item.key)
  local row = { state = state }
  if state == "saved" and other then seen.other = seen.other + 1 end
  if state then seen.states[state] = (seen.states[state] or 0) + 1 end
  local does = job.plan.script and record.calls(state, other) or record.does(state, values)
  local within = IS_TO_DO[does] and not (values.limit and seen.to_do >= values.limit)
  row.sends = within and does == "submits"
  local call = not job.plan.script and job.plan:call(item.request) or nil
  row.estimate = call and survey.estimate(call)
  if IS_TO_DO[does] then seen.to_do = seen.to_do + 1 end
  if row.sends then
    count_in(seen, job, row.estimate)
    seen.send = seen.send + 1
    if row.estimate then seen.sum:add(row.estimate) end
    if call then seen.uploads:add(call.files) end
  end
  local first = row.sends and not seen.first
  if not (first or values.json or values.verbose) then return end
  row.target = output_name(job, seen, item, call, state)
  if values.json or values.verbose then show(context, item, call, row, job.plan.script) end
  if first then
    local text = plain.cut(plain.text(text_of(call or item.request)), LONGEST)
    seen.first = ("%s  ->  %s"):format(text, row.target)
  end
end

---@param context rhub.cli.context
---@param job rhub.cli.batch_job
---@return true|nil
---@return rhub.error|nil
function dry_run.run(context, job)
  local values = context.values
  local seen = { states = {}, to_do = 0, send = 0, other = 0, sum = survey.sum(), uploads = survey.uploads(),
    planned = planned.new(job.dir, job.plan.names, not values.no_sidecar),
    cap = values.budget and assert(money.parse(values.budget)) }
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
