-- A registry against the catalogue: what is new, gone or changed, and the file of the user's folder that
-- holds it. Compared with what comes with rhub and the other files of the user, never with an earlier import,
-- which the file replaces.

local catalogue = require "rhub.catalogue"
local differences = require "rhub.catalogue.differences"
local errors = require "rhub.errors"
local guess = require "rhub.catalogue.guess"
local index = require "rhub.catalogue.index"
local own = require "rhub.catalogue.own"
local registry = require "rhub.catalogue.registry"
local sys = require "rhub.sys"
local writer = require "rhub.catalogue.writer"

local importer = {}

local FILE = "imported.lua"
local FACTS = "2026-08-01" -- what comes with rhub is as of then
local MOST_GONE = 1 / 5    -- of the listed models: more do not go at once

---@class rhub.import
---@field version? string
---@field count integer         models in the registry
---@field new rhub.model[]      sorted by endpoint, as are the others
---@field listed integer        models that are listed here
---@field gone rhub.model[]     as they are to be written: removed
---@field doubtful boolean      so many are gone that the registry may be cut off
---@field take_gone? boolean    write them all the same
---@field changed { endpoint: string, changes: string[], entry: rhub.model|nil }[]
---@field left { endpoint: string, file: string }[] differ, but stand in another file of the user's
---@field notes string[]        oddities of the registry

-- ---- what there is ----------------------------------------------------------------------------

local function built_in()
  local entries, seen = {}, {}
  for family in index:gmatch(" in ([^\n]+)") do
    for _, entry in ipairs(seen[family] and {} or catalogue.family(family)) do
      entries[entry.endpoint] = entry
    end
    seen[family] = true
  end
  return entries
end

-- What the user's other files declare: entries by endpoint, and the files' names.
local function others(folder)
  local entries, files = {}, {}
  own.each_file(folder or "", function(list, name)
    for _, entry in ipairs(list) do entries[entry.endpoint], files[entry.endpoint] = entry, name end
  end, FILE)
  return entries, files
end

-- ---- names ------------------------------------------------------------------------------------
-- The user's models go before what comes with rhub, by each of their names. One that stands for another model
-- there must not stand in the file.

local function owners()
  local owner = {}
  for name, endpoint in require("rhub.catalogue.index_names"):gmatch("\n([^\n]-) %-> (%S+)") do owner[name] = endpoint end
  for endpoint in index:gmatch("\n(%S+) in ") do owner[endpoint] = endpoint end
  return owner
end

