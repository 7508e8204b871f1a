-- A stand-in RunningHub on loopback, as strict as the real one and scripted to misbehave. An object of this
-- module is a source (fd, timeout, step): the scheduler, a test or `rhub sandbox` drives it. faults.lua says
-- which faults there are, and what the control endpoints answer.
--
-- Without keys every key of 32 letters, digits, "_" and "-" is an enterprise shared one with a balance of
-- 1000.

local accounts = require "rhub.sandbox.accounts"
local apps = require "rhub.sandbox.apps"
local assets = require "rhub.sandbox.assets"
local comfy = require "rhub.sandbox.comfy"
local control = require "rhub.sandbox.control"
local faults = require "rhub.sandbox.faults"
local files = require "rhub.sandbox.files"
local heap = require "rhub.flow.heap"
local hooks = require "rhub.sandbox.hooks"
local legacy = require "rhub.sandbox.legacy"
local lora = require "rhub.sandbox.lora"
local machines = require "rhub.sandbox.machines"
local progress = require "rhub.sandbox.progress"
local replies = require "rhub.sandbox.replies"
local resources = require "rhub.sandbox.resources"
local server = require "rhub.server"
local shapes = require "rhub.sandbox.shapes"
local stats = require "rhub.sandbox.stats"
local sys = require "rhub.sys"
local tasks = require "rhub.sandbox.tasks"
local uploads = require "rhub.sandbox.uploads"
local v2 = require "rhub.sandbox.v2"
local workflows = require "rhub.sandbox.workflows"

local sandbox = {}

-- How long a task takes at speed 1, in seconds, by what it makes.
local DURATIONS = { image = 1, video = 3, audio = 2, ["3d"] = 2, string = 0.5 }
local RELEASE = 0.3 -- seconds until the place of an ended task is free again, at speed 1
local HEADS = 64 * 1024 -- a longer body may meet a reset before it is read

---@class rhub.sandbox
---@field url string its base address
local Sandbox = {}
Sandbox.__index = Sandbox

local function random_hex()
  local source = assert(io.open("/dev/urandom", "rb"))
  source:setvbuf("full", 4096)
  return function(bytes)
    return (source:read(bytes):gsub(".", function(c) return ("%02x"):format(c:byte()) end))
  end
end

local function read_models(list)
  local models = {}
  for _, one in ipairs(list) do models[one.endpoint] = one end
  return models
end

---@class rhub.sandbox.options
---@field host? string        "127.0.0.1"
---@field port? integer       0 picks one
---@field speed? number       1; 10 makes every task ten times as fast
---@field latency? number     seconds added to every reply
---@field keys? table[]       what accounts.parse returned
---@field limit? integer      tasks at once, in place of each kind's own
---@field max_upload? integer bytes, 30 MB
---@field expiry? number      seconds that an address lives, 86400
---@field models? table[]     {endpoint =, output =}: endpoints beside the catalogue's, for tests

-- Starts to listen. Nothing is served before the first step.
---@param options rhub.sandbox.options
---@return rhub.sandbox|nil, string|nil reason
function sandbox.new(options)
  local o = options or {}
  local srv, reason = server.listen { host = o.host, port = o.port or 0, backlog = 4096, heads = HEADS }
  if not srv then return nil, reason end
  local base = ("http://%s:%d"):format(o.host or "127.0.0.1", srv:port())
  local speed, expiry, random = o.speed or 1, o.expiry or 86400, random_hex()
  local self
  self = setmetatable({
    server = srv, base = base, url = base, speed = speed, latency = o.latency or 0,
    max_upload = o.max_upload or 30 * 1024 * 1024, models = read_models(o.models or {}),
    accounts = accounts.new(o.keys or {}, o.limit), faults = faults.new(), stats = stats.new(),
    tasks = tasks.new { clock = sys.now, wall = sys.time(), release = RELEASE / speed, random = random,
      told = function(task) self.hooks:ended(task) end, speed = speed },
    files = files.new { clock = sys.now, expiry = expiry, random = random },
    timers = heap.new(),
  }, Sandbox)
  self.hooks = hooks.new(self, { clock = sys.now, wall = sys.time })
  self.uploads = uploads.new {
    clock = sys.now, wall = sys.time, random = random, base = base, lifetime = math.tointeger(expiry),
    lookup_result = function(path) return (self.files:find(path)) end,
  }
  self.machines = machines.new { clock = sys.now, speed = speed, random = random }
  self.loras = lora.new { clock = sys.now, wall = sys.time, random = random, base = base }
  self.assets = assets.new { clock = sys.now, speed = speed, random = random }
  self.progress = progress.new(self)
  self.send = function(request, reply, delay) self:answer(request, reply, delay) end
  return self
