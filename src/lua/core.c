/* rhub.core: the module's table, the life of a handle, and driving it. */
#include "core.h"

#include <limits.h>
#include <string.h>

/* ---- errors -------------------------------------------------------------------------------- */

void rh_core_set_text(lua_State *L, const char *key, const char *text) {
  if (text == NULL) return;
  lua_pushstring(L, text);
  lua_setfield(L, -2, key);
}

void rh_core_push_error(lua_State *L, const rhub_error *error) {
  lua_createtable(L, 0, 7);
  rh_core_set_text(L, "kind", rhub_status_name(error->status));
  rh_core_set_text(L, "message", error->message);
  rh_core_set_text(L, "spent", rhub_spent_name(error->spent));
  lua_pushboolean(L, error->retryable);
  lua_setfield(L, -2, "retryable");
  if (error->code[0] != '\0') rh_core_set_text(L, "code", error->code);
  if (error->task_id[0] != '\0') rh_core_set_text(L, "task_id", error->task_id);
  if (error->http_status != 0) {
    lua_pushinteger(L, error->http_status);
    lua_setfield(L, -2, "http_status");
  }
}

int rh_core_fail(lua_State *L, const rhub_error *error) {
  if (error->status == RHUB_NOMEM) {
    lua_pushliteral(L, "not enough memory");
    return lua_error(L);
  }
  if (error->status == RHUB_MISUSE) return luaL_error(L, "%s", error->message);
  lua_pushnil(L);
  rh_core_push_error(L, error);
  return 2;
}

int rh_core_refuse(lua_State *L) {
  lua_pushnil(L);
  lua_createtable(L, 0, 4);
  lua_pushvalue(L, -3);
  lua_setfield(L, -2, "message");
  rh_core_set_text(L, "kind", rhub_status_name(RHUB_INPUT));
  rh_core_set_text(L, "spent", rhub_spent_name(RHUB_SPENT_NO));
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "retryable");
  return 2;
}

/* ---- life ---------------------------------------------------------------------------------- */

rhub_client *rh_core_client(lua_State *L) {
  rh_core_handle *h = luaL_checkudata(L, 1, RH_CORE_HANDLE);
  if (h->client == NULL) luaL_error(L, "client is closed");
  return h->client;
}

/* core.client([options]) -> handle | nil, err. Sends nothing. */
static int core_client(lua_State *L) {
  rh_core_options options = {RHUB_OPTIONS_INIT, ""};
  rhub_error error = {.status = RHUB_OK};
  rh_core_handle *h;
  lua_settop(L, 1);
  if (!lua_isnil(L, 1)) luaL_checktype(L, 1, LUA_TTABLE);
  h = lua_newuserdatauv(L, sizeof(*h), 0);
  h->client = NULL;
  luaL_setmetatable(L, RH_CORE_HANDLE);
  /* From here to rhub_open nothing is allocated, so no finalizer can change the table. */
  if (!lua_isnil(L, 1) && !rh_core_read_options(L, 1, &options)) return rh_core_refuse(L);
  if (rhub_open(&options.c, &h->client, &error) != RHUB_OK) return rh_core_fail(L, &error);
  return 1;
}

/* handle:close(), also __close and __gc: may be called at any time and any number of times. */
static int h_close(lua_State *L) {
  rh_core_handle *h = luaL_checkudata(L, 1, RH_CORE_HANDLE);
  rhub_client *client = h->client;
  h->client = NULL;
  rhub_close(client);
  return 0;
}

/* handle:shutdown([leave]): starts no more submits; with `leave` ends everything on this side. */
static int h_shutdown(lua_State *L) {
  rhub_shutdown(rh_core_client(L), lua_toboolean(L, 2));
  return 0;
}

/* ---- driving ------------------------------------------------------------------------------- */

/* handle:fd() -> the descriptor to watch for reading. */
static int h_fd(lua_State *L) {
  lua_pushinteger(L, rhub_fd(rh_core_client(L)));
  return 1;
}

/* handle:timeout() -> seconds until a step is due, or nil. */
static int h_timeout(lua_State *L) {
  int ms = rhub_timeout_ms(rh_core_client(L));
  if (ms < 0)
    lua_pushnil(L);
  else
    lua_pushnumber(L, ms / 1000.0);
  return 1;
}

