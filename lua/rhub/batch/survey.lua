-- The first look at a whole file, before anything is sent: every row is read, filled in and checked. A second
-- one, where people ask for it, tells what would be sent, what has been done, and what it would cost.

local catalogue = require "rhub.catalogue"
local errors = require "rhub.errors"
local identity = require "rhub.batch.identity"
local money = require "rhub.money"
local price = require "rhub.price"
local problems = require "rhub.batch.problems"

local survey = {}

---@class rhub.batch.item      a row that is to be worked
---@field row rhub.batch.row
---@field request rhub.batch.request
---@field key string           the first part of its jobs' keys
---@field fresh? boolean
---@field before? string       how its job stood when it was taken up, see rhub.batch.record
---@field recorded? rhub.core.job  what it is taken up by, instead of by its request
---@field save_as? string      what its outputs are called, for its jobs: see rhub.batch.names
---@field task? rhub.batch.step  the last that was submitted
---@field tasks? rhub.batch.step[] all of them
---@field results? rhub.result[]  that are to be saved
---@field paths? string[]       where they are saved
---@field saving? table         what is being saved
---@field kept? rhub.batch.kept_row of a script's row: what the journal keeps of it, and what it will
---@field was_done? boolean     likewise: whether it was done before
---@field known? table<string, true>  likewise: jobs that are recorded as its own
---@field asked? table<string, true>  those that its function has asked for
---@field equal? table<string, integer>  how often it has asked for the same
---@field worked? boolean       something was saved
---@field refused? rhub.error    why a step was not submitted at all, the last such
---@field over? boolean         its function has returned, and all that it submitted has ended
---@field open? boolean         of a script's row: it has results, and a step that was stopped or is unknown
---@field now? table<string, rhub.core.save_value[]> by jobs: what was saved just now
---@field err? rhub.error       how it has ended

local function changed(source, ids)
  return errors.input(("%s has changed since it was checked (row %d): from there on nothing was sent; "
    .. "the same command goes on"):format(source.name, ids.at))
end

-- An iterator over all rows of a file that has been checked, as items. A row that is no longer what was
-- checked ends it, with an error.
---@param source rhub.batch.rows
---@param plan rhub.batch.plan
---@param ids rhub.batch.identity
---@return fun(): rhub.batch.item|nil, rhub.error|nil
function survey.items(source, plan, ids)
  local ignored = problems.new(source.name)
  local rows = source:each(ignored)
  ids:again()
  return function()
    local row = rows()
    if not row then return nil, not ids:complete() and changed(source, ids) or nil end
    local request = plan:request(row, ignored)
    local key = ids:key(request and identity.text(request) or "")
    if not key then return nil, changed(source, ids) end
    return { row = row, request = request, key = key }
  end
end

-- Another pass: tells of files that are not there, for rows whose tasks are still to be made.
local function check_absent(source, plan, ids, found, is_paid)
  for item in survey.items(source, plan, ids) do
    if not is_paid(item.key) then plan:check(item.row, item.request, found) end
  end
end

-- Reads the whole file. Returns how many rows it has, or the error that tells all that is wrong with it.
---@param source rhub.batch.rows
---@param plan rhub.batch.plan
---@param ids rhub.batch.identity
---@param is_paid? fun(key: string): boolean  whether a row's task was made: then it needs its files no more
---@return integer|nil
---@return rhub.error|nil
function survey.check(source, plan, ids, is_paid)
  local found, n = problems.new(source.name, source.by_row), 0
  local rows = source:each(found)
  local err = source.columns and found.count == 0 and plan:check_columns(source.columns)
  if err then return nil, err end
  local absent = false
  for row in rows do
    n = n + 1
    local request = plan:request(row, found)
    if request then
      absent = plan:check(row, request, found, is_paid ~= nil) or absent
      if found.count == 0 then ids:note(identity.text(request)) end
    end
  end
  if found.count == 0 and absent then check_absent(source, plan, ids, found, is_paid) end
  if found.count == 0 and n == 0 then found:add(1, 1, { message = "has no rows" }) end
  err = found:error()
  if err then return nil, err end
  return n
end

-- ---- prices -----------------------------------------------------------------------------------

---@class rhub.batch.sum
---@field currency? string
---@field least integer    units: what is known, and the least of what is not
---@field known integer    units
---@field unknown integer  calls whose price is not known
---@field one? integer|false the price of each, as long as all have the same
local Sum = {}
Sum.__index = Sum

---@return rhub.batch.sum
function survey.sum()
  return setmetatable({ least = 0, known = 0, unknown = 0, calls = 0 }, Sum)
end

---@param estimate rhub.estimate
function Sum:add(estimate)
  local units = money.parse(estimate.amount or estimate.at_least or "0")
  self.calls = self.calls + 1
  self.currency = self.currency or estimate.currency
  if self.currency and estimate.currency and estimate.currency ~= self.currency then
    self.unknown = self.unknown + 1 -- amounts in another currency are not added up
    return
  end
  self.least = money.add(self.least, units)
  if estimate.known then
    self.known = money.add(self.known, units)
    if self.one == nil then self.one = units elseif self.one ~= units then self.one = false end
  else
    self.unknown, self.one = self.unknown + 1, false
  end
end

-- What a checked call will cost.
---@param call rhub.checked
---@return rhub.estimate
function survey.estimate(call)
  return price.of(catalogue.find(call.endpoint), call.params)
end

-- Files that would be uploaded, each counted once.
local Uploads = {}
Uploads.__index = Uploads

local KEPT = 20000 -- beyond, a file that comes again is counted again

function survey.uploads()
  return setmetatable({ count = 0, bytes = 0, seen = {}, kept = 0 }, Uploads)
end

---@param files string[] pointer, path, ...
function Uploads:add(files)
  for i = 2, #files, 2 do
    local path = files[i]
    if not self.seen[path] then
      local stat = require("rhub.sys").stat(path)
      self.count, self.bytes = self.count + 1, self.bytes + (stat and stat.size or 0)
      if self.kept < KEPT then self.seen[path], self.kept = true, self.kept + 1 end
    end
  end
end

return survey
