-- rhub jobs and rhub cost against the service's books.
local against = require "support.against"
local core = require "rhub.core"
local json = require "rhub.json"
local programs = require "support.program"
local sandboxes = require "support.sandbox"
local sys = require "rhub.sys"

local MODEL = "rhart-image-v1/text-to-image"
local DRAW = "1904136902449209346" -- a workflow

local box, run
before_each(function()
  box = against.sandbox()
  run = programs.new(box)
end)
after_each(function() run:remove() end)
teardown(against.stop)

local function cost(...) return json.decode(run("cost", "--journal", "out", "--json", ...).out) end

local function usage(money, coins)
  return { consumeMoney = money or json.null, consumeCoins = coins or json.null, taskCostTime = "1",
    thirdPartyConsumeMoney = json.null }
end

local function lines(text)
  local list = {}
  for line in text:gmatch "[^\r\n]+" do list[#list + 1] = line end
  return list
end

-- done, failed and charged, failed and not charged, refused, cancelled and charged, unknown, not told
local function mixed()
  run:put("cats.csv", "subject\ndone\ncharged\nfree\nrefused\ncancelled\nlost\nuntold\n")
  box:fault {
    { ["do"] = "task", match = "charged", ["end"] = "FAILED", usage = usage "0.05" },
    { ["do"] = "task", match = "free", ["end"] = "FAILED", usage = usage "0" },
    { route = "submit", ["do"] = "code", code = "1014", match = "refused" },
    { ["do"] = "task", match = "cancelled", ["end"] = "CANCEL", usage = usage "0.05" },
    { route = "submit", ["do"] = "reset_after", match = "lost" },
    { ["do"] = "task", match = "untold", usage = json.null },
  }
  return run("batch", "cats.csv", "--model", MODEL, "prompt={subject}", "aspectRatio=1:1", "-o", "out",
    "--site", "cn", "--budget", "5")
end

describe("rhub cost", function()
  it("sets what was expected beside what was charged, and tells what is not settled", function()
    assert.equal(5, mixed().code)
    local told = cost()
    local group = told.groups[1]
    assert.same({ 1, MODEL, "CNY", 5, "0.25", "0.20", 0, 1, 0, 1, "0.05" }, { #told.groups, group.name,
      group.currency, group.tasks, group.expected, group.charged, group.no_price, group.unconfirmed,
      group.running, group.unknown, group.unknown_expected })
    local claims = {}
    for _, one in ipairs(told.failed_charged) do
      assert.matches("^%d+$", one.task_id)
      assert.matches("^%d+%-%d+%-%d+T%d+:%d+:%d+Z$", one.accepted)
      assert.matches("^%d+%-%d+%-%d+T%d+:%d+:%d+Z$", one.ended)
      claims[one.state] = one.amount
    end
    assert.same({ failed = "0.05", cancelled = "0.05" }, claims)
    local label = cost("--by", "label").groups[1]
    assert.same({ "batch", 5 }, { label.name, label.tasks })
    assert.matches("^%d+%-%d+%-%d+$", cost("--by", "day").groups[1].name)
    local text = run("cost", "--journal", "out").out
    assert.matches("  5  +0.25  +0.20  CNY  1 not confirmed, 1 unknown, expected 0.05\n", text)
    assert.matches("failed or cancelled, and charged: 2", text, 1, true)
  end)

  it("agrees with the service's books once all outcomes are known", function()
    run:put("cats.csv", "subject\ndone\nlost\nalso done\n")
    box:fault { route = "submit", ["do"] = "reset_after", match = "lost" }
    local function go()
      return run("batch", "cats.csv", "--model", MODEL, "prompt={subject}", "aspectRatio=1:1", "-o", "out",
        "--site", "cn").code
    end
    assert.equal(5, go())
    local id
    for _, one in ipairs(box:stats().tasks.ids) do
      if box:task(one).body:find("lost", 1, true) then id = one end
    end
    local key = json.decode(lines(run("jobs", "--unknown", "--journal", "out", "--json").out)[1]).key
    assert.equal(0, run("jobs", "resolve", key, "--task", id, "--journal", "out", "--site", "cn").code)
    assert.equal(0, go())
    local group = cost().groups[1]
    assert.same({ 3, "0.15", box:stats().charged, 0 }, { group.tasks, group.expected, group.charged,
      group.unknown })
  end)

  it("counts coins by themselves", function()
    local shop = sandboxes.start { "--speed", "100", "--key", programs.key .. ":NORMAL" }
    finally(function() shop:stop() end)
    local consumer = run:with { env = { RH_API_BASE_URL = shop.url } }
    run:put("cats.csv", "subject\na\nb\n")
    run:put("draw.lua", ([[
      return function(row, hub)
        return assert(hub:workflow("%s"):run { ["Positive prompt.text"] = row.subject })
      end]]):format(DRAW))
    assert.equal(0, consumer("batch", "cats.csv", "--script", "draw.lua", "-o", "out", "--site", "cn").code)
    local group = cost().groups[1]
    assert.same({ 2, 2, "0.00", "0.00", tostring(shop:stats().charged_coins) }, { group.tasks,
      group.no_price, group.expected, group.charged, group.coins })
    assert.matches(group.coins .. " coins, 2 no price", run("cost", "--journal", "out").out, 1, true)
  end)
end)

local function words(...)
  return "batch", "cats.csv", "--model", MODEL, "prompt={subject}", "aspectRatio=1:1", "-o", "out", ...
end

-- The batch, killed once `running` of its tasks are recorded as running.
local function kill_with(running, ...)
  local child = assert(sys.spawn { "sh", "-c", ("cd %s && exec %s 2>err.txt"):format(
    programs.quote(run.folder), run:words(words(...))) })
  repeat
    local list = run("jobs", "--running", "--journal", "out", "--json").out
    local _, known = list:gsub('"state":"running"', "")
  until known == running
  sys.kill(child.pid, "KILL")
  sys.wait(child.pid, 60)
  sys.close(child.stdin)
  sys.close(child.stdout)
end

-- A client of its journal, under a budget.
local function reopened(budget)
  return against.client { site = "cn", budget = budget, journal = run.folder .. "/out/rhub.db" }
end

describe("a budget of a later run", function()
  it("holds what was submitted without one and runs, or is unknown", function()
    run:put("cats.csv", "subject\nlost\nslow 1\nslow 2\nslow 3\nslow 4\n")
    box:fault { { route = "submit", ["do"] = "reset_after", match = "lost" },
      { ["do"] = "task", seconds = 60, match = "slow", times = -1 } }
    kill_with(3, "--site", "cn", "--concurrency", "3")
    for _, line in ipairs(lines(run("jobs", "--running", "--unknown", "--journal", "out", "--json").out)) do
      local job = json.decode(line)
      if job.key then assert.equal("0.05", job.reserved) end
    end
    local before = box:stats().submits.received
    local hub <close> = reopened "0.20"
    assert.same({ "0.20", 4 }, { hub:spent().held, hub:spent().unknown })
    local _, err = hub:run(MODEL, against.params())
    assert.equal("budget", err.kind)
    assert.same({ 4, 4 }, { before, box:stats().submits.received })
  end)
end)

describe("the money of a journal", function()
  before_each(function()
    run:put("cats.csv", "subject\na\nb\n")
    box:fault { ["do"] = "task", seconds = 1, times = -1 }
  end)

  it("is what its jobs are charged in, also by a run that does not know it", function()
    kill_with(2, "--site", "cn", "--budget", "0.20")
    assert.equal(0, run(words()).code)
    local group = cost().groups[1]
    assert.same({ "CNY", "0.10", "0.10", box:stats().charged }, { group.currency, group.expected,
      group.charged, group.charged })
    local hub <close> = reopened "0.10"
    assert.equal("0.10", hub:spent().spent)
  end)

  it("is named by the first run that knows it", function()
    kill_with(2)
    local hub = reopened "0.10"
    assert.equal("0.10", hub:spent().held)
    hub:close()
    assert.equal(0, run(words("--site", "cn", "--budget", "0.20")).code)
    local groups = cost().groups
    assert.same({ 1, "CNY", "0.10" }, { #groups, groups[1].currency, groups[1].charged })
  end)

  it("is one: another site is refused", function()
    assert.equal(0, run(words("--site", "cn")).code)
    run:put("cats.csv", "subject\na\nb\nc\n")
    local got = run(words("--site", "ai"))
    assert.equal(3, got.code)
    assert.matches("its jobs are charged in CNY, and this client counts in USD", got.err, 1, true)
    assert.equal(2, box:stats().submits.received)
  end)
end)

describe("rhub jobs resolve", function()
  it("is put right where the service knows no such task", function()
    run:put("cats.csv", "subject\nlost\n")
    box:fault { route = "submit", ["do"] = "reset_after", match = "lost" }
    local function go() return run(words("--site", "cn")) end
    assert.equal(5, go().code)
    local key = json.decode(lines(run("jobs", "--unknown", "--journal", "out", "--json").out)[1]).key
    local function resolve(id)
      return run("jobs", "resolve", key, "--task", id, "--journal", "out", "--site", "cn").code
    end
    assert.equal(0, resolve "1234567890123456789")
    local got = go()
    assert.equal(5, got.code)
    assert.matches("said to be task 1234567890123456789, which is no task of this account", got.err, 1, true)
    local job = json.decode(lines(run("jobs", "--unknown", "--journal", "out", "--json").out)[1])
    assert.same({ key, "0.05" }, { job.key, job.reserved })
    assert.equal(0, resolve(box:stats().tasks.ids[1]))
    assert.equal(0, go().code)
    assert.same({ 1, "0.05" }, { box:stats().submits.received, cost().groups[1].charged })
  end)
end)

describe("rhub jobs", function()
  it("lists each state by its word, as text, as JSON and as CSV", function()
    mixed()
    local function count(...)
      local list = lines(run("jobs", "--journal", "out", "--json", ...).out)
      return json.decode(list[#list]).jobs, #list - 1
    end
    assert.same({ 7, 7 }, { count() })
    assert.same({ 2, 2 }, { count "--done" })
    assert.same({ 4, 4 }, { count "--failed" })
    assert.same({ 1, 1 }, { count "--unknown" })
    assert.same({ 0, 0 }, { count "--running" })
    assert.same({ 3, 3 }, { count("--unknown", "--done") })
    local csv = lines(run("jobs", "--journal", "out", "--csv").out)
    assert.equal(8, #csv)
    assert.equal("key,state,model,task_id,amount,currency,coins,created,accepted,ended,error_kind,error_code,"
      .. "error_message,spent", csv[1])
    local states = {}
    for i = 2, #csv do
      local state = csv[i]:match "^[^,]+,([^,]+),"
      states[state] = (states[state] or 0) + 1
    end
    assert.same({ done = 2, failed = 3, cancelled = 1, unknown = 1 }, states)
  end)

  it("tells the digest of what a script has saved, although it moved it at once", function()
    run:put("move.lua", [[
      local rhub = require "rhub"
      local hub <close> = rhub.client { journal = "rhub.db" }
      local result = assert(hub:run("rhart-image-v1/text-to-image", { prompt = "cat", aspectRatio = "1:1" }))
      local path = assert(result:save "out/")[1]
      assert(os.rename(path, "cat.png"))
      print(path)
    ]])
    local moved = run("-q", "move.lua")
    assert.same({ 0, "" }, { moved.code, moved.err })
    local file = json.decode(lines(run("jobs", "--journal", "rhub.db", "--json").out)[1]).files[1]
    local digest = core.sha256_file(run.folder .. "/cat.png")
    assert.same({ lines(moved.out)[1], digest }, { file.path, file.sha256 })
  end)
end)
