-- A picture: a gradient between two colours with a disc in it, in the shape that was asked for.

local deflate = require "rhub.sandbox.media.deflate"

local png = {}

local function chunk(kind, data)
  return string.pack(">I4", #data) .. kind .. data .. string.pack(">I4", deflate.crc32(kind .. data))
end

-- 128 colours from one to the other, and 128 for the disc.
local function palette(colour, other)
  local bytes = {}
  local function ramp(from, to)
    for i = 0, 127 do
      for c = 1, 3 do bytes[#bytes + 1] = string.char((from[c] * (127 - i) + to[c] * i) // 127) end
    end
  end
  ramp(colour, other)
  ramp(other, colour)
  return table.concat(bytes)
end

---@param width integer
---@param height integer
---@param colour integer[] red, green, blue
---@param other integer[]
---@return string
function png.make(width, height, colour, other)
  local rows, steps = {}, width + height
  local cx, cy, radius = width / 2, height / 2, math.min(width, height) / 3
  for y = 0, height - 1 do
    local row = {}
    for x = 0, width - 1 do
      local inside = (x - cx) ^ 2 + (y - cy) ^ 2 < radius * radius
      row[#row + 1] = (x + y) * 128 // steps + (inside and 128 or 0)
    end
    rows[#rows + 1] = "\0" .. string.char(table.unpack(row))
  end
  return "\x89PNG\r\n\x1a\n"
    .. chunk("IHDR", string.pack(">I4I4BBBBB", width, height, 8, 3, 0, 0, 0))
    .. chunk("PLTE", palette(colour, other))
    .. chunk("IDAT", deflate.zlib(table.concat(rows)))
    .. chunk("IEND", "")
end

return png
