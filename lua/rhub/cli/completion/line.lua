-- Where in a command line the word stands that is being typed: which command it belongs to, which option's
-- value it is, what has been given before. Reads as start.lua does, but an unfinished line is never wrong.

local options = require "rhub.cli.options"
local start = require "rhub.cli.start"

local line = {}

---@class rhub.cli.line
---@field word string                  what is being typed
---@field name? string                 the command
---@field command? rhub.cli.command
---@field script? boolean              the words are a script's
---@field lists rhub.cli.option[][]    the options that may stand here
---@field option? rhub.cli.option      the word is its value
---@field lead string                  what of the word stands before that value: "--site=", "-o"
---@field given table<string, any>     options given before: their values, or true
---@field words string[]               what was given before and is no option
---@field closed? boolean              after "--"

local function find(lists, name)
  for _, list in ipairs(lists) do
    for _, option in ipairs(list) do
      if "--" .. option[1] == name or option.short and "-" .. option.short == name then return option end
    end
  end
end

-- The option that a word names; its value if that stands in the same word, and what is before the value.
local function read_option(lists, word)
  local lead, value = word:match("^(%-%-[^=]+=)(.*)$")
  if lead then return find(lists, lead:sub(1, -2)), value, lead end
  if word:sub(1, 2) == "--" or #word == 2 then return find(lists, word) end
  -- -qv is -q -v, and -oTARGET is -o TARGET
  local at, option = 2, nil
  while at <= #word do
    option = find(lists, "-" .. word:sub(at, at))
    if not option or option.value then break end
    at = at + 1
  end
  if option and option.value and at < #word then return option, word:sub(at + 1), word:sub(1, at) end
  return option
end

local function begin_command(self, name)
  self.name, self.command = name, start.command(name)
  local own = self.command.options or {}
  self.lists = self.command.alone and { own } or { own, options.common }
end

-- A word before the one being typed.
local function pass(self, word)
  if self.script or self.closed then
    table.insert(self.words, word)
  elseif word == "--" and self.name then
    self.closed = true
  elseif word:sub(1, 1) == "-" and word ~= "-" then
    local option, value = read_option(self.lists, word)
    if not option then return end
    self.given[option[1]] = value or true
    if option.value and not value then self.option = option end
  elseif self.name then
    table.insert(self.words, word)
  elseif self.given.interactive == nil and not word:find("[./]") and start.command(word) then
    begin_command(self, word)
  else
    self.script = true
  end
end

-- The word's own beginning may name the option whose value follows.
local function look_at_last(self)
  if self.option or self.closed or self.script then return end
  local option, value, lead = read_option(self.lists, self.word)
  if self.word:sub(1, 1) == "-" and option and value and option.value then
    self.option, self.lead = option, lead
  end
end

---@param words string[] after the program's name; the last one is being typed
---@return rhub.cli.line
function line.read(words)
  local self = { word = words[#words] or "", lead = "", given = {}, words = {},
    lists = { options.leading, options.common } }
  for i = 1, #words - 1 do
    if self.option then
      self.given[self.option[1]] = words[i]
      self.script = self.script or self.option[1] == "execute"
      self.option = nil
    else
      pass(self, words[i])
    end
  end
  look_at_last(self)
  return self
end

return line
