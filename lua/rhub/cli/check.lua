-- rhub check: what rhub run would find wrong with a call, and what it would send. Nothing is sent.

local catalogue = require "rhub.catalogue"
local errors = require "rhub.errors"
local json = require "rhub.json"
local known = require "rhub.cli.known"
local plain = require "rhub.cli.plain"
local prices = require "rhub.cli.prices"
local sys = require "rhub.sys"

---@type rhub.cli.command
local check = {
  usage = "rhub check MODEL NAME=VALUE ...",
  help = [[
Looks for mistakes in a call as rhub run does before it sends anything, and tells what would be sent, which
files would be uploaded, and what it would cost. Nothing is sent, and no key is needed.

  --check strict|warn|off   strict: what the catalogue knows to be wrong is an error; warn: it is only told;
                            off: the catalogue is not looked at

With --json: ok, model, params, files (pointer, path, bytes), problems (param, value, message, allowed,
suggestion), warnings, and for a good call price. Exit code 2 when something is wrong.

  rhub check kling-video-o1/image-to-video firstImageUrl=portrait.png duration=10
]],
  words = { 1, math.huge, what = "a model and its parameters" },
}

-- A value that JSON can hold.
local function sayable(value)
  if json.encode { value } then return value end
  return type(value) == "string" and plain.text(value) or json.null
end

-- The problems as JSON has them: null where there is nothing to say.
local function listed(problems)
  local list = json.array {}
  for i, problem in ipairs(problems or {}) do
    list[i] = {
      param = plain.text(problem.param), value = problem.value == nil and json.null or sayable(problem.value),
      message = plain.text(problem.message), allowed = problem.allowed or json.null,
      suggestion = problem.suggestion or json.null,
    }
  end
  return list
end

-- { pointer, path, pointer, path, ... } as a list of objects.
local function files_of(call)
  local list = json.array {}
  for i = 1, #call.files, 2 do
    local path = call.files[i + 1]
    local stat = sys.stat(path)
    list[#list + 1] = { pointer = call.files[i], path = path, bytes = stat and stat.size or 0 }
  end
  return list
end

-- Warnings go to standard error at once, each kind of them once, and into the answer.
local function warner(context)
  local told, list = {}, json.array {}
  return function(text, key)
    if told[key] then return end
    told[key] = true
    list[#list + 1] = plain.text(text)
    context.terminal:say("rhub: " .. plain.text(text))
  end, list
end

-- The call as it would be sent, with its JSON.
local function look(model, params, mode, warn)
  local call, err = require("rhub.check").call(model, params, mode, warn)
  if not call then return nil, nil, err end
  local text
  text, err = json.encode(call.params, { sort = true, name = "params" })
  if not text then return nil, nil, errors.new(err) end
  return call, text
end

local function verdict(mode, warnings)
  if mode == "off" then return "not looked at" end
  if #warnings == 0 then return "nothing is wrong" end
  return #warnings == 1 and "1 warning" or #warnings .. " warnings"
end

local function tell(context, call, text, estimate)
  context:print(("%s: %s, nothing was sent"):format(plain.text(call.endpoint),
    verdict(context.values.check, context.answer.warnings)))
  context:print("sends    " .. plain.text(text))
  for _, file in ipairs(context.answer.files) do
    context:print(("uploads  %s  (%s) as %s"):format(plain.text(plain.path(file.path)),
      plain.bytes(file.bytes), plain.text(file.pointer:sub(2))))
  end
  context:print("price    " .. prices.sentence(estimate))
end

---@param context rhub.cli.context
function check.run(context)
  local name, answer = context.words[1], context.answer
  local err = known.misplaced(name, check.usage)
  if err then return nil, err end
  local params, call, text
  params, err = require("rhub.cli.parameters").read(context.words, 2)
  if not params then return nil, err end
  local warn, warnings = warner(context)
  call, text, err = look(name, params, context.values.check or "strict", warn)
  answer.ok, answer.model, answer.warnings = call ~= nil, plain.text(call and call.endpoint or name), warnings
  answer.problems, answer.files = listed(err and err.problems), call and files_of(call) or json.array {}
  answer.params = call and call.params or sayable(params)
  if not call then return nil, err end
  local estimate = require("rhub.price").of(catalogue.find(call.endpoint), call.params)
  answer.price = prices.fields(estimate)
  tell(context, call, text, estimate)
  return true
end

return check
