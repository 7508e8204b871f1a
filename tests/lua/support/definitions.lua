-- Reads a file of definitions as LuaLS does: classes, their fields, and the fields' types as sets of members.

local definitions = {}

local read_type

-- One word of a type from `at` on: what kind it is, its text, and where the next begins.
local function read_word(text, at)
  at = text:match("^%s*()", at)
  if text:sub(at, at) == '"' then
    local stop = at + 1
    while text:sub(stop, stop) ~= '"' do
      assert(stop <= #text, "no end of a string: " .. text)
      stop = stop + (text:sub(stop, stop) == "\\" and 2 or 1)
    end
    return "literal", text:sub(at, stop), stop + 1
  end
  local word, after = text:match("^(%-?%d+)()%f[^%w.]", at)
  if word then return "literal", word, after end
  word, after = text:match("^([%a_\x80-\xFF][%w_.\x80-\xFF]*)()", at)
  return word and "name", word, after
end

-- fun(NAME?: TYPE, ...): TYPE?, TYPE?
local function read_function(text, at)
  local args, returns = {}, {}
  repeat
    local name, mark
    name, mark, at = text:match("^%s*([%w_]+)(%??):()", at)
    assert(name, "no argument: " .. text)
    args[#args + 1] = { name = name, optional = mark == "?" }
    args[#args].type, at = read_type(text, at)
    local more = text:sub(at, at)
    at = at + 1
  until more ~= ","
  assert(text:sub(at - 1, at) == "):", "no end of the arguments: " .. text)
  at = at + 1
  while true do
    returns[#returns + 1], at = read_type(text, at)
    if text:sub(at, at) ~= "," then break end
    at = at + 1
  end
  return { args = args, returns = returns }, at
end

local function read_unit(text, at)
  local unit
  if text:find("^%s*%(", at) then
    unit, at = read_type(text, text:find("(", at, true) + 1)
    assert(text:sub(at, at) == ")", "no ) in " .. text)
    at = at + 1
  elseif text:find("^%s*fun%(", at) then
    return read_function(text, text:find("(", at, true) + 1)
  else
    local kind, word
    kind, word, at = read_word(text, at)
    assert(kind, "no type in " .. text)
    unit = { [word] = true }
  end
  if text:sub(at, at + 1) == "[]" then
    local items = {}
    for word in pairs(unit) do items[word .. "[]"] = true end
    return items, at + 2
  end
  return unit, at
end

-- A union as a set of its members: { ['"5"'] = true, ["rhub.media[]"] = true }; a function as a table of its
-- own. `nil` is among the members of TYPE?.
function read_type(text, at)
  local union = {}
  repeat
    local unit
    unit, at = read_unit(text, at)
    if unit.args then return unit, at end
    for word in pairs(unit) do union[word] = true end
    local more = text:sub(at, at)
    if more == "|" or more == "?" then at = at + 1 end
    if more == "?" then union["nil"] = true end
  until more ~= "|"
  return union, at
end

---@param text string
function definitions.unquote(text)
  return assert(load("return " .. text))()
end

local function read_field(line)
  local rest = line:match("^%-%-%-@field (.+)$")
  local name, mark, at
  if rest:sub(1, 2) == '["' then
    local _, word, after = read_word(rest, 2)
    name, mark, at = definitions.unquote(word), rest:match("^%](%??) ()", after)
  else
    name, mark, at = rest:match("^([%w_%[%]]+)(%??) ()")
  end
  assert(name, "no field: " .. line)
  local type_, after = read_type(rest, at)
  assert(rest:find("^%s*$", after) or rest:find("^ # %S", after), "what stands behind the type: " .. line)
  return { name = name, optional = mark == "?", type = type_, line = line }
end

-- Classes by name, each with `parent`, its fields in order and the comment above it.
---@param text string
function definitions.read(text)
  local classes, class, above = {}, nil, nil
  for line in text:gmatch("[^\n]+") do
    local name, parent = line:match("^%-%-%-@class ([^%s:]+):? ?(%S*)$")
    if name then
      assert(name:find("^[%a_][%w_.]*$") and not name:find("..", 1, true) and not name:find("%.%d"), name)
      assert(not classes[name], name .. " stands twice")
      class = { parent = parent, above = above, fields = {}, by_name = {} }
      classes[name] = class
    elseif line:find("^%-%-%-@field ") then
      local field = read_field(line)
      table.insert(class.fields, field)
      class.by_name[field.name] = field
    else
      assert(line:find("^%-%-"), line)
    end
    above = line
  end
  return classes
end

return definitions
