-- JSONL: one JSON object a line is one row; its fields are the columns, and may be of any type.

local json = require "rhub.json"
local problems = require "rhub.batch.problems"

local jsonl = {}

---@class rhub.batch.jsonl
local Reader = {}
Reader.__index = Reader

-- A number that Lua has no exact value for stays the digits that it is written in.
local EXACT = { big = "string" }

local function decode(line)
  local value, err = json.decode(line, EXACT)
  if value == nil and err then
    local column = tonumber(err.message:match "column (%d+)") or 1
    return nil, (err.message:gsub("^JSON[^:]*: ", "")), column
  end
  if type(value) ~= "table" or #value > 0 or getmetatable(value) == json.array_mt then
    return nil, "a row is a JSON object: {\"subject\": \"a cat\"}", 1
  end
  for name, item in pairs(value) do
    if item == json.null then value[name] = "" end
  end
  return value
end

-- Where a field's value stands in its line: what is a name there is followed by a colon.
local function where_is(line, number)
  return function(name)
    local quoted, at = json.encode(name), 1
    while true do
      local from, to = line:find(quoted, at, true)
      if not from then return number, 1 end
      local value = line:match("^%s*:%s*()", to + 1)
      if value and line:sub(from - 1, from - 1) ~= "\\" then return number, problems.column(line, value) end
      at = from + 1
    end
  end
end

-- The next row; lines that cannot be read are told of and left out.
---@return rhub.batch.row|nil
function Reader:next()
  for line in self.lines do
    self.line = self.line + 1
    local number = self.line
    if number == 1 then line = line:gsub("^\xEF\xBB\xBF", "") end
    if line:find "%S" then
      local values, message, column = decode(line)
      if values then
        return { line = number, values = values, place = where_is(line, number) }
      end
      self.problems:add(number, column, { message = message })
    end
  end
end

---@param file file*
---@param found rhub.batch.problems
---@return rhub.batch.jsonl
function jsonl.reader(file, found)
  return setmetatable({ lines = file:lines(), problems = found, line = 0 }, Reader)
end

return jsonl
