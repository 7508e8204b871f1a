-- CSV as RFC 4180 has it, and TSV: the first record names the columns, the others are rows. A record at a
-- time is held, however long the file is.

local problems = require "rhub.batch.problems"

local byte, find, sub = string.byte, string.find, string.sub

local csv = {}

local LONGEST = 1 << 20 -- bytes of a record: beyond, a quote was forgotten

---@class rhub.batch.csv
---@field columns string[]|nil nil: there is no usable header
local Reader = {}
Reader.__index = Reader

local OPEN = {} -- a quoted field goes on in the next line
local STRAY = 'a quote inside of a field: put the field in quotes, and write "" for this one'

local function quoted(text, at)
  local from = at + 1
  while true do
    local quote = text:find('"', from, true)
    if not quote then return nil end
    if text:byte(quote + 1) ~= 34 then
      return (text:sub(at + 1, quote - 1):gsub('""', '"')), quote + 1
    end
    from = quote + 2
  end
end

-- One field that begins at `at`: its text and where it ends; or OPEN; or nil, what is wrong, and where.
local function field(self, text, at)
  local separator = self.separator
  if text:byte(at) ~= 34 then
    local stop = text:find(separator, at, true) or #text + 1
    local value = text:sub(at, stop - 1)
    local stray = separator == "," and value:find('"', 1, true)
    if stray then
      return nil, STRAY, at + stray - 1
    end
    return value, stop
  end
  local value, stop = quoted(text, at)
  if not value then return OPEN, at end
  if stop <= #text and text:sub(stop, stop) ~= separator then
    return nil, 'text after a closing quote: a quote within a field is written ""', stop
  end
  return value, stop
end

-- The fields of a record without a quote in it.
local function split_plain(self, text)
  local fields, n, at, separator = {}, 0, 1, self.separator
  while true do
    local stop = find(text, separator, at, true)
    n = n + 1
    if not stop then
      fields[n] = sub(text, at)
      return fields
    end
    fields[n] = sub(text, at, stop - 1)
    at = stop + 1
  end
end

-- The fields of a record and where each begins; or OPEN and where; or nil, what is wrong, and where.
local function split(self, text)
  local fields, starts, at = {}, {}, 1
  while true do
    local value, stop, where = field(self, text, at)
    if value == nil or value == OPEN then return value, stop, where end
    fields[#fields + 1], starts[#starts + 1] = value, at
    if stop > #text then return fields, starts end
    at = stop + 1
  end
end

local function next_line(self)
  local line = self.file:read "L"
  if not line then return nil end
  self.line = self.line + 1
  if self.line == 1 then line = line:gsub("^\xEF\xBB\xBF", "") end
  return line
end

local function without_end(text)
  local last = #text
  if byte(text, last) == 10 then last = last - 1 end
  if last < #text and byte(text, last) == 13 then last = last - 1 end
  return sub(text, 1, last)
end

-- Line and column of a byte of the record.
local function place(record, at)
  local before = record.text:sub(1, at - 1)
  local _, lines = before:gsub("\n", "")
  local last = before:match "[^\n]*$"
  return record.line + lines, problems.column(last, #last + 1)
end

local function complain(self, record, at, message)
  local line, column = place(record, at)
  self.problems:add(line, column, { message = message })
end

-- Reads on until the quote is closed. `parts`: the lines so far.
local function read_open(self, parts, size)
  while size < LONGEST do
    local line = next_line(self)
    if not line then return nil end
    parts[#parts + 1], size = line, size + #line
    if line:find('"', 1, true) then return table.concat(parts), size end
  end
end

local function whole_record(self, first)
  local record = { line = self.line, text = without_end(first) }
  if not find(first, '"', 1, true) then
    record.fields = split_plain(self, record.text)
    return record
  end
  local parts, size = { first }, #first
  local fields, starts, where = split(self, record.text)
  while fields == OPEN do
    local open = starts
    local raw, total = read_open(self, parts, size)
    if not raw then
      complain(self, record, open, "a quote that is never closed")
      self.ended = true
      return nil
    end
    parts, size, record.text = { raw }, total, without_end(raw)
    fields, starts, where = split(self, record.text)
  end
  if not fields then
    complain(self, record, where, starts)
    return nil
  end
  record.fields, record.starts = fields, starts
  return record
end

local function is_text(self, record)
  local text = record.text
  local ok, bad = utf8.len(text)
  if ok and not text:find("\0", 1, true) then return true end
  complain(self, record, bad or text:find("\0", 1, true),
    ok and "a NUL byte" or "no UTF-8: save the file as UTF-8")
  return false
end

-- The next record that holds anything and can be read; nil at the end.
local function next_record(self)
  while not self.ended do
    local line = next_line(self)
    if not line then return nil end
    if find(line, "[^\r\n]") then
      local record = whole_record(self, line)
      if record and is_text(self, record) then return record end
      if not record or not self.columns then self.bad = true end
    end
  end
end

-- Where the n-th field begins; nil: there is none.
local function start_of(self, record, n)
  record.starts = record.starts or select(2, split(self, record.text))
  return record.starts[n]
end

local function read_header(self)
  local record = next_record(self)
  if not record then
    if not self.bad then
      self.problems:add(1, 1, { message = "is empty: the first line names the columns" })
    end
    return
  end
  local cr = record.text:find("\r", 1, true)
  if cr then
    complain(self, record, cr, "a line that ends in CR alone: save the file with LF or CRLF")
    return
  end
  local seen = {}
  self.columns = {}
  for i, name in ipairs(record.fields) do
    name = name:match "^%s*(.-)%s*$"
    if name == "" then complain(self, record, start_of(self, record, i), "a column without a name") end
    if seen[name] and name ~= "" then
      complain(self, record, start_of(self, record, i), ('a second column "%s"'):format(name))
    end
    seen[name], self.columns[i] = true, name
  end
end

-- Where a column's value stands in the row.
local function where_is(self, record)
  return function(name)
    for i, column in ipairs(self.columns) do
      local start = column == name and start_of(self, record, i)
      if start then return place(record, start) end
    end
    return record.line, 1
  end
end

local function count_fields(self, record)
  local has, takes = #record.fields, #self.columns
  if has == takes then return true end
  local at = has > takes and start_of(self, record, takes + 1) or #record.text + 1
  local remedy = has > takes and self.separator == "," and "; a field with a comma in it stands in quotes"
    or ""
  complain(self, record, at, ("%d %s where the header has %d%s"):format(has, has == 1 and "field" or "fields",
    takes, remedy))
  return false
end

-- The next row: { line =, values = { [column] = text }, place = function(column) -> line, column }. Rows that
-- cannot be read are told of and left out.
---@return rhub.batch.row|nil
function Reader:next()
  if not self.columns then return nil end
  while true do
    local record = next_record(self)
    if not record then return nil end
    if count_fields(self, record) then
      local values, fields, columns = {}, record.fields, self.columns
      for i = 1, #columns do values[columns[i]] = fields[i] end
      return { line = record.line, values = values, place = where_is(self, record) }
    end
  end
end

-- Reads from an open file.
---@param file file*
---@param separator string "," or a tab
---@param found rhub.batch.problems
---@return rhub.batch.csv
function csv.reader(file, separator, found)
  local self = setmetatable({ file = file, separator = separator, problems = found, line = 0 }, Reader)
  read_header(self)
  return self
end

return csv
