-- A model that somebody has named on the command line, or what they may have meant.

local catalogue = require "rhub.catalogue"
local errors = require "rhub.errors"
local meant = require "rhub.catalogue.meant"
local plain = require "rhub.cli.plain"

local known = {}

-- What to say of a name that no model has.
---@param name string
---@return rhub.error
function known.missing(name)
  local names = meant.by(name)
  if #names == 0 then names = meant.like(name) end
  local remedy = #names > 0 and ("did you mean %s?"):format(meant.either(names))
    or "rhub models WORDS searches, rhub models lists all"
  return errors.input(('no such model: "%s"; %s'):format(name, remedy))
end

-- A parameter in the model's place.
---@param name string
---@param usage string
---@return rhub.error|nil
function known.misplaced(name, usage)
  if not name:find("=", 1, true) then return nil end
  return errors.input(('"%s" stands where the model belongs: %s'):format(name, usage))
end

-- Which of several models a name was taken for, or nil where it names one only.
---@param name string
---@param entry rhub.model
---@return string|nil
function known.namesakes(name, entry)
  local others = name ~= entry.endpoint and catalogue.namesakes(name)
  if not others then return nil end
  return ("%s stands for %s here; the documentation has it for %s too"):format(name, entry.endpoint,
    table.concat(others, ", "))
end

-- Finds it, and says on standard error which it took where there are several.
---@param context rhub.cli.context
---@param name string
---@return rhub.model|nil
---@return rhub.error|nil
function known.find(context, name)
  local entry = catalogue.find(name)
  if not entry then return nil, known.missing(name) end
  local taken = known.namesakes(name, entry)
  if taken then context.terminal:say("rhub: " .. plain.text(taken)) end
  return entry
end

return known
