-- AI apps: what one takes, running it, and the list of apps.
--     local app = hub:app("https://www.runninghub.ai/ai-detail/1877265245566922753")
--     for _, input in ipairs(assert(app:inputs())) do print(input.key, input.type, input.default) end
--     local picture = assert(app:run { image = "portrait.png", style = "oil", ["37.seed"] = 5 })

local app_inputs = require "rhub.app_inputs"
local errors = require "rhub.errors"
local findings = require "rhub.findings"
local json = require "rhub.json"
local once = require "rhub.once"
local overrides = require "rhub.overrides"
local page = require "rhub.page"
local run_options = require "rhub.run_options"
local submit = require "rhub.submit"

local app = {}

---@class rhub.app
---@field id string
---@field name string  "app/1877265245566922753", as messages have it
local App = { __name = "rhub.app" }
App.__index = App
app.App = App

-- An app by its id, or by the address of its page. Sends nothing; an id that is none is told by whatever is
-- asked of it.
---@param id string|integer
---@return rhub.app
function app.app(self, id)
  local known, err = page.of(self, id, "an app's id")
  local name = "app/" .. (known or tostring(id))
  return page.kept(self, name, function()
    return setmetatable({ hub = self, id = known, name = name, err = err }, App)
  end)
end

function App:__tostring() return "rhub." .. self.name end

-- ---- what it takes ----------------------------------------------------------------------------

-- What the service tells of it, asked for once.
---@return { title: string|nil, locked: boolean, inputs: rhub.app_input[] }|nil
---@return rhub.error|nil
function App:about()
  if self.err then return nil, self.err end
  return once.ask(self, { path = "/api/webapp/apiCallDemo?apiKey={key}&webappId=" .. self.id, key = "none" },
    app_inputs.read)
end

-- Its inputs, in the order of its page: { key, name, type, enum, labels, default, description, ... }.
---@return rhub.app_input[]|nil
---@return rhub.error|nil
function App:inputs()
  local about, err = self:about()
  if not about then return nil, err end
  return about.inputs
end

-- ---- running ----------------------------------------------------------------------------------

