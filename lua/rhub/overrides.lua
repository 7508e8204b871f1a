-- Overrides of a graph's values: read, found in the graph, checked, and put into a request or into the graph.
-- Sends nothing.

local graph = require "rhub.graph"
local media = require "rhub.media"
local node_files = require "rhub.node_files"
local words = require "rhub.check.words"

local overrides = {}

---@class rhub.override
---@field name string    as it was given: "Positive prompt.text"
---@field id string
---@field field string
---@field value any
---@field path? string   a local file, whose name stands for the value once it is uploaded

-- ---- reading ----------------------------------------------------------------------------------

local ITEM = "an item is { nodeId = \"6\", fieldName = \"text\", fieldValue = ... }"

local function id_of(value)
  if type(value) == "string" and value ~= "" then return value end
  return math.type(value) == "integer" and tostring(value) or nil
end

-- An item of a nodeInfoList.
local function read_item(item, i, found)
  local id = type(item) == "table" and id_of(item.nodeId)
  if not id or type(item.fieldName) ~= "string" or item.fieldValue == nil then
    found.hopeless = true
    return found:add(("nodeInfoList[%d]"):format(i), item, { message = "is no item", allowed = ITEM })
  end
  return { name = id .. "." .. item.fieldName, id = id, field = item.fieldName, value = item.fieldValue }
end

-- Without a graph a node is named by its id alone.
local function split(name)
  return name:match("^(%d[%d:]*)%.(.+)$")
end

local BY_ID = "without a look at the graph write ID.FIELD"

-- What stands beside a list's items would be sent by nobody.
local function refuse_mix(given, found)
  local names = {}
  for name in pairs(given) do
    if math.type(name) ~= "integer" or name < 1 or name > #given then names[#names + 1] = name end
  end
  table.sort(names, function(a, b) return tostring(a) < tostring(b) end)
  for _, name in ipairs(names) do
    found.hopeless = true
    found:add(tostring(name), given[name], { message = "stands beside items of a nodeInfoList",
      allowed = "give either names or a list: " .. ITEM })
  end
end

-- What was given, by name: a nodeInfoList, or a table of names and values in the order of the names.
---@param given table
---@param found rhub.findings_of_run
---@return { name: string, value: any, id?: string, field?: string }[]
function overrides.pairs(given, found)
  local list = {}
  if given[1] ~= nil then
    for i, item in ipairs(given) do list[#list + 1] = read_item(item, i, found) end
    refuse_mix(given, found)
    return list
  end
  for name, value in pairs(given) do list[#list + 1] = { name = tostring(name), value = value } end
  table.sort(list, function(a, b) return a.name < b.name end)
  return list
end

-- Finds the place that a name means. Without one there is nothing to send.
local function place(one, nodes, found)
  local id, field = split(one.name)
  local found_id, found_field = id, field
  if nodes then found_id, found_field = nodes:find(one.name) end
  if not found_id then
    found:add(one.name, one.value, found_field or { message = "names no node by its id", allowed = BY_ID })
    found.hopeless = found.hopeless or not id
  end
  one.id, one.field = found_id or id, found_id and found_field or field
  return one.id and one
end

local function read(given, nodes, found)
  local list = {}
  for _, one in ipairs(overrides.pairs(given, found)) do
    list[#list + 1] = one.id and one or place(one, nodes, found) or nil
  end
  return list
end

-- ---- checking ---------------------------------------------------------------------------------

-- A place that is named twice; and of a list, which has not been looked at yet, one that cannot be set.
local function check_place(one, listed, nodes, seen, found)
  local spot = one.id .. "." .. one.field
  local problem = listed and nodes:field_problem(one.id, one.field) or nil
  if seen[spot] then
    problem = { message = "is given twice", allowed = ("%s is the same"):format(seen[spot]) }
  end
  seen[spot] = one.name
  if problem then found:add(one.name, one.value, problem) end
end

local function check_value(one, nodes, found)
  local node = nodes and rawget(nodes, one.id)
  local present = node and node.inputs[one.field]
  local kind = node and node_files.kind(node.class_type, one.field)
  local before = #found.problems
  local value = one.value
  one.value, one.path = node_files.take(found, one.name, value, kind, present)
  local settled = one.path or kind and type(one.value) == "string" or #found.problems > before
  if settled or present == nil or graph.is_link(present) then return end
  local fitting, wanted = graph.fit(one.value, present)
  if fitting ~= nil then
    one.value = fitting
  else
    found:add(one.name, value, { message = ("%s is not %s"):format(words.value(one.value), wanted),
      allowed = ("now it is %s"):format(words.value(present)) })
  end
end

-- Reads overrides, by name or as a nodeInfoList, and checks them. What is wrong goes to `found`.
---@param given table
---@param nodes rhub.graph|nil without it only the form is looked at
---@param found rhub.findings_of_run
---@return rhub.override[]
function overrides.read(given, nodes, found)
  local list, seen = read(given, nodes, found), {}
  for _, one in ipairs(list) do
    if nodes then check_place(one, given[1] ~= nil, nodes, seen, found) end
    check_value(one, nodes, found)
  end
  return list
end

-- ---- using ------------------------------------------------------------------------------------

-- As a nodeInfoList; files are noted with their places in the request.
---@param list rhub.override[]
---@param found rhub.findings_of_run
---@return table[]
function overrides.as_list(list, found)
  local items = {}
  for i, one in ipairs(list) do
    items[i] = { nodeId = one.id, fieldName = one.field, fieldValue = one.value }
    if one.path then media.add_file(found, ("/nodeInfoList/%d/fieldValue"):format(i - 1), one.path) end
  end
  return items
end

-- Into the graph itself. Files must have been uploaded: `name_of` tells their names.
---@param list rhub.override[]
---@param nodes rhub.graph
---@param name_of table<string, string> by path
function overrides.bake(list, nodes, name_of)
  for _, one in ipairs(list) do
    local node = rawget(nodes, one.id)
    if node then node.inputs[one.field] = one.path and name_of[one.path] or one.value end
  end
end

return overrides
