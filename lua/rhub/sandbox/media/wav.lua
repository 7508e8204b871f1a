-- A sound: one second of a tone that swells and fades, 16 bits, mono.

local wav = {}

local RATE = 8000

---@param hertz number
---@param seconds number
---@return string
function wav.make(hertz, seconds)
  local n, samples = math.floor(RATE * seconds), {}
  for i = 0, n - 1 do
    local swell = math.sin(math.pi * i / n)
    local sample = 12000 * swell * math.sin(2 * math.pi * hertz * i / RATE)
    samples[#samples + 1] = string.pack("<i2", math.floor(sample + 0.5))
  end
  local data = table.concat(samples)
  return "RIFF" .. string.pack("<I4", 36 + #data) .. "WAVEfmt "
    .. string.pack("<I4I2I2I4I4I2I2", 16, 1, 1, RATE, RATE * 2, 2, 16)
    .. "data" .. string.pack("<I4", #data) .. data
end

return wav
