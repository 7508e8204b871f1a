-- The words that the catalogue's families are written in. A family file is read by people first; these words
-- turn each declaration into an entry (rhub.model, see init.lua), with its parameters in the order in which
-- they are written.
--
--   model "kling-video-o1/image-to-video" {
--     zh = "...", documented = true,               -- true: its page is called as its endpoint; else the names
--     task = "image-to-video", output = "video",
--     text   "prompt"        { max = 2000, optional },
--     one_of "duration"      { "5", "10", default = "5" },
--     image  "firstImageUrl" { "jpg", "png", max = "20MB" },
--     price = per.call { by = "duration", ["5"] = 2.1, ["10"] = 4.2 },
--   }
--
-- text, one_of, flag, whole, number, image, video, audio take one value; texts, some_of, images, videos and
-- audios a list of at most `items`; object is handed through as it is. `max` is characters, a number or a
-- file's size, `node` the name that the parameter has as a ComfyUI node's field. What holds between
-- parameters (exactly_one and the like) is in rule_words.lua, prices in price_words.lua. `family` says to which
-- a declaration belongs that stands outside of its file. Values of one_of that are written as numbers are texts
-- all the same; `numbers` says that the service takes them as numbers.
--
-- What is no declaration at all is an error where it is written; whether what it says makes sense is looked at
-- in valid.lua.

local price_words = require "rhub.catalogue.price_words"
local rule_words = require "rhub.catalogue.rule_words"

local words = {}

local optional = {} -- a mark among a parameter's values: it may be left out
local KINDS = {
  text = { type = "string" }, texts = { type = "string", list = true },
  one_of = { type = "enum" }, some_of = { type = "enum", list = true },
  flag = { type = "boolean" }, whole = { type = "integer" }, number = { type = "number" },
  image = { type = "image" }, images = { type = "image", list = true },
  video = { type = "video" }, videos = { type = "video", list = true },
  audio = { type = "audio" }, audios = { type = "audio", list = true },
}
local MEDIA = { image = true, video = true, audio = true }
local FACTORS = { KB = 1024, MB = 1024 * 1024, GB = 1024 * 1024 * 1024 }

-- ---- parameters -------------------------------------------------------------------------------

local function read_bytes(size)
  local n, unit = tostring(size):match("^(%d+)(%aB)$")
  if n and FACTORS[unit] then return tonumber(n) * FACTORS[unit] end
  return nil, ('a size is written like "20MB", not %s'):format(tostring(size))
end

-- 5 for "5": what a value is written as, or nil for what is none.
---@param value any
---@return any
local function as_text(value)
  if math.type(value) == "float" then value = math.tointeger(value) or value end
  return type(value) == "number" and tostring(value) or value
end

