-- The wording of progress: a live line, a change that is told for good, what was uploaded and saved. Makes
-- text of tasks and files under way; writes nothing.

local plain = require "rhub.cli.plain"
local told = require "rhub.progress"
local sys = require "rhub.sys"

local rows = {}

-- How a task can have ended.
rows.ENDED = { done = true, failed = true, cancelled = true, timeout = true, unknown = true, gone = true }

-- Colours are marked by control bytes, of which no foreign text has any by now, and painted at the end.
local GOOD, BAD, DIM, OFF = "\1", "\2", "\3", "\4"
local CODES = { [GOOD] = "\27[32m", [BAD] = "\27[31m", [DIM] = "\27[2m", [OFF] = "\27[0m" }

-- Puts the colours in, or takes their marks out.
---@param text string
---@param colour boolean
---@return string
function rows.paint(text, colour)
  if not text:find("[\1-\4]") then return text end
  if not colour then return (text:gsub("[\1-\4]", "")) end
  local last = text:match("([\1-\4])[^\1-\4]*$")
  return (text:gsub("[\1-\4]", CODES)) .. (last ~= OFF and CODES[OFF] or "") -- its end may have been cut off
end

local function state_word(status)
  if status == "done" then return GOOD .. "done" .. OFF end
  if rows.ENDED[status] then return BAD .. status .. OFF end
  if status == "submitting" then return "sending" end
  return status
end

local USUAL_COLUMN = 29 -- the longest of the well-known models; ids are shorter

local function first_column(terminal, task)
  local name = plain.text(task.id or task.model or "task")
  terminal.column = math.max(terminal.column or USUAL_COLUMN, plain.cells(name))
  return "  " .. plain.pad(name, terminal.column) .. "   "
end

