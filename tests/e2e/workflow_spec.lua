-- Workflows through the client, against the sandbox: what is sent, what is refused, and what is never sent
-- twice. Section 6 of the protocol.
local against = require "support.against"
local json = require "rhub.json"
local rhub = require "rhub"

local DRAW, MOVE = "1904136902449209346", "1910246754753896450"
local LOCKED, NEW = "1911000000000000001", "1912000000000000001"
local CREATE, V2 = "/task/openapi/create", "run/workflow/" .. DRAW
local PICTURE = "examples/portrait.png"

local box
before_each(function() box = against.sandbox() end)
teardown(against.stop)

-- The body of the only submit, and where it went.
local function sent()
  local stats = box:stats()
  assert.equal(1, stats.submits.received)
  local endpoint, body = next(stats.submits.bodies):match("^(%S+) (.*)$")
  return json.decode(body), endpoint
end

local function counts()
  local stats = box:stats()
  return { received = stats.submits.received, made = stats.tasks.made }
end

local NOTHING = { received = 0, made = 0 }

local function item(id, field, value) return { nodeId = id, fieldName = field, fieldValue = value } end

describe("a workflow", function()
  it("is a graph that is asked for once, however many ask", function()
    local hub <close> = against.client()
    local wf = hub:workflow("https://www.runninghub.ai/post/" .. DRAW)
    local graphs = rhub.map({ 1, 2, 3, 4 }, function() return wf:json() end)
    assert.equal("a lighthouse at sea", graphs[4]["6"].inputs.text)
    assert.equal(1125899906842597, wf:json()["3"].inputs.seed)
    local nodes = assert(hub:workflow(DRAW):nodes())
    assert.same({ "3", "KSampler", 20 }, { nodes[1].id, nodes[1].class, nodes[1].fields.steps })
    assert.equal(1, box:stats().requests.graph)
    assert.same(NOTHING, counts())
  end)

  it("hands out graphs that can be changed without harm", function()
    local hub <close> = against.client()
    local wf = hub:workflow(DRAW)
    wf:json()["6"].inputs.text = 5
    assert.equal("a lighthouse at sea", wf:json()["6"].inputs.text)
  end)

  it("runs with overrides by id and by title, and gives a result like any other", function()
    local hub <close> = against.client { site = "cn" }
    local result = assert(hub:workflow(DRAW):run { ["Positive prompt.text"] = "a cat", ["3.seed"] = "42" })
    local body, endpoint = sent()
    assert.equal(CREATE, endpoint)
    assert.same({ apiKey = against.key, workflowId = DRAW,
      nodeInfoList = { item("3", "seed", 42), item("6", "text", "a cat") } }, body)
    assert.same({ "workflow/" .. DRAW, "9", "png", "0.002", "CNY" }, { result.model,
      result.outputs[1].node_id, result.outputs[1].type, result.cost.amount, result.cost.currency })
  end)

  it("runs as it is stored, without a look at its graph", function()
    local hub <close> = against.client()
    assert(hub:workflow(DRAW):run())
    assert.same({ apiKey = against.key, workflowId = DRAW }, (sent()))
    assert.is_nil(box:stats().requests.graph)
  end)

  it("takes a nodeInfoList as it stands in the service's own samples", function()
    local hub <close> = against.client()
    assert(hub:workflow(DRAW):run { { nodeId = "6", fieldName = "text", fieldValue = "a cat" },
      { nodeId = 3, fieldName = "cfg", fieldValue = 7.5 } })
    assert.same({ item("6", "text", "a cat"), item("3", "cfg", 7.5) }, sent().nodeInfoList)
  end)

  it("sends its options by the service's names, in both forms", function()
    local hub <close> = against.client()
    local options = { metadata = false, instanceType = "plus", usePersonalQueue = false, retainSeconds = 60,
      accessPassword = "x", randomSeed = false, webhookUrl = "https://example.com/hook" }
    assert(hub:workflow(DRAW):run({}, options))
    local want = { addMetadata = false, instanceType = "plus", usePersonalQueue = "false", retainSeconds = 60,
      accessPassword = "x", randomSeed = false, webhookUrl = "https://example.com/hook" }
    want.apiKey, want.workflowId = against.key, DRAW
    assert.same(want, (sent()))
    box:reset()
    options.form = "v2"
    assert(hub:workflow(DRAW):run({}, options))
    local body, endpoint = sent()
    want.apiKey, want.workflowId, want.nodeInfoList = nil, nil, {}
    assert.equal(V2, endpoint)
    assert.same(want, body)
  end)

  it("learns from the v2 form's replies as well", function()
    local hub <close> = against.client()
    local result = assert(hub:workflow(DRAW):run({ ["6.text"] = "a cat" }, { form = "v2" }))
    assert.equal("9", result.outputs[1].node_id)
    local _, err = hub:workflow(NEW):run({}, { form = "v2" })
    assert.same({ "rejected", "810", "no" }, { err.kind, err.code, err.spent })
  end)

  it("understands ids that come as numbers", function()
    box:fault { route = "submit", ["do"] = "task", numeric_id = true }
    local hub <close> = against.client()
    local result = assert(hub:workflow(DRAW):run())
    assert.equal(box:stats().tasks.ids[1], result.task_id)
  end)

  it("takes an earlier text as a text", function()
    local hub <close> = against.client()
    local answer = assert(hub:run("test/text", { prompt = "a cat" }))
    box:reset()
    assert(hub:workflow(DRAW):run { ["6.text"] = answer })
    assert.equal(answer.text, sent().nodeInfoList[1].fieldValue)
  end)
end)

