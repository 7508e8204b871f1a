-- A file of rows, whatever it is written in: CSV, TSV, JSONL, Lua, or standard input. It is read several
-- times, a row at a time.

local csv = require "rhub.batch.csv"
local errors = require "rhub.errors"
local jsonl = require "rhub.batch.jsonl"
local spool = require "rhub.batch.spool"
local sys = require "rhub.sys"

local rows = {}

---@class rhub.batch.row
---@field number integer   1 for the first
---@field line integer
---@field values table<string, any>
---@field place fun(column: string): integer, integer line and column of a value

---@class rhub.batch.rows
---@field name string      for people
---@field path string
---@field format "csv"|"tsv"|"jsonl"
---@field columns string[]|nil those that every row has; nil: each row has its own
local Rows = {}
Rows.__index = Rows

local BY_ENDING = { csv = "csv", tsv = "tsv", tab = "tsv", jsonl = "jsonl", ndjson = "jsonl", lua = "lua" }

-- By the first line that holds anything.
local function guess(path)
  local file = io.open(path, "rb")
  local head = file and file:read(4096) or ""
  if file then file:close() end
  local line = head:gsub("^\xEF\xBB\xBF", ""):match "[^\r\n]+" or ""
  if line:find "^%s*{" then return "jsonl" end
  return line:find("\t", 1, true) and not line:find(",", 1, true) and "tsv" or "csv"
end

local function unreadable(path)
  local stat, reason = sys.stat(path)
  if stat and stat.type == "dir" then reason = "is a folder; give a file" end
  if stat and stat.type ~= "dir" then
    local ok
    ok, reason = sys.readable(path)
    if ok then return nil end
  end
  return errors.input(("%s: %s; nothing was sent"):format(path, reason))
end

-- Opens it; `-` is standard input.
---@param path string
---@return rhub.batch.rows|nil
---@return rhub.error|nil
function rows.open(path)
  local format = BY_ENDING[(path:match "%.(%w+)$" or ""):lower()]
  local self = setmetatable({ name = path == "-" and "standard input" or path, path = path }, Rows)
  local err = path ~= "-" and unreadable(path)
  if err then return nil, err end
  if path == "-" or format == "lua" then
    local kept
    if path == "-" then kept, err = spool.stream(io.stdin) else kept, err = spool.script(path) end
    if not kept then return nil, err end
    self.path, self.temporary = kept, true
    if format == "lua" then format = "jsonl" end
  end
  self.format = format or guess(self.path)
  return self
end

-- An iterator over all rows, from the first on. What is wrong is told to `found`, and such rows are left out.
---@param found rhub.batch.problems
---@return fun(): rhub.batch.row|nil
function Rows:each(found)
  local file = assert(io.open(self.path, "rb"))
  local reader = self.format == "jsonl" and jsonl.reader(file, found)
    or csv.reader(file, self.format == "tsv" and "\t" or ",", found)
  self.columns = reader.columns
  local n = 0
  return function()
    local row = reader:next()
    if not row then
      if io.type(file) == "file" then file:close() end
      return nil
    end
    n = n + 1
    row.number = n
    return row
  end
end

-- Removes what was kept of rows that could be read only once.
function Rows:close()
  if self.temporary then os.remove(self.path) end
  self.temporary = nil
end
Rows.__close = Rows.close

return rows
