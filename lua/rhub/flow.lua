-- Flow: waiting, and many things at once. What scripts see as rhub.go, map, each, all, race, sleep and wrap,
-- and what the rest of rhub builds on. Knows nothing of clients.

local cells = require "rhub.flow.cells"
local errors = require "rhub.errors"
local failures = require "rhub.flow.failures"
local scheduler = require "rhub.flow.scheduler"
local sources = require "rhub.flow.sources"
local timers = require "rhub.flow.timers"
local many = require "rhub.flow.many"

local Coroutine = scheduler.Coroutine

local flow = {
  map = many.map,
  each = many.each,
  all = many.all,
  race = many.race,
  await = scheduler.await,
  finish = cells.finish,
  every = timers.every,
  add = sources.add,
  remove = sources.remove,
  hold = sources.hold,
  release = sources.release,
  -- for adapters and own loops: watch the descriptors for `timeout` seconds, then `step`, while `alive` > 0
  descriptors = sources.descriptors,
  timeout = scheduler.timeout,
  step = scheduler.step,
  alive = scheduler.alive,
}

-- Raises where the scheduler runs the whole program already: no other loop can have it then.
---@param level integer where to blame
function flow.claim(level)
  if scheduler.current() then
    error("the scheduler runs already: an adapter is for programs that own the loop (stock lua, C)",
      level + 1)
  end
end

-- For adapters.
---@param on_ready fun()        called when a coroutine becomes ready while none was
---@param on_change? fun()      called when descriptors come and go: before one is closed, after one is made
function flow.attach(on_ready, on_change)
  flow.claim(3)
  cells.on_ready = on_ready
  sources.on_change = on_change or sources.on_change
end

function flow.detach()
  cells.on_ready = function() end
  sources.on_change = function() end
end

-- Checks a number of seconds; nil stays nil.
---@param seconds any
---@param level integer where to blame
---@return number|nil
function flow.seconds(seconds, level)
  if seconds == nil then return nil end
  if type(seconds) ~= "number" or seconds ~= seconds then
    error(("seconds are a number, not %s"):format(tostring(seconds)), level + 1)
  end
  if seconds == math.huge then return nil end
  return seconds > 0 and seconds or 0
end

-- Starts `f(...)` as a coroutine of its own, at the next wait. run, wait, sleep inside of it let others run.
---@param f function
---@return rhub.coroutine
function flow.go(f, ...)
  if type(f) ~= "function" then error("rhub.go takes a function, not a " .. type(f), 2) end
  return scheduler.spawn(nil, f, ...)
end

-- Waits for the coroutine's end, at most `seconds`.
-- Returns what its function returned. If that raised one of rhub's errors (an assert of `nil, err`), returns
-- nil and the error; any other error is raised again here. When the seconds have passed: nil and an error of
-- kind "timeout"; the coroutine goes on and can be waited for again.
---@param seconds? number
---@return any ...
function Coroutine:wait(seconds)
  if scheduler.current() == self and not self.done then error("a coroutine cannot wait for itself", 2) end
  local ok, err = scheduler.await(self, flow.seconds(seconds, 2))
  if ok == nil then error(err, 0) end
  if not ok then
    return nil, errors.new { kind = "timeout", retryable = true,
      message = ("the coroutine has not ended within %g s; it goes on"):format(seconds) }
  end
  failures.seen(self)
  if not self.failed then
    if not self.values then return end
    return table.unpack(self.values, 1, self.values.n)
  end
  if errors.is(self.err) then return nil, self.err end
  error(self.err, 0)
end

-- Raises an error of kind "cancelled" at the coroutine's wait point, so that its `<close>` variables are
-- closed (and may wait). Local: what it has submitted runs on.
function Coroutine:cancel()
  scheduler.cancel(self, errors.new { kind = "cancelled", message = "this coroutine was cancelled" })
end

function Coroutine:__tostring()
  local state = not self.done and "running" or self.failed and "failed" or "done"
  return ("rhub.coroutine (%s)"):format(state)
end

-- Lets others run for so many seconds (0: one turn).
---@param seconds number
function flow.sleep(seconds)
  if seconds == nil then error("rhub.sleep takes seconds", 2) end
  local ok, err = scheduler.await(nil, flow.seconds(seconds, 2) or 1e12)
  if ok == nil then error(err, 0) end
end

-- `f` as a function that runs in a coroutine of its own and is waited for at once.
---@generic F: function
---@param f F
---@return F
function flow.wrap(f)
  if type(f) ~= "function" then error("rhub.wrap takes a function, not a " .. type(f), 2) end
  return function(...) return flow.go(f, ...):wait() end
end

-- ---- a whole program --------------------------------------------------------------------------

-- Where the failures go that nobody has waited for. The program replaces it.
function flow.report(text)
  io.stderr:write("rhub: ", text, "\n")
end

local function report_unseen()
  local first
  for _, fiber in ipairs(failures.take()) do
    local err = fiber.err
    if not fiber.failed then err = fiber.values[2] end
    flow.report("a coroutine failed and nobody waited for it: " .. (fiber.trace or tostring(err)))
    if first == nil then first = err end
  end
  return first
end

-- Under stock lua there is no end of the program to hook on but the state's own.
flow.last_words = setmetatable({}, { __gc = report_unseen })

-- Runs every coroutine to its end: what a script of stock lua calls last when it has started some that it
-- does not wait for. A script that the rhub program runs need not.
function flow.loop()
  if not scheduler.run() then error(scheduler.DEADLOCK, 2) end
end

local LEFT_TO_CLEAN_UP = 15 -- seconds that `<close>` variables may take after an uncaught error

local function fail_the_stuck()
  scheduler.cancel_all(scheduler.DEADLOCK)
  scheduler.run(nil, LEFT_TO_CLEAN_UP)
end

-- Runs `f(...)` as the main coroutine until it and all others have ended. An uncaught error in it cancels the
-- others, on this side only. Failures that nobody waited for are reported.
---@param f function
---@return boolean ok
---@return any first its first result, or the error; further results follow
---@return string|false|nil trace after an error: the traceback, or false when it has been reported already
function flow.run_main(f, ...)
  local main = scheduler.spawn(nil, f, ...)
  local function failed() return main.failed end
  if not scheduler.run(failed) then fail_the_stuck() end
  failures.seen(main)
  if failed() then
    scheduler.cancel_all(errors.new { kind = "cancelled", message = "the script has failed" })
    scheduler.run(nil, LEFT_TO_CLEAN_UP)
    report_unseen()
    return false, main.err, main.trace or tostring(main.err)
  end
  local err = report_unseen()
  if err ~= nil then return false, err, false end
  if not main.values then return true end
  return true, table.unpack(main.values, 1, main.values.n)
end

-- Cancels every coroutine, the main one included: what Ctrl-C does when nothing is left to wait for.
---@param err? any default: an error of kind "cancelled"
function flow.interrupt(err)
  scheduler.cancel_all(err or errors.new { kind = "cancelled", message = "interrupted" })
end

-- The concurrency of map and each when the caller gives none.
---@param f fun(): integer
function flow.set_default_concurrency(f)
  many.default_concurrency = f
end

return flow
