-- The HTTP side of webhooks: a source that answers calls at once and hands on those whose address ends in a
-- token that somebody knows. Whoever can reach it may send what they like: nothing of it is believed, bodies,
-- connections and their time are bounded, and strangers learn nothing.

local errors = require "rhub.errors"
local flow = require "rhub.flow"
local payload = require "rhub.webhook.payload"
local serving = require "rhub.serving"
local sys = require "rhub.sys"

local receiver = {}

local BODY_MOST = 1024 * 1024
local CONNECTIONS = 64
local LIFETIME = 10 -- seconds for one call, from its connection on
local QUIET = 60 -- seconds between lines about calls that nobody expects

---@class rhub.webhook.receiver
---@field port integer
---@field url string            where it listens
---@field lasting boolean|nil   somebody waits for whatever comes
local Receiver = {}
Receiver.__index = Receiver

---@class rhub.webhook.receiver_options
---@field host string
---@field port integer                  0 picks one
---@field path string                   what stands before "/" and the token
---@field what string                   who listens, for messages
---@field log fun(text: string)         a warning for people
---@field known fun(token: string): any whether there is such a token
---@field take fun(token: string, task_id?: string, body?: string, event?: string) a call has come, and has
---                                     been answered

-- Starts to listen.
---@param o rhub.webhook.receiver_options
---@return rhub.webhook.receiver|nil
---@return rhub.error|nil
function receiver.open(o)
  local server, err = serving.load(o.what)
  if not server then return nil, err end
  local listener, reason = server.listen { host = o.host, port = o.port, max_body = BODY_MOST,
    connections = CONNECTIONS, lifetime = LIFETIME }
  if not listener then
    return nil, errors.new { kind = "io", message = ("%s: %s"):format(o.what, reason) }
  end
  local host = o.host:find(":", 1, true) and "[" .. o.host .. "]" or o.host
  local port = listener:port()
  local self = setmetatable({ server = listener, port = port, url = ("http://%s:%d"):format(host, port),
    path = o.path, known = o.known, take = o.take, log = o.log, strange = 0 }, Receiver)
  flow.add(self)
  return self
end

-- An unguessable word: 128 bits, in hex.
---@return string
function receiver.token()
  local source <close> = assert(io.open("/dev/urandom", "rb"))
  source:setvbuf("no")
  return (source:read(16):gsub(".", function(c) return ("%02x"):format(c:byte()) end))
end

-- ---- a source -----------------------------------------------------------------------------------

function Receiver:fd() return self.server:fd() end

function Receiver:timeout() return self.server:timeout() end

function Receiver:busy() return self.lasting == true end

-- Says so, but not for each: there may be a flood of them.
local function stranger(self)
  self.strange = self.strange + 1
  local now = sys.now()
  if self.said and now - self.said < QUIET then return end
  self.said = now
  local calls = self.strange == 1 and "a call" or self.strange .. " calls"
  self.strange = 0
  self.log(("webhook: %s for no task of this run refused (404): of an earlier run, or a stranger's")
    :format(calls))
end

local PLAIN = "text/plain"

local function answer(request, status, text, more)
  local headers = { ["Content-Type"] = PLAIN, Connection = "close" }
  for name, value in pairs(more or {}) do headers[name] = value end
  request:reply(status, headers, text .. "\n")
end

-- The token is right: the answer first, then what it is about.
local function accept(self, request, token, body)
  if not body then
    local long = request:received() > BODY_MOST
    answer(request, long and 413 or 400, long and "at most 1 MiB" or "a JSON object is expected")
    return self.take(token)
  end
  local id, readable, event = payload.read(body)
  if readable then answer(request, 200, "ok") else answer(request, 400, "a JSON object is expected") end
  self.take(token, id, body, event)
end

local function handle(self, request, method, path, body)
  if method ~= "POST" then return answer(request, 405, "POST only", { Allow = "POST" }) end
  local token = path:sub(1, #self.path) == self.path and path:match("^/(%x+)$", #self.path + 1)
  if token and self.known(token) then return accept(self, request, token, body) end
  answer(request, 404, "not found")
  stranger(self)
end

function Receiver:step()
  local server = self.server
  server:step()
  for request, method, path, body in server.next, server do
    handle(self, request, method, path, body)
    if self.closed then return end
  end
end

-- Listens no more. May be called again.
function Receiver:close()
  if self.closed then return end
  self.closed = true
  flow.remove(self)
  self.server:close()
end

return receiver
