-- What the sandbox answers to uploads for nodes, LoRA files, assets, keys and resources: bytes on a socket,
-- no client of ours.
local accounts = require "rhub.sandbox.accounts"
local json = require "rhub.json"
local sandbox = require "rhub.sandbox"
local wire = require "support.wire"

local KEY = ("0123456789abcdef"):rep(2)
local SHA_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
local MD5_ABC = "900150983cd24fb0d6963f7d28e17f72"

local box

local function open(options)
  if box then box:close() end
  box = assert(sandbox.new(options or { speed = 1e6 }))
end

local function talk(bytes)
  return wire.talk(box.server:port(), bytes, function() box:step() end)
end

local function post(path, value, key)
  local headers = { Authorization = "Bearer " .. (key or KEY), ["Content-Type"] = "application/json" }
  return json.decode(talk(wire.request("POST", path, headers, json.encode(value))).body)
end

local function get(path, key)
  return json.decode(talk(wire.request("GET", path, { Authorization = "Bearer " .. (key or KEY) })).body)
end

local MARK = "----mark"

-- A form: fields in their order, then a file.
local function form(fields, name, bytes)
  local parts = {}
  for _, field in ipairs(fields) do
    parts[#parts + 1] = ('--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n')
      :format(MARK, field[1], field[2])
  end
  if name then
    parts[#parts + 1] = ('--%s\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\n%s\r\n')
      :format(MARK, name, bytes)
  end
  return table.concat(parts) .. "--" .. MARK .. "--\r\n"
end

local function upload(fields, name, bytes)
  local headers = { ["Content-Type"] = "multipart/form-data; boundary=" .. MARK }
  local reply = talk(wire.request("POST", "/task/openapi/upload", headers, form(fields, name, bytes)))
  return json.decode(reply.body)
end

local GOOD = { { "apiKey", KEY }, { "fileType", "input" } }

before_each(function() open() end)
after_each(function()
  box:close()
  box = nil
end)

describe("the sandbox's upload for nodes", function()
  it("names a file by its hash, in a folder of its own and with its extension", function()
    local reply = upload(GOOD, "A cat.PNG", "abc")
    assert.same({ code = 0, msg = "success",
      data = { fileName = "api/" .. SHA_ABC .. ".png", fileType = "input" } }, reply)
    assert.same({ bytes = 3, type = "image" }, (function(file)
      return { bytes = file.bytes, type = file.type }
    end)(box.uploads:named(reply.data.fileName)))
    local counts = box:counts()
    assert.same({ count = 1, bytes = 3, files = { [SHA_ABC] = 1 } }, counts.node_uploads)
    assert.equal(0, counts.uploads.count)
  end)

  it("names a ZIP without folder and extension", function()
    assert.equal(SHA_ABC, upload(GOOD, "many.zip", "abc").data.fileName)
    assert.is_truthy(box.uploads:named(SHA_ABC))
  end)

  it("refuses what the service refuses, with its code, and keeps nothing", function()
    open { speed = 1e6, max_upload = 10,
      keys = { accounts.parse(KEY .. ":NORMAL"), accounts.parse("free:FREE") } }
    local key, kind = GOOD[1], GOOD[2]
    local rows = {
      { 802, { { "apiKey", "nobody" }, kind }, "a.png", "abc" }, { 802, { kind }, "a.png", "abc" },
      { 801, { { "apiKey", "free" }, kind }, "a.png", "abc" },
      { 301, { key }, "a.png", "abc" }, { 301, GOOD, nil }, { 301, GOOD, "a.exe", "abc" },
      { 301, GOOD, "a", "abc" }, { 808, GOOD, "a.png", "" }, { 809, GOOD, "a.png", "0123456789a" },
    }
    for i, row in ipairs(rows) do
      local reply = upload(row[2], row[3], row[4])
      assert.same({ row[1], json.null }, { reply.code, reply.data }, "row " .. i)
    end
    assert.equal(0, box:counts().node_uploads.count)
    assert.equal(0, upload(GOOD, "a.png", "0123456789").code)
  end)

  it("refuses what is no form", function()
    assert.equal(301, post("/task/openapi/upload", { apiKey = KEY }).code)
  end)
end)

describe("the sandbox's place for LoRA files", function()
  local OCTETS = "application/octet-stream"

  local function ask(changes)
    local body = { apiKey = KEY, loraName = "my-lora", md5Hex = MD5_ABC }
    for name, value in pairs(changes or {}) do body[name] = value end
    return post("/api/openapi/getLoraUploadUrl", body)
  end

  local function put(url, bytes, headers, method)
    local path = url:gsub("^http://[^/]+", "")
    headers = headers or { ["Content-Type"] = OCTETS }
    return talk(wire.request(method or "PUT", path, headers, bytes))
  end

  it("takes the file by a signed address, and then has it", function()
    local data = ask().data
    assert.equal("api-lora-cn/" .. MD5_ABC .. ".safetensors", data.fileName)
    assert.is_nil(box.uploads:named(data.fileName))
    assert.equal(200, put(data.url, "abc").status)
    assert.equal("lora", box.uploads:named(data.fileName).type)
    assert.same({ fileName = data.fileName }, ask().data, "no address for what is there already")
    assert.same({ addresses = 1, count = 1, bytes = 3, leaks = 0, files = { [MD5_ABC] = 3 } },
      box:counts().loras)
  end)

  it("takes a file of any size", function()
    local bytes = ("x"):rep(2000000)
    local url = ask { md5Hex = "bfd05b5f55b5cc9c27e7a5e4ed60a4a3" }.data.url
    assert.equal(400, put(url, bytes).status, "of another content than its name says")
    local md5 = "939ee55a36872cb4222e09cced62a7b5"
    assert.equal(200, put(ask { md5Hex = md5 }.data.url, bytes).status)
    assert.same({ [md5] = 2000000 }, box:counts().loras.files)
  end)

  it("takes a key for a leak and refuses it", function()
    local url = ask().data.url
    assert.equal(400, put(url, "abc", { ["Content-Type"] = OCTETS, Authorization = "Bearer " .. KEY }).status)
    assert.same({ 1, 0 }, { box:counts().loras.leaks, box:counts().loras.count })
    assert.equal(1, box:counts().authorized.lora_put)
  end)

  it("refuses other signatures, types, methods and contents, and addresses that have died", function()
    local url = ask().data.url
    assert.equal(403, put(url .. "0", "abc").status)
    assert.equal(403, put((url:gsub("%?.*", "")), "abc").status)
    assert.equal(403, put((url:gsub("api%-lora%-cn", "elsewhere")), "abc").status)
    assert.equal(403, put(url, "abc", { ["Content-Type"] = "text/plain" }).status)
    assert.equal(405, put(url, "abc", nil, "POST").status)
    assert.equal(400, put(url, "abd").status)
    assert.equal(0, box:counts().loras.count)
    box.loras:expire_all()
    assert.equal(403, put(url, "abc").status)
  end)

  it("refuses a bad key, name and hash", function()
    for code, changes in pairs { [802] = { apiKey = "nobody" }, [301] = { loraName = "a.safetensors" } } do
      assert.equal(code, ask(changes).code)
    end
    for _, changes in ipairs { { loraName = "" }, { loraName = 5 }, { md5Hex = "abc" }, { md5Hex = 7 },
      { md5Hex = MD5_ABC:upper() } } do
      assert.equal(301, ask(changes).code)
    end
    assert.equal(0, box:counts().loras.addresses)
  end)
end)

describe("the sandbox's assets", function()
  local URL = "https://example.com/a.png"

  local function call(path, body, key) return post("/openapi/v2/assets/" .. path, body, key) end

  local function group() return call("groups/create", { name = "people" }).data.groupId end

  local function asset(changes)
    local body = { url = URL, assetType = "Image", name = "a" }
    body.groupId = changes and changes.groupId or group()
    for name, value in pairs(changes or {}) do body[name] = value end
    return call("create", body).data.assetId
  end

  local function status(id) return call("query", { assetId = id }).data.status end

  it("keep groups, each account its own", function()
    local made = call("groups/create", { name = "people", description = "all of them" }).data
    local id = made.groupId
    assert.same({ groupId = id, name = "people", description = "all of them" }, made)
    asset { groupId = id }
    assert.same({ groupId = id, name = "people", description = "all of them", assetCount = 1 },
      call("groups/query", { groupId = id }).data)
    assert.same({ groupId = id, name = "persons", description = "all of them" },
      call("groups/update", { groupId = id, name = "persons" }).data)
    assert.equal(1007, call("groups/delete", { groupId = id }).code, "it is not empty")
    assert.equal(1007, call("groups/query", { groupId = id }, ("f"):rep(32)).code, "somebody else's")
    local empty = group()
    assert.same({ code = 0, msg = "success", data = json.null }, call("groups/delete", { groupId = empty }))
    assert.equal(1007, call("groups/query", { groupId = empty }).code)
  end)

  it("list in pages, by name, group and state", function()
    local one, two = group(), group()
    for i = 1, 5 do asset { groupId = i < 5 and one or two, name = "asset " .. i } end
    local function list(body)
      local data = call("list", body).data
      local names = {}
      for i, item in ipairs(data.items) do names[i] = item.name end
      return table.concat(names, ","), data.totalCount
    end
    assert.same({ "asset 1,asset 2", 5 }, { list { pageNumber = 1, pageSize = 2 } })
    assert.same({ "asset 5", 5 }, { list { pageNumber = 3, pageSize = 2 } })
    assert.same({ "", 5 }, { list { pageNumber = 4, pageSize = 2 } })
    assert.same({ "asset 5", 1 }, { list { pageNumber = 1, pageSize = 9, groupId = two } })
    assert.same({ "asset 3", 1 }, { list { pageNumber = 1, pageSize = 9, name = "3" } })
    assert.same({ "", 0 }, { list { pageNumber = 1, pageSize = 9, status = "FAILED" } })
    assert.equal(2, call("groups/list", { pageNumber = 1, pageSize = 100 }).data.totalCount)
    for _, body in ipairs { {}, { pageNumber = 0, pageSize = 5 }, { pageNumber = 1, pageSize = 101 } } do
      assert.equal(1007, call("list", body).code)
      assert.equal(1007, call("groups/list", body).code)
    end
  end)

  it("are ready after a moment, can be renamed and deleted", function()
    open { speed = 1e6 }
    local id = asset()
    assert.equal("ACTIVE", status(id))
    assert.same({ assetId = id, status = "ACTIVE", assetType = "Image", previewUrl = URL },
      call("query", { assetId = id }).data)
    assert.same({ assetId = id, name = "b", status = "ACTIVE" },
      call("update", { assetId = id, name = "b" }).data)
    assert.equal(0, call("delete", { assetId = id }).code)
    for _, path in ipairs { "query", "update", "delete" } do
      assert.equal(1007, call(path, { assetId = id, name = "c" }).code)
    end
    open { speed = 0.001 }
    assert.equal("PROCESSING", status(asset()))
  end)

  it("fail, and go through any states, where a fault says so", function()
    box:fault { ["do"] = "asset", ["end"] = "FAILED", states = { "PENDING", "ODD" } }
    local id = asset()
    assert.same({ "PENDING", "ODD", "FAILED", "FAILED" }, { status(id), status(id), status(id), status(id) })
    assert.has_error(function() box:fault { ["do"] = "asset", route = "submit" } end)
  end)

  it("refuse what is wrong, and keys of other kinds", function()
    local id = group()
    local good = { groupId = id, url = URL, assetType = "Image", name = "a" }
    for name, values in pairs { groupId = { "none", 5 }, assetType = { "image", "Text", 5 }, name = { "", 5 },
      url = { "a.png", "ftp://a/b", 5, box.url .. "/uploads/never.png" } } do
      for _, value in ipairs(values) do
        local body = { [name] = value }
        for other, its in pairs(good) do body[other] = body[other] or its end
        assert.equal(1007, call("create", body).code, name .. " " .. tostring(value))
      end
    end
    assert.equal(0, box:counts().assets.made)
    open { keys = { accounts.parse(KEY .. ":NORMAL"), accounts.parse("free:FREE") } }
    assert.equal(1014, call("groups/create", { name = "a" }).code)
    assert.equal(801, call("groups/create", { name = "a" }, "free").code)
    assert.equal(1002, call("groups/create", { name = "a" }, "nobody").code)
  end)

  it("stand for media where they are there, ready, and of the kind", function()
    open { speed = 1e6 }
    local video = "/openapi/v2/kling-video-o1/image-to-video"
    local function submit(address)
      return post(video, { aspectRatio = "9:16", duration = "5", mode = "std", firstImageUrl = address })
        .errorCode
    end
    assert.equal("", submit("asset://" .. asset()))
    assert.equal("1007", submit("asset://asset-0"))
    assert.equal("1007", submit("asset://" .. asset { assetType = "Video" }))
    box:fault { ["do"] = "asset", ["end"] = "FAILED" }
    assert.equal("1007", submit("asset://" .. asset()))
    local id = asset()
    call("delete", { assetId = id })
    assert.equal("1007", submit("asset://" .. id))
    assert.equal(1, box:counts().tasks.made)
  end)
end)

describe("the sandbox's lists", function()
  local LIST = "/openapi/v2/resource/list"

  it("of keys mask them", function()
    local reply = get "/openapi/v2/api-key/list"
    assert.is_nil(json.encode(reply):find(KEY, 1, true))
    assert.equal("0123****cdef", reply.data[1].key)
    assert.equal(1002, get("/openapi/v2/api-key/list", "nobody").code)
    assert.equal(1009, post("/openapi/v2/api-key/list", {}).code)
  end)

  it("of resources come in pages, by name, base model and tag", function()
    local function list(more)
      local body = { resourceType = "LORA", current = 1, size = 50 }
      for name, value in pairs(more or {}) do body[name] = value end
      return post(LIST, body).data
    end
    local all = list()
    assert.same({ 7, 7, 1, false, false },
      { #all.records, all.total, all.pages, all.hasNext, all.hasPrevious })
    local last = list { size = 3, current = 3 }
    assert.same({ 1, 3, false, true }, { #last.records, last.pages, last.hasNext, last.hasPrevious })
    assert.equal("sandbox/ink-style.safetensors", list { resourceName = "ink" }.records[1].nodeModelName)
    for _, one in ipairs(list { baseModels = { "flux" } }.records) do assert.equal("flux", one.baseModel) end
    assert.equal(0, #list { tags = { "none" } }.records)
    assert.is_truthy(#list { resourceType = "GGUF" }.records > 0)
  end)

  it("refuse other types and pages", function()
    for _, body in ipairs { {}, { resourceType = "lora", current = 1, size = 5 },
      { resourceType = "LORA", current = 0, size = 5 }, { resourceType = "LORA", current = 1, size = 51 },
      { resourceType = "LORA", current = 1, size = 5, tags = "style" } } do
      assert.equal(1007, post(LIST, body).code)
    end
    assert.equal(1002, post(LIST, { resourceType = "LORA", current = 1, size = 5 }, "nobody").code)
  end)
end)
