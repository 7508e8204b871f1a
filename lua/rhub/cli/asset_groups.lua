-- What `rhub asset groups` can do.

local json = require "rhub.json"
local layout = require "rhub.cli.layout"
local plain = require "rhub.cli.plain"

local asset_groups = {}

---@class rhub.cli.asset_action
---@field [1] integer   how few words it takes
---@field [2] integer   how many
---@field what string   which
---@field options string[]
---@field run fun(context: rhub.cli.context, hub: rhub.hub, words: string[]): true|nil, rhub.error|nil

---@type table<string, rhub.cli.asset_action>
local ACTIONS = {}
asset_groups.ACTIONS = ACTIONS

local function fields_of(group)
  local copy = { id = group.id }
  for _, name in ipairs { "name", "description", "count" } do copy[name] = group[name] or json.null end
  return copy
end

local function count_of(group)
  if not group.count then return "" end
  return group.count == 1 and "1 asset" or group.count .. " assets"
end

local function row_of(group)
  local row = { group.id, group.name or "", count_of(group), group.description or "" }
  for i, cell in ipairs(row) do row[i] = plain.text(cell) end
  return row
end

local function tell(context, group)
  for name, value in pairs(fields_of(group)) do context.answer[name] = value end
  context:print(layout.columns({ row_of(group) })[1])
  return true
end

ACTIONS.list = { 0, 0, what = "no words", options = { "name" } }

function ACTIONS.list.run(context, hub)
  local rows = {}
  context.answer.groups = json.array {}
  for group in hub:assets().groups:list { name = context.values.name } do
    table.insert(context.answer.groups, fields_of(group))
    rows[#rows + 1] = row_of(group)
  end
  if #rows > 0 then context:print(table.concat(layout.columns(rows), "\n")) end
  context.terminal:note(#rows == 1 and "1 group" or #rows .. " groups")
  return true
end

ACTIONS.create = { 1, 1, what = "a name", options = { "description" } }

function ACTIONS.create.run(context, hub, words)
  local group, err = hub:assets().groups:create { name = words[1], description = context.values.description }
  if not group then return nil, err end
  return tell(context, group)
end

ACTIONS.show = { 1, 1, what = "a group's id", options = {} }

function ACTIONS.show.run(context, hub, words)
  local group, err = hub:assets().groups:get(words[1])
  if not group then return nil, err end
  return tell(context, group)
end

ACTIONS.rename = { 2, 2, what = "a group's id and its new name", options = { "description" } }

function ACTIONS.rename.run(context, hub, words)
  local change = { name = words[2], description = context.values.description }
  local group, err = hub:assets().groups:update(words[1], change)
  if not group then return nil, err end
  return tell(context, group)
end

ACTIONS.delete = { 1, math.huge, what = "ids of groups", options = {} }

function ACTIONS.delete.run(context, hub, words)
  context.answer.deleted = json.array {}
  for _, id in ipairs(words) do
    local done, err = hub:assets().groups:delete(id)
    if not done then return nil, err end
    table.insert(context.answer.deleted, id)
    context:print("deleted  " .. plain.text(id))
  end
  return true
end

return asset_groups
