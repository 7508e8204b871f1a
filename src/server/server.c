/* rhub.server: HTTP requests as values. A server is a source: fd(), timeout(), step(), and next()
 * hands out what has arrived. It starts no thread and calls nobody. */
#include "server.h"
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define CONNECTIONS_MAX 60000 /* at its limit libmicrohttpd lets new clients hang */
#define BODY_MAX        (16 * 1024 * 1024)
#define CONNECTION_POOL (32 * 1024)
#define LONGEST_WAIT    1000 /* milliseconds: libmicrohttpd wants to run that often */
#define PATIENCE        30.0 /* seconds */
#define EVENTS          64   /* of one step */

static rh_server *to_server(lua_State *L) {
  return luaL_checkudata(L, 1, RH_SERVER_META);
}

rh_server *rh_server_check_open(lua_State *L) {
  rh_server *s = to_server(L);
  if (!s->daemon) luaL_error(L, "this server is closed");
  return s;
}

int64_t rh_server_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void rh_server_enqueue(rh_server *s, rh_request *r) {
  r->queued = NULL;
  if (s->last)
    s->last->queued = r;
  else
    s->first = r;
  s->last = r;
}

__attribute__((visibility("default"))) int luaopen_rhub_server(lua_State *L);

/* ---- listening ---- */

/* A listening socket, or -1 with errno. */
static int listen_at(const struct addrinfo *address, int backlog) {
  int fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  int on = 1;
  if (fd < 0) return -1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(fd, address->ai_addr, address->ai_addrlen) == 0 && listen(fd, backlog) == 0) return fd;
  int why = errno;
  close(fd);
  errno = why;
  return -1;
}

static int port_of(int fd) {
  struct sockaddr_storage address;
  socklen_t len = sizeof address;
  if (getsockname(fd, (struct sockaddr *)&address, &len) != 0) return 0;
  return ntohs(address.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&address)->sin6_port
                                             : ((struct sockaddr_in *)&address)->sin_port);
}

/* A listening socket, or -1 with the reason. Numeric addresses only: nothing is looked up. */
static int open_listener(const char *host, int port, int backlog, const char **why) {
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM,
                           .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE};
  struct addrinfo *found = NULL;
  char service[16];
  snprintf(service, sizeof service, "%d", port);
  int rc = getaddrinfo(host, service, &hints, &found);
  if (rc != 0) {
    *why = gai_strerror(rc);
    return -1;
  }
  int fd = listen_at(found, backlog);
  if (fd < 0) *why = strerror(errno);
  freeaddrinfo(found);
  return fd;
}

/* libmicrohttpd at that listener; it is closed where that fails. */
static int start(rh_server *s, int listener, unsigned connections) {
  struct epoll_event event = {.events = EPOLLIN, .data = {.ptr = NULL}};
  s->watch = epoll_create1(EPOLL_CLOEXEC);
  if (s->watch >= 0)
    s->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_ALLOW_UPGRADE, 0, NULL, NULL,
        rh_request_handle, s, MHD_OPTION_LISTEN_SOCKET, listener, MHD_OPTION_NOTIFY_COMPLETED,
        rh_request_completed, s, MHD_OPTION_NOTIFY_CONNECTION, rh_guest_notify, s,
        MHD_OPTION_CONNECTION_LIMIT, connections, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)CONNECTION_POOL, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 0, MHD_OPTION_END);
  if (!s->daemon) {
    close(listener);
    return 0;
  }
  s->epoll = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
  return epoll_ctl(s->watch, EPOLL_CTL_ADD, s->epoll, &event) == 0;
}

static lua_Integer option(lua_State *L, const char *name, lua_Integer otherwise, lua_Integer max) {
  int given = lua_getfield(L, 1, name) != LUA_TNIL;
  lua_Integer n = given ? luaL_checkinteger(L, -1) : otherwise;
  if (n < 0 || n > max) luaL_error(L, "%s: %I is not between 0 and %I", name, n, max);
  lua_pop(L, 1);
  return n;
}

