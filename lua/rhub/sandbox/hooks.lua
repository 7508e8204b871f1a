-- Webhooks: a task that has one and ends is told to its address, again where nobody took it, and what became
-- of that can be asked for. Only addresses on loopback are called: the sandbox is sealed. Nothing waits for
-- a delivery, but the reply of a submit whose webhook was told to be early.

local callers = require "rhub.sandbox.callers"
local heap = require "rhub.flow.heap"
local json = require "rhub.json"
local kept = require "rhub.sandbox.kept"
local payloads = require "rhub.sandbox.payloads"
local replies = require "rhub.sandbox.replies"
local shapes = require "rhub.sandbox.shapes"

local hooks = {}

local RETRIES = 3
local PAUSE, PATIENCE = 60, 10 -- seconds between tries, and for an answer, at speed 1
local LEAST_PATIENCE = 1
local KEPT = 10000 -- records

---@class rhub.sandbox.hooks
local Hooks = {}
Hooks.__index = Hooks

-- `box` is only looked into when something happens.
---@param box rhub.sandbox
---@param options { clock: fun(): number, wall: fun(): number }
function hooks.new(box, options)
  local self = setmetatable({ box = box, clock = options.clock, wall = options.wall }, Hooks)
  self:reset()
  return self
end

function Hooks:reset()
  self.records = kept.new(KEPT)      -- by the task's id
  self.by_id = kept.new(KEPT)        -- by their own
  self.jobs, self.later = {}, heap.new() -- on the wire, by ticket; to be sent
  self.counts = { attempts = 0, delivered = 0, failed = 0, refused = 0 }
  self.last_id = 1900000000000000000 + math.random(0, 1 << 40)
end

-- ---- where to -----------------------------------------------------------------------------------

local LOOPBACK = { localhost = "127.0.0.1", ["[::1]"] = "::1" }

-- Numeric host, port, the host's own word, and path; nil where that is not this machine.
local function target(url)
  local host, rest = url:match("^http://(%[[%x:]+%])(.*)$")
  if not host then host, rest = url:match("^http://([%w.-]+)(.*)$") end
  if not host then return nil end
  local address = LOOPBACK[host] or host:match("^127%.%d+%.%d+%.%d+$")
  local digits, path = rest:match("^:(%d+)(.*)$")
  local port = digits and math.tointeger(tonumber(digits)) or not digits and 80 or 0
  path = path or rest
  if path == "" then path = "/" end
  if not address or port < 1 or port > 65535 or not path:find("^/[!-~]*$") then return nil end
  return { address = address, port = port, name = host .. (digits and ":" .. digits or ""), path = path }
end

local REQUEST = "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
  .. "Connection: close\r\n\r\n"

-- ---- sending ------------------------------------------------------------------------------------

local function now_text(self) return os.date("%Y-%m-%dT%H:%M:%S", math.floor(self.wall())) end

local function over(self, job, ok, response)
  local record = job.record
  record.updated, record.response = now_text(self), response
  record.status = ok and "SUCCESS" or "FAILED"
  self.counts[ok and "delivered" or "failed"] = self.counts[ok and "delivered" or "failed"] + 1
  local release = job.release
  job.release = nil
  if release then release() end
  if ok or job.left == 0 then return end
  job.left = job.left - 1
  job.again = true
  self.later:push(self.clock() + PAUSE / self.box.speed, job)
end

