-- rhub quick: quick create with an AI app: its styles, what it takes, and running it.

local app = require "rhub.cli.app"
local errors = require "rhub.errors"
local json = require "rhub.json"
local layout = require "rhub.cli.layout"
local plain = require "rhub.cli.plain"
local runs = require "rhub.cli.runs"

---@type rhub.cli.command
local quick = {
  usage = "rhub quick ID\nrhub quick ID CODE NAME=VALUE ... [-o TARGET]",
  help = [[
Shows the styles of a quick create app and what it takes; with a code and values, or --run, runs it. ID is the
number in the address of its page, or that address. CODE says in which of its ways, such as 002; the service's
documentation has them.

]] .. runs.HELP .. [[

Options of the run stand among the values, as for rhub app.

With --json: app, styles and inputs; of a run task_id, model, status, outputs, files, cost, seconds, or error.

  rhub quick 1877265245566922753
  rhub quick 1877265245566922753 002 prompt="a lighthouse" -o out/
]],
  options = runs.options(),
  words = { 1, math.huge, what = "an app's id, a code, and NAME=VALUE" },
  single = true,
}

local function add_styles(styles, lines)
  local rows = {}
  for i, style in ipairs(styles) do
    rows[i] = { plain.text(style.id or ""), plain.text(style.name or ""), plain.text(style.trigger or "") }
  end
  lines[#lines + 1] = "styles"
  for _, line in ipairs(layout.columns(rows)) do lines[#lines + 1] = "  " .. line end
end

local function show(context, hub, id)
  local one = hub:quick(id)
  local styles, err = one:styles()
  if not styles then return nil, err end
  local inputs
  inputs, err = one:inputs()
  if not inputs then return nil, err end
  local answer = context.answer
  answer.app, answer.styles, answer.inputs = one.id, json.array(styles), app.fields(inputs)
  local lines = { plain.text(one.name), "" }
  add_styles(styles, lines)
  lines[#lines + 1] = "inputs"
  app.add_inputs(inputs, lines)
  lines[#lines + 1] = ""
  lines[#lines + 1] = ("rhub quick %s CODE %s -o out/"):format(one.id, app.example(inputs))
  context:print(table.concat(lines, "\n"))
  return true
end

---@param context rhub.cli.context
function quick.run(context)
  local id, code = context.words[1], context.words[2]
  if code and code:find("=", 1, true) then code = nil end
  local asked, err = runs.read(context.words, code and 3 or 2, false)
  if not asked then return nil, err end
  if runs.wanted(context, asked) and not code then
    return nil, errors.input(("a code is missing: rhub quick %s CODE NAME=VALUE, such as 002; nothing was "
      .. "sent"):format(plain.word(id)))
  end
  if code then
    return runs.run(context, asked, function(hub) return hub:quick(id, code) end)
  end
  local hub
  hub, err = context:hub()
  if not hub then return nil, err end
  return show(context, hub, id)
end

return quick
