-- H.264 video, the plainest kind that every player takes: Baseline, raw macroblocks (I_PCM) where something
-- is new, skipped ones where nothing is. A coloured field with a square that wanders along its middle.

local h264 = {}

-- ---- bits ----

local Bits = {}
Bits.__index = Bits

local function new_bits()
  return setmetatable({ out = {}, byte = 0, filled = 0 }, Bits)
end

function Bits:u(width, value)
  for shift = width - 1, 0, -1 do
    self.byte = self.byte << 1 | (value >> shift & 1)
    self.filled = self.filled + 1
    if self.filled == 8 then
      self.out[#self.out + 1] = string.char(self.byte)
      self.byte, self.filled = 0, 0
    end
  end
  return self
end

-- Unsigned Exp-Golomb.
function Bits:ue(value)
  local width, n = 0, value + 1
  while n >> (width + 1) > 0 do width = width + 1 end
  return self:u(width, 0):u(width + 1, n)
end

function Bits:align()
  while self.filled > 0 do self:u(1, 0) end
  return self
end

function Bits:bytes(text)
  self.out[#self.out + 1] = text
  return self
end

function Bits:finish()
  return table.concat(self:u(1, 1):align().out)
end

-- No start code may appear inside: after two zeros a byte up to 3 gets a 3 in front of it.
local function escape(payload)
  local parts, from = {}, 1
  while true do
    local at = payload:find("\0\0[\0-\3]", from)
    if not at then break end
    parts[#parts + 1] = payload:sub(from, at + 1) .. "\3"
    from = at + 2
  end
  parts[#parts + 1] = payload:sub(from)
  return table.concat(parts)
end

local function nal(header, bits)
  return string.char(header) .. escape(bits:finish())
end

-- ---- the stream ----

local function sequence(columns, rows, crop_x, crop_y)
  local b = new_bits():u(8, 66):u(8, 0xC0):u(8, 30) -- Baseline, constrained, level 3
  b:ue(0):ue(0):ue(2):ue(1):u(1, 0) -- id, frame numbers of 4 bits, order as decoded, one reference
  b:ue(columns - 1):ue(rows - 1):u(1, 1):u(1, 1)
  if crop_x > 0 or crop_y > 0 then b:u(1, 1):ue(0):ue(crop_x // 2):ue(0):ue(crop_y // 2) else b:u(1, 0) end
  return nal(0x67, b:u(1, 0))
end

local function picture()
  local b = new_bits():ue(0):ue(0):u(1, 0):u(1, 0):ue(0):ue(0):ue(0):u(1, 0):u(2, 0)
  return nal(0x68, b:ue(0):ue(0):ue(0):u(1, 1):u(1, 0):u(1, 0)) -- the loop filter can be switched off
end

-- The header of a slice. `number` is the frame's since the last key frame.
local function slice(number)
  local key = number == 0
  local b = new_bits():ue(0):ue(key and 7 or 5):ue(0):u(4, number & 15)
  if key then
    b:ue(0):u(1, 0):u(1, 0)  -- idr_pic_id; no long-term reference
  else
    b:u(1, 0):u(1, 0):u(1, 0) -- default references, no reordering, sliding window
  end
  return b:ue(0):ue(1) -- slice_qp_delta 0 (as se); loop filter off
end

local function block(y, cb, cr)
  return string.char(y):rep(256) .. string.char(cb):rep(64) .. string.char(cr):rep(64)
end

local function to_yuv(colour)
  local r, g, b = colour[1], colour[2], colour[3]
  local y = 16 + (66 * r + 129 * g + 25 * b) // 256
  local cb = 128 + (-38 * r - 74 * g + 112 * b) // 256
  local cr = 128 + (112 * r - 94 * g - 18 * b) // 256
  return y, cb, cr
end

local function key_frame(columns, rows, background, square, at)
  local b = slice(0)
  for i = 0, columns * rows - 1 do
    b:ue(25):align():bytes(i == at and square or background(i % columns, i // columns))
  end
  return nal(0x65, b)
end

-- Only what changed: the square's old place and its new one.
local function next_frame(number, count, changes)
  local b, done = slice(number), 0
  for _, change in ipairs(changes) do
    b:ue(change.at - done):ue(30):align():bytes(change.block) -- I_PCM within P: 5 + 25
    done = change.at + 1
  end
  if done < count then b:ue(count - done) end
  return nal(0x41, b)
end

---@param width integer even
---@param height integer even
---@param frames integer
---@param colour integer[] red, green, blue
---@param other integer[] the square's
---@return table video {sps =, pps =, samples = {{data =, key =}}}
function h264.make(width, height, frames, colour, other)
  local columns, rows = (width + 15) // 16, (height + 15) // 16
  local y, cb, cr = to_yuv(colour)
  local square = block(to_yuv(other))
  local function background(column, row)
    local shade = (column + row) * 48 // (columns + rows) - 24
    return block(math.max(20, math.min(230, y + shade)), cb, cr)
  end
  local middle, samples, at = rows // 2, {}, nil
  for f = 0, frames - 1 do
    local before = at
    at = middle * columns + f % columns
    local number = f % 16
    local data
    if number == 0 then
      data = key_frame(columns, rows, background, square, at)
    else
      local changes = {}
      if before ~= at then
        changes[1] = { at = before, block = background(before % columns, middle) }
        changes[2] = { at = at, block = square }
      end
      table.sort(changes, function(a, b) return a.at < b.at end)
      data = next_frame(number, columns * rows, changes)
    end
    samples[#samples + 1] = { data = data, key = number == 0 }
  end
  return {
    sps = sequence(columns, rows, columns * 16 - width, rows * 16 - height), pps = picture(),
    samples = samples,
  }
end

return h264
