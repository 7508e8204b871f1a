/* rhub.core: what its files share. The binding of rhub.h: it includes nothing else of ours, keeps
   no lua_State and no reference into the registry, and decides nothing.

   What goes wrong in the world returns nil and a plain table; misuse of the interface and want of
   memory raise. */
#ifndef RHUB_LUA_CORE_H
#define RHUB_LUA_CORE_H

#include "rhub.h"

#include <lua.h>
#include <lauxlib.h>

#if LUA_VERSION_NUM < 504
#error "rhub needs Lua 5.4 or later"
#endif

#pragma GCC visibility push(hidden)

/* A handle: a full userdata whose client is NULL before it is opened and once it is closed. */
#define RH_CORE_HANDLE "rhub.core.client"
typedef struct rh_core_handle {
  rhub_client *client;
} rh_core_handle;

/* The open client of the handle at 1; raises "client is closed". */
rhub_client *rh_core_client(lua_State *L);

/* Returns nil and a table for `error`; raises for RHUB_NOMEM and RHUB_MISUSE. */
int rh_core_fail(lua_State *L, const rhub_error *error);

/* Returns nil and an input error whose message is on top of the stack. */
int rh_core_refuse(lua_State *L);

/* Pushes the table for `error`. */
void rh_core_push_error(lua_State *L, const rhub_error *error);

/* t[key] = text for the table on top of the stack; nothing where text is NULL. */
void rh_core_set_text(lua_State *L, const char *key, const char *text);

/* An amount: a number or text. Into `buffer` where it is a number. NULL: neither, or a number that
   is no amount. Allocates nothing. */
#define RH_CORE_AMOUNT 48
const char *rh_core_amount(lua_State *L, int index, char buffer[RH_CORE_AMOUNT]);

/* Options as they are read. */
typedef struct rh_core_options {
  rhub_options c; /* first */
  char budget[RH_CORE_AMOUNT];
} rh_core_options;

/* Fills *options from the table at `index`, which goes on holding the texts: 1, or 0 with a message
   pushed. */
int rh_core_read_options(lua_State *L, int index, rh_core_options *options);

/* The methods that start something or ask about it, and `next`. */
extern const luaL_Reg rh_core_task_methods[], rh_core_event_methods[], rh_core_job_methods[];

/* Adds `jobs` to the module's table, on top of the stack. */
void rh_core_open_jobs(lua_State *L);

#pragma GCC visibility pop
#endif
