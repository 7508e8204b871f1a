#!/usr/bin/env lua5.4
-- The rhub command as a rock installs it: stock Lua and the modules of the rock. The program that make builds
-- does the same with its own Lua.

local words = {}
for i = -1, 0 do words[#words + 1] = arg[i] end -- the interpreter and this file: how to start it again
local code = require("rhub.cli").main(arg, { command = words })
os.exit(code, true)
