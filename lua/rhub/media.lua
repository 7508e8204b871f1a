-- Media among parameters: what is an address, what is a local file, and what stands for an earlier result.
-- Sends nothing: files are named to the core by a pointer into the parameters, and it uploads them.

local sniff = require "rhub.sniff"
local sys = require "rhub.sys"

local media = {}

-- A local file, marked as one wherever it stands.
---@class rhub.file
---@field path string
local File = {}
File.__index = File
File.__name = "rhub.file"

function File:__tostring() return self.path end

-- Marks a path as a local file to be uploaded, also where the catalogue does not expect one.
---@param path string
---@return rhub.file
function media.file(path)
  if type(path) ~= "string" or path == "" then error("rhub.file takes a path", 2) end
  return setmetatable({ path = path }, File)
end

---@param value any
---@return string|nil path
function media.file_path(value)
  return getmetatable(value) == File and value.path or nil
end

local SCHEMES = { http = true, https = true, data = true, asset = true }

-- Whether a string is an address and not a path. A lone "c:" is not one.
---@param text string
---@return boolean
function media.is_address(text)
  local scheme = text:match("^(%a[%w+.-]+):")
  return scheme ~= nil and (SCHEMES[scheme:lower()] or text:find("^%a[%w+.-]+://") ~= nil)
end

-- What is wrong with an address, or nil.
---@param text string
---@return string|nil
function media.address_problem(text)
  local scheme = text:match("^%a[%w+.-]+"):lower()
  if not SCHEMES[scheme] then
    return "has a scheme that is not taken: give an http or https address, or a local file"
  end
  if scheme == "data" then return nil end
  if text:find("[%s%c]") then return "is an address with a space in it" end
  if scheme ~= "asset" and not text:find("^%a+://[^/?#]") then return "is an address without a host" end
end

-- What an earlier result, upload or finished task gives as addresses. `kind` ("image", "video", "audio" or
-- nil) picks among several outputs.
---@param value any
---@param kind string|nil
---@return string[]|nil urls nil when the value is none of these
---@return string|nil problem
function media.earlier(value, kind)
  local meta = getmetatable(value)
  local addresses = type(meta) == "table" and rawget(meta, "__rhub_addresses")
  if not addresses then return nil end
  local urls, problem = addresses(value, kind)
  if urls and #urls == 0 then problem = "has no address" end
  return urls or {}, problem
end

-- RFC 6901: one step of a pointer.
---@param pointer string
---@param key string|integer
---@return string
function media.step(pointer, key)
  if math.type(key) == "integer" then return pointer .. "/" .. (key - 1) end
  local name = tostring(key)
  if name:find("[~/]") then name = name:gsub("~", "~0"):gsub("/", "~1") end
  return pointer .. "/" .. name
end

-- What is known of a local file without sending anything.
---@param path string
---@return { size: integer, type: string|nil, kind: string|nil, is_text: boolean }|nil
---@return string|nil problem
function media.inspect(path)
  if path:find("\0", 1, true) then return nil, "has a NUL in its path" end
  local stat, reason, code = sys.stat(path)
  if not stat then
    if code == 2 or code == 20 then return nil, "does not exist" end
    return nil, "cannot be read: " .. reason
  end
  if stat.type == "dir" then return nil, "is a folder: give a file" end
  if stat.type ~= "file" then return nil, "is not an ordinary file" end
  if stat.size == 0 then return nil, "is an empty file" end
  local file, why = io.open(path, "rb")
  if not file then return nil, "cannot be read: " .. (why:match(": (.*)$") or why) end
  local head = file:read(64) or ""
  file:close()
  local type_ = sniff.type(head, path)
  return { size = stat.size, type = type_, kind = sniff.kind(type_), is_text = sniff.is_text(head) }
end

local NAMES = { sref = true, cref = true, oref = true, url = true, urls = true }

