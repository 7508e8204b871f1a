-- rhub run: one task from the command line, saved.

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
  --wait-timeout SECONDS  wait for a free place at most so long

The parameters and the target are looked at before anything is sent. The task's id is shown before the
waiting starts. With --json: task_id, model, status, outputs, files, cost, seconds, or error.

  rhub run kling-video-o1/image-to-video prompt="wind in her hair" firstImageUrl=portrait.png \
    aspectRatio=9:16 duration=5 mode=std -o out/
]],
  options = {
    { "output", short = "o", value = "TARGET", read = options.text },
    { "overwrite" },
    { "wait-timeout", value = "SECONDS", read = options.seconds },
  },
  words = { 1, math.huge, what = "a model and its parameters" },
  single = true,
}

-- Whether nothing can have been made that would need the folder.
local function came_to_nothing(err)
  return err.spent == "no" and not err.task_id
end

---@param context rhub.cli.context
function run.run(context)
  local target = require "rhub.cli.target"
  local values, words = context.values, context.words
  local params, err = require("rhub.cli.parameters").read(words, 2)
  if not params then return nil, err end
  local hub
  hub, err = context:hub()
  if not hub then return nil, err end
  err = values.output and target.check(values.output, { fresh = true, overwrite = values.overwrite })
  if err then return nil, err end
  local task, done
  task, err = hub:submit(words[1], params, { wait_timeout = values.wait_timeout })
  if task then
    done, err = require("rhub.cli.outcome").of(context, task)
  end
  if err and came_to_nothing(err) then target.undo() end
  return done, err
end

return run
