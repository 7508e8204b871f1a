-- Websocket frames as bytes, made and read by hand: what the modules under test are held against.

local frames = {}

frames.KEY = "dGhlIHNhbXBsZSBub25jZQ=="           -- of RFC 6455
frames.ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="    -- what it says belongs to it

local OPCODES = { more = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 }

-- A client's request to become a websocket.
---@param path string
---@param changes? table<string, string|false> headers
function frames.hello(path, changes)
  local headers = { Host = "sandbox", Upgrade = "websocket", Connection = "keep-alive, Upgrade",
    ["Sec-WebSocket-Key"] = frames.KEY, ["Sec-WebSocket-Version"] = "13" }
  for name, value in pairs(changes or {}) do headers[name] = value or nil end
  local lines = { ("GET %s HTTP/1.1"):format(path) }
  for name, value in pairs(headers) do lines[#lines + 1] = name .. ": " .. value end
  return table.concat(lines, "\r\n") .. "\r\n\r\n"
end

local function length(n, mask)
  if n < 126 then return string.char(n | mask) end
  if n < 65536 then return string.char(126 | mask) .. string.pack(">I2", n) end
  return string.char(127 | mask) .. string.pack(">I8", n)
end

-- What a server answers to a key: by openssl, so that nothing under test says what is right.
---@param key string
function frames.accept(key)
  local command = "printf %%s '%s258EAFA5-E914-47DA-95CA-C5AB0DC85B11' | openssl dgst -sha1 -binary"
    .. " | openssl base64"
  local pipe = assert(io.popen(command:format(key)))
  local text = pipe:read("l")
  pipe:close()
  return text
end

-- One frame. `o`: { mask = true (a client's), more = true (not the last), size = what it says its length is }
---@param kind string
---@param bytes string
---@param o? table
function frames.make(kind, bytes, o)
  o = o or {}
  local head = string.char(OPCODES[kind] | (o.more and 0 or 0x80))
  local size = length(o.size or #bytes, o.mask and 0x80 or 0)
  if not o.mask then return head .. size .. bytes end
  local masked = {}
  for i = 1, #bytes do masked[i] = string.char(bytes:byte(i) ~ (i * 37 % 4 + 1)) end
  local mask = string.char(37 % 4 + 1, 74 % 4 + 1, 111 % 4 + 1, 148 % 4 + 1)
  return head .. size .. mask .. table.concat(masked)
end

-- The same as a client sends it.
function frames.masked(kind, bytes, o)
  local own = { mask = true }
  for name, value in pairs(o or {}) do own[name] = value end
  return frames.make(kind, bytes, own)
end

local NAMES = {}
for name, code in pairs(OPCODES) do NAMES[code] = name end

local function unmask(bytes, mask)
  local out = {}
  for i = 1, #bytes do out[i] = string.char(bytes:byte(i) ~ mask:byte((i - 1) % 4 + 1)) end
  return table.concat(out)
end

-- The frames that stand in `bytes`: { {kind, payload, masked}, ... }, and what is left.
---@param bytes string
function frames.read(bytes)
  local list, at = {}, 1
  while #bytes - at + 1 >= 2 do
    local first, second = bytes:byte(at, at + 1)
    local size, head = second & 0x7f, 2
    if size == 126 then size, head = bytes:byte(at + 2) and string.unpack(">I2", bytes, at + 2), 4 end
    if size == 127 then size, head = string.unpack(">I8", bytes, at + 2), 10 end
    local masked = second & 0x80 ~= 0
    local mask = masked and bytes:sub(at + head, at + head + 3)
    if masked then head = head + 4 end
    if #bytes < at + head + size - 1 then break end
    local payload = bytes:sub(at + head, at + head + size - 1)
    list[#list + 1] = { NAMES[first & 0x0f], masked and unmask(payload, mask) or payload, masked }
    at = at + head + size
  end
  return list, bytes:sub(at)
end

return frames
