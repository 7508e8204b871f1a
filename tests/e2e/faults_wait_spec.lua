-- What the service can do while a task runs and when it ends: a failed query is not a failed task, and no
-- fault here makes a second submit.
local against = require "support.against"
local rhub = require "rhub"

local HTML = "<html><body>Bad gateway</body></html>"
local JSON = { taskId = "", status = "", errorCode = "9", errorMessage = "what" }

local function query(what, more)
  local f = { route = "query", ["do"] = what }
  for name, value in pairs(more or {}) do f[name] = value end
  return f
end

local function status(code, body, type)
  local field = _G.type(body) == "table" and "json" or "body"
  return query("status", { status = code, [field] = body, type = type })
end

local function ends(more)
  local f = { route = "submit", ["do"] = "task" }
  for name, value in pairs(more) do f[name] = value end
  return f
end

local function failed(kind, spent, code, text)
  return { kind = kind, spent = spent, code = code, check = function(_, err)
    assert.is_truthy(err.task_id:match("^%d+$"))
    if text then assert.matches(text, err.message, 1, true) end
  end }
end

describe("a query", function()
  teardown(against.stop)

  local rows = {}
  for _, code in ipairs { 429, 500, 502, 503 } do
    for name, fault in pairs {
      ["nothing in it"] = status(code),
      ["HTML"] = status(code, HTML, "text/html"),
      ["JSON of an unlisted code"] = status(code, JSON),
    } do
      rows[#rows + 1] = { ("is asked again after %d with %s"):format(code, name), fault, {} }
    end
  end
  for _, code in ipairs { "1003", "1005", "1010", "1011", "1000", "500", "1001", "1007" } do
    rows[#rows + 1] = { ("is asked again after %s, which says nothing of the task"):format(code),
      query("code", { code = code }), {} }
  end
  table.sort(rows, function(a, b) return a[1] < b[1] end)
  against.rows(it, assert, rows)

  against.rows(it, assert, {
    { "is asked again after 200 with HTML", query("html"), {} },
    { "is asked again after 200 with nothing in it", query("empty"), {} },
    { "is asked again after a body that ends early", query("truncate", { after = 30 }), {} },
    { "is asked again after JSON without an end", query("big", { bytes = 20000000 }), {} },
    { "is asked again after a reset", query("reset"), {} },
    { "is asked again after a reset in place of the reply", query("reset_after"), {} },
    { "is asked again after an end without a reply", query("fin"), {} },
    { "is asked again after half a header", query("half_header"), {} },
    { "is asked again when no answer comes", query("hang"), {} },
    { "is asked again when the answer comes too late", query("delay", { seconds = 5 }), {} },
    { "is asked again after a redirect, which is not followed", query("redirect"), {} },
    { "is understood with bad UTF-8 and a NUL in a message", query("garbage"), {} },
    { "is understood wrapped in the other shape", query("wrap"), {} },
    { "is understood with msg called message",
      query("code", { code = "1005", shape = "A", word = "message" }), {} },
    { "ends the wait with 1004 and an empty status: the task is gone", query("code", { code = "1004" }),
      failed("gone", "maybe", "1004") },
    { "ends the wait when the key is refused", query("code", { code = "1002" }),
      failed("auth", "maybe", "1002") },
    { "survives four faults in a row", { query("reset"), status(503), query("html"), status(429) }, {} },
  })

  it("that fails for longer than the task may take ends as a time-out, with the id", function()
    local forever = status(503)
    forever.times = -1
    local result, err, stats = against.run(forever, { timeout = 0.5 })
    assert.is_nil(result)
    assert.same({ "timeout", "maybe" }, { err.kind, err.spent })
    assert.is_truthy(err.task_id:match("^%d+$"))
    assert.same({ 1, 0 }, { stats.submits.received, stats.tasks.cancelled })
  end)
end)

describe("the end of a task", function()
  teardown(against.stop)

  against.rows(it, assert, {
    { "is a failure with the service's reason: content check, nothing charged",
      ends { ["end"] = "FAILED", code = "1501", message = "Content verification failed",
        usage = rhub.json.null },
      failed("failed", "no", "1501", "Content verification failed") },
    { "is a failure that may have cost where the service does not say",
      ends { ["end"] = "FAILED", code = "1504", message = "timed out", usage = rhub.json.null },
      failed("failed", "maybe", "1504") },
    { "is a failure that names the node that failed",
      ends { ["end"] = "FAILED", code = "1000", message = "unknown error",
        failed_reason = { exception_type = "RuntimeError", node_id = "12", node_name = "KSampler",
          exception_message = "out of memory", traceback = "[\"line\", \"line\"]" } },
      failed("failed", nil, "1000", "KSampler") },
    { "is a failure under 805 with a stringified traceback",
      ends { ["end"] = "FAILED", code = "805", message = "APIKEY_TASK_STATUS_ERROR", failed_reason = "node" },
      failed("failed", nil, "805") },
    { "is a failure under a status word that clients tolerate", ends { ["end"] = "TIMEOUT" },
      failed("failed", nil, nil) },
    { "is a cancellation that came from elsewhere", ends { ["end"] = "CANCEL" },
      failed("cancelled", nil, nil) },
    { "comes in spite of status words that nobody has listed",
      ends { states = { "CREATE", "WARMING" }, polls = 3 }, {} },
    { "may be text only", ends { results = { { text = "a poem", outputType = "txt" } } }, {
      check = function(result)
        assert.equal("a poem", result.text)
        assert.is_nil(result.url)
      end } },
    { "may have several outputs", ends { count = 3 }, {
      check = function(result)
        assert.equal(3, #result.outputs)
        for _, output in ipairs(result.outputs) do assert.is_truthy(output.url) end
      end } },
    { "may have no output at all", ends { results = rhub.json.array {} }, {
      check = function(result) assert.equal(0, #result.outputs) end } },
    { "is read under other names of the same fields", ends { alias = true }, {
      check = function(result) assert.is_truthy(result.url) end } },
    { "is read wrapped in the other shape", ends { wrapped = true }, {
      check = function(result) assert.is_truthy(result.url) end } },
    { "keeps an id that the service sends as a number digit for digit", ends { numeric_id = true }, {
      check = function(result, _, stats) assert.equal(stats.tasks.ids[1], result.task_id) end } },
    { "tells what it cost", ends { usage = { consumeMoney = "0.10", thirdPartyConsumeMoney = "0.04",
      consumeCoins = rhub.json.null, taskCostTime = "0" } }, {
      check = function(result) assert.equal("0.14", result.cost.amount) end } },
    { "tells what it cost also from JSON numbers", ends { usage = "numbers" }, {
      check = function(result) assert.is_truthy(result.cost.amount:match("^%d+%.?%d*$")) end } },
    { "tells no cost where the service tells none", ends { usage = "none" }, {
      check = function(result) assert.is_nil(result.cost) end } },
    { "is gone where the service forgets the task", ends { gone = true }, failed("gone", "maybe", "1004") },
  })
end)
