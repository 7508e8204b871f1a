-- Many at once: map, each, all, race. Each piece of work is a coroutine of a *crew*; leaving the crew in any
-- way (an error, a break, a cancelled caller) cancels the coroutines that are left, on this side only.

local cells = require "rhub.flow.cells"
local errors = require "rhub.errors"
local scheduler = require "rhub.flow.scheduler"

local many = {}

-- How many rows at once when the caller does not say; the client replaces it with its own limit.
many.default_concurrency = function() return 100 end

-- A cell: done while there is somebody who has ended and has not been taken yet.
---@class rhub.crew
---@field members rhub.coroutine[]  in any order; each knows its `seat` here and the `key` of its work
---@field live integer              how many those are
---@field over table                those who have ended: first ... last
local Crew = { by_coroutines = true }
Crew.__index = Crew

local function new_crew()
  return setmetatable({ members = {}, live = 0, over = {}, first = 1, last = 0 }, Crew)
end

---@param key any names the piece of work
function Crew:start(key, f, ...)
  local fiber = scheduler.spawn(self, f, ...)
  local seat = self.live + 1
  fiber.key, fiber.seat = key, seat
  self.members[seat], self.live = fiber, seat
end

local function dismiss(self, fiber)
  local members, n = self.members, self.live
  local last = members[n]
  members[fiber.seat], last.seat = last, fiber.seat
  members[n] = nil
  self.live = n - 1
end

-- The scheduler's word that a coroutine has ended.
function Crew:ended(fiber)
  if self.gone then return end -- cancelled by us
  self.last = self.last + 1
  self.over[self.last] = fiber
  cells.finish(self)
end

-- Waits for the next that ends: its key and whether it went well, then its results, or nil and its error.
function Crew:take()
  if not self.done then
    local ok, err = scheduler.await(self)
    if not ok then error(err, 0) end
  end
  local fiber = self.over[self.first]
  self.over[self.first] = nil
  self.first = self.first + 1
  self.done = self.first <= self.last
  dismiss(self, fiber)
  local key, results = fiber.key, fiber.values
  if fiber.failed then return key, false, nil, fiber.err end
  if not results then return key, true end
  local well = results[1] ~= nil or results[2] == nil
  return key, well, table.unpack(results, 1, results.n)
end

local CANCELLED = "this coroutine was cancelled: the loop or call that started it has ended"

function Crew:__close()
  self.gone = true
  for i = 1, self.live do
    scheduler.cancel(self.members[i], errors.new { kind = "cancelled", message = CANCELLED })
  end
end

-- A function that gives the rows one after another, from a list or an iterator.
local function row_source(rows)
  if type(rows) == "function" then return rows end
  local meta = getmetatable(rows)
  if type(rows) ~= "table" then
    if meta and meta.__call then return rows end
    error("the rows are a " .. type(rows) .. ": give a list or an iterator", 4)
  end
  local i = 0
  return function()
    i = i + 1
    return rows[i]
  end
end

local function check_options(options, f, known)
  if type(f) ~= "function" then error("the function for the rows is a " .. type(f), 4) end
  for name, value in pairs(options or {}) do
    if not known[name] then
      local near = require("rhub.nearest").find(tostring(name), known, true)
      error(("no such option: %s%s"):format(name, near and (" (did you mean " .. near .. "?)") or ""), 4)
    end
    if name == "concurrency" and not (math.type(value) == "integer" and value > 0) then
      error("concurrency is a whole number from 1, not " .. tostring(value), 4)
    end
  end
  return options or {}
end

-- A crew at work on rows: `start` fills the free places, `take` hands out what has ended.
---@class rhub.shift: rhub.crew
local Shift = setmetatable({ by_coroutines = true }, { __index = Crew })
Shift.__index = Shift
Shift.__close = Crew.__close

local function new_shift(rows, f, concurrency)
  local shift = new_crew()
  shift.next_row, shift.f, shift.concurrency, shift.count = row_source(rows), f, concurrency, 0
  return setmetatable(shift, Shift)
end

-- A row that has ended keeps its place until it is taken: no more are started than can be looked at.
function Shift:fill()
  while self.next_row and self.live < (self.concurrency or many.default_concurrency()) do
    local row = self.next_row()
    if row == nil then
      self.next_row = nil
      return
    end
    self.count = self.count + 1
    local key = self.count
    if self.keyed_by_row then key = row end
    self:start(key, self.f, row, self.count)
  end
