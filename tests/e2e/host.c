/* What rhub_host.h promises, from a C program's side. Exits 0 when all of it holds. */
#include "rhub_host.h"

#include <lauxlib.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                      \
  do {                                                        \
    if (!(condition)) {                                       \
      fprintf(stderr, "line %d: %s\n", __LINE__, #condition); \
      exit(1);                                                \
    }                                                         \
  } while (0)

static int add(lua_State *L) {
  int *sum = lua_touserdata(L, lua_upvalueindex(1));
  *sum += (int)luaL_checkinteger(L, 1);
  return 0;
}

static int run(rhub_host *host, const char *code) {
  return rhub_host_run_string(host, code, "test", 0, NULL);
}

static void check_runs(rhub_host *host, int *sum) {
  char *arguments[] = {"one", "two"};
  CHECK(run(host, "host.add(40)") == 0 && *sum == 40);
  CHECK(strcmp(rhub_host_error(host), "") == 0);
  CHECK(rhub_host_run_string(host,
                             "host.add(#arg + (arg[0] == 'name' and ... == 'one' and 0 or 9))",
                             "name", 2, arguments) == 0);
  CHECK(*sum == 42);
  /* coroutines go on until they have ended */
  CHECK(run(host,
            "local rhub = require 'rhub' rhub.go(function() rhub.sleep(0.01) host.add(1) end)") ==
        0);
  CHECK(*sum == 43);
}

static void check_errors(rhub_host *host) {
  CHECK(run(host, "error 'boom'") == 1);
  CHECK(strstr(rhub_host_error(host), "test:1: boom") &&
        strstr(rhub_host_error(host), "traceback"));
  CHECK(run(host, "x x") == 1 && strstr(rhub_host_error(host), "test:1:"));
  CHECK(run(host, "host.add('x')") == 1 && strstr(rhub_host_error(host), "number expected"));
  CHECK(run(host, "error(nil)") == 1);
  CHECK(rhub_host_run_file(host, "/nowhere.lua", 0, NULL) == 2);
  CHECK(strstr(rhub_host_error(host), "/nowhere.lua"));
  /* an error of ours: its exit code and one line */
  CHECK(run(host, "require 'rhub'.client { api_key = 'short' }") == 3);
  CHECK(!strchr(rhub_host_error(host), '\n') && !strstr(rhub_host_error(host), "short"));
  CHECK(run(host, "return") == 0 && strcmp(rhub_host_error(host), "") == 0);
}

int main(void) {
  int sum = 0, other_sum = 0;
  rhub_host *host = rhub_host_new(), *other = rhub_host_new();
  CHECK(host && other);
  CHECK(rhub_host_register(host, "add", add, &sum) == 0);
  CHECK(rhub_host_register(other, "add", add, &other_sum) == 0);
  check_runs(host, &sum);
  check_errors(host);
  CHECK(run(other, "host.add(1)") == 0 && other_sum == 1 && sum == 43); /* they share nothing */
  CHECK(run(host, "host = nil") == 0 && rhub_host_register(host, "add", add, &sum) == 0);
  CHECK(lua_gettop(rhub_host_state(host)) >= 0);
  /* a client left open is closed with its host */
  CHECK(run(host, "left = require 'rhub'.client { api_key = ('k'):rep(32) }") == 0);
  rhub_host_free(host);
  rhub_host_free(other);
  rhub_host_free(NULL);
  return 0;
}
