/* rhub.core: the options of a client, strictly. A misspelt option must not be ignored: it may have
   been meant to save money. */
#include "core.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST_NAME 32
#define COUNT_MAX    1000000
#define SECONDS_MAX  1e9

typedef enum option_type {
  TEXT,
  COUNT,
  SECONDS,
  RATE,
  AMOUNT,
  FLAG,
  ON_UNKNOWN,
  LOG,
  POLL
} option_type;

typedef struct option {
  const char *name;
  option_type type;
  size_t offset; /* of its field in rhub_options */
} option;

#define FIELD(member) offsetof(rhub_options, member)

static const option client_options[] = {{"allow_unknown_price", FLAG, FIELD(allow_unknown_price)},
                                        {"api_key", TEXT, FIELD(api_key)},
                                        {"base_url", TEXT, FIELD(base_url)},
                                        {"budget", AMOUNT, FIELD(budget)},
                                        {"busy_first", SECONDS, FIELD(busy_first)},
                                        {"busy_max", SECONDS, FIELD(busy_max)},
                                        {"ca_file", TEXT, FIELD(ca_file)},
                                        {"cache", TEXT, FIELD(cache)},
                                        {"concurrency", COUNT, FIELD(concurrency)},
                                        {"config_file", TEXT, FIELD(config_file)},
                                        {"connect_timeout", SECONDS, FIELD(connect_timeout)},
                                        {"connections", COUNT, FIELD(connections)},
                                        {"journal", TEXT, FIELD(journal)},
                                        {"log", LOG, FIELD(log_level)},
                                        {"on_unknown", ON_UNKNOWN, FIELD(on_unknown)},
                                        {"poll", POLL, 0},
                                        {"proxy", TEXT, FIELD(proxy)},
                                        {"request_timeout", SECONDS, FIELD(request_timeout)},
                                        {"site", TEXT, FIELD(site)},
                                        {"submit_rate", RATE, FIELD(submit_rate)},
                                        {"submit_timeout", SECONDS, FIELD(submit_timeout)},
                                        {"timeout", SECONDS, FIELD(timeout)},
                                        {"wait_timeout", SECONDS, FIELD(wait_timeout)},
                                        {NULL, TEXT, 0}};

static const option poll_options[] = {
    {"first", SECONDS, FIELD(poll_first)}, {"max", SECONDS, FIELD(poll_max)},
    {"min", SECONDS, FIELD(poll_min)},     {"rate", RATE, FIELD(poll_rate)},
    {"told", SECONDS, FIELD(poll_told)},   {NULL, TEXT, 0}};

/* ---- amounts ------------------------------------------------------------------------------- */

#define AMOUNT_DIGITS 17
#define AMOUNT_PLACES 18
#define AMOUNT_MAX    1e15

/* The point is a point in every locale, and zeros at the end say nothing. */
static void tidy(char *text) {
  size_t len = strlen(text), point = strspn(text, "0123456789");
  if (point == len) return;
  text[point] = '.';
  while (text[len - 1] == '0') len--;
  text[text[len - 1] == '.' ? len - 1 : len] = '\0';
}

const char *rh_core_amount(lua_State *L, int index, char buffer[RH_CORE_AMOUNT]) {
  lua_Number n;
  int digits = 15, places;
  if (lua_type(L, index) == LUA_TSTRING) return lua_tostring(L, index);
  if (lua_type(L, index) != LUA_TNUMBER) return NULL;
  n = lua_tonumber(L, index);
  if (!(n >= 0 && n < AMOUNT_MAX)) return NULL; /* also where it is NaN */
  for (; digits <= AMOUNT_DIGITS; digits++) {   /* as few as read back as the same number */
    snprintf(buffer, RH_CORE_AMOUNT, "%.*e", digits - 1, n);
    if (strtod(buffer, NULL) == n) break;
  }
  places = digits - 1 - atoi(strchr(buffer, 'e') + 1);
  if (places < 0) places = 0;
  if (places > AMOUNT_PLACES) places = AMOUNT_PLACES;
  snprintf(buffer, RH_CORE_AMOUNT, "%.*f", places, n);
  tidy(buffer);
  return buffer;
}

