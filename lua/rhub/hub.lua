-- A hub, what `rhub.client` returns: it owns one engine (rhub.core), hands its news to those who wait, and is
-- a source of the scheduler. A table from ticket to waiting cell is all that there is to it.

local account = require "rhub.account"
local app = require "rhub.app"
local assets = require "rhub.assets"
local comfy = require "rhub.comfy"
local errors = require "rhub.errors"
local flow = require "rhub.flow"
local observer = require "rhub.observer"
local quick = require "rhub.quick"
local quote = require "rhub.quote"
local resources = require "rhub.resources"
local spent = require "rhub.spent"
local submit = require "rhub.submit"
local tasks = require "rhub.tasks"
local upload = require "rhub.upload"
local webhook = require "rhub.webhook"
local workflow = require "rhub.workflow"

local CLOSE_WAITS = 10 -- seconds for the answers to submits on the wire
local LEVELS = { none = 0, warn = 1, info = 2, debug = 3 }

local hub = {}

-- All hubs that are open, for the default concurrency of map and each.
local hubs = setmetatable({}, { __mode = "k" })

---@class rhub.hub
---@field models rhub.models
---@field listener rhub.listener|nil the receiver of webhooks, while there is one
---@field journal string|nil its path
---@field origins rhub.origins|nil what it has handed out stands for, with a journal
local Hub = {
  submit = submit.submit, run = submit.run,
  upload = upload.upload, cache = upload.cache,
  price = quote.price,
  listen = webhook.listen, webhook = webhook.of,
  call = account.call, account = account.account, queue = account.queue,
  task = tasks.task, status = tasks.status, outputs = tasks.outputs, cancel = tasks.cancel,
  keys = resources.keys, resources = resources.resources, each_resource = resources.each_resource,
  assets = assets.assets,
  comfy = comfy.comfy,
  workflow = workflow.workflow, app = app.app, apps = app.apps, quick = quick.quick,
  waits = true, -- its step can wait by itself, see rhub.flow.sources
}
Hub.__index = Hub
Hub.__name = "rhub.client"

-- The lower half of a ticket is a small number that no other open ticket has: what is kept by it is a list,
-- and neither grows nor is hashed anew while thousands come and go.
local SLOT = 0xFFFFFFFF

-- Something under way that is no task: an upload, a save, a call. A cell.
local Op = {}
Op.__index = Op

-- Names what every op comes to have: tables that grow field by field are slow.
local function new_op(hub_, ticket)
  return setmetatable({ hub = hub_, ticket = ticket, value = nil, waiter = nil, done = nil }, Op)
end

-- Bytes of a transfer under way.
---@return { elapsed: number, done: integer, total: integer }
function Op:info()
  local _, elapsed, _, done, total = self.hub.core:peek(self.ticket)
  return { elapsed = elapsed or 0, done = done or 0, total = total or 0 }
end

function Op:ended(value, err)
  self.value, self.err = value, err
end

-- The engine, for those who start something.
---@return userdata
function Hub:engine()
  if self.closing then error("the client is closed", 3) end
  return self.core
end

-- ---- the source -------------------------------------------------------------------------------

function Hub:fd() return self.core:fd() end

function Hub:timeout() return self.core:timeout() end

function Hub:busy() return self.pending > 0 end

-- A submit on the wire keeps a hub alive that nobody refers to any more: its answer names a paid task.
local function count_submit(self, change)
  self.submitting = self.submitting + change
  if self.submitting == 0 then
    flow.release(self)
    if self.quiet then flow.finish(self.quiet) end
  elseif self.submitting == change then
    flow.hold(self)
  end
end

-- A submit that was forgotten on the wire has no ticket any more: the engine's count tells its end.
local function settle_orphans(self)
  if self.core:stats().submitting > 0 then return end
  local answered = self.orphans
  self.orphans = 0
  count_submit(self, -answered)
end

-- Does what is due, for up to `seconds`, and hands the news to those who wait for it.
---@param seconds? number
function Hub:step(seconds)
  if self.closed then return end
  self.core:step(seconds or 0)
  self:drain()
  if self.orphans > 0 then settle_orphans(self) end
end

local function take_state(self, ticket, state, id)
  local cell = self.open[ticket & SLOT]
  if not cell or not cell.moved then return end
  local was = cell.status
  if state == "submitting" and was ~= state then count_submit(self, 1) end
  if was == "submitting" and state ~= was then count_submit(self, -1) end
  cell:moved(state, id)
