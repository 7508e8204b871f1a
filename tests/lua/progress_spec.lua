-- What is made of ComfyUI's messages, whatever they hold.
local graph = require "rhub.graph"
local json = require "rhub.json"
local nodes = require "rhub.progress.nodes"

-- 1 and 2 make 3, 3 makes 4.
local function diamond()
  return assert(graph.read {
    ["1"] = { class_type = "Load", _meta = { title = "First" } }, ["2"] = { class_type = "Load" },
    ["3"] = { class_type = "KSampler", inputs = { a = { "1", 0 }, b = { "2", 0 }, steps = 20 } },
    ["4"] = { class_type = "Save", inputs = { images = { "3", 0 } } },
  })
end

local function message(kind, data) return { type = kind, data = data } end

describe("progress", function()
  local function told(seen, ...)
    local new
    for _, one in ipairs { ... } do new = seen:take(one) end
    return new and seen:picture() or nil
  end

  it("knows the node at work, its title and its step", function()
    local seen = nodes.new(diamond())
    assert.is_nil(told(seen, message("execution_start", {})))
    assert.same({ node = "1", title = "First", done_nodes = 0, total = 4, fraction = 0 },
      told(seen, message("executing", { node = "1" })))
    assert.same({ node = "3", title = "KSampler", step = 5, steps = 20, done_nodes = 2, total = 4,
      fraction = (2 + 5 / 20) / 4 }, told(seen, message("progress", { node = "3", value = 5, max = 20 })))
  end)

  it("takes what a node is made of for done, also where nobody has heard of it", function()
    local seen = nodes.new(diamond())
    assert.same({ node = "4", title = "Save", done_nodes = 3, total = 4, fraction = 3 / 4 },
      told(seen, message("executing", { node = "4" })))
    assert.same({ 4, 1 }, (function(p) return { p.done_nodes, p.fraction } end)(
      told(seen, message("executed", { node = "4" }))))
  end)

  it("follows a chain of any length, and stops to count at some point", function()
    local chain = { ["0"] = { class_type = "Load" } }
    for i = 1, 110000 do
      chain[tostring(i)] = { class_type = "Next", inputs = { a = { tostring(i - 1), 0 } } }
    end
    local p = told(nodes.new(assert(graph.read(chain))), message("executing", { node = "110000" }))
    assert.same({ "110000", 10000, 110001 }, { p.node, p.done_nodes, p.total })
  end)

  it("counts nodes whose results were kept, and forgets all when the graph starts anew", function()
    local seen = nodes.new(diamond())
    local p = told(seen, message("execution_cached", { nodes = { "1", "2", "1", "not there" } }),
      message("executing", { node = "3" }))
    assert.equal(2, p.done_nodes)
    assert.is_nil(told(seen, message("execution_start", {})))
    assert.equal(0, told(seen, message("executing", { node = "1" })).done_nodes)
  end)

  it("knows less without the graph, and goes on where messages do not name the node", function()
    local seen = nodes.new()
    told(seen, message("executing", { node = "7" }))
    assert.same({ node = "7", step = 2, steps = 4, done_nodes = 0 },
      told(seen, message("progress", { value = 2, max = 4 })))
    assert.same({ node = "8", done_nodes = 1 }, told(seen, message("executing", { node = 8 })))
  end)

  it("knows the end by either of its messages", function()
    for _, last in ipairs { message("executing", { node = json.null }), message("execution_success", {}) } do
      local seen = nodes.new(diamond())
      told(seen, message("executing", { node = "4" }), last)
      assert.is_true(seen.finished)
    end
  end)

  it("makes nothing of what is no message", function()
    local seen = nodes.new(diamond())
    local deep = {}
    for _, odd in ipairs { 5, "x", true, {}, { type = 5 }, { type = { "progress" } }, message("status", {}),
      message("progress", { node = "3", value = "5", max = 20 }), message("progress", { node = "3" }),
      message("progress", { node = "3", value = 1, max = 0 }),
      message("progress", { node = "3", value = -1, max = 5 }),
      message("progress", { node = "3", value = 0 / 0, max = 5 }),
      message("progress", { node = "3", value = 1, max = math.huge }),
      message("executing", { node = {} }), message("executing", { node = ("x"):rep(1000) }),
      message("executing", { node = "" }), message("executing", { node = 1.5 }),
      message("executing"), message("execution_cached", { nodes = "all" }),
      message("execution_cached", { nodes = { {}, 5.5, deep } }), message("executed", { node = deep }),
      message("__index", {}), message("progress", json.null) } do
      assert.is_nil(told(seen, odd))
    end
    assert.is_nil(told(seen, nil))
    assert.equal(0, told(seen, message("executing", { node = "1" })).done_nodes)
  end)

  it("never tells more steps than there are, nor more nodes", function()
    local seen = nodes.new(diamond())
    assert.equal(5, told(seen, message("progress", { node = "3", value = 9, max = 5 })).step)
    for i = 1, 50 do seen:take(message("executed", { node = "x" .. i })) end
    assert.is_true(seen:picture().done_nodes <= 4)
    local strange = nodes.new()
    for i = 1, 20000 do strange:take(message("executing", { node = "n" .. i })) end
    assert.equal(10000, strange:picture().done_nodes)
  end)

  it("stands a graph that is a ring", function()
    local ring = assert(graph.read { ["1"] = { class_type = "A", inputs = { a = { "2", 0 } } },
      ["2"] = { class_type = "A", inputs = { a = { "1", 0 }, b = { "9", 0 } } } })
    local seen = nodes.new(ring)
    assert.equal(1, told(seen, message("executing", { node = "1" })).done_nodes)
  end)
end)
