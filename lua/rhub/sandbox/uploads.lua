-- Uploaded files: their hash and size, and the addresses that were given out for them. The bytes are not
-- kept.

local kept = require "rhub.sandbox.kept"

local uploads = {}

local TYPES = {
  png = "image", jpg = "image", jpeg = "image", webp = "image", gif = "image", bmp = "image",
  mp4 = "video", mov = "video", avi = "video", mkv = "video", webm = "video",
  mp3 = "audio", wav = "audio", flac = "audio", m4a = "audio", ogg = "audio", zip = "zip",
}
local LIFETIME = 86400 -- seconds
local KEPT = 100000 -- addresses

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
  self.urls, self.count, self.bytes, self.by_hash = kept.new(KEPT), 0, 0, {}
end

-- Remembers a file and gives out an address for it: the same name for the same bytes, a new signature each
-- time.
---@param file table as request:form() tells it
---@return table kept {url, file_name, type}
function Uploads:keep(file)
  local ext = (file.name or ""):lower():match("%.(%w+)$")
  local name = file.sha256 .. (ext and "." .. ext or "")
  local from = math.floor(self.wall())
  local url = ("%s/uploads/%s?q-sign-algorithm=sha1&q-sign-time=%d;%d&q-signature=%s")
    :format(self.base, name, from, from + self.lifetime, self.random(20))
  self.urls:add(url, { name = name, bytes = file.bytes, expires = self.clock() + self.lifetime })
  self.count, self.bytes = self.count + 1, self.bytes + file.bytes
  self.by_hash[file.sha256] = (self.by_hash[file.sha256] or 0) + 1
  return { url = url, file_name = "openapi/" .. name, type = TYPES[ext] or "file" }
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

return uploads
