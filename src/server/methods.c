/* A request as Lua sees it: what has arrived, and the ordinary ways to answer. */
#include "server.h"
#include <stdlib.h>
#include <string.h>

static rh_request **to_box(lua_State *L) {
  return luaL_checkudata(L, 1, RH_REQUEST_META);
}

rh_request *rh_request_check(lua_State *L) {
  rh_request *r = *to_box(L);
  if (!r) luaL_error(L, "this request has been answered");
  return r;
}

void rh_request_push(lua_State *L, rh_request *r) {
  rh_request **box = lua_newuserdatauv(L, sizeof *box, 1);
  *box = NULL;
  luaL_setmetatable(L, RH_REQUEST_META);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  *box = r;
  r->box = box;
}

/* ---- what has arrived ---- */

static int req_method(lua_State *L) {
  lua_pushstring(L, rh_request_check(L)->method);
  return 1;
}

static int req_path(lua_State *L) {
  lua_pushstring(L, rh_request_check(L)->path);
  return 1;
}

static int lookup(lua_State *L, enum MHD_ValueKind kind) {
  rh_request *r = rh_request_check(L);
  lua_pushstring(L, MHD_lookup_connection_value(r->connection, kind, luaL_checkstring(L, 2)));
  return 1;
}

/* request:header(name) -> text | nil */
static int req_header(lua_State *L) {
  return lookup(L, MHD_HEADER_KIND);
}

/* request:query(name) -> text | nil: from the address, decoded */
static int req_query(lua_State *L) {
  return lookup(L, MHD_GET_ARGUMENT_KIND);
}

void rh_request_push_body(lua_State *L, const rh_request *r) {
  if (r->form || r->put || r->dropped || !r->whole)
    lua_pushnil(L);
  else
    lua_pushlstring(L, r->body ? r->body : "", r->len);
}

/* request:body() -> text; nil for a form, for a PUT and for one beyond max_body */
static int req_body(lua_State *L) {
  rh_request_push_body(L, rh_request_check(L));
  return 1;
}

/* request:form() -> {fields =, file =} | nil */
static int req_form(lua_State *L) {
  rh_request *r = rh_request_check(L);
  if (r->form && r->whole)
    rh_form_push(L, r->form);
  else
    lua_pushnil(L);
  return 1;
}

/* request:put() -> {bytes =, md5 =} | nil */
static int req_put(lua_State *L) {
  rh_request *r = rh_request_check(L);
  if (r->put && r->whole)
    rh_put_push(L, r->put);
  else
    lua_pushnil(L);
  return 1;
}

/* request:received() -> bytes of the body so far, whether it is whole */
static int req_received(lua_State *L) {
  rh_request *r = rh_request_check(L);
  lua_pushinteger(L, (lua_Integer)r->received);
  lua_pushboolean(L, r->whole);
  return 2;
}

/* ---- answers ---- */

static void add_header(lua_State *L, struct MHD_Response *response, const char *name,
                       const char *value) {
  if (MHD_add_response_header(response, name, value) == MHD_YES) return;
  MHD_destroy_response(response);
  luaL_error(L, "header %s cannot be sent", name);
}

/* Before there is a response that a raise would leak. */
static void check_headers(lua_State *L, int index) {
  if (lua_isnil(L, index) || lua_type(L, index) == LUA_TSTRING) return;
  luaL_checktype(L, index, LUA_TTABLE);
  for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1))
    luaL_argcheck(L, lua_type(L, -2) == LUA_TSTRING && lua_type(L, -1) == LUA_TSTRING, index,
                  "names and values of headers are texts");
}

/* A text is the Content-Type, a table names and values. */
static void add_headers(lua_State *L, int index, struct MHD_Response *response) {
  if (lua_type(L, index) == LUA_TSTRING)
    add_header(L, response, MHD_HTTP_HEADER_CONTENT_TYPE, lua_tostring(L, index));
  if (!lua_istable(L, index)) return;
  for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1))
    add_header(L, response, lua_tostring(L, -2), lua_tostring(L, -1));
}

static uint64_t number_field(lua_State *L, int index, const char *name, uint64_t otherwise) {
  int given = lua_getfield(L, index, name) != LUA_TNIL;
  lua_Integer n = given ? luaL_checkinteger(L, -1) : 0;
  luaL_argcheck(L, n >= 0, index, "sizes are not negative");
  lua_pop(L, 1);
  return given ? (uint64_t)n : otherwise;
}

