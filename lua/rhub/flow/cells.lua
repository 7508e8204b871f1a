-- Cells: what can be waited for, and the queue of the coroutines whose wait is over.
--
-- A cell is any table with `done` (true once it is) and `waiter` (who waits for it, kept here). A coroutine
-- that waits has the cell in `on` and its deadline, if any, among the timers. Waiting makes no closure and no
-- table; ending a cell costs what its own waiters cost, however many others wait.

local timers = require "rhub.flow.timers"

local cells = {}

-- The cell of those who only wait for their deadline.
local SLEEP = {}

local queue, why, head, tail = {}, {}, 1, 0

-- Called when something becomes ready while nothing was: for adapters, whose loop may be asleep.
cells.on_ready = function() end

-- Goes on at the next turn; `reason` is what its wait returns.
---@param fiber rhub.coroutine
---@param reason boolean|nil
function cells.make_ready(fiber, reason)
  if head > tail then cells.on_ready() end
  tail = tail + 1
  queue[tail], why[tail] = fiber, reason
end

---@return boolean
function cells.any_ready()
  return head <= tail
end

-- Calls `continue(fiber, reason)` for those that are ready now; what becomes ready on the way goes on in the
-- next turn, after some I/O.
---@param continue fun(fiber: rhub.coroutine, reason: boolean|nil)
function cells.run_ready(continue)
  local last = tail
  while head <= last do
    local fiber, reason = queue[head], why[head]
    queue[head], why[head] = nil, nil
    head = head + 1
    continue(fiber, reason)
  end
  if head > tail then head, tail = 1, 0 end
end

-- Has `fiber` wait for `cell`, or only for the deadline when there is no cell.
---@param fiber rhub.coroutine
---@param cell table|nil
---@param deadline number|nil
function cells.wait(fiber, cell, deadline)
  fiber.on = cell or SLEEP
  if deadline then timers:push(deadline, fiber) end
  if not cell then return end
  local waiter = cell.waiter
  if waiter == nil then
    cell.waiter = fiber
  elseif waiter.several then
    waiter[#waiter + 1] = fiber
  else
    cell.waiter = { several = true, waiter, fiber }
  end
end

local function wake(fiber, reason)
  fiber.on = nil
  if fiber.slot then timers:remove(fiber) end
  cells.make_ready(fiber, reason)
end

-- Ends a wait before the cell is done: the deadline has passed (false) or the coroutine is cancelled (nil).
---@param fiber rhub.coroutine
---@param reason boolean|nil
function cells.give_up(fiber, reason)
  local cell = fiber.on
  local waiter = cell.waiter
  if waiter == fiber then
    cell.waiter = nil
  elseif waiter then
    for i = 1, #waiter do
      if waiter[i] == fiber then
        table.remove(waiter, i)
        break
      end
    end
  end
  wake(fiber, reason)
end

-- Ends a cell: whoever waits for it goes on at the next turn.
---@param cell table
function cells.finish(cell)
  cell.done = true
  local waiter = cell.waiter
  if waiter == nil then return end
  cell.waiter = nil
  if not waiter.several then return wake(waiter, true) end
  for i = 1, #waiter do wake(waiter[i], true) end
end

return cells
