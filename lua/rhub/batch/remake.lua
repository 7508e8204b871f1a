-- The call that a record beside an output tells of, made ready to be submitted once more: addresses of
-- earlier results live a day, so what they stood for is taken in their place.

local errors = require "rhub.errors"
local media = require "rhub.media"
local sys = require "rhub.sys"

local remake = {}

local function set(params, pointer, value)
  local holder, key
  for token in pointer:gmatch "/([^/]*)" do
    if key ~= nil then holder = holder[key] else holder = params end
    if type(holder) ~= "table" then return false end
    key = token:gsub("~1", "/"):gsub("~0", "~")
    if holder[key] == nil and token:find "^%d+$" then key = tonumber(token) + 1 end
  end
  if key == nil or holder[key] == nil then return false end
  holder[key] = value
  return true
end

-- The file that an earlier result was saved in: where it was, or beside the record.
local function file_of(input, dir)
  if type(input.path) ~= "string" then return nil end
  for _, path in ipairs { input.path, dir .. "/" .. input.path:match "[^/]*$" } do
    if sys.stat(path) then return path end
  end
end

local function missing(input, why)
  local file = type(input.path) == "string" and ("its file %s is missing"):format(input.path)
    or "no file of it was saved"
  local text = "%s was output %s of task %s; %s, and the service does not give it any more (%s); nothing "
    .. "was submitted"
  return errors.new { kind = "gone", message = text:format(input.pointer, tostring(input.output),
    input.task_id, file, why) }
end

-- A fresh address, asked of the service, which costs nothing.
local function ask(hub, input)
  local task, err = hub:task(input.task_id)
  local result
  if task then result, err = task:wait() end
  local output = result and result.outputs[input.output]
  if output and output.url then return output.url end
  return nil, missing(input, err and err.message or "it tells of no such output")
end

-- Puts in what earlier results were. `changed(path)` is told of local files that are no longer what they
-- were.
---@param fields table of sidecar.read
---@param dir string that the record lies in
---@param hub rhub.hub
---@param changed fun(path: string)
---@return table|nil params
---@return rhub.error|nil
function remake.params(fields, dir, hub, changed)
  for _, input in ipairs(fields.inputs or {}) do
    local path = input.task_id and file_of(input, dir) or input.path
    local now = type(path) == "string" and require("rhub.core").sha256_file(path)
    if now and type(input.sha256) == "string" and now ~= input.sha256 then changed(path) end
    if type(input.task_id) == "string" then
      local value, err = now and media.file(path), nil
      if not value then value, err = ask(hub, input) end
      if not value then return nil, err end
      if not set(fields.params, input.pointer, value) then
        return nil, errors.input(("inputs: there is no parameter %s; nothing was submitted")
          :format(input.pointer))
      end
    end
  end
  return fields.params
end

return remake
