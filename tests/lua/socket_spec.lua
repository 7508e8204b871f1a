-- rhub.socket against rhub.server, and against bytes that no good server sends.
local frames = require "support.frames"
local server = require "rhub.server"
local socket = require "rhub.socket"
local sys = require "rhub.sys"

local PATIENCE = 30 -- seconds until a test that hangs is stopped
local SECRET = "Rh-Comfy-Auth=c2VjcmV0"

describe("rhub.socket", function()
  local srv, pool, on_request, peer, peer_news, news

  -- What becomes of requests, unless a test says otherwise: websockets.
  local function accept(request) peer = assert(request:upgrade()) end

  local function turn()
    local wait = math.min(srv:timeout(), pool:timeout() or 1, 0.05)
    sys.poll({ srv:fd(), 1, pool:fd(), 1 }, wait)
    srv:step()
    for request in srv.next, srv do on_request(request) end
    for who, what, value in srv.heard, srv do peer_news[#peer_news + 1] = { who, what, value } end
    pool:step()
    for who, what, value in pool.next, pool do news[#news + 1] = { who, what, value } end
  end

  local function until_(done)
    local deadline = sys.now() + PATIENCE
    while not done() do
      assert(sys.now() < deadline, "nothing came for 30 seconds")
      turn()
    end
  end

  local function heard(n)
    until_(function() return #news >= n end)
    return table.unpack(news[n])
  end

  local function url(path) return ("ws://127.0.0.1:%d%s"):format(srv:port(), path or "/ws?" .. SECRET) end

  -- A websocket that is open on both sides.
  local function connected(path)
    local handle = assert(pool:connect(url(path)))
    assert.same({ handle, "open" }, { heard(1) })
    until_(function() return #peer_news >= 1 end)
    return handle
  end

  before_each(function()
    srv, pool = assert(server.listen { heads = 0 }), assert(socket.pool {})
    on_request, peer, peer_news, news = accept, nil, {}, {}
  end)
  after_each(function()
    pool:close()
    srv:close()
  end)

  it("asks for the path with its query, and opens", function()
    local path, token, host, version
    on_request = function(request)
      path, token, host = request:path(), request:query("Rh-Comfy-Auth"), request:header("Host")
      version = request:header("Sec-WebSocket-Version")
      accept(request)
    end
    connected("/ws/c_instance?c_host=10.0.0.1&Rh-Comfy-Auth=eyJ1IjoxfQ==")
    assert.same({ "/ws/c_instance", "eyJ1IjoxfQ==", "127.0.0.1:" .. srv:port(), "13" },
      { path, token, host, version })
  end)

  it("hands out texts in their order, also those that come with the answer, up to 1 MiB", function()
    local longest = ("x"):rep(1 << 20)
    on_request = function(request)
      accept(request)
      until_(function() return #peer_news > 0 end)
    end
    local handle = assert(pool:connect(url()))
    until_(function() return #peer_news > 0 end)
    peer:send("first")
    peer:send("")
    peer:send(longest)
    heard(4)
    assert.same({ { handle, "open" }, { handle, "text", "first" }, { handle, "text", "" },
      { handle, "text", longest } }, news)
  end)

  it("joins fragments, skips binary messages of any size, and answers pings", function()
    local handle = connected()
    assert.is_true(peer:raw(frames.make("text", "on", { more = true }) .. frames.make("ping", "now?")
      .. frames.make("more", "e te", { more = true }) .. frames.make("more", "xt")))
    local size = 3 << 20
    peer:raw(frames.make("binary", "", { size = size, more = true }))
    for _ = 1, size >> 16 do until_(function() return peer:raw(("b"):rep(1 << 16)) end) turn() end
    peer:raw(frames.make("more", "and the rest") .. frames.make("text", "after"))
    heard(3)
    assert.same({ { handle, "text", "one text" }, { handle, "text", "after" } }, { news[2], news[3] })
  end)

  it("masks what it sends, and answers a ping with its words", function()
    -- A server made of bytes: this one sees the frames themselves.
    local uv = require "luv"
    local bytes, tcp = "", uv.new_tcp()
    assert(tcp:bind("127.0.0.1", 0))
    local client
    tcp:listen(8, function()
      client = uv.new_tcp()
      tcp:accept(client)
      client:read_start(function(_, data) bytes = bytes .. (data or "") end)
    end)
    local handle = assert(pool:connect(("ws://127.0.0.1:%d/?q"):format(tcp:getsockname().port)))
    local function both(done)
      until_(function()
        uv.run("nowait")
        return done()
      end)
    end
    both(function() return bytes:find("\r\n\r\n", 1, true) end)
    assert.matches("^GET /%?q HTTP/1.1\r\n", bytes)
    local key = bytes:match("Sec%-WebSocket%-Key: (%S+)")
    assert.equal(24, #key)
    client:write("HTTP/1.1 101 Switching Protocols\r\nupgrade: WebSocket\r\nconnection: upgrade\r\n"
      .. "Sec-WebSocket-Accept: " .. frames.accept(key) .. "\r\n\r\n" .. frames.make("text", "at once"))
    bytes = ""
    both(function() return #news >= 2 end)
    assert.same({ { handle, "open" }, { handle, "text", "at once" } }, news)
    client:write(frames.make("ping", "now?"))
    both(function() return #frames.read(bytes) >= 1 end)
    handle:close()
    both(function() return #frames.read(bytes) >= 2 end)
    local goodbye = string.pack(">I2", 1000)
    assert.same({ { "pong", "now?", true }, { "close", goodbye, true } }, (frames.read(bytes)))
    client:close()
    tcp:close()
    uv.run()
  end)

  it("hands out more texts than it keeps", function()
    connected()
    for i = 1, 3000 do
      assert.is_true(peer:send("t" .. i))
      if i % 500 == 0 then turn() end
    end
    heard(3001)
    for i = 1, 3000 do assert.equal("t" .. i, news[i + 1][3]) end
  end)

  it("reads no further while nobody takes what has come", function()
    connected()
    local sent, text = 0, ("x"):rep(1 << 18)
    local deadline = sys.now() + PATIENCE
    repeat -- the pool is stepped, and never asked
      srv:step()
      pool:step()
      sent = sent + 1
      assert(sent < 1000 and sys.now() < deadline, "nothing bounds what is kept")
    until not peer:send(text)
    assert.is_true(sent > 4)
    heard(2)
    assert.equal(text, news[2][3])
  end)

  it("tells why it ended: a goodbye, a reset, and what breaks the protocol", function()
    local ways = {
      ["closed by the other side %(1000%)"] = function() peer:close() end,
      ["the connection was lost"] = function() peer:reset() end,
      ["the other side broke the protocol"] = function() peer:raw("\xff\xff\xff\xffgarbage") end,
      ["a text is no UTF%-8"] = function() peer:raw(frames.make("text", "\xc3\x28")) end,
      ["a message is longer than 1 MiB"] = function()
        peer:raw(frames.make("text", "x", { size = 1 << 20 | 1 }))
      end,
    }
    for why, misbehave in pairs(ways) do
      news, peer_news = {}, {}
      local handle = connected()
      misbehave()
      local who, what, reason = heard(2)
      assert.same({ handle, "closed" }, { who, what })
      assert.matches("^" .. why .. "$", reason)
      assert.equal("rhub.socket (closed)", tostring(handle))
    end
  end)

  it("counts fragments together for the length of a text", function()
    connected()
    for i = 1, 5 do
      peer:raw(frames.make(i == 1 and "text" or "more", ("x"):rep(1 << 18), { more = true }))
      turn()
    end
    assert.equal("a message is longer than 1 MiB", (select(3, heard(2))))
  end)

  it("says what the server answered in place of a websocket, and follows no redirect", function()
    local answers = {
      [{ 403 }] = "the server answered 403",
      [{ 302, { Location = "/elsewhere" } }] = "the server answered 302",
      [{ 200, "text/plain", "hello" }] = "the server answered 200",
    }
    local requests = 0
    for answer, why in pairs(answers) do
      news = {}
      on_request = function(request)
        requests = requests + 1
        request:reply(table.unpack(answer))
      end
      assert(pool:connect(url()))
      assert.same({ "closed", why }, { select(2, heard(1)) })
    end
    assert.equal(3, requests)
  end)

  it("takes no answer that does not belong to its key, that is garbage, too long, or none", function()
    local head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    local foreign = head .. "Sec-WebSocket-Accept: " .. frames.ACCEPT .. "\r\n\r\n"
    local answers = {
      [foreign] = "the server's answer opens no websocket",
      [head .. "\r\n"] = "the server's answer opens no websocket",
      ["SSH-2.0-OpenSSH\r\n\r\n"] = "what came is no answer",
      ["HTTP/1.1 101 " .. ("x"):rep(9000)] = "the server's answer is too long",
      [head] = "the connection was lost before there was an answer",
    }
    for bytes, why in pairs(answers) do
      news = {}
      on_request = function(request) request:raw(bytes) end
      assert(pool:connect(url()))
      assert.same({ "closed", why }, { select(2, heard(1)) })
    end
  end)

  it("gives up a server that does not answer", function()
    on_request = function(request) request:hang() end
    assert(pool:connect(url(), 0.3))
    assert.same({ "closed", "no answer in time" }, { select(2, heard(1)) })
  end)

  it("says that nobody listens", function()
    local port = srv:port()
    srv:close()
    srv = assert(server.listen {})
    assert(pool:connect(("ws://127.0.0.1:%d/?%s"):format(port, SECRET)))
    local _, what, why = heard(1)
    assert.equal("closed", what)
    assert.matches("^no connection: ", why)
    assert.is_nil(why:find("secret", 1, true))
  end)

  it("opens wss anywhere and ws on this machine, nothing else, and shows no query", function()
    for address, why in pairs {
      ["ws://10.0.0.1/?" .. SECRET] = "is plain ws, which is opened on this machine only",
      ["http://example.com/?" .. SECRET] = "is plain ws, which is opened on this machine only",
      ["ftp://127.0.0.1/?" .. SECRET] = "is neither wss nor ws, which alone are opened",
      ["file:///etc/passwd"] = "is no address",
      ["ws://user:word@127.0.0.1/"] = "has a user name in it",
      ["ws://127.0.0.1/\r\nX: y"] = "holds a character that no address holds",
      ["ws://127.0.0.1/ä"] = "holds a character that no address holds",
      ["nonsense"] = "is no address",
      [""] = "is no address",
    } do
      assert.same({ n = 2, nil, why }, table.pack(pool:connect(address)))
    end
    local handle = assert(pool:connect("wss://127.0.0.1:1/ws/c_instance?" .. SECRET))
    assert.equal("rhub.socket wss://127.0.0.1:1/ws/c_instance", tostring(handle))
  end)

  it("leaves this machine in no way when it is sealed", function()
    local sealed <close> = assert(socket.pool { sealed = true })
    assert.same({ nil, "is not on this machine, which a sandbox never leaves" },
      { sealed:connect("wss://example.com/") })
    assert(sealed:connect(url()))
  end)

  it("ends without a word when closed here, and the server hears a goodbye", function()
    local handle = connected()
    handle:close()
    handle:close()
    until_(function() return #peer_news >= 2 end)
    assert.same({ peer, "closed", "closed by the other side (1000)" }, peer_news[2])
    assert.equal(1, #news)
  end)

  it("can be closed in every state, handle or pool, with news waiting or not", function()
    for turns = 0, 6 do
      news, peer_news = {}, {}
      local handle = assert(pool:connect(url()))
      for _ = 1, turns do turn() end
      handle:close()
      news = {}
      turn()
      assert.same({}, news)
    end
    for turns = 0, 6 do
      local other = assert(socket.pool {})
      local handle = assert(other:connect(url()))
      for _ = 1, turns do
        srv:step()
        for request in srv.next, srv do accept(request) end
        other:step()
      end
      if peer then peer:send("waits") end
      other:step()
      other:close()
      other:close()
      handle:close()
      assert.equal("rhub.socket (closed)", tostring(handle))
      assert.has_error(function() other:connect(url()) end, "this pool of websockets is closed")
    end
  end)

  it("keeps handles that nobody refers to, and lets everything go with the pool", function()
    connected()
    collectgarbage()
    peer:send("still here")
    assert.equal("still here", (select(3, heard(2))))
    local weak = setmetatable({ assert(socket.pool {}) }, { __mode = "v" })
    weak[1]:connect(url())
    collectgarbage()
    collectgarbage()
    assert.is_nil(weak[1])
  end)

  it("drives a hundred at once by one descriptor", function()
    local handles, peers = {}, {}
    on_request = function(request) peers[#peers + 1] = assert(request:upgrade()) end
    for i = 1, 100 do handles[i] = assert(pool:connect(url())) end
    heard(100)
    until_(function() return #peer_news >= 100 end)
    for i, one in ipairs(peers) do one:send("hello " .. i) end
    heard(200)
    local seen = {}
    for _, event in ipairs(news) do
      if event[2] == "text" then seen[event[1]] = event[3] end
    end
    for _, handle in ipairs(handles) do assert.matches("^hello %d+$", seen[handle]) end
  end)

  it("refuses what cannot be right", function()
    assert.has_error(function() pool:connect(url(), 0) end)
    assert.has_error(function() pool:connect() end)
    assert.has_error(function() socket.pool(5) end)
    assert.has_error(function() socket.pool { ca_file = {} } end)
  end)
end)