static int flag_field(lua_State *L, int index, const char *name) {
  lua_getfield(L, index, name);
  int flag = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return flag;
}

static rh_slice read_slice(lua_State *L, int index, uint64_t total) {
  rh_slice s = {0, total, UINT64_MAX, 0, 0};
  if (lua_isnoneornil(L, index)) return s;
  luaL_checktype(L, index, LUA_TTABLE);
  s.from = number_field(L, index, "from", 0);
  luaL_argcheck(L, s.from <= total, index, "from lies behind the end");
  s.size = number_field(L, index, "size", total - s.from);
  luaL_argcheck(L, s.size <= total - s.from, index, "size goes beyond the end");
  s.cut = number_field(L, index, "cut", UINT64_MAX);
  s.stall = flag_field(L, index, "stall");
  s.chunked = flag_field(L, index, "chunked");
  return s;
}

static struct MHD_Response *content_response(lua_State *L, rh_request *r) {
  size_t len = 0;
  rh_content *content = rh_content_test(L, 4), *own = NULL;
  const char *text = content ? NULL : luaL_optlstring(L, 4, "", &len);
  rh_slice slice = read_slice(L, 5, content ? rh_content_size(content) : len);
  if (!content) content = own = rh_content_copy(text, len, len);
  struct MHD_Response *response = content ? rh_content_response(content, &slice, r) : NULL;
  rh_content_unref(own);
  return response;
}

static struct MHD_Response *text_response(lua_State *L) {
  size_t len;
  const char *text = luaL_optlstring(L, 4, "", &len);
  return MHD_create_response_from_buffer(len, (void *)text, MHD_RESPMEM_MUST_COPY);
}

/* request:reply(status [, headers [, body [, slice]]]): headers is the Content-Type or a table,
   body a text or a content. slice = {from =, size =: a part of it; cut = n: the connection ends
   after n bytes, however many were announced; stall = true: it stays silent there; chunked = true}.
 */
static int req_reply(lua_State *L) {
  rh_request *r = rh_request_check(L);
  lua_Integer status = luaL_checkinteger(L, 2);
  luaL_argcheck(L, status >= 200 && status <= 599, 2, "a final HTTP status");
  lua_settop(L, 5);
  check_headers(L, 3);
  struct MHD_Response *response =
      lua_isuserdata(L, 4) || !lua_isnil(L, 5) ? content_response(L, r) : text_response(L);
  if (!response) return luaL_error(L, "not enough memory for a reply");
  add_headers(L, 3, response);
  r->response = response;
  r->status = (unsigned)status;
  rh_request_answer(r, RH_REPLY);
  return 0;
}

/* request:receive(): read the body too; the request comes again from next() when it is whole. */
static int req_receive(lua_State *L) {
  rh_request *r = rh_request_check(L);
  luaL_argcheck(L, !r->whole, 1, "the request is whole");
  rh_request_answer(r, RH_RECEIVE);
  return 0;
}

/* A request that nobody answered must not leave its client waiting. */
static int req_gc(lua_State *L) {
  rh_request *r = *to_box(L);
  if (!r) return 0;
  r->response = MHD_create_response_from_buffer(0, (void *)"", MHD_RESPMEM_PERSISTENT);
  r->status = MHD_HTTP_INTERNAL_SERVER_ERROR;
  rh_request_answer(r, r->response ? RH_REPLY : RH_DROP);
  return 0;
}

void rh_request_open(lua_State *L) {
  static const luaL_Reg methods[] = {{"method", req_method},      {"path", req_path},
                                     {"header", req_header},      {"query", req_query},
                                     {"body", req_body},          {"form", req_form},
                                     {"received", req_received},  {"reply", req_reply},
                                     {"receive", req_receive},    {"reset", rh_req_reset},
                                     {"finish", rh_req_finish},   {"raw", rh_req_raw},
                                     {"hang", rh_req_hang},       {"put", req_put},
                                     {"upgrade", rh_req_upgrade}, {NULL, NULL}};
  luaL_newmetatable(L, RH_REQUEST_META);
  lua_pushcfunction(L, req_gc);
  lua_setfield(L, -2, "__gc");
  luaL_newlib(L, methods);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
}
