-- Ctrl-C in steps. First: no new submits, what runs is waited for. Second: it is cancelled on the server,
-- with 10 seconds for that. Third, and SIGTERM and SIGHUP: leave at once, nothing cancelled, ids printed;
-- that step is in rhub.sys, in the handler itself, since this process may be busy with anything then.

local flow = require "rhub.flow"
local sys = require "rhub.sys"

local signals = {
  came = 0, -- how often Ctrl-C came
  ---@type fun()|nil what Ctrl-C does at a prompt, where it has no steps
  instead = nil,
}

local TIME_TO_CANCEL = 10 -- seconds

local LEFT = "rhub: left at once; nothing was cancelled. What runs on the server goes on and is charged:\n"

local terminal -- what is in flight, and where to say it

local function count(n, one, many)
  return n == 1 and "1 " .. one or n .. " " .. many
end

local function say_stopping(running)
  if #running == 0 then
    local lines = terminal:prompt_lines()
    table.insert(lines, 1, "stopping: no more tasks are submitted; what is being sent or saved is let finish"
      .. "\n  again ^C      " .. (#terminal:unanswered() > 0 and "cancel it" or "leave"))
    terminal:say(table.concat(lines, "\n  "))
    return
  end
  local lines = { ("stopping: no more tasks are submitted; %s running and will be charged."):format(
    #running == 1 and "1 is" or #running .. " are") }
  lines[2] = "  again ^C      cancel " .. (#running == 1 and "it" or "them")
  if terminal.again then
    lines[3] = ("  %s   goes on from here and collects %s"):format(terminal.again,
      #running == 1 and "it" or "them")
  else
    for _, task in ipairs(running) do lines[#lines + 1] = "  " .. terminal:resume(task) end
  end
  terminal:say(table.concat(lines, "\n"))
end

-- Step 1.
local function stop_submitting()
  for _, hub in ipairs(terminal:hubs()) do hub:shutdown() end
  say_stopping(terminal:accepted())
end

local function leave()
  for _, task in ipairs(terminal:unanswered()) do terminal:say("rhub: " .. terminal:on_the_wire(task)) end
  for _, line in ipairs(terminal:prompt_lines()) do terminal:say("rhub: " .. line) end
  for _, hub in ipairs(terminal:hubs()) do hub:shutdown(true) end
  flow.interrupt()
end

-- Step 2. A submit that is not answered yet is cancelled as soon as the answer names a task.
local function cancel_all()
  local running = terminal:accepted()
  for _, task in ipairs(terminal:unanswered()) do running[#running + 1] = task end
  if #running == 0 then return leave() end
  terminal:say(("cancelling %s on the server; leaving in %d s at most"):format(
    count(#running, "task", "tasks"), TIME_TO_CANCEL))
  for _, task in ipairs(running) do
    flow.go(function() task:cancel() end)
  end
  local deadline = sys.now() + TIME_TO_CANCEL
  local service
  service = flow.every(0.1, function()
    if terminal:in_flight() > 0 and sys.now() < deadline then return end
    service:cancel()
    leave()
  end)
end

local function interrupted()
  if signals.instead then return signals.instead() end
  signals.came = signals.came + 1
  if terminal:in_flight() == 0 and not next(terminal.prompts) then
    flow.interrupt()
  elseif signals.came == 1 then
    stop_submitting()
  else
    cancel_all()
  end
end

-- SIGTERM and SIGHUP come here only where a prompt has to put the terminal back in order first.
local function take(name)
  if name == "INT" then return interrupted() end
  signals.came = signals.came + 1
  signals.told_to_leave = true
  leave()
end

-- The source that the scheduler watches.
local source = { timeout = function() end, busy = function() return false end }

function source.step()
  for name in sys.caught do take(name) end
end

-- What the handler says when it leaves: a heading as long as there are tasks, and a line for each.
---@param tasks integer how many have been accepted and not ended
---@param again? string the command that collects them all, where there is one
function signals.running(tasks, again)
  if not signals.fd then return end
  local heading = LEFT .. (again and "  " .. again .. "   goes on from here and collects it\n" or "")
  sys.on_last(tasks > 0 and heading or "", 130)
end

---@param key integer the task's
---@param line string|nil nil: it has ended
function signals.line(key, line)
  if signals.fd then sys.last_line(key, line) end
end

-- Catches signals from here on, for this terminal's tasks.
---@param of rhub.cli.terminal
---@param prompt? boolean it puts the terminal back in order itself before it leaves
function signals.start(of, prompt)
  terminal = of
  local leave_at = prompt and { INT = 3 } or { INT = 3, TERM = 1, HUP = 1 }
  signals.fd = sys.catch({ "INT", "TERM", "HUP" }, { leave = leave_at })
  function source.fd() return signals.fd end
  sys.on_last("", 130)
  flow.add(source)
  flow.hold(source)
end

-- Whether a signal has come, taken or not.
---@return boolean
function signals.interrupted()
  if signals.fd then
    while sys.caught() do signals.came = signals.came + 1 end
  end
  return signals.came > 0
end

-- Starts afresh, as the prompt does after each line.
function signals.forget()
  signals.came = 0
  sys.forget_signals()
end

return signals
