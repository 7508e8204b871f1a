-- The inputs of an AI app: read from what the service tells of it, found by the names that people give them,
-- their values checked. Sends nothing.

local json = require "rhub.json"
local media = require "rhub.media"
local nearest = require "rhub.nearest"
local node_files = require "rhub.node_files"
local values = require "rhub.check.values"

local app_inputs = {}

---@class rhub.app_input: rhub.param
---@field key string            "37.style": node and field
---@field name string           the field's name
---@field node_id string
---@field node? string          the node's class
---@field type string           "string", "integer", "number", "boolean", "enum", "image", "video", "audio";
---                             or what the service calls it, where it is none of these
---@field enum? string[]        the values of "enum"
---@field labels? table<string, string> what a value is called, where that is something else
---@field default? string|number|boolean what is sent where nothing is given
---@field description? string
---@field description_en? string
---@field raw table             the service's own item

-- ---- reading ----------------------------------------------------------------------------------

local TYPES = { STRING = "string", INT = "integer", FLOAT = "number", IMAGE = "image", VIDEO = "video",
  AUDIO = "audio", LIST = "enum", BOOLEAN = "boolean", SWITCH = "boolean" } -- a switch with options: "enum"

local function plain(value)
  if value == nil or value == json.null or value == "" then return nil end
  return value
end

local function add_option(input, value, label)
  if value == nil or type(value) == "table" then return end
  value = tostring(value)
  input.enum = input.enum or {}
  table.insert(input.enum, value)
  if plain(label) and label ~= value then
    input.labels = input.labels or {}
    input.labels[value] = label
  end
end

-- Options stand as ComfyUI has them, [["a","b"],{...}] or ["COMBO",{"options":[...]}]; as a plain list; or as
-- [{"name","index","description"}, ..., {"default"}], where the index is the value.
local function read_options(input, data)
  local first, second = data[1], data[2]
  local list = data
  if type(first) == "table" and first[1] ~= nil then list = first end
  if first == "COMBO" then list = type(second) == "table" and second.options or {} end
  for _, option in ipairs(list) do
    if type(option) ~= "table" then
      add_option(input, option)
    else
      add_option(input, plain(option.index), plain(option.name) or plain(option.description))
    end
  end
end

-- ["INT",{"min":1,"max":50,"step":1}]
local function read_range(input, data)
  local bounds = type(data[2]) == "table" and data[2] or {}
  for _, name in ipairs { "min", "max" } do
    if type(bounds[name]) == "number" then input[name] = bounds[name] end
  end
end

local function read_data(input, text)
  local data = text
  if type(text) == "string" then data = json.decode(text) end
  if type(data) ~= "table" then return end
  if input.type == "enum" or input.type == "boolean" then
    read_options(input, data)
  elseif input.type == "integer" or input.type == "number" then
    read_range(input, data)
  end
end

local function read_one(item)
  local id = type(item) == "table" and plain(item.nodeId)
  if not id or type(item.fieldName) ~= "string" then return nil end
  local kind = type(item.fieldType) == "string" and item.fieldType:upper() or "STRING"
  local input = { node_id = tostring(id), name = item.fieldName, node = plain(item.nodeName),
    type = TYPES[kind] or kind:lower(), default = item.fieldValue ~= json.null and item.fieldValue or nil,
    description = plain(item.description), description_en = plain(item.descriptionEn), raw = item }
  input.key = input.node_id .. "." .. input.name
  read_data(input, item.fieldData)
  if input.enum and input.type == "boolean" then input.type = "enum" end
  if input.type == "enum" and not input.enum then input.type = "string" end
  return input
end

