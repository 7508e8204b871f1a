local frames = require "support.frames"
local server = require "rhub.server"
local uv = require "luv"
local wire = require "support.wire"

-- Steps a server once and gives each request to `handle`.
local function pump_of(srv, handle)
  return function()
    srv:step(0.005)
    for request, method, path, body in srv.next, srv do handle(request, method, path, body) end
  end
end

describe("rhub.server", function()
  local srv
  local function talk(bytes, handle) return wire.talk(srv:port(), bytes, pump_of(srv, handle)) end

  before_each(function() srv = assert(server.listen { heads = 1024, max_body = 4096 }) end)
  after_each(function() srv:close() end)

  it("hands out method, path, body, headers and the decoded query", function()
    local seen
    local reply = talk(wire.request("POST", "/a/b%20c?x=1%262", { ["X-Word"] = "yes" }, '{"a":1}'),
      function(request, method, path, body)
        seen = { method, path, body, request:header("x-word"), request:query("x"), request:header("none") }
        request:reply(201, { ["Content-Type"] = "text/plain", ETag = '"1"' }, "hello")
      end)
    assert.same({ "POST", "/a/b c", '{"a":1}', "yes", "1&2" }, seen)
    assert.equal(201, reply.status)
    assert.equal("hello", reply.body)
    assert.equal('"1"', reply.headers.etag)
  end)

  it("keeps bytes as they are, NULs included", function()
    local reply = talk(wire.request("POST", "/", {}, "a\0b\xff"), function(request, _, _, body)
      request:reply(200, nil, body)
    end)
    assert.equal("a\0b\xff", reply.body)
  end)

  it("refuses a second answer to one request", function()
    local kept
    talk(wire.request("GET", "/"), function(request)
      request:reply(200)
      kept = request
    end)
    assert.has_error(function() kept:reply(200) end, "this request has been answered")
    assert.has_error(function() kept:path() end, "this request has been answered")
  end)

  it("answers 500 for a request that nobody answered", function()
    local ignore = pump_of(srv, function() end)
    local reply = wire.talk(srv:port(), wire.request("GET", "/"), function()
      ignore()
      collectgarbage()
    end)
    assert.equal(500, reply.status)
  end)

  it("sends a part of a content, a repeated one, and one without a length", function()
    local bytes = server.bytes("0123456789", 100)
    assert.equal(100, #bytes)
    local function sent(slice)
      return talk(wire.request("GET", "/"), function(r) r:reply(200, nil, bytes, slice) end)
    end
    assert.equal("8901", sent({ from = 8, size = 4 }).body)
    assert.equal(("0123456789"):rep(10), sent().body)
    local chunked = sent { chunked = true }
    assert.equal("chunked", chunked.headers["transfer-encoding"])
    assert.truthy(chunked.body:find(("0123456789"):rep(10), 1, true))
  end)

  it("sends a file, and a part of it", function()
    local name = os.tmpname()
    local f = assert(io.open(name, "wb"))
    f:write("abcdefgh")
    f:close()
    local content = assert(server.file(name))
    os.remove(name)
    local function sent(slice)
      return talk(wire.request("GET", "/"), function(r) r:reply(200, nil, content, slice) end).body
    end
    assert.equal("abcdefgh", sent())
    assert.equal("cde", sent { from = 2, size = 3 })
  end)

  it("says why a file cannot be sent", function()
    assert.same({ nil, "/: not a regular file" }, { server.file("/") })
    assert.same({ nil, "/nowhere: No such file or directory" }, { server.file("/nowhere") })
  end)

  it("measures and hashes an uploaded file and keeps its first bytes and the other fields", function()
    local form
    local body, kind = wire.multipart("a b.png", ("x"):rep(100000))
    talk(wire.request("POST", "/", { ["Content-Type"] = kind }, body), function(request)
      local _, whole = request:received()
      if not whole then return request:receive() end
      form = request:form()
      request:reply(200)
    end)
    assert.equal(100000, form.file.bytes)
    assert.equal("a b.png", form.file.name)
    assert.equal("file", form.file.part)
    assert.equal(("x"):rep(64), form.file.head)
    assert.truthy(form.file.sha256:find("^" .. ("%x"):rep(64) .. "$"))
  end)

  it("hashes as SHA-256 does", function()
    local form
    local body, kind = wire.multipart("a.txt", "abc")
    talk(wire.request("POST", "/", { ["Content-Type"] = kind }, body), function(request)
      form = request:form()
      request:reply(200)
    end)
    assert.equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", form.file.sha256)
  end)

  it("has no form for a body that is none", function()
    local form = 1
    talk(wire.request("POST", "/", { ["Content-Type"] = "multipart/form-data; boundary=x" }, "no parts"),
      function(request)
        form = request:form()
        request:reply(200)
      end)
    assert.is_nil(form)
  end)

  it("counts and hashes the body of a PUT, and lets it go", function()
    local seen = {}
    local function serve(request, _, _, body)
      local _, whole = request:received()
      if not whole then return request:receive() end
      seen[#seen + 1] = request:put()
      assert.is_nil(body)
      assert.is_nil(request:body())
      assert.is_nil(request:form())
      request:reply(200)
    end
    talk(wire.request("PUT", "/", {}, "abc"), serve)
    talk(wire.request("PUT", "/", {}, ("x"):rep(100000)), serve) -- beyond max_body
    talk(wire.request("PUT", "/", {}, ""), serve)
    assert.same({
      { bytes = 3, md5 = "900150983cd24fb0d6963f7d28e17f72" },
      { bytes = 100000, md5 = "d5816f35916d1d9482fb0f1ec201101d" },
      { bytes = 0, md5 = "d41d8cd98f00b204e9800998ecf8427e" },
    }, seen)
    talk(wire.request("POST", "/", {}, "abc"), function(request)
      assert.is_nil(request:put())
      request:reply(200)
    end)
  end)

  it("reads a body beyond its ceiling and lets it go", function()
    local seen
    local reply = talk(wire.request("POST", "/", {}, ("x"):rep(5000)), function(request, _, _, body)
      local bytes, whole = request:received()
      if not whole then return request:receive() end
      seen = { bytes, body }
      request:reply(413)
    end)
    assert.equal(413, reply.status)
    assert.same({ 5000 }, seen)
  end)

  it("shows a body of unknown length at its head, but only where that was asked for", function()
    local bytes = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    local function serve(request, _, _, body)
      local _, whole = request:received()
      if not whole then return request:receive() end
      request:reply(200, nil, body)
    end
    assert.equal("abc", talk(bytes, serve).body)
    srv:close()
    srv = assert(server.listen())
    assert.equal("abc", talk(bytes, function(request, _, _, body) request:reply(200, nil, body) end).body)
  end)

  it("can answer before it reads a long body", function()
    local reply = talk(wire.request("POST", "/", {}, ("x"):rep(2000)), function(request)
      local _, whole = request:received()
      assert.is_false(whole)
      request:reply(403)
    end)
    assert.equal(403, reply.status)
  end)

  describe("misbehaves:", function()
    local function ending(handle) return talk(wire.request("POST", "/", {}, "{}"), handle) end

    it("a reset", function()
      local c = ending(function(request) request:reset() end)
      assert.same({ "", "ECONNRESET" }, { c.bytes, c.ended })
    end)

    it("an end without a byte", function()
      local c = ending(function(request) request:finish() end)
      assert.same({ "", "eof" }, { c.bytes, c.ended })
    end)

    it("bytes as they stand, then the end", function()
      local c = ending(function(request) assert.is_true(request:raw("HTTP/1.1 2")) end)
      assert.same({ "HTTP/1.1 2", "eof" }, { c.bytes, c.ended })
    end)

    it("a body that is cut", function()
      local c = ending(function(request) request:reply(200, nil, ("x"):rep(1000), { cut = 100 }) end)
      assert.same({ "1000", 100, "eof" }, { c.headers["content-length"], #c.body, c.ended })
    end)

    it("a body that stops and stays silent until the server closes", function()
      local c = wire.open(srv:port(), wire.request("GET", "/"))
      local pump = pump_of(srv, function(request)
        request:reply(200, nil, ("x"):rep(1000), { cut = 100, stall = true })
      end)
      wire.wait(function() return c.bytes:find("x", 1, true) end, pump)
      assert.is_nil(c.ended)
      srv:close()
      wire.wait(function() return c.ended end)
      wire.close(c)
    end)

    it("no answer at all, until the server closes", function()
      local c, hangs = wire.open(srv:port(), wire.request("GET", "/")), false
      wire.wait(function() return hangs end, pump_of(srv, function(request)
        request:hang()
        hangs = true
      end))
      srv:close()
      wire.wait(function() return c.ended end)
      assert.equal("", c.bytes)
      wire.close(c)
    end)
  end)

  it("closes with requests in every state, and their methods raise then", function()
    local kept, count = {}, 0
    local body, kind = wire.multipart("a.bin", ("x"):rep(5000))
    local open = {
      wire.open(srv:port(), wire.request("GET", "/held")),
      wire.open(srv:port(), wire.request("POST", "/head", { ["Content-Type"] = kind }, body)),
      wire.open(srv:port(), wire.request("GET", "/hang")),
      wire.open(srv:port(), "GET /half HTTP/1.1\r\nHo"),
    }
    wire.wait(function() return count == 3 end, pump_of(srv, function(request, _, path)
      count = count + 1
      if path == "/hang" then request:hang() else kept[#kept + 1] = request end
    end))
    srv:close()
    srv:close()
    for _, request in ipairs(kept) do
      assert.has_error(function() request:reply(200) end, "this request has been answered")
    end
    for _, c in ipairs(open) do wire.close(c) end
    assert.has_error(function() srv:step() end, "this server is closed")
  end)

  it("serves 1,000 connections at once and each of them twice", function()
    local all, answered = {}, 0
    local request = wire.request("GET", "/")
    local pump = pump_of(srv, function(r) r:reply(200, nil, "ok") end)
    for i = 1, 1000 do all[i] = wire.open(srv:port(), request) end
    local function count(n)
      for i = answered + 1, #all do
        local _, replies = all[i].bytes:gsub("HTTP/1.1 200", "")
        if replies < n then return false end
        answered = i
      end
      return true
    end
    wire.wait(function() return count(1) end, pump)
    answered = 0
    for i = 1, 1000 do all[i].tcp:write(request) end
    wire.wait(function() return count(2) end, pump)
    local stats = srv:stats()
    for i = 1, 1000 do wire.close(all[i]) end
    assert.equal(1000, stats.open)
    assert.equal(1000, stats.peak)
    assert.equal(2000, stats.requests)
  end)

  it("does not confuse requests that come in one piece", function()
    local paths = {}
    local all = wire.request("GET", "/1") .. wire.request("GET", "/2") .. wire.request("GET", "/3")
    local c = wire.open(srv:port(), all)
    wire.wait(function() return select(2, c.bytes:gsub("HTTP/1.1 200", "")) == 3 end,
      pump_of(srv, function(request, _, path)
        paths[#paths + 1] = path
        request:reply(200)
      end))
    wire.close(c)
    assert.same({ "/1", "/2", "/3" }, paths)
  end)

  it("is one descriptor that becomes readable, and says when it is due", function()
    local c = wire.open(srv:port(), wire.request("GET", "/"))
    local poll, ready, done = uv.new_poll(srv:fd()), false, false
    poll:start("r", function() ready = true end)
    wire.wait(function() return done end, function()
      if not ready and srv:timeout() > 0 then return end
      ready = false
      srv:step()
      for request in srv.next, srv do
        request:reply(200)
        assert.equal(0, srv:timeout())
      end
      done = c.bytes ~= ""
    end)
    poll:close()
    wire.close(c)
  end)

  it("closes a connection whose time is up, whatever it does, and no other", function()
    srv:close()
    srv = assert(server.listen { lifetime = 0.2 })
    local answered = 0
    local pump = pump_of(srv, function(request)
      answered = answered + 1
      request:reply(200)
    end)
    local silent, slow = wire.open(srv:port(), ""), wire.open(srv:port(), "POST / HTTP/1.1\r\n")
    wire.wait(function() return slow.connected end, pump)
    wire.wait(function()
      if not slow.ended then slow.tcp:try_write("X-A: b\r\n") end -- never silent, never done
      return slow.ended and silent.ended
    end, pump)
    assert.equal(0, answered)
    assert.equal(200, talk(wire.request("GET", "/"), function(request) request:reply(200) end).status)
    wire.close(silent)
    wire.close(slow)
  end)

  it("takes so many connections at once and lets others wait", function()
    srv:close()
    srv = assert(server.listen { connections = 2 })
    local request, all = wire.request("GET", "/", { Connection = "close" }), {}
    for i = 1, 5 do all[i] = wire.open(srv:port(), request) end
    wire.wait(function()
      for _, c in ipairs(all) do
        if not c.ended then return false end
      end
      return true
    end, pump_of(srv, function(r) r:reply(200) end))
    assert.same({ 5, 2 }, { srv:stats().requests, srv:stats().peak })
    for _, c in ipairs(all) do wire.close(c) end
  end)

  describe("exchanges with others:", function()
    local other

    before_each(function() other = assert(server.listen()) end)
    after_each(function() other:close() end)

    local function exchange(bytes, handle, seconds)
      local ticket = assert(srv:exchange("127.0.0.1", other:port(), bytes, seconds or 30))
      local got
      local serve = pump_of(other, handle or function() end)
      wire.wait(function() return got end, function()
        srv:step(0.005)
        serve()
        got = table.pack(srv:exchanged())
        if got.n == 0 then got = nil end
      end)
      assert.equal(ticket, got[1])
      return got[2], got[3]
    end

    it("bytes out, bytes in until the other ends", function()
      local seen
      local bytes, reason = exchange(wire.request("POST", "/a", { Connection = "close" }, ("x"):rep(3000000)),
        function(request)
          seen = request:body()
          request:reply(201, nil, "hello")
        end)
      assert.is_nil(reason)
      assert.truthy(bytes:find("^HTTP/1.1 201 .*\r\n\r\nhello$"))
      assert.equal(3000000, #seen)
    end)

    it("a longer reply is cut", function()
      local bytes = exchange(wire.request("GET", "/"), function(r) r:reply(200, nil, ("x"):rep(100000)) end)
      assert.equal(4096, #bytes)
    end)

    it("what came stands beside the failure when it takes too long", function()
      local bytes, reason = exchange(wire.request("GET", "/"), function(r) r:reply(200) end, 0.2)
      assert.truthy(bytes:find("^HTTP/1.1 200 "))
      assert.equal("no answer in time", reason)
      assert.same({ "", "no answer in time" }, { exchange("GET /", nil, 0.05) })
    end)

    it("says why it fails", function()
      local port = other:port()
      other:close()
      local ended
      assert(srv:exchange("127.0.0.1", port, "x", 30))
      wire.wait(function() return ended end, function()
        srv:step(0.005)
        local ticket, bytes, reason = srv:exchanged()
        ended = ticket and { bytes, reason }
      end)
      assert.same({ "", "Connection refused" }, ended)
      local none, reason = srv:exchange("example.com", 80, "x", 1)
      assert.same({ nil, "string" }, { none, type(reason) })
      assert.has_error(function() srv:exchange("127.0.0.1", 0, "x", 1) end)
      assert.has_error(function() srv:exchange("127.0.0.1", 80, "", 1) end)
      assert.has_error(function() srv:exchange("127.0.0.1", 80, "x", 0) end)
    end)

    it("is no obstacle to closing", function()
      assert(srv:exchange("127.0.0.1", other:port(), "x", 30))
      srv:step()
      srv:close()
      assert.has_error(function() srv:exchanged() end, "this server is closed")
    end)
  end)

  it("says what is wrong with a place to listen", function()
    assert.same({ nil, ("127.0.0.1:%d: Address already in use"):format(srv:port()) },
      { server.listen { port = srv:port() } })
    assert.has_error(function() server.listen { port = 70000 } end, "port: 70000 is not between 0 and 65535")
    local none, reason = server.listen { host = "example.com" }
    assert.is_nil(none)
    assert.truthy(reason:find("^example.com:0: "))
  end)

  it("refuses what cannot be a reply", function()
    talk(wire.request("GET", "/"), function(request)
      assert.has_error(function() request:reply(99) end)
      assert.has_error(function() request:reply(200, { ["X-A"] = "b\r\nX-C: d" }) end,
        "header X-A cannot be sent")
      assert.has_error(function() request:reply(200, nil, "abc", { from = 4 }) end)
      assert.has_error(function() request:reply(200, nil, "abc", { from = 1, size = 3 }) end)
      request:reply(204)
    end)
  end)
end)

describe("a websocket of rhub.server", function()
  local srv, socket, news, refused
  local open = {}

  -- Steps the server once, makes every request a websocket, and keeps what is heard.
  local function pump()
    srv:step(0.005)
    for request in srv.next, srv do
      local new, why = request:upgrade()
      if new then
        socket = new
      else
        refused = why
        request:reply(400)
      end
    end
    for who, what, value in srv.heard, srv do news[#news + 1] = { who, what, value } end
  end

  local function heard(n) wire.wait(function() return #news >= n end, pump) end

  local function client(bytes)
    local c = wire.open(srv:port(), bytes)
    open[#open + 1] = c
    return c
  end

  -- A client whose websocket is open, with these bytes sent behind its request.
  local function connected(early)
    local c = client(frames.hello("/ws?x=1") .. (early or ""))
    wire.wait(function() return c.bytes:find("\r\n\r\n", 1, true) end, pump)
    heard(1)
    assert.same({ socket, "open" }, news[1])
    c.head, c.bytes = c.bytes:match("^(.-\r\n\r\n)(.*)$")
    return c
  end

  -- The frames that have come to the client, once there are `n`.
  local function came(c, n)
    local list
    wire.wait(function()
      list = frames.read(c.bytes)
      return #list >= n
    end, pump)
    return list
  end

  before_each(function() srv, socket, news, refused = assert(server.listen()), nil, {}, nil end)
  after_each(function()
    for i = #open, 1, -1 do wire.close(table.remove(open, i)) end
    srv:close()
  end)

  it("begins with the answer that belongs to the client's key", function()
    local c = connected()
    assert.matches("^HTTP/1.1 101 ", c.head)
    assert.matches("\r\nSec%-WebSocket%-Accept: " .. frames.ACCEPT:gsub("%p", "%%%0") .. "\r\n", c.head)
    assert.matches("\r\nUpgrade: websocket\r\n", c.head)
  end)

  it("is refused where none was asked for, and the request can still be answered", function()
    for _, changes in ipairs { { Upgrade = false }, { Connection = "close" }, { Upgrade = "h2c" },
      { ["Sec-WebSocket-Version"] = "8" }, { ["Sec-WebSocket-Key"] = false },
      { ["Sec-WebSocket-Key"] = "short" } } do
      refused = nil
      local reply = wire.talk(srv:port(), frames.hello("/", changes), pump)
      assert.equal(400, reply.status)
      assert.is_string(refused)
    end
    assert.is_nil(socket)
  end)

  it("carries texts both ways, long and empty ones too, and those that came with the request", function()
    local c = connected(frames.masked("text", "early"))
    local long = ("ä"):rep(40000)
    c.tcp:write(frames.masked("text", "") .. frames.masked("text", long))
    heard(4)
    assert.same({ { socket, "text", "early" }, { socket, "text", "" }, { socket, "text", long } },
      { news[2], news[3], news[4] })
    assert.is_true(socket:send("hello"))
    assert.is_true(socket:send(long))
    assert.is_true(socket:send("\0\1\xff", "binary"))
    assert.same({ { "text", "hello", false }, { "text", long, false }, { "binary", "\0\1\xff", false } },
      came(c, 3))
  end)

  it("joins fragments, also around a ping, which it answers", function()
    local c = connected()
    c.tcp:write(frames.masked("text", "on", { more = true }) .. frames.masked("ping", "now?")
      .. frames.masked("more", "e te", { more = true }) .. frames.masked("more", "xt"))
    heard(2)
    assert.same({ socket, "text", "one text" }, news[2])
    assert.same({ "pong", "now?", false }, came(c, 1)[1])
  end)

  it("hands out more texts than it keeps, all of them, in their order", function()
    local c, list = connected(), {}
    for i = 1, 2000 do list[i] = frames.masked("text", "t" .. i) end
    c.tcp:write(table.concat(list))
    heard(2001)
    for i = 1, 2000 do assert.equal("t" .. i, news[i + 1][3]) end
  end)

  it("tells that the client has said goodbye, has gone, or was reset", function()
    local c = connected()
    c.tcp:write(frames.masked("close", string.pack(">I2", 1001)))
    heard(2)
    assert.same({ socket, "closed", "closed by the other side (1001)" }, news[2])
    assert.is_false(socket:send("too late"))
    assert.equal("close", came(c, 1)[1][1])
    wire.wait(function() return c.ended end, pump)
    news = {}
    wire.close(connected())
    heard(2)
    assert.same({ socket, "closed", "the connection was lost" }, news[2])
  end)

  it("ends for unmasked frames, bad UTF-8 and texts over 1 MiB, before they have come", function()
    local bad = {
      [frames.make("text", "bare")] = "the other side broke the protocol",
      [frames.masked("text", "\xff\xfe")] = "a text is no UTF-8",
      [frames.masked("text", "x", { size = 1 << 40 })] = "a message is longer than 1 MiB",
      ["\xff\xff\xff\xff\xff\xff\xff\xff"] = "the other side broke the protocol",
      [frames.masked("more", "of nothing")] = "the other side broke the protocol",
    }
    for bytes, why in pairs(bad) do
      news = {}
      local c = connected(bytes)
      heard(2)
      assert.same({ "closed", why }, { news[2][2], news[2][3] })
      wire.wait(function() return c.ended end, pump)
    end
  end)

  it("says goodbye and ends when the client has answered", function()
    local c = connected()
    socket:send("last words")
    socket:close()
    assert.is_false(socket:send("no more"))
    local list = came(c, 2)
    assert.same({ { "text", "last words", false }, { "close", string.pack(">I2", 1000), false } }, list)
    c.tcp:write(frames.masked("close", string.pack(">I2", 1000)))
    heard(2)
    assert.same({ socket, "closed", "closed here" }, news[2])
  end)

  it("drops a client that does not read what waits for it", function()
    local c = connected()
    c.tcp:read_stop()
    local sent, text = 0, ("x"):rep(1 << 18)
    while socket:send(text) do
      sent = sent + 1
      assert.is_true(sent < 200, "nothing bounds what waits")
      pump()
    end
    heard(2)
    assert.same({ socket, "closed", "the client does not read" }, news[2])
  end)

  it("drops a client that is silent, even to a ping, and keeps one that answers", function()
    srv:close()
    srv = assert(server.listen { patience = 0.2 })
    local dead = connected()
    local silent = socket
    wire.wait(function() return #frames.read(dead.bytes) > 0 end, pump)
    assert.equal("ping", frames.read(dead.bytes)[1][1])
    heard(2)
    assert.same({ silent, "closed", "the client is silent" }, news[2])
    news = {}
    local alive, pings = connected(), 0
    wire.wait(function()
      local list, rest = frames.read(alive.bytes)
      alive.bytes = rest
      for _ = 1, #list do alive.tcp:write(frames.masked("pong", "")) end
      pings = pings + #list
      return pings >= 3
    end, pump)
    assert.equal(1, #news)
  end)

  it("misbehaves when told to: bytes past all framing, and a reset", function()
    local c = connected()
    assert.is_true(socket:raw("\0garbage"))
    wire.wait(function() return #c.bytes >= 8 end, pump)
    assert.equal("\0garbage", c.bytes)
    socket:reset()
    wire.wait(function() return c.ended end, pump)
    assert.equal("ECONNRESET", c.ended)
    heard(2)
    assert.same({ socket, "closed", "reset here" }, news[2])
  end)

  it("ends with its server, and its methods do nothing then", function()
    local c = connected()
    local kept = socket
    srv:close()
    wire.wait(function() return c.ended end)
    assert.is_false(kept:send("nobody"))
    kept:close()
    kept:ping()
    kept:reset()
    collectgarbage()
  end)

  it("ends with its server also when its answer has not left yet", function()
    client(frames.hello("/"))
    wire.wait(function() return socket end, function()
      srv:step(0.005)
      for request in srv.next, srv do socket = request:upgrade() end
    end)
    srv:close()
    assert.is_false(socket:send("nobody"))
  end)

  it("lets many come and go, and other requests beside them", function()
    for i = 1, 60 do
      news = {}
      local c = connected()
      if i % 3 == 0 then socket:close() end
      if i % 3 == 1 then c.tcp:write(frames.masked("close", "")) end
      wire.close(c)
      heard(2)
      assert.equal("closed", news[2][2])
    end
    wire.wait(function() return srv:stats().open == 0 end, pump)
    assert.equal(400, wire.talk(srv:port(), wire.request("GET", "/"), pump).status)
    assert.equal(60, srv:stats().connections - 1)
  end)
end)
