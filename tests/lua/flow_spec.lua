-- Flow on a clock of its own: nothing here takes time.
local fresh = require "support.fresh"
local fake_sys = require "support.fake_sys"

local flow, sys, errors, report

before_each(function()
  sys = fake_sys.new()
  flow = fresh.require("rhub.flow", { ["rhub.sys"] = sys })
  errors = require "rhub.errors"
  report = {}
  flow.report = function(text) report[#report + 1] = text end
end)

after_each(function() flow.last_words = nil end)

local function raised(f, ...)
  local ok, err = pcall(f, ...)
  assert.is_false(ok)
  return err
end

describe("go", function()
  it("starts at the next wait, never at once", function()
    local started = false
    local handle = flow.go(function() started = true end)
    assert.is_false(started)
    handle:wait()
    assert.is_true(started)
  end)

  it("hands arguments in and results out, nils included", function()
    local handle = flow.go(function(...) return select("#", ...), ... end, nil, 2, nil)
    assert.same({ n = 4, 3, nil, 2, nil }, table.pack(handle:wait()))
  end)

  it("can be waited for by many, and again after its end", function()
    local first = flow.go(function() flow.sleep(1) return "x" end)
    local second = flow.go(function() return first:wait() .. "1" end)
    local third = flow.go(function() return first:wait() .. "2" end)
    assert.equal("x1", second:wait())
    assert.equal("x2", third:wait())
    assert.equal("x", first:wait())
  end)

  it("returns rhub's errors from wait and raises all others again", function()
    local world = errors.new { kind = "failed", message = "no" }
    local bug = { "a table" }
    local a = flow.go(function() error(world) end)
    local b = flow.go(function() error(bug) end)
    local value, err = a:wait()
    assert.is_nil(value)
    assert.equal(world, err)
    assert.equal(bug, raised(b.wait, b))
  end)

  it("gives up waiting after the seconds, and can be waited for again", function()
    local slow = flow.go(function() flow.sleep(5) return "there" end)
    local value, err = slow:wait(2)
    assert.is_nil(value)
    assert.equal("timeout", err.kind)
    assert.equal(1002, sys.clock)
    assert.equal("there", slow:wait(10))
    assert.equal(1005, sys.clock)
  end)

  it("refuses to wait for itself", function()
    local handle
    handle = flow.go(function() return handle:wait() end)
    assert.matches("itself", raised(handle.wait, handle))
  end)

  it("refuses what is not a function or not a number of seconds", function()
    assert.matches("takes a function", raised(flow.go, 1))
    assert.matches("seconds", raised(flow.sleep))
    assert.matches("seconds", raised(flow.sleep, "1"))
    assert.matches("seconds", raised(flow.sleep, 0 / 0))
  end)

  it("wraps a function so that it runs in a coroutine of its own", function()
    local outer = coroutine.running()
    local f = flow.wrap(function(a) return a, coroutine.running() ~= outer end)
    assert.same({ 5, true }, { f(5) })
  end)
end)

describe("sleep", function()
  it("lets others run, in the order of their deadlines", function()
    local order = {}
    for _, seconds in ipairs { 3, 1, 2, 0 } do
      flow.go(function()
        flow.sleep(seconds)
        order[#order + 1] = seconds
      end)
    end
    flow.loop()
    assert.same({ 0, 1, 2, 3 }, order)
    assert.equal(1003, sys.clock)
  end)

  it("keeps a thousand deadlines in order while others end early", function()
    local order, handles = {}, {}
    math.randomseed(7)
    for i = 1, 1000 do
      local seconds = math.random()
      handles[i] = flow.go(function()
        flow.sleep(seconds)
        order[#order + 1] = seconds
      end)
    end
    flow.sleep(0)
    flow.sleep(0)
    for i = 1, 1000, 3 do handles[i]:cancel() end
    flow.loop()
    assert.equal(666, #order)
    for i = 2, #order do assert.is_true(order[i - 1] <= order[i]) end
  end)

  it("does not starve sources: a turn resumes only those that were ready when it began", function()
    local steps = 0
    local source = { fd = function() return 0 end, timeout = function() return 1 end,
      step = function() steps = steps + 1 end }
    flow.add(source)
    flow.go(function() for _ = 1, 10 do flow.sleep(0) end end):wait()
    assert.is_true(steps >= 10)
    flow.remove(source)
  end)
end)

describe("cancelling a coroutine", function()
  it("raises at its wait point, and its close handlers can wait", function()
    local trail = {}
    local handle = flow.go(function()
      local _ <close> = setmetatable({}, { __close = function()
        flow.sleep(2)
        trail[#trail + 1] = sys.clock
      end })
      flow.sleep(100)
      trail[#trail + 1] = "not reached"
    end)
    flow.sleep(1)
    handle:cancel()
    local value, err = handle:wait()
    assert.is_nil(value)
    assert.equal("cancelled", err.kind)
    assert.same({ 1003 }, trail)
  end)

  it("lets close handlers wait after any error, while others go on", function()
    local trail = {}
    local handle = flow.go(function()
      local _ <close> = setmetatable({}, { __close = function()
        flow.sleep(2)
        trail[#trail + 1] = "closed"
      end })
      error("bug", 0)
    end)
    flow.go(function() flow.sleep(1) trail[#trail + 1] = "other" end)
    assert.equal("bug", raised(handle.wait, handle))
    assert.same({ "other", "closed" }, trail)
  end)

  it("never runs one that has not started", function()
    local ran = false
    local handle = flow.go(function() ran = true end)
    handle:cancel()
    assert.equal("cancelled", select(2, handle:wait()).kind)
    assert.is_false(ran)
  end)

  it("reaches one that runs at its next wait", function()
    local handle
    handle = flow.go(function()
      handle:cancel()
      local ok, err = pcall(flow.sleep, 1)
      return ok, err.kind
    end)
    assert.same({ false, "cancelled" }, { handle:wait() })
  end)

  it("happens once: what a coroutine does afterwards is its own affair", function()
    local handle = flow.go(function()
      pcall(flow.sleep, 100)
      flow.sleep(1)
      return "went on"
    end)
    flow.sleep(1)
    handle:cancel()
    assert.equal("went on", handle:wait())
  end)

  it("is not reported as a failure", function()
    flow.go(function() flow.sleep(100) end):cancel()
    flow.run_main(function() end)
    assert.same({}, report)
  end)
end)

describe("where it cannot yield", function()
  it("goes on without resuming anybody, and returns", function()
    local other = false
    local handle = flow.go(function()
      flow.go(function() other = true end)
      return (("x"):gsub("x", function()
        flow.sleep(1)
        assert.is_false(other)
        return "y"
      end))
    end)
    assert.equal("y", handle:wait())
    assert.equal(1001, sys.clock)
  end)

  it("refuses to wait for a coroutine instead of hanging", function()
    local other = flow.go(function() flow.sleep(1) end)
    local foreign = coroutine.wrap(function() return other:wait() end)
    assert.matches("cannot wait for other coroutines here", raised(foreign))
    local handle = flow.go(function()
      return (("x"):gsub("x", function() other:wait() end))
    end)
    assert.matches("cannot wait for other coroutines here", raised(handle.wait, handle))
    local mapping = coroutine.wrap(function() return flow.map({ 1 }, function() end) end)
    assert.matches("cannot wait for other coroutines here", raised(mapping))
  end)

  it("works in a generator of the user's own", function()
    local handle = flow.go(function()
      local total = 0
      for n in coroutine.wrap(function()
        for i = 1, 3 do
          flow.sleep(1)
          coroutine.yield(i)
        end
      end) do total = total + n end
      return total
    end)
    assert.equal(6, handle:wait())
    assert.equal(1003, sys.clock)
  end)

  it("yields through pcall, iterators and metamethods of Lua", function()
    local handle = flow.go(function()
      local proxy = setmetatable({}, { __index = function(_, key)
        flow.sleep(1)
        return key .. "!"
      end })
      local ok, value = pcall(function() return proxy.hi end)
      return ok, value
    end)
    assert.same({ true, "hi!" }, { handle:wait() })
  end)

  it("calls services also then", function()
    local ticks = 0
    local service = require("rhub.flow.timers").every(1, function() ticks = ticks + 1 end)
    flow.go(function() return (("x"):gsub("x", function() flow.sleep(3.5) end)) end):wait()
    service:cancel()
    assert.equal(3, ticks)
  end)
end)

describe("a yield that is not ours", function()
  it("is an error in its coroutine, and only there", function()
    local stray = flow.go(function() coroutine.yield("what") end)
    local fine = flow.go(function() flow.sleep(1) return "fine" end)
    assert.equal("fine", fine:wait())
    assert.matches("coroutine.yield has nobody", raised(stray.wait, stray))
  end)

  it("passes through to whoever drives the scheduler, and its answer comes back", function()
    local got
    local handle = flow.go(function() got = coroutine.yield("ping") end)
    local loop = coroutine.create(function()
      while not handle.done do flow.step() end
      return "over"
    end)
    assert.same({ true, "ping" }, { coroutine.resume(loop) })
    assert.same({ true, "over" }, { coroutine.resume(loop, "pong") })
    assert.equal("pong", got)
  end)
end)

describe("a deadlock", function()
  it("is an error that says so on the main thread", function()
    local a, b
    a = flow.go(function() return b:wait() end)
    b = flow.go(function() return a:wait() end)
    assert.matches("deadlock", raised(a.wait, a))
  end)

  it("is raised at the wait points when a whole program is stuck", function()
    local ok, err = flow.run_main(function()
      local a, b
      a = flow.go(function() return b:wait() end)
      b = flow.go(function() return a:wait() end)
      return a:wait()
    end)
    assert.is_false(ok)
    assert.matches("deadlock", err)
  end)

  it("is not what a wait with a time-out is", function()
    local a, b
    a = flow.go(function() return b:wait() end)
    b = flow.go(function() return a:wait() end)
    assert.equal("timeout", select(2, a:wait(3)).kind)
  end)

  it("is seen in spite of a service, which makes nobody's wait end", function()
    local service = require("rhub.flow.timers").every(1, function() end)
    local never = flow.go(function() return flow.await({}) end)
    assert.matches("deadlock", raised(never.wait, never))
    service:cancel()
  end)
end)

describe("map", function()
  it("keeps the order of the rows and runs them at once", function()
    local results = flow.map({ 3, 1, 2 }, function(n, i)
      flow.sleep(n)
      return n * 10 + i
    end)
    assert.same({ 31, 12, 23 }, { results[1], results[2], results[3] })
    assert.equal(3, results.n)
    assert.same({}, results.errors)
    assert.equal(1003, sys.clock)
  end)

  it("records failures by row, raised or returned, and goes on", function()
    local world = errors.new { kind = "failed", message = "no" }
    local results = flow.map({ 1, 2, 3, 4 }, function(n)
      flow.sleep(n)
      if n == 1 then error(world) end
      if n == 2 then return nil, world end
      if n == 3 then return end
      return n
    end)
    assert.equal(4, results.n)
    assert.same({ world, world }, results.errors)
    assert.is_nil(results[3])
    assert.equal(4, results[4])
  end)

  it("keeps to its concurrency", function()
    local now, most = 0, 0
    local rows = {}
    for i = 1, 20 do rows[i] = i end
    flow.map(rows, function()
      now = now + 1
      most = math.max(most, now)
      flow.sleep(1)
      now = now - 1
    end, { concurrency = 4 })
    assert.equal(4, most)
    assert.equal(1005, sys.clock)
  end)

  it("takes rows from an iterator, one at a time and only as needed", function()
    local taken, running = 0, 0
    local results = flow.map(function()
      if taken == 10 then return nil end
      flow.sleep(0.5) -- the iterator may wait, too
      assert.is_true(running <= 2)
      taken = taken + 1
      return taken
    end, function(n)
      running = running + 1
      flow.sleep(1)
      running = running - 1
      return n
    end, { concurrency = 3 })
    assert.equal(10, results.n)
    assert.equal(10, results[10])
  end)

  it("starts no more after the first failure with stop_on_error", function()
    local started = 0
    local results = flow.map({ 1, 2, 3, 4, 5, 6 }, function(n)
      started = started + 1
      flow.sleep(1)
      if n == 2 then return nil, "no" end
      return n
    end, { concurrency = 2, stop_on_error = true })
    assert.is_true(started <= 3)
    assert.equal(started, results.n)
    assert.equal("no", results.errors[2])
  end)

  it("cancels its rows when its caller is cancelled", function()
    local ended = 0
    local handle = flow.go(function()
      flow.map({ 1, 2, 3 }, function()
        local _ <close> = setmetatable({}, { __close = function() ended = ended + 1 end })
        flow.sleep(100)
      end)
    end)
    flow.sleep(1)
    handle:cancel()
    flow.loop()
    assert.equal(3, ended)
    assert.equal(1001, sys.clock)
  end)

  it("names what is wrong with its options", function()
    assert.matches("did you mean concurrency", raised(flow.map, {}, print, { concurency = 3 }))
    assert.matches("whole number", raised(flow.map, {}, print, { concurrency = 0 }))
    assert.matches("list or an iterator", raised(flow.map, 5, print))
    assert.matches("function for the rows", raised(flow.map, {}))
  end)
end)

describe("each", function()
  it("gives back rows of any value", function()
    local rows, seen = { false, "a", 0 }, {}
    for row, result in flow.each(rows, function(row) return tostring(row) end) do seen[result] = row end
    assert.same({ ["false"] = false, a = "a", ["0"] = 0 }, seen)
  end)

  it("hands out rows as they finish, with result or error", function()
    local seen = {}
    for row, result, err in flow.each({ 3, 1, 2 }, function(n)
      flow.sleep(n)
      if n == 2 then return nil, "bad" end
      return n * 10
    end) do seen[#seen + 1] = { row, result or "-", err } end
    assert.same({ { 1, 10 }, { 2, "-", "bad" }, { 3, 30 } }, seen)
  end)

  it("starts no more and cancels what runs when the loop is left", function()
    local started, closed = 0, 0
    for _ in flow.each({ 1, 2, 3, 4, 5, 6 }, function(n)
      started = started + 1
      local _ <close> = setmetatable({}, { __close = function() closed = closed + 1 end })
      flow.sleep(n)
      return n
    end, { concurrency = 3 }) do
      if started then break end
    end
    assert.equal(3, started)
    flow.loop()
    assert.equal(3, started)
    assert.equal(3, closed)
    assert.equal(1001, sys.clock)
  end)

  it("counts a row that nobody has looked at yet as running", function()
    local started = 0
    for _ in flow.each({ 1, 2, 3, 4, 5, 6 }, function() started = started + 1 return true end,
      { concurrency = 2 }) do
      flow.sleep(10)
      if started > 3 then break end
    end
    assert.equal(4, started)
  end)
end)

describe("all and race", function()
  it("all returns every result under its key", function()
    local task = flow.go(function() flow.sleep(1) return "c" end)
    assert.same({ "a", b = "b", [2] = "c" }, flow.all {
      function() return "a" end, task, b = function() flow.sleep(2) return "b" end })
  end)

  it("all returns the first error and cancels the rest", function()
    local reached = false
    local handle = flow.go(function() flow.sleep(50) reached = true end)
    local results, err = flow.all {
      function() flow.sleep(2) return nil, "second" end,
      function() flow.sleep(1) return nil, "first" end,
      handle,
    }
    assert.is_nil(results)
    assert.equal("first", err)
    flow.loop()
    assert.is_false(reached)
    assert.equal(1001, sys.clock)
  end)

  it("race returns the first success and cancels the others", function()
    local reached = false
    assert.same({ "b", 2 }, { flow.race {
      function() flow.sleep(5) reached = true return "a" end,
      function() flow.sleep(2) return "b", 2 end,
      function() flow.sleep(1) return nil, "too bad" end,
    } })
    flow.loop()
    assert.is_false(reached)
  end)

  it("race returns the first error when all fail", function()
    assert.same({ n = 2, nil, "one" }, table.pack(flow.race {
      function() flow.sleep(2) return nil, "two" end,
      function() flow.sleep(1) error("one", 0) end,
    }))
  end)
end)

describe("a whole program", function()
  it("ends when the main chunk and all coroutines have ended", function()
    local late = false
    local ok, value = flow.run_main(function(a)
      flow.go(function() flow.sleep(5) late = true end)
      return a
    end, "x")
    assert.is_true(ok)
    assert.equal("x", value)
    assert.is_true(late)
  end)

  it("reports a failure that nobody looked at once, with its traceback", function()
    local ok, err, trace = flow.run_main(function()
      flow.go(function() error("lost") end)
      local seen = flow.go(function() error("seen") end)
      pcall(seen.wait, seen)
    end)
    assert.is_false(ok)
    assert.matches("lost", err)
    assert.is_false(trace)
    assert.equal(1, #report)
    assert.matches("flow_spec.lua:%d+: lost\nstack traceback:", report[1])
  end)

  it("counts `nil, err` of rhub's as a failure, too", function()
    local ok, err = flow.run_main(function()
      flow.go(function() return nil, errors.new { kind = "failed", message = "no luck" } end)
    end)
    assert.is_false(ok)
    assert.equal("failed", err.kind)
    assert.matches("no luck", report[1])
  end)

  it("cancels the others when the main chunk fails, and lets them clean up", function()
    local closed = false
    local ok, err, trace = flow.run_main(function()
      flow.go(function()
        local _ <close> = setmetatable({}, { __close = function() flow.sleep(1) closed = true end })
        flow.sleep(1000)
      end)
      flow.sleep(1)
      error("main")
    end)
    assert.is_false(ok)
    assert.matches("main", err)
    assert.matches("stack traceback", trace)
    assert.is_true(closed)
    assert.equal(1002, sys.clock)
    assert.same({}, report)
  end)

  it("can be interrupted", function()
    local service
    service = require("rhub.flow.timers").every(1, function()
      service:cancel()
      flow.interrupt()
    end)
    local ok, err = flow.run_main(function() flow.sleep(1e6) end)
    assert.is_false(ok)
    assert.equal("cancelled", err.kind)
    assert.equal(1001, sys.clock)
  end)
end)

describe("sources", function()
  local function source(fields)
    return setmetatable(fields or {}, { __index = {
      fd = function() return 0 end, timeout = function() return 1 end, step = function() end } })
  end

  it("are known weakly unless held", function()
    local collected = 0
    local meta = { __gc = function() collected = collected + 1 end,
      __index = { fd = function() return 0 end, timeout = function() end, step = function() end } }
    flow.add(setmetatable({}, meta))
    local held = setmetatable({}, meta)
    flow.add(held)
    flow.hold(held)
    held = nil -- luacheck: ignore 311
    collectgarbage()
    collectgarbage()
    assert.equal(1, collected)
    flow.go(function() flow.sleep(1) end):wait()
  end)

  it("may be added and removed by a step", function()
    local steps = 0
    local second = source { step = function() steps = steps + 1 end }
    local first
    first = source { step = function()
      flow.remove(first)
      flow.add(second)
    end }
    flow.add(first)
    flow.sleep(2)
    assert.is_true(steps >= 1)
    flow.remove(second)
  end)

  it("cannot run the scheduler again from inside of a step", function()
    local seen
    local s
    s = source { step = function()
      flow.remove(s)
      local other = flow.go(function() end)
      seen = raised(other.wait, other)
      flow.sleep(1)
    end }
    flow.add(s)
    flow.sleep(2)
    assert.matches("cannot wait for other coroutines here", seen)
  end)
end)
