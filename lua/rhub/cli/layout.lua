-- Text in columns and lines of a bounded width. Knows nothing of what it lays out.

local plain = require "rhub.cli.plain"
local sys = require "rhub.sys"

local layout = {}

-- How wide lines may be on standard output: the terminal's width, or `otherwise` where it is none.
---@param otherwise number
---@return number
function layout.width(otherwise)
  return sys.isatty(1) and sys.width(1) or otherwise
end

-- Items one after the other, in as many lines as it takes. One that is too long has a line of its own.
---@param items string[]
---@param separator string
---@param width number
---@return string[] lines
function layout.wrap(items, separator, width)
  local lines, line = {}, nil
  for _, item in ipairs(items) do
    if line and plain.cells(line) + plain.cells(separator) + plain.cells(item) <= width then
      line = line .. separator .. item
    else
      lines[#lines + 1] = line
      line = item
    end
  end
  lines[#lines + 1] = line
  return lines
end

-- How wide each column is.
---@param rows string[][]
---@return integer[]
function layout.widths(rows)
  local widths = {}
  for _, row in ipairs(rows) do
    for i, cell in ipairs(row) do widths[i] = math.max(widths[i] or 0, plain.cells(cell)) end
  end
  return widths
end

-- Rows of cells as lines, two blanks between the columns and none at a line's end.
---@param rows string[][]
---@param right? table<integer, boolean> columns that stand to the right: numbers
---@return string[] lines
function layout.columns(rows, right)
  local widths, lines = layout.widths(rows), {}
  for i, row in ipairs(rows) do
    local cells = {}
    for j, cell in ipairs(row) do
      local blanks = (" "):rep(widths[j] - plain.cells(cell))
      cells[j] = right and right[j] and blanks .. cell or cell .. blanks
    end
    lines[i] = table.concat(cells, "  "):gsub("%s+$", "")
  end
  return lines
end

-- Lines with something before the first, and as many blanks before the others.
---@param lines string[]
---@param first string
---@param into string[] where they are added
function layout.hang(lines, first, into)
  local rest = (" "):rep(plain.cells(first))
  for i, line in ipairs(lines) do into[#into + 1] = (i == 1 and first or rest) .. line end
end

return layout
