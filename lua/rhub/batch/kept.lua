-- What a journal keeps of the rows of a script, besides their jobs: which jobs a row has asked for, and, once
-- its function has returned and all is saved, in which files. Written by the run, read by rhub.batch.record.
--
-- { script = digest of its text, jobs = { key, ... }, files = { { job =, path =, bytes = }, ... },
--   done = true }

local json = require "rhub.json"

local kept = {}

---@class rhub.batch.kept_row
---@field script string
---@field jobs string[]
---@field files { job: string, path: string, bytes?: integer }[] of the last time that the row was done
---@field done? boolean

---@class rhub.batch.told_step  what a run tells of a step
---@field key string             of its job
---@field model string
---@field params? string         JSON
---@field id? string             of its task

---@class rhub.batch.kept
---@field run rhub.batch.run
---@field retried table<string, true> jobs that --retry-failed has made anew
local Kept = {}
Kept.__index = Kept

---@param run rhub.batch.run
---@return rhub.batch.kept
function kept.new(run)
  return setmetatable({ run = run, retried = {} }, Kept)
end

-- Reads what Record:kept has found; nil where it is none.
---@param text string
---@return rhub.batch.kept_row|nil
function kept.read(text)
  local row = json.decode(text)
  if type(row) ~= "table" or type(row.jobs) ~= "table" or type(row.files) ~= "table" then return nil end
  return row
end

local function write(self, item, row)
  self.run.hub.core:keep(item.key, (assert(json.encode {
    script = self.run.plan.digest, jobs = json.array(row.jobs), files = json.array(row.files),
    done = row.done })))
end

local function set_of(list)
  local set = {}
  for _, one in ipairs(list) do set[one] = true end
  return set
end

-- Before a row's function is called.
---@param item rhub.batch.item
function Kept:open(item)
  local before = self.run.record:kept(item.key) or { jobs = {}, files = {} }
  item.kept, item.known, item.asked, item.was_done = before, set_of(before.jobs), {}, before.done
end

-- Whether a job is none of those that are recorded of the row, although it has such as it does not ask for
-- (any more, or not yet): then the script has changed, or does not ask for the same each time.
local function is_other(self, item, key)
  local before, record = item.kept, self.run.record
  if item.known[key] or #before.jobs == 0 or record:state(key) then return false end
  if item.was_done then return true end
  for _, job in ipairs(before.jobs) do
    if not item.asked[job] and record:state(job) then return true end
  end
  return false
end

-- A step is about to be submitted: the journal is told that its job is the row's. Returns whether it is to be
-- made anew.
---@param item rhub.batch.item
---@param key string
---@param name string
---@param params string what stands for them, see rhub.identity
---@return boolean|nil fresh
function Kept:ask(item, key, name, params)
  if is_other(self, item, key) then
    self.run.changed = self.run.changed + 1
    self.run.tell("changed", item, nil, { key = key, model = name, params = params })
  end
  item.asked[key] = true
  if not item.known[key] then
    local row = item.kept
    item.known[key], row.jobs[#row.jobs + 1], row.done = true, key, nil
    write(self, item, row)
  end
  if not self.run.retry_failed or self.retried[key] then return nil end
  local _, fresh = require("rhub.batch.record").does(self.run.record:state(key), self.run)
  self.retried[key] = fresh
  return fresh
end

-- All that the row's function has returned is saved.
---@param item rhub.batch.item
---@param files { job: string, path: string }[]
function Kept:close(item, files)
  local jobs = {}
  for _, job in ipairs(item.kept.jobs) do
    if item.asked[job] then jobs[#jobs + 1] = job end
  end
  write(self, item, { jobs = jobs, files = files, done = true })
end

return kept
