-- What an asset is to be made of: a local file, an address, an upload or an earlier result. Sends nothing.

local ask = require "rhub.assets.ask"
local media = require "rhub.media"
local sniff = require "rhub.sniff"

local source = {}

local TYPES = { image = "Image", video = "Video", audio = "Audio" }

-- A local file as { path, kind }, or nil and what is wrong with it.
local function look_at_file(file)
  local path = media.file_path(file) or file
  if type(path) ~= "string" or path == "" then return nil, "file takes a path" end
  local info, why = media.inspect(path)
  if not info then return nil, path .. " " .. why end
  return { path = path, kind = info.kind, type = info.type }
end

-- Something that has an address already, likewise.
local function look_at_address(given, kind)
  local urls, why = media.earlier(given, kind)
  if why then return nil, "url " .. why end
  local url = urls and urls[1] or given
  if type(url) ~= "string" then return nil, "url takes an address, an upload or an earlier result" end
  if not url:find("^https?://[^/?#%s%c][^%s%c]*$") then
    local remedy = media.is_address(url) and "" or "; a local file goes with file="
    return nil, ("url takes an http(s) address%s"):format(remedy)
  end
  local bare = url:match("^[^?#]*")
  return { url = url, path = bare, kind = sniff.kind(sniff.extension(bare)) }
end

-- The word for the type, or nil and what is wrong.
local function type_of(options, found)
  local kind = options.type and tostring(options.type):lower() or found.kind
  if TYPES[kind] then
    if options.type and found.type and found.kind and found.kind ~= kind then
      return nil, ("type %s: %s is a file of type %s"):format(options.type, found.path, found.type)
    end
    return TYPES[kind]
  end
  if options.type then
    return nil, ("type %s is not allowed: Image, Video, Audio"):format(tostring(options.type))
  end
  if kind then return nil, ("%s is no image, video or audio"):format(found.path) end
  return nil, "what it is cannot be told from its name: give type, Image, Video or Audio"
end

-- What is to be made, found out before anything is sent: { group, type, name, path or url }.
---@param options rhub.asset_options
---@return { type: string, name: string, path: string, url: string|nil }|nil
---@return string|nil problem
function source.plan(options)
  if not options.group then return nil, "an asset belongs to a group: give group" end
  if (options.file ~= nil) == (options.url ~= nil) then return nil, "give either file or url" end
  local kind = type(options.type) == "string" and options.type:lower() or nil
  local found, why
  if options.file ~= nil then
    found, why = look_at_file(options.file)
  else
    found, why = look_at_address(options.url, TYPES[kind] and kind)
  end
  if not found then return nil, why end
  local word
  word, why = type_of(options, found)
  if not word then return nil, why end
  local own = found.path:match("([^/]+)$") or "asset"
  return { type = word, name = ask.text(options.name) or own:match("^(.+)%.%w+$") or own, path = found.path,
    url = found.url }
end

return source
