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

"expected" is the catalogue's price; tasks for which it tells none are counted under "no price". What the
service did not tell is charged by what was reserved, and counted under "not confirmed".

With --json: groups, a list of name, currency, tasks, expected, charged, coins, no_price, unconfirmed;
failed_charged, a list of key, task_id, model, amount, currency, coins, accepted, ended, error.

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

local function group_of(groups, name, currency)
  local id = name .. "\0" .. currency
  local group = groups[id]
  if not group then
    group = { name = name, currency = currency, tasks = 0, expected = 0, charged = 0, coins = 0, no_price = 0,
      unconfirmed = 0 }
    groups[id], groups[#groups + 1] = group, group
  end
  return group
end

local function add(group, job)
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
end

local FAILED = { failed = true, cancelled = true, dropped = true }

-- Everything that has a task, or may have one.
local function collect(by, ...)
  local groups, refunds = {}, {}
  for job in ... do
    local has_task = job.task_id and job.task_id ~= ""
    if has_task then add(group_of(groups, NAMES[by](job), job.currency or ""), job) end
    if has_task and FAILED[job.state] and was_charged(job) then refunds[#refunds + 1] = job end
  end
  table.sort(groups, function(a, b)
    return a.name < b.name or a.name == b.name and a.currency < b.currency
  end)
  return groups, refunds
end

local function print_groups(context, groups, by)
  local rows = { { by, "tasks", "expected", "charged", "" } }
  for _, g in ipairs(groups) do
    local notes = {}
    if g.coins > 0 then notes[1] = money.text(g.coins) .. " coins" end
    if g.no_price > 0 then notes[#notes + 1] = g.no_price .. " no price" end
    if g.unconfirmed > 0 then notes[#notes + 1] = g.unconfirmed .. " not confirmed" end
    rows[#rows + 1] = { plain.text(g.name), tostring(g.tasks), money.text(g.expected), money.text(g.charged),
      (g.currency ~= "" and g.currency or "") .. (#notes > 0 and "  " .. table.concat(notes, ", ") or "") }
  end
  context:print(table.concat(layout.columns(rows, { [2] = true, [3] = true, [4] = true }), "\n"))
end

local function print_refunds(context, refunds)
  if #refunds == 0 then return end
  context:print(("\nfailed and charged: %d"):format(#refunds))
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
      coins = money.text(g.coins), no_price = g.no_price, unconfirmed = g.unconfirmed }
  end
  for i, job in ipairs(refunds) do
    local fields = journal.fields(job)
    answer.failed_charged[i] = { key = fields.key, task_id = fields.task_id, model = fields.model,
      amount = fields.amount, currency = fields.currency, coins = fields.coins, accepted = fields.accepted,
      ended = fields.ended, error = fields.error }
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