end

local function take_end(self, ticket, err, value)
  local slot = ticket & SLOT
  local cell = self.open[slot]
  if not cell then return end
  self.open[slot] = nil
  self.pending = self.pending - 1
  if cell.status == "submitting" then count_submit(self, -1) end
  if err then
    err = errors.new(err)
    if cell.goes_on and cell:goes_on(err) then return end -- it is submitted again: rhub.batch.step
  end
  cell:ended(value, err)
  flow.finish(cell)
end

-- Takes all news there is.
function Hub:drain()
  local core = self.core
  while true do
    local what, subject, a, b = core:next()
    if what == "end" then
      take_end(self, subject, a, b)
    elseif what == "state" then
      take_state(self, subject, a, b)
    elseif what == "log" then
      self:log(subject, a)
    else
      return
    end
  end
end

-- ---- what is under way ------------------------------------------------------------------------

-- Has `cell` end with `ticket`.
---@param ticket integer
---@param cell table
---@return table cell
function Hub:enlist(ticket, cell)
  self.open[ticket & SLOT] = cell
  self.pending = self.pending + 1
  return cell
end

-- Stops waiting for a ticket and ends its cell with `err`.
---@param ticket integer
---@param err rhub.error
function Hub:drop(ticket, err)
  local cell = self.open[ticket & SLOT]
  if cell and cell.status == "submitting" then
    self.orphans = self.orphans + 1
    count_submit(self, 1) -- counted on, until its answer
    err.spent = "maybe"
  end
  self.core:forget(ticket)
  take_end(self, ticket, err)
end

local STARTERS = {
  upload = function(core, what) return core:upload(what.path, what.options) end,
  save = function(core, job) return core:save(job) end,
  call = function(core, call) return core:call(call) end,
}

-- Starts an upload, a save or a call.
---@param kind "upload"|"save"|"call"
---@return table|nil op a cell
---@return rhub.error|nil
function Hub:start(kind, what)
  local core = self:engine()
  local before = kind == "call" and core:stats().submitting
  local ticket, err = STARTERS[kind](core, what)
  if not ticket then return nil, errors.new(err) end
  local op = self:enlist(ticket, new_op(self, ticket))
  if before and core:stats().submitting > before then -- a call that may cost money is kept like a submit
    op.status = "submitting"
    count_submit(self, 1)
  end
  return op
end

-- Drops those of a list that have not ended.
function Hub:drop_all(ops)
  for _, op in ipairs(ops) do
    if not op.done then
      self:drop(op.ticket, { kind = "cancelled", message = "cancelled on this side", spent = "no" })
    end
  end
end

-- Waits for one op; if the coroutine is cancelled meanwhile, drops `group` and raises.
function Hub:await(op, group)
  local ok, err = flow.await(op)
  if ok then return op.value, op.err end
  self:drop_all(group)
  error(err, 0)
end

function Hub:perform(kind, what)
  local op, err = self:start(kind, what)
  if not op then return nil, err end
  return self:await(op, { op })
end

-- ---- the hub itself ---------------------------------------------------------------------------

