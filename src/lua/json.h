/* rhub.json: what its files share. Needs Lua and the C library only: no network, no engine. */
#ifndef RHUB_LUA_JSON_H
#define RHUB_LUA_JSON_H

#include <lua.h>
#include <lauxlib.h>
#include <stddef.h>

#if LUA_VERSION_NUM < 504
#error "rhub needs Lua 5.4 or later"
#endif

#pragma GCC visibility push(hidden)

/* Deeper nesting is refused both ways: it bounds the C stack. */
#define RH_JSON_DEPTH 512

/* Upvalues of every function of the module. */
#define RH_JSON_ARRAY_MT lua_upvalueindex(1) /* marks a table as a list */
#define RH_JSON_SCRATCH  lua_upvalueindex(2) /* encode's buffer between two calls, or nil */

/* Its address, as light userdata, is json.empty_array. NULL is json.null, as in lua-cjson. */
extern const char rh_json_empty_array;

/* The length of the well-formed UTF-8 sequence at `s`, or 0: no overlong forms, no surrogates. */
size_t rh_json_utf8(const char *s, const char *end);

/* Numbers, whatever the locale. */
#define RH_JSON_NUMBER_MAX 32
/* The decimal digits of `n`; returns their length. */
size_t rh_json_put_integer(char out[RH_JSON_NUMBER_MAX], long long n);
/* The shortest text that reads back as the finite `n`, recognisable as a float ("5.0", "1e+20").
   Returns its length, or 0 where memory ran out. */
size_t rh_json_put_float(char out[RH_JSON_NUMBER_MAX], double n);
/* Reads a number that the caller knows to be well formed. 0 where memory ran out. */
int rh_json_get_float(const char *text, double *out);

/* Returns nil and the error table for the message on top of the stack. */
int rh_json_refuse(lua_State *L);

/* The functions of the module. */
int rh_json_encode(lua_State *L);
int rh_json_decode(lua_State *L);

#pragma GCC visibility pop
#endif
