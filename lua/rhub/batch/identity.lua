-- What a row's jobs are called in the journal: the digest of what the row asks for, and the how-manieth row
-- it is that asks for the same. So rows may be added, moved and reordered, and the file renamed: what has
-- been paid for is found again; and one prompt four times is four tasks.
--
-- To count occurrences without keeping every row, the first pass notes in small counters which digests can
-- occur twice at all; only those are counted one by one later.

local json = require "rhub.json"

local identity = {}

local COUNTERS = 1 << 23
local EACH = 31 -- counters of two bits in an integer
local MOST = 2

---@class rhub.batch.identity
---@field sha256 fun(text: string): string
local Identity = {}
Identity.__index = Identity

---@param sha256 fun(text: string): string
---@return rhub.batch.identity
function identity.new(sha256)
  return setmetatable({ sha256 = sha256, noted = {}, counts = {} }, Identity)
end

-- What a row asks for, as one text: equal requests make equal texts.
---@param request any
---@return string
function identity.text(request)
  return assert(json.encode(request, { sort = true }))
end

local function place(self, digest)
  local number = tonumber("0x" .. digest:sub(1, 16)) --[[@as integer]]
  local counter = number & (COUNTERS - 1)
  local word, shift = counter // EACH, counter % EACH * 2
  return number, word, shift, (self.noted[word] or 0) >> shift & 3
end

-- In the first pass: that there is such a row.
---@param text string
function Identity:note(text)
  local _, word, shift, count = place(self, self.sha256(text))
  if count < MOST then self.noted[word] = (self.noted[word] or 0) + (1 << shift) end
end

-- Begins another pass.
function Identity:again()
  self.counts = {}
end

-- The key of the next row, in the file's order.
---@param text string
---@return string "batch/5f2c.../1"
function Identity:key(text)
  local digest = self.sha256(text)
  local number, _, _, count = place(self, digest)
  local nth = 1
  if count >= MOST then
    nth = (self.counts[number] or 0) + 1
    self.counts[number] = nth
  end
  return ("batch/%s/%d"):format(digest:sub(1, 20), nth)
end

return identity
