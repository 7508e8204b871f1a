-- What a webhook carries, in each of the shapes that receivers have seen.

local json = require "rhub.json"
local shapes = require "rhub.sandbox.shapes"
local views = require "rhub.sandbox.views"

local payloads = {}

local EVENT = "TASK_END"

local function envelope(task, data)
  return { event = EVENT, taskId = task.id, eventData = data }
end

-- What the outputs call would say, but with the seconds as a number.
local function outputs(box, task)
  local data = views.legacy(box, task)
  if task.final ~= "SUCCESS" then return shapes.refuse_a("805", nil, nil, data) end
  for _, item in ipairs(data) do item.taskCostTime = math.tointeger(tonumber(item.taskCostTime)) or 0 end
  return shapes.ok(data)
end

local function query(box, task)
  return assert(json.decode(views.query(box, task)))
end

local SHAPES = {}

-- eventData is a string: the older calls.
function SHAPES.string(box, task) return envelope(task, outputs(box, task)) end

-- eventData is an object as a query shows it: models and runs under /openapi/v2.
function SHAPES.object(box, task) return envelope(task, query(box, task)) end

function SHAPES.wrapped(box, task)
  local whole = query(box, task)
  local data = { status = whole.status, results = whole.results }
  return envelope(task, { code = 0, msg = "success", data = data })
end

function SHAPES.bare(box, task) return query(box, task) end

function SHAPES.no_status(box, task)
  local whole = query(box, task)
  whole.status = nil
  return envelope(task, whole)
end

---@param shape any
---@return boolean
function payloads.known(shape) return SHAPES[shape] ~= nil end

-- The body, and the part of it that the service keeps as the event's data.
---@param box rhub.sandbox
---@param task rhub.sandbox.task
---@param shape? string
---@return string body, string data
function payloads.of(box, task, shape)
  local value = SHAPES[shape or task.legacy and "string" or "object"](box, task)
  local data = value.eventData or value
  return assert(json.encode(value)), type(data) == "string" and data or assert(json.encode(data))
end

payloads.EVENT = EVENT

return payloads
