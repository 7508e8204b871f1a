-- What people see while tasks run, on standard error: on a terminal a line for each task in flight, redrawn
-- in place, and above it what has ended; elsewhere a plain line for each change. It is told of changes as the
-- observer (rhub.observer) and pulls the rest from task:info(). The wording is in rhub.cli.rows.

local alike = require "rhub.cli.alike"
local comfy_prompts = require "rhub.cli.comfy_prompts"
local flow = require "rhub.flow"
local plain = require "rhub.cli.plain"
local progress = require "rhub.progress"
local rows = require "rhub.cli.rows"
local screen = require "rhub.cli.screen"
local signals = require "rhub.cli.signals"
local sys = require "rhub.sys"

---@class rhub.cli.terminal
---@field quiet any     says nothing but errors and warnings
---@field verbose integer
---@field single any    one task, told without its id in each line
---@field target? string where outputs go, for the command that takes a task up again
---@field live boolean  lines are redrawn in place
---@field colour boolean
---@field screen rhub.cli.screen the live lines
---@field batch? rhub.cli.batch_view what shows in the place of tasks' lines
---@field again? string  the command that goes on with all of it, in the place of one for each task
---@field prompt? fun()  draws the prompt, which stands in the place of live lines
---@field prompts table<rhub.comfy.watched, table> of native ComfyUIs, on the wire or waited for
---@field tasks (table|false)[] in flight, oldest first; false where one has ended
local Terminal = {}
Terminal.__index = Terminal

local REDRAW = 0.125 -- seconds
local MOST_ROWS = 8  -- live lines; what is beyond is counted in one more

---@param o { quiet?: any, verbose?: integer, single?: any, target?: string }
---@return rhub.cli.terminal
local function open(o)
  local smart = sys.isatty(2) and os.getenv "TERM" ~= "dumb" and os.getenv "TERM" ~= nil
  local no_colour = os.getenv "NO_COLOR"
  return setmetatable({
    quiet = o.quiet, verbose = o.verbose or 0, single = o.single, target = o.target,
    live = smart and not o.quiet,
    colour = smart and (no_colour == nil or no_colour == ""),
    screen = screen.new(), tasks = {}, last = 0, unfinished = 0, jobs = {},
    accounts = {}, -- what clients that have ended have spent
    opened_hubs = setmetatable({}, { __mode = "k" }),
    running = 0, spare = {}, prompts = {},
    alike = alike.new(),
  }, Terminal)
end

-- ---- the live lines ---------------------------------------------------------------------------

-- Takes the live lines away, or the prompt: whatever is written next stands where they began.
function Terminal:hide()
  if self.prompt then sys.write(2, "\r\27[J") end
  self.screen:clear()
end

function Terminal:redraw()
  if not self.live or self.midline or self.prompt then return end
  self.screen:draw(self.batch and self.batch:lines(screen.room()) or rows.live(self, MOST_ROWS), self.colour)
end

-- Redraws at intervals as long as something is in flight.
function Terminal:tick()
  if not self.live then return end
  local wanted = self.batch ~= nil or self:in_flight() > 0
  if wanted and not self.service then
    self.service = flow.every(REDRAW, function() self:redraw() end)
  elseif not wanted and self.service then
    self.service:cancel()
    self.service = nil
    self:redraw()
  end
end

-- Says something for good, whatever else is on the terminal.
---@param text string one line or several, without the newline at the end
function Terminal:say(text)
  self:hide()
  if self.midline then
    text = "\n" .. text
    self.midline = nil
  end
  io.stdout:flush()
  sys.write(2, rows.paint(text, self.colour) .. "\n")
  if self.prompt then self.prompt() end
  self:redraw()
end

-- Says it unless people asked for quiet.
---@param text string
function Terminal:note(text)
  if not self.quiet then self:say(text) end
end

-- ---- what the scripts write -------------------------------------------------------------------

local function ends_line(...)
  local n = select("#", ...)
  local last = n > 0 and tostring((select(n, ...))) or ""
  return last == "" or last:sub(-1) == "\n"
end

-- Live lines, and a prompt, make way for what a script prints, and wait for the end of its line.
function Terminal:share()
  if not self.live then return end
  local methods = getmetatable(io.stdout).__index
  local print, write, read, method = print, io.write, io.read, methods.write
  local function back(...)
    if self.prompt and not self.midline then
      io.stdout:flush()
      self.prompt()
    end
    return ...
  end
  _G.print = function(...)
    self:hide()
    self.midline = nil
    return back(print(...))
  end
  io.write = function(...) -- luacheck: ignore 122
    self:hide()
    self.midline = io.output() == io.stdout and not ends_line(...) or nil
    return back(write(...))
  end
  io.read = function(...) -- luacheck: ignore 122
    self:hide()
    return read(...)
  end
  methods.write = function(file, ...)
    if file ~= io.stdout and file ~= io.stderr then return method(file, ...) end
    self:hide()
    self.midline = not ends_line(...) or nil
    return back(method(file, ...))
  end
end

-- ---- what is in flight ------------------------------------------------------------------------

