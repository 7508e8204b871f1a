-- What a run of a workflow, an AI app or quick create takes besides its values: fields of the request by the
-- service's own names, and what the engine is told. Sends nothing.

local limits = require "rhub.limits"
local nearest = require "rhub.nearest"
local values = require "rhub.check.values"

local run_options = {}

---@class rhub.run_options: rhub.submit_options
---@field instanceType? "default"|"plus"|"ultra" the machine: 24, 48 or 84 GB
---@field addMetadata? boolean      the graph inside of the pictures; the service's default is true. Workflows
---@field metadata? boolean         the same
---@field randomSeed? boolean       a seed of the service's for each run. Workflows
---@field usePersonalQueue? boolean wait for a machine: keys of rented machines only
---@field retainSeconds? integer    10 to 180: the machine stays warm, and is charged
---@field accessPassword? string
---@field webhookUrl? string
---@field form? "legacy"|"v2"       which of the service's two calls
---@field check? "strict"|"warn"|"off" in place of the client's; "off" also spares the question what there is
---@field workflow? rhub.graph|table|string a complete graph, its JSON or a file: in place of the stored one

-- Those of the request.
local PARAMS = {
  { name = "instanceType", type = "enum", enum = { "default", "plus", "ultra" } },
  { name = "usePersonalQueue", type = "boolean" },
  { name = "retainSeconds", type = "integer", min = 10, max = 180 },
  { name = "accessPassword", type = "string" },
  { name = "webhookUrl", type = "string" },
  { name = "addMetadata", type = "boolean" }, -- from here on for workflows only
  { name = "randomSeed", type = "boolean" },
}
local FOR_ALL = 5
local CHOICES = { form = { "legacy", "v2" }, check = { "strict", "warn", "off" } }

local function known_names(params, ...)
  local names = { timeout = true, wait_timeout = true, price = true, job = true, fresh = true, form = true,
    check = true }
  for i = 1, params do names[PARAMS[i].name] = true end
  for _, name in ipairs { ... } do names[name] = true end
  return names
end

local WITH_GRAPH, WITHOUT = known_names(#PARAMS, "metadata", "workflow"), known_names(FOR_ALL)

-- The names that stand for options, for the command line.
---@param with_graph boolean
---@return table<string, boolean>
function run_options.names(with_graph)
  return with_graph and WITH_GRAPH or WITHOUT
end

-- Raises for a name that is no option, and for a limit that is none, where the method was called.
---@param options table|nil
---@param with_graph boolean
---@param level integer
function run_options.check_names(options, with_graph, level)
  if options ~= nil and type(options) ~= "table" then
    error("options are a table, not a " .. type(options), level + 1)
  end
  local known = run_options.names(with_graph)
  for name in pairs(options or {}) do
    if not known[name] then
      local near = nearest.find(tostring(name), known, true)
      local hint = near and (" (did you mean %s?)"):format(near) or ""
      error(("no such option: %s%s"):format(tostring(name), hint), level + 1)
    end
  end
  local why = limits.problem(options or {})
  if why then error(why, level + 1) end
end

local function check_choice(found, name, value)
  if value == nil then return end
  values.check({ name = name, type = "enum", enum = CHOICES[name] }, value, found)
end

local function check_webhook(found, url)
  if url == nil or type(url) == "string" and url:find("^https?://[^/%s]+%S*$") then return end
  found:add("webhookUrl", url, { message = "is no address",
    allowed = "give one that begins with http:// or https://" })
end

-- The samples of the service have this truth as text.
local function as_sent(name, value)
  if name == "usePersonalQueue" and type(value) == "boolean" then return tostring(value) end
  return value
end

---@class rhub.run
---@field fields table   of the request
---@field engine rhub.submit_options
---@field form "legacy"|"v2"
---@field check "strict"|"warn"|"off"
---@field workflow any

local function read_fields(o, mode, found)
  local fields = {}
  for _, param in ipairs(PARAMS) do
    local name = param.name
    local value = o[name]
    if name == "addMetadata" and value == nil then value = o.metadata end
    if value ~= nil and mode ~= "off" then value = values.check(param, value, found) end
    fields[name] = as_sent(name, value)
  end
  if mode ~= "off" then check_webhook(found, o.webhookUrl) end
  return fields
end

-- Reads options, whose names have been checked; wrong values go to `found`.
---@param options table|nil
---@param check string the client's
---@param found rhub.findings_of_run
---@return rhub.run
function run_options.read(options, check, found)
  local o = options or {}
  check_choice(found, "form", o.form)
  check_choice(found, "check", o.check)
  local mode = o.check or check
  return { fields = read_fields(o, mode, found), form = o.form or "legacy", check = mode,
    workflow = o.workflow,
    engine = { timeout = o.timeout, wait_timeout = o.wait_timeout, price = o.price, job = o.job,
      fresh = o.fresh } }
end

return run_options
