-- What a webhook brings, in whatever shape: eventData as a string or an object, either of them wrapped once
-- more, or no envelope at all. Only the task's id is taken from it: the rest is asked for.

local json = require "rhub.json"

local payload = {}

local MOST_LAYERS = 4

local function id_of(value)
  if math.type(value) == "integer" then value = tostring(value) end
  if type(value) ~= "string" then return nil end
  if value:find("^%d+$") and #value <= 19 and not value:find("^0+$") then return value end
end

-- A layer as an object, also where it is one in a string.
local function open(value)
  if type(value) == "string" then value = json.decode(value) end
  return type(value) == "table" and value or nil
end

-- The first id from the outside in.
local function find(value, layers)
  value = open(value)
  if not value or layers == 0 then return nil end
  return id_of(value.taskId) or id_of(value.task_id) or find(value.eventData, layers - 1)
    or find(value.data, layers - 1)
end

-- One odd byte must not hide a task that is paid for: the id can be read from text that is no JSON.
local function find_in_text(text)
  return id_of(text:match([["taskId\?"%s*:%s*\?"?(%d+)]]))
end

---@param text string the body as it came
---@return string|nil task_id
---@return boolean readable it is a JSON object
---@return string|nil event "TASK_END"
function payload.read(text)
  local value = json.decode(text)
  if type(value) ~= "table" or getmetatable(value) == json.array_mt then
    return find_in_text(text), false
  end
  return find(value, MOST_LAYERS), true, type(value.event) == "string" and value.event or nil
end

return payload
