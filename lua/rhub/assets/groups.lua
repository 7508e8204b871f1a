-- Groups of assets: hub:assets().groups.

local ask = require "rhub.assets.ask"
local errors = require "rhub.errors"

---@class rhub.asset_group
---@field id string
---@field name? string
---@field description? string
---@field count? integer        of its assets, where the service tells

local function new_group(data)
  return { id = ask.text(data.groupId) or ask.text(data.id), name = ask.text(data.name),
    description = ask.text(data.description), count = math.tointeger(tonumber(ask.text(data.assetCount))) }
end

---@class rhub.asset_groups
local Groups = {}
Groups.__index = Groups

---@param options { name: string, description?: string }
---@return rhub.asset_group|nil
---@return rhub.error|nil
function Groups:create(options)
  ask.check_options(options, { name = true, description = true }, 2)
  if not ask.text(options.name) then return nil, errors.input "a group needs a name; nothing was sent" end
  local body = { name = options.name, description = options.description }
  local data, err = ask.object(self.hub, "groups/create", body, "group " .. options.name)
  return data and new_group(data), err
end

-- Every group, page after page: for group in groups:list{ name = "people" } do. Raises an error of the
-- service.
---@param options? { name?: string }
---@return fun(): rhub.asset_group|nil
function Groups:list(options)
  options = options or {}
  ask.check_options(options, { name = true }, 2)
  return ask.each(self.hub, "groups/list", { name = options.name }, "the list of groups", new_group)
end

---@param group string|rhub.asset_group
---@return rhub.asset_group|nil
---@return rhub.error|nil
function Groups:get(group)
  local id = ask.id_of(group, "a group", 2)
  local data, err = ask.object(self.hub, "groups/query", { groupId = id }, "group " .. id)
  return data and new_group(data), err
end

-- Changes what is given.
---@param group string|rhub.asset_group
---@param options { name?: string, description?: string }
---@return rhub.asset_group|nil
---@return rhub.error|nil
function Groups:update(group, options)
  local id = ask.id_of(group, "a group", 2)
  ask.check_options(options, { name = true, description = true }, 2)
  if next(options) == nil then return nil, errors.input "give a name or a description; nothing was sent" end
  local body = { groupId = id, name = options.name, description = options.description }
  local data, err = ask.object(self.hub, "groups/update", body, "group " .. id)
  return data and new_group(data), err
end

---@param group string|rhub.asset_group
---@return true|nil
---@return rhub.error|nil
function Groups:delete(group)
  local id = ask.id_of(group, "a group", 2)
  local _, err = ask.call(self.hub, "groups/delete", { groupId = id }, "group " .. id)
  if err then return nil, err end
  return true
end

local groups = {}

---@param hub rhub.hub
---@return rhub.asset_groups
function groups.of(hub)
  return setmetatable({ hub = hub }, Groups)
end

return groups