/* Seconds in milliseconds, rounded up: 0 where absent, -1 where negative. */
static int milliseconds(lua_State *L, int arg) {
  lua_Number ms = luaL_optnumber(L, arg, 0) * 1000;
  luaL_argcheck(L, ms == ms, arg, "seconds expected, got NaN");
  if (ms < 0) return -1;
  if (ms >= INT_MAX) return INT_MAX;
  return (int)ms + ((int)ms < ms);
}

/* handle:step([seconds]) -> true; false where a negative time asks to wait as long as anything is
   under way, and nothing is. */
static int h_step(lua_State *L) {
  rhub_client *client = rh_core_client(L);
  int ms = milliseconds(L, 2);
  rhub_status status = rhub_step(client, ms);
  if (status != RHUB_OK && !(status == RHUB_MISUSE && ms < 0))
    return luaL_error(L, "step: %s", rhub_status_name(status));
  lua_pushboolean(L, status == RHUB_OK);
  return 1;
}

/* handle:wakeup(): makes the current or next step return. */
static int h_wakeup(lua_State *L) {
  rhub_wakeup(rh_core_client(L));
  return 0;
}

/* ---- telling ------------------------------------------------------------------------------- */

static void set_count(lua_State *L, const char *key, uint64_t n) {
  lua_pushinteger(L, (lua_Integer)n);
  lua_setfield(L, -2, key);
}

/* handle:stats() -> table of counts; no `limit` where it is not known. */
static int h_stats(lua_State *L) {
  rhub_stats stats;
  rhub_get_stats(rh_core_client(L), &stats);
  lua_createtable(L, 0, 7);
  set_count(L, "waiting", stats.waiting);
  set_count(L, "uploading", stats.uploading);
  set_count(L, "submitting", stats.submitting);
  set_count(L, "running", stats.running);
  set_count(L, "transfers", stats.transfers);
  set_count(L, "submits", stats.submits);
  if (stats.limit > 0) set_count(L, "limit", stats.limit);
  return 1;
}

static const char *or_null(const char *text) {
  return text == NULL || *text == '\0' ? NULL : text;
}

/* handle:money() -> what the tasks have cost, amounts as text; no `budget` where there is none, no
   `currency` where it is not known. */
static int h_money(lua_State *L) {
  rhub_money money;
  rhub_get_money(rh_core_client(L), &money);
  lua_createtable(L, 0, 10);
  rh_core_set_text(L, "currency", or_null(money.currency));
  rh_core_set_text(L, "budget", or_null(money.budget));
  rh_core_set_text(L, "spent", money.spent);
  rh_core_set_text(L, "unconfirmed", money.unconfirmed);
  rh_core_set_text(L, "reserved", money.reserved);
  rh_core_set_text(L, "held", money.held);
  rh_core_set_text(L, "coins", money.coins);
  set_count(L, "charged", money.charged);
  set_count(L, "untold", money.untold);
  set_count(L, "unknown", money.unknown);
  return 1;
}

/* handle:describe() -> what the client has settled on; no `site` or `currency` where unknown. */
static int h_describe(lua_State *L) {
  rhub_description d;
  memset(&d, 0, sizeof(d));
  rhub_describe(rh_core_client(L), &d);
  lua_createtable(L, 0, 6);
  rh_core_set_text(L, "base_url", or_null(d.base_url));
  rh_core_set_text(L, "site", or_null(d.site));
  rh_core_set_text(L, "currency", or_null(d.currency));
  rh_core_set_text(L, "key_source", or_null(d.key_source));
  rh_core_set_text(L, "key_hint", or_null(d.key_hint));
  lua_pushboolean(L, d.sealed);
  lua_setfield(L, -2, "sealed");
  return 1;
}

/* handle:cache() -> {path =, remembered =, valid =} | nil, err; no `path` where there is none.
   Looks into a file. */
static int h_cache(lua_State *L) {
  rhub_client *client = rh_core_client(L);
  rhub_error error = {.status = RHUB_OK};
  rhub_cache cache;
  if (rhub_get_cache(client, &cache, &error) != RHUB_OK) return rh_core_fail(L, &error);
  lua_createtable(L, 0, 3);
  rh_core_set_text(L, "path", or_null(cache.path));
  set_count(L, "remembered", cache.remembered);
  set_count(L, "valid", cache.valid);
  return 1;
}

