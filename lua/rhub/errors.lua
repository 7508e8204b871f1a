-- Errors: one shape for everything that can go wrong in the world, printing as one readable line.
-- Knows no client and no network.

---@alias rhub.kind
---| "config" | "auth" | "input" | "funds" | "budget" | "busy" | "rejected" | "failed" | "cancelled"
---| "timeout" | "network" | "unknown_outcome" | "gone" | "protocol" | "io"

---@class rhub.problem          one thing that is wrong with a call's parameters
---@field param string
---@field value any
---@field message string        "is not allowed", "is required", ...
---@field allowed? string       what would be right, for people
---@field suggestion? string    the nearest right spelling

---@class rhub.error
---@field kind rhub.kind
---@field message string        what happened, to what, and what to do next: one line
---@field code? string          RunningHub's own code
---@field http_status? integer
---@field task_id? string
---@field job? string           the key of the task's job, with a journal
---@field retryable boolean     the same call may succeed later without a change
---@field spent "no"|"maybe"|"yes" whether money may have been spent
---@field client_id? string     of a native ComfyUI prompt: under which its history and queue show it
---@field problems? rhub.problem[] for kind "input": everything that is wrong, at once
local Error = require("rhub.json").error_mt -- one with that of rhub.json's own errors
Error.__index = Error

-- "failed: the content check did not pass (task 2013508786110730241, code 1501)"
function Error:__tostring()
  local notes = {}
  local function note(word, value)
    if value and not self.message:find(value, 1, true) then notes[#notes + 1] = word .. value end
  end
  note("task ", self.task_id)
  note("code ", self.code)
  local line = self.kind .. ": " .. self.message
  if #notes > 0 then line = line .. " (" .. table.concat(notes, ", ") .. ")" end
  return line
end

-- So that `"could not: " .. err` works.
function Error.__concat(a, b)
  return tostring(a) .. tostring(b)
end

local errors = { mt = Error }

-- Makes an error of the table's fields; `spent` is "no" and `retryable` false unless given.
---@param fields table
---@return rhub.error
function errors.new(fields)
  fields.spent = fields.spent or "no"
  fields.retryable = fields.retryable or false
  return setmetatable(fields, Error)
end

---@param value any
---@return boolean
function errors.is(value)
  return getmetatable(value) == Error
end

-- What was said of a call before anything was sent.
---@param message string
---@param problems? rhub.problem[]
---@return rhub.error
function errors.input(message, problems)
  return errors.new { kind = "input", message = message, problems = problems }
end

return errors
