-- rhub model: everything that is known of one model. Sends nothing.

local entry_text = require "rhub.cli.entry"
local layout = require "rhub.cli.layout"
local plain = require "rhub.cli.plain"

---@type rhub.cli.command
local model = {
  usage = "rhub model NAME",
  help = [[
Tells what a model takes, what holds between its parameters, what it costs, and how it is called from the
shell, Lua, C and with curl. Sends nothing and needs no key.

  NAME   an endpoint, or another name of it: the vendor's, or that of a page of the documentation

A * marks a required parameter, and [brackets] the value that the service's own form offers; where a required
parameter is not given, that value is sent.

With --json: the entry of the catalogue (endpoint, name, name_zh, task, output, family, status, doc_names,
params, rules, price).

  rhub model kling-video-o1/image-to-video
]],
  words = { 1, 1, what = "a model's name (rhub models WORDS finds one)" },
}

local PIPED_WIDTH = 100
local LEAST_WIDTH = 40

local function add_heading(entry, width, lines)
  local status = entry.status
  if entry.last_seen then status = status .. ", last seen " .. entry.last_seen end
  lines[1] = table.concat({ entry.endpoint, entry.task, entry.family, status }, "    ")
  local names = entry_text.names(entry)
  layout.hang(layout.wrap(names, "    ", width), "", lines)
end

local function add_parameters(entry, width, lines)
  lines[#lines + 1] = ""
  layout.hang(entry_text.parameters(entry, width - 2), "  ", lines)
  local rules = entry_text.rules(entry)
  if #rules > 0 then lines[#lines + 1] = "" end
  for _, rule in ipairs(rules) do
    local words = {}
    for word in rule:gmatch("%S+") do words[#words + 1] = word end
    layout.hang(layout.wrap(words, " ", width - 4), "  ", lines)
  end
end

local function add_snippets(entry, width, site, lines)
  local snippets = require "rhub.cli.snippets"
  local example = snippets.example(entry)
  for _, one in ipairs { { "shell", "command" }, { "Lua", "lua" }, { "C", "c" }, { "curl", "curl" } } do
    lines[#lines + 1] = ""
    lines[#lines + 1] = "  " .. one[1]
    local text = snippets[one[2]](entry, example, width - 4, site)
    for _, line in ipairs(text) do lines[#lines + 1] = "    " .. line end
  end
end

-- All of it as text. A model that the service has taken away is not worth calling.
---@param entry rhub.model
---@param width number
---@param site? "ai"|"cn"
---@return string
function model.text(entry, width, site)
  local lines = {}
  width = math.max(width, LEAST_WIDTH)
  add_heading(entry, width, lines)
  add_parameters(entry, width, lines)
  lines[#lines + 1] = ""
  layout.hang(require("rhub.cli.prices").lines(entry, width - 9), "  price  ", lines)
  if entry.status ~= "removed" then add_snippets(entry, width, site, lines) end
  for i, line in ipairs(lines) do lines[i] = plain.text(line) end
  return table.concat(lines, "\n")
end

---@param context rhub.cli.context
function model.run(context)
  local entry, err = require("rhub.cli.known").find(context, context.words[1])
  if not entry then return nil, err end
  for name, value in pairs(entry_text.json(entry)) do context.answer[name] = value end
  context:print(model.text(entry, layout.width(PIPED_WIDTH), context.values.site))
  return true
end

return model
