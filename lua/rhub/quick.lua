-- Quick create: an app's styles, and running it in one of the ways that the page offers, which have codes.
--     local quick = hub:quick("1877265245566922753", "002")
--     for _, style in ipairs(assert(quick:styles())) do print(style.id, style.name) end
--     local picture = assert(quick:run { prompt = "a lighthouse, " .. style.trigger })

local App = require("rhub.app").App
local errors = require "rhub.errors"
local json = require "rhub.json"
local page = require "rhub.page"

local quick = {}

local PATH = "/task/openapi/quick-ai-app/run"

---@class rhub.quick: rhub.app
---@field code string|nil
local Quick = setmetatable({ __name = "rhub.quick", whole = true }, { __index = App })
Quick.__index = Quick

-- Quick create with an app, by its id or the address of its page.
---@param id string|integer
---@param code? string  "002": which of the ways; to list inputs and styles none is needed
---@return rhub.quick
function quick.quick(self, id, code)
  local known, err = page.of(self, id, "an app's id")
  local name = "quick/" .. (known or tostring(id))
  if code ~= nil and (type(code) ~= "string" or not code:find("^%w+$")) then
    err = err or errors.input(("%s: code: %s is no code: text such as \"002\"; nothing was sent")
      :format(name, tostring(code)))
  end
  return page.kept(self, name .. (code and "/" .. tostring(code) or ""), function()
    return setmetatable({ hub = self, id = known, name = name, err = err, code = code }, Quick)
  end)
end

function Quick:__tostring() return "rhub." .. self.name end

---@class rhub.style
---@field id string
---@field name? string
---@field category? string
---@field trigger? string  words for the prompt
---@field preview? string  an address
---@field raw table        with the names and weights of its models

local function text(value)
  if value == nil or value == json.null or value == "" then return nil end
  return tostring(value)
end

local function read_style(one)
  return { id = text(one.id), name = text(one.modelName), category = text(one.modelCategory),
    trigger = text(one.modelTrigger), preview = text(one.modelPreviewUrl), raw = one }
end

-- The styles of its model library.
---@return rhub.style[]|nil
---@return rhub.error|nil
function Quick:styles()
  if self.err then return nil, self.err end
  local path = "/api/fast/creation/model/params"
  local data, err = self.hub:call { path = path, body = { type = 2, webappId = self.id }, key = "none" }
  if err then return nil, err end
  if type(data) ~= "table" then
    return nil, errors.new { kind = "protocol", message = path .. " answered without a list" }
  end
  local list = {}
  for _, one in ipairs(data) do
    if type(one) == "table" then list[#list + 1] = read_style(one) end
  end
  return list
end

-- As an app's, with the code; every item in full.
---@param given table|nil
---@param options table|nil
---@param level integer
---@return rhub.job|nil
---@return rhub.error|nil
function Quick:prepare(given, options, level)
  if not self.err and not self.code then
    return nil, errors.input(("%s: code: is required: hub:quick(id, \"002\"); nothing was sent")
      :format(self.name))
  end
  local job, err = App.prepare(self, given, options, level + 1)
  if not job then return nil, err end
  job.path, job.key = PATH, "apiKey"
  job.told = false -- the service's documentation gives this call no webhook
  job.body.webappId, job.body.quickCreateCode = self.id, self.code
  return job
end

return quick
