-- Parameters against the catalogue, before anything is sent: a wrong value costs a message, not money.
-- All findings of a call come at once. What the catalogue does not know passes, with one warning.

local catalogue = require "rhub.catalogue"
local findings = require "rhub.findings"
local json = require "rhub.json"
local media = require "rhub.media"
local nearest = require "rhub.nearest"
local values = require "rhub.check.values"
local words = require "rhub.check.words"

local check = { words = words }

local COMMON = {}
for _, param in ipairs(require "rhub.catalogue.common") do COMMON[param.name] = param end

---@class rhub.checked
---@field endpoint string
---@field params table          as they are to be sent; a local file's path stands where its address will
---@field files string[]        as in rhub.found

---@class rhub.findings: rhub.checked, rhub.found
---@field tell fun(text: string, key: string)
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

local function sorted_names(params)
  local names = {}
  for name in pairs(params) do names[#names + 1] = name end
  table.sort(names, function(a, b) return tostring(a) < tostring(b) end)
  return names
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
      out[param.name] = param.list and { param.default } or param.default
    else
      local message = value == nil and "is required" or "is required, and empty"
      add(found, param.name, value, message, words.takes(param))
    end
  end
end

-- Listed parameters that were not given: what a misspelt name may have meant.
local function not_given(entry, params)
  local list = {}
  for _, param in ipairs(entry.params) do
    if params[param.name] == nil then list[#list + 1] = param.name end
  end
  for name in pairs(COMMON) do
    if params[name] == nil then list[#list + 1] = name end
  end
  return list
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
  local passed, candidates = {}, nil
  for _, name in ipairs(sorted_names(params)) do
    if type(name) ~= "string" then
      add(found, ("[%s]"):format(tostring(name)), params[name], "has no name", "write name = value")
    elseif COMMON[name] and not known[name] then
      out[name] = values.check(COMMON[name], params[name], found)
    elseif not known[name] then
      candidates = candidates or not_given(entry, params)
      local near = not entry.params_unknown and nearest.find(name, candidates) or nil
      if near then
        add(found, name, params[name], "no such parameter", nil, near)
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

-- Every name that an entry lists; made once for each entry.
local names_of = setmetatable({}, { __mode = "k" })

local function known_names(entry)
  local known = names_of[entry]
  if not known then
    known = {}
    for _, param in ipairs(entry.params) do known[param.name] = param.type end
    for _, name in ipairs(entry.object_params or {}) do known[name] = known[name] or "object" end
    names_of[entry] = known
  end
  return known
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

local function find_model(name, mode, found)
  local entry = catalogue.find(name)
  if entry then
    tell_namesakes(name, entry, found)
    if entry.status ~= "listed" then
      found:warn(("%s is %s: the service may refuse it"):format(entry.endpoint, entry.status), "status")
    end
    return entry
  end
  local near = catalogue.nearest(name)
  if not near then
    found:warn(name .. " is not in the catalogue: its parameters are not checked", "model")
  elseif mode == "strict" then
    add(found, "model", name, "no such model", nil, near)
  else
    found:warn(("no such model: %s (did you mean %s?)"):format(name, near), "model")
  end
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
  for _, name in ipairs(sorted_names(params)) do
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
  if mode == "off" and is_plain(params) then
    return { endpoint = model, params = params, files = NO_FILES }
  end
  local out, entry = {}, nil
  local found = setmetatable({ endpoint = model, params = out, files = {}, problems = {},
    lenient = mode == "off", tell = warn }, Checked)
  if mode ~= "off" then
    entry = find_model(model, mode, found)
    if #found.problems > 0 then return nil, findings.refuse(model, found.problems) end
  end
  if entry then
    found.endpoint = entry.endpoint
    local known = known_names(entry)
    check_listed(entry, params, out, found)
    check_unlisted(entry, known, params, out, found)
    if entry.rules then check_rules(entry, out, found) end
  else
    pass_unchecked(params, out, found)
  end
  if #found.problems > 0 then
    if mode ~= "warn" then return nil, findings.refuse(found.endpoint, found.problems) end
    for _, problem in ipairs(found.problems) do
      found:warn(("%s: %s: %s"):format(found.endpoint, problem.param, words.problem(problem)), problem.param)
    end
  end
  return found
end

return check
