-- What a media file is, from its first bytes, else from its name. Knows nothing of parameters.

local sniff = {}

local KINDS = {}
for kind, types in pairs {
  image = "png jpg gif webp bmp tiff heic avif svg",
  video = "mp4 mov webm mkv avi m4v",
  audio = "mp3 wav flac ogg m4a aac opus",
  ["3d"] = "glb gltf obj fbx stl",
  archive = "zip",
} do
  for type_ in types:gmatch("%S+") do KINDS[type_] = kind end
end

local SAME = { jpeg = "jpg", jpe = "jpg", tif = "tiff", heif = "heic", oga = "ogg", qt = "mov" }

-- Types that share a container: their name decides between them.
local BROTHERS = {
  mp4 = { mp4 = true, mov = true, m4a = true, m4v = true, heic = true, avif = true },
  mov = { mov = true, mp4 = true },
  webm = { webm = true, mkv = true },
  ogg = { ogg = true, opus = true },
}

-- The extension as these lists spell it: "JPEG" and ".jpg" are "jpg".
---@param ext string
---@return string
function sniff.canonical(ext)
  ext = ext:lower():gsub("^%.", "")
  return SAME[ext] or ext
end

---@param path string
---@return string|nil
function sniff.extension(path)
  local ext = path:match("%.(%w+)$")
  return ext and sniff.canonical(ext)
end

-- "image", "video", "audio", "3d", "archive", or nil for a type that is not known.
---@param type_ string|nil
---@return string|nil
function sniff.kind(type_)
  return type_ and KINDS[sniff.canonical(type_)]
end

local BRANDS = { ["qt  "] = "mov", ["M4A "] = "m4a", ["M4V "] = "m4v", avif = "avif", heic = "heic",
  heix = "heic", mif1 = "heic" }

local RIFF = { WEBP = "webp", WAVE = "wav", ["AVI "] = "avi" }

local MAGIC = {
  { "\137PNG\r\n\26\n", "png" }, { "\255\216\255", "jpg" }, { "GIF8", "gif" }, { "BM", "bmp" },
  { "II*\0", "tiff" }, { "MM\0*", "tiff" }, { "\26E\223\163", "webm" }, { "ID3", "mp3" },
  { "fLaC", "flac" }, { "OggS", "ogg" }, { "glTF", "glb" }, { "PK\3\4", "zip" },
}

-- Of a film that is older than the word ftyp; each part begins with its length.
local OLD_MOV = { moov = true, mdat = true, wide = true, free = true, skip = true, pnot = true }

local function from_bytes(head)
  for _, magic in ipairs(MAGIC) do
    if head:sub(1, #magic[1]) == magic[1] then return magic[2] end
  end
  if head:sub(1, 4) == "RIFF" then return RIFF[head:sub(9, 12)] end
  if head:sub(5, 8) == "ftyp" then return BRANDS[head:sub(9, 12)] or "mp4" end
  if OLD_MOV[head:sub(5, 8)] and head:byte(1) < 32 then return "mov" end
  local first, second = head:byte(1, 2)
  if first == 0xFF and second and second >= 0xE0 then
    return second & 0xF6 == 0xF0 and "aac" or "mp3"
  end
end

-- Types that no first bytes are known of.
local UNMARKED = { svg = true, obj = true, gltf = true, fbx = true, stl = true }

-- Whether each of some types begins with bytes that would have been known.
---@param types string[] extensions
---@return boolean
function sniff.all_marked(types)
  for _, ext in ipairs(types) do
    if UNMARKED[sniff.canonical(ext)] then return false end
  end
  return true
end

-- Whether first bytes are those of a text.
---@param head string
---@return boolean
function sniff.is_text(head)
  return not head:find("[%z\1-\8\11\14-\31\127]")
end

-- "png", "jpg", "mp4", ... or nil when neither bytes nor name tell.
---@param head string the first bytes, 16 or more where there are as many
---@param path string
---@return string|nil
function sniff.type(head, path)
  local named, found = sniff.extension(path), from_bytes(head)
  if not found then return named end
  if named and BROTHERS[found] and BROTHERS[found][named] then return named end
  return found
end

return sniff
