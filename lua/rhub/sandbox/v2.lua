-- The calls under /openapi/v2: submit, query, queue status, price preview. Each takes the sandbox and
-- a call {request, method, path, body, script} and returns a reply.

local callers = require "rhub.sandbox.callers"
local catalogue = require "rhub.catalogue"
local check = require "rhub.sandbox.check"
local json = require "rhub.json"
local money = require "rhub.money"
local price = require "rhub.sandbox.price"
local replies = require "rhub.sandbox.replies"
local shapes = require "rhub.sandbox.shapes"
local views = require "rhub.sandbox.views"

local v2 = {}

local PREFIX = "/openapi/v2/"
local PRICE_PREFIX = PREFIX .. "price-preview/"

local function refuse(code, message, id)
  return replies.json(shapes.refuse_b(code, message, id))
end

-- ---- submit ----

local function find_model(box, endpoint)
  if box.models[endpoint] then return box.models[endpoint] end
  local model = catalogue.find(endpoint)
  if model and model.endpoint == endpoint and model.status ~= "removed" then return model end
end

-- What submit and price preview have in common: model and parameters, or the refusal.
local function admit(box, call, prefix)
  local account, code = callers.bearer(box, call)
  if not account then return nil, refuse(code) end
  local model = find_model(box, call.path:sub(#prefix + 1))
  if not model then return nil, refuse("1001") end
  local params, wrong, why = callers.object(call)
  if not params then return nil, refuse(wrong, why) end
  if account.kind ~= "SHARED" then return nil, refuse("1014") end
  local context = { lookup = box.uploads.lookup, asset = box.assets.lookup, account = account }
  local problem = model.params and check.problem(model, params, context)
  if problem then return nil, refuse("1007", problem) end
  return model, account, params
end

---@return table reply
function v2.submit(box, call)
  local model, account, params = admit(box, call, PREFIX)
  if not model then return account end
  local script, cost = call.script or {}, price.of(model, params)
  box.tasks:sweep()
  if account.money < cost then return refuse("812") end
  if account.held >= account.limit then return refuse("421") end
  local task = box.tasks:make {
    account = account, endpoint = call.path:sub(#PREFIX + 1), model = model, output = model.output,
    params = params, body = call.body, price = cost, script = script,
    duration = script.seconds or box:duration(model.output),
  }
  box.stats:accepted(task)
  if script.at_submit then box.tasks:finish(task, script["end"] or "SUCCESS") end
  return replies.json(views.submitted(box, task))
end

---@return table reply
function v2.price(box, call)
  local model, account, params = admit(box, call, PRICE_PREFIX)
  if not model then return account end
  return replies.json(assert(json.encode {
    errorCode = "", errorMessage = "",
    estimatedPrice = price.of(model, params) / money.UNIT, currency = "CNY",
    freeLimit = false, isFreeThisCall = false, priceText = "", priceTextEn = "", freeLimitCount = "0",
    remainingFreeLimitCount = "0",
  }))
end

-- ---- query ----

-- The id as text, or nil and what is wrong with it.
local function read_id(value)
  if value == nil or value == json.null then return nil, "taskId must not be null" end
  if math.type(value) == "float" then return nil, "failed to parse request body" end
  local text = tostring(value)
  if not text:find("^-?%d+$") then return nil, "failed to parse request body" end
  local number = math.tointeger(tonumber(text))
  if not number then return nil, "failed to parse request body" end
  if number <= 0 then return nil, "taskId must be greater than 0" end
  return text
end

---@return table reply
function v2.query(box, call)
  local account, code = callers.bearer(box, call)
  if not account then return refuse(code) end
  local body, wrong, why = callers.object(call)
  if not body then return refuse(wrong, why) end
  local id, problem = read_id(body.taskId)
  if not id then return refuse("1007", problem) end
  box.tasks:sweep()
  local task = box.tasks:find(id, account)
  if not task then return refuse("1004", nil, id) end
  box.tasks:asked(task)
  return replies.json(views.query(box, task))
end

-- ---- queue status ----

---@return table reply
function v2.queue(box, call)
  local account, code = callers.bearer(box, call)
  if not account then return replies.json(shapes.refuse_a(code)) end
  if call.method ~= "GET" then return replies.json(shapes.refuse_a("1009")) end
  box.tasks:sweep()
  local running, queued = box.tasks:count(account)
  return replies.json(shapes.ok {
    apiKeyType = account.kind, concurrentLimit = account.limit, runningCount = tostring(running),
    queuedCount = tostring(queued), totalCurrentTasks = tostring(running + queued),
    instanceCount = account.kind == "EXCLUSIVE" and account.limit or 0,
  })
end

return v2