-- Takes from an entry the names that are another's, one of the registry too.
local function keep_own_names(entry, known)
  local names = {}
  local function is_own(name)
    local endpoint = known.owner[name]
    return endpoint == nil or endpoint == entry.endpoint or not known.there[endpoint]
  end
  for _, name in ipairs(entry.doc_names) do
    if is_own(name) then names[#names + 1] = name end
  end
  entry.doc_names = names
  if not is_own(entry.name) then entry.name = names[1] or entry.endpoint end
end

-- ---- comparing --------------------------------------------------------------------------------

local function add_new(found, told, known)
  local entry = differences.new(told)
  entry.name = told.name_en or told.endpoint
  entry.output = told.output or "file"
  entry.task = guess.task(told, known.tasks)
  entry.family = guess.family(told.endpoint, known.built_in)
  keep_own_names(entry, known)
  known.owner[entry.name] = entry.endpoint
  found.new[#found.new + 1] = entry
end

local function add_told(found, told, known)
  local endpoint, file = told.endpoint, known.files[told.endpoint]
  local before = known.others[endpoint] or known.built_in[endpoint]
  if not before then return add_new(found, told, known) end
  local change = differences.of(before, told, found.date)
  if #change.changes == 0 then return end
  if file then
    found.left[#found.left + 1] = { endpoint = endpoint, file = file }
    return
  end
  if change.entry then keep_own_names(change.entry, known) end
  found.changed[#found.changed + 1] = change
end

-- Only what is listed can go; what is deprecated or removed has gone before.
local function add_gone(found, known)
  local listed = 0
  for endpoint, entry in pairs(known.built_in) do
    if entry.status == "listed" then listed = listed + 1 end
    if entry.status == "listed" and not known.there[endpoint] and not known.others[endpoint] then
      local gone = {}
      for field, v in pairs(entry) do gone[field] = v end
      gone.status, gone.last_seen = "removed", found.date or found.version
      keep_own_names(gone, known)
      found.gone[#found.gone + 1] = gone
    end
  end
  found.listed, found.doubtful = listed, #found.gone > listed * MOST_GONE
end

local function sort(list)
  table.sort(list, function(a, b) return a.endpoint < b.endpoint end)
end

-- Reads a registry's text and compares. Nil and what is wrong where it is no registry; raises where a file of
-- the user's cannot be read.
---@param text string
---@return rhub.import|nil
---@return string|nil why
function importer.compare(text)
  local read, why = registry.read(text)
  if not read then return nil, why end
  local known = { built_in = built_in(), owner = owners(), there = {} }
  for _, told in ipairs(read.models) do known.there[told.endpoint] = true end
  known.tasks = guess.tasks(known.built_in)
  known.others, known.files = others(own.folder())
  local found = { version = read.version, date = read.date, count = #read.models, notes = read.notes,
    new = {}, gone = {}, changed = {}, left = {} }
  for _, told in ipairs(read.models) do add_told(found, told, known) end
  add_gone(found, known)
  for _, name in ipairs { "new", "gone", "changed", "left" } do sort(found[name]) end
  if read.date and read.date < FACTS then
    local note = "it is of %s, older than what the catalogue knows (%s): what seems gone may only be newer"
    table.insert(found.notes, 1, note:format(read.date, FACTS))
  end
  return found
end

-- ---- the file ---------------------------------------------------------------------------------

local HEAD = [[
-- Models as RunningHub's registry has them: %s, imported on %s.
-- Only what differs from what comes with rhub is here. The next import writes this file anew: changes of your
-- own belong in another file of this folder.
]]

-- What is to be written: where a name stands twice, the later one has it.
local function to_write(found)
  local gone = found.doubtful and not found.take_gone and {} or found.gone
  local list = table.move(gone, 1, #gone, 1, {})
  for _, change in ipairs(found.changed) do list[#list + 1] = change.entry end
  return table.move(found.new, 1, #found.new, #list + 1, list)
end

---@param found rhub.import
---@return integer n how many models there are to write
function importer.count(found)
  return #to_write(found)
end

-- The file that an import writes; nil where there is no home.
---@return string|nil path
function importer.path()
  local folder = own.folder()
  return folder and folder .. "/" .. FILE
end

---@param found rhub.import
---@param source string the registry's file
---@return string
function importer.text(found, source)
  local entries = to_write(found)
  local common = writer.common(entries)
  common.family = FILE:match("^[^.]+")
  local from = source:match("[^/]*$") .. (found.version and ", version " .. found.version or "")
  local parts = { HEAD:format(from:gsub("%c", " "), os.date("%Y-%m-%d")) }
  local once = ""
  if common.currency then once = ('\nprices_in "%s"\n'):format(common.currency) end
  if common.as_of then once = once .. ('%sas_of "%s"\n'):format(once == "" and "\n" or "", common.as_of) end
  parts[2] = once
  for _, entry in ipairs(entries) do parts[#parts + 1] = "\n" .. writer.declaration(entry, common) end
  return table.concat(parts)
end

-- Writes the file, whole or not at all. One that could not be read would stop every command, so it is tried.
---@param found rhub.import
---@param source string
---@return string|nil path
---@return rhub.error|nil
function importer.write(found, source)
  local path = importer.path()
  if not path then return nil, errors.input "HOME is not set: there is no place for the models" end
  local text = importer.text(found, source)
  local ok, reason = own.parse(text, "imported")
  if ok then ok, reason = sys.mkdir_p(own.folder()) end
  if ok then ok, reason = sys.write_private(path, text) end
  if ok then return path end
  return nil, errors.new { kind = "io", message = ("%s: %s; nothing was written"):format(path, reason) }
end

return importer
