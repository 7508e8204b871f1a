-- Graphs on their way to a native ComfyUI: read, their files uploaded, and submitted once. A method of
-- rhub.comfy.

local ask = require "rhub.comfy.ask"
local errors = require "rhub.errors"
local flow = require "rhub.flow"
local graph = require "rhub.graph"
local json = require "rhub.json"
local media = require "rhub.media"
local reading = require "rhub.comfy.reading"
local sys = require "rhub.sys"
local watch = require "rhub.comfy.watch"

local prompts = {}

-- The graph that was given: a table, JSON, or a file.
local function read_graph(self, given)
  local value, what = given, "the graph"
  local path = media.file_path(given) or type(given) == "string" and not given:find("^%s*{") and given
  if path then
    local text, reason = sys.read(path)
    if not text then return ask.input(self, ("%s: %s"):format(path, reason)) end
    value, what = text, path
  end
  local nodes, problem = graph.read(value)
  if not nodes then return ask.input(self, what .. " " .. problem) end
  return nodes
end

-- Local files among a graph's inputs are uploaded, and their names put in.
local function upload_files(self, nodes)
  for _, id in ipairs(nodes:ids()) do
    for field, value in pairs(nodes[id].inputs) do
      local path = media.file_path(value)
      if path then
        local file, err = self:upload(path)
        if not file then return nil, err end
        nodes[id].inputs[field] = file.subfolder ~= "" and file.subfolder .. "/" .. file.name or file.name
      end
    end
  end
  return true
end

---@class rhub.comfy.prompt
---@field id string
---@field number? integer      its place in the machine's line
---@field client_id string     under which history and queue show it
---@field node_errors? table   of branches that will not run, by node

local function new_client_id()
  local parts = {}
  for i = 1, 4 do parts[i] = ("%08x"):format(math.random(0, 0xFFFFFFFF)) end
  return table.concat(parts)
end

local function exchange(self, body, client_id)
  local reply, err = self.hub:call { path = self.base .. "/prompt", body = body, key = "none", once = true,
    raw = true }
  local sent
  if not err then sent, err = reading.prompt(reply, self.name, client_id) end
  if not err then return sent end
  if err.kind == "cancelled" then err = reading.left(self.name) end
  return nil, reading.lost(ask.renamed(self, err), client_id)
end

-- From a coroutine of its own: whoever stops waiting does not tear a prompt off the wire.
local function send(self, body, client_id)
  local waiting = true
  local _ <close> = setmetatable({}, { __close = function() waiting = false end })
  local watched = watch.began(self, { state = "submitting", client_id = client_id })
  local fiber = flow.go(function()
    local _ <close> = watched
    local sent, err = exchange(self, body, client_id)
    if sent and not waiting then
      self.hub:log("warn", ("%s: prompt %s was accepted after it was let go"):format(self.name, sent.id))
    end
    return sent, err
  end)
  return fiber:wait()
end

local function warn(self, sent, nodes)
  self.hub:log("warn", ("%s: prompt %s runs without some branches: %s"):format(self.name, sent.id,
    reading.node_errors(sent.node_errors, nodes)))
end

local function submit(self, nodes, client_id)
  local body, why = json.encode({ prompt = nodes, client_id = client_id }, nil, "graph")
  if not body then return nil, errors.new(why) end
  local sent, err = send(self, body, client_id)
  if err then return nil, err end
  if sent.node_errors then pcall(warn, self, sent, nodes) end -- a paid prompt is not lost to a warning
  return sent
end

-- Why nothing is submitted now, or nil.
local function problem(self)
  if self.hub.shut then
    return errors.new { kind = "cancelled", message = self.name .. ": stopped; nothing was submitted" }
  end
  if not self.hub.budget or self.hub.unpriced then return nil end
  return errors.new { kind = "budget", message = self.name .. ": nobody can tell what a prompt will cost, so "
    .. "it cannot be held to a budget: use a client without one, or with allow_unknown_price" }
end

---@class rhub.comfy.prompt_options
---@field client_id? string  under which history and queue show it; default: one of chance

-- Puts a graph in the machine's line and returns at once; charged from when it runs. It is sent once: where
-- its outcome is unknown the error says under which client_id history and queue show it, if it has arrived.
-- Inputs that are rhub.file("picture.png") are uploaded first.
---@param given table|string   a graph in the API's format: a table, JSON, or the path of a file
---@param options? rhub.comfy.prompt_options
---@return rhub.comfy.prompt|nil
---@return rhub.error|nil       kind "rejected", with what each node says and `node_errors`
function prompts.prompt(self, given, options)
  for name in pairs(options or {}) do
    if name ~= "client_id" then error(("prompt: no such option: %s (there is client_id)"):format(name), 2) end
  end
  local err = problem(self)
  if err then return nil, err end
  local nodes, ok
  nodes, err = read_graph(self, given)
  if not nodes then return nil, err end
  ok, err = upload_files(self, nodes)
  if not ok then return nil, err end
  return submit(self, nodes, options and options.client_id or new_client_id())
end

return prompts
