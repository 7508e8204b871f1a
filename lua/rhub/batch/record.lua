-- What a journal knows of a batch's jobs: which are done and saved, which have failed. Each is looked up when
-- it is asked for: nothing is kept, whatever the journal holds.

local errors = require "rhub.errors"
local sys = require "rhub.sys"

local record = {}

---@class rhub.batch.record
---@field reader rhub.core.reader|nil nil: there was no journal
---@field dir string
local Record = {}
Record.__index = Record

local KNOWN = { failed = true, unknown = true, running = true }

-- Whether the files are where they were saved, or beside the journal.
local function are_there(files, dir)
  if not files or #files == 0 then return false end
  for _, file in ipairs(files) do
    if not sys.stat(file.path) and not sys.stat(dir .. "/" .. file.path:match "[^/]*$") then return false end
  end
  return true
end

-- What has cost nothing is submitted again by the next run; what was cancelled then is as if never begun.
---@param job rhub.core.job
---@param dir string
---@return string|nil state
---@return boolean|nil again it failed, and is submitted again
local function state_of(job, dir)
  if job.state == "done" then return are_there(job.saved, dir) and "saved" or "done" end
  if job.state == "intent" then return "running" end -- somebody is at it, else it would be unknown
  local free = not job.error or job.error.spent == "no"
  if job.state == "cancelled" and free then return nil end
  if job.state == "failed" then return "failed", free end
  return KNOWN[job.state] and job.state or "failed"
end

-- Opens a journal; one that is not there yet knows nothing.
---@param path string
---@param dir string where outputs go
---@return rhub.batch.record|nil
---@return rhub.error|nil
function record.open(path, dir)
  local self = setmetatable({ dir = dir }, Record)
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

-- How a row stands, of whose jobs this is the key's first part: the last of its steps, unless one is saved.
---@param key string
---@return "failed"|"unknown"|"running"|"done"|"saved"|nil
---@return boolean|nil again
function Record:row(key)
  local last, free, n = nil, nil, 1
  while true do
    local state, again = self:state(("%s/%d"):format(key, n))
    if state == "saved" then return state end
    if not state then return last, free end
    last, free, n = state, again, n + 1
  end
end

-- How a job stands now; nil: no task was made for it. Raises where the journal cannot be read.
---@param key string
---@return "failed"|"unknown"|"running"|"done"|"saved"|nil
---@return boolean|nil again it failed and has cost nothing: the next run submits it again
function Record:state(key)
  if not self.reader then return nil end
  local ok, job = pcall(self.reader.find, self.reader, key)
  if not ok then error(type(job) == "table" and errors.new(job) or job, 0) end
  if job then return state_of(job, self.dir) end
end

return record
