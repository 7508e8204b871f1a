-- Uploads: local files to the service, and what stands for them afterwards. Methods of a hub, free.

local errors = require "rhub.errors"
local flow = require "rhub.flow"
local media = require "rhub.media"
local observer = require "rhub.observer"

local uploads = {}

local INTERVAL = 0.1 -- seconds between two words about how far it is

---@class rhub.upload
---@field url? string           of kind "url"; lives about a day
---@field file_name? string     what ComfyUI nodes take
---@field bytes integer
---@field reused boolean        the service had the same bytes already: they were not sent again
---@field json? string          of kind "comfy": the reply as it came
---@field sha256? string        of the file, with a journal
local Upload = { __name = "rhub.upload" }
Upload.__index = Upload

function Upload:__rhub_addresses()
  if self.url then return { self.url } end
  return nil, "is an upload for nodes, which has no address: upload it without kind"
end

-- What a node takes.
function Upload:__rhub_file_name() return self.file_name end

-- Without the query: what stands there opens the file to whoever reads it.
function Upload:__tostring()
  return "rhub.upload " .. (self.url and self.url:match("^[^?#]*") or self.file_name or "")
end

---@class rhub.upload_options
---@field kind? "url"|"node"|"lora"|"comfy" for parameters of models (default), nodes of workflows and apps,
---                             RHLoraLoader, or a ComfyUI, at `to`
---@field name? string          what the service is to call it; default: as the file is called
---@field to? string            of "comfy": the path to POST to
---@field on_progress? fun(done: integer, total: integer) bytes, some times a second; it must not wait

local KINDS = { url = true, node = true, lora = true, comfy = true }
local OPTIONS = { kind = true, name = true, to = true, on_progress = true }

local function check_options(options, level)
  for name in pairs(options) do
    if not OPTIONS[name] then
      local text = "no such option: %s (there are kind, name, to and on_progress)"
      error(text:format(tostring(name)), level + 1)
    end
  end
  if options.kind ~= nil and not KINDS[options.kind] then
    error(("kind %s is not known: url, node, lora, comfy"):format(tostring(options.kind)), level + 1)
  end
end

-- Tells the callback while `op` is under way. The last word, that all of it is there, comes from the caller.
local function watch(op, on_progress)
  local service
  service = flow.every(INTERVAL, function()
    if op.done then return service:cancel() end
    local info = op:info()
    if info.total > 0 then on_progress(info.done, info.total) end
  end)
end

-- Uploads one local file, or reuses what the same bytes were given before.
---@param path string|rhub.file
---@param options? rhub.upload_options
---@return rhub.upload|nil
---@return rhub.error|nil
function uploads.upload(self, path, options)
  local o, name = options or {}, media.file_path(path) or path
  if type(name) ~= "string" then error("upload takes a path, not a " .. type(path), 2) end
  check_options(o, 2)
  local op, err = self:start("upload", { path = name, options = { kind = o.kind, name = o.name, to = o.to,
    digest = self.origins ~= nil or nil } })
  if not op then return nil, err end
  op.target = name
  observer.tell("uploading", op)
  if o.on_progress then watch(op, o.on_progress) end
  local value
  value, err = self:await(op, { op })
  if not value then return nil, err end
  if o.on_progress then o.on_progress(value.bytes, value.bytes) end
  if self.origins then self.origins:upload(value) end
  observer.tell("uploaded", name, value.bytes, value.reused)
  return setmetatable(value, Upload)
end

---@class rhub.cache
---@field path? string          the file; nil: what is uploaded is remembered by this client only
---@field remembered integer    uploads of this account
---@field valid integer         of them, those that the service should still have

-- What is remembered of uploads across runs. Looks into a file.
---@return rhub.cache|nil
---@return rhub.error|nil
function uploads.cache(self)
  local found, err = self:engine():cache()
  if not found then return nil, errors.new(err) end
  return found
end

return uploads
