-- Assets, keys and resources of a real client against a sandbox: sections 3.4 and 3.5 of the protocol, each
-- call, its refusals, and what the server saw.
local against = require "support.against"
local files = require "support.files"

local VIDEO = "kling-video-o1/image-to-video"

local folder, hub, box, portrait

local function open(more)
  if hub then hub:close() end
  box = against.sandbox()
  hub = against.client(more)
end

setup(function()
  folder = files.folder()
  portrait = folder:put("portrait.png", "png")
end)

teardown(function()
  folder:remove()
  against.stop()
end)

before_each(function() open() end)
after_each(function()
  hub:close()
  hub = nil
end)

local function group()
  return assert(hub:assets().groups:create { name = "people" })
end

local function counts() return box:stats() end

describe("assets against the sandbox", function()
  it("are uploaded, made, waited for, and then stand for the media of a task", function()
    box:fault { ["do"] = "asset", seconds = 0 }
    local made = assert(hub:assets():create { group = group(), file = portrait })
    assert.is_false(made.ready)
    local ready = assert(hub:assets():wait(made))
    assert.same({ made.id, "ACTIVE", "Image", "portrait" },
      { ready.id, ready.status, ready.type, ready.name })
    local params = { prompt = "x", aspectRatio = "9:16", duration = "5", mode = "std", firstImageUrl = ready }
    local result = assert(hub:run(VIDEO, params))
    assert.equal("asset://" .. ready.id, box:task(result.task_id).params.firstImageUrl)
    local seen = counts()
    assert.same({ 1, 1, 1, 1 },
      { seen.uploads.count, seen.assets.made, seen.assets.groups, seen.submits.accepted })
    assert.same({ 1, 1, 1, nil }, { seen.requests.asset_create, seen.requests.group_create,
      seen.requests.asset_query, seen.requests.asset_list })
  end)

  it("that are not ready are held back here, and refused there", function()
    box:fault { ["do"] = "asset", ["end"] = "FAILED", states = { "PROCESSING" } }
    local made = assert(hub:assets():create { group = group(), url = "https://example.com/a.png" })
    local params = { prompt = "x", aspectRatio = "9:16", duration = "5", mode = "std", firstImageUrl = made }
    assert.equal("input", select(2, hub:run(VIDEO, params)).kind)
    assert.equal(0, counts().submits.received)
    params.firstImageUrl = "asset://" .. made.id
    local _, err = hub:run(VIDEO, params)
    assert.same({ "1007", "no" }, { err.code, err.spent })
    _, err = hub:assets():wait(made)
    assert.same({ "failed", "no" }, { err.kind, err.spent })
    assert.same({ 1, 0 }, { counts().submits.received, counts().tasks.made })
  end)

  it("are listed over several pages, renamed, deleted, with their group", function()
    local people = group()
    for i = 1, 53 do
      assert(hub:assets():create { group = people, url = "https://example.com/" .. i .. ".png" })
    end
    local list = {}
    for one in hub:assets():list { group = people } do list[#list + 1] = one end
    assert.same({ 53, "1", "53", "Image", people.id },
      { #list, list[1].name, list[53].name, list[53].type, list[53].group })
    assert.equal(2, counts().requests.asset_list)
    assert.equal(53, assert(hub:assets().groups:get(people)).count)
    assert.equal("first", assert(hub:assets():update(list[1], { name = "first" })).name)
    local found = {}
    for one in hub:assets():list { name = "first" } do found[#found + 1] = one.id end
    assert.same({ list[1].id }, found)
    assert.is_true(hub:assets():delete(list[1]))
    local _, err = hub:assets():get(list[1])
    assert.same({ "rejected", "1007" }, { err.kind, err.code })
    assert.matches("^asset " .. list[1].id:gsub("%-", "%%-") .. ": .*no such asset%)$", err.message)
  end)

  it("have groups, each call of them", function()
    local groups = hub:assets().groups
    local one = assert(groups:create { name = "people", description = "all" })
    assert.equal("all", assert(groups:get(one.id)).description)
    assert.same({ "persons", "all" }, (function(now) return { now.name, now.description } end)(
      assert(groups:update(one, { name = "persons" }))))
    local names = {}
    for each in groups:list() do names[#names + 1] = each.name end
    assert.same({ "persons" }, names)
    assert.is_true(groups:delete(one))
    assert.equal("1007", select(2, groups:get(one)).code)
    local seen = counts().requests
    assert.same({ 1, 2, 1, 1, 1 }, { seen.group_create, seen.group_query, seen.group_update, seen.group_list,
      seen.group_delete })
  end)

  it("tell of keys that are refused, with nothing uploaded twice or made", function()
    local kinds = { ["1014"] = "auth", ["1002"] = "auth", ["801"] = "auth", ["1007"] = "rejected" }
    for code, kind in pairs(kinds) do
      box:reset()
      box:fault { route = "group_create", ["do"] = "code", code = code }
      local _, err = hub:assets().groups:create { name = "people" }
      assert.same({ kind, code, "no" }, { err.kind, err.code, err.spent })
      assert.is_nil(tostring(err):find(against.key, 1, true))
      assert.same({ 1, 0 }, { counts().requests.group_create, counts().assets.groups })
    end
  end)

  it("survive a reply that was lost on the way", function()
    local people = group()
    box:fault { { ["do"] = "asset", seconds = 0 }, { route = "asset_query", ["do"] = "reset" } }
    local made = assert(hub:assets():create { group = people, url = "https://example.com/a.png" })
    assert.is_true(assert(hub:assets():wait(made)).ready)
    box:fault { route = "asset_list", ["do"] = "html", status = 502, times = 2 }
    local n = 0
    for _ in hub:assets():list() do n = n + 1 end
    assert.equal(1, n)
  end)

  it("are good for everybody's own account only", function()
    local made = assert(hub:assets():create { group = group(), url = "https://example.com/a.png" })
    local other <close> = against.client { api_key = ("f"):rep(32) }
    assert.equal("1007", select(2, other:assets():get(made)).code)
  end)
end)

describe("keys and resources against the sandbox", function()
  it("keys are masked and tell what was used", function()
    local keys = assert(hub:keys())
    assert.same({ "0123****cdef", "sandbox", "0" }, { keys[1].key, keys[1].name, keys[1].used })
    assert.same({ "12.50", "100", false }, { keys[2].used, keys[2].quota, keys[2].visible })
  end)

  it("resources come by type, name, base model and tag, in pages", function()
    local page = assert(hub:resources { type = "lora", size = 3, page = 2 })
    assert.same({ 3, 3, 7, true }, { #page.records, page.pages, page.total, page.more })
    local names = {}
    for record in hub:each_resource { type = "LORA", size = 3 } do names[#names + 1] = record.name end
    assert.same({ 7, 4 }, { #names, counts().requests.resources })
    assert.equal("sandbox/ink-style.safetensors", names[1])
    page = assert(hub:resources { type = "UNET", base_models = { "wan" }, name = "i2v" })
    assert.same({ 1, "sandbox/wan2.2-i2v-14b.safetensors" }, { page.total, page.records[1].name })
    assert.equal(0, #assert(hub:resources { type = "GGUF", tags = { "none" } }).records)
  end)

  it("tell of refusals by their code", function()
    for route, ask in pairs {
      keys = function() return hub:keys() end,
      resources = function() return hub:resources { type = "LORA" } end,
      queue = function() return hub:queue() end,
    } do
      for code, kind in pairs { ["1002"] = "auth", ["801"] = "auth", ["301"] = "rejected" } do
        box:fault { route = route, ["do"] = "code", code = code }
        local value, err = ask()
        assert.is_nil(value)
        assert.same({ kind, code, "no" }, { err.kind, err.code, err.spent }, route)
      end
    end
  end)
end)
