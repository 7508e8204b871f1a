-- What a journal knows of a batch's jobs: which are done and saved, which have failed. Each is looked up when
-- it is asked for: nothing is kept, whatever the journal holds.

local errors = require "rhub.errors"
local inputs = require "rhub.batch.inputs"
local kept = require "rhub.batch.kept"
local money = require "rhub.money"
local recorded = require "rhub.recorded"
local sys = require "rhub.sys"

local record = {}

---@class rhub.batch.record
---@field reader rhub.core.reader|nil nil: there was no journal
---@field path string
---@field dir string
---@field script string|nil nil: there is no script
local Record = {}
Record.__index = Record

-- Whether a file is there and holds something: it was on the disk before the journal noted it, so a power cut
-- has not left less of it. One of another size has been edited since; rhub verify tells of those.
local function is_there(path, file)
  local stat = sys.stat(path)
  return stat ~= nil and (stat.size > 0 or file.bytes == 0)
end

-- Where a saved file is: where it was put, or in the folder of outputs; nil: it is gone, or empty.
---@param file { path: string, bytes?: integer }
---@param dir string
---@return string|nil
function record.path_of(file, dir)
  if is_there(file.path, file) then return file.path end
  local moved = dir .. "/" .. file.path:match "[^/]*$"
  return is_there(moved, file) and moved or nil
end

local function are_there(files, dir)
  if not files or #files == 0 then return false end
  for _, file in ipairs(files) do
    if not record.path_of(file, dir) then return false end
  end
  return true
end

-- Whether each saved file of a job has its record beside it.
---@param job rhub.core.job
---@param dir string
---@return boolean
function record.has_sidecars(job, dir)
  for _, file in ipairs(job.saved or {}) do
    if not sys.stat((record.path_of(file, dir) or file.path) .. ".json") then return false end
  end
  return true
end

---@alias rhub.batch.state
---| "saved"      its files are there, whatever became of its task
---| "done"       and not saved, as far as is known
---| "running"    it has a task
---| "unknown"    a submit may have made a task
---| "failed"     it was charged, or may have been, or has no output: submitted anew only when told to
---| "cancelled"  on the service, and charged, or it may have been: likewise
---| "uncharged"  it failed, which cost nothing: the next run submits it again
---| "stale"      it is done or was charged, and a file among its parameters is another one now: other work
---| "dropped"    it was given up: not submitted until it is resolved otherwise

-- What keeps rows back that are not wrong themselves: a run tells of these as left.
local LEFT = { budget = true, auth = true, config = true, funds = true }

-- nil: as if it had never been submitted.
---@param job rhub.core.job
---@param dir string
---@return rhub.batch.state|nil
local function state_of(job, dir)
  local state = job.state
  if are_there(job.saved, dir) then return "saved" end
  if state == "done" then return job.made_nothing and "failed" or "done" end
  if state == "intent" then return "running" end -- somebody is at it, else it would be unknown
  if state ~= "failed" and state ~= "cancelled" then return state end
  if job.error and job.error.spent ~= "no" then return state end
  if state == "cancelled" or job.error and LEFT[job.error.kind] then return nil end
  return "uncharged"
end

local DOES = { saved = "nothing", done = "saves", running = "waits", unknown = "tells", failed = "tells",
  cancelled = "tells", uncharged = "submits", dropped = "tells" }

-- What a run does with a row's job: what the core does by what it has recorded (record.c, `act`). "tells":
-- what is recorded, and submits nothing.
---@param state rhub.batch.state|nil
---@param how { retry_failed?: any, on_unknown?: string }
---@return "submits"|"waits"|"saves"|"tells"|"nothing"
---@return boolean|nil fresh the job is submitted although something is recorded that would be told
function record.does(state, how)
  if not state then return "submits" end
  if state == "stale" then return "submits", true end
  if how.retry_failed and (state == "failed" or state == "cancelled") then return "submits", true end
  if state == "unknown" and how.on_unknown == "resubmit" then return "submits" end
  return DOES[state]
end

