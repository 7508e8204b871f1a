-- One task's run as ComfyUI tells it: which message is due at which part of its life, and one socket that
-- they are sent on, rightly or as a fault says.

local graph = require "rhub.graph"
local json = require "rhub.json"

local play = {}

-- ---- the timeline -----------------------------------------------------------------------------

local function sources_of(node)
  local ids, names = {}, {}
  for name, value in pairs(node.inputs) do
    if graph.is_link(value) then names[#names + 1] = name end
  end
  table.sort(names)
  for i, name in ipairs(names) do ids[i] = node.inputs[name][1] end
  return ids
end

-- The nodes in the order in which they run: each behind those that it is made of.
local function order_of(nodes)
  local order, seen = {}, {}
  local function visit(id)
    if seen[id] or not rawget(nodes, id) then return end
    seen[id] = true
    for _, source in ipairs(sources_of(nodes[id])) do visit(source) end
    order[#order + 1] = id
  end
  for _, id in ipairs(nodes:ids()) do visit(id) end
  return order
end

local MOST_STEPS = 1000
local SAMPLING = 10 -- times as long as any other node

local function steps_of(node)
  local steps = math.tointeger(tonumber(node.inputs.steps))
  return steps and steps > 0 and math.min(steps, MOST_STEPS) or nil
end

local KINDS = { png = "images", mp4 = "gifs", wav = "audio", glb = "3d" }

local function output_of(task, id)
  local found
  for i, file in ipairs(task.makes or {}) do
    if file.node == id then
      local word = KINDS[file.kind] or "images"
      found = found or {}
      found[word] = found[word] or json.array {}
      table.insert(found[word], { filename = ("ComfyUI_%05d_.%s"):format(i, file.kind), subfolder = "",
        type = "output" })
    end
  end
  return found
end

local PREVIEW = "\0\0\0\1\0\0\0\1\xff\xd8\xff\xe0" .. ("\0"):rep(500) -- what ComfyUI puts before a JPEG

-- { at = 0..1, type =, data = } in their order; a preview has no type.
local function timeline(task)
  local nodes, events, weights, sum = task.nodes, {}, {}, 0
  local function add(at, kind, data) events[#events + 1] = { at = at, type = kind, data = data } end
  local order = order_of(nodes)
  for i, id in ipairs(order) do
    weights[i] = steps_of(nodes[id]) and SAMPLING or 1
    sum = sum + weights[i]
  end
  add(0, "execution_start", {})
  add(0, "execution_cached", { nodes = json.array {} })
  local at = 0
  for i, id in ipairs(order) do
    local length, steps, output = weights[i] / sum, steps_of(nodes[id]), output_of(task, id)
    add(at, "executing", { node = id })
    for step = 1, steps or 0 do
      add(at + length * step / steps, "progress", { value = step, max = steps, node = id })
      if step % 5 == 0 then add(at + length * step / steps) end
    end
    at = at + length
    if output then add(at, "executed", { node = id, output = output }) end
  end
  return events
end

-- ---- one socket -------------------------------------------------------------------------------

local Player = {}
Player.__index = Player

---@param socket rhub.server.socket
---@param tasks table
---@param task rhub.sandbox.task
---@param script table|nil a fault of this socket: {how =, after =}
function play.new(socket, tasks, task, script)
  task.timeline = task.timeline or timeline(task)
  return setmetatable({ socket = socket, tasks = tasks, task = task, script = script, sent = 0 }, Player)
end

local MISBEHAVE = {}

function MISBEHAVE.close(socket) socket:close() end
function MISBEHAVE.reset(socket) socket:reset() end
function MISBEHAVE.garbage(socket) socket:raw("\xff\xff\xff\xffgarbage") end
function MISBEHAVE.text(socket) socket:send("this is no JSON: {") end
function MISBEHAVE.odd(socket) socket:send('{"type":{"a":1},"data":[1,2]}') end
function MISBEHAVE.utf8(socket) socket:raw("\x81\2\xc3\x28") end
function MISBEHAVE.huge(socket) socket:raw("\x81\x7f" .. string.pack(">I8", 1 << 40) .. "x") end
function MISBEHAVE.silence() end

-- "silence" and "huge" wait for the client to go; the others go on with what is due, if they can.
local LAST = { close = true, reset = true, garbage = true, utf8 = true, huge = true, silence = true }

play.WAYS = {}
for name in pairs(MISBEHAVE) do play.WAYS[name] = true end

-- Whether a fault stands in the place of the next message.
local function misbehaves(self)
  local script = self.script
  if not script or self.sent < (script.after or 1) then return false end
  self.script = nil
  self.over = LAST[script.how]
  MISBEHAVE[script.how](self.socket)
  return true
end

local function send(self, kind, data)
  if self.over or misbehaves(self) and self.over then return end
  data.prompt_id = data.prompt_id or self.task.client_id
  self.socket:send(assert(json.encode({ type = kind, data = data }, { sort = true })))
  self.sent = self.sent + 1
end

-- How much of its life a task has behind it: from 0, when it begins to run, to 1.
local function fraction(self)
  local task = self.task
  if task.final then return 1 end
  if task.script.polls then return math.min(task.queries / task.script.polls, 1) end
  local start = task.made + task.duration / 4
  return (self.tasks.clock() - start) / (task.ends - start)
end

-- What a socket is told when it opens: the queue, and the node that runs. What was before is not told again.
---@return integer messages
function Player:begin()
  local at, current = fraction(self), nil
  self.next = 1
  send(self, "status", { status = { exec_info = { queue_remaining = 1 } } })
  local events = self.task.timeline
  while events[self.next] and events[self.next].at < at do
    if events[self.next].type == "executing" then current = events[self.next] end
    self.next = self.next + 1
  end
  if current then send(self, "executing", { node = current.data.node }) end
  return self.sent
end

local function finish(self)
  local task = self.task
  if task.final == "SUCCESS" then
    send(self, "executing", { node = json.null })
    send(self, "execution_success", {})
  elseif task.final == "FAILED" then
    send(self, "execution_error", { node_id = "12", node_type = "KSampler", exception_type = "RuntimeError",
      exception_message = task.script.message or "the sandbox was told that this task fails" })
  else
    send(self, "execution_interrupted", {})
  end
  if not self.over then self.socket:close() end
  self.over = true
end

-- Sends what is due; how many messages that were.
---@return integer
function Player:step()
  if not self.next or self.over then return 0 end
  local before, events, at = self.sent, self.task.timeline, fraction(self)
  local ends = self.task.final and self.task.final ~= "SUCCESS"
  while not ends and events[self.next] and events[self.next].at <= at do
    local event = events[self.next]
    self.next = self.next + 1
    if event.type then send(self, event.type, event.data) elseif not self.over then
      self.socket:send(PREVIEW, "binary")
    end
  end
  if self.task.final then finish(self) end
  return self.sent - before
end

-- When its next message is due; nil: that is not up to the clock.
---@return number|nil
function Player:due()
  local task, event = self.task, self.next and self.task.timeline[self.next]
  if not self.next or self.over or task.script.polls then return nil end
  if task.final then return 0 end
  local start = task.made + task.duration / 4
  return event and start + event.at * (task.ends - start) or task.ends
end

return play
