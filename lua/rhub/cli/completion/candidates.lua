-- What the word that is being typed may become: commands, options, their values, models, parameters, files.

local files = require "rhub.cli.completion.files"
local line = require "rhub.cli.completion.line"
local start = require "rhub.cli.start"

local candidates = {}

local function models() return require "rhub.cli.completion.models" end

local function begins(text, typed)
  return text:sub(1, #typed) == typed
end

-- Those of the texts that begin as the word does, with what stands before them in the word.
local function fitting(texts, typed, lead)
  local list = {}
  for _, text in ipairs(texts) do
    if begins(text, typed) then list[#list + 1] = { text = (lead or "") .. text } end
  end
  return list
end

-- ---- options ----------------------------------------------------------------------------------

-- What a help text says of an option: in its line, or in the next where the option is long.
local function note_in(text, name)
  local at, last = ("\n" .. text):find("\n[^\n]*%-%-" .. name:gsub("%-", "%%-") .. "%f[^%w-][^\n]*")
  if not at then return nil end
  local said = text:sub(at, last - 1)
  local note = said:match("%-%-" .. name:gsub("%-", "%%-") .. "%f[^%w-].-  +(%S.*)$")
  return note or text:sub(last):match("^\n  +([^%s-][^\n]*)")
end

local function note_of(option, command)
  local note = command and note_in(command.help, option[1])
  return note or note_in(require "rhub.cli.overview", option[1]) or option.value
end

local function options_of(at)
  local list = {}
  for _, from in ipairs(at.lists) do
    for _, option in ipairs(from) do
      local again = at.given[option[1]] and not option.repeats and option[1] ~= "verbose"
      local long, short = "--" .. option[1], option.short and "-" .. option.short
      local text = begins(long, at.word) and long or short == at.word and short
      if text and not again then list[#list + 1] = { text = text, note = note_of(option, at.command) } end
    end
  end
  return list
end

local SETS = {
  task = true, output = true, family = true, status = true, -- what models are told apart by
}

-- The values of an option: "ai|cn" lists them itself.
local function values_of(option, name)
  if option.values then return option.values end
  if option.value:find("|", 1, true) then
    local list = {}
    for word in option.value:gmatch("[^|]+") do list[#list + 1] = word end
    return list
  end
  if name == "models" and SETS[option[1]] then return models().values_of(option[1]) end
end

local PATHS = { FILE = true, TARGET = true, PATH = true, DIR = true, FOLDER = true }

local function option_values(at)
  local option, typed = at.option, at.word:sub(#at.lead + 1)
  local listed = values_of(option, at.name)
  if listed then return fitting(listed, typed, at.lead) end
  if option.value == "DIR" or option.value == "FOLDER" then
    return fitting(files.folders(typed), typed, at.lead)
  end
  if PATHS[option.value] then return fitting(files.find(typed), typed, at.lead) end
  if option[1] == "model" then
    local list = models().names(typed)
    for _, one in ipairs(list) do one.text = at.lead .. one.text end
    return list
  end
  return {}
end

-- ---- words ------------------------------------------------------------------------------------

-- What the overview says of a command, else how its help begins.
local function summary(name, command)
  local overview = require "rhub.cli.overview"
  return overview:match("\n  rhub " .. name .. "%f[^%w][^\n]-  +(%S[^\n]*)")
    or (command.help:match("^(.-)[.;:]%f[%s]") or command.usage):gsub("%s+", " ")
end

local function commands(typed)
  local list = {}
  for _, name in ipairs(start.names()) do
    local command = begins(name, typed) and start.command(name)
    if command and not command.hidden then
      list[#list + 1] = { text = name, note = summary(name, command) }
    end
  end
  return list
end

-- A command, or a script in its place; what lies in the folder is offered once something has been typed.
local function first_word(at)
  local list = at.given.interactive and {} or commands(at.word)
  if at.word ~= "" or at.given.interactive then
    local scripts = files.find(at.word, files.is_script, true)
    table.move(fitting(scripts, at.word), 1, #scripts, #list + 1, list)
  end
  return list
end

local function model_first(at)
  if #at.words == 0 then return models().names(at.word) end
  return models().parameters(at.words[1], at.word, table.move(at.words, 2, #at.words, 1, {}))
end

-- What the words of a command are; of those that are not here, nobody can know.
local WORDS = {
  run = model_first, check = model_first, price = model_first,
  model = function(at) return #at.words == 0 and models().names(at.word) or {} end,
  help = function(at) return #at.words == 0 and commands(at.word) or {} end,
  models = function(at)
    if #at.words == 0 then return fitting({ "import" }, at.word) end
    return at.words[1] == "import" and fitting(files.find(at.word), at.word) or {}
  end,
  asset = function(at)
    if #at.words == 0 then
      return fitting({ "create", "list", "show", "rename", "delete", "groups" }, at.word)
    end
    if at.words[1] == "create" then return fitting(files.find(at.word), at.word) end
    if at.words[1] ~= "groups" or #at.words > 1 then return {} end
    return fitting({ "create", "list", "show", "rename", "delete" }, at.word)
  end,
  comfy = function(at)
    if #at.words == 0 then return fitting({ "prompt", "history", "interrupt", "info" }, at.word) end
    return at.words[1] == "prompt" and #at.words == 1 and fitting(files.find(at.word), at.word) or {}
  end,
  upload = function(at) return fitting(files.find(at.word), at.word) end,
  lora = function(at) return #at.words == 0 and fitting(files.find(at.word), at.word) or {} end,
  resources = function(at)
    return #at.words == 0 and fitting({ "unet", "checkpoint", "lora", "gguf" }, at.word) or {}
  end,
  completion = function(at)
    return #at.words == 0 and fitting(require("rhub.cli.completion").shells, at.word) or {}
  end,
  verify = function(at) return #at.words == 0 and fitting(files.folders(at.word), at.word) or {} end,
  rerun = function(at) return #at.words == 0 and fitting(files.find(at.word), at.word) or {} end,
  jobs = function(at) return #at.words == 0 and fitting({ "resolve" }, at.word) or {} end,
  batch = function(at)
    if #at.words == 0 then return fitting(files.find(at.word), at.word) end
    return models().parameters(at.given.model, at.word, table.move(at.words, 2, #at.words, 1, {}))
  end,
}

---@param words string[] of the command line, after the program's name; the last one is being typed
---@return rhub.cli.candidate[]
function candidates.of(words)
  local at = line.read(words)
  if at.option then return option_values(at) end
  if at.script then return fitting(files.find(at.word), at.word) end
  if at.word:sub(1, 1) == "-" and not at.closed then return options_of(at) end
  if not at.name then return first_word(at) end
  local of_command = WORDS[at.name]
  return of_command and of_command(at) or {}
end

return candidates
