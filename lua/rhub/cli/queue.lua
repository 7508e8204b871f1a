-- rhub queue: how many tasks the account takes at once, and how many it has.

local account = require "rhub.cli.account"
local json = require "rhub.json"

---@type rhub.cli.command
local queue = {
  usage = "rhub queue",
  help = [[
Tells how many tasks this key may have at once and how many it has, those of the web page included. Costs
nothing. rhub account tells the balance as well.

With --json: kind, limit, running, queued.

  rhub queue --json | jq .running
]],
}

---@param context rhub.cli.context
function queue.run(context)
  local hub, err = context:hub()
  if not hub then return nil, err end
  local now
  now, err = hub:queue()
  if not now then return nil, err end
  for _, name in ipairs { "kind", "limit", "running", "queued" } do
    context.answer[name] = now[name] or json.null
  end
  context:print("key      " .. account.kind(now.kind))
  context:print("places   " .. account.places({}, now))
  return true
end

return queue
