/* rhub.json.encode: a Lua value to one line of JSON. Reads tables raw: it calls no metamethod and
   cannot yield. Finalizers may still run whenever something is allocated, and change any table: all
   text in use lies on the stack or in a table of ours. The buffer is a userdata on the stack: a
   raise leaks nothing. */
#include "json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define KEEP_AT_MOST (64 * 1024) /* of the buffer, between two calls */

enum { ARG_VALUE = 1, ARG_OPTIONS, ARG_NAME, SLOT_BUFFER };

typedef struct writer {
  lua_State *L;
  char *data; /* of the userdata in SLOT_BUFFER */
  size_t len, cap;
  const char *name; /* what messages call the value */
  int sort;
} writer;

/* A table being written, and which of its fields: the path to the value in hand, and the list of
   tables that it must not contain again. Lives on the C stack. */
typedef struct place {
  const struct place *up;
  const void *table;
  const char *key; /* NULL: a list, see `index` */
  size_t key_len;
  lua_Integer index;
  int depth;
} place;

static int put_value(writer *w, const place *at);

/* ---- the buffer ---------------------------------------------------------------------------- */

static void grow(writer *w, size_t need) {
  size_t cap = w->cap * 2;
  char *data;
  if (cap - w->len < need) cap = w->len + need;
  data = lua_newuserdatauv(w->L, cap, 0);
  memcpy(data, w->data, w->len);
  lua_replace(w->L, SLOT_BUFFER);
  w->data = data;
  w->cap = cap;
}

/* Room for `need` bytes more, to be claimed by adding to w->len. */
static char *reserve(writer *w, size_t need) {
  if (w->cap - w->len < need) grow(w, need);
  return w->data + w->len;
}

static void put(writer *w, const char *text, size_t len) {
  memcpy(reserve(w, len), text, len);
  w->len += len;
}

static void put_text(writer *w, const char *text) {
  put(w, text, strlen(text));
}

static void put_char(writer *w, char c) {
  *reserve(w, 1) = c;
  w->len++;
}

/* The buffer is taken away while in use: a finalizer that runs meanwhile may encode as well. */
static void take_buffer(writer *w) {
  lua_State *L = w->L;
  lua_pushvalue(L, RH_JSON_SCRATCH);
  if (lua_isnil(L, -1)) {
    lua_pop(L, 1);
    lua_newuserdatauv(L, 1024, 0);
  } else {
    lua_pushnil(L);
    lua_replace(L, RH_JSON_SCRATCH);
  }
  w->data = lua_touserdata(L, SLOT_BUFFER);
  w->cap = lua_rawlen(L, SLOT_BUFFER);
}

static void give_buffer_back(writer *w) {
  if (w->cap > KEEP_AT_MOST) return;
  lua_pushvalue(w->L, SLOT_BUFFER);
  lua_replace(w->L, RH_JSON_SCRATCH);
}

/* ---- refusals ------------------------------------------------------------------------------ */

static int is_name(const char *s, size_t len) {
  if (len == 0 || len > 40 || (*s >= '0' && *s <= '9')) return 0;
  for (size_t i = 0; i < len; i++) {
    char lower = (char)(s[i] | 0x20);
    if (!(lower >= 'a' && lower <= 'z') && !(s[i] >= '0' && s[i] <= '9') && s[i] != '_') return 0;
  }
  return 1;
}

/* For messages: in quotes, cut, and with '?' for what does not print. */
static void put_quoted(writer *w, const char *s, size_t len) {
  const char *end = s + len;
  size_t shown = 0;
  put_char(w, '"');
  while (s < end && shown < 40) {
    size_t n = rh_json_utf8(s, end);
    if (n == 0 || (unsigned char)*s < 0x20 || *s == 0x7F)
      put_char(w, '?');
    else
      put(w, s, n);
    s += n == 0 ? 1 : n;
    shown++;
  }
  put_text(w, s < end ? "...\"" : "\"");
}

static void put_step(writer *w, const place *at) {
  if (at->key == NULL) {
    char *out;
    put_char(w, '[');
    out = reserve(w, RH_JSON_NUMBER_MAX);
    w->len += rh_json_put_integer(out, at->index);
    put_char(w, ']');
  } else if (is_name(at->key, at->key_len)) {
    put_char(w, '.');
    put(w, at->key, at->key_len);
  } else {
    put_char(w, '[');
    put_quoted(w, at->key, at->key_len);
    put_char(w, ']');
  }
}

/* params.nodes[3].x; of a very long path both ends. */
static void put_place(writer *w, const place *at, int deepest) {
  if (at == NULL) {
    put_text(w, w->name);
    return;
  }
  put_place(w, at->up, deepest);
  if (at->depth < 8 || at->depth > deepest - 8)
    put_step(w, at);
  else if (at->depth == 8)
    put_text(w, "...");
}

