-- What becomes of a task: waiting for it, saving what it made, the answer for --json. For `run` and `task`.

local json = require "rhub.json"
local plain = require "rhub.cli.plain"
local sys = require "rhub.sys"
local target = require "rhub.cli.target"

local outcome = {}

-- What a task has come to, as fields for JSON.
---@param answer table
---@param task rhub.task one that has ended
function outcome.fill(answer, task)
  answer.task_id = task.id or json.null
  answer.model = task.model or json.null
  answer.status = task.status
  answer.outputs, answer.files = json.array {}, json.array {}
  answer.cost, answer.seconds = json.null, json.null
  local result = task.result
  if not result then return end
  for i, output in ipairs(result.outputs) do
    answer.outputs[i] = { url = output.url, type = output.type, text = output.text, node_id = output.node_id }
  end
  local cost = result.cost
  if cost then answer.cost = { amount = cost.amount, currency = cost.currency, coins = cost.coins } end
  answer.model = result.model or answer.model
  answer.seconds = math.floor(result.seconds * 1000 + 0.5) / 1000
end

local function add_files(answer, paths)
  for i, path in ipairs(paths or {}) do answer.files[i] = plain.path(path) end
end

-- Addresses and texts, for whoever reads standard output.
local function print_outputs(context, result)
  local show = sys.isatty(1) and plain.lines or function(text) return text end
  for _, output in ipairs(result.outputs) do context:print(show(output.url or output.text or "")) end
end

local function save(context, task, output)
  local result = task.result
  local paths, err = result:save(output, { overwrite = context.values.overwrite and true or false })
  add_files(context.answer, paths or err.saved)
  if not paths then
    err.task_id = err.task_id or result.task_id
    err.message = ("%s: rhub task %s -o %s"):format(err.message, plain.word(result.task_id),
      plain.word(output))
    return nil, err
  end
  if context.made then
    local ok
    ok, err = require("rhub.cli.beside").write(context.made, task, paths, context.values.overwrite)
    if not ok then return nil, err end
  end
  -- On a terminal the lines about them suffice.
  if context.values.quiet or not sys.isatty(1) then
    context:print(table.concat(context.answer.files, "\n"))
  end
  return true
end

-- Tells how a task has ended, and deals with its outputs.
---@param context rhub.cli.context
---@param task { id?: string, model?: string, status: string, result?: rhub.result, err?: rhub.error }
---@return true|nil
---@return rhub.error|nil
function outcome.tell(context, task)
  local result = task.result
  outcome.fill(context.answer, task)
  if not result then return nil, task.err end
  local output = context.values.output
  if output then return save(context, task, output) end
  print_outputs(context, result)
  return true
end

-- Waits for the task first.
---@param context rhub.cli.context
---@param task rhub.task
---@return true|nil
---@return rhub.error|nil
function outcome.of(context, task)
  task:wait()
  return outcome.tell(context, task)
end

-- Whether nothing can have been made that would need the folder.
local function came_to_nothing(err)
  return err.spent == "no" and not err.task_id
end

local function submit_and_wait(context, submit, problem)
  local hub, task
  local err = problem and problem()
  if err then return nil, err end
  hub, err = context:hub()
  if not hub then return nil, err end
  task, err = submit(hub)
  if not task then return nil, err end
  return outcome.of(context, task)
end

-- Looks at the target (-o), has `submit` submit a task, and deals with what becomes of it.
---@param context rhub.cli.context
---@param submit fun(hub: rhub.hub): rhub.task|nil, rhub.error|nil
---@param problem? fun(): rhub.error|nil what is wrong with the call, found out before there is a key
---@return true|nil
---@return rhub.error|nil
function outcome.run(context, submit, problem)
  local values = context.values
  local err = values.output and target.check(values.output, { fresh = true, overwrite = values.overwrite })
  if err then return nil, err end
  local done
  done, err = submit_and_wait(context, submit, problem)
  if err and came_to_nothing(err) then target.undo() end
  return done, err
end

return outcome
