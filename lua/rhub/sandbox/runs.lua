-- How workflows and AI apps are run: the two forms of a call, what is looked at and in which order
-- (parameters, the thing itself, the kind of key, the balance, the graph, a free place), and the task that
-- comes of it.

local callers = require "rhub.sandbox.callers"
local graph = require "rhub.graph"
local graphs = require "rhub.sandbox.graphs"
local json = require "rhub.json"
local replies = require "rhub.sandbox.replies"
local shapes = require "rhub.sandbox.shapes"
local views = require "rhub.sandbox.views"

local runs = {}

local PERSONAL_QUEUE = 1000 -- tasks that may wait for a rented machine

-- ---- the two forms ----------------------------------------------------------------------------

---@class rhub.sandbox.form
---@field read fun(box: rhub.sandbox, call: table): table?, any, string?  body and account, or nil, code, text
---@field refuse fun(code: string|integer, message?: string, verdict?: table): table
---@field accept fun(box: rhub.sandbox, task: rhub.sandbox.task): table

local function as_text(verdict) return verdict and assert(json.encode(verdict, { sort = true })) end

---@type table<string, rhub.sandbox.form>
runs.FORMS = {
  -- The key in the body, the answer in shape A.
  legacy = {
    read = function(box, call) return callers.body(box, call, "apiKey") end,
    refuse = function(code, message, verdict)
      return replies.json(shapes.refuse_a(code, message, nil, as_text(verdict)))
    end,
    accept = function(box, task) return replies.json(views.created(box, task)) end,
  },
  -- The key in the header, the answer in shape B.
  v2 = {
    read = function(box, call)
      local account, code = callers.bearer(box, call)
      if not account then return nil, code end
      local body, wrong, why = callers.object(call)
      if not body then return nil, wrong, why end
      return body, account
    end,
    refuse = function(code, message, verdict)
      return replies.json(shapes.refuse_b(code, message, nil, as_text(verdict)))
    end,
    accept = function(box, task) return replies.json(views.submitted(box, task)) end,
  },
}

-- ---- parameters -------------------------------------------------------------------------------

---@param value any text or a number
---@return string|nil
function runs.id(value)
  local text = (type(value) == "string" or math.type(value) == "integer") and tostring(value) or ""
  if not text:find("^%d+$") or #text > 19 or text:find("^0+$") then return nil end
  return text
end

local function is_truth(value)
  return type(value) == "boolean" or value == "true" or value == "false"
end

local MACHINES = { default = 1, plus = 2, ultra = 3 }

local CHECKS = {
  addMetadata = is_truth, usePersonalQueue = is_truth, randomSeed = is_truth,
  instanceType = function(value) return MACHINES[value] ~= nil end,
  retainSeconds = function(value)
    local n = math.tointeger(tonumber(value))
    return n ~= nil and n >= 10 and n <= 180
  end,
  webhookUrl = function(value) return type(value) == "string" and value:find("^https?://[^/]") ~= nil end,
  accessPassword = function(value) return type(value) == "string" end,
  workflow = function(value) return type(value) == "string" end,
}

local function item_problem(item, fields)
  if type(item) ~= "table" then return "nodeInfoList: an item is an object" end
  for _, name in ipairs(fields) do
    local value = item[name]
    if value == nil or name ~= "fieldValue" and type(value) ~= "string" and math.type(value) == nil then
      return "nodeInfoList: " .. name .. " is missing"
    end
  end
end

local FIELDS = { "nodeId", "fieldName", "fieldValue" }

-- What is wrong with the common parameters, or nil.
---@param body table
---@param fields? string[] what each item of nodeInfoList must have
---@return string|nil
function runs.problem(body, fields)
  for name, fits in pairs(CHECKS) do
    local value = body[name]
    if value ~= nil and value ~= json.null and not fits(value) then return name .. " is invalid" end
  end
  local list = body.nodeInfoList
  if list == nil or list == json.null then return nil end
  if type(list) ~= "table" or next(list) ~= nil and #list == 0 then return "nodeInfoList is no list" end
  for _, item in ipairs(list) do
    local problem = item_problem(item, fields or FIELDS)
    if problem then return problem end
  end
