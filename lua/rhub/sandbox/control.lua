-- The control endpoints under /sandbox: faults, counts, and turning the clock of tasks and addresses.

local json = require "rhub.json"
local money = require "rhub.money"

local control = {}

local function reply(value, status)
  return { status = status or 200, headers = "application/json", body = assert(json.encode(value)) }
end

---@param box rhub.sandbox
---@return table
function control.stats(box)
  local s, t, f, u = box.stats, box.tasks, box.files, box.uploads
  local c = box.server:stats()
  t:sweep()
  return {
    requests = s.requests, authorized = s.authorized,
    submits = { received = s.received, accepted = s.made, refused = s.received - s.made,
      duplicates = s.duplicates, bodies = s.bodies },
    tasks = { made = t.made, running = t.running, peak = t.peak, cancelled = t.cancelled,
      ids = json.array(s.ids) },
    uploads = { count = u.count, bytes = u.bytes, files = u.by_hash },
    node_uploads = { count = u.node_count, bytes = u.node_bytes, files = u.node_by_hash },
    loras = box.loras:counts(),
    assets = { made = box.assets.made, groups = box.assets.groups_made },
    downloads = { count = f.count, ranges = f.ranges, bytes = f.bytes },
    connections = { open = c.open, peak = c.peak, total = c.connections },
    faults = { waiting = #box.faults.waiting, met = box.faults.met },
    webhooks = box.hooks.counts, sockets = box.progress.counts,
    comfy = box.machines:counts(),
    charged = money.text(t.charged), charged_coins = t.charged_coins,
  }
end

local ROUTES = {}

ROUTES["GET stats"] = function(box) return reply(control.stats(box)) end

ROUTES["GET faults"] = function(box) return reply(json.array(box.faults.waiting)) end

ROUTES["POST faults"] = function(box, call)
  local added, reason = box.faults:add_json(call.body or "")
  if not added then return reply({ error = reason }, 400) end
  return reply { added = added, waiting = #box.faults.waiting }
end

ROUTES["DELETE faults"] = function(box)
  box.faults:clear()
  return reply { waiting = 0 }
end

ROUTES["POST reset"] = function(box)
  box:reset()
  return reply { reset = true }
end

ROUTES["POST expire"] = function(box)
  box.files:expire_all()
  box.loras:expire_all()
  return reply { expired = true }
end

ROUTES["POST forget"] = function(box)
  box.tasks:forget_all()
  return reply { forgotten = true }
end

ROUTES["POST finish"] = function(box)
  box.tasks:finish_all()
  box.machines:finish_all()
  return reply { finished = true }
end

local function one_task(box, id)
  box.tasks:sweep()
  local task = box.tasks.by_id[id]
  if not task then return reply({ error = "no such task" }, 404) end
  return reply {
    task_id = task.id, endpoint = task.endpoint, status = box.tasks:status(task),
    key_kind = task.account.kind, params = task.params, body = task.body, queries = task.queries,
  }
end

---@param box rhub.sandbox
---@param call table
---@return table reply
function control.handle(box, call)
  local name = call.path:sub(#"/sandbox/" + 1)
  local id = name:match("^tasks/(%d+)$")
  if id then return one_task(box, id) end
  local route = ROUTES[call.method .. " " .. name]
  if not route then return reply({ error = call.method .. " " .. call.path .. " is not known here" }, 404) end
  return route(box, call)
end

return control
