/* rhub.core: the journal. What it holds, as tables, and what is said about its jobs. */
#include "core.h"

#include <stdlib.h>
#include <string.h>

#define RH_CORE_JOBS "rhub.core.jobs"

static const rhub_job_state states[] = {RHUB_JOB_INTENT,  RHUB_JOB_RUNNING,    RHUB_JOB_DONE,
                                        RHUB_JOB_FAILED,  RHUB_JOB_CANCELLED,  RHUB_JOB_UNKNOWN,
                                        RHUB_JOB_DROPPED, RHUB_JOB_RESUBMITTED};

/* ---- reading ------------------------------------------------------------------------------- */

static void set_time(lua_State *L, const char *key, double seconds) {
  if (seconds == 0) return;
  lua_pushnumber(L, seconds);
  lua_setfield(L, -2, key);
}

/* t[key] for text that says something. */
static void set_some(lua_State *L, const char *key, const char *text) {
  if (text != NULL && *text != '\0') rh_core_set_text(L, key, text);
}

/* Pushes what stands in front of the next tab, or of the line's end, and returns what is behind. */
static const char *push_word(lua_State *L, const char *text, const char *end) {
  const char *tab = memchr(text, '\t', (size_t)(end - text));
  lua_pushlstring(L, text, (size_t)((tab != NULL ? tab : end) - text));
  return tab != NULL ? tab + 1 : end;
}

/* The digest on the top becomes a field of the table below, and how many bytes have it, where that
   stands behind it, another. */
static void set_digest(lua_State *L) {
  size_t len;
  const char *text = lua_tolstring(L, -1, &len), *space = memchr(text, ' ', len);
  if (space != NULL) {
    lua_pushinteger(L, strtoll(space + 1, NULL, 10));
    lua_setfield(L, -3, "bytes");
    lua_pushlstring(L, text, (size_t)(space - text));
    lua_remove(L, -2);
  }
  lua_setfield(L, -2, "sha256");
}

/* t[key] = {{sha256 =, [bytes =,] [pointer =,] path =}, ...} of lines. */
static void set_files(lua_State *L, const char *key, const char *lines, int with_pointer) {
  int n = 0;
  if (*lines == '\0') return;
  lua_newtable(L);
  while (*lines != '\0') {
    const char *end = strchr(lines, '\n');
    if (end == NULL) end = lines + strlen(lines);
    lua_createtable(L, 0, 3);
    lines = push_word(L, lines, end);
    set_digest(L);
    if (with_pointer) {
      lines = push_word(L, lines, end);
      lua_setfield(L, -2, "pointer");
    }
    lua_pushlstring(L, lines, (size_t)(end - lines));
    lua_setfield(L, -2, "path");
    lua_rawseti(L, -2, ++n);
    lines = *end == '\n' ? end + 1 : end;
  }
  lua_setfield(L, -2, key);
}

static void push_job(lua_State *L, const rhub_job *job) {
  lua_createtable(L, 0, 27);
  rh_core_set_text(L, "key", job->key);
  rh_core_set_text(L, "state", rhub_job_state_name(job->state));
  rh_core_set_text(L, "endpoint", job->endpoint);
  set_some(L, "path", job->path);
  set_some(L, "params", job->params);
  set_some(L, "identity", job->identity);
  set_some(L, "origin", job->origin);
  set_some(L, "account", job->account);
  set_some(L, "task_id", job->task_id);
  set_some(L, "token", job->token);
  set_some(L, "save_as", job->save_as);
  rh_core_set_text(L, "reserved", job->reserved);
  rh_core_set_text(L, "charged", job->charged);
  set_some(L, "currency", job->currency);
  set_some(L, "coins", job->coins);
  lua_pushinteger(L, (lua_Integer)job->occurrence);
  lua_setfield(L, -2, "occurrence");
  lua_pushboolean(L, job->unconfirmed);
  lua_setfield(L, -2, "unconfirmed");
  lua_pushboolean(L, job->made_nothing);
  lua_setfield(L, -2, "made_nothing");
  set_time(L, "created", job->created);
  set_time(L, "submitted", job->submitted);
  set_time(L, "accepted", job->accepted);
  set_time(L, "ended", job->ended);
  if (job->raw_len > 0) {
    lua_pushlstring(L, job->raw, job->raw_len);
    lua_setfield(L, -2, "raw");
  }
  set_files(L, "files", job->files, 1);
  set_files(L, "saved", job->saved, 0);
  if (job->error == NULL) return;
  rh_core_push_error(L, job->error);
  lua_setfield(L, -2, "error");
}

