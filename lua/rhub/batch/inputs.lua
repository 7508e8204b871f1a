-- Local files among the parameters of rows, and among what was recorded of their jobs: a file counts by its
-- bytes, so one that has changed is other work; one that was removed is no reason to do anything again.

local sys = require "rhub.sys"

local inputs = {}

local KEPT = 20000 -- digests
local SETTLED = 2  -- seconds after which a change has another time than the one before

local digests, kept = {}, 0

-- A file's digest and size; nil where it cannot be read. It is read anew only where it has changed.
---@param path string
---@return string|nil sha256
---@return integer|nil bytes
function inputs.digest(path)
  local stat = sys.stat(path)
  if not stat then return nil end
  local stamp = ("%d/%d/%d/%d"):format(stat.dev, stat.ino, stat.size, stat.mtime)
  local known = digests[path]
  if known and known.stamp == stamp then return known.sha256, known.bytes end
  local sha256, bytes = require("rhub.core").sha256_file(path)
  if not sha256 then return nil end
  if sys.time() - stat.mtime > SETTLED then
    if kept >= KEPT then digests, kept = {}, 0 end
    if not digests[path] then kept = kept + 1 end
    digests[path] = { stamp = stamp, sha256 = sha256, bytes = bytes }
  end
  return sha256, bytes
end

-- Whether a file that a job was made of holds other bytes now. One that is not there has not changed.
---@param job rhub.core.job
---@return boolean
function inputs.changed(job)
  for _, file in ipairs(job.files or {}) do
    local now = file.sha256 ~= "" and inputs.digest(file.path)
    if now and now ~= file.sha256 then return true end
  end
  return false
end

-- Whether a file that a job was made of is no longer there.
---@param job rhub.core.job
---@return boolean
function inputs.gone(job)
  for _, file in ipairs(job.files or {}) do
    if not sys.stat(file.path) then return true end
  end
  return false
end

-- The files of a job as the record beside an output has them: pointer, path, pointer, path, ...; and their
-- digests as they were.
---@param job rhub.core.job
---@param digest fun(path: string): string|nil, integer|nil
---@return string[] files
---@return fun(path: string): string|nil, integer|nil
function inputs.of(job, digest)
  local files, were = {}, {}
  for _, file in ipairs(job.files or {}) do
    files[#files + 1], files[#files + 2] = file.pointer, file.path
    were[file.path] = file.sha256
  end
  return files, function(path)
    local now, bytes = digest(path)
    return were[path], now == were[path] and bytes or nil
  end
end

-- Whether a problem of a call is that a file is not there.
---@param problem rhub.problem
---@return boolean
function inputs.is_absence(problem)
  return problem.message:find("does not exist", 1, true) ~= nil
end

return inputs