local function progress(info)
  local done, total = info.done or 0, info.total or 0
  if total == 0 then return done > 0 and plain.bytes(done) or "" end
  return ("%d %%  %s of %s"):format(done * 100 // total, plain.bytes(done), plain.bytes(total))
end

-- ---- live lines -------------------------------------------------------------------------------

local WIDEST_TITLE = 30

-- "node 3 KSampler 12/20", of what a machine has told.
local function at_work(task)
  local p = told.of(task)
  if not p then return "" end
  local title = p.title and " " .. plain.cut(plain.text(p.title), WIDEST_TITLE) or ""
  local steps = p.step and (" %g/%g"):format(p.step, p.steps) or ""
  return ("  node %s%s%s"):format(plain.text(p.node), title, steps)
end

local function how_far(info, task)
  if info.state == "waiting" then return "for a place" end
  if info.state == "uploading" then return progress(info) end
  if info.state == "submitting" then return "" end
  local text = plain.pad(plain.time(info.elapsed or 0), 5)
  if (info.usual or 0) > 0 then text = text .. "  usually " .. plain.time(info.usual) end
  return info.state == "running" and text .. at_work(task) or text
end

local function task_line(terminal, task)
  local info = task:info()
  if info.state == "ended" then info.state = task.status end -- the news of it is on its way
  if terminal.single then return ("%s  %s"):format(state_word(info.state), how_far(info, task)) end
  return first_column(terminal, task) .. plain.pad(state_word(info.state), 10) .. how_far(info, task)
end

local function job_line(job)
  local info = job:info()
  local speed = info.elapsed > 1 and plain.bytes(info.done / info.elapsed) .. "/s" or ""
  return ("%s %s  %s  %s"):format(job.doing or "saving", plain.text(job.target), progress(info), speed)
end

local ORDER = { "running", "queued", "submitting", "uploading", "waiting" }

local function rest_line(tasks, from, n)
  local counts, parts = {}, {}
  for i = from, #tasks do
    local status = tasks[i] and tasks[i].status
    if status then counts[status] = (counts[status] or 0) + 1 end
  end
  for _, status in ipairs(ORDER) do
    if counts[status] then parts[#parts + 1] = ("%d %s"):format(counts[status], state_word(status)) end
  end
  return ("  and %d more: %s"):format(n, table.concat(parts, ", "))
end

-- What stands at the bottom now: at most `most` lines and one that counts the rest.
---@param terminal rhub.cli.terminal
---@param most integer
---@return string[]
function rows.live(terminal, most)
  local lines = {}
  for _, job in ipairs(terminal.jobs) do
    if #lines < most and not job.done then lines[#lines + 1] = job_line(job) end
  end
  local left = terminal.unfinished
  for i, task in ipairs(terminal.tasks) do
    if task and #lines >= most then
      lines[#lines + 1] = rest_line(terminal.tasks, i, left)
      break
    elseif task then
      lines[#lines + 1] = task_line(terminal, task)
      left = left - 1
    end
  end
  return lines
end

-- ---- changes ----------------------------------------------------------------------------------

-- What a task's own files have become. `task.files` is pointer, path, pointer, path, ...
local function files_line(terminal, task)
  local list, bytes = {}, 0
  for i = 2, #(task.files or {}), 2 do
    local stat = sys.stat(task.files[i])
    bytes = bytes + (stat and stat.size or 0)
    list[#list + 1] = plain.text(task.files[i]:match("[^/]*$"))
  end
  if #list == 0 then return nil end
  local text = #list <= 3 and table.concat(list, ", ") or #list .. " files"
  text = ("%s -> uploaded %s"):format(text, plain.bytes(bytes))
  return terminal.single and text or first_column(terminal, task) .. text
end

local function cost_and_time(result)
  local parts = {}
  local cost = plain.money(result.cost)
  if cost then parts[1] = cost end
  if result.seconds > 0 then parts[#parts + 1] = plain.time(result.seconds) end
  return table.concat(parts, "   ")
end

-- An error's message without what the line has said already: the task or the model, and how it ended.
local function why(task, err)
  local text, name = err and err.message or "", task.id and "task " .. task.id or task.model
  if not name or text:sub(1, #name) ~= name then return plain.text(text) end
  text = text:sub(#name + 1):gsub("^ %b()", ""):gsub("^:? ", "")
  return plain.text((text:gsub("^was cancelled ", ""):gsub("^failed:? ?", "")))
end

local function end_line(terminal, task)
  local result, err = task.result, task.err
  if terminal.single then
    if result and terminal.target then terminal.sum = cost_and_time(result) end -- told with the file
    if not result or terminal.target then return nil end                        -- errors: by the command
    return ("%s  %s"):format(state_word "done", cost_and_time(result))
  end
  local line = first_column(terminal, task) .. plain.pad(state_word(task.status), 10)
  if result then
    local cost = plain.money(result.cost)
    return line .. plain.pad(plain.time(result.seconds), 4) .. (cost and "  " .. cost or "")
  end
  return line .. why(task, err)
end

-- What is told for good when a task's state has changed from row.status to task.status, or nil.
---@param terminal rhub.cli.terminal
---@param task table
---@param row { status?: string }
---@return string|nil
function rows.change(terminal, task, row)
  local lines = {}
  if row.status == "uploading" and not task.err then lines[1] = files_line(terminal, task) end
  if rows.ENDED[task.status] then
    lines[#lines + 1] = end_line(terminal, task)
  elseif terminal.single == "attached" and not row.status then
    return nil -- what an attached task begins with is a guess
  elseif not terminal.live and (task.status == "queued" or task.status == "running") then
    local line = state_word(task.status)
    lines[#lines + 1] = terminal.single and line or first_column(terminal, task) .. line
  end
  return #lines > 0 and table.concat(lines, "\n") or nil
end

-- Of tasks of a model that have ended as one that was told.
---@param terminal rhub.cli.terminal
---@param model string
---@param n integer
---@return string
function rows.alike(terminal, model, n)
  return first_column(terminal, { model = model }) .. ("... and %d more like it"):format(n)
end

---@param path string
---@param bytes integer
---@param reused boolean
---@return string
function rows.uploaded(path, bytes, reused)
  local name = plain.text(path:match("[^/]*$"))
  return ("uploaded  %s  (%s%s)"):format(name, plain.bytes(bytes), reused and ", sent before" or "")
end

---@param terminal rhub.cli.terminal
---@param path string
---@param bytes integer
---@param reused boolean
---@return string
function rows.saved(terminal, path, bytes, reused)
  local size = plain.bytes(bytes) .. (reused and ", was there already" or "")
  local line = ("saved  %s  (%s)"):format(plain.text(plain.path(path)), size)
  if terminal.sum and terminal.sum ~= "" then line = line .. "   " .. terminal.sum end
  terminal.sum = nil
  return line
end

return rows
