-- What becomes of a prompt: history, the line, and waiting for the end. Methods of rhub.comfy.

local ask = require "rhub.comfy.ask"
local flow = require "rhub.flow"
local observer = require "rhub.observer"
local reading = require "rhub.comfy.reading"
local sys = require "rhub.sys"

local watch = {}

---@class rhub.comfy.watched
---@field name string     the ComfyUI's
---@field plus boolean
---@field state "submitting"|"waiting"|"ended"
---@field client_id? string
---@field id? string
local Watched = {}

function Watched:__close()
  self.state = "ended"
  observer.tell("comfy", self)
end

-- Has the observer know of a prompt that is on the wire or waited for, until it is closed.
---@param comfy rhub.comfy
---@param one { state: "submitting"|"waiting", id?: string, client_id?: string }
---@return rhub.comfy.watched
function watch.began(comfy, one)
  one.name, one.plus = comfy.name, comfy.plus
  observer.tell("comfy", one)
  return setmetatable(one, Watched)
end

-- ComfyUI's entry about a prompt: outputs, status, prompt. Nothing at all where there is none, which is so
-- until it has ended. Without an id all entries, by their ids.
---@param prompt? string|rhub.comfy.prompt
---@return table|nil
---@return rhub.error|nil
function watch.history(self, prompt)
  if prompt == nil then return ask.table(self, "/history") end
  local id, err = ask.id(self, prompt)
  if not id then return nil, err end
  local all
  all, err = ask.table(self, "/history/" .. id)
  if not all then return nil, err end
  local entry = all[id]
  if entry ~= nil and type(entry) ~= "table" then return ask.unreadable(self, "/history/" .. id) end
  return entry
end

-- What stands in the machine's line: { running = rows, pending = rows }, each row { id, number, client_id,
-- graph }.
---@return { running: table[], pending: table[] }|nil
---@return rhub.error|nil
function watch.queue(self)
  local reply, err = ask.table(self, "/queue")
  if not reply then return nil, err end
  local running, pending = reading.rows(reply.queue_running), reading.rows(reply.queue_pending)
  if not running or not pending then return ask.unreadable(self, "/queue") end
  return { running = running, pending = pending }
end

-- Whether it stands in the line; nil where the line is not told.
local function is_queued(self, id)
  local queue = watch.queue(self)
  if not queue then return nil end
  for _, row in ipairs(table.move(queue.pending, 1, #queue.pending, #queue.running + 1, queue.running)) do
    if row.id == id then return true end
  end
  return false
end

local LOOKS = 5        -- at the history for one at the line
local PATIENCE = 10    -- failed looks in a row
local SLOWEST = 10     -- seconds between those

-- One look. Entry and error, or neither where it goes on.
local function look(self, id, state)
  local entry, err = watch.history(self, id)
  if entry then return entry end
  if err then
    state.failed = state.failed + 1
    state.pause = math.min(state.pause * 2, SLOWEST)
    if not err.retryable or state.failed >= PATIENCE then return nil, err end
    return nil
  end
  if state.missing then return nil, reading.gone(self.name, id) end
  state.failed, state.looks = 0, state.looks + 1
  state.pause = math.min(state.pause * 1.3, math.max(state.most, state.least))
  if state.looks % LOOKS == 0 and is_queued(self, id) == false then state.missing = true end
end

-- Waits for a prompt's end and returns its history entry.
---@param prompt string|rhub.comfy.prompt
---@param seconds? number
---@return table|nil entry
---@return rhub.error|nil  kind "failed" with the node and its message, "cancelled" when it was interrupted,
---"timeout" when the seconds have passed: it goes on and can be waited for again
function watch.wait(self, prompt, seconds)
  local id, err = ask.id(self, prompt)
  if not id then return nil, err end
  local _ <close> = watch.began(self, { state = "waiting", id = id })
  local poll = self.hub.poll or {}
  local state = { failed = 0, looks = 0, pause = poll.first or 1, least = poll.min or 1,
    most = poll.max or 5 }
  local stop = seconds and sys.now() + seconds or math.huge
  while true do
    local left = stop - sys.now()
    if left <= 0 then return nil, reading.timeout(self.name, id, seconds) end
    flow.sleep(math.min(state.pause, left))
    state.pause = math.max(state.pause, state.least)
    local entry, why = look(self, id, state)
    if why then return nil, why end
    if entry then return reading.ended(self.name, id, entry) end
  end
end

return watch
