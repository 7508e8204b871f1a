-- Tasks by their ids, whoever submitted them and whenever: taken up again, looked at, cancelled. All of it is
-- free. Methods of a hub.

local account = require "rhub.account"
local errors = require "rhub.errors"
local json = require "rhub.json"
local money = require "rhub.money"
local observer = require "rhub.observer"
local result = require "rhub.result"
local task = require "rhub.task"

local tasks = {}

-- Ids are numbers of up to 19 digits; anything else would only be refused far away.
---@param id string
---@return rhub.error|nil
function tasks.check_id(id)
  if type(id) ~= "string" then error("a task's id is text, not a " .. type(id), 3) end
  if id:find("^%d+$") and #id <= 19 and not id:find("^0+$") then return nil end
  return errors.input(('"%s" is no task id: ids are numbers, like 2013508786110730241'):format(id))
end

-- Takes up a task of an earlier hour or day: it is waited for as one that was submitted here. With a journal,
-- how it ends is recorded of its job there, if that still runs.
---@param id string
---@param model? string         for messages and the usual duration
---@param options? { timeout?: number }
---@return rhub.task|nil
---@return rhub.error|nil
function tasks.task(self, id, model, options)
  local core = self:engine()
  local err = tasks.check_id(id)
  if err then return nil, err end
  local ticket, why = core:attach(id, model, options and options.timeout)
  if not ticket then return nil, errors.new(why) end
  local known = self:enlist(ticket, task.new(self, ticket, model, id))
  observer.tell("task", known)
  return known
end

-- ---- one call ---------------------------------------------------------------------------------

-- The path of an older call stands where the reader looks for the task.
local function of_task(err, path, id)
  err.message = err.message:gsub("^" .. path, "task " .. id)
  err.task_id = err.task_id or id
  return err
end

local function unreadable(id)
  return errors.new { kind = "protocol", task_id = id,
    message = ("task %s: the service answered nothing about it"):format(id) }
end

-- One of the older calls about a task: nil and the error, or the reply's `data`.
local function ask(self, path, id)
  local data, err = account.call(self, { path = path, body = { taskId = id }, key = "apiKey" })
  if err then return nil, of_task(err, path, id) end
  return data
end

local WORDS = {
  CREATE = "queued", QUEUED = "queued", RUNNING = "running", SUCCESS = "done",
  FAILED = "failed", ERROR = "failed", TIMEOUT = "failed",
  CANCEL = "cancelled", CANCELED = "cancelled", CANCELLED = "cancelled",
}

---@alias rhub.task_state "queued"|"running"|"done"|"failed"|"cancelled"

-- How a task stands on the service, by one call; what it has made is told by `outputs`, and by waiting for
-- hub:task(id). A word that nobody has listed comes back as it is, in lower case.
---@param id string
---@return rhub.task_state|string|nil
---@return rhub.error|nil kind "gone" where the service knows no such task
function tasks.status(self, id)
  local data, err = nil, tasks.check_id(id)
  if not err then data, err = ask(self, "/task/openapi/status", id) end
  if err then return nil, err end
  local word = type(data) == "string" and data:match("^%s*(.-)%s*$") or ""
  if word ~= "" then return WORDS[word:upper()] or word:lower() end
  return nil, unreadable(id)
end

-- Asks the service to cancel a task, whoever submitted it. What it has used is charged. It takes a moment:
-- hub:task(id):wait() tells how it has ended.
---@param id string
---@return true|nil
---@return rhub.error|nil kind "gone" for an unknown task, "rejected" for one that has ended
function tasks.cancel(self, id)
  local err = tasks.check_id(id) or select(2, ask(self, "/task/openapi/cancel", id))
  if err then return nil, err end
  return true
end

-- ---- outputs ----------------------------------------------------------------------------------

local function text(value)
  if value == nil or value == json.null or value == "" then return nil end
  return tostring(value)
end

-- The charge: each output repeats the task's.
local function charge(item, value)
  value.coins = text(item.consumeCoins)
  local own, other = money.of(item.consumeMoney), money.of(item.thirdPartyConsumeMoney)
  if own or other then value.amount = money.text((own or 0) + (other or 0)) end
