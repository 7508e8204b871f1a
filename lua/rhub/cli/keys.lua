-- rhub keys: the account's API keys, masked.

local json = require "rhub.json"
local layout = require "rhub.cli.layout"
local plain = require "rhub.cli.plain"

---@type rhub.cli.command
local keys = {
  usage = "rhub keys",
  help = [[
Lists the API keys of the account that the present key belongs to: masked, with name, state, what each has
used and may use, and when it ends. Costs nothing.

With --json: keys, a list of key, name, status, used, quota, visible, expires, created.

  rhub keys
]],
}

local FIELDS = { "key", "name", "status", "used", "quota", "visible", "expires", "created" }

local function fields_of(key)
  local copy = {}
  for _, name in ipairs(FIELDS) do
    copy[name] = key[name]
    if copy[name] == nil then copy[name] = json.null end
  end
  return copy
end

local function spending(key)
  local used = key.used or "0"
  return key.quota and ("used %s of %s"):format(used, key.quota) or "used " .. used
end

local function row_of(key)
  local row = { key.key, key.name or "", key.status or "", spending(key) }
  if key.expires then row[5] = "until " .. key.expires end
  for i, cell in ipairs(row) do row[i] = plain.text(cell) end
  return row
end

---@param context rhub.cli.context
function keys.run(context)
  local hub, err = context:hub()
  if not hub then return nil, err end
  local list
  list, err = hub:keys()
  if not list then return nil, err end
  local answer, rows = json.array {}, {}
  for i, key in ipairs(list) do answer[i], rows[i] = fields_of(key), row_of(key) end
  context.answer.keys = answer
  context:print(#rows > 0 and table.concat(layout.columns(rows), "\n") or "no keys")
  return true
end

return keys
