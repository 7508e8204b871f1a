#include "pool.h"

#include "connection.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define EVENTS     64
#define LOOK_EVERY 250 /* milliseconds, at deadlines */
#define CURL_MARK  1   /* a descriptor of curl's: (fd << 1 | 1); connections are even */

int64_t rh_pool_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- descriptors ----------------------------------------------------------------------------- */

static bool watch(rh_pool *pool, int fd, uint32_t events, uint64_t data) {
  struct epoll_event event = {.events = events, .data.u64 = data};
  if (epoll_ctl(pool->epoll, EPOLL_CTL_MOD, fd, &event) == 0) return true;
  return errno == ENOENT && epoll_ctl(pool->epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

bool rh_pool_watch(rh_pool *pool, int fd, uint32_t events, rh_connection *connection) {
  return watch(pool, fd, events, (uint64_t)(uintptr_t)connection);
}

void rh_pool_unwatch(rh_pool *pool, int fd) {
  epoll_ctl(pool->epoll, EPOLL_CTL_DEL, fd, NULL);
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *user, void *ignored) {
  (void)easy, (void)ignored;
  rh_pool *pool = user;
  uint32_t events = (what & CURL_POLL_IN ? EPOLLIN : 0) | (what & CURL_POLL_OUT ? EPOLLOUT : 0);
  if (what == CURL_POLL_REMOVE) {
    rh_pool_unwatch(pool, fd);
    return 0;
  }
  fcntl(fd, F_SETFD, FD_CLOEXEC);
  return watch(pool, fd, events, (uint64_t)fd << 1 | CURL_MARK) ? 0 : -1;
}

static int on_timer(CURLM *multi, long wait, void *user) {
  (void)multi;
  rh_pool *pool = user;
  pool->curl_due = wait < 0 ? INT64_MAX : rh_pool_now() + wait;
  return 0;
}

/* ---- driving --------------------------------------------------------------------------------- */

static void act(rh_pool *pool, curl_socket_t fd, uint32_t events) {
  int running, flags = 0;
  if (events & (EPOLLIN | EPOLLHUP)) flags |= CURL_CSELECT_IN;
  if (events & EPOLLOUT) flags |= CURL_CSELECT_OUT;
  if (events & EPOLLERR) flags |= CURL_CSELECT_ERR;
  curl_multi_socket_action(pool->multi, fd, flags, &running);
}

static void take_ready(rh_pool *pool) {
  struct epoll_event events[EVENTS];
  int n = epoll_wait(pool->epoll, events, EVENTS, 0);
  for (int i = 0; i < n; i++) {
    uint64_t data = events[i].data.u64;
    if (data & CURL_MARK)
      act(pool, (curl_socket_t)(data >> 1), events[i].events);
    else
      rh_connection_step((rh_connection *)(uintptr_t)data);
  }
}

static void take_connected(rh_pool *pool) {
  int left;
  CURLMsg *message;
  while ((message = curl_multi_info_read(pool->multi, &left))) {
    char *connection;
    if (message->msg != CURLMSG_DONE) continue;
    CURLcode result = message->data.result;
    if (curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &connection) == CURLE_OK)
      rh_connection_connected((rh_connection *)connection, result);
  }
}

static void take_more(rh_pool *pool) {
  rh_connection *c = pool->all;
  bool more = false;
  for (; pool->more && c; c = rh_connection_following(c)) {
    if (rh_connection_more(c)) rh_connection_step(c);
    more = more || rh_connection_more(c);
  }
  pool->more = more;
}

void rh_pool_step(rh_pool *pool) {
  int64_t now = rh_pool_now();
  take_more(pool);
  take_ready(pool);
  if (pool->curl_due <= now) {
    pool->curl_due = INT64_MAX;
    act(pool, CURL_SOCKET_TIMEOUT, 0);
  }
  take_connected(pool);
  if (pool->opening == 0 || now - pool->looked < LOOK_EVERY) return;
  pool->looked = now;
  for (rh_connection *c = pool->all; c; c = rh_connection_following(c)) rh_connection_look(c, now);
}

int rh_pool_due(const rh_pool *pool) {
  if (pool->ready_first || pool->more) return 0;
  int64_t at = pool->curl_due, look = pool->looked + LOOK_EVERY;
  if (pool->opening > 0 && look < at) at = look;
  if (at == INT64_MAX) return -1;
  int64_t wait = at - rh_pool_now();
  return wait <= 0 ? 0 : wait > 60000 ? 60000 : (int)wait;
}

/* ---- lifetime -------------------------------------------------------------------------------- */

static CURLcode global_result;

/* Never undone: other code of the process may use libcurl too. */
static void init_curl(void) {
  global_result = curl_global_init(CURL_GLOBAL_DEFAULT);
}

static void close_on_exec(int fd) {
  int domain = 0;
  socklen_t len = sizeof domain;
  if (getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &len) == 0 && domain == AF_UNIX)
    fcntl(fd, F_SETFD, FD_CLOEXEC);
}

/* curl's wake-up takes the two lowest descriptors that are free, and lets children inherit them. */
static CURLM *make_multi(int any) {
  int low = fcntl(any, F_DUPFD_CLOEXEC, 0), next = fcntl(any, F_DUPFD_CLOEXEC, 0);
  if (low >= 0) close(low);
  if (next >= 0) close(next);
  CURLM *multi = curl_multi_init();
  close_on_exec(low);
  close_on_exec(next);
  return multi;
}

static bool set_up(rh_pool *pool) {
  return curl_multi_setopt(pool->multi, CURLMOPT_SOCKETFUNCTION, on_socket) == CURLM_OK &&
         curl_multi_setopt(pool->multi, CURLMOPT_SOCKETDATA, pool) == CURLM_OK &&
         curl_multi_setopt(pool->multi, CURLMOPT_TIMERFUNCTION, on_timer) == CURLM_OK &&
         curl_multi_setopt(pool->multi, CURLMOPT_TIMERDATA, pool) == CURLM_OK;
}

bool rh_pool_open(rh_pool *pool, const char *ca_file, const char *proxy, bool sealed) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, init_curl);
  memset(pool, 0, sizeof *pool);
  pool->sealed = sealed;
  pool->curl_due = INT64_MAX;
  pool->epoll = epoll_create1(EPOLL_CLOEXEC);
  if (global_result != CURLE_OK || pool->epoll < 0) return false;
  pool->ca_file = ca_file ? strdup(ca_file) : NULL;
  pool->proxy = proxy ? strdup(proxy) : NULL;
  if ((ca_file && !pool->ca_file) || (proxy && !pool->proxy)) return false;
  pool->multi = make_multi(pool->epoll);
  return pool->multi && set_up(pool);
}

void rh_pool_close(rh_pool *pool) {
  while (pool->all) rh_connection_free(pool->all);
  if (pool->multi) curl_multi_cleanup(pool->multi);
  if (pool->epoll >= 0) close(pool->epoll);
  free(pool->ca_file);
  free(pool->proxy);
  memset(pool, 0, sizeof *pool);
  pool->epoll = -1;
}
