-- What is wrong with a file of rows, with line and column: collected while it is read, told at once. A
-- screenful is kept, the rest is counted.

local errors = require "rhub.errors"

local problems = {}

local MOST = 20

---@class rhub.batch.problems
---@field name string        what the file is called
---@field by_row any          rows have no lines of their own: what is wrong is told by the row's number
---@field count integer      all of them
---@field list rhub.problem[] the first of them
local Problems = {}
Problems.__index = Problems

---@param name string
---@param by_row? any
---@return rhub.batch.problems
function problems.new(name, by_row)
  return setmetatable({ name = name, by_row = by_row, count = 0, list = {} }, Problems)
end

-- The column that a byte stands in, as people count: in characters.
---@param text string
---@param at integer
---@return integer
function problems.column(text, at)
  local before = text:sub(1, at - 1)
  return (utf8.len(before) or #before) + 1
end

---@param line integer
---@param column integer
---@param problem rhub.problem without `param`
function Problems:add(line, column, problem)
  self.count = self.count + 1
  if self.count > MOST then return end
  problem.param = self.by_row and "row " .. line or ("%d:%d"):format(line, column)
  self.list[self.count] = problem
end

-- All of them as one error of kind "input"; nil where there is none.
---@return rhub.error|nil
function Problems:error()
  if self.count == 0 then return nil end
  local words = require "rhub.check.words"
  local lines = {}
  for i, problem in ipairs(self.list) do
    lines[i] = ("%s%s%s: %s"):format(self.name, self.by_row and ", " or ":", problem.param,
      words.problem(problem))
  end
  local more = self.count - #self.list
  if more > 0 then lines[#lines + 1] = ("and %d more"):format(more) end
  local err = errors.input(table.concat(lines, "; ") .. "; nothing was sent", self.list)
  err.model, err.count = self.name, self.count
  return err
end

return problems
