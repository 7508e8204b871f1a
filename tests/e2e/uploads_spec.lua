-- Uploads of a real client against a sandbox: section 8 of the protocol. Every kind, its refusals, and what
-- the server saw: how often the bytes were sent, and that the key never went along with a PUT.
local against = require "support.against"
local files = require "support.files"

local SHA_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
local MD5_ABC = "900150983cd24fb0d6963f7d28e17f72"

local folder, box, hub

local function open(more)
  if hub then hub:close() end
  more = more or {}
  more.cache = more.cache or "" -- what was uploaded is forgotten with the client
  hub = against.client(more)
end

setup(function() folder = files.folder() end)
teardown(function()
  folder:remove()
  against.stop()
end)
before_each(function()
  box = against.sandbox()
  open()
end)
after_each(function()
  hub:close()
  hub = nil
end)

local function refused(path, options)
  local value, err = hub:upload(path, options)
  assert.is_nil(value)
  assert.is_nil(tostring(err):find(against.key, 1, true))
  assert.equal("no", err.spent)
  return err
end

describe("an upload for models", function()
  it("ends with an address and a file name", function()
    local got = assert(hub:upload(folder:put("a.png", "abc")))
    assert.equal("openapi/" .. SHA_ABC .. ".png", got.file_name)
    assert.matches("^" .. box.url:gsub("%p", "%%%0") .. "/uploads/", got.url)
    assert.same({ 3, false }, { got.bytes, got.reused })
    assert.same({ 1, 0, 0 }, (function(seen)
      return { seen.uploads.count, seen.node_uploads.count, seen.loras.addresses }
    end)(box:stats()))
  end)

  it("is sent once for the same bytes, whatever the file is called", function()
    local first = assert(hub:upload(folder:put("a.png", "abc")))
    local second = assert(hub:upload(folder:put("b.png", "abc"), { kind = "url" }))
    assert.same({ true, first.url }, { second.reused, second.url })
    assert.equal(1, box:stats().uploads.count)
  end)

  it("is not sent again by a later client that is given the same cache", function()
    local cache = folder.path .. "/uploads.db"
    local path = folder:put("a.png", "abc")
    open { cache = cache }
    local first = assert(hub:upload(path))
    open { cache = cache }
    local second = assert(hub:upload(path))
    assert.same({ true, first.url }, { second.reused, second.url })
    assert.equal(1, box:stats().uploads.count)
    open { cache = cache, api_key = ("f"):rep(32) }
    assert.is_false(assert(hub:upload(path)).reused)
    for _, ending in ipairs { "", "-wal", "-shm" } do os.remove(cache .. ending) end
  end)

  it("that is too large is refused with the service's code, and not sent again", function()
    box:fault { route = "upload", ["do"] = "code", code = "1008" }
    local err = refused(folder:put("a.png", "abc"))
    assert.equal("1008", err.code)
    assert.same({ 1, 0 }, { box:stats().requests.upload, box:stats().uploads.count })
  end)

  it("goes again after what passes: a reset, a busy service, an answer that is none", function()
    for _, fault in ipairs { { ["do"] = "reset" }, { ["do"] = "code", code = "1011" },
      { ["do"] = "html", status = 502 }, { ["do"] = "truncate" } } do
      box:reset()
      open()
      fault.route = "upload"
      box:fault(fault)
      assert(hub:upload(folder:put("a.png", "abc")))
      assert.equal(2, box:stats().requests.upload, fault["do"])
    end
  end)
end)

describe("an upload for nodes", function()
  local NODE = { kind = "node" }

  it("ends with the name that nodes take, and no address", function()
    local got = assert(hub:upload(folder:put("a.png", "abc"), NODE))
    assert.same({ "api/" .. SHA_ABC .. ".png", nil, 3 }, { got.file_name, got.url, got.bytes })
    local seen = box:stats()
    assert.same({ count = 1, bytes = 3, files = { [SHA_ABC] = 1 } }, seen.node_uploads)
    assert.equal(0, seen.uploads.count)
  end)

  it("takes a ZIP of pictures, whose name has no folder", function()
    assert.equal(SHA_ABC, assert(hub:upload(folder:put("many.zip", "abc"), NODE)).file_name)
  end)

  it("is another one than that for models, and is sent once", function()
    local path = folder:put("a.png", "abc")
    assert(hub:upload(path, NODE))
    assert.is_false(assert(hub:upload(path)).reused)
    assert.is_true(assert(hub:upload(path, NODE)).reused)
    assert.same({ 1, 1 }, { box:stats().node_uploads.count, box:stats().uploads.count })
  end)

  it("is refused with the service's codes; 808 alone is tried again", function()
    for code, requests in pairs { ["809"] = 1, ["802"] = 1, ["801"] = 1, ["301"] = 1 } do
      box:reset()
      box:fault { route = "node_upload", ["do"] = "code", code = code }
      assert.equal(code, refused(folder:put("a.png", "abc"), NODE).code)
      assert.equal(requests, box:stats().requests.node_upload)
    end
    box:reset()
    box:fault { route = "node_upload", ["do"] = "code", code = "808" }
    assert(hub:upload(folder:put("a.png", "abc"), NODE))
    assert.equal(2, box:stats().requests.node_upload)
  end)
end)

