-- Compares the lists of a rockspec with the files on disk, as TAP.
--   lua5.4 tests/check_rock.lua rhub-scm-1.rockspec
local path = arg[1]
local rock = {}
assert(loadfile(path, "t", rock))()
local module = path:match("^src/(%w+)/") -- nil: the client's

local function lines(command)
  local list = {}
  local f <close> = assert(io.popen(command))
  for line in f:lines() do list[#list + 1] = line end
  return list
end

local count = 0
local function same(name, listed, on_disk)
  count = count + 1
  local wrong, seen = {}, {}
  for _, file in ipairs(on_disk) do seen[file] = true end
  for _, file in ipairs(listed) do
    if not seen[file] then wrong[#wrong + 1] = "# not on disk: " .. file end
    seen[file] = nil
  end
  for file in pairs(seen) do wrong[#wrong + 1] = "# not in " .. path .. ": " .. file end
  table.sort(wrong)
  print(("%s %d - %s"):format(#wrong == 0 and "ok" or "not ok", count, name))
  if #wrong > 0 then print(table.concat(wrong, "\n")) end
end

local lua, names = {}, {}
for name, one in pairs(rock.build.modules) do
  if type(one) == "string" then
    lua[#lua + 1] = one
    local expected = one:gsub("^lua/", ""):gsub("%.lua$", ""):gsub("/init$", ""):gsub("/", ".")
    if name ~= expected then names[#names + 1] = name end
  end
end

local SOURCES = {
  server = "ls src/server/*.c src/socket/accept.c src/socket/frames.c | grep -v _none",
  socket = "ls src/socket/*.c",
}

if module then
  same(("every source of rhub.%s is in its rock"):format(module),
    rock.build.modules["rhub." .. module].sources, lines(SOURCES[module]))
else
  same("every Lua file is in the rock", lua, lines "find lua/rhub -name '*.lua' ! -name '*.d.lua'")
  same("every Lua file goes by its module's name", names, {})
  same("every source of rhub.core is in the rock", rock.build.modules["rhub.core"].sources,
    lines "ls src/lua/core*.c src/core/*.c")
  for _, part in ipairs { "json", "sys" } do
    same(("every source of rhub.%s is in the rock"):format(part), rock.build.modules["rhub." .. part].sources,
      lines("ls src/lua/" .. part .. "*.c"))
  end
end
print("1.." .. count)
