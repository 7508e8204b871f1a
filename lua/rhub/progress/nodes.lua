-- What ComfyUI's messages say of a graph that runs: which nodes are done, which one is at work, at which
-- step. Knows no connection; what it is given may be anything.

local graph = require "rhub.graph"
local json = require "rhub.json"

local nodes = {}

---@class rhub.progress
---@field node string          the id of the node that is at work
---@field title? string        its title, where the graph is known
---@field step? number         of its own steps, where it tells them
---@field steps? number
---@field done_nodes integer   nodes that are known to be done
---@field total? integer       nodes there are, where the graph is known
---@field fraction? number     of the nodes, from 0 to 1, where the graph is known

---@class rhub.progress.nodes
---@field finished boolean|nil the graph has been run
local Nodes = {}
Nodes.__index = Nodes

local LONGEST = 64    -- bytes of a node's id
local MOST = 10000    -- nodes that are counted

local graphs = setmetatable({}, { __mode = "k" }) -- by task

-- Has it known which graph a task runs: for titles and how much there is to do.
---@param task rhub.task
---@param one rhub.graph|nil
function nodes.know(task, one)
  graphs[task] = one
end

---@param task rhub.task
---@return rhub.graph|nil
function nodes.graph_of(task)
  return graphs[task]
end

---@param one rhub.graph|nil
---@return rhub.progress.nodes
function nodes.new(one)
  local total
  for _ in pairs(one or {}) do total = (total or 0) + 1 end
  return setmetatable({ graph = one, total = total, done = {}, count = 0 }, Nodes)
end

local function id_of(value)
  if math.type(value) == "integer" then value = tostring(value) end
  return type(value) == "string" and value ~= "" and #value <= LONGEST and value or nil
end

local function node_of(self, id)
  return self.graph and rawget(self.graph, id)
end

local function finish(self, id)
  if self.done[id] or self.graph and not node_of(self, id) or self.count >= MOST then return end
  self.done[id] = true
  self.count = self.count + 1
end

-- All that a node is made of has been run before it, also what was told before anybody listened.
local function finish_sources(self, id)
  local list, seen, at = { id }, { [id] = true }, 1
  while list[at] and at <= MOST do
    local node = node_of(self, list[at])
    for _, value in pairs(node and node.inputs or {}) do
      local source = graph.is_link(value) and value[1]
      if source and not seen[source] then
        seen[source] = true
        list[#list + 1] = source
        finish(self, source)
      end
    end
    at = at + 1
  end
end

-- A node is at work: the one before it is done.
local function begin(self, id)
  if self.node == id then return end
  if self.node then finish(self, self.node) end
  self.node, self.step, self.steps = id, nil, nil
  if self.graph then finish_sources(self, id) end
end

-- A number that can be shown; what is none, or endless, is left out.
local function amount(value)
  if type(value) ~= "number" or value ~= value or value < 0 or value > 1e9 then return nil end
  return math.tointeger(value) or value
end

local TAKE = {}

function TAKE.execution_start(self)
  self.done, self.count, self.node, self.step, self.steps = {}, 0, nil, nil, nil
end

function TAKE.execution_cached(self, data)
  for _, id in ipairs(type(data.nodes) == "table" and data.nodes or {}) do
    if id_of(id) then finish(self, id_of(id)) end
  end
end

function TAKE.executing(self, data)
  local id = id_of(data.node)
  if id then return begin(self, id) end
  if data.node ~= json.null then return end
  if self.node then finish(self, self.node) end
  self.finished = true
end

function TAKE.progress(self, data)
  local id, step, steps = id_of(data.node) or self.node, amount(data.value), amount(data.max)
  if not id or not step or not steps or steps == 0 then return end
  begin(self, id)
  self.step, self.steps = math.min(step, steps), steps
end

function TAKE.executed(self, data)
  local id = id_of(data.node)
  if id then finish(self, id) end
end

function TAKE.execution_success(self)
  self.finished = true
end

-- Takes one message, decoded. Whether there is something new to show.
---@param message any
---@return boolean
function Nodes:take(message)
  if type(message) ~= "table" or type(message.type) ~= "string" then return false end
  local take = TAKE[message.type] -- others are of no interest: the queue, errors, what other nodes invent
  if not take then return false end
  take(self, type(message.data) == "table" and message.data or {})
  return self.node ~= nil
end

-- How it stands; a table of its own.
---@return rhub.progress
function Nodes:picture()
  local node = node_of(self, self.node)
  local now = not self.done[self.node] and self.steps and self.step / self.steps or 0
  local fraction = self.total and math.min((self.count + now) / self.total, 1) or nil
  return { node = self.node, title = node and graph.title(node) or nil, step = self.step, steps = self.steps,
    done_nodes = self.count, total = self.total, fraction = fraction }
end

return nodes
