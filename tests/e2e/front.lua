--[[
What stands between a client and the sandbox in tests: nginx with TLS and HTTP/2, a CONNECT proxy, and
relays whose connections die on demand. A process of its own, for stock lua5.4 with luv.

  lua5.4 tests/e2e/front.lua FOLDER 127.0.0.1:PORT     the sandbox's address

First line on stdout: the ports, "h2=1 h1=2 goaway=3 expired=4 plain=5 proxy=6". `plain` leads to the
sandbox itself, `proxy` takes CONNECT to any name and leads to nginx with HTTP/2. Then one command a line
on stdin, one answer a line on stdout:
  reset      every connection gets an RST on the client's side          -> number of connections
  fin        every connection is closed politely                        -> number of connections
  cut N      after N more bytes of each reply: RST                      -> 0
  stats      connections opened so far, names that CONNECT was sent for -> "opened N connects A,B"
It leaves, and nginx with it, when stdin ends.
]]
local uv = require "luv"

local folder, sandbox = arg[1], arg[2]
local here = arg[0]:match("^(.*)/") or "."

local pairs_open = {} -- set of { client, server }: both ends of each connection
local opened, connects, cut_after = 0, {}, nil

local function say(...)
  io.stdout:write(...)
  io.stdout:write("\n")
  io.stdout:flush()
end

-- ---- connections ----------------------------------------------------------------------------

local function close(handle)
  if handle and not handle:is_closing() then handle:close() end
end

local function end_pair(pair, how)
  if not pairs_open[pair] then return end
  pairs_open[pair] = nil
  close(pair.server)
  if pair.client:is_closing() then return end
  if how == "reset" then
    pair.client:close_reset()
  else
    -- What was written still goes out before the FIN.
    pair.client:shutdown(function() close(pair.client) end)
  end
end

local function end_all(how)
  local n = 0
  for pair in pairs(pairs_open) do
    n = n + 1
    end_pair(pair, how)
  end
  return n
end

local function from_server(pair)
  return function(err, data)
    if err or not data then return end_pair(pair, err and "reset" or "fin") end
    if pair.client:is_closing() then return end
    if not cut_after then return pair.client:write(data) end
    pair.replied = (pair.replied or 0) + #data
    if pair.replied <= cut_after then return pair.client:write(data) end
    pair.client:write(data:sub(1, math.max(0, #data - (pair.replied - cut_after))), function()
      end_pair(pair, "reset")
    end)
  end
end

local function join(pair, target, first)
  local function joined(err)
    if err then return end_pair(pair, "reset") end
    if first and #first > 0 then pair.server:write(first) end
    pair.server:read_start(from_server(pair))
    pair.client:read_start(function(e, data)
      if e or not data then return end_pair(pair, "fin") end
      if not pair.server:is_closing() then pair.server:write(data) end
    end)
  end
  if target:find("/", 1, true) then
    pair.server = uv.new_pipe(false)
    pair.server:connect(target, joined)
  else
    local host, port = target:match("^(.*):(%d+)$")
    pair.server = uv.new_tcp()
    pair.server:connect(host, math.tointeger(port), joined)
  end
end

-- Reads "CONNECT name:port HTTP/1.1" and its header, then is a relay like the others.
local function take_connect(pair, target)
  local head = ""
  pair.client:read_start(function(err, data)
    if err or not data then return end_pair(pair, "fin") end
    head = head .. data
    local stop = select(2, head:find("\r\n\r\n", 1, true))
    if not stop then return end
    pair.client:read_stop()
    local name = head:match("^CONNECT (%S+) ")
    if not name then
      pair.client:write("HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n")
      return end_pair(pair, "fin")
    end
    connects[#connects + 1] = name
    pair.client:write("HTTP/1.1 200 Connection established\r\n\r\n")
    join(pair, target, head:sub(stop + 1))
  end)
end

local function listen(target, take)
  local listener = uv.new_tcp()
  assert(listener:bind("127.0.0.1", 0))
  assert(listener:listen(1024, function(err)
    if err then return end
    local pair = { client = uv.new_tcp() }
    listener:accept(pair.client)
    pair.client:nodelay(true)
    pairs_open[pair] = true
    opened = opened + 1
    take(pair, target)
  end))
  return listener:getsockname().port
end

-- ---- nginx ----------------------------------------------------------------------------------

local function write_configuration()
  local f <close> = assert(io.open(here .. "/nginx.conf"))
  local out <close> = assert(io.open(folder .. "/nginx.conf", "w"))
  out:write((f:read("a"):gsub("@SANDBOX@", (sandbox:gsub("%%", "%%%%")))))
end

local nginx -- its process

local function start_nginx()
  local path = os.getenv("PATH") .. ":/usr/sbin:/sbin"
  for dir in path:gmatch("[^:]+") do
    local program = dir .. "/nginx"
    if uv.fs_access(program, "X") then
      local err
      nginx, err = uv.spawn(program, {
        args = { "-p", folder, "-e", folder .. "/error.log", "-c", "nginx.conf" },
        cwd = folder,
        stdio = { nil, nil, 2 },
      }, function(code)
        say("nginx ended with ", tostring(code))
        os.exit(1)
      end)
      return assert(nginx, err)
    end
  end
  error("nginx is not installed")
end

local function when_ready(path, ready)
  local probe = uv.new_pipe(false)
  probe:connect(path, function(err)
    close(probe)
    if not err then return ready() end
    local again = uv.new_timer()
    again:start(5, 0, function()
      close(again)
      when_ready(path, ready)
    end)
  end)
end

-- ---- commands -------------------------------------------------------------------------------

local function command(line)
  local word, n = line:match("^(%a+)%s*(%d*)$")
  if word == "reset" or word == "fin" then
    say(tostring(end_all(word)))
  elseif word == "cut" then
    cut_after = math.tointeger(n)
    for pair in pairs(pairs_open) do pair.replied = 0 end
    say("0")
  elseif word == "stats" then
    say("opened ", tostring(opened), " connects ", table.concat(connects, ","))
  else
    say("?")
  end
end

local function read_commands()
  local stdin, rest = uv.new_pipe(false), ""
  stdin:open(0)
  stdin:read_start(function(err, data)
    if err or not data then
      nginx:kill("sigterm")
      os.exit(0)
    end
    rest = rest .. data
    for line in rest:gmatch("([^\n]*)\n") do command(line) end
    rest = rest:match("([^\n]*)$")
  end)
end

-- A client may leave while something is written to it: that is an error of the write, not this process's end.
local function survive_broken_pipes()
  local broken_pipe = uv.new_signal()
  broken_pipe:start("sigpipe", function() end)
  broken_pipe:unref()
end

survive_broken_pipes()
write_configuration()
start_nginx()
read_commands()
when_ready(folder .. "/h2.sock", function()
  local ports = {}
  for _, name in ipairs { "h2", "h1", "goaway", "expired" } do
    ports[#ports + 1] = name .. "=" .. listen(folder .. "/" .. name .. ".sock", join)
  end
  ports[#ports + 1] = "plain=" .. listen(sandbox, join)
  ports[#ports + 1] = "proxy=" .. listen(folder .. "/h2.sock", take_connect)
  say(table.concat(ports, " "))
end)
uv.run()
