-- rhub outputs: what a task has made, by the older call that shows a failed node.

local options = require "rhub.cli.options"
local plain = require "rhub.cli.plain"
local tasks = require "rhub.tasks"

---@type rhub.cli.command
return {
  usage = "rhub outputs ID [-o TARGET]",
  help = [[
Tells what a task has made, by the older call: its files with what they cost, or which node has failed and
why, or that it goes on. Costs nothing. A text comes as a file here; rhub task ID prints it.

  -o, --output TARGET   save them, as rhub run does
  --overwrite           replace another file of that name

With --json: task_id, model, status, outputs, files, cost, seconds, or error.

  rhub outputs 2013508786110730241 -o out/
]],
  options = {
    { "output", short = "o", value = "TARGET", read = options.text },
    { "overwrite" },
  },
  words = { 1, 1, what = "a task's id" },

  ---@param context rhub.cli.context
  run = function(context)
    local values, id = context.values, context.words[1]
    local err = tasks.check_id(id)
      or values.output and require("rhub.cli.target").check(values.output, { overwrite = values.overwrite })
    if err then return nil, err end
    local hub
    hub, err = context:hub()
    if not hub then return nil, err end
    local made, state
    made, err, state = hub:outputs(id)
    if not made and not err then return require("rhub.cli.task").tell(context, id, state) end
    local cost = made and plain.money(made.cost)
    local ok
    ok, err = require("rhub.cli.outcome").tell(context,
      { id = id, status = state or err.kind, result = made, err = err })
    if cost then context.terminal:note("cost  " .. cost) end
    return ok, err
  end,
}
