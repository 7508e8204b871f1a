/* Websockets: a request becomes one when its answer is 101. From then on its socket is ours,
 * watched beside libmicrohttpd's own descriptor, until we tell libmicrohttpd to close it.
 *
 * OWNERSHIP
 *   The socket lives in the server's list from request:upgrade() until its end has been handed out.
 *   Lua's box points at it and is kept in the server's user value meanwhile, so that what arrives
 *   has somebody to be handed out with. */
#include "server.h"

#include "socket/accept.h"
#include "socket/frames.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#define GOODBYE 5000 /* milliseconds for the answer to our goodbye */

struct rh_socket {
  rh_watched watched;
  rh_server *server;
  rh_socket *previous, *next;
  rh_socket **box; /* the userdata that Lua holds, or NULL */
  int fd;          /* -1: not upgraded yet, or over */
  struct MHD_UpgradeResponseHandle *urh;
  rh_frames *frames;
  int interest; /* as the kernel knows it */
  rh_socket *ready_next;
  bool ready, opened, told_open;
  const char *ended; /* why, for people */
  bool pinged, closing;
  unsigned heard, moved;               /* as last seen */
  int64_t heard_at, moved_at, said_at; /* said: our goodbye */
};

/* ---- what Lua has to be told --------------------------------------------------------------------
 */

static bool has_news(const rh_socket *k) {
  return (k->opened && !k->told_open) || (k->frames && rh_frames_any(k->frames)) || k->ended;
}

static void note(rh_socket *k) {
  rh_server *s = k->server;
  if (k->ready || !has_news(k)) return;
  k->ready = true;
  k->ready_next = NULL;
  if (s->ready_last)
    s->ready_last->ready_next = k;
  else
    s->ready_first = k;
  s->ready_last = k;
}

static void unready(rh_socket *k) {
  rh_server *s = k->server;
  s->ready_first = k->ready_next; /* only the first ever leaves */
  if (!s->ready_first) s->ready_last = NULL;
  k->ready = false;
}

/* ---- the stream ---------------------------------------------------------------------------------
 */

static ssize_t moved(ssize_t n) {
  if (n > 0) return n;
  return n < 0 && (errno == EAGAIN || errno == EINTR) ? RH_STREAM_LATER : RH_STREAM_LOST;
}

static ssize_t stream_read(void *owner, void *bytes, size_t len) {
  rh_socket *k = owner;
  return moved(recv(k->fd, bytes, len, MSG_DONTWAIT));
}

static ssize_t stream_write(void *owner, const void *bytes, size_t len) {
  rh_socket *k = owner;
  return moved(send(k->fd, bytes, len, MSG_DONTWAIT | MSG_NOSIGNAL));
}

/* Gives the socket back. libmicrohttpd closes it when it runs next. */
static void end(rh_socket *k, const char *why) {
  if (k->ended) return;
  k->ended = why;
  if (k->fd >= 0) {
    epoll_ctl(k->server->watch, EPOLL_CTL_DEL, k->fd, NULL);
    MHD_upgrade_action(k->urh, MHD_UPGRADE_ACTION_CLOSE);
    k->server->resumed = 1;
    k->fd = -1;
    k->urh = NULL;
  }
  note(k);
}

static void watch(rh_socket *k) {
  int interest = (rh_frames_wants_read(k->frames) ? EPOLLIN : 0) |
                 (rh_frames_wants_write(k->frames) ? EPOLLOUT : 0);
  struct epoll_event event = {.events = (uint32_t)interest, .data.ptr = k};
  if (interest == k->interest) return;
  if (epoll_ctl(k->server->watch, EPOLL_CTL_MOD, k->fd, &event) == 0) k->interest = interest;
}

/* After anything that may have changed what the socket has to say or wants. */
static void settle(rh_socket *k) {
  if (k->ended) return;
  const char *why = rh_frames_ended(k->frames);
  if (why)
    end(k, why);
  else
    watch(k);
  note(k);
}

static void step(rh_socket *k) {
  if (k->ended) return;
  rh_frames_step(k->frames);
  settle(k);
}

static void on_ready(rh_server *s, rh_watched *self) {
  (void)s;
  step((rh_socket *)self);
}

/* Called by libmicrohttpd when the 101 has left. */
static void on_upgraded(void *self, struct MHD_Connection *connection, void *request,
                        const char *early, size_t early_len, MHD_socket fd,
                        struct MHD_UpgradeResponseHandle *urh) {
  static const rh_stream stream = {stream_read, stream_write};
  (void)connection;
  rh_socket *k = self;
  rh_request *r = request;
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = k};
  if (r) r->socket = NULL; /* its end is no longer the request's */
  k->fd = fd;
  k->urh = urh;
  k->interest = EPOLLIN;
  k->opened = true;
  k->heard_at = k->moved_at = rh_server_now();
  k->frames = rh_frames_new(RH_SIDE_SERVER, &stream, k, early, early_len);
  if (!k->frames || epoll_ctl(k->server->watch, EPOLL_CTL_ADD, fd, &event) != 0)
    end(k, "out of memory");
  else
    step(k);
}

