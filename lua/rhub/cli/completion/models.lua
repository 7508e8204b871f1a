-- Models, their parameters and those parameters' values, as words of a command line may become them.

local catalogue = require "rhub.catalogue"
local check_words = require "rhub.check.words"
local common = require "rhub.catalogue.common"
local files = require "rhub.cli.completion.files"
local media = require "rhub.media"

local models = {}

---@class rhub.cli.candidate
---@field text string   what the word may become
---@field note? string  a few words about it

local function begins(text, start)
  return text:sub(1, #start) == start
end

local function note_of(entry)
  local note = ("%s, %s"):format(entry.task:gsub("-", " "), entry.family)
  return entry.status == "deprecated" and note .. ", deprecated" or note
end

-- Endpoints; names of the documentation where only these begin so.
---@param typed string
---@return rhub.cli.candidate[]
function models.names(typed)
  local list, others, seen = {}, {}, {}
  for _, entry in ipairs(catalogue.all()) do
    for name in catalogue.each_name(entry) do
      if entry.status ~= "removed" and begins(name, typed) and not seen[name] then
        seen[name] = true
        table.insert(name == entry.endpoint and list or others, { text = name, note = note_of(entry) })
      end
    end
  end
  return #list > 0 and list or others
end

-- What is said of some models, each once: field is "task", "output", ...
---@param field string
---@return string[]
function models.values_of(field)
  local seen, list = {}, {}
  for _, entry in ipairs(catalogue.all()) do
    local value = entry[field]
    if value and not seen[value] then
      seen[value] = true
      list[#list + 1] = value
    end
  end
  table.sort(list)
  return list
end

-- ---- parameters -------------------------------------------------------------------------------

local MEDIA = { image = true, video = true, audio = true }

local function find_param(entry, name)
  for _, list in ipairs { entry and entry.params or {}, common } do
    for _, param in ipairs(list) do
      if param.name == name then return param end
    end
  end
end

local function describe(param)
  local text = check_words.takes(param)
  if param.default ~= nil then text = ("%s; default %s"):format(text, param.default) end
  return param.required and param.default == nil and "required: " .. text or text
end

-- First what nobody fills in, then what else is required, then the rest.
local function rank(param)
  if not param.required then return 3 end
  return param.default == nil and 1 or 2
end

local function in_order(entry)
  local list = {}
  for wanted = 1, 3 do
    for _, param in ipairs(entry.params) do
      if rank(param) == wanted then list[#list + 1] = { param.name .. "=", describe(param), param } end
    end
  end
  for _, name in ipairs(entry.object_params or {}) do
    if not find_param(entry, name) then list[#list + 1] = { name .. ":=", "an object, as JSON" } end
  end
  for _, param in ipairs(common) do
    list[#list + 1] = { param.name .. "=", "every model: " .. describe(param), param }
  end
  return list
end

local function names(entry, typed, given)
  local list = {}
  for _, one in ipairs(in_order(entry)) do
    local text, param = one[1], one[3]
    local again = given[text:match("^(.-):?=$")] and not (param and param.list)
    -- NAME: is the beginning of NAME:=
    if typed:sub(-1) == ":" and param then text = param.name .. ":=" end
    if begins(text, typed) and not again then list[#list + 1] = { text = text, note = one[2] } end
  end
  return list
end

-- ---- values -----------------------------------------------------------------------------------

local function choices(param)
  if param and param.type == "enum" then return param.enum end
  if param and param.type == "boolean" then return { "true", "false" } end
  return {}
end

local function paths(typed, fits)
  -- An address is no path.
  return media.is_address(typed) and {} or files.find(typed, fits)
end

local function texts_of(param, name, typed)
  if begins(typed, "@") then
    local list = files.find(typed:sub(2))
    for i, path in ipairs(list) do list[i] = "@" .. path end
    return list
  end
  if param and MEDIA[param.type] then return paths(typed, files.taken_by(param)) end
  if not param and media.is_name(name) then return paths(typed) end
  return choices(param)
end

-- As JSON only what needs no quotes: those are the shell's too.
local function bare(param)
  local list = {}
  for _, text in ipairs(choices(param)) do
    if param.type == "boolean" or tonumber(text) then list[#list + 1] = text end
  end
  return list
end

local function values(entry, name, colon, typed)
  local param, list = find_param(entry, name), {}
  local texts = colon == "" and texts_of(param, name, typed) or bare(param)
  for _, text in ipairs(texts) do
    if begins(text, typed) then
      local is_default = param and param.default ~= nil and tostring(param.default) == text
      list[#list + 1] = { text = name .. colon .. "=" .. text, note = is_default and "default" or nil }
    end
  end
  return list
end

-- What a word after a model may become: a parameter's name, or its value.
---@param model string|nil
---@param typed string
---@param before string[] parameters that have been given
---@return rhub.cli.candidate[]
function models.parameters(model, typed, before)
  local entry = model and catalogue.find(model)
  local name, colon, value = typed:match("^([^=]-)(:?)=(.*)$")
  if name then return values(entry, name, colon, value) end
  local given = {}
  for _, word in ipairs(before) do given[word:match("^([^=]-):?=") or ""] = true end
  return names(entry or { params = {} }, typed, given)
end

return models
