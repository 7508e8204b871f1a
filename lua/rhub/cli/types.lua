-- rhub types: definitions of all models for editors that speak with a Lua language server.

local errors = require "rhub.errors"
local options = require "rhub.cli.options"
local plain = require "rhub.cli.plain"
local sys = require "rhub.sys"

local FILE = "rhub-models.d.lua"

---@type rhub.cli.command
local types = {
  usage = "rhub types [-o DIR]",
  help = [[
Writes definitions of all models, your own included, for editors with the Lua language server (LuaLS): the
parameters of each model, their types, values and limits. Without -o they are printed. Sends nothing and needs
no key.

  -o, --output DIR   write DIR/rhub-models.d.lua; the folder is made if need be
  --overwrite        replace a file of that name that rhub types has not made

The editor finds it through .luarc.json in your project, with the folder where rhub's Lua files are installed:

  { "workspace.library": ["types", "/usr/local/share/lua/5.4/rhub"] }

Completion then knows what belongs to the model that you name:

  hub.models["kling-video-o1/image-to-video"] { ... }
  hub:run("kling-video-o1/image-to-video", { ... })

The first has one definition, and mistakes in it are marked. For the second the name narrows what is offered
inside the braces, but one definition of run takes any table, for models that are not listed here: a wrong
value may pass there unmarked. rhub check looks at all of it.

With --json: models (how many), and file or text.

  rhub types -o types
]],
  options = {
    { "output", short = "o", value = "DIR", read = options.text },
    { "overwrite" },
  },
}

-- A file that is not ours may be somebody's work.
local function foreign(path, first_lines)
  local stat = sys.stat(path)
  if not stat then return nil end
  if stat.type ~= "file" then return errors.input(path .. " is no file; give another folder") end
  local file = io.open(path, "rb")
  local head = file and file:read(#first_lines)
  if file then file:close() end
  if head == first_lines then return nil end
  return errors.input(path .. " was not made by rhub types; to replace it: --overwrite")
end

-- Whole or not at all: an editor may be reading it.
local function write_file(path, text)
  local part = path .. ".part"
  local file, reason = io.open(part, "wb")
  local ok = file
  if file then
    ok, reason = file:write(text)
    local closed, why = file:close()
    if ok and not closed then ok, reason = nil, why end
  end
  if ok then ok, reason = os.rename(part, path) end
  if ok then return true end
  os.remove(part)
  return nil, errors.new { kind = "io", message = ("%s: %s"):format(path, (reason:gsub("^.*: ", ""))) }
end

local function save(context, folder, text, first_lines)
  local path = plain.path((folder:gsub("(.)/+$", "%1")) .. "/" .. FILE)
  if not context.values.overwrite then
    local err = foreign(path, first_lines)
    if err then return nil, err end
  end
  local made, reason = sys.mkdir_p(folder)
  if not made then
    return nil, errors.new { kind = "io", message = ("%s: %s"):format(folder, reason) }
  end
  local ok, err = write_file(path, text)
  return ok and path, err
end

---@param context rhub.cli.context
function types.run(context)
  local write = require "rhub.cli.types.write"
  local folder, answer = context.values.output, context.answer
  local version = require("rhub.cli").version()
  local text, count = write.all { version = version, date = os.date("!%Y-%m-%d") --[[@as string]] }
  answer.models = count
  if not folder then
    answer.text = text
    context:print((text:gsub("\n$", "")))
    return true
  end
  local path, err = save(context, folder, text, write.first_lines)
  if not path then return nil, err end
  answer.file = path
  context.terminal:note(("wrote  %s  (%d models)"):format(plain.text(path), count))
  return true
end

return types
