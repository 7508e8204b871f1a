-- From a reply to the wire, straight or as a fault wants it. A reply is {status, headers, body, slice}: what
-- request:reply takes.

local deflate = require "rhub.sandbox.media.deflate"
local faults = require "rhub.sandbox.faults"
local json = require "rhub.json"
local server = require "rhub.server"
local shapes = require "rhub.sandbox.shapes"

local replies = {}

local JSON = "application/json"
local HTML = "text/html; charset=utf-8"
local PAGE = [[
<!DOCTYPE html>
<html><head><title>%d</title></head><body><h1>%d</h1><p>nginx</p></body></html>
]]
local DENIED = [[
<?xml version="1.0" encoding="utf-8"?>
<Error><Code>%s</Code><Message>%s</Message></Error>
]]
local SHAPE_A = { account = true, queue = true, status = true, outputs = true, cancel = true, upload = true,
  node_upload = true, lora_url = true, keys = true, resources = true, webhook = true,
  graph = true, app = true, apps = true, styles = true }
for _, verb in ipairs { "create", "query", "list", "update", "delete" } do
  SHAPE_A["asset_" .. verb], SHAPE_A["group_" .. verb] = true, true
end

---@param text string
---@return table
function replies.json(text)
  return { status = 200, headers = JSON, body = text }
end

-- What the file host says when it refuses.
---@param status integer
---@param code string
---@param message string
function replies.denied(status, code, message)
  return { status = status, headers = "application/xml", body = DENIED:format(code, message) }
end

-- The same of an address that is dead or was never there.
---@param status integer
function replies.no_file(status)
  if status == 403 then return replies.denied(403, "AccessDenied", "Request has expired.") end
  return replies.denied(status, "NoSuchKey", "The specified key does not exist.")
end

local function copy_headers(headers)
  if type(headers) == "string" then return { ["Content-Type"] = headers } end
  local copy = {}
  for name, value in pairs(headers or {}) do copy[name] = value end
  return copy
end

-- Sets headers, whatever the case of their names; false takes one out.
local function set_headers(reply, changes)
  local headers = copy_headers(reply.headers)
  for name, value in pairs(changes) do
    for old in pairs(headers) do
      if old:lower() == name:lower() then headers[old] = nil end
    end
    if value and value ~= json.null then headers[name] = tostring(value) end
  end
  reply.headers = headers
  return reply
end

local function text_of(reply)
  return type(reply.body) == "string" and reply.body or reply.body and reply.body:text() or ""
end

-- ---- replies in place of the true one ----

local INSTEAD = {}

function INSTEAD.status(fault)
  local body = faults.bytes(fault)
  local kind = fault.type or (body:find("^%s*[%[{]") and JSON or "text/plain")
  local reply = { status = fault.status or 200, headers = body ~= "" and kind or nil, body = body }
  return fault.headers and set_headers(reply, fault.headers) or reply
end

function INSTEAD.body(fault)
  return INSTEAD.status(setmetatable({ type = fault.type or JSON }, { __index = fault }))
end

function INSTEAD.html(fault)
  local status = fault.status or 200
  return { status = status, headers = HTML, body = PAGE:format(status, status) }
end

function INSTEAD.empty(fault)
  return { status = fault.status or 200 }
end

function INSTEAD.code(fault, call)
  local legacy = SHAPE_A[call.route] or call.path:find("^/task/") or call.path:find("^/proxy")
  local code, shape = fault.code or "1000", fault.shape or (legacy and "A" or "B")
  local id = tostring(code) == "1004" and (call.body or ""):match('"taskId"%s*:%s*"?(%d+)') or nil
  local text = shape == "A" and shapes.refuse_a(code, fault.message, fault.word)
    or shapes.refuse_b(code, fault.message, id)
  local reply = { status = fault.status or 200, headers = JSON, body = text }
  return fault.headers and set_headers(reply, fault.headers) or reply
end

function INSTEAD.redirect(fault, call)
  return { status = fault.status or 302, headers = { Location = fault.location or call.base .. call.path } }
end

function INSTEAD.big(fault)
  local bytes = server.bytes('{"taskId":"' .. ("1"):rep(65536), fault.bytes or 64 * 1024 * 1024)
  return { status = 200, headers = JSON, body = bytes }
