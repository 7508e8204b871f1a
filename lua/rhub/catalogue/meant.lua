-- What a name that no model has may have meant.

local catalogue = require "rhub.catalogue"
local clean = require "rhub.catalogue.clean"

local meant = {}

-- "a, b or c"
---@param items string[]
---@return string
function meant.either(items)
  if #items < 2 then return items[1] or "" end
  return table.concat(items, ", ", 1, #items - 1) .. " or " .. items[#items]
end

-- The models that it was certainly or most likely meant for: all that have it as their Chinese name, else the
-- one within two edits; for what can be no endpoint, or is written as none is, also those that share its words.
---@param name string
---@return string[]
function meant.by(name)
  local list = catalogue.called(name)
  if #list > 0 then return list end
  list = { catalogue.nearest(name) }
  if #list > 0 or clean.is_endpoint(name) and not name:find "[\x80-\xFF]" then return list end
  return meant.like(name)
end

-- Those that share its words.
---@param name string
---@return string[]
function meant.like(name)
  local list = {}
  for i, entry in ipairs(require("rhub.catalogue.search").like(catalogue.all(), name)) do list[i] = entry.endpoint end
  return list
end

return meant
