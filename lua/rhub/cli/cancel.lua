-- rhub cancel: ask the server to cancel a task.

local plain = require "rhub.cli.plain"

---@type rhub.cli.command
return {
  usage = "rhub cancel ID",
  help = [[
Asks the service to cancel a task, whoever submitted it. What it has used so far is charged. Cancelling
takes a moment: rhub task ID --wait tells how it ended.

With --json: task_id and cancelled, or error.
]],
  words = { 1, 1, what = "a task's id" },

  ---@param context rhub.cli.context
  run = function(context)
    local id = context.words[1]
    local err = require("rhub.tasks").check_id(id)
    if err then return nil, err end
    context.answer.task_id = id
    local hub, done
    hub, err = context:hub()
    if not hub then return nil, err end
    done, err = hub:cancel(id)
    if not done then
      err.task_id = err.task_id or id
      return nil, err
    end
    context.answer.cancelled = true
    context:print(("cancelling %s  (how it ended: rhub task %s --wait)"):format(plain.text(id),
      plain.word(id)))
    return true
  end,
}
