-- Uploaded files: their hash and size, and the addresses and names that were given out for them. The bytes
-- are not kept. Two calls bring them: the newer one gives an address and a name, the older one, for nodes of
-- workflows, a name.

local callers = require "rhub.sandbox.callers"
local json = require "rhub.json"
local kept = require "rhub.sandbox.kept"
local replies = require "rhub.sandbox.replies"
local shapes = require "rhub.sandbox.shapes"

local uploads = {}

local TYPES = {
  png = "image", jpg = "image", jpeg = "image", webp = "image", gif = "image", bmp = "image",
  mp4 = "video", mov = "video", avi = "video", mkv = "video", webm = "video",
  mp3 = "audio", wav = "audio", flac = "audio", m4a = "audio", ogg = "audio", zip = "zip",
}
-- What the older call is documented to take.
local FOR_NODES = { jpg = true, png = true, jpeg = true, webp = true, zip = true, mp3 = true, wav = true,
  flac = true, mp4 = true, avi = true, mov = true, mkv = true }
local LIFETIME = 86400 -- seconds
local KEPT = 100000 -- addresses, and as many names

local Uploads = {}
Uploads.__index = Uploads

---@param options table {clock, wall, random, base, lifetime, lookup_result}
function uploads.new(options)
  local self = setmetatable({
    clock = options.clock, wall = options.wall, random = options.random, base = options.base,
    lookup_result = options.lookup_result, lifetime = options.lifetime or LIFETIME,
  }, Uploads)
  self.lookup = function(url) return self:find(url) end
  self:reset()
  return self
end

function Uploads:reset()
  self.urls, self.names = kept.new(KEPT), kept.new(KEPT)
  self.count, self.bytes, self.by_hash = 0, 0, {}
  self.node_count, self.node_bytes, self.node_by_hash = 0, 0, {}
end

local function extension(file)
  return (file.name or ""):lower():match("%.(%w+)$")
end

-- Gives a file a name that nodes can take.
---@param name string
---@param file table {bytes, type, expires}
function Uploads:remember(name, file)
  if self.names.by[name] then self.names.by[name] = file else self.names:add(name, file) end
end

-- A name lives as long as an address does; the same bytes again make it live anew.
local function keep_name(self, name, file)
  self:remember(name, { bytes = file.bytes, type = TYPES[extension(file)] or "file",
    expires = self.clock() + self.lifetime })
  return name
end

-- Remembers a file and gives out an address for it: the same name for the same bytes, a new signature each
-- time.
---@param file table as request:form() tells it
---@return table kept {url, file_name, type}
function Uploads:keep(file)
  local ext = extension(file)
  local name = file.sha256 .. (ext and "." .. ext or "")
  local from = math.floor(self.wall())
  local url = ("%s/uploads/%s?q-sign-algorithm=sha1&q-sign-time=%d;%d&q-signature=%s")
    :format(self.base, name, from, from + self.lifetime, self.random(20))
  self.urls:add(url, { name = name, bytes = file.bytes, expires = self.clock() + self.lifetime })
  self.count, self.bytes = self.count + 1, self.bytes + file.bytes
  self.by_hash[file.sha256] = (self.by_hash[file.sha256] or 0) + 1
  return { url = url, file_name = keep_name(self, "openapi/" .. name, file), type = TYPES[ext] or "file" }
end

-- Remembers a file for a node. A ZIP's name has neither folder nor extension.
---@param file table
---@return string name
function Uploads:keep_for_node(file)
  local ext = extension(file)
  self.node_count, self.node_bytes = self.node_count + 1, self.node_bytes + file.bytes
  self.node_by_hash[file.sha256] = (self.node_by_hash[file.sha256] or 0) + 1
  local name = ext == "zip" and file.sha256 or ("api/%s.%s"):format(file.sha256, ext)
  return keep_name(self, name, file)
end

-- Whether an address is the sandbox's own, and the file behind it while it lives.
---@param url string
---@return boolean own, table|nil file {name, bytes}
function Uploads:find(url)
  if url:sub(1, #self.base + 1) ~= self.base .. "/" then return false end
  local file = self.urls.by[url]
  if file then return true, self.clock() < file.expires and file or nil end
  local result = self.lookup_result(url:sub(#self.base + 1))
  return true, result and { name = "output." .. result.kind, bytes = result.script.bytes or 0 } or nil
end

-- The file of that name, as nodes take it, while it lives.
---@param name string "api/<sha256>.png", "openapi/<sha256>.png", "<sha256>", "api-lora-cn/<md5>.safetensors"
---@return table|nil file {bytes, type}
function Uploads:named(name)
  local file = self.names.by[name]
  return file and self.clock() < file.expires and file or nil
end

-- ---- calls ------------------------------------------------------------------------------------

local function refuse(code, message)
  return replies.json(shapes.refuse_a(code, message))
end

-- The part that holds the file, or the refusal.
local function file_of(box, form, too_large)
  local file = form and form.file
  if not file or file.part ~= "file" then
    return nil, refuse("301", "one part named file, with a file name, is needed")
  end
  if file.bytes > box.max_upload then return nil, refuse(too_large) end
  if file.bytes == 0 then return nil, refuse("808", "the file is empty") end
  return file
end

-- POST /openapi/v2/media/upload/binary
---@return table reply
function uploads.binary(box, call)
  if call.method ~= "POST" then return refuse("1009") end
  local account, code = callers.bearer(box, call)
  if code == "1002" then return refuse(1, "API Key不存在") end
  if not account then return refuse(code) end
  local file, refusal = file_of(box, call.request:form(), "1008")
  if not file then return refusal end
  local its = box.uploads:keep(file)
  return replies.json(assert(json.encode {
    code = 0, message = "success",
    data = {
      type = its.type, download_url = its.url, fileName = its.file_name, size = tostring(file.bytes),
    },
  }))
end

-- POST /task/openapi/upload
---@return table reply
function uploads.for_node(box, call)
  if call.method ~= "POST" then return refuse("412") end
  local form = call.request:form()
  if not form then return refuse("301", "a multipart form is needed") end
  local account, code = callers.by_key(box, form.fields.apiKey)
  if not account then return refuse(code) end
  local kind = form.fields.fileType or ""
  if kind == "" then return refuse("301", "fileType must not be empty") end
  local file, refusal = file_of(box, form, "809")
  if not file then return refusal end
  if not FOR_NODES[extension(file)] then return refuse("301", "files of this type are not taken") end
  return replies.json(shapes.ok { fileName = box.uploads:keep_for_node(file), fileType = kind })
end

return uploads
