-- ComfyUI graphs in the API's format: a table from a node's id to { class_type, inputs, _meta }. Reads them,
-- lists their nodes, and finds what "6.text" or "Positive prompt.text" means. Knows no client and no files.

local json = require "rhub.json"
local nearest = require "rhub.nearest"

local graph = {}

---@class rhub.graph.node
---@field class_type string
---@field inputs table<string, any> values, and links: { node's id, number of its output }
---@field _meta? { title?: string }

---@class rhub.graph
---@field [string] rhub.graph.node
local Graph = { __name = "rhub.graph" }
Graph.__index = Graph

-- Whether an input is another node's output. The rule is ComfyUI's own.
---@param value any
---@return boolean
function graph.is_link(value)
  return type(value) == "table" and #value == 2 and type(value[1]) == "string"
    and math.type(value[2]) ~= nil
end

---@param node rhub.graph.node
---@return string
function graph.title(node)
  local title = type(node._meta) == "table" and node._meta.title
  return type(title) == "string" and title ~= "" and title or node.class_type
end

-- ---- reading ----------------------------------------------------------------------------------

local EXPORT = "is a graph as the web page saves it: export it in the API format"

-- What is wrong with one node, or nil.
local function node_problem(id, node)
  if type(id) ~= "string" then return "has nodes without an id: keys are text, such as [\"6\"]" end
  if Graph[id] then return ("has a node called %s, a word that stands for something else here"):format(id) end
  if type(node) ~= "table" then return ("is no graph in the API format: %s is no node"):format(id) end
  if type(node.class_type) ~= "string" then return ("is no graph: node %s has no class_type"):format(id) end
  if node.inputs ~= nil and type(node.inputs) ~= "table" then
    return ("is no graph: the inputs of node %s are no table"):format(id)
  end
end

local DEEPEST = 512 -- tables in tables; the encoder refuses what is deeper

-- A copy of tables; lists stay lists, and what has a metatable of its own, such as a file, stays itself.
local function deep_copy(value, level)
  local class = getmetatable(value)
  if type(value) ~= "table" or class and class ~= json.array_mt or level > DEEPEST then return value end
  local copy = {}
  for name, one in next, value do copy[name] = deep_copy(one, level + 1) end
  return class and json.array(copy) or copy
end

local function copy_nodes(nodes)
  local copy = {}
  for id, node in next, nodes do copy[id] = deep_copy(node, 3) end
  return copy
end

-- Makes a graph of a table or of its JSON. The caller's table stays as it is.
---@param value table|string
---@return rhub.graph|nil
---@return string|nil problem goes on after "the graph"
function graph.read(value)
  if type(value) == "string" then
    local decoded, err = json.decode(value, { big = "string" }) -- seeds go up to 2^64 - 1
    if err then return nil, "is no JSON: " .. err.message end
    value = decoded
  end
  if type(value) ~= "table" then return nil, "is neither a table nor a JSON object" end
  if type(value.nodes) == "table" and type(value.links) == "table" then return nil, EXPORT end
  if type(value.prompt) == "table" and not value.prompt.class_type then value = value.prompt end
  if next(value) == nil then return nil, "has no nodes" end
  for id, node in next, value do
    local problem = node_problem(id, node)
    if problem then return nil, problem end
  end
  local nodes = copy_nodes(value)
  for _, node in pairs(nodes) do node.inputs = node.inputs or {} end
  return setmetatable(nodes, Graph)
end

-- A copy that can be changed.
---@return rhub.graph
function Graph:copy() return setmetatable(copy_nodes(self), Graph) end

-- ---- listing ----------------------------------------------------------------------------------

-- "12:3", a node inside of a group, comes after "12".
local function parts_of(id)
  local parts = {}
  for part in id:gmatch("[^:]+") do parts[#parts + 1] = tonumber(part) or part end
  return parts
end

local function comes_before(a, b)
  local x, y = parts_of(a), parts_of(b)
  for i = 1, math.max(#x, #y) do
    if x[i] ~= y[i] then
      if x[i] == nil or y[i] == nil then return x[i] == nil end
      if type(x[i]) ~= type(y[i]) then return type(x[i]) == "number" end
      return x[i] < y[i]
    end
  end
  return a < b
end

-- Ids in numeric order.
---@return string[]
function Graph:ids()
  local ids = {}
  for id in pairs(self) do ids[#ids + 1] = id end
  table.sort(ids, comes_before)
  return ids
end

---@class rhub.node
---@field id string
---@field title string
---@field class string
---@field fields table<string, any> what can be set, with its present value
---@field links table<string, { node: string, output: integer }> what other nodes give

local function describe(id, node)
  local one = { id = id, title = graph.title(node), class = node.class_type, fields = {}, links = {} }
  for name, value in pairs(node.inputs) do
    if graph.is_link(value) then
      one.links[name] = { node = value[1], output = value[2] }
    else
      one.fields[name] = value
    end
  end
  return one
end

-- All nodes, in the order of their ids.
---@return rhub.node[]
function Graph:nodes()
  local list = {}
  for i, id in ipairs(self:ids()) do list[i] = describe(id, self[id]) end
  return list
end

function Graph:__tostring()
  return ("rhub.graph (%d nodes)"):format(#self:ids())
end

-- ---- finding ----------------------------------------------------------------------------------

---@param id string
---@return string "6 (Positive prompt)"
function Graph:name(id)
  return ("%s (%s)"):format(id, graph.title(self[id]))
end

local function settable(node)
  local names = {}
  for name, value in pairs(node.inputs) do
    if not graph.is_link(value) then names[#names + 1] = name end
  end
  table.sort(names)
  return names
end

local function ids_with_title(self, title)
  local ids = {}
  for _, id in ipairs(self:ids()) do
    if graph.title(self[id]) == title then ids[#ids + 1] = id end
  end
  return ids
end

-- Every way to read a name as NODE.FIELD: titles and fields may have dots in them.
local function splits(name)
  local list, at = {}, name:find(".", 1, true)
  while at do
    if at > 1 and at < #name then list[#list + 1] = { name:sub(1, at - 1), name:sub(at + 1) } end
    at = name:find(".", at + 1, true)
  end
  return list
end

-- The ids that a name may mean, and the field. An id comes before a title, a title that has such a field
-- before one that has not.
local function candidates(self, name)
  local ids, field
  for _, split in ipairs(splits(name)) do
    if rawget(self, split[1]) then return { split[1] }, split[2] end
    local titled = ids_with_title(self, split[1])
    local fits = titled[1] and self[titled[1]].inputs[split[2]] ~= nil
    if #titled > 0 and (not ids or fits) then ids, field = titled, split[2] end
    if fits then break end
  end
  return ids, field
end

local MOST_NAMED = 8

local function named(self, ids)
  local names = {}
  for i = 1, math.min(#ids, MOST_NAMED) do names[i] = self:name(ids[i]) end
  if #ids > MOST_NAMED then names[#names + 1] = ("... (%d in all)"):format(#ids) end
  return table.concat(names, ", ")
end

local function unknown_node(self, name)
  local split = splits(name)[1]
  if not split then return { message = "names no field", allowed = "write NODE.FIELD, such as 6.text" } end
  local head, field = split[1], split[2]
  local names, having = {}, {}
  for _, id in ipairs(self:ids()) do
    names[#names + 1] = graph.title(self[id])
    local value = self[id].inputs[field]
    if value ~= nil and not graph.is_link(value) then having[#having + 1] = id end
  end
  local near = nearest.find(head, names)
  local allowed = #having > 0 and ("%s is a field of %s"):format(field, named(self, having))
    or "nodes are " .. named(self, self:ids())
  return { message = "no such node", allowed = allowed, suggestion = near and near .. "." .. field }
end

local function unknown_field(self, id, field)
  local names = settable(self[id])
  local near = nearest.find(field, names)
  local what = ("node %s has no field %s"):format(self:name(id), field)
  if #names == 0 then return { message = what .. " and none that can be set" } end
  return { message = what, allowed = "it has " .. table.concat(names, ", "),
    suggestion = near and id .. "." .. near }
end

local function ambiguous(ids, field)
  local ways = {}
  for i, id in ipairs(ids) do ways[i] = id .. "." .. field end
  return { message = ("%d nodes are called so"):format(#ids),
    allowed = "write " .. table.concat(ways, " or ") }
end

-- What is wrong with setting a field of a node, or nil.
---@param id string
---@param field string
---@return rhub.problem|nil problem without `param` and `value`
function Graph:field_problem(id, field)
  if not rawget(self, id) then return unknown_node(self, id .. "." .. field) end
  local present = self[id].inputs[field]
  if present == nil then return unknown_field(self, id, field) end
  if not graph.is_link(present) then return nil end
  local from = rawget(self, present[1]) and self:name(present[1]) or present[1]
  return { message = ("comes from node %s and cannot be set"):format(from),
    allowed = "set a field of that node, or give a graph of your own" }
end

-- What "6.text" or "Positive prompt.text" names.
---@param name string
---@return string|nil id
---@return string|rhub.problem field or what is wrong, without `param` and `value`
function Graph:find(name)
  local ids, field = candidates(self, name)
  if not ids then return nil, unknown_node(self, name) end
  if #ids > 1 then return nil, ambiguous(ids, field) end
  local problem = self:field_problem(ids[1], field)
  if problem then return nil, problem end
  return ids[1], field
end

-- ---- values -----------------------------------------------------------------------------------

local KINDS = { string = "text", number = "a number", boolean = "true or false", table = "a table" }

-- Whole numbers beyond 64 bits would lose digits, and a seed with other digits is another picture.
local TOO_BIG = ("a whole number that can be sent exactly (up to %d)"):format(math.maxinteger)

local function number_of(text)
  if not text:find("^%s*-?[%d.]+[eE]?[+-]?%d*%s*$") then return nil end
  local number = tonumber(text)
  if math.type(number) ~= "float" then return number end
  if text:find("^%s*-?%d+%s*$") then return nil, TOO_BIG end
  return math.tointeger(number) or number -- 2e1 is 20
end

-- Text that says a number or a truth is taken for it, as from the command line.
local function coerced(value, wanted)
  if type(value) ~= "string" then return nil end
  if wanted == "number" then return number_of(value) end
  if wanted == "boolean" then
    local word = value:lower()
    if word == "true" or word == "false" then return word == "true" end
  end
end

-- A number too large for an integer is kept as its digits.
local function is_big(present)
  return type(present) == "string" and #present >= 19 and present:find("^%d+$") ~= nil
end

-- A value in place of the present one: as it is to be sent, or nil and what would be right.
---@param value any
---@param present any
---@return any value
---@return string|nil wanted
function graph.fit(value, present)
  local wanted = type(present)
  if present == json.null or type(value) == wanted then return value end
  if is_big(present) and math.type(value) == "integer" then return value end
  local other, why = coerced(value, wanted)
  if other ~= nil then return other end
  return nil, why or KINDS[wanted] or wanted
end

return graph