describe("files of a workflow", function()
  it("are uploaded for nodes, and their names sent", function()
    local hub <close> = against.client()
    local result = assert(hub:workflow(MOVE):run { ["First frame.image"] = PICTURE, ["6.text"] = "waves" })
    local value = sent().nodeInfoList
    assert.truthy(value[2].fieldValue:find("^api/%x+%.png$"), value[2].fieldValue)
    assert.equal("mp4", result.outputs[1].type)
    assert.equal(1, box:stats().requests.node_upload)
  end)

  it("are told apart by what they hold, and must exist", function()
    local hub <close> = against.client()
    local sound = os.tmpname()
    local file = assert(io.open(sound, "wb"))
    file:write("ID3" .. ("x"):rep(100))
    file:close()
    local _, err = hub:workflow(MOVE):run { ["10.image"] = sound }
    os.remove(sound)
    assert.matches("is an? MP3: takes an image", err.message)
    _, err = hub:workflow(MOVE):run { ["10.image"] = "photos/nobody.png" }
    assert.matches("photos/nobody%.png does not exist", err.message)
    assert.same(NOTHING, counts())
  end)

  it("can be uploads made before, and not results, which have an address only", function()
    local hub <close> = against.client()
    local file = assert(hub:upload(PICTURE))
    assert(hub:workflow(MOVE):run { ["10.image"] = file })
    assert.equal(file.file_name, sent().nodeInfoList[1].fieldValue)
    local picture = assert(hub:workflow(DRAW):run())
    local _, err = hub:workflow(MOVE):run { ["10.image"] = picture }
    assert.equal("input", err.kind)
    assert.matches("takes a file's name: save it and give the file", err.message)
    assert.equal(2, counts().received)
  end)
end)

