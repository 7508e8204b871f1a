-- Result files: addresses that cannot be guessed and die, content made when it is first fetched, answers to
-- ranges. No key is asked for, as at the real file host.

local kept = require "rhub.sandbox.kept"
local media = require "rhub.sandbox.media"
local server = require "rhub.server"

local files = {}

local CACHED = 64 -- contents held at once
local KEPT = 200000 -- addresses

local Files = {}
Files.__index = Files

---@param options table {clock, expiry, random}
function files.new(options)
  local self = setmetatable({
    clock = options.clock, expiry = options.expiry, random = options.random,
  }, Files)
  self:reset()
  return self
end

function Files:reset()
  self.tokens, self.contents, self.cached = kept.new(KEPT), {}, 0
  self.count, self.ranges, self.bytes = 0, 0, 0
end

-- A new address for one output of a task.
---@param task rhub.sandbox.task
---@param kind string "png", "mp4", "wav", "glb", "txt"
---@param index integer
---@param text? string what stands in it, of kind "txt"
---@return string path
function Files:issue(task, kind, index, text)
  local token, script = self.random(16), task.script.file or {}
  self.tokens:add(token, {
    kind = kind, script = script, expires = self.clock() + self.expiry,
    look = text and media.look_of_text(text) or media.look(kind, task.params, task.body, index),
  })
  return ("/results/%s/%s"):format(token, script.name or ("%s-%d.%s"):format(task.id, index, kind))
end

---@param path string
---@return table|nil file, integer|nil status where there is none
function Files:find(path)
  local file = self.tokens.by[path:match("^/results/(%x+)/") or ""]
  if not file then return nil, 404 end
  if self.clock() >= file.expires then return nil, 403 end
  return file
end

function Files:expire_all()
  for _, file in pairs(self.tokens.by) do file.expires = 0 end
end

local function content_of(self, file)
  local name = ("%s:%s:%d"):format(file.look.name, file.script.bytes or "", file.edition or 0)
  local found = self.contents[name]
  if found then return found, name end
  local bytes = media.make(file.look, file.edition or 0)
  local size = math.max(file.script.bytes or 0, #bytes)
  if size > #bytes then bytes = media.pad(file.kind, bytes, size) end
  found = server.bytes(bytes, size)
  if self.cached == CACHED then self.contents, self.cached = {}, 0 end
  self.contents[name], self.cached = found, self.cached + 1
  return found, name
end

-- First and last byte asked for; nil for no range, false for one that lies outside.
local function read_range(header, size)
  local first, last = (header or ""):match("^bytes=(%d*)%-(%d*)$")
  if not first or (first == "" and last == "") then return nil end
  if first == "" then
    first, last = math.max(0, size - math.tointeger(last)), size - 1
  else
    first, last = math.tointeger(first), math.min(math.tointeger(last) or size - 1, size - 1)
  end
  if not first or first >= size or last < first then return false end
  return first, last
end

local function wants_range(request, validators)
  local condition = request:header("If-Range")
  return not condition or condition == validators.ETag or condition == validators["Last-Modified"]
end

local EPOCH = 1767225600 -- when the files say that they were made: 2026-01-01, plus their edition

local function validators_of(file, name)
  if file.script.validator == false then return {} end
  return {
    ETag = ('"%s"'):format(name:gsub("[^%w]", "-")),
    ["Last-Modified"] = os.date("!%a, %d %b %Y %H:%M:%S GMT", EPOCH + (file.edition or 0)),
  }
end

-- Another file at the same address from now on.
function Files:change(file)
  file.edition = (file.edition or 0) + 1
end

-- The reply for a file: {status, headers, body = content, slice}.
---@param request userdata
---@param file table
---@param how? table a fault: no_range, bad_range
function Files:serve(request, file, how)
  local content, name = content_of(self, file)
  local size, script = #content, file.script
  local headers = validators_of(file, name)
  headers["Content-Type"] = script.type or media.TYPES[file.kind]
  headers["Content-Disposition"] = script.disposition
  local reply = { status = 200, headers = headers, body = content }
  local kind = how and how["do"]
  if script.ranges ~= false then headers["Accept-Ranges"] = "bytes" end
  if script.chunked then reply.slice = { chunked = true } end
  local first, last = read_range(request:header("Range"), size)
  self.count = self.count + 1
  if first ~= nil then self.ranges = self.ranges + 1 end
  if first == nil or script.ranges == false or kind == "no_range" or not wants_range(request, headers) then
    self.bytes = self.bytes + size
    return reply
  end
  if first == false then
    return { status = 416, headers = { ["Content-Range"] = "bytes */" .. size } }
  end
  local said = kind == "bad_range" and first + 1 or first
  headers["Content-Range"] = ("bytes %d-%d/%d"):format(said, last, size)
  reply.status, reply.slice = 206, { from = first, size = last - first + 1 }
  self.bytes = self.bytes + last - first + 1
  return reply
end

return files