-- The tasks that have not ended, in the order in which they were submitted.
---@return rhub.task[]
function Hub:running()
  local list = {}
  for _, cell in pairs(self.open) do
    if cell.moved then list[#list + 1] = cell end
  end
  table.sort(list, function(a, b) return a.ticket < b.ticket end)
  return list
end

-- What the client has settled on: base_url, site, currency, key_source, key_hint (its last four characters).
---@return table
function Hub:describe() return self:engine():describe() end

---@return table counts of tasks by state
function Hub:stats() return self:engine():stats() end

-- What the tasks of this client have cost so far and may still cost. Also once it is closed.
---@return rhub.spent
function Hub:spent()
  return spent.new(self.money or self.core:money())
end

-- Ends the engine; what was spent can still be asked for.
local function let_go(self)
  self.money = self.core:money()
  if self.sockets then self.sockets:close() end
  self.core:close()
  observer.tell("closed", self.money)
end

-- A line for people, to whoever watches, else to standard error.
---@param level "warn"|"info"|"debug"
---@param text string
function Hub:log(level, text)
  if LEVELS[level] > self.log_level then return end
  local watcher = observer.current
  if watcher and watcher.log then return watcher:log(level, text) end
  io.stderr:write("rhub: ", text, "\n")
end

-- No more submits: tasks that have not been submitted end as cancelled, those that run are still waited for.
-- With `leave` every task ends at once, on this side only.
---@param leave? boolean
function Hub:shutdown(leave)
  self.shut = true
  if not self.closed then self.core:shutdown(leave or false) end
end

-- Ends every ticket on this side and says which tasks go on.
local function leave(self)
  local left = self:running()
  self.core:shutdown(true)
  self.core:step(0)
  self:drain()
  for _, one in ipairs(left) do
    if one.status == "unknown" then
      self:log("warn", tostring(one.err))
    elseif one.id and one.status == "cancelled" then
      self:log("warn", ("task %s (%s) goes on and will be charged; take it up again: hub:task(\"%s\")")
        :format(one.id, one.model or "attached", one.id))
    end
  end
  for _, cell in pairs(self.open) do
    take_end(self, cell.ticket, { kind = "cancelled", message = "the client was closed", spent = "no" })
  end
end

-- Waits up to 10 s for the answers to submits on the wire, says which tasks go on, and ends the rest.
-- May be called again. `local hub <close> = rhub.client {...}` calls it.
function Hub:close()
  if self.closing then return end
  self.closing = true
  self.core:shutdown(false)
  self:drain()
  if self.submitting > 0 then
    self.quiet = {}
    flow.await(self.quiet, CLOSE_WAITS)
  end
  leave(self)
  self.closed = true
  flow.remove(self)
  hubs[self] = nil
  let_go(self)
  if self.listener then self.listener:close() end
end
Hub.__close = Hub.close

-- A hub that nobody refers to: the same without waiting. Nothing waits for its tasks, or it would be referred
-- to, and no submit is on the wire, unless the whole state ends.
function Hub:__gc()
  if self.closed or not self.core then return end
  self.closing, self.closed = true, true
  leave(self)
  flow.remove(self)
  let_go(self)
  if self.listener then self.listener:close() end
end

function Hub:__tostring()
  return self.closed and "rhub.client (closed)" or ("rhub.client (%d under way)"):format(self.pending)
end

-- hub.models["kling-video-o1/image-to-video"] { ... }: hub:run with the model's name before it. `rhub types`
-- writes what each takes for editors.
---@class rhub.models
---@field [string] fun(params: table, options?: rhub.submit_options): rhub.result?, rhub.error?
local function models_of(self)
  return setmetatable({}, {
    __name = "rhub.models",
    __index = function(_, name)
      return function(params, options) return self:run(name, params, options) end
    end,
  })
end

-- Makes a hub of an engine.
---@param core userdata
---@param fields table         check, log, concurrency, ca_file and proxy of its options; budget: is there
---                            one; journal: its path
---@return rhub.hub
function hub.new(core, fields)
  local self = setmetatable({
    core = core,
    open = {},      -- by the ticket's slot: its cell
    pending = 0,    -- how many those are
    submitting = 0, -- submits on the wire, of them
    orphans = 0,    -- forgotten ones, whose answer is only logged
    check = fields.check,
    log_level = LEVELS[fields.log] or LEVELS.warn,
    concurrency = fields.concurrency,
    budget = fields.budget, -- whether there is one
    journal = fields.journal, -- its path
    origins = fields.journal and require("rhub.origins").new() or nil,
    unpriced = fields.unpriced, -- whether what nobody can price goes all the same
    poll = fields.poll or {},
    ca_file = fields.ca_file, proxy = fields.proxy, -- for websockets; the engine has its own
  }, Hub)
  self.models = models_of(self)
  local warned = {}
  -- Says what is odd about a call's parameters, once for each key.
  function self.warn(text, key)
    if warned[key] then return end
    warned[key] = true
    self:log("warn", text)
  end
  hubs[self] = true
  flow.add(self)
  observer.tell("opened", self)
  return self
end

local UNKNOWN_LIMIT = 100 -- rows at once while no client tells

-- The most that an open client takes at once.
flow.set_default_concurrency(function()
  local most = 0
  for one in pairs(hubs) do
    local limit = one.concurrency or not one.closed and one.core:stats().limit or 0
    if limit > most then most = limit end
  end
  return most > 0 and most or UNKNOWN_LIMIT
end)

return hub