describe("a graph of the caller's own", function()
  local function own(hub)
    local nodes = assert(hub:workflow(DRAW):json())
    nodes["11"] = { class_type = "SaveImage", inputs = { images = { "8", 0 }, filename_prefix = "twice" } }
    return nodes
  end

  it("replaces the stored one, with the overrides put into it", function()
    local hub <close> = against.client()
    local result = assert(hub:workflow(DRAW):run({ ["6.text"] = "a cat" }, { workflow = own(hub) }))
    local body = sent()
    assert.is_nil(body.nodeInfoList)
    local nodes = json.decode(body.workflow)
    assert.same({ "a cat", "twice" }, { nodes["6"].inputs.text, nodes["11"].inputs.filename_prefix })
    assert.equal(2, #result.outputs)
  end)

  it("is a table, its JSON, or a file", function()
    local hub <close> = against.client()
    local text = json.encode(own(hub))
    local path = os.tmpname()
    local file = assert(io.open(path, "w"))
    file:write(text)
    file:close()
    for _, given in ipairs { text, path, rhub.file(path) } do
      local result = assert(hub:workflow(DRAW):run({}, { workflow = given }))
      assert.equal(2, #result.outputs)
    end
    os.remove(path)
    for given, said in pairs { ["/no/such/file"] = "/no/such/file", ["{}"] = "has no nodes",
      ['{"nodes":[],"links":[]}'] = "export it in the API format" } do
      local _, err = hub:workflow(DRAW):run({ ["6.text"] = "x" }, { workflow = given })
      assert.equal("input", err.kind)
      assert.truthy(err.message:find(said, 1, true), err.message)
      assert.equal(1, #err.problems)
    end
    assert.equal(3, counts().received)
  end)

  it("may name local files, which are uploaded first", function()
    local hub <close> = against.client()
    local nodes = assert(hub:workflow(MOVE):json())
    nodes["10"].inputs.image = rhub.file(PICTURE)
    assert(hub:workflow(MOVE):run({}, { workflow = nodes }))
    local body = sent()
    assert.truthy(json.decode(body.workflow)["10"].inputs.image:find("^api/%x+%.png$"))
    assert.truthy(getmetatable(nodes["10"].inputs.image), "the caller's own table stays as it is")
  end)

  it("is told of nodes that are wrong in words", function()
    local hub <close> = against.client()
    local nodes = own(hub)
    nodes["6"].inputs.text = nil
    local _, err = hub:workflow(DRAW):run({}, { workflow = nodes })
    assert.same({ "433", "no" }, { err.code, err.spent })
    assert.matches("node 6 %(CLIPTextEncode%): Required input is missing: text", err.message)
  end)
end)

describe("overrides that are wrong", function()
  it("are told all at once, with the nearest, and nothing is sent", function()
    local hub <close> = against.client()
    local _, err = hub:workflow(DRAW):run({ ["6.txt"] = "x", ["Positive promt.text"] = "x", ["3.model"] = "x",
      ["3.seed"] = "many", ["7.text"] = 5, text = "x" }, { retainSeconds = 5, instanceType = "mega" })
    assert.same({ "input", "no", 8 }, { err.kind, err.spent, #err.problems })
    local by = {}
    for _, problem in ipairs(err.problems) do by[problem.param] = problem end
    assert.equal("6.text", by["6.txt"].suggestion)
    assert.equal("Positive prompt.text", by["Positive promt.text"].suggestion)
    assert.matches("comes from node 4", by["3.model"].message)
    assert.matches('"many" is not a number', by["3.seed"].message)
    assert.matches("5 is not text", by["7.text"].message)
    assert.matches("names no field", by.text.message)
    assert.equal("10 to 180", by.retainSeconds.allowed)
    assert.same(NOTHING, counts())
  end)

  it("may name a node that two are called", function()
    local hub <close> = against.client()
    local _, err = hub:workflow(MOVE):run { ["CLIP Text Encode (Prompt).text"] = "x" }
    assert.matches("2 nodes are called so: write 6%.text or 7%.text", err.message)
  end)

  it("may say one thing twice, or be no items at all", function()
    local hub <close> = against.client()
    local wf = hub:workflow(DRAW)
    local _, err = wf:run { ["6.text"] = "x", ["Positive prompt.text"] = "y" }
    assert.matches("is given twice", err.message)
    _, err = wf:run { { nodeId = "6", fieldName = "text" } }
    assert.matches("nodeInfoList%[1%]: is no item", err.message)
    for _, check in ipairs { "strict", "warn", "off" } do
      local mix = { item("6", "text", "x"), ["3.seed"] = 5, [4] = item("3", "steps", 9) }
      _, err = wf:run(mix, { check = check })
      assert.same({ "input", 2, "3.seed", "4" }, { err.kind, #err.problems, err.problems[1].param,
        err.problems[2].param })
    end
    _, err = wf:run { item("6", "clip", "x"), item("99", "text", "x") }
    assert.equal(2, #err.problems)
    for _, odd in ipairs { 5, "x", true } do
      assert.has_error(function() wf:run(odd) end)
      assert.has_error(function() wf:run({}, odd) end)
    end
    assert.has_error(function() wf:run({}, { instanceTyp = "plus" }) end)
    assert.same(NOTHING, counts())
  end)

  it("are warnings where that is wished, but for what cannot even be sent", function()
    local hub <close> = against.client { check = "warn" }
    local _, err = hub:workflow(DRAW):run { ["6.txt"] = "x" }
    assert.equal("803", err.code)
    assert.equal(1, counts().received)
    _, err = hub:workflow(DRAW):run { ["Nobody.text"] = "x" }
    assert.equal("input", err.kind)
    assert.equal(1, counts().received)
  end)

  it("are not looked at with check = \"off\", which spares the question", function()
    local hub <close> = against.client()
    local wf = hub:workflow(LOCKED)
    local _, err = wf:run({ ["6.text"] = "x" })
    assert.matches('check = "off" runs it without a look', err.message)
    box:reset()
    assert(wf:run({ ["6.text"] = "x" }, { check = "off", accessPassword = "open sesame" }))
    assert.is_nil(box:stats().requests.graph)
    _, err = wf:run({ ["Positive prompt.text"] = "x" }, { check = "off" })
    assert.matches("names no node by its id", err.message)
    assert.equal(1, counts().received)
  end)
end)

describe("an id", function()
  it("that is none, or of the other site, is told by whatever is asked", function()
    local hub <close> = against.client()
    for _, id in ipairs { "abc", "", "0", "https://www.runninghub.ai/post/" } do
      for _, ask in ipairs { "json", "nodes", "run", "submit" } do
        local wf = hub:workflow(id)
        local got, err = wf[ask](wf)
        assert.is_nil(got)
        assert.equal("input", err.kind)
      end
    end
    assert.has_error(function() hub:workflow(nil) end)
    assert.equal("1904136902449209346", hub:workflow(1904136902449209346).id)
    local other <close> = rhub.client { api_key = against.key, site = "ai", log = "none" }
    local _, err = other:workflow("https://www.runninghub.cn/post/" .. DRAW):run()
    assert.matches('talks to runninghub%.ai: give site = "cn"', err.message)
    assert.same(NOTHING, counts())
  end)
end)

describe("what the service refuses", function()
  local function refused(id, given, options)
    local hub <close> = against.client()
    local _, err = hub:workflow(id):run(given, options)
    return { err.kind, err.code, err.spent, err.retryable }
  end

  it("comes out with its kind, and costs nothing", function()
    assert.same({ "rejected", "380", "no", false }, refused("5", { ["6.text"] = "x" }))
    assert.same({ "rejected", "380", "no", false }, refused("5"))
    assert.same({ "rejected", "810", "no", false }, refused(NEW))
    assert.same({ "rejected", "803", "no", false }, refused(DRAW, { ["6.x"] = 1 }, { check = "off" }))
    assert.same({ "rejected", "433", "no", false }, refused(DRAW, { ["3.steps"] = 100000 }))
    assert.equal("436", refused(DRAW, {}, { usePersonalQueue = true })[2])
    assert.equal("1", refused(LOCKED, {}, { accessPassword = "wrong" })[2])
    assert.equal(0, counts().made)
  end)

  it("comes out so for codes that the sandbox was told to send", function()
    for code, kind in pairs { ["301"] = "input", ["414"] = "funds", ["416"] = "funds", ["812"] = "funds",
      ["435"] = "rejected", ["801"] = "auth", ["802"] = "auth", ["814"] = "busy", ["901"] = "rejected" } do
      box:fault { route = "submit", ["do"] = "code", code = code, times = -1 }
      local hub <close> = against.client { wait_timeout = 0.2 }
      local _, err = hub:workflow(DRAW):run()
      assert.same({ code, "no" }, { err.code, err.spent }, code)
      if kind ~= "input" then assert.equal(kind, err.kind, code) end
      box:reset()
    end
  end)

  it("waits for a place when all are taken, and sends again then", function()
    box:fault { route = "submit", ["do"] = "code", code = "421", times = 2 }
    box:fault { route = "submit", ["do"] = "code", code = "415" }
    local hub <close> = against.client()
    assert(hub:workflow(DRAW):run())
    assert.same({ received = 4, made = 1 }, counts())
  end)

  it("is not sent again when nobody knows what became of it", function()
    box:fault { route = "submit", ["do"] = "reset_after" }
    local hub <close> = against.client()
    local _, err = hub:workflow(DRAW):run { ["6.text"] = "x" }
    assert.same({ "unknown_outcome", "maybe" }, { err.kind, err.spent })
    assert.matches("workflow/" .. DRAW, err.message)
    assert.same({ received = 1, made = 1 }, counts())
  end)

  it("shows what failed in which node, and that it was charged", function()
    box:fault { route = "submit", ["do"] = "task", ["end"] = "FAILED", failed_reason = "node" }
    local hub <close> = against.client()
    local _, err = hub:workflow(DRAW):run()
    assert.same({ "failed", "1000" }, { err.kind, err.code })
    assert.matches("KSampler", err.message)
    assert.truthy(err.task_id)
  end)
end)

describe("under a budget", function()
  it("a workflow needs a price, since nobody tells one", function()
    local hub <close> = against.client { site = "cn", budget = "0.10" }
    local _, err = hub:workflow(DRAW):run()
    assert.same({ "budget", "no" }, { err.kind, err.spent })
    assert.same(NOTHING, counts())
    assert(hub:workflow(DRAW):run({}, { price = "0.05" }))
    assert.equal("0.002", hub:spent().spent)
    _, err = hub:workflow(DRAW):run({}, { price = "0.20" })
    assert.equal("budget", err.kind)
    assert.same({ received = 1, made = 1 }, counts())
  end)

  it("may go without one where that is wished", function()
    local hub <close> = against.client { site = "cn", budget = "0.10", allow_unknown_price = true }
    assert(hub:workflow(DRAW):run())
    assert.equal("0.002", hub:spent().spent)
  end)
end)

describe("many runs", function()
  it("go at once, each once, with one question for the graph", function()
    local hub <close> = against.client()
    local rows = {}
    for i = 1, 20 do rows[i] = i end
    local results = rhub.map(rows, function(i) return hub:workflow(DRAW):run { ["3.seed"] = i } end)
    local ids = {}
    for i = 1, 20 do ids[assert(results[i], tostring(results.errors[i])).task_id] = true end
    local stats = box:stats()
    assert.same({ 20, 0, 1 }, { stats.submits.received, stats.submits.duplicates, stats.requests.graph })
    local n = 0
    for _ in pairs(ids) do n = n + 1 end
    assert.equal(20, n)
  end)
end)
