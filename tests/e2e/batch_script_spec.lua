-- rhub batch --script: what a row's function may do, return and raise; which of its steps are paid, and when.
local against = require "support.against"
local json = require "rhub.json"
local programs = require "support.program"
local sys = require "rhub.sys"

local box, run
before_each(function()
  box = against.sandbox()
  run = programs.new(box)
end)
after_each(function() run:remove() end)
teardown(against.stop)

local EDIT = "rhart-image-v1/edit"

local HELPERS = [[
  local rhub = require "rhub"
  local MODEL, EDIT = "rhart-image-v1/text-to-image", "rhart-image-v1/edit"
  local function paint(hub, prompt, options)
    return assert(hub:run(MODEL, { prompt = prompt, aspectRatio = "1:1" }, options))
  end
  local function start(hub, prompt, options)
    return assert(hub:submit(MODEL, { prompt = prompt, aspectRatio = "1:1" }, options))
  end
  local function edit(hub, prompt, image)
    return assert(hub:run(EDIT, { prompt = prompt, imageUrls = { image }, aspectRatio = "1:1" }))
  end
]]

local function rows(...) return run:put("f.csv", "s\n" .. table.concat({ ... }, "\n") .. "\n") end

-- A script whose function has this body.
local function script(body)
  return run:put("chain.lua", HELPERS .. "return function(row, hub)\n" .. body .. "\nend\n")
end

local function words(...)
  return "batch", "f.csv", "--script", "chain.lua", "-o", "out", "--site", "cn", ...
end

local function batch(...) return run(words(...)) end

-- The lines of --json by their events, and the last of them.
local function events(got)
  local by_name, last = {}, nil
  for line in got.out:gmatch "[^\n]+" do
    last = assert(json.decode(line))
    by_name[last.event or "?"] = by_name[last.event or "?"] or {}
    table.insert(by_name[last.event or "?"], last)
  end
  return by_name, last
end

local function submits() return box:stats().submits.received end
local function exists(name) return sys.stat(run.folder .. "/" .. name) ~= nil end
local function record(name) return assert(json.decode(run:read("out/" .. name .. ".json"))) end

local function failed_with(body, ...)
  script(body)
  local by_name, last = events(batch "--json")
  assert.same({ 0, 1 }, { last.done, last.failed })
  local err = by_name.failed[1].error
  for _, text in ipairs { ... } do assert.matches(text, err.message, 1, true) end
  assert.not_matches("\n", err.message, 1, true)
  assert.not_matches("traceback", err.message, 1, true)
  return err
end

