-- rhub apps: the AI apps that the service offers.

local json = require "rhub.json"
local layout = require "rhub.cli.layout"
local options = require "rhub.cli.options"
local plain = require "rhub.cli.plain"

---@type rhub.cli.command
local apps = {
  usage = "rhub apps [--sort S] [--days N] [--page N] [--size N]",
  help = [[
Lists AI apps, one a line: the id, which rhub app takes, and the title. Costs nothing.

  --sort recommend|hottest|newest
  --days N      with hottest: of how many days
  --page N      from 1 on
  --size N      of a page, up to 50; 20

With --json: apps (id, title, description, cover), page, pages, total, more.

  rhub apps --sort hottest --days 7
]],
  options = {
    { "sort", value = "recommend|hottest|newest", read = options.text },
    { "days", value = "N", read = options.count },
    { "page", value = "N", read = options.count },
    { "size", value = "N", read = options.count },
  },
}

---@param context rhub.cli.context
function apps.run(context)
  local values = context.values
  local hub, err = context:hub()
  if not hub then return nil, err end
  local list
  list, err = hub:apps { sort = values.sort, days = values.days, page = values.page, size = values.size }
  if not list then return nil, err end
  local answer, rows = context.answer, {}
  answer.page, answer.more = list.page, list.more
  answer.pages, answer.total = list.pages or json.null, list.total or json.null
  answer.apps = json.array {}
  for i, app in ipairs(list) do
    answer.apps[i] = app
    rows[i] = { app.id or "?", plain.text(app.title or "") }
  end
  local lines = layout.columns(rows)
  if list.more then lines[#lines + 1] = ("more: --page %d"):format(list.page + 1) end
  if #lines > 0 then context:print(table.concat(lines, "\n")) end
  if #list == 0 then context.terminal:note(("page %d holds no apps"):format(list.page)) end
  return true
end

return apps
