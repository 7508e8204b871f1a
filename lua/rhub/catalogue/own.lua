-- Models of one's own: what a script has added with rhub.model, and the files of the user's catalogue folder,
-- $XDG_CONFIG_HOME/rhub/catalogue or ~/.config/rhub/catalogue. Each *.lua there is written in the words of the
-- catalogue (words.lua) and sees nothing else; its name is the family's. They go before what comes with rhub.

local errors = require "rhub.errors"
local sys = require "rhub.sys"

local own = {
  ---@type fun()|nil called when a model was added
  on_change = nil,
}

local models, by_name -- once the folder has been read

local NO_SUCH, NO_FOLDER = 2, 20 -- ENOENT, ENOTDIR

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
  for i, one in ipairs(models) do
    if one == before and before.endpoint == entry.endpoint then table.remove(models, i) break end
  end
  models[#models + 1] = entry
  for _, name in ipairs { entry.name, table.unpack(entry.doc_names) } do by_name[name] = entry end
  by_name[entry.endpoint] = entry
end

local function complete(entry)
  entry.task, entry.output = entry.task or "other", entry.output or "file"
  return entry
end

-- A word that there is not is most often a word misspelled: nil would be taken for nothing.
local STRICT = { __index = function(_, name) error(("there is no word %s"):format(tostring(name)), 2) end }

local MOST_STEPS = 20000000 -- a file of all models takes a hundredth of them

local function give_up() error("does not come to an end", 2) end

-- Runs a file's text: on a stack of its own, which can be stopped without touching anybody else's hook.
local function run(text, env)
  local chunk, why = load(text, "=line", "t", env)
  if not chunk then return nil, why end
  local thread = coroutine.create(chunk)
  debug.sethook(thread, give_up, "", MOST_STEPS)
  local ok, err = coroutine.resume(thread)
  return ok or nil, err
end

-- The entries of a text in the words of the catalogue; it sees these words and nothing else.
---@param text string
---@param family string
---@return rhub.model[]|nil
---@return string|nil reason
function own.parse(text, family)
  local env = require("rhub.catalogue.words").of(family)
  local entries = env.models
  env.models = nil
  local ok, why = run(text, setmetatable(env, STRICT))
  if not ok then return nil, (tostring(why):gsub("^line:", "line ")) end
  if rawget(env, "models") ~= nil then return nil, 'models is no list to fill: write model "NAME" { ... }' end
  for _, entry in ipairs(entries) do
    complete(entry)
    why = require("rhub.catalogue.valid").problem(entry)
    if why then return nil, why end
  end
  return entries
end

-- The names in a folder; none where there is no such folder.
local function list(folder)
  local files, why, code = sys.list(folder)
  if files then
    table.sort(files)
    return files
  end
  if code ~= NO_SUCH and (code ~= NO_FOLDER or sys.stat(folder)) then refuse(folder, "cannot be read: " .. why) end
  return {}
end

local function read(path)
  local stat, why = sys.stat(path)
  if stat and stat.type ~= "file" then return nil, "is not an ordinary file" end
  if not stat then return nil, why end
  return sys.read(path)
end

-- Calls `f(entries, name)` for each file of a folder, in the order of their names. Raises an error of kind
-- "config" for one that cannot be read.
---@param folder string
---@param f fun(entries: rhub.model[], name: string)
---@param except? string a file to leave alone
function own.each_file(folder, f, except)
  for _, name in ipairs(list(folder)) do
    local family = name:match "^([^.].*)%.lua$"
    if family and name ~= except then
      local path = folder .. "/" .. name
      local text, why = read(path)
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
  if models then return end
  models, by_name = {}, {}
  local folder = own.folder()
  local ok, err = pcall(own.each_file, folder or "", put_all)
  if not ok then
    models, by_name = nil, nil
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
  return models
end

-- Adds a model, in place of one of the same endpoint. Raises for a declaration that makes no sense.
---@param entry rhub.model
---@param level integer for error
function own.add(entry, level)
  open()
  local why = require("rhub.catalogue.valid").problem(complete(entry))
  if why then error(why, level + 1) end
  put(entry)
  if own.on_change then own.on_change() end
end

---@class rhub.model_words: { [string]: function }
---@field optional table        a mark: the parameter may be left out
---@field per table<string, fun(price: number|table): rhub.price>
---@overload fun(endpoint: string): fun(fields: table): rhub.model

-- rhub.model: the words as its fields, and called with an endpoint and then a declaration.
---@return rhub.model_words
function own.words()
  local env, read_model = require("rhub.catalogue.words").of "own"
  env.models = nil
  return setmetatable(env, {
    __index = STRICT.__index,
    __call = function(_, endpoint)
      if type(endpoint) ~= "string" then error("rhub.model takes an endpoint, then its declaration", 2) end
      return function(fields)
        if type(fields) ~= "table" then error("a model's declaration is a table", 2) end
        local entry, why = read_model(endpoint, fields)
        if not entry then error(why, 2) end
        own.add(entry, 2)
        return entry
      end
    end,
  })
end

return own
