-- Stored workflows: their graphs, and running them in both forms.

local callers = require "rhub.sandbox.callers"
local json = require "rhub.json"
local replies = require "rhub.sandbox.replies"
local runs = require "rhub.sandbox.runs"
local shapes = require "rhub.sandbox.shapes"
local stored = require "rhub.sandbox.stored"

local workflows = {}

-- Which code the service has for this, nobody has told yet.
local NO_PERMISSION = "暂无权限调用该内容 | no permission to call this content"

---@return table reply
function workflows.graph(box, call)
  local body, code = callers.body(box, call, "apiKey")
  if not body then return replies.json(shapes.refuse_a(code --[[@as string]])) end
  local id = runs.id(body.workflowId)
  if not id then return replies.json(shapes.refuse_a("301", "workflowId must be greater than 0")) end
  local workflow = stored.workflow(id)
  if not workflow then return replies.json(shapes.refuse_a("380")) end
  if workflow.password then return replies.json(shapes.refuse_a(1, NO_PERMISSION)) end
  local prompt = assert(json.encode(stored.graph(workflow), { sort = true }))
  return replies.json(shapes.ok({ prompt = prompt }, "SUCCESS"))
end

-- The stored workflow, or nil and the refusal. A graph that is sent along stands in for any.
local function find(form, id, body)
  local workflow = stored.workflow(id)
  if not workflow then
    if type(body.workflow) == "string" then return { output = "image" } end
    return nil, form.refuse("380")
  end
  if workflow.never_run then return nil, form.refuse("810") end
  if workflow.password and body.accessPassword ~= workflow.password then
    return nil, form.refuse(1, NO_PERMISSION)
  end
  return workflow
end

local function run(box, call, form, body, account, id)
  local problem = not id and "workflowId must be greater than 0" or runs.problem(body)
  if problem then return form.refuse("301", problem) end
  local workflow, refusal = find(form, id, body)
  if not workflow then return refusal end
  return runs.start(box, call, { form = form, body = body, account = account, label = "workflow/" .. id,
    output = workflow.output, nodes = workflow.make and stored.graph(workflow) })
end

---@return table reply
function workflows.create(box, call)
  local form = runs.FORMS.legacy
  local body, account = form.read(box, call)
  if not body then return form.refuse(account) end
  return run(box, call, form, body, account, runs.id(body.workflowId))
end

---@return table reply
function workflows.run(box, call)
  local form = runs.FORMS.v2
  local body, account, why = form.read(box, call)
  if not body then return form.refuse(account, why) end
  return run(box, call, form, body, account, runs.id(call.path:match("/run/workflow/(%d+)$")))
end

return workflows