-- What stands in a parameter's braces without a name. Returns what is wrong with it, or nil.
local function read_values(param, values)
  for i, value in ipairs(values) do
    if value == optional then
      param.required = false
    elseif param.type == "enum" then
      param.enum = param.enum or {}
      param.enum[#param.enum + 1] = as_text(value)
    elseif MEDIA[param.type] and type(value) == "string" then
      param.accept = param.accept or {}
      param.accept[#param.accept + 1] = "." .. value
    else
      return ("what stands at %d is no word for it"):format(i)
    end
  end
end

local FIELDS = { default = true, items = true, max = true, min = true, node = true, numbers = true, step = true }

local function unknown_field(values, known, more)
  for name in pairs(values) do
    if math.type(name) ~= "integer" and not known[name] and not (more and more[name]) then
      return tostring(name) .. " is no word for it"
    end
    if math.type(name) == "integer" and (name < 1 or name > #values) then return "there is a hole in its list" end
  end
end

local function read_max(param, max)
  if param.type == "string" then
    param.max_length = max
  elseif MEDIA[param.type] then
    local why
    if max ~= nil then param.max_bytes, why = read_bytes(max) end
    return why
  else
    param.max = max
  end
end

local Param = {}

-- image "firstImageUrl" is a parameter already; braces tell more of it.
function Param:__call(values)
  if type(values) ~= "table" then error(self.name .. ": what is told of it stands in braces", 2) end
  local why = unknown_field(values, FIELDS) or read_values(self, values) or read_max(self, values.max)
  if why then error(("%s: %s"):format(self.name, why), 2) end
  self.default, self.max_items, self.node_key = values.default, values.items, values.node
  if self.type == "enum" then self.default = as_text(values.default) end
  self.min, self.step, self.numbers = values.min, values.step, values.numbers
  return self
end

-- ---- models -----------------------------------------------------------------------------------

-- An object's declaration is a parameter like others, but its inner shape is documented nowhere.
local function add_object(entry, name)
  entry.object_params = entry.object_params or {}
  table.insert(entry.object_params, name)
end

local function add_rule(entry, rule)
  entry.rules = entry.rules or {}
  table.insert(entry.rules, rule)
end

-- A parameter that stands in several models is a copy in each. Returns false for what is none of these.
local function add_item(entry, item)
  if getmetatable(item) == Param then
    local param = {}
    for name, value in pairs(item) do param[name] = value end
    entry.params[#entry.params + 1] = param
  elseif type(item) == "table" and item.type == "object" then
    add_object(entry, item.name)
  elseif type(item) == "table" and item.rule then
    add_rule(entry, item)
  else
    return false
  end
  return true
end

local MODEL_FIELDS = {}
for name in ([[zh documented name task output family status last_seen price params_unknown]]):gmatch "%S+" do
  MODEL_FIELDS[name] = true
end

-- A declaration as an entry; nil and what is wrong where it is none.
---@param family string
---@param endpoint string
---@param fields table
---@return rhub.model|nil
---@return string|nil why
local function read_model(family, endpoint, fields)
  local why = unknown_field(fields, MODEL_FIELDS)
  if why then return nil, ("%s: %s"):format(endpoint, why) end
  local names = fields.documented or {}
  if names == true then names = { endpoint } end
  if type(names) ~= "table" then names = { names } end
  local entry = {
    endpoint = endpoint, name = fields.name or names[1] or endpoint, name_zh = fields.zh or endpoint,
    task = fields.task, output = fields.output, family = fields.family or family, status = fields.status or "listed",
    last_seen = fields.last_seen, doc_names = names, price = fields.price,
    params_unknown = fields.params_unknown, params = {},
  }
  for i, item in ipairs(fields) do
    if not add_item(entry, item) then
      return nil, ("%s: what stands at %d is neither a parameter nor a rule"):format(endpoint, i)
    end
  end
  return entry
end

-- The words for one family, and `models`, the list that its declarations fill. For `local _ENV = ...`.
---@param family string
---@return table
---@return fun(endpoint: string, fields: table): rhub.model|nil, string|nil read a declaration
function words.of(family)
  local models, defaults = {}, {}
  local env = { models = models, optional = optional, per = price_words.of(defaults) }
  for word, kind in pairs(KINDS) do
    env[word] = function(name)
      if type(name) ~= "string" then error(word .. " takes a name in quotes", 2) end
      return setmetatable({ name = name, type = kind.type, list = kind.list, required = true }, Param)
    end
  end
  for word, rule in pairs(rule_words) do env[word] = rule end
  function env.object(name) return { name = name, type = "object" } end
  function env.prices_in(currency) defaults.currency = currency end
  function env.as_of(date) defaults.as_of = date end
  function env.model(endpoint)
    if type(endpoint) ~= "string" then error("model takes an endpoint in quotes, then braces", 2) end
    return function(fields)
      if type(fields) ~= "table" then error(endpoint .. ": a declaration stands in braces", 2) end
      local entry, why = read_model(family, endpoint, fields)
      if not entry then error(why, 2) end
      models[#models + 1] = entry
      return entry
    end
  end
  return env, function(endpoint, fields) return read_model(family, endpoint, fields) end
end

return words
