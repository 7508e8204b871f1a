-- Values for fields of nodes that take media. A node takes the name of a file that the service knows, so
-- local files are marked to be uploaded, and what has no such name is refused with a way to get one. Sends
-- nothing.

local media = require "rhub.media"
local words = require "rhub.check.words"

local node_files = {}

local MAX_BYTES = 30 << 20 -- what the service takes as one file

-- LoadImage, LoadImageMask, LoadImages(zip), LoadAudio, VHS_LoadVideo, ...
local LOADERS = { { "^[%w_]*LoadImages", "archive" }, { "^[%w_]*LoadImage", "image" },
  { "^[%w_]*LoadAudio", "audio" }, { "^[%w_]*LoadVideo", "video" } }
local FIELDS = { image = true, upload = true, audio = true, video = true, file = true }

-- What a field of a node takes: "image", "audio", "video", "archive" (a ZIP of images), or nil where it is no
-- file.
---@param class string
---@param field string
---@return string|nil
function node_files.kind(class, field)
  if not FIELDS[field] then return nil end
  for _, loader in ipairs(LOADERS) do
    if class:find(loader[1]) then return loader[2] end
  end
end

local KINDS = { image = "an image", audio = "a sound", video = "a video", archive = "a ZIP of images" }

-- Names that the service gives: "api/<sha256>.png", "openapi/...", "<sha256>".
local function is_service_name(text)
  local bare = text:match("^%a+/(.*)$") or text
  return #(bare:match("^%x*")) == 64
end

---@param found rhub.findings_of_run
local function problem(found, name, value, message, allowed)
  found:add(name, value, { message = message, allowed = allowed })
  return value
end

-- A local file. Returns its path twice: what stands in its place until it is uploaded, and what to upload.
local function take_file(found, name, path, kind)
  local info, why = media.inspect(path)
  if not info then return problem(found, name, path, path .. " " .. why) end
  if kind and info.kind and info.kind ~= kind then
    local type_ = info.type:upper()
    why = ("%s is %s %s"):format(path, type_:find("^[AEFHIMOSX8]") and "an" or "a", type_)
    return problem(found, name, path, why, "takes " .. KINDS[kind])
  end
  if info.size > MAX_BYTES then
    return problem(found, name, path, ("%s has %s"):format(path, words.size(info.size)),
      "takes up to " .. words.size(MAX_BYTES))
  end
  return path, path
end

local function take_text(found, name, text, kind, present)
  if text == present or text == "" or is_service_name(text) then return text end
  if media.is_address(text) then
    found:warn(("%s is an address: a node takes a file's name, and may refuse it"):format(name), name)
    return text
  end
  local _, why = media.inspect(text)
  if why == "does not exist" then
    return problem(found, name, text, text .. " " .. why,
      "give a local file, or the file_name of hub:upload(FILE)")
  end
  return take_file(found, name, text, kind)
end

local GET_ONE = "takes a file's name: save it and give the file, value = result:save(\"out/\")[1]"

-- A value for a field. `kind` is what the field takes; nil: no file, unless the value is marked as one.
---@param found rhub.findings_of_run
---@param name string  of the field, for messages
---@param value any
---@param kind string|nil
---@param present any  what stands there now
---@return any value
---@return string|nil path to be uploaded; its name then stands for the value
function node_files.take(found, name, value, kind, present)
  local path = media.file_path(value)
  if path then return take_file(found, name, path, kind) end
  local meta = getmetatable(value)
  if type(meta) == "table" then
    local name_of, text_of = rawget(meta, "__rhub_file_name"), rawget(meta, "__rhub_text")
    if name_of then return name_of(value) end
    local text = not kind and text_of and text_of(value)
    if text then return text end
    if rawget(meta, "__rhub_addresses") then
      local what = ("is %s%s"):format(tostring(value), kind and "" or ", which is no text")
      return problem(found, name, tostring(value), what, kind and GET_ONE)
    end
  end
  if kind and type(value) == "string" then return take_text(found, name, value, kind, present) end
  return value
end

return node_files