local function send(self, job)
  local record, to = job.record, target(job.record.url)
  if not to then
    self.counts.refused = self.counts.refused + 1
    job.left = 0
    return over(self, job, false, "the sandbox calls addresses on loopback only")
  end
  if job.again then record.retries = record.retries + 1 end
  self.counts.attempts = self.counts.attempts + 1
  local patience = math.max(PATIENCE / self.box.speed, LEAST_PATIENCE)
  local bytes = REQUEST:format(to.path, to.name, #record.body) .. record.body
  local ticket, reason = self.box.server:exchange(to.address, to.port, bytes, patience)
  if not ticket then return over(self, job, false, reason) end
  self.jobs[ticket] = job
end

local function take_answer(self, ticket, bytes, reason)
  local job = self.jobs[ticket]
  self.jobs[ticket] = nil
  if not job then return end -- of before a reset
  local status, body = bytes:match("^HTTP/1%.%d (%d%d%d).-\r\n\r\n(.*)$")
  over(self, job, status ~= nil and status:sub(1, 1) == "2", body or reason or "no HTTP")
end

local function new_record(self, task, script)
  self.last_id = self.last_id + 1
  local body, data = payloads.of(self.box, task, script.shape)
  local record = { id = tostring(self.last_id), task_id = task.id, account = task.account, url = task.webhook,
    body = body, data = data, retries = 0, created = now_text(self) }
  self.records:add(task.id, record)
  self.by_id:add(record.id, record)
  return record
end

-- A task with a webhook has ended.
---@param task rhub.sandbox.task
function Hooks:ended(task)
  local script, release = task.script.webhook or {}, task.held_reply
  task.held_reply = nil
  if script.never or task.final == "CANCEL" and not script.cancel then return release and release() end
  local record = new_record(self, task, script)
  for copy = 1, script.copies or 1 do
    local job = { record = record, left = RETRIES, release = copy == 1 and release or nil }
    self.later:push(self.clock() + (script.delay or 0), job)
  end
end

-- Carries out a submit whose webhook comes before its reply: the task ends at once, and the reply is sent
-- when the first try is over.
---@param carry_out fun(): table
---@param reply fun(reply: table)
function Hooks:early(carry_out, reply)
  local tasks = self.box.tasks
  local before = tasks.made
  local answer = carry_out()
  local task = tasks.made > before and tasks.latest
  if not task or not task.webhook then return reply(answer) end
  task.held_reply = function() reply(answer) end
  tasks:finish(task, task.script["end"] or "SUCCESS")
end

-- ---- as a part of the sandbox's steps -------------------------------------------------------------

-- When a step is due, or nil. A task with a webhook must be ended when its time has come, not when somebody
-- asks.
---@return number|nil
function Hooks:due()
  local at, tasks = self.later:first(), self.box.tasks
  local ends = tasks.hooked > 0 and tasks.ends:first() or nil
  if at and ends then return math.min(at, ends) end
  return at or ends
end

function Hooks:step()
  local tasks, server = self.box.tasks, self.box.server
  if tasks.hooked > 0 then tasks:sweep() end
  if next(self.jobs) then
    for ticket, bytes, reason in server.exchanged, server do take_answer(self, ticket, bytes, reason) end
  end
  local now = self.clock()
  local at, job = self.later:first()
  while at and at <= now do
    self.later:remove(job)
    send(self, job)
    at, job = self.later:first()
  end
end

-- ---- the calls ------------------------------------------------------------------------------------

local NONE = "webhook event not exists"

local function refuse(code, message) return replies.json(shapes.refuse_a(code, message)) end

---@return table reply
function hooks.detail(box, call)
  local body, account = callers.body(box, call, "apiKey")
  if not body then return refuse(account) end
  box.hooks:step()
  local record = box.hooks.records.by[tostring(body.taskId)]
  if not record or record.account ~= account or not record.status then return refuse(1, NONE) end
  local key = body.apiKey
  return replies.json(shapes.ok({
    id = record.id, userApiKey = key:sub(1, 4) .. "****" .. key:sub(-4), taskId = record.task_id,
    webhookUrl = record.url, event = payloads.EVENT, eventData = record.data,
    callbackStatus = record.status, callbackResponse = record.response, retryCount = record.retries,
    createTime = record.created, updateTime = record.updated,
  }, ""))
end

---@return table reply
function hooks.retry(box, call)
  local body, account = callers.body(box, call, "apiKey")
  if not body then return refuse(account) end
  local record = box.hooks.by_id.by[tostring(body.webhookId)]
  if not record or record.account ~= account then return refuse(1, NONE) end
  local url = body.webhookUrl
  if type(url) == "string" and url ~= "" then record.url = url end
  box.hooks.later:push(box.hooks.clock(), { record = record, left = RETRIES, again = true })
  return replies.json(shapes.ok(json.null, ""))
end

return hooks
