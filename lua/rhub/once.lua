-- What something on the service looks like: asked for once and kept. Who asks while the question is under way
-- waits for the same answer, so that a thousand rows ask once.

local errors = require "rhub.errors"
local json = require "rhub.json"

local once = {}

local MISSING = { ["380"] = true, ["901"] = true } -- there is none: it cannot be run either
local REMEDY = "; check = \"off\" runs it without a look"

-- The service's refusal in the words of what was asked for.
local function explain(owner, err)
  err.message = err.message:gsub("^/%S*", owner.name .. ":")
  if err.kind == "rejected" and not MISSING[err.code] then err.message = err.message .. REMEDY end
end

local function read_reply(owner, reply, read)
  local data, why = json.decode(reply)
  if why then return nil, errors.new(why) end
  local value, problem = read(data)
  if value then return value end
  return nil, errors.new { kind = "protocol", message = ("%s: %s%s"):format(owner.name, problem, REMEDY) }
end

-- The answer, read by `read(data)`, which returns a value, or nil and what is wrong. An error is not kept.
---@param owner { hub: rhub.hub, name: string }
---@param call rhub.core.call_options
---@param read fun(data: any): any, string|nil
---@return any value
---@return rhub.error|nil
function once.ask(owner, call, read)
  if owner.answer then return owner.answer end
  if not owner.asking then
    local op, err = owner.hub:start("call", call)
    if not op then return nil, err end
    owner.asking = op
  end
  local op = owner.asking
  local reply, err = owner.hub:await(op, {})
  if owner.asking == op then owner.asking = nil end
  if not reply then
    if not op.told then explain(owner, err) end
    op.told = true
    return nil, err
  end
  if not owner.answer then
    owner.answer, err = read_reply(owner, reply, read)
  end
  return owner.answer, err
end

return once
