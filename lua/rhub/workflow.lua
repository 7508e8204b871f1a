-- ComfyUI workflows that are stored on the service: what is in one, and running it with other values.
--     local wf = hub:workflow("1904136902449209346")
--     for _, node in ipairs(assert(wf:nodes())) do print(node.id, node.title) end
--     local picture = assert(wf:run { ["6.text"] = "a lighthouse", ["Sampler.seed"] = 42 })

local errors = require "rhub.errors"
local findings = require "rhub.findings"
local graph = require "rhub.graph"
local json = require "rhub.json"
local media = require "rhub.media"
local once = require "rhub.once"
local overrides = require "rhub.overrides"
local page = require "rhub.page"
local run_options = require "rhub.run_options"
local submit = require "rhub.submit"
local sys = require "rhub.sys"

local workflow = {}

---@class rhub.workflow
---@field id string
---@field name string  "workflow/1904136902449209346", as messages have it
local Workflow = { __name = "rhub.workflow" }
Workflow.__index = Workflow

-- A stored workflow by its id, or by the address of its page. Sends nothing; an id that is none is told by
-- whatever is asked of it.
---@param id string|integer
---@return rhub.workflow
function workflow.workflow(self, id)
  local known, err = page.of(self, id, "a workflow's id")
  local name = "workflow/" .. (known or tostring(id))
  return page.kept(self, name, function()
    return setmetatable({ hub = self, id = known, name = name, err = err }, Workflow)
  end)
end

function Workflow:__tostring() return "rhub." .. self.name end

-- ---- the graph --------------------------------------------------------------------------------

local function read_graph(data)
  local nodes, problem = graph.read(type(data) == "table" and data.prompt or nil)
  if nodes then return nodes end
  return nil, "the graph " .. problem
end

local function stored(self)
  return once.ask(self, { path = "/api/openapi/getJsonApiFormat", key = "apiKey",
    body = assert(json.encode { workflowId = self.id }) }, read_graph)
end

-- The stored graph: a table from a node's id to { class_type, inputs, _meta }, with :nodes(). It is asked for
-- once; the table is the caller's own, who may change it and run it (`workflow`).
---@return rhub.graph|nil
---@return rhub.error|nil
function Workflow:json()
  if self.err then return nil, self.err end
  local nodes, err = stored(self)
  if not nodes then return nil, err end
  return nodes:copy()
end

-- Its nodes, in the order of their ids: { id, title, class, fields = { name = value }, links }.
---@return rhub.node[]|nil
---@return rhub.error|nil
function Workflow:nodes()
  local nodes, err = self:json()
  if not nodes then return nil, err end
  return nodes:nodes()
end

-- ---- running ----------------------------------------------------------------------------------

-- A graph of the caller's own: a table, JSON, or a file. Values of it that are marked as files count as
-- overrides.
local function read_own(given, found)
  local value, name = given, "workflow"
  local path = media.file_path(given) or type(given) == "string" and not given:find("^%s*[{%[]") and given
  if path then
    local text, reason = sys.read(path)
    if not text then return found:add(name, path, { message = ("%s: %s"):format(path, reason) }) end
    value, name = text, path
  end
  local nodes, problem = graph.read(value)
  if nodes then return nodes end
  found:add("workflow", nil, { message = (name == path and path .. " " or "the graph ") .. problem })
end

local function marked_files(nodes)
  local list = {}
  for _, id in ipairs(nodes:ids()) do
    for field, value in pairs(nodes[id].inputs) do
      if media.file_path(value) then
        list[#list + 1] = { nodeId = id, fieldName = field, fieldValue = value }
      end
    end
  end
  return list
end

-- Uploads what the overrides of an own graph name: in a text of JSON the engine finds no place for it.
local function upload_all(self, list)
  local names = {}
  for _, one in ipairs(list) do
    if one.path and not names[one.path] then
      local file, err = self.hub:upload(one.path, { kind = "node" })
      if not file then return nil, err end
      names[one.path] = file.file_name
    end
  end
  return names
end

-- The graph to be looked at: the caller's own, the stored one, or none.
local function graph_for(self, run, mode, given, found)
  if run.workflow ~= nil then return read_own(run.workflow, found) end
  if mode == "off" or next(given) == nil then return nil end
  return stored(self)
end

local function prepare(self, given, options)
  local found = findings.new(self.name, self.hub.warn)
  local run = run_options.read(options, self.hub.check, found)
  local nodes, err = graph_for(self, run, run.check, given, found)
  if err then return nil, err end
  local own, list = run.workflow ~= nil and nodes or nil, {}
  if nodes or run.workflow == nil then list = overrides.read(given, nodes, found) end
  if own then
    local marked = overrides.read(marked_files(own), own, found)
    list = table.move(list, 1, #list, #marked + 1, marked)
  end
  err = found:settle(run.check)
  if err then return nil, err end
  return { run = run, list = list, own = own, found = found, graph = nodes }
end

-- The request in either form.
local function job_of(self, ready)
  local run = ready.run
  local body, v2 = run.fields, run.form == "v2"
  if ready.own then
    local names, err = upload_all(self, ready.list)
    if not names then return nil, err end
    overrides.bake(ready.list, ready.own, names)
    body.workflow, err = json.encode(ready.own, nil, "workflow")
    if err then return nil, errors.new(err) end
  elseif #ready.list > 0 then
    body.nodeInfoList = overrides.as_list(ready.list, ready.found)
  end
  if v2 then body.nodeInfoList = body.nodeInfoList or json.array {} else body.workflowId = self.id end
  return { name = self.name, body = body, files = ready.found.files, options = run.engine,
    graph = ready.graph,
    path = v2 and "/openapi/v2/run/workflow/" .. self.id or "/task/openapi/create",
    key = v2 and "header" or "apiKey" }
end

local function start(self, given, options, level)
  if type(given or {}) ~= "table" then error("overrides are a table, not a " .. type(given), level + 1) end
  run_options.check_names(options, true, level + 1)
  if self.err then return nil, self.err end
  local ready, err = prepare(self, given or {}, options)
  if not ready then return nil, err end
  local job
  job, err = job_of(self, ready)
  if not job then return nil, err end
  return submit.job(self.hub, job)
end

-- Submits one run and returns at once. Overrides are by "ID.FIELD" or "TITLE.FIELD", or a nodeInfoList; they
-- are checked against the graph first, and nothing is sent if one is wrong. Where a node loads a file, a path
-- of a local one will do.
---@param given? table<string, any>|table[]
---@param options? rhub.run_options
---@return rhub.task|nil
---@return rhub.error|nil
function Workflow:submit(given, options)
  local new, err = start(self, given, options, 2)
  return new, err
end

-- Submits one run and waits for its end.
---@param given? table<string, any>|table[]
---@param options? rhub.run_options
---@return rhub.result|nil
---@return rhub.error|nil
function Workflow:run(given, options)
  local new, err = start(self, given, options, 2)
  if not new then return nil, err end
  return submit.finish(new)
end

return workflow
