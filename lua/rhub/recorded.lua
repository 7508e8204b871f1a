-- The jobs of a journal, one after another. What is wrong with it is told by errors like any other's, also
-- where that shows only as it is read.

local errors = require "rhub.errors"

local recorded = {}

-- An iterator over recorded jobs, oldest first; raises an error where the journal cannot be read on.
---@param path string
---@param state? rhub.core.job_state only those
---@return (fun(jobs: userdata): rhub.core.job|nil)|nil
---@return userdata|rhub.error jobs
---@return nil
---@return userdata closing
function recorded.jobs(path, state)
  local step, jobs, _, closing = require("rhub.core").jobs(path, state)
  if not step then return nil, errors.new(jobs) end
  local function next_job(of)
    local ok, job = pcall(step, of)
    if ok then return job end
    error(type(job) == "table" and errors.new(job) or job, 0)
  end
  return next_job, jobs, nil, closing
end

return recorded
