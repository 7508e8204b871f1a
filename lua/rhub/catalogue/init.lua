-- The catalogue: what is known of each model. Families are read when one of their models is asked for.
-- Knows no client and sends nothing.

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

---@class rhub.model
---@field endpoint string       what follows /openapi/v2/
---@field name string           the vendor's name
---@field name_zh string
---@field task string           "image-to-video", ...
---@field output string         "video", "image", ...: what the vendor's own client expects
---@field family string
---@field status "listed"|"deprecated"|"removed"
---@field doc_names string[]    names of its pages in the documentation
---@field params rhub.param[]
---@field object_params? string[]
---@field params_unknown? boolean
---@field price? table

local catalogue = {}

local index      -- family -> { file =, endpoint, ... }, and other names -> endpoint
local family_of  -- endpoint -> family
local entries = {}
local loaded = {}

local function read_index()
  index, family_of = require "rhub.catalogue.index", {}
  for family, list in pairs(index.families) do
    for i = 1, #list do family_of[list[i]] = family end
  end
end

local function read_family(family)
  if not loaded[family] then
    loaded[family] = require("rhub.catalogue." .. index.families[family].file)
    for _, entry in ipairs(loaded[family]) do entries[entry.endpoint] = entry end
  end
  return loaded[family]
end

-- The entry of a model, by its endpoint or by another name that it goes by; nil if it is not listed here.
---@param name string
---@return rhub.model|nil
function catalogue.find(name)
  if not index then read_index() end
  local endpoint = index.names[name] or name
  local family = family_of[endpoint]
  if not family then return nil end
  if not entries[endpoint] then read_family(family) end
  return entries[endpoint]
end

-- The known name nearest to one that is not listed: within two edits, or the same but for case, "_" and "-".
---@param name string
---@return string|nil
function catalogue.nearest(name)
  if not index then read_index() end
  return nearest.find(name, family_of, true) or nearest.find(name, index.names, true)
end

-- All models of one family, in the order in which its file lists them.
---@param family string
---@return rhub.model[]|nil
function catalogue.family(family)
  if not index then read_index() end
  return index.families[family] and read_family(family)
end

---@return string[] families sorted
function catalogue.families()
  if not index then read_index() end
  local list = {}
  for family in pairs(index.families) do list[#list + 1] = family end
  table.sort(list)
  return list
end

return catalogue
