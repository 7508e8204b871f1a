-- rhub comfy: a native ComfyUI on the service's machines. A word says what is to be done.

local errors = require "rhub.errors"
local json = require "rhub.json"
local nearest = require "rhub.nearest"
local options = require "rhub.cli.options"
local plain = require "rhub.cli.plain"
local reading = require "rhub.comfy.reading"

---@type rhub.cli.command
local comfy = {
  usage = [=[
rhub comfy prompt GRAPH.json [-o TARGET] [--plus]
rhub comfy history [ID] [-o TARGET] [--plus]
rhub comfy interrupt [--plus]
rhub comfy info [CLASS] [--plus]]=],
  help = [[
Speaks ComfyUI's own API with a machine of the service, which the account pays by the second. `prompt` runs
a graph in the API's format, waits for its end and saves what it has made; it is sent once. `history` tells
what became of one prompt or of all, and saves it. `interrupt` ends the one that runs. `info` tells what a
node class takes and gives, or the names of all.

  -o, --output TARGET   a folder, or a file's name
  --overwrite           replace another file of that name
  --plus                the machine with 48 GB in place of 24

With --json: prompt_id, status, outputs, files; prompts; interrupted; class, info or classes; or error.

  rhub comfy prompt graph.json -o out/
]],
  options = {
    { "output", short = "o", value = "TARGET", read = options.text },
    { "overwrite" },
    { "plus" },
  },
  words = { 1, 2, what = "what is to be done: prompt, history, interrupt or info" },
}

-- ---- what was made ----------------------------------------------------------------------------

local function save(context, made, target)
  local paths, err = made:save(target, { overwrite = context.values.overwrite and true or false })
  for i, path in ipairs(paths or err.saved or {}) do context.answer.files[i] = plain.path(path) end
  if not paths then return nil, err end
  context:print(table.concat(context.answer.files, "\n"))
  return true
end

-- Outputs of a prompt that has ended well.
local function tell(context, handle, entry)
  local made, answer = handle:outputs(entry), context.answer
  for i, output in ipairs(made.outputs) do
    answer.outputs[i] = { node_id = output.node_id, kind = output.kind, type = output.type,
      filename = output.filename, subfolder = output.subfolder, folder = output.folder, text = output.text }
  end
  if context.values.output then return save(context, made, context.values.output) end
  for _, output in ipairs(made.outputs) do context:print(plain.lines(output.filename or output.text)) end
  return true
end

local function begin(context, id)
  context.answer.prompt_id = id
  context.answer.outputs, context.answer.files = json.array {}, json.array {}
end

-- Tells a prompt's end: its entry, or the error.
local function finish(context, handle, entry, err)
  context.answer.status = entry and "done" or err.kind
  if not entry then return nil, err end
  return tell(context, handle, entry)
end

-- ---- what can be done -------------------------------------------------------------------------

-- Each: how many words follow it, whether it saves, what it does.
local ACTIONS = {}

ACTIONS.prompt = { 1, 1, what = "the file of a graph", saves = true }

function ACTIONS.prompt.run(context, handle, words)
  local sent, err = handle:prompt(words[1])
  if not sent then return nil, err end
  begin(context, sent.id)
  local again = require("rhub.cli.comfy_prompts").resume({ id = sent.id, plus = context.values.plus },
    context.values.output)
  context.terminal:note(("prompt %s  (take it up again: %s)"):format(plain.text(sent.id), again))
  return finish(context, handle, handle:wait(sent, context.values.timeout))
end

ACTIONS.history = { 0, 1, what = "a prompt's id, or nothing", saves = true }

local function all(context, handle)
  local entries, err = handle:history()
  if not entries then return nil, err end
  context.answer.prompts = json.array {}
  for id, entry in pairs(entries) do
    entry = type(entry) == "table" and entry or {}
    local status = type(entry.status) == "table" and entry.status.status_str
    local row = reading.row(entry.prompt) or {}
    table.insert(context.answer.prompts, { id = tostring(id), number = row.number or 0,
      status = type(status) == "string" and status or "done", client_id = row.client_id or json.null })
  end
  table.sort(context.answer.prompts, function(a, b) return a.number < b.number end)
  for _, one in ipairs(context.answer.prompts) do
    local client = one.client_id ~= json.null and one.client_id or ""
    context:print(plain.text(("%s  %-8s %s"):format(one.id, one.status, client)))
  end
  return true
end

function ACTIONS.history.run(context, handle, words)
  local id = words[1]
  if not id and context.values.output then return nil, errors.input "-o: of which prompt? Give its id" end
  if not id then return all(context, handle) end
  begin(context, id)
  local entry, err = handle:history(id)
  if err then return nil, err end
  if entry then return finish(context, handle, reading.ended(handle.name, id, entry)) end
  context.answer.status = "waiting"
  context:print "not in the history: it has not ended, or the machine does not know it"
  return true
end

ACTIONS.interrupt = { 0, 0, what = "no words" }

function ACTIONS.interrupt.run(context, handle)
  local done, err = handle:interrupt()
  if not done then return nil, err end
  context.answer.interrupted = true
  context:print "interrupted"
  return true
end

ACTIONS.info = { 0, 1, what = "the name of a node class, or nothing" }

function ACTIONS.info.run(context, handle, words)
  local answer = context.answer
  local about, err = handle:object_info(words[1])
  if not about then return nil, err end
  if words[1] then
    answer.class, answer.info = words[1], about
    context:print(plain.lines(assert(json.encode(about, { sort = true }))))
    return true
  end
  answer.classes = json.array {}
  for name in pairs(about) do table.insert(answer.classes, name) end
  table.sort(answer.classes)
  context:print(plain.lines(table.concat(answer.classes, "\n")))
  return true
end

-- ---- from the command line to one of them -----------------------------------------------------

local function problem(name, action, words, values)
  if #words < action[1] or #words > action[2] then
    return errors.input(("rhub comfy %s takes %s; see rhub help comfy"):format(name, action.what))
  end
  if (values.output or values.overwrite) and not action.saves then
    return errors.input(("rhub comfy %s saves nothing: leave out -o; see rhub help comfy"):format(name))
  end
  if values.output then
    return require("rhub.cli.target").check(values.output, { overwrite = values.overwrite })
  end
end

---@param context rhub.cli.context
function comfy.run(context)
  local words, values = table.move(context.words, 2, #context.words, 1, {}), context.values
  local name = context.words[1]
  local action = ACTIONS[name]
  if not action then
    local near = nearest.find(name, ACTIONS, true)
    return nil, errors.input(('rhub comfy "%s" is not known; %s'):format(name,
      near and ("did you mean rhub comfy %s?"):format(near) or "see rhub help comfy"))
  end
  local hub
  local err = problem(name, action, words, values)
  if err then return nil, err end
  hub, err = context:hub()
  if not hub then return nil, err end
  return action.run(context, hub:comfy { plus = values.plus and true or false }, words)
end

return comfy
