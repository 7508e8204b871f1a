-- AI apps and quick create through the client, against the sandbox. Sections 9 and 10 of the protocol.
local against = require "support.against"
local json = require "rhub.json"
local rhub = require "rhub"

local APP, TWINS, LOCKED = "1877265245566922753", "1880000000000000001", "1880000000000000002"
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

-- What was sent for each field.
local function values(body)
  local by = {}
  for _, item in ipairs(body.nodeInfoList) do by[item.nodeId .. "." .. item.fieldName] = item.fieldValue end
  return by
end

local function counts()
  local stats = box:stats()
  return { received = stats.submits.received, made = stats.tasks.made }
end

local NOTHING = { received = 0, made = 0 }

describe("an app", function()
  it("tells its inputs: types, options, defaults, descriptions in both languages", function()
    local hub <close> = against.client()
    local inputs = assert(hub:app("https://www.runninghub.ai/ai-detail/" .. APP):inputs())
    local by = {}
    for _, input in ipairs(inputs) do by[input.name] = input end
    assert.same({ "39.image", "image", "example.png", "上传图像", "Upload image" }, { by.image.key,
      by.image.type, by.image.default, by.image.description, by.image.description_en })
    assert.is_nil(by.image.enum)
    assert.same({ "enum", { "ink", "oil", "pencil" }, "ink" },
      { by.style.type, by.style.enum, by.style.default })
    assert.same({ "512x512", "768x512", "512x768" }, by.resolution.enum)
    assert.same({ "enum", { "1", "2" }, { ["1"] = "studio", ["2"] = "street" } },
      { by.select.type, by.select.enum, by.select.labels })
    assert.same({ "number", 0, 1 }, { by.strength.type, by.strength.min, by.strength.max })
    assert.same({ "integer", "boolean", "string" }, { by.seed.type, by.sharpen.type, by.prompt.type })
    assert.same(NOTHING, counts())
  end)

  it("is asked once, with the key in no message", function()
    local hub <close> = against.client()
    rhub.map({ 1, 2, 3 }, function() return hub:app(APP):inputs() end)
    assert.equal(1, box:stats().requests.app)
    box:fault { route = "app", ["do"] = "code", code = "802" }
    local _, err = hub:app(TWINS):inputs()
    assert.equal("auth", err.kind)
    assert.is_nil(tostring(err):find(against.key, 1, true))
  end)

  it("runs with values by name, description or place, and its own values for the rest", function()
    local hub <close> = against.client()
    local result = assert(hub:app(APP):run { prompt = "oil on canvas", Style = "oil", ["种子"] = 5,
      ["37.sharpen"] = true, ["SandboxRestyle.strength"] = "0.5", Light = "street" })
    local body, endpoint = sent()
    assert.equal("/task/openapi/ai-app/run", endpoint)
    assert.same({ against.key, math.tointeger(APP) }, { body.apiKey, body.webappId })
    assert.same({ ["39.image"] = "example.png", ["37.prompt"] = "oil on canvas", ["37.style"] = "oil",
      ["37.resolution"] = "512x512", ["37.select"] = "2", ["37.strength"] = "0.5", ["37.seed"] = "5",
      ["37.sharpen"] = "true" }, values(body))
    assert.same({ "app/" .. APP, "52" }, { result.model, result.outputs[1].node_id })
  end)

  it("runs in the v2 form as well", function()
    local hub <close> = against.client()
    local result = assert(hub:app(APP):run({ seed = 6 }, { form = "v2", instanceType = "plus" }))
    local body, endpoint = sent()
    assert.same({ "run/ai-app/" .. APP, "plus", "6" },
      { endpoint, body.instanceType, values(body)["37.seed"] })
    assert.is_nil(body.apiKey)
    assert.is_nil(body.webappId)
    assert.equal("52", result.outputs[1].node_id)
  end)

  it("has its files uploaded for nodes", function()
    local hub <close> = against.client()
    assert(hub:app(APP):run { image = PICTURE })
    assert.truthy(values((sent()))["39.image"]:find("^api/%x+%.png$"))
  end)

  it("takes a nodeInfoList, too", function()
    local hub <close> = against.client()
    assert(hub:app(APP):run { { nodeId = "37", fieldName = "seed", fieldValue = 9 } })
    local by = values((sent()))
    assert.same({ "9", "ink" }, { by["37.seed"], by["37.style"] })
  end)

  it("behind a password says so before anything is sent", function()
    local hub <close> = against.client()
    local _, err = hub:app(LOCKED):run {}
    assert.matches("accessPassword: is required", err.message)
    assert.same(NOTHING, counts())
    _, err = hub:app(LOCKED):run({}, { accessPassword = "wrong" })
    assert.same({ "rejected", "1", "no" }, { err.kind, err.code, err.spent })
    assert(hub:app(LOCKED):run({}, { accessPassword = "open sesame" }))
    assert.same({ received = 2, made = 1 }, counts())
  end)
end)

