-- rhub models: the catalogue as a list, whole or what some words find. Sends nothing.

local catalogue = require "rhub.catalogue"
local entry_text = require "rhub.cli.entry"
local errors = require "rhub.errors"
local json = require "rhub.json"
local layout = require "rhub.cli.layout"
local nearest = require "rhub.nearest"
local options = require "rhub.cli.options"
local plain = require "rhub.cli.plain"
local prices = require "rhub.cli.prices"
local search = require "rhub.catalogue.search"

---@type rhub.cli.command
local models = {
  usage = "rhub models [WORDS] [--task T] [--output O] [--family F] [--status S]\n"
    .. "rhub models import FILE [-y] [--gone]",
  help = [[
Lists the models of the catalogue, one a line. Words find models by their names, English or Chinese, by
family, task and parameters; every word has to fit. Sends nothing and needs no key.

  --task T       image-to-video, text-to-image, ...
  --output O     video, image, audio, string or 3d
  --family F     kling, seedance, ...
  --status S     listed, deprecated or removed; without it removed ones are left out

rhub models import FILE compares the vendor's registry, a JSON file, with the catalogue: what is new, gone or
changed. After a y, or with -y, --yes, it is written to your own catalogue folder. Where more than a fifth of
the listed models are gone the file may be cut off: they are marked removed only with --gone.

With --json: models, a list of entries as rhub model --json gives them; of an import new, gone, changed and
written, the file's path. Exit code 1 when nothing fits.

  rhub models kling o1
  rhub models 文生图 --family seedream
]],
  options = {
    { "task", value = "TASK", read = options.text },
    { "output", value = "KIND", read = options.text },
    { "family", value = "FAMILY", read = options.text },
    { "status", value = "STATUS", read = options.text },
    { "yes", short = "y" },
    { "gone" },
  },
  words = { 0, math.huge, what = "words" },
}

local FILTERS = { "task", "output", "family", "status" }
local ROOM_FOR_NAMES = 12

-- ---- which ------------------------------------------------------------------------------------