static int64_t lifetime_option(lua_State *L) {
  lua_getfield(L, 1, "lifetime");
  lua_Number seconds = luaL_optnumber(L, -1, 0);
  if (!(seconds >= 0 && seconds < 1e9)) luaL_error(L, "lifetime: seconds expected");
  lua_pop(L, 1);
  return (int64_t)(seconds * 1000);
}

static double patience_option(lua_State *L) {
  lua_getfield(L, 1, "patience");
  double seconds = luaL_optnumber(L, -1, PATIENCE);
  if (!(seconds > 0)) luaL_error(L, "patience: more than 0 seconds expected");
  lua_pop(L, 1);
  return seconds;
}

static void read_options(lua_State *L, rh_server *s) {
  lua_Integer heads = option(L, "heads", LUA_MAXINTEGER, LUA_MAXINTEGER);
  s->heads = heads == LUA_MAXINTEGER ? UINT64_MAX : (uint64_t)heads; /* of unknown length: more */
  s->max_body = (size_t)option(L, "max_body", BODY_MAX, 1 << 30);
  s->lifetime = lifetime_option(L);
  s->patience = patience_option(L);
}

/* server.listen{host = "127.0.0.1", port = 0, backlog = 1024, max_body = 16 MiB, heads = none,
   connections = 60000, lifetime = none, patience = 30} -> server | nil, reason.
   `heads`: a request with a longer body is handed out when its header has arrived, to be received
   or reset, and once more when it is whole. `connections`: so many at once, others wait.
   `lifetime`: seconds after which a connection is closed, whatever it does. `patience`: seconds
   that a websocket's client may let waiting bytes lie, twice as many that it may be silent. */
static int server_listen(lua_State *L) {
  if (lua_isnoneornil(L, 1)) lua_settop(L, 0), lua_newtable(L);
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  int port = (int)option(L, "port", 0, 65535);
  int backlog = (int)option(L, "backlog", 1024, 65535);
  unsigned connections = (unsigned)option(L, "connections", CONNECTIONS_MAX, CONNECTIONS_MAX);
  lua_getfield(L, 1, "host");
  const char *host = luaL_optstring(L, -1, "127.0.0.1"), *why = NULL;
  rh_server *s = lua_newuserdatauv(L, sizeof *s, 1);
  memset(s, 0, sizeof *s);
  s->watch = -1;
  s->exchange_due = INT64_MAX;
  luaL_setmetatable(L, RH_SERVER_META);
  lua_newtable(L); /* the websockets' boxes */
  lua_setiuservalue(L, -2, 1);
  read_options(L, s);
  int listener = open_listener(host, port, backlog, &why);
  if (listener >= 0) {
    s->port = port_of(listener);
    if (start(s, listener, connections)) return 1;
    why = "the HTTP server does not start";
  }
  lua_pushnil(L);
  lua_pushfstring(L, "%s:%d: %s", host, port, why);
  return 2;
}

/* ---- driving ---- */

static int until(int64_t at, int wait) {
  if (at == INT64_MAX) return wait;
  int64_t rest = at - rh_server_now();
  return rest >= wait ? wait : rest > 0 ? (int)rest : 0;
}

/* Milliseconds until step is due. */
static int due(rh_server *s) {
  MHD_UNSIGNED_LONG_LONG wait;
  if (s->first || s->resumed || s->ready_first) return 0;
  if (MHD_get_timeout(s->daemon, &wait) != MHD_YES || wait > LONGEST_WAIT) wait = LONGEST_WAIT;
  return until(rh_guest_due(s), until(s->exchanges ? s->exchange_due : INT64_MAX, (int)wait));
}

/* What stands in the epoll set beside libmicrohttpd. */
static void step_watched(rh_server *s) {
  struct epoll_event events[EVENTS];
  if (!s->exchanges && !s->sockets) return;
  int n = epoll_wait(s->watch, events, EVENTS, 0);
  for (int i = 0; i < n; i++) {
    rh_watched *one = events[i].data.ptr;
    if (one) one->ready(s, one);
  }
}