/* Pushes the message "PLACE TEXT", built in the buffer, whose content is of no more use. */
static int fail(writer *w, const place *at, const char *text) {
  w->len = 0;
  put_place(w, at, at == NULL ? 0 : at->depth);
  put_char(w, ' ');
  put_text(w, text);
  lua_pushlstring(w->L, w->data, w->len);
  return 0;
}

static int fail_type(writer *w, const place *at, const char *what) {
  return fail(w, at, lua_pushfstring(w->L, "is %s: JSON cannot hold it", what));
}

static int fail_cycle(writer *w, const place *at, const place *first) {
  w->len = 0;
  put_place(w, at, at->depth);
  put_text(w, " is ");
  put_place(w, first, first == NULL ? 0 : first->depth);
  put_text(w, " again: JSON cannot hold a cycle");
  lua_pushlstring(w->L, w->data, w->len);
  return 0;
}

/* The key on top of the stack, a string, does not belong into a list. */
static int fail_mixed(writer *w, const place *at) {
  size_t len;
  const char *key = lua_tolstring(w->L, -1, &len);
  w->len = 0;
  put_quoted(w, key, len);
  lua_pushlstring(w->L, w->data, w->len);
  return fail(
      w, at,
      lua_pushfstring(w->L, "is a list but has the key %s: JSON has lists and objects, no mixture",
                      lua_tostring(w->L, -1)));
}

static int fail_hole(writer *w, const place *at, lua_Integer hole, lua_Integer item) {
  return fail(w, at,
              lua_pushfstring(
                  w->L, "has an item %I but no item %I: a list has no holes (json.null fills one)",
                  (LUAI_UACINT)item, (LUAI_UACINT)hole));
}

/* The key on top of the stack does not belong into an object. */
static int fail_key(writer *w, const place *at) {
  lua_State *L = w->L;
  const char *number;
  if (lua_type(L, -1) != LUA_TNUMBER)
    return fail(
        w, at,
        lua_pushfstring(L, "has a %s as a key: an object's keys are text", luaL_typename(L, -1)));
  lua_pushvalue(L, -1);
  number = lua_tostring(L, -1);
  return fail(w, at,
              lua_pushfstring(L,
                              "has the number %s as a key: an object's keys are text ([\"%s\"]), "
                              "a list's items are numbered from 1",
                              number, number));
}

/* ---- strings and numbers ------------------------------------------------------------------- */

/* Passes what can be copied as it is; the result is the end, a byte to escape, or bad UTF-8. */
static const char *plain_until(const char *s, const char *end) {
  while (s < end) {
    unsigned char c = (unsigned char)*s;
    if (c < 0x20 || c == '"' || c == '\\') break;
    if (c < 0x80) {
      s++;
    } else {
      size_t n = rh_json_utf8(s, end);
      if (n == 0) break;
      s += n;
    }
  }
  return s;
}

static void put_escape(writer *w, unsigned char c) {
  static const char hex[] = "0123456789abcdef", from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
  const char *short_form = c == 0 ? NULL : strchr(from, c);
  char *out = reserve(w, 6);
  out[0] = '\\';
  if (short_form != NULL) {
    out[1] = to[short_form - from];
    w->len += 2;
  } else {
    memcpy(out + 1, "u00", 3);
    out[4] = hex[c >> 4];
    out[5] = hex[c & 15];
    w->len += 6;
  }
}

/* Writes the string. NULL, or where it stops being UTF-8. */
static const char *put_string(writer *w, const char *s, size_t len) {
  const char *end = s + len;
  reserve(w, len + 2);
  put_char(w, '"');
  for (;;) {
    const char *stop = plain_until(s, end);
    put(w, s, (size_t)(stop - s));
    if (stop == end) break;
    if ((unsigned char)*stop >= 0x80) return stop;
    put_escape(w, (unsigned char)*stop);
    s = stop + 1;
  }
  put_char(w, '"');
  return NULL;
}

static int put_text_value(writer *w, const place *at) {
  size_t len;
  const char *s = lua_tolstring(w->L, -1, &len), *bad = put_string(w, s, len);
  if (bad == NULL) return 1;
  return fail(w, at,
              lua_pushfstring(w->L, "is not UTF-8 at byte %I: JSON text is UTF-8",
                              (LUAI_UACINT)(bad - s + 1)));
}

/* "key": */
static int put_key(writer *w, const place *here) {
  if (put_string(w, here->key, here->key_len) != NULL)
    return fail(w, here, "has a name that is not UTF-8: JSON text is UTF-8");
  put_char(w, ':');
  return 1;
}

