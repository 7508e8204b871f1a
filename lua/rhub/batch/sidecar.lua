-- The record beside each output: what it was made of, what it cost, what its bytes are. FILE.json lies beside
-- FILE.

local errors = require "rhub.errors"
local json = require "rhub.json"
local sys = require "rhub.sys"

local sidecar = {}

sidecar.VERSION = 1

local EXISTS = 17 -- the errno

local function timestamp(seconds)
  return seconds and os.date("!%Y-%m-%dT%H:%M:%SZ", seconds // 1) or json.null
end

-- The local files among parameters, with their digests. `files`: pointer, path, pointer, path, ...
---@param files string[]|nil
---@param digest fun(path: string): string|nil, integer|nil
---@return table
function sidecar.inputs(files, digest)
  local list = json.array {}
  for i = 1, #(files or {}), 2 do
    local sha256, bytes = digest(files[i + 1])
    list[#list + 1] = { pointer = files[i], path = files[i + 1], sha256 = sha256 or json.null,
      bytes = sha256 and bytes or json.null }
  end
  return list
end

local function charged(result)
  local cost = result.cost
  return cost and { amount = cost.amount, currency = cost.currency, coins = cost.coins } or json.null
end

---@class rhub.sidecar_of       what is told of one output
---@field key? string           of the job
---@field row? integer
---@field model string
---@field params table          as they were given
---@field files? string[]       pointer, path, pointer, path, ...
---@field inputs? table         instead, all that is told of them, see rhub.batch.provenance
---@field estimate? rhub.estimate
---@field result rhub.result
---@field n integer             which output
---@field saved rhub.core.save_value
---@field digest fun(path: string): string|nil, any

-- What is to be written.
---@param it rhub.sidecar_of
---@return table
function sidecar.fields(it)
  local estimate, output = it.estimate, it.result.outputs[it.n]
  local now = sys.time()
  return {
    rhub = sidecar.VERSION, key = it.key or json.null, row = it.row or json.null,
    model = it.model, params = it.params, inputs = it.inputs or sidecar.inputs(it.files, it.digest),
    task_id = it.result.task_id, output = it.n, type = output.type or json.null,
    node_id = output.node_id or json.null,
    price = {
      estimated = estimate and estimate.known and { amount = estimate.amount, currency = estimate.currency }
        or json.null,
      charged = charged(it.result),
    },
    seconds = math.floor(it.result.seconds * 1000 + 0.5) / 1000, saved = timestamp(now),
    file = { name = it.saved.path:match "[^/]*$", bytes = it.saved.bytes,
      sha256 = it.saved.sha256 or json.null },
    catalogue = estimate and estimate.as_of or json.null, -- the date of the table of prices
  }
end

-- What lies there, where it is the record of this output.
---@param path string
---@param of { task_id: string, n: integer }
---@return table|nil
function sidecar.is_of(path, of)
  local fields = sidecar.read(path)
  return fields and fields.task_id == of.task_id and fields.output == of.n and fields or nil
end

local function put(target, temporary, fields, replace)
  if replace or sidecar.is_of(target, { task_id = fields.task_id, n = fields.output }) then
    return os.rename(temporary, target)
  end
  return sys.rename_new(temporary, target)
end

-- As text.
---@param fields table
---@return string|nil
---@return rhub.error|nil
function sidecar.text(fields)
  local text, wrong = json.encode(fields, { sort = true })
  if not text then return nil, errors.new(wrong) end
  return text .. "\n"
end

-- Writes it whole or not at all. An earlier record of the same output gives way, and what a process that was
-- killed has left of one; a file of anybody else does not.
---@param path string of the output
---@param fields table
---@param replace? any what is there gives way, whatever it is
---@return true|nil
---@return rhub.error|nil
---@return boolean|nil taken the name belongs to something else
function sidecar.write(path, fields, replace)
  local text, wrong = sidecar.text(fields)
  if not text then return nil, wrong end
  local target = path .. ".json"
  local temporary = target .. ".part"
  local code
  local file, reason = io.open(temporary, "wb")
  if file then
    local ok
    ok, reason = file:write(text)
    local closed, why = file:close()
    ok, reason = ok and closed, reason or why
    if ok then ok, reason, code = put(target, temporary, fields, replace) end
    if ok then return true end
    os.remove(temporary)
  end
  return nil, errors.new { kind = "io",
    message = ("%s cannot be written: %s"):format(target, tostring(reason)) }, code == EXISTS
end

-- Which input is none, from 0; nil: all are.
local function wrong_input(inputs)
  if inputs == nil then return nil end
  if type(inputs) ~= "table" then return 0 end
  for i, input in ipairs(inputs) do
    if type(input) ~= "table" or type(input.pointer) ~= "string" then return i - 1 end
  end
end

-- Reads one.
---@param path string
---@return table|nil
---@return rhub.error|nil
function sidecar.read(path)
  local text, reason = sys.read(path)
  if not text then return nil, errors.input(("%s: %s"):format(path, reason)) end
  local fields, err = json.decode(text)
  if type(fields) ~= "table" then
    return nil, errors.input(("%s: %s"):format(path, err and err.message or "is no record of an output"))
  end
  if math.type(fields.rhub) ~= "integer" or type(fields.file) ~= "table" or type(fields.model) ~= "string"
    or type(fields.params) ~= "table" then
    return nil, errors.input(path
      .. ": is no record of an output: those lie beside files that rhub has saved")
  end
  if fields.rhub > sidecar.VERSION then
    return nil, errors.input(("%s: was written by a later rhub (version %d of the record)"):format(path,
      fields.rhub))
  end
  local n = wrong_input(fields.inputs)
  if not n then return fields end
  return nil, errors.input(("%s: is a damaged record: inputs[%d] is not { \"pointer\": ..., \"path\": ... }")
    :format(path, n))
end

return sidecar
