-- Who watches what clients do, for showing it: the program's terminal, or nobody. An observer has any of
--   opened(hub)                    a client was made
--   closed(spent)                  a client has ended, having spent so much
--   task(task)                     a task's state has changed, its id has become known, or it has ended
--   comfy(watched)                 a prompt of a native ComfyUI: state is "submitting", "waiting" or "ended"
--   uploading(job)                 of hub:upload: job:info() tells done and total bytes; job.target, the path
--   found(task_id, model)          a webhook has told the id of a task whose outcome had been unknown
--   uploaded(path, bytes, reused)
--   saving(job)                    job:info() tells done and total bytes
--   saved(path, bytes, reused)
--   log(level, text)               a line for people: "warn", "info" or "debug"
-- It must not wait.

local observer = {
  ---@type table|nil
  current = nil,
}

---@param name string
---@param a any what is told: up to three values
function observer.tell(name, a, b, c)
  local watcher = observer.current
  local method = watcher and watcher[name]
  if method then method(watcher, a, b, c) end
end

return observer
