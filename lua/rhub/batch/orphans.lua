-- Outputs of a batch whose journal has gone. What a new journal knows nothing of would be paid for again; but
-- the records beside the files name the rows that they are of.

local errors = require "rhub.errors"
local identity = require "rhub.batch.identity"
local sidecar = require "rhub.batch.sidecar"
local sys = require "rhub.sys"

local orphans = {}

-- Whether a journal holds any job. One that cannot be read is the affair of who opens it.
local function has_jobs(path)
  local step, jobs, _, closing = require("rhub.core").jobs(path)
  if not step then return jobs.kind ~= "gone" end
  local list <close> = closing -- luacheck: ignore 211
  local ok, job = pcall(step, jobs)
  return not ok or job ~= nil
end

-- The files of a folder that rows of a batch have made, by what these asked for.
local function recorded(dir)
  local found = {}
  for _, name in ipairs(sys.list(dir) or {}) do
    local fields = name:find "%.json$" and sidecar.read(dir .. "/" .. name)
    local digits = fields and type(fields.key) == "string" and identity.digits_of(fields.key)
    if digits then found[digits] = found[digits] or name:sub(1, -6) end
  end
  return found
end

-- The error where outputs of these rows lie in the folder, and the journal holds no job; nil: there are none.
---@param dir string
---@param journal string
---@param ids rhub.batch.identity of the rows, which have been noted
---@return rhub.error|nil
function orphans.find(dir, journal, ids)
  if has_jobs(journal) then return nil end
  local found = recorded(dir)
  local name = next(found) and ids:first_among(found)
  if not name then return nil end
  return errors.input(("%s/%s is an output of this batch, and the journal %s knows of none: nothing was "
    .. "sent, since all would be paid for again. Put the journal back, give another -o, or say --anew")
    :format(dir, name, journal))
end

return orphans