-- The same of a script's row. What the function does only the function knows.
---@param state rhub.batch.state|"passed"|nil
---@param other boolean|nil see Record:row
---@return "submits"|"nothing"
function record.calls(state, other)
  return state == "saved" and not other and "nothing" or "submits"
end

-- Opens a journal; one that is not there yet knows nothing.
---@param path string
---@param dir string where outputs go
---@param script? string the digest of the script whose rows it is asked for
---@return rhub.batch.record|nil
---@return rhub.error|nil
function record.open(path, dir, script)
  local self = setmetatable({ path = path, dir = dir, script = script }, Record)
  local err
  self.reader, err = require("rhub.core").reader(path)
  if not self.reader and err.kind ~= "gone" then return nil, errors.new(err) end
  return self
end

-- Before the journal is closed by who works it: SQLite empties its log into it as the last one leaves, and
-- only if that one may write.
function Record:close()
  if self.reader then self.reader:close() end
  self.reader = nil
end
Record.__close = Record.close

-- What the reader answers; nil where there is no journal. Raises where it cannot be read.
local function ask(self, method, key)
  if not self.reader then return nil end
  local ok, answer = pcall(self.reader[method], self.reader, key)
  if not ok then error(type(answer) == "table" and errors.new(answer) or answer, 0) end
  return answer
end

-- What is recorded of a job.
---@param key string
---@return rhub.core.job|nil
function Record:job(key)
  return ask(self, "find", key)
end

local MAY_BE_STALE = { saved = true, failed = true, cancelled = true }

-- How a row stands that is one job. What runs, or is not saved, was paid for, and is taken up before a file
-- that has changed counts.
---@param key string of the row
---@return rhub.batch.state|nil
---@return rhub.core.job|nil
function Record:standing(key)
  local job = self:job(key .. "/1")
  local state = job and state_of(job, self.dir)
  if MAY_BE_STALE[state] and inputs.changed(job) then return "stale", job end
  return state, job
end

-- How a job stands now; nil: it has never been submitted, or that was taken back.
---@param key string
---@return rhub.batch.state|nil
function Record:state(key)
  local job = self:job(key)
  return job and state_of(job, self.dir)
end

-- What is kept of a script's row; nil: its function has never submitted anything.
---@param key string
---@return rhub.batch.kept_row|nil
function Record:kept(key)
  local text = ask(self, "kept", key)
  return text and kept.read(text)
end

-- Whether there are files, and all of them where they were saved, or beside the journal.
---@param files { path: string }[]
---@return boolean
function Record:has(files)
  return are_there(files, self.dir)
end

local GRAVEST = { "unknown", "running", "failed", "cancelled", "dropped", "uncharged" }

-- How a script's row stands: by its jobs until its function has returned and all is saved. One of which a
-- step has not been submitted is to do.
local function of_kept(self, row)
  if row.done and #row.files == 0 then return "passed" end
  if row.done then return are_there(row.files, self.dir) and "saved" or "done" end
  local states = {}
  for _, key in ipairs(row.jobs) do states[self:state(key) or "nothing"] = true end
  for _, state in ipairs(GRAVEST) do
    if states[state] then return state end
  end
  return not states.nothing and (states.done or states.saved) and "done" or nil
end

-- How a row stands, of whose jobs this is the key's first part. "passed": the script has submitted nothing.
---@param key string
---@return rhub.batch.state|"passed"|nil
---@return boolean|nil other it was another text of the script that has made it so
function Record:row(key)
  if not self.script then return (self:standing(key)) end
  local row = self:kept(key)
  if not row then return nil end
  return of_kept(self, row), row.script ~= self.script
end

-- What a budget has to cover of what is recorded: what was charged, and what is held, in units.
---@param currency string|nil
---@return integer
function Record:used(currency)
  local used = 0
  if not self.reader then return used end
  local step, jobs, _, closing = recorded.jobs(self.path)
  if not step then error(jobs, 0) end
  for job in step, jobs, nil, closing do
    if not currency or job.currency == currency then
      used = money.add(used, money.add(money.parse(job.charged) or 0, money.parse(job.reserved) or 0))
    end
  end
  return used
end

return record
