/* rhub.core: the next event as Lua values. State events, the frequent ones, make no table. */
#include "core.h"

/* outputs = {{url =, type =, text =, node_id =}, ...} of the table on top of the stack. */
static void set_outputs(lua_State *L, const rhub_result *r) {
  lua_createtable(L, (int)r->output_count, 0);
  for (size_t i = 0; i < r->output_count; i++) {
    const rhub_output *o = &r->outputs[i];
    lua_createtable(
        L, 0, (o->url != NULL) + (o->type != NULL) + (o->text != NULL) + (o->node_id != NULL));
    rh_core_set_text(L, "url", o->url);
    rh_core_set_text(L, "type", o->type);
    rh_core_set_text(L, "node_id", o->node_id);
    if (o->text != NULL) {
      lua_pushlstring(L, o->text, o->text_len);
      lua_setfield(L, -2, "text");
    }
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_setfield(L, -2, "outputs");
}

static void push_result(lua_State *L, const rhub_result *r) {
  lua_createtable(L, 0, 9); /* with room for what rhub.result adds */
  rh_core_set_text(L, "task_id", r->task_id);
  rh_core_set_text(L, "model", r->model);
  rh_core_set_text(L, "amount", r->amount);
  rh_core_set_text(L, "currency", r->currency);
  rh_core_set_text(L, "coins", r->coins);
  lua_pushnumber(L, r->seconds);
  lua_setfield(L, -2, "seconds");
  if (r->raw != NULL) {
    lua_pushlstring(L, r->raw, r->raw_len);
    lua_setfield(L, -2, "raw");
  }
  set_outputs(L, r);
}

/* {url =, file_name =, json =, path =, sha256 =, bytes =, reused =}: of an upload or a save. */
static void push_transfer(lua_State *L, const rhub_event *e) {
  lua_createtable(L, 0, 4);
  rh_core_set_text(L, "sha256", e->sha256);
  if (e->kind == RHUB_KIND_UPLOAD) {
    rh_core_set_text(L, "url", e->url);
    rh_core_set_text(L, "file_name", e->file_name);
    rh_core_set_text(L, "json", e->json);
  } else {
    rh_core_set_text(L, "path", e->path);
  }
  lua_pushinteger(L, (lua_Integer)e->bytes);
  lua_setfield(L, -2, "bytes");
  lua_pushboolean(L, e->reused);
  lua_setfield(L, -2, "reused");
}

/* The key of its job where there is a journal: of the table on top of the stack. */
static void set_job(lua_State *L, const rhub_event *e) {
  if (e->job != NULL && *e->job != '\0') rh_core_set_text(L, "job", e->job);
}

static void push_task(lua_State *L, const rhub_event *e) {
  push_result(L, e->result);
  set_job(L, e);
}

static int push_end(lua_State *L, const rhub_event *e) {
  lua_pushliteral(L, "end");
  lua_pushinteger(L, (lua_Integer)e->ticket);
  if (e->error != NULL) {
    rh_core_push_error(L, e->error);
    set_job(L, e);
    return 3;
  }
  lua_pushnil(L);
  if (e->kind == RHUB_KIND_TASK)
    push_task(L, e);
  else if (e->kind == RHUB_KIND_CALL)
    lua_pushlstring(L, e->json, e->json_len);
  else
    push_transfer(L, e);
  return 4;
}

static int push_state(lua_State *L, const rhub_event *e) {
  lua_pushliteral(L, "state");
  lua_pushinteger(L, (lua_Integer)e->ticket);
  lua_pushstring(L, rhub_state_name(e->state));
  if (e->task_id != NULL && e->task_id[0] != '\0')
    lua_pushstring(L, e->task_id);
  else
    lua_pushnil(L);
  return 4;
}

static int push_log(lua_State *L, const rhub_event *e) {
  static const char *const levels[] = {"none", "warn", "info", "debug"};
  lua_pushliteral(L, "log");
  lua_pushstring(L, e->level <= RHUB_LOG_DEBUG ? levels[e->level] : "debug");
  lua_pushstring(L, e->text);
  return 3;
}

/* handle:next() -> nothing where there is no event, else
     "state", ticket, state, task id or nil
     "end", ticket, nil, value      or      "end", ticket, err
     "log", level, text */
static int h_next(lua_State *L) {
  rhub_client *client = rh_core_client(L);
  rhub_event event;
  luaL_checkstack(L, 12, "event"); /* before the event is taken: what raises later loses it */
  if (!rhub_next(client, &event)) return 0;
  switch (event.type) {
  case RHUB_EVENT_STATE: return push_state(L, &event);
  case RHUB_EVENT_END: return push_end(L, &event);
  case RHUB_EVENT_LOG: return push_log(L, &event);
  }
  return luaL_error(L, "event of unknown type %d", (int)event.type);
}

const luaL_Reg rh_core_event_methods[] = {{"next", h_next}, {NULL, NULL}};
