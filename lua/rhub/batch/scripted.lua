-- A row of a script: its function is called once, all that it has submitted is waited for, and what it has
-- returned is saved. Then the journal is told that the row is done, unless a step of it was stopped.

local flow = require "rhub.flow"
local provenance = require "rhub.batch.provenance"
local returned = require "rhub.batch.returned"
local steps = require "rhub.batch.steps"

local scripted = {}

-- Calls the function, in a coroutine of its own: what it does to that is an error of the row. Returns whether
-- it went well, and what it has returned or raised.
local function call(run, item)
  local hub, row = steps.hub(run, item), {}
  for name, value in pairs(item.row.values) do row[name] = value end -- names of files go by what was read
  local got, err = flow.all { function()
    return table.pack(xpcall(run.plan.script, returned.trace, row, hub))
  end }
  if not got then return false, err end
  return table.unpack(got[1], 1, got[1].n)
end

-- What was submitted is known to have ended; what waits for its turn still, and nobody for it, is left.
local function await_all(item, well)
  if not well then
    for _, task in ipairs(item.tasks) do task:abandon() end
  end
  local i = 0
  while i < #item.tasks do
    i = i + 1
    local task = item.tasks[i]
    if not task.done then
      local ok, cancelled = flow.await(task)
      if not ok then error(cancelled, 0) end
    end
  end
end

---@param run rhub.batch.run
---@param item rhub.batch.item
---@return rhub.result[]|nil none: it has submitted nothing
---@return rhub.error|nil
function scripted.results(run, item)
  run.rows:open(item)
  local well, value, err = call(run, item)
  await_all(item, well)
  item.over = true
  if well then return returned.results(item, value, err) end
  return returned.raised(item, value)
end

-- ---- saving ---------------------------------------------------------------------------------------

-- Those of the row's files that hold a result, where all of them are still there: of the last time that it
-- was done; or, of a job that no other row can have, of a time that was cut off.
local function files_of(run, item, result)
  local found, job = {}, result.job or ""
  for _, file in ipairs(item.kept.files) do
    if file.job == job then found[#found + 1] = file end
  end
  if #found == 0 and job:sub(1, #item.key + 1) == item.key .. "/" then
    local saved, count = run.record:job(job).saved or {}, #result.outputs
    for i = math.max(#saved - count, 0) + 1, #saved do
      found[#found + 1] = { job = job, path = saved[i].path, bytes = saved[i].bytes }
    end
  end
  return #found == #result.outputs and run.record:has(found) and found or nil
end

local function about(run, item, result)
  local job = result.job and run.record:job(result.job)
  local told = job and provenance.of(job, run.record, run.saver.digest, item.now)
    or { model = result.model or "?", params = {} }
  told.row = item.row.number
  return told
end

local function save_one(run, item, result, offset)
  if #result.outputs == 0 then return {} end
  local known = files_of(run, item, result)
  if known then return known end
  local saved, err = run.saver:fetch { result = result, again = true, ext = run.plan.names.ext,
    stem = function(n) return assert(run.plan.names:of(item.row, offset + n, result.model)) end,
    about = about(run, item, result), watch = function(op) item.saving = op end }
  if not saved then return nil, err end
  item.worked = true
  if result.job then item.now[result.job] = saved end
  run.saver:mark(result.job, saved, true)
  local files = {}
  for n, file in ipairs(saved) do
    files[n] = { job = result.job or "", path = file.path, bytes = file.bytes }
  end
  return files
end

-- In the order in which they were made: the record beside a file tells where earlier results were saved.
-- Names count in the order in which they were returned.
local function in_order(item, results)
  local list, offset, made = {}, 0, {}
  for i, task in ipairs(item.tasks) do made[task.result or task] = i end
  for i, result in ipairs(results) do
    list[i] = { result = result, offset = offset, at = made[result] or 0, nth = i }
    offset = offset + #result.outputs
  end
  table.sort(list, function(a, b) return a.at < b.at or a.at == b.at and a.nth < b.nth end)
  return list
end

---@param run rhub.batch.run
---@param item rhub.batch.item
---@param results rhub.result[]
---@return true|nil
---@return rhub.error|nil
function scripted.save(run, item, results)
  local by_result, all, paths = {}, {}, {}
  item.now = {}
  for _, one in ipairs(in_order(item, results)) do
    local files, err = save_one(run, item, one.result, one.offset)
    if not files then return nil, err end
    by_result[one.result] = files
  end
  for _, result in ipairs(results) do
    for _, file in ipairs(by_result[result]) do all[#all + 1], paths[#paths + 1] = file, file.path end
  end
  item.paths = paths
  if item.open then return true end -- what there is
  run.rows:close(item, all)
  return true
end

return scripted
