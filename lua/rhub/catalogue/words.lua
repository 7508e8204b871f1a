-- The words that the catalogue's families are written in. A family file is read by people first; these words
-- turn each declaration into an entry:
--   endpoint, name, name_zh, task, output, family, status, doc_names, params, object_params, price
-- with params in the order in which they are written, each {name, type, required, default, enum, min, max,
-- step, max_length, accept, max_bytes, list, max_items}.

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
local UNITS = {
  call = "call", second = "second", image = "image",
  five_seconds = "5 seconds", thousand_characters = "1000 characters",
}

local function bytes(size)
  local n, unit = size:match("^(%d+)(%a+)$")
  local factor = ({ KB = 1024, MB = 1024 * 1024, GB = 1024 * 1024 * 1024 })[unit]
  return math.tointeger(n) * factor
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
  self.default, self.max_items = values.default, values.items
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

-- price = per.call { by = { "mode", "duration" }, std = { ["5"] = 2.1 } }: one rule for each combination.
local function read_rules(names, level, table_, when, rules)
  if level > #names then
    local copy = {}
    for k, v in pairs(when) do copy[k] = v end
    rules[#rules + 1] = { when = copy, price = table_ }
    return
  end
  local keys = {}
  for key in pairs(table_) do
    if level > 1 or not words.PRICE_FIELDS[key] then keys[#keys + 1] = key end
  end
  table.sort(keys)
  for _, key in ipairs(keys) do
    when[names[level]] = key
    read_rules(names, level + 1, table_[key], when, rules)
  end
  when[names[level]] = nil
end

words.PRICE_FIELDS = { by = true, from = true, fixed = true, list = true, as_of = true, times = true,
  at_least = true }

local function read_price(unit, values, defaults)
  if type(values) == "number" then values = { fixed = values } end
  local price = { currency = defaults.currency, unit = unit, as_of = values.as_of or defaults.as_of,
    fixed = values.fixed, from = values.from, times = values.times, at_least = values.at_least,
    list_price = values.list }
  if values.by then
    price.rules = {}
    read_rules(type(values.by) == "table" and values.by or { values.by }, 1, values, {}, price.rules)
  end
  return price
end

local function read_model(family, endpoint, fields)
  local names = fields.documented or {}
  if names == true then names = { endpoint } end
  if type(names) == "string" then names = { names } end
  local entry = {
    endpoint = endpoint, name = fields.name or names[1] or endpoint, name_zh = fields.zh or endpoint,
    task = fields.task, output = fields.output, family = family, status = fields.status or "listed",
    last_seen = fields.last_seen, doc_names = names, price = fields.price,
    params_unknown = fields.params_unknown, params = {},
  }
  for _, param in ipairs(fields) do
    if param.type == "object" then
      entry.object_params = entry.object_params or {}
      table.insert(entry.object_params, param.name)
    else
      entry.params[#entry.params + 1] = setmetatable(param, nil)
    end
  end
  return entry
end

-- In a declaration: `zh` the Chinese name; `documented` the names of its pages in the documentation (true:
-- its endpoint); `name` the vendor's own where it is neither; `status` listed unless it says otherwise.

-- The words for one family, and `models`, the list that its declarations fill. For `local _ENV = ...`.
---@param family string
---@return table
function words.of(family)
  local defaults, models = {}, {}
  local env = { models = models, optional = optional, per = {} }
  for word, kind in pairs(KINDS) do
    env[word] = function(name)
      return setmetatable({ name = name, type = kind.type, list = kind.list, required = true }, Param)
    end
  end
  for word, unit in pairs(UNITS) do
    env.per[word] = function(values) return read_price(unit, values, defaults) end
  end
  -- An object-valued parameter: handed through as it is; its inner shape is documented nowhere.
  function env.object(name) return { name = name, type = "object" } end
  function env.prices_in(currency) defaults.currency = currency end
  function env.as_of(date) defaults.as_of = date end
  function env.model(endpoint)
    return function(fields) models[#models + 1] = read_model(family, endpoint, fields) end
  end
  return env
end

return words
