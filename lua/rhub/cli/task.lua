-- rhub task: look at a task that exists, wait for it, save what it has made. Costs nothing.

local json = require "rhub.json"
local options = require "rhub.cli.options"
local plain = require "rhub.cli.plain"
local tasks = require "rhub.tasks"

---@type rhub.cli.command
local task = {
  usage = "rhub task ID [--wait] [-o TARGET]",
  help = [[
Tells how a task stands. Costs nothing and may be done as often as you like.

  -w, --wait            wait for its end
  -o, --output TARGET   save its outputs, as rhub run does; when it has ended, or with --wait
  --overwrite           replace another file of that name
  --model MODEL         for messages only

With --json: task_id, model, status, outputs, files, cost, seconds, or error.
]],
  options = {
    { "wait", short = "w" },
    { "output", short = "o", value = "TARGET", read = options.text },
    { "overwrite" },
    { "model", value = "MODEL", read = options.text },
  },
  words = { 1, 1, what = "a task's id" },
  single = "attached",
}

local UNDER_WAY = { CREATE = "queued", QUEUED = "queued", RUNNING = "running" }

-- One question; nil when the task has ended, and then the engine reads the outcome.
local function look(hub, id)
  local reply, err = hub:call { path = "/openapi/v2/query", body = { taskId = id } }
  if err then return nil, err end
  local status = type(reply) == "table" and reply.status
  return type(status) == "string" and UNDER_WAY[status:upper()] or nil
end

-- Says that it goes on, and how to wait for it.
---@param context rhub.cli.context
---@param id string
---@param state string
---@return true
function task.tell(context, id, state)
  local answer = context.answer
  answer.task_id, answer.model, answer.status = id, context.values.model or json.null, state
  answer.outputs, answer.files = json.array {}, json.array {}
  answer.cost, answer.seconds = json.null, json.null
  local again = "rhub task " .. plain.word(id) .. " --wait -o " .. plain.word(context.values.output or "DIR")
  context:print(("%s  (wait for it: %s)"):format(state, again))
  return true
end

---@param context rhub.cli.context
function task.run(context)
  local values, id = context.values, context.words[1]
  local err = tasks.check_id(id)
    or values.output and require("rhub.cli.target").check(values.output, { overwrite = values.overwrite })
  if err then return nil, err end
  local hub
  hub, err = context:hub()
  if not hub then return nil, err end
  if not values.wait then
    local state = look(hub, id) -- an error is told by the engine below, in full
    if state then return task.tell(context, id, state) end
  end
  local known
  known, err = hub:task(id, values.model)
  if not known then return nil, err end
  return require("rhub.cli.outcome").of(context, known)
end

return task
