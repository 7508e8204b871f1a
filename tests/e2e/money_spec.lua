-- Budgets and what was spent, counted against the sandbox's own books.
local against = require "support.against"
local programs = require "support.program"
local rhub = require "rhub"

local box
before_each(function() box = against.sandbox() end)
teardown(against.stop)

local MODEL = against.model -- 0.05 CNY a call
local PICTURE = "examples/portrait.png"

local function client(more)
  local o = { site = "cn" }
  for name, value in pairs(more or {}) do o[name] = value end
  return against.client(o)
end

local function books()
  local stats = box:stats()
  return { received = stats.submits.received, made = stats.tasks.made, charged = stats.charged }
end

describe("a budget", function()
  it("lets through what fits, refuses the rest, and spends nothing on what it refuses", function()
    local hub <close> = client { budget = 0.12 }
    for _ = 1, 2 do assert(hub:run(MODEL, against.params())) end
    local result, err = hub:run(MODEL, against.params())
    assert.is_nil(result)
    assert.same({ "budget", "no" }, { err.kind, err.spent })
    assert.matches("0%.05 CNY would pass the budget: 0%.10 of 0%.12 CNY are spent or reserved", err.message)
    assert.same({ received = 2, made = 2, charged = "0.10" }, books())
    local spent = hub:spent()
    assert.same({ "0.10", "0.12", "CNY", 2 }, { spent.spent, spent.budget, spent.currency, spent.charged })
  end)

  it("holds for many at once: no submit starts whose reservation would pass it", function()
    local hub <close> = client { budget = "1.00", concurrency = 40 }
    local rows = {}
    for i = 1, 60 do rows[i] = i end
    local results = rhub.map(rows, function() return hub:run(MODEL, against.params()) end)
    local done = 0
    for i = 1, results.n do
      if results[i] then done = done + 1 else assert.equal("budget", results.errors[i].kind) end
    end
    assert.equal(20, done)
    assert.same({ received = 20, made = 20, charged = "1.00" }, books())
  end)

  it("keeps the reservation of an outcome that is unknown", function()
    box:fault { route = "submit", ["do"] = "reset_after" }
    local hub <close> = client { budget = "0.10" }
    local _, err = hub:run(MODEL, against.params())
    assert.equal("unknown_outcome", err.kind)
    assert(hub:run(MODEL, against.params()))
    _, err = hub:run(MODEL, against.params())
    assert.equal("budget", err.kind)
    local spent = hub:spent()
    assert.same({ "0.05", "0.05", 1 }, { spent.spent, spent.held, spent.unknown })
    assert.same({ received = 2, made = 2, charged = "0.10" }, books())
  end)

  it("asks the service where the table is in another money, and refuses what that does not tell", function()
    local hub <close> = client { site = "ai", budget = 50 }
    local _, err = hub:run(MODEL, against.params()) -- the sandbox tells CNY
    assert.equal("budget", err.kind)
    assert.matches("its price is not known %(the service tells it in another currency%)", err.message)
    assert.same({ received = 0, made = 0, charged = "0.00" }, books())
    box:fault { route = "price", ["do"] = "edit", set = { currency = "USD", estimatedPrice = 0.01 } }
    assert(hub:run(MODEL, against.params()))
    assert.equal(2, box:stats().requests.price)
    assert.equal(1, books().received)
  end)

  it("lets unknown prices through where that is wished", function()
    local hub <close> = client { site = "ai", budget = 50, allow_unknown_price = true }
    assert(hub:run(MODEL, against.params()))
    assert.equal("0.05", hub:spent().spent)
  end)

  it("asks with the addresses of files that were uploaded", function()
    local hub <close> = client { budget = 50 }
    assert(hub:run("kling-v2-ai-avatar-pro/image-audio-to-video",
      { imageUrl = PICTURE, audioUrl = "https://example.com/a.mp3" }))
    assert.same({ 1, 1 }, { box:stats().requests.price, box:stats().requests.upload })
  end)

  it("that is no amount is refused at once, and one in no known money", function()
    for _, odd in ipairs { "much", "-1", -1, 1 / 0, "1,5", "" } do
      local ok, err = pcall(client, { budget = odd })
      assert.is_false(ok)
      assert.equal("input", err.kind)
      assert.matches("budget", err.message)
    end
    local ok, err = pcall(against.client, { budget = 5 })
    assert.is_false(ok)
    assert.equal("config", err.kind)
    assert.matches("give the site that it speaks for, ai %(USD%) or cn %(CNY%)", err.message)
  end)
end)

