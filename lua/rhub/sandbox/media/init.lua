-- What a model's output looks like: its kind, shape, length and colours follow from the request, so the same
-- request gives the same file. The makers of each kind are loaded when one is wanted.

local media = {}

media.TYPES = {
  png = "image/png", mp4 = "video/mp4", wav = "audio/wav", glb = "model/gltf-binary",
  txt = "text/plain; charset=utf-8",
}
media.OF_OUTPUT = { image = "png", video = "mp4", audio = "wav", ["3d"] = "glb", string = "txt" }

-- FNV-1a: spreads texts over colours.
local function hash(text)
  local h = 0xcbf29ce484222325
  for i = 1, #text do h = (h ~ text:byte(i)) * 0x100000001b3 end
  return h ~ (h >> 32)
end

-- Full colours around the wheel.
local function colour_of(h)
  local sixth, part = (h // 256) % 6, h % 256
  local high, low = 220, 30
  local up, down = low + (high - low) * part // 255, high - (high - low) * part // 255
  local wheel = {
    [0] = { high, up, low }, { down, high, low }, { low, high, up },
    { low, down, high }, { up, low, high }, { high, low, down },
  }
  return wheel[sixth]
end

local function first_field(params, names)
  for _, name in ipairs(names) do
    if params[name] ~= nil then return params[name] end
  end
end

local function ratio_of(params)
  local asked = tostring(first_field(params, { "aspectRatio", "ratio", "size" }) or "")
  local w, h = asked:match("^(%d+)[:*x](%d+)$")
  w, h = tonumber(w), tonumber(h)
  if not w or w == 0 or h == 0 or w > 100 * h or h > 100 * w then return 1, 1 end
  return w, h
end

-- Width and height with the longer side as given, both even.
local function fit(w, h, longest)
  local scale = longest / math.max(w, h)
  local function even(n) return math.max(2, math.floor(n * scale / 2 + 0.5) * 2) end
  return even(w), even(h)
end

---@param kind string
---@param params table
---@param body string
---@param index integer
---@return table look {kind, name, width, height, seconds, hash, text}
function media.look(kind, params, body, index)
  local look = { kind = kind, hash = hash(body .. index) & 0x7FFFFFFFFFFFFFFF }
  if kind == "png" or kind == "mp4" then
    local w, h = ratio_of(params)
    look.width, look.height = fit(w, h, kind == "png" and 256 or 144)
    look.seconds = math.min(tonumber(params.duration) or 5, 15)
    if look.seconds < 1 then look.seconds = 5 end
  elseif kind == "txt" then
    look.text = tostring(params.prompt or "")
  end
  look.name = ("%s-%x"):format(kind, look.hash)
  return look
end

-- The look of a file that holds just this text.
---@param text string
---@return table look
function media.look_of_text(text)
  local h = hash(text) & 0x7FFFFFFFFFFFFFFF
  return { kind = "txt", hash = h, whole = text, name = ("text-%x"):format(h) }
end

---@param prompt string
---@return string
function media.answer(prompt)
  if prompt == "" then return "The sandbox was asked for a text, without a prompt." end
  return ("The sandbox was asked: %s"):format(prompt)
end

local MAKE = {
  png = function(look, a, b) return require("rhub.sandbox.media.png").make(look.width, look.height, a, b) end,
  mp4 = function(look, a, b)
    return require("rhub.sandbox.media.mp4").make(look.width, look.height, look.seconds, a, b)
  end,
  wav = function(look) return require("rhub.sandbox.media.wav").make(220 + look.hash % 660, 1) end,
  glb = function(_, a) return require("rhub.sandbox.media.glb").make(a) end,
  txt = function(look) return look.whole or media.answer(look.text) .. "\n" end,
}

---@param look table
---@param edition integer another one makes another file
---@return string bytes
function media.make(look, edition)
  local h = look.hash + edition * 389
  local made = MAKE[look.kind](look, colour_of(h), colour_of(h // 1536))
  return look.kind == "txt" and edition > 0 and made .. edition .. "\n" or made
end

-- Longer by bytes that viewers pass over, at least 64 KiB of them unlike each other, so that a piece that
-- is put in the wrong place is seen. The server repeats the whole up to the size.
---@param kind string
---@param bytes string
---@param size integer
---@return string
function media.pad(kind, bytes, size)
  local rest = size - #bytes
  if kind == "mp4" and rest >= 8 then bytes = bytes .. require("rhub.sandbox.media.mp4").padding(rest) end
  local filler, state = {}, 0x9E3779B9
  for i = 1, math.min(rest, 65536) // 8 + 1 do
    state = state * 6364136223846793005 + 1442695040888963407
    filler[i] = string.pack("<i8", state)
  end
  return bytes .. table.concat(filler)
end

return media