end

---@class rhub.map_options
---@field concurrency? integer    rows at once; default: the client's
---@field stop_on_error? boolean  start no more rows after the first failure

local MAP_OPTIONS = { concurrency = true, stop_on_error = true }

-- Runs `f(row, i)` for every row, many at once, and waits for all of them.
-- A row fails if `f` raises or returns `nil, err`; the others go on.
---@generic T
---@param rows T[]|fun(): T       a list or an iterator
---@param f fun(row: T, i: integer): any, any
---@param options? rhub.map_options
---@return table results          results[i] is what `f` returned for row i, or nil with results.errors[i];
---results.n counts the rows
function many.map(rows, f, options)
  options = check_options(options, f, MAP_OPTIONS)
  local shift <close> = new_shift(rows, f, options.concurrency)
  local results = { n = 0, errors = {} }
  while true do
    shift:fill()
    results.n = shift.count
    if shift.live == 0 then return results end
    local i, well, value, err = shift:take()
    if well then
      results[i] = value
    else
      results.errors[i] = err
      if options.stop_on_error then shift.next_row = nil end
    end
  end
end

local EACH_OPTIONS = { concurrency = true }

-- The same as a loop, in the order in which they finish:
--     for row, result, err in rhub.each(rows, f) do ... end
-- Leaving the loop starts no more rows and cancels, on this side only, those that run.
---@generic T
---@param rows T[]|fun(): T
---@param f fun(row: T, i: integer): any, any
---@param options? { concurrency?: integer }
---@return fun(): T, any, any
function many.each(rows, f, options)
  options = check_options(options, f, EACH_OPTIONS)
  local shift = new_shift(rows, f, options.concurrency)
  shift.keyed_by_row = true
  local function next_ended()
    shift:fill()
    if shift.live == 0 then return nil end
    local row, well, value, err = shift:take()
    if well then return row, value end
    return row, nil, err
  end
  return next_ended, nil, nil, shift
end

-- Waits for a task or a coroutine as a member of a crew: a coroutine is cancelled with its member.
local function wait_for(item)
  if getmetatable(item) == scheduler.Coroutine then
    local ok, err = scheduler.await(item)
    if not ok then
      scheduler.cancel(item, err)
      error(err, 0)
    end
  end
  return item:wait()
end

-- Work for all and race: a function, or anything with a `wait` method (a task, what rhub.go returned).
local function start_work(crew, name, items)
  if type(items) ~= "table" then error(("rhub.%s takes a table of functions or tasks"):format(name), 3) end
  for key, item in pairs(items) do
    if type(item) == "function" then
      crew:start(key, item)
    elseif type(item) == "table" and type(item.wait) == "function" then
      crew:start(key, wait_for, item)
    else
      error(("rhub.%s: item %s is a %s: give a function or a task"):format(name, key, type(item)), 3)
    end
  end
end

-- Waits for all of them. At the first failure the others are cancelled, on this side only.
---@param items table functions or tasks, under any keys
---@return table|nil results what each returned, under the same keys
---@return any err the first error
function many.all(items)
  local crew <close> = new_crew()
  start_work(crew, "all", items)
  local results = {}
  while crew.live > 0 do
    local key, well, value, err = crew:take()
    if not well then return nil, err end
    results[key] = value
  end
  return results
end

local function first_success(crew)
  local first_error
  local function judge(_, well, value, ...)
    if well then return true, value, ... end
    if first_error == nil then first_error = (...) end
    return false
  end
  local function step(won, ...)
    if won then return ... end
    if crew.live == 0 then return nil, first_error end
    return step(judge(crew:take()))
  end
  return step(false)
end

-- Waits for the first that succeeds and cancels the others, on this side only: what has been submitted runs
-- on and is charged.
---@param items table functions or tasks
---@return any ... what the first success returned, or nil and the first error if all fail
function many.race(items)
  local crew <close> = new_crew()
  start_work(crew, "race", items)
  if crew.live == 0 then error("rhub.race: nothing to wait for", 2) end
  return first_success(crew)
end

return many