/* ---- the nearest spelling ------------------------------------------------------------------ */

static int least(int a, int b, int c) {
  int m = a < b ? a : b;
  return m < c ? m : c;
}

/* Insertions, deletions, replacements and swaps of neighbours from `a` to `b`, neither longer than
   LONGEST_NAME. */
static int distance(const char *a, const char *b) {
  int rows[3][LONGEST_NAME + 1], *two = rows[0], *last = rows[1], *now = rows[2];
  int n = (int)strlen(a), m = (int)strlen(b);
  for (int j = 0; j <= m; j++) last[j] = j;
  for (int i = 1; i <= n; i++) {
    int *spare = two;
    now[0] = i;
    for (int j = 1; j <= m; j++) {
      now[j] = least(last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        now[j] = least(now[j], now[j], two[j - 2] + 1);
    }
    two = last;
    last = now;
    now = spare;
  }
  return last[m];
}

static const char *nearest(const option *known, const char *name) {
  const char *best = NULL;
  int best_distance = 3; /* more than two edits is another word */
  if (strlen(name) > LONGEST_NAME) return NULL;
  for (; known->name != NULL; known++) {
    int d = distance(name, known->name);
    if (d < best_distance && d < (int)strlen(known->name) && d < (int)strlen(name)) {
      best = known->name;
      best_distance = d;
    }
  }
  return best;
}

/* ---- one option ---------------------------------------------------------------------------- */

/* Pushes `option "NAME": EXPECTED expected, got VALUE`; the value is on top of the stack. */
static int refuse_value(lua_State *L, const char *prefix, const char *name, const char *expected) {
  const char *got = luaL_typename(L, -1);
  if (lua_type(L, -1) == LUA_TSTRING) {
    got = lua_pushfstring(L, "\"%s\"", lua_tostring(L, -1));
  } else if (lua_type(L, -1) == LUA_TNUMBER) {
    lua_Number n = lua_tonumber(L, -1);
    got = n != n ? "NaN" : luaL_tolstring(L, -1, NULL);
  }
  lua_pushfstring(L, "option \"%s%s\": %s expected, got %s", prefix, name, expected, got);
  return 0;
}

/* The word on top of the stack among those in `words`, or -1. */
static int word(lua_State *L, const char *const words[]) {
  const char *given = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
  for (int i = 0; words[i] != NULL; i++)
    if (strcmp(words[i], given) == 0) return i;
  return -1;
}

/* Tells nothing of the value: it may be a key. */
static int set_text(lua_State *L, const char *name, const char **field) {
  size_t len;
  if (lua_type(L, -1) != LUA_TSTRING) {
    lua_pushfstring(L, "option \"%s\": text expected, got a %s", name, luaL_typename(L, -1));
    return 0;
  }
  *field = lua_tolstring(L, -1, &len);
  if (strlen(*field) == len) return 1;
  lua_pushfstring(L, "option \"%s\" holds a NUL byte", name);
  return 0;
}

static int set_count(lua_State *L, const char *name, int *field) {
  int whole;
  lua_Integer n = lua_type(L, -1) == LUA_TNUMBER ? lua_tointegerx(L, -1, &whole) : (whole = 0);
  if (!whole || n < 1 || n > COUNT_MAX)
    return refuse_value(L, "", name, "a whole number from 1 to 1000000");
  *field = (int)n;
  return 1;
}

static int set_number(lua_State *L, const char *prefix, const option *o, double *field) {
  lua_Number n = lua_type(L, -1) == LUA_TNUMBER ? lua_tonumber(L, -1) : 0;
  if (!(n > 0 && n <= SECONDS_MAX)) /* also where it is NaN */
    return refuse_value(L, prefix, o->name,
                        o->type == RATE ? "a number above 0" : "a number of seconds above 0");
  *field = n;
  return 1;
}

static int set_flag(lua_State *L, const char *name, int *field) {
  if (!lua_isboolean(L, -1)) return refuse_value(L, "", name, "true or false");
  *field = lua_toboolean(L, -1);
  return 1;
}

static int set_amount(lua_State *L, const char *name, const char **field, char *buffer) {
  if (lua_type(L, -1) == LUA_TSTRING) return set_text(L, name, field);
  *field = rh_core_amount(L, -1, buffer);
  return *field != NULL ? 1 : refuse_value(L, "", name, "an amount such as 50 or \"12.50\"");
}

static int set_on_unknown(lua_State *L, rhub_on_unknown *field) {
  static const char *const words[] = {"hold", "resubmit", NULL};
  int n = word(L, words);
  if (n < 0) return refuse_value(L, "", "on_unknown", "\"hold\" or \"resubmit\"");
  *field = n == 0 ? RHUB_HOLD : RHUB_RESUBMIT;
  return 1;
}

static int set_log(lua_State *L, rhub_log_level *field) {
  static const char *const words[] = {"none", "warn", "info", "debug", NULL};
  int n = word(L, words);
  if (n < 0) return refuse_value(L, "", "log", "\"none\", \"warn\", \"info\" or \"debug\"");
  *field = (rhub_log_level)n;
  return 1;
}

static int read_table(lua_State *L, const option *known, const char *prefix, rh_core_options *out);

/* Takes the value on top of the stack: 1, or 0 with a message pushed. */
static int set_option(lua_State *L, const char *prefix, const option *o, rh_core_options *out) {
  char *field = (char *)out + o->offset;
  switch (o->type) {
  case TEXT: return set_text(L, o->name, (const char **)field);
  case COUNT: return set_count(L, o->name, (int *)field);
  case SECONDS:
  case RATE: return set_number(L, prefix, o, (double *)field);
  case AMOUNT: return set_amount(L, o->name, (const char **)field, out->budget);
  case FLAG: return set_flag(L, o->name, (int *)field);
  case ON_UNKNOWN: return set_on_unknown(L, &out->c.on_unknown);
  case LOG: return set_log(L, &out->c.log_level);
  case POLL: break;
  }
  if (!lua_istable(L, -1)) return refuse_value(L, "", o->name, "a table");
  return read_table(L, poll_options, "poll.", out);
}

/* ---- all of them --------------------------------------------------------------------------- */

static int refuse_name(lua_State *L, const option *known, const char *prefix, const char *name) {
  const char *meant = nearest(known, name);
  luaL_Buffer b;
  if (meant != NULL) {
    lua_pushfstring(L, "option \"%s%s\" is unknown: did you mean \"%s%s\"?", prefix, name, prefix,
                    meant);
    return 0;
  }
  luaL_buffinit(L, &b);
  luaL_addstring(&b, "option \"");
  luaL_addstring(&b, prefix);
  luaL_addlstring(&b, name, strnlen(name, LONGEST_NAME));
  luaL_addstring(&b, "\" is unknown: there are ");
  for (; known->name != NULL; known++) {
    luaL_addstring(&b, known->name);
    if (known[1].name != NULL) luaL_addstring(&b, ", ");
  }
  luaL_pushresult(&b);
  return 0;
}

/* Takes every field of the table on top of the stack. */
static int read_table(lua_State *L, const option *known, const char *prefix, rh_core_options *out) {
  luaL_checkstack(L, 8, "options");
  lua_pushnil(L);
  while (lua_next(L, -2) != 0) {
    const option *o = known;
    if (lua_type(L, -2) != LUA_TSTRING) {
      lua_pushfstring(L, "options have names, got a %s", luaL_typename(L, -2));
      return 0;
    }
    while (o->name != NULL && strcmp(o->name, lua_tostring(L, -2)) != 0) o++;
    if (o->name == NULL) return refuse_name(L, known, prefix, lua_tostring(L, -2));
    if (!set_option(L, prefix, o, out)) return 0;
    lua_pop(L, 1);
  }
  return 1;
}

int rh_core_read_options(lua_State *L, int index, rh_core_options *options) {
  int ok;
  lua_pushvalue(L, index);
  ok = read_table(L, client_options, "", options);
  if (ok) lua_pop(L, 1);
  return ok;
}
