-- ComfyUI's own API on the service's machines: what is said to a ComfyUI at home can be said there. There is
-- no RunningHub task and no queue of the service; the account pays by the second. The key is part of each
-- path: here it is written {key}, and put in when a request leaves, so that nothing that prints a path prints
-- it.
--     local comfy = hub:comfy { plus = true }
--     local sent = assert(comfy:prompt("graph.json"))
--     local made = assert(comfy:outputs(assert(comfy:wait(sent))))
--     made:save("out/")

local ask = require "rhub.comfy.ask"
local errors = require "rhub.errors"
local json = require "rhub.json"
local media = require "rhub.media"
local prompts = require "rhub.comfy.prompts"
local reading = require "rhub.comfy.reading"
local sys = require "rhub.sys"
local watch = require "rhub.comfy.watch"

local comfy = {}

local INFO_LIMIT = 256 << 20 -- bytes: object_info has about 30 MB

---@class rhub.comfy
---@field name string "comfy", "comfy plus", as messages have it
---@field plus boolean the machine with 48 GB
local Comfy = { __name = "rhub.comfy", prompt = prompts.prompt, history = watch.history, queue = watch.queue,
  wait = watch.wait }
Comfy.__index = Comfy

---@class rhub.comfy_options
---@field plus? boolean  a machine with 48 GB in place of 24

-- A native ComfyUI. Sends nothing.
---@param options? rhub.comfy_options
---@return rhub.comfy
function comfy.comfy(self, options)
  for name in pairs(options or {}) do
    if name ~= "plus" then error("comfy: no such option: " .. tostring(name) .. " (there is plus)", 2) end
  end
  local plus = options and options.plus or false
  return setmetatable({ hub = self, plus = plus, name = plus and "comfy plus" or "comfy",
    base = plus and "/proxy-plus/{key}" or "/proxy/{key}" }, Comfy)
end

function Comfy:__tostring() return "rhub." .. self.name end

-- What a prompt has made, as any result: outputs[i] has node_id, type, filename, subfolder, kind ("images",
-- "gifs", ...) or text; save(target) saves them.
---@param entry table  of `history` or `wait`
---@return rhub.result
function Comfy:outputs(entry)
  return reading.outputs(entry, self.hub, function(file) return self:path_of(file) end)
end

-- ---- files ------------------------------------------------------------------------------------

---@class rhub.comfy.file
---@field filename string
---@field subfolder? string
---@field type? "output"|"input"|"temp"

-- Where a file is: for `path` of the engine's save.
---@param file rhub.comfy.file
---@return string
function Comfy:path_of(file)
  return ("%s/view?filename=%s&subfolder=%s&type=%s"):format(self.base, ask.escape(file.filename),
    ask.escape(file.subfolder or ""), ask.escape(file.type or "output"))
end

-- Saves one file of the machine: into a folder under its own name, or as the file that is named.
---@param file rhub.comfy.file
---@param target string
---@param options? rhub.save_options
---@return string|nil path
---@return rhub.error|nil
function Comfy:view(file, target, options)
  if type(file) ~= "table" or type(file.filename) ~= "string" or file.filename == "" then
    error("view takes a file: { filename =, subfolder =, type = }", 2)
  end
  local one = reading.one(file, self.hub, self:path_of(file))
  local stat = sys.stat(target)
  if target:sub(-1) == "/" or stat and stat.type == "dir" then
    target = target:gsub("/*$", "/") .. file.filename:match("[^/]*$")
  end
  local paths, err = one:save(target, options)
  if paths then return paths[1] end
  err.task_id, err.message = nil, ("%s: %s: %s"):format(self.name, file.filename, err.message)
  return nil, err
end

-- Uploads a local file to the machine's input folder.
---@param path string|rhub.file
---@return { name: string, subfolder: string, type: string }|nil what nodes take: `name`
---@return rhub.error|nil
function Comfy:upload(path)
  local name = media.file_path(path) or path
  if type(name) ~= "string" then error("upload takes a path, not a " .. type(name), 2) end
  local value, err = self.hub:perform("upload", { path = name,
    options = { kind = "comfy", to = self.base .. "/upload/image" } })
  if not value then return nil, ask.renamed(self, err) end
  local reply = json.decode(value.json or "")
  if type(reply) ~= "table" or type(reply.name) ~= "string" then
    return nil, reading.refusal(reply, self.name .. "/upload/image") or errors.new { kind = "protocol",
      message = self.name .. ": the upload was answered without a name" }
  end
  local function text(said, default) return type(said) == "string" and said or default end
  return { name = reply.name, subfolder = text(reply.subfolder, ""), type = text(reply.type, "input") }
end

-- ---- the machine ------------------------------------------------------------------------------

-- What its nodes take and give: all classes by name, or one. All of them are 30 MB: they are asked for once
-- and kept with this object. The service tells them to anybody, so that this is no test of a key.
---@param class? string
---@return table|nil
---@return rhub.error|nil kind "input" for an unknown class
function Comfy:object_info(class)
  if not self.info and class == nil then
    local all, err = ask.table(self, "/object_info", { limit = INFO_LIMIT })
    if not all then return nil, err end
    self.info = all
  end
  if class == nil then return self.info end
  local known, err = self.info, nil
  if not known then
    known, err = ask.table(self, "/object_info/" .. ask.escape(class), { limit = INFO_LIMIT })
  end
  if not known then return nil, err end
  if type(known[class]) == "table" then return known[class] end
  return ask.input(self, ("there is no node class %s"):format(class))
end

-- Ends the prompt that runs: it is charged for what it has used. Sent once, since a second one would hit the
-- next prompt.
---@param prompt? string|rhub.comfy.prompt  only if it is that one, where the machine's ComfyUI can tell
---@return true|nil
---@return rhub.error|nil
function Comfy:interrupt(prompt)
  local id, err
  if prompt ~= nil then
    id, err = ask.id(self, prompt)
    if not id then return nil, err end
  end
  local body = assert(json.encode { prompt_id = id })
  err = select(2, ask.call(self, "/interrupt", { body = body, once = true }))
  if not err then return true end
  if err.kind == "unknown_outcome" then
    err.kind, err.spent = "network", "no"
    err.message = self.name .. ": nobody knows whether the prompt was interrupted; it was not asked again"
  end
  return nil, err
end

-- ComfyUI's own words about its system and devices.
---@return table|nil
---@return rhub.error|nil
function Comfy:system_stats() return ask.table(self, "/system_stats") end

return comfy
