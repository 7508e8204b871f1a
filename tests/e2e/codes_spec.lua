-- Every code of the protocol's table, met by a submit, by a query and as the end of a task: which kind of
-- error it becomes, whether the same call may succeed later, whether money may have been taken, and what the
-- sandbox has counted. The table stands here as the protocol has it, not as error.c has it.
local against = require "support.against"
local rhub = require "rhub"

local MODEL = against.model

-- code, kind, may the same request be sent again, can money have been taken.
--   again    "no", "yes"; "broken": outcome unknown at submit, passing at a query, final on a task;
--            "state": no error; "new": terminal for the task, a new one may work
--   spent    "no", "maybe", "yes"; "n/a": the service knows no such task; "gate": no at submit only
local CODES = {
  { "1", "rejected", "no", "no" },
  { "301", "rejected", "no", "no" },
  { "380", "rejected", "no", "no" },
  { "412", "auth", "no", "no" },
  { "414", "funds", "no", "no" },
  { "415", "busy", "yes", "no" },
  { "416", "funds", "no", "no" },
  { "421", "busy", "yes", "no" },
  { "423", "gone", "no", "n/a" },
  { "433", "rejected", "no", "no" },
  { "435", "rejected", "no", "no" },
  { "436", "auth", "no", "no" },
  { "500", "network", "broken", "maybe" },
  { "801", "auth", "no", "no" },
  { "802", "auth", "no", "no" },
  { "803", "rejected", "no", "no" },
  { "804", "state", "state", "maybe" },
  { "805", "failed", "no", "yes" },
  { "806", "auth", "no", "no" },
  { "807", "gone", "no", "n/a" },
  { "808", "network", "yes", "gate" },
  { "809", "rejected", "no", "no" },
  { "810", "rejected", "no", "no" },
  { "811", "auth", "no", "no" },
  { "812", "funds", "no", "no" },
  { "813", "state", "state", "no" },
  { "814", "busy", "yes", "no" },
  { "901", "rejected", "no", "no" },
  { "1000", "network", "broken", "maybe" },
  { "1001", "rejected", "no", "no" },
  { "1002", "auth", "no", "no" },
  { "1003", "busy", "yes", "no" },
  { "1004", "gone", "no", "n/a" },
  { "1005", "network", "broken", "maybe" },
  { "1006", "failed", "no", "maybe" },
  { "1007", "rejected", "no", "no" },
  { "1008", "rejected", "no", "no" },
  { "1009", "rejected", "no", "no" },
  { "1010", "network", "yes", "gate" },
  { "1011", "network", "yes", "gate" },
  { "1012", "failed", "new", "maybe" },
  { "1013", "failed", "no", "maybe" },
  { "1014", "auth", "no", "no" },
  { "1015", "failed", "new", "maybe" },
  { "1101", "rejected", "no", "no" },
  { "1501", "failed", "no", "no" },
  { "1504", "failed", "new", "maybe" },
  { "1505", "failed", "no", "maybe" },
  { "1520", "busy", "yes", "no" },
  { "4711", nil, "no", "maybe" }, -- one that no source knows
}

local function shapes_of(code)
  return #code < 4 and { "A", "B" } or { "B" } -- the older numbers come in both
end

-- What is said of an error, with the submits and tasks that the sandbox has counted.
local function told(box, err)
  local stats = box:stats()
  return { err and err.kind, err and err.code, err and err.retryable, err and err.spent,
    stats.submits.received, stats.tasks.made }
end

local function at_submit(code, kind, again, spent)
  if again == "broken" or again == "state" then return { "unknown_outcome", code, false, "maybe", 1, 0 } end
  if kind == "failed" or kind == "gone" or not kind then kind = "rejected" end -- there is no task yet
  local answer = { no = "no", gate = "no", ["n/a"] = "maybe", maybe = "maybe", yes = "yes" }
  return { kind, code, again == "new", answer[spent], 1, 0 }
end

local function on_a_task(code, again, spent)
  local answer = { no = "no", gate = "maybe", ["n/a"] = "maybe", maybe = "maybe", yes = "yes" }
  return { "failed", code, again == "yes" or again == "new", answer[spent], 1, 1 }
end

