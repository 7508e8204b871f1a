-- Webhooks. `hub:listen` has a hub's tasks tell when they have ended, each at an address of its own that
-- nobody can guess; `hub:webhook` looks up what the service has sent for a task. Methods of a hub.
--
-- A call is a hint and never believed: it makes the engine ask. So what a stranger sends can cost a question,
-- and what gets lost is found by slow polling all the same.

local errors = require "rhub.errors"
local listeners = require "rhub.webhook.listener"
local receiver = require "rhub.webhook.receiver"
local record = require "rhub.webhook.record"

local webhook = { of = record.of }

local UNKNOWN_WAIT = 60 -- seconds

---@class rhub.listen_options
---@field port? integer         default 0: any that is free
---@field host? string          numeric; default "127.0.0.1"
---@field public_url? string    under which the service reaches it: a tunnel's, a proxy's; default: where it
---                             listens
---@field path? string          default "/rhub"
---@field unknown_wait? number  seconds to wait for the call of a task whose submit had no answer; default 60

local READERS = {}

function READERS.port(value)
  if math.type(value) == "integer" and value >= 0 and value <= 65535 then return value end
  return nil, "a port from 0 to 65535"
end

function READERS.host(value)
  if type(value) == "string" and value:find("^[%x:.]+$") then return value end
  return nil, "a numeric address: 127.0.0.1, 0.0.0.0, ::1"
end

function READERS.public_url(value)
  local text = type(value) == "string" and value:gsub("/+$", "") or ""
  local rest = text:match("^https?://[%w%[][%w.:%]-]*(.*)$")
  if rest == "" or rest and rest:find("^/[!-~]*$") and not rest:find("[?#]") then return text end
  return nil, "an address such as https://hooks.example.com, without ? and #"
end

webhook.read_public_url = READERS.public_url

function READERS.path(value)
  if type(value) == "string" and value:find("^/[%w/._~-]*$") then return (value:gsub("/+$", "")) end
  return nil, "a path such as /rhub, of letters, digits and . _ ~ -"
end

function READERS.unknown_wait(value)
  if type(value) == "number" and value >= 0 and value < math.huge then return value end
  return nil, "seconds"
end

---@return table|nil options
---@return rhub.error|nil
local function read_options(given)
  local o = { port = 0, host = "127.0.0.1", path = "/rhub", unknown_wait = UNKNOWN_WAIT }
  for name, value in pairs(given) do
    local read = READERS[name]
    if not read then
      local near = require("rhub.nearest").find(tostring(name), READERS, true)
      local remedy = near and (" (did you mean %s?)"):format(near) or ""
      return nil, errors.input(("listen: no such option: %s%s"):format(tostring(name), remedy))
    end
    local taken, wanted = read(value)
    o[name] = taken
    if taken == nil then
      return nil, errors.input(("listen: %s %s is not allowed: %s"):format(name, tostring(value), wanted))
    end
  end
  return o
end

local function is_loopback(url)
  local host = url:match("^https?://(%[[^%]]*%])") or url:match("^https?://([^:/]*)")
  return host == "[::1]" or host == "localhost" or host ~= nil and host:find("^127%.") ~= nil
end

-- Where the service is to call. Nobody outside can reach this machine's own address: tasks would wait for
-- calls that never come.
local function public_url(self, o, listening_at)
  local service = self:describe()
  if service.sealed then return listening_at .. o.path end -- a sandbox calls nobody else
  if o.public_url then return o.public_url .. o.path end
  local unreachable = is_loopback(listening_at) or o.host == "0.0.0.0" or o.host == "::"
  if unreachable and not is_loopback(service.base_url) then
    return nil, errors.input(("listen: %s cannot reach %s: give public_url, the address of a tunnel or proxy "
      .. "that leads there"):format(service.base_url, listening_at))
  end
  return listening_at .. o.path
end

-- Starts to receive webhooks, in the same loop. Tasks that this hub submits from then on carry a webhookUrl
-- each, unless they are given one, and end as soon as the service calls it and a question confirms it. With a
-- journal, calls are taken too for its jobs whose outcome is unknown, whatever run has submitted them: they
-- come where that one has listened, so give it the same address.
---@param options? rhub.listen_options
---@return rhub.listener|nil
---@return rhub.error|nil
function webhook.listen(self, options)
  if self.closing then error("the client is closed", 2) end
  if options ~= nil and type(options) ~= "table" then error("listen takes a table of options", 2) end
  if self.listener then error("this client listens already: " .. self.listener.url, 2) end
  local o, err = read_options(options or {})
  if not o then return nil, err end
  local listener = listeners.new(self, o.unknown_wait)
  err = self.journal and listener:remember(self.journal)
  if err then return nil, err end
  local got, why = receiver.open { host = o.host, port = o.port, path = o.path, what = "hub:listen",
    known = function(token) return listener:known(token) end,
    take = function(token, id) listener:take(token, id) end,
    log = function(text) self:log("warn", text) end }
  if not got then return nil, why end
  listener.receiver, listener.port = got, got.port
  listener.url, err = public_url(self, o, got.url)
  if not listener.url then
    got:close()
    return nil, err
  end
  self.listener = listener
  return listener
end

return webhook