---@return integer tasks and files under way
function Terminal:in_flight()
  for i = #self.jobs, 1, -1 do
    if self.jobs[i].done then table.remove(self.jobs, i) end
  end
  return self.unfinished + #self.jobs
end

-- Tasks that the server knows and that have not ended.
function Terminal:accepted()
  local list = {}
  for _, task in ipairs(self.tasks) do
    if task and task.id then list[#list + 1] = task end
  end
  return list
end

-- Tasks whose submit has left and is not answered yet.
function Terminal:unanswered()
  local list = {}
  for _, task in ipairs(self.tasks) do
    if task and not task.id and task.status == "submitting" then list[#list + 1] = task end
  end
  return list
end

function Terminal:hubs()
  local list = {}
  for hub in pairs(self.opened_hubs) do list[#list + 1] = hub end
  return list
end

-- The command that takes a task up again.
function Terminal:resume(task)
  return "rhub task " .. plain.word(task.id) .. " --wait -o " .. plain.word(self.target or "DIR")
end

-- What is to be known of the prompts of native ComfyUIs, if the program leaves.
Terminal.prompt_lines = comfy_prompts.lines

-- What may have become of a task whose submit is not answered.
function Terminal:on_the_wire(task)
  return plain.text(task.model) .. ": its submit was on the wire: a task may be running and may be charged"
end

-- Takes the holes out once they are most of the list: thousands may end in any order.
local function close_up(self)
  local tasks, n = self.tasks, 0
  for i = 1, self.last do
    local task = tasks[i]
    if task then
      n = n + 1
      task.shown.at = n
    end
    if i > n then tasks[i] = nil end
    if task then tasks[n] = task end
  end
  self.last = n
end

function Terminal:began(task)
  self.last, self.unfinished = self.last + 1, self.unfinished + 1
  self.tasks[self.last] = task
  local row = { at = self.last, status = nil, id = nil, key = nil }
  task.shown = row
  return row
end

-- What is said of the task when the program leaves at once; nil: nothing. Lines are kept by small numbers,
-- used again and again.
function Terminal:last_line(row, line)
  local spare = self.spare
  if line and not row.key then
    self.running = self.running + 1
    row.key = table.remove(spare) or self.running
    if self.running == 1 then signals.running(1, self.again) end
  end
  signals.line(row.key, line)
  if not line then
    self.running = self.running - 1
    spare[#spare + 1], row.key = row.key, nil
    if self.running == 0 then signals.running(0) end
  end
end

-- A submit whose answer is not known yet is worth a word as well: it may have made a task.
function Terminal:submitting(task, row)
  local now = task.status == "submitting"
  if now == (row.key ~= nil) then return end
  self:last_line(row, now and "  " .. self:on_the_wire(task) or nil)
end

function Terminal:accept(task, row)
  row.id = task.id
  self:last_line(row, self.again and "  task " .. plain.word(task.id) or "  " .. self:resume(task))
  if self.batch and self.batch.accepted then self.batch:accepted(task) end
  if self.live and self.unfinished <= MOST_ROWS and progress.told_by(task) then progress.watch(task) end
  if self.single == true then
    self:note(("task %s  (take it up again: %s)"):format(plain.text(task.id), self:resume(task)))
  end
end

function Terminal:ended(task, row)
  self.tasks[row.at] = false
  task.shown = nil
  self.unfinished = self.unfinished - 1
  if self.last > 2 * self.unfinished then close_up(self) end
  if row.key then self:last_line(row, nil) end
end

-- ---- the observer -----------------------------------------------------------------------------

function Terminal:opened(hub)
  self.opened_hubs[hub] = true
end

function Terminal:closed(spent)
  table.insert(self.accounts, spent)
end

function Terminal:task(task)
  local row = task.shown or self:began(task)
  if not row.id then
    if task.id then self:accept(task, row) else self:submitting(task, row) end
  end
  local ended = rows.ENDED[task.status]
  if task.status ~= row.status then
    local quiet = self.quiet or self.batch or self.again -- a batch tells of its rows itself
    local line = not quiet and not (ended and self.alike:takes(task)) and rows.change(self, task, row)
    row.status = task.status
    if ended then self:ended(task, row) end
    if line then self:say(line) end
  end
  self:tick()
end

Terminal.comfy = comfy_prompts.take

function Terminal:uploading(job)
  job.doing = "uploading"
  self:saving(job)
end

function Terminal:uploaded(path, bytes, reused)
  if not self.quiet then self:say(rows.uploaded(path, bytes, reused)) end
end

function Terminal:saving(job)
  table.insert(self.jobs, job)
  if #self.jobs % 64 == 0 then self:in_flight() end -- forgets those that have ended
  self:tick()
end

function Terminal:saved(path, bytes, reused)
  if not self.quiet and not self.batch then self:say(rows.saved(self, path, bytes, reused)) end
  self:tick()
end

function Terminal:log(level, text)
  if level == "warn" or self.verbose > 0 then self:say("rhub: " .. plain.text(text)) end
end

return { open = open }