describe("a submit that is answered with", function()
  teardown(against.stop)

  for _, row in ipairs(CODES) do
    local code, kind, again, spent = row[1], row[2], row[3], row[4]
    for _, shape in ipairs(shapes_of(code)) do
      local fault = { route = "submit", ["do"] = "code", code = code, shape = shape }
      if again ~= "yes" then
        it(("code %s in shape %s ends and is sent once"):format(code, shape), function()
          local box = against.sandbox()
          box:fault(fault)
          local hub <close> = against.client()
          local result, err = hub:run(MODEL, against.params())
          assert.is_nil(result)
          assert.same(at_submit(code, kind, again, spent), told(box, err))
        end)
      else
        it(("code %s in shape %s is sent again"):format(code, shape), function()
          local box = against.sandbox()
          box:fault(fault)
          local hub <close> = against.client()
          assert(hub:run(MODEL, against.params()))
          assert.same({ nil, nil, nil, nil, 2, 1 }, told(box))
        end)

        it(("code %s in shape %s for ever ends once patience does"):format(code, shape), function()
          local box = against.sandbox()
          fault.times = -1
          box:fault(fault)
          local patience = kind == "network" and { busy_first = 0.001, busy_max = 0.002 }
            or { wait_timeout = 0.05 }
          local hub <close> = against.client(patience)
          local result, err = hub:run(MODEL, against.params())
          assert.is_nil(result)
          local got = told(box, err)
          assert.same({ kind, code, true, "no" }, { table.unpack(got, 1, 4) })
          assert.same({ true, 0 }, { got[5] >= (kind == "network" and 10 or 1), got[6] })
        end)
      end
    end
  end
end)

describe("a query that is answered with", function()
  teardown(against.stop)

  local passing = {} -- faults that end no wait

  for _, row in ipairs(CODES) do
    local code, kind = row[1], row[2]
    for _, shape in ipairs(shapes_of(code)) do
      local fault = { route = "query", ["do"] = "code", code = code, shape = shape }
      if kind == "gone" or kind == "auth" or code == "805" then
        it(("code %s in shape %s ends the wait for a task that may have cost"):format(code, shape), function()
          local box = against.sandbox()
          box:fault(fault)
          local hub <close> = against.client()
          local result, err = hub:run(MODEL, against.params())
          assert.is_nil(result)
          assert.same({ kind, code, false, code == "805" and "yes" or "maybe", 1, 1 }, told(box, err))
          assert.is_truthy(err.task_id)
        end)
      else
        passing[#passing + 1] = fault
      end
    end
  end

  it("any other code says nothing about the task: it is asked on", function()
    local box = against.sandbox()
    box:fault(passing)
    local hub <close> = against.client { concurrency = 40 } -- the account has 50 places
    local results = rhub.map(passing, function() return hub:run(MODEL, against.params()) end)
    for i = 1, #passing do assert.same({ passing[i], nil }, { passing[i], results.errors[i] }) end
    local stats = box:stats()
    assert.same({ #passing, #passing, 0 },
      { stats.submits.received, stats.tasks.made, stats.faults.waiting })
  end)
end)

describe("a task that fails with", function()
  teardown(against.stop)

  local UNTOLD = { route = "submit", ["do"] = "task", ["end"] = "FAILED", usage = "none" }

  local function failed(code, usage)
    local box = against.sandbox()
    local fault = { code = code }
    for name, value in pairs(UNTOLD) do fault[name] = value end
    fault.usage = usage or fault.usage
    box:fault(fault)
    local hub <close> = against.client()
    local result, err = hub:run(MODEL, against.params())
    assert.is_nil(result)
    return told(box, err), err
  end

  for _, row in ipairs(CODES) do
    local code, _, again, spent = row[1], row[2], row[3], row[4]
    if again ~= "state" then
      it(("code %s is not submitted again, and says what it may have cost"):format(code), function()
        local got, err = failed(code)
        assert.same(on_a_task(code, again, spent), got)
        assert.is_truthy(err.task_id)
      end)
    end
  end

  it("a charge that was told has cost that, whatever the code", function()
    local usage = { consumeMoney = "0.02", taskCostTime = "3" }
    for _, code in ipairs { "1501", "1000", "805", "421" } do
      assert.equal("yes", failed(code, usage)[4])
    end
  end)

  it("a charge of nothing has cost nothing, whatever the code", function()
    local usage = { consumeMoney = "0.00", taskCostTime = "3" }
    for _, code in ipairs { "1504", "1000", "805" } do
      assert.equal("no", failed(code, usage)[4])
    end
  end)
end)
