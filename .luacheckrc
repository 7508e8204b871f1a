std = "lua54"
max_line_length = 110
self = false
files["tests/**/*_spec.lua"].std = "lua54+busted"
files["lua/rhub/catalogue/*.lua"].ignore = { "113", "211/_ENV" }
-- luacheck counts bytes, and Chinese has three a character.
files["lua/rhub/catalogue/*.lua"].max_line_length = false
exclude_files = { "build/" }
