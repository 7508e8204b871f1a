-- Runs the rhub program as people do: its own process, its own home, nothing of the caller's environment.
--
--   local run = program.new(sandbox)          run.home, run.folder: scratch folders
--   run("account", "--json")                  -> { code =, out =, err = }
--   run:with { stdin = "x", env = { A = "b" }, before = "ulimit -f 20" }("run", ...)

local sys = require "rhub.sys"

local program = {}

program.path = (os.getenv "RHUB_BUILD" or "build") .. "/rhub"
program.key = ("0123456789abcdef"):rep(2)

---@param text string
---@return string for sh
function program.quote(text)
  return "'" .. text:gsub("'", [['\'']]) .. "'"
end

local function whole(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("a")
  file:close()
  return text
end

local function absolute(path)
  if path:sub(1, 1) == "/" then return path end
  return os.getenv "PWD" .. "/" .. path
end

local Program = {}
Program.__index = Program

-- The words that start the program with its environment; sh syntax.
function Program:words(...)
  local words = { "env", "-i", program.quote("PATH=" .. os.getenv "PATH"),
    program.quote("HOME=" .. self.home) }
  for name, value in pairs(self.env) do words[#words + 1] = program.quote(name .. "=" .. value) end
  words[#words + 1] = program.quote(absolute(program.path))
  for _, word in ipairs { ... } do words[#words + 1] = program.quote(tostring(word)) end
  return table.concat(words, " ")
end

function Program:__call(...)
  local base = os.tmpname()
  local input = assert(io.open(base .. ".in", "wb"))
  input:write(self.stdin or "")
  input:close()
  local command = ("cd %s && { %s; %s; } <%s.in >%s.out 2>%s.err"):format(program.quote(self.folder),
    self.before or ":", self:words(...), base, base, base)
  local _, how, code = os.execute(command)
  local got = { code = how == "signal" and 128 + code or code, out = whole(base .. ".out"),
    err = whole(base .. ".err") }
  for _, ending in ipairs { "", ".in", ".out", ".err" } do os.remove(base .. ending) end
  return got
end

-- The same program with some things otherwise: stdin, before (sh commands), env (added).
function Program:with(more)
  local other = setmetatable({}, Program)
  for name, value in pairs(self) do other[name] = value end
  other.env = {}
  for _, from in ipairs { self.env, more.env or {} } do
    for name, value in pairs(from) do other.env[name] = value ~= "" and value or nil end
  end
  other.stdin, other.before = more.stdin, more.before
  return other
end

-- Removes the scratch folders.
function Program:remove()
  os.execute("rm -rf " .. program.quote(self.root))
end

-- Puts a file into the scratch folder and returns its path.
function Program:put(name, text)
  local path = self.folder .. "/" .. name
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
  return path
end

function Program:read(name)
  return whole(self.folder .. "/" .. name)
end

-- Against a sandbox, or against nobody.
---@param sandbox? table
function program.new(sandbox)
  local root = os.tmpname()
  os.remove(root)
  local self = setmetatable({ root = root, home = root .. "/home", folder = root .. "/work" }, Program)
  assert(sys.mkdir_p(self.home))
  assert(sys.mkdir_p(self.folder))
  self.env = sandbox and { RH_API_BASE_URL = sandbox.url, RUNNINGHUB_API_KEY = program.key } or {}
  return self
end

return program
