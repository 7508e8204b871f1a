-- The engine, rhub.core, from a command's side: loading it, and saying what is missing when that fails.

local errors = require "rhub.errors"

local engine = {}

local function explain(text)
  local why = text:match("does not load: (.-)\n") or text:match("does not load: (.*)")
  if why then
    return "the engine does not load: " .. why .. "; install the library that this names"
  end
  return "the engine (rhub.core) is neither beside the program nor in package.cpath: make builds it"
end

-- Loads it.
---@return table|nil core
---@return rhub.error|nil
function engine.load()
  local found, core = pcall(require, "rhub.core")
  if found then return core end
  return nil, errors.new { kind = "io", message = explain(tostring(core)) }
end

return engine
