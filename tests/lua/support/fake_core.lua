-- rhub.core without an engine: tasks live as a script says, on the clock of fake_sys. It keeps what was asked
-- of it, so that specs can count submits.

local json = require "rhub.json"

local fake_core = {}

-- What becomes of a task unless `core.life` says otherwise: {seconds, "state"|"end", ...}.
local function ordinary_life(call)
  local id = ("20135087861107302%02d"):format(call.number)
  return {
    { 0, "state", "submitting" },
    { 0.5, "state", "queued", id },
    { 1, "state", "running", id },
    { 3, "end", nil, { task_id = id, model = call.endpoint, seconds = 2.5, amount = "2.1", currency = "CNY",
      outputs = { { url = "https://files.example/" .. id .. ".mp4", type = "mp4" } },
      raw = json.encode { taskId = id, status = "SUCCESS" } } },
  }
end

---@param sys table a fake_sys
function fake_core.new(sys)
  local core = { life = ordinary_life, replies = {}, opened = {}, submits = {}, cancels = {}, forgotten = {},
    saves = {}, uploads = {}, closed = 0, shutdowns = {}, tells = {}, lost = {}, recorded = {} }

  local Handle = {}
  Handle.__index = Handle

  function Handle:plan(ticket, events)
    for _, event in ipairs(events) do
      self.due[#self.due + 1] = { at = sys.clock + event[1], what = event[2], ticket = ticket,
        event[3], event[4] }
    end
    table.sort(self.due, function(a, b) return a.at < b.at end)
  end

  function Handle:ticket()
    self.last = self.last + 1
    return self.last
  end

  function Handle:fd() return 99 end

  function Handle:timeout()
    if #self.news > 0 then return 0 end
    return self.due[1] and math.max(0, self.due[1].at - sys.clock)
  end

  function Handle:step(seconds)
    local wait = self:timeout()
    if seconds and seconds > 0 then
      if not wait and seconds >= 3600 then error("waiting for news that cannot come: this would hang") end
      sys.clock = sys.clock + math.min(seconds, wait or seconds)
    end
    while self.due[1] and self.due[1].at <= sys.clock do
      self.news[#self.news + 1] = table.remove(self.due, 1)
    end
    return true
  end

  function Handle:next()
    local event = table.remove(self.news, 1)
    if not event then return end
    if event.what == "state" then self.state[event.ticket] = event[1] end
    if event.what == "log" then return "log", event[1], event[2] end
    return event.what, event.ticket, event[1], event[2]
  end

  function Handle:submit(endpoint, params, files, timeout, wait_timeout, price, currency, more)
    if self.shut then return nil, { kind = "cancelled", message = "no more submits", spent = "no" } end
    local call = { endpoint = endpoint, params = params, files = files, timeout = timeout,
      wait_timeout = wait_timeout, price = price, currency = currency, more = more,
      number = #core.submits + 1 }
    core.submits[call.number] = call
    local ticket = self:ticket()
    self.state[ticket] = "waiting"
    self:plan(ticket, core.life(call))
    return ticket
  end

  function Handle:attach(id, model)
    local ticket = self:ticket()
    self.state[ticket] = "running"
    local value = { task_id = id, model = model, seconds = 1, outputs = {} }
    self:plan(ticket, { { 1, "end", nil, value } })
    return ticket
  end

  function Handle:upload(path, options)
    core.uploads[#core.uploads + 1] = path
    core.upload_options = options
    local ticket = self:ticket()
    self:plan(ticket, { { 1, "end", nil,
      { url = "https://up.example/" .. path, file_name = "openapi/" .. path, bytes = 5, reused = false,
        sha256 = options and options.digest and ("5a"):rep(32) or nil } } })
    return ticket
  end

  function Handle:save(job)
    core.saves[#core.saves + 1] = job
    local ticket = self:ticket()
    local path = ("%s/%s.%s"):format(job.dir:gsub("/$", ""), job.stem, job.ext or job.type or "bin")
    local fault = core.save_fault and core.save_fault(job)
    local value = not fault and { path = path, bytes = 5, reused = false } or nil
    self:plan(ticket, { { 1, "end", fault, value } })
    return ticket
  end

  function Handle:call(call)
    local reply = core.replies[call.path]
    if type(reply) == "function" then reply = reply(call) end
    local ticket = self:ticket()
    local failed = type(reply) == "table"
    self:plan(ticket, { { 1, "end", failed and reply or nil, not failed and reply or nil } })
    return ticket
  end

  local function take_out(list, ticket)
    for i = #list, 1, -1 do
      if list[i].ticket == ticket then table.remove(list, i) end
    end
  end

  function Handle:cancel(ticket)
    core.cancels[#core.cancels + 1] = ticket
    take_out(self.due, ticket)
    local sent = self.state[ticket] ~= "waiting" and self.state[ticket] ~= "uploading"
    self:plan(ticket, { { 0, "end",
      { kind = "cancelled", message = "the task was cancelled", spent = sent and "maybe" or "no" } } })
    return true
  end

  function Handle:tell(ticket, id) core.tells[#core.tells + 1] = { ticket, id } end

  -- Whose tokens are lost: core.lost, by token.
  function Handle:tell_lost(token, id)
    core.tells[#core.tells + 1] = { token, id }
    local lost = core.lost[token]
    if not lost then return nil, { kind = "gone", message = "no such job", spent = "no" } end
    local ticket = self:ticket()
    self:plan(ticket, lost(id))
    return ticket
  end

  function Handle:forget(ticket)
    core.forgotten[#core.forgotten + 1] = ticket
    take_out(self.due, ticket)
    take_out(self.news, ticket)
    return true
  end

  function Handle:peek(ticket) return self.state[ticket] or "save", 1, 2, 3, 4, nil end

  function Handle:stats() return { limit = core.limit or 0 } end

  function Handle:money()
    return core.money or { currency = "CNY", spent = "0.00", unconfirmed = "0.00", reserved = "0.00",
      held = "0.00", coins = "0", charged = 0, untold = 0, unknown = 0 }
  end

  function Handle:describe()
    return { base_url = core.base_url or "https://fake.example", key_hint = "abcd", sealed = core.sealed }
  end

  function Handle:cache() -- luacheck: no self
    return core.cache, core.cache_fault
  end

  -- With `leave`, every task that is under way ends at once.
  function Handle:shutdown(leave)
    core.shutdowns[#core.shutdowns + 1] = leave
    self.shut = true
    local ended = {}
    for _, event in ipairs(self.due) do
      local state = self.state[event.ticket]
      local unsent = state == "waiting" or state == "uploading"
      if not ended[event.ticket] and state and (leave or unsent) then
        ended[event.ticket] = { 0, "end", { kind = state == "submitting" and "unknown_outcome" or "cancelled",
          message = "left", spent = unsent and "no" or "maybe" } }
      end
    end
    for ticket, event in pairs(ended) do
      take_out(self.due, ticket)
      self:plan(ticket, { event })
    end
    self:step(0)
  end

  function Handle:close()
    if self.over then return end
    self.over = true
    core.closed = core.closed + 1
  end

  -- The journal's jobs are core.recorded, by state.
  function core.jobs(_, state)
    local step, list, first = ipairs(core.recorded[state] or {})
    local i = first
    return function()
      local _, job = step(list, i)
      i = i + 1
      return job
    end, nil, nil, nil
  end

  function core.client(options)
    if core.refusal then return nil, core.refusal end
    core.opened[#core.opened + 1] = options
    return setmetatable({ last = 0, due = {}, news = {}, state = {} }, Handle)
  end

  return core
end

return fake_core
