-- Requests made from the catalogue: valid ones by chance, and ones with a single thing wrong. Written from
-- the entries alone: what rhub.check and the sandbox make of them is what specs are about.

local json = require "rhub.json"

local requests = {}

local ADDRESSES = { image = "https://example.com/%d.png", video = "https://example.com/%d.mp4",
  audio = "https://example.com/%d.mp3" }

local function pick(list, random) return list[random(#list)] end

local function step_of(param) return param.step or (param.type == "integer" and 1 or 0.5) end

-- A number within the limits and on a step.
local function number(param, random)
  local step = step_of(param)
  local low = param.min or (param.max and param.max - 5 * step) or 0
  local high = param.max or low + 5 * step
  local steps = math.floor((high - low) / step + 1e-9)
  local n = low + random(0, math.min(steps, 1000)) * step
  if n > high then n = high end
  return param.type == "integer" and math.tointeger(n) or n
end

local MAKERS = {}
function MAKERS.enum(param, random)
  local choice = pick(param.enum, random)
  return param.numbers and tonumber(choice) or choice
end
function MAKERS.boolean(_, random) return random(2) == 1 end
MAKERS.integer, MAKERS.number = number, number

local TEXT = ("ä word 词 "):rep(4)

function MAKERS.string(param, random)
  local characters = random(1, math.min(param.max_length or 30, 30))
  return TEXT:sub(1, utf8.offset(TEXT, characters) - 1) .. "x"
end

for kind, address in pairs(ADDRESSES) do
  MAKERS[kind] = function(_, random) return address:format(random(1000)) end
end

-- A value that the parameter takes.
function requests.value(param, random)
  if not param.list then return MAKERS[param.type](param, random) end
  local items = {}
  for i = 1, random(1, math.min(param.max_items or 3, 3)) do items[i] = MAKERS[param.type](param, random) end
  return json.array(items)
end

local function find(entry, name)
  for _, param in ipairs(entry.params) do
    if param.name == name then return param end
  end
end

local function give(entry, params, name, random)
  local param = find(entry, name)
  if params[name] == nil then params[name] = param and requests.value(param, random) or { { id = 1 } } end
end

local REPAIRS = {}

function REPAIRS.exactly_one(rule, entry, params, random)
  local kept = pick(rule, random)
  for _, name in ipairs(rule) do
    if name ~= kept then params[name] = nil end
  end
  give(entry, params, kept, random)
end

function REPAIRS.at_least_one(rule, entry, params, random) give(entry, params, pick(rule, random), random) end

function REPAIRS.at_most(rule, _, params)
  for i = 2, #rule do
    local list = params[rule[i]]
    while list and #list > 1 do table.remove(list) end
  end
end

function REPAIRS.together(rule, entry, params, random)
  local any = false
  for _, name in ipairs(rule) do any = any or params[name] ~= nil end
  for _, name in ipairs(rule) do
    if any then give(entry, params, name, random) end
  end
end

function REPAIRS.needs(rule, entry, params, random)
  if params[rule[1]] ~= nil then give(entry, params, rule.any[1], random) end
end

function REPAIRS.only_when(rule, _, params)
  local name, value = next(rule.when)
  if params[name] == value then return end
  for _, one in ipairs(rule) do params[one] = nil end
end

function REPAIRS.required(rule, entry, params, random)
  for _, name in ipairs(rule) do give(entry, params, name, random) end
end

function REPAIRS.ignored(rule, _, params)
  for _, name in ipairs(rule) do params[name] = nil end
end

function REPAIRS.picture_size() end

-- A valid request: every required parameter, the others by chance.
---@param entry rhub.model
---@param random fun(m: integer, n?: integer): integer as math.random
---@return table params
function requests.valid(entry, random)
  local params = {}
  for _, param in ipairs(entry.params) do
    if param.required or random(2) == 1 then params[param.name] = requests.value(param, random) end
  end
  for _, rule in ipairs(entry.rules or {}) do REPAIRS[rule.rule](rule, entry, params, random) end
  return params
end

local WRONG = {}

function WRONG.enum() return { "no such choice" } end
function WRONG.boolean() return { "perhaps" } end

function WRONG.integer(param)
  local list = { "many", 1.25 }
  if param.min then list[#list + 1] = param.min - 1 end
  if param.max then list[#list + 1] = param.max + 1 end
  if param.step and param.step > 1 and param.min then list[#list + 1] = param.min + 1 end
  return list
end

function WRONG.number(param)
  local list = { "much" }
  if param.min then list[#list + 1] = param.min - 0.5 end
  if param.max then list[#list + 1] = param.max + 0.5 end
  if param.step and param.min then list[#list + 1] = param.min + param.step / 2 end
  return list
end

function WRONG.string(param)
  local list = { 5, true }
  if param.max_length then list[#list + 1] = ("ä"):rep(param.max_length + 1) end
  return list
end

function WRONG.image() return { 5, "ftp://example.com/a", "https:///a", "https://example.com/a b" } end
WRONG.video, WRONG.audio = WRONG.image, WRONG.image

local function with(params, name, value)
  local copy = {}
  for k, v in pairs(params) do copy[k] = v end
  copy[name] = value
  return copy
end

-- Requests with one thing wrong, for one parameter of a valid request.
---@return { param: string, params: table, what: string }[]
function requests.wrong(param, params)
  local list = {}
  local function add(value, what)
    list[#list + 1] = { param = param.name, what = what, params = with(params, param.name, value) }
  end
  for _, value in ipairs(WRONG[param.type](param)) do
    local text = tostring(value):sub(1, 30)
    if param.list then
      add(json.array { value }, "a list with " .. text)
    else
      add(value, text)
    end
  end
  if param.list and param.max_items then
    local items, one = {}, { type = param.type, enum = param.enum }
    for i = 1, param.max_items + 1 do items[i] = requests.value(one, math.random) end
    add(json.array(items), "one item too many")
  end
  if param.required and param.default == nil then add(nil, "nothing") end
  return list
end

-- A random generator with a seed of its own, so that a failure can be had again.
---@param seed integer
function requests.random(seed)
  local state = seed
  return function(m, n)
    state = (state * 6364136223846793005 + 1442695040888963407) & 0x7FFFFFFFFFFFFFFF
    local low, high = n and m or 1, n or m
    return low + (state >> 24) % (high - low + 1)
  end
end

return requests
