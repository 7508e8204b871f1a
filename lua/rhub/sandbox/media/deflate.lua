-- Checksums and the plainest of compressions: stored blocks, which every reader of zlib and gzip takes.

local deflate = {}

local crc_table

local function make_crc_table()
  local t = {}
  for i = 0, 255 do
    local c = i
    for _ = 1, 8 do c = c & 1 == 1 and 0xEDB88320 ~ (c >> 1) or c >> 1 end
    t[i] = c
  end
  return t
end

---@param text string
---@return integer
function deflate.crc32(text)
  crc_table = crc_table or make_crc_table()
  local t, c = crc_table, 0xFFFFFFFF
  for i = 1, #text do c = t[(c ~ text:byte(i)) & 0xFF] ~ (c >> 8) end
  return c ~ 0xFFFFFFFF
end

local function adler32(text)
  local a, b = 1, 0
  for i = 1, #text do
    a = (a + text:byte(i)) % 65521
    b = (b + a) % 65521
  end
  return b << 16 | a
end

local function stored(text)
  local blocks, n = {}, #text
  for at = 1, math.max(n, 1), 65535 do
    local part = text:sub(at, at + 65534)
    local last = at + 65535 > n and 1 or 0
    blocks[#blocks + 1] = string.pack("<BI2I2", last, #part, ~#part & 0xFFFF) .. part
  end
  return table.concat(blocks)
end

---@param text string
---@return string
function deflate.zlib(text)
  return "\x78\x01" .. stored(text) .. string.pack(">I4", adler32(text))
end

---@param text string
---@return string
function deflate.gzip(text)
  return "\x1f\x8b\8\0\0\0\0\0\0\xff" .. stored(text) .. string.pack("<I4I4", deflate.crc32(text), #text)
end

return deflate
