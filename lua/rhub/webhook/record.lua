-- What the service has sent for a task, and having it sent again: `hub:webhook`.

local account = require "rhub.account"
local errors = require "rhub.errors"
local json = require "rhub.json"
local tasks = require "rhub.tasks"

local record = {}

---@class rhub.webhook          what the service has sent for a task
---@field task_id string
---@field id string             of the record
---@field url string|nil        where to
---@field event string|nil      "TASK_END"
---@field status string|nil     "SUCCESS", "FAILED": whether somebody took it
---@field response string|nil   what the receiver answered, or why there was no answer
---@field retries integer|nil
---@field created string|nil    "2025-03-25T16:05:07", the service's own clock
---@field updated string|nil
---@field data string|nil       what it said
local Record = { __name = "rhub.webhook" }
Record.__index = Record

local function text(value)
  if value == nil or value == json.null or value == "" then return nil end
  return type(value) == "table" and json.encode(value) or tostring(value)
end

local DETAIL = { path = "/task/openapi/getWebhookDetail", key = "apiKey" }
local RETRY = { path = "/task/openapi/retryWebhook", key = "apiKey" }

local function call(self, which, body)
  return account.call(self, { path = which.path, key = which.key, body = body })
end

-- What is wrong with an address for a webhook, or nil.
---@param url any
---@return rhub.error|nil
function record.check_url(url)
  if type(url) == "string" and url:find("^https?://[^%s%c]+$") then return nil end
  return errors.input(("resend: url %s is not allowed: an http or https address"):format(tostring(url)))
end

-- Has the service send it once more, to another address where one is given.
---@param options? { url?: string }
---@return true|nil
---@return rhub.error|nil
function Record:resend(options)
  local url = options and options.url
  local err = url ~= nil and record.check_url(url) or nil
  if err then return nil, err end
  local _
  _, err = call(self.hub, RETRY, { webhookId = self.id, webhookUrl = url })
  if err then
    err.task_id = err.task_id or self.task_id
    return nil, err
  end
  return true
end

function Record:__tostring()
  return ("rhub.webhook of task %s (%s)"):format(self.task_id, self.status or "not told")
end

-- What the service has sent for a task that was given a webhook; kind "gone" where it has sent nothing.
---@param task_id string
---@return rhub.webhook|nil
---@return rhub.error|nil
function record.of(self, task_id)
  local data
  local err = tasks.check_id(task_id)
  if err then return nil, err end
  data, err = call(self, DETAIL, { taskId = task_id })
  if err and err.code == "1" or not err and type(data) ~= "table" then
    return nil, errors.new { kind = "gone", code = err and err.code, task_id = task_id,
      message = ("task %s: the service has sent no webhook for it"):format(task_id) }
  elseif err then
    err.task_id = err.task_id or task_id
    return nil, err
  end
  return setmetatable({ hub = self, task_id = task_id, id = text(data.id), url = text(data.webhookUrl),
    event = text(data.event), status = text(data.callbackStatus), response = text(data.callbackResponse),
    retries = math.tointeger(tonumber(text(data.retryCount))), created = text(data.createTime),
    updated = text(data.updateTime), data = text(data.eventData) }, Record)
end

return record
