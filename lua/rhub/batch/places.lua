-- Free names in a folder, for an output and for the record beside it: "name", else "name-2", "name-3", ...
-- They are chosen before anything is fetched, and held while it is: nothing is written over, and no file is
-- fetched for a name that it cannot have. However many have a name, a few looks find the next one.

local sidecar = require "rhub.batch.sidecar"
local sys = require "rhub.sys"

local places = {}

local LONGEST = 120 -- bytes of a name
local KEPT = 10000  -- stems of which is known how many there are

---@class rhub.batch.places
---@field dir string
---@field sidecars boolean
---@field held table<string, true>     names that are being written
---@field last table<string, integer>  by stem: the number that was found last, of those that have several
local Places = {}
Places.__index = Places

---@param dir string
---@param sidecars boolean
---@return rhub.batch.places
function places.new(dir, sidecars)
  return setmetatable({ dir = dir, sidecars = sidecars, held = {}, last = {}, kept = 0 }, Places)
end

---@class rhub.batch.owner        whose output it is
---@field task_id string
---@field n integer               which output
---@field again? boolean          an earlier run may have put it there, and been killed before it said so

local function stem_of(stem, number, ext)
  if number == 1 then return stem end
  local tail = "-" .. number
  return stem:sub(1, LONGEST - #tail - 1 - #ext) .. tail
end

-- Whether an output can be put under a name. What is its own already is found there again: by the record, or
-- by the bytes, which who fetches it compares. Where its size is no longer what was recorded it is another
-- file: cut by a loss of power, or the user's.
local function fits(self, name, owner)
  local record = name .. ".json"
  if self.held[name] or self.sidecars and self.held[record] then return false end
  local path = self.dir .. "/" .. name
  if self.sidecars and sys.stat(path .. ".json") then
    local known, stat = sidecar.is_of(path .. ".json", owner), sys.stat(path)
    return known ~= nil and (not stat or stat.size == known.file.bytes)
  end
  return not sys.stat(path) or owner.again == true
end

-- The first number from which on one fits: steps that double, then back by halves.
local function search(from, fitting)
  if fitting(from) then return from end
  local step, taken, free = 1, from, from + 1
  while not fitting(free) do
    taken, step = free, 2 * step
    free = free + step
  end
  while free - taken > 1 do
    local middle = (free + taken) // 2
    if fitting(middle) then free = middle else taken = middle end
  end
  return free
end

local function remember(self, stem, number)
  if not self.last[stem] then
    if self.kept >= KEPT then self.last, self.kept = {}, 0 end
    self.kept = self.kept + 1
  end
  self.last[stem] = number
end

---@class rhub.batch.place
---@field stem string
---@field number integer
---@field give_back fun()

-- A place for an output, until it is given back. `after`: that number and those before it were refused.
---@param stem string
---@param ext string       the likely one
---@param owner rhub.batch.owner
---@param after? integer
---@return rhub.batch.place
function Places:take(stem, ext, owner, after)
  local function name(number) return stem_of(stem, number, ext) .. "." .. ext end
  local first = { task_id = owner.task_id, n = owner.n, again = owner.again and not after }
  local number = 1
  if after or not fits(self, name(1), first) then
    local other = { task_id = owner.task_id, n = owner.n }
    number = search(math.max(after or 1, self.last[stem] or 1) + 1,
      function(i) return fits(self, name(i), other) end)
    remember(self, stem, number)
  end
  local own = name(number)
  local record = self.sidecars and own .. ".json" or own
  self.held[own], self.held[record] = true, true
  return { stem = stem_of(stem, number, ext), number = number, give_back = function()
    self.held[own], self.held[record] = nil, nil
  end }
end

return places
