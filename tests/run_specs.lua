-- Runs busted inside whatever interpreter runs this file: stock lua5.4 or build/rhub.
--   lua5.4 tests/run_specs.lua -o TAP tests/lua/json_spec.lua

-- build/rhub runs this file as a coroutine of its scheduler, where waiting yields: what specs that use that
-- scheduler shall see. A spec that loads a scheduler of its own stands on that one's main thread, as it
-- does under lua5.4.
local running, isyieldable, here = coroutine.running, coroutine.isyieldable, coroutine.running()
function coroutine.running() -- luacheck: ignore
  local co, main = running()
  return co, main or co == here
end
function coroutine.isyieldable(co) -- luacheck: ignore
  return isyieldable(co or running()) and (co or running()) ~= here
end

require "busted.runner" { standalone = false }
