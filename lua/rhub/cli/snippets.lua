-- Ready to paste: one call of a model as a command, in Lua, in C and with curl. The values are examples that
-- the checker lets pass.

local json = require "rhub.json"
local layout = require "rhub.cli.layout"
local plain = require "rhub.cli.plain"

local snippets = {}

local ENDINGS = { image = "png", video = "mp4", audio = "mp3" }

-- ---- example values ---------------------------------------------------------------------------

local function address(param)
  local ending = param.accept and param.accept[1] and param.accept[1]:sub(2) or ENDINGS[param.type]
  return ("https://example.com/%s.%s"):format(param.type, ending)
end

local function example_number(param)
  local n = param.min or math.min(1, param.max or 1)
  return param.type == "integer" and math.tointeger(n) or n
end

local function one_value(param)
  if param.default ~= nil then return param.default end
  if param.enum then return param.enum[1] end
  if ENDINGS[param.type] then return address(param) end
  if param.type == "boolean" then return false end
  if param.type == "integer" or param.type == "number" then return example_number(param) end
  return (param.max_length or 3) < 3 and "a" or "..."
end

-- An object's inner shape is documented nowhere: a list with one address is a guess at most of them.
local OBJECT = json.array { "https://example.com/image.png" }

local function find(entry, name)
  for _, param in ipairs(entry.params) do
    if param.name == name then return param end
  end
end

-- What to give where one of several has to be: a prompt, else media, else text, an object last.
local function preferred(entry, names)
  local best, least
  for _, name in ipairs(names) do
    local param = find(entry, name)
    local cost = not param and 4 or name == "prompt" and 1 or ENDINGS[param.type] and 2 or 3
    if not least or cost < least then best, least = name, cost end
  end
  return best
end

local function has_any(chosen, names)
  for _, name in ipairs(names) do
    if chosen[name] then return true end
  end
  return false
end

local function holds(entry, chosen, name, value)
  local param = find(entry, name)
  local given = param and (chosen[name] and one_value(param) or param.default)
  return given ~= nil and tostring(given) == tostring(value)
end

local function all_hold(entry, chosen, when)
  for name, value in pairs(when) do
    if not holds(entry, chosen, name, value) then return false end
  end
  return true
end

local function choose(chosen, names)
  for _, name in ipairs(names) do chosen[name] = true end
end

-- What a rule asks for beyond the parameters that are required anyway.
local MORE = {
  exactly_one = function(entry, chosen, rule)
    if not has_any(chosen, rule) then chosen[preferred(entry, rule)] = true end
  end,
  together = function(_, chosen, rule)
    if has_any(chosen, rule) then choose(chosen, rule) end
  end,
  needs = function(entry, chosen, rule)
    if has_any(chosen, rule) and not has_any(chosen, rule.any) then
      chosen[preferred(entry, rule.any)] = true
    end
  end,
  required = function(entry, chosen, rule)
    if rule.when and not all_hold(entry, chosen, rule.when) then return end
    for name, value in pairs(rule.unless or {}) do
      if holds(entry, chosen, name, value) then return end
    end
    choose(chosen, rule)
  end,
}
MORE.at_least_one = MORE.exactly_one

local function choose_for(entry)
  local chosen = {}
  for _, param in ipairs(entry.params) do
    if param.required or param.name == "prompt" then chosen[param.name] = true end
  end
  for _, rule in ipairs(entry.rules or {}) do
    if MORE[rule.rule] then MORE[rule.rule](entry, chosen, rule) end
  end
  return chosen
end

---@class rhub.cli.example
---@field name string
---@field value any

