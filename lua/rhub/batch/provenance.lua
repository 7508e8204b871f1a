-- What a file was made of, by the journal: the model and the parameters of the job that was paid for,
-- whatever a script asks for today; its local files with the digests that they had; and addresses of earlier
-- results, which live a day, as what they are: outputs of jobs, and the files that these were saved in.

local inputs = require "rhub.batch.inputs"
local json = require "rhub.json"
local media = require "rhub.media"
local sidecar = require "rhub.batch.sidecar"
local survey = require "rhub.batch.survey"

local provenance = {}

local function table_of(text)
  local value = text and json.decode(text)
  return type(value) == "table" and value or {}
end

-- The jobs that stand for earlier results in what a job's parameters were known by, see rhub.identity.
local function add_jobs(value, list)
  if type(value) ~= "table" then return list end
  if type(value.job) == "string" then list[#list + 1] = value.job end
  for _, one in next, value do add_jobs(one, list) end
  return list
end

-- The addresses of a job's outputs, in their order, of the service's last reply.
local function addresses_of(job)
  local reply = table_of(job.raw)
  local list = {}
  for i, one in ipairs(type(reply.results) == "table" and reply.results or {}) do
    list[i] = type(one) == "table" and type(one.url) == "string" and one.url or false
  end
  return list
end

-- The file that an output was saved in last: all of a job's are noted in their order. `now`: by jobs, what
-- has just been saved and may not be noted yet.
local function file_of(job, n, count, now)
  local saved = now[job.key] or job.saved or {}
  return #saved >= count and saved[#saved - count + n] or nil
end

-- By address: what is told of an earlier result's output.
local function earlier_outputs(job, record, now)
  local by_address = {}
  for _, key in ipairs(add_jobs(table_of(job.identity), {})) do
    local earlier = record:job(key)
    local addresses = earlier and addresses_of(earlier) or {}
    for n, address in ipairs(addresses) do
      local file = file_of(earlier, n, #addresses, now)
      if address then
        by_address[address] = { job = key, output = n, task_id = earlier.task_id,
          path = file and file.path or json.null, sha256 = file and file.sha256 or json.null,
          bytes = json.null }
      end
    end
  end
  return by_address
end

local function add_earlier(value, pointer, by_address, list)
  if type(value) == "table" then
    local names = {}
    for name in next, value do names[#names + 1] = name end
    table.sort(names, function(a, b) return tostring(a) < tostring(b) end)
    for _, name in ipairs(names) do add_earlier(value[name], media.step(pointer, name), by_address, list) end
  elseif by_address[value] then
    local input = { pointer = pointer }
    for name, what in pairs(by_address[value]) do input[name] = what end
    list[#list + 1] = input
  end
end

-- What the record beside an output tells of a job: of rhub.sidecar_of key, model, params, inputs, estimate.
---@param job rhub.core.job
---@param record rhub.batch.record
---@param digest fun(path: string): string|nil, any
---@param now table<string, { path: string, sha256: string }[]> by jobs: what has just been saved
---@return table
function provenance.of(job, record, digest, now)
  local params = table_of(job.params)
  if table_of(job.identity).webhookUrl == nil then params.webhookUrl = nil end -- of a listener that is gone
  local list = sidecar.inputs(inputs.of(job, digest))
  add_earlier(params, "", earlier_outputs(job, record, now), list)
  return { key = job.key, model = job.endpoint, params = params, inputs = list,
    estimate = survey.estimate { endpoint = job.endpoint, params = params } }
end

return provenance
