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
-- a declaration belongs that stands outside of its file.

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

local function bytes(size)
  local n, unit = tostring(size):match("^(%d+)(%aB)$")
  if not n or not FACTORS[unit] then error(('a size is written like "20MB", not %s'):format(size), 3) end
  return tonumber(n) * FACTORS[unit]
end

-- What stands in a parameter's braces, besides names and numbers that speak for themselves.
local function read_values(param, values)
  for _, value in ipairs(values) do
    if value == optional then
      param.required = false
    elseif param.type == "enum" then
      param.enum = param.enum or {}
      param.enum[#param.enum + 1] = value
    else
      param.accept = param.accept or {}
      param.accept[#param.accept + 1] = "." .. value
    end
  end
end

local Param = {}

-- image "firstImageUrl" is a parameter already; braces tell more of it.
function Param:__call(values)
  read_values(self, values)
  self.default, self.max_items, self.node_key = values.default, values.items, values.node
  self.min, self.step = values.min, values.step
  if self.type == "string" then
    self.max_length = values.max
  elseif MEDIA[self.type] then
    self.max_bytes = values.max and bytes(values.max)
  else
    self.max = values.max
  end
  return self
end

-- An object's declaration is a parameter like others, but its inner shape is documented nowhere.
local function add_object(entry, name)
  entry.object_params = entry.object_params or {}
  table.insert(entry.object_params, name)
end

local function add_rule(entry, rule)
  entry.rules = entry.rules or {}
  table.insert(entry.rules, rule)
end

local function add_item(entry, item)
  if getmetatable(item) == Param then
    entry.params[#entry.params + 1] = setmetatable(item, nil)
  elseif item.type == "object" then
    add_object(entry, item.name)
  elseif item.rule then
    add_rule(entry, item)
  end
end

---@param family string
---@param endpoint string
---@param fields table
---@return rhub.model
local function read_model(family, endpoint, fields)
  local names = fields.documented or {}
  if names == true then names = { endpoint } end
  if type(names) == "string" then names = { names } end
  local entry = {
    endpoint = endpoint, name = fields.name or names[1] or endpoint, name_zh = fields.zh or endpoint,
    task = fields.task, output = fields.output, family = fields.family or family, status = fields.status or "listed",
    last_seen = fields.last_seen, doc_names = names, price = fields.price,
    params_unknown = fields.params_unknown, params = {},
  }
  for _, item in ipairs(fields) do add_item(entry, item) end
  return entry
end

-- The words for one family, and `models`, the list that its declarations fill. For `local _ENV = ...`.
---@param family string
---@return table
function words.of(family)
  local models, defaults = {}, {}
  local env = { models = models, optional = optional, per = price_words.of(defaults) }
  for word, kind in pairs(KINDS) do
    env[word] = function(name)
      return setmetatable({ name = name, type = kind.type, list = kind.list, required = true }, Param)
    end
  end
  for word, rule in pairs(rule_words) do env[word] = rule end
  function env.object(name) return { name = name, type = "object" } end
  function env.prices_in(currency) defaults.currency = currency end
  function env.as_of(date) defaults.as_of = date end
  function env.model(endpoint)
    return function(fields)
      local entry = read_model(family, endpoint, fields)
      models[#models + 1] = entry
      return entry
    end
  end
  return env
end

return words