local function values_of(entries, field)
  local seen, list = {}, {}
  for _, entry in ipairs(entries) do
    if not seen[entry[field]] then list[#list + 1] = entry[field] end
    seen[entry[field]] = true
  end
  table.sort(list)
  return list, seen
end

-- A filter's value that no model has.
local function wrong_filter(entries, values)
  for _, field in ipairs(FILTERS) do
    local list, seen = values_of(entries, field)
    if values[field] and not seen[values[field]] then
      local near = nearest.find(values[field], list)
      return errors.input(('--%s "%s": takes one of %s%s'):format(field, values[field],
        table.concat(list, ", "), near and "; did you mean " .. near .. "?" or ""))
    end
  end
end

local function filtered(entries, values, leave_out)
  local list = {}
  for _, entry in ipairs(entries) do
    local fits = true
    for _, field in ipairs(FILTERS) do
      fits = fits and (field == leave_out or not values[field] or entry[field] == values[field])
    end
    if fits then list[#list + 1] = entry end
  end
  return list
end

-- Also returns how many removed ones were left out.
local function find(entries, words, values, leave_out)
  return search.find(filtered(entries, values, leave_out), words, values.status and leave_out ~= "status")
end

-- ---- nothing ----------------------------------------------------------------------------------

local function first_names(entries)
  local names = {}
  for i = 1, math.min(#entries, 3) do names[i] = entries[i].endpoint end
  return table.concat(names, ", ") .. (#entries > 3 and ", ..." or "")
end

local function what_was_asked(words, values)
  local parts = {}
  if #words > 0 then parts[1] = '"' .. table.concat(words, " ") .. '"' end
  for _, field in ipairs(FILTERS) do
    if values[field] then parts[#parts + 1] = ("--%s %s"):format(field, values[field]) end
  end
  return table.concat(parts, " ")
end

-- What one filter less, or other words, would find.
local function remedy(entries, words, values)
  for i = #FILTERS, 1, -1 do
    local without = values[FILTERS[i]] and find(entries, words, values, FILTERS[i]) or {}
    if #without > 0 then return ("without --%s: %s"):format(FILTERS[i], first_names(without)) end
  end
  local near, instead = search.near(filtered(entries, values), words)
  if instead then return ('did you mean "%s": %s?'):format(table.concat(instead, " "), first_names(near)) end
  if #near > 0 then return "the nearest: " .. first_names(near) end
  return "rhub models lists all"
end

-- ---- the list ---------------------------------------------------------------------------------

-- What stands beside the endpoint, the most important first.
local function columns_of(values)
  local kind = values.family and "output" or "family"
  return {
    function(entry) return prices.glance(entry.price) end,
    function(entry) return entry.task end,
    function(entry) return entry[kind] end,
  }
end

-- As many of the columns as there is room for, and the names that say more, cut, if there is still some.
local function rows_of(list, values, width)
  local rows, room = {}, width
  for i = 1, #list do rows[i] = {} end
  for n, column in ipairs(columns_of(values)) do
    local cells, widest = {}, 0
    for i, entry in ipairs(list) do
      cells[i] = plain.text(column(entry))
      widest = math.max(widest, plain.cells(cells[i]))
    end
    if widest > room then return rows end
    room = room - widest - 2
    for i = 1, #list do rows[i][n] = cells[i] end
  end
  if room < ROOM_FOR_NAMES then return rows end
  for i, entry in ipairs(list) do
    local names = table.concat(entry_text.names(entry), ", ")
    table.insert(rows[i], room < math.huge and plain.cut(names, room) or names)
  end
  return rows
end

local function label(entry)
  local endpoint = plain.text(entry.endpoint)
  return entry.status == "listed" and endpoint or ("%s (%s)"):format(endpoint, entry.status)
end

-- The list as lines. An endpoint is never cut, since it is to be copied: on a narrow terminal the longest
-- ones push aside what follows.
---@param list rhub.model[]
---@param values table the options
---@param width number
---@return string[]
function models.lines(list, values, width)
  local labels, widest = {}, 0
  for i, entry in ipairs(list) do
    labels[i] = label(entry)
    widest = math.max(widest, plain.cells(labels[i]))
  end
  if widest > width // 2 then widest = width // 2 end
  local lines = layout.columns(rows_of(list, values, width - widest - 2))
  for i, text in ipairs(labels) do
    local room = width - math.max(widest, plain.cells(text)) - 2
    local rest = room < math.huge and plain.cut(lines[i], math.max(room, 0)) or lines[i]
    lines[i] = (room < 1 or rest == "") and text or plain.pad(text, widest) .. "  " .. rest
  end
  return lines
end

local function footer(count, all, left_out)
  local text = count == 1 and "1 model" or count .. " models"
  if count < all then text = ("%s of %d"):format(text, all) end
  if left_out > 0 then text = ("%s (%d more with --status removed)"):format(text, left_out) end
  return text .. "; rhub model NAME tells what one takes"
end

---@param context rhub.cli.context
function models.run(context)
  local words, values = context.words, context.values
  if words[1] == "import" then return require("rhub.cli.models_import").run(context) end
  for _, name in ipairs { "yes", "gone" } do
    if values[name] then return nil, errors.input(("--%s is for rhub models import FILE"):format(name)) end
  end
  local all = catalogue.all()
  local err = wrong_filter(all, values)
  if err then return nil, err end
  local found, left_out = find(all, words, values)
  local answer = json.array {}
  for i, entry in ipairs(found) do answer[i] = entry_text.json(entry) end
  context.answer.models = answer
  if #found == 0 then
    return nil, errors.new { kind = "failed", message = ("no model fits %s; %s"):format(
      what_was_asked(words, values), remedy(all, words, values)) }
  end
  context:print(table.concat(models.lines(found, values, layout.width(math.huge)), "\n"))
  context.terminal:note(footer(#found, #all, left_out))
  return true
end

return models
