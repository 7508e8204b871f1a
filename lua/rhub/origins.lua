-- What addresses and file names stand for, of those that a hub with a journal has handed out: an output of a
-- job, or the bytes of an upload. They are new with each run; what they stand for is not.

local MOST = 10000 -- that are remembered; for those before, an address counts as it is

---@class rhub.origins
local Origins = {}
Origins.__index = Origins

---@return rhub.origins
local function new()
  return setmetatable({ known = {}, ring = {}, last = 0 }, Origins)
end

-- `origin`: "N KEY" of an output, else the SHA-256 of a file.
local function note(self, text, origin)
  if not text then return end
  if not self.known[text] then
    self.last = self.last % MOST + 1
    local oldest = self.ring[self.last]
    if oldest then self.known[oldest] = nil end
    self.ring[self.last] = text
  end
  self.known[text] = origin
end

-- The outputs of a job.
---@param value table its result
function Origins:result(value)
  if not value.job then return end
  for n, output in ipairs(value.outputs) do note(self, output.url, n .. " " .. value.job) end
end

-- The file behind an upload.
---@param value table
function Origins:upload(value)
  if not value.sha256 then return end
  note(self, value.url, value.sha256)
  note(self, value.file_name, value.sha256)
end

-- What stands for an address or a name in what makes two calls the same; nil where it is none of these.
---@param text string
---@return { job: string, output: integer }|{ sha256: string }|nil
function Origins:of(text)
  local origin = self.known[text]
  if not origin then return nil end
  local n, job = origin:match "^(%d+) (.*)$"
  if job then return { job = job, output = math.tointeger(tonumber(n)) } end
  return { sha256 = origin }
end

return { new = new }
