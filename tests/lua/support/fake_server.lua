-- rhub.server without sockets: requests are put in by hand, what was answered is kept.

local fake_server = {}

local Request = {}
Request.__index = Request

function Request:reply(status, headers, body)
  assert(not self.status, "answered twice")
  self.status, self.headers, self.text = status, headers, body
end

function Request:received() return self.bytes, true end

function fake_server.new()
  local server = { listened = {}, closed = 0, queue = {} }

  local Listener = {}
  Listener.__index = Listener
  function Listener.port() return 4711 end
  function Listener.fd() return 98 end
  function Listener.timeout() return #server.queue > 0 and 0 or 3600 end
  function Listener.step() end
  function Listener.close() server.closed = server.closed + 1 end

  function Listener.next()
    local request = table.remove(server.queue, 1)
    if request then return request, request.method, request.path, request.body end
  end

  function server.listen(options)
    server.listened[#server.listened + 1] = options
    if server.refusal then return nil, server.refusal end
    return setmetatable({}, Listener)
  end

  -- A request that is answered at the next step. A body that is no string has so many bytes and was let go.
  function server.request(method, path, body)
    local request = setmetatable({ method = method, path = path,
      bytes = type(body) == "number" and body or #(body or ""),
      body = type(body) ~= "number" and (body or "") or nil }, Request)
    server.queue[#server.queue + 1] = request
    return request
  end

  return server
end

return fake_server