describe("what a row's function returns", function()
  it("is waited for where it is a task, and saved", function()
    rows("a", "b", "c")
    script 'return start(hub, row.s)'
    local got = batch()
    assert.same({ 0, 3 }, { got.code, submits() })
    assert.matches("done   3 saved   0 failed   0.15 CNY", got.err, 1, true)
    for i = 1, 3 do assert.is_true(exists(("out/%04d-1.png"):format(i))) end
  end)

  it("may be a list of results and tasks, each saved under its number, twice the same once", function()
    rows("a")
    script [[local a, b = paint(hub, "a"), start(hub, "b")
      return { a, b, a }]]
    assert.same({ 0, 2 }, { batch().code, submits() })
    assert.same({ true, false }, { exists "out/0001-2.png", exists "out/0001-3.png" })
    assert.same({ "a", "b" }, { record "0001-1.png".params.prompt, record "0001-2.png".params.prompt })
  end)

  it("is an error of the row, which says what to return, where it is no result and was paid for", function()
    rows("a")
    local WANTED = "return a result of hub:run, a task of hub:submit, a list of these, or nil and an error"
    for _, case in ipairs {
      { "return paint(hub, 'a').url", "it returned text: " .. WANTED },
      { "paint(hub, 'a')", "it submitted 1 task and returned nothing: " .. WANTED },
      { "paint(hub, 'a') return false", "it returned false: " .. WANTED },
      { "paint(hub, 'a') return print", "it returned a function: " .. WANTED },
      { "return { nil, paint(hub, 'a') }", "it returned a list without a result at 1: " .. WANTED },
      { "return { paint(hub, 'a'), 5 }", "it returned a list with a number at 2: " .. WANTED },
      { "return { outputs = { 1, 2 }, task_id = 'x' }", "it returned a table that is no list of results" },
      { "paint(hub, 'a') return {}", "it submitted 1 task and returned nothing: " .. WANTED },
      { "return rhub.go(paint, hub, 'a')", "it returned a rhub.coroutine: " .. WANTED },
    } do
      failed_with(case[1], case[2])
    end
    assert.same({ 1, false }, { submits(), exists "out/0001-1.png" }) -- each was the same step
    local status = batch("--status").out
    assert.matches("1 row, 0 done, 1 not saved yet, 0 to do", status, 1, true)
  end)

  it("tells the error of a task that nobody looked at where nothing is returned", function()
    rows("a")
    box:fault { ["do"] = "task", ["end"] = "FAILED" }
    local err = failed_with("start(hub, 'a')", "failed")
    assert.same({ "failed", box:stats().tasks.ids[1] }, { err.kind, err.task_id })
  end)

  it("passes a row over that submits nothing, and says so", function()
    rows("a", "b", "c")
    script 'if row.s ~= "b" then return nil end return paint(hub, row.s)'
    local got = batch()
    assert.same({ 0, 1 }, { got.code, submits() })
    assert.matches("done   1 saved   0 failed   0.05 CNY   0 unknown   2 passed over", got.err, 1, true)
    assert.matches("3 rows, 1 done, 2 passed over, 0 to do", batch("--status").out, 1, true)
    local by_name, last = events(batch "--json")
    assert.same({ 2, 2, 1, 0 }, { #by_name.passed, last.passed, last.skipped, last.done })
  end)

  it("fails the row where none of it has an output, and leaves out what has none", function()
    rows("a", "b")
    box:fault { ["do"] = "task", match = "empty", results = json.array {}, times = 3 }
    script [[if row.s == "a" then return paint(hub, "empty") end
      return { paint(hub, "empty too"), paint(hub, "b") }]]
    local got = batch()
    assert.same({ 1, 3 }, { got.code, submits() })
    assert.matches("done   1 saved   1 failed", got.err, 1, true)
    assert.matches("is done and has no output (charged)", got.err, 1, true)
    assert.matches("2 rows, 1 done, 1 failed, 0 to do", batch("--status").out, 1, true)
    assert.same({ 1, 3 }, { batch().code, submits() })
    box:control("DELETE", "faults")
    assert.same({ 0, 4, true }, { batch("--retry-failed").code, submits(), exists "out/0001-1.png" })
  end)

  it("ends a row only when all that it has submitted has ended", function()
    rows("a")
    box:fault { ["do"] = "task", match = "slow", seconds = 1 }
    script 'start(hub, "slow") return paint(hub, "quick")'
    local got = batch()
    assert.same({ 0, 2, "0.10" }, { got.code, submits(), box:stats().charged })
    assert.not_matches("goes on", got.err, 1, true)
    assert.same({ "quick", false }, { record "0001-1.png".params.prompt, exists "out/0001-2.png" })
  end)

  it("is all that is made for the row: a coroutine left behind is told so, and nothing is paid", function()
    rows "a"
    script [[
      rhub.go(function()
        repeat local saved = io.open "out/0001-1.png"; rhub.sleep(0.01) until saved
        paint(hub, "too late")
      end)
      return paint(hub, row.s)
    ]]
    local got = batch()
    assert.same({ 1, 1 }, { got.code, submits() })
    assert.matches("row 1 has ended: what is submitted for it now would be paid and saved nowhere", got.err)
  end)

  it("fails the row with the first error that rhub.map tells", function()
    rows("a")
    box:fault { ["do"] = "task", match = "cat 2", ["end"] = "FAILED" }
    local err = failed_with([[return rhub.map({ "cat 1", "cat 2" },
      function(p) return paint(hub, p) end)]], "failed")
    assert.matches("^%d+$", err.task_id)
  end)
end)

describe("what a row's function raises", function()
  it("is told in a line", function()
    rows("a")
    for _, case in ipairs {
      { "error 'no cat'", ":13: no cat" }, { "error {}", "chain.lua:13: it raised a table" },
      { "error()", "chain.lua:13: it raised nil" }, { "return nil + 1", "chain.lua:13: attempt to" },
      { "error(setmetatable({}, { __tostring = function() return 'an object' end }))", "an object" },
      { "return nil, 'no cat'", "no cat" }, { "return nil, {}", "it returned a table as the error" },
      { "return nil, setmetatable({}, { __tostring = error })", "it returned a table as the error" },
      { "coroutine.yield()", "coroutine.yield has nobody to yield to" },
      { "hub:close()", "chain.lua:13: hub:close() in a row's function" },
      { "hub:shutdown()", "hub:shutdown() in a row's function" },
    } do
      assert.equal("no", failed_with(case[1], case[2]).spent)
    end
    assert.equal(0, submits())
  end)

  it("ends no other row, and comes with the summary", function()
    rows("a", "b", "c")
    script "if row.s == 'b' then coroutine.yield() end return paint(hub, row.s)"
    local got = batch()
    assert.same({ 1, 2 }, { got.code, submits() })
    assert.matches("done   2 saved   1 failed   0.10 CNY", got.err, 1, true)
    assert.matches("failed     0002", got.err, 1, true)
  end)

  it("leaves what it has submitted meanwhile to its end, and what waits for its turn unsent", function()
    rows("a")
    box:fault { ["do"] = "task", match = "cat 1", seconds = 1 }
    script [[local first = start(hub, "cat 1")
      start(hub, "cat 2")
      while not first.id do rhub.sleep(0.01) end
      error "enough"]]
    local got = batch("--concurrency", "1")
    assert.same({ 1, 1, "0.05" }, { got.code, submits(), box:stats().charged })
    assert.matches("enough (charged)", got.err, 1, true)
  end)
end)

describe("a row of which a step was stopped, though its function does not hand on the error", function()
  local SWALLOWS = [[local a, e = hub:run(MODEL, { prompt = row.s .. " A", aspectRatio = "1:1" })
    local b, f = hub:run(MODEL, { prompt = row.s .. " B", aspectRatio = "1:1" })
    return { a, b }]]
  before_each(function()
    rows("1", "2")
    script(SWALLOWS)
  end)

  it("is left by Ctrl-C with what there is saved, and the same command submits the rest", function()
    box:fault { ["do"] = "task", match = " A", seconds = 1, times = -1 }
    local child = assert(sys.spawn { "sh", "-c", ("cd %s && exec %s 2>&1"):format(
      programs.quote(run.folder), run:words(words())) })
    repeat until box:stats().submits.accepted == 2
    sys.kill(child.pid, "INT")
    assert.equal(130, (sys.wait(child.pid, 30)))
    local said = {}
    for line in function() return sys.readline(child.stdout, 5) end do said[#said + 1] = line end
    sys.close(child.stdin)
    sys.close(child.stdout)
    assert.matches("stopped   0 saved   0 failed   0.10 CNY   0 unknown   2 to do", table.concat(said, "\n"),
      1, true)
    assert.same({ true, true }, { exists "out/0001-1.png", exists "out/0002-1.png" })
    assert.matches("2 rows, 0 done, 2 to do", batch("--status").out, 1, true)
    local got = batch()
    assert.same({ 0, 4, "0.20" }, { got.code, submits(), box:stats().charged })
    assert.matches("done   2 saved", got.err, 1, true)
    assert.same({ true, true, false }, { exists "out/0001-2.png", exists "out/0002-2.png",
      exists "out/0001-1-2.png" })
    assert.same({ 0, 4 }, { batch().code, submits() })
  end)

  it("is left by the budget, and goes on under another one", function()
    local got = batch("--budget", "0.15")
    assert.same({ 1, 3 }, { got.code, submits() })
    assert.matches("to do", got.err, 1, true)
    assert.same({ 0, 4 }, { batch("--budget", "9").code, submits() })
    assert.matches("2 rows, 2 done, 0 to do", batch("--status").out, 1, true)
  end)

  it("is unknown where that is, until it is resolved or submitted again", function()
    box:fault { route = "submit", ["do"] = "reset_after", match = "2 B" }
    local by_name, last = events(batch "--json")
    assert.same({ 1, 1, 0 }, { last.done, last.unknown, last.left })
    assert.same({ "unknown_outcome", "out/0002-1.png" },
      { by_name.unknown[1].error.kind, by_name.unknown[1].files[1] })
    assert.same({ 5, 4 }, { batch().code, submits() })
    assert.matches("2 rows, 1 done, 1 unknown, 0 to do", batch("--status").out, 1, true)
    assert.same({ 0, 5 }, { batch("--on-unknown", "resubmit").code, submits() })
    assert.same({ true, 5 }, { exists "out/0002-2.png", batch() and submits() })
  end)

  it("is done where the step has failed for good, and says how many have", function()
    box:fault { ["do"] = "task", match = "2 B", ["end"] = "FAILED" }
    local by_name, last = events(batch "--json")
    assert.same({ 2, 0 }, { last.done, last.failed })
    for _, event in ipairs(by_name.done) do
      assert.equal(event.row == 2 and 1 or json.null, event.failed_tasks or json.null)
    end
    assert.same({ 0, 4 }, { batch().code, submits() })
  end)

  it("is done where the script itself has cancelled it", function()
    box:fault { ["do"] = "task", match = " slow", seconds = 60, times = -1 }
    script [[local slow = start(hub, row.s .. " slow")
      local quick = paint(hub, row.s .. " quick")
      while not slow.id do rhub.sleep(0.01) end
      slow:cancel()
      return quick]]
    assert.same({ 0, 4 }, { batch().code, submits() })
    assert.same({ 0, 4 }, { batch().code, submits() })
  end)
end)

describe("the output of a script", function()
  it("keeps out of the lines of --json", function()
    rows("a")
    script "print('a', 1) io.write('b\\n') return paint(hub, row.s)"
    run:put("chain.lua", "print 'loaded'\n" .. run:read "chain.lua")
    local got = batch "--json"
    local _, last = events(got)
    assert.same({ 0, 1 }, { got.code, last.done })
    for _, text in ipairs { "loaded\n", "a\t1\n", "b\n" } do assert.matches(text, got.err, 1, true) end
    assert.matches("loaded\n", batch().out, 1, true)
  end)
end)

describe("a step", function()
  it("is known by what it asks for, whatever the order of the submits", function()
    rows("1", "2", "3", "4")
    -- The second run goes through the list the other way.
    local body = [[
      local list = os.getenv "OTHER" and { "b", "a" } or { "a", "b" }
      local made = rhub.map(list, function(p) return paint(hub, p .. row.s) end)
      if os.getenv "FAIL" then error "on the way" end
      return made]]
    script(body)
    assert.same({ 1, 8 }, { run:with { env = { FAIL = "1" } }(words()).code, submits() })
    assert.same({ 0, 8 }, { run:with { env = { OTHER = "1" } }(words()).code, submits() })
    local bodies = {}
    for _, id in ipairs(box:stats().tasks.ids) do bodies[id] = box:task(id).params.prompt end
    for i = 1, 4 do
      for n, word in ipairs { "b", "a" } do
        local one = record(("%04d-%d.png"):format(i, n))
        assert.same({ word .. i, word .. i }, { one.params.prompt, bodies[one.task_id] })
      end
    end
  end)

  it("of a changed script is new work, named before it is paid, and the others are not paid again", function()
    rows("1", "2")
    script [[return edit(hub, "old " .. row.s, paint(hub, row.s))]]
    assert.same({ 0, 4 }, { batch().code, submits() })
    local old = record("0001-1.png")
    script [[return edit(hub, "NEW " .. row.s, paint(hub, row.s))]]
    local dry = batch "--dry-run"
    assert.matches("would call     the script's function for 2 rows", dry.err, 1, true)
    assert.matches("2 rows were done with another text of the script", dry.err, 1, true)
    local _, told = events(batch("--dry-run", "--json"))
    assert.same({ 2, 2, json.null, json.null }, { told.calls, told.other_script, told.send, told.price })
    local got = batch()
    assert.same({ 0, 6 }, { got.code, submits() })
    assert.matches("new work   0001  not among what is recorded of this row: " .. EDIT, got.err, 1, true)
    assert.matches("NEW 1", got.err, 1, true)
    assert.matches("2 steps were not among what was recorded of the rows", got.err, 1, true)
    local new = record("0001-1-2.png")
    assert.same({ "old 1", "NEW 1" }, { old.params.prompt, new.params.prompt })
    assert.same(old, record("0001-1.png"))
    local by_name, last = events(batch "--json")
    assert.same({ 6, 2, 0, nil }, { submits(), last.skipped, last.changed, by_name.changed })
  end)

  it("is an event of its own where the script does not ask for the same each time", function()
    rows("1")
    script [[local made = paint(hub, "cat " .. os.getenv "N")
      if not os.getenv "DONE" then error "on the way" end
      return made]]
    local function go(env) return events(run:with { env = env }(words "--json")) end
    assert.is_nil(go { N = "1" }.changed)
    assert.is_nil(go { N = "1" }.changed)
    assert.equal(1, submits())
    local changed = go { N = "2", DONE = "1" }.changed
    assert.same({ 1, 1, "rhart-image-v1/text-to-image", "cat 2" },
      { #changed, changed[1].row, changed[1].model, changed[1].params.prompt })
    assert.equal(2, submits())
  end)

  it("counts an earlier result as that, also by its address, and a file by what it holds", function()
    local PNG = "\137PNG\r\n\26\n\0\0\0\13IHDR"
    rows("1")
    run:put("cat.png", PNG .. "one")
    local function go(body)
      script(body)
      return batch().code, submits()
    end
    local BODY = 'return edit(hub, "e", edit(hub, "d", "cat.png").url)'
    assert.same({ 0, 2 }, { go(BODY) })
    local job
    for one in require("rhub.core").jobs(run.folder .. "/out/rhub.db") do job = one end
    local earlier = json.decode(job.identity).imageUrls[1]
    assert.same({ "string", 1 }, { type(earlier.job), earlier.output })
    run:put("cat.png", PNG .. "two")
    assert.same({ 0, 4 }, { go(BODY .. " -- another text") })
    run:put("cat.png", PNG .. "one")
    assert.same({ 0, 4 }, { go(BODY .. " -- a third text") })
  end)

  it("is paid once however often the row waits for the budget", function()
    rows("1", "2", "3", "4", "5", "6", "7", "8")
    script [[io.open("calls", "a"):write("x")
      local one = paint(hub, row.s, { fresh = true })
      return edit(hub, "e", one)]]
    local got = batch("--budget", "0.40", "--concurrency", "4")
    assert.same({ 1, "0.40", 8 }, { got.code, box:stats().charged, #run:read "calls" })
    assert.is_true(submits() <= 8)
  end)

  it("is tried again by itself, not by calling the function again", function()
    rows("1")
    box:fault { ["do"] = "task", match = "second", ["end"] = "FAILED", code = "1504", times = 2,
      usage = { consumeMoney = "0", consumeCoins = json.null, taskCostTime = "1",
        thirdPartyConsumeMoney = json.null } }
    script [[io.open("calls", "a"):write("x")
      local one = paint(hub, "first", { fresh = true })
      return edit(hub, "second", one)]]
    local by_name, last = events(batch "--json")
    assert.same({ 1, 2, "x", 4 }, { last.done, #by_name.retry, run:read "calls", submits() })
    assert.same({ 4, "0.10" }, { #by_name.accepted, last.spent.amount })
  end)

  it("that has failed and was charged is submitted anew by --retry-failed alone", function()
    rows("1", "2")
    box:fault { ["do"] = "task", match = "second 2", ["end"] = "FAILED", usage = { consumeMoney = "0.05",
      consumeCoins = json.null, taskCostTime = "1", thirdPartyConsumeMoney = json.null } }
    script [[local one = paint(hub, "first " .. row.s)
      return edit(hub, "second " .. row.s, one)]]
    local got = batch()
    assert.same({ 1, 4 }, { got.code, submits() })
    assert.matches("--retry-failed", got.err, 1, true)
    assert.matches("2 rows, 1 done, 1 failed, 0 to do", batch("--status").out, 1, true)
    assert.same({ 1, 4 }, { batch().code, submits() })
    assert.same({ 0, 5, true }, { batch("--retry-failed").code, submits(), exists "out/0002-1.png" })
    assert.same({ 0, 5 }, { batch("--retry-failed").code, submits() })
  end)
end)

describe("a key that the script gives", function()
  local TOLD = "job hero was submitted with %s than is asked for now: its result is taken"

  it("is one job for all rows, and told where they ask for something else, at once or later", function()
    rows("a", "b")
    script [[return paint(hub, row.s, { job = "hero" })]]
    local _, told = batch().err:gsub(TOLD:format "other parameters", "")
    assert.same({ 1, 1 }, { submits(), told })
    rows "c"
    assert.matches(TOLD:format "other parameters", batch().err)
    script [[return assert(hub:run(EDIT, { prompt = row.s, imageUrls = { "https://example.com/a.png" },
      aspectRatio = "1:1" }, { job = "hero" }))]]
    rows "d"
    assert.matches(TOLD:format "other parameters", batch().err)
    assert.equal(1, submits())
  end)

  it("is told where another model is asked for with the same parameters", function()
    rows "a"
    script [[return assert(hub:run(row.s == "a" and MODEL or "alibaba/wan-2.7/text-to-image",
      { prompt = "both" }, { job = "hero" }))]]
    assert.equal(0, batch().code)
    rows "b"
    assert.matches(TOLD:format "another model", batch().err)
    assert.equal(1, submits())
  end)

  it("is not told where the same is asked for", function()
    rows("a", "b")
    script [[return paint(hub, "both", { job = "hero" })]]
    local got = batch()
    assert.same({ 0, 1 }, { got.code, submits() })
    assert.not_matches("was submitted with", got.err)
    assert.not_matches("was submitted with", batch().err)
  end)
end)

describe("the record beside an output of a script", function()
  local CHAIN = [[local one = paint(hub, "first")
    return { edit(hub, "second", one), one }]]

  it("tells what was asked for, the estimate, and earlier results as what they are", function()
    rows("a")
    script(CHAIN)
    assert.equal(0, batch().code)
    local second, first = record "0001-1.png", record "0001-2.png"
    assert.same({ EDIT, "second", 1, "0.05" },
      { second.model, second.params.prompt, second.row, second.price.estimated.amount })
    assert.matches("^%d+-%d+-%d+$", second.catalogue)
    local input = second.inputs[1]
    assert.same({ "/imageUrls/0", first.key, 1, first.task_id, "out/0001-2.png", first.file.sha256 },
      { input.pointer, input.job, input.output, input.task_id, input.path, input.sha256 })
  end)

  it("tells of a step with a key of its own what the journal has, not what the script says today", function()
    rows("a")
    script [[return paint(hub, os.getenv "N", { job = "mine" })]]
    assert.equal(0, run:with { env = { N = "one" } }(words()).code)
    assert(os.remove(run.folder .. "/out/0001-1.png"))
    assert(os.remove(run.folder .. "/out/0001-1.png.json"))
    local got = run:with { env = { N = "two" } }(words())
    assert.same({ 0, "one", 1 }, { got.code, record "0001-1.png".params.prompt, submits() })
    assert.matches("job mine was submitted with other parameters than is asked for now", got.err, 1, true)
  end)

  it("is enough to make it again, with the file of the earlier result, or by asking for that", function()
    rows("a")
    script(CHAIN)
    assert.equal(0, batch().code)
    local first, picture = run.folder .. "/out/0001-2.png", run:read "out/0001-2.png"
    local function asked() return box:task(record "0001-2.png".task_id).queries end
    local function again() return run("rerun", "out/0001-1.png.json", "-o", "again/") end
    assert(os.remove(first))
    local before = asked()
    assert.same({ 0, 3, before + 1 }, { again().code, submits(), asked() })
    run:put("out/0001-2.png", picture)
    box:control("POST", "expire")
    assert.same({ 0, 4, 1 }, { again().code, submits(), box:stats().uploads.count })
    assert(os.remove(first))
    box:fault { route = "query", ["do"] = "code", code = "1004", times = -1 }
    local got = again()
    assert.same({ 1, 4 }, { got.code, submits() })
    assert.matches("/imageUrls/0 was output 1 of task", got.err, 1, true)
    assert.matches("its file out/0001-2.png is missing", got.err, 1, true)
  end)

  it("that is damaged is told of, and nothing is submitted", function()
    rows("a")
    script "return paint(hub, row.s)"
    assert.equal(0, batch().code)
    for _, text in ipairs { "[1]", '[{"path":"x"}]', "7" } do
      run:put("bad.json", (run:read "out/0001-1.png.json":gsub('"inputs":%[%]', '"inputs":' .. text)))
      local got = run("rerun", "bad.json", "-o", "again/")
      assert.same({ 2, 1 }, { got.code, submits() })
      assert.matches("bad.json: is a damaged record: inputs[0]", got.err, 1, true)
    end
  end)
end)

describe("a row of a script", function()
  it("that is killed between two saves is not done, and goes on under the same names", function()
    rows("a")
    script [[return { paint(hub, "one"), paint(hub, "two") }]]
    local function parts()
      local list = {}
      for _, name in ipairs(sys.list(run.folder .. "/out") or {}) do
        if name:find "^0001%-2%..*%.part$" then list[#list + 1] = name end
      end
      return list
    end
    box:fault { { route = "result", ["do"] = "headers", headers = {} },
      { route = "result", ["do"] = "stall", after = 100 } }
    local child = assert(sys.spawn { "sh", "-c", ("cd %s && exec %s 2>err.txt"):format(
      programs.quote(run.folder), run:words(words())) })
    repeat until exists "out/0001-1.png.json" and #parts() > 0
    sys.kill(child.pid, "KILL")
    sys.wait(child.pid, 30)
    sys.close(child.stdin)
    sys.close(child.stdout)
    assert.matches("1 row, 0 done, 1 not saved yet, 0 to do", batch("--status").out, 1, true)
    assert.same({ 0, 2 }, { batch().code, submits() })
    assert.same({ true, true, false, 0 }, { exists "out/0001-1.png", exists "out/0001-2.png",
      exists "out/0001-1-2.png", #parts() })
    assert.matches("1 row, 1 done, 0 to do", batch("--status").out, 1, true)
  end)

  it("is known as done also where its steps have keys of their own, or share one", function()
    rows("1", "2")
    script [[local shared = paint(hub, "shared", { job = "mine/0" })
      return { shared, paint(hub, row.s, { job = "mine/" .. row.s }) }]]
    assert.same({ 0, 3 }, { batch().code, submits() })
    assert.matches("2 rows, 2 done, 0 to do", batch("--status").out, 1, true)
    for _, name in ipairs { "0001-1.png", "0001-2.png", "0002-1.png", "0002-2.png" } do
      assert.is_true(exists("out/" .. name))
    end
    local _, last = events(batch "--json")
    assert.same({ 2, 0, 3 }, { last.skipped, last.done, submits() })
  end)

  it("has one key in all its events, and its jobs theirs; accepted is told once for each task", function()
    rows("1")
    script [[local one = paint(hub, "first")
      if not os.getenv "DONE" then error "on the way" end
      return edit(hub, "second", one)]]
    local request = events(batch("--dry-run", "--json")).request[1]
    local before, after = events(batch "--json"), events(run:with { env = { DONE = "1" } }(words "--json"))
    local keys, accepted = {}, {}
    for _, list in ipairs { { request }, before.accepted, before.failed, after.accepted, after.done } do
      for _, event in ipairs(list) do
        keys[event.key] = true
        if event.event == "accepted" then accepted[#accepted + 1] = event.task_id end
        if event.job then assert.equal(event.key .. "/", event.job:sub(1, #event.key + 1)) end
      end
    end
    assert.is_true(keys[request.key])
    keys[request.key] = nil
    assert.is_nil(next(keys))
    assert.same(box:stats().tasks.ids, accepted)
    local template = run("batch", "f.csv", "--model", "rhart-image-v1/text-to-image", "prompt={s}",
      "aspectRatio=1:1", "-o", "other", "--dry-run", "--json", "--site", "cn")
    request = events(template).request[1]
    assert.equal(request.key .. "/1", request.job)
  end)

  it("runs workflows as its own steps, and all rows ask once what one looks like", function()
    rows("1", "2", "3")
    script [[local wf = hub:workflow "1904136902449209346"
      assert(tostring(wf) == "rhub.workflow/1904136902449209346")
      return wf:run { ["6.text"] = "cat " .. row.s }]]
    assert.same({ 0, 3 }, { batch().code, submits() })
    assert.equal(1, box:stats().requests.graph)
    for i = 1, 3 do
      local one = record(("000%d-1.png"):format(i))
      assert.same({ "workflow/1904136902449209346", "cat " .. i, i },
        { one.model, one.params.nodeInfoList[1].fieldValue, one.row })
    end
    assert.matches("3 rows, 3 done, 0 to do", batch("--status").out, 1, true)
    assert.same({ 0, 3 }, { batch().code, submits() })
  end)

  it("names its files by what was read, whatever its function does to the row", function()
    rows("one", "two")
    script [[local word = row.s
      row.s, row.more = nil, {}
      return paint(hub, word)]]
    assert.same({ 0, 2 }, { batch("--name", "{s}.{ext}").code, submits() })
    assert.same({ true, true }, { exists "out/one.png", exists "out/two.png" })
  end)

  it("may use a client of its own, and what another row has made", function()
    rows("1", "2")
    script [[shared = shared or paint(hub, "shared", { job = "mine" })
      local own <close> = rhub.client {}
      assert(own:run(MODEL, { prompt = "own " .. row.s, aspectRatio = "1:1" }))
      return shared]]
    local by_name, last = events(batch("--json", "--concurrency", "1"))
    assert.same({ 2, 3 }, { last.done, submits() })
    assert.equal(1, #by_name.accepted)
    assert.same({ true, true }, { exists "out/0001-1.png", exists "out/0002-1.png" })
  end)
end)
