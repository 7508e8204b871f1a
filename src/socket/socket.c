/* rhub.socket: websockets as a client, for the progress that a ComfyUI machine tells. A pool is a
 * source: fd(), timeout(), step(), and next() hands out what has happened.
 *
 * OWNERSHIP
 *   A connection belongs to its pool. Its handle points at it until the end has been handed out, it
 *   is closed, or the pool is; then the handle is empty. The pool's user value keeps the handles of
 *   open connections, so that what arrives has somebody to be handed out with. */
#include "connection.h"

#include <lauxlib.h>
#include <lua.h>
#include <string.h>
#include <unistd.h>

#define POOL_META   "rhub.socket.pool"
#define HANDLE_META "rhub.socket"
#define PATIENCE    20.0 /* seconds for a connection */

__attribute__((visibility("default"))) int luaopen_rhub_socket(lua_State *L);

typedef struct pool_box {
  rh_pool pool;
  bool open;
} pool_box;

static pool_box *to_box(lua_State *L) {
  return luaL_checkudata(L, 1, POOL_META);
}

static rh_pool *check_pool(lua_State *L) {
  pool_box *box = to_box(L);
  if (!box->open) luaL_error(L, "this pool of websockets is closed");
  return &box->pool;
}

static const char *text_option(lua_State *L, const char *name) {
  lua_getfield(L, 1, name);
  const char *text = luaL_optstring(L, -1, NULL);
  lua_pop(L, 1); /* the table keeps it */
  return text;
}

/* socket.pool{ca_file =, proxy =, sealed =} -> pool | nil, reason */
static int socket_pool(lua_State *L) {
  if (lua_isnoneornil(L, 1)) lua_settop(L, 0), lua_newtable(L);
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  const char *ca_file = text_option(L, "ca_file"), *proxy = text_option(L, "proxy");
  lua_getfield(L, 1, "sealed");
  bool sealed = lua_toboolean(L, -1);
  pool_box *box = lua_newuserdatauv(L, sizeof *box, 1);
  box->open = false;
  luaL_setmetatable(L, POOL_META);
  lua_newtable(L);
  lua_setiuservalue(L, -2, 1);
  box->open = rh_pool_open(&box->pool, ca_file, proxy, sealed);
  if (box->open) return 1;
  rh_pool_close(&box->pool);
  lua_pushnil(L);
  lua_pushliteral(L, "out of memory or descriptors");
  return 2;
}

/* ---- connections -------------------------------------------------------------------------------
 */

static void push_handles(lua_State *L) {
  lua_getiuservalue(L, 1, 1);
}

/* Forgets the handle of a connection that is about to be freed. */
static void empty(lua_State *L, rh_connection *c) {
  rh_connection **handle = *rh_connection_box(c);
  if (handle) *handle = NULL;
  push_handles(L);
  lua_pushnil(L);
  lua_rawsetp(L, -2, c);
  lua_pop(L, 1);
}

/* pool:connect(address [, seconds]) -> handle | nil, reason */
static int pool_connect(lua_State *L) {
  rh_pool *pool = check_pool(L);
  const char *url = luaL_checkstring(L, 2), *why;
  double seconds = luaL_optnumber(L, 3, PATIENCE);
  luaL_argcheck(L, seconds > 0 && seconds <= 3600, 3, "more than 0 seconds, at most an hour");
  lua_settop(L, 3);
  push_handles(L);
  rh_connection **handle = lua_newuserdatauv(L, sizeof *handle, 1);
  *handle = NULL;
  luaL_setmetatable(L, HANDLE_META);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1); /* the pool, for close */
  rh_connection *c = rh_connection_new(pool, url, seconds, &why);
  if (!c) {
    lua_pushnil(L);
    lua_pushstring(L, why);
    return 2;
  }
  *handle = c;
  *rh_connection_box(c) = handle;
  lua_pushvalue(L, -1);
  lua_rawsetp(L, 4, c);
  return 1;
}

