-- What a journal knows of a batch's jobs: which are done and saved, which have failed. A number a job is
-- kept, not the job.

local sys = require "rhub.sys"

local record = {}

---@class rhub.batch.record
---@field states table<integer, integer> by the digest of the key
local Record = {}
Record.__index = Record

local CODES = { failed = 1, unknown = 2, running = 3, done = 4, saved = 5 }
local WORDS = {}
for word, code in pairs(CODES) do WORDS[code] = word end

-- Keys of batches are digests already: no other digest is needed.
local function number_of(key)
  local digest, rest = key:match "^batch/(%x%x%x%x%x%x%x%x%x%x%x%x%x%x%x%x)%x*/(.*)$"
  if not digest then return nil end
  local number = tonumber("0x" .. digest) --[[@as integer]]
  for i = 1, #rest do number = (number ~ rest:byte(i)) * 0x100000001B3 end
  return number
end

-- Whether the files are where they were saved, or beside the journal.
local function are_there(files, dir)
  if not files or #files == 0 then return false end
  for _, file in ipairs(files) do
    if not sys.stat(file.path) and not sys.stat(dir .. "/" .. file.path:match "[^/]*$") then return false end
  end
  return true
end

---@param job rhub.core.job
---@param dir string
---@return string
local function state_of(job, dir)
  if job.state == "done" then return are_there(job.saved, dir) and "saved" or "done" end
  if job.state == "intent" then return "running" end -- somebody is at it, or it will be found to be unknown
  return CODES[job.state] and job.state or "failed"
end

-- Reads a journal; one that is not there yet knows nothing.
---@param path string
---@param dir string where outputs go
---@return rhub.batch.record|nil
---@return rhub.error|nil
function record.read(path, dir)
  local self = setmetatable({ states = {} }, Record)
  if not sys.stat(path) then return self end
  local step, jobs, _, closing = require("rhub.core").jobs(path)
  if not step then return nil, require("rhub.errors").new(jobs) end
  for job in step, jobs, nil, closing do
    local number = number_of(job.key)
    if number then self.states[number] = CODES[state_of(job, dir)] end
  end
  return self
end

-- How a row stands, of whose jobs this is the key's first part: the last of its steps, unless one is saved.
---@param key string
---@return "failed"|"unknown"|"running"|"done"|"saved"|nil
function Record:row(key)
  local last, n = nil, 1
  while true do
    local state = self:state(("%s/%d"):format(key, n))
    if not state or state == "saved" then return state or last end
    last, n = state, n + 1
  end
end

-- How a job stands, as the journal had it when it was read; nil: it has never been submitted.
---@param key string
---@return "failed"|"unknown"|"running"|"done"|"saved"|nil
function Record:state(key)
  local number = number_of(key)
  return number and WORDS[self.states[number]]
end

return record
