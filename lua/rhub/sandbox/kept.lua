-- A map that holds so many entries and then forgets its oldest: a sandbox that runs for days must not grow.

---@class rhub.sandbox.kept
---@field by table<string, any>
local Kept = {}
Kept.__index = Kept

-- Adds an entry under a new key. The oldest makes room, unless it is in use still.
---@param key string
---@param value any
function Kept:add(key, value)
  self.by[key] = value
  self.last = self.last + 1
  self.order[self.last] = key
  if self.last - self.first < self.limit then return end
  local oldest = self.order[self.first]
  if self.in_use and self.in_use(self.by[oldest]) then return end
  self.by[oldest], self.order[self.first] = nil, nil
  self.first = self.first + 1
end

local kept = {}

---@param limit integer
---@param in_use? fun(value: any): boolean
---@return rhub.sandbox.kept
function kept.new(limit, in_use)
  return setmetatable({ by = {}, order = {}, first = 1, last = 0, limit = limit, in_use = in_use }, Kept)
end

return kept
