-- What the commands for workflows, AI apps and quick create share: their options, and telling values from
-- options of a run among their words.

local errors = require "rhub.errors"
local nearest = require "rhub.nearest"
local options = require "rhub.cli.options"
local plain = require "rhub.cli.plain"
local run_options = require "rhub.run_options"

local runs = {}

---@param ... rhub.cli.option further ones
---@return rhub.cli.option[]
function runs.options(...)
  return {
    { "output", short = "o", value = "TARGET", read = options.text },
    { "overwrite" },
    { "wait-timeout", value = "SECONDS", read = options.seconds },
    { "run" },
    ...,
  }
end

-- What stands in the help of each.
runs.HELP = [[
  NAME=VALUE    text, a number, or a file where the node loads one; it is uploaded
  NAME=@FILE    the text of a file
  NAME:=JSON    anything else

  -o, --output TARGET   a folder or a file's name, as for rhub run
  --overwrite           replace another file of that name
  --wait-timeout SECONDS  wait for a free place at most so long
  --run                 run it although no value is given
]]

local function no_option(name, names)
  local near = nearest.find(name, names, true)
  return errors.input(("%s: no such option of a run, and no NODE.FIELD%s; nothing was sent"):format(name,
    near and ("; did you mean %s?"):format(near) or ""))
end

-- Reads NAME=VALUE words from words[from] on: those that name an option of a run, and the rest.
---@param words string[]
---@param from integer
---@param with_graph boolean
---@return { given: table, options: table }|nil
---@return rhub.error|nil
function runs.read(words, from, with_graph)
  local params, err = require("rhub.cli.parameters").read(words, from)
  if not params then return nil, err end
  local names, given, o = run_options.names(with_graph), {}, {}
  for name, value in pairs(params) do
    if names[name] then
      o[name] = value
    elseif with_graph and not name:find(".", 1, true) then
      return nil, no_option(name, names)
    else
      given[name] = value
    end
  end
  return { given = given, options = o }
end

-- Whether it is to be run, and not only shown.
---@param context rhub.cli.context
---@param asked { given: table, options: table }
---@return boolean
function runs.wanted(context, asked)
  return context.values.run ~= nil or next(asked.given) ~= nil or next(asked.options) ~= nil
end

-- Runs a workflow or an app, and saves what it makes.
---@param context rhub.cli.context
---@param asked { given: table, options: table }
---@param find fun(hub: rhub.hub): rhub.workflow|rhub.app
function runs.run(context, asked, find)
  local o = asked.options
  o.wait_timeout = o.wait_timeout or context.values.wait_timeout
  return require("rhub.cli.outcome").run(context, function(hub)
    return find(hub):submit(asked.given, o)
  end)
end

local LONGEST = 60 -- columns of a value in a list

-- A present value or a default, short.
---@param value any
---@return string
function runs.value(value)
  local text = value
  if type(value) == "table" or type(value) == "userdata" then
    text = require("rhub.json").encode(value, { sort = true }) or tostring(value)
  end
  return plain.cut(plain.text(tostring(text)), LONGEST)
end

return runs