static int put_number(writer *w, const place *at) {
  lua_State *L = w->L;
  char *out = reserve(w, RH_JSON_NUMBER_MAX);
  lua_Number n;
  size_t len;
  if (lua_isinteger(L, -1)) {
    w->len += rh_json_put_integer(out, lua_tointeger(L, -1));
    return 1;
  }
  n = lua_tonumber(L, -1);
  if (isnan(n)) return fail_type(w, at, "NaN");
  if (isinf(n)) return fail_type(w, at, n > 0 ? "infinite" : "minus infinite");
  len = rh_json_put_float(out, n);
  if (len == 0) return luaL_error(L, "not enough memory");
  w->len += len;
  return 1;
}

/* ---- tables -------------------------------------------------------------------------------- */

/* Whether the value at `index` is that field of lua-cjson, where a script has loaded it. */
static int is_cjson(lua_State *L, int index, const char *field) {
  int is;
  index = lua_absindex(L, index);
  lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_pushliteral(L, "cjson");
  lua_rawget(L, -2);
  if (lua_istable(L, -1)) {
    lua_pushstring(L, field);
    lua_rawget(L, -2);
    is = !lua_isnil(L, -1) && lua_rawequal(L, -1, index);
    lua_pop(L, 3);
  } else {
    is = 0;
    lua_pop(L, 2);
  }
  return is;
}

/* Whether the table on top of the stack was marked as a list. */
static int is_marked(lua_State *L) {
  int marked;
  if (!lua_getmetatable(L, -1)) return 0;
  marked = lua_rawequal(L, -1, RH_JSON_ARRAY_MT) || is_cjson(L, -1, "array_mt") ||
           is_cjson(L, -1, "empty_array_mt");
  lua_pop(L, 1);
  return marked;
}

/* All keys are 1 to n. */
static int check_list(writer *w, const place *up, lua_Integer n) {
  lua_State *L = w->L;
  lua_Integer count = 0, hole = 1;
  lua_pushnil(L);
  while (lua_next(L, -2) != 0) {
    lua_pop(L, 1);
    if (lua_type(L, -1) == LUA_TSTRING) return fail_mixed(w, up);
    if (!lua_isinteger(L, -1) || lua_tointeger(L, -1) < 1) return fail_key(w, up);
    if (lua_tointeger(L, -1) > n) return fail_hole(w, up, n + 1, lua_tointeger(L, -1));
    count++;
  }
  if (count == n) return 1;
  while (lua_rawgeti(L, -1, hole) != LUA_TNIL) {
    lua_pop(L, 1);
    hole++;
  }
  return fail_hole(w, up, hole, n);
}

static int put_list(writer *w, place *here, lua_Integer n) {
  lua_State *L = w->L;
  if (!check_list(w, here->up, n)) return 0;
  put_char(w, '[');
  for (here->index = 1; here->index <= n; here->index++) {
    if (here->index > 1) put_char(w, ',');
    lua_rawgeti(L, -1, here->index);
    if (!put_value(w, here)) return 0;
    lua_pop(L, 1);
  }
  put_char(w, ']');
  return 1;
}

static int put_object(writer *w, place *here) {
  lua_State *L = w->L;
  int first = 1;
  put_char(w, '{');
  lua_pushnil(L);
  while (lua_next(L, -2) != 0) {
    if (lua_type(L, -2) != LUA_TSTRING) {
      lua_pop(L, 1);
      return fail_key(w, here->up);
    }
    here->key = lua_tolstring(L, -2, &here->key_len);
    if (!first) put_char(w, ',');
    first = 0;
    if (!put_key(w, here) || !put_value(w, here)) return 0;
    lua_pop(L, 1);
  }
  put_char(w, '}');
  return 1;
}

typedef struct key {
  const char *text;
  size_t len;
} key;

static int compare_keys(const void *a, const void *b) {
  const key *x = a, *y = b;
  int order = memcmp(x->text, y->text, x->len < y->len ? x->len : y->len);
  return order != 0 ? order : x->len < y->len ? -1 : x->len > y->len;
}

/* Pushes a list of the keys of the table on top of the stack: their number, or -1 and a message. */
static lua_Integer list_keys(writer *w, const place *up) {
  lua_State *L = w->L;
  lua_Integer n = 0;
  lua_newtable(L);
  lua_pushnil(L);
  while (lua_next(L, -3) != 0) {
    lua_pop(L, 1);
    if (lua_type(L, -1) != LUA_TSTRING) {
      fail_key(w, up);
      return -1;
    }
    lua_pushvalue(L, -1);
    lua_rawseti(L, -3, ++n);
  }
  return n;
}

