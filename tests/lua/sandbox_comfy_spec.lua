-- The sandbox's native ComfyUI paths: what they answer, what they refuse, and what a prompt costs.
local accounts = require "rhub.sandbox.accounts"
local json = require "rhub.json"
local sandbox = require "rhub.sandbox"
local stored = require "rhub.sandbox.stored"
local wire = require "support.wire"

local KEY = ("0123456789abcdef"):rep(2)

describe("the sandbox's ComfyUI", function()
  local box

  local function talk(bytes)
    return wire.talk(box.server:port(), bytes, function() box:step() end)
  end

  -- The decoded reply and the HTTP status; the text where it is no JSON.
  local function ask(method, path, value, key, prefix)
    path = ("/%s/%s%s"):format(prefix or "proxy", key or KEY, path)
    local body = value ~= nil and assert(json.encode(value)) or nil
    local headers = body and { ["Content-Type"] = "application/json" } or {}
    local reply = talk(wire.request(method, path, headers, body))
    local text = reply.body or ""
    local decoded = text ~= "" and json.decode(text) or nil
    return decoded or text, reply.status, reply
  end

  local function graph(changes)
    local nodes = stored.graph(stored.workflow("1904136902449209346"))
    for name, value in pairs(changes or {}) do
      local id, field = name:match("^(.-)%.(.+)$")
      nodes[id].inputs[field] = value
    end
    return nodes
  end

  local function prompt(changes, key, prefix)
    return ask("POST", "/prompt", { prompt = graph(changes), client_id = "me" }, key, prefix)
  end

  local function open(options)
    if box then box:close() end
    box = assert(sandbox.new(options))
  end

  local function history(id) return ask("GET", "/history/" .. id)[id] end

  before_each(function() open { speed = 1e6 } end)
  after_each(function()
    box:close()
    box = nil
  end)

  it("runs a graph and shows in its history what came of it", function()
    local reply, status = prompt()
    assert.equal(200, status)
    assert.matches("^%x+%-%x+%-4%x+%-a%x+%-%x+$", reply.prompt_id)
    assert.same({ 0, {} }, { reply.number, reply.node_errors })
    local entry = history(reply.prompt_id)
    assert.same({ "success", true }, { entry.status.status_str, entry.status.completed })
    local file = entry.outputs["9"].images[1]
    assert.same({ filename = "ComfyUI_00001_.png", subfolder = "", type = "output" }, file)
    assert.equal("me", entry.prompt[4].client_id)
    local _, code, view = ask("GET", "/view?filename=" .. file.filename .. "&subfolder=&type=output")
    assert.equal(200, code)
    assert.equal("\x89PNG", view.body:sub(1, 4))
    local all = ask("GET", "/history")
    assert.is_table(all[reply.prompt_id])
    assert.is_nil(next(all, next(all)))
  end)

  it("knows no prompt and no file of anybody else", function()
    local reply = prompt()
    local other = ("f"):rep(32)
    assert.same({}, ask("GET", "/history/" .. reply.prompt_id, nil, other))
    assert.equal(404, select(2, ask("GET", "/view?filename=ComfyUI_00001_.png", nil, other)))
    assert.equal(404, select(2, ask("GET", "/view?filename=ComfyUI_00001_.png", nil, nil, "proxy-plus")))
    assert.equal(403, select(2, ask("GET", "/view?filename=../x.png")))
    assert.equal(400, select(2, ask("GET", "/view")))
  end)

  it("refuses a graph that cannot run, node by node, and charges nothing", function()
    local reply, status = prompt { ["6.text"] = json.null, ["3.steps"] = 0 }
    assert.same({ 400, "prompt_outputs_failed_validation" }, { status, reply.error.type })
    assert.equal("value_smaller_than_min", reply.node_errors["3"].errors[1].type)
    reply, status = prompt { ["5.batch_size"] = 2 }
    assert.same({ 400, "batch_size" }, { status, reply.node_errors["5"].errors[1].details })
    reply, status = ask("POST", "/prompt", { graph = {} })
    assert.same({ 400, "no_prompt" }, { status, reply.error.type })
    reply, status = ask("POST", "/prompt", { prompt = { ["1"] = { class_type = "Nobody", inputs = {} } } })
    assert.same({ 400, "invalid_prompt" }, { status, reply.error.type })
    assert.same({ 0, "0.00" }, { box:counts().comfy.made, box:counts().comfy.charged })
  end)

  it("runs one after another, tells the line, and takes out what has not begun", function()
    open { speed = 0.001 }
    local ids = {}
    for i = 1, 3 do ids[i] = prompt { ["3.seed"] = i }.prompt_id end
    local queue = ask("GET", "/queue")
    assert.same({ ids[1], ids[2], ids[3] },
      { queue.queue_running[1][2], queue.queue_pending[1][2], queue.queue_pending[2][2] })
    assert.equal(3, ask("GET", "/prompt").exec_info.queue_remaining)
    assert.equal(200, select(2, ask("POST", "/queue", { delete = { ids[1], ids[2] } })))
    queue = ask("GET", "/queue")
    assert.same({ ids[1], 1, ids[3] },
      { queue.queue_running[1][2], #queue.queue_pending, queue.queue_pending[1][2] })
    assert.equal("", (ask("POST", "/interrupt", {})))
    assert.equal("execution_interrupted", history(ids[1]).status.messages[2][1])
    assert.is_nil(history(ids[2]))
    assert.equal(ids[3], ask("GET", "/queue").queue_running[1][2])
  end)

  it("charges by the second, twice as much for the large machine, and nothing without a balance", function()
    local keys = {}
    for i, spec in ipairs { "small:NORMAL:1", "big:SHARED:1", "free:FREE" } do
      keys[i] = assert(accounts.parse(spec))
    end
    open { speed = 1e6, keys = keys }
    box:fault { ["do"] = "prompt", seconds = 2.5e-6 }
    assert.is_string(prompt(nil, "small").prompt_id)
    ask("GET", "/queue", nil, "small")
    assert.same({ 3, 1, "0.00" },
      { box:counts().comfy.seconds, box:counts().comfy.coins, box:counts().comfy.charged })
    assert.equal(414, prompt(nil, "small").code)
    box:fault { ["do"] = "prompt", seconds = 4.5e-6 }
    assert.is_string(prompt(nil, "big", "proxy-plus").prompt_id)
    ask("GET", "/queue", nil, "big", "proxy-plus")
    assert.equal("0.02", box:counts().comfy.charged)
    assert.same({ 801, 802 }, { prompt(nil, "free").code, prompt(nil, "nobody").code })
  end)

  it("tells which node has failed", function()
    box:fault { ["do"] = "prompt", ["end"] = "error", node = "3", message = "out of memory" }
    local entry = history(prompt().prompt_id)
    assert.same({ "error", false }, { entry.status.status_str, entry.status.completed })
    local told = entry.status.messages[2]
    assert.same({ "execution_error", "3", "KSampler", "out of memory" },
      { told[1], told[2].node_id, told[2].node_type, told[2].exception_message })
  end)

  it("keeps an uploaded picture under its name, or another where that is taken", function()
    local function upload(name, bytes)
      local body, kind = wire.multipart(name, bytes, "image")
      return json.decode(talk(wire.request("POST", "/proxy/" .. KEY .. "/upload/image",
        { ["Content-Type"] = kind }, body)).body)
    end
    assert.same({ name = "a.png", subfolder = "", type = "input" }, upload("a.png", "x"))
    assert.equal("a.png", upload("a.png", "x").name)
    assert.equal("a (1).png", upload("a.png", "y").name)
    local function look(name)
      return { prompt = {
        ["1"] = { class_type = "LoadImage", inputs = { image = name } },
        ["2"] = { class_type = "SaveImage", inputs = { images = { "1", 0 }, filename_prefix = "copy" } },
      } }
    end
    assert.is_string(ask("POST", "/prompt", look "a (1).png").prompt_id)
    assert.equal("custom_validation_failed",
      ask("POST", "/prompt", look "b.png").node_errors["1"].errors[1].type)
  end)

  it("tells its nodes to anybody, one or all, and in 30 MB where it is told to", function()
    local all = ask("GET", "/object_info", nil, "nobody")
    assert.equal("INT", all.KSampler.input.required.steps[1])
    assert.same({ "MODEL", "CLIP", "VAE" }, all.CheckpointLoaderSimple.output)
    local one = ask("GET", "/object_info/KSampler")
    assert.equal("KSampler", one.KSampler.name)
    assert.is_nil(one.LoadImage)
    assert.same({}, ask("GET", "/object_info/Nobody"))
    box:fault { route = "comfy_object_info", ["do"] = "fat", bytes = 100000 }
    local _, status, reply = ask("GET", "/object_info")
    assert.equal(200, status)
    assert.is_true(#reply.body > 100000)
    assert.is_table(json.decode(reply.body))
  end)

  it("says what machine it is, and has no other routes", function()
    local small, big = ask("GET", "/system_stats"), ask("GET", "/system_stats", nil, nil, "proxy-plus")
    assert.equal(2, big.devices[1].vram_total / small.devices[1].vram_total)
    assert.equal(404, select(2, ask("GET", "/manager/reboot")))
    assert.equal(405, select(2, ask("GET", "/interrupt")))
  end)
end)
