/* rhub.sys: what its files share. POSIX, the C library and Lua only: no network, no engine.

   The world's failures return nil, the system's reason and its errno; wrong arguments raise. */
#ifndef RHUB_LUA_SYS_H
#define RHUB_LUA_SYS_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* pipe2, mkostemp */
#endif

#include <lua.h>
#include <lauxlib.h>
#include <stddef.h>

#if LUA_VERSION_NUM < 504
#error "rhub needs Lua 5.4 or later"
#endif

#pragma GCC visibility push(hidden)

/* nil, the text of `code`, `code`. */
int rh_sys_fail(lua_State *L, int code);

/* nil, `reason`. */
int rh_sys_reason(lua_State *L, const char *reason);

/* The path at `arg`, or NULL where it holds a NUL byte and so names no file. */
const char *rh_sys_path(lua_State *L, int arg);

int rh_sys_descriptor(lua_State *L, int arg);

/* The seconds at `arg` in milliseconds, rounded up so that waiting for a moment ends after it;
   -1 where there are none. */
int rh_sys_milliseconds(lua_State *L, int arg);

/* The monotonic clock in seconds. Safe in a signal handler. */
double rh_sys_now(void);

/* Pushes a userdata that closes the descriptor put into it, should a raise cut the caller short. */
int *rh_sys_guard(lua_State *L);
void rh_sys_guard_close(int *guard);

/* Writes all of it, also where the descriptor does not block: 0 or an errno. */
int rh_sys_write_all(int fd, const char *text, size_t len);

/* Both ends close-on-exec: 0 or an errno. */
int rh_sys_pipe(int ends[2]);

/* The number of the signal at `arg`, by name ("INT") or as a number; raises for others. */
int rh_sys_signal_number(lua_State *L, int arg);
/* "INT" for SIGINT; NULL for signals without a name here. Static text. */
const char *rh_sys_signal_name(int number);

/* The functions of the module, by file. */
extern const luaL_Reg rh_sys_io[], rh_sys_files[], rh_sys_terminal[], rh_sys_processes[],
    rh_sys_signals[];

#pragma GCC visibility pop
#endif
