-- What the catalogue says of one model: as lines for people, and as a table that JSON can hold.

local check_words = require "rhub.check.words"
local catalogue = require "rhub.catalogue"
local json = require "rhub.json"
local layout = require "rhub.cli.layout"
local plain = require "rhub.cli.plain"
local rule_text = require "rhub.cli.rule_text"

local entry_text = {}

-- ---- names ------------------------------------------------------------------------------------

local function bare(text)
  return (text:lower():gsub("[-_/%s.]", ""))
end

-- The names that say more than the endpoint does, the Chinese one first.
---@param entry rhub.model
---@return string[]
function entry_text.names(entry)
  local list, said = {}, bare(entry.endpoint)
  local function add(name)
    local short = bare(name)
    for _, other in ipairs(list) do
      if bare(other) == short then return end
    end
    if not said:find(short, 1, true) then list[#list + 1] = plain.text(name) end
  end
  add(entry.name_zh)
  for name in catalogue.each_name(entry) do add(name) end
  return list
end

-- ---- parameters -------------------------------------------------------------------------------

local TYPES = {
  string = { "text", "texts" }, enum = { "one of", "some of" }, boolean = { "boolean", "booleans" },
  integer = { "integer", "integers" }, number = { "number", "numbers" }, image = { "image", "images" },
  video = { "video", "videos" }, audio = { "audio", "audios" },
}

-- The values, the default among them in brackets.
local function choices(param, values)
  local items, shown = {}, param.default == nil
  for i, value in ipairs(values) do
    local is_default = param.default ~= nil and tostring(value) == tostring(param.default)
    items[i] = is_default and ("[%s]"):format(value) or tostring(value)
    shown = shown or is_default
  end
  if not shown then items[#items + 1] = ("[%s]"):format(param.default) end
  if param.list and param.max_items then items[#items + 1] = ("(up to %d)"):format(param.max_items) end
  return items, "  "
end

local function limits(param)
  local items = {}
  if param.type == "integer" or param.type == "number" then
    items[1] = check_words.range(param)
  elseif param.max_length then
    items[1] = ("up to %s characters"):format(check_words.count(param.max_length))
  end
  for _, ext in ipairs(param.accept or {}) do items[#items + 1] = ext:sub(2) end
  if param.max_bytes then
    items[#items + 1] = "up to " .. check_words.size(param.max_bytes) .. (param.list and " each" or "")
  end
  if param.list and param.max_items then items[#items + 1] = ("up to %d of them"):format(param.max_items) end
  for i = 1, #items - 1 do items[i] = items[i] .. "," end
  if param.default ~= nil then items[#items + 1] = (" [%s]"):format(param.default) end
  return items, " "
end

-- What a parameter takes, in items that may stand on several lines.
local function takes(param)
  if param.type == "boolean" then return choices(param, { "true", "false" }) end
  if param.enum then return choices(param, param.enum) end
  return limits(param)
end

-- The required ones first, else in the entry's order; objects, whose inner shape is documented nowhere, last.
local function rows_of(entry)
  local rows, details, listed = {}, {}, {}
  for _, required in ipairs { true, false } do
    for _, param in ipairs(entry.params) do
      if param.required == required then
        local kind = TYPES[param.type][param.list and 2 or 1]
        rows[#rows + 1] = { plain.text(param.name), required and "*" or "", kind }
        details[#rows] = { takes(param) }
      end
      listed[param.name] = true
    end
  end
  for _, name in ipairs(entry.object_params or {}) do
    if not listed[name] then
      rows[#rows + 1] = { plain.text(name), "", "object" }
      details[#rows] = { { "(handed through as it is;", "its inner shape is not documented)" }, " " }
    end
  end
  return rows, details
end

-- The table of a model's parameters.
---@param entry rhub.model
---@param width number
---@return string[] lines
function entry_text.parameters(entry, width)
  local rows, details = rows_of(entry)
  if #rows == 0 then
    return { entry.params_unknown and "its parameters are not known: what it is given is sent as it is"
      or "takes no parameters" }
  end
  local widths, lines = layout.widths(rows), {}
  for i, row in ipairs(rows) do
    local first = ("%s %s  %s  "):format(plain.pad(row[1], widths[1]), plain.pad(row[2], widths[2]),
      plain.pad(row[3], widths[3]))
    local items, separator = table.unpack(details[i])
    local room = math.max(width - #first, 20)
    layout.hang(#items > 0 and layout.wrap(items, separator, room) or { "" }, first, lines)
  end
  for i, line in ipairs(lines) do lines[i] = line:gsub("%s+$", "") end
  return lines
end

-- What holds between parameters, a sentence each.
---@param entry rhub.model
---@return string[]
function entry_text.rules(entry)
  local list = {}
  for i, rule in ipairs(entry.rules or {}) do list[i] = rule_text.sentence(rule) end
  return list
end

-- ---- JSON -------------------------------------------------------------------------------------

local function copy_of(fields)
  local copy = {}
  for name, value in pairs(fields) do copy[name] = value end
  return copy
end

-- The entry as a table that JSON can hold: lists are lists also where they are empty.
---@param entry rhub.model
---@return table
function entry_text.json(entry)
  local copy = copy_of(entry)
  copy.doc_names, copy.params = json.array(copy_of(entry.doc_names)), json.array(copy_of(entry.params))
  if entry.rules then
    copy.rules = json.array {}
    for i, rule in ipairs(entry.rules) do copy.rules[i] = rule_text.fields(rule) end
  end
  return copy
end

return entry_text
