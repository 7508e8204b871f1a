-- AI apps and quick create: what an app takes, the list of apps, styles, and running them.

local callers = require "rhub.sandbox.callers"
local json = require "rhub.json"
local replies = require "rhub.sandbox.replies"
local runs = require "rhub.sandbox.runs"
local shapes = require "rhub.sandbox.shapes"
local stored = require "rhub.sandbox.stored"

local apps = {}

local NO_PERMISSION = "暂无权限调用该内容 | no permission to call this content"

local function refuse(code, message)
  return replies.json(shapes.refuse_a(code, message))
end

-- ---- what there is ----------------------------------------------------------------------------

-- The inputs with their present values, as text.
local function inputs_of(app)
  local nodes, list = stored.graph(app), {}
  for i, one in ipairs(app.inputs) do
    list[i] = { nodeId = one[1], nodeName = one[2], fieldName = one[3],
      fieldValue = tostring(nodes[one[1]].inputs[one[3]]), fieldType = one[4],
      fieldData = one[5] or json.null,
      description = one[6], descriptionEn = one[7] }
  end
  return json.array(list)
end

local function example(box, app)
  local body = { nodeInfoList = inputs_of(app), instanceType = "default" }
  return ("curl --location --request POST '%s/openapi/v2/run/ai-app/%s' --header 'Content-Type: "
    .. "application/json' --header 'Authorization: Bearer ${RUNNINGHUB_API_KEY}' --data-raw '%s'")
    :format(box.base, app.id, json.encode(body, { sort = true }))
end

---@return table reply
function apps.demo(box, call)
  if call.method ~= "GET" then return refuse("412") end
  local account, code = callers.by_key(box, call.request:query("apiKey"))
  if not account then return refuse(code) end
  local id = runs.id(call.request:query("webappId"))
  if not id then return refuse("301", "webappId must be greater than 0") end
  local app = stored.app(id)
  if not app then return refuse("901") end
  local counts = { likeCount = "3", downloadCount = "0", useCount = "12", pv = "40", collectCount = "1" }
  return replies.json(shapes.ok {
    curl = example(box, app), accessEncrypted = app.password ~= nil, webappName = app.title,
    statisticsInfo = counts, nodeInfoList = inputs_of(app), covers = json.array {}, tags = json.array {},
  })
end

local SORTS = { RECOMMEND = true, HOTTEST = true, NEWEST = true }

local function whole(value, otherwise)
  if value == nil or value == json.null then return otherwise end
  return math.tointeger(value)
end

---@return table reply
function apps.list(box, call)
  -- The official client sends the bare key here; that "Bearer" is taken too, nobody has told yet.
  local account, code = callers.by_key(box, call.request:header("Authorization"))
  if not account then return refuse(code) end
  local body, wrong, why = callers.object(call)
  if not body then return refuse(wrong, why) end
  local current, size = whole(body.current, 1), whole(body.size, 10)
  if not current or current < 1 or not size or size < 1 or size > 50 then return refuse("301") end
  if body.sort ~= nil and not SORTS[body.sort] then return refuse("301", "sort is invalid") end
  local records = {}
  for i = (current - 1) * size + 1, math.min(current * size, #stored.APPS) do
    local app = stored.APPS[i]
    records[#records + 1] = { title = app.title, description = "an app of the sandbox", cover = "",
      invokeExample = example(box, app) }
  end
  return replies.json(shapes.ok { records = json.array(records), current = current, size = size,
    total = #stored.APPS, pages = (#stored.APPS + size - 1) // size,
    hasNext = current * size < #stored.APPS })
end

-- ---- running ----------------------------------------------------------------------------------

local function run(box, call, form, body, account, id, fields)
  local problem = not id and "webappId must be greater than 0" or runs.problem(body, fields)
  if not problem and (type(body.nodeInfoList) ~= "table" or #body.nodeInfoList == 0) then
    problem = "nodeInfoList is missing"
  end
  if problem then return form.refuse("301", problem) end
  local app = stored.app(id)
  if not app then return form.refuse("901") end
  if app.password and body.accessPassword ~= app.password then return form.refuse(1, NO_PERMISSION) end
  body.workflow = nil -- an app's graph is its maker's
  return runs.start(box, call, { form = form, body = body, account = account,
    label = (fields and "quick/" or "app/") .. id, output = app.output, nodes = stored.graph(app) })
end

---@return table reply
function apps.create(box, call)
  local form = runs.FORMS.legacy
  local body, account = form.read(box, call)
  if not body then return form.refuse(account) end
  return run(box, call, form, body, account, runs.id(body.webappId))
end

---@return table reply
function apps.run(box, call)
  local form = runs.FORMS.v2
  local body, account, why = form.read(box, call)
  if not body then return form.refuse(account, why) end
  return run(box, call, form, body, account, runs.id(call.path:match("/run/ai%-app/(%d+)$")))
end

-- ---- quick create -----------------------------------------------------------------------------

local STYLES = {
  { id = "1", modelName = "Ink", modelTrigger = "ink wash", modelLoar1FileName = "ink.safetensors" },
  { id = "2", modelName = "Neon", modelTrigger = "neon street", modelLoar1FileName = "neon.safetensors" },
}

---@return table reply
function apps.styles(_, call)
  local body, code, why = callers.object(call)
  if not body then return refuse(code == "1007" and "301" or "412", why) end
  local id = runs.id(body.webappId)
  if not id or body.type ~= 2 then return refuse("301") end
  if not stored.app(id) then return refuse("901") end
  local list = {}
  for i, style in ipairs(STYLES) do
    list[i] = { id = style.id, type = 2, webappId = id, modelCategory = "style", modelName = style.modelName,
      modelKey = "style-" .. style.id, modelPreviewUrl = "", content = "", modelTrigger = style.modelTrigger,
      modelLoar1FileName = style.modelLoar1FileName, modelLoar1Weight = "0.8",
      modelLoar2FileName = json.null, modelLoar2Weight = json.null }
  end
  return replies.json(shapes.ok(json.array(list)))
end

local QUICK_FIELDS = { "nodeId", "nodeName", "fieldName", "fieldType", "fieldValue", "description" }

---@return table reply
function apps.quick(box, call)
  local form = runs.FORMS.legacy
  local body, account = form.read(box, call)
  if not body then return form.refuse(account) end
  if type(body.quickCreateCode) ~= "string" or not body.quickCreateCode:find("^%d%d%d$") then
    return form.refuse("301", "quickCreateCode is missing")
  end
  return run(box, call, form, body, account, runs.id(body.webappId), QUICK_FIELDS)
end

return apps
