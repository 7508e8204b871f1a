-- What a row's function has come to: its results, or an error of the row. A function of the user's may return
-- and raise anything; what is no result is said, since what it has submitted is paid for.

local errors = require "rhub.errors"
local flow = require "rhub.flow"
local result = require "rhub.result"

local returned = {}

local WANTED = "return a result of hub:run, a task of hub:submit, a list of these, or nil and an error"

-- What its tasks have come to cost, as far as is known.
local function spent_by(item)
  local spent = "no"
  for _, task in ipairs(item.tasks) do
    local one = task.err and task.err.spent or "yes"
    if one == "yes" then return "yes" end
    if one == "maybe" then spent = "maybe" end
  end
  return spent
end

local function fail(item, message)
  return nil, errors.new { kind = "failed", message = message, spent = spent_by(item) }
end

-- Where something was raised that does not say so itself.
local function place()
  for level = 3, 8 do
    local info = debug.getinfo(level, "Sl")
    if not info then break end
    if info.what ~= "C" then return ("%s:%d: "):format(info.short_src, info.currentline) end
  end
  return ""
end

-- What an error says, nil where it says nothing.
local function text_of(err)
  if type(err) == "string" then return err end
  local meta = getmetatable(err)
  if type(meta) ~= "table" or not meta.__tostring then return nil end
  local ok, text = pcall(tostring, err)
  return ok and text or nil
end

local WANTED_ERROR = "an error is text, or one of rhub's"

local function kind_of(err)
  return err == nil and "nil" or "a " .. type(err)
end

-- For xpcall: what was raised as one of our errors, or as a line for people.
---@param raised any
---@return rhub.error|string
function returned.trace(raised)
  if errors.is(raised) or type(raised) == "string" then return raised end
  return place() .. (text_of(raised) or ("it raised %s: %s"):format(kind_of(raised), WANTED_ERROR))
end

local function is_task(value)
  local meta = type(value) == "table" and getmetatable(value)
  return type(meta) == "table" and rawget(meta, "__name") == "rhub.task"
end

-- One value as a result, waited for where it is a task; nil and an error, false where it is neither.
local function result_of(value)
  if result.is(value) then return value end
  if not is_task(value) then return false end
  local ok, cancelled = flow.await(value)
  if not ok then error(cancelled, 0) end
  return value.result, value.err
end

local function name_of(value)
  if type(value) == "string" then return "text" end
  if type(value) == "table" then
    local meta = getmetatable(value)
    local name = type(meta) == "table" and rawget(meta, "__name")
    return type(name) == "string" and "a " .. name or "a table that is no list of results"
  end
  return type(value) == "boolean" and tostring(value) or "a " .. type(value)
end

-- Whether a table is a list, and what is wrong with it otherwise. `n` and `errors` are those of rhub.map.
local function list_problem(value)
  local last = 0
  for key in next, value do
    if math.type(key) == "integer" and key > 0 then
      last = math.max(last, key)
    elseif key ~= "n" and key ~= "errors" then
      return "it returned " .. name_of(value)
    end
  end
  for i = 1, last do
    if value[i] == nil then return ("it returned a list without a result at %d"):format(i) end
  end
end

-- The first error that rhub.map has told.
local function first_error(value)
  local told = rawget(value, "errors")
  local first
  for i in next, type(told) == "table" and told or {} do
    if math.type(i) == "integer" and (not first or i < first) then first = i end
  end
  return first and told[first]
end

local function as_error(item, err)
  if errors.is(err) then return nil, err end
  return fail(item, text_of(err) or ("it returned %s as the error: %s"):format(kind_of(err), WANTED_ERROR))
end

local function list_of(item, value)
  local err = first_error(value)
  if err ~= nil then return as_error(item, err) end
  local problem = list_problem(value)
  if problem then return fail(item, problem .. ": " .. WANTED) end
  local list, seen = {}, {}
  for i, one in ipairs(value) do
    local made, why = result_of(one)
    if made == false then
      return fail(item, ("it returned a list with %s at %d: %s"):format(name_of(one), i, WANTED))
    end
    if not made then return nil, why end
    if not seen[made] then list[#list + 1], seen[made] = made, true end
  end
  return list
end

-- It returned nothing: fine where it has submitted nothing.
local function nothing(item)
  if #item.tasks == 0 then return {} end
  for _, task in ipairs(item.tasks) do
    if task.err then return nil, task.err end
  end
  local n = #item.tasks
  local tasks = n == 1 and "1 task" or n .. " tasks"
  return fail(item, ("it submitted %s and returned nothing: %s"):format(tasks, WANTED))
end

-- The results that a row's function has returned; none where it has submitted nothing.
---@param item rhub.batch.item
---@param value any
---@param err any
---@return rhub.result[]|nil
---@return rhub.error|nil
function returned.results(item, value, err)
  if not value and err ~= nil then return as_error(item, err) end
  if value == nil then return nothing(item) end
  local made, why = result_of(value)
  if made then return { made } end
  if made == nil then return nil, why end
  if type(value) == "table" and getmetatable(value) == nil then
    local list
    list, why = list_of(item, value)
    if list and #list == 0 then return nothing(item) end
    return list, why
  end
  return fail(item, ("it returned %s: %s"):format(name_of(value), WANTED))
end

-- What it has raised.
---@param item rhub.batch.item
---@param raised any of returned.trace
---@return nil
---@return rhub.error
function returned.raised(item, raised)
  return as_error(item, raised)
end

return returned
