/* Lua states in several threads at once, each with clients of its own: nothing in the modules or in
   the engine below may be shared. Speaks TAP. Finds the modules through LUA_CPATH or RHUB_BUILD.
   Nothing listens where the clients connect to: what is tested is their making, driving and end. */
#include <lauxlib.h>
#include <lualib.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define THREADS 4

static const char SCRIPT[] =
    "local core, json, sys = require 'rhub.core', require 'rhub.json', require 'rhub.sys'\n"
    "for round = 1, 20 do\n"
    "  local h <close> = assert(core.client { api_key = ('0123456789abcdef'):rep(2), log = "
    "'debug',\n"
    "    base_url = 'http://127.0.0.1:1', concurrency = 3, connect_timeout = 1 })\n"
    "  local wanted, ended = {}, 0\n"
    "  for i = 1, 10 do\n"
    "    local params = assert(json.encode({ seed = math.maxinteger, text = ('x'):rep(i) }))\n"
    "    wanted[assert(h:submit('test/image', params))] = true\n"
    "  end\n"
    "  local text = ('text '):rep(round)\n"
    "  local path = os.tmpname()\n"
    "  assert(sys.write_private(path, text) and sys.read(path) == text and os.remove(path))\n"
    "  h:shutdown(true)\n"
    "  while h:step(-1) do\n"
    "    for event, ticket, err in h.next, h do\n"
    "      if event == 'end' then\n"
    "        assert(wanted[ticket] and err.message)\n"
    "        ended = ended + 1\n"
    "      end\n"
    "    end\n"
    "  end\n"
    "  assert(ended == 10, ended)\n"
    "end\n";

/* Returns what went wrong, to be freed, or NULL. */
static void *live(void *unused) {
  lua_State *L = luaL_newstate();
  char *message = NULL;
  (void)unused;
  luaL_openlibs(L);
  if (luaL_dostring(L, SCRIPT) != LUA_OK) {
    const char *text = lua_tostring(L, -1);
    message = malloc(1024);
    if (message != NULL) snprintf(message, 1024, "%s", text == NULL ? "an error" : text);
  }
  lua_close(L);
  return message;
}

int main(void) {
  const char *build = getenv("RHUB_BUILD");
  char cpath[4096];
  pthread_t threads[THREADS];
  int failed = 0;
  snprintf(cpath, sizeof(cpath), "%s/lua/?.so", build == NULL ? "build" : build);
  setenv("LUA_CPATH", cpath, 0);
  for (int i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, live, NULL);
  for (int i = 0; i < THREADS; i++) {
    void *message;
    pthread_join(threads[i], &message);
    if (message == NULL) continue;
    printf("# %s\n", (char *)message);
    free(message);
    failed = 1;
  }
  printf("%sok 1 - Lua states in %d threads use the engine at once\n1..1\n", failed ? "not " : "",
         THREADS);
  return failed;
}