end

-- ---- gates ------------------------------------------------------------------------------------

local function truth(value) return value == true or value == "true" end

local NO_FUNDS = { NORMAL = "414", SHARED = "812", EXCLUSIVE = "416" }

-- What this kind of key may not do, and an empty balance.
local function gate(account, body)
  local machine = body.instanceType or "default"
  if truth(body.usePersonalQueue) and account.kind ~= "EXCLUSIVE" then return "436" end
  if account.kind == "EXCLUSIVE" and machine ~= "default" then return "435" end
  if account.kind == "NORMAL" and body.retainSeconds then
    return "301", "retainSeconds needs an enterprise shared key"
  end
  local left = account.kind == "NORMAL" and account.coins or account.money
  if left <= 0 then return NO_FUNDS[account.kind] end
end

local function full(account, body)
  if account.held < account.limit then return nil end
  if not truth(body.usePersonalQueue) then return "421" end
  return account.held >= account.limit + PERSONAL_QUEUE and "814" or nil
end

-- The graph that is to run: the stored one with the overrides, or the one that was sent in its place.
local function prepare(nodes, body)
  local list = type(body.nodeInfoList) == "table" and body.nodeInfoList or {}
  if #list > 0 then
    local reason = nodes and graphs.override(nodes, list) or not nodes and "node_not_found_in_workflow"
    if reason then return nil, "803", "APIKEY_INVALID_NODE_INFO: " .. reason end
  end
  if type(body.workflow) ~= "string" then return nodes end
  local own, problem = graph.read(body.workflow)
  if not own then return nil, "433", "VALIDATE_PROMPT_FAILED: the graph " .. problem end
  return own
end

-- ---- the task ---------------------------------------------------------------------------------

local COINS, MONEY = 2, 20 -- a second of a default machine: tenths of a coin, ten-thousandths of a CNY

local function make(box, call, job, nodes, verdict)
  local script, account = call.script or {}, job.account
  local files, params = graphs.files(nodes, verdict.outputs_to_execute), graphs.params(nodes)
  params.webhookUrl = job.body.webhookUrl
  local factor = MACHINES[job.body.instanceType or "default"]
  local output = files[1] and files[1].kind == "mp4" and "video" or job.output
  local task = box.tasks:make {
    account = account, endpoint = job.label, output = output, params = params,
    body = call.body, price = 0, script = script, duration = script.seconds or box:duration(output),
    tips = as_text(verdict), makes = files, nodes = nodes, legacy = job.form == runs.FORMS.legacy,
    meter = account.kind == "NORMAL" and { coins = COINS * factor } or { money = MONEY * factor },
  }
  box.stats:accepted(task)
  if script.at_submit then box.tasks:finish(task, script["end"] or "SUCCESS") end
  return task
end

---@class rhub.sandbox.job
---@field form rhub.sandbox.form
---@field body table
---@field account rhub.sandbox.account
---@field nodes rhub.graph|nil  the stored graph
---@field output string
---@field label string

-- Everything from the kind of key on; what is before it is the caller's.
---@param box rhub.sandbox
---@param call table
---@param job rhub.sandbox.job
---@return table reply
function runs.start(box, call, job)
  local form = job.form
  box.tasks:sweep()
  local code, message = gate(job.account, job.body)
  if code then return form.refuse(code, message) end
  local nodes
  nodes, code, message = prepare(job.nodes, job.body)
  if not nodes then return form.refuse(code, message) end
  local verdict = graphs.validate(nodes, box.uploads)
  if not verdict.result then return form.refuse("433", nil, verdict) end
  code = full(job.account, job.body)
  if code then return form.refuse(code) end
  return form.accept(box, make(box, call, job, nodes, verdict))
end

return runs
