-- Runs busted inside whatever interpreter runs this file: stock lua5.4 or build/rhub.
--   lua5.4 tests/run_specs.lua -o TAP tests/lua/json_spec.lua
require "busted.runner" { standalone = false }
