-- The catalogue: what is known of each model. Finding one reads an index and one declaration in its family's
-- file; a script's own models and those of the user's folder go before. Knows no client and sends nothing.

local family_file = require "rhub.catalogue.family"
local nearest = require "rhub.nearest"

---@class rhub.param
---@field name string
---@field type "string"|"enum"|"boolean"|"integer"|"number"|"image"|"video"|"audio"
---@field required boolean
---@field default? string|number|boolean
---@field enum? string[]
---@field min? number
---@field max? number
---@field step? number
---@field max_length? integer   in characters
---@field accept? string[]      file types, ".png"
---@field max_bytes? integer
---@field list? boolean
---@field max_items? integer
---@field numbers? boolean      its values are sent as numbers, though they are listed as texts
---@field node_key? string      its name as a ComfyUI node's field, which the service takes no more

---@class rhub.price            see price_words.lua
---@field currency string       "CNY", "USD"
---@field unit string           "call", "second", "image", "5 seconds", "1000 characters"
---@field as_of? string         date of the vendor's table
---@field fixed? number         exactly one of fixed, from and rules is there
---@field from? number          the lowest price; which parameters it depends on is not known
---@field rules? { when: table<string, string>, price: number }[]
---@field times? string         a parameter that multiplies it
---@field at_least? boolean     the unit is a minimum
---@field list_price? { from: number, unit: string, as_of: string } of another table

---@class rhub.model
---@field endpoint string       what follows /openapi/v2/
---@field name string           the vendor's name
---@field name_zh string
---@field task string           "image-to-video", ...
---@field output string         "video", "image", ...: what the vendor's own client expects
---@field family string
---@field status "listed"|"deprecated"|"removed"
---@field last_seen? string     date, of a removed one
---@field doc_names string[]    names of its pages in the documentation
---@field params rhub.param[]
---@field object_params? string[]
---@field params_unknown? boolean
---@field rules? rhub.rule[]    what holds between parameters
---@field price? rhub.price

local catalogue = {}

local models     -- which family declares which: text, see index.lua. Other names are read when they are needed
local own        -- the user's folder and what scripts have added: rhub.catalogue.own, once it is looked at
local entries    -- endpoint -> entry, of those that have been read
local families   -- family -> its entries, of those that have been read whole
local found = {} -- name -> entry or false, of names that were asked for
local kept = 0

local KEPT_MAX = 2000 -- names that are not listed may come without end

local function open()
  models, entries, families = require "rhub.catalogue.index", {}, {}
  own = require "rhub.catalogue.own"
  own.on_change = catalogue.refresh
end

-- Forgets what was found: an own model has been added.
function catalogue.refresh()
  found, kept = {}, 0
end

-- An entry that was read alone before stays the one.
local function read_family(family)
  local list = families[family]
  if list then return list end
  list = {}
  for i, entry in ipairs(family_file.whole(family)) do
    entries[entry.endpoint] = entries[entry.endpoint] or entry
    list[i] = entries[entry.endpoint]
  end
  families[family] = list
  return list
end

-- What stands behind "\nNAME<mark>" in one of the index's texts, up to the line's end.
local function look_up(text, name, mark)
  local _, last = text:find("\n" .. name .. mark, 1, true)
  return last and text:match("^[^\n]*", last + 1)
end

local function find_listed(endpoint)
  local family = look_up(models, endpoint, " in ")
  if family and not entries[endpoint] then entries[endpoint] = family_file.one(family, endpoint) end
  return entries[endpoint]
end

