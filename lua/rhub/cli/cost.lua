-- rhub cost: what the jobs of a journal have cost, against what they were expected to; and which failed and
-- were charged nevertheless.

local journal = require "rhub.cli.journal"
local json = require "rhub.json"
local layout = require "rhub.cli.layout"
local money = require "rhub.money"
local plain = require "rhub.cli.plain"
local price = require "rhub.price"

---@param text string
local function grouping(text)
  if text == "model" or text == "day" or text == "label" then return text end
  return nil, "model, day or label"
end

---@type rhub.cli.command
local cost = {
  usage = "rhub cost [--by model|day|label]",
  help = [[
Adds up what the jobs of a journal have cost, beside what they were expected to, and lists the tasks that
failed and were charged nevertheless, with ids and times, for a claim. Reads only.

]] .. journal.HELP .. [[
  --by model|day|label   what is added up (model). A label is what stands before the first / of a job's
                         key: of a batch's rows "batch"; of jobs whose key was not given "-"

"expected" is the catalogue's price of all tasks that were accepted; those for which it tells none are counted
under "no price". What the service did not tell is charged by what was reserved, and counted under "not
confirmed"; tasks that have not ended are counted under "not charged yet". Jobs whose outcome is unknown are
no tasks: they are counted by themselves, and may have been charged what was expected of them.

With --json: groups, a list of name, currency, tasks, expected, charged, coins, no_price, unconfirmed,
running, unknown, unknown_expected; failed_charged, a list of key, state (failed, cancelled), task_id, model,
amount, currency, coins, accepted, ended, error. Amounts are exact decimal text, times of UTC.

  rhub cost --by day --journal cats
]],
  options = { journal.OPTION, { "by", value = "model|day|label", read = grouping } },
}

