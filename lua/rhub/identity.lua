-- What makes two calls one job of a journal: the parameters as the caller gave them, before defaults and
-- webhooks, with nothing in them that differs from run to run. Sends nothing.

local json = require "rhub.json"
local media = require "rhub.media"

local identity = {}

-- The files of a call, by parameter and path: what they hold is added by the engine.
local function file_set(files)
  local set = {}
  for i = 1, #files, 2 do
    local name = files[i]:match("^/([^/]*)"):gsub("~1", "/"):gsub("~0", "~")
    set[name .. "\0" .. files[i + 1]] = true
  end
  return set
end

-- An earlier result counts by its job, and an upload by its file, never by addresses, which are new with each
-- run.
local function of_earlier(value)
  local result = rawget(value, "result") or value
  local job = rawget(result, "job")
  if job then return { job = job } end
  local sha256 = rawget(value, "sha256")
  if sha256 then return { sha256 = sha256 } end
  local name = rawget(value, "file_name")
  if name then return { file = name } end
  return { urls = media.earlier(value) }
end

local function plain(value, name, files, origins)
  if type(value) == "string" then
    return files[name .. "\0" .. value] and "" or origins:of(value) or value
  end
  if media.file_path(value) then return "" end
  local meta = getmetatable(value)
  if type(meta) == "table" and rawget(meta, "__rhub_addresses") then return of_earlier(value) end
  if type(value) ~= "table" or meta then return value end
  local copy = {}
  for key, one in next, value do copy[key] = plain(one, name, files, origins) end
  return copy
end

-- The text that stands for a call's parameters; nil where they are no JSON.
---@param params table as the caller gave them
---@param files string[] pointer, path, ...: what of them is uploaded
---@param origins rhub.origins
---@return string|nil
function identity.of(params, files, origins)
  local set, copy = file_set(files), {}
  for name, value in next, params do copy[name] = plain(value, tostring(name), set, origins) end
  return (json.encode(copy, { sort = true }))
end

return identity
