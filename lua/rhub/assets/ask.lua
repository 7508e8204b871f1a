-- Calls of the asset service: ids in, tables out, errors that name the thing and not the path.

local errors = require "rhub.errors"
local json = require "rhub.json"
local nearest = require "rhub.nearest"
local pager = require "rhub.pager"

local ask = {}

local PATH = "/openapi/v2/assets/"
local PAGE = 50 -- items

-- The service gives texts as text, as numbers or as null.
---@param value any
---@return string|nil
function ask.text(value)
  if value == nil or value == json.null or value == "" then return nil end
  return tostring(value)
end

-- An id of either kind: as text, or what a call returned.
---@param value any
---@param what string
---@param level integer where to blame
---@return string
function ask.id_of(value, what, level)
  if type(value) == "table" then value = value.id end
  if type(value) == "string" and value ~= "" then return (value:gsub("^asset://", "")) end
  error(("%s is an id or what create returned, not %s"):format(what, tostring(value)), level + 1)
end

local FOR_MODELS = "; compare the parameters with the model's"

-- What the engine says of a call, for people: the thing in place of the path, no advice that is for models.
local function reword(err, path, about)
  local text = err.message
  if text:sub(1, #path) == path then text = about .. text:sub(#path + 1) end
  if text:sub(-#FOR_MODELS) == FOR_MODELS then text = text:sub(1, -#FOR_MODELS - 1) end
  err.message = text
  return err
end

-- One call. `about` stands in messages for its path, which says little to people.
---@param hub rhub.hub
---@param name string "groups/create"
---@param body table
---@param about string "asset ID"
---@return any data
---@return rhub.error|nil
function ask.call(hub, name, body, about)
  local data, err = hub:call { path = PATH .. name, body = body }
  if err then return nil, reword(err, PATH .. name, about) end
  return data
end

-- The same where the answer is an object.
---@return table|nil
---@return rhub.error|nil
function ask.object(hub, name, body, about)
  local data, err = ask.call(hub, name, body, about)
  if err then return nil, err end
  if type(data) == "table" then return data end
  return nil, errors.new { kind = "protocol", message = about .. ": the service answered without data" }
end

-- Refuses what no option is called.
---@param options any
---@param allowed table<string, true>
---@param level integer
function ask.check_options(options, allowed, level)
  if type(options) ~= "table" then error("options are a table, not a " .. type(options), level + 1) end
  for name in pairs(options) do
    if not allowed[name] then
      local near = nearest.find(tostring(name), allowed, true)
      local remedy = near and (" (did you mean %s?)"):format(near) or ""
      error(("no such option: %s%s"):format(tostring(name), remedy), level + 1)
    end
  end
end

-- All pages of a list.
---@param make fun(item: table): table
---@return fun(): table|nil
function ask.each(hub, name, body, about, make)
  body.pageSize = PAGE
  local seen = 0
  return pager.each(function(page)
    body.pageNumber = page
    local data, err = ask.object(hub, name, body, about)
    if not data then return nil, err end
    local items = {}
    for i, item in ipairs(type(data.items) == "table" and data.items or {}) do items[i] = make(item) end
    seen = seen + #items
    local total = math.tointeger(tonumber(ask.text(data.totalCount)))
    return items, not total or seen < total
  end)
end

return ask
