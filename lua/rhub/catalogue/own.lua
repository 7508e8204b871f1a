-- Models of one's own: what a script has added with rhub.model, and the files of the user's catalogue folder,
-- $XDG_CONFIG_HOME/rhub/catalogue or ~/.config/rhub/catalogue. Each *.lua there is written in the words of the
-- catalogue (words.lua) and sees nothing else; its name is the family's. They go before what comes with rhub.

local errors = require "rhub.errors"
local sys = require "rhub.sys"
local words = require "rhub.catalogue.words"

local own = {
  ---@type fun()|nil called when a model was added
  on_change = nil,
}

local list, by_name -- once the folder has been read

---@return string|nil folder nil where there is no home
function own.folder()
  local base = os.getenv "XDG_CONFIG_HOME"
  if not base or base == "" then
    local home = os.getenv "HOME"
    if not home or home == "" then return nil end
    base = home .. "/.config"
  end
  return base .. "/rhub/catalogue"
end

local function refuse(path, why)
  error(errors.new { kind = "config", message = ("%s: %s; mend it or take it away"):format(path, why) }, 0)
end

-- Takes the place of one of the same endpoint.
local function put(entry)
  local before = by_name[entry.endpoint]
  for i, one in ipairs(list) do
    if one == before and before.endpoint == entry.endpoint then table.remove(list, i) break end
  end
  list[#list + 1] = entry
  for _, name in ipairs { entry.name, table.unpack(entry.doc_names) } do by_name[name] = entry end
  by_name[entry.endpoint] = entry
end

-- What is wrong with a declaration, or nil.
local function problem(entry)
  local endpoint = entry.endpoint
  if type(endpoint) ~= "string" or not endpoint:find "^[^%s/?#]+[^%s?#]*$" then
    return ('"%s" is no endpoint: write it as it follows /openapi/v2/'):format(tostring(endpoint))
  end
  local seen = {}
  for i, param in ipairs(entry.params) do
    if type(param.name) ~= "string" then return ("%s: parameter %d has no name"):format(endpoint, i) end
    if seen[param.name] then return ("%s: %s stands twice"):format(endpoint, param.name) end
    if param.type == "enum" and not param.enum then
      return ("%s: %s lists no values"):format(endpoint, param.name)
    end
    seen[param.name] = true
  end
end

local function complete(entry)
  entry.task, entry.output = entry.task or "other", entry.output or "file"
  return entry
end

-- The entries of a text in the words of the catalogue; it sees these words and nothing else.
---@param text string
---@param family string
---@return rhub.model[]|nil
---@return string|nil reason
function own.parse(text, family)
  local env = words.of(family)
  local chunk, why = load(text, "=line", "t", env)
  local ok = chunk ~= nil
  if chunk then ok, why = pcall(chunk) end
  if not ok then return nil, (tostring(why):gsub("^line:", "line ")) end
  for _, entry in ipairs(env.models) do
    why = problem(entry)
    if why then return nil, why end
    complete(entry)
  end
  return env.models
end

-- Calls `f(entries, name)` for each file of a folder, in the order of their names. Raises an error of kind
-- "config" for one that cannot be read.
---@param folder string
---@param f fun(entries: rhub.model[], name: string)
---@param except? string a file to leave alone
function own.each_file(folder, f, except)
  local files = sys.list(folder)
  if not files then return end
  table.sort(files)
  for _, name in ipairs(files) do
    local family = name:match "^([^.].*)%.lua$"
    if family and name ~= except then
      local path = folder .. "/" .. name
      local text, why = sys.read(path)
      local entries
      if text then entries, why = own.parse(text, family) end
      if not entries then refuse(path, why) end
      f(entries, name)
    end
  end
end

local function put_all(entries)
  for _, entry in ipairs(entries) do put(entry) end
end

-- A file that cannot be read is told at every look, not only at the first: nothing is checked without it.
local function open()
  if list then return end
  list, by_name = {}, {}
  local folder = own.folder()
  local ok, err = pcall(own.each_file, folder or "", put_all)
  if not ok then
    list, by_name = nil, nil
    error(err, 0)
  end
end

-- By endpoint or another of its names.
---@param name string
---@return rhub.model|nil
function own.find(name)
  open()
  return by_name[name]
end

---@return rhub.model[] in the order in which they were added
function own.all()
  open()
  return list
end

-- Adds a model, in place of one of the same endpoint. Raises for a declaration that makes no sense.
---@param entry rhub.model
---@param level integer for error
function own.add(entry, level)
  open()
  local why = problem(entry)
  if why then error(why, level + 1) end
  put(complete(entry))
  if own.on_change then own.on_change() end
end

---@class rhub.model_words: { [string]: function }
---@field optional table        a mark: the parameter may be left out
---@field per table<string, fun(price: number|table): rhub.price>
---@overload fun(endpoint: string): fun(fields: table): rhub.model

-- rhub.model: the words as its fields, and called with an endpoint and then a declaration.
---@return rhub.model_words
function own.words()
  local env = words.of "own"
  return setmetatable(env, {
    __call = function(_, endpoint)
      if type(endpoint) ~= "string" then error("rhub.model takes an endpoint, then its declaration", 2) end
      return function(fields)
        if type(fields) ~= "table" then error("a model's declaration is a table", 2) end
        local entry = env.model(endpoint)(fields)
        own.add(entry, 2)
        return entry
      end
    end,
  })
end

return own
