-- A batch at work: rows are taken from the file as places become free, each is worked to its end, and what
-- has been done before is passed over. Everything that happens is told, for a display or a log.

local errors = require "rhub.errors"
local flow = require "rhub.flow"
local inputs = require "rhub.batch.inputs"
local kept = require "rhub.batch.kept"
local problems = require "rhub.batch.problems"
local record = require "rhub.batch.record"
local saving = require "rhub.batch.saving"
local shuffle = require "rhub.batch.shuffle"
local step = require "rhub.batch.step"
local survey = require "rhub.batch.survey"
local work = require "rhub.batch.work"

local run = {}

---@class rhub.batch.run_options
---@field hub rhub.hub
---@field source rhub.batch.rows
---@field plan rhub.batch.plan
---@field ids rhub.batch.identity
---@field record rhub.batch.record
---@field dir string
---@field concurrency? integer
---@field retries integer        of what may be tried again and was not charged
---@field limit? integer         rows to be worked in this run
---@field shuffle? any
---@field retry_failed? any      what has failed is submitted anew, though it may have been charged
---@field on_unknown? string     the client's
---@field sidecars boolean
---@field stopped fun(): boolean no more rows are to be begun
---@field tell fun(what: string, item: rhub.batch.item, err?: rhub.error, step?: rhub.batch.told_step)

---@class rhub.batch.run: rhub.batch.run_options
---@field counts table<rhub.batch.end, integer>
---@field uncharged integer      of those that failed or were cancelled, the ones that cost nothing
---@field begun integer          rows that are not merely told what is recorded
---@field under_way table<rhub.batch.item, true>
---@field changed integer        steps that were not among those recorded of their rows
---@field tally rhub.batch.tally
---@field rows rhub.batch.kept
---@field halted? rhub.error     what every further row would end with
local Run = {}
Run.__index = Run

local COUNTED = { "done", "failed", "cancelled", "unknown", "running", "dropped", "left", "unsaved",
  "skipped", "passed" }
local BREATH = 500 -- rows passed over at a stretch

---@param o rhub.batch.run_options
---@return rhub.batch.run
function run.new(o)
  local self = setmetatable({}, Run)
  for name, value in pairs(o) do self[name] = value end
  self.stop_asked, self.stopped = o.stopped, nil
  self.saver = saving.new(o.hub, o.dir, o.sidecars)
  self.tally, self.rows = step.tally(), kept.new(self)
  self.counts, self.begun, self.changed, self.under_way, self.uncharged = {}, 0, 0, {}, 0
  for _, name in ipairs(COUNTED) do self.counts[name] = 0 end
  return self
end

-- Whether no more rows are to be begun.
---@return boolean
function Run:stopped()
  return self.halted ~= nil or self.stop_asked()
end

-- What is to be done with a row.
local function look_up(self, item)
  if self.plan.script then return record.calls(self.record:row(item.key)) end
  local state, job = self.record:standing(item.key)
  local does, fresh = record.does(state, self)
  item.before, item.fresh = state, fresh
  if state == "saved" and self.sidecars and not record.has_sidecars(job, self.dir) then does = "saves" end
  if state == "saved" and job.state == "running" then does = "waits" end -- its charge is not recorded
  local taken_up = does == "waits" or does == "saves"
  item.recorded = taken_up and (state == "saved" or inputs.gone(job)) and job or nil
  return does
end

-- The rows that are to be worked, one after another.
local function to_do(self, items)
  local passed = 0
  return function()
    while not self:stopped() and not (self.limit and self.begun >= self.limit) do
      local item, err = items()
      if not item then
        self.halted = self.halted or err
        return nil
      end
      local does = look_up(self, item)
      if does == "tells" then return item end
      if does ~= "nothing" then
        local there, lost = self.saver:has_folder()
        if not there then
          self.halted = self.halted or lost
          return nil
        end
        self.begun = self.begun + 1
        return item
      end
      self.counts.skipped = self.counts.skipped + 1
      passed = passed + 1
      if passed % BREATH == 0 then flow.sleep(0) end
    end
  end
end

-- Items in the file's order, or in none. The key of a row is settled in the file's order.
local function ordered(self)
  local items = survey.items(self.source, self.plan, self.ids)
  if not self.shuffle then return items end
  local rows = shuffle.rows(function()
    local item, err = items()
    if not item then
      self.halted = err
      return nil
    end
    item.row.key = item.key
    return item.row
  end)
  return function()
    local row = rows()
    if not row then return nil end
    return { row = row, request = self.plan:request(row, problems.new(self.source.name)), key = row.key }
  end
end

local function count(self, ended, item, err)
  self.counts[ended] = self.counts[ended] + 1
  local bad = ended == "failed" or ended == "cancelled"
  if bad and err and err.spent == "no" then self.uncharged = self.uncharged + 1 end
  self.tell(ended, item, err)
end

-- Counts the rows that were under way when go() was interrupted.
function Run:leave()
  for item in pairs(self.under_way) do
    local ended, err = work.standing(self, item)
    count(self, ended, item, err)
  end
  self.under_way = {}
end

-- Works all rows. Counts are in self.counts.
function Run:go()
  local function one(item) return work.row(self, item) end
  for item, ended, err in flow.each(to_do(self, ordered(self)), one, { concurrency = self.concurrency }) do
    if not ended and not errors.is(err) then error(err, 0) end -- a mistake of ours
    count(self, ended or "left", item, item.err or err)
  end
end

return run
