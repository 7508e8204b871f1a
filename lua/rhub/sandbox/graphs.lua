-- Graphs as the service sees them: overrides put into one, and what ComfyUI says before it runs one. Knows no
-- HTTP and no accounts.

local graph = require "rhub.graph"
local json = require "rhub.json"
local stored = require "rhub.sandbox.stored"

local graphs = {}

-- Puts a nodeInfoList into a graph. The reason of a refusal (803), or nil.
---@param nodes rhub.graph
---@param list table[]
---@return string|nil
function graphs.override(nodes, list)
  for _, item in ipairs(list) do
    local id, field = tostring(item.nodeId), item.fieldName
    local node = rawget(nodes, id)
    if not node then return "node_not_found_in_workflow: " .. id end
    local present = node.inputs[field]
    if present == nil then return ("field_not_found_in_node: %s.%s"):format(id, field) end
    if graph.is_link(present) then return ("field_is_a_link: %s.%s"):format(id, field) end
    node.inputs[field] = item.fieldValue
  end
end

-- ---- validation -------------------------------------------------------------------------------

local TEXTS = {
  required_input_missing = "Required input is missing",
  value_not_in_list = "Value not in list",
  invalid_input_type = "Failed to convert an input value to a %s value",
  value_smaller_than_min = "Value %s smaller than min of %s",
  value_bigger_than_max = "Value %s bigger than max of %s",
  bad_linked_input = "Bad linked input, must be a length-2 list of [node_id, slot_index]",
  return_type_mismatch = "Return type mismatch between linked nodes",
  custom_validation_failed = "Custom validation failed for node",
}

local function finding(kind, name, details, ...)
  return { type = kind, message = TEXTS[kind]:format(...), details = details,
    extra_info = { input_name = name } }
end

-- As Python's int() and float() take them.
local function number_of(value, kind)
  if type(value) == "boolean" then return value and 1 or 0 end
  if type(value) ~= "number" and not (type(value) == "string" and value:find("^%s*[+-]?[%d.]")) then
    return nil
  end
  if kind == "INT" and type(value) == "string" and not value:find("^%s*[+-]?%d+%s*$") then return nil end
  return tonumber(value)
end

local function check_number(name, wanted, value)
  local n = number_of(value, wanted.type)
  if not n then
    return finding("invalid_input_type", name, ("%s, %s"):format(name, tostring(value)), wanted.type)
  end
  if wanted.min and n < wanted.min then
    return finding("value_smaller_than_min", name, name, value, wanted.min)
  end
  if wanted.max and n > wanted.max then
    return finding("value_bigger_than_max", name, name, value, wanted.max)
  end
end

local function check_choice(name, wanted, value)
  for _, option in ipairs(wanted.options) do
    if option == value then return nil end
  end
  return finding("value_not_in_list", name,
    ("%s: '%s' not in ['%s']"):format(name, tostring(value), table.concat(wanted.options, "', '")))
end

-- A file is one of the stored graphs' own, or has been uploaded.
local function check_file(name, value, uploads)
  local file = type(value) == "string" and uploads:named(value)
  if value == "example.png" or file and file.type ~= "lora" then return nil end
  return finding("custom_validation_failed", name,
    ("%s - Invalid image file: %s"):format(name, tostring(value)))
end

local function check_lora(name, value, uploads)
  local file = type(value) == "string" and uploads:named(value)
  if file and file.type == "lora" then return nil end
  return finding("custom_validation_failed", name,
    ("%s - LoRA file not found: %s"):format(name, tostring(value)))
end

local function check_link(nodes, name, wanted, value)
  if not graph.is_link(value) then return finding("bad_linked_input", name, name) end
  local from = rawget(nodes, value[1])
  local gives = from and stored.CLASSES[from.class_type].gives[value[2] + 1]
  if gives == wanted.type then return nil end
  return finding("return_type_mismatch", name,
    ("%s, received_type(%s) mismatch input_type(%s)"):format(name, tostring(gives), wanted.type))
end

local function check_input(nodes, name, wanted, value, uploads)
  if value == nil then return finding("required_input_missing", name, name) end
  if wanted.link then return check_link(nodes, name, wanted, value) end
  if graph.is_link(value) then return nil end
  if wanted.type == "FILE" then return check_file(name, value, uploads) end
  if wanted.type == "LORA" then return check_lora(name, value, uploads) end
  if wanted.options then return check_choice(name, wanted, value) end
  if wanted.type == "INT" or wanted.type == "FLOAT" then return check_number(name, wanted, value) end
