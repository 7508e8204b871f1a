-- What the sandbox answers to workflows, AI apps and quick create: bytes on a socket, no client of ours.
local accounts = require "rhub.sandbox.accounts"
local json = require "rhub.json"
local sandbox = require "rhub.sandbox"
local wire = require "support.wire"

local KEY = ("0123456789abcdef"):rep(2)
local NORMAL, FREE, RENTED, POOR = "N" .. KEY:sub(2), "F" .. KEY:sub(2), "E" .. KEY:sub(2), "P" .. KEY:sub(2)
local DRAW, MOVE = "1904136902449209346", "1910246754753896450"
local LOCKED, NEW = "1911000000000000001", "1912000000000000001"
local APP, TWINS, LOCKED_APP = "1877265245566922753", "1880000000000000001", "1880000000000000002"

local box

local function open(options)
  if box then box:close() end
  box = assert(sandbox.new(options or { speed = 1e6 }))
end

local function with_keys(more)
  local options = { speed = 1e6, keys = {} }
  for _, text in ipairs { KEY .. ":SHARED", NORMAL .. ":NORMAL", FREE .. ":FREE", RENTED .. ":EXCLUSIVE",
    POOR .. ":SHARED:0" } do
    table.insert(options.keys, (assert(accounts.parse(text))))
  end
  for name, value in pairs(more or {}) do options[name] = value end
  open(options)
end

local function talk(bytes)
  return wire.talk(box.server:port(), bytes, function() box:step() end)
end

local function post(path, value, key, header)
  local headers = { ["Content-Type"] = "application/json", Authorization = header }
  headers.Authorization = header or "Bearer " .. (key or KEY)
  return json.decode(talk(wire.request("POST", path, headers, json.encode(value))).body)
end

local function get(path)
  return json.decode(talk(wire.request("GET", path)).body)
end

local function merged(base, more)
  local all = {}
  for _, from in ipairs { base, more or {} } do
    for name, value in pairs(from) do all[name] = value end
  end
  return all
end

local function create(more, key)
  return post("/task/openapi/create", merged({ apiKey = key or KEY, workflowId = DRAW }, more))
end

local function run(more, id, key)
  local body = merged({ nodeInfoList = json.array {} }, more)
  return post("/openapi/v2/run/workflow/" .. (id or DRAW), body, key)
end

local function set(id, field, value) return { nodeId = id, fieldName = field, fieldValue = value } end

local function query(id, key) return post("/openapi/v2/query", { taskId = id }, key) end

local function made() return box:counts().tasks.made end

before_each(function() open() end)
after_each(function()
  box:close()
  box = nil
end)