local NAMES = {
  model = function(job) return job.endpoint end,
  day = function(job)
    local at = job.accepted and job.accepted > 0 and job.accepted or job.created
    return os.date("%Y-%m-%d", at // 1)
  end,
  label = function(job) return job.key:match "^([^/#]+)/" or "-" end,
}

local function units(text)
  return text and text ~= "" and money.parse(text) or 0
end

-- What a job was expected to cost; nil where nobody tells.
local function expected(job)
  local entry = require("rhub.catalogue").find(job.endpoint)
  local params = entry and json.decode(job.params or "{}")
  local estimate = type(params) == "table" and price.of(entry, params)
  if estimate and estimate.known and (not job.currency or estimate.currency == job.currency) then
    return money.parse(estimate.amount)
  end
end

local function was_charged(job)
  return units(job.charged) > 0 or units(job.coins) > 0
end

local SUMS = { "tasks", "expected", "charged", "coins", "no_price", "unconfirmed", "running", "unknown",
  "unknown_expected" }

local function group_of(groups, name, currency)
  local id = name .. "\0" .. currency
  local group = groups[id]
  if not group then
    group = { name = name, currency = currency }
    for _, sum in ipairs(SUMS) do group[sum] = 0 end
    groups[id], groups[#groups + 1] = group, group
  end
  return group
end

local function add_task(group, job)
  group.tasks = group.tasks + 1
  local estimate = expected(job)
  if estimate then
    group.expected = money.add(group.expected, estimate)
  else
    group.no_price = group.no_price + 1
  end
  group.charged = money.add(group.charged, units(job.charged))
  group.coins = money.add(group.coins, units(job.coins))
  if job.unconfirmed then group.unconfirmed = group.unconfirmed + 1 end
  if job.state == "running" then group.running = group.running + 1 end
end

-- A submit of which nobody knows what became.
local function add_unknown(group, job)
  group.unknown = group.unknown + 1
  group.unknown_expected = money.add(group.unknown_expected, expected(job) or 0)
end

local FAILED = { failed = true, cancelled = true, dropped = true }
local OPEN = { unknown = true, resubmitted = true }

-- Everything that has a task, or may have one.
local function collect(by, ...)
  local groups, refunds = {}, {}
  for job in ... do
    local has_task = job.task_id and job.task_id ~= ""
    local add = has_task and add_task or OPEN[job.state] and add_unknown
    if add then add(group_of(groups, NAMES[by](job), job.currency or ""), job) end
    if has_task and FAILED[job.state] and was_charged(job) then refunds[#refunds + 1] = job end
  end
  table.sort(groups, function(a, b)
    return a.name < b.name or a.name == b.name and a.currency < b.currency
  end)
  return groups, refunds
end

-- "25", as the service tells coins.
local function coins(amount)
  return (money.text(amount):gsub("%.00$", ""))
end

local function notes_of(g)
  local notes = {}
  if g.coins > 0 then notes[1] = coins(g.coins) .. " coins" end
  if g.no_price > 0 then notes[#notes + 1] = g.no_price .. " no price" end
  if g.unconfirmed > 0 then notes[#notes + 1] = g.unconfirmed .. " not confirmed" end
  if g.running > 0 then notes[#notes + 1] = g.running .. " not charged yet" end
  if g.unknown > 0 then
    notes[#notes + 1] = ("%d unknown, expected %s"):format(g.unknown, money.text(g.unknown_expected))
  end
  return (g.currency ~= "" and g.currency or "") .. (#notes > 0 and "  " .. table.concat(notes, ", ") or "")
end

local function line_of(g)
  return { plain.text(g.name), tostring(g.tasks), money.text(g.expected), money.text(g.charged), notes_of(g) }
end

-- The sums of those in one currency, where there are several.
local function totals(groups)
  local sums = {}
  for _, g in ipairs(groups) do
    local total = group_of(sums, "all", g.currency)
    total.of = (total.of or 0) + 1
    for _, sum in ipairs(SUMS) do total[sum] = money.add(total[sum], g[sum]) end
  end
  return sums
end

local function print_groups(context, groups, by)
  local rows = { { by, "tasks", "expected", "charged", "" } }
  for _, g in ipairs(groups) do rows[#rows + 1] = line_of(g) end
  for _, total in ipairs(totals(groups)) do
    if total.of > 1 then rows[#rows + 1] = line_of(total) end
  end
  context:print(table.concat(layout.columns(rows, { [2] = true, [3] = true, [4] = true }), "\n"))
end

local function print_refunds(context, refunds)
  if #refunds == 0 then return end
  context:print(("\nfailed or cancelled, and charged: %d"):format(#refunds))
  for _, job in ipairs(refunds) do
    local err = job.error
    context:print(("  %s  %s  accepted %s, ended %s  %s%s"):format(plain.text(job.task_id), plain.money {
      amount = units(job.charged) > 0 and job.charged or nil, currency = job.currency,
      coins = units(job.charged) == 0 and job.coins or nil } or "-", journal.time(job.accepted),
      journal.time(job.ended), plain.text(job.endpoint), err and ": " .. plain.text(err.message) or ""))
  end
end

local function fill(answer, groups, refunds)
  answer.groups, answer.failed_charged = json.array {}, json.array {}
  for i, g in ipairs(groups) do
    answer.groups[i] = { name = g.name, currency = g.currency ~= "" and g.currency or json.null,
      tasks = g.tasks, expected = money.text(g.expected), charged = money.text(g.charged),
      coins = coins(g.coins), no_price = g.no_price, unconfirmed = g.unconfirmed, running = g.running,
      unknown = g.unknown, unknown_expected = money.text(g.unknown_expected) }
  end
  for i, job in ipairs(refunds) do
    local fields = journal.fields(job)
    answer.failed_charged[i] = { key = fields.key, state = fields.state, task_id = fields.task_id,
      model = fields.model, amount = fields.amount, currency = fields.currency, coins = fields.coins,
      accepted = fields.accepted, ended = fields.ended, error = fields.error }
  end
end

---@param context rhub.cli.context
function cost.run(context)
  local by = context.values.by or "model"
  local path, err = journal.path(context.values)
  if not path then return nil, err end
  local step, jobs, _, closing = journal.jobs(path)
  if not step then return nil, jobs --[[@as rhub.error]] end
  local groups, refunds = collect(by, step, jobs, nil, closing)
  fill(context.answer, groups, refunds)
  if #groups == 0 then context:print "no task has been made" else print_groups(context, groups, by) end
  print_refunds(context, refunds)
  return true
end

return cost
