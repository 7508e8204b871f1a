-- A task as its replies show it: shape B for v2, the outputs list for the legacy calls.

local answers = require "rhub.sandbox.answers"
local json = require "rhub.json"
local media = require "rhub.sandbox.media"
local money = require "rhub.money"
local price = require "rhub.sandbox.price"
local shapes = require "rhub.sandbox.shapes"

local views = {}

local NODE_FAILURE = {
  exception_type = "RuntimeError", node_id = "12", node_name = "KSampler",
  exception_message = "the sandbox was told that this task fails",
  traceback = '["  File \\"execution.py\\", line 349, in execute\\n", "RuntimeError\\n"]',
  current_inputs = "{}", current_outputs = "{}",
}
local TIPS = [[{"result": true, "error": null, "outputs_to_execute": ["4"], "node_errors": {}}]]

local function quoted_id(task)
  return task.script.numeric_id and task.id or '"' .. task.id .. '"'
end

local function file_item(box, task, kind, index)
  return { url = box.base .. box.files:issue(task, kind, index), outputType = kind }
end

local function own_outputs(box, task)
  local kind = media.OF_OUTPUT[task.output] or "png"
  if kind == "txt" then
    return { { text = media.answer(tostring(task.params.prompt or "")), outputType = "txt" } }
  end
  local items = {}
  if task.makes and not task.script.count then
    for i, one in ipairs(task.makes) do
      items[i] = file_item(box, task, one.kind, i)
      items[i].nodeId = one.node
    end
    return items
  end
  for i = 1, task.script.count or price.outputs(task.model or {}, task.params) do
    items[i] = file_item(box, task, kind, i)
  end
  return items
end

-- The outputs of a task that has succeeded, made once; nil for null.
local function outputs(box, task)
  if task.script.results == json.null then return nil end
  if task.outputs then return task.outputs end
  local told = task.script.results or answers.of(task)
  local items = told and {} or own_outputs(box, task)
  for i, item in ipairs(told or {}) do
    items[i] = item.output and file_item(box, task, item.output, i) or item
  end
  task.outputs = items
  return items
end

local function results(box, task)
  if task.final ~= "SUCCESS" then return "null" end
  local items = outputs(box, task)
  if not items then return "null" end
  local url, text = "url", "text"
  if task.script.alias then url, text = "outputUrl", "content" end
  local list = {}
  for i, item in ipairs(items) do
    list[i] = {
      [url] = item.url or json.null, [text] = item.text or json.null,
      nodeId = item.nodeId or tostring(i + 1), outputType = item.outputType or item.type or json.null,
    }
  end
  return (assert(json.encode(json.array(list))))
end

-- By runtime: money or coins for the machine's seconds.
local function machine_usage(task, as_numbers)
  local money_text = task.coins == nil and money.text(task.price) or nil
  local usage = { consumeMoney = money_text, consumeCoins = task.coins and tostring(task.coins),
    taskCostTime = tostring(task.runtime) }
  for _, name in ipairs { "consumeMoney", "consumeCoins", "taskCostTime", "thirdPartyConsumeMoney" } do
    local value = usage[name]
    usage[name] = value and as_numbers and tonumber(value) or value or json.null
  end
  return (assert(json.encode(usage)))
end

local USAGE = '{"consumeMoney":null,"consumeCoins":null,"taskCostTime":%s,"thirdPartyConsumeMoney":%s}'

local function usage(task)
  local told = task.script.usage
  if not task.final or told == "none" then return "null" end
  if type(told) == "table" then return (assert(json.encode(told))) end
  if told == json.null then
    return USAGE:format("null", "null")
  end
  if task.meter then return machine_usage(task, told == "numbers") end
  if task.final == "FAILED" then return USAGE:format('"0"', "null") end
  local amount = money.text(task.price)
  if told == "numbers" then return USAGE:format("0", amount) end
  return USAGE:format('"0"', '"' .. amount .. '"')
end

local function failed_reason(task)
  local reason = task.script.failed_reason
  return reason == "node" and NODE_FAILURE or reason or {}
end

local function failure(task)
  if task.final ~= "FAILED" and not (task.final and task.script.code) then return '""', '""', "{}" end
  local code = tostring(task.script.code or "1000")
  local message = task.script.message or shapes.message(code)
  return json.encode(code), json.encode(message), json.encode(failed_reason(task))
end

local RUNNING = '{"taskId":"%s","status":"%s","errorCode":"","errorMessage":"","results":null,'
  .. '"clientId":"%s","promptTips":"","failedReason":{},"usage":null}'
local ENDED = '{"%s":%s,"parentTaskId":null,"status":%s,"errorCode":%s,"errorMessage":%s,"failedReason":%s,'
  .. '"usage":%s,"results":%s,"clientId":"%s","promptTips":""}'

local function wrapped(task, text)
  return task.script.wrapped and shapes.wrap(text) or text
end

-- What a query shows.
---@param box rhub.sandbox
---@param task rhub.sandbox.task
---@return string
function views.query(box, task)
  if task.reply then return task.reply end
  local status = box.tasks:status(task)
  if not task.final and next(task.script) == nil then
    return RUNNING:format(task.id, status, task.client_id)
  end
  local code, message, reason = failure(task)
  local text = wrapped(task, ENDED:format(task.script.alias and "task_id" or "taskId", quoted_id(task),
    json.encode(status), code, message, reason, usage(task), results(box, task), task.client_id))
  if task.final then task.reply = text end
  return text
end

local ACCEPTED = '{"%s":%s,"status":%s,"errorCode":"","errorMessage":"","results":null,"clientId":"%s",'
  .. '"promptTips":%s}'

-- What the submit's reply shows.
---@param box rhub.sandbox
---@param task rhub.sandbox.task
---@return string
function views.submitted(box, task)
  if task.final then return views.query(box, task) end
  return wrapped(task, ACCEPTED:format(task.script.alias and "task_id" or "taskId", quoted_id(task),
    json.encode(box.tasks:status(task)), task.client_id, json.encode(task.tips or TIPS)))
end

-- What the older submits show: shape A.
---@param box rhub.sandbox
---@param task rhub.sandbox.task
---@return string
function views.created(box, task)
  local id = task.script.numeric_id and math.tointeger(tonumber(task.id)) or task.id
  return (assert(json.encode { code = 0, msg = "success", errorMessages = json.null, data = {
    netWssUrl = box.progress:address(task), taskId = id, clientId = task.client_id,
    taskStatus = box.tasks:status(task), promptTips = task.tips or TIPS } }))
end

-- The older call knows files only: a text is one.
local function text_file(box, task, item, index)
  if not item.text then return json.null end
  return box.base .. box.files:issue(task, "txt", index, item.text)
end

-- Shape A's `data` of the legacy outputs call: a list for a finished task, {failedReason} for a failed one.
---@param box rhub.sandbox
---@param task rhub.sandbox.task
---@return table
function views.legacy(box, task)
  if task.final ~= "SUCCESS" then return { failedReason = failed_reason(task) } end
  local list = {}
  for i, item in ipairs(outputs(box, task) or {}) do
    list[i] = {
      fileUrl = item.url or text_file(box, task, item, i),
      fileType = item.outputType or item.url and "png" or "txt",
      nodeId = item.nodeId or tostring(i + 1), taskCostTime = tostring(task.runtime or 0),
      thirdPartyConsumeMoney = task.meter and json.null or money.text(task.price),
      consumeMoney = task.meter and not task.coins and money.text(task.price) or json.null,
      consumeCoins = task.coins and tostring(task.coins) or json.null,
    }
  end
  return json.array(list)
end

return views
