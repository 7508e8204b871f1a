/* rhub.json.decode: strict RFC 8259, in one pass over the text. Owns no memory outside Lua's: a
   raise leaks nothing. */
#include "json.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

typedef struct reader {
  lua_State *L;
  const char *start, *at, *end; /* a Lua string: *end is NUL, so one byte ahead can be read */
  const char *name;             /* what messages call the text */
  const char *problem;          /* static text; describes what is wrong at `at` */
  int expected;                 /* `problem` names what was expected: tell what was found */
  int big;                      /* numbers that do not fit come as their digits */
  int depth;
} reader;

static int read_value(reader *r);

static int fail(reader *r, const char *problem) {
  r->problem = problem;
  r->expected = 0;
  return 0;
}

static int expect(reader *r, const char *what) {
  r->problem = what;
  r->expected = 1;
  return 0;
}

static void skip_space(reader *r) {
  while (*r->at == ' ' || *r->at == '\n' || *r->at == '\r' || *r->at == '\t') r->at++;
}

static int is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* ---- strings ------------------------------------------------------------------------------- */

/* Four hexadecimal digits, or -1. Stops at the closing NUL at the latest. */
static int hex4(const char *s) {
  int n = 0;
  for (int i = 0; i < 4; i++) {
    char c = s[i];
    if (is_digit(c))
      n = n * 16 + (c - '0');
    else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
      n = n * 16 + ((c | 0x20) - 'a' + 10);
    else
      return -1;
  }
  return n;
}

/* Checks and passes one escape. */
static int skip_escape(reader *r) {
  const char *s = r->at;
  int high, low;
  if (s[1] != 'u') {
    if (s[1] == '\0' || strchr("\"\\/bfnrt", s[1]) == NULL)
      return fail(r, "a backslash must be followed by one of \" \\ / b f n r t u");
    r->at += 2;
    return 1;
  }
  high = hex4(s + 2);
  if (high < 0) return fail(r, "\\u must be followed by four hexadecimal digits");
  if (high >= 0xDC00 && high <= 0xDFFF) return fail(r, "half of a surrogate pair stands alone");
  if (high < 0xD800 || high > 0xDBFF) {
    r->at += 6;
    return 1;
  }
  low = s[6] == '\\' && s[7] == 'u' ? hex4(s + 8) : -1;
  if (low < 0xDC00 || low > 0xDFFF) return fail(r, "half of a surrogate pair stands alone");
  r->at += 12;
  return 1;
}

