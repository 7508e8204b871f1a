-- rhub workflow, app, apps and quick, as a person or a program uses them, against a sandbox of their own.
local json = require "rhub.json"
local program = require "support.program"
local sandboxes = require "support.sandbox"

local DRAW, MOVE, LOCKED = "1904136902449209346", "1910246754753896450", "1911000000000000001"
local APP, TWINS, LOCKED_APP = "1877265245566922753", "1880000000000000001", "1880000000000000002"

local box, run

setup(function()
  box = sandboxes.start { "--speed", "100" }
  run = program.new(box)
  os.execute("cp examples/portrait.png " .. program.quote(run.folder))
end)
teardown(function()
  run:remove()
  box:stop()
end)
before_each(function() box:reset() end)

local function decoded(got)
  assert.equal(1, select(2, got.out:gsub("\n", "")), "one line: " .. got.out)
  return assert(json.decode(got.out))
end

local function contains(text, part)
  assert(text:find(part, 1, true), ("%q is not in %q"):format(part, text))
end

-- The body of the only submit.
local function sent()
  local stats = box:stats()
  assert.equal(1, stats.submits.received)
  return json.decode((next(stats.submits.bodies):match("^%S+ (.*)$")))
end

local function nothing_sent()
  assert.equal(0, box:stats().submits.received)
end

