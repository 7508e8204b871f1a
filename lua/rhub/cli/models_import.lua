-- rhub models import FILE: the vendor's registry of models against the catalogue. Shows what is new, gone and
-- changed, and writes it into the user's own catalogue folder when told to.

local errors = require "rhub.errors"
local importer = require "rhub.catalogue.importer"
local json = require "rhub.json"
local plain = require "rhub.cli.plain"
local signals = require "rhub.cli.signals"
local sys = require "rhub.sys"

local models_import = {}

local MOST_NOTES = 20
local LIMIT = 64 * 1024 * 1024

-- ---- reading ----------------------------------------------------------------------------------

local function refuse(path, why)
  return nil, errors.input(("%s: %s; nothing was written"):format(path, why))
end

local function read(path)
  local found, reason = sys.stat(path)
  if not found then return refuse(path, reason) end
  if found.type == "dir" then return refuse(path, "is a folder") end
  if found.type ~= "file" then return refuse(path, "is not an ordinary file") end
  if found.size > LIMIT then return refuse(path, "is over 64 MB, too large for a registry") end
  local text
  text, reason = sys.read(path, LIMIT)
  if not text then return refuse(path, reason) end
  local import, why = importer.compare(text)
  if not import then return refuse(path, why) end
  return import
end

-- ---- telling ----------------------------------------------------------------------------------

local function model_line(entry)
  return ("  %s   %s   %s"):format(entry.endpoint, entry.task, entry.family)
end

local function change_lines(lines, change)
  lines[#lines + 1] = "  " .. change.endpoint
  for _, text in ipairs(change.changes) do lines[#lines + 1] = "    " .. text end
end

local function section(lines, title, list, add)
  if #list == 0 then return end
  lines[#lines + 1] = ""
  lines[#lines + 1] = title
  for _, item in ipairs(list) do add(lines, item) end
end

local function adds(line_of)
  return function(lines, item) lines[#lines + 1] = line_of(item) end
end

local function counts(import)
  local parts = {}
  for _, name in ipairs { "new", "gone", "changed" } do
    parts[#parts + 1] = ("%d %s"):format(#import[name], name)
  end
  return table.concat(parts, ", ")
end

-- Everything that was found, as text for people.
---@param import rhub.import
---@param path string
---@return string
function models_import.text(import, path)
  local about = import.version and ("version %s, "):format(import.version) or ""
  local lines = { ("%s: %s%d models; %s"):format(path, about, import.count, counts(import)) }
  section(lines, "new", import.new, adds(model_line))
  section(lines, "gone: listed here, not in the registry", import.gone, adds(model_line))
  section(lines, "changed", import.changed, change_lines)
  section(lines, "left alone: they differ, and stand in a file of your own", import.left, adds(function(item)
    return ("  %s   %s"):format(item.endpoint, item.file)
  end))
  for i, line in ipairs(lines) do lines[i] = plain.text(line) end
  return table.concat(lines, "\n")
end

local function tell_notes(context, notes)
  for i, note in ipairs(notes) do
    if i > MOST_NOTES then
      context.terminal:note(("rhub: and %d more like these"):format(#notes - MOST_NOTES))
      return
    end
    context.terminal:note("rhub: the registry: " .. plain.text(note))
  end
end

-- A registry that was cut off would take the catalogue with it.
local function tell_doubt(context, import)
  if not import.doubtful or import.take_gone then return end
  context.terminal:say(("rhub: %d of %d listed models are not in it, as if it were cut off: they are left as "
    .. "they are; to mark them removed: --gone"):format(#import.gone, import.listed))
end

local function fill_answer(answer, import)
  answer.new, answer.gone, answer.changed = json.array {}, json.array {}, json.array {}
  for i, entry in ipairs(import.new) do answer.new[i] = entry.endpoint end
  for i, entry in ipairs(import.gone) do answer.gone[i] = entry.endpoint end
  for i, change in ipairs(import.changed) do
    answer.changed[i] = { endpoint = change.endpoint, changes = change.changes }
  end
  answer.written = json.null
end

-- ---- writing ----------------------------------------------------------------------------------

-- A line from the terminal, or nil after Ctrl-C. Both are waited for: a Ctrl-C that comes just before the
-- reading begins would not end it.
local function read_answer()
  local fds = { 0, 1, signals.fd, signals.fd and 1 }
  while not signals.interrupted() do
    sys.poll(fds)
    if not signals.interrupted() and fds.ready and fds.ready[1] == 0 then return sys.readline(0) or "" end
  end
end

-- Whether the user agrees; nil and an error when they leave at the question.
local function agree(context, count)
  if context.values.yes then return true end
  if context.values.json or not sys.isatty(0) then return false end
  context.terminal:hide()
  local what = count == 1 and "this model" or "these " .. count .. " models"
  sys.write(2, ("write %s to %s? [y/N] "):format(what, plain.text(importer.path() or "?")))
  local line = read_answer()
  if not line then return nil, errors.new { kind = "cancelled", message = "nothing was written" } end
  return line:lower():match("^%s*(%a*)%s*$") == "y"
end

local function nothing_to_write(context, import)
  local path = importer.path()
  local same = #import.changed == 0 and #import.left == 0 and #import.gone == 0
  context.terminal:note(same and "no differences: nothing to write"
    or "nothing to write: what the registry lacks is kept, and your own files are left alone")
  if path and sys.stat(path) then
    context.terminal:note(plain.text(path) .. ", of an earlier import, is no longer needed and can go")
  end
  return true
end

local function write(context, import, source)
  local count = importer.count(import)
  if count == 0 then return nothing_to_write(context, import) end
  local agreed, err = agree(context, count)
  if err then return nil, err end
  if not agreed then
    context.terminal:say(("nothing was written; to write it: rhub models import %s --yes%s"):format(
      plain.word(source), import.take_gone and " --gone" or ""))
    return true
  end
  local path
  path, err = importer.write(import, source)
  if not path then return nil, err end
  context.answer.written = path
  context:print("written  " .. plain.text(path))
  return true
end

-- The command; words are "import" and the registry's file.
---@param context rhub.cli.context
---@return true|nil
---@return rhub.error|nil
function models_import.run(context)
  local source, surplus = context.words[2], context.words[3]
  if not source or surplus then
    return nil, errors.input("rhub models import takes one file, the vendor's registry; see rhub help models")
  end
  local import, err = read(source)
  if not import then return nil, err end
  import.take_gone = context.values.gone ~= nil
  fill_answer(context.answer, import)
  context:print(models_import.text(import, source))
  tell_notes(context, import.notes)
  tell_doubt(context, import)
  return write(context, import, source)
end

return models_import
