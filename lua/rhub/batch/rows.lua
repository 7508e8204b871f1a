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
---@field file file*       all passes read it: a file that takes its place meanwhile is none of ours
---@field format "csv"|"tsv"|"jsonl"
---@field by_row? true     they come from a program: there are no lines that people could look at
---@field columns string[]|nil those that every row has; nil: each row has its own
local Rows = {}
Rows.__index = Rows

local BY_ENDING = { csv = "csv", tsv = "tsv", tab = "tsv", jsonl = "jsonl", ndjson = "jsonl", lua = "lua" }

-- By the first line that holds anything.
local function guess(file)
  file:seek "set"
  local head = file:read(4096) or ""
  local line = head:gsub("^\xEF\xBB\xBF", ""):match "[^\r\n]+" or ""
  if line:find "^%s*{" then return "jsonl" end
  return line:find("\t", 1, true) and not line:find(",", 1, true) and "tsv" or "csv"
end

local function unreadable(path, reason)
  return nil, errors.input(("%s: %s; nothing was sent"):format(path, reason))
end

-- A file that can be read several times, or what stands for one that cannot.
local function open(path, format)
  if path == "-" then return spool.stream(io.stdin, "standard input") end
  local stat, reason = sys.stat(path)
  if not stat then return unreadable(path, reason) end
  if stat.type == "dir" then return unreadable(path, "is a folder; give a file") end
  if format == "lua" then
    local ok
    ok, reason = sys.readable(path)
    if not ok then return unreadable(path, reason) end
    return spool.script(path)
  end
  local file
  file, reason = io.open(path, "rb")
  if not file then return unreadable(path, reason:match ": (.*)$" or reason) end
  if stat.type == "file" then return file end
  local input <close> = file
  return spool.stream(input, path)
end

-- Opens it; `-` is standard input.
---@param path string
---@return rhub.batch.rows|nil
---@return rhub.error|nil
function rows.open(path)
  local format = BY_ENDING[(path:match "%.(%w+)$" or ""):lower()]
  local file, err = open(path, format)
  if not file then return nil, err end
  local by_row = format == "lua" or nil
  if by_row then format = "jsonl" end
  return setmetatable({ name = path == "-" and "standard input" or path, file = file, by_row = by_row,
    format = format or guess(file) }, Rows)
end

-- An iterator over all rows, from the first on. What is wrong is told to `found`, and such rows are left out.
---@param found rhub.batch.problems
---@return fun(): rhub.batch.row|nil
function Rows:each(found)
  local file = self.file
  file:seek "set"
  local reader = self.format == "jsonl" and jsonl.reader(file, found)
    or csv.reader(file, self.format == "tsv" and "\t" or ",", found)
  self.columns = reader.columns
  local n = 0
  return function()
    local row = reader:next()
    if not row then return nil end
    n = n + 1
    row.number = n
    return row
  end
end

function Rows:close()
  if io.type(self.file) == "file" then self.file:close() end
end
Rows.__close = Rows.close

return rows
