/* A Lua state with rhub in it: what the program and the embedding library have in common. Knows
 * nothing of commands, tasks or the network. */
#ifndef RHUB_HOST_STATE_H
#define RHUB_HOST_STATE_H

#include <lua.h>

#pragma GCC visibility push(hidden)

/* Opens Lua's libraries, preloads rhub.json and rhub.sys, and puts our searcher before the one that
   looks in LUA_PATH, so that a file on disk cannot take the place of one of ours. Raises. */
void rh_state_prepare(lua_State *L);

/* Message handler: error objects pass as they are, text gets a traceback. */
int rh_state_traceback(lua_State *L);

/* The error on top of the stack as text, which stays there. Never NULL. */
const char *rh_state_message(lua_State *L);

#pragma GCC visibility pop
#endif
