-- Outputs of a batch of which its journal knows nothing: it has gone, or it is an older copy. They would be
-- paid for again; but the records beside the files name the rows that they are of.

local errors = require "rhub.errors"
local identity = require "rhub.batch.identity"
local record = require "rhub.batch.record"
local sidecar = require "rhub.batch.sidecar"
local sys = require "rhub.sys"

local orphans = {}

local AT_ONCE = 20000 -- outputs without a job that are compared with the batch's rows in one pass over these

-- Whether the journal lacks the job of a key that stands in a record's text; most do not have to be taken
-- apart for that.
local function may_lack(known, text)
  for key in text:gmatch '"key"%s*:%s*"(batch/[^"]*)"' do
    if not known:job(key) then return true end
  end
  return false
end

-- The key that a record has, where the journal lacks it.
local function lacking(known, path)
  local stat = sys.stat(path)
  local text = stat and stat.type == "file" and sys.read(path)
  local fields = text and may_lack(known, text) and sidecar.read(path)
  local key = fields and fields.key
  return type(key) == "string" and not known:job(key) and key or nil
end

-- Goes through the records of a folder; returns the first row's output among those that the journal lacks.
local function first_unknown(known, dir, ids)
  local held, n = {}, 0
  for name in sys.names(dir) or function() end do
    local key = name:find "%.json$" and lacking(known, dir .. "/" .. name)
    local digits, nth = identity.row_of(key or "")
    if digits and nth then
      held[digits] = held[digits] or {}
      held[digits][nth], n = name:sub(1, -6), n + 1
    end
    if n == AT_ONCE then
      local found = ids:first_among(held)
      if found then return found end
      held, n = {}, 0
    end
  end
  return n > 0 and ids:first_among(held) or nil
end

-- The error where outputs of these rows lie in the folder of which the journal holds no job; nil: there are
-- none, or the journal cannot be opened, which is the affair of who works it. Raises an error where it cannot
-- be read on.
---@param dir string
---@param journal string
---@param ids rhub.batch.identity of the rows, which have been noted
---@return rhub.error|nil
function orphans.find(dir, journal, ids)
  local known <close> = record.open(journal, dir)
  local name = known and first_unknown(known, dir, ids)
  if not name then return nil end
  return errors.input(("%s/%s is an output of this batch, and the journal %s knows nothing of it: nothing "
    .. "was sent, since it would be paid for again. Put the latest journal back, give another -o, or "
    .. "say --anew"):format(dir, name, journal))
end

return orphans
