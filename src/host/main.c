/* The rhub program. It makes a Lua state with rhub in it and hands the command line to rhub.cli,
 * which decides everything: commands, scripts, exit codes. Links liblua only, see host/state.c. */
#include "host/edit.h"
#include "host/state.h"
#include "rhub.h"

#include <lauxlib.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* rhub.host: what only this program can tell its Lua parts. */
static int luaopen_host(lua_State *L) {
  lua_createtable(L, 0, 3);
  lua_pushliteral(L, RHUB_VERSION);
  lua_setfield(L, -2, "version");
  lua_pushliteral(L, LUA_RELEASE);
  lua_setfield(L, -2, "lua");
  lua_pushcfunction(L, rh_edit_open);
  lua_setfield(L, -2, "edit");
  return 1;
}

/* Arguments: argc, argv. One result: the exit code. */
static int pmain(lua_State *L) {
  int argc = (int)lua_tointeger(L, 1);
  char **argv = lua_touserdata(L, 2);
  rh_state_prepare(L);
  luaL_requiref(L, "rhub.host", luaopen_host, 0);
  lua_getglobal(L, "require");
  lua_pushliteral(L, "rhub.cli");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "main");
  lua_createtable(L, argc, 0);
  for (int i = 0; i < argc; i++) {
    lua_pushstring(L, argv[i]);
    lua_seti(L, -2, i);
  }
  lua_call(L, 1, 1);
  return 1;
}

/* A standard descriptor that was handed down closed would be given to the next socket, and every
   message written to it. Its place is taken the wrong way round, so that using it stays an error.
 */
static void take_places(void) {
  static const int wrong_way[] = {O_WRONLY, O_RDONLY, O_RDONLY};
  for (int fd = 0; fd < 3; fd++)
    if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", wrong_way[fd]) != fd) _exit(EXIT_FAILURE);
}

int main(int argc, char **argv) {
  take_places();
  lua_State *L = luaL_newstate();
  if (!L) {
    fputs("rhub: out of memory\n", stderr);
    return EXIT_FAILURE;
  }
  lua_pushcfunction(L, rh_state_traceback);
  lua_pushcfunction(L, pmain);
  lua_pushinteger(L, argc);
  lua_pushlightuserdata(L, argv);
  int code = EXIT_FAILURE;
  if (lua_pcall(L, 2, 1, 1) == LUA_OK)
    code = (int)lua_tointeger(L, -1);
  else
    fprintf(stderr, "rhub: %s\n", rh_state_message(L));
  lua_close(L);
  return code;
}
