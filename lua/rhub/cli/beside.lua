-- rhub run --sidecar: the record beside each output, as batches write it.

local sidecar = require "rhub.batch.sidecar"

local beside = {}

local function digest(path)
  local sha256, bytes = require("rhub.core").sha256_file(path)
  if not sha256 then return nil end
  return sha256, bytes
end

-- Writes one for each saved output.
---@param made { model: string, params: table } the call as it was given
---@param task rhub.task
---@param paths string[]
---@param replace? any another record that has the name gives way
---@return true|nil
---@return rhub.error|nil
function beside.write(made, task, paths, replace)
  local call = require("rhub.check").call(made.model, made.params, "warn", function() end)
  local estimate = call and require("rhub.batch.survey").estimate(call)
  for n, path in ipairs(paths) do
    local sha256, bytes = digest(path)
    local ok, err = sidecar.write(path, sidecar.fields { model = made.model, params = made.params,
      files = task.files, estimate = estimate, result = task.result, n = n, digest = digest,
      saved = { path = path, bytes = bytes, sha256 = sha256 } }, replace)
    if not ok then return nil, err end
  end
  return true
end

return beside
