-- Rows that can be read only once, kept in a temporary file so that they can be looked at before the first is
-- sent: a stream as it is, rows of a Lua file as JSONL. The file has no name, and is gone with this process.

local errors = require "rhub.errors"
local json = require "rhub.json"
local sys = require "rhub.sys"

local spool = {}

local PIECE = 1 << 16

local function io_error(what, reason)
  return errors.new { kind = "io",
    message = ("%s cannot be kept in a temporary file: %s"):format(what, reason) }
end

-- Fills a temporary file by `fill(file)`, which returns true, or nil and an error.
local function fill_file(what, fill)
  local file, reason = sys.tmpfile()
  if not file then return nil, io_error(what, reason) end
  local ok, err = fill(file)
  if ok then
    ok, reason = file:flush()
    err = not ok and io_error(what, reason) or nil
  end
  if ok then return file end
  file:close()
  return nil, err
end

-- All of a stream.
---@param input file*
---@param what string for people
---@return file*|nil spooled
---@return rhub.error|nil
function spool.stream(input, what)
  return fill_file(what, function(file)
    while true do
      local piece, reason = input:read(PIECE)
      if not piece then
        if not reason then return true end
        return nil, errors.input(("%s cannot be read: %s"):format(what, reason))
      end
      local ok
      ok, reason = file:write(piece)
      if not ok then return nil, io_error(what, reason) end
    end
  end)
end

-- What is wrong with a table as a list of rows. `n` is that of table.pack.
local function list_problem(rows)
  local last = math.type(rows.n) == "integer" and rows.n or 0
  for key in next, rows do
    if math.type(key) == "integer" and key > 0 then
      last = math.max(last, key)
    elseif key ~= "n" then
      return ("returns a table with the key %s: return a list of rows, { { subject = \"a cat\" }, ... }")
        :format(json.encode(tostring(key)))
    end
  end
  for i = 1, last do
    if rows[i] == nil then return ("row %d of %d is missing: the list has nil there"):format(i, last) end
  end
end

-- What a Lua file returns, as an iterator over rows.
local function iterator(path)
  local chunk, reason = loadfile(path)
  if not chunk then return nil, errors.input(reason) end
  local ok, rows, state, control = pcall(chunk)
  if not ok then return nil, errors.input(tostring(rows)) end
  if type(rows) == "function" then return rows, state, control end
  if type(rows) ~= "table" then
    return nil, errors.input(("%s returns a %s: return a list of rows, or an iterator"):format(path,
      type(rows)))
  end
  local problem = list_problem(rows)
  if problem then return nil, errors.input(("%s: %s; nothing was sent"):format(path, problem)) end
  local i = 0
  return function()
    i = i + 1
    return rows[i]
  end
end

-- An iterator may give an index before the row, as ipairs does.
local function row_of(first, second)
  if type(first) == "table" or second == nil then return first end
  return second
end

local function write_row(file, path, n, row)
  if type(row) ~= "table" then
    return nil, errors.input(("%s: row %d is a %s, not a table"):format(path, n, type(row)))
  end
  local text, err = json.encode(row, nil, ("row %d"):format(n))
  if text and text:sub(1, 1) ~= "{" then
    return nil, errors.input(("%s: row %d has no columns: a row is { subject = \"a cat\" }"):format(path, n))
  end
  if not text then return nil, errors.input(("%s: %s"):format(path, err.message)) end
  local ok, reason = file:write(text, "\n")
  if not ok then return nil, io_error(path, reason) end
  return true
end

-- The rows that a Lua file returns, one a line.
---@param path string
---@return file*|nil spooled
---@return rhub.error|nil
function spool.script(path)
  local step, state, control = iterator(path)
  if not step then return nil, state end
  return fill_file(path, function(file)
    local n = 0
    while true do
      local called, first, second = pcall(step, state, control)
      if not called then return nil, errors.input(("%s: %s"):format(path, tostring(first))) end
      if first == nil then return true end
      control, n = first, n + 1
      local ok, err = write_row(file, path, n, row_of(first, second))
      if not ok then return nil, err end
    end
  end)
end

return spool