describe("a call of one's own", function()
  it("that may make a task is sent once, whatever the reply", function()
    box:fault { route = "submit", ["do"] = "reset_after", times = 4 }
    local hub <close> = client()
    local _, err = hub:call { path = "/openapi/v2/" .. MODEL, body = { prompt = "x", aspectRatio = "1:1" } }
    assert.same({ "unknown_outcome", "maybe" }, { err.kind, err.spent })
    assert.same({ received = 1, made = 1, charged = "0.05" }, books())
  end)

  it("that may make a task and is on the wire is waited for when the client closes", function()
    box:fault { route = "submit", ["do"] = "delay", seconds = 0.5 }
    local hub = client()
    local call = rhub.go(function()
      return hub:call { path = "/openapi/v2/" .. MODEL, body = { prompt = "x", aspectRatio = "1:1" } }
    end)
    repeat rhub.sleep(0.01) until books().received == 1
    hub:close()
    assert.is_truthy(assert(call:wait()).taskId:match "^%d+$")
  end)

  it("that may make a task is refused under a budget", function()
    local hub <close> = client { budget = 5 }
    local _, err = hub:call { path = "/openapi/v2/" .. MODEL, body = { prompt = "x", aspectRatio = "1:1" } }
    assert.same({ "budget", "no" }, { err.kind, err.spent })
    assert(hub:account())
    assert.equal(0, books().received)
  end)
end)