end

-- ---- routes ----

local ROUTES = {
  ["/openapi/v2/query"] = { "query", v2.query },
  ["/openapi/v2/media/upload/binary"] = { "upload", uploads.binary },
  ["/openapi/v2/queue/status"] = { "queue", v2.queue },
  ["/openapi/v2/api-key/list"] = { "keys", resources.keys },
  ["/openapi/v2/resource/list"] = { "resources", resources.list },
  ["/task/openapi/upload"] = { "node_upload", uploads.for_node },
  ["/task/openapi/status"] = { "status", legacy.status },
  ["/task/openapi/outputs"] = { "outputs", legacy.outputs },
  ["/task/openapi/cancel"] = { "cancel", legacy.cancel },
  ["/api/openapi/getLoraUploadUrl"] = { "lora_url", lora.url },
  ["/task/openapi/getWebhookDetail"] = { "webhook", hooks.detail },
  ["/task/openapi/retryWebhook"] = { "webhook", hooks.retry },
  ["/uc/openapi/accountStatus"] = { "account", legacy.account },
  ["/task/openapi/create"] = { "submit", workflows.create },
  ["/task/openapi/ai-app/run"] = { "submit", apps.create },
  ["/task/openapi/quick-ai-app/run"] = { "submit", apps.quick },
  ["/api/openapi/getJsonApiFormat"] = { "graph", workflows.graph },
  ["/api/webapp/apiCallDemo"] = { "app", apps.demo },
  ["/openapi/v2/aiapp/list"] = { "apps", apps.list },
  ["/api/fast/creation/model/params"] = { "styles", apps.styles },
}
for path, route in pairs(assets.ROUTES) do ROUTES[path] = route end

local function serve_result(box, call)
  local file, status = box.files:find(call.path)
  if not file then return replies.no_file(status) end
  if call.method ~= "GET" and call.method ~= "HEAD" then return { status = 405 } end
  if call.fault and call.fault["do"] == "changed" then box.files:change(file) end
  return box.files:serve(call.request, file, call.fault)
end

local function unknown(_, call)
  if call.path:find("^/uploads/") then return { status = 404, body = "the sandbox keeps no uploads\n" } end
  if call.path:find("^/task/") or call.path:find("^/api/") or call.path:find("^/uc/") then
    return replies.json(shapes.refuse_a("412"))
  end
  return { status = 404 }
end

-- Longest first; the first two parts of a path decide.
local PREFIXES = {
  { "/sandbox/", "control", control.handle },
  { "/results/", "result", serve_result },
  { "/loras/", "lora_put", lora.put },
  { "/openapi/v2/price-preview/", "price", v2.price },
  { "/openapi/v2/run/workflow/", "submit", workflows.run },
  { "/openapi/v2/run/ai-app/", "submit", apps.run },
  { "/openapi/v2/", "submit", v2.submit },
  { "/ws/", "socket", progress.open },
  { "/proxy/", comfy.route, comfy.handle },
  { "/proxy-plus/", comfy.route, comfy.handle },
}

