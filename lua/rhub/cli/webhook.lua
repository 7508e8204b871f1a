-- rhub webhook: what the service has sent for a task, and having it sent again. Costs nothing.

local errors = require "rhub.errors"
local json = require "rhub.json"
local plain = require "rhub.cli.plain"

---@type rhub.cli.command
local webhook = {
  usage = "rhub webhook TASK_ID [--resend [URL]]",
  help = [[
Tells what the service has sent for a task that was given a webhookUrl, and what the receiver answered.
Costs nothing.

  --resend [URL]   have it sent once more; to another address where one is given

  rhub webhook 2013508786110730241 --resend https://hooks.example.com/rhub

With --json: task_id, id, url, event, status, response, retries, created, updated, data; resent; or error.
]],
  options = { { "resend" } },
  words = { 1, 2, what = "a task's id, and with --resend an address" },
}

local FIELDS = { "id", "url", "event", "status", "response", "retries", "created", "updated" }

local function fill(answer, record)
  for _, name in ipairs(FIELDS) do answer[name] = record[name] == nil and json.null or record[name] end
  local data = record.data and json.decode(record.data)
  if data == nil then data = record.data or json.null end
  answer.data = data
end

local function status_line(record)
  local status = record.status and plain.text(record.status) or "not told"
  if not record.retries or record.retries == 0 then return status end
  return ("%s after %d more %s"):format(status, record.retries, record.retries == 1 and "try" or "tries")
end

local function show(context, record)
  local function line(name, value)
    if value then context:print(("%-8s %s"):format(name, (plain.text(value):gsub("%s+$", "")))) end
  end
  line("url", record.url)
  line("event", record.event)
  line("status", status_line(record))
  line("answer", record.response)
  line("sent", record.created)
  if record.updated ~= record.created then line("last", record.updated) end
end

local function resend(context, record, url)
  local done, err = record:resend { url = url }
  if not done then return nil, err end
  context.answer.resent = true
  context:print("sending it again to " .. plain.text(url or record.url or "the same address"))
  return true
end

---@param context rhub.cli.context
function webhook.run(context)
  local id, url = context.words[1], context.words[2]
  local err = require("rhub.tasks").check_id(id)
  if err then return nil, err end
  if url and not context.values.resend then
    return nil, errors.input(('"%s" is one word too many; to have it sent there, add --resend'):format(url))
  end
  err = url and require("rhub.webhook.record").check_url(url)
  if err then return nil, err end
  context.answer.task_id = id
  local hub, record
  hub, err = context:hub()
  if not hub then return nil, err end
  record, err = hub:webhook(id)
  if not record then return nil, err end
  fill(context.answer, record)
  if context.values.resend then return resend(context, record, url) end
  show(context, record)
  return true
end

return webhook
