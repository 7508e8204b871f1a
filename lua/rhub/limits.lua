-- What every submit takes besides its parameters: how long it may take, what it may cost, and which job of
-- the journal it is.

local words = require "rhub.check.words"

local limits = {}

local function is_seconds(value) return type(value) == "number" and value == value end
local function is_amount(value) return type(value) == "number" or type(value) == "string" end

local function is_key(value) return type(value) == "string" end
local function is_flag(value) return type(value) == "boolean" end

local SECONDS = { is_seconds, "a number of seconds" }

-- What each has to be, and that in words. Whether an amount is one, the engine says.
local LIMITS = {
  timeout = SECONDS, wait_timeout = SECONDS, price = { is_amount, 'an amount such as 2.1 or "2.10"' },
  job = { is_key, "the key of a job of the journal, text" }, fresh = { is_flag, "true or false" },
}

---@param name any
---@return boolean
function limits.is(name)
  return LIMITS[name] ~= nil
end

-- What is wrong with one of the values, or nil.
---@param options table which may hold more
---@return string|nil
function limits.problem(options)
  for _, name in ipairs { "timeout", "wait_timeout", "price", "job", "fresh" } do
    local value, limit = options[name], LIMITS[name]
    if value ~= nil and not limit[1](value) then
      return ("%s: %s is not allowed: %s"):format(name, words.value(value), limit[2])
    end
  end
end

return limits
