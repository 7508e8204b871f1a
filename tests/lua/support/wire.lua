-- HTTP as bytes on a socket, seen by a client that adds nothing of its own: what was sent, what came back,
-- and how it ended. On luv, in this process, so that a server in this process can be stepped meanwhile.

local sys = require "rhub.sys"
local uv = require "luv"

local wire = {}

sys.ignore_pipe() -- a server that resets must not end the tests

local PATIENCE = 30 -- seconds until a test that hangs is stopped

local function parse(bytes)
  local head, rest = bytes:match("^(.-\r\n)\r\n(.*)$")
  if not head then return nil end
  local status = math.tointeger(tonumber(head:match("^HTTP/1%.1 (%d+)")))
  local reply = { status = status, headers = {}, body = rest }
  for name, value in head:gmatch("([%w-]+): ([^\r\n]*)\r\n") do reply.headers[name:lower()] = value end
  return reply
end

local function is_whole(bytes)
  local reply = parse(bytes)
  if not reply then return false end
  if reply.status == 204 or reply.status == 304 then return true end
  if reply.headers["transfer-encoding"] == "chunked" then return reply.body:find("0\r\n\r\n$") ~= nil end
  local length = tonumber(reply.headers["content-length"])
  return length ~= nil and #reply.body >= length
end

-- Runs until `done()`; `pump` steps a server of this process.
function wire.wait(done, pump)
  local deadline = uv.hrtime() + PATIENCE * 1e9
  local tick = uv.new_timer()
  tick:start(5, 5, function() end) -- so that the loop returns even when nothing comes
  while not done() do
    assert(uv.hrtime() < deadline, "nothing came for 30 seconds")
    if pump then
      uv.run("nowait")
      pump()
    else
      uv.run("once")
    end
  end
  tick:close()
  uv.run("nowait")
end

---@class wire.connection
---@field bytes string   all that has come
---@field ended string|nil "eof", "ECONNRESET", ...

-- Opens a connection and sends bytes; does not wait.
---@param port integer
---@param bytes string
---@return wire.connection
function wire.open(port, bytes)
  local tcp = uv.new_tcp()
  local c = { bytes = "", tcp = tcp }
  tcp:connect("127.0.0.1", port, function(err)
    if err then
      c.ended = err
      return
    end
    c.connected = true
    tcp:write(bytes, function() end)
    tcp:read_start(function(failed, data)
      if data then c.bytes = c.bytes .. data else c.ended = failed or "eof" end
    end)
  end)
  return c
end

function wire.close(c)
  if not c.tcp:is_closing() then c.tcp:close() end
  uv.run("nowait")
end

-- Sends bytes and waits for a whole reply or for the end, whichever comes first.
---@param port integer
---@param bytes string
---@param pump? function
---@return table c bytes, ended, and the reply's status, headers and body where there is one
function wire.talk(port, bytes, pump)
  local c = wire.open(port, bytes)
  wire.wait(function() return c.ended or is_whole(c.bytes) end, pump)
  for name, value in pairs(parse(c.bytes) or {}) do c[name] = value end
  wire.close(c)
  return c
end

-- One request as bytes.
---@param method string
---@param path string
---@param headers? table<string, string>
---@param body? string
---@return string
function wire.request(method, path, headers, body)
  local lines = { ("%s %s HTTP/1.1"):format(method, path), "Host: sandbox" }
  for name, value in pairs(headers or {}) do lines[#lines + 1] = name .. ": " .. value end
  if body then lines[#lines + 1] = "Content-Length: " .. #body end
  return table.concat(lines, "\r\n") .. "\r\n\r\n" .. (body or "")
end

-- A multipart body of one file, and its Content-Type.
---@param name string
---@param bytes string
---@param part? string
---@return string body, string type
function wire.multipart(name, bytes, part)
  local mark = "----rhub-test-mark"
  local body = ("--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
    .. "Content-Type: application/octet-stream\r\n\r\n%s\r\n--%s--\r\n")
    :format(mark, part or "file", name, bytes, mark)
  return body, "multipart/form-data; boundary=" .. mark
end

return wire