describe("create", function()
  it("makes a task that every status call knows, and tells what it will run", function()
    open { speed = 0.001 }
    local reply = create { nodeInfoList = { set("6", "text", "a cat") } }
    assert.same({ 0, "success", json.null }, { reply.code, reply.msg, reply.errorMessages })
    local data = reply.data
    assert.same({ "CREATE", json.null }, { data.taskStatus, data.netWssUrl })
    assert.equal(19, #data.taskId)
    assert.truthy(data.clientId:find("^%x+$"))
    local tips = json.decode(data.promptTips)
    assert.same({ true, json.null, { "9" }, {} },
      { tips.result, tips.error, tips.outputs_to_execute, tips.node_errors })
    local asked = { apiKey = KEY, taskId = data.taskId }
    assert.equal("QUEUED", post("/task/openapi/status", asked).data)
    assert.equal(813, post("/task/openapi/outputs", asked).code)
    assert.equal("QUEUED", query(data.taskId).status)
    assert.equal(0, post("/task/openapi/cancel", asked).code)
    box.tasks:finish_all()
    assert.equal("CANCEL", query(data.taskId).status)
  end)

  it("gives out ids as numbers where that is wanted", function()
    box:fault { route = "submit", ["do"] = "task", numeric_id = true }
    assert.equal("integer", math.type(create().data.taskId))
  end)

  it("looks at the parameters first (301), then at the workflow, the balance, and the graph last", function()
    with_keys()
    local wrong, unknown = { set("6", "nothing", 1) }, { set("99", "text", "x") }
    for _, row in ipairs {
      { 301, { workflowId = 0, nodeInfoList = wrong } }, { 301, { workflowId = "abc" } },
      { 301, { retainSeconds = 5 } }, { 301, { retainSeconds = 181 } }, { 301, { instanceType = "mega" } },
      { 301, { webhookUrl = "ftp://x" } }, { 301, { addMetadata = 5 } }, { 301, { nodeInfoList = { 5 } } },
      { 301, { nodeInfoList = { { nodeId = "6", fieldName = "text" } } } },
      { 380, { workflowId = "1", nodeInfoList = wrong } },
      { 810, { workflowId = NEW, nodeInfoList = wrong } },
      { 1, { workflowId = LOCKED, accessPassword = "open", nodeInfoList = wrong } },
      { 812, { nodeInfoList = wrong }, POOR }, { 436, { usePersonalQueue = "true", nodeInfoList = wrong } },
      { 435, { instanceType = "plus" }, RENTED }, { 301, { retainSeconds = 60 }, NORMAL },
      { 803, { nodeInfoList = wrong } }, { 803, { nodeInfoList = unknown } },
      { 803, { nodeInfoList = { set("6", "clip", "x") } } },
      { 433, { nodeInfoList = { set("3", "sampler_name", "nonsense") } } },
      { 801, {}, FREE }, { 802, {}, ("x"):rep(32) },
    } do
      assert.equal(row[1], create(row[2], row[3]).code, json.encode(row[2]))
    end
    assert.equal(0, made())
    assert.equal(0, create({ workflowId = LOCKED, accessPassword = "open sesame" }).code)
  end)

  it("says 414 to a consumer without coins and 416 to a dedicated key without money", function()
    with_keys()
    box.accounts:find(NORMAL).coins, box.accounts:find(RENTED).money = 0, 0
    assert.same({ 414, 416 }, { create({}, NORMAL).code, create({}, RENTED).code })
  end)

  it("says 421 when all places are taken; a rented machine's queue takes 1000 more, then 814", function()
    with_keys { speed = 1e-3, limit = 1 }
    assert.same({ 0, 421 }, { create({}, RENTED).code, create({}, RENTED).code })
    assert.equal(0, create({ usePersonalQueue = true }, RENTED).code)
    box.accounts:find(RENTED).held = 1001
    assert.equal(814, create({ usePersonalQueue = true }, RENTED).code)
  end)

  it("names the nodes of a graph that cannot run (433)", function()
    local reply = create { nodeInfoList = { set("3", "steps", "many"), set("3", "cfg", 500) } }
    assert.same({ 433, "VALIDATE_PROMPT_FAILED" }, { reply.code, reply.msg })
    local node = json.decode(reply.data).node_errors["3"]
    assert.equal("KSampler", node.class_type)
    assert.same({ "value_bigger_than_max", "invalid_input_type" },
      { node.errors[1].type, node.errors[2].type })
  end)

  it("runs a graph of the caller's own, whose overrides it compares with the stored one", function()
    local own = { ["1"] = { class_type = "LoadImage", inputs = { image = "example.png" } },
      ["2"] = { class_type = "SaveImage", inputs = { images = { "1", 0 }, filename_prefix = "x" } } }
    local text = json.encode(own)
    assert.equal(0, create({ workflowId = "1", workflow = text }).code)
    assert.equal(0, create({ workflow = text }).code)
    assert.equal(803, create({ workflow = text, nodeInfoList = { set("1", "image", "example.png") } }).code)
    own["2"].inputs.images = nil
    local reply = create { workflow = json.encode(own) }
    assert.equal(433, reply.code)
    assert.equal("Required input is missing", json.decode(reply.data).node_errors["2"].errors[1].message)
    assert.equal(433, create({ workflow = "{" }).code)
  end)

  it("accepts a graph of which one branch is wrong, and says which", function()
    local own = { ["1"] = { class_type = "LoadImage", inputs = { image = "example.png" } },
      ["2"] = { class_type = "SaveImage", inputs = { images = { "1", 0 }, filename_prefix = "x" } },
      ["3"] = { class_type = "SaveImage", inputs = { filename_prefix = "y" } } }
    local reply = create { workflow = json.encode(own) }
    assert.equal(0, reply.code)
    local tips = json.decode(reply.data.promptTips)
    assert.same({ "2" }, tips.outputs_to_execute)
    assert.equal("SaveImage", tips.node_errors["3"].class_type)
  end)

  it("takes the names of uploaded files for pictures, and no others", function()
    local function with(name)
      return create({ workflowId = MOVE, nodeInfoList = { set("10", "image", name) } }).code
    end
    local body, kind = wire.multipart("a.png", "abc")
    local reply = talk(wire.request("POST", "/openapi/v2/media/upload/binary",
      { Authorization = "Bearer " .. KEY, ["Content-Type"] = kind }, body))
    local name = json.decode(reply.body).data.fileName
    assert.same({ 0, 0, 433, 433 },
      { with(name), with("example.png"), with("portrait.png"), with("https://example.com/a.png") })
  end)
end)

describe("a workflow's cost", function()
  it("is its runtime, in coins for consumers and in money for enterprises", function()
    with_keys()
    local spent = {}
    for _, key in ipairs { NORMAL, KEY } do
      local id = create({}, key).data.taskId
      local usage = query(id, key).usage
      spent[#spent + 1] = { usage.consumeCoins, usage.consumeMoney, usage.taskCostTime,
        usage.thirdPartyConsumeMoney }
    end
    assert.same({ "1", json.null, "1", json.null }, spent[1])
    assert.same({ json.null, "0.002", "1", json.null }, spent[2])
    assert.equal(999, box.accounts:find(NORMAL).coins)
    assert.equal(1, box:counts().charged_coins)
  end)

  it("is charged when it fails or is cancelled, too", function()
    with_keys { speed = 1e6 }
    box:fault { ["do"] = "task", ["end"] = "FAILED", failed_reason = "node" }
    local failed = query(create().data.taskId)
    assert.same({ "FAILED", "1000", "KSampler" },
      { failed.status, failed.errorCode, failed.failedReason.node_name })
    assert.truthy(tonumber(failed.usage.consumeMoney) > 0)
    local before = box:counts().charged
    box:fault { ["do"] = "task", polls = 99 }
    local id = create().data.taskId
    post("/task/openapi/cancel", { apiKey = KEY, taskId = id })
    assert.truthy(tonumber(query(id).usage.consumeMoney) > 0)
    assert.not_equal(before, box:counts().charged)
  end)

  it("doubles with a plus machine", function()
    with_keys { speed = 1e6 }
    local money = {}
    for i, machine in ipairs { "default", "plus" } do
      local id = create({ instanceType = machine }).data.taskId
      local usage = query(id).usage
      money[i] = tonumber(usage.consumeMoney) / tonumber(usage.taskCostTime)
    end
    assert.truthy(math.abs(money[2] / money[1] - 2) < 1e-9)
  end)
end)

describe("outputs of a workflow", function()
  it("carry the nodes that made them, in both lists", function()
    local id = create({ nodeInfoList = { set("5", "batch_size", 2) } }).data.taskId
    local results = query(id).results
    assert.same({ 2, "9", "png" }, { #results, results[1].nodeId, results[2].outputType })
    local list = post("/task/openapi/outputs", { apiKey = KEY, taskId = id }).data
    assert.same({ 2, "9", json.null }, { #list, list[1].nodeId, list[1].thirdPartyConsumeMoney })
    local video = query(create({ workflowId = MOVE }).data.taskId).results[1]
    assert.same({ "20", "mp4" }, { video.nodeId, video.outputType })
  end)
end)

describe("run/workflow", function()
  it("answers in shape B, with the codes as text", function()
    with_keys()
    local reply = run { nodeInfoList = { set("6", "text", "a cat") }, usePersonalQueue = "false" }
    assert.same({ "", 19 }, { reply.errorCode, #reply.taskId })
    assert.same({ "9" }, json.decode(reply.promptTips).outputs_to_execute)
    for _, row in ipairs {
      { "301", { retainSeconds = 5 } }, { "380", {}, "1" }, { "810", {}, NEW },
      { "803", { nodeInfoList = { set("6", "x", 1) } } }, { "436", { usePersonalQueue = "true" } },
      { "812", {}, DRAW, POOR }, { "1002", {}, DRAW, ("x"):rep(32) }, { "801", {}, DRAW, FREE },
    } do
      assert.equal(row[1], run(row[2], row[3], row[4]).errorCode, json.encode(row[2]))
    end
    reply = run { nodeInfoList = { set("3", "steps", "many") } }
    assert.equal("433", reply.errorCode)
    assert.truthy(json.decode(reply.promptTips).node_errors["3"])
    assert.equal(1, made())
  end)
end)

describe("getJsonApiFormat", function()
  it("gives the graph as text, with exact numbers", function()
    local reply = post("/api/openapi/getJsonApiFormat", { apiKey = KEY, workflowId = DRAW })
    assert.same({ 0, "SUCCESS" }, { reply.code, reply.msg })
    assert.truthy(reply.data.prompt:find('"seed":1125899906842597', 1, true))
  end)

  it("refuses what there is not", function()
    local function ask(more)
      return post("/api/openapi/getJsonApiFormat", merged({ apiKey = KEY, workflowId = DRAW }, more)).code
    end
    assert.same({ 380, 301, 802, 1 }, { ask { workflowId = "5" }, ask { workflowId = "x" },
      ask { apiKey = "x" }, ask { workflowId = LOCKED } })
  end)
end)

describe("AI apps", function()
  local function demo(id, key)
    return get(("/api/webapp/apiCallDemo?apiKey=%s&webappId=%s"):format(key or KEY, id or APP))
  end

  it("tell what they take, options as JSON in text", function()
    local data = demo().data
    assert.same({ "Restyle a picture", false }, { data.webappName, data.accessEncrypted })
    local by = {}
    for _, item in ipairs(data.nodeInfoList) do by[item.fieldName] = item end
    assert.same({ "LIST", "SWITCH", "IMAGE" },
      { by.style.fieldType, by.select.fieldType, by.image.fieldType })
    assert.same({ json.null, "7" }, { by.sharpen.fieldData, by.seed.fieldValue })
    assert.equal("oil", json.decode(by.style.fieldData)[1][2])
  end)

  it("are not told to a bad key, and there are no others", function()
    assert.same({ 802, 901, 301 }, { demo(APP, "x").code, demo("5").code, demo("x").code })
  end)

  it("run in both forms, with numbers as text", function()
    local list = { set("37", "prompt", "oil on canvas"), set("37", "seed", "5"), set("37", "style", "oil") }
    local reply = post("/task/openapi/ai-app/run", { apiKey = KEY, webappId = 1877265245566922753,
      nodeInfoList = list })
    assert.equal(0, reply.code)
    assert.equal("52", query(reply.data.taskId).results[1].nodeId)
    reply = post("/openapi/v2/run/ai-app/" .. APP, { nodeInfoList = list })
    assert.equal("", reply.errorCode)
  end)

  it("refuse in the order of workflows", function()
    with_keys()
    local list = { set("37", "seed", "5") }
    for _, row in ipairs {
      { 301, APP, {} }, { 901, "5", { nodeInfoList = list } },
      { 1, LOCKED_APP, { nodeInfoList = list } }, { 803, APP, { nodeInfoList = { set("37", "x", "5") } } },
      { 433, APP, { nodeInfoList = { set("37", "style", "crayon") } } },
      { 812, APP, { nodeInfoList = { set("37", "x", "5") } }, POOR },
    } do
      local body = merged({ apiKey = row[4] or KEY, webappId = row[2] }, row[3])
      assert.equal(row[1], post("/task/openapi/ai-app/run", body).code)
      assert.equal(tostring(row[1]), post("/openapi/v2/run/ai-app/" .. row[2], row[3], row[4]).errorCode)
    end
    assert.equal(0, post("/task/openapi/ai-app/run", { apiKey = KEY, webappId = LOCKED_APP,
      accessPassword = "open sesame", nodeInfoList = list }).code)
    assert.equal(0, post("/task/openapi/ai-app/run", { apiKey = KEY, webappId = TWINS,
      nodeInfoList = { set("7", "text", "fog") } }).code)
  end)

  it("are listed to a bare key, page by page", function()
    local function list(body, header) return post("/openapi/v2/aiapp/list", body, nil, header or KEY) end
    local data = list({ current = 2, size = 2, sort = "NEWEST" }).data
    assert.same({ 1, 3, 2, false }, { #data.records, data.total, data.pages, data.hasNext })
    assert.truthy(data.records[1].invokeExample:find("/run/ai-app/" .. LOCKED_APP, 1, true))
    assert.same({ 802, 301, 301 }, { list({}, "Bearer " .. KEY).code, list({ size = 51 }).code,
      list({ sort = "BEST" }).code })
  end)
end)

describe("quick create", function()
  it("has styles, told without a key", function()
    local reply = json.decode(talk(wire.request("POST", "/api/fast/creation/model/params",
      { ["Content-Type"] = "application/json" }, json.encode { type = 2, webappId = APP })).body)
    assert.equal(0, reply.code)
    assert.truthy(reply.data[1].modelLoar1FileName)
  end)

  it("runs with a code and whole items", function()
    local item = merged(set("37", "seed", "5"), { nodeName = "x", fieldType = "INT", description = "Seed" })
    local body = { apiKey = KEY, webappId = APP, quickCreateCode = "002", nodeInfoList = { item } }
    assert.equal(0, post("/task/openapi/quick-ai-app/run", body).code)
    assert.equal(301, post("/task/openapi/quick-ai-app/run", merged(body, { quickCreateCode = "2" })).code)
    item.description = nil
    assert.equal(301, post("/task/openapi/quick-ai-app/run", body).code)
    assert.equal(1, made())
  end)
end)
