/* rhub.core: what starts something and returns a ticket, and what can be done with tickets. */
#include "core.h"

#include <string.h>

#define FEW         8          /* files of a task that need no memory of their own */
#define REPLY_MAX   1073741824 /* bytes */
#define SECONDS_MAX 1e9

/* ---- arguments ----------------------------------------------------------------------------- */

/* Whether the text at `index` can cross as a C string; if not, pushes why. */
static int is_c_text(lua_State *L, int index, const char *what) {
  size_t len;
  const char *text = lua_tolstring(L, index, &len);
  if (text == NULL || strlen(text) == len) return 1;
  lua_pushfstring(L, "%s holds a NUL byte: \"%s\"", what, text);
  return 0;
}

/* Seconds as rhub.h takes them: 0 for the client's own, negative for none. */
static double seconds(lua_State *L, int arg) {
  lua_Number n = luaL_optnumber(L, arg, 0);
  luaL_argcheck(L, n == n, arg, "seconds expected, got NaN");
  return n;
}

static rhub_ticket check_ticket(lua_State *L) {
  lua_Integer n = luaL_checkinteger(L, 2);
  luaL_argcheck(L, n > 0, 2, "a ticket expected");
  return (rhub_ticket)n;
}

static int finish(lua_State *L, rhub_status status, rhub_ticket ticket, const rhub_error *error) {
  if (status != RHUB_OK) return rh_core_fail(L, error);
  lua_pushinteger(L, (lua_Integer)ticket);
  return 1;
}

static int stale(lua_State *L) {
  return luaL_error(L, "ticket %I has ended or was never given", (LUAI_UACINT)lua_tointeger(L, 2));
}

/* ---- tables -------------------------------------------------------------------------------- */

/* The bytes of field `key` of the table at `index`, or NULL; raises for other types. The value
   stays on the stack, which holds it. */
static const char *take_bytes(lua_State *L, int index, const char *key, size_t *len) {
  int type = lua_getfield(L, index, key);
  if (type != LUA_TSTRING && type != LUA_TNIL) luaL_error(L, "field '%s': text expected", key);
  return lua_tolstring(L, -1, len);
}

/* The same for text without NULs: 1, or 0 with a message pushed. */
static int take_text(lua_State *L, int index, const char *key, const char **text) {
  *text = take_bytes(L, index, key, NULL);
  return is_c_text(L, -1, key);
}

static int take_flag(lua_State *L, int index, const char *key) {
  int flag, type = lua_getfield(L, index, key);
  if (type != LUA_TBOOLEAN && type != LUA_TNIL)
    luaL_error(L, "field '%s': true or false expected", key);
  flag = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return flag;
}

/* Seconds, 0 where the field is absent. */
static double take_seconds(lua_State *L, int index, const char *key) {
  int type = lua_getfield(L, index, key);
  lua_Number n = lua_tonumber(L, -1);
  if (type != LUA_TNIL && (type != LUA_TNUMBER || !(n >= 0 && n <= SECONDS_MAX)))
    luaL_error(L, "field '%s': a number of seconds expected", key);
  lua_pop(L, 1);
  return n;
}

/* Raises for a field of the table at `index`, the last argument, that is not in the list. */
static void check_fields(lua_State *L, int index, const char *const known[]) {
  luaL_checktype(L, index, LUA_TTABLE);
  lua_settop(L, index);
  lua_pushnil(L);
  while (lua_next(L, index) != 0) {
    const char *key = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "?";
    int i = 0;
    lua_pop(L, 1);
    while (known[i] != NULL && strcmp(known[i], key) != 0) i++;
    if (known[i] == NULL) luaL_error(L, "unknown field '%s'", key);
  }
}

/* ---- tasks --------------------------------------------------------------------------------- */

