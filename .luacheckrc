std = "lua54"
max_line_length = 110
self = false
files["tests/**/*_spec.lua"].std = "lua54+busted"
files["lua/rhub/catalogue/*.lua"].ignore = { "113", "211/_ENV" }
exclude_files = { "build/" }