-- The endpoints that go by one of the other names, the one to be taken first.
local function endpoints_of(name)
  local line = look_up(require "rhub.catalogue.index_names", name, " -> ")
  if not line then return nil end
  local list = {}
  for endpoint in line:gmatch("%S+") do list[#list + 1] = endpoint end
  return list
end

local function find_named(name)
  local entry = own.find(name) or find_listed(name)
  if entry then return entry end
  local others = endpoints_of(name)
  return others and (own.find(others[1]) or find_listed(others[1]))
end

-- The models of a Chinese name: those that come with rhub, unless own ones stand in their place, and own ones.
local function called(name)
  local list = {}
  for endpoint in (look_up(require "rhub.catalogue.index_chinese", name, " -> ") or ""):gmatch("%S+") do
    if not own.find(endpoint) then list[#list + 1] = endpoint end
  end
  for _, entry in ipairs(own.all()) do
    if entry.name_zh == name then list[#list + 1] = entry.endpoint end
  end
  return list
end

-- A Chinese name that several models have names none of them.
local function find(name)
  local entry = find_named(name)
  if entry then return entry end
  local list = called(name)
  return #list == 1 and find_named(list[1]) or nil
end

-- The models that have a text as their Chinese name. It is a name to call one by where that is the only one.
---@param name string
---@return string[] endpoints
function catalogue.called(name)
  if not models then open() end
  return called(name)
end

-- The entry of a model, by its endpoint or by another name that it goes by, such as its Chinese name where no
-- other model has that; nil if it is not listed here.
---@param name string
---@return rhub.model|nil
function catalogue.find(name)
  local entry = found[name]
  if entry ~= nil then return entry or nil end
  if not models then open() end
  entry = find(name)
  if kept >= KEPT_MAX then catalogue.refresh() end
  found[name], kept = entry or false, kept + 1
  return entry
end

-- A name that stands twice in the documentation: the endpoints that go by it too, beside the one that `find`
-- takes; nil for all other names.
---@param name string
---@return string[]|nil
function catalogue.namesakes(name)
  if not models then open() end
  local list = endpoints_of(name)
  if not list or #list < 2 or own.find(name) then return nil end
  return table.move(list, 2, #list, 1, {})
end

-- Every name that a model can be called by: endpoints, and the names of documentation and vendor.
---@return string[] sorted
function catalogue.names()
  if not models then open() end
  local seen, list = {}, {}
  for _, text in ipairs { models, require "rhub.catalogue.index_names" } do
    for name in text:gmatch("\n([^\n]-) [i%-][n>] ") do seen[name] = true end
  end
  for _, entry in ipairs(own.all()) do
    for name in catalogue.each_name(entry) do seen[name] = true end
  end
  for name in pairs(seen) do list[#list + 1] = name end
  table.sort(list)
  return list
end

-- The names of one entry: its endpoint, the vendor's name, its pages' names.
---@param entry rhub.model
---@return fun(): string|nil
function catalogue.each_name(entry)
  return coroutine.wrap(function()
    coroutine.yield(entry.endpoint)
    if entry.name ~= entry.endpoint then coroutine.yield(entry.name) end
    for _, name in ipairs(entry.doc_names) do
      if name ~= entry.endpoint and name ~= entry.name then coroutine.yield(name) end
    end
  end)
end

-- The known name nearest to one that is not listed: within two edits, or the same but for case, "_" and "-".
---@param name string
---@return string|nil
function catalogue.nearest(name)
  return nearest.find(name, catalogue.names())
end

-- All models of one of the families that come with rhub, in the order in which its file lists them.
---@param family string
---@return rhub.model[]|nil
function catalogue.family(family)
  if not models then open() end
  return models:find(" in " .. family .. "\n", 1, true) and read_family(family)
end

---@return string[] families sorted, own ones included
function catalogue.families()
  if not models then open() end
  local seen, list = {}, {}
  for family in models:gmatch(" in ([^\n]+)") do seen[family] = true end
  for _, entry in ipairs(own.all()) do seen[entry.family] = true end
  for family in pairs(seen) do list[#list + 1] = family end
  table.sort(list)
  return list
end

-- Every model, own ones included and in the place of those that they override.
---@return rhub.model[] sorted by endpoint
function catalogue.all()
  if not models then open() end
  local list = {}
  for _, family in ipairs(catalogue.families()) do
    for _, entry in ipairs(catalogue.family(family) or {}) do
      if not own.find(entry.endpoint) then list[#list + 1] = entry end
    end
  end
  table.move(own.all(), 1, #own.all(), #list + 1, list)
  table.sort(list, function(a, b) return a.endpoint < b.endpoint end)
  return list
end

return catalogue
