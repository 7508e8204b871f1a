/* In place of upgrade.c where wslay is not installed: no request becomes a websocket. */
#include "server.h"

int rh_req_upgrade(lua_State *L) {
  rh_request_check(L);
  lua_pushnil(L);
  lua_pushliteral(L, "this server was built without wslay");
  return 2;
}

int rh_server_heard(lua_State *L, rh_server *server) {
  (void)L, (void)server;
  return 0;
}

void rh_sockets_open(lua_State *L) {
  (void)L;
}

void rh_socket_lost(rh_socket *socket) {
  (void)socket;
}

void rh_sockets_step(rh_server *server) {
  (void)server;
}

void rh_sockets_close(rh_server *server) {
  (void)server;
}

void rh_sockets_free(rh_server *server) {
  (void)server;
}
