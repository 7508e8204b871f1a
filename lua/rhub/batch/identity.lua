-- What a row's jobs are called in the journal: the digest of what the row asks for, and the how-manieth row
-- it is that asks for the same. So rows may be added, moved and reordered, and the file renamed: what has
-- been paid for is found again; and one prompt four times is four tasks.
--
-- The first pass over a file notes the digests of all rows, in a temporary file. From these the occurrences
-- are counted; and a later pass compares each row with what was noted, so that nothing is sent that is not
-- what was checked.

local json = require "rhub.json"
local occurrences = require "rhub.batch.occurrences"
local temporary = require "rhub.batch.temporary"

local identity = {}

local NTH = "<I4"
local DIGITS = occurrences.DIGITS

---@class rhub.batch.identity
---@field sha256 fun(text: string): string
---@field noted rhub.batch.temporary the first digits of each row's digest
---@field nths rhub.batch.temporary|nil see rhub.batch.occurrences; nil: no two rows ask for the same
---@field rows integer       noted
---@field at integer         rows of this pass
local Identity = {}
Identity.__index = Identity

---@param sha256 fun(text: string): string
---@return rhub.batch.identity
function identity.new(sha256)
  return setmetatable({ sha256 = sha256, noted = temporary.open(), rows = 0, at = 0 }, Identity)
end

-- What a row asks for, as one text: equal requests make equal texts.
---@param request any
---@return string
function identity.text(request)
  return assert(json.encode(request, { sort = true }))
end

-- In the first pass: that there is such a row.
---@param text string
function Identity:note(text)
  self.noted:write(self.sha256(text):sub(1, DIGITS))
  self.rows = self.rows + 1
end

-- Begins another pass.
function Identity:again()
  if not self.counted then self.nths, self.counted = occurrences.of(self.noted), true end
  self.noted:seek(0)
  if self.nths then self.nths:seek(0) end
  self.at = 0
end

local function next_nth(self)
  local text = self.nths and self.nths:read(4)
  return text and math.max(1, (NTH:unpack(text))) or 1
end

-- The key of the next row, in the file's order; nil where it is not the row that was noted there.
---@param text string
---@return string|nil "batch/5f2c.../1"
function Identity:key(text)
  local digest = self.sha256(text)
  self.at = self.at + 1
  if self.noted:read(DIGITS) ~= digest:sub(1, DIGITS) then return nil end
  return ("batch/%s/%d"):format(digest:sub(1, 20), next_nth(self))
end

-- What the key of a job says of its row: as it was noted, and the how-manieth of these it is; nil: it is no
-- key of a batch.
---@param key string
---@return string|nil digits
---@return integer|nil nth
function identity.row_of(key)
  local digits, nth = key:match "^batch/(%x+)/(%d+)/"
  if not digits or #digits < DIGITS then return nil end
  return digits:sub(1, DIGITS), math.tointeger(tonumber(nth))
end

-- What a table holds of the first row of which it holds anything. After the first pass.
---@param held table<string, table<integer, any>> by what identity.row_of tells
---@return any
function Identity:first_among(held)
  local met = {}
  self.noted:seek(0)
  for _ = 1, self.rows do
    local digits = self.noted:read(DIGITS)
    local of = held[digits]
    if of then
      met[digits] = (met[digits] or 0) + 1
      if of[met[digits]] then return of[met[digits]] end
    end
  end
end

-- Whether all rows that were noted have been gone through.
---@return boolean
function Identity:complete()
  return self.at == self.rows
end

return identity