/* The files at 4, a flat list of pointers and paths: how many, or -1 with a message pushed. */
static int read_media(lua_State *L, rhub_media *few, rhub_media **out) {
  size_t n;
  *out = few;
  if (lua_isnil(L, 4)) return 0;
  luaL_checktype(L, 4, LUA_TTABLE);
  n = lua_rawlen(L, 4);
  luaL_argcheck(L, n % 2 == 0 && n <= 1000, 4, "a list of pointers and paths expected");
  n /= 2;
  if (n > FEW) *out = lua_newuserdatauv(L, n * sizeof(rhub_media), 0);
  for (size_t i = 0; i < n; i++) {
    lua_rawgeti(L, 4, (lua_Integer)(2 * i + 1));
    lua_rawgeti(L, 4, (lua_Integer)(2 * i + 2));
    luaL_argcheck(L, lua_type(L, -2) == LUA_TSTRING && lua_type(L, -1) == LUA_TSTRING, 4,
                  "pointers and paths must be strings");
    if (!is_c_text(L, -2, "a parameter's name") || !is_c_text(L, -1, "a path")) return -1;
    (*out)[i].pointer = lua_tostring(L, -2); /* held by the table */
    (*out)[i].path = lua_tostring(L, -1);
    lua_pop(L, 2);
  }
  return (int)n;
}

/* The price at 7, a number or text, and its currency at 8: 1, or 0 with a message pushed. */
static int read_price(lua_State *L, rhub_task_options *task, char buffer[RH_CORE_AMOUNT]) {
  int type = lua_type(L, 7);
  luaL_argcheck(L, type == LUA_TNIL || type == LUA_TNUMBER || type == LUA_TSTRING, 7,
                "an amount expected");
  task->currency = luaL_optstring(L, 8, NULL);
  task->price = rh_core_amount(L, 7, buffer);
  if (type == LUA_TNUMBER && task->price == NULL) {
    luaL_tolstring(L, 7, NULL);
    lua_pushfstring(L, "the price %s is no amount: give one such as 2.1 or \"2.10\"",
                    lua_tostring(L, -1));
    return 0;
  }
  return (type != LUA_TSTRING || is_c_text(L, 7, "the price")) && is_c_text(L, 8, "the currency");
}

/* Where the key goes: the field "key" of the table on top of the stack. */
static rhub_upload_kind upload_kind(lua_State *L) {
  static const char *const names[] = {"url", "node", "lora", "comfy", NULL};
  static const rhub_upload_kind kinds[] = {RHUB_UPLOAD_URL, RHUB_UPLOAD_NODE, RHUB_UPLOAD_LORA,
                                           RHUB_UPLOAD_COMFY};
  const char *given = take_bytes(L, 3, "kind", NULL);
  if (given == NULL) return RHUB_UPLOAD_URL;
  for (int i = 0; names[i] != NULL; i++)
    if (strcmp(names[i], given) == 0) return kinds[i];
  luaL_error(L, "field 'kind': 'url', 'node', 'lora' or 'comfy' expected, got '%s'", given);
  return RHUB_UPLOAD_URL;
}

/* handle:upload(path [, {kind = "url" | "node" | "lora" | "comfy", name =, to =, digest =}]) ->
   ticket | nil, err. */
static int h_upload(lua_State *L) {
  static const char *const known[] = {"kind", "name", "to", "digest", NULL};
  rhub_client *client = rh_core_client(L);
  rhub_upload_options upload = RHUB_UPLOAD_OPTIONS_INIT;
  rhub_error error = {.status = RHUB_OK};
  rhub_ticket ticket = 0;
  rhub_status status;
  upload.path = luaL_checkstring(L, 2);
  if (!is_c_text(L, 2, "the path")) return rh_core_refuse(L);
  if (!lua_isnoneornil(L, 3)) {
    check_fields(L, 3, known);
    upload.kind = upload_kind(L);
    upload.digest = take_flag(L, 3, "digest");
    if (!take_text(L, 3, "name", &upload.name) || !take_text(L, 3, "to", &upload.to))
      return rh_core_refuse(L);
  }
  status = rhub_upload_as(client, &upload, &ticket, &error);
  return finish(L, status, ticket, &error);
}

