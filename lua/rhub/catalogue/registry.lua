-- The vendor's registry of models, as JSON: read into models and parameters as the catalogue has them, in
-- whatever spelling the file is. What the file does not say stays nil. Oddities are told in `notes`, not
-- refused; texts that hold control characters or line ends count as not said.
--
-- Known spellings: a header with `models`, or the bare list; options as objects, texts or numbers; file types
-- as a list or as such a list's JSON text; booleans and numbers as text; maxSizeMB, maxInpuNum.

local clean = require "rhub.catalogue.clean"
local json = require "rhub.json"

local registry = {}

---@class rhub.registry
---@field version? string
---@field date? string          that the version or header tells
---@field models rhub.registry.model[]
---@field notes string[]        oddities, one line each

---@class rhub.registry.model   fields as in rhub.model
---@field endpoint string
---@field name_en? string
---@field name_zh? string
---@field output? string
---@field category? string
---@field params rhub.registry.param[]

---@class rhub.registry.param   fields as in rhub.param; type "object" beside its types
---@field name string
---@field type string

local TYPES = {
  STRING = "string", LIST = "enum", BOOLEAN = "boolean", INT = "integer", FLOAT = "number",
  IMAGE = "image", VIDEO = "video", AUDIO = "audio", COMPLEX = "object",
}
local MEDIA = { image = true, video = true, audio = true }
local ONCE = { boolean = true, integer = true, number = true } -- the catalogue has no lists of these

-- ---- values in whatever spelling --------------------------------------------------------------

-- `note`, if given, is told of a text that cannot be shown: what it was, then.
local function text_of(v, note, what)
  if type(v) ~= "string" then return nil end
  v = v:match("^%s*(.-)%s*$")
  if v == "" then return nil end
  if clean.is(v) then return v end
  if note then note(what .. " holds control characters, left out") end
end

local function number_of(v)
  local n = type(v) == "number" and v or type(v) == "string" and tonumber(v) or nil
  if not n or n ~= n or n == math.huge or n == -math.huge then return nil end
  return math.tointeger(n) or n
end

local function count_of(v)
  local n = math.tointeger(number_of(v))
  return n and n > 0 and n or nil
end

local TRUTH = { ["true"] = true, ["1"] = true, ["false"] = false, ["0"] = false }

local function boolean_of(v)
  return TRUTH[tostring(v):lower()]
end