local function looks_like_media(name)
  local bare = name:lower():gsub("%d+$", "")
  if bare:find("webhook") or bare:find("callback") then return false end
  if NAMES[bare] or bare:find("urls?$") then return true end
  local last = bare:gsub("s$", "")
  for _, word in ipairs { "image", "video", "audio", "file", "picture", "photo", "mask" } do
    if last:sub(-#word) == word then return true end
  end
  return false
end

-- What was found out about a name: the same few come with every task of a run.
local is_media, names_seen = {}, 0
local NAMES_MAX = 1000

-- Whether a parameter's name looks as if it took media: imageUrl, image_urls, video, audioFile2, ...
---@param name any
---@return boolean
function media.is_name(name)
  if type(name) ~= "string" then return false end
  local known = is_media[name]
  if known ~= nil then return known end
  if names_seen == NAMES_MAX then is_media, names_seen = {}, 0 end
  known = looks_like_media(name)
  is_media[name], names_seen = known, names_seen + 1
  return known
end

-- ---- parameters that no catalogue knows -------------------------------------------------------

---@class rhub.found        what a walk through parameters collects
---@field files string[]    pointer, path, pointer, path, ...: what core:submit takes
---@field problems rhub.problem[]

local function problem(found, pointer, value, message)
  found.problems[#found.problems + 1] = { param = pointer:sub(2), value = value, message = message }
end

---@param found rhub.found
---@param pointer string
---@param path string
function media.add_file(found, pointer, path)
  local files = found.files
  files[#files + 1] = pointer
  files[#files + 1] = path
end

-- A string under a name that looks like media. What is neither an address nor a file, but looks like a path,
-- is a typo that would cost money.
local function guess_string(text, pointer, found)
  if media.is_address(text) or #text > 4096 or text:find("\0", 1, true) then return text end
  local stat = text ~= "" and sys.stat(text)
  if stat and stat.type == "file" then
    local _, why = media.inspect(text)
    if why then
      problem(found, pointer, text, text .. " " .. why)
    else
      media.add_file(found, pointer, text)
    end
  elseif not found.lenient and (sniff.kind(sniff.extension(text)) or text:find("/", 1, true)) then
    problem(found, pointer, text, text .. (stat and " is a folder: give a file" or " does not exist"))
  end
  return text
end

local walk

local DEEPEST = 512 -- tables in each other that JSON takes, see rhub.json

local function walk_table(value, name, pointer, found)
  local seen = found.seen
  if seen[value] then return value end -- a cycle: the encoder names it
  if found.depth >= DEEPEST then
    if not found.too_deep then problem(found, "/" .. found.top, nil, "is nested too deeply") end
    found.too_deep = true
    return value
  end
  seen[value], found.depth = true, found.depth + 1
  local copy
  for key, item in next, value do
    local inner = type(key) == "string" and key or name
    local new = walk(item, inner, media.step(pointer, key), found, math.type(key) == "integer")
    if new ~= item then
      if not copy then
        copy = setmetatable({}, getmetatable(value))
        for k, v in next, value do copy[k] = v end
      end
      copy[key] = new
    end
  end
  seen[value], found.depth = nil, found.depth - 1
  return copy or value
end

-- One value: results become addresses, files are noted, the rest stays as it is. Tables are copied only when
-- something in them changes.
function walk(value, name, pointer, found, in_list)
  local kind = type(value)
  if kind == "string" then
    return media.is_name(name) and guess_string(value, pointer, found) or value
  end
  if kind ~= "table" then return value end
  local path = media.file_path(value)
  if path then
    local _, why = media.inspect(path)
    if why then
      problem(found, pointer, path, path .. " " .. why)
    else
      media.add_file(found, pointer, path)
    end
    return path
  end
  local urls, why = media.earlier(value)
  if not urls then return walk_table(value, name, pointer, found) end
  if why then problem(found, pointer, tostring(value), why) end
  local plural = not in_list and type(name) == "string" and name:lower():find("s%d*$")
  if plural then return urls end
  return urls[1]
end

-- Whether a value that the catalogue does not know is to be walked: it can be media, or hold some.
---@param value any
---@param name any
---@return boolean
function media.is_possible(value, name)
  local kind = type(value)
  return kind == "table" or kind == "string" and media.is_name(name)
end

-- Walks a value that the catalogue does not know.
---@param value any
---@param name string
---@param found rhub.found
---@return any value to be sent; a file's path stands where its address will
function media.walk(value, name, found)
  if not media.is_possible(value, name) then return value end
  found.seen, found.depth, found.top = found.seen or {}, 1, name
  return walk(value, name, media.step("", name), found, false)
end

return media
