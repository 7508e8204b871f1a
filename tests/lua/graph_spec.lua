-- Graphs by themselves: reading, listing, finding what a name means, what fits where.
local graph = require "rhub.graph"
local json = require "rhub.json"
local page = require "rhub.page"

local TEXT = [[{
  "10": {"class_type":"SaveImage","inputs":{"images":["8",0],"prefix":"out"},"_meta":{"title":"Save v1.5"}},
  "9":  {"class_type":"KSampler","inputs":{"seed":9007199254740993,"cfg":7.5,"steps":20,"on":true,"none":null,
         "size":[512,768],"model":["4",0],"positive":["6",0],"big":18446744073709551615}},
  "6":  {"class_type":"CLIPTextEncode","inputs":{"text":"a cat","clip":["4",1]},"_meta":{"title":"Prompt"}},
  "7":  {"class_type":"CLIPTextEncode","inputs":{"text":"","clip":["4",1]},"_meta":{"title":"Twin"}},
  "8":  {"class_type":"VAEDecode","inputs":{"mode.width":5},"_meta":{"title":"Twin"}},
  "12:3": {"class_type":"Inner","inputs":{}},
  "4":  {"class_type":"Loader","inputs":{}}
}]]

local function nodes() return assert(graph.read(TEXT)) end

local function problem_of(name)
  local id, problem = nodes():find(name)
  assert.is_nil(id)
  return problem
end

describe("a graph", function()
  it("lists its nodes by number, with what can be set and what is linked", function()
    local list = nodes():nodes()
    local ids = {}
    for i, node in ipairs(list) do ids[i] = node.id end
    assert.same({ "4", "6", "7", "8", "9", "10", "12:3" }, ids)
    assert.same({ id = "6", title = "Prompt", class = "CLIPTextEncode", fields = { text = "a cat" },
      links = { clip = { node = "4", output = 1 } } }, list[2])
    assert.same({ "KSampler", "KSampler" }, { list[5].title, list[5].class })
    assert.same({ 512, 768 }, list[5].fields.size)
    assert.is_nil(list[5].fields.model)
  end)

  it("is a copy through and through, and leaves the caller's table alone", function()
    local file = setmetatable({}, { __metatable = "protected" })
    local inputs = { list = { { 1 } }, none = json.array(), file = file }
    local own = { ["1"] = { class_type = "X", inputs = inputs },
      ["2"] = { class_type = "Y" } }
    setmetatable(own, { __metatable = false })
    local read = assert(graph.read(own))
    local copy = read:copy()
    copy["1"].inputs.list[1][1] = 2
    copy["1"]._meta = { title = "changed" }
    assert.same({ 1, 1 }, { read["1"].inputs.list[1][1], own["1"].inputs.list[1][1] })
    assert.is_nil(own["2"].inputs)
    assert.is_nil(own.copy)
    assert.equal("[]", json.encode(copy["1"].inputs.none))
    assert.equal(file, copy["1"].inputs.file)
    local deep = { class_type = "X", inputs = {} }
    local at = deep.inputs
    for _ = 1, 100000 do
      at.a = {}
      at = at.a
    end
    deep.inputs.circle = deep.inputs
    assert.is_nil(json.encode(assert(graph.read { ["1"] = deep }):copy()))
  end)

  it("keeps integers exact, those beyond 64 bits too", function()
    local inputs = nodes()["9"].inputs
    assert.equal(9007199254740993, inputs.seed)
    assert.equal("18446744073709551615", inputs.big)
    assert.truthy(json.encode(nodes()):find('"seed":9007199254740993', 1, true))
  end)

  it("is read from a table and from a body for /prompt as well", function()
    local inner = json.decode(TEXT)
    assert.equal("a cat", graph.read(inner)["6"].inputs.text)
    assert.equal("a cat", graph.read { prompt = inner }["6"].inputs.text)
  end)

  it("can be copied, so that the first stays as it is", function()
    local first = nodes()
    local copy = first:copy()
    copy["6"].inputs.text = "a dog"
    assert.same({ "a cat", "a dog" }, { first["6"].inputs.text, copy["6"].inputs.text })
  end)

  it("is refused with what it is instead", function()
    for text, said in pairs {
      ["{"] = "is no JSON", ["[]"] = "has no nodes", ["{}"] = "has no nodes", ["5"] = "neither a table",
      ['{"nodes":[],"links":[]}'] = "API format", ['{"6":5}'] = "6 is no node",
      ['{"6":{"inputs":{}}}'] = "node 6 has no class_type",
      ['{"6":{"class_type":"A","inputs":5}}'] = "inputs of node 6",
      ['[{"class_type":"A"}]'] = "nodes without an id",
      ['{"ids":{"class_type":"A"}}'] = "a node called ids",
    } do
      local got, problem = graph.read(text)
      assert.is_nil(got, text)
      assert.truthy(problem:find(said, 1, true), text .. ": " .. problem)
    end
  end)
end)

