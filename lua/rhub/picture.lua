-- How large a picture is, from its header: PNG, GIF, BMP, WebP, JPEG. Reads no more of a file than it needs
-- and knows nothing of parameters.

local picture = {}

local unpack = string.unpack

local READERS = {}

function READERS.png(head)
  if head:sub(13, 16) == "IHDR" and #head >= 24 then return unpack(">I4I4", head, 17) end
end

function READERS.gif(head)
  if #head >= 10 then return unpack("<I2I2", head, 7) end
end

function READERS.bmp(head)
  if #head < 26 then return nil end
  local width, height = unpack("<i4i4", head, 19)
  return width, math.abs(height) -- negative: its lines stand from top to bottom
end

function READERS.webp(head)
  if #head < 30 then return nil end
  local kind = head:sub(13, 16)
  if kind == "VP8X" then
    local width, height = unpack("<I3I3", head, 25)
    return width + 1, height + 1
  elseif kind == "VP8L" then
    local bits = unpack("<I4", head, 22)
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
  elseif kind == "VP8 " then
    local width, height = unpack("<I2I2", head, 27)
    return width & 0x3FFF, height & 0x3FFF
  end
end

-- Whether a JPEG's segment is a frame header: all SOFn but DHT, JPG and DAC, which stand among them.
local function is_frame(marker)
  return marker >= 0xC0 and marker <= 0xCF and marker ~= 0xC4 and marker ~= 0xC8 and marker ~= 0xCC
end

local MOST_SEGMENTS = 200

-- A JPEG tells its size behind its other segments, some of which hold whole thumbnails: those are skipped.
local function read_jpeg(file)
  file:seek("set", 2)
  for _ = 1, MOST_SEGMENTS do
    local mark = file:read(4)
    if not mark or #mark < 4 or mark:byte(1) ~= 0xFF then return nil end
    local marker, length = mark:byte(2), unpack(">I2", mark, 3)
    if is_frame(marker) then
      local frame = file:read(5)
      if not frame or #frame < 5 then return nil end
      local height, width = unpack(">I2I2", frame, 2)
      return width, height
    end
    if length < 2 then return nil end
    file:seek("cur", length - 2)
  end
end

-- Width and height in pixels; nil where the header does not tell.
---@param path string
---@param type_ string|nil "png", "jpg", ...: what rhub.sniff found
---@return integer|nil width
---@return integer|nil height
function picture.size(path, type_)
  local reader = type_ == "jpg" and read_jpeg or READERS[type_]
  if not reader then return nil end
  local file <close> = io.open(path, "rb")
  if not file then return nil end
  local width, height
  if reader == read_jpeg then
    width, height = read_jpeg(file)
  else
    width, height = reader(file:read(32) or "")
  end
  if not width or width <= 0 or height <= 0 then return nil end
  return width, height
end

return picture
