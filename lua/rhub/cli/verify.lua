-- rhub verify: whether files are still what their records say. Reads only; no key, no network.

local errors = require "rhub.errors"
local json = require "rhub.json"
local plain = require "rhub.cli.plain"
local sidecar = require "rhub.batch.sidecar"
local sys = require "rhub.sys"

---@type rhub.cli.command
local verify = {
  usage = "rhub verify DIR",
  help = [[
Compares every file in DIR with the record beside it (FILE.json): whether it is there, its size, its SHA-256.
Files without a record are counted. Nothing is sent or changed. Exit code 1 when a file is missing or differs,
or a record is damaged.

With --json: checked, good, bad (a list of path, problem), unrecorded.

  rhub verify cats
]],
  words = { 1, 1, what = "a folder" },
}

local LONGEST = 1 << 24 -- bytes of a record

-- What is wrong with a recorded file, or nil.
local function problem_of(path, recorded)
  local stat = sys.stat(path)
  if not stat then return "is missing" end
  if stat.type ~= "file" then return "is no file" end
  if stat.size ~= recorded.bytes then
    return ("has %d bytes, recorded are %s"):format(stat.size, tostring(recorded.bytes))
  end
  if type(recorded.sha256) ~= "string" then return nil end
  local sha256, err = require("rhub.core").sha256_file(path)
  if not sha256 then return "cannot be read: " .. err.message end
  if sha256 ~= recorded.sha256 then return "holds other bytes than were saved" end
end

local BEGINNING = '{"catalogue":' -- of every record: its names are sorted

-- What a file NAME.json is: a record, as its fields; a damaged one, as what is wrong with it; or neither.
local function record_at(path, beside)
  local text, reason = sys.read(path, LONGEST)
  if not text then return nil, beside and "cannot be read: " .. reason or nil end
  local value, err = json.decode(text)
  if value == nil then
    local ours = beside or text:sub(1, #BEGINNING) == BEGINNING
    return nil, ours and "is a damaged record: " .. err.message or nil
  end
  if type(value) ~= "table" or value.rhub == nil then return nil end
  local fields, wrong = sidecar.read(path)
  return fields, wrong and wrong.message:sub(#path + 3)
end

local function note(found, path, problem)
  found.checked = found.checked + 1
  if problem then
    found.bad[#found.bad + 1] = { path = path, problem = problem }
  else
    found.good = found.good + 1
  end
end

local function check(dir, names, found)
  local there, recorded = {}, {}
  for _, name in ipairs(names) do there[name] = true end
  for _, name in ipairs(names) do
    local file = name:match "^(.+)%.json$"
    local recorded_itself = there[name .. ".json"] -- an output that is JSON
    local fields, damage
    if file then fields, damage = record_at(dir .. "/" .. name, there[file] and not recorded_itself) end
    if fields then
      note(found, dir .. "/" .. file, problem_of(dir .. "/" .. file, fields.file))
    elseif damage then
      note(found, dir .. "/" .. name, damage)
    end
    if fields or damage then recorded[name], recorded[file] = true, true end
  end
  for _, name in ipairs(names) do
    local path = dir .. "/" .. name
    local stat = not recorded[name] and not name:find "^rhub%.db" and sys.stat(path)
    if stat and stat.type == "file" then found.unrecorded = found.unrecorded + 1 end
  end
end

local function count(n, one, many)
  return n == 1 and "1 " .. one or n .. " " .. many
end

---@param context rhub.cli.context
function verify.run(context)
  local dir = context.words[1]:match "^(.*[^/])/*$" or "/"
  local names, reason = sys.list(dir)
  if not names then return nil, errors.input(("%s: %s"):format(dir, reason)) end
  local loaded, why = require("rhub.cli.engine").load()
  if not loaded then return nil, why end
  table.sort(names)
  local found = context.answer
  found.checked, found.good, found.bad, found.unrecorded = 0, 0, json.array {}, 0
  check(dir, names, found)
  if found.checked == 0 then return nil, errors.input(dir .. ": no record of a file lies here") end
  for _, one in ipairs(found.bad) do
    context:print(("%s %s"):format(plain.text(plain.path(one.path)), one.problem))
  end
  local others = found.unrecorded > 0
    and ("; %s without a record"):format(count(found.unrecorded, "file", "files")) or ""
  context.terminal:note(("%s as recorded, %d not%s"):format(count(found.good, "file is", "files are"),
    #found.bad, others))
  if #found.bad == 0 then return true end
  context.told = true
  return nil, errors.new { kind = "io",
    message = count(#found.bad, "file is", "files are") .. " not as recorded" }
end

return verify
