-- rhub run: one task from the command line, saved.

local errors = require "rhub.errors"
local options = require "rhub.cli.options"

---@type rhub.cli.command
local run = {
  usage = "rhub run MODEL NAME=VALUE ... [-o TARGET]",
  help = [[
Submits one task, waits for it, and saves what it has made.

  NAME=VALUE    text; for a media parameter an address, or a file, which is uploaded
  NAME=@FILE    the text of a file
  NAME:=JSON    a number, true, a list, an object: seed:=7  imageUrls:='["a.png","b.png"]'
  A name that is repeated makes a list: imageUrls=a.png imageUrls=b.png

  -o, --output TARGET   a folder (ends in /, or exists; made if need be), where files are called
                        TASK-N.EXT, or a file's name. Without it the outputs' addresses are printed;
                        they live about a day.
  --overwrite           replace another file of that name
  --sidecar             FILE.json beside each output: what it was made of, its price, its digest; for
                        rhub verify and rhub rerun
  --wait-timeout SECONDS  wait for a free place at most so long

The parameters and the target are looked at before anything is sent. The task's id is shown before the
waiting starts. With --json: task_id, model, status, outputs, files, cost, seconds, or error.

  rhub run kling-video-o1/image-to-video prompt="wind in her hair" firstImageUrl=portrait.png \
    aspectRatio=9:16 duration=5 mode=std -o out/
]],
  options = {
    { "output", short = "o", value = "TARGET", read = options.text },
    { "overwrite" },
    { "sidecar" },
    { "wait-timeout", value = "SECONDS", read = options.seconds },
  },
  words = { 1, math.huge, what = "a model and its parameters" },
  single = true,
}

-- What is wrong with the call, found out before there is a key or a client. Warnings come with the submit.
local function problems(model, params, mode)
  if model:find("=", 1, true) then
    return errors.input(('"%s" stands where the model belongs: rhub run MODEL NAME=VALUE ...'):format(model))
  end
  local _, err = require("rhub.check").call(model, params, mode or "strict", function() end)
  return err
end

---@param context rhub.cli.context
function run.run(context)
  local values, words = context.values, context.words
  local params, err = require("rhub.cli.parameters").read(words, 2)
  if not params then return nil, err end
  if values.sidecar and not values.output then
    return nil, errors.input "--sidecar writes beside files: give -o TARGET too"
  end
  if values.sidecar then context.made = { model = words[1], params = params } end
  return require("rhub.cli.outcome").run(context, function(hub)
    return hub:submit(words[1], params, { wait_timeout = values.wait_timeout })
  end, function() return problems(words[1], params, values.check) end)
end

return run
