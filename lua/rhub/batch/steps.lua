-- The hub that a row's function gets: the same hub, but each task that is submitted through it is a step of
-- the row, with a key of its own in the journal. So a chain that was interrupted goes on where it was.

local steps = {}

local function models_of(own)
  return setmetatable({}, {
    __index = function(_, name)
      return function(params, options) return own:run(name, params, options) end
    end,
  })
end

-- A hub for one row. What it has submitted is kept in the item: tasks, and by task the key and the
-- parameters.
---@param hub rhub.hub
---@param item rhub.batch.item
---@return rhub.hub
function steps.hub(hub, item)
  item.tasks, item.jobs, item.params, item.steps = {}, {}, {}, 0
  local own = { item = item }

  -- What rhub.submit asks for each task that it hands over: its key, whether it is to be made anew, and what
  -- is to stay with its job in the journal (save_as).
  function own.next_job(_, options)
    item.steps = item.steps + 1
    item.next_key = options.job or ("%s/%d"):format(item.key, item.steps)
    return item.next_key, options.fresh or item.fresh, item.save_as
  end

  function own.enlisted(_, task, params)
    item.tasks[#item.tasks + 1], item.task = task, task
    item.jobs[task], item.params[task] = item.next_key, params
  end

  own.models = models_of(own)
  return setmetatable(own, {
    __index = hub,
    __newindex = function(_, name, value) hub[name] = value end,
  })
end

-- The results that a row's function has returned: none, one, or a list.
---@param value any
---@return rhub.result[]
function steps.results(value)
  if type(value) ~= "table" then return {} end
  if type(value.outputs) == "table" and value.task_id then return { value } end
  local list = {}
  for _, one in ipairs(value) do
    if type(one) == "table" and type(one.outputs) == "table" and one.task_id then list[#list + 1] = one end
  end
  return list
end

-- The task that has made a result.
---@param item rhub.batch.item
---@param result rhub.result
---@return rhub.task|nil
function steps.task_of(item, result)
  for _, task in ipairs(item.tasks or {}) do
    if task.result == result then return task end
  end
end

return steps
