/* Line editing and history for the prompt, by libedit where the machine has it. */
#ifndef RHUB_HOST_EDIT_H
#define RHUB_HOST_EDIT_H

#include <lua.h>

#pragma GCC visibility push(hidden)

/* A Lua function without arguments: returns the editor, or nil and the reason. The editor's
   functions: start(prompt), feed() -> "line", text | "end" | nothing, stop(), redraw(),
   remember(text). Raises nothing but out of memory. */
int rh_edit_open(lua_State *L);

#pragma GCC visibility pop
#endif