local function list_of(v)
  return type(v) == "table" and (#v > 0 or next(v) == nil) and v or nil
end

-- One option's value as the text that is sent. "empty" is the vendor's own node's word for leaving it out.
local function option_of(v, note, what)
  if type(v) == "table" then v = v.value end
  if type(v) == "number" then v = tostring(number_of(v)) end
  if type(v) == "boolean" then v = tostring(v) end
  v = text_of(v, note, what)
  return v ~= "empty" and v or nil
end

-- Values that differ in case only are one: 1k, 1K.
local function options_of(options, note, name)
  local enum, seen = {}, {}
  for _, option in ipairs(list_of(options) or {}) do
    local v = option_of(option, note, name .. ": a value")
    if v and not seen[v:lower()] then
      enum[#enum + 1] = v
      seen[v:lower()] = true
    end
  end
  return #enum > 0 and enum or nil
end

-- '["JPG","PNG"]', {"JPG"}, "jpg, png", "image/png" -> { ".jpg", ".png" }
local function types_of(v)
  local types, seen = {}, {}
  if type(v) == "string" then
    local decoded = json.decode(v)
    v = list_of(decoded) or { v }
  end
  for _, item in ipairs(list_of(v) or {}) do
    for word in (text_of(item) or ""):lower():gmatch("[^%s,;|]+") do
      local ending = word:gsub("^%a+/", ""):match("^%.?(%w+)$")
      if ending and not seen[ending] then types[#types + 1] = "." .. ending end
      if ending then seen[ending] = true end
    end
  end
  return #types > 0 and types or nil
end

-- Megabytes to bytes, in whole kilobytes: the catalogue writes no others.
local function bytes_of(v)
  if type(v) == "string" then v = v:match("^%s*([%d.]+)%s*[Mm]?[Bb]?%s*$") end
  local n = number_of(v)
  if not n or n <= 0 or n > 1 << 30 then return nil end
  return math.max(1024, math.floor(n * 1024) * 1024)
end

-- ---- parameters -------------------------------------------------------------------------------

local function read_range(param, from, note)
  param.min, param.max, param.step = number_of(from.min), number_of(from.max), number_of(from.step)
  if param.min and param.max and param.min > param.max then
    note(("%s: from %s to %s is no range, left out"):format(param.name, param.min, param.max))
    param.min, param.max = nil, nil
  end
  if param.step and param.step <= 0 then param.step = nil end
  if param.type == "integer" and param.step == 1 then param.step = nil end -- says nothing
end

local function is_within(param, n)
  return n and (not param.min or n >= param.min) and (not param.max or n <= param.max)
end

-- A default that the parameter itself would not take is none; a file's is a sample.
local function read_default(param, from)
  local v = from.defaultValue
  if param.type == "enum" then
    local wanted = option_of(v)
    for _, choice in ipairs(param.enum) do
      if wanted and choice:lower() == wanted:lower() then param.default = choice end
    end
  elseif param.type == "boolean" then
    param.default = boolean_of(v)
  elseif param.type == "string" then
    param.default = type(v) == "string" and text_of((v:gsub("[\n\t]", " "))) and v:match("^%s*(.-)%s*$") or nil
  elseif param.type == "integer" or param.type == "number" then
    local n = number_of(v)
    local whole = param.type == "number" or math.type(n) == "integer"
    if is_within(param, n) and whole then param.default = n end
  end
end

local function read_kind(param, from, note)
  local word = text_of(from.type)
  param.type = TYPES[(word or ""):upper()]
  if not param.type then
    param.type = "object"
    note(word and ("%s: %s is no known type, handed through as it is"):format(param.name, word)
      or ("%s: has no type, handed through as it is"):format(param.name))
  end
  if param.type == "enum" then
    param.enum = options_of(from.options, note, param.name)
    if not param.enum then
      param.type, param.open = "string", true
      note(param.name .. ": lists no values")
    end
  end
end

local function read_param(from, note)
  local param = { name = text_of(from.fieldKey), required = boolean_of(from.required) }
  read_kind(param, from, note)
  if param.type == "string" then param.max_length = count_of(from.maxLength) end
  if param.type == "integer" or param.type == "number" then read_range(param, from, note) end
  if MEDIA[param.type] then
    param.accept, param.max_bytes = types_of(from.accept), bytes_of(from.maxSize) or bytes_of(from.maxSizeMB)
  end
  if not ONCE[param.type] then param.list = boolean_of(from.multipleInputs) end
  if param.list then param.max_items = count_of(from.maxInputNum) or count_of(from.maxInpuNum) end
  read_default(param, from)
  return param
end

-- Of a parameter that comes twice the last counts, in the place of the first.
local function read_params(list, note)
  local params, at = {}, {}
  for i, from in ipairs(list) do
    local name = type(from) == "table" and text_of(from.fieldKey, note, ("parameter %d: its name"):format(i))
    if name then
      if at[name] then note(name .. ": comes twice, the last counts") end
      at[name] = at[name] or #params + 1
      params[at[name]] = read_param(from, note)
    else
      note(("parameter %d has no fieldKey, left out"):format(i))
    end
  end
  return params
end

-- ---- models -----------------------------------------------------------------------------------

local function read_model(from, endpoint, notes)
  local function note(text) notes[#notes + 1] = endpoint .. ": " .. text end
  local params = list_of(from.params)
  if from.params and from.params ~= json.null and not params then note "params is no list" end
  local shown = text_of(from.display_name, note, "display_name")
  return {
    endpoint = endpoint, name_en = text_of(from.name_en, note, "name_en"),
    name_zh = text_of(from.name_cn, note, "name_cn") or shown and shown:gsub("^RH%s+", ""),
    output = text_of(from.output_type, note, "output_type"), category = text_of(from.category),
    params = read_params(params or {}, note),
  }
end

-- "/openapi/v2/a/b" too. Nil where it is none.
local function endpoint_of(v)
  local endpoint = text_of(v)
  endpoint = endpoint and endpoint:gsub("^/?openapi/v2/", ""):gsub("^/+", ""):gsub("/+$", "")
  return clean.is_endpoint(endpoint) and endpoint or nil
end

local function read_models(list, notes)
  local models, at = {}, {}
  for i, from in ipairs(list) do
    if type(from) ~= "table" then return nil, ("model %d of %d is no object"):format(i, #list) end
    local endpoint = endpoint_of(from.endpoint)
    if not endpoint then
      local text = text_of(from.endpoint)
      return nil, ("model %d of %d %s"):format(i, #list, text and ('has no endpoint but "%s"'):format(text)
        or "has no endpoint")
    end
    if at[endpoint] then notes[#notes + 1] = endpoint .. ": comes twice, the last counts" end
    at[endpoint] = at[endpoint] or #models + 1
    models[at[endpoint]] = read_model(from, endpoint, notes)
  end
  return models
end

local function date_of(header)
  for _, name in ipairs { "version", "date", "as_of", "updated_at", "generated_at" } do
    local date = type(header[name]) == "string" and header[name]:match("%d%d%d%d%-%d%d%-%d%d")
    if date then return date end
  end
end

local function check_count(header, list, notes)
  local told = number_of(header.model_count)
  if told and told ~= #list then
    notes[#notes + 1] = ("the header tells of %s models, the list has %d"):format(told, #list)
  end
end

-- Reads a registry's text; nil and what is wrong where it is none.
---@param text string
---@return rhub.registry|nil
---@return string|nil why
function registry.read(text)
  local data, err = json.decode((text:gsub("^\xEF\xBB\xBF", "")))
  if err then return nil, "is no JSON: " .. err.message end
  if type(data) ~= "table" then return nil, "is no registry: it has no list of models" end
  local header = list_of(data) and #data > 0 and {} or data
  local list = header == data and list_of(header.models) or header ~= data and data
  if not list then return nil, "is no registry: it has no list of models" end
  if #list == 0 then return nil, "is no registry: its list of models is empty" end
  local found = { date = date_of(header), notes = {} }
  found.version = text_of(header.version, function(note) found.notes[1] = note end, "version")
  check_count(header, list, found.notes)
  local why
  found.models, why = read_models(list, found.notes)
  if not found.models then return nil, why end
  return found
end

return registry
