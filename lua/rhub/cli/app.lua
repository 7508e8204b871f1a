-- rhub app: what an AI app takes, and running it.

local json = require "rhub.json"
local layout = require "rhub.cli.layout"
local plain = require "rhub.cli.plain"
local runs = require "rhub.cli.runs"

---@type rhub.cli.command
local app = {
  usage = "rhub app ID [--inputs]\nrhub app ID NAME=VALUE ... [-o TARGET]",
  help = [[
Shows what an AI app takes; with values, or --run, runs it. ID is the number in the address of its page, or
that address. NAME is an input's name, its description, or NODE.FIELD; what is not given keeps the app's own
value, which stands in brackets.

]] .. runs.HELP .. [[
  --inputs              show the inputs, even with values

Options of the run stand among the values: instanceType=plus, retainSeconds=60, usePersonalQueue=true,
accessPassword=@FILE, webhookUrl=ADDRESS, price=AMOUNT (what it costs at most, for --budget), form=v2,
check=off (without a look at the app).

With --json: app, title and inputs; of a run task_id, model, status, outputs, files, cost, seconds, or error.

  rhub app 1877265245566922753
  rhub app 1877265245566922753 image=portrait.png style=oil -o out/
]],
  options = runs.options { "inputs" },
  words = { 1, math.huge, what = "an app's id, and NAME=VALUE" },
  single = true,
}

local TYPES = { string = "text", integer = "whole number", enum = "one of", boolean = "true or false" }

-- What an input takes: its choices, the app's own value in brackets.
local function takes(input)
  local default = input.default ~= nil and "[" .. runs.value(input.default) .. "]" or ""
  if input.type == "enum" then
    local list = {}
    for i, value in ipairs(input.enum) do
      local label = input.labels and input.labels[value]
      local text = plain.text(value)
      if value == tostring(input.default) then text = "[" .. text .. "]" end
      list[i] = label and text .. " " .. plain.text(label) or text
    end
    return table.concat(list, "  ")
  end
  local range = require("rhub.check.words").range(input)
  return (range and range .. "  " or "") .. default
end

-- The inputs in lines.
---@param inputs rhub.app_input[]
---@param lines string[] where they are added
function app.add_inputs(inputs, lines)
  local app_inputs = require "rhub.app_inputs"
  local rows = {}
  for i, input in ipairs(inputs) do
    rows[i] = { plain.text(app_inputs.short(inputs, input)), TYPES[input.type] or plain.text(input.type),
      plain.text(input.description_en or input.description or ""), takes(input) }
  end
  for _, line in ipairs(layout.columns(rows)) do lines[#lines + 1] = "  " .. line end
end

local FIELDS = { "key", "name", "node_id", "node", "type", "enum", "labels", "min", "max", "default",
  "description", "description_en" }

-- The inputs for --json.
---@param inputs rhub.app_input[]
---@return table[]
function app.fields(inputs)
  local list = {}
  for i, input in ipairs(inputs) do
    list[i] = {}
    for _, name in ipairs(FIELDS) do list[i][name] = input[name] end
  end
  return json.array(list)
end

-- An input that one is likely to set. Its name is written by others and goes into a shell: quoted, and never
-- one that would be read as an option or as a value.
---@param inputs rhub.app_input[]
---@return string
function app.example(inputs)
  local app_inputs = require "rhub.app_inputs"
  for _, input in ipairs(inputs) do
    local name = app_inputs.short(inputs, input)
    if name ~= "" and name == plain.text(name) and not name:find "^-" and not name:find("[=:]") then
      return plain.word(name) .. (input.type == "image" and "=FILE" or '="..."')
    end
  end
  return "--run"
end

local function show(context, hub, id)
  local one = hub:app(id)
  local about, err = one:about()
  if not about then return nil, err end
  local answer = context.answer
  answer.app, answer.title = one.id, about.title or json.null
  answer.locked, answer.inputs = about.locked, app.fields(about.inputs)
  local lines = { plain.text(("%s   %s%s"):format(one.name, about.title or "",
    about.locked and "   (needs accessPassword)" or "")), "" }
  app.add_inputs(about.inputs, lines)
  lines[#lines + 1] = ""
  lines[#lines + 1] = ("rhub app %s %s -o out/"):format(one.id, app.example(about.inputs))
  context:print(table.concat(lines, "\n"))
  return true
end

---@param context rhub.cli.context
function app.run(context)
  local id = context.words[1]
  local asked, err = runs.read(context.words, 2, false)
  if not asked then return nil, err end
  if not context.values.inputs and runs.wanted(context, asked) then
    return runs.run(context, asked, function(hub) return hub:app(id) end)
  end
  local hub
  hub, err = context:hub()
  if not hub then return nil, err end
  return show(context, hub, id)
end

return app
