-- Templates over columns: "{subject}, oil painting". `{{` and `}}` stand for braces. A template that is one
-- column and nothing else keeps the type that its value has.

local nearest = require "rhub.nearest"

local concat = table.concat

local template = {}

---@class rhub.batch.template
---@field text string
---@field parts (string|{ name: string, width: integer|nil })[]
local Template = {}
Template.__index = Template

-- "row:04" -> { name = "row", width = 4 }
local function placeholder(text)
  local name, format = text:match "^%s*(.-)%s*:0?(%d%d?)%s*$"
  if name and name ~= "" then
    return { name = name, width = math.tointeger(tonumber(format)), whole = text }
  end
  return { name = text:match "^%s*(.-)%s*$", whole = text }
end

-- Reads a template.
---@param text string
---@return rhub.batch.template|nil
---@return string|nil problem
function template.new(text)
  local parts, at, literal = {}, 1, ""
  while at <= #text do
    local brace = text:find("[{}]", at)
    literal = literal .. text:sub(at, (brace or #text + 1) - 1)
    if not brace then break end
    local char = text:sub(brace, brace)
    if text:sub(brace + 1, brace + 1) == char then
      literal, at = literal .. char, brace + 2
    elseif char == "}" then
      return nil, ('"%s": a single }: write }} where a brace is meant'):format(text)
    else
      local stop = text:find("[{}]", brace + 1)
      if not stop or text:sub(stop, stop) == "{" then
        return nil, ('"%s": a { that is not closed: write {{ where a brace is meant'):format(text)
      end
      local column = placeholder(text:sub(brace + 1, stop - 1))
      if column.name == "" then return nil, ('"%s": {} names no column'):format(text) end
      if literal ~= "" then parts[#parts + 1] = literal end
      parts[#parts + 1], literal, at = column, "", stop + 1
    end
  end
  if literal ~= "" then parts[#parts + 1] = literal end
  return setmetatable({ text = text, parts = parts }, Template)
end

-- What is wrong with a name that no column has.
---@param name string
---@param columns string[]
---@return string
function template.unknown(name, columns)
  local near = nearest.find(name, columns)
  if #columns == 0 then return ('no column "%s"; the row has none at all'):format(name) end
  if near then return ('no column "%s"; did you mean %s?'):format(name, near) end
  return ('no column "%s"; there are %s'):format(name, table.concat(columns, ", "))
end

local function names_of(values)
  local names = {}
  for name in pairs(values) do names[#names + 1] = name end
  table.sort(names)
  return names
end

-- A column's value; one of a name that has a colon in it comes before a width.
local function value_of(part, values)
  local value = values[part.whole]
  if value == nil then return values[part.name], part.width end
  return value
end

-- The columns that it names.
---@return string[]
function Template:columns()
  local list = {}
  for _, part in ipairs(self.parts) do
    if type(part) == "table" then list[#list + 1] = part.name end
  end
  return list
end

-- The columns that it may mean: those that it names, and those whose own names have the colon in them.
---@return string[]
function Template:candidates()
  local list = self:columns()
  for _, part in ipairs(self.parts) do
    if type(part) == "table" and part.whole ~= part.name then list[#list + 1] = part.whole end
  end
  return list
end

-- The first of its columns that is none of these.
---@param known table<string, any> columns as keys
---@return string|nil name
function Template:missing(known)
  for _, part in ipairs(self.parts) do
    if type(part) == "table" and value_of(part, known) == nil then return part.name end
  end
end

local function text_of(value, width)
  if math.type(value) == "float" and math.tointeger(value) then value = math.tointeger(value) end
  local number = width and math.tointeger(tonumber(value))
  if number then return ("%0" .. width .. "d"):format(number) end
  return tostring(value)
end

-- Fills it in.
---@param values table<string, any>
---@return any value nil: it cannot be
---@return string|nil problem
---@return string|nil column that the problem is about
function Template:fill(values)
  local parts, made = self.parts, {}
  for i = 1, #parts do
    local part = parts[i]
    if type(part) == "string" then
      made[i] = part
    else
      local value, width = value_of(part, values)
      if value == nil then return nil, template.unknown(part.name, names_of(values)), part.name end
      if #parts == 1 and not width then return value end
      if type(value) == "table" then
        return nil, ('"%s" is no text: let it stand alone, as {%s}'):format(part.name, part.name), part.name
      end
      made[i] = type(value) == "string" and not width and value or text_of(value, width)
    end
  end
  return concat(made)
end

-- ---- templates within values ------------------------------------------------------------------

-- A value of any type, whose texts are templates. A text that names no column is settled here, once.
---@param value any
---@return any compiled
---@return string|nil problem
function template.of(value)
  if type(value) == "string" then
    local made, problem = template.new(value)
    if not made or #made:columns() > 0 then return made, problem end
    return made:fill {}
  end
  if type(value) ~= "table" then return value end
  local made = setmetatable({}, getmetatable(value))
  for key, item in pairs(value) do
    local inner, problem = template.of(item)
    if problem then return nil, problem end
    made[key] = inner
  end
  return made
end

-- Calls `visit` for each template in a compiled value.
---@param compiled any
---@param visit fun(one: rhub.batch.template)
function template.walk(compiled, visit)
  if getmetatable(compiled) == Template then return visit(compiled) end
  if type(compiled) ~= "table" then return end
  for _, item in pairs(compiled) do template.walk(item, visit) end
end

-- Fills in all of a compiled value. Results as of Template:fill.
---@param compiled any
---@param values table<string, any>
---@return any value
---@return string|nil problem
---@return string|nil column
function template.fill(compiled, values)
  if type(compiled) ~= "table" then return compiled end
  if getmetatable(compiled) == Template then return compiled:fill(values) end
  local made = setmetatable({}, getmetatable(compiled))
  for key, item in pairs(compiled) do
    local value, problem, column = template.fill(item, values)
    if problem then return nil, problem, column end
    made[key] = value
  end
  return made
end

return template
