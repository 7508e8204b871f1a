-- rhub asset: assets and their groups. A word says what is to be done: `rhub asset create ...`.

local asset_groups = require "rhub.cli.asset_groups"
local errors = require "rhub.errors"
local json = require "rhub.json"
local layout = require "rhub.cli.layout"
local media = require "rhub.media"
local nearest = require "rhub.nearest"
local options = require "rhub.cli.options"
local plain = require "rhub.cli.plain"

---@type rhub.cli.command
local asset = {
  usage = [[
rhub asset create FILE|ADDRESS --group ID [--name NAME] [--type T] [--wait]
rhub asset list [--group ID] [--status S] [--name NAME]
rhub asset show ID [--wait]
rhub asset rename ID NAME
rhub asset delete ID ...
rhub asset groups [--name NAME]
rhub asset groups create NAME [--description TEXT]
rhub asset groups show ID
rhub asset groups rename ID NAME [--description TEXT]
rhub asset groups delete ID ...]],
  help = [[
Assets are pictures, videos and sounds that the service keeps for models that take real persons. They lie in
groups and are ready some seconds after they were made; then asset://ID stands where a media parameter takes
an address. A file is uploaded first. All of this is free; an asset needs an enterprise shared key.

  --group ID       of this group
  --name NAME      what it is called; in lists: with this in its name
  --type T         image, video or audio; default: what the file is
  --wait           until it is ready: 3 minutes, 5 for a video, or --timeout
  --status S       in lists: in this state (ACTIVE, PROCESSING, FAILED)
  --description TEXT  of a group

With --json: id, address, status, ready, type, name, group, preview; of lists assets or groups.

  rhub asset groups create people
  rhub asset create face.png --group GROUP --wait
  rhub run rhart-video/sparkvideo-2.0/image-to-video prompt="she waves" firstFrameUrl=asset://ID -o out/
]],
  options = {
    { "group", value = "ID", read = options.text },
    { "name", value = "NAME", read = options.text },
    { "type", value = "image|video|audio", read = options.text },
    { "wait", short = "w" },
    { "status", value = "STATE", read = options.text },
    { "description", value = "TEXT", read = options.text },
  },
  words = { 1, math.huge, what = "what is to be done: create, list, show, rename, delete or groups" },
}

-- ---- telling ----------------------------------------------------------------------------------

local function fields_of(one)
  local copy = { id = one.id, address = "asset://" .. one.id, ready = one.ready }
  for _, name in ipairs { "status", "type", "name", "group", "preview" } do
    copy[name] = one[name] or json.null
  end
  return copy
end

local function tell(context, one)
  for name, value in pairs(fields_of(one)) do context.answer[name] = value end
end

local function row_of(one)
  local row = { "asset://" .. one.id, one.type or "", one.status, one.name or "" }
  for i, cell in ipairs(row) do row[i] = plain.text(cell) end
  return row
end

-- Waits if that was asked for, and prints the address.
local function finish(context, hub, one)
  local values = context.values
  if values.wait and not one.ready then
    context.terminal:note(("asset %s  %s, waiting until it is ready"):format(plain.text(one.id),
      plain.text(one.status:lower())))
    local ready, err = hub:assets():wait(one, values.timeout)
    if not ready then
      tell(context, one)
      return nil, err
    end
    one = ready
  end
  tell(context, one)
  context:print(plain.text("asset://" .. one.id))
  if not one.ready then
    local state = plain.text(one.status:lower())
    context.terminal:note(("%s; wait for it: rhub asset show %s --wait"):format(state, plain.word(one.id)))
  end
  return true
end

-- ---- what can be done -------------------------------------------------------------------------

-- Each: how many words follow it, the options that it takes, what it does.
---@type table<string, rhub.cli.asset_action>
local ACTIONS = {}

ACTIONS.create = { 1, 1, what = "a file or an address", options = { "group", "name", "type", "wait" } }

function ACTIONS.create.run(context, hub, words)
  local values = context.values
  if not values.group then
    return nil, errors.input "--group ID is missing: rhub asset groups lists them; nothing was sent"
  end
  local from = media.is_address(words[1]) and "url" or "file"
  local one, err = hub:assets():create { group = values.group, name = values.name, type = values.type,
    [from] = words[1] }
  if not one then return nil, err end
  return finish(context, hub, one)
end

ACTIONS.list = { 0, 0, what = "no words", options = { "group", "status", "name" } }

function ACTIONS.list.run(context, hub)
  local values, rows = context.values, {}
  context.answer.assets = json.array {}
  for one in hub:assets():list { group = values.group, status = values.status, name = values.name } do
    table.insert(context.answer.assets, fields_of(one))
    rows[#rows + 1] = row_of(one)
  end
  if #rows > 0 then context:print(table.concat(layout.columns(rows), "\n")) end
  context.terminal:note(#rows == 1 and "1 asset" or #rows .. " assets")
  return true
end

ACTIONS.show = { 1, 1, what = "an asset's id", options = { "wait" } }

function ACTIONS.show.run(context, hub, words)
  local one, err = hub:assets():get(words[1])
  if not one then return nil, err end
  if context.values.wait then return finish(context, hub, one) end
  tell(context, one)
  context:print(layout.columns({ row_of(one) })[1])
  if one.preview then context:print(plain.text(one.preview)) end
  return true
end

ACTIONS.rename = { 2, 2, what = "an asset's id and its new name", options = {} }

function ACTIONS.rename.run(context, hub, words)
  local one, err = hub:assets():update(words[1], { name = words[2] })
  if not one then return nil, err end
  tell(context, one)
  context:print(layout.columns({ row_of(one) })[1])
  return true
end

ACTIONS.delete = { 1, math.huge, what = "ids of assets", options = {} }

function ACTIONS.delete.run(context, hub, words)
  context.answer.deleted = json.array {}
  for _, id in ipairs(words) do
    local done, err = hub:assets():delete(id)
    if not done then return nil, err end
    table.insert(context.answer.deleted, id)
    context:print("deleted  " .. plain.text(id))
  end
  return true
end

-- ---- from the command line to one of them -----------------------------------------------------

local OPTIONS = { "group", "name", "type", "wait", "status", "description" }

-- What is wrong with the words and options of an action, or nil.
local function problem(name, action, words, values)
  local n = #words
  if n < action[1] or n > action[2] then
    return errors.input(("rhub asset %s takes %s; see rhub help asset"):format(name, action.what))
  end
  for _, option in ipairs(OPTIONS) do
    local taken = false
    for _, own in ipairs(action.options) do taken = taken or own == option end
    if values[option] and not taken then
      return errors.input(("--%s is not for rhub asset %s; see rhub help asset"):format(option, name))
    end
  end
end

local function pick(actions, word, prefix)
  if actions[word] then return actions[word] end
  local near = nearest.find(word, actions, true)
  return nil, errors.input(('rhub asset %s"%s" is not known; %s'):format(prefix, word,
    near and ("did you mean rhub asset %s%s?"):format(prefix, near) or "see rhub help asset"))
end

---@param context rhub.cli.context
function asset.run(context)
  local words, name, at = context.words, context.words[1], 2
  local actions, prefix = ACTIONS, ""
  if name == "groups" then
    actions, prefix, name, at = asset_groups.ACTIONS, "groups ", words[2] or "list", 3
  end
  local action, err = pick(actions, name, prefix)
  if not action then return nil, err end
  local rest = table.move(words, at, #words, 1, {})
  err = problem(prefix .. name, action, rest, context.values)
  if err then return nil, err end
  local hub
  hub, err = context:hub()
  if not hub then return nil, err end
  return action.run(context, hub, rest)
end

return asset
