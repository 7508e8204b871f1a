-- Parameters from the command line: NAME=VALUE is text, NAME=@FILE the text of a file, NAME:=JSON anything
-- else. A name that is repeated makes a list. What is right for a model is rhub.check's affair.

local errors = require "rhub.errors"
local json = require "rhub.json"
local options = require "rhub.cli.options"
local sys = require "rhub.sys"

local parameters = {}

local FORMS = "NAME=VALUE, NAME=@FILE or NAME:=JSON"

local function read_file(name, path)
  local stat, reason = sys.stat(path)
  local text
  if stat and stat.type == "dir" then
    reason = "is a folder; give a file"
  elseif stat then
    text, reason = sys.read(path)
    if text == "" then text, reason = nil, "is empty" end
  end
  if not text then return nil, errors.input(("%s=@%s: %s"):format(name, path, reason)) end
  return (text:gsub("\r?\n$", "")) -- the end of its last line is the editor's, not the prompt's
end

local function read_json(name, text)
  local value, err = json.decode(text)
  if value == nil then
    return nil, errors.input(("%s:=%s: %s"):format(name, text, err.message))
  end
  return value
end

local function read_value(name, is_json, text)
  if is_json then return read_json(name, text) end
  local path = text:match("^@(.+)")
  if path then return read_file(name, path) end
  return text
end

-- Reads words[from] and on.
---@param words string[]
---@param from integer
---@return table<string, any>|nil
---@return rhub.error|nil
function parameters.read(words, from)
  local params, times = {}, {}
  for i = from, #words do
    local name, colon, text = words[i]:match("^([^=]-)(:?)=(.*)$")
    if not name or name == "" then
      return nil, errors.input(('"%s" is no parameter; write %s'):format(words[i], FORMS))
    end
    if options.is_secret(name) then return nil, options.no_secret(name) end
    local value, err = read_value(name, colon ~= "", text)
    if value == nil then return nil, err end
    times[name] = (times[name] or 0) + 1
    if times[name] == 1 then
      params[name] = value
    elseif times[name] == 2 then
      params[name] = json.array { params[name], value }
    else
      table.insert(params[name], value)
    end
  end
  return params
end

return parameters
