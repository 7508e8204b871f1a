-- The two shapes in which RunningHub answers, as JSON text: A, the legacy envelope, and B, the flat task.

local json = require "rhub.json"

local shapes = {}

-- What the service says beside a code. Clients must not depend on it.
local MESSAGES = {
  ["301"] = "PARAMS_INVALID", ["380"] = "WORKFLOW_NOT_EXISTS", ["412"] = "TOKEN_INVALID",
  ["414"] = "TASK_CREATE_FAILED_BY_NOT_ENOUGH_POWER_VALUE", ["415"] = "TASK_INSTANCE_MAXED",
  ["416"] = "TASK_CREATE_FAILED_BY_NOT_ENOUGH_WALLET",
  ["421"] = "api queue limit reached, please retry later | API 并发数已达上线，请降低并发或稍后重试",
  ["423"] = "TASK_NOT_FOUNED", ["433"] = "VALIDATE_PROMPT_FAILED",
  ["435"] = "TASK_USER_EXCLAPI_INSTANCE_NOT_FOUND", ["436"] = "TASK_USER_EXCLAPI_REQUIRED",
  ["500"] = "UNKNOWN_ERROR", ["801"] = "APIKEY_UNSUPPORTED_FREE_USER", ["802"] = "APIKEY_UNAUTHORIZED",
  ["803"] = "APIKEY_INVALID_NODE_INFO", ["804"] = "APIKEY_TASK_IS_RUNNING",
  ["805"] = "APIKEY_TASK_STATUS_ERROR",
  ["807"] = "APIKEY_TASK_NOT_FOUND", ["808"] = "APIKEY_UPLOAD_FAILED", ["809"] = "APIKEY_FILE_SIZE_EXCEEDED",
  ["810"] = "WORKFLOW_NOT_SAVED_OR_NOT_RUNNING", ["812"] = "CORPAPIKEY_INSUFFICIENT_FUNDS",
  ["813"] = "APIKEY_TASK_IS_QUEUED", ["814"] = "PERSONAL_QUEUE_COUNT_LIMIT", ["901"] = "WEBAPP_NOT_EXISTS",
  ["1000"] = "Unknown error | 未知错误", ["1001"] = "Invalid URL | 无效的URL",
  ["1002"] = "Invalid API key | API Key无效", ["1003"] = "Rate limit exceeded | 请求过于频繁",
  ["1004"] = "Task not found, please check the task ID | 任务不存在或已过期，请检查任务ID",
  ["1005"] = "Internal error | 内部错误", ["1007"] = "Invalid parameters | 参数错误",
  ["1008"] = "File too large | 文件过大", ["1009"] = "Method not supported | 不支持的请求方式",
  ["1010"] = "Service unavailable | 服务不可用", ["1011"] = "System busy | 系统繁忙",
  ["1014"] = "Access Denied: Standard Model API is restricted to Enterprise-Shared API Keys only.|"
    .. "标准模型API仅限企业级共享API Key使用",
  ["1501"] = "Content verification failed, please change the input | 内容审核未通过，请修改输入",
  ["1520"] = "Concurrency limit reached | 并发数已达上限",
}

---@param code string|integer
---@return string
function shapes.message(code)
  return MESSAGES[tostring(code)] or ("error " .. tostring(code))
end

---@param data any Lua value; nil: null
---@return string
function shapes.ok(data, message)
  if data == nil then data = json.null end
  return (assert(json.encode { code = 0, msg = message or "success", data = data }))
end

-- Shape A with an error.
---@param code string|integer
---@param message? string
---@param word? string "message" in place of "msg"
---@param data? any
function shapes.refuse_a(code, message, word, data)
  local number = math.tointeger(tonumber(code)) or code
  if data == nil then data = json.null end
  return (assert(json.encode {
    code = number, [word or "msg"] = message or shapes.message(code), data = data,
  }))
end

-- Shape B with an error and no task.
---@param code string|integer
---@param message? string
---@param task_id? string echoed by queries
---@param tips? string    what is wrong with a graph
function shapes.refuse_b(code, message, task_id, tips)
  return (assert(json.encode {
    taskId = task_id or "", status = "", errorCode = tostring(code),
    errorMessage = message or shapes.message(code), results = json.null, clientId = "",
    promptTips = tips or "",
    failedReason = task_id and {} or nil, usage = task_id and json.null or nil,
  }))
end

-- Shape B inside shape A, as some proxies do it.
---@param inner string JSON text
function shapes.wrap(inner)
  return '{"code":0,"msg":"success","data":' .. inner .. "}"
end

return shapes
