-- Files that vanish with this process: what a pass over all rows leaves for the next one, so that memory does
-- not grow with the number of rows. What cannot be written or read is raised, as an error of kind "io".

local errors = require "rhub.errors"
local sys = require "rhub.sys"

local temporary = {}

---@class rhub.batch.temporary
---@field file file*
local Temporary = {}
Temporary.__index = Temporary

local function fail(reason)
  error(errors.new { kind = "io", message = ("a temporary file cannot be kept: %s; nothing was sent for it")
    :format(reason or "no reason told") }, 0)
end

---@return rhub.batch.temporary
function temporary.open()
  local file, reason = sys.tmpfile()
  if not file then fail(reason) end
  return setmetatable({ file = file }, Temporary)
end

---@param ... string
function Temporary:write(...)
  local ok, reason = self.file:write(...)
  if not ok then fail(reason) end
end

-- Goes to a place; also between writing and reading.
---@param at integer
function Temporary:seek(at)
  local ok, reason = self.file:seek("set", at)
  if not ok then fail(reason) end
end

-- Up to n bytes; nil at the end.
---@param n integer|"l"
---@return string|nil
function Temporary:read(n)
  local text, reason = self.file:read(n)
  if not text and reason then fail(reason) end
  return text
end

function Temporary:close()
  self.file:close()
end

return temporary
