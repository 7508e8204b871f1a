-- What each row is to become: a model, parameters, names of outputs. Made from the words of the command line;
-- what does not fit a row is told with the line and column of the value.

local check = require "rhub.check"
local errors = require "rhub.errors"
local inputs = require "rhub.batch.inputs"
local template = require "rhub.batch.template"

local plan = {}

---@class rhub.batch.request
---@field model string
---@field params table

---@class rhub.batch.plan
---@field model rhub.batch.template|string|nil nil: there is a script, or a column "model"
---@field params table<string, any> compiled
---@field names rhub.batch.names
---@field script function|nil
---@field digest string|nil  of the script's text
---@field named? true        every row has what the names are made of
---@field mode "strict"|"warn"|"off"
---@field warn fun(text: string, key: string)
local Plan = {}
Plan.__index = Plan

local function compile(params)
  local compiled = {}
  for name, value in pairs(params) do
    local made, problem = template.of(value)
    if problem then return nil, errors.input(("%s=%s; nothing was sent"):format(name, problem)) end
    compiled[name] = made
  end
  return compiled
end

---@param o { model?: string, params: table, names: rhub.batch.names, script?: function, digest?: string,
---  mode?: string, warn: fun(text: string, key: string) }
---@return rhub.batch.plan|nil
---@return rhub.error|nil
function plan.new(o)
  local model, problem, params, err
  if o.model then
    model, problem = template.of(o.model)
    if problem then return nil, errors.input("--model " .. problem) end
  end
  params, err = compile(o.params)
  if not params then return nil, err end
  return setmetatable({ model = model, params = params, names = o.names, script = o.script,
    digest = o.digest, mode = o.mode or "strict", warn = o.warn }, Plan)
end

-- A file that spreadsheets of some countries write.
local function hint(columns)
  local separator = #columns == 1 and columns[1]:match "[;\t]"
  if not separator then return "" end
  return separator == ";" and " (it is separated by ;: save it with commas, or tabs as .tsv)"
    or " (it is separated by tabs: call it .tsv)"
end

-- Columns that every row has: what the templates ask for beyond them is wrong once, and not in every row.
---@param columns string[]
---@return rhub.error|nil
function Plan:check_columns(columns)
  local known, own = {}, {}
  for _, name in ipairs(columns) do known[name] = "" end
  for _, name in ipairs(require("rhub.batch.names").OWN) do own[name] = "" end
  for name in pairs(known) do own[name] = "" end
  local wrong
  local function visit(word, among)
    return function(one)
      local missing = one:missing(among)
      if not missing or wrong then return end
      wrong = ("%s: %s%s"):format(word, template.unknown(missing, columns), hint(columns))
    end
  end
  for name, value in pairs(self.params) do template.walk(value, visit(name, known)) end
  if self.model then template.walk(self.model, visit("--model", known)) end
  template.walk(self.names.stem, visit("--name", own))
  if not wrong and not self.script and not self.model and not known.model then
    wrong = 'which model? give --model NAME, or a column "model"'
  end
  self.named = not wrong or nil
  return wrong and errors.input(wrong .. "; nothing was sent") or nil
end

local function first_column(compiled)
  local name
  template.walk(compiled, function(one) name = name or one:columns()[1] end)
  return name
end

-- Where a parameter's value comes from.
local function place_of(self, row, param)
  local base = param:match "^[^/]+" or param
  local column = base == "model" and (self.model and first_column(self.model) or "model")
    or first_column(self.params[base])
  if column then return row.place(column) end
  return row.line, 1
end

local function fill(row, name, compiled, found)
  local value, problem, column = template.fill(compiled, row.values)
  if not problem then return value end
  local line, at = row.place(column)
  found:add(line, at, { message = ("%s: %s"):format(name, problem) })
end

local function model_of(self, row, found)
  if self.model then return fill(row, "--model", self.model, found) end
  local model = row.values.model
  if type(model) == "string" and model ~= "" then return model end
  local line, column = row.place "model"
  found:add(line, column, { message = model == nil and 'no column "model", and no --model' or "no model" })
end

-- What a row asks for, or nil where it cannot be told; then `found` has the reasons.
---@param row rhub.batch.row
---@param found rhub.batch.problems
---@return rhub.batch.request|nil
function Plan:request(row, found)
  local before = found.count
  if self.script then return { model = "", params = row.values } end
  local request = { model = model_of(self, row, found), params = {} }
  for name, compiled in pairs(self.params) do
    request.params[name] = fill(row, name, compiled, found)
  end
  return found.count == before and request or nil
end

local function check_name(self, row, request, found)
  local _, problem, column = self.names:of(row, 1, request.model)
  if not problem then return end
  local line, at = row.place(column)
  found:add(line, at, { message = "--name: " .. problem })
end

-- Checks the call that a request makes against the catalogue.
---@param row rhub.batch.row
---@param request rhub.batch.request
---@param found rhub.batch.problems
---@param lenient? boolean  files that are not there are no problem
---@return boolean absent there is such a file
function Plan:check(row, request, found, lenient)
  if not self.named then check_name(self, row, request, found) end
  if self.script then return false end
  local call, err = check.call(request.model, request.params, self.mode, self.warn)
  local absent = false
  if call then return absent end
  for _, one in ipairs(err.problems or { { param = "", message = err.message } }) do
    local line, at = place_of(self, row, one.param)
    local name = one.param ~= "" and one.param .. " " or ""
    if lenient and inputs.is_absence(one) then
      absent = true
    else
      found:add(line, at, { message = name .. one.message, allowed = one.allowed,
        suggestion = one.suggestion })
    end
  end
  return absent
end

local function silent() end

-- The call that a request makes, where it has been checked already.
---@param request rhub.batch.request
---@return rhub.checked|nil
function Plan:call(request)
  return (check.call(request.model, request.params, self.mode == "off" and "off" or "warn", silent))
end

return plan
