/* Exchanges with others: bytes out, bytes in until the other side ends. For what a stand-in service
 * calls by itself. On the server's own descriptor and steps, so that one loop drives both. */
#include "server.h"
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define REPLY_MAX (4 * 1024) /* a longer reply is cut there */

struct rh_exchange {
  rh_watched watched;
  rh_exchange *next;
  lua_Integer ticket;
  int fd; /* -1: it has ended */
  int64_t deadline;
  const char *why; /* how it failed; NULL: the other side has ended it, or said enough */
  size_t len, sent, got;
  char reply[REPLY_MAX];
  char bytes[]; /* to send */
};

static void watch(rh_server *s, rh_exchange *x, int how, uint32_t events) {
  struct epoll_event event = {.events = events, .data = {.ptr = x}};
  epoll_ctl(s->watch, how, x->fd, &event);
}

static void end(rh_exchange *x, const char *why) {
  close(x->fd); /* which takes it out of the epoll set too */
  x->fd = -1;
  x->why = why;
}

/* Whether all has been sent; a failure ends the exchange. */
static int send_rest(rh_exchange *x) {
  while (x->sent < x->len) {
    ssize_t n = send(x->fd, x->bytes + x->sent, x->len - x->sent, MSG_NOSIGNAL);
    if (n > 0)
      x->sent += (size_t)n;
    else if (errno == EAGAIN)
      return 0;
    else if (errno != EINTR) {
      end(x, strerror(errno));
      return 0;
    }
  }
  return 1;
}

static void receive(rh_exchange *x) {
  while (x->got < REPLY_MAX) {
    ssize_t n = recv(x->fd, x->reply + x->got, REPLY_MAX - x->got, 0);
    if (n > 0)
      x->got += (size_t)n;
    else if (n == 0)
      break;
    else if (errno == EAGAIN)
      return;
    else if (errno != EINTR) {
      end(x, strerror(errno));
      return;
    }
  }
  end(x, NULL);
}

static void go_on(rh_server *s, rh_watched *self) {
  rh_exchange *x = (rh_exchange *)self;
  if (x->sent < x->len) {
    if (!send_rest(x)) return;
    watch(s, x, EPOLL_CTL_MOD, EPOLLIN);
  }
  receive(x);
}

static int64_t give_up_late(rh_server *s, int64_t now) {
  int64_t due = INT64_MAX;
  for (rh_exchange *x = s->exchanges; x; x = x->next) {
    if (x->fd < 0) continue;
    if (x->deadline <= now)
      end(x, "no answer in time");
    else if (x->deadline < due)
      due = x->deadline;
  }
  return due;
}

void rh_exchange_step(rh_server *s) {
  if (!s->exchanges) return;
  int64_t now = rh_server_now();
  if (now >= s->exchange_due) s->exchange_due = give_up_late(s, now);
}

void rh_exchange_close(rh_server *s) {
  while (s->exchanges) {
    rh_exchange *x = s->exchanges;
    s->exchanges = x->next;
    if (x->fd >= 0) close(x->fd);
    free(x);
  }
}

/* A socket on its way to a numeric address, or -1 with the reason. */
static int dial(const char *host, int port, const char **why) {
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV};
  struct addrinfo *to = NULL;
  char service[16];
  snprintf(service, sizeof service, "%d", port);
  int rc = getaddrinfo(host, service, &hints, &to);
  if (rc != 0) {
    *why = gai_strerror(rc);
    return -1;
  }
  int fd = socket(to->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd >= 0 && connect(fd, to->ai_addr, to->ai_addrlen) != 0 && errno != EINPROGRESS) {
    int code = errno;
    close(fd);
    fd = -1;
    errno = code;
  }
  if (fd < 0) *why = strerror(errno);
  freeaddrinfo(to);
  return fd;
}

static rh_exchange *enlist(rh_server *s, int fd, const char *bytes, size_t len, double seconds) {
  rh_exchange *x = malloc(sizeof *x + len);
  if (!x) return NULL;
  x->watched.ready = go_on;
  x->ticket = ++s->last_exchange;
  x->fd = fd;
  x->deadline = rh_server_now() + (int64_t)(seconds * 1000);
  x->why = NULL;
  x->len = len;
  x->sent = x->got = 0;
  memcpy(x->bytes, bytes, len);
  x->next = s->exchanges;
  s->exchanges = x;
  if (x->deadline < s->exchange_due) s->exchange_due = x->deadline;
  watch(s, x, EPOLL_CTL_ADD, EPOLLOUT);
  return x;
}

/* server:exchange(host, port, bytes, seconds) -> ticket | nil, reason: sends bytes to a numeric
   address and receives, for up to so long, until the other side ends. */
int rh_server_exchange(lua_State *L) {
  rh_server *s = rh_server_check_open(L);
  const char *host = luaL_checkstring(L, 2), *why = "not enough memory";
  lua_Integer port = luaL_checkinteger(L, 3);
  size_t len;
  const char *bytes = luaL_checklstring(L, 4, &len);
  double seconds = luaL_checknumber(L, 5);
  luaL_argcheck(L, port > 0 && port <= 65535, 3, "a port from 1 to 65535");
  luaL_argcheck(L, len > 0, 4, "bytes to send");
  luaL_argcheck(L, seconds > 0 && seconds < 1e6, 5, "seconds above 0");
  int fd = dial(host, (int)port, &why);
  rh_exchange *x = fd < 0 ? NULL : enlist(s, fd, bytes, len, seconds);
  if (x) {
    lua_pushinteger(L, x->ticket);
    return 1;
  }
  if (fd >= 0) close(fd);
  lua_pushnil(L);
  lua_pushstring(L, why);
  return 2;
}

/* server:exchanged() -> ticket, bytes that came back, reason of a failure; nothing: none has ended
 */
int rh_server_exchanged(lua_State *L) {
  rh_server *s = rh_server_check_open(L);
  rh_exchange **at = &s->exchanges;
  while (*at && (*at)->fd >= 0) at = &(*at)->next;
  rh_exchange *x = *at;
  if (!x) return 0;
  lua_pushinteger(L, x->ticket);
  lua_pushlstring(L, x->reply, x->got);
  lua_pushstring(L, x->why); /* NULL: nil */
  *at = x->next;
  free(x);
  return 3;
}