static char *put_utf8(char *out, unsigned c) {
  if (c < 0x80) {
    *out++ = (char)c;
  } else if (c < 0x800) {
    *out++ = (char)(0xC0 | c >> 6);
    *out++ = (char)(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    *out++ = (char)(0xE0 | c >> 12);
    *out++ = (char)(0x80 | (c >> 6 & 0x3F));
    *out++ = (char)(0x80 | (c & 0x3F));
  } else {
    *out++ = (char)(0xF0 | c >> 18);
    *out++ = (char)(0x80 | (c >> 12 & 0x3F));
    *out++ = (char)(0x80 | (c >> 6 & 0x3F));
    *out++ = (char)(0x80 | (c & 0x3F));
  }
  return out;
}

/* Writes what the escape at *s, already checked, stands for, and passes it. */
static char *put_escape(char *out, const char **s) {
  static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
  const char *e = *s, *plain;
  unsigned c;
  if (e[1] != 'u') {
    plain = strchr(from, e[1]);
    *out++ = plain != NULL ? to[plain - from] : e[1];
    *s += 2;
    return out;
  }
  c = (unsigned)hex4(e + 2);
  *s += 6;
  if (c >= 0xD800 && c <= 0xDBFF) {
    c = 0x10000 + ((c - 0xD800) << 10) + ((unsigned)hex4(e + 8) - 0xDC00);
    *s += 6;
  }
  return put_utf8(out, c);
}

/* No escape is shorter than what it stands for, so the buffer never grows. */
static void push_unescaped(lua_State *L, const char *s, const char *end) {
  luaL_Buffer b;
  char *start = luaL_buffinitsize(L, &b, (size_t)(end - s)), *out = start;
  while (s < end) {
    if (*s == '\\')
      out = put_escape(out, &s);
    else
      *out++ = *s++;
  }
  luaL_pushresultsize(&b, (size_t)(out - start));
}

static int read_string(reader *r) {
  const char *from = ++r->at;
  int escaped = 0;
  for (;;) {
    unsigned char c = (unsigned char)*r->at;
    if (c == '"') break;
    if (c == '\\') {
      if (!skip_escape(r)) return 0;
      escaped = 1;
    } else if (c < 0x20) {
      return fail(r, r->at == r->end ? "the text ends within a string"
                                     : "a control byte in a string must be written as an escape");
    } else {
      size_t n = c < 0x80 ? 1 : rh_json_utf8(r->at, r->end);
      if (n == 0) return fail(r, "the text is not UTF-8");
      r->at += n;
    }
  }
  if (escaped)
    push_unescaped(r->L, from, r->at);
  else
    lua_pushlstring(r->L, from, (size_t)(r->at - from));
  r->at++;
  return 1;
}

/* ---- numbers ------------------------------------------------------------------------------- */

static int skip_digits(const char **p) {
  const char *from = *p;
  while (is_digit(**p)) (*p)++;
  return *p > from;
}

/* Checks and passes one number. `whole` tells whether it has neither fraction nor exponent. */
static int skip_number(reader *r, int *whole) {
  const char *p = r->at + (*r->at == '-');
  int ok = 1;
  *whole = 1;
  if (*p == '0')
    p++;
  else
    ok = skip_digits(&p);
  if (ok && *p == '.') {
    *whole = 0;
    p++;
    ok = skip_digits(&p);
  }
  if (ok && (*p == 'e' || *p == 'E')) {
    *whole = 0;
    p++;
    if (*p == '+' || *p == '-') p++;
    ok = skip_digits(&p);
  }
  r->at = p;
  return ok ? 1 : expect(r, "a digit");
}

/* Pushes the integer, unless it needs more than 64 bits. */
static int push_integer(lua_State *L, const char *s, const char *end) {
  int negative = *s == '-';
  uint64_t n = 0, limit = (uint64_t)INT64_MAX + (uint64_t)negative;
  for (s += negative; s < end; s++) {
    unsigned digit = (unsigned)(*s - '0');
    if (n > (limit - digit) / 10) return 0;
    n = n * 10 + digit;
  }
  lua_pushinteger(L, (lua_Integer)(negative ? 0 - n : n));
  return 1;
}

static int read_number(reader *r) {
  const char *from = r->at;
  int whole;
  double n;
  if (!skip_number(r, &whole)) return 0;
  if (whole && push_integer(r->L, from, r->at)) return 1;
  if (!whole || !r->big) {
    if (!rh_json_get_float(from, &n)) return luaL_error(r->L, "not enough memory");
    if (isfinite(n)) {
      lua_pushnumber(r->L, n);
      return 1;
    }
  }
  if (!r->big) {
    r->at = from;
    return fail(r, "the number is too large");
  }
  lua_pushlstring(r->L, from, (size_t)(r->at - from));
  return 1;
}

/* ---- the rest ------------------------------------------------------------------------------ */

static int read_word(reader *r) {
  const char *s = r->at;
  if (strncmp(s, "true", 4) == 0) {
    lua_pushboolean(r->L, 1);
    r->at += 4;
  } else if (strncmp(s, "false", 5) == 0) {
    lua_pushboolean(r->L, 0);
    r->at += 5;
  } else if (strncmp(s, "null", 4) == 0) {
    lua_pushlightuserdata(r->L, NULL);
    r->at += 4;
  } else {
    return expect(r, "a value");
  }
  return 1;
}

static int read_array(reader *r) {
  lua_State *L = r->L;
  lua_newtable(L);
  r->at++;
  skip_space(r);
  if (*r->at == ']') {
    r->at++;
    lua_pushvalue(L, RH_JSON_ARRAY_MT);
    lua_setmetatable(L, -2);
    return 1;
  }
  for (lua_Integer i = 1;; i++) {
    if (!read_value(r)) return 0;
    lua_rawseti(L, -2, i);
    skip_space(r);
    if (*r->at == ']') break;
    if (*r->at != ',') return expect(r, "',' or ']'");
    r->at++;
  }
  r->at++;
  return 1;
}

static int read_object(reader *r) {
  lua_State *L = r->L;
  lua_newtable(L);
  r->at++;
  skip_space(r);
  if (*r->at == '}') {
    r->at++;
    return 1;
  }
  for (;;) {
    skip_space(r);
    if (*r->at != '"') return expect(r, "a key in double quotes");
    if (!read_string(r)) return 0;
    skip_space(r);
    if (*r->at != ':') return expect(r, "':'");
    r->at++;
    if (!read_value(r)) return 0;
    lua_rawset(L, -3);
    skip_space(r);
    if (*r->at == '}') break;
    if (*r->at != ',') return expect(r, "',' or '}'");
    r->at++;
  }
  r->at++;
  return 1;
}

/* Pushes the value that starts at or after `at`, or leaves some of it and returns 0. */
static int read_value(reader *r) {
  int ok;
  skip_space(r);
  switch (*r->at) {
  case '"': return read_string(r);
  case '[':
  case '{':
    if (r->depth == RH_JSON_DEPTH) return fail(r, "lists and objects are nested too deeply");
    luaL_checkstack(r->L, 8, "JSON");
    r->depth++;
    ok = *r->at == '[' ? read_array(r) : read_object(r);
    r->depth--;
    return ok;
  default: return *r->at == '-' || is_digit(*r->at) ? read_number(r) : read_word(r);
  }
}

static void push_found(reader *r) {
  unsigned char c = (unsigned char)*r->at;
  size_t len = rh_json_utf8(r->at, r->end);
  if (len == 0 && r->at == r->end)
    lua_pushliteral(r->L, "the end");
  else if (len == 0 || c < 0x20 || c == 0x7F)
    lua_pushfstring(r->L, "byte %d", c);
  else
    lua_pushfstring(r->L, "'%s'", lua_pushlstring(r->L, r->at, len));
}

/* nil and an error that tells line and column, counted in characters from 1. */
static int refuse(reader *r) {
  const char *where;
  int line = 1, column = 1;
  lua_settop(r->L, 3);
  for (const char *s = r->start; s < r->at; s++) {
    if (*s == '\n') {
      line++;
      column = 1;
    } else if (((unsigned char)*s & 0xC0) != 0x80) {
      column++;
    }
  }
  where = lua_pushfstring(r->L, "%s, line %d, column %d: ", r->name, line, column);
  if (r->expected) {
    push_found(r);
    lua_pushfstring(r->L, "%s expected, found %s", r->problem, lua_tostring(r->L, -1));
  } else {
    lua_pushstring(r->L, r->problem);
  }
  lua_pushfstring(r->L, "%s%s", where, lua_tostring(r->L, -1));
  return rh_json_refuse(r->L);
}

static void read_options(reader *r) {
  lua_State *L = r->L;
  if (lua_isnoneornil(L, 2)) return;
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_pushnil(L);
  while (lua_next(L, 2) != 0) {
    const char *key = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "?";
    const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
    if (strcmp(key, "name") == 0 && text != NULL) {
      lua_pushvalue(L, -1);
      lua_replace(L, 3); /* where it stays whatever becomes of the table */
      r->name = text;
    } else if (strcmp(key, "big") == 0 && text != NULL && strcmp(text, "string") == 0) {
      r->big = 1;
    } else {
      luaL_argerror(L, 2, "options are big = \"string\" and name = text");
    }
    lua_pop(L, 1);
  }
}

int rh_json_decode(lua_State *L) {
  size_t len;
  reader r = {.L = L, .name = "JSON"};
  luaL_checktype(L, 1, LUA_TSTRING);
  lua_settop(L, 3);
  r.start = r.at = lua_tolstring(L, 1, &len);
  r.end = r.start + len;
  read_options(&r);
  if (strncmp(r.at, "\xEF\xBB\xBF", 3) == 0) r.at += 3; /* a byte order mark, RFC 8259 8.1 */
  if (!read_value(&r)) return refuse(&r);
  skip_space(&r);
  if (r.at != r.end) {
    expect(&r, "the end");
    return refuse(&r);
  }
  return 1;
}