---@return string route, function handler
local function find_route(path)
  local exact = ROUTES[path]
  if exact then return exact[1], exact[2] end
  for _, entry in ipairs(PREFIXES) do
    if path:sub(1, #entry[1]) == entry[1] then
      return type(entry[2]) == "function" and entry[2](path) or entry[2], entry[3]
    end
  end
  return "other", unknown
end

-- ---- one request ----

-- Sends a reply, later where the sandbox or a fault says so.
---@param request userdata
---@param reply table
---@param delay? number seconds
function Sandbox:answer(request, reply, delay)
  local wait = self.latency + (delay or 0)
  if wait <= 0 then
    request:reply(reply.status, reply.headers, reply.body, reply.slice)
  else
    self.timers:push(sys.now() + wait, { request = request, reply = reply })
  end
end

local function handle(self, request, method, path, body)
  local route, handler = find_route(path)
  local call = {
    request = request, method = method, path = path, body = body, route = route, base = self.base,
  }
  if route == "control" then
    local reply = handler(self, call)
    return request:reply(reply.status, reply.headers, reply.body)
  end
  self.stats:request(route, request:header("Authorization") ~= nil)
  if route == "submit" then self.stats:submit(path:gsub("^/openapi/v2/", ""), body) end
  local fault = self.faults.waiting[1] and self.faults:take(route, path, body)
  if fault and faults.LIVES[fault["do"]] then call.script = fault end
  if route == "socket" and (not fault or call.script) then
    local refusal = handler(self, call)
    return refusal and self:answer(request, refusal)
  end
  if not fault then return self:answer(request, handler(self, call)) end
  call.fault = fault
  local function carry_out() return handler(self, call) end
  if fault.webhook and fault.webhook.early then
    return self.hooks:early(carry_out, function(reply) self:answer(request, reply) end)
  end
  replies.misbehave(call, fault, carry_out, self.send)
end

-- A request with a long body, of which only the header has arrived.
local function handle_head(self, request, path)
  local route = find_route(path)
  local fault = self.faults.waiting[1] and self.faults:take(route, path, nil, "reset")
  if not fault then return request:receive() end
  self.stats:request(route, request:header("Authorization") ~= nil)
  request:reset()
end

local function answer_due(self)
  local now = sys.now()
  local at, entry = self.timers:first()
  while at and at <= now do
    self.timers:remove(entry)
    local reply = entry.reply
    entry.request:reply(reply.status, reply.headers, reply.body, reply.slice)
    at, entry = self.timers:first()
  end
end

-- ---- a source ----

---@return integer
function Sandbox:fd()
  return self.server:fd()
end

---@return number seconds until step is due
function Sandbox:timeout()
  local wait, at, due = self.server:timeout(), self.timers:first(), self.hooks:due()
  if due and (not at or due < at) then at = due end
  due = self.progress:due()
  if due and (not at or due < at) then at = due end
  if not at or wait == 0 then return wait end
  return math.max(0, math.min(wait, at - sys.now()))
end

-- Serves what has arrived and is due.
function Sandbox:step()
  self.server:step()
  for request, method, path, body in self.server.next, self.server do
    local _, whole = request:received()
    if whole then handle(self, request, method, path, body) else handle_head(self, request, path) end
  end
  for socket, what in self.server.heard, self.server do self.progress:heard(socket, what) end
  if self.timers.n > 0 then answer_due(self) end
  self.hooks:step()
  self.progress:step()
end

-- ---- from Lua ----

---@param output string
---@return number seconds that such a task takes
function Sandbox:duration(output)
  return (DURATIONS[output] or 1) / self.speed
end

-- Adds a fault or a list of them; raises for one that does not exist.
---@param fault table
function Sandbox:fault(fault)
  local added, reason = self.faults:add(fault)
  if not added then error(reason, 2) end
end

---@return table see GET /sandbox/stats
function Sandbox:counts()
  return control.stats(self)
end

-- Tasks, files, faults, counts and balances as at the start.
function Sandbox:reset()
  self.tasks:reset()
  self.hooks:reset()
  self.progress:reset()
  self.files:reset()
  self.uploads:reset()
  self.loras:reset()
  self.assets:reset()
  self.machines:reset()
  self.accounts:reset()
  self.stats:reset()
  self.faults:clear()
end

function Sandbox:close()
  self.server:close()
end
Sandbox.__close = Sandbox.close

-- Runs `rhub sandbox` with these arguments, for a plain interpreter:
--   lua5.4 -e 'os.exit(require("rhub.sandbox").main(arg))' _ --port 0
---@param arguments string[]
---@return integer exit code
function sandbox.main(arguments)
  return require("rhub.cli.sandbox").main(table.move(arguments, 1, #arguments, 1, {}), 1, {}, {})
end

return sandbox
