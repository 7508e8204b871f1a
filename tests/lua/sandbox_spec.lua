local accounts = require "rhub.sandbox.accounts"
local json = require "rhub.json"
local sandbox = require "rhub.sandbox"
local sys = require "rhub.sys"
local wire = require "support.wire"

local KEY = "0123456789abcdef0123456789abcdef"
local VIDEO = "/openapi/v2/kling-video-o1/image-to-video"
local IMAGE = "/openapi/v2/rhart-image-v1/text-to-image"

describe("the sandbox", function()
  local box

  -- Sends bytes to it and serves them in this process.
  local function talk(bytes)
    return wire.talk(box.server:port(), bytes, function() box:step() end)
  end

  local function headers(key, kind)
    return { Authorization = "Bearer " .. (key or KEY), ["Content-Type"] = kind or "application/json" }
  end

  local function post(path, value, key)
    local body = type(value) == "string" and value or json.encode(value)
    local reply = talk(wire.request("POST", path, headers(key), body))
    local decoded = reply.body and json.decode(reply.body)
    return decoded or reply, reply
  end

  local function get(path, more)
    return talk(wire.request("GET", path, more))
  end

  local function draw(changes, key)
    local params = { prompt = "a cat", aspectRatio = "1:1" }
    for name, value in pairs(changes or {}) do params[name] = value end
    return post(IMAGE, params, key)
  end

  local function query(id, key) return post("/openapi/v2/query", { taskId = id }, key) end

  -- What a query shows once the task has ended.
  local function ended(id)
    local reply
    repeat reply = query(id) until not ({ CREATE = true, QUEUED = true, RUNNING = true })[reply.status]
    return reply
  end

  local function upload(name, bytes, key)
    local body, kind = wire.multipart(name, bytes)
    local reply = talk(wire.request("POST", "/openapi/v2/media/upload/binary", headers(key, kind), body))
    return json.decode(reply.body)
  end

  local function path_of(url) return (url:gsub("^http://[^/]+", "")) end

  -- A finished task of a model that makes this kind, and its first result.
  local function finished(output, script, params)
    script = script or {}
    script["do"], script.at_submit = "task", true
    box:fault(script)
    local reply = post("/openapi/v2/test/" .. output, params or { prompt = "a cat" })
    return reply, type(reply.results) == "table" and reply.results[1] or nil
  end

  local function open(options)
    options = options or {}
    options.models = {}
    for _, output in ipairs { "image", "video", "audio", "3d", "string" } do
      table.insert(options.models, { endpoint = "test/" .. output, output = output })
    end
    if box then box:close() end
    box = assert(sandbox.new(options))
  end

  before_each(function() open { speed = 1e6 } end)
  after_each(function()
    box:close()
    box = nil
  end)

  describe("submits:", function()
    it("a task has a 19-digit id above 2^53, in text, and a client id", function()
      open { speed = 0.01 }
      local reply, http = draw()
      assert.equal(200, http.status)
      assert.truthy(reply.taskId:find("^%d+$"))
      assert.equal(19, #reply.taskId)
      assert.is_true(math.tointeger(tonumber(reply.taskId)) > 2 ^ 53)
      assert.truthy(reply.clientId:find("^%x+$"))
      assert.same({ "CREATE", "", json.null }, { reply.status, reply.errorCode, reply.results })
    end)

    it("two runs give out different ids", function()
      local first = draw().taskId
      open()
      assert.not_equal(first, draw().taskId)
    end)

    it("what the service refuses is refused with its code, HTTP 200, and makes no task", function()
      local upload_url = upload("a.gif", "GIF89a").data.download_url
      local base = { aspectRatio = "9:16", duration = "5", mode = "std",
        firstImageUrl = "https://example.com/a.png" }
      local function with(changes)
        local copy = {}
        for name, value in pairs(base) do copy[name] = value end
        for name, value in pairs(changes) do copy[name] = value end
        return json.encode(copy)
      end
      local cases = {
        { "1001", "/openapi/v2/no-such/model", "{}" },
        { "1001", "/openapi/v2/kling-video-o1-image-to-video", "{}" },
        { "1007", VIDEO, "{" }, { "1007", VIDEO, "[]" }, { "1007", VIDEO, "null" }, { "1007", VIDEO, "" },
        { "1007", VIDEO, "{}" },
        { "1007", VIDEO, with { aspectRatio = "9:15" } },
        { "1007", VIDEO, with { duration = 5 } },
        { "1007", VIDEO, with { mode = json.null } },
        { "1007", VIDEO, with { prompt = 5 } },
        { "1007", VIDEO, with { prompt = ("x"):rep(2001) } },
        { "1007", VIDEO, with { firstImageUrl = "photos/a.png" } },
        { "1007", VIDEO, with { firstImageUrl = "file:///etc/passwd" } },
        { "1007", VIDEO, with { firstImageUrl = { "https://example.com/a.png" } } },
        { "1007", VIDEO, with { firstImageUrl = box.url .. "/uploads/never.png" } },
        { "1007", VIDEO, with { firstImageUrl = upload_url } },
        { "1007", VIDEO, with { instanceType = "mega" } },
        { "1007", IMAGE, '{"prompt":"\xff","aspectRatio":"1:1"}' },
      }
      for _, case in ipairs(cases) do
        local reply, http = post(case[2], case[3])
        assert.same({ case[1], "", "", 200 },
          { reply.errorCode, reply.taskId, reply.status, http.status }, case[3])
      end
      assert.equal(0, box:counts().tasks.made)
      assert.equal("0.00", box:counts().charged)
      assert.equal("", post(VIDEO, with { extra = 1 }).errorCode)
    end)

    it("another method and another Content-Type are refused", function()
      local reply = talk(wire.request("GET", IMAGE, headers()))
      assert.equal("1009", json.decode(reply.body).errorCode)
      local body = '{"prompt":"x","aspectRatio":"1:1"}'
      reply = talk(wire.request("POST", IMAGE, headers(KEY, "text/plain"), body))
      assert.equal("1007", json.decode(reply.body).errorCode)
    end)

    it("numbers are taken, and texts are not, where the service has numbers as values", function()
      local model = "/openapi/v2/alibaba/qwen-image-3.0-pro/text-to-image"
      local params = { prompt = "x", imageNum = 2 }
      assert.equal("", post(model, params).errorCode)
      params.imageNum = "2"
      assert.equal("1007", post(model, params).errorCode)
    end)

    it("an uploaded file is taken where its type and size fit", function()
      local url = upload("a.jpeg", "\xff\xd8\xff").data.download_url
      local reply = post(VIDEO, { aspectRatio = "9:16", duration = "5", mode = "std", firstImageUrl = url })
      assert.equal("", reply.errorCode)
    end)

    it("a price preview costs nothing and makes no task", function()
      local reply = post("/openapi/v2/price-preview/rhart-image-v1/text-to-image",
        { prompt = "x", aspectRatio = "1:1" })
      assert.equal(0.05, reply.estimatedPrice)
      assert.equal(0, box:counts().tasks.made)
    end)
  end)

  describe("keys:", function()
    local function open_with(...)
      local keys = {}
      for _, text in ipairs { ... } do keys[#keys + 1] = assert(accounts.parse(text)) end
      open { keys = keys, speed = 1e6 }
    end

    it("each kind may what it may", function()
      open_with("shared:SHARED", "normal:NORMAL", "own:EXCLUSIVE", "free:FREE")
      assert.equal("", draw(nil, "shared").errorCode)
      assert.equal("1014", draw(nil, "normal").errorCode)
      assert.equal("1014", draw(nil, "own").errorCode)
      assert.equal("801", draw(nil, "free").errorCode)
      assert.equal("1002", draw(nil, "other").errorCode)
      assert.equal(0, upload("a.png", "x", "normal").code)
      local refused = upload("a.png", "x", "other")
      assert.same({ 1, "API Key不存在" }, { refused.code, refused.msg })
      assert.equal(801, upload("a.png", "x", "free").code)
    end)

    it("without a list every key of 32 characters is one, and no other", function()
      assert.equal("", draw(nil, ("k"):rep(32)).errorCode)
      assert.equal("1002", draw(nil, ("k"):rep(31)).errorCode)
      local reply = talk(wire.request("POST", IMAGE, { ["Content-Type"] = "application/json" }, "{}"))
      assert.equal("1002", json.decode(reply.body).errorCode)
    end)

    it("the account tells its kind, balance and tasks, with the key in lower case only", function()
      open_with("shared:SHARED:12.5", "normal:NORMAL:99", "free:FREE")
      local function account(field, key) return post("/uc/openapi/accountStatus", { [field] = key }) end
      assert.same({ remainCoins = "0", currentTaskCounts = "0", remainMoney = "12.50", currency = "CNY",
        apiType = "SHARED" }, account("apikey", "shared").data)
      local normal = account("apikey", "normal").data
      assert.same({ "99", json.null, json.null, "NORMAL" },
        { normal.remainCoins, normal.remainMoney, normal.currency, normal.apiType })
      assert.equal(802, account("apiKey", "shared").code)
      assert.equal(802, account("apikey", "other").code)
      assert.equal(801, account("apikey", "free").code)
    end)

    it("one account does not see another's tasks", function()
      local id = draw().taskId
      local reply = query(id, ("z"):rep(32))
      assert.same({ "1004", "", id }, { reply.errorCode, reply.status, reply.taskId })
    end)
  end)

  describe("places and money:", function()
    it("a task is charged by the catalogue's price and an empty balance refuses", function()
      open { keys = { assert(accounts.parse("k:SHARED:0.11")) }, speed = 1e6 }
      assert.equal("", draw(nil, "k").errorCode)
      assert.equal("", draw(nil, "k").errorCode)
      assert.equal("812", draw(nil, "k").errorCode)
      assert.equal("0.10", box:counts().charged)
      assert.equal("0.01", post("/uc/openapi/accountStatus", { apikey = "k" }).data.remainMoney)
    end)

    it("a failed task gives its price back, a cancelled one does not", function()
      finished("image", { ["end"] = "FAILED" })
      assert.equal("0.00", box:counts().charged)
      open()
      local id = draw().taskId
      assert.equal(0, post("/task/openapi/cancel", { apiKey = KEY, taskId = id }).code)
      assert.equal("CANCEL", ended(id).status)
      assert.same({ "0.05", 1 }, { box:counts().charged, box:counts().tasks.cancelled })
    end)

    it("a cancelled task goes on for a moment, and ends under the word that it was told", function()
      open { speed = 0.001 }
      box:fault { ["do"] = "task", polls = 1000, cancel = "CANCELLED" }
      local id = draw().taskId
      local body = { apiKey = KEY, taskId = id }
      assert.equal(0, post("/task/openapi/cancel", body).code)
      assert.not_equal("CANCELLED", query(id).status)
      assert.equal(0, post("/task/openapi/cancel", body).code)
      post("/sandbox/finish", {})
      assert.equal("CANCELLED", query(id).status)
      assert.equal("task cannot cancel", post("/task/openapi/cancel", body).msg)
      assert.equal(1, box:counts().tasks.cancelled)
    end)

    it("a task that ends before its cancelling takes hold has succeeded", function()
      open { speed = 0.001 }
      box:fault { ["do"] = "task", seconds = 0.05 }
      local id = draw().taskId
      post("/task/openapi/cancel", { apiKey = KEY, taskId = id })
      assert.equal("SUCCESS", ended(id).status)
    end)

    it("beyond the limit it is full, and a place comes back some time after the task's end", function()
      open { limit = 2, speed = 1 }
      draw()
      draw()
      local full = draw()
      assert.same({ "421", "" }, { full.errorCode, full.taskId })
      post("/sandbox/finish", "{}")
      assert.equal("421", draw().errorCode)
      wire.wait(function() return draw().errorCode == "" end)
      assert.equal(2, box:counts().tasks.peak)
    end)

    it("the queue's status counts in text", function()
      open { limit = 7, speed = 1e-6 }
      draw()
      local reply = json.decode(get("/openapi/v2/queue/status", { Authorization = "Bearer " .. KEY }).body)
      assert.same({ apiKeyType = "SHARED", concurrentLimit = 7, runningCount = "0", queuedCount = "1",
        totalCurrentTasks = "1", instanceCount = 0 }, reply.data)
    end)
  end)

  describe("queries:", function()
    it("a task goes from queued to running to success, with usage in text", function()
      box:fault { ["do"] = "task", polls = 3, states = { "QUEUED", "RUNNING" } }
      local id = draw().taskId
      local seen = {}
      for i = 1, 3 do seen[i] = query(id).status end
      assert.same({ "QUEUED", "RUNNING", "SUCCESS" }, seen)
      local usage = query(id).usage
      assert.same({ consumeMoney = json.null, consumeCoins = json.null, taskCostTime = "0",
        thirdPartyConsumeMoney = "0.05" }, usage)
    end)

    it("time alone ends a task", function()
      open { speed = 20 }
      local id = draw().taskId
      wire.wait(function() return query(id).status == "SUCCESS" end)
      assert.equal(0, box:counts().tasks.running)
    end)

    it("ids that are none are refused as the service refuses them", function()
      local cases = {
        { '{"taskId":"0"}', "must be greater than 0" }, { '{"taskId":-3}', "must be greater than 0" },
        { '{"taskId":99999999999999999999}', "failed to parse request body" },
        { '{"taskId":"99999999999999999999"}', "failed to parse request body" },
        { '{"taskId":null}', "taskId must not be null" }, { "{}", "taskId must not be null" },
        { '{"taskId":"abc"}', "failed to parse request body" }, { "x", "failed to parse request body" },
      }
      for _, case in ipairs(cases) do
        local reply = post("/openapi/v2/query", case[1])
        assert.equal("1007", reply.errorCode, case[1])
        assert.truthy(reply.errorMessage:find(case[2], 1, true), case[1])
      end
    end)

    it("the legacy calls tell the same task in their own shape", function()
      box:fault { ["do"] = "task", polls = 3, states = { "QUEUED", "RUNNING" } }
      local body = { apiKey = KEY, taskId = draw().taskId }
      assert.equal(813, post("/task/openapi/outputs", body).code)
      assert.equal("RUNNING", post("/task/openapi/status", body).data)
      local outputs = post("/task/openapi/outputs", body)
      assert.same({ 0, "png", "0.05" },
        { outputs.code, outputs.data[1].fileType, outputs.data[1].thirdPartyConsumeMoney })
      assert.equal("task cannot cancel", post("/task/openapi/cancel", body).msg)
      assert.equal(807, post("/task/openapi/status", { apiKey = KEY, taskId = "7" }).code)
      assert.equal(301, post("/task/openapi/status", { apiKey = KEY, taskId = "-7" }).code)
      assert.equal(802, post("/task/openapi/status", { apiKey = "x", taskId = "7" }).code)
      assert.equal(412, post("/task/openapi/staus", body).code)
    end)

    it("the legacy outputs tell a failed task's node, and give a text as a file", function()
      box:fault { ["do"] = "task", ["end"] = "FAILED", failed_reason = "node", polls = 1 }
      local reply = post("/task/openapi/outputs", { apiKey = KEY, taskId = draw().taskId })
      assert.same({ 805, "KSampler" }, { reply.code, reply.data.failedReason.node_name })
      box:fault { ["do"] = "task", results = { { text = "forty-two" } }, polls = 1 }
      reply = post("/task/openapi/outputs", { apiKey = KEY, taskId = draw().taskId })
      assert.equal("forty-two", get(path_of(reply.data[1].fileUrl)).body)
    end)
  end)

  describe("uploads:", function()
    it("the same bytes have the same name and a new signature each time", function()
      local first, second = upload("a.PNG", "abc").data, upload("b.png", "abc").data
      local hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
      assert.equal("openapi/" .. hash .. ".png", first.fileName)
      assert.equal(first.fileName, second.fileName)
      assert.not_equal(first.download_url, second.download_url)
      assert.same({ "image", "3" }, { first.type, first.size })
      assert.same({ [hash] = 2 }, box:counts().uploads.files)
    end)

    it("too large, empty, and not named file are refused", function()
      open { max_upload = 1000 }
      assert.equal(0, upload("a.png", ("x"):rep(1000)).code)
      assert.equal(1008, upload("a.png", ("x"):rep(1001)).code)
      assert.equal(808, upload("a.png", "").code)
      local body, kind = wire.multipart("a.png", "x", "picture")
      local reply = talk(wire.request("POST", "/openapi/v2/media/upload/binary", headers(KEY, kind), body))
      assert.equal(301, json.decode(reply.body).code)
    end)
  end)

  describe("outputs:", function()
    local function has(program)
      local pipe = io.popen("command -v " .. program .. " 2>/dev/null")
      local found = pipe:read("a") ~= ""
      pipe:close()
      return found
    end

    -- What ffmpeg says of the bytes: stream facts, and whether they decode.
    local function probe(bytes, wanted)
      local name = os.tmpname()
      local f = assert(io.open(name, "wb"))
      f:write(bytes)
      f:close()
      local pipe = io.popen(("ffprobe -v error -show_entries stream=%s -of csv=p=0 %s 2>&1 </dev/null"
        .. " && ffmpeg -v error -i %s -f null - 2>&1 </dev/null"):format(wanted, name, name))
      local said = pipe:read("a")
      pipe:close()
      os.remove(name)
      return (said:gsub("%s+$", ""))
    end

    local function fetch(output, params)
      local _, result = finished(output, nil, params)
      local reply = get(path_of(result.url))
      assert.equal(200, reply.status)
      return reply, result
    end

    it("an image is a PNG in the shape that was asked for", function()
      local reply, result = fetch("image", { prompt = "a cat", aspectRatio = "9:16" })
      assert.equal("png", result.outputType)
      assert.equal("image/png", reply.headers["content-type"])
      assert.equal("\x89PNG\r\n\x1a\n", reply.body:sub(1, 8))
      assert.same({ 144, 256 }, { (">I4"):unpack(reply.body, 17), ((">I4"):unpack(reply.body, 21)) })
      if has "ffprobe" then assert.equal("png,144,256", probe(reply.body, "codec_name,width,height")) end
    end)

    it("a video is an MP4 with H.264, as long as was asked for", function()
      local reply = fetch("video", { prompt = "a cat", aspectRatio = "16:9", duration = "2" })
      assert.equal("ftypisom", reply.body:sub(5, 12))
      if has "ffprobe" then
        assert.equal("h264,144,82,2.000000", probe(reply.body, "codec_name,width,height,duration"))
      end
    end)

    it("a sound is a WAV", function()
      local reply = fetch("audio")
      assert.equal("RIFF", reply.body:sub(1, 4))
      if has "ffprobe" then
        assert.equal("pcm_s16le,8000,1.000000", probe(reply.body, "codec_name,sample_rate,duration"))
      end
    end)

    it("a 3D model is a glTF binary whose parts lie where it says", function()
      local reply = fetch("3d")
      local magic, version, length, json_length = ("<c4I4I4I4"):unpack(reply.body)
      assert.same({ "glTF", 2, #reply.body }, { magic, version, length })
      local scene = json.decode(reply.body:sub(21, 20 + json_length))
      local bin_length = ("<I4"):unpack(reply.body, 21 + json_length)
      assert.equal(scene.buffers[1].byteLength, bin_length)
      local last = scene.bufferViews[3]
      assert.equal(bin_length, last.byteOffset + last.byteLength)
    end)

    it("a text has no address", function()
      local _, result = finished "string"
      assert.same({ json.null, "txt" }, { result.url, result.outputType })
      assert.truthy(result.text:find("a cat", 1, true))
    end)

    it("different prompts give different files, the same one the same", function()
      local function image(prompt) return (fetch("image", { prompt = prompt })) end
      local a, b, c = image "a", image "b", image "a"
      assert.equal(a.body, c.body)
      assert.not_equal(a.body, b.body)
    end)

    it("parts of a file come as asked for, and only while it is the same file", function()
      local whole, result = fetch "image"
      local path, size = path_of(result.url), #whole.body
      local part = get(path, { Range = "bytes=100-" })
      assert.same({ 206, ("bytes 100-%d/%d"):format(size - 1, size), whole.body:sub(101) },
        { part.status, part.headers["content-range"], part.body })
      assert.equal(whole.body:sub(-5), get(path, { Range = "bytes=-5" }).body)
      assert.equal(416, get(path, { Range = "bytes=" .. size .. "-" }).status)
      local etag = whole.headers.etag
      assert.equal(206, get(path, { Range = "bytes=5-", ["If-Range"] = etag }).status)
      assert.equal(200, get(path, { Range = "bytes=5-", ["If-Range"] = '"other"' }).status)
      box:fault { route = "result", ["do"] = "changed" }
      local changed = get(path, { Range = "bytes=5-", ["If-Range"] = etag })
      assert.equal(200, changed.status)
      assert.not_equal(whole.body, changed.body)
      assert.not_equal(etag, changed.headers.etag)
    end)

    it("an address dies, and one that was never given out is not there", function()
      local _, result = fetch "image"
      post("/sandbox/expire", "{}")
      assert.equal(403, get(path_of(result.url)).status)
      assert.equal(404, get("/results/0123456789abcdef0123456789abcdef/x.png").status)
      open { expiry = 0 }
      _, result = finished "image"
      assert.equal(403, get(path_of(result.url)).status)
    end)

    it("an address of the sandbox's own result is taken as a parameter while it lives", function()
      local _, result = fetch "image"
      local params = { aspectRatio = "9:16", duration = "5", mode = "std", firstImageUrl = result.url }
      assert.equal("", post(VIDEO, params).errorCode)
      post("/sandbox/expire", "{}")
      assert.equal("1007", post(VIDEO, params).errorCode)
    end)
  end)

  describe("faults:", function()
    local function with(fault)
      box:fault(fault)
      local reply, http = draw()
      return reply, http
    end
    local function made() return box:counts().tasks.made end

    it("a reset before the request is carried out makes no task, one after it makes one", function()
      local _, http = with { route = "submit", ["do"] = "reset" }
      assert.same({ "", "ECONNRESET", 0 }, { http.bytes, http.ended, made() })
      _, http = with { route = "submit", ["do"] = "reset_after" }
      assert.same({ "", "ECONNRESET", 1 }, { http.bytes, http.ended, made() })
      assert.equal(2, box:counts().submits.received)
    end)

    it("a long upload is reset before its body is read", function()
      box:fault { route = "upload", ["do"] = "reset" }
      local body, kind = wire.multipart("a.bin", ("x"):rep(4 * 1024 * 1024))
      local c = talk(wire.request("POST", "/openapi/v2/media/upload/binary", headers(KEY, kind), body))
      assert.equal("", c.bytes)
      assert.is_truthy(c.ended)
      assert.equal(0, box:counts().uploads.count)
      assert.equal(1, box:counts().requests.upload)
    end)

    it("an end without a reply, half a header, raw bytes", function()
      local _, http = with { ["do"] = "fin" }
      assert.same({ "", "eof" }, { http.bytes, http.ended })
      _, http = with { ["do"] = "half_header" }
      assert.truthy(http.bytes:find("^HTTP/1.1 200 OK\r\n"))
      assert.is_nil(http.bytes:find("\r\n\r\n"))
      _, http = with { ["do"] = "raw", hex = "00ff0d0a" }
      assert.equal("\0\xff\r\n", http.bytes)
      assert.equal(0, made())
    end)

    it("a cut body and a wrong length", function()
      local _, http = with { ["do"] = "truncate", after = 10 }
      assert.same({ 10, "eof", 1 }, { #http.body, http.ended, made() })
      assert.is_true(tonumber(http.headers["content-length"]) > 10)
      _, http = with { ["do"] = "length", delta = 5 }
      assert.equal(tonumber(http.headers["content-length"]), #http.body + 5)
      _, http = with { ["do"] = "length", delta = -5 }
      assert.equal(tonumber(http.headers["content-length"]), #http.body - 5)
    end)

    it("HTTP statuses with JSON, HTML and nothing", function()
      local _, http = with { ["do"] = "status", status = 429, headers = { ["Retry-After"] = "2" } }
      assert.same({ 429, "2", "" }, { http.status, http.headers["retry-after"], http.body })
      local reply
      reply, http = with { ["do"] = "status", status = 503, json = { a = 1 } }
      assert.same({ 503, 1, "application/json" }, { http.status, reply.a, http.headers["content-type"] })
      _, http = with { ["do"] = "html", status = 502 }
      assert.truthy(http.status == 502 and http.body:find("<html>", 1, true))
      _, http = with { ["do"] = "empty" }
      assert.same({ 200, "" }, { http.status, http.body })
      _, http = with { ["do"] = "redirect", location = "http://127.0.0.1:1/x" }
      assert.same({ 302, "http://127.0.0.1:1/x" }, { http.status, http.headers.location })
      assert.equal(0, made())
    end)

    it("codes in the shape of their route, or in the other one", function()
      local reply = with { ["do"] = "code", code = "421" }
      assert.same({ "421", "" }, { reply.errorCode, reply.taskId })
      reply = with { ["do"] = "code", code = "1520", shape = "A", word = "message", message = "full" }
      assert.same({ code = 1520, message = "full", data = json.null }, reply)
      box:fault { route = "queue", ["do"] = "code", code = "1003" }
      assert.equal(1003, json.decode(get("/openapi/v2/queue/status").body).code)
      box:fault { route = "query", ["do"] = "code", code = "1004" }
      assert.same({ "1004", "77" }, { query("77").errorCode, "77" })
    end)

    it("the true reply, edited, wrapped, with bytes that are no text", function()
      local reply = with { ["do"] = "edit", set = { status = "WARMING" }, drop = { "clientId" } }
      assert.same({ "WARMING", nil }, { reply.status, reply.clientId })
      reply = with { ["do"] = "wrap" }
      assert.same({ 0, 19 }, { reply.code, #reply.data.taskId })
      local _, http = with { ["do"] = "garbage" }
      assert.truthy(http.body:find("\xff\xc3\0", 1, true))
      assert.equal(3, made())
    end)

    it("a body of any length", function()
      local _, http = with { ["do"] = "big", bytes = 200000 }
      assert.equal(200000, #http.body)
    end)

    it("tasks that live as told", function()
      local failed = finished("image",
        { ["end"] = "FAILED", code = "1501", usage = json.null, failed_reason = "node" })
      assert.same({ "FAILED", "1501", json.null, json.null },
        { failed.status, failed.errorCode, failed.results, failed.usage.thirdPartyConsumeMoney })
      assert.equal("string", type(failed.failedReason.traceback))
      assert.equal(3, #finished("image", { count = 3 }).results)
      assert.equal(0, #finished("image", { results = {} }).results)
      assert.equal(json.null, finished("image", { results = json.null }).results)
      assert.equal("hi", finished("image", { results = { { text = "hi" } } }).results[1].text)
      assert.equal(json.null, finished("image", { usage = "none" }).usage)
      assert.equal(0.1, finished("image", { usage = "numbers" }).usage.thirdPartyConsumeMoney)
      assert.equal(19, #finished("image", { wrapped = true }).data.taskId)
      local odd = finished("image", { alias = true, numeric_id = true })
      assert.equal("integer", math.type(odd.task_id))
      assert.truthy(odd.results[1].outputUrl)
      assert.equal("EXOTIC", finished("image", { ["end"] = "EXOTIC" }).status)
      assert.equal("1004", query(finished("image", { gone = true }).taskId).errorCode)
    end)

    it("files of any size, name and header", function()
      local _, result = finished("video", { file = { bytes = 300000, name = "..%2F..%2Fevil",
        type = "text/html", disposition = 'attachment; filename="../../x"', validator = false } })
      assert.truthy(result.url:find("/..%2F..%2Fevil", 1, true))
      local reply = get(path_of(result.url))
      assert.same({ 300000, "text/html", 'attachment; filename="../../x"' },
        { #reply.body, reply.headers["content-type"], reply.headers["content-disposition"] })
      assert.is_nil(reply.headers.etag or reply.headers["last-modified"])
      _, result = finished("image", { file = { chunked = true } })
      assert.equal("chunked", get(path_of(result.url)).headers["transfer-encoding"])
      _, result = finished("image", { file = { ranges = false } })
      assert.equal(200, get(path_of(result.url), { Range = "bytes=5-" }).status)
    end)

    it("downloads that end early go on where they stopped", function()
      local _, result = finished("image", { file = { bytes = 100000 } })
      local path = path_of(result.url)
      box:fault { route = "result", ["do"] = "truncate", after = 70000 }
      local cut = get(path)
      assert.same({ 70000, "eof" }, { #cut.body, cut.ended })
      local rest = get(path, { Range = "bytes=70000-", ["If-Range"] = cut.headers.etag })
      assert.equal(get(path).body, cut.body .. rest.body)
      box:fault { route = "result", ["do"] = "bad_range" }
      assert.equal("bytes 11-99999/100000", get(path, { Range = "bytes=10-" }).headers["content-range"])
      box:fault { route = "result", ["do"] = "no_range" }
      assert.equal(200, get(path, { Range = "bytes=10-" }).status)
      box:fault { route = "result", ["do"] = "expire", status = 404 }
      assert.equal(404, get(path).status)
    end)

    it("meet the request they are meant for, as often as told", function()
      box:fault { { route = "submit", match = "a dog", ["do"] = "empty" },
        { route = "submit", skip = 1, times = 2, ["do"] = "code", code = "421" } }
      local codes = {}
      for i = 1, 4 do codes[i] = draw().errorCode end
      assert.same({ "", "421", "421", "" }, codes)
      assert.equal(1, box:counts().faults.waiting)
      local _, http = draw { prompt = "a dog" }
      assert.equal("", http.body)
      assert.same({ 3, 0 }, { box:counts().faults.met, box:counts().faults.waiting })
    end)

    it("that do not exist are refused, all of a list or none", function()
      local cases = {
        { { ["do"] = "explode" }, '"do": explode is none of the faults' },
        { { ["do"] = "raw", body = ("x"):rep((1 << 20) + 1) }, '"raw": at most 1 MiB' },
        { { ["do"] = "reset", after = 5 }, '"reset" has no field after' },
        { { ["do"] = "truncate", after = "5" }, '"after": integer expected' },
        { { ["do"] = "reset", route = "nowhere" }, '"route": nowhere is none of the routes' },
        { { { ["do"] = "reset" }, { ["do"] = "no" } }, '"do": no is none of the faults' },
        { {}, '"do" is missing', true },
      }
      for _, case in ipairs(cases) do
        local reply, http = post("/sandbox/faults", case[1])
        if not case[3] then assert.same({ 400, case[2] }, { http.status, reply.error }) end
      end
      assert.equal(0, box:counts().faults.waiting)
    end)

    it("a delayed reply comes, the task being made at once", function()
      box:fault { ["do"] = "delay", seconds = 0.05 }
      assert.equal("", draw().errorCode)
      assert.equal(1, made())
    end)
  end)

  it("counts what has come in", function()
    draw()
    draw()
    draw { prompt = "" }
    post(IMAGE, "{}")
    query("5")
    local counts = json.decode(get("/sandbox/stats").body)
    assert.same({ submit = 4, query = 1 }, counts.requests)
    assert.same({ submit = 4, query = 1 }, counts.authorized)
    assert.same({ 4, 3, 1, 1 }, { counts.submits.received, counts.submits.accepted, counts.submits.refused,
      counts.submits.duplicates })
    assert.equal(1, counts.submits.bodies["rhart-image-v1/text-to-image {}"])
    assert.equal("0.15", counts.charged)
    post("/sandbox/reset", "{}")
    assert.same({}, json.decode(get("/sandbox/stats").body).requests)
  end)

  it("tells how a task was submitted, digit for digit", function()
    local id = post(IMAGE, '{"prompt":"x","aspectRatio":"1:1","seed":9007199254740993}').taskId
    local task = json.decode(get("/sandbox/tasks/" .. id).body)
    assert.equal(9007199254740993, task.params.seed)
    assert.equal('{"prompt":"x","aspectRatio":"1:1","seed":9007199254740993}', task.body)
    assert.equal(404, get("/sandbox/tasks/1").status)
  end)
end)

describe("rhub sandbox", function()
  local support = require "support.sandbox"

  it("prints its address first, serves, and leaves when its input ends", function()
    local box = support.start { "--speed", "100", "--fault", '{"route":"submit","do":"empty"}' }
    finally(function() box:stop() end)
    assert.equal(1, box:stats().faults.waiting)
    box:fault { route = "query", ["do"] = "empty" }
    assert.equal(2, box:stats().faults.waiting)
    assert.has_error(function() box:fault { ["do"] = "no" } end)
    assert.equal(0, box:stop())
  end)

  it("stops cleanly on SIGTERM and on SIGINT", function()
    for _, name in ipairs { "TERM", "INT" } do
      local box = support.start()
      finally(function() box:stop() end)
      sys.kill(box.child.pid, name)
      assert.equal(0, sys.wait(box.child.pid, 20))
      box.child = nil
    end
  end)

  it("holds 1,000 connections at once", function()
    local box = support.start { "--latency", "0.5" }
    finally(function() box:stop() end)
    local all = {}
    local request = wire.request("POST", "/openapi/v2/query",
      { Authorization = "Bearer " .. KEY, ["Content-Type"] = "application/json" }, '{"taskId":"5"}')
    for i = 1, 1000 do all[i] = wire.open(box.port, request) end
    wire.wait(function()
      for _, c in ipairs(all) do
        if not c.bytes:find('"1004"', 1, true) then return false end
      end
      return true
    end)
    for _, c in ipairs(all) do wire.close(c) end
    assert.is_true(box:stats().connections.peak >= 1000)
    assert.equal(1000, box:stats().requests.query)
  end)
end)