describe("values of an app that are wrong", function()
  it("are told all at once, with what is right, and nothing is sent", function()
    local hub <close> = against.client()
    local mix = { { nodeId = "37", fieldName = "seed", fieldValue = 5 }, style = "oil" }
    for _, check in ipairs { "strict", "warn", "off" } do
      local _, mixed = hub:app(APP):run(mix, { check = check })
      assert.same({ "input", "no", "style" }, { mixed.kind, mixed.spent, mixed.problems[1].param })
    end
    local _, err = hub:app(APP):run({ style = "oill", sed = 5, select = 3, sharpen = "maybe", strength = 2,
      seed = 1.5, image = "nope.png", prompt = 5 }, { retainSeconds = 500 })
    assert.same({ "input", "no", 9 }, { err.kind, err.spent, #err.problems })
    local by = {}
    for _, problem in ipairs(err.problems) do by[problem.param] = problem end
    assert.same({ "oil", "seed" }, { by.style.suggestion, by.sed.suggestion })
    assert.equal("1, 2", by.select.allowed)
    assert.matches("out of range", by.strength.message)
    assert.matches("does not exist", by.image.message)
    assert.same(NOTHING, counts())
  end)

  it("may be for two inputs that have one name, or for one twice", function()
    local hub <close> = against.client()
    local _, err = hub:app(TWINS):run { text = "x" }
    assert.matches("2 inputs are called so: write 6%.text or 7%.text", err.message)
    _, err = hub:app(TWINS):run { ["6.text"] = "x", ["What to show"] = "y" }
    assert.matches("is given twice", err.message)
    assert(hub:app(TWINS):run { ["What to show"] = "a cat", ["7.text"] = "dogs" })
    assert.same({ "a cat", "dogs", "20" },
      { values((sent()))["6.text"], values((sent()))["7.text"], values((sent()))["3.steps"] })
  end)

  it("are not looked at with check = \"off\"", function()
    local hub <close> = against.client()
    assert(hub:app(APP):run({ ["37.seed"] = "7" }, { check = "off" }))
    assert.same({ ["37.seed"] = "7" }, values((sent())))
    assert.is_nil(box:stats().requests.app)
    local _, err = hub:app(APP):run({ seed = "7" }, { check = "off" })
    assert.equal("input", err.kind)
    assert.equal(1, counts().received)
  end)

  it("or an id that is none, or no table, come out where they were given", function()
    local hub <close> = against.client()
    for _, ask in ipairs { "inputs", "run", "submit" } do
      local one = hub:app("abc")
      local _, err = one[ask](one, {})
      assert.equal("input", err.kind)
    end
    assert.has_error(function() hub:app(APP):run(5) end)
    assert.has_error(function() hub:app(APP):run({}, { addMetadata = true }) end)
    assert.same(NOTHING, counts())
  end)
end)

describe("what the service says of an app", function()
  it("comes out with its code, and nothing is sent twice", function()
    local hub <close> = against.client()
    local _, err = hub:app("5"):run {}
    assert.same({ "rejected", "901", "no" }, { err.kind, err.code, err.spent })
    assert.same(NOTHING, counts())
    _, err = hub:app("5"):run({ ["37.seed"] = "7" }, { check = "off", form = "v2" })
    assert.equal("901", err.code)
    box:reset()
    box:fault { route = "submit", ["do"] = "fin" }
    _, err = hub:app(APP):run {}
    assert.same({ "unknown_outcome", "maybe" }, { err.kind, err.spent })
    assert.same({ received = 1, made = 0 }, counts())
  end)

  it("may be no list of inputs: then the call can be made without a look", function()
    box:fault { route = "app", ["do"] = "edit", set = { data = { webappName = "x" } } }
    local hub <close> = against.client()
    local _, err = hub:app(APP):inputs()
    assert.equal("protocol", err.kind)
    assert.matches('check = "off"', err.message)
  end)

  it("may hold inputs in odd forms", function()
    local odd = { { nodeId = 5, fieldName = "a", fieldType = "LIST", fieldData = { "x", 2 }, fieldValue = 2 },
      { nodeId = "6", fieldName = "b", fieldType = "SWITCH", fieldData = json.null, fieldValue = "true" },
      { nodeId = "7", fieldName = "c", fieldType = "STRUCT", fieldValue = json.null },
      { nodeId = "8", fieldName = "d", fieldType = "LIST", fieldData = "not JSON", fieldValue = "free" },
      { nodeId = "9", fieldName = "e", fieldValue = "no type" }, { fieldName = "no id" }, 5 }
    box:fault { route = "app", ["do"] = "edit", set = { data = { nodeInfoList = odd } } }
    local hub <close> = against.client()
    local inputs = assert(hub:app(APP):inputs())
    local seen = {}
    for i, input in ipairs(inputs) do seen[i] = input.key .. " " .. input.type end
    assert.same({ "5.a enum", "6.b boolean", "7.c struct", "8.d string", "9.e string" }, seen)
    assert.same({ "x", "2" }, inputs[1].enum)
    assert.is_nil(inputs[3].default)
  end)
end)

describe("the list of apps", function()
  it("comes page by page, with ids", function()
    local hub <close> = against.client()
    local list = assert(hub:apps { sort = "hottest", days = 7, page = 2, size = 2 })
    assert.same({ 1, 3, 2, false }, { #list, list.total, list.pages, list.more })
    assert.same({ LOCKED, "Behind a password" }, { list[1].id, list[1].title })
    assert.is_true(hub:apps({ size = 2 }).more)
  end)

  it("is not asked for with what the service would refuse", function()
    local hub <close> = against.client()
    for _, wrong in ipairs { { sort = "best" }, { size = 51 }, { page = 0 }, { page = 1.5 },
      { days = "x" } } do
      local _, err = hub:apps(wrong)
      assert.equal("input", err.kind)
    end
    assert.has_error(function() hub:apps { pages = 2 } end)
    assert.is_nil(box:stats().requests.apps)
  end)
end)

describe("quick create", function()
  it("lists styles without sending the key", function()
    local hub <close> = against.client()
    local styles = assert(hub:quick(APP):styles())
    assert.same({ 2, "1", "Ink", "ink wash" }, { #styles, styles[1].id, styles[1].name, styles[1].trigger })
    assert.equal("ink.safetensors", styles[1].raw.modelLoar1FileName)
    local stats = box:stats()
    assert.same({ 1, nil }, { stats.requests.styles, stats.authorized.styles })
  end)

  it("runs with its code and whole items", function()
    local hub <close> = against.client()
    local result = assert(hub:quick(APP, "002"):run { style = "oil" })
    local body, endpoint = sent()
    assert.same({ "/task/openapi/quick-ai-app/run", "002", APP },
      { endpoint, body.quickCreateCode, body.webappId })
    assert.same({ nodeId = "37", nodeName = "SandboxRestyle", fieldName = "style", fieldType = "LIST",
      fieldValue = "oil", description = "风格" }, body.nodeInfoList[3])
    assert.equal("quick/" .. APP, result.model)
  end)

  it("sends a nodeInfoList as it is with check = \"off\"", function()
    local hub <close> = against.client()
    local item = { nodeId = "37", nodeName = "x", fieldName = "seed", fieldType = "INT", fieldValue = "5",
      description = "Seed" }
    assert(hub:quick(APP, "006"):run({ item }, { check = "off" }))
    assert.same({ item }, sent().nodeInfoList)
  end)

  it("and other lists lose odd records only", function()
    local hub <close> = against.client()
    local function odd(route, data)
      local body = assert(json.encode { code = 0, msg = "success", data = data })
      box:fault { route = route, ["do"] = "body", body = body }
    end
    odd("styles", { 5, { id = 7 }, "x" })
    local styles = assert(hub:quick(APP):styles())
    assert.same({ 1, "7" }, { #styles, styles[1].id })
    odd("apps", { records = { 5, { title = "one" } }, current = 1 })
    assert.equal("one", assert(hub:apps())[1].title)
    odd("resources", { records = { 5, { nodeModelName = "m" } } })
    assert.equal("m", assert(hub:resources { type = "lora" }).records[1].name)
    odd("keys", { 5, { apiKeyName = "k" } })
    assert.equal("k", assert(hub:keys())[1].name)
  end)

  it("needs a code to run", function()
    local hub <close> = against.client()
    for _, code in ipairs { false, "", "no code", 2 } do
      local _, err = hub:quick(APP, code or nil):run { style = "oil" }
      assert.equal("input", err.kind)
      assert.matches("code", err.message)
    end
    assert.same(NOTHING, counts())
  end)
end)