end

local function finished(self, id, data, reply)
  local value = { task_id = id, outputs = {}, seconds = 0, raw = reply, currency = self:describe().currency }
  for i, item in ipairs(data) do
    if type(item) ~= "table" then item = {} end
    value.outputs[i] = { url = text(item.fileUrl), type = text(item.fileType), node_id = text(item.nodeId) }
    if i == 1 then
      charge(item, value)
      value.seconds = tonumber(text(item.taskCostTime)) or 0
    end
  end
  return result.new(value, self)
end

local MOST = 300 -- bytes of the service's own words

-- "KSampler (node 12): RuntimeError: out of memory"
local function reason_of(data)
  local why = type(data) == "table" and data.failedReason
  if type(why) ~= "table" then return type(why) == "string" and why or nil end
  local name, node = text(why.node_name), text(why.node_id)
  local where = name and node and ("%s (node %s)"):format(name, node) or name or node and "node " .. node
  local parts = { where }
  for _, field in ipairs { "exception_type", "exception_message" } do parts[#parts + 1] = text(why[field]) end
  return #parts > 0 and table.concat(parts, ": ") or nil
end

local function one_line(said)
  local line = said:gsub("[%s%c]+", " ")
  if #line > MOST then line = line:sub(1, utf8.offset(line, 0, MOST) - 1) end
  return line
end

local function failed(id, data)
  local reason = reason_of(data)
  local message = ("task %s failed%s"):format(id, reason and ": " .. one_line(reason) or "")
  if reason and reason:find("Porn", 1, true) then
    message = message .. "; the content check refused it: change the prompt or the picture"
  elseif reason and (reason:find("OutOfMemory", 1, true) or reason:find("显存告警", 1, true)) then
    message = message .. "; it needs more memory: a smaller size, or instanceType plus"
  end
  return errors.new { kind = "failed", code = "805", task_id = id, spent = "yes", message = message }
end

-- The older servers say success and mean a state.
local MEANT = { APIKEY_TASK_IS_RUNNING = "804", APIKEY_TASK_IS_QUEUED = "813",
  APIKEY_TASK_STATUS_ERROR = "805" }

-- Code, message and data of a reply in either shape; nothing of one in neither.
local function read(reply)
  if type(reply) ~= "table" then return nil end
  local code = text(reply.code) or text(reply.errorCode)
  local said = text(reply.msg) or text(reply.message) or text(reply.errorMessage)
  return code == "0" and MEANT[said] or code, said, reply.data
end

local STATES = { ["804"] = "running", ["813"] = "queued" }

-- Result, error and state of a reply.
local function told(self, id, whole)
  local code, said, data = read(json.decode(whole))
  if not code then return nil, unreadable(id) end
  if code == "805" then return nil, failed(id, data), "failed" end
  if STATES[code] then return nil, nil, STATES[code] end
  if code ~= "0" then
    local err = errors.new(require("rhub.core").code_error(code, "task " .. id, said))
    err.task_id, err.spent = id, "no"
    return nil, err
  end
  if type(data) == "table" then return finished(self, id, data, whole), nil, "done" end
  return nil, nil, "running"
end

-- What a task has made, by one call. Three things come back: the result, or the error, or, where it has not
-- ended yet, neither; and always the state:
--     local made, err, state = hub:outputs(id)
--     if made then made:save("out/") elseif err then print(err) else print(state) end
-- A text output comes as a file here; hub:task(id):wait() has the text itself.
---@param id string
---@return rhub.result|nil
---@return rhub.error|nil       kind "failed" with the node and its message, "gone", ...
---@return rhub.task_state|nil  nil where the call itself failed
function tasks.outputs(self, id)
  local path = "/task/openapi/outputs"
  local err = tasks.check_id(id)
  if err then return nil, err end
  local body = assert(json.encode { taskId = id })
  local whole
  whole, err = self:perform("call", { path = path, body = body, key = "apiKey", raw = true })
  if not whole then return nil, of_task(err, path, id) end
  return told(self, id, whole)
end

return tasks
