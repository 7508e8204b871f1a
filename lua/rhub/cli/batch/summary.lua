-- How a batch has ended: counts, what it cost, what failed, and the command to go on.

local errors = require "rhub.errors"
local plain = require "rhub.cli.plain"
local signals = require "rhub.cli.signals"
local view = require "rhub.cli.batch.view"

local summary = {}

local function saved_now(counts)
  return counts.done + counts.skipped
end

local function line(job, run, spent)
  local counts = run.counts
  local left = job.rows - counts.failed - counts.cancelled - counts.unknown - counts.running - counts.unsaved
    - counts.dropped - counts.passed - saved_now(counts)
  local parts = { left == 0 and counts.running == 0 and "done" or "stopped",
    ("%d saved"):format(saved_now(counts)), ("%d failed"):format(counts.failed), tostring(spent),
    ("%d unknown"):format(counts.unknown) }
  if counts.cancelled > 0 then parts[#parts + 1] = counts.cancelled .. " cancelled" end
  if counts.unsaved > 0 then parts[#parts + 1] = counts.unsaved .. " not saved" end
  if counts.dropped > 0 then parts[#parts + 1] = counts.dropped .. " given up" end
  if counts.running > 0 then parts[#parts + 1] = counts.running .. " running" end
  if counts.passed > 0 then parts[#parts + 1] = counts.passed .. " passed over" end
  if left > 0 then parts[#parts + 1] = left .. " to do" end
  return table.concat(parts, "   "), left
end

local function failures(display, run)
  local lines = {}
  for i, one in ipairs(display.failures) do lines[i] = view.failure(one.what, one.row, one.err) end
  local counts = run.counts
  local more = counts.failed + counts.cancelled + counts.unknown + counts.unsaved - #lines
  if more > 0 and #lines > 0 then lines[#lines + 1] = ("  and %d more"):format(more) end
  return lines
end

-- What to do next, each as a command.
local function remedies(job, run, left)
  local counts, lines = run.counts, {}
  local journal = "--journal " .. plain.word(job.journal)
  if counts.failed + counts.cancelled > run.uncharged then
    lines[#lines + 1] = ("  %s --retry-failed   submits anew what has failed and may have been charged")
      :format(job.again)
  end
  if counts.unknown > 0 then
    lines[#lines + 1] = ("  rhub jobs --unknown %s   lists what may have been charged"):format(journal)
  end
  if left + counts.running + counts.unsaved + run.uncharged > 0 then
    lines[#lines + 1] = ("  %s   goes on from here"):format(job.again)
  end
  return lines
end

local function fill(context, job, run, spent, left)
  local a = context.answer
  a.event, a.rows, a.left = "summary", job.rows, left
  for name, n in pairs(run.counts) do
    if name ~= "left" then a[name] = n end
  end
  a.uncharged, a.changed = run.uncharged, run.changed
  a.spent = { amount = spent.spent, currency = spent.currency, held = spent.held, coins = spent.coins }
end

local function count(n, one, many)
  return n == 1 and "1 " .. one or n .. " " .. many
end

-- The error that the exit code comes from; nil: all is well.
local function verdict(run, left)
  local counts = run.counts
  if counts.unknown > 0 then
    return errors.new { kind = "unknown_outcome", spent = "maybe",
      message = count(counts.unknown, "outcome is", "outcomes are") .. " unknown" }
  end
  if run.halted then return run.halted end
  local bad = counts.failed + counts.cancelled + counts.unsaved
  if bad > 0 then
    return errors.new { kind = "failed", spent = "maybe",
      message = count(bad, "row has", "rows have") .. " failed" }
  end
  if left > 0 and not run.limit or counts.running > 0 then
    return errors.new { kind = "failed", message = "not all rows are done", spent = "no" }
  end
end

-- Tells it, and returns what the command is to return.
---@param context rhub.cli.context
---@param job rhub.cli.batch_job
---@param run rhub.batch.run
---@param display rhub.cli.batch_view
---@return true|nil
---@return rhub.error|nil
function summary.finish(context, job, run, display)
  local spent = context.open_hub:spent()
  local text, left = line(job, run, spent)
  local err = verdict(run, left)
  fill(context, job, run, spent, left)
  local terminal = context.terminal
  terminal:note(text)
  if terminal.live or terminal.quiet then
    for _, each in ipairs(failures(display, run)) do terminal:say(each) end
  end
  if run.changed > 0 then
    terminal:note(("  %s not among what was recorded of the rows: new work, submitted as such")
      :format(count(run.changed, "step was", "steps were")))
  end
  if run.halted then terminal:say("rhub: " .. plain.text(run.halted.message)) end
  for _, each in ipairs(remedies(job, run, left)) do terminal:note(each) end
  context.told = true
  if signals.came > 0 then return true end
  return not err or nil, err
end

return summary
