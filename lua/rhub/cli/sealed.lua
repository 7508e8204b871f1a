-- --sandbox: a sandbox of this run's own, and every client of this process sealed to it. The sandbox is a
-- child held by a pipe: it ends when this process does, however that happens.

local errors = require "rhub.errors"
local sys = require "rhub.sys"

local sealed = {}

local READY_WITHIN = 10 -- seconds; it takes 0.05

-- The engine is sealed before anybody gets it; so is the one that a script loads afresh.
local function seal(url)
  package.preload["rhub.core"] = function(name)
    local tried = {}
    for i = 2, #package.searchers do
      local loader, extra = package.searchers[i](name)
      if type(loader) == "function" then
        local core = loader(name, extra)
        core.seal(url)
        return core
      end
      if loader then tried[#tried + 1] = tostring(loader) end
    end
    error("the engine was not found: " .. table.concat(tried, "; "), 0)
  end
end

-- Starts the sandbox and seals this process to it.
---@param command string[]|nil the words that start this program
---@return string|nil address "127.0.0.1:41873"
---@return rhub.error|nil
function sealed.start(command)
  local words = { group = true } -- Ctrl-C is ours to handle: the sandbox goes on while we do
  table.move(command or { sys.exe() }, 1, command and #command or 1, 1, words)
  for _, word in ipairs { "sandbox", "--child", "--port", "0" } do words[#words + 1] = word end
  local child, reason = sys.spawn(words)
  local line
  if child then line, reason = sys.readline(child.stdout, READY_WITHIN) end
  local address = line and line:match("^http://(127%.0%.0%.1:%d+)")
  if not address then
    sealed.child = child
    sealed.stop()
    local why = line or reason ~= "eof" and reason or "it ended at once"
    return nil, errors.new { kind = "io", message = "the sandbox did not start: " .. why }
  end
  sealed.child = child
  seal("http://" .. address)
  return address
end

-- Lets the sandbox end, and waits for it, so that nothing is left behind.
function sealed.stop()
  local child = sealed.child
  if not child then return end
  sealed.child = nil
  sys.close(child.stdin)
  sys.close(child.stdout)
  if not sys.wait(child.pid, 2) then
    sys.kill(child.pid, "KILL")
    sys.wait(child.pid)
  end
end

return sealed
