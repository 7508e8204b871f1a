-- A sandbox in a process of its own, for specs: `rhub sandbox`, or the same from sources under lua5.4. It
-- ends when it is stopped, and when this process does.
--
--   local box = sandbox.start { "--speed", "50" }      box.url  "http://127.0.0.1:41873"
--   box:fault { route = "submit", ["do"] = "reset" }   box:stats().submits.received
--   box:stop()

local json = require "rhub.json"
local sys = require "rhub.sys"

local sandbox = {}

sandbox.KEY = "0123456789abcdef0123456789abcdef"

local RUNNER = [[os.exit(require("rhub.sandbox").main(arg))]]
local MODELS = { "image", "video", "audio", "3d", "string" } -- as test/image and so on

local Box = {}
Box.__index = Box

local function program()
  local given = os.getenv "RHUB_SANDBOX_PROGRAM" or (os.getenv "RHUB_BUILD" or "build") .. "/rhub"
  if sys.stat(given) then return { given, "sandbox" } end
  return { "lua5.4", "-e", RUNNER, "_" }
end

-- Starts one with these further arguments and waits for its first line.
---@param arguments? string[]
---@return table box
function sandbox.start(arguments)
  local words = program()
  for _, word in ipairs { "--child", "--port", "0" } do words[#words + 1] = word end
  for _, output in ipairs(MODELS) do
    words[#words + 1] = "--model"
    words[#words + 1] = ("test/%s:%s"):format(output == "string" and "text" or output, output)
  end
  table.move(arguments or {}, 1, #(arguments or {}), #words + 1, words)
  words.group = true
  local child = assert(sys.spawn(words))
  local url = sys.readline(child.stdout, 30)
  assert(url and url:find("^http://"), "the sandbox did not start: " .. tostring(url))
  return setmetatable({ url = url, port = math.tointeger(url:match(":(%d+)$")), child = child }, Box)
end

-- One control call by curl: its own connection, no engine of ours.
function Box:control(method, path, value)
  local file = value ~= nil and os.tmpname()
  if file then
    local f = assert(io.open(file, "w"))
    f:write(assert(json.encode(value)))
    f:close()
  end
  local data = file and ("--data-binary @%s"):format(file) or ""
  local pipe = assert(io.popen(("curl -sS -X %s %s '%s/sandbox/%s'"):format(method, data, self.url, path)))
  local text = pipe:read("a")
  pipe:close()
  if file then os.remove(file) end
  local answer = assert(json.decode(text))
  assert(not answer.error, answer.error)
  return answer
end

-- Adds a fault or a list of them: lua/rhub/sandbox/faults.lua says which there are.
---@param fault table
function Box:fault(fault)
  return self:control("POST", "faults", fault)
end

---@return table counts
function Box:stats()
  return self:control("GET", "stats")
end

-- A task as it was submitted: {task_id, endpoint, status, params, body, queries}.
---@param id string
function Box:task(id)
  return self:control("GET", "tasks/" .. id)
end

-- Tasks, faults and counts as at the start.
function Box:reset()
  return self:control("POST", "reset")
end

-- Ends it and returns its exit status.
---@return integer
function Box:stop()
  if not self.child then return 0 end
  local child = self.child
  self.child = nil
  sys.close(child.stdin)
  sys.close(child.stdout)
  local status = sys.wait(child.pid, 20)
  if status then return status end
  sys.kill(child.pid, "KILL")
  return sys.wait(child.pid)
end

return sandbox
