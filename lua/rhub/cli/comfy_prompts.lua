-- Prompts of native ComfyUIs that are on the wire or waited for: what the terminal says of them, and what it
-- says when the program leaves while they are there. A method of the terminal's, told as the observer.

local plain = require "rhub.cli.plain"

local comfy_prompts = {}

local function plus(one) return one.plus and " --plus" or "" end

-- The command that takes a prompt up again.
---@param one rhub.comfy.watched
---@param target? string
---@return string
function comfy_prompts.resume(one, target)
  return ("rhub comfy history %s%s -o %s"):format(plain.word(one.id), plus(one), plain.word(target or "DIR"))
end

-- What is to be known of it by whoever leaves.
---@param one rhub.comfy.watched
---@param target? string
---@return string
function comfy_prompts.line(one, target)
  if one.id then return comfy_prompts.resume(one, target) end
  return ("%s: a prompt was on the wire: the outcome is unknown, it may be running and may be charged; once "
    .. "it has ended, rhub comfy history%s shows it under client_id %s"):format(one.name, plus(one),
    plain.text(one.client_id))
end

-- Its state has changed.
---@param terminal rhub.cli.terminal
---@param one rhub.comfy.watched
function comfy_prompts.take(terminal, one)
  local row = terminal.prompts[one]
  if one.state == "ended" then
    if row then terminal:last_line(row, nil) end
    terminal.prompts[one] = nil
    return
  end
  if not row then
    row = { key = nil }
    terminal.prompts[one] = row
  end
  terminal:last_line(row, "  " .. comfy_prompts.line(one, terminal.target))
  if one.state == "submitting" then
    terminal:note(("%s: sending a prompt under client_id %s"):format(one.name, plain.text(one.client_id)))
  end
end

-- The lines of all of them.
---@param terminal rhub.cli.terminal
---@return string[]
function comfy_prompts.lines(terminal)
  local lines = {}
  for one in pairs(terminal.prompts) do lines[#lines + 1] = comfy_prompts.line(one, terminal.target) end
  table.sort(lines)
  return lines
end

return comfy_prompts
