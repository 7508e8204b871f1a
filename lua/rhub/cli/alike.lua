-- Tasks that end as many others of their model do: one of them is told, the others are counted. That is so
-- where a budget has come to its end.

local alike = {}

---@class rhub.cli.alike
---@field ended table<string, integer> by model
local Alike = {}
Alike.__index = Alike

---@return rhub.cli.alike
function alike.new()
  return setmetatable({ ended = {} }, Alike)
end

-- Whether a task that has ended is one of many, of which one was told.
---@param task table
---@return boolean
function Alike:takes(task)
  if not task.err or task.err.kind ~= "budget" then return false end
  local model = task.model or ""
  self.ended[model] = (self.ended[model] or 0) + 1
  return self.ended[model] > 1
end

-- Calls `f(model, n)` for each model of which `n` tasks were not told.
---@param f fun(model: string, n: integer)
function Alike:each(f)
  local models = {}
  for model, n in pairs(self.ended) do
    if n > 1 then models[#models + 1] = model end
  end
  table.sort(models)
  for _, model in ipairs(models) do f(model, self.ended[model] - 1) end
end

return alike
