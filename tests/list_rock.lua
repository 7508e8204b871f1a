-- Rewrites the lists of files in rhub-scm-1.rockspec from what is on disk: `make rockspec`, after a file was
-- added or removed. tests/check_rock.lua sees to it that nobody forgets.
local path = "rhub-scm-1.rockspec"

local function files(command)
  local list = {}
  local pipe <close> = assert(io.popen(command .. " | LC_ALL=C sort"))
  for line in pipe:lines() do list[#list + 1] = line end
  return list
end

local function read()
  local f <close> = assert(io.open(path))
  return f:read("a")
end

local function sources(text, module, list)
  local lines = {}
  for i, file in ipairs(list) do lines[i] = ('        "%s",\n'):format(file) end
  local start = select(2, assert(text:find(('["%s"] = {\n      sources = {\n'):format(module), 1, true)))
  local stop = text:find("      },\n", start, true)
  return text:sub(1, start) .. table.concat(lines) .. text:sub(stop)
end

local function modules(text)
  local lines = {}
  for i, file in ipairs(files "find lua/rhub -name '*.lua' ! -name '*.d.lua'") do
    local name = file:gsub("^lua/", ""):gsub("%.lua$", ""):gsub("/init$", ""):gsub("/", ".")
    lines[i] = ('    %s = "%s",\n'):format(name:find("%.") and ('["%s"]'):format(name) or name, file)
  end
  local start = text:find('    [^\n]* = "lua/', 1)
  local stop = text:find("  },\n  install", start, true)
  return text:sub(1, start - 1) .. table.concat(lines) .. text:sub(stop)
end

local text = read()
text = sources(text, "rhub.core", files "ls src/lua/core*.c src/core/*.c")
text = sources(text, "rhub.json", files "ls src/lua/json*.c")
text = sources(text, "rhub.sys", files "ls src/lua/sys*.c")
text = modules(text)
local f <close> = assert(io.open(path, "w"))
f:write(text)
