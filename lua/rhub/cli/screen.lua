-- Lines at the bottom of a terminal that are redrawn in place: without flicker, and right also where the
-- terminal has become narrower or wider since.

local plain = require "rhub.cli.plain"
local rows = require "rhub.cli.rows"
local sys = require "rhub.sys"

local screen = {}

local WIDTH = 80 -- where the terminal does not tell

---@class rhub.cli.screen
---@field drawn integer       how many lines stand there
---@field cells integer[]     how many columns each of them took
---@field width integer|nil   of the terminal then
---@field shown string|nil
local Screen = {}
Screen.__index = Screen

---@return rhub.cli.screen
function screen.new()
  return setmetatable({ drawn = 0, cells = {} }, Screen)
end

-- How many columns a line may have.
---@return integer
function screen.room()
  return (sys.width(2) or WIDTH) - 1
end

-- The lines of the terminal that the drawn ones take: a narrower one wraps them.
local function height(self, width)
  if width == self.width then return self.drawn end
  local n = 0
  for _, cells in ipairs(self.cells) do n = n + math.max(1, (cells + width - 1) // width) end
  return n
end

-- Takes the lines away: whatever is written next stands where they began.
function Screen:clear()
  if self.drawn == 0 then return end
  sys.write(2, ("\27[%dA\r\27[J"):format(height(self, sys.width(2) or WIDTH)))
  self.drawn, self.shown, self.cells = 0, nil, {}
end

-- Draws these lines in the place of those that stand there.
---@param lines string[]
---@param colour boolean
function Screen:draw(lines, colour)
  local width, cells = sys.width(2) or WIDTH, {}
  for i, line in ipairs(lines) do
    line = plain.cut(line, width - 1)
    cells[i] = plain.cells(line)
    lines[i] = rows.paint(line, colour) .. "\27[K\n"
  end
  local text, same = table.concat(lines), width == self.width
  if same and text == self.shown or #lines == 0 and self.drawn == 0 then return end
  local before = height(self, width)
  local up = before > 0 and ("\27[%dA\r"):format(before) or ""
  local rest = same and #lines < before and "\27[J" or ""
  if not same then up = up .. "\27[J" end
  self.drawn, self.shown, self.width, self.cells = #lines, text, width, cells
  io.stdout:flush()
  sys.write(2, up .. text .. rest)
end

return screen
