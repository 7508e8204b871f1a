/* rhub.json: exact JSON for Lua. The module's table; encode and decode have files of their own. */
#include "json.h"

const char rh_json_empty_array = 0;

/* In the registry: the metatable of errors. rhub.errors, where it is loaded, adds to it, so that an
   error of this module is one of rhub's. */
#define ERROR_MT "rhub.error"

int rh_json_refuse(lua_State *L) {
  luaL_checkstack(L, 4, "JSON");
  lua_createtable(L, 0, 4);
  lua_insert(L, -2);
  lua_setfield(L, -2, "message");
  lua_pushliteral(L, "input");
  lua_setfield(L, -2, "kind");
  lua_pushliteral(L, "no");
  lua_setfield(L, -2, "spent");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "retryable");
  luaL_setmetatable(L, ERROR_MT);
  lua_pushnil(L);
  lua_insert(L, -2);
  return 2;
}

/* json.array([t]): marks a table, or a new one, as a list, also when it is empty. */
static int json_array(lua_State *L) {
  lua_settop(L, 1);
  if (lua_isnil(L, 1)) {
    lua_newtable(L);
  } else {
    luaL_checktype(L, 1, LUA_TTABLE);
    if (lua_getmetatable(L, 1) && !lua_rawequal(L, -1, RH_JSON_ARRAY_MT))
      return luaL_argerror(L, 1, "the table has a metatable of its own");
    lua_settop(L, 1);
  }
  lua_pushvalue(L, RH_JSON_ARRAY_MT);
  lua_setmetatable(L, -2);
  return 1;
}

/* "input: params.seed is NaN: JSON cannot hold it" */
static int error_text(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  lua_getfield(L, 1, "kind");
  lua_pushliteral(L, ": ");
  lua_getfield(L, 1, "message");
  lua_concat(L, 3);
  return 1;
}

LUAMOD_API int luaopen_rhub_json(lua_State *L);

LUAMOD_API int luaopen_rhub_json(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"encode", rh_json_encode}, {"decode", rh_json_decode}, {"array", json_array}, {NULL, NULL}};
  luaL_checkversion(L);
  lua_createtable(L, 0, 7);
  lua_createtable(L, 0, 1);
  lua_pushliteral(L, "rhub.json.array");
  lua_setfield(L, -2, "__name");
  lua_pushvalue(L, -1);
  lua_setfield(L, -3, "array_mt");
  lua_pushnil(L);
  luaL_setfuncs(L, functions, 2);
  lua_pushlightuserdata(L, NULL);
  lua_setfield(L, -2, "null");
  lua_pushlightuserdata(L, (void *)(size_t)&rh_json_empty_array);
  lua_setfield(L, -2, "empty_array");
  if (luaL_newmetatable(L, ERROR_MT)) {
    lua_pushcfunction(L, error_text);
    lua_setfield(L, -2, "__tostring");
  }
  lua_setfield(L, -2, "error_mt");
  return 1;
}