-- The parameters of an example call: those that are required, and the prompt.
---@param entry rhub.model
---@return rhub.cli.example[] in the entry's order
function snippets.example(entry)
  local chosen, list = choose_for(entry), {}
  for _, param in ipairs(entry.params) do
    if chosen[param.name] then
      local value = one_value(param)
      list[#list + 1] = { name = param.name, value = param.list and json.array { value } or value }
    end
  end
  for _, name in ipairs(entry.object_params or {}) do
    if chosen[name] and not find(entry, name) then list[#list + 1] = { name = name, value = OBJECT } end
  end
  return list
end

-- ---- as words of a shell ----------------------------------------------------------------------

local function shell_word(name, value)
  if type(value) == "table" then
    if #value == 1 and value ~= OBJECT then return shell_word(name, value[1]) end
    return plain.word(name .. ":=" .. assert(json.encode(value)))
  end
  local text = tostring(value)
  if text == "..." then return plain.word(name) .. '="..."' end
  return plain.word(name .. "=" .. text)
end

local function broken(words, width, ending)
  local lines = layout.wrap(words, " ", width - #ending)
  for i = 1, #lines do
    lines[i] = (i > 1 and "  " or "") .. lines[i] .. (i < #lines and ending or "")
  end
  return lines
end

---@param entry rhub.model
---@param example rhub.cli.example[]
---@param width number
---@return string[] lines
function snippets.command(entry, example, width)
  local words = { "rhub run " .. plain.word(entry.endpoint) }
  for _, one in ipairs(example) do words[#words + 1] = shell_word(one.name, one.value) end
  words[#words + 1] = "-o out/"
  return broken(words, width - 2, " \\")
end

-- ---- in Lua -----------------------------------------------------------------------------------

local KEYWORDS = {}
for word in ([[and break do else elseif end false for function goto if in local nil not or repeat return
  then true until while]]):gmatch("%a+") do KEYWORDS[word] = true end

local function lua_value(value)
  if type(value) == "string" then return ("%q"):format(value) end
  if type(value) ~= "table" then return tostring(value) end
  local items = {}
  for i, item in ipairs(value) do items[i] = lua_value(item) end
  return "{ " .. table.concat(items, ", ") .. " }"
end

local function lua_field(one)
  local plain_name = one.name:find("^[%a_][%w_]*$") and not KEYWORDS[one.name]
  return ("%s = %s"):format(plain_name and one.name or ("[%q]"):format(one.name), lua_value(one.value))
end

---@param entry rhub.model
---@param example rhub.cli.example[]
---@param width number
---@return string[] lines
function snippets.lua(entry, example, width)
  local fields = {}
  for i, one in ipairs(example) do fields[i] = lua_field(one) .. (i < #example and "," or "") end
  local head, tail = ("local result = assert(hub:run(%q, {"):format(entry.endpoint), "}))"
  local lines = { 'local hub = require("rhub").client()' }
  local middle = layout.wrap(fields, " ", width - 2)
  local one_line = ("%s %s %s"):format(head, middle[1] or "", tail):gsub("{  }", "{}")
  if #middle < 2 and plain.cells(one_line) <= width then
    lines[2] = one_line
  else
    lines[2] = head
    for _, line in ipairs(middle) do lines[#lines + 1] = "  " .. line end
    lines[#lines + 1] = tail
  end
  lines[#lines + 1] = 'result:save("out/")'
  return lines
end

-- ---- JSON, for C and curl ---------------------------------------------------------------------

-- The object's text in items that may stand on lines of their own.
local function json_items(example)
  local items = {}
  for i, one in ipairs(example) do
    items[i] = ("%s%s:%s%s"):format(i == 1 and "{" or "", assert(json.encode(one.name)),
      assert(json.encode(one.value)), i < #example and "," or "}")
  end
  return #items > 0 and items or { "{}" }
end

local function c_literal(text)
  return '"' .. text:gsub('[\\"]', "\\%0"):gsub("%?%?", "?\\?") .. '"'
end

---@param entry rhub.model
---@param example rhub.cli.example[]
---@param width number
---@return string[] lines
function snippets.c(entry, example, width)
  local lines = { "rhub_ticket ticket;", "rhub_error error;",
    "rhub_task_options task = RHUB_TASK_OPTIONS_INIT;",
    ("task.endpoint = %s;"):format(c_literal(entry.endpoint)) }
  local literals = {}
  for i, text in ipairs(layout.wrap(json_items(example), "", width * 2 // 3)) do
    literals[i] = c_literal(text)
  end
  literals[#literals] = literals[#literals] .. ";"
  layout.hang(literals, "task.params = ", lines)
  lines[#lines + 1] = "task.params_len = strlen(task.params);"
  lines[#lines + 1] = "if (rhub_submit(client, &task, &ticket, &error) != RHUB_OK)"
  lines[#lines + 1] = [[  fprintf(stderr, "%s\n", error.message);]]
  return lines
end

-- An endpoint as it stands in an address: some have brackets.
---@param endpoint string
---@return string
function snippets.path(endpoint)
  return (endpoint:gsub("[^%w%-._~/]", function(byte) return ("%%%02X"):format(byte:byte()) end))
end

-- The key reaches curl through a pipe: in its arguments every user of the machine could read it.
---@param entry rhub.model
---@param example rhub.cli.example[]
---@param width number
---@param site? "ai"|"cn"
---@return string[] lines
function snippets.curl(entry, example, width, site)
  local lines = {
    [[printf 'Authorization: Bearer %s' "$RUNNINGHUB_API_KEY" |]],
    ("curl https://www.runninghub.%s/openapi/v2/%s \\"):format(site or "ai", snippets.path(entry.endpoint)),
    '  -H @- -H "Content-Type: application/json" \\',
  }
  local body = layout.wrap(json_items(example), "", width - 8)
  for i, line in ipairs(body) do body[i] = line:gsub("'", [['\'']]) end
  body[#body] = body[#body] .. "'"
  layout.hang(body, "  -d '", lines)
  return lines
end

return snippets
