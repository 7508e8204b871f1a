-- rhub lora: a LoRA file of one's own to the service, for workflows. Costs nothing.

local errors = require "rhub.errors"
local json = require "rhub.json"
local media = require "rhub.media"
local options = require "rhub.cli.options"
local plain = require "rhub.cli.plain"

---@type rhub.cli.command
local lora = {
  usage = "rhub lora FILE [--name NAME]",
  help = [[
Uploads a LoRA file (.safetensors, of any size) and prints the name that the node RHLoraLoader takes as its
file_name; other loaders do not know it. A file that the service has already is not sent again. Uploading is
free.

  --name NAME   what it is called there; else the file's name without its extension

With --json: file_name, name, bytes, reused.

  rhub lora ink-style.safetensors
]],
  options = { { "name", value = "NAME", read = options.text } },
  words = { 1, 1, what = "one file" },
}

-- The name that the service wants: without folder and extension.
local function name_of(path, given)
  local name = given or path:match("([^/]+)$")
  name = name:gsub("%.[Ss][Aa][Ff][Ee][Tt][Ee][Nn][Ss][Oo][Rr][Ss]$", "")
  if name == "" or name:find("[/\\%c]") then
    return nil, errors.input(('--name "%s": takes a name without folder; nothing was sent'):format(name))
  end
  return name
end

---@param context rhub.cli.context
function lora.run(context)
  local path = context.words[1]
  local info, why = media.inspect(path)
  if not info then return nil, errors.input(("%s %s; nothing was sent"):format(path, why)) end
  local name, err = name_of(path, context.values.name)
  if not name then return nil, err end
  if not path:lower():find("%.safetensors$") then
    context.terminal:note(plain.text(path) .. " is not called .safetensors: the service keeps it as such")
  end
  local hub, its
  hub, err = context:hub()
  if not hub then return nil, err end
  its, err = hub:upload(path, { kind = "lora", name = name })
  if not its then return nil, err end
  local answer = context.answer
  answer.file_name, answer.name, answer.bytes = its.file_name, name, its.bytes or json.null
  answer.reused = its.reused or false
  context:print(plain.text(its.file_name))
  context.terminal:note(its.reused and "the service had it already: nothing was sent"
    or "free; RHLoraLoader takes this as its file_name")
  return true
end

return lora