end

function INSTEAD.expire(fault)
  return replies.no_file(fault.status or 403)
end

-- ---- the true reply, changed ----

local CHANGE = {}

function CHANGE.edit(reply, fault)
  local value = json.decode(text_of(reply))
  if type(value) ~= "table" then return reply end
  for name, new in pairs(fault.set or {}) do value[name] = new end
  for _, name in ipairs(fault.drop or {}) do value[name] = nil end
  reply.body = assert(json.encode(value))
  return reply
end

function CHANGE.headers(reply, fault)
  return set_headers(reply, fault.headers or {})
end

function CHANGE.garbage(reply)
  local text = text_of(reply)
  for _, name in ipairs { "promptTips", "msg", "message", "errorMessage" } do
    local _, last = text:find('"' .. name .. '":"', 1, true)
    if last then
      reply.body = text:sub(1, last) .. "\xff\xc3\0\xf0\x28" .. text:sub(last + 1)
      break
    end
  end
  return reply
end

function CHANGE.wrap(reply)
  reply.body = shapes.wrap(text_of(reply))
  return reply
end

function CHANGE.gzip(reply, _, call)
  if not (call.request:header("Accept-Encoding") or ""):find("gzip", 1, true) then return reply end
  reply.body = deflate.gzip(text_of(reply))
  return set_headers(reply, { ["Content-Encoding"] = "gzip" })
end

-- The whole object again and again, under further names.
function CHANGE.fat(reply, fault)
  local text, more, size = text_of(reply), {}, 0
  while size < (fault.bytes or 30 << 20) do
    more[#more + 1] = (',"more %d":%s'):format(#more + 1, text)
    size = size + #more[#more]
  end
  reply.body = text:sub(1, -2) .. table.concat(more) .. "}"
  return reply
end

local function cut(reply, fault)
  local size = reply.slice and reply.slice.size or #reply.body
  local slice = reply.slice or {}
  slice.cut = math.min(fault.after or size // 2, size)
  reply.slice = slice
  return reply
end

function CHANGE.truncate(reply, fault)
  return cut(reply, fault)
end

function CHANGE.stall(reply, fault)
  cut(reply, fault).slice.stall = true
  return reply
end

-- ---- the connection, mistreated ----

local SOCKET = {}

function SOCKET.reset(request)
  request:reset()
end

SOCKET.reset_after = SOCKET.reset

function SOCKET.fin(request)
  request:finish()
end

function SOCKET.hang(request)
  request:hang()
end

function SOCKET.half_header(request, fault)
  local half = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Le"
  request:raw(half, fault.reset and "reset" or "fin")
end

function SOCKET.raw(request, fault)
  request:raw(faults.bytes(fault))
end

function SOCKET.length(request, fault, reply)
  local body = text_of(reply)
  local lines = { ("HTTP/1.1 %d OK"):format(reply.status) }
  for name, value in pairs(copy_headers(reply.headers)) do lines[#lines + 1] = name .. ": " .. value end
  lines[#lines + 1] = ("Content-Length: %d"):format(math.max(0, #body + (fault.delta or 10)))
  request:raw(table.concat(lines, "\r\n") .. "\r\n\r\n" .. body)
end

-- ---- all of it ----

-- Answers a request that meets a fault. `carry_out` does what was asked and returns the true reply.
---@param call table {request, route, path, body, base}
---@param fault table
---@param carry_out fun(): table
---@param send fun(request: userdata, reply: table, delay: number|nil)
function replies.misbehave(call, fault, carry_out, send)
  local kind = fault["do"]
  local reply = fault.accept and carry_out() or nil
  if SOCKET[kind] then
    SOCKET[kind](call.request, fault, reply or replies.json("{}"))
  elseif INSTEAD[kind] then
    send(call.request, INSTEAD[kind](fault, call))
  else
    reply = reply or replies.json("{}")
    if CHANGE[kind] then reply = CHANGE[kind](reply, fault, call) end
    send(call.request, reply, kind == "delay" and (fault.seconds or 1) or nil)
  end
end

return replies