describe("rhub workflow", function()
  it("shows nodes and fields, and how it is run", function()
    local got = run("workflow", "https://www.runninghub.ai/post/" .. DRAW)
    assert.equal(0, got.code, got.err)
    contains(got.out, "\n6  Positive prompt  (CLIPTextEncode)\n  6.text  a lighthouse at sea\n")
    contains(got.out, ('\nrhub workflow %s 6.text="..." -o out/\n'):format(DRAW))
    assert.is_nil(got.out:find("VAE Decode", 1, true), "has nothing to set")
    contains(run("workflow", DRAW, "--nodes").out, "8  VAE Decode  (VAEDecode)\n  samples  from node 3\n")
    nothing_sent()
  end)

  it("proposes no command that does something else in a shell", function()
    local odd = { class_type = "X", inputs = { ["a;touch pwned;b"] = 1, ["c\27]0;d\7"] = 2 } }
    local worse = { class_type = "X", inputs = { a = 1 } }
    for _, case in ipairs { { { ["1"] = odd }, "--run" }, { { ["$(x)"] = worse,
        ["7"] = { class_type = "X", inputs = { ["e f"] = 1, g = 2 } } }, "7.g=..." } } do
      local prompt = json.encode(case[1])
      box:fault { route = "graph", ["do"] = "body",
        body = json.encode { code = 0, msg = "success", data = { prompt = prompt } } }
      local got = run("workflow", DRAW)
      assert.equal(0, got.code, got.err)
      contains(got.out, ("\nrhub workflow %s %s -o out/\n"):format(DRAW, case[2]))
      contains(got.out, case[2] == "--run" and "   1 node\n" or "   2 nodes\n")
      assert.is_nil(got.out:find "[\27\7]")
    end
  end)

  it("says in a command's words how it is run without a look", function()
    box:fault { route = "graph", ["do"] = "body", body = '{"code":0,"msg":"success","data":5}' }
    contains(run("workflow", DRAW, "6.text=x").err, "; check=off runs it without a look")
    nothing_sent()
  end)

  it("tells the same to programs", function()
    local answer = decoded(run("workflow", DRAW, "--json"))
    assert.same({ DRAW, 7, "6" }, { answer.workflow, #answer.nodes, answer.nodes[4].id })
    assert.same({ text = "a lighthouse at sea" }, answer.nodes[4].fields)
    assert.same({ node = "4", output = 1 }, answer.nodes[4].links.clip)
  end)

  it("prints the graph, which runs when it is given back", function()
    local got = run("workflow", DRAW, "--json-graph")
    local graph = decoded(got)
    assert.equal(1125899906842597, graph["3"].inputs.seed)
    graph["6"].inputs.text = "a cat"
    run:put("graph.json", json.encode(graph))
    got = run("workflow", DRAW, "workflow=graph.json", "3.seed=5", "-q")
    assert.equal(0, got.code, got.err)
    local nodes = json.decode(sent().workflow)
    assert.same({ "a cat", 5 }, { nodes["6"].inputs.text, nodes["3"].inputs.seed })
  end)

  it("runs with values and saves as rhub run does", function()
    local got = run("workflow", DRAW, "Positive prompt.text=a cat", "3.seed=42", "instanceType=plus",
      "addMetadata=false", "retainSeconds=60", "-o", "out/")
    assert.equal(0, got.code, got.err)
    local id = box:stats().tasks.ids[1]
    assert.equal("out/" .. id .. "-1.png\n", got.out)
    contains(got.err, ("task %s  (take it up again: rhub task %s --wait -o out/)\n"):format(id, id))
    contains(got.err, "saved  out/" .. id .. "-1.png  (")
    local body = sent()
    assert.same({ "plus", false, 60 }, { body.instanceType, body.addMetadata, body.retainSeconds })
    assert.equal(42, body.nodeInfoList[1].fieldValue)
  end)

  it("runs as it is stored with --run, and in the v2 form", function()
    local answer = decoded(run("workflow", DRAW, "--run", "--json"))
    assert.same({ "workflow/" .. DRAW, "done", "9" },
      { answer.model, answer.status, answer.outputs[1].node_id })
    assert.is_nil(sent().nodeInfoList)
    box:reset()
    assert.equal(0, run("workflow", DRAW, "form=v2", "-q").code)
    assert.same({}, sent().nodeInfoList)
  end)

  it("tells all that is wrong below each other, sends nothing and makes no folder", function()
    local got = run("workflow", DRAW, "6.txt=a", "3.steps=many", "instanceType=mega", "-o", "never/")
    assert.equal(2, got.code)
    contains(got.err, ("workflow/%s: 3 problems, nothing was sent\n"):format(DRAW))
    contains(got.err, "did you mean 6.text?")
    assert.is_nil(io.open(run.folder .. "/never"))
    nothing_sent()
  end)

  it("ends as every command does when the service refuses, or nobody knows", function()
    local got = run("workflow", "5")
    assert.equal(1, got.code)
    contains(got.err, "there is no such workflow")
    assert.equal(2, run("workflow", "abc").code)
    assert.equal(2, run("workflow").code)
    got = run("workflow", DRAW, "instanceTyp=plus", "6.text=x")
    assert.equal(2, got.code)
    contains(got.err, "did you mean instanceType?")
    got = run("workflow", LOCKED, "6.text=x", "check=off", "accessPassword=wrong", "--json")
    assert.equal("1", decoded(got).error.code)
    box:reset()
    box:fault { route = "submit", ["do"] = "reset_after" }
    got = run("workflow", DRAW, "--run")
    assert.equal(5, got.code)
    assert.equal(1, box:stats().submits.received)
  end)

  it("needs a price under a budget", function()
    local got = run("workflow", DRAW, "--run", "--budget", "1", "--site", "cn")
    assert.equal(1, got.code)
    contains(got.err, "price")
    nothing_sent()
    assert.equal(0, run("workflow", DRAW, "price=0.5", "--budget", "1", "--site", "cn", "-q").code)
  end)
end)

describe("rhub app", function()
  it("shows inputs with types, choices, defaults", function()
    local got = run("app", APP)
    assert.equal(0, got.code, got.err)
    contains(got.out, "Restyle a picture")
    assert.matches("style +one of +Style +%[ink%]  oil  pencil\n", got.out)
    assert.matches("select +one of +Light +%[1%] studio  2 street\n", got.out)
    assert.matches("strength +number +Strength +0 to 1  %[0.7%]\n", got.out)
    contains(got.out, ("rhub app %s image=FILE -o out/"):format(APP))
    contains(run("app", TWINS).out, "  6.text  ")
    contains(run("app", LOCKED_APP).out, "needs accessPassword")
    nothing_sent()
  end)

  it("tells the same to programs", function()
    local answer = decoded(run("app", APP, "style=oil", "--inputs", "--json"))
    assert.same({ APP, "Restyle a picture", 8 }, { answer.app, answer.title, #answer.inputs })
    assert.same({ "37.style", "enum", { "ink", "oil", "pencil" }, "ink" }, { answer.inputs[3].key,
      answer.inputs[3].type, answer.inputs[3].enum, answer.inputs[3].default })
    nothing_sent()
  end)

  it("runs with values by name or description, and saves", function()
    local got = run("app", APP, "Style=oil", "37.seed=5", "form=v2", "-o", "styled.png")
    assert.equal(0, got.code, got.err)
    assert.equal("styled.png\n", got.out)
    assert.equal("\137PNG", run:read("styled.png"):sub(1, 4))
    assert.equal("oil", sent().nodeInfoList[3].fieldValue)
  end)

  it("sends nothing that is wrong", function()
    local got = run("app", APP, "style=crayon", "sed=5")
    assert.equal(2, got.code)
    contains(got.err, "ink, oil, pencil")
    contains(got.err, "did you mean seed?")
    nothing_sent()
  end)
end)

describe("rhub apps", function()
  it("lists apps, and says how the list goes on", function()
    local got = run("apps", "--size", "2", "--sort", "newest")
    assert.equal(0, got.code, got.err)
    assert.equal(APP .. "  Restyle a picture\n" .. TWINS .. "  Two prompts\nmore: --page 2\n", got.out)
    local answer = decoded(run("apps", "--size", "2", "--page", "2", "--json"))
    assert.same({ LOCKED_APP, false, 3 }, { answer.apps[1].id, answer.more, answer.total })
    got = run("apps", "--page", "99")
    assert.same({ 0, "", "page 99 holds no apps\n" }, { got.code, got.out, got.err })
  end)

  it("refuses what is no order", function()
    local got = run("apps", "--sort", "best")
    assert.equal(2, got.code)
    contains(got.err, "recommend, hottest, newest")
  end)
end)

describe("rhub quick", function()
  it("asks for the code as it stands in a command", function()
    local got = run("quick", APP, "prompt=x")
    assert.equal(2, got.code)
    contains(got.err, ("a code is missing: rhub quick %s CODE NAME=VALUE"):format(APP))
    nothing_sent()
  end)

  it("shows styles and inputs", function()
    local got = run("quick", APP)
    assert.equal(0, got.code, got.err)
    contains(got.out, "ink wash")
    contains(got.out, "[ink]  oil  pencil")
    assert.equal("Neon", decoded(run("quick", APP, "--json")).styles[2].name)
  end)

  it("runs with a code", function()
    local got = run("quick", APP, "002", "style=oil", "-q")
    assert.equal(0, got.code, got.err)
    assert.equal("002", sent().quickCreateCode)
    got = run("quick", APP, "style=oil")
    assert.equal(2, got.code)
    contains(got.err, "a code is missing")
  end)
end)

describe("their files", function()
  it("are uploaded for nodes, and told of", function()
    local got = run("workflow", MOVE, "10.image=portrait.png", "6.text=waves", "-o", "clip/")
    assert.equal(0, got.code, got.err)
    contains(got.err, "portrait.png -> uploaded 62 KB\n")
    assert.truthy(sent().nodeInfoList[1].fieldValue:find("^api/%x+%.png$"))
  end)
end)