/* pool:next() -> handle, "open" | "text" | "closed", text or reason; nothing: no news */
static int pool_next(lua_State *L) {
  static const char *const names[] = {"", "open", "text", "closed"};
  rh_pool *pool = check_pool(L);
  rh_connection *c;
  const char *text;
  size_t len;
  rh_news news = rh_connection_next(pool, &c, &text, &len);
  if (news == RH_NEWS_NONE) return 0;
  lua_settop(L, 1);
  push_handles(L);
  lua_rawgetp(L, -1, c);
  lua_pushstring(L, names[news]);
  if (news == RH_NEWS_OPEN) return 2;
  lua_pushlstring(L, text, len);
  if (news == RH_NEWS_CLOSED) {
    empty(L, c);
    rh_connection_free(c);
  }
  return 3;
}

/* handle:close(): says goodbye and ends; nothing more is heard of it. May be called again. */
static int handle_close(lua_State *L) {
  rh_connection **handle = luaL_checkudata(L, 1, HANDLE_META), *c = *handle;
  if (!c) return 0;
  lua_settop(L, 1);
  lua_getiuservalue(L, 1, 1);
  lua_replace(L, 1);
  empty(L, c);
  rh_connection_free(c);
  return 0;
}

static int handle_tostring(lua_State *L) {
  rh_connection **handle = luaL_checkudata(L, 1, HANDLE_META);
  if (*handle)
    lua_pushfstring(L, "rhub.socket %s", rh_connection_shown(*handle));
  else
    lua_pushliteral(L, "rhub.socket (closed)");
  return 1;
}

/* ---- the source --------------------------------------------------------------------------------
 */

static int pool_fd(lua_State *L) {
  lua_pushinteger(L, check_pool(L)->epoll);
  return 1;
}

/* pool:timeout() -> seconds until step is due, 0: at once; nil: only the descriptor can tell */
static int pool_timeout(lua_State *L) {
  int wait = rh_pool_due(check_pool(L));
  if (wait < 0)
    lua_pushnil(L);
  else
    lua_pushnumber(L, wait / 1000.0);
  return 1;
}

static int pool_step(lua_State *L) {
  rh_pool_step(check_pool(L));
  return 0;
}

/* Also the finalizer, at which what the user value holds is still there. */
static int pool_close(lua_State *L) {
  pool_box *box = to_box(L);
  if (!box->open) return 0;
  box->open = false;
  lua_settop(L, 1);
  push_handles(L);
  for (lua_pushnil(L); lua_next(L, 2); lua_pop(L, 1)) {
    rh_connection **handle = lua_touserdata(L, -1);
    *handle = NULL;
  }
  rh_pool_close(&box->pool);
  return 0;
}

static void new_class(lua_State *L, const char *name, const luaL_Reg *meta,
                      const luaL_Reg *methods) {
  luaL_newmetatable(L, name);
  luaL_setfuncs(L, meta, 0);
  lua_newtable(L);
  luaL_setfuncs(L, methods, 0);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
}

int luaopen_rhub_socket(lua_State *L) {
  static const luaL_Reg functions[] = {{"pool", socket_pool}, {NULL, NULL}};
  static const luaL_Reg pool_methods[] = {
      {"connect", pool_connect}, {"next", pool_next},   {"fd", pool_fd}, {"timeout", pool_timeout},
      {"step", pool_step},       {"close", pool_close}, {NULL, NULL}};
  static const luaL_Reg pool_meta[] = {{"__gc", pool_close}, {"__close", pool_close}, {NULL, NULL}};
  static const luaL_Reg handle_methods[] = {{"close", handle_close}, {NULL, NULL}};
  static const luaL_Reg handle_meta[] = {
      {"__close", handle_close}, {"__tostring", handle_tostring}, {NULL, NULL}};
  luaL_checkversion(L);
  new_class(L, POOL_META, pool_meta, pool_methods);
  new_class(L, HANDLE_META, handle_meta, handle_methods);
  luaL_newlib(L, functions);
  return 1;
}
