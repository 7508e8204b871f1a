-- What was found wrong with a call before anything was sent, told at once.

local errors = require "rhub.errors"
local words = require "rhub.check.words"

local findings = {}

---@class rhub.findings_of_run: rhub.found
---@field label string     what is called
---@field doubtful? boolean something is wrong only as far as is known here
---@field hopeless? boolean something cannot even be sent as it was given
local Findings = {}
Findings.__index = Findings

---@param label string
---@param tell fun(text: string, key: string) says what stops nothing
---@return rhub.findings_of_run
function findings.new(label, tell)
  return setmetatable({ label = label, problems = {}, files = {}, tell = tell }, Findings)
end

-- Says something that stops nothing; once for each key of what is called.
---@param text string
---@param key string
function Findings:warn(text, key)
  self.tell(("%s: %s"):format(self.label, text), self.label .. "\0" .. key)
end

---@param name string
---@param value any
---@param problem rhub.problem without `param` and `value`
function Findings:add(name, value, problem)
  problem.param, problem.value = name, value
  table.insert(self.problems, problem)
end

-- What is not listed here may have come since: the way to send it all the same, said once.
findings.WAY_OUT = '; check = "warn" sends it as it is'

-- All problems as one error.
---@param label string
---@param problems rhub.problem[]
---@param doubtful? boolean
---@return rhub.error
function findings.refuse(label, problems, doubtful)
  local lines = {}
  for i, problem in ipairs(problems) do
    lines[i] = ("%s: %s"):format(problem.param, words.problem(problem))
  end
  local count = #problems == 1 and "nothing was sent" or ("%d problems, nothing was sent"):format(#problems)
  local text = ("%s: %s: %s"):format(label, count, table.concat(lines, "; "))
  local err = errors.input(doubtful and text .. findings.WAY_OUT or text, problems)
  err.model = label
  return err
end

-- What the problems come to: an error, or warnings where they are to stop nothing. One that leaves nothing to
-- send stops it all the same.
---@param mode "strict"|"warn"|"off"
---@return rhub.error|nil
function Findings:settle(mode)
  if #self.problems == 0 then return nil end
  local stops = mode ~= "warn" or self.hopeless
  if stops then return findings.refuse(self.label, self.problems, self.doubtful and not self.hopeless) end
  for _, problem in ipairs(self.problems) do
    self:warn(("%s: %s"):format(problem.param, words.problem(problem)), problem.param)
  end
end

return findings
