-- The websocket that a ComfyUI machine tells its progress on: addresses, and who may open them; stock ComfyUI
-- messages along the life of a task that runs a graph; ways to misbehave. A standard model has none.

local json = require "rhub.json"
local play = require "rhub.sandbox.play"
local sys = require "rhub.sys"

local progress = {}

local PATH = "/ws/c_instance"

local Progress = {}
Progress.__index = Progress

---@param box rhub.sandbox
function progress.new(box)
  local self = setmetatable({ box = box }, Progress)
  self:reset()
  return self
end

function Progress:reset()
  for socket in pairs(self.players or {}) do socket:close() end
  self.by_auth = {}  -- tasks, by what opens their sockets
  self.players = {}  -- by socket
  self.counts = { opened = 0, refused = 0, closed = 0, sent = 0 }
end

-- ---- addresses --------------------------------------------------------------------------------

local DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

local function base64(text)
  local out = {}
  for i = 1, #text, 3 do
    local a, b, c = text:byte(i, i + 2)
    local n = a << 16 | (b or 0) << 8 | (c or 0)
    for j = 0, 3 do
      local digit = n >> (18 - 6 * j) & 63
      out[#out + 1] = (j < 2 or j == 2 and b or j == 3 and c) and DIGITS:sub(digit + 1, digit + 1) or "="
    end
  end
  return table.concat(out)
end

local function escaped(text)
  return (text:gsub("[+/=]", { ["+"] = "%2B", ["/"] = "%2F", ["="] = "%3D" }))
end

-- Where a task's progress is told; null as long as it waits, and for what runs no graph.
---@param task rhub.sandbox.task
---@return string|lightuserdata
function Progress:address(task)
  if not task.nodes or self.box.tasks:status(task) ~= "RUNNING" then return json.null end
  if not task.auth then
    local now = math.tointeger(sys.time() // 1)
    task.auth = base64(assert(json.encode({ userId = "sandbox", signExpire = now + 7 * 86400, ts = now,
      sign = self.box.tasks.random(16) }, { sort = true })))
    self.by_auth[task.auth] = task
  end
  return ("%s%s?c_host=127.0.0.1&c_port=8188&clientId=%s&workflowId=%s&Rh-Comfy-Auth=%s"):format(
    self.box.base:gsub("^http", "ws"), PATH, task.client_id, task.endpoint:match("%d+$") or "1",
    escaped(task.auth))
end

-- ---- opening ----------------------------------------------------------------------------------

local function refuse(self, status, body)
  self.counts.refused = self.counts.refused + 1
  return { status = status, body = body }
end

-- Opens a task's socket. Returns the reply where that is none.
---@param box rhub.sandbox
---@param call table
---@return table|nil reply
function progress.open(box, call)
  local self = box.progress
  local task = call.path == PATH and self.by_auth[call.request:query("Rh-Comfy-Auth")]
  if not task or call.request:query("clientId") ~= task.client_id then return refuse(self, 403) end
  local socket, reason = call.request:upgrade()
  if not socket then return refuse(self, 400, reason) end
  self.players[socket] = play.new(socket, box.tasks, task, call.script)
end

-- What the server has heard of a socket; what clients say is of no interest, but that they are there.
---@param socket rhub.server.socket
---@param what "open"|"text"|"closed"
function Progress:heard(socket, what)
  if what == "open" then
    self.counts.opened = self.counts.opened + 1
    local player = self.players[socket]
    if player then self.counts.sent = self.counts.sent + player:begin() end
  elseif what == "closed" then
    self.counts.closed = self.counts.closed + 1
    self.players[socket] = nil
  end
end

-- ---- playing ----------------------------------------------------------------------------------

-- When the next message is due: on the clock of tasks; nil: none is.
---@return number|nil
function Progress:due()
  local first
  for _, player in pairs(self.players) do
    local at = player:due()
    if at and (not first or at < first) then first = at end
  end
  return first
end

-- Sends what is due.
function Progress:step()
  if next(self.players) == nil then return end
  self.box.tasks:sweep()
  for _, player in pairs(self.players) do
    self.counts.sent = self.counts.sent + player:step()
  end
end

return progress
