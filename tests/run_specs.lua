-- Runs busted inside whatever interpreter runs this file: stock lua5.4 or build/rhub.
--   lua5.4 tests/run_specs.lua -o TAP tests/lua/json_spec.lua

-- build/rhub runs this file as a coroutine of its scheduler, where waiting yields: what specs that use that
-- scheduler shall see. A spec that loads a scheduler of its own stands on that one's main thread, as it
-- does under lua5.4.
local running, here = coroutine.running, coroutine.running()
function coroutine.running()
  local co, main = running()
  return co, main or co == here
end

require "busted.runner" { standalone = false }
