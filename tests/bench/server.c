/* A stand-in RunningHub for measurements: one process, epoll, canned replies, far faster than any
 * client, so that it is the client's work that is measured. Knows only what the benchmark asks for;
 * checks nothing. Not a sandbox: `rhub sandbox` is.
 *
 *   POST /openapi/v2/bench/quick    a task: RUNNING at its first query, SUCCESS at its second
 *   POST /openapi/v2/bench/hold     a task that runs until POST /bench/release
 *   POST /openapi/v2/query          ...
 *   POST .../upload/binary          reads a body of any size, throws it away
 *   GET  /file/N                    N bytes that begin like a PNG
 *   GET  /openapi/v2/queue/status   no limit worth the name
 *
 * Prints its address on the first line and leaves when its standard input ends. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { IN_SIZE = 1 << 16, CHUNK = 1 << 20, HEAD_SIZE = 1024, EVENTS = 256 };
#define FIRST_ID  2013508786110000000LL
#define MAX_TASKS 4000000LL

typedef struct conn {
  int fd;
  bool writing;         /* EPOLLOUT is asked for */
  size_t in_len;        /* unread bytes in `in` */
  long long body_left;  /* of a body that is thrown away; its reply waits */
  char head[HEAD_SIZE]; /* reply header, and small bodies */
  size_t head_len, head_sent;
  long long file_left; /* of a file that follows the header */
  char in[IN_SIZE];
} conn;

static int epfd;
static int port;
static char *chunk;            /* what files are made of */
static unsigned char *queries; /* by task: how often it was asked for; bit 7: held */
static long long tasks;
static bool released;

/* ---- replies -------------------------------------------------------------------------------- */

static void reply_json(conn *c, const char *json) {
  int n =
      snprintf(c->head, sizeof c->head,
               "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
               strlen(json), json);
  c->head_len = (size_t)n;
  c->head_sent = 0;
}

static void reply_task(conn *c, long long id, const char *status, const char *results) {
  char json[512];
  snprintf(json, sizeof json,
           "{\"taskId\":\"%lld\",\"status\":\"%s\",\"errorCode\":\"\",\"errorMessage\":\"\","
           "\"failedReason\":{},\"usage\":{\"consumeMoney\":null,\"consumeCoins\":null,"
           "\"taskCostTime\":\"0\",\"thirdPartyConsumeMoney\":\"0.14\"},\"results\":%s,"
           "\"clientId\":\"f828b9af25161bc066ef152db7b29ccc\",\"promptTips\":\"\"}",
           id, status, results);
  reply_json(c, json);
}

static void reply_submit(conn *c, bool held) {
  long long n = tasks < MAX_TASKS ? tasks++ : 0;
  queries[n] = held ? 128 : 0;
  reply_task(c, FIRST_ID + n, "RUNNING", "null");
}

static void reply_query(conn *c, const char *body) {
  const char *digits = strstr(body, "201");
  long long id = digits ? strtoll(digits, NULL, 10) : 0, n = id - FIRST_ID;
  if (n < 0 || n >= tasks) {
    reply_json(
        c,
        "{\"taskId\":\"\",\"status\":\"\",\"errorCode\":\"1004\",\"errorMessage\":\"not found\"}");
    return;
  }
  bool done = queries[n] & 128 ? released : queries[n]++ > 0;
  char results[160];
  snprintf(
      results, sizeof results,
      "[{\"url\":\"http://127.0.0.1:%d/file/102400?%lld\",\"nodeId\":\"2\",\"outputType\":\"png\","
      "\"text\":null}]",
      port, n);
  reply_task(c, id, done ? "SUCCESS" : "RUNNING", done ? results : "null");
}

static void reply_upload(conn *c) {
  char json[300];
  snprintf(json, sizeof json,
           "{\"code\":0,\"message\":\"success\",\"data\":{\"type\":\"image\",\"download_url\":"
           "\"http://127.0.0.1:%d/file/1024\",\"fileName\":\"openapi/0.png\",\"size\":\"1\"}}",
           port);
  reply_json(c, json);
}

static void reply_file(conn *c, const char *number) {
  c->file_left = strtoll(number, NULL, 10);
  c->head_len = (size_t)snprintf(
      c->head, sizeof c->head,
      "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: %lld\r\nETag: \"1\"\r\n\r\n",
      c->file_left);
  c->head_sent = 0;
}

static void reply(conn *c, const char *line, const char *body) {
  if (strncmp(line, "GET /file/", 10) == 0)
    reply_file(c, line + 10);
  else if (strncmp(line, "POST /openapi/v2/query", 22) == 0)
    reply_query(c, body);
  else if (strncmp(line, "POST /openapi/v2/bench/quick", 28) == 0)
    reply_submit(c, false);
  else if (strncmp(line, "POST /openapi/v2/bench/hold", 27) == 0)
    reply_submit(c, true);
  else if (strstr(line, "/upload/binary"))
    reply_upload(c);
  else if (strstr(line, "/queue/status"))
    reply_json(
        c, "{\"code\":0,\"msg\":\"\",\"data\":{\"apiKeyType\":\"SHARED\",\"concurrentLimit\":"
           "1000000,\"runningCount\":\"0\",\"queuedCount\":\"0\",\"totalCurrentTasks\":\"0\"}}");
  else {
    released = released || strncmp(line, "POST /bench/release", 19) == 0;
    reply_json(c, "{\"code\":0,\"msg\":\"\",\"data\":null}");
  }
}