static rhub_key_place key_place(lua_State *L) {
  static const char *const names[] = {"header", "apiKey", "apikey", "bare", "none", NULL};
  static const rhub_key_place places[] = {RHUB_KEY_HEADER, RHUB_KEY_FIELD, RHUB_KEY_FIELD_LOWER,
                                          RHUB_KEY_BARE, RHUB_KEY_NONE};
  int type = lua_getfield(L, -1, "key");
  const char *given = type == LUA_TSTRING ? lua_tostring(L, -1) : luaL_typename(L, -1);
  for (int i = 0; type != LUA_TNIL && names[i] != NULL; i++)
    if (strcmp(names[i], given) == 0) {
      lua_pop(L, 1);
      return places[i];
    }
  if (type != LUA_TNIL)
    luaL_error(L, "field 'key': 'header', 'apiKey', 'apikey', 'bare' or 'none' expected, got '%s'",
               given);
  lua_pop(L, 1);
  return RHUB_KEY_HEADER;
}

/* The table at 9: 1, or 0 with a message pushed. The table goes on holding the text. */
static int read_more(lua_State *L, rhub_task_options *task) {
  static const char *const known[] = {"path",       "key",     "told",     "unknown_wait",
                                      "node_files", "job",     "identity", "fresh",
                                      "token",      "save_as", NULL};
  if (lua_isnil(L, 9)) return 1;
  check_fields(L, 9, known);
  task->told = take_flag(L, 9, "told");
  task->node_files = take_flag(L, 9, "node_files");
  task->unknown_wait = take_seconds(L, 9, "unknown_wait");
  task->fresh = take_flag(L, 9, "fresh");
  if (!take_text(L, 9, "path", &task->path) || !take_text(L, 9, "job", &task->job) ||
      !take_text(L, 9, "identity", &task->identity) || !take_text(L, 9, "token", &task->token) ||
      !take_text(L, 9, "save_as", &task->save_as))
    return 0;
  lua_settop(L, 9);
  task->key = key_place(L);
  return 1;
}

/* handle:submit(endpoint, params [, media [, timeout [, wait_timeout [, price [, currency [,
   more]]]]]]) -> ticket | nil, err. `params` is one JSON object, `media` {pointer, path, ...},
   `more` {path =, key = "header" | "apiKey", told =, unknown_wait = seconds, node_files =,
   job =, identity =, fresh =, token =, save_as =}. */
static int h_submit(lua_State *L) {
  rhub_client *client = rh_core_client(L);
  rhub_task_options task = RHUB_TASK_OPTIONS_INIT;
  rhub_media few[FEW], *media;
  char price[RH_CORE_AMOUNT];
  rhub_error error = {.status = RHUB_OK};
  rhub_ticket ticket = 0;
  rhub_status status;
  int n;
  lua_settop(L, 9);
  task.endpoint = luaL_checkstring(L, 2);
  luaL_checktype(L, 3, LUA_TSTRING);
  task.params = lua_tolstring(L, 3, &task.params_len);
  task.timeout = seconds(L, 5);
  task.wait_timeout = seconds(L, 6);
  if (!is_c_text(L, 2, "the model") || !read_price(L, &task, price) || !read_more(L, &task))
    return rh_core_refuse(L);
  n = read_media(L, few, &media);
  if (n < 0) return rh_core_refuse(L);
  task.media = n > 0 ? media : NULL;
  task.media_count = (size_t)n;
  status = rhub_submit(client, &task, &ticket, &error);
  return finish(L, status, ticket, &error);
}