describe("a name in a graph", function()
  it("is a node's id or its title, and a field", function()
    for name, want in pairs {
      ["6.text"] = { "6", "text" }, ["Prompt.text"] = { "6", "text" }, ["KSampler.seed"] = { "9", "seed" },
      ["Save v1.5.prefix"] = { "10", "prefix" }, ["8.mode.width"] = { "8", "mode.width" },
    } do
      assert.same(want, { nodes():find(name) }, name)
    end
  end)

  it("is told with the nodes that have such a field when no node is called so", function()
    local problem = problem_of "66.text"
    assert.equal("no such node", problem.message)
    assert.equal("text is a field of 6 (Prompt), 7 (Twin)", problem.allowed)
    assert.equal("Prompt.text", problem_of("Promt.text").suggestion)
    assert.truthy(problem_of("66.nonsense").allowed:find("4 (Loader)", 1, true))
    assert.truthy(problem_of("text").allowed:find("NODE.FIELD", 1, true))
  end)

  it("is told with the node's fields when it has no such one, and the nearest", function()
    local problem = problem_of "6.txt"
    assert.same({ "node 6 (Prompt) has no field txt", "it has text", "6.text" },
      { problem.message, problem.allowed, problem.suggestion })
    assert.truthy(problem_of("4.text").message:find("none that can be set", 1, true))
  end)

  it("does not set what another node gives", function()
    local problem = problem_of "6.clip"
    assert.equal("comes from node 4 (Loader) and cannot be set", problem.message)
  end)

  it("names the ids where a title stands twice", function()
    local problem = problem_of "Twin.text"
    assert.same({ "2 nodes are called so", "write 7.text or 8.text" }, { problem.message, problem.allowed })
  end)
end)

describe("a value", function()
  it("is taken where it is of the present one's type, or says the same as text", function()
    for _, row in ipairs { { 5, 3, 5 }, { 7.5, 3, 7.5 }, { "42", 3, 42 }, { "1e3", 1.0, 1000.0 },
      { "true", false, true }, { "x", "y", "x" }, { "z", json.null, "z" }, { 7, json.null, 7 },
      { false, true, false } } do
      assert.same({ row[3] }, { graph.fit(row[1], row[2]) })
    end
    assert.same({ 1, 2 }, (graph.fit({ 1, 2 }, { 3, 4 })))
    for _, text in ipairs { "42", "2e1", "20.0", "9223372036854775807" } do
      assert.equal("integer", math.type((graph.fit(text, 3))))
    end
    assert.equal(math.maxinteger, (graph.fit("9223372036854775807", 3)))
    for _, text in ipairs { "9223372036854775808", "18446744073709551615", "-9223372036854775809" } do
      local value, wanted = graph.fit(text, 3)
      assert.is_nil(value)
      assert.matches("up to 9223372036854775807", wanted, 1, true)
    end
    assert.equal(12, (graph.fit(12, "18446744073709551615")))
  end)

  it("is refused with what would be right", function()
    for _, row in ipairs { { 5, "y", "text" }, { "many", 3, "a number" }, { true, 3, "a number" },
      { "5x", 3, "a number" }, { 1, true, "true or false" }, { "yes", true, "true or false" },
      { "x", { 1 }, "a table" } } do
      local value, wanted = graph.fit(row[1], row[2])
      assert.is_nil(value)
      assert.equal(row[3], wanted)
    end
  end)
end)

describe("an id", function()
  it("is itself, or stands in the address of its page", function()
    for text, want in pairs {
      ["1904136902449209346"] = { "1904136902449209346" },
      ["https://www.runninghub.ai/post/1904136902449209346"] = { "1904136902449209346", "ai" },
      ["https://www.runninghub.cn/ai-detail/1877265245566922753?inviteCode=rh-v1111"] =
        { "1877265245566922753", "cn" },
      ["https://www.runninghub.cn/run/ai-app/1877265245566922753#top"] = { "1877265245566922753", "cn" },
      ["www.runninghub.cn/workflow/1850925505116598274/"] = { "1850925505116598274", "cn" },
      ["https://www.runninghub.ai/call-api/api-detail/1877265245566922753?apiType=4"] =
        { "1877265245566922753", "ai" },
      ["https://www.runninghub.ai/editor?workflowId=1850925505116598274&tab=12345678"] =
        { "1850925505116598274", "ai" },
    } do
      local got = assert(page.read(text, "a workflow's id"))
      assert.same(want, { got.id, got.site }, text)
    end
  end)

  it("is asked for where there is none", function()
    for _, text in ipairs { "", "abc", "0", "-5", "12345678901234567890", "https://www.runninghub.ai/",
      "https://www.runninghub.ai/post/abc", "1904136902449209346 " } do
      local got, problem = page.read(text, "a workflow's id")
      assert.is_nil(got, text)
      assert.truthy(problem:find("a workflow's id", 1, true), problem)
    end
  end)
end)
