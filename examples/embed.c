/* A C program with Lua and rhub in it. The script calls back into C.
 *   cc embed.c $(pkg-config --cflags --libs rhub-host) -o embed
 *   ./embed "a cat"
 * Without a key: rhub sandbox prints the address of a stand-in, which goes into RH_API_BASE_URL;
 * RUNNINGHUB_API_KEY is then any 32 letters and digits.
 */
#include <lauxlib.h>
#include <rhub_host.h>
#include <stdio.h>

static int on_saved(lua_State *L) {
  int *count = lua_touserdata(L, lua_upvalueindex(1));
  printf("%d: %s\n", ++*count, luaL_checkstring(L, 1));
  return 0;
}

static const char script[] =
    "local rhub = require 'rhub'\n"
    "local hub <close> = rhub.client()\n"
    "local picture = assert(hub:run('rhart-image-v1/text-to-image', {\n"
    "  prompt = arg[1] or 'a cat', aspectRatio = '1:1' }))\n"
    "for _, path in ipairs(assert(picture:save('out/'))) do host.saved(path) end\n";

int main(int argc, char **argv) {
  int count = 0;
  rhub_host *host = rhub_host_new();
  if (!host || rhub_host_register(host, "saved", on_saved, &count) != 0) return 1;
  int status = rhub_host_run_string(host, script, "embed", argc - 1, argv + 1);
  if (status != 0) fprintf(stderr, "%s\n", rhub_host_error(host));
  rhub_host_free(host);
  return status;
}
