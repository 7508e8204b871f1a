-- The scheduler: runs coroutines, and waits where nothing can run. Knows nothing of clients.
--
-- Where a wait happens decides how it waits:
--   in one of our coroutines, if it can yield   it yields
--   on the main thread                          the scheduler runs, user coroutines included
--   anywhere else                               sources and services are stepped, nobody is resumed
--   (a foreign coroutine, a callback of gsub, inside of a source's step)

local sys = require "rhub.sys"
local errors = require "rhub.errors"
local cells = require "rhub.flow.cells"
local failures = require "rhub.flow.failures"
local sources = require "rhub.flow.sources"
local timers = require "rhub.flow.timers"

local running, isyieldable, status = coroutine.running, coroutine.isyieldable, coroutine.status
local create, resume, yield, close = coroutine.create, coroutine.resume, coroutine.yield, coroutine.close
local pack, unpack, now = table.pack, table.unpack, sys.now
local resume_hook = sys.resume_hook or function() end

local scheduler = {}

-- What our own waits yield; any other yield that reaches the scheduler is somebody else's.
local TAG = setmetatable({}, { __name = "rhub.wait" })
local NO_ARGUMENTS = { n = 0 }

---@class rhub.coroutine        what rhub.go returns
---@field done boolean?         whether it has ended
---@field run function|thread?  what it is to run; from its start to its end the thread that runs it
---@field values table?         what it is given; after its end what it has returned, if anything
---@field failed boolean?       it has raised an error, `err`
---@field on table?             the cell it waits for, while it waits
---@field place integer?        among those that live
---@field cancel_error any?     to be raised at its wait point
local Coroutine = { by_coroutines = true }
Coroutine.__index = Coroutine
Coroutine.__name = "rhub.coroutine"
scheduler.Coroutine = Coroutine

local current = nil      -- the coroutine of ours that runs
local inside = false     -- whether the scheduler is at work further up the stack
local live, alive = {}, 0 -- those that have not ended, in any order, and how many

local function take_cancel(fiber)
  local err = fiber.cancel_error
  fiber.cancel_error = nil
  if errors.is(err) and err.kind == "cancelled" then fiber.stopped_by = err end
  return err
end

local function suspend(fiber, cell, seconds)
  if fiber.cancel_error ~= nil then return nil, take_cancel(fiber) end
  if cell and cell.done then
    cells.make_ready(fiber, true) -- nothing completes synchronously
  else
    cells.wait(fiber, cell, seconds and now() + seconds)
  end
  return yield(TAG)
end

-- ---- running ----------------------------------------------------------------------------------

-- The last takes the place of one that ends. (A set would do, but a table whose keys come and go is filled
-- anew again and again.)
local function bury(fiber)
  local last = live[alive]
  live[fiber.place], last.place = last, fiber.place
  live[alive] = nil
  alive = alive - 1
end

-- Ends with the coroutine's own results, or false and what it raised.
local function ended(fiber, ok, ...)
  bury(fiber)
  fiber.run, fiber.values, fiber.done = nil, nil, true
  local unwell
  if ok then
    if select("#", ...) > 0 then fiber.values = pack(...) end
    local first, second = ...
    unwell = first == nil and errors.is(second)
  else
    fiber.failed, fiber.err = true, ...
    unwell = not (fiber.stopped_by and fiber.err == fiber.stopped_by)
  end
  if fiber.owner then
    fiber.owner:ended(fiber)
  elseif unwell then
    failures.note(fiber)
  end
  cells.finish(fiber)
end

local STRAY = "coroutine.yield has nobody to yield to in a coroutine of rhub.go: "
  .. "to let others run, call rhub.sleep(0)"
local settle

-- A yield that is not ours: it belongs to whoever resumed us, if anybody can take it.
local function pass_on(fiber, ...)
  if not isyieldable() then
    fiber.trace = debug.traceback(fiber.run, STRAY)
    close(fiber.run)
    return ended(fiber, false, STRAY)
  end
  current = nil
  local values = pack(yield(...))
  current = fiber
  return settle(fiber, resume(fiber.run, unpack(values, 1, values.n)))
end

function settle(fiber, ok, first, ...)
  if first == TAG then return end
  if ok and status(fiber.run) == "suspended" then return pass_on(fiber, first, ...) end
  if not ok then return ended(fiber, false, first) end
  return ended(fiber, first, ...)
end

-- The coroutine is made when it starts, so that one in line costs little. Its own main function is xpcall:
-- errors unwind inside of it, where `__close` handlers can wait.
local function start(fiber)
  local body, args, co = fiber.run, fiber.values, create(xpcall)
  fiber.run, fiber.values = co, nil
  current = fiber
  resume_hook(co)
  settle(fiber, resume(co, body, scheduler.trace, unpack(args, 1, args.n)))
end

local function continue(fiber, reason)
  local err, co = nil, fiber.run
  local started = type(co) == "thread"
  if fiber.cancel_error ~= nil then
    reason, err = nil, take_cancel(fiber)
    if not started then return ended(fiber, false, err) end -- it never ran: nothing to clean up
  end
  if started then
    current = fiber
    resume_hook(co)
    settle(fiber, resume(co, reason, err))
  else
    start(fiber)
  end
  current = nil
end

local function fire_timers()
  local at, who = timers:first()
  if not at then return end
  local time = now()
  while at and at <= time do
    timers:remove(who)
    if who.fire then
      who:fire(time)
    else
      cells.give_up(who, false)
    end
    at, who = timers:first()
  end
end

-- One turn: waits until something can be done, at most until `limit`; with `whole` also resumes coroutines.
local function turn(whole, limit)
  local wait
  if whole and cells.any_ready() then
    wait = 0
  else
    local at = timers:first()
    if limit and (not at or limit < at) then at = limit end
    if at then wait = math.max(0, at - now()) end
  end
  sources.step(wait)
  fire_timers()
  if whole and cells.any_ready() then
    cells.run_ready(continue)
    resume_hook(nil)
  end
end

-- Whether anything can ever happen without a deadline of the caller's own.
local function hopeful(whole)
  return whole and (cells.any_ready() or timers.n > timers.services) or sources.busy()
end

local GUARD = setmetatable({}, {
  __close = function() inside, current = false, nil end,
})

local function enter()
  inside = true
  return GUARD
end

local DEADLOCK = "deadlock: what is waited for here can never happen: everything else has ended or waits too"
local NOT_HERE = "cannot wait for other coroutines here: this place cannot yield (a foreign coroutine, or a "
  .. "callback of gsub, sort or the like); wait for them in the coroutine itself"

-- Waits without yielding.
local function drive(cell, seconds)
  local _, main = running()
  local whole = main and not inside
  if not whole and cell and cell.by_coroutines and not cell.done then error(NOT_HERE, 0) end
  local limit = seconds and now() + seconds
  if cell and cell.done then limit = now() end
  local _ <close> = whole and enter() or nil
  repeat
    if not limit and not hopeful(whole) then error(DEADLOCK, 0) end
    turn(whole, limit)
    if current and current.cancel_error ~= nil then return nil, take_cancel(current) end
  until cell and cell.done or limit and now() >= limit
  return cell ~= nil and cell.done or false
end

-- Waits for a cell, or just for `seconds` when it is nil.
---@param cell table|nil
---@param seconds number|nil none: as long as it takes
---@return boolean|nil done false: the seconds have passed; nil: this coroutine was cancelled
---@return any err         what to raise when it was cancelled
function scheduler.await(cell, seconds)
  local fiber = current
  if fiber and running() == fiber.run and isyieldable() then return suspend(fiber, cell, seconds) end
  return drive(cell, seconds)
end

-- ---- coroutines -------------------------------------------------------------------------------

-- Keeps the place of an uncaught error before the stack unwinds. An error that is passed on keeps its own.
function scheduler.trace(err)
  if current and not (current.stopped_by and err == current.stopped_by) then
    current.trace = debug.traceback(tostring(err), 2)
  end
  return err
end

-- Starts `body(...)` at the next turn. `owner:ended(fiber)`, if there is one, is told of its end and answers
-- for its failure.
---@param owner table|nil
---@param body function
---@return rhub.coroutine
function scheduler.spawn(owner, body, ...)
  local args = select("#", ...) > 0 and pack(...) or NO_ARGUMENTS
  alive = alive + 1
  -- Names all that most coroutines come to have: a table that grows field by field costs several times this.
  local fiber = { run = body, values = args, owner = owner, place = alive, on = nil, done = nil }
  setmetatable(fiber, Coroutine)
  live[alive] = fiber
  cells.make_ready(fiber, true)
  return fiber
end

-- Raises `err` at the coroutine's wait point (at its next one if it runs), once.
---@param fiber rhub.coroutine
---@param err any
function scheduler.cancel(fiber, err)
  if fiber.done or fiber.cancel_error ~= nil then return end
  fiber.cancel_error = err
  if fiber.on ~= nil then cells.give_up(fiber, nil) end -- else it runs, or is about to
end

-- Cancels every coroutine there is.
---@param err any
function scheduler.cancel_all(err)
  local all = table.move(live, 1, alive, 1, {})
  for i = 1, #all do scheduler.cancel(all[i], err) end
end

---@return rhub.coroutine|nil
function scheduler.current()
  return current
end

---@return integer
function scheduler.alive()
  return alive
end

-- ---- being driven -----------------------------------------------------------------------------

-- One turn without waiting, for those who own the loop.
function scheduler.step()
  if inside then return sources.step(0) end
  local _ <close> = enter()
  turn(true, 0)
end

-- Seconds until a step is due: 0 at once, nil when only a descriptor can tell.
---@return number|nil
function scheduler.timeout()
  if cells.any_ready() then return 0 end
  local at = timers:first()
  return (sources.timeout(at and math.max(0, at - now())))
end

-- Runs until no coroutine is left, `stop()` is true or `seconds` have passed. False: those that are left
-- wait for what can never happen.
---@param stop? fun(): boolean
---@param seconds? number
---@return boolean
function scheduler.run(stop, seconds)
  if inside then error("the scheduler runs already: wait for a coroutine with :wait()", 0) end
  local limit = seconds and now() + seconds
  local _ <close> = enter()
  while alive > 0 and not (stop and stop()) and not (limit and now() >= limit) do
    if not limit and not hopeful(true) then return false end
    turn(true, limit)
  end
  return true
end

scheduler.DEADLOCK = DEADLOCK

return scheduler