/* ---- connections ---------------------------------------------------------------------------- */

static void drop(conn *c) {
  close(c->fd);
  free(c);
}

static void want(conn *c, bool writing) {
  if (c->writing == writing) return;
  c->writing = writing;
  struct epoll_event ev = {.events = writing ? EPOLLOUT : EPOLLIN, .data.ptr = c};
  epoll_ctl(epfd, EPOLL_CTL_MOD, c->fd, &ev);
}

/* 1: all sent, 0: the socket is full, -1: gone. */
static int flush_out(conn *c) {
  while (c->head_sent < c->head_len || c->file_left > 0) {
    bool head = c->head_sent < c->head_len;
    const char *from = head ? c->head + c->head_sent : chunk;
    size_t len =
        head ? c->head_len - c->head_sent : (size_t)(c->file_left < CHUNK ? c->file_left : CHUNK);
    ssize_t n = send(c->fd, from, len, MSG_NOSIGNAL | (head && c->file_left > 0 ? MSG_MORE : 0));
    if (n < 0) return errno == EAGAIN ? 0 : -1;
    if (head)
      c->head_sent += (size_t)n;
    else
      c->file_left -= n;
  }
  c->head_len = c->head_sent = 0;
  return 1;
}

/* Takes one request out of the buffer, if a whole one (or a large body's header) is there. */
static bool take(conn *c) {
  c->in[c->in_len] = 0;
  char *end = strstr(c->in, "\r\n\r\n");
  if (!end) return false;
  char *length = strcasestr(c->in, "\r\ncontent-length:");
  long long body = length && length < end ? strtoll(length + 17, NULL, 10) : 0;
  char *start = end + 4;
  long long have = (long long)(c->in_len - (size_t)(start - c->in));
  bool large = body > IN_SIZE / 2;
  if (!large && have < body) return false;
  char *expect = strcasestr(c->in, "\r\nexpect:");
  if (large && expect && expect < end) (void)!write(c->fd, "HTTP/1.1 100 Continue\r\n\r\n", 25);
  char saved = 0;
  if (!large) saved = start[body], start[body] = 0;
  reply(c, c->in, start);
  if (large) {
    c->body_left = body - have;
    c->in_len = 0;
  } else {
    start[body] = saved;
    c->in_len = (size_t)(have - body);
    memmove(c->in, start + body, c->in_len);
  }
  return true;
}

static void serve(conn *c) {
  static char waste[CHUNK];
  for (;;) {
    bool discard = c->body_left > 0;
    if (!discard && c->head_len > 0) {
      int sent = flush_out(c);
      if (sent < 0)
        drop(c);
      else if (sent == 0)
        want(c, true);
      if (sent <= 0) return;
      want(c, false);
    }
    if (!discard && c->in_len > 0 && take(c)) continue;
    char *into = discard ? waste : c->in + c->in_len;
    size_t room = discard ? sizeof waste : sizeof c->in - 1 - c->in_len;
    if (discard && (long long)room > c->body_left) room = (size_t)c->body_left;
    ssize_t n = recv(c->fd, into, room, 0);
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0) {
      drop(c);
      return;
    }
    if (discard)
      c->body_left -= n;
    else
      c->in_len += (size_t)n;
  }
}

static void accept_all(int listener) {
  int fd, on = 1;
  while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
    conn *c = malloc(sizeof *c);
    if (!c) {
      close(fd);
      return;
    }
    memset(c, 0, offsetof(conn, in));
    c->fd = fd;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct epoll_event ev = {.events = EPOLLIN, .data.ptr = c};
    epoll_ctl(epfd, EPOLL_CTL_ADD, fd, &ev);
  }
}

static int open_listener(void) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t len = sizeof address;
  if (fd < 0 || bind(fd, (struct sockaddr *)&address, len) || listen(fd, 4096) ||
      getsockname(fd, (struct sockaddr *)&address, &len)) {
    perror("bench server");
    exit(1);
  }
  port = ntohs(address.sin_port);
  return fd;
}

int main(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
  chunk = malloc(CHUNK);
  queries = calloc((size_t)MAX_TASKS, 1);
  epfd = epoll_create1(EPOLL_CLOEXEC);
  if (!chunk || !queries || epfd < 0) return 1;
  for (int i = 0; i < CHUNK; i++) chunk[i] = (char)(i * 31 + (i >> 9));
  memcpy(chunk, "\x89PNG\r\n\x1a\n", 8);

  int listener = open_listener();
  struct epoll_event ev = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(epfd, EPOLL_CTL_ADD, listener, &ev);
  ev.data.ptr = &epfd; /* standard input: whoever started us has gone */
  bool held = epoll_ctl(epfd, EPOLL_CTL_ADD, 0, &ev) == 0;
  printf("http://127.0.0.1:%d\n", port);
  fflush(stdout);

  for (;;) {
    struct epoll_event events[EVENTS];
    int n = epoll_wait(epfd, events, EVENTS, -1);
    for (int i = 0; i < n; i++) {
      if (!events[i].data.ptr)
        accept_all(listener);
      else if (events[i].data.ptr == &epfd) {
        if (held) return 0;
      } else
        serve(events[i].data.ptr);
    }
  }
}
