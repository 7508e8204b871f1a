---@meta rhub.socket
-- luacheck: no unused args, ignore 241

-- Websockets as a client. A module of its own, that is built where wslay is installed. A pool is a source:
-- watch fd() for timeout(), then step(), then take what has happened with next(). It starts no thread and
-- calls nobody.
---@class rhub.socket
local socket = {}

---@class rhub.socket.options
---@field ca_file? string  PEM; else curl's own, or the system's
---@field proxy? string    else the environment's; "" for none. This machine is never reached through one.
---@field sealed? boolean  to this machine

---@param options? rhub.socket.options
---@return rhub.socket.pool? pool
---@return string? reason
function socket.pool(options) end

---@class rhub.socket.pool
local pool = {}

-- Begins to connect: to wss addresses, and to ws ones on this machine. No redirect is followed. What becomes
-- of it comes from next().
---@param address string   its query is in no message
---@param seconds? number  for the whole way to an open websocket; 20
---@return rhub.socket.handle? handle
---@return string? reason  the rest of a sentence that begins with the address
function pool:connect(address, seconds) end

-- What has happened, one thing at a time; nothing when there is no news:
--   handle, "open"
--   handle, "text", text      a whole message of at most 1 MiB; binary ones are skipped
--   handle, "closed", reason  its end, also when it never opened; the last that is heard of it
---@return rhub.socket.handle? handle
---@return "open"|"text"|"closed"|nil what
---@return string? value
function pool:next() end

---@return integer
function pool:fd() end

---@return number? seconds until step is due at the latest; nil: only the descriptor can tell
function pool:timeout() end

-- Does what is due, without waiting.
function pool:step() end

-- Ends all its websockets. May be called again.
function pool:close() end

---@class rhub.socket.handle
local handle = {}

-- Says goodbye and ends; nothing more is heard of it. May be called again.
function handle:close() end

return socket
