-- How a declaration of the catalogue looks: Lua values as text, and lines that end before column 104.
-- Knows no models.

local layout = {}

local WIDTH, ONE_LINE = 104, 108 -- what fits on one line to the last comma is not broken
local RESERVED = {}
for word in ([[and break do else elseif end false for function goto if in local nil not or repeat return then
  true until while]]):gmatch("%S+") do
  RESERVED[word] = true
end

-- ---- single values ----------------------------------------------------------------------------

-- Columns that a text takes: Chinese stands two wide.
---@param text string
---@return integer
function layout.columns(text)
  local n = 0
  for _, code in utf8.codes(text, true) do n = n + (code >= 0x2E80 and 2 or 1) end
  return n
end

---@param text string
---@param width integer
---@return string
function layout.pad(text, width)
  return text .. (" "):rep(width - layout.columns(text))
end

local ESCAPES = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t" }

-- A text as Lua has it between quotes.
---@param text string
---@return string
function layout.quote(text)
  return '"' .. text:gsub('[%c"\\]', function(c) return ESCAPES[c] or ("\\%03d"):format(c:byte()) end) .. '"'
end

-- The shortest digits that read as the same number.
---@param n number
---@return string
function layout.number(n)
  if math.type(n) == "integer" then return tostring(n) end
  local text
  for digits = 14, 17 do
    text = ("%%.%dg"):format(digits):format(n)
    if tonumber(text) == n then break end
  end
  return text:find("[.eE]") and text or text .. ".0"
end

local function key(name)
  if name:find("^[%a_][%w_]*$") and not RESERVED[name] then return name end
  return "[" .. layout.quote(name) .. "]"
end

-- A value as Lua has it, a table on one line.
---@param v any
---@return string
function layout.value(v)
  if type(v) == "string" then return layout.quote(v) end
  if type(v) == "number" then return layout.number(v) end
  if type(v) == "table" then return "{ " .. table.concat(layout.items_of(v), ", ") .. " }" end
  return tostring(v)
end

-- Numbers by their size, before words: 720p, 1080p, auto.
local function natural(a, b)
  local function padded(digits) return ("0"):rep(20 - #digits) .. digits end
  return a:gsub("%d+", padded) < b:gsub("%d+", padded)
end

---@param t table
---@return string[] keys those that are texts
function layout.sorted_keys(t)
  local keys = {}
  for k in pairs(t) do
    if type(k) == "string" then keys[#keys + 1] = k end
  end
  table.sort(keys, natural)
  return keys
end

-- The items of a table as text: those without a name first.
---@param t table
---@return string[]
function layout.items_of(t)
  local items = {}
  for _, v in ipairs(t) do items[#items + 1] = layout.value(v) end
  for _, k in ipairs(layout.sorted_keys(t)) do items[#items + 1] = key(k) .. " = " .. layout.value(t[k]) end
  return items
end

-- ---- lines ------------------------------------------------------------------------------------

-- The items, as many on a line as there is room for, each with its comma.
---@param items string[]
---@param indent string
---@return string[] lines
function layout.fill(items, indent)
  local lines, line = {}, nil
  for _, item in ipairs(items) do
    local longer = line and line .. " " .. item .. ","
    if longer and layout.columns(longer) <= WIDTH then
      line = longer
    else
      lines[#lines + 1] = line
      line = indent .. item .. ","
    end
  end
  lines[#lines + 1] = line
  return lines
end

-- `head { items },` on one line, or the items on lines of their own.
---@param lines string[] where they are added
---@param head string
---@param items string[]
function layout.braces(lines, head, items)
  local line = ("  %s { %s },"):format(head, table.concat(items, ", "))
  if layout.columns(line) <= ONE_LINE then
    lines[#lines + 1] = line
    return
  end
  lines[#lines + 1] = ("  %s {"):format(head)
  table.move(layout.fill(items, "    "), 1, #items, #lines + 1, lines)
  lines[#lines + 1] = "  },"
end

return layout
