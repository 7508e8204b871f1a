-- One sandbox in a process of its own for a whole spec file, and clients that are quick to try again.
local rhub = require "rhub"
local sandboxes = require "support.sandbox"

local against = {}

against.key = ("0123456789abcdef"):rep(2)
against.model = "rhart-image-v1/text-to-image"

local sandbox

--- The sandbox of this file, as fresh as at its start.
function against.sandbox()
  sandbox = sandbox or sandboxes.start { "--speed", "100" }
  sandbox:reset()
  return sandbox
end

function against.stop()
  if sandbox then sandbox:stop() end
  sandbox = nil
end

--- Options of a client that asks often and waits for nothing long.
function against.options(more)
  local o = {
    base_url = sandbox and sandbox.url,
    api_key = against.key,
    concurrency = 8, -- known: the account is not asked
    submit_timeout = 1,
    request_timeout = 1,
    connect_timeout = 2,
    busy_first = 0.02,
    busy_max = 0.1,
    poll = { first = 0.02, min = 0.02, max = 0.05, rate = 1000 },
    log = "none",
  }
  for name, value in pairs(more or {}) do o[name] = value end
  return o
end

function against.client(more) return rhub.client(against.options(more)) end

--- A prompt that occurs once in a process: whoever finds it twice has found a second submit.
local prompts = 0
function against.params()
  prompts = prompts + 1
  return { prompt = "a cat, number " .. prompts, aspectRatio = "1:1" }
end

--- Runs one task against `faults` (one or a list). Returns result, err, and what the sandbox counted.
function against.run(faults, more)
  local server = against.sandbox()
  if faults[1] or faults["do"] then server:fault(faults) end
  local hub <close> = against.client(more)
  local result, err = hub:run(against.model, against.params())
  return result, err, server:stats()
end

--- Makes one test a row: { name, fault(s), expectations }, with a done task as `result = function(result)`,
--- an error as `kind`, `spent`, `code`, and the server's counts as `received`, `made`, `duplicates` (0).
function against.rows(it, assert, rows)
  for _, row in ipairs(rows) do
    local name, faults, expect, options = row[1], row[2], row[3], row.options
    it(name, function()
      local result, err, stats = against.run(faults, options)
      if expect.kind then
        assert.is_nil(result)
        assert.same({ expect.kind, expect.spent or err.spent, expect.code or err.code },
          { err.kind, err.spent, err.code })
        assert.equal(nil, tostring(err):find(against.key, 1, true))
      else
        assert.is_nil(err)
        assert.is_truthy(result.task_id:match("^%d+$"))
      end
      if expect.check then expect.check(result, err, stats) end
      assert.same({ received = expect.received or 1, made = expect.made or 1, faults_left = 0 },
        { received = stats.submits.received, made = stats.tasks.made, faults_left = stats.faults.waiting })
    end)
  end
end

return against
