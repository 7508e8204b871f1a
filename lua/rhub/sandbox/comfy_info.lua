-- object_info: what ComfyUI tells of the classes of its nodes. The real answer has thousands and 30 MB.

local json = require "rhub.json"
local stored = require "rhub.sandbox.stored"

local info = {}

-- ComfyUI's words for an input: its type or its choices, and its limits.
local function input(wanted)
  if wanted.type == "FILE" then
    return json.array { json.array { "example.png" }, { image_upload = true } }
  end
  if wanted.options then return json.array { json.array(wanted.options), {} } end
  local limits = { min = wanted.min, max = wanted.max }
  if wanted.type == "STRING" then limits.multiline = true end
  return json.array { wanted.type, limits }
end

local function class(name, known)
  local required, order = {}, {}
  for field, wanted in pairs(known.takes) do
    required[field] = input(wanted)
    order[#order + 1] = field
  end
  table.sort(order)
  local lists = {}
  for i = 1, #known.gives do lists[i] = false end
  return { name = name, display_name = name, description = "", category = "sandbox", python_module = "nodes",
    input = { required = required }, input_order = { required = json.array(order) },
    output = json.array(known.gives), output_name = json.array(known.gives),
    output_is_list = json.array(lists), output_node = known.makes ~= nil }
end

-- All classes, or the one of that name; none where there is no such.
---@param name string "" for all
---@return table<string, table>
function info.of(name)
  local found = {}
  for one, known in pairs(stored.CLASSES) do
    if name == "" or name == one then found[one] = class(one, known) end
  end
  return found
end

return info