-- What apiCallDemo tells, as inputs in its order.
---@param data any
---@return { title: string|nil, locked: boolean, inputs: rhub.app_input[] }|nil
---@return string|nil problem
function app_inputs.read(data)
  local list = type(data) == "table" and data.nodeInfoList
  if type(list) ~= "table" then return nil, "the service told no inputs" end
  local inputs = {}
  for _, item in ipairs(list) do inputs[#inputs + 1] = read_one(item) end
  return { title = plain(data.webappName), locked = data.accessEncrypted == true, inputs = inputs }
end

-- ---- finding ----------------------------------------------------------------------------------

-- What an input can be called, best first.
local NAMES = {
  function(input) return input.key end,
  function(input) return input.name end,
  function(input) return input.description end,
  function(input) return input.description_en end,
  function(input) return input.node and input.node .. "." .. input.name end,
}

local function called(inputs, name)
  for _, name_of in ipairs(NAMES) do
    local fitting = {}
    for _, input in ipairs(inputs) do
      if name_of(input) == name then fitting[#fitting + 1] = input end
    end
    if #fitting > 0 then return fitting end
  end
  return {}
end

-- The shortest name that means this input alone.
---@param inputs rhub.app_input[]
---@param input rhub.app_input
---@return string
function app_inputs.short(inputs, input)
  return #called(inputs, input.name) == 1 and input.name or input.key
end

local function unknown(inputs, name)
  local all, short = {}, {}
  for _, input in ipairs(inputs) do
    short[#short + 1] = app_inputs.short(inputs, input)
    for _, name_of in ipairs(NAMES) do all[#all + 1] = name_of(input) end
  end
  return { message = "no such input", allowed = "there are " .. table.concat(short, ", "),
    suggestion = nearest.find(name, all) }
end

local function ambiguous(fitting)
  local keys = {}
  for i, input in ipairs(fitting) do keys[i] = input.key end
  return { message = ("%d inputs are called so"):format(#fitting),
    allowed = "write " .. table.concat(keys, " or ") }
end

-- The input of a name: "37.style", "style", its description in either language, "SandboxRestyle.style".
---@param inputs rhub.app_input[]
---@param name string
---@return rhub.app_input|nil
---@return rhub.problem|nil without `param` and `value`
function app_inputs.find(inputs, name)
  local fitting = called(inputs, name)
  if #fitting == 1 then return fitting[1] end
  return nil, #fitting == 0 and unknown(inputs, name) or ambiguous(fitting)
end

-- ---- values -----------------------------------------------------------------------------------

local MEDIA = { image = true, video = true, audio = true }
local CHECKED = { string = true, integer = true, number = true, boolean = true, enum = true }

-- A label stands for its value, unless it is one itself.
local function value_of_label(input, value)
  for _, option in ipairs(input.enum or {}) do
    if option == value then return value end
  end
  for option, label in pairs(input.labels or {}) do
    if label == value then return option end
  end
  return value
end

-- The service wants numbers and truths as text, too.
local function as_text(value)
  local kind = type(value)
  return (kind == "number" or kind == "boolean") and tostring(value) or value
end

-- A value for an input as it is to be sent; findings go to `found`.
---@param input rhub.app_input
---@param name string  as the caller has called it
---@param value any
---@param found rhub.findings_of_run
---@return any value
---@return string|nil path a local file, to be uploaded
function app_inputs.take(input, name, value, found)
  local kind = MEDIA[input.type] and input.type or nil
  local before, path = #found.problems
  value, path = node_files.take(found, name, value, kind, input.default)
  if path or kind and type(value) == "string" or #found.problems > before then return value, path end
  if kind then
    found:add(name, value, { message = tostring(value) .. " is no file", allowed = "give a local file" })
  elseif CHECKED[input.type] then
    local param = setmetatable({ name = name }, { __index = input })
    value = values.check(param, value_of_label(input, value), found)
  end
  return as_text(value)
end

-- Puts the inputs that were not given to those that were, with their defaults.
---@param inputs rhub.app_input[]
---@param items table[] {input =, value =, path =}
---@return table[] items in the order of the inputs
function app_inputs.fill(inputs, items)
  local given, all = {}, {}
  for _, item in ipairs(items) do given[item.input] = item end
  for _, input in ipairs(inputs) do
    local default = input.default ~= nil and { input = input, value = as_text(input.default) } or nil
    all[#all + 1] = given[input] or default
  end
  return all
end

-- Notes a file with its place in the request.
---@param found rhub.findings_of_run
---@param index integer
---@param path string|nil
function app_inputs.note_file(found, index, path)
  if path then media.add_file(found, ("/nodeInfoList/%d/fieldValue"):format(index - 1), path) end
end

return app_inputs