/* core.seal(base_url) -> true | nil, err. For the process, and for good. */
static int core_seal(lua_State *L) {
  size_t len;
  const char *base_url = luaL_checklstring(L, 1, &len);
  if (strlen(base_url) != len || rhub_seal(base_url) != RHUB_OK) {
    lua_pushfstring(L, "\"%s\" is no sandbox: its address is http://127.0.0.1:PORT", base_url);
    return rh_core_refuse(L);
  }
  lua_pushboolean(L, 1);
  return 1;
}

/* core.code_error(code, what, said) -> nil for what is no error, else an error. */
static int core_code_error(lua_State *L) {
  const char *code = luaL_checkstring(L, 1), *what = luaL_checkstring(L, 2);
  const char *said = luaL_optstring(L, 3, NULL);
  rhub_error error;
  if (rhub_code_error(code, what, said, &error) == RHUB_OK) return 0;
  rh_core_push_error(L, &error);
  return 1;
}

/* core.libraries() -> versions of the libraries in use, for people. Loads what it tells of. */
static int core_libraries(lua_State *L) {
  lua_pushstring(L, rhub_libraries());
  return 1;
}

/* ---- the module ---------------------------------------------------------------------------- */

static void make_metatable(lua_State *L) {
  static const luaL_Reg methods[] = {{"close", h_close},
                                     {"shutdown", h_shutdown},
                                     {"fd", h_fd},
                                     {"timeout", h_timeout},
                                     {"step", h_step},
                                     {"wakeup", h_wakeup},
                                     {"stats", h_stats},
                                     {"money", h_money},
                                     {"describe", h_describe},
                                     {"cache", h_cache},
                                     {NULL, NULL}};
  static const luaL_Reg metamethods[] = {{"__gc", h_close}, {"__close", h_close}, {NULL, NULL}};
  if (luaL_newmetatable(L, RH_CORE_HANDLE)) {
    lua_createtable(L, 0, 24);
    luaL_setfuncs(L, methods, 0);
    luaL_setfuncs(L, rh_core_task_methods, 0);
    luaL_setfuncs(L, rh_core_event_methods, 0);
    luaL_setfuncs(L, rh_core_job_methods, 0);
    lua_setfield(L, -2, "__index");
    luaL_setfuncs(L, metamethods, 0);
  }
  lua_pop(L, 1);
}

/* core.sha256(text) -> 64 hexadecimal digits. */
static int core_sha256(lua_State *L) {
  char digest[RHUB_SHA256_TEXT];
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  if (rhub_sha256(text, len, digest) != RHUB_OK) return luaL_error(L, "not enough memory");
  lua_pushstring(L, digest);
  return 1;
}

/* core.sha256_file(path) -> 64 hexadecimal digits, bytes | nil, err. Reads it all. */
static int core_sha256_file(lua_State *L) {
  char digest[RHUB_SHA256_TEXT];
  rhub_error error = {.status = RHUB_OK};
  uint64_t bytes = 0;
  if (rhub_sha256_file(luaL_checkstring(L, 1), digest, &bytes, &error) != RHUB_OK)
    return rh_core_fail(L, &error);
  lua_pushstring(L, digest);
  lua_pushinteger(L, (lua_Integer)bytes);
  return 2;
}

LUAMOD_API int luaopen_rhub_core(lua_State *L);

LUAMOD_API int luaopen_rhub_core(lua_State *L) {
  static const luaL_Reg functions[] = {{"client", core_client},
                                       {"sha256", core_sha256},
                                       {"sha256_file", core_sha256_file},
                                       {"seal", core_seal},
                                       {"libraries", core_libraries},
                                       {"code_error", core_code_error},
                                       {NULL, NULL}};
  luaL_checkversion(L);
  make_metatable(L);
  lua_createtable(L, 0, 4);
  luaL_setfuncs(L, functions, 0);
  rh_core_open_jobs(L);
  lua_pushstring(L, rhub_version());
  lua_setfield(L, -2, "version");
  return 1;
}
