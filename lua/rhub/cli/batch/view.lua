-- What people see of a batch at work: a line for all of it, and one for each row under way. Elsewhere than
-- on a terminal a line for each row that ends badly, and now and then one for all.

local flow = require "rhub.flow"
local plain = require "rhub.cli.plain"
local sys = require "rhub.sys"
local template = require "rhub.batch.template"

local view = {}

local BAR, LEAST = 20, 5 -- cells
local ENOUGH = 3        -- rows that must have ended before the time left is told
local LABEL = 24        -- columns
local STATE = 30        -- columns of a row's line that its label leaves to the rest
local HEIGHT = 24       -- where the terminal does not tell
local SOMETIMES = 10    -- seconds between two lines where there is no terminal
local FAILURES_KEPT = 10

---@class rhub.cli.batch_view
---@field run rhub.batch.run
---@field items (rhub.batch.item|false)[] under way, oldest first
---@field failures { item: rhub.batch.item, err: rhub.error, what: string }[] the first of them
---@field accepted? fun(self, task: rhub.task)
local View = {}
View.__index = View

-- The columns that the parameters are made of, in the order of their parameters' names.
local function columns_of(plan)
  local names, seen, list = {}, {}, {}
  for name in pairs(plan.params) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do
    template.walk(plan.params[name], function(one)
      for _, column in ipairs(one:columns()) do
        if not seen[column] then list[#list + 1], seen[column] = column, true end
      end
    end)
  end
  return list
end

---@param terminal rhub.cli.terminal
---@param job rhub.cli.batch_job
---@param hub rhub.hub
---@return rhub.cli.batch_view
function view.open(terminal, job, hub)
  local self = setmetatable({ terminal = terminal, job = job, hub = hub, items = {}, last = 0, under_way = 0,
    failures = {}, columns = columns_of(job.plan), started = sys.now() }, View)
  if not terminal.live and not terminal.quiet then
    self.service = flow.every(SOMETIMES, function() terminal:say(self:overall(nil)) end)
  end
  return self
end

function View:close()
  if self.service then self.service:cancel() end
  self.service = nil
end

-- ---- what happens -----------------------------------------------------------------------------

local function label_of(self, item, width)
  local parts = {}
  for _, column in ipairs(self.columns) do
    local value = item.row.values[column]
    if value ~= nil and type(value) ~= "table" then parts[#parts + 1] = plain.text(value) end
  end
  return plain.pad(plain.cut(table.concat(parts, ", "), width), width)
end

-- Takes the holes out once they are most of the list.
local function close_up(self)
  local list, n = {}, 0
  for i = 1, self.last do
    local item = self.items[i]
    if item then
      n = n + 1
      list[n], item.at = item, n
    end
  end
  self.items, self.last = list, n
end

local function began(self, item)
  self.last, self.under_way = self.last + 1, self.under_way + 1
  self.items[self.last], item.at = item, self.last
end

local function ended(self, item)
  if not item.at then return end
  self.items[item.at], item.at = false, nil
  self.under_way = self.under_way - 1
  if self.last > 2 * self.under_way + 8 then close_up(self) end
end

local BAD = { failed = true, cancelled = true, unknown = true, unsaved = true }

local function note_failure(self, what, item, err)
  if #self.failures < FAILURES_KEPT then
    self.failures[#self.failures + 1] = { row = item.row.number, err = err, what = what }
  end
  if not self.terminal.live then self.terminal:note(view.failure(what, item.row.number, err)) end
end

local CHANGES_TOLD = 10
local LONGEST = 120 -- columns of parameters

-- Parameters for people: an earlier result is that, whichever job has made it.
local function short(params)
  return plain.cut(plain.text((params:gsub('{"job":"[^"]*"[^{}]*}', "(an earlier result)"))), LONGEST)
end

-- What a script asks for otherwise than before is named before it is paid for.
local function name_change(self, item, step)
  if self.run.changed > CHANGES_TOLD then return end
  self.terminal:say(("  new work   %04d  not among what is recorded of this row: %s %s"):format(
    item.row.number, plain.text(step.model), short(step.params or "")))
  if self.run.changed == CHANGES_TOLD then self.terminal:say "  further ones are counted in the summary" end
end

-- The run's word of what happens.
function View:told(what, item, err, step)
  if what == "started" then
    began(self, item)
  elseif what == "changed" then
    name_change(self, item, step)
  elseif what ~= "retry" then
    ended(self, item)
    local withheld = what == "running" and err and err.kind == "auth" -- from this account
    if err and (BAD[what] or withheld) then note_failure(self, what, item, err) end
  end
  self.terminal:tick()
end

-- What may have been charged, in a word.
local CHARGED = { no = "not charged", maybe = "charge unknown", yes = "charged" }

-- One row that ended badly, in a line.
---@param what string
---@param number integer
---@param err rhub.error
---@return string
function view.failure(what, number, err)
  local code = err.code and not err.message:find(err.code, 1, true) and err.code .. " " or ""
  return ("  %s  %04d  %s%s (%s)"):format(plain.pad(what, 9), number, code, plain.text(err.message),
    CHARGED[err.spent] or err.spent)
end

-- ---- lines ------------------------------------------------------------------------------------

-- Seconds until all is done, at the pace so far; nil while that is anybody's guess.
local function time_left(self, finished)
  local counts = self.run.counts
  local worked = finished - counts.skipped - counts.passed
  if worked < ENOUGH then return nil end
  local rows = self.job.rows - finished
  if self.run.limit then rows = math.min(rows, self.run.limit - worked) end
  return rows > 0 and rows * (sys.now() - self.started) / worked or nil
end

local function bar(part, cells)
  local full = math.floor(part * cells)
  return ("█"):rep(full) .. ("░"):rep(cells - full)
end

-- All of it in a line; with a bar as long as there is room for, where the width is told.
---@param width integer|nil
---@return string
function View:overall(width)
  local counts, total = self.run.counts, self.job.rows
  local finished = counts.skipped + counts.done + counts.failed + counts.unknown + counts.unsaved
    + counts.running + counts.cancelled + counts.dropped + counts.passed
  local parts = { (" %d/%d"):format(finished, total) }
  local now = self.hub:stats()
  parts[#parts + 1] = now.uploading + now.submitting + now.running .. " running"
  if counts.failed > 0 then parts[#parts + 1] = counts.failed .. " failed" end
  if counts.cancelled > 0 then parts[#parts + 1] = counts.cancelled .. " cancelled" end
  if counts.unknown > 0 then parts[#parts + 1] = counts.unknown .. " unknown" end
  if counts.unsaved > 0 then parts[#parts + 1] = counts.unsaved .. " not saved" end
  parts[#parts + 1] = tostring(self.hub:spent())
  local left = time_left(self, finished)
  if left then parts[#parts + 1] = ("about %s left"):format(plain.time(left)) end
  local room = width and math.min(BAR, width - plain.cells(table.concat(parts, "  ")) - 2) or 0
  if room >= LEAST then table.insert(parts, 2, bar(finished / total, room)) end
  return table.concat(parts, "  ")
end

local function how_far(item)
  local op = item.saving
  if op and not op.done then
    local info = op:info()
    return "saving    " .. (info.total > 0 and ("%d %%"):format(info.done * 100 // info.total) or "")
  end
  local task = item.task
  if not task then return "waiting" end
  local info = task:info()
  local state = info.state == "submitting" and "sending" or info.state
  if info.state == "waiting" or info.state == "uploading" or info.state == "submitting" then return state end
  local text = plain.pad(state, 10) .. plain.pad(plain.time(info.elapsed), 5)
  return info.usual > 0 and ("%s  usually %s"):format(text, plain.time(info.usual)) or text
end

local function row_line(self, item, width)
  local room = #self.columns > 0 and math.max(0, math.min(LABEL, width - STATE)) or 0
  local label = room > 0 and label_of(self, item, room) .. "  " or ""
  return ("   %04d %s%s"):format(item.row.number, label, how_far(item))
end

-- What stands at the bottom now: as many rows as the terminal has lines for. Its last line stays free: what
-- is taller than the terminal could not be drawn over.
---@param width integer
---@return string[]
function View:lines(width)
  local lines, left = { self:overall(width) }, self.under_way
  local room = (sys.height(2) or HEIGHT) - 2
  if room < left then room = room - 1 end -- one to count the rest
  for i = 1, self.last do
    local item = self.items[i]
    if item and #lines <= room then lines[#lines + 1], left = row_line(self, item, width), left - 1 end
    if #lines > room then break end
  end
  if left > 0 and room >= 0 then lines[#lines + 1] = ("   and %d more"):format(left) end
  return lines
end

return view
