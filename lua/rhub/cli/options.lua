-- Options of the command line: which there are, and reading them. Wrong ones are errors of kind "input" that
-- name the nearest right one.

local errors = require "rhub.errors"
local nearest = require "rhub.nearest"

local options = {}

---@class rhub.cli.option
---@field [1] string       its long name; the key among the values has `_` for `-`
---@field short? string    one letter
---@field value? string    what it takes, for people ("SECONDS"); nil: a switch, counted
---@field read? fun(text: string): any, string|nil  the value, or nil and what would be right
---@field repeats? boolean the value is a list

local function one_of(...)
  local allowed = { ... }
  return function(text)
    for _, word in ipairs(allowed) do
      if text == word then return word end
    end
    local near = nearest.find(text, allowed)
    return nil, "one of " .. table.concat(allowed, ", ") .. (near and "; did you mean " .. near .. "?" or "")
  end
end

---@param text string
function options.seconds(text)
  local n = tonumber(text)
  if n and n > 0 and n < math.huge then return n end
  return nil, "a number of seconds above 0"
end

---@param text string
function options.count(text)
  local n = math.tointeger(tonumber(text))
  if n and n > 0 then return n end
  return nil, "a whole number above 0"
end

---@param text string
function options.port(text)
  local n = math.tointeger(tonumber(text))
  if n and n >= 0 and n <= 65535 then return n end
  return nil, "a port from 0 to 65535"
end

-- An amount of money stays the text that it is.
---@param text string
function options.amount(text)
  if text:sub(-1) ~= "." and require("rhub.money").parse(text) then return text end
  return nil, "an amount such as 12.50"
end

function options.text(text)
  if text ~= "" then return text end
  return nil, "a text that is not empty"
end

-- Those that every command takes, and every script.
---@type rhub.cli.option[]
options.common = {
  { "json" },
  { "quiet", short = "q" },
  { "verbose", short = "v" },
  { "help", short = "h" },
  { "sandbox" },
  { "site", value = "ai|cn", read = one_of("ai", "cn") },
  { "base-url", value = "URL", read = options.text },
  { "check", value = "strict|warn|off", read = one_of("strict", "warn", "off") },
  { "timeout", value = "SECONDS", read = options.seconds },
  { "concurrency", value = "N", read = options.count },
  { "budget", value = "AMOUNT", read = options.amount },
  { "allow-unknown-price" },
  { "proxy", value = "URL" },
  { "ca-file", value = "FILE", read = options.text },
}

-- Those that stand before a script or in its place.
---@type rhub.cli.option[]
options.leading = {
  { "execute", short = "e", value = "CODE" },
  { "interactive", short = "i" },
  { "version", short = "V" },
}

local SECRETS = { key = true, apikey = true, token = true }

-- Whether a name is one that people try to hand a key over with.
---@param name string
---@return boolean
function options.is_secret(name)
  return SECRETS[(name:lower():gsub("[-_]", ""))] or false
end

-- The refusal: other users of the machine can read a command line, and the shell keeps it.
---@param name string
---@return rhub.error
function options.no_secret(name)
  return errors.input(name .. ": a key on the command line can be read by others and stays in the shell's "
    .. "history; run rhub login, or set RUNNINGHUB_API_KEY")
end

local function index(lists)
  local known, words = {}, {}
  for _, list in ipairs(lists) do
    for _, option in ipairs(list) do
      known["--" .. option[1]] = option
      words[#words + 1] = "--" .. option[1]
      if option.short then known["-" .. option.short] = option end
    end
  end
  return known, words
end

local function unknown(name, words, where)
  if options.is_secret((name:gsub("^%-+", ""))) then return options.no_secret(name) end
  local near = nearest.find(name, words)
  local remedy = near and "did you mean " .. near .. "?" or "see " .. where
  return errors.input(("%s is no option here; %s"):format(name, remedy))
end

-- "--name=value" and "-xvalue" as name and value.
local function split(word)
  local name, value = word:match("^(%-%-[^=]+)=(.*)$")
  if name then return name, value end
  if word:sub(1, 2) ~= "--" and #word > 2 then return word:sub(1, 2), word:sub(3) end
  return word, nil
end

local function set(values, option, name, text)
  local value = text
  if option.read then
    local wanted
    value, wanted = option.read(text)
    if value == nil then return errors.input(('%s "%s": takes %s'):format(name, text, wanted)) end
  end
  local key = option[1]:gsub("-", "_")
  if option.repeats then
    values[key] = values[key] or {}
    table.insert(values[key], value)
  else
    values[key] = value
  end
end

-- The word behind an option, as its value. What is an option itself is none: the value was forgotten.
local function value_of(argv, at, option, known)
  local name, text = argv[at], argv[at + 1]
  if not text then return nil, errors.input(("%s takes %s"):format(name, option.value)) end
  if text:sub(1, 2) ~= "--" and not known[text] then return text end
  local joined = name .. (name:sub(1, 2) == "--" and "=" or "") .. text
  return nil, errors.input(("%s takes %s, and %s stands behind it: give its value, or write %s if that is it")
    :format(name, option.value, text, joined))
end

-- One word that begins with a dash. Returns how many words were taken, or nil and an error.
local function take(argv, at, values, known, words, where)
  local name, text = split(argv[at])
  local option = known[name]
  if not option then return nil, unknown(name, words, where) end
  local taken = 1
  if not option.value then
    local key = option[1]:gsub("-", "_")
    values[key] = (values[key] or 0) + 1
    if text and argv[at]:sub(1, 2) ~= "--" then -- -qv is -q -v
      argv[at] = "-" .. text
      return 0
    end
    if text then return nil, errors.input(name .. " takes no value") end
    return taken
  end
  if not text then
    local missing
    text, missing = value_of(argv, at, option, known)
    if not text then return nil, missing end
    taken = 2
  end
  local err = set(values, option, name, text)
  if err then return nil, err end
  return taken
end

-- Reads options from argv[at] on into `values`. With `leading`, stops at the first word that is none.
---@param argv string[]
---@param at integer
---@param values table<string, any> switches count how often they were given
---@param lists rhub.cli.option[][]
---@param how { leading?: boolean, where: string } `where`: the command that tells more
---@return string[]|nil words what is no option
---@return integer|rhub.error next where reading stopped, or the error
function options.read(argv, at, values, lists, how)
  local known, names = index(lists)
  local words = {}
  while argv[at] do
    local word = argv[at]
    if word == "--" then
      table.move(argv, at + 1, #argv, #words + 1, words)
      return words, #argv + 1
    elseif word:sub(1, 1) == "-" and word ~= "-" then
      local taken, err = take(argv, at, values, known, names, how.where)
      if not taken then return nil, err end
      at = at + taken
    elseif how.leading then
      return words, at
    else
      words[#words + 1] = word
      at = at + 1
    end
  end
  return words, at
end

return options
