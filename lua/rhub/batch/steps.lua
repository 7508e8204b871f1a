-- The hub that a row's function gets: the same hub, but each task that is submitted through it is a step of
-- the row, with a key of its own in the journal. So a chain that was interrupted goes on where it was.
--
-- A step is known by what it asks for, not by its number: the endpoint, the parameters as given, local files
-- by what they hold, earlier results by their jobs; and of equal ones in a row by its place among these. So
-- the order of steps does not matter, and what a changed script asks for is new work.

local step = require "rhub.batch.step"

local steps = {}

local NOT_YOURS = "%s in a row's function: the hub is the batch's, for all rows"

local TOO_LATE = "row %d has ended: what is submitted for it now would be paid and saved nowhere; have its "
  .. "function wait for the coroutine that submits it (:wait()), and return its result"

local function models_of(own)
  return setmetatable({}, {
    __index = function(_, name)
      return function(params, options) return own:run(name, params, options) end
    end,
  })
end

-- What has been made of ids (workflows, apps) is kept for all rows, but runs through the row's own hub.
local function pages_of(own, hub)
  return setmetatable({}, {
    __index = function(pages, name)
      local shared = hub.pages and hub.pages[name]
      if not shared then return nil end
      local meta = { __index = shared, __newindex = shared }
      for _, method in ipairs { "__name", "__tostring" } do meta[method] = getmetatable(shared)[method] end
      rawset(pages, name, setmetatable({ hub = own }, meta))
      return rawget(pages, name)
    end,
    __newindex = function(pages, name, made)
      made.hub, hub.pages = hub, hub.pages or {}
      hub.pages[name] = made
      return pages[name]
    end,
  })
end

-- ---- keys -----------------------------------------------------------------------------------------

local function digests_of(run, files)
  local lines = {}
  for i = 1, #files, 2 do
    lines[#lines + 1] = files[i] .. "\t" .. tostring(run.saver.digest(files[i + 1]))
  end
  table.sort(lines)
  return table.concat(lines, "\n")
end

-- `text`: what stands for the parameters, see rhub.identity.
local function key_of(run, item, name, text, files)
  local whole = table.concat({ name, text, digests_of(run, files) }, "\n")
  local digest = require("rhub.core").sha256(whole):sub(1, 16)
  local nth = (item.equal[digest] or 0) + 1
  item.equal[digest] = nth
  return ("%s/%s-%d"):format(item.key, digest, nth)
end

-- ---- the hub --------------------------------------------------------------------------------------

-- A hub for one row. What it has submitted is kept in the item: its tasks.
---@param run rhub.batch.run
---@param item rhub.batch.item
---@return rhub.hub
function steps.hub(run, item)
  local hub = run.hub
  item.tasks, item.equal, item.refused, item.over = {}, {}, nil, nil
  local own = { item = item }

  -- What rhub.submit asks of each task that it hands over: its key, and whether it is to be made anew.
  function own.next_job(_, call, name, files)
    if item.over then error(TOO_LATE:format(item.row.number), 0) end
    if not run.plan.script then
      call.job, call.fresh, call.save_as = item.key .. "/1", item.fresh, item.save_as
      if item.recorded then call.identity = nil end -- it is asked for without its call
      return
    end
    local text = call.identity or ""
    call.job = call.job or key_of(run, item, name, text, files)
    call.fresh = run.rows:ask(item, call.job, name, text) or call.fresh
  end

  function own.enlisted(_, task, key, send)
    item.tasks[#item.tasks + 1], item.task = task, task
    step.of(task, run, item, key, send)
  end

  function own.refused(_, err) item.refused = err end -- no task has come of it: this process is stopping

  function own.close() error(NOT_YOURS:format "hub:close()", 2) end
  function own.shutdown() error(NOT_YOURS:format "hub:shutdown()", 2) end

  own.models, own.pages = models_of(own), pages_of(own, hub)
  return setmetatable(own, {
    __index = hub,
    __newindex = function(_, name, value) hub[name] = value end,
    __tostring = tostring(hub),
  })
end

return steps