end

local function sorted(map)
  local names = {}
  for name in pairs(map) do names[#names + 1] = name end
  table.sort(names)
  return names
end

-- The findings of one node, and the nodes that it is made of.
local function check_node(nodes, id, uploads)
  local node, found, sources = nodes[id], {}, {}
  local takes = stored.CLASSES[node.class_type].takes
  for _, name in ipairs(sorted(takes)) do
    local value = node.inputs[name]
    found[#found + 1] = check_input(nodes, name, takes[name], value, uploads)
    if graph.is_link(value) and rawget(nodes, value[1]) then sources[#sources + 1] = value[1] end
  end
  return found, sources
end

-- Walks up from an output; false where something on the way is wrong.
local function check_branch(nodes, id, output, state)
  if state.seen[id] ~= nil then return state.seen[id] end
  state.seen[id] = true -- a ring of nodes ends here
  local found, sources = check_node(nodes, id, state.uploads)
  local good = #found == 0
  for _, source in ipairs(sources) do
    if not check_branch(nodes, source, output, state) then good = false end
  end
  if #found > 0 then
    state.errors[id] = { errors = json.array(found), dependent_outputs = { output },
      class_type = nodes[id].class_type }
  end
  state.seen[id] = good
  return good
end

local function refusal(kind, message, errors)
  return { result = false, outputs_to_execute = json.array {}, node_errors = errors or {},
    error = { type = kind, message = message, details = "", extra_info = {} } }
end

---@class rhub.sandbox.verdict what promptTips tells
---@field result boolean
---@field error table|lightuserdata
---@field outputs_to_execute string[]
---@field node_errors table<string, table>

-- What ComfyUI says to a graph. Branches that are wrong stop it only where none is right.
---@param nodes rhub.graph
---@param uploads { named: fun(self: table, name: string): table? } where a file input looks
---@return rhub.sandbox.verdict
function graphs.validate(nodes, uploads)
  local good, outputs, state = {}, 0, { seen = {}, errors = {}, uploads = uploads }
  for _, id in ipairs(nodes:ids()) do
    local class = nodes[id].class_type
    if not stored.CLASSES[class] then
      return refusal("invalid_prompt", ("Cannot execute because node %s does not exist."):format(class))
    end
  end
  for _, id in ipairs(nodes:ids()) do
    if stored.CLASSES[nodes[id].class_type].makes then
      outputs = outputs + 1
      if check_branch(nodes, id, id, state) then good[#good + 1] = id end
    end
  end
  if outputs == 0 then return refusal("prompt_no_outputs", "Prompt has no outputs") end
  if #good == 0 then
    return refusal("prompt_outputs_failed_validation", "Prompt outputs failed validation", state.errors)
  end
  return { result = true, error = json.null, outputs_to_execute = json.array(good),
    node_errors = state.errors }
end

-- ---- what it makes ----------------------------------------------------------------------------

local function first_value(nodes, field)
  for _, id in ipairs(nodes:ids()) do
    local value = nodes[id].inputs[field]
    if value ~= nil and not graph.is_link(value) then return value end
  end
end

-- How the files of a graph look: its first text and its size.
---@param nodes rhub.graph
---@return { prompt: any, size: string|nil }
function graphs.params(nodes)
  local width, height = first_value(nodes, "width"), first_value(nodes, "height")
  local size = first_value(nodes, "resolution") or width and height and ("%sx%s"):format(width, height)
  return { prompt = first_value(nodes, "text") or first_value(nodes, "prompt"), size = size }
end

-- The files that it makes: kind and node of each.
---@param nodes rhub.graph
---@param ids string[] its outputs
---@return { kind: string, node: string }[]
function graphs.files(nodes, ids)
  local list, times = {}, math.tointeger(tonumber(first_value(nodes, "batch_size") or 1)) or 1
  for _, id in ipairs(ids) do
    local kind = stored.CLASSES[nodes[id].class_type].makes
    for _ = 1, kind == "png" and times or 1 do list[#list + 1] = { kind = kind, node = id } end
  end
  return list
end

return graphs
