-- Starts what stands between a client and the sandbox: nginx with TLS and HTTP/2, relays, a CONNECT proxy.
-- See tests/e2e/front.lua for what it can be told.
local sys = require "rhub.sys"

local front = {}
front.__index = front

---@param sandbox string address of a sandbox, "http://127.0.0.1:41873"
---@return table front
function front.start(sandbox)
  local pipe <close> = assert(io.popen("mktemp -d"))
  local folder = pipe:read("l")
  assert(os.execute("sh tests/e2e/certificates.sh " .. folder))
  local address = sandbox:gsub("^http://", "")
  local process = assert(sys.spawn { "lua5.4", "tests/e2e/front.lua", folder, address })
  local self = setmetatable({ folder = folder, process = process, port = {} }, front)
  self.ca, self.other_ca = folder .. "/ca.pem", folder .. "/other-ca.pem"
  for name, port in self:read():gmatch("(%w+)=(%d+)") do self.port[name] = port end
  self.proxy = "http://127.0.0.1:" .. self.port.proxy
  return self
end

function front:read()
  return assert(sys.readline(self.process.stdout, 20))
end

---@param name "h2"|"h1"|"goaway"|"expired"|"plain"
---@return string # a base address that leads to the sandbox
function front:url(name)
  return (name == "plain" and "http" or "https") .. "://127.0.0.1:" .. self.port[name]
end

---@param command "reset"|"fin"|"stats"|string
---@return string # its answer
function front:tell(command)
  assert(sys.write(self.process.stdin, command .. "\n"))
  return self:read()
end

---@return integer opened # connections so far
---@return string connects # names that CONNECT was sent for, with commas
function front:stats()
  local opened, connects = self:tell("stats"):match("^opened (%d+) connects (.*)$")
  return math.tointeger(opened), connects
end

--- What nginx has served: a line a request, "HTTP/2.0 POST /openapi/v2/query 200".
---@return string
function front:served()
  local f <close> = assert(io.open(self.folder .. "/access.log"))
  return f:read("a")
end

function front:stop()
  if not self.process then return end
  sys.close(self.process.stdin)
  sys.wait(self.process.pid, 10)
  sys.close(self.process.stdout)
  self.process = nil
  os.execute("rm -rf " .. self.folder)
end

front.__gc, front.__close = front.stop, front.stop

return front