/* handle:attach(task_id [, model [, timeout]]) -> ticket | nil, err. */
static int h_attach(lua_State *L) {
  rhub_client *client = rh_core_client(L);
  const char *task_id = luaL_checkstring(L, 2), *model = luaL_optstring(L, 3, NULL);
  double timeout = seconds(L, 4);
  rhub_error error = {.status = RHUB_OK};
  rhub_ticket ticket = 0;
  rhub_status status;
  if (!is_c_text(L, 2, "the task id") || !is_c_text(L, 3, "the model")) return rh_core_refuse(L);
  status = rhub_attach(client, task_id, model, timeout, &ticket, &error);
  return finish(L, status, ticket, &error);
}

/* ---- media and calls ----------------------------------------------------------------------- */

/* handle:save{url = or text = or path =, dir =, stem =, ext =, type =, overwrite =, of =, digest =,
   durable =, beside =} -> ticket | nil, err. */
static int h_save(lua_State *L) {
  static const char *const known[] = {"url",     "dir",    "stem", "type",      "text",
                                      "path",    "ext",    "of",   "overwrite", "digest",
                                      "durable", "beside", NULL};
  rhub_client *client = rh_core_client(L);
  rhub_save_options save = RHUB_SAVE_OPTIONS_INIT;
  rhub_error error = {.status = RHUB_OK};
  rhub_ticket ticket = 0;
  rhub_status status;
  check_fields(L, 2, known);
  if (!take_text(L, 2, "url", &save.url) || !take_text(L, 2, "path", &save.path) ||
      !take_text(L, 2, "dir", &save.dir) || !take_text(L, 2, "stem", &save.stem) ||
      !take_text(L, 2, "ext", &save.ext) || !take_text(L, 2, "type", &save.type) ||
      !take_text(L, 2, "of", &save.of))
    return rh_core_refuse(L);
  save.text = take_bytes(L, 2, "text", &save.text_len);
  lua_getfield(L, 2, "overwrite");
  save.overwrite = lua_toboolean(L, -1);
  save.digest = take_flag(L, 2, "digest");
  save.durable = take_flag(L, 2, "durable");
  save.beside = take_flag(L, 2, "beside");
  status = rhub_save(client, &save, &ticket, &error);
  return finish(L, status, ticket, &error);
}

/* The field "limit", in bytes: 0 where it is absent. */
static size_t reply_limit(lua_State *L) {
  int whole, type = lua_getfield(L, 2, "limit");
  lua_Integer n = lua_tointegerx(L, -1, &whole);
  lua_pop(L, 1);
  if (type == LUA_TNIL) return 0;
  if (type != LUA_TNUMBER || !whole || n < 1 || n > REPLY_MAX)
    luaL_error(L, "field 'limit': a whole number of bytes from 1 to %d expected", REPLY_MAX);
  return (size_t)n;
}

/* handle:call{path =, body = JSON or nil, key =, once =, raw =, limit =} -> ticket | nil, err. For
   calls that make no task of this client. `key`: where it goes, see key_place. */
static int h_call(lua_State *L) {
  static const char *const known[] = {"path", "body", "key", "once", "raw", "limit", NULL};
  rhub_client *client = rh_core_client(L);
  rhub_call_options call = RHUB_CALL_OPTIONS_INIT;
  rhub_error error = {.status = RHUB_OK};
  rhub_ticket ticket = 0;
  rhub_status status;
  check_fields(L, 2, known);
  if (!take_text(L, 2, "path", &call.path)) return rh_core_refuse(L);
  call.body = take_bytes(L, 2, "body", &call.body_len);
  lua_pushvalue(L, 2);
  call.key = key_place(L);
  call.once = take_flag(L, 2, "once");
  call.raw = take_flag(L, 2, "raw");
  call.limit = reply_limit(L);
  if (call.path == NULL) return luaL_error(L, "field 'path': text expected");
  status = rhub_call(client, &call, &ticket, &error);
  return finish(L, status, ticket, &error);
}

