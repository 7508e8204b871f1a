-- The native ComfyUI behind the proxy paths: what is sent once and what is asked again, what comes of a
-- prompt, and that the key, which is part of every path, stands nowhere that anybody reads.
local against = require "support.against"
local json = require "rhub.json"
local programs = require "support.program"
local rhub = require "rhub"
local stored = require "rhub.sandbox.stored"

local box
before_each(function() box = against.sandbox() end)
teardown(against.stop)

local function graph(changes)
  local nodes = stored.graph(stored.workflow("1904136902449209346"))
  for name, value in pairs(changes or {}) do
    local id, field = name:match("^(.-)%.(.+)$")
    nodes[id].inputs[field] = value
  end
  return nodes
end

local function lives(more)
  local fault = { ["do"] = "prompt" }
  for name, value in pairs(more) do fault[name] = value end
  box:fault(fault)
end

local function counts()
  local stats = box:stats()
  return { stats.requests.comfy_prompt, stats.comfy.made }
end

describe("hub:comfy", function()
  it("runs a graph, waits for it, and saves what it has made", function()
    local hub <close> = against.client()
    local comfy = hub:comfy()
    local sent = assert(comfy:prompt(graph()))
    assert.matches("^%x+%-", sent.id)
    assert.same({ 0, 32 }, { sent.number, #sent.client_id })
    local entry = assert(comfy:wait(sent))
    assert.equal(sent.client_id, entry.prompt[4].client_id)
    local made = comfy:outputs(entry)
    assert.same({ sent.id, 1, "9", "images", "png" }, { made.task_id, #made.outputs, made.outputs[1].node_id,
      made.outputs[1].kind, made.outputs[1].type })
    local run = programs.new()
    local paths = assert(made:save(run.folder .. "/out/"))
    assert.equal(run.folder .. "/out/" .. sent.id .. "-1.png", paths[1])
    assert.equal("\x89PNG", run:read("out/" .. sent.id .. "-1.png"):sub(1, 4))
    local file = made.outputs[1]
    local path = assert(comfy:view({ filename = file.filename, type = file.folder }, run.folder))
    assert.equal(run.folder .. "/ComfyUI_00001_.png", path)
    assert.equal("gone", (comfy:history "not-there") or "gone")
    run:remove()
    assert.same({ 1, 1 }, counts())
    local authorized = box:stats().authorized
    for route in pairs(box:stats().requests) do assert.same({ route, nil }, { route, authorized[route] }) end
  end)

  it("keeps no refusal as a picture", function()
    local hub <close> = against.client()
    local comfy, run = hub:comfy(), programs.new()
    local made = comfy:outputs(assert(comfy:wait(assert(comfy:prompt(graph())))))
    box:fault { route = "comfy_view", ["do"] = "code", code = "802" }
    local paths, err = made:save(run.folder .. "/a.png")
    assert.same({ nil, "auth", "802", "yes" }, { paths, err.kind, err.code, err.spent })
    assert.is_nil(io.open(run.folder .. "/a.png"))
    assert(made:save(run.folder .. "/a.png"))
    run:remove()
  end)

  it("takes a graph as a table, as JSON and as a file, and nothing else", function()
    local hub <close> = against.client()
    local comfy, run = hub:comfy(), programs.new()
    local path = run:put("graph.json", json.encode(graph()))
    assert(comfy:prompt(json.encode(graph())))
    assert(comfy:prompt(path))
    for _, wrong in ipairs { "no/such.json", "{", {}, '{"nodes":[],"links":[]}', run:put("x.json", "[1]") } do
      local sent, err = comfy:prompt(wrong)
      assert.same({ nil, "input", "no" }, { sent, err.kind, err.spent })
    end
    run:remove()
    assert.same({ 2, 2 }, counts())
  end)

  it("talks to the large machine where that is asked for, whose files the small one has not", function()
    local hub <close> = against.client()
    local big = hub:comfy { plus = true }
    assert.equal("rhub.comfy plus", tostring(big))
    local entry = assert(big:wait(assert(big:prompt(graph()))))
    assert.is_table(entry.outputs["9"])
    assert.is_nil(hub:comfy():history(entry.prompt[2]))
    assert.equal(48 << 30, assert(big:system_stats()).devices[1].vram_total)
    assert.has_error(function() hub:comfy { pluss = true } end)
  end)

  it("uploads pictures, by itself too where an input is marked as a file", function()
    local hub <close> = against.client()
    local comfy = hub:comfy()
    assert.same({ name = "portrait.png", subfolder = "", type = "input" },
      comfy:upload "examples/portrait.png")
    local nodes = {
      ["1"] = { class_type = "LoadImage", inputs = { image = rhub.file "examples/portrait.png" } },
      ["2"] = { class_type = "SaveImage", inputs = { images = { "1", 0 }, filename_prefix = "copy" } },
    }
    local entry = assert(comfy:wait(assert(comfy:prompt(nodes))))
    assert.equal("copy_00001_.png", comfy:outputs(entry).outputs[1].filename)
    assert.equal("portrait.png", entry.prompt[3]["1"].inputs.image)
    assert.is_truthy(nodes["1"].inputs.image.path) -- the caller's own graph is as it was
    assert.equal(2, box:stats().comfy.uploads)
    nodes["1"].inputs.image = rhub.file "no/such.png"
    assert.equal("input", select(2, comfy:prompt(nodes)).kind)
    assert.same({ 1, 1 }, counts())
  end)

  it("says what is wrong with a graph, node by node", function()
    local hub <close> = against.client()
    local sent, err = hub:comfy():prompt(graph { ["3.steps"] = 0, ["6.text"] = json.null })
    assert.is_nil(sent)
    assert.same({ "rejected", "no" }, { err.kind, err.spent })
    assert.matches("comfy: Prompt outputs failed validation: node 3 (KSampler): Value 0 smaller than min",
      err.message, 1, true)
    assert.equal("KSampler", err.node_errors["3"].class_type)
    assert.same({ 1, 0 }, counts())
  end)

  it("warns once of branches that will not run", function()
    local hub <close> = against.client()
    local lines = {}
    function hub:log(level, text) lines[#lines + 1] = level .. " " .. text end -- luacheck: ignore self
    local nodes = graph()
    nodes["10"] = { class_type = "SaveImage", inputs = { filename_prefix = "x" } }
    local sent = assert(hub:comfy():prompt(nodes))
    assert.is_table(sent.node_errors["10"])
    assert.equal(1, #lines)
    assert.matches("warn comfy: prompt " .. sent.id .. " runs without some branches: node 10 (SaveImage): ",
      lines[1], 1, true)
  end)

  it("loses no accepted prompt to what its node_errors hold", function()
    local hub <close> = against.client()
    local lines = {}
    function hub:log(_, text) lines[#lines + 1] = text end -- luacheck: ignore self
    for i, odd in ipairs { { ["3"] = { errors = { 1 } } }, { ids = { errors = { { message = {} } } } },
      { ["3"] = 1 }, { 1, "x" }, { ["3"] = { class_type = {}, errors = { "said", { details = {} } } } } } do
      box:fault { route = "comfy_prompt", ["do"] = "edit", set = { node_errors = odd } }
      local sent = assert(hub:comfy():prompt(graph()))
      assert.matches("prompt " .. sent.id .. " runs without some branches", lines[i], 1, true)
    end
    box:fault { route = "comfy_prompt", ["do"] = "edit", set = { node_errors = { a = 1 } } }
    function hub:log() error "nobody listens" end -- luacheck: ignore self
    assert.is_string(assert(hub:comfy():prompt(graph())).id)
    assert.same({ 6, 6 }, counts())
  end)

  it("sends a prompt once: what may have arrived is unknown, and can be found by its client_id", function()
    local hub <close> = against.client()
    local comfy = hub:comfy()
    local unknown = { { ["do"] = "reset" }, { ["do"] = "reset_after" }, { ["do"] = "fin" },
      { ["do"] = "status", status = 502 }, { ["do"] = "html" }, { ["do"] = "empty" }, { ["do"] = "truncate" },
      { ["do"] = "hang" }, { ["do"] = "code", code = "1000" }, { ["do"] = "code", code = "0" },
      { ["do"] = "body", body = "{}" }, { ["do"] = "body", body = "[]" }, { ["do"] = "body", body = '"x"' } }
    for i, fault in ipairs(unknown) do
      fault.route = "comfy_prompt"
      box:fault(fault)
      local sent, err = comfy:prompt(graph { ["3.seed"] = i }, { client_id = "mine" .. i })
      assert.same({ fault["do"], nil, "unknown_outcome", "maybe", false },
        { fault["do"], sent, err.kind, err.spent, err.retryable })
      assert.matches("client_id mine" .. i, err.message, 1, true)
      assert.equal("mine" .. i, err.client_id)
      assert.equal(i, box:stats().requests.comfy_prompt)
    end
    box:control("POST", "finish")
    local found
    for _, entry in pairs(assert(comfy:history())) do
      if entry.prompt[4].client_id == "mine2" then found = entry end
    end
    assert.is_table(found.outputs["9"])
    assert.equal(2, box:stats().comfy.made) -- reset_after and truncate were carried out
  end)

  it("is refused for good by what the service says", function()
    local hub <close> = against.client()
    local comfy = hub:comfy()
    local rows = {
      { { ["do"] = "code", code = "802" }, "auth", "no" },
      { { ["do"] = "code", code = "416" }, "funds", "no" },
      { { ["do"] = "code", code = "812", shape = "B" }, "funds", "no" },
      { { ["do"] = "code", code = "1003" }, "busy", "no" },
      { { ["do"] = "code", code = "4711" }, "rejected", "maybe" },
      { { ["do"] = "status", status = 401 }, "auth", "no" },
      { { ["do"] = "status", status = 404, json = { error = "Not Found" } }, "rejected", "no" },
      { { ["do"] = "redirect" }, "protocol", "no" },
    }
    for i, row in ipairs(rows) do
      row[1].route = "comfy_prompt"
      box:fault(row[1])
      local sent, err = comfy:prompt(graph())
      assert.same({ i, nil, row[2], row[3] }, { i, sent, err.kind, err.spent })
      assert.same({ i, 0 }, counts())
    end
  end)

  it("sends nothing under a budget, but where the price may be unknown, and nothing after a stop", function()
    local hub <close> = against.client { budget = "1", site = "cn" }
    local sent, err = hub:comfy():prompt(graph())
    assert.same({ nil, "budget", "no" }, { sent, err.kind, err.spent })
    assert.same({ nil, 0 }, { box:stats().requests.comfy_prompt, box:stats().comfy.made })
    local other <close> = against.client { budget = "1", site = "cn", allow_unknown_price = true }
    assert(other:comfy():prompt(graph()))
    other:shutdown()
    assert.equal("cancelled", select(2, other:comfy():prompt(graph())).kind)
    assert.same({ 1, 1 }, counts())
  end)

  it("lets a prompt on the wire finish, whoever stops waiting for it", function()
    local hub <close> = against.client { submit_timeout = 30, request_timeout = 30 }
    local comfy = hub:comfy()
    box:fault { route = "comfy_prompt", ["do"] = "delay", seconds = 0.3 }
    local said = {}
    function hub:log(level, text) said[#said + 1] = level .. " " .. text end -- luacheck: ignore self
    local fiber = rhub.go(function() return comfy:prompt(graph(), { client_id = "left" }) end)
    while box:stats().comfy.made == 0 do rhub.sleep(0.01) end
    fiber:cancel()
    assert.equal("cancelled", select(2, fiber:wait()).kind)
    while hub.pending > 0 do rhub.sleep(0.01) end
    local _, entry = next(assert(comfy:history()))
    assert.equal("left", entry.prompt[4].client_id)
    assert.same({ ("warn comfy: prompt %s was accepted after it was let go"):format(entry.prompt[2]) }, said)
    assert.same({ 1, 1 }, counts())
  end)
end)

describe("waiting for a prompt", function()
  it("tells the node that failed, and the interrupted from the failed", function()
    local hub <close> = against.client()
    local comfy = hub:comfy()
    lives { ["end"] = "error", node = "3", message = "out of\nmemory" }
    local entry, err = comfy:wait(assert(comfy:prompt(graph())))
    assert.same({ nil, "failed", "yes" }, { entry, err.kind, err.spent })
    assert.matches("failed: KSampler (node 3): RuntimeError: out of memory", err.message, 1, true)
    lives { seconds = 1000 }
    local sent = assert(comfy:prompt(graph()))
    assert.is_true(comfy:interrupt())
    entry, err = comfy:wait(sent)
    assert.same({ nil, "cancelled", sent.id }, { entry, err.kind, err.task_id })
    assert.equal(1, box:stats().requests.comfy_interrupt)
  end)

  it("ends in time, and can go on", function()
    local hub <close> = against.client()
    local comfy = hub:comfy()
    lives { seconds = 1000 }
    local sent = assert(comfy:prompt(graph()))
    local entry, err = comfy:wait(sent.id, 0.05)
    assert.same({ nil, "timeout", true, sent.id }, { entry, err.kind, err.retryable, err.task_id })
    local queue = assert(comfy:queue())
    assert.same({ sent.id, sent.client_id, 0 },
      { queue.running[1].id, queue.running[1].client_id, #queue.pending })
    box:control("POST", "finish")
    assert.is_table(comfy:wait(sent).outputs)
  end)

  it("outlasts looks that fail, and ends where the machine knows the prompt no more", function()
    local hub <close> = against.client { poll = { first = 0.01, min = 0.01, max = 0.02 } }
    local comfy = hub:comfy()
    lives { seconds = 0.2 }
    local sent = assert(comfy:prompt(graph()))
    box:fault { { route = "comfy_history", ["do"] = "status", status = 500 },
      { route = "comfy_history", ["do"] = "code", code = "1003" } }
    assert.is_table(comfy:wait(sent))
    local entry, err = comfy:wait("no-such-prompt")
    assert.same({ nil, "gone", "maybe" }, { entry, err.kind, err.spent })
    box:fault { route = "comfy_history", ["do"] = "code", code = "802" }
    assert.equal("auth", select(2, comfy:wait("x")).kind)
    assert.equal("input", select(2, comfy:wait("a/../b")).kind)
  end)
end)

describe("a reply that cannot be read", function()
  it("tells a waiting one nothing, and is an error elsewhere", function()
    local hub <close> = against.client { poll = { first = 0.01, min = 0.01, max = 0.01 } }
    local comfy = hub:comfy()
    lives { seconds = 1000 }
    local sent = assert(comfy:prompt(graph()))
    local faults = {}
    for _, body in ipairs { "null", '"x"', '{"queue_running":[1],"queue_pending":[]}', "{}" } do
      faults[#faults + 1] = { route = "comfy_queue", ["do"] = "body", body = body }
    end
    for _, body in ipairs { "null", '"x"', "5", ('{"%s":1}'):format(sent.id) } do
      faults[#faults + 1] = { route = "comfy_history", ["do"] = "body", body = body }
    end
    box:fault(faults)
    local waiting = rhub.go(function() return comfy:wait(sent) end)
    while (box:stats().requests.comfy_queue or 0) < 5 do rhub.sleep(0.01) end
    box:control("POST", "finish")
    assert.is_table(assert(waiting:wait()).outputs)
    for route, ask in pairs { queue = comfy.queue, history = comfy.history, object_info = comfy.object_info,
      system_stats = comfy.system_stats } do
      box:fault { route = "comfy_" .. route, ["do"] = "body", body = "null" }
      local value, err = ask(comfy)
      assert.same({ route, nil, "protocol", "no" }, { route, value, err.kind, err.spent })
    end
  end)
end)

describe("object_info", function()
  it("is 30 MB that are asked for once, and one class without the others", function()
    local hub <close> = against.client { request_timeout = 60 }
    local comfy = hub:comfy()
    assert.equal("INT", assert(comfy:object_info "KSampler").input.required.steps[1])
    box:fault { route = "comfy_object_info", ["do"] = "fat" }
    local all = assert(comfy:object_info())
    assert.equal("KSampler", all.KSampler.name)
    assert.equal(all, comfy:object_info())
    assert.equal(all.LoadImage, comfy:object_info "LoadImage")
    assert.equal(2, box:stats().requests.comfy_object_info)
    local class, err = comfy:object_info "Nobody"
    assert.same({ nil, "input" }, { class, err.kind })
    assert.matches("no node class Nobody", err.message, 1, true)
  end)
end)

describe("an interrupt", function()
  it("is sent once, and says when nobody knows what became of it", function()
    local hub <close> = against.client()
    box:fault { route = "comfy_interrupt", ["do"] = "reset_after" }
    local ok, err = hub:comfy():interrupt("abc")
    assert.same({ nil, "network", "no" }, { ok, err.kind, err.spent })
    assert.matches("nobody knows", err.message, 1, true)
    assert.equal(1, box:stats().requests.comfy_interrupt)
  end)
end)

describe("rhub comfy", function()
  local run
  before_each(function()
    run = programs.new(box)
    run:put("graph.json", json.encode(graph()))
  end)
  after_each(function() run:remove() end)

  it("runs a graph and saves what it has made, and its history does so again", function()
    local got = run("comfy", "prompt", "graph.json", "-o", "out/")
    assert.equal(0, got.code, got.err)
    local id = got.err:match("prompt (%S+)  %(take it up again: rhub comfy history")
    assert.equal("out/" .. id .. "-1.png\n", got.out)
    assert.equal("\x89PNG", run:read("out/" .. id .. "-1.png"):sub(1, 4))
    local answer = json.decode(run("comfy", "history", id, "-o", "again/", "--json").out)
    assert.same({ id, "done", "again/" .. id .. "-1.png", "9", "ComfyUI_00001_.png" }, { answer.prompt_id,
      answer.status, answer.files[1], answer.outputs[1].node_id, answer.outputs[1].filename })
    assert.matches("^" .. id:gsub("%-", "%%-") .. "  success  %x+\n$", run("comfy", "history").out)
    assert.matches("not in the history", run("comfy", "history", id, "--plus").out)
    assert.same({ 1, 1 }, counts())
  end)

  it("fails as the prompt does, and says which node it was", function()
    lives { ["end"] = "error", node = "3", message = "out of memory" }
    local got = run("comfy", "prompt", "graph.json")
    assert.equal(1, got.code)
    assert.matches("KSampler (node 3): RuntimeError: out of memory", got.err, 1, true)
    lives { seconds = 1000 }
    got = run("comfy", "prompt", "graph.json", "--timeout", "0.1")
    assert.equal(1, got.code)
    assert.matches("has not ended within 0.1 s; it goes on", got.err, 1, true)
    assert.same({ 0, "interrupted\n" }, { run("comfy", "interrupt").code, run("comfy", "interrupt").out })
    box:fault { route = "comfy_prompt", ["do"] = "reset_after" }
    got = run("comfy", "prompt", "graph.json", "--json")
    local told = json.decode(got.out).error
    assert.same({ 5, "unknown_outcome", 32 }, { got.code, told.kind, #told.client_id })
    assert.matches("a prompt may be running and may be charged; it was not sent again", got.err, 1, true)
    assert.matches("under client_id " .. told.client_id, got.err, 1, true)
  end)

  it("tells the nodes", function()
    local answer = json.decode(run("comfy", "info", "KSampler", "--json").out)
    assert.equal("INT", answer.info.input.required.steps[1])
    assert.matches("KSampler\nLoadImage\n", run("comfy", "info").out)
    assert.equal(2, run("comfy", "info", "Nobody").code)
  end)

  it("refuses what it does not know and sends nothing", function()
    box:reset()
    for _, words in ipairs { { "promt", "graph.json" }, { "prompt" }, { "prompt", "no/such.json" },
      { "interrupt", "x" }, { "info", "-o", "x" }, { "history", "-o", "x" }, { "history", "a/b" } } do
      local got = run("comfy", table.unpack(words))
      assert.same({ words[1], 2 }, { words[1], got.code })
    end
    assert.same({}, box:stats().requests)
  end)

  it("shows no key, however much it says", function()
    box:fault { { route = "comfy_prompt", ["do"] = "status", status = 404 },
      { route = "comfy_history", ["do"] = "status", status = 502 } }
    for _, words in ipairs { { "prompt", "graph.json" }, { "history", "abc" }, { "prompt", "graph.json" } } do
      local got = run("-v", "-v", "comfy", table.unpack(words))
      assert.matches("/proxy/{key}/", got.err, 1, true)
      assert.is_nil((got.out .. got.err):find(programs.key, 1, true))
    end
  end)
end)

describe("the key in the path", function()
  local FAULTS = {
    {}, { ["do"] = "reset" }, { ["do"] = "status", status = 404 }, { ["do"] = "status", status = 502 },
    { ["do"] = "status", status = 401 }, { ["do"] = "html" }, { ["do"] = "hang" }, { ["do"] = "redirect" },
    { ["do"] = "redirect", location = "http://127.0.0.1:9/proxy/KEY/x" }, { ["do"] = "code", code = "802" },
    { ["do"] = "body", body = "no JSON" },
    { ["do"] = "status", status = 404, json = { error = "/proxy/KEY" } },
    { ["do"] = "code", code = "4711", message = "https://example/proxy-plus/KEY/view" },
  }

  local ROUTES = { "prompt", "history", "view", "upload", "object_info", "queue", "interrupt",
    "system_stats" }

  -- Everything that can be read of a value.
  local function spill(value, seen, out)
    if type(value) ~= "table" then
      out[#out + 1] = tostring(value)
    elseif not seen[value] then
      seen[value] = true
      out[#out + 1] = tostring(value)
      for name, one in pairs(value) do
        if name ~= "hub" then
          spill(name, seen, out)
          spill(one, seen, out)
        end
      end
    end
    return out
  end

  -- What reads and keeps `found`: every text with the key in it.
  local function reader(key, found)
    return function(what, ...)
      for _, text in ipairs(spill({ ... }, {}, {})) do
        if text:find(key, 1, true) then found[#found + 1] = what .. ": " .. text end
      end
    end
  end

  -- All that a ComfyUI can be asked, at once.
  local function ask_all(hub, folder, read, alone)
    local comfy = hub:comfy { plus = true }
    local calls = {
      prompt = function() return comfy:prompt(graph()) end,
      history = function() return comfy:history "abc" end,
      all = function() return comfy:history() end,
      wait = function() return comfy:wait("abc", 0.03) end,
      queue = function() return comfy:queue() end,
      interrupt = function() return comfy:interrupt() end,
      stats = function() return comfy:system_stats() end,
      class = function() return comfy:object_info "KSampler" end,
      upload = function() return comfy:upload "examples/portrait.png" end,
      view = function() return comfy:view({ filename = "ComfyUI_00001_.png" }, folder) end,
      handle = function() return comfy end,
      outputs = function()
        local images = { { filename = "a.png", subfolder = "", type = "output" } }
        return comfy:outputs { prompt = { 1, "x" }, outputs = { ["9"] = { images = images } } }
      end,
    }
    if alone then calls.view, calls.upload = nil, nil end
    local fibers = {}
    for name, call in pairs(calls) do fibers[#fibers + 1] = rhub.go(function() read(name, call()) end) end
    for _, fiber in ipairs(fibers) do assert(select("#", fiber:wait()) == 0) end
  end

  -- One client with a key of its own, which sees only its own fault.
  local function scenario(n, fault, folder, more)
    local key = ("k%02d"):format(n) .. ("0123456789abcdef"):rep(2):sub(1, 29)
    local found, lines = {}, 0
    local read = reader(key, found)
    for _, route in ipairs(fault["do"] and ROUTES or {}) do
      local own = json.decode((json.encode(fault):gsub("KEY", key)))
      own.route, own.match = "comfy_" .. route, key
      local files = route == "view" or route == "upload" -- which go on trying for long
      own.times = files and 1 or -1
      if not files or own["do"] ~= "hang" then box:fault(own) end
    end
    local o = { log = "debug", api_key = key, request_timeout = 0.1, submit_timeout = 0.1 }
    for name, value in pairs(more or {}) do o[name] = value end
    local hub <close> = against.client(o)
    function hub:log(level, text) -- luacheck: ignore self
      lines = lines + 1
      read(level, text)
    end
    ask_all(hub, folder, read, more)
    return { n, found, lines > 0 }
  end

  it("stands in no error, log line or value, whatever goes wrong", function()
    local run = programs.new()
    local results = rhub.map(FAULTS, function(fault, i)
      return scenario(i, fault, ("%s/%d/"):format(run.folder, i))
    end, { concurrency = #FAULTS })
    local nobody = { base_url = "http://127.0.0.1:9" }
    results[#FAULTS + 1] = scenario(#FAULTS + 1, {}, run.folder .. "/none/", nobody)
    run:remove()
    assert.same({}, results.errors)
    for i = 1, #FAULTS + 1 do assert.same({ i, {}, true }, results[i]) end
  end)
end)
