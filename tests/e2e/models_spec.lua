-- Every model against the sandbox: a valid request of each runs and is charged what was foreseen, and what
-- the schema refuses is refused by the server too, where a client does not look. Checked by two programs, so
-- that each finds the other's mistakes.
local against = require "support.against"
local catalogue = require "rhub.catalogue"
local money = require "rhub.money"
local price = require "rhub.price"
local requests = require "support.requests"
local rhub = require "rhub"
local sandboxes = require "support.sandbox"

local SEED = tonumber(os.getenv "RHUB_SEED") or os.time()

local box

setup(function()
  box = sandboxes.start { "--speed", "100", "--key", against.key .. ":SHARED:100000" }
end)
before_each(function() box:reset() end)
teardown(function() box:stop() end)

local function client(more)
  local o = { timeout = 60, concurrency = 40, site = "cn", base_url = box.url }
  for name, value in pairs(more or {}) do o[name] = value end
  return against.client(o)
end

describe("each of the 459 models", function()
  it("runs with a valid request, for the price that the catalogue tells; removed ones are refused", function()
    box:fault { route = "submit", ["do"] = "task", seconds = 0.01, times = 1000 }
    local entries, refused, known, foreseen = catalogue.all(), 0, 0, 0
    local hub <close> = client()
    local results = rhub.map(entries, function(entry)
      local params = requests.valid(entry, requests.random(SEED))
      local result, err = hub:run(entry.endpoint, params)
      if not result then return nil, err end
      local estimate = price.of(entry, params)
      if estimate.known then
        known, foreseen = known + 1, foreseen + money.parse(estimate.amount)
        assert.equal(money.parse(estimate.amount), money.parse(result.cost.amount), entry.endpoint)
      end
      return result
    end)
    for i, entry in ipairs(entries) do
      local err = results.errors[i]
      local where = ("seed %d: %s: %s"):format(SEED, entry.endpoint, tostring(err))
      assert.equal(entry.status ~= "removed", results[i] ~= nil, where)
      if err then
        refused = refused + 1
        assert.same({ "rejected", "1001", "no" }, { err.kind, err.code, err.spent }, where)
      end
    end
    assert.same({ 459, 31 }, { #entries, refused })
    assert.is_true(known > 200)
    local stats = box:stats()
    assert.equal(459, stats.submits.received)
    assert.equal(428, stats.tasks.made)
    assert.equal(money.parse(stats.charged), money.parse(hub:spent().spent))
    assert.is_true(foreseen <= money.parse(stats.charged))
  end)

  it("is refused by the server for one wrong value of each parameter, with code 1007", function()
    local jobs = {}
    for i, entry in ipairs(catalogue.all()) do
      local random = requests.random(SEED + i)
      local valid = requests.valid(entry, random)
      -- The service fills no defaults in here: a request has to be whole.
      for _, param in ipairs(entry.status ~= "removed" and entry.params or {}) do
        local list = requests.wrong(param, valid)
        jobs[#jobs + 1] = { entry.endpoint, list[random(#list)] }
      end
    end
    local hub <close> = client { check = "off" }
    local results = rhub.map(jobs, function(job)
      return hub:run(job[1], job[2].params)
    end)
    for i, job in ipairs(jobs) do
      local err = results.errors[i]
      local where = ("seed %d: %s: %s = %s: %s"):format(SEED, job[1], job[2].param, job[2].what,
        tostring(err))
      assert.is_nil(results[i], where)
      assert.same({ "rejected", "1007", "no" }, { err.kind, err.code, err.spent }, where)
    end
    assert.is_true(#jobs > 2300)
    assert.equal(0, box:stats().tasks.made)
  end)

  it("has the price in the server's preview that it is charged", function()
    local hub <close> = client()
    local known = 0
    local entries = {}
    for _, entry in ipairs(catalogue.all()) do
      if entry.status ~= "removed" then entries[#entries + 1] = entry end
    end
    local results = rhub.map(entries, function(entry)
      local params = requests.valid(entry, requests.random(SEED))
      local asked, err = hub:price(entry.endpoint, params)
      if not asked then return nil, err end
      local estimate = price.of(entry, params)
      assert.is_true(asked.known, entry.endpoint)
      if estimate.known then
        known = known + 1
        assert.same({ estimate.amount, "CNY" }, { asked.amount, asked.currency }, entry.endpoint)
      end
      return asked
    end)
    for i = 1, results.n do assert.is_truthy(results[i], tostring(results.errors[i])) end
    assert.is_true(known > 200)
    assert.equal(0, box:stats().tasks.made)
  end)
end)
