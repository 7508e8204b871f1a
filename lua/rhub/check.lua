-- Parameters against the catalogue, before anything is sent: a wrong value costs a message, not money.
-- All findings of a call come at once. What the catalogue does not know passes, with one warning.

local catalogue = require "rhub.catalogue"
local clean = require "rhub.catalogue.clean"
local findings = require "rhub.findings"
local json = require "rhub.json"
local media = require "rhub.media"
local names = require "rhub.check.names"
local values = require "rhub.check.values"
local words = require "rhub.check.words"

local check = { words = words }

local COMMON = names.common

---@class rhub.checked
---@field endpoint string
---@field params table          as they are to be sent; a local file's path stands where its address will
---@field files string[]        as in rhub.found

---@class rhub.findings: rhub.checked, rhub.found
---@field tell fun(text: string, key: string)
---@field as_given boolean      what is wrong is sent as it was given
---@field doubtful? boolean     something is wrong only as far as the catalogue knows
local Checked = {}
Checked.__index = Checked

-- Says something that stops nothing; once for each key of a model.
---@param text string
---@param key string
function Checked:warn(text, key)
  self.tell(text, self.endpoint .. "\0" .. key)
end

local function add(found, name, value, message, allowed, suggestion)
  found.problems[#found.problems + 1] =
    { param = name, value = value, message = message, allowed = allowed, suggestion = suggestion }
end

local function is_empty(param, value)
  if value == nil or value == "" or value == json.null then return true end
  return param.list and param.required and type(value) == "table" and next(value) == nil
end

-- The listed parameters, in their order. An empty optional value is left out, as the service wants it.
local function check_listed(entry, params, out, found)
  for _, param in ipairs(entry.params) do
    local value = params[param.name]
    if not is_empty(param, value) then
      out[param.name] = values.check(param, value, found)
    elseif not param.required then
      if value == json.null then out[param.name] = value end
    elseif value == nil and param.default ~= nil then
      out[param.name] = values.default(param)
    else
      local message = value == nil and "is required" or "is required, and empty"
      add(found, param.name, value, message, words.takes(param))
    end
  end
end

-- Whether every parameter is a listed one of a plain type: then there is nothing more to look at.
local function all_listed(known, params)
  for name in next, params do
    local type_ = known[name]
    if not type_ or type_ == "object" then return false end
  end
  return true
end

local function check_unlisted(entry, known, params, out, found)
  if all_listed(known, params) then return end
  local passed = {}
  for _, name in ipairs(names.sorted(params)) do
    if type(name) ~= "string" then
      add(found, ("[%s]"):format(tostring(name)), params[name], "has no name", "write name = value")
    elseif COMMON[name] and not known[name] then
      out[name] = values.check(COMMON[name], params[name], found)
    elseif not known[name] then
      local near = names.nearest(entry, params, name)
      if near then
        add(found, name, params[name], "no such parameter", nil, near)
        found.doubtful = true
      elseif not entry.params_unknown then
        passed[#passed + 1] = name
      end
      out[name] = media.walk(params[name], name, found)
    elseif known[name] == "object" then
      out[name] = media.walk(params[name], name, found)
    end
  end
  if #passed > 0 then
    local text = table.concat(passed, ", ")
    found:warn(("%s: not in the catalogue, sent as it is: %s"):format(entry.endpoint, text), text)
  end
end

-- What holds between parameters. One that is wrong by itself is not told of twice.
local function check_rules(entry, out, found)
  local told = {}
  for _, problem in ipairs(found.problems) do told[problem.param] = true end
  require("rhub.check.rules").check {
    entry = entry, params = out,
    add = function(name, value, message, allowed)
      if not told[name] then add(found, name, value, message, allowed) end
    end,
    warn = function(text, key) found:warn(text, key) end,
  }
end

-- A name that stands twice in the documentation is taken for the path that is still listed.
local function tell_namesakes(name, entry, found)
  local others = name ~= entry.endpoint and catalogue.namesakes(name)
  if others then
    found:warn(("%s stands for %s here; the documentation has it for %s too"):format(name, entry.endpoint,
      table.concat(others, ", ")), "namesakes")
  end
end

local function tell_unknown(name, mode, found)
  local meant = require "rhub.catalogue.meant"
  local near = meant.by(name)
  if mode == "strict" and #near > 0 or not clean.is_endpoint(name) then
    add(found, "model", name, "no such model", nil, #near > 0 and meant.either(near) or nil)
    found.doubtful = clean.is_endpoint(name)
  elseif #near > 0 then
    found:warn(("no such model: %s (did you mean %s?)"):format(name, meant.either(near)), "model")
  else
    found:warn(name .. " is not in the catalogue: its parameters are not checked", "model")
  end
end

local function find_model(name, mode, found)
  local entry = catalogue.find(name)
  if not entry then return tell_unknown(name, mode, found) end
  tell_namesakes(name, entry, found)
  if entry.status ~= "listed" then
    found:warn(("%s is %s: the service may refuse it"):format(entry.endpoint, entry.status), "status")
  end
  return entry
end

local NO_FILES = {}

-- Whether nothing in the parameters can be media: then they can be sent as they were given.
local function is_plain(params)
  if getmetatable(params) then return false end
  for name, value in next, params do
    if media.is_possible(value, name) then return false end
  end
  return true
end

local function pass_unchecked(params, out, found)
  for _, name in ipairs(names.sorted(params)) do
    out[name] = type(name) == "string" and media.walk(params[name], name, found) or params[name]
  end
end

-- Makes a call ready to be sent, or says all that is wrong with it.
---@param model string          an endpoint, or another name of it
---@param params table
---@param mode "strict"|"warn"|"off"
---@param warn fun(text: string, key: string) `key`: what to warn of only once for a model
---@return rhub.checked|nil
---@return rhub.error|nil
function check.call(model, params, mode, warn)
  if mode == "off" and is_plain(params) and clean.is_endpoint(model) then
    return { endpoint = model, params = params, files = NO_FILES }
  end
  local out, entry = {}, nil
  local found = setmetatable({ endpoint = model, params = out, files = {}, problems = {},
    lenient = mode == "off", as_given = mode == "warn", tell = warn }, Checked)
  if mode ~= "off" then
    entry = find_model(model, mode, found)
  elseif not clean.is_endpoint(model) then
    add(found, "model", model, "no such model")
  end
  if #found.problems > 0 then return nil, findings.refuse(model, found.problems, found.doubtful) end
  if entry then
    found.endpoint = entry.endpoint
    local known = names.known(entry)
    check_listed(entry, params, out, found)
    check_unlisted(entry, known, params, out, found)
    if entry.rules then check_rules(entry, out, found) end
  else
    pass_unchecked(params, out, found)
  end
  if #found.problems > 0 then
    if mode ~= "warn" then return nil, findings.refuse(found.endpoint, found.problems, found.doubtful) end
    for _, problem in ipairs(found.problems) do
      found:warn(("%s: %s: %s"):format(found.endpoint, problem.param, words.problem(problem)), problem.param)
    end
  end
  return found
end

return check
