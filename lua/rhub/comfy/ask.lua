-- Calls to a native ComfyUI. The key is {key} in each path until the request leaves; messages have the name
-- of the ComfyUI in its place.

local errors = require "rhub.errors"
local reading = require "rhub.comfy.reading"

local ask = {}

-- "comfy plus/history/ID: ..." in place of "/proxy-plus/{key}/history/ID: ...".
---@param comfy rhub.comfy
---@param err rhub.error
---@return rhub.error
function ask.renamed(comfy, err)
  local at, stop = err.message:find(comfy.base, 1, true)
  if at == 1 then err.message = comfy.name .. err.message:sub(stop + 1) end
  return err
end

-- One call, with the whole reply. A refusal in RunningHub's own shapes is an error.
---@param comfy rhub.comfy
---@param path string
---@param more? { body?: string, once?: boolean, limit?: integer }
---@return any
---@return rhub.error|nil
function ask.call(comfy, path, more)
  local o = { path = comfy.base .. path, key = "none", raw = true }
  for name, value in pairs(more or {}) do o[name] = value end
  local reply, err = comfy.hub:call(o)
  if err then return nil, ask.renamed(comfy, err) end
  local refused = reading.refusal(reply, comfy.name .. path)
  if not refused then return reply end
  refused.spent = "no"
  return nil, refused
end

-- The same where the reply is a table; another one tells nothing.
---@param comfy rhub.comfy
---@param path string
---@param more? table
---@return table|nil
---@return rhub.error|nil
function ask.table(comfy, path, more)
  local reply, err = ask.call(comfy, path, more)
  if err then return nil, err end
  if type(reply) == "table" then return reply end
  return ask.unreadable(comfy, path)
end

---@param comfy rhub.comfy
---@param path string
---@return nil, rhub.error
function ask.unreadable(comfy, path)
  return nil, errors.new { kind = "protocol", spent = "no", retryable = true,
    message = comfy.name .. path .. ": the answer cannot be read" }
end

-- For a path or a query.
---@param text string
---@return string
function ask.escape(text)
  return (text:gsub("[^%w._~-]", function(c) return ("%%%02X"):format(c:byte()) end))
end

---@param comfy rhub.comfy
---@param text string
---@return nil, rhub.error
function ask.input(comfy, text) return nil, errors.input(("%s: %s"):format(comfy.name, text)) end

-- The id of a prompt, or of what `prompt` has returned.
---@param comfy rhub.comfy
---@param prompt string|rhub.comfy.prompt
---@return string|nil
---@return rhub.error|nil
function ask.id(comfy, prompt)
  local id = type(prompt) == "table" and prompt.id or prompt
  if type(id) == "string" and id:find("^[%w_-]+$") then return id end
  return ask.input(comfy, ('"%s" is no prompt\'s id'):format(tostring(id)))
end

return ask
