-- Assets, keys and resources on a scripted engine: what is asked, what becomes of the answers, how long one
-- waits. No network, no time.
local fresh = require "support.fresh"
local fake_sys = require "support.fake_sys"
local fake_core = require "support.fake_core"
local files = require "support.files"
local json = require "rhub.json"

local real_sys = require "rhub.sys"
local rhub, sys, core, hub, log, asked, folder, observer

local function refused(code, message)
  return { kind = "input", code = code, message = message, spent = "no", retryable = false }
end

-- Has the calls at `path` be answered: by a table, or by what a function of the decoded body returns.
local function answer(path, reply)
  core.replies["/openapi/v2/" .. path] = function(call)
    local body = call.body and json.decode(call.body)
    asked[#asked + 1] = { path = path, body = body }
    local value = reply
    if type(reply) == "function" then value = reply(body) end
    return value.kind and value or json.encode(value)
  end
end

-- Each look at the asset finds the next of these states, and the last one ever after.
local function states(words, kind)
  local looks = 0
  answer("assets/query", function(body)
    looks = looks + 1
    return { assetId = body.assetId, status = words[math.min(looks, #words)], assetType = kind or "Image" }
  end)
end

before_each(function()
  sys = fake_sys.new(real_sys)
  core = fake_core.new(sys)
  rhub = fresh.require("rhub", { ["rhub.sys"] = sys, ["rhub.core"] = core })
  require("rhub.flow").report = function() end
  observer = require "rhub.observer"
  log, asked = {}, {}
  observer.current = { log = function(_, level, text) log[#log + 1] = level .. " " .. text end }
  hub = rhub.client {}
  folder = files.folder()
end)

after_each(function()
  hub:close()
  folder:remove()
  observer.current = { log = function() end }
  require("rhub.flow").last_words = nil
end)

local function raised(f, ...)
  local ok, err = pcall(f, ...)
  assert.is_false(ok)
  return err
end

describe("making an asset", function()
  before_each(function()
    answer("assets/create", { assetId = "a1", status = "PROCESSING" })
  end)

  it("uploads a local file first, and tells its type and name from it", function()
    local path = folder:put("face.png", "png")
    local asset = assert(hub:assets():create { group = "g1", file = path })
    assert.equal(1, #core.uploads)
    assert.same({ groupId = "g1", url = "https://up.example/" .. path, assetType = "Image", name = "face" },
      asked[1].body)
    assert.same({ "a1", "PROCESSING", false, "Image", "face", "g1" },
      { asset.id, asset.status, asset.ready, asset.type, asset.name, asset.group })
  end)

  it("takes an address, an upload and an earlier result without uploading", function()
    local upload = assert(hub:upload(folder:put("a.mp4", "mp4")))
    local result = assert(hub:run("kling-video-o1/image-to-video",
      { prompt = "x", aspectRatio = "9:16", duration = "5", mode = "std",
        firstImageUrl = "https://example.com/a.png" }))
    for _, given in ipairs { "https://example.com/a/clip.mp4?x=1", upload, result } do
      assert(hub:assets():create { group = { id = "g1" }, url = given })
      assert.equal("Video", asked[#asked].body.assetType)
    end
    assert.same({ "clip", "https://example.com/a/clip.mp4?x=1" }, { asked[1].body.name, asked[1].body.url })
    assert.equal(upload.url, asked[2].body.url)
    assert.equal(result.url, asked[3].body.url)
    assert.equal(1, #core.uploads)
  end)

  it("refuses what is wrong in one line, and sends nothing", function()
    local png, text = folder:put("a.png", "png"), folder:put("a.txt", "words")
    local empty = folder:put("empty.png", "")
    local rows = {
      { { file = png }, "give group" },
      { { group = "g" }, "either file or url" },
      { { group = "g", file = png, url = "https://e.com/a.png" }, "either file or url" },
      { { group = "g", file = folder.path .. "/none.png" }, "none.png does not exist" },
      { { group = "g", file = folder.path }, "is a folder" },
      { { group = "g", file = empty }, "is an empty file" },
      { { group = "g", file = text }, "give type" },
      { { group = "g", file = png, type = "Video" }, "is a file of type png" },
      { { group = "g", file = png, type = "Picture" }, "Picture is not allowed: Image, Video, Audio" },
      { { group = "g", url = png }, "a local file goes with file=" },
      { { group = "g", url = "ftp://e.com/a.png" }, "takes an http(s) address" },
      { { group = "g", url = "https://e.com/a" }, "give type" },
      { { group = "g", url = "https://e.com/a.glb" }, "is no image, video or audio" },
      { { group = "g", url = 5 }, "takes an address" },
    }
    for _, row in ipairs(rows) do
      local asset, err = hub:assets():create(row[1])
      assert.is_nil(asset)
      assert.equal("input", err.kind)
      assert(err.message:find(row[2], 1, true), err.message)
      assert(not err.message:find("\n"), err.message)
      assert.matches("nothing was sent$", err.message)
    end
    assert.same({ 0, 0 }, { #core.uploads, #asked })
    assert.matches("did you mean group", raised(function() hub:assets():create { gruop = "g" } end))
  end)

  it("takes the type as given where nothing tells it, in any case", function()
    assert(hub:assets():create { group = "g", url = "https://e.com/a", type = "audio" })
    assert.equal("Audio", asked[1].body.assetType)
  end)
end)

describe("an asset", function()
  it("stands for media once it is ready, where its type fits", function()
    states { "ACTIVE" }
    local asset = assert(hub:assets():get "a1")
    local function run(value)
      return hub:run("kling-video-o1/image-to-video",
        { prompt = "x", aspectRatio = "9:16", duration = "5", mode = "std", firstImageUrl = value })
    end
    assert(run(asset))
    assert.equal("asset://a1", json.decode(core.submits[1].params).firstImageUrl)
    assert(run "asset://a1")
    assert.equal(core.submits[1].params, core.submits[2].params)
    for _, row in ipairs { { "PROCESSING", "Image", "not ready yet" }, { "FAILED", "Image", "has failed" },
      { "ACTIVE", "Video", "of type Video" } } do
      states({ row[1] }, row[2])
      local _, err = run(assert(hub:assets():get "a1"))
      assert.equal("input", err.kind)
      assert(err.message:find(row[3], 1, true), err.message)
    end
    assert.equal(2, #core.submits)
  end)

  it("is waited for, with a look every two seconds, and keeps what was known of it", function()
    for _, word in ipairs { "ACTIVE", "Success", "SUCCEEDED", "COMPLETED", "DONE", "READY", "AVAILABLE" } do
      states { "PROCESSING", "PENDING", word }
      asked = {}
      local before = sys.clock
      local asset = assert(hub:assets():wait { id = "a1", name = "face", group = "g" })
      assert.same({ true, "face", "g", 3 }, { asset.ready, asset.name, asset.group, #asked })
      assert.equal(7, sys.clock - before, "three calls of a second, two pauses")
    end
    assert.same({}, log)
  end)

  it("that has failed ends the wait at once", function()
    for _, word in ipairs { "FAILED", "ERROR", "CANCEL", "CANCELED" } do
      states { "PROCESSING", word }
      local asset, err = hub:assets():wait "a1"
      assert.is_nil(asset)
      assert.same({ "failed", "no", false }, { err.kind, err.spent, err.retryable })
      assert.matches("asset a1 has failed %(" .. word, err.message)
    end
  end)

  it("is waited for 180 seconds, a video 300, or as long as is said", function()
    for _, row in ipairs { { "Image", nil, 180 }, { "Audio", nil, 180 }, { "Video", nil, 300 },
      { "Video", 20, 20 } } do
      states({ "PROCESSING" }, row[1])
      local before = sys.clock
      local _, err = hub:assets():wait("a1", row[2])
      assert.same({ "timeout", true }, { err.kind, err.retryable })
      assert.matches("after " .. row[3] .. " s", err.message)
      local took = sys.clock - before
      assert(took >= row[3] and took < row[3] + 5, tostring(took))
    end
  end)

  it("in a state that nobody knows is waited for, and that is said once", function()
    states { "WARMING", "WARMING", "WARMING", "ACTIVE" }
    assert(hub:assets():wait "a1")
    assert.equal(1, #log)
    assert.matches("^warn asset a1: its state WARMING is not known", log[1])
  end)

  it("goes on being waited for when a question fails for a moment, but not when there is none", function()
    local looks = 0
    answer("assets/query", function()
      looks = looks + 1
      if looks == 1 then return { kind = "network", message = "no connection", retryable = true } end
      return { assetId = "a1", status = "ACTIVE" }
    end)
    assert(hub:assets():wait "a1")
    answer("assets/query", refused("1007", "/openapi/v2/assets/query: a parameter is refused (1007)"))
    local _, err = hub:assets():wait "a1"
    assert.same({ "input", "asset a1: a parameter is refused (1007)" }, { err.kind, err.message })
  end)

  it("can be renamed and deleted, by its id, its address or itself", function()
    answer("assets/update", function(body)
      return { assetId = body.assetId, name = body.name, status = "ACTIVE" }
    end)
    answer("assets/delete", function() return json.array {} end)
    states { "ACTIVE" }
    local asset = assert(hub:assets():get "asset://a1")
    assert.equal("b", assert(hub:assets():update(asset, { name = "b" })).name)
    assert.equal("Image", assert(hub:assets():update(asset, { name = "b" })).type)
    assert.is_true(hub:assets():delete(asset))
    for _, one in ipairs(asked) do assert.equal("a1", one.body.assetId) end
    assert.matches("give a name", select(2, hub:assets():update("a1", {})).message)
    assert.matches("an asset is an id", raised(function() hub:assets():get(5) end))
  end)
end)

describe("lists of assets", function()
  local function numbered(total, make)
    return function(body)
      local items = {}
      for i = (body.pageNumber - 1) * body.pageSize + 1, math.min(body.pageNumber * body.pageSize, total) do
        items[#items + 1] = make(i)
      end
      return { items = json.array(items), totalCount = total }
    end
  end

  it("are fetched page by page, as far as they are read", function()
    answer("assets/list", numbered(120, function(i) return { assetId = "a" .. i, status = "ACTIVE" } end))
    local n = 0
    for asset in hub:assets():list { group = { id = "g" }, status = "ACTIVE", name = "x" } do
      n = n + 1
      assert.equal("a" .. n, asset.id)
      if n == 60 then break end
    end
    assert.equal(2, #asked)
    assert.same({ pageNumber = 2, pageSize = 50, groupId = "g", status = "ACTIVE", name = "x" },
      asked[2].body)
    n = 0
    for _ in hub:assets():list() do n = n + 1 end
    assert.same({ 120, 5 }, { n, #asked })
  end)

  it("end with the last item, whatever the count says, and may be empty", function()
    answer("assets/list", function(body)
      if body.pageNumber == 1 then return { items = { { assetId = "a1" } }, totalCount = json.null } end
      return { items = json.array {}, totalCount = 99 }
    end)
    local n = 0
    for _ in hub:assets():list() do n = n + 1 end
    assert.same({ 1, 2 }, { n, #asked })
    answer("assets/groups/list", numbered(0))
    assert.is_nil(hub:assets().groups:list()())
  end)

  it("raise the error of a page that cannot be had", function()
    answer("assets/list", refused("1003", "/openapi/v2/assets/list: too fast"))
    local err = raised(function()
      for _ in hub:assets():list() do error "an item" end
    end)
    assert.same({ "input", "the list of assets: too fast" }, { err.kind, err.message })
  end)

  it("have groups, to be made, looked at, changed and deleted", function()
    local groups = hub:assets().groups
    answer("assets/groups/create", { groupId = "g1", name = "people", description = "" })
    answer("assets/groups/query", { groupId = "g1", name = "people", assetCount = "3" })
    answer("assets/groups/update", { groupId = "g1", name = "persons" })
    answer("assets/groups/delete", json.array {})
    local group = assert(groups:create { name = "people" })
    assert.same({ id = "g1", name = "people" }, group)
    assert.equal(3, assert(groups:get(group)).count)
    assert.equal("persons", assert(groups:update(group, { name = "persons" })).name)
    assert.is_true(groups:delete "g1")
    assert.same({ groupId = "g1", name = "persons" }, asked[3].body)
    assert.equal(4, #asked)
    assert.matches("needs a name", select(2, groups:create {}).message)
    assert.matches("give a name or a description", select(2, groups:update("g1", {})).message)
    assert.equal(4, #asked)
  end)
end)

describe("an account's keys and resources", function()
  it("come as texts, and a key that was not masked is masked here", function()
    answer("api-key/list", json.array {
      { key = "0123****cdef", apiKeyName = "one", status = 1, quotaLimit = json.null, quotaUsed = 12,
        visible = true, expireAt = "", createdAt = "2026" },
      { key = ("k"):rep(28) .. "last" },
    })
    local keys = assert(hub:keys())
    assert.same({ key = "0123****cdef", name = "one", status = "1", used = "12", visible = true,
      created = "2026" }, keys[1])
    assert.same({ key = "****last" }, keys[2])
  end)

  it("come in pages, or all of them one after the other", function()
    answer("resource/list", function(body)
      local records = {}
      for i = 1, body.current < 3 and body.size or 1 do
        records[i] = { nodeModelName = ("%d.%d"):format(body.current, i) }
      end
      return { records = json.array(records), size = body.size, current = body.current, total = 5, pages = 3,
        hasNext = body.current < 3, hasPrevious = body.current > 1 }
    end)
    local page = assert(hub:resources { type = "lora", name = "ink", base_models = { "flux" }, size = 2 })
    assert.same({ resourceType = "LORA", resourceName = "ink", baseModels = { "flux" }, tags = json.array {},
      current = 1, size = 2 }, asked[1].body)
    assert.same({ 1, 3, 5, true, "1.2" },
      { page.page, page.pages, page.total, page.more, page.records[2].name })
    local names = {}
    for record in hub:each_resource { type = "LORA", size = 2 } do names[#names + 1] = record.name end
    assert.equal("1.1 1.2 2.1 2.2 3.1", table.concat(names, " "))
    assert.equal(4, #asked)
  end)

  it("refuse what is wrong, and send nothing", function()
    for _, row in ipairs { { {}, "give a type: unet" }, { { type = "LORRA" }, "did you mean lora" },
      { { type = "LORA", size = 51 }, "size takes" }, { { type = "LORA", page = 0 }, "page takes" },
      { { type = "LORA", tags = "x" }, "tags takes a list" } } do
      local _, err = hub:resources(row[1])
      assert.equal("input", err.kind)
      assert(err.message:find(row[2], 1, true), err.message)
    end
    assert.equal("input", raised(function() hub:each_resource {} end).kind)
    assert.matches("did you mean base_models", raised(function() hub:resources { base_model = {} } end))
    assert.equal(0, #asked)
  end)

  it("say so where the service answers something else", function()
    core.replies["/openapi/v2/api-key/list"] = "5"
    assert.equal("protocol", select(2, hub:keys()).kind)
    answer("resource/list", { records = json.null })
    assert.equal("protocol", select(2, hub:resources { type = "GGUF" }).kind)
  end)
end)