describe("the upload of a LoRA", function()
  local LORA = { kind = "lora" }

  it("puts the bytes where the service says, without the key", function()
    local got = assert(hub:upload(folder:put("ink.safetensors", "abc"), LORA))
    assert.same({ "api-lora-cn/" .. MD5_ABC .. ".safetensors", 3, false },
      { got.file_name, got.bytes, got.reused })
    local seen = box:stats()
    assert.same({ addresses = 1, count = 1, bytes = 3, leaks = 0, files = { [MD5_ABC] = 3 } }, seen.loras)
    assert.same({ 1, nil }, { seen.requests.lora_put, seen.authorized.lora_put })
  end)

  it("ends with what the loader of a workflow takes, which takes nothing else", function()
    local draw = hub:workflow "1904136902449209346"
    local graph = draw:json()
    graph["20"] = { class_type = "RHLoraLoader", inputs = { strength_model = 0.8, model = { "4", 0 },
      file_name = assert(hub:upload(folder:put("ink.safetensors", "abc"), LORA)).file_name } }
    graph["3"].inputs.model = { "20", 0 }
    assert(draw:run({}, { workflow = graph }))
    graph["20"].inputs.file_name = assert(hub:upload(folder:put("a.png", "abc"), { kind = "node" })).file_name
    local _, err = draw:run({}, { workflow = graph })
    assert.same({ "433", "no" }, { err.code, err.spent })
    assert.matches("LoRA file not found", err.message)
    assert.equal(1, box:stats().tasks.made)
  end)

  it("sends no byte of what the service has already", function()
    local path = folder:put("ink.safetensors", "abc")
    assert(hub:upload(path, LORA))
    open { api_key = ("f"):rep(32) }
    local got = assert(hub:upload(path, { kind = "lora", name = "other" }))
    assert.same({ "api-lora-cn/" .. MD5_ABC .. ".safetensors", true }, { got.file_name, got.reused })
    local seen = box:stats()
    assert.same({ 1, 1, 2 }, { seen.loras.count, seen.requests.lora_put, seen.requests.lora_url })
  end)

  it("arrives whole where it is large", function()
    local bytes = ("0123456789abcdef"):rep(500000)
    assert(hub:upload(folder:put("large.safetensors", bytes), LORA))
    local seen = box:stats().loras
    assert.same({ 1, #bytes, 0 }, { seen.count, seen.bytes, seen.leaks })
  end)

  it("is put again at the same address after what passes", function()
    for _, fault in ipairs { { ["do"] = "reset" }, { ["do"] = "fin" },
      { ["do"] = "status", status = 503 } } do
      box:reset()
      fault.route = "lora_put"
      box:fault(fault)
      open()
      assert(hub:upload(folder:put("ink.safetensors", "abc"), LORA))
      local seen = box:stats()
      assert.same({ 1, 2, 1, 0, nil }, { seen.requests.lora_url, seen.requests.lora_put, seen.loras.count,
        seen.loras.leaks, seen.authorized.lora_put })
    end
  end)

  it("ends where the storage refuses it, with nothing put", function()
    box:fault { route = "lora_put", ["do"] = "status", status = 403, body = "<Error/>" }
    local err = refused(folder:put("ink.safetensors", "abc"), LORA)
    assert.equal(403, err.http_status)
    assert.same({ 1, 0 }, { box:stats().requests.lora_put, box:stats().loras.count })
  end)

  it("follows no redirect, which could lead the bytes anywhere", function()
    box:fault { route = "lora_put", ["do"] = "redirect" }
    refused(folder:put("ink.safetensors", "abc"), LORA)
    assert.equal(1, box:stats().requests.lora_put)
  end)

  it("is refused with the service's codes", function()
    for _, code in ipairs { "802", "801", "301" } do
      box:reset()
      box:fault { route = "lora_url", ["do"] = "code", code = code }
      assert.equal(code, refused(folder:put("ink.safetensors", "abc"), LORA).code)
      assert.same({ 1, nil }, { box:stats().requests.lora_url, box:stats().requests.lora_put })
    end
  end)
end)

describe("any upload", function()
  it("of a file that is not there, empty, or a folder asks the service nothing", function()
    for _, kind in ipairs { "url", "node", "lora" } do
      for _, path in ipairs { folder.path .. "/none.png", folder.path, folder:put("empty.png", "") } do
        local err = refused(path, { kind = kind })
        assert(err.message:find(path, 1, true), err.message)
      end
    end
    assert.same({}, box:stats().requests)
  end)

  it("tells how far it is", function()
    local far = {}
    local bytes = ("x"):rep(3000000)
    assert(hub:upload(folder:put("large.png", bytes), { on_progress = function(done, total)
      far[#far + 1] = { done, total }
    end }))
    assert.same({ #bytes, #bytes }, far[#far])
  end)
end)
