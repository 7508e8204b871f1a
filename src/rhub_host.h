/*
 * rhub_host: Lua 5.4 with rhub in it, inside a C program. A library of its own, librhub_host, since
 * it needs liblua; a program that wants the engine alone takes rhub.h and librhub.
 *
 * A host is one Lua state. Scripts see what scripts of the rhub program see: require "rhub" works,
 * calls at their top level wait without stopping their other coroutines, and a run ends when
 * everything that it has started has ended. Functions of the C program are fields of the global
 * table `host`.
 *
 * THREADS
 *   A host belongs to one thread at a time; different hosts may live in different threads.
 *
 * MEMORY
 *   Text that goes in is copied. What rhub_host_error returns is borrowed until the next call with
 *   that host. rhub_host_free closes clients that scripts have left open.
 *
 * ERRORS
 *   Nothing is raised into C and nothing is printed, but for failures of coroutines that nobody in
 *   the script has waited for, which go to standard error. Runs return 0 or the exit code that the
 *   rhub program would end with: 1 failed, 2 wrong input, 3 no key or a bad one, 4 no connection, 5
 *   the outcome of a submit is unknown. os.exit in a script ends the process.
 *
 * ENVIRONMENT
 *   As in rhub.h. No signal is caught.
 */
#ifndef RHUB_HOST_H
#define RHUB_HOST_H

#include "rhub.h"

#ifdef __cplusplus
extern "C" {
#endif

#include <lua.h>

typedef struct rhub_host rhub_host;

/* NULL: out of memory. */
RHUB_API rhub_host *rhub_host_new(void);

/* Makes `function` the field `name` of the global table `host`. Inside of it, `data` is
   lua_touserdata(L, lua_upvalueindex(1)); it is not touched otherwise. 0, or 1 when out of memory.
 */
RHUB_API int rhub_host_register(rhub_host *host, const char *name, lua_CFunction function,
                                void *data);

/* Runs a script to the end of everything that it has started. `argv` is what the script sees as
   `...` and arg[1], arg[2], ...; it may be NULL when `argc` is 0. */
RHUB_API int rhub_host_run_file(rhub_host *host, const char *path, int argc, char **argv);

/* The same with the script's text; `name` is what messages call it. */
RHUB_API int rhub_host_run_string(rhub_host *host, const char *code, const char *name, int argc,
                                  char **argv);

/* What went wrong in the last run: one line for rhub's own errors, else with a traceback. "" after
   a run that went well. */
RHUB_API const char *rhub_host_error(const rhub_host *host);

/* For what this header has no words for. Leave the stack as it was. */
RHUB_API lua_State *rhub_host_state(rhub_host *host);

/* NULL is allowed. Not from inside a run. */
RHUB_API void rhub_host_free(rhub_host *host);

#ifdef __cplusplus
}
#endif
#endif
