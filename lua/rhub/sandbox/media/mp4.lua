-- A video file: the boxes of ISO 14496-12 around an H.264 stream, its index before its data.

local h264 = require "rhub.sandbox.media.h264"

local mp4 = {}

local RATE = 8 -- frames a second

local function box(kind, ...)
  local data = table.concat({ ... })
  return string.pack(">I4", 8 + #data) .. kind .. data
end

local function full(kind, flags, ...)
  return box(kind, string.pack(">I4", flags), ...)
end

local MATRIX = string.pack(">I4I4I4I4I4I4I4I4I4", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)

local function avc_entry(video, width, height)
  local config = "\1" .. video.sps:sub(2, 4) .. "\xFF\xE1" .. string.pack(">s2", video.sps)
    .. "\1" .. string.pack(">s2", video.pps)
  return box("avc1", ("\0"):rep(6), string.pack(">I2", 1), ("\0"):rep(16),
    string.pack(">I2I2", width, height),
    string.pack(">I4I4I4I2", 0x480000, 0x480000, 0, 1), ("\0"):rep(32), string.pack(">I2i2", 24, -1),
    box("avcC", config))
end

local function sample_table(video, width, height, data_at)
  local sizes, keys = {}, {}
  for i, sample in ipairs(video.samples) do
    sizes[i] = string.pack(">I4", 4 + #sample.data)
    if sample.key then keys[#keys + 1] = string.pack(">I4", i) end
  end
  return box("stbl",
    full("stsd", 0, string.pack(">I4", 1), avc_entry(video, width, height)),
    full("stts", 0, string.pack(">I4I4I4", 1, #sizes, 1)),
    full("stss", 0, string.pack(">I4", #keys), table.concat(keys)),
    full("stsc", 0, string.pack(">I4I4I4I4", 1, 1, #sizes, 1)),
    full("stsz", 0, string.pack(">I4I4", 0, #sizes), table.concat(sizes)),
    full("stco", 0, string.pack(">I4I4", 1, data_at)))
end

local function movie(video, width, height, data_at)
  local ticks = #video.samples
  local media = box("mdia",
    full("mdhd", 0, string.pack(">I4I4I4I4I2I2", 0, 0, RATE, ticks, 0x55C4, 0)),
    full("hdlr", 0, string.pack(">I4", 0), "vide", ("\0"):rep(12), "video\0"),
    box("minf", full("vmhd", 1, ("\0"):rep(8)),
      box("dinf", full("dref", 0, string.pack(">I4", 1), full("url ", 1))),
      sample_table(video, width, height, data_at)))
  return box("moov",
    full("mvhd", 0, string.pack(">I4I4I4I4I4I2", 0, 0, RATE, ticks, 0x10000, 0x100), ("\0"):rep(10), MATRIX,
      ("\0"):rep(24), string.pack(">I4", 2)),
    box("trak",
      full("tkhd", 3, string.pack(">I4I4I4I4I4", 0, 0, 1, 0, ticks), ("\0"):rep(16), MATRIX,
        string.pack(">I4I4", width << 16, height << 16)),
      media))
end

---@param width integer even
---@param height integer even
---@param seconds number
---@param colour integer[] red, green, blue
---@param other integer[]
---@return string
function mp4.make(width, height, seconds, colour, other)
  local video = h264.make(width, height, math.max(1, math.floor(seconds * RATE)), colour, other)
  local data = {}
  for i, sample in ipairs(video.samples) do data[i] = string.pack(">s4", sample.data) end
  local head = box("ftyp", "isom", string.pack(">I4", 0x200), "isomiso2avc1mp41")
  local index = movie(video, width, height, 0) -- its size does not depend on where the data lie
  index = movie(video, width, height, #head + #index + 8)
  return head .. index .. box("mdat", table.concat(data))
end

-- What fills a file up to a size that was asked for, so that it stays a video.
---@param bytes integer at least 8
---@return string the head of a box of that size
function mp4.padding(bytes)
  return string.pack(">I4", bytes) .. "free"
end

return mp4