void rh_socket_lost(rh_socket *k) {
  end(k, "the connection was lost before it became a websocket");
}

/* ---- driving ------------------------------------------------------------------------------------
 */

/* A client that takes nothing of what waits for it, or says nothing at all, not even to a ping. */
static void judge(rh_socket *k, int64_t at) {
  double patience = k->server->patience * 1000;
  unsigned heard = rh_frames_heard(k->frames), moved_ = rh_frames_moved(k->frames);
  if (heard != k->heard) k->heard_at = at, k->pinged = false;
  if (moved_ != k->moved || !rh_frames_wants_write(k->frames)) k->moved_at = at;
  k->heard = heard;
  k->moved = moved_;
  if (k->closing && at - k->said_at > GOODBYE)
    end(k, "closed here");
  else if (at - k->moved_at > patience)
    end(k, "the client does not read");
  else if (at - k->heard_at > 2 * patience)
    end(k, "the client is silent");
  else if (at - k->heard_at > patience && !k->pinged) {
    k->pinged = true;
    rh_frames_ping(k->frames);
    step(k);
  }
}

void rh_sockets_step(rh_server *s) {
  int64_t at = s->sockets ? rh_server_now() : 0;
  if (!s->sockets || (double)(at - s->judged) < s->patience * 250) return;
  s->judged = at;
  for (rh_socket *k = s->sockets; k; k = k->next)
    if (k->fd >= 0) judge(k, at);
}

static void unlink_socket(rh_socket *k) {
  if (k->previous)
    k->previous->next = k->next;
  else
    k->server->sockets = k->next;
  if (k->next) k->next->previous = k->previous;
}

static void free_socket(rh_socket *k) {
  unlink_socket(k);
  if (k->box) *k->box = NULL;
  rh_frames_free(k->frames);
  free(k);
}

/* A 101 that has not left yet refers to its socket: that one goes with its request. */
void rh_sockets_close(rh_server *s) {
  for (rh_socket *k = s->sockets; k; k = k->next) end(k, "the server was closed");
}

void rh_sockets_free(rh_server *s) {
  while (s->sockets) free_socket(s->sockets);
  s->ready_first = s->ready_last = NULL;
}

/* ---- Lua: the way in ----------------------------------------------------------------------------
 */

static const char *header(const rh_request *r, const char *name) {
  return MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, name);
}

static bool has_word(const rh_request *r, const char *name, const char *word) {
  const char *list = header(r, name);
  return list && rh_list_has(list, strlen(list), word);
}

/* Why the request cannot become a websocket; NULL: it can. */
static const char *refusal(const rh_request *r) {
  const char *key = header(r, "Sec-WebSocket-Key"), *version = header(r, "Sec-WebSocket-Version");
  if (!r->whole || strcmp(r->method, MHD_HTTP_METHOD_GET) != 0)
    return "a websocket begins with GET";
  if (!has_word(r, MHD_HTTP_HEADER_CONNECTION, "Upgrade") ||
      !has_word(r, MHD_HTTP_HEADER_UPGRADE, "websocket"))
    return "no websocket is asked for";
  if (!version || strcmp(version, "13") != 0) return "version 13 only";
  if (!key || !rh_accept_is_key(key)) return "Sec-WebSocket-Key is none";
  return NULL;
}

static struct MHD_Response *make_response(const rh_request *r, rh_socket *k) {
  char accept[RH_ACCEPT_MAX];
  if (!rh_accept_of(header(r, "Sec-WebSocket-Key"), accept)) return NULL;
  struct MHD_Response *response = MHD_create_response_for_upgrade(on_upgraded, k);
  if (!response) return NULL;
  if (MHD_add_response_header(response, MHD_HTTP_HEADER_UPGRADE, "websocket") == MHD_YES &&
      MHD_add_response_header(response, "Sec-WebSocket-Accept", accept) == MHD_YES)
    return response;
  MHD_destroy_response(response);
  return NULL;
}

static void link_socket(rh_server *s, rh_socket *k, rh_socket **box) {
  k->watched.ready = on_ready;
  k->server = s;
  k->box = box;
  *box = k;
  k->fd = -1;
  k->next = s->sockets;
  if (s->sockets) s->sockets->previous = k;
  s->sockets = k;
}

/* The table of boxes: in the server's user value, which stands in the request's. */
static void push_boxes(lua_State *L, int request) {
  lua_getiuservalue(L, request, 1);
  lua_getiuservalue(L, -1, 1);
  lua_remove(L, -2);
}

