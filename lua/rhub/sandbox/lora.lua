-- LoRA files: the call that tells where one is to be put, and the place itself, which looks as the real
-- object store does: a signed address that lives an hour, wants no key, and takes what its name promises.

local callers = require "rhub.sandbox.callers"
local kept = require "rhub.sandbox.kept"
local replies = require "rhub.sandbox.replies"
local shapes = require "rhub.sandbox.shapes"

local lora = {}

local LIFETIME = 3600 -- seconds
local KEPT = 10000 -- addresses
local TYPE = "application/octet-stream"

---@class rhub.sandbox.loras
---@field stored table<string, integer> bytes, by MD5
local Loras = {}
Loras.__index = Loras

---@param options table {clock, wall, random, base}
---@return rhub.sandbox.loras
function lora.new(options)
  local self = setmetatable({
    clock = options.clock, wall = options.wall, random = options.random, base = options.base,
  }, Loras)
  self:reset()
  return self
end

function Loras:reset()
  self.places, self.stored = kept.new(KEPT), {}
  self.issued, self.count, self.bytes, self.leaks = 0, 0, 0, 0
end

local function name_of(md5)
  return ("api-lora-cn/%s.safetensors"):format(md5)
end

-- An address where the file of this hash is to be put.
local function issue(self, md5)
  local signature, from = self.random(20), math.floor(self.wall())
  self.places:add(signature, { md5 = md5, expires = self.clock() + LIFETIME })
  self.issued = self.issued + 1
  return ("%s/loras/%s?q-sign-algorithm=sha1&q-sign-time=%d;%d&q-signature=%s")
    :format(self.base, name_of(md5), from, from + LIFETIME, signature)
end

function Loras:expire_all()
  for _, place in pairs(self.places.by) do place.expires = 0 end
end

---@return table counts
function Loras:counts()
  return { addresses = self.issued, count = self.count, bytes = self.bytes, leaks = self.leaks,
    files = self.stored }
end

-- ---- calls ------------------------------------------------------------------------------------

local function refuse(code, message)
  return replies.json(shapes.refuse_a(code, message))
end

-- POST /api/openapi/getLoraUploadUrl. A file that is there already gets a name and no address.
---@return table reply
function lora.url(box, call)
  local body, account = callers.body(box, call, "apiKey")
  if not body then return refuse(account) end
  local name, md5 = body.loraName, body.md5Hex
  if type(name) ~= "string" or name == "" or name:find("[/\\%c]") or name:lower():find("%.safetensors$") then
    return refuse("301", "loraName must be a name without extension")
  end
  if type(md5) ~= "string" or #md5 ~= 32 or md5:find("[^0-9a-f]") then
    return refuse("301", "md5Hex must be 32 lower-case hex digits")
  end
  local url = not box.loras.stored[md5] and issue(box.loras, md5) or nil
  return replies.json(shapes.ok { fileName = name_of(md5), url = url })
end

-- The place behind an address, or the refusal of one that is not signed for this file, or no longer.
local function place_of(loras, call)
  local place = loras.places.by[call.request:query("q-signature") or ""]
  if not place or call.path ~= "/loras/" .. name_of(place.md5) then
    return nil, replies.denied(403, "SignatureDoesNotMatch", "The signature does not match.")
  end
  if loras.clock() >= place.expires then return nil, replies.no_file(403) end
  return place
end

-- PUT /loras/...: the bytes as they stand. Whoever sends a key along has told it to a stranger.
---@return table reply
function lora.put(box, call)
  local loras, request = box.loras, call.request
  if request:header("Authorization") then
    loras.leaks = loras.leaks + 1
    return replies.denied(400, "InvalidArgument", "Only one way to sign a request is allowed.")
  end
  if call.method ~= "PUT" then return replies.denied(405, "MethodNotAllowed", "Only PUT.") end
  local place, refusal = place_of(loras, call)
  if not place then return refusal end
  if request:header("Content-Type") ~= TYPE then
    return replies.denied(403, "SignatureDoesNotMatch", "Content-Type is not the one that was signed.")
  end
  if not request:header("Content-Length") then
    return replies.denied(411, "MissingContentLength", "Content-Length is missing.")
  end
  local file = request:put()
  if file.md5 ~= place.md5 then
    return replies.denied(400, "BadDigest", "The content is not that of the name.")
  end
  loras.stored[file.md5] = file.bytes
  box.uploads:remember(name_of(file.md5), { bytes = file.bytes, type = "lora", expires = math.huge })
  loras.count, loras.bytes = loras.count + 1, loras.bytes + file.bytes
  return { status = 200, headers = { ETag = ('"%s"'):format(file.md5) } }
end

return lora