describe("a submit that was forgotten on the wire", function()
  it("is waited for when the client closes, also where its ticket stands where another has stood", function()
    local observer, said = require "rhub.observer", {}
    local before = observer.current
    observer.current = { log = function(_, _, text) said[#said + 1] = text end }
    local hub = client { log = "warn" }
    assert(hub:run(MODEL, against.params()))
    box:fault { route = "submit", ["do"] = "delay", seconds = 0.5 }
    local task = assert(hub:submit(MODEL, against.params()))
    repeat rhub.sleep(0.01) until books().received == 2
    task:forget()
    hub:close()
    observer.current = before
    assert.matches("was accepted after it was let go", table.concat(said, "\n"))
    assert.equal(2, books().made)
  end)
end)

describe("what was spent", function()
  it("is the sandbox's own sum, failures and odd usages included", function()
    box:fault {
      { route = "submit", ["do"] = "task", ["end"] = "FAILED" },
      { route = "submit", ["do"] = "task", usage = "numbers" },
    }
    local hub <close> = client()
    local _, err = hub:run(MODEL, against.params())
    assert.equal("failed", err.kind)
    for _ = 1, 4 do assert(hub:run(MODEL, against.params())) end
    local spent = hub:spent()
    assert.same({ books().charged, 4, 1 }, { spent.spent, spent.charged, spent.untold })
    assert.equal("0.20", spent.spent)
  end)

  it("is told in one line at the end of a run", function()
    local run = programs.new(box)
    run:put("three.lua", [[
      local rhub = require "rhub"
      local hub = rhub.client { budget = 0.12 }
      local results = rhub.map({ 1, 2, 3 }, function(i)
        return hub:run("rhart-image-v1/text-to-image", { prompt = "cat " .. i })
      end)
      print(results[1] ~= nil, results[2] ~= nil, results.errors[3].kind)
    ]])
    local got = run("--site", "cn", "three.lua")
    assert.equal("true\ttrue\tbudget\n", got.out)
    assert.matches("\nspent  0%.10 of 0%.12 CNY for 2 tasks\n$", got.err)
    got = run("--site", "cn", "--budget", "0.05", "three.lua") -- the command line has the last word
    assert.matches("\nspent  0%.05 of 0%.05 CNY for 1 task\n$", got.err)
    got = run("-q", "--site", "cn", "three.lua")
    assert.equal("", got.err)
    assert.equal(5, books().received)
    run:put("two.lua", [[
      for _ = 1, 2 do
        local hub = require("rhub").client {}
        assert(hub:run("rhart-image-v1/text-to-image", { prompt = "cat" }))
      end
    ]])
    got = run("--site", "cn", "--budget", "100000000000000", "two.lua")
    assert.matches("\nspent  0%.10 CNY for 2 tasks, by 2 clients with a budget of 100000000000000%.00 CNY "
      .. "each\n$", got.err)
    run:remove()
  end)

  it("tells one of many that would pass the budget, and counts the others", function()
    local run = programs.new(box)
    run:put("many.lua", [[
      local hub <close> = require("rhub").client {}
      local tasks = {}
      for i = 1, 40 do
        tasks[i] = hub:submit("rhart-image-v1/text-to-image", { prompt = "cat " .. i, aspectRatio = "1:1" })
      end
      for _, task in ipairs(tasks) do task:wait() end
    ]])
    local got = run("--site", "cn", "--budget", "0.10", "many.lua")
    assert.equal(0, got.code, got.err)
    assert.equal(1, select(2, got.err:gsub("would pass the budget", "")), got.err)
    local rest = "\n  " .. MODEL:gsub("%p", "%%%0") .. "%s+%.%.%. and 37 more like it\nspent  0%.10 of"
    assert.matches(rest, got.err)
    assert.equal(2, books().received)
    run:remove()
  end)

  it("stays within --budget on commands", function()
    local run = programs.new(box)
    local got = run("run", MODEL, "prompt=x", "--site", "cn", "--budget", "0.04")
    assert.equal(1, got.code)
    assert.matches("would pass the budget", got.err)
    assert.equal(0, books().received)
    got = run("run", MODEL, "prompt=x", "--site", "cn", "--budget", "lots")
    assert.same({ 2, 'rhub: --budget "lots": takes an amount such as 12.50\n' }, { got.code, got.err })
    for _, odd in ipairs { "5.", ".5" } do
      got = run("--sandbox", "run", MODEL, "prompt=x", "--budget", odd)
      assert.same({ 2, ('rhub: --budget "%s": takes an amount such as 12.50\n'):format(odd) },
        { got.code, got.err })
    end
    got = run("run", MODEL, "prompt=x", "--site", "cn", "--budget", "0.05")
    assert.equal(0, got.code)
    assert.matches("\nspent  0%.05 of 0%.05 CNY for 1 task\n$", got.err)
    run:remove()
  end)
end)

describe("the service's own price", function()
  it("is asked without making a task, files uploaded, the caller's tables left alone", function()
    local hub <close> = client()
    local params = { firstImageUrl = PICTURE, duration = "10", mode = "pro" }
    local estimate = assert(hub:price("kling-video-o1/image-to-video", params))
    assert.same({ known = true, amount = "5.60", currency = "CNY", unit = "call", free = false }, estimate)
    assert.same({ firstImageUrl = PICTURE, duration = "10", mode = "pro" }, params)
    local list = { PICTURE, "https://example.com/b.png" }
    assert(hub:price("kling-video-o3-pro/video-edit",
      { prompt = "x", videoUrl = "https://e.com/v.mp4", imageUrls = list }))
    assert.same({ PICTURE, "https://example.com/b.png" }, list)
    assert.same({ received = 0, made = 0, charged = "0.00" }, books())
    assert.equal(2, box:stats().requests.price)
  end)

  it("leads nowhere else: a path out of the preview is refused", function()
    local hub <close> = client()
    for _, odd in ipairs { "../" .. MODEL, "a/../../" .. MODEL, ".", "..", "/" .. MODEL, "a//b", "a b",
      "a?b" } do
      local estimate, err = hub:price(odd, { prompt = "x" })
      assert.is_nil(estimate)
      assert.equal("input", err.kind, odd)
    end
    assert.same({ received = 0, made = 0, charged = "0.00" }, books())
  end)

  it("that is 0 is known only where the call is said to be free", function()
    local hub <close> = client()
    box:fault { { route = "price", ["do"] = "edit", set = { estimatedPrice = 0 } },
      { route = "price", ["do"] = "edit", set = { estimatedPrice = 0, isFreeThisCall = true } },
      { route = "price", ["do"] = "edit", drop = { "estimatedPrice" } } }
    local function ask() return hub:price(MODEL, { prompt = "x" }) end
    assert.is_false(ask().known)
    local free = ask()
    assert.same({ true, "0.00" }, { free.known, free.amount })
    assert.equal("the service tells none", ask().why)
  end)

  it("falls back to the table where the key may not ask", function()
    local run = programs.new(box)
    box:fault { route = "price", ["do"] = "code", code = "1014" }
    local got = run("price", "kling-video-o1/image-to-video", "duration=10", "--online", "--json")
    assert.equal(0, got.code)
    assert.matches('"amount":"4.20"', got.out)
    assert.matches("may not ask for prices %(code 1014%)", got.err)
    run:remove()
  end)
end)
