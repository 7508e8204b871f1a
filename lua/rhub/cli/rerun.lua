-- rhub rerun: what a record beside a file tells, made again.

local options = require "rhub.cli.options"
local plain = require "rhub.cli.plain"
local remake = require "rhub.batch.remake"
local sidecar = require "rhub.batch.sidecar"

---@type rhub.cli.command
local rerun = {
  usage = "rhub rerun SIDECAR [-o TARGET]",
  help = [[
Submits the model and the parameters of a record (FILE.json, which batches write beside each output) once
more, as a new task, which costs money, and saves what it makes. Local files among the parameters are uploaded
again; one that has changed since is told of. In the place of an earlier result of a --script stands the file
that it was saved in; where there is none, the service is asked for it, as long as it has it.

  -o, --output TARGET   a folder or a file's name, as for rhub run; else the addresses are printed
  --overwrite           replace another file of that name
  --wait-timeout SECONDS  wait for a free place at most so long

  rhub rerun cats/0017-1.png.json -o again/
]],
  options = {
    { "output", short = "o", value = "TARGET", read = options.text },
    { "overwrite" },
    { "wait-timeout", value = "SECONDS", read = options.seconds },
  },
  words = { 1, 1, what = "a record: FILE.json" },
  single = true,
}

---@param context rhub.cli.context
function rerun.run(context)
  local fields, err = sidecar.read(context.words[1])
  if not fields then return nil, err end
  local loaded, why = require("rhub.cli.engine").load()
  if not loaded then return nil, why end
  local dir = context.words[1]:match "^(.*)/[^/]*$" or "."
  local function changed(path)
    context.terminal:say(("rhub: %s has changed since"):format(plain.text(path)))
  end
  return require("rhub.cli.outcome").run(context, function(hub)
    local params, missing = remake.params(fields, dir, hub, changed)
    if not params then return nil, missing end
    return hub:submit(fields.model, params, { wait_timeout = context.values.wait_timeout })
  end, function()
    local _, wrong = require("rhub.check").call(fields.model, fields.params, context.values.check or "strict",
      function() end)
    return wrong
  end)
end

return rerun