static rhub_jobs *check_jobs(lua_State *L) {
  rhub_jobs **jobs = luaL_checkudata(L, 1, RH_CORE_JOBS);
  if (*jobs == NULL) luaL_error(L, "the journal is closed");
  luaL_checkstack(L, 8, "job");
  return *jobs;
}

/* What a look at the journal has come to: the job as a table, or nothing; raises where it cannot be
   read. */
static int push_seen(lua_State *L, int seen, const rhub_job *job, const rhub_error *error) {
  if (seen == 0) return 0;
  if (seen > 0) {
    push_job(L, job);
    return 1;
  }
  if (error->status == RHUB_NOMEM) return luaL_error(L, "not enough memory");
  rh_core_push_error(L, error);
  return lua_error(L);
}

/* The iterator: a table for each job. */
static int jobs_next(lua_State *L) {
  rhub_jobs *jobs = check_jobs(L);
  rhub_error error = {.status = RHUB_OK};
  rhub_job job;
  return push_seen(L, rhub_jobs_next(jobs, &job, &error), &job, &error);
}

/* reader:find(key) -> the job's table, or nothing. */
static int jobs_find(lua_State *L) {
  rhub_jobs *jobs = check_jobs(L);
  size_t len;
  const char *key = luaL_checklstring(L, 2, &len);
  rhub_error error = {.status = RHUB_OK};
  rhub_job job;
  if (strlen(key) != len) return 0; /* no job's key holds a NUL byte */
  return push_seen(L, rhub_jobs_find(jobs, key, &job, &error), &job, &error);
}

/* reader:kept(name) -> what handle:keep has kept under it, or nothing. */
static int jobs_kept(lua_State *L) {
  rhub_jobs *jobs = check_jobs(L);
  size_t len;
  const char *name = luaL_checklstring(L, 2, &len), *text;
  rhub_error error = {.status = RHUB_OK};
  int seen = strlen(name) == len ? rhub_jobs_kept(jobs, name, &text, &error) : 0;
  if (seen <= 0) return push_seen(L, seen, NULL, &error);
  lua_pushstring(L, text);
  return 1;
}

static int jobs_close(lua_State *L) {
  rhub_jobs **jobs = luaL_checkudata(L, 1, RH_CORE_JOBS);
  rhub_jobs_close(*jobs);
  *jobs = NULL;
  return 0;
}

/* The state whose name is at `arg`; 0 where there is none. */
static rhub_job_state check_state(lua_State *L, int arg) {
  const char *name = luaL_optstring(L, arg, NULL);
  if (name == NULL) return (rhub_job_state)0;
  for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++)
    if (strcmp(rhub_job_state_name(states[i]), name) == 0) return states[i];
  luaL_error(L,
             "\"%s\" is no state of a job: intent, running, done, failed, cancelled, unknown, "
             "dropped, resubmitted",
             name);
  return (rhub_job_state)0;
}

/* Pushes a reader of the journal whose path is at 1. */
static rhub_status push_reader(lua_State *L, rhub_job_state state, rhub_error *error) {
  size_t len;
  const char *path = luaL_checklstring(L, 1, &len);
  rhub_jobs **jobs;
  luaL_argcheck(L, strlen(path) == len, 1, "the path holds a NUL byte");
  jobs = lua_newuserdatauv(L, sizeof(*jobs), 0);
  *jobs = NULL;
  luaL_setmetatable(L, RH_CORE_JOBS);
  return rhub_jobs_open(path, state, jobs, error);
}