/* request:upgrade() -> socket, or nil and why it cannot; then the request is still to be answered.
 */
int rh_req_upgrade(lua_State *L) {
  rh_request *r = rh_request_check(L);
  lua_settop(L, 1);
  const char *why = refusal(r);
  if (why) {
    lua_pushnil(L);
    lua_pushstring(L, why);
    return 2;
  }
  push_boxes(L, 1);
  rh_socket **box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = NULL;
  luaL_setmetatable(L, RH_SOCKET_META);
  rh_socket *k = calloc(1, sizeof *k);
  if (!k) return luaL_error(L, "not enough memory for a websocket");
  lua_pushvalue(L, -1);
  lua_rawsetp(L, 2, k);
  link_socket(r->server, k, box);
  r->response = make_response(r, k);
  r->status = MHD_HTTP_SWITCHING_PROTOCOLS;
  if (r->response)
    r->socket = k;
  else
    end(k, "out of memory");
  rh_request_answer(r, r->response ? RH_REPLY : RH_DROP);
  return 1;
}

/* listener:heard() -> socket, "open" | "text" | "closed", text or reason; nothing: no news */
int rh_server_heard(lua_State *L, rh_server *s) {
  rh_socket *k = s->ready_first;
  if (!k) return 0;
  const char *text;
  size_t len;
  lua_getiuservalue(L, 1, 1);
  lua_rawgetp(L, -1, k);
  unready(k);
  if (k->opened && !k->told_open) {
    k->told_open = true;
    lua_pushliteral(L, "open");
    note(k);
    return 2;
  }
  if (k->frames && rh_frames_take(k->frames, &text, &len)) {
    lua_pushliteral(L, "text");
    lua_pushlstring(L, text, len);
    if (rh_frames_more(k->frames)) step(k); /* what came with the handshake, which no poll tells */
    settle(k);
    note(k);
    return 3;
  }
  lua_pushliteral(L, "closed");
  lua_pushstring(L, k->ended);
  lua_pushnil(L);
  lua_rawsetp(L, -5, k);
  free_socket(k);
  return 3;
}

/* ---- Lua: a socket ------------------------------------------------------------------------------
 */

/* The socket at index 1 while it can send; NULL: it is over, or not there yet. */
static rh_socket *to_socket(lua_State *L) {
  rh_socket *k = *(rh_socket **)luaL_checkudata(L, 1, RH_SOCKET_META);
  return k && !k->ended && k->frames ? k : NULL;
}

/* socket:send(text [, "binary"]) -> whether it will be sent; a client for which too much waits is
   dropped */
static int socket_send(lua_State *L) {
  static const char *const kinds[] = {"text", "binary", NULL};
  size_t len;
  const char *text = luaL_checklstring(L, 2, &len);
  int binary = luaL_checkoption(L, 3, "text", kinds);
  luaL_argcheck(L, len <= RH_TEXT_MAX, 2, "at most 1 MiB");
  rh_socket *k = to_socket(L);
  bool sent = k && rh_frames_send(k->frames, text, len, binary);
  if (k && !sent && !k->closing) end(k, "the client does not read");
  if (sent) step(k);
  lua_pushboolean(L, sent);
  return 1;
}

static int socket_ping(lua_State *L) {
  rh_socket *k = to_socket(L);
  if (k && rh_frames_ping(k->frames)) step(k);
  return 0;
}

/* socket:close(): says goodbye; the end comes by heard() like any other. */
static int socket_close(lua_State *L) {
  rh_socket *k = to_socket(L);
  if (!k || k->closing) return 0;
  k->closing = true;
  k->said_at = rh_server_now();
  rh_frames_close(k->frames);
  step(k);
  return 0;
}

/* socket:reset(): RST, in the middle of whatever it was. */
static int socket_reset(lua_State *L) {
  rh_socket *k = to_socket(L);
  if (!k) return 0;
  rh_send_reset(k->fd);
  end(k, "reset here");
  return 0;
}

/* socket:raw(bytes) -> whether they were taken: past all framing */
static int socket_raw(lua_State *L) {
  size_t len;
  const char *bytes = luaL_checklstring(L, 2, &len);
  rh_socket *k = to_socket(L);
  lua_pushboolean(L, k && rh_send_all(k->fd, bytes, len));
  return 1;
}

void rh_sockets_open(lua_State *L) {
  static const luaL_Reg methods[] = {{"send", socket_send},   {"ping", socket_ping},
                                     {"close", socket_close}, {"reset", socket_reset},
                                     {"raw", socket_raw},     {NULL, NULL}};
  luaL_newmetatable(L, RH_SOCKET_META);
  luaL_newlib(L, methods);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
}