/* ---- tickets ------------------------------------------------------------------------------- */

/* handle:cancel(ticket) -> true | nil, err. */
static int h_cancel(lua_State *L) {
  rhub_client *client = rh_core_client(L);
  rhub_error error = {.status = RHUB_OK};
  rhub_status status = rhub_cancel(client, check_ticket(L), &error);
  if (status == RHUB_MISUSE) return stale(L);
  if (status != RHUB_OK) return rh_core_fail(L, &error);
  lua_pushboolean(L, 1);
  return 1;
}

/* handle:tell(ticket, task_id) -> true, or false where the ticket's task has ended | nil, err. */
static int h_tell(lua_State *L) {
  rhub_client *client = rh_core_client(L);
  rhub_ticket ticket = check_ticket(L);
  const char *task_id = luaL_checkstring(L, 3);
  rhub_error error = {.status = RHUB_OK};
  rhub_status status;
  if (!is_c_text(L, 3, "the task id")) return rh_core_refuse(L);
  status = rhub_tell(client, ticket, task_id, &error);
  if (status != RHUB_OK && status != RHUB_GONE) return rh_core_fail(L, &error);
  lua_pushboolean(L, status == RHUB_OK);
  return 1;
}

/* handle:tell_lost(token, task_id) -> ticket, 0 where a task at work was told | nil, err. */
static int h_tell_lost(lua_State *L) {
  rhub_client *client = rh_core_client(L);
  const char *token = luaL_checkstring(L, 2), *task_id = luaL_checkstring(L, 3);
  rhub_error error = {.status = RHUB_OK};
  rhub_ticket ticket = 0;
  rhub_status status;
  if (!is_c_text(L, 2, "the token") || !is_c_text(L, 3, "the task id")) return rh_core_refuse(L);
  status = rhub_tell_lost(client, token, task_id, &ticket, &error);
  return finish(L, status, ticket, &error);
}

/* handle:forget(ticket) -> true. */
static int h_forget(lua_State *L) {
  rhub_client *client = rh_core_client(L);
  if (rhub_forget(client, check_ticket(L)) != RHUB_OK) return stale(L);
  lua_pushboolean(L, 1);
  return 1;
}

static const char *kind_name(rhub_kind kind) {
  switch (kind) {
  case RHUB_KIND_TASK: return "task";
  case RHUB_KIND_UPLOAD: return "upload";
  case RHUB_KIND_SAVE: return "save";
  case RHUB_KIND_CALL: return "call";
  }
  return "?";
}

/* handle:peek(ticket) -> state of a task, else "upload" | "save" | "call"; seconds elapsed; seconds
   usual, 0 where not known; bytes done; bytes in total, 0 where not known; task id or nil. No
   table: progress displays ask this ten times a second for every task. */
static int h_peek(lua_State *L) {
  rhub_client *client = rh_core_client(L);
  rhub_info info;
  if (rhub_peek(client, check_ticket(L), &info) != RHUB_OK) return stale(L);
  lua_pushstring(L,
                 info.kind == RHUB_KIND_TASK ? rhub_state_name(info.state) : kind_name(info.kind));
  lua_pushnumber(L, info.elapsed);
  lua_pushnumber(L, info.usual);
  lua_pushinteger(L, (lua_Integer)info.done);
  lua_pushinteger(L, (lua_Integer)info.total);
  if (info.task_id != NULL && info.task_id[0] != '\0')
    lua_pushstring(L, info.task_id);
  else
    lua_pushnil(L);
  return 6;
}

const luaL_Reg rh_core_task_methods[] = {
    {"submit", h_submit}, {"attach", h_attach}, {"upload", h_upload}, {"save", h_save},
    {"call", h_call},     {"cancel", h_cancel}, {"tell", h_tell},     {"tell_lost", h_tell_lost},
    {"forget", h_forget}, {"peek", h_peek},     {NULL, NULL}};
