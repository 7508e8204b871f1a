#!/bin/sh
# Where wslay is not installed everything else builds: a server without websockets, no module rhub.socket.
. tests/tap.sh
b=${RHUB_BUILD:-build}

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

server() { make --no-print-directory -s WSLAY= B="$tmp" "$tmp/lua/rhub/server.so"; }
products() { make --no-print-directory -n WSLAY= B="$tmp/none" build | grep -oE 'lua/rhub/[a-z]+\.so' | sort -u | tr '\n' ' '; }
works 'the server builds without wslay' server
quiet 'it needs no wslay then' sh -c "readelf -d '$tmp/lua/rhub/server.so' | grep wslay || :"
same 'no rhub.socket is built without wslay' "$(products)" \
  'lua/rhub/core.so lua/rhub/json.so lua/rhub/server.so lua/rhub/sys.so '
quiet 'that server makes no request a websocket, and says why' env LUA_CPATH="$tmp/lua/?.so;$b/lua/?.so" lua5.4 -e '
  local server = assert(require("rhub.server").listen())
  local client = assert(io.popen("curl -s -o /dev/null http://127.0.0.1:" .. server:port()))
  local request
  repeat
    server:step(1)
    request = server:next()
  until request
  local socket, why = request:upgrade()
  assert(socket == nil and why == "this server was built without wslay", why)
  assert(server:heard() == nil)
  request:reply(204)
  repeat server:step(0.1) until server:stats().open == 0
  client:close()'
done_testing
