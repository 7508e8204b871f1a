-- What outputs will be called that are not there yet: for a dry run. Names that are taken are passed by, and
-- those that rows before have been given.

local places = require "rhub.batch.places"

local planned = {}

local KEPT = 20000 -- stems; beyond, one that comes again is told as if it were the first
local NOBODY = { task_id = "", n = 0 }

---@class rhub.batch.planned
---@field dir string
---@field names rhub.batch.names
---@field places rhub.batch.places
---@field given table<string, integer> by stem: the last number
local Planned = {}
Planned.__index = Planned

---@param dir string
---@param names rhub.batch.names
---@param sidecars boolean
---@return rhub.batch.planned
function planned.new(dir, names, sidecars)
  return setmetatable({ dir = dir, names = names, places = places.new(dir, sidecars), given = {}, kept = 0 },
    Planned)
end

-- The path of a row's first output. `ext`: what its content will most likely be; nil: nobody knows.
---@param row rhub.batch.row
---@param model string
---@param ext string|nil
---@return string
function Planned:path(row, model, ext)
  local stem = self.names:of(row, 1, model)
  ext = self.names.ext or ext
  if not ext then return ("%s/%s.{ext}"):format(self.dir, stem) end
  local place = self.places:take(stem, ext, NOBODY, self.given[stem])
  place.give_back()
  if self.kept >= KEPT and not self.given[stem] then self.given, self.kept = {}, 0 end
  if not self.given[stem] then self.kept = self.kept + 1 end
  self.given[stem] = place.number
  return ("%s/%s.%s"):format(self.dir, place.stem, ext)
end

return planned