/* core.jobs(path [, state]) -> what a generic for takes | nil, err. */
static int core_jobs(lua_State *L) {
  rhub_job_state state = check_state(L, 2);
  rhub_error error = {.status = RHUB_OK};
  lua_settop(L, 2);
  lua_pushcfunction(L, jobs_next);
  if (push_reader(L, state, &error) != RHUB_OK) return rh_core_fail(L, &error);
  lua_pushnil(L);
  lua_pushvalue(L, -2);
  return 4;
}

/* core.reader(path) -> reader | nil, err. */
static int core_reader(lua_State *L) {
  rhub_error error = {.status = RHUB_OK};
  if (push_reader(L, (rhub_job_state)0, &error) != RHUB_OK) return rh_core_fail(L, &error);
  return 1;
}

void rh_core_open_jobs(lua_State *L) {
  static const luaL_Reg metamethods[] = {
      {"__gc", jobs_close}, {"__close", jobs_close}, {NULL, NULL}};
  static const luaL_Reg methods[] = {
      {"find", jobs_find}, {"kept", jobs_kept}, {"close", jobs_close}, {NULL, NULL}};
  if (luaL_newmetatable(L, RH_CORE_JOBS)) {
    luaL_setfuncs(L, metamethods, 0);
    luaL_newlib(L, methods);
    lua_setfield(L, -2, "__index");
  }
  lua_pop(L, 1);
  lua_pushcfunction(L, core_jobs);
  lua_setfield(L, -2, "jobs");
  lua_pushcfunction(L, core_reader);
  lua_setfield(L, -2, "reader");
}

/* ---- saying -------------------------------------------------------------------------------- */

/* The text at `arg`, which crosses as a C string. */
static const char *check_text(lua_State *L, int arg) {
  size_t len;
  const char *text = luaL_checklstring(L, arg, &len);
  luaL_argcheck(L, strlen(text) == len, arg, "it holds a NUL byte");
  return text;
}

static int answer(lua_State *L, rhub_status status, const rhub_error *error) {
  if (status != RHUB_OK) return rh_core_fail(L, error);
  lua_pushboolean(L, 1);
  return 1;
}

/* handle:resolve(key, "id" | "resubmit" | "drop" [, task id]) -> true | nil, err. */
static int h_resolve(lua_State *L) {
  static const char *const names[] = {"id", "resubmit", "drop", NULL};
  static const rhub_resolve ways[] = {RHUB_RESOLVE_ID, RHUB_RESOLVE_RESUBMIT, RHUB_RESOLVE_DROP};
  rhub_client *client = rh_core_client(L);
  const char *key = check_text(L, 2);
  rhub_resolve what = ways[luaL_checkoption(L, 3, NULL, names)];
  const char *task_id = lua_isnoneornil(L, 4) ? NULL : check_text(L, 4);
  rhub_error error = {.status = RHUB_OK};
  return answer(L, rhub_job_resolve(client, key, what, task_id, &error), &error);
}

/* handle:saved(key, path [, sha256]) -> true | nil, err. */
static int h_saved(lua_State *L) {
  rhub_client *client = rh_core_client(L);
  const char *key = check_text(L, 2), *path = lua_isnoneornil(L, 3) ? NULL : check_text(L, 3);
  const char *sha256 = lua_isnoneornil(L, 4) ? NULL : check_text(L, 4);
  rhub_error error = {.status = RHUB_OK};
  return answer(L, rhub_job_saved(client, key, path, sha256, &error), &error);
}

/* handle:keep(name, text) -> true | nil, err. */
static int h_keep(lua_State *L) {
  rhub_client *client = rh_core_client(L);
  const char *name = check_text(L, 2), *text = check_text(L, 3);
  rhub_error error = {.status = RHUB_OK};
  return answer(L, rhub_keep(client, name, text, &error), &error);
}

const luaL_Reg rh_core_job_methods[] = {
    {"resolve", h_resolve}, {"saved", h_saved}, {"keep", h_keep}, {NULL, NULL}};
