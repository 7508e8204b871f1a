-- hub:upload on a scripted engine: what is handed to it, and what is told meanwhile. No network, no time.
local fresh = require "support.fresh"
local fake_sys = require "support.fake_sys"
local fake_core = require "support.fake_core"

local real_sys = require "rhub.sys"
local rhub, core, hub, told

before_each(function()
  local sys = fake_sys.new(real_sys)
  core = fake_core.new(sys)
  rhub = fresh.require("rhub", { ["rhub.sys"] = sys, ["rhub.core"] = core })
  told = {}
  require("rhub.observer").current = {
    log = function() end,
    uploading = function(_, job) told[#told + 1] = "uploading " .. job.target end,
    uploaded = function(_, path, bytes) told[#told + 1] = ("uploaded %s %d"):format(path, bytes) end,
  }
  hub = rhub.client {}
end)

after_each(function()
  hub:close()
  require("rhub.flow").last_words = nil
end)

local function raised(f, ...)
  local ok, err = pcall(f, ...)
  assert.is_false(ok)
  return err
end

describe("the cache of uploads", function()
  it("is told, or what is wrong with it", function()
    core.cache = { path = "/c/uploads.db", remembered = 31, valid = 4 }
    assert.same(core.cache, hub:cache())
    core.cache, core.cache_fault = nil, { kind = "io", message = "uploads.db: it is damaged", spent = "no" }
    local got, err = hub:cache()
    assert.same({ nil, "io" }, { got, err.kind })
    assert.matches("damaged", tostring(err))
  end)
end)

describe("an upload", function()
  it("is handed to the engine with its kind and name, and told to whoever watches", function()
    local got = assert(hub:upload(rhub.file "a.png", { kind = "node", name = "b.png" }))
    assert.same({ { "a.png" }, { kind = "node", name = "b.png" } }, { core.uploads, core.upload_options })
    assert.equal("openapi/a.png", got.file_name)
    assert.same({ "uploading a.png", "uploaded a.png 5" }, told)
  end)

  it("stands for media where it has an address, and says so where it has none", function()
    local got = assert(hub:upload "a.png")
    local addresses = getmetatable(got).__rhub_addresses
    assert.same({ "https://up.example/a.png" }, addresses(got))
    got.url = nil
    assert.matches("for nodes", select(2, addresses(got)))
    assert.equal("rhub.upload openapi/a.png", tostring(got))
  end)

  it("tells how far it is some times a second, and last that all of it is there", function()
    local words = {}
    local function say(done, total) words[#words + 1] = done .. "/" .. total end
    assert(hub:upload("a.png", { on_progress = say }))
    assert(#words > 5, "the engine takes a second")
    assert.same({ "3/4", "5/5" }, { words[1], words[#words] })
    local n = #words
    rhub.sleep(1)
    assert.equal(n, #words)
  end)

  it("stops telling when its coroutine is cancelled", function()
    local n = 0
    local one = rhub.go(function() hub:upload("a.png", { on_progress = function() n = n + 1 end }) end)
    rhub.sleep(0.35)
    one:cancel()
    local before = n
    rhub.sleep(2)
    assert.same({ true, before }, { before > 0, n })
    assert.equal(1, #core.forgotten)
  end)

  it("refuses kinds and options that there are not", function()
    assert.matches("no such option: knid", raised(function() hub:upload("a.png", { knid = "node" }) end))
    assert.matches("url, node, lora, comfy", raised(function() hub:upload("a.png", { kind = "nodes" }) end))
    assert.equal(0, #core.uploads)
  end)
end)
