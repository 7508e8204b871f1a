/* rhub inside a C program: rhub_host.h. The engine is linked in here, so that such a program
 * depends on no file beside it. */
#include "rhub_host.h"
#include "host/state.h"

#include <lauxlib.h>

#include <stdlib.h>
#include <string.h>

int luaopen_rhub_core(lua_State *L);

struct rhub_host {
  lua_State *L; /* slot 1 holds the error's text, or nil; nothing else stays on the stack */
};

/* ---- making ---------------------------------------------------------------------------------- */

static int prepare(lua_State *L) {
  rh_state_prepare(L);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
  lua_pushcfunction(L, luaopen_rhub_core);
  lua_setfield(L, -2, "rhub.core");
  lua_newtable(L);
  lua_setglobal(L, "host");
  return 0;
}

rhub_host *rhub_host_new(void) {
  rhub_host *host = malloc(sizeof *host);
  if (!host) return NULL;
  host->L = luaL_newstate();
  if (host->L) {
    lua_pushnil(host->L);
    lua_pushcfunction(host->L, prepare);
    if (lua_pcall(host->L, 0, 0, 0) == LUA_OK) return host;
  }
  rhub_host_free(host);
  return NULL;
}

void rhub_host_free(rhub_host *host) {
  if (!host) return;
  if (host->L) lua_close(host->L);
  free(host);
}

lua_State *rhub_host_state(rhub_host *host) {
  return host->L;
}

const char *rhub_host_error(const rhub_host *host) {
  const char *text = lua_tostring(host->L, 1);
  return text ? text : "";
}

/* ---- functions of the program ---------------------------------------------------------------- */

typedef struct registration {
  const char *name;
  lua_CFunction function;
  void *data;
} registration;

static int add_function(lua_State *L) {
  const registration *r = lua_touserdata(L, 1);
  if (lua_getglobal(L, "host") != LUA_TTABLE) {
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_setglobal(L, "host");
  }
  lua_pushlightuserdata(L, r->data);
  lua_pushcclosure(L, r->function, 1);
  lua_setfield(L, -2, r->name);
  return 0;
}

int rhub_host_register(rhub_host *host, const char *name, lua_CFunction function, void *data) {
  registration r = {name, function, data};
  lua_pushcfunction(host->L, add_function);
  lua_pushlightuserdata(host->L, &r);
  if (lua_pcall(host->L, 1, 0, 0) == LUA_OK) return 0;
  lua_pop(host->L, 1);
  return 1;
}

/* ---- running --------------------------------------------------------------------------------- */

typedef struct script {
  const char *path; /* NULL: `code`, called `name` */
  const char *code;
  const char *name;
  int argc;
  char **argv;
  int status;
} script;

static void push_function(lua_State *L, const char *module, const char *function) {
  lua_getglobal(L, "require");
  lua_pushstring(L, module);
  lua_call(L, 1, 1);
  lua_getfield(L, -1, function);
  lua_remove(L, -2);
}

static void set_arg(lua_State *L, const script *s) {
  lua_createtable(L, s->argc, 1);
  lua_pushstring(L, s->path ? s->path : s->name);
  lua_seti(L, -2, 0);
  for (int i = 0; i < s->argc; i++) {
    lua_pushstring(L, s->argv[i]);
    lua_seti(L, -2, i + 1);
  }
  lua_setglobal(L, "arg");
}

static int load_script(lua_State *L, const script *s) {
  if (s->path) return luaL_loadfile(L, s->path);
  const char *name = lua_pushfstring(L, "=%s", s->name);
  int status = luaL_loadbuffer(L, s->code, strlen(s->code), name);
  lua_remove(L, -2);
  return status;
}

/* The results of flow.run_main after index `base`: ok, error, traceback or false. Leaves the text.
 */
static void read_failure(lua_State *L, script *s, int base) {
  push_function(L, "rhub.cli.report", "code");
  lua_pushvalue(L, base + 2);
  lua_call(L, 1, 1);
  s->status = (int)lua_tointeger(L, -1);
  lua_settop(L, base + 3);
  /* An error object says all in one line. */
  int ours = luaL_getmetafield(L, base + 2, "__name") == LUA_TSTRING;
  lua_settop(L, base + 3);
  if (ours || !lua_isstring(L, base + 3)) lua_pop(L, 1);
  lua_pushstring(L, rh_state_message(L));
}

/* Argument: a script. Result: nil, or the error's text. */
static int run_protected(lua_State *L) {
  script *s = lua_touserdata(L, 1);
  set_arg(L, s);
  push_function(L, "rhub.flow", "run_main");
  int status = load_script(L, s);
  if (status != LUA_OK) {
    s->status = status == LUA_ERRFILE ? 2 : 1;
    return 1;
  }
  luaL_checkstack(L, s->argc, "too many arguments");
  for (int i = 0; i < s->argc; i++) lua_pushstring(L, s->argv[i]);
  lua_call(L, s->argc + 1, 3);
  if (lua_toboolean(L, 2)) {
    s->status = 0;
    lua_pushnil(L);
  } else {
    read_failure(L, s, 1);
  }
  return 1;
}

static int run(rhub_host *host, script *s) {
  lua_State *L = host->L;
  s->status = 1;
  lua_settop(L, 0);
  lua_pushcfunction(L, rh_state_traceback);
  lua_pushcfunction(L, run_protected);
  lua_pushlightuserdata(L, s);
  if (lua_pcall(L, 1, 1, 1) != LUA_OK) rh_state_message(L);
  lua_remove(L, 1);
  return s->status;
}

int rhub_host_run_file(rhub_host *host, const char *path, int argc, char **argv) {
  script s = {.path = path, .argc = argc, .argv = argv};
  return run(host, &s);
}

int rhub_host_run_string(rhub_host *host, const char *code, const char *name, int argc,
                         char **argv) {
  script s = {.code = code, .name = name, .argc = argc, .argv = argv};
  return run(host, &s);
}
