/* Bytes to send: a text in memory, a text repeated up to a size, or a file. Shared and counted, so
 * that a thousand replies with one picture hold it once. */
#include "server.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One thread at a time: a content belongs to the Lua state that made it. */
struct rh_content {
  size_t refs;
  uint64_t size;
  int fd;     /* a file, or -1 */
  size_t len; /* of `bytes`; shorter than `size`: they repeat */
  char bytes[];
};

rh_content *rh_content_copy(const char *bytes, size_t len, uint64_t size) {
  rh_content *c = malloc(sizeof *c + len);
  if (!c) return NULL;
  c->refs = 1;
  c->size = size;
  c->fd = -1;
  c->len = len;
  if (len) memcpy(c->bytes, bytes, len);
  return c;
}

void rh_content_unref(rh_content *c) {
  if (!c || --c->refs) return;
  if (c->fd >= 0) close(c->fd);
  free(c);
}

static void unref(void *content) {
  rh_content_unref(content);
}

uint64_t rh_content_size(const rh_content *c) {
  return c->size;
}

/* ---- replies that libmicrohttpd reads piece by piece ---- */

typedef struct reader {
  rh_content *content;
  rh_request *request;
  rh_slice slice;
} reader;

static void copy_repeated(const rh_content *c, uint64_t at, char *out, size_t n) {
  while (n > 0) {
    size_t start = (size_t)(at % c->len), part = c->len - start;
    if (part > n) part = n;
    memcpy(out, c->bytes + start, part);
    at += part, out += part, n -= part;
  }
}

static ssize_t reader_read(void *self, uint64_t pos, char *out, size_t room) {
  reader *r = self;
  const rh_slice *s = &r->slice;
  if (pos >= s->cut) {
    if (!s->stall) return MHD_CONTENT_READER_END_WITH_ERROR;
    rh_request_suspend(r->request);
    return 0;
  }
  uint64_t end = s->cut < s->size ? s->cut : s->size;
  if (pos >= end) return MHD_CONTENT_READER_END_OF_STREAM;
  size_t n = end - pos < room ? (size_t)(end - pos) : room;
  if (r->content->fd < 0) {
    copy_repeated(r->content, s->from + pos, out, n);
    return (ssize_t)n;
  }
  ssize_t got = pread(r->content->fd, out, n, (off_t)(s->from + pos));
  return got > 0 ? got : MHD_CONTENT_READER_END_WITH_ERROR;
}

static void reader_free(void *self) {
  reader *r = self;
  rh_content_unref(r->content);
  free(r);
}

static struct MHD_Response *read_response(rh_content *c, const rh_slice *slice,
                                          rh_request *request) {
  reader *r = malloc(sizeof *r);
  if (!r) return NULL;
  *r = (reader){c, request, *slice};
  c->refs++;
  uint64_t size = slice->chunked ? MHD_SIZE_UNKNOWN : slice->size;
  struct MHD_Response *response =
      MHD_create_response_from_callback(size, 64 * 1024, reader_read, r, reader_free);
  if (!response) reader_free(r);
  return response;
}

struct MHD_Response *rh_content_response(rh_content *c, const rh_slice *slice,
                                         rh_request *request) {
  int whole = slice->cut >= slice->size && !slice->stall && !slice->chunked;
  if (slice->size == 0 && whole)
    return MHD_create_response_from_buffer(0, (void *)"", MHD_RESPMEM_PERSISTENT);
  if (!whole || (c->fd < 0 && c->len < c->size)) return read_response(c, slice, request);
  if (c->fd >= 0) {
    int fd = fcntl(c->fd, F_DUPFD_CLOEXEC, 3); /* libmicrohttpd closes its own */
    if (fd < 0) return NULL;
    struct MHD_Response *response =
        MHD_create_response_from_fd_at_offset64(slice->size, fd, slice->from);
    if (!response) close(fd);
    return response;
  }
  c->refs++;
  struct MHD_Response *response = MHD_create_response_from_buffer_with_free_callback_cls(
      (size_t)slice->size, c->bytes + slice->from, unref, c);
  if (!response) rh_content_unref(c);
  return response;
}

/* ---- Lua ---- */

static rh_content **new_box(lua_State *L) {
  rh_content **box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = NULL;
  luaL_setmetatable(L, RH_CONTENT_META);
  return box;
}

rh_content *rh_content_test(lua_State *L, int index) {
  rh_content **box = luaL_testudata(L, index, RH_CONTENT_META);
  return box ? *box : NULL;
}

/* server.bytes(text [, size]): the text, repeated or cut to `size` bytes. */
static int bytes_new(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  lua_Integer size = luaL_optinteger(L, 2, (lua_Integer)len);
  luaL_argcheck(L, size >= 0 && (len > 0 || size == 0), 2, "more bytes than there are");
  rh_content **box = new_box(L);
  if ((uint64_t)size < len) len = (size_t)size;
  *box = rh_content_copy(text, len, (uint64_t)size);
  return *box ? 1 : luaL_error(L, "not enough memory");
}

static int fail(lua_State *L, const char *path, const char *why) {
  lua_pushnil(L);
  lua_pushfstring(L, "%s: %s", path, why);
  return 2;
}

/* server.file(path) -> content | nil, reason. A regular file; read while it is sent. */
static int file_new(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  rh_content **box = new_box(L);
  struct stat st;
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return fail(L, path, strerror(errno));
  int bad = fstat(fd, &st) != 0 || !S_ISREG(st.st_mode);
  if (!bad) *box = rh_content_copy("", 0, (uint64_t)st.st_size);
  if (!*box) close(fd);
  if (bad) return fail(L, path, "not a regular file");
  if (!*box) return luaL_error(L, "not enough memory");
  (*box)->fd = fd;
  return 1;
}

#define TEXT_MAX (1024 * 1024)

/* content:text() -> its bytes, of what lies in memory and is no longer than 1 MiB; else "" */
static int content_text(lua_State *L) {
  rh_content *c = *(rh_content **)luaL_checkudata(L, 1, RH_CONTENT_META);
  if (!c) return luaL_error(L, "this content has been collected");
  uint64_t size = c->fd < 0 && c->size <= TEXT_MAX ? c->size : 0;
  luaL_Buffer b;
  char *out = luaL_buffinitsize(L, &b, (size_t)size);
  copy_repeated(c, 0, out, (size_t)size);
  luaL_pushresultsize(&b, (size_t)size);
  return 1;
}

static int content_len(lua_State *L) {
  rh_content *c = rh_content_test(L, 1);
  lua_pushinteger(L, c ? (lua_Integer)c->size : 0);
  return 1;
}

static int content_gc(lua_State *L) {
  rh_content **box = luaL_checkudata(L, 1, RH_CONTENT_META);
  rh_content_unref(*box);
  *box = NULL;
  return 0;
}

/* Adds `bytes` and `file` to the module's table on top of the stack. */
void rh_content_open(lua_State *L) {
  static const luaL_Reg functions[] = {{"bytes", bytes_new}, {"file", file_new}, {NULL, NULL}};
  static const luaL_Reg meta[] = {{"__len", content_len}, {"__gc", content_gc}, {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
  luaL_newmetatable(L, RH_CONTENT_META);
  luaL_setfuncs(L, meta, 0);
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, content_text);
  lua_setfield(L, -2, "text");
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
}
