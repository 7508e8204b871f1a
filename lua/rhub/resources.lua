-- What an account has beside its balance: keys, and the model files that its workflows may name. Methods of a
-- hub, free.

local errors = require "rhub.errors"
local json = require "rhub.json"
local nearest = require "rhub.nearest"
local pager = require "rhub.pager"

local resources = {}

local function text(value)
  if value == nil or value == json.null or value == "" then return nil end
  return tostring(value)
end

local function list_of(value, path)
  if type(value) == "table" then return value end
  return nil, errors.new { kind = "protocol", message = path .. " answered without a list" }
end

-- ---- keys -------------------------------------------------------------------------------------

---@class rhub.key
---@field key string            masked: its first and last characters
---@field name? string
---@field status? string
---@field quota? string         the most that it may spend; nil: no limit was told
---@field used? string
---@field visible? boolean
---@field expires? string       when, as the service says it
---@field created? string

-- The service masks keys. One that it did not mask is nobody's to see either.
local function masked(key)
  if not key or key:find("*", 1, true) then return key or "" end
  return "****" .. key:sub(-4)
end

local function new_key(item)
  local visible = item.visible
  if type(visible) ~= "boolean" then visible = nil end
  return { key = masked(text(item.key)), name = text(item.apiKeyName), status = text(item.status),
    quota = text(item.quotaLimit), used = text(item.quotaUsed), visible = visible,
    expires = text(item.expireAt), created = text(item.createdAt) }
end

-- The account's API keys, masked.
---@param self rhub.hub
---@return rhub.key[]|nil
---@return rhub.error|nil
function resources.keys(self)
  local path = "/openapi/v2/api-key/list"
  local data, err = self:call { path = path }
  if err then return nil, err end
  data, err = list_of(data, path)
  if not data then return nil, err end
  local keys = {}
  for _, item in ipairs(data) do keys[#keys + 1] = type(item) == "table" and new_key(item) or nil end
  return keys
end

-- ---- model files ------------------------------------------------------------------------------

resources.types = { "UNET", "CHECKPOINT", "LORA", "GGUF" }

local PATH = "/openapi/v2/resource/list"
local LARGEST = 50 -- records a page
local OPTIONS = { type = true, name = true, base_models = true, tags = true, page = true, size = true }

---@class rhub.resource_options
---@field type "UNET"|"CHECKPOINT"|"LORA"|"GGUF" in any case
---@field name? string
---@field base_models? string[]
---@field tags? string[]
---@field page? integer         from 1
---@field size? integer         records a page, up to 50

---@class rhub.resource
---@field name? string          what a node of a workflow names: nodeModelName
---@field raw table             the record as the service gives it; its other fields are documented nowhere

---@class rhub.resource_page
---@field records rhub.resource[]
---@field page integer
---@field pages? integer
---@field total? integer
---@field more boolean          whether another page follows

local function type_of(word)
  for _, known in ipairs(resources.types) do
    if type(word) == "string" and word:upper() == known then return known end
  end
  local all = table.concat(resources.types, ", "):lower()
  if word == nil then return nil, "give a type: " .. all end
  local near = type(word) == "string" and nearest.find(word:upper(), resources.types)
  local remedy = near and " (did you mean " .. near:lower() .. "?)" or ""
  return nil, ("type %s is not allowed: %s%s"):format(tostring(word), all, remedy)
end

local function is_count(value, most)
  return math.type(value) == "integer" and value >= 1 and value <= most
end

-- An array also where it is empty; the caller's own table stays as it is.
local function array_of(list)
  return json.array(table.move(list or {}, 1, #(list or {}), 1, {}))
end

local function list_problem(name, value)
  if value == nil then return nil end
  if type(value) ~= "table" then return name .. " takes a list" end
  for _, one in ipairs(value) do
    if type(one) ~= "string" then return name .. " takes a list of texts" end
  end
end

-- The question as the service wants it, or nil and what is wrong.
local function body_of(o)
  local word, why = type_of(o.type)
  if not word then return nil, why end
  local page, size = o.page or 1, o.size or LARGEST
  if not is_count(page, math.maxinteger) then return nil, "page takes a whole number from 1 on" end
  if not is_count(size, LARGEST) then return nil, "size takes a whole number from 1 to " .. LARGEST end
  why = list_problem("base_models", o.base_models) or list_problem("tags", o.tags)
  if why then return nil, why end
  return { resourceType = word, resourceName = o.name, current = page, size = size,
    baseModels = array_of(o.base_models), tags = array_of(o.tags) }
end

local function check_options(o, level)
  if type(o) ~= "table" then error("resources takes a table: { type = \"LORA\" }", level + 1) end
  for name in pairs(o) do
    if not OPTIONS[name] then
      local near = nearest.find(tostring(name), OPTIONS, true)
      local remedy = near and (" (did you mean %s?)"):format(near) or ""
      error(("no such option: %s%s"):format(tostring(name), remedy), level + 1)
    end
  end
end

local function fetch(self, body)
  local data, err = self:call { path = PATH, body = body }
  if err then return nil, err end
  local list
  list, err = list_of(type(data) == "table" and data.records, PATH)
  if not list then return nil, err end
  local records = {}
  for _, record in ipairs(list) do
    if type(record) == "table" then
      records[#records + 1] = { name = text(record.nodeModelName), raw = record }
    end
  end
  local pages = math.tointeger(tonumber(text(data.pages)))
  local more = data.hasNext
  if type(more) ~= "boolean" then more = pages ~= nil and body.current < pages end
  return { records = records, page = body.current, pages = pages, more = more,
    total = math.tointeger(tonumber(text(data.total))) }
end

-- One page of the model files that workflows of this account may name.
---@param self rhub.hub
---@param options rhub.resource_options
---@return rhub.resource_page|nil
---@return rhub.error|nil
function resources.resources(self, options)
  check_options(options, 2)
  local body, why = body_of(options)
  if not body then return nil, errors.input("resources: " .. why .. "; nothing was sent") end
  return fetch(self, body)
end

-- All of them, from `page` on: for record in hub:each_resource{ type = "LORA" } do. Raises what is wrong.
---@param self rhub.hub
---@param options rhub.resource_options
---@return fun(): rhub.resource|nil
function resources.each_resource(self, options)
  check_options(options, 2)
  local body, why = body_of(options)
  if not body then error(errors.input("resources: " .. why .. "; nothing was sent"), 0) end
  local before = body.current - 1
  return pager.each(function(page)
    body.current = before + page
    local found, err = fetch(self, body)
    if not found then return nil, err end
    return found.records, found.more
  end)
end

return resources