/* Pushes the sorted keys of the list on top of the stack, which goes on holding their text. */
static key *sort_keys(lua_State *L, lua_Integer n) {
  key *keys = lua_newuserdatauv(L, (size_t)(n + 1) * sizeof(key), 0);
  for (lua_Integer i = 0; i < n; i++) {
    lua_rawgeti(L, -2, i + 1);
    keys[i].text = lua_tolstring(L, -1, &keys[i].len);
    lua_pop(L, 1);
  }
  qsort(keys, (size_t)n, sizeof(key), compare_keys);
  return keys;
}

static int put_sorted(writer *w, place *here) {
  lua_State *L = w->L;
  lua_Integer n = list_keys(w, here->up);
  key *keys;
  if (n < 0) return 0;
  keys = sort_keys(L, n);
  put_char(w, '{');
  for (lua_Integer i = 0; i < n; i++) {
    here->key = keys[i].text;
    here->key_len = keys[i].len;
    if (i > 0) put_char(w, ',');
    if (!put_key(w, here)) return 0;
    lua_pushlstring(L, here->key, here->key_len);
    lua_rawget(L, -4);
    if (!put_value(w, here)) return 0;
    lua_pop(L, 1);
  }
  lua_pop(L, 2);
  put_char(w, '}');
  return 1;
}

static int put_table(writer *w, const place *up) {
  lua_State *L = w->L;
  place here = {.up = up, .table = lua_topointer(L, -1), .depth = up == NULL ? 1 : up->depth + 1};
  lua_Unsigned n = lua_rawlen(L, -1);
  for (const place *p = up; p != NULL; p = p->up)
    if (p->table == here.table) return fail_cycle(w, up, p->up);
  if (here.depth > RH_JSON_DEPTH) return fail(w, up, "is nested too deeply");
  luaL_checkstack(L, 12, "JSON");
  if (n > 0 || is_marked(L)) return put_list(w, &here, (lua_Integer)n);
  return w->sort ? put_sorted(w, &here) : put_object(w, &here);
}

/* ---- values -------------------------------------------------------------------------------- */

static int put_light(writer *w, const place *at) {
  const void *p = lua_touserdata(w->L, -1);
  if (p == NULL)
    put_text(w, "null");
  else if (p == &rh_json_empty_array || is_cjson(w->L, -1, "empty_array"))
    put_text(w, "[]");
  else
    return fail_type(w, at, "a userdata");
  return 1;
}

/* Writes the value on top of the stack, which `at` leads to, and leaves it there. Or pushes a
   message, with more below it, and returns 0. */
static int put_value(writer *w, const place *at) {
  switch (lua_type(w->L, -1)) {
  case LUA_TSTRING: return put_text_value(w, at);
  case LUA_TNUMBER: return put_number(w, at);
  case LUA_TTABLE: return put_table(w, at);
  case LUA_TLIGHTUSERDATA: return put_light(w, at);
  case LUA_TBOOLEAN: put_text(w, lua_toboolean(w->L, -1) ? "true" : "false"); return 1;
  case LUA_TNIL: return fail_type(w, at, "nil");
  case LUA_TTHREAD: return fail_type(w, at, "a coroutine");
  default: return fail_type(w, at, lua_pushfstring(w->L, "a %s", luaL_typename(w->L, -1)));
  }
}

static void read_options(writer *w) {
  lua_State *L = w->L;
  w->name = luaL_optstring(L, ARG_NAME, "value");
  if (lua_isnil(L, ARG_OPTIONS)) return;
  luaL_checktype(L, ARG_OPTIONS, LUA_TTABLE);
  lua_pushnil(L);
  while (lua_next(L, ARG_OPTIONS) != 0) {
    const char *option = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "?";
    if (strcmp(option, "sort") == 0) {
      w->sort = lua_toboolean(L, -1);
    } else if (strcmp(option, "name") == 0 && lua_type(L, -1) == LUA_TSTRING) {
      lua_pushvalue(L, -1);
      lua_replace(L, ARG_NAME);
      w->name = lua_tostring(L, ARG_NAME);
    } else {
      luaL_argerror(L, ARG_OPTIONS, "options are sort = true and name = text");
    }
    lua_pop(L, 1);
  }
}

int rh_json_encode(lua_State *L) {
  writer w = {.L = L};
  int ok;
  luaL_checkany(L, ARG_VALUE);
  lua_settop(L, ARG_NAME);
  read_options(&w);
  take_buffer(&w);
  lua_pushvalue(L, ARG_VALUE);
  ok = put_value(&w, NULL);
  if (ok) lua_pushlstring(L, w.data, w.len);
  give_buffer_back(&w);
  return ok ? 1 : rh_json_refuse(L);
}
