-- Text as a terminal shows it: how wide it is, how it is cut, how numbers, sizes and times look.
-- Knows neither tasks nor where the text goes.

local plain = {}

local function escape(byte)
  return ("\\x%02X"):format(byte:byte())
end

-- Neutralises what could move the cursor, change colours or talk to the terminal: control bytes, C1 controls,
-- direction marks, broken UTF-8. A server's message is shown, never obeyed.
---@param text any
---@return string
function plain.text(text)
  text = tostring(text)
  if not text:find("[^\32-\126]") then return text end
  local length, bad = utf8.len(text)
  while not length do
    text = text:sub(1, bad - 1) .. escape(text:sub(bad, bad)) .. text:sub(bad + 1)
    length, bad = utf8.len(text, bad)
  end
  text = text:gsub("[%z\1-\31\127]", function(byte)
    return (byte == "\n" or byte == "\t" or byte == "\r") and " " or escape(byte)
  end)
  text = text:gsub("\xC2([\x80-\x9F])", escape)
  return (text:gsub("\xE2\x80[\x8E\x8F\xAA-\xAE]", "?"):gsub("\xE2\x81[\xA6-\xA9]", "?"))
end

-- The same for text whose line ends are ours.
---@param text string
---@return string
function plain.lines(text)
  return (text:gsub("[^\n]+", plain.text))
end

-- A word of a command that is to be copied into a shell: quoted where it has to be.
---@param word string
---@return string
function plain.word(word)
  if word:find("^[%w_@%%+=:,./-]+$") then return word end
  return "'" .. plain.text(word):gsub("'", [['\'']]) .. "'"
end

-- First and last of those that are two columns wide: East Asian, emoji, and all symbols among which there are
-- some. In order.
local WIDE = { 0x1100, 0x115F, 0x231A, 0x231B, 0x23E9, 0x23F3, 0x25FD, 0x25FE, 0x2600, 0x27BF, 0x2B1B, 0x2B1C,
  0x2B50, 0x2B55, 0x2E80, 0xA4CF, 0xA960, 0xA97F, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F, 0xFF00,
  0xFF60, 0xFFE0, 0xFFE6, 0x16FE0, 0x1B2FF, 0x1F000, 0x1FAFF, 0x20000, 0x3FFFD }

-- None: rhub.cli.rows' own colour marks. Rough on purpose: only the cutting of lines depends on it, where too
-- wide does no harm, and too narrow a line that wraps.
local function columns(code)
  if code < 32 then return 0 end
  if code < 0x1100 then return code >= 0x300 and code < 0x370 and 0 or 1 end
  if code >= 0x200B and code <= 0x200D then return 0 end
  for i = 1, #WIDE, 2 do
    if code <= WIDE[i + 1] then return code >= WIDE[i] and 2 or 1 end
  end
  return 1
end

-- How many columns a text takes.
---@param text string
---@return integer
function plain.cells(text)
  if not text:find("[%c\x80-\xFF]") then return #text end
  local n = 0
  for _, code in utf8.codes(text, true) do n = n + columns(code) end
  return n
end

-- The text, cut so that it takes at most `width` columns.
---@param text string
---@param width integer
---@return string
function plain.cut(text, width)
  if plain.cells(text) <= width then return text end
  local n = 0
  for at, code in utf8.codes(text, true) do
    n = n + columns(code)
    if n > width - 1 then return text:sub(1, at - 1) .. "…" end
  end
  return text
end

---@param text string
---@param width integer
---@return string
function plain.pad(text, width)
  return text .. (" "):rep(width - plain.cells(text))
end

-- A path as people write it.
---@param path string
---@return string
function plain.path(path)
  return path:match("^%./+(.+)$") or path
end

-- 18 KB, 4.1 MB: three digits at most, as people say it.
---@param n number
---@return string
function plain.bytes(n)
  if n < 1000 then return ("%d B"):format(n // 1) end
  for _, unit in ipairs { "KB", "MB", "GB" } do
    n = n / 1024
    if n < 9.95 and unit ~= "KB" then return ("%.1f %s"):format(n, unit) end
    if n < 999.5 or unit == "GB" then return ("%.0f %s"):format(n, unit) end
  end
end

-- 3 s, 0:42, 1:02:03.
---@param seconds number
---@return string
function plain.time(seconds)
  local s = math.floor(seconds)
  if s < 10 then return s .. " s" end
  if s < 3600 then return ("%d:%02d"):format(s // 60, s % 60) end
  return ("%d:%02d:%02d"):format(s // 3600, s // 60 % 60, s % 60)
end

-- "2.10 CNY", "25 coins"; nil when it is not known. Amounts stay the decimal text that they are.
---@param cost { amount?: string, currency?: string, coins?: string }|nil
---@return string|nil
function plain.money(cost)
  if not cost then return nil end
  if cost.coins then return cost.coins .. (cost.coins == "1" and " coin" or " coins") end
  if not cost.amount then return nil end
  local whole, part = cost.amount:match("^(%-?%d+)%.?(%d*)$")
  local amount = whole and whole .. "." .. part .. ("0"):rep(2 - #part) or cost.amount
  return plain.text(amount .. (cost.currency and " " .. cost.currency or ""))
end

return plain
