/* A Lua state with rhub in it. Our Lua sources are text inside the program; rhub.json and rhub.sys
 * are linked in; the engine (rhub.core) and the server (rhub.server) are shared objects that are
 * looked for beside the program when they are first required, since loading libcurl alone takes
 * longer than everything else that the program does at its start. */
#include "host/state.h"
#include "host/embedded.h"

#include <lauxlib.h>
#include <lualib.h>

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int luaopen_rhub_json(lua_State *L);
int luaopen_rhub_sys(lua_State *L);

/* ---- sources inside the program ---------------------------------------------------------------
 */

static int by_name(const void *name, const void *file) {
  return strcmp(name, ((const rh_embedded *)file)->name);
}

static const rh_embedded *find_embedded(const char *name) {
  return bsearch(name, rh_embedded_files, rh_embedded_count, sizeof *rh_embedded_files, by_name);
}

/* rhub.embedded.text(module) -> the source of one of our modules, or nil. The catalogue reads
   single declarations out of it. */
static int embedded_text(lua_State *L) {
  const rh_embedded *file = find_embedded(luaL_checkstring(L, 1));
  if (file)
    lua_pushlstring(L, file->text, file->size);
  else
    lua_pushnil(L);
  return 1;
}

static int open_embedded(lua_State *L) {
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, embedded_text);
  lua_setfield(L, -2, "text");
  return 1;
}

/* The chunk itself is the loader, as with Lua's own searcher. */
static int push_embedded(lua_State *L, const char *name) {
  const rh_embedded *file = find_embedded(name);
  if (!file) return 0;
  lua_pushfstring(L, "@%s", file->path);
  if (luaL_loadbufferx(L, file->text, file->size, lua_tostring(L, -1), "t") != LUA_OK)
    return lua_error(L);
  lua_pushstring(L, file->path);
  return 2;
}

/* ---- modules beside the program ---------------------------------------------------------------
 */

/* Pushes the folder that the program lies in, without a slash at the end. */
static void push_folder(lua_State *L) {
  lua_getglobal(L, "require");
  lua_pushliteral(L, "rhub.sys");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "exe");
  lua_call(L, 0, 1);
  const char *exe = luaL_optstring(L, -1, "./rhub");
  const char *slash = strrchr(exe, '/');
  lua_pushlstring(L, slash ? exe : ".", slash ? (size_t)(slash - exe) : 1);
  lua_replace(L, -3);
  lua_pop(L, 1);
}

/* The engine's libraries start threads and leave work for the process's end, so a module stays
   loaded when its Lua state is closed. */
static void keep_loaded(const char *path) {
  dlopen(path, RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
}

/* Upvalue 1 is package.loadlib. A module that is there but does not load is an error at once: to go
   on looking would hide which library is missing. */
static int push_shared(lua_State *L, const char *name) {
  static const char *const places[] = {"%s/lua/%s.so", "%s/../lib/lua/" LUA_VERSION_MAJOR
                                                       "." LUA_VERSION_MINOR "/%s.so"};
  const char *file = luaL_gsub(L, name, ".", "/");
  const char *function = luaL_gsub(L, name, ".", "_");
  push_folder(L);
  for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
    const char *path = lua_pushfstring(L, places[i], lua_tostring(L, -1), file);
    if (access(path, F_OK) == 0) {
      lua_pushvalue(L, lua_upvalueindex(1));
      lua_pushvalue(L, -2);
      lua_pushfstring(L, "luaopen_%s", function);
      lua_call(L, 2, 2);
      if (lua_isnil(L, -2)) return luaL_error(L, "%s does not load: %s", path, lua_tostring(L, -1));
      keep_loaded(path);
      lua_pop(L, 1);
      lua_insert(L, -2);
      return 2;
    }
    lua_pop(L, 1);
  }
  lua_pushfstring(L, "no module '%s' in the program or beside it (%s)", name, lua_tostring(L, -1));
  return 1;
}

static int searcher(lua_State *L) {
  const char *name = luaL_checkstring(L, 1);
  if (strcmp(name, "rhub") != 0 && strncmp(name, "rhub.", 5) != 0) return 0;
  int found = push_embedded(L, name);
  return found ? found : push_shared(L, name);
}

/* ---- the state --------------------------------------------------------------------------------
 */

static void preload(lua_State *L, const char *name, lua_CFunction open) {
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
  lua_pushcfunction(L, open);
  lua_setfield(L, -2, name);
  lua_pop(L, 1);
}

void rh_state_prepare(lua_State *L) {
  luaL_openlibs(L);
  preload(L, "rhub.json", luaopen_rhub_json);
  preload(L, "rhub.sys", luaopen_rhub_sys);
  preload(L, "rhub.embedded", open_embedded);
  lua_getglobal(L, "package");
  lua_getfield(L, -1, "searchers");
  for (lua_Integer i = luaL_len(L, -1); i >= 2; i--) {
    lua_geti(L, -1, i);
    lua_seti(L, -2, i + 1);
  }
  lua_getfield(L, -2, "loadlib");
  lua_pushcclosure(L, searcher, 1);
  lua_seti(L, -2, 2);
  lua_pop(L, 2);
}

int rh_state_traceback(lua_State *L) {
  const char *text = lua_tostring(L, 1);
  if (!text) return 1;
  luaL_traceback(L, L, text, 1);
  return 1;
}

/* __tostring of an error object is Lua code: it may fail, and may not raise through us. */
static int stringify(lua_State *L) {
  luaL_tolstring(L, 1, NULL);
  return 1;
}

const char *rh_state_message(lua_State *L) {
  if (!lua_isstring(L, -1)) {
    lua_pushcfunction(L, stringify);
    lua_pushvalue(L, -2);
    lua_pcall(L, 1, 1, 0);
    lua_replace(L, -2);
  }
  const char *text = lua_tostring(L, -1);
  return text ? text : "(an error that is no text)";
}
