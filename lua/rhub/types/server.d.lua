---@meta rhub.server
-- luacheck: no unused args, ignore 241

-- HTTP requests as values. A server is a source: watch fd() for timeout(), then step(), then take what has
-- arrived with next(). It starts no thread and calls nobody.
---@class rhub.server
local server = {}

---@class rhub.server.options
---@field host? string       a numeric address; "127.0.0.1"
---@field port? integer      0 (default) picks one
---@field backlog? integer   1024
---@field max_body? integer  a longer body that is no form is read and let go; 16 MiB
---@field heads? integer     a request with a longer body is handed out when its header has arrived, to be
---                          received, answered or reset, and once more when it is whole
---@field connections? integer at once, further ones wait; 60000
---@field lifetime? number   seconds after which a connection is closed, whatever it does; none
---@field patience? number   seconds that a websocket's client may let waiting bytes lie, and twice as many
---                          that it may be silent, even to a ping; 30

-- Starts to listen.
---@param options? rhub.server.options
---@return rhub.server.listener? listener
---@return string? reason
function server.listen(options) end

-- Bytes that many replies can share: the text, repeated or cut to `size`.
---@param text string
---@param size? integer
---@return rhub.server.content
function server.bytes(text, size) end

-- A regular file, read while it is sent.
---@param path string
---@return rhub.server.content?
---@return string? reason
function server.file(path) end

---@class rhub.server.content   `#content` is its size in bytes
local content = {}

-- Its bytes, of what lies in memory and is no longer than 1 MiB; else "".
---@return string
function content:text() end

---@class rhub.server.listener
local listener = {}

---@return integer
function listener:port() end

-- The one descriptor to watch for reading.
---@return integer
function listener:fd() end

-- Seconds until step is due at the latest; 0: at once. To be asked again after every reply.
---@return number
function listener:timeout() end

-- Does what is due. Waits for it up to `seconds`; negative: for anything.
---@param seconds? number 0
function listener:step(seconds) end

-- The next request that has arrived; nothing when there is none.
---   for request, method, path, body in listener.next, listener do ... end
---@return rhub.server.request? request
---@return string? method
---@return string? path  decoded, without the query
---@return string? body  nil for a form, a PUT, one beyond max_body, and before it is whole
function listener:next() end

-- What websockets have to tell, one thing at a time; nothing when there is no news:
--   socket, "open"            its 101 has left
--   socket, "text", text      a whole message of at most 1 MiB; binary ones are skipped
--   socket, "closed", reason  its end, the last that is heard of it
---@return rhub.server.socket? socket
---@return "open"|"text"|"closed"|nil what
---@return string? value
function listener:heard() end

---@return { open: integer, peak: integer, connections: integer, requests: integer }
function listener:stats() end

-- Sends bytes to a numeric address and receives, for up to `seconds`, until the other side ends or has sent
-- 4 KiB. Driven by the same steps.
---@param host string
---@param port integer
---@param bytes string
---@param seconds number
---@return integer? ticket
---@return string? reason
function listener:exchange(host, port, bytes, seconds) end

-- The next exchange that has ended; nothing when none has.
---   for ticket, bytes, reason in listener.exchanged, listener do ... end
---@return integer? ticket
---@return string? bytes   what came back, also where it failed
---@return string? reason  of a failure
function listener:exchanged() end

-- Ends every connection. Requests that have not been answered raise from then on.
function listener:close() end

-- One request, until it is answered; one that is collected unanswered gets a 500.
---@class rhub.server.request
local request = {}

---@return string
function request:method() end

---@return string
function request:path() end

---@param name string
---@return string?
function request:header(name) end

-- One value of the address's query, decoded.
---@param name string
---@return string?
function request:query(name) end

---@return string?
function request:body() end

---@class rhub.server.file
---@field part string    the part's name
---@field name string    the file's, as the client says
---@field type? string
---@field bytes integer
---@field sha256 string  in hex
---@field head string    its first 64 bytes

-- A multipart body; nil where it is none.
---@return { fields: table<string, string>, file: rhub.server.file? }?
function request:form() end

-- The body of a PUT, which is hashed and let go whatever its size; nil for another method.
---@return { bytes: integer, md5: string }?
function request:put() end

---@return integer bytes  of the body so far
---@return boolean whole
function request:received() end

---@class rhub.server.slice
---@field from? integer     first byte, from 0
---@field size? integer     how many
---@field cut? integer      the connection ends after so many, however many were announced
---@field stall? boolean    it stays open and silent there
---@field chunked? boolean  does not say how many

---@param status integer
---@param headers? string|table<string, string> the Content-Type, or names and values
---@param body? string|rhub.server.content
---@param slice? rhub.server.slice
function request:reply(status, headers, body, slice) end

-- Reads the rest of a request of which only the header has arrived; next() hands it out again.
function request:receive() end

-- RST, without a byte of a reply.
function request:reset() end

-- FIN, without a byte of a reply.
function request:finish() end

-- These bytes as they stand on the socket, then its end.
---@param bytes string at most 1 MiB
---@param ending? "fin"|"reset"
---@return boolean sent false when the client did not take them all
function request:raw(bytes, ending) end

-- No answer until the server closes.
function request:hang() end

-- Makes the request a websocket: listener:heard() tells when it is open. Where none was asked for properly,
-- or the server was built without wslay, nil and why; then the request is still to be answered.
---@return rhub.server.socket? socket
---@return string? reason
function request:upgrade() end

-- A websocket. It answers pings and joins fragments by itself. A client for which more than 2 MiB wait, that
-- does not read or that is silent is dropped. Methods do nothing once it is over.
---@class rhub.server.socket
local socket = {}

---@param text string at most 1 MiB
---@param kind? "text"|"binary"
---@return boolean sent false: it is not open (any more), or the client was dropped just now
function socket:send(text, kind) end

function socket:ping() end

-- Says goodbye; its end is heard of when the client has answered, or has not for 5 s.
function socket:close() end

-- RST, for tests of clients; its end is heard of as any other.
function socket:reset() end

-- These bytes as they stand on the socket, past all framing.
---@param bytes string
---@return boolean sent false when the client did not take them all
function socket:raw(bytes) end

return server