local function take(inputs, given, found)
  local items, seen = {}, {}
  for _, one in ipairs(overrides.pairs(given, found)) do
    local input, problem = app_inputs.find(inputs, one.name)
    if input and seen[input] then
      problem = { message = "is given twice", allowed = ("%s is the same"):format(seen[input]) }
    end
    if problem then
      found.hopeless = true
      found:add(one.name, one.value, problem)
    elseif input then
      local value, path = app_inputs.take(input, one.name, one.value, found)
      items[#items + 1] = { input = input, value = value, path = path }
      seen[input] = one.name
    end
  end
  return items
end

-- An app whose maker wants a password says so beforehand.
local function check_lock(about, run, found)
  if not about.locked or run.fields.accessPassword then return end
  found:add("accessPassword", nil, { message = "is required", allowed = "ask the app's maker for it" })
end

-- A request's items: those of an input, or as they were given where nothing was asked.
local function item_of(one, whole)
  local input = one.input
  local item = { nodeId = input.node_id, fieldName = input.name, fieldValue = one.value }
  if whole then
    item.nodeName, item.description = input.node or "", input.description or input.description_en or ""
    item.fieldType = input.raw.fieldType or "STRING"
  end
  return item
end

-- Without a look at the app: values by node and field alone, files where they are marked as such.
local function unseen(self, given, run, found)
  local list = overrides.read(given, nil, found)
  local err = found:settle(run.check)
  if err then return nil, err end
  local items = overrides.as_list(list, found)
  if self.whole and given[1] ~= nil then
    for i, item in ipairs(items) do
      for name, value in pairs(given[i]) do item[name] = item[name] or value end
    end
  end
  return items
end

-- The nodeInfoList, or an error.
local function items_for(self, given, run, found)
  if run.check == "off" then return unseen(self, given, run, found) end
  local about, err = self:about()
  if not about then return nil, err end
  local list = take(about.inputs, given, found)
  check_lock(about, run, found)
  err = found:settle(run.check)
  if err then return nil, err end
  local items = {}
  for i, one in ipairs(app_inputs.fill(about.inputs, list)) do
    items[i] = item_of(one, self.whole)
    app_inputs.note_file(found, i, one.path)
  end
  return items
end

local function job_of(self, run, items, files)
  local body, v2 = run.fields, run.form == "v2"
  body.nodeInfoList = json.array(items)
  if not v2 then body.webappId = math.tointeger(tonumber(self.id)) or self.id end
  return { name = self.name, body = body, files = files, options = run.engine,
    path = v2 and "/openapi/v2/run/ai-app/" .. self.id or "/task/openapi/ai-app/run",
    key = v2 and "header" or "apiKey" }
end

-- What a run comes to, checked, or an error.
---@param given table|nil
---@param options table|nil
---@param level integer where to blame for what is no table of values or options
---@return rhub.job|nil
---@return rhub.error|nil
function App:prepare(given, options, level)
  given = given or {}
  if type(given) ~= "table" then error("values are a table, not a " .. type(given), level + 1) end
  run_options.check_names(options, false, level + 1)
  if self.err then return nil, self.err end
  local found = findings.new(self.name, self.hub.warn)
  local run = run_options.read(options, self.hub.check, found)
  local items, err = items_for(self, given, run, found)
  if not items then return nil, err end
  return job_of(self, run, items, found.files)
end

-- Submits one run and returns at once. Values are by an input's name, its description or "NODE.FIELD"; they
-- are checked first, and nothing is sent if one is wrong. What is not given keeps the app's own value.
---@param given? table<string, any>|table[]
---@param options? rhub.run_options
---@return rhub.task|nil
---@return rhub.error|nil
function App:submit(given, options)
  local job, err = self:prepare(given, options, 2)
  if not job then return nil, err end
  return submit.job(self.hub, job)
end

-- Submits one run and waits for its end.
---@param given? table<string, any>|table[]
---@param options? rhub.run_options
---@return rhub.result|nil
---@return rhub.error|nil
function App:run(given, options)
  local job, err = self:prepare(given, options, 2)
  if not job then return nil, err end
  local new
  new, err = submit.job(self.hub, job)
  if not new then return nil, err end
  return submit.finish(new)
end

-- ---- the list ---------------------------------------------------------------------------------

---@class rhub.apps_options
---@field sort? "recommend"|"hottest"|"newest"
---@field days? integer   with "hottest": of how many days
---@field page? integer   from 1 on
---@field size? integer   of a page, up to 50

---@class rhub.listed_app
---@field id? string
---@field title? string
---@field description? string
---@field cover? string   an address

---@class rhub.apps: rhub.listed_app[]
---@field page integer
---@field pages? integer
---@field total? integer
---@field more boolean    whether a next page follows

local SORTS = { recommend = "RECOMMEND", hottest = "HOTTEST", newest = "NEWEST" }
local WHOLE = { days = 1 << 31, page = 1 << 31, size = 50 }

local function refuse(name, message)
  return nil, errors.input(("apps: %s: %s; nothing was sent"):format(name, message))
end

local function read_query(o)
  local body = { current = 1, size = 20 }
  for name, value in pairs(o) do
    if name ~= "sort" and not WHOLE[name] then error("apps: no such option: " .. tostring(name), 3) end
    local n = math.tointeger(value)
    if WHOLE[name] and (not n or n < 1 or n > WHOLE[name]) then
      local most = name == "size" and "from 1 to 50" or "from 1 on"
      return refuse(name, ("%s is not allowed: a whole number %s"):format(tostring(value), most))
    end
  end
  body.current, body.size, body.days = o.page or body.current, o.size or body.size, o.days
  if o.sort ~= nil then
    body.sort = type(o.sort) == "string" and SORTS[o.sort:lower()] or nil
    if not body.sort then
      return refuse("sort", ("%s is not allowed: recommend, hottest, newest"):format(tostring(o.sort)))
    end
  end
  return body
end

local function text(value)
  return type(value) == "string" and value ~= "" and value or nil
end

local function read_record(record)
  return { title = text(record.title), description = text(record.description), cover = text(record.cover),
    id = (text(record.invokeExample) or ""):match("/run/ai%-app/(%d+)") }
end

-- One page of the apps that the service offers.
---@param options? rhub.apps_options
---@return rhub.apps|nil
---@return rhub.error|nil
function app.apps(self, options)
  local body, err = read_query(options or {})
  if not body then return nil, err end
  local path = "/openapi/v2/aiapp/list"
  local data
  data, err = self:call { path = path, body = body, key = "bare" }
  if err then return nil, err end
  if type(data) ~= "table" or type(data.records) ~= "table" then
    return nil, errors.new { kind = "protocol", message = path .. " answered without a list" }
  end
  local list = { page = body.current, pages = math.tointeger(data.pages), total = math.tointeger(data.total),
    more = data.hasNext == true }
  for _, record in ipairs(data.records) do
    list[#list + 1] = type(record) == "table" and read_record(record) or nil
  end
  return list
end

return app
