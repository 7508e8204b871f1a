-- LuaLS definitions of the catalogue's models: a class for each model's parameters, and the calls that take
-- them by the model's name. Makes text and nothing else.

local catalogue = require "rhub.catalogue"
local check_words = require "rhub.check.words"
local common = require "rhub.catalogue.common"
local plain = require "rhub.cli.plain"

local write = {}

-- What a file of ours begins with; one that begins otherwise is not replaced unasked.
write.first_lines = "---@meta _\n-- The models of RunningHub, for editors. Made by `rhub types`"

-- ---- words of LuaLS ---------------------------------------------------------------------------

-- A string as LuaLS reads one in a comment: on one line.
local function quote(text)
  local function escape(c) return ("\\%03d"):format(c:byte()) end
  return '"' .. text:gsub('[\\"]', "\\%0"):gsub("%c", escape) .. '"'
end

-- Text that stands on one line of a comment.
local function line(text)
  return (text:gsub("%s+", " "):gsub("%c", "?"))
end

-- kling-video-o1/image-to-video -> kling_video_o1.image_to_video; a part that begins with a digit gets a "_".
local function bare_class(endpoint)
  local parts = {}
  for part in endpoint:gmatch("[^/]+") do
    part = part:gsub(utf8.len(endpoint) and "[^%w_\x80-\xFF]" or "[^%w_]", "_"):gsub("^%d", "_%0")
    parts[#parts + 1] = part
  end
  return "rhub.params." .. table.concat(parts, ".")
end

-- Names as they come, each once: a second one gets _2.
local function unique(name, taken)
  local one, n = name, 1
  while taken[one] do
    n = n + 1
    one = name .. "_" .. n
  end
  taken[one] = true
  return one
end

-- ---- one parameter ----------------------------------------------------------------------------

-- "5" and, because it is taken for "5", the number. LuaLS has no literals of numbers with fractions.
local function choices(param)
  local texts, numbers = {}, {}
  for _, text in ipairs(param.enum) do
    local n = tonumber(text)
    texts[#texts + 1] = quote(text)
    if n then numbers[#numbers + 1] = tostring(math.tointeger(n)) == text and text or "number" end
  end
  if table.concat(numbers):find("number", 1, true) then numbers = { "number" } end
  return table.concat(table.move(numbers, 1, #numbers, #texts + 1, texts), "|")
end

local TYPES = { string = "rhub.text", boolean = "boolean", integer = "integer", number = "number",
  image = "rhub.media", video = "rhub.media", audio = "rhub.media" }

-- The type of a parameter's value.
---@param param rhub.param
---@return string
function write.type_of(param)
  local one = param.type == "enum" and choices(param) or TYPES[param.type]
  if not param.list then return one end
  return (one:find("|", 1, true) and "(" .. one .. ")" or one) .. "[]|" .. one
end

local function describe(param)
  local parts = {}
  if param.type == "enum" then
    if param.max_items then parts[1] = ("at most %d of them"):format(param.max_items) end
  elseif param.type ~= "boolean" then
    parts[1] = check_words.takes(param)
    if parts[1] == "text" or parts[1] == "a number" or parts[1] == "a whole number" then parts[1] = nil end
  end
  if param.default ~= nil then parts[#parts + 1] = "default " .. tostring(param.default) end
  return #parts > 0 and " # " .. line(table.concat(parts, "; ")) or ""
end

local function field_name(name, optional)
  local mark = optional and "?" or ""
  if name:find("^[%a_][%w_]*$") then return name .. mark end
  return "[" .. quote(name) .. "]" .. mark
end

-- Whether a call may leave it out: what is required and has a default is filled in.
---@param param rhub.param
---@return boolean
function write.is_optional(param)
  return not param.required or param.default ~= nil
end

local function add_field(lines, param)
  lines[#lines + 1] = ("---@field %s %s%s"):format(field_name(param.name, write.is_optional(param)),
    write.type_of(param), describe(param))
end

-- ---- one model --------------------------------------------------------------------------------

local function heading(entry)
  local text = entry.endpoint
  if entry.name_zh ~= entry.endpoint then text = text .. ": " .. entry.name_zh end
  text = ("%s (%s, %s)"):format(text, entry.task, entry.output)
  return "---" .. line(entry.status == "deprecated" and text .. "; deprecated" or text)
end

local function add_class(lines, entry, class)
  lines[#lines + 1] = ""
  lines[#lines + 1] = heading(entry)
  lines[#lines + 1] = "---@class " .. class .. ": rhub.params.common"
  local seen = {}
  for _, param in ipairs(entry.params) do
    seen[param.name] = true
    add_field(lines, param)
  end
  for _, name in ipairs(entry.object_params or {}) do
    if not seen[name] then lines[#lines + 1] = "---@field " .. field_name(name, true) .. " table" end
    seen[name] = true
  end
  if entry.params_unknown then
    lines[#lines + 1] = "---@field [string] any # what it takes is documented nowhere"
  end
end

-- ---- the calls --------------------------------------------------------------------------------

-- hub.models["..."]: by every name that means this very model.
local function add_indexed(lines, entries, classes)
  lines[#lines + 1] = ""
  lines[#lines + 1] = "---hub.models[NAME] { ... }: one task, waited for."
  lines[#lines + 1] = "---@class rhub.models"
  local form = "---@field [%s] fun(params: %s, options?: rhub.submit_options): rhub.result?, rhub.error?"
  local seen = {}
  for _, entry in ipairs(entries) do
    for name in catalogue.each_name(entry) do
      if not seen[name] and catalogue.find(name).endpoint == entry.endpoint then
        seen[name] = true
        lines[#lines + 1] = form:format(quote(name), classes[entry])
      end
    end
  end
  lines[#lines + 1] = form:format("string", "table")
end

-- LuaLS takes several fields of one name for one function's overloads. `---@overload` would stand at a
-- definition of the method, and definitions in a second file are not looked at once the class has the field.
local function add_method(lines, method, returns, entries, classes)
  local form = "---@field %s fun(self: rhub.hub, model: %s, params: %s, options?: rhub.submit_options): "
    .. returns .. ", rhub.error?"
  for _, entry in ipairs(entries) do
    if entry.status == "listed" then
      lines[#lines + 1] = form:format(method, quote(entry.endpoint), classes[entry])
    end
  end
  lines[#lines + 1] = form:format(method, "string", "table")
end

local HEAD = [[
%s
-- (rhub %s) on %s from its catalogue of %d models%s.
-- Make it anew after an update of rhub, or after a change to models of your own. Read by language servers;
-- nothing runs it.
---@diagnostic disable: duplicate-doc-field

---A local file, an address, or what earlier calls have made.
---@alias rhub.media string|rhub.file|rhub.result|rhub.task|rhub.upload

---Text, or a result that is text.
---@alias rhub.text string|rhub.result|rhub.task

---What every model takes.
---@class rhub.params.common]]

local function add_head(lines, entries, about)
  local own = about.own > 0 and (", %d of them your own"):format(about.own) or ""
  lines[1] = HEAD:format(write.first_lines, about.version, about.date, #entries, own)
  for _, param in ipairs(common) do add_field(lines, param) end
end

-- The whole file. What the catalogue says is a comment to those who read it on a terminal, too.
---@param about { version: string, date: string }
---@return string text
---@return integer models how many it describes
function write.all(about)
  local entries, classes, taken, own = {}, {}, { ["rhub.params.common"] = true }, 0
  local is_own = {}
  for _, entry in ipairs(require("rhub.catalogue.own").all()) do is_own[entry] = true end
  for _, entry in ipairs(catalogue.all()) do
    if entry.status ~= "removed" then
      entries[#entries + 1] = entry
      classes[entry] = unique(bare_class(entry.endpoint), taken)
      if is_own[entry] then own = own + 1 end
    end
  end
  local lines = {}
  add_head(lines, entries, { version = about.version, date = about.date, own = own })
  for _, entry in ipairs(entries) do add_class(lines, entry, classes[entry]) end
  add_indexed(lines, entries, classes)
  lines[#lines + 1] = ""
  lines[#lines + 1] = "---@class rhub.hub"
  add_method(lines, "run", "rhub.result?", entries, classes)
  add_method(lines, "submit", "rhub.task?", entries, classes)
  return plain.lines(table.concat(lines, "\n")) .. "\n", #entries
end

return write
