-- rhub resources: the model files that workflows of this account may name.

local json = require "rhub.json"
local options = require "rhub.cli.options"
local plain = require "rhub.cli.plain"

---@type rhub.cli.command
local resources = {
  usage = "rhub resources TYPE [WORDS] [--base-model B] [--tag T] [--page N]",
  help = [[
Lists the model files of one type that a workflow may name, one a line: what is printed is what the node
takes. TYPE is unet, checkpoint, lora or gguf; WORDS are a part of the name. Costs nothing.

  --base-model B   of this base model; repeat it for several
  --tag T          with this tag; repeat it for several
  --page N         which page; 1
  --size N         records a page, up to 50, which is the default

With --json: records (name, and raw, the record as the service gives it), page, pages, total, more.

  rhub resources lora ink --base-model flux
]],
  options = {
    { "base-model", value = "NAME", read = options.text, repeats = true },
    { "tag", value = "TAG", read = options.text, repeats = true },
    { "page", value = "N", read = options.count },
    { "size", value = "N", read = options.count },
  },
  words = { 1, math.huge, what = "a type: unet, checkpoint, lora or gguf" },
}

local function footer(found)
  local shown = #found.records
  local text = shown == 1 and "1 file" or shown .. " files"
  if found.total and found.total > shown then text = ("%s of %d"):format(text, found.total) end
  return found.more and ("%s; --page %d goes on"):format(text, found.page + 1) or text
end

---@param context rhub.cli.context
function resources.run(context)
  local values, words = context.values, context.words
  local hub, err = context:hub()
  if not hub then return nil, err end
  local found
  found, err = hub:resources { type = words[1], base_models = values.base_model, tags = values.tag,
    name = words[2] and table.concat(words, " ", 2), page = values.page, size = values.size }
  if not found then return nil, err end
  local answer = context.answer
  answer.records, answer.more = json.array(found.records), found.more
  for _, name in ipairs { "page", "pages", "total" } do answer[name] = found[name] or json.null end
  for _, record in ipairs(found.records) do context:print(plain.text(record.name or "(without a name)")) end
  context.terminal:note(footer(found))
  return true
end

return resources