/* server:step([seconds]): does what is due; waits for it up to so long, negative: for anything. */
static int server_step(lua_State *L) {
  rh_server *s = rh_server_check_open(L);
  double seconds = luaL_optnumber(L, 2, 0);
  if (seconds != 0) {
    int wait = due(s);
    if (seconds > 0 && seconds * 1000 < wait) wait = (int)(seconds * 1000);
    struct pollfd one = {.fd = s->watch, .events = POLLIN};
    if (wait > 0) poll(&one, 1, wait);
  }
  s->resumed = 0;
  rh_guest_step(s);
  MHD_run(s->daemon);
  step_watched(s);
  rh_exchange_step(s);
  rh_sockets_step(s);
  return 0;
}

static int server_fd(lua_State *L) {
  lua_pushinteger(L, rh_server_check_open(L)->watch);
  return 1;
}

/* server:timeout() -> seconds until step is due at the latest; 0: at once */
static int server_timeout(lua_State *L) {
  lua_pushnumber(L, due(rh_server_check_open(L)) / 1000.0);
  return 1;
}

/* server:next() -> request, method, path, body; nothing when none has arrived */
static int server_next(lua_State *L) {
  rh_server *s = rh_server_check_open(L);
  rh_request *r = s->first;
  if (!r) return 0;
  rh_request_push(L, r);
  s->first = r->queued;
  if (!s->first) s->last = NULL;
  lua_pushstring(L, r->method);
  lua_pushstring(L, r->path);
  rh_request_push_body(L, r);
  return 4;
}

static int server_heard(lua_State *L) {
  return rh_server_heard(L, rh_server_check_open(L));
}

static int server_port(lua_State *L) {
  lua_pushinteger(L, to_server(L)->port);
  return 1;
}

static void set_count(lua_State *L, const char *name, uint64_t n) {
  lua_pushinteger(L, (lua_Integer)n);
  lua_setfield(L, -2, name);
}

/* server:stats() -> {open, peak, connections, requests}: connections now, at most, ever; requests
 */
static int server_stats(lua_State *L) {
  rh_server *s = to_server(L);
  lua_createtable(L, 0, 4);
  set_count(L, "open", s->open);
  set_count(L, "peak", s->peak);
  set_count(L, "connections", s->connections);
  set_count(L, "requests", s->requests);
  return 1;
}

/* Suspended connections must be resumed before libmicrohttpd may stop; it then completes every
   request, which empties the boxes that Lua still holds. */
static int server_close(lua_State *L) {
  rh_server *s = to_server(L);
  rh_sockets_close(s);
  if (s->watch >= 0) close(s->watch);
  s->watch = -1;
  if (!s->daemon) return 0;
  struct MHD_Daemon *daemon = s->daemon;
  s->daemon = NULL;
  s->first = s->last = NULL;
  for (rh_request *r = s->all; r; r = r->next) {
    if (r->verdict != RH_REPLY) r->verdict = RH_DROP;
    rh_request_resume(r);
  }
  MHD_stop_daemon(daemon);
  rh_sockets_free(s);
  rh_exchange_close(s);
  return 0;
}

int luaopen_rhub_server(lua_State *L) {
  static const luaL_Reg functions[] = {{"listen", server_listen}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"port", server_port},
                                     {"fd", server_fd},
                                     {"timeout", server_timeout},
                                     {"step", server_step},
                                     {"next", server_next},
                                     {"heard", server_heard},
                                     {"stats", server_stats},
                                     {"exchange", rh_server_exchange},
                                     {"exchanged", rh_server_exchanged},
                                     {"close", server_close},
                                     {NULL, NULL}};
  static const luaL_Reg meta[] = {{"__gc", server_close}, {"__close", server_close}, {NULL, NULL}};
  luaL_checkversion(L);
  luaL_newmetatable(L, RH_SERVER_META);
  luaL_setfuncs(L, meta, 0);
  luaL_newlib(L, methods);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
  rh_request_open(L);
  rh_sockets_open(L);
  luaL_newlib(L, functions);
  rh_content_open(L);
  return 1;
}
