#include "connection.h"

#include "accept.h"
#include "address.h"
#include "frames.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define HEAD_MAX 8192 /* bytes of an answer's header */

typedef enum state { CONNECTING, ASKING, READING, OPEN, OVER } state;

struct rh_connection {
  rh_pool *pool;
  rh_connection *previous, *next;
  rh_connection *ready_next;
  void *box;
  CURL *easy;
  rh_address address;
  state state;
  int fd; /* curl's, once connected; -1 before and at the end */
  uint32_t events;
  int64_t deadline;
  char key[RH_KEY_MAX];
  char *request; /* holds the address: wiped when it has left */
  size_t request_len, request_sent;
  char *head; /* HEAD_MAX bytes, while the answer is read */
  size_t head_len;
  rh_frames *frames;
  bool ready, told_open, opened;
  const char *ended;
  char curl_says[CURL_ERROR_SIZE];
  char reason[CURL_ERROR_SIZE + 64];
};

/* ---- what there is to tell ---------------------------------------------------------------------
 */

static bool has_news(const rh_connection *c) {
  return (c->opened && !c->told_open) || (c->frames && rh_frames_any(c->frames)) || c->ended;
}

static void note(rh_connection *c) {
  rh_pool *pool = c->pool;
  if (c->ready || !has_news(c)) return;
  c->ready = true;
  c->ready_next = NULL;
  if (pool->ready_last)
    pool->ready_last->ready_next = c;
  else
    pool->ready_first = c;
  pool->ready_last = c;
}

static void unready(rh_connection *c) {
  rh_pool *pool = c->pool;
  rh_connection **at = &pool->ready_first, *before = NULL;
  if (!c->ready) return;
  while (*at != c) {
    before = *at;
    at = &before->ready_next;
  }
  *at = c->ready_next;
  if (pool->ready_last == c) pool->ready_last = before;
  c->ready = false;
}

/* ---- its end -----------------------------------------------------------------------------------
 */

static void wipe_request(rh_connection *c) {
  if (c->request) explicit_bzero(c->request, c->request_len);
  free(c->request);
  c->request = NULL;
}

static void let_go(rh_connection *c) {
  if (c->state < OPEN) c->pool->opening--;
  c->state = OVER;
  if (c->fd >= 0) rh_pool_unwatch(c->pool, c->fd);
  c->fd = -1;
  if (c->easy) {
    curl_multi_remove_handle(c->pool->multi, c->easy);
    curl_easy_cleanup(c->easy);
  }
  c->easy = NULL;
  wipe_request(c);
  free(c->head);
  c->head = NULL;
}

static void end(rh_connection *c, const char *why) {
  if (c->ended) return;
  c->ended = why;
  let_go(c);
  note(c);
}

/* ---- the stream --------------------------------------------------------------------------------
 */

static ssize_t moved(CURLcode code, size_t n) {
  if (code == CURLE_OK && n > 0) return (ssize_t)n;
  return code == CURLE_AGAIN ? RH_STREAM_LATER : RH_STREAM_LOST;
}

static ssize_t stream_read(void *owner, void *bytes, size_t len) {
  rh_connection *c = owner;
  size_t n = 0;
  CURLcode code = curl_easy_recv(c->easy, bytes, len, &n);
  return moved(code, n);
}

static ssize_t stream_write(void *owner, const void *bytes, size_t len) {
  rh_connection *c = owner;
  size_t n = 0;
  CURLcode code = curl_easy_send(c->easy, bytes, len, &n);
  return moved(code, n);
}

static void wants(rh_connection *c, uint32_t events) {
  if (events == c->events) return;
  c->events = events;
  if (!rh_pool_watch(c->pool, c->fd, events, c)) end(c, "out of memory");
}

/* ---- open --------------------------------------------------------------------------------------
 */

static void settle(rh_connection *c) {
  if (rh_frames_more(c->frames)) c->pool->more = true;
  wants(c, (rh_frames_wants_read(c->frames) ? EPOLLIN : 0u) |
               (rh_frames_wants_write(c->frames) ? EPOLLOUT : 0u));
}

static void step_open(rh_connection *c) {
  rh_frames_step(c->frames);
  if (rh_frames_ended(c->frames)) {
    end(c, rh_frames_ended(c->frames));
    return;
  }
  settle(c);
  note(c);
}

/* ---- the handshake -----------------------------------------------------------------------------
 */

static const char *field(const char *head, const char *end, const char *name, size_t *len) {
  size_t n = strlen(name);
  for (const char *line = head; line < end;) {
    const char *stop = memmem(line, (size_t)(end - line), "\r\n", 2);
    if (!stop) stop = end;
    if ((size_t)(stop - line) > n && line[n] == ':' && strncasecmp(line, name, n) == 0) {
      line += n + 1;
      while (line < stop && (*line == ' ' || *line == '\t')) line++;
      while (stop > line && (stop[-1] == ' ' || stop[-1] == '\t')) stop--;
      *len = (size_t)(stop - line);
      return line;
    }
    line = stop + 2;
  }
  *len = 0;
  return "";
}

static bool has_word(const char *head, const char *end, const char *name, const char *word) {
  size_t len;
  const char *list = field(head, end, name, &len);
  return rh_list_has(list, len, word);
}

/* Whether the answer's header, [head, end), says yes; else c->reason says why not. */
static bool agreed(rh_connection *c, const char *head, const char *end_) {
  char accept[RH_ACCEPT_MAX];
  int status = 0;
  size_t len, extensions;
  if (sscanf(head, "HTTP/1.1 %3d", &status) != 1 || status != 101) {
    snprintf(c->reason, sizeof c->reason,
             status > 0 ? "the server answered %d" : "what came is no answer", status);
    return false;
  }
  const char *proof = field(head, end_, "Sec-WebSocket-Accept", &len);
  field(head, end_, "Sec-WebSocket-Extensions", &extensions);
  if (has_word(head, end_, "Upgrade", "websocket") &&
      has_word(head, end_, "Connection", "Upgrade") && extensions == 0 &&
      rh_accept_of(c->key, accept) && len == strlen(accept) && memcmp(proof, accept, len) == 0)
    return true;
  snprintf(c->reason, sizeof c->reason, "the server's answer opens no websocket");
  return false;
}

static void open_frames(rh_connection *c, size_t head_len) {
  static const rh_stream stream = {stream_read, stream_write};
  c->frames = rh_frames_new(RH_SIDE_CLIENT, &stream, c, c->head + head_len, c->head_len - head_len);
  if (!c->frames) {
    end(c, "out of memory");
    return;
  }
  free(c->head);
  c->head = NULL;
  c->state = OPEN;
  c->pool->opening--;
  c->opened = true;
  note(c);
  step_open(c);
}

/* True: a piece of it has come. */
static bool read_piece(rh_connection *c) {
  ssize_t n = stream_read(c, c->head + c->head_len, HEAD_MAX - 1 - c->head_len);
  if (n == RH_STREAM_LOST) end(c, "the connection was lost before there was an answer");
  if (n <= 0) return false;
  c->head_len += (size_t)n;
  c->head[c->head_len] = '\0';
  return true;
}

/* Reads until there is no more: TLS may hold bytes that no poll tells of. */
static void read_answer(rh_connection *c) {
  while (read_piece(c)) {
    char *stop = memmem(c->head, c->head_len, "\r\n\r\n", 4);
    if (!stop && c->head_len < HEAD_MAX - 1) continue;
    if (!stop)
      end(c, "the server's answer is too long");
    else if (agreed(c, c->head, stop))
      open_frames(c, (size_t)(stop + 4 - c->head));
    else
      end(c, c->reason);
    return;
  }
}

static void ask(rh_connection *c) {
  while (c->request_sent < c->request_len) {
    ssize_t n = stream_write(c, c->request + c->request_sent, c->request_len - c->request_sent);
    if (n == RH_STREAM_LATER) return;
    if (n == RH_STREAM_LOST) {
      end(c, "the connection was lost");
      return;
    }
    c->request_sent += (size_t)n;
  }
  wipe_request(c);
  c->state = READING;
  wants(c, EPOLLIN);
}

void rh_connection_step(rh_connection *c) {
  if (c->state == ASKING) ask(c);
  if (c->state == READING)
    read_answer(c);
  else if (c->state == OPEN)
    step_open(c);
}

static bool make_request(rh_connection *c) {
  int n =
      asprintf(&c->request,
               "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: rhub\r\nUpgrade: websocket\r\n"
               "Connection: Upgrade\r\nSec-WebSocket-Key: %s\r\nSec-WebSocket-Version: 13\r\n\r\n",
               c->address.target, c->address.host, c->key);
  if (n < 0) c->request = NULL;
  c->request_len = n < 0 ? 0 : (size_t)n;
  return c->request != NULL;
}

static void fail_to_connect(rh_connection *c, CURLcode result) {
  const char *says = c->curl_says[0] ? c->curl_says : curl_easy_strerror(result);
  snprintf(c->reason, sizeof c->reason, "no connection: %s", says);
  end(c, c->reason);
}

void rh_connection_connected(rh_connection *c, CURLcode result) {
  curl_socket_t fd = -1;
  if (c->state != CONNECTING) return;
  if (result == CURLE_OK) result = curl_easy_getinfo(c->easy, CURLINFO_ACTIVESOCKET, &fd);
  if (result != CURLE_OK || fd < 0) {
    fail_to_connect(c, result);
    return;
  }
  c->fd = fd;
  c->head = malloc(HEAD_MAX);
  if (!c->head || !make_request(c)) {
    end(c, "out of memory");
    return;
  }
  c->state = ASKING;
  wants(c, EPOLLIN | EPOLLOUT);
  rh_connection_step(c);
}

void rh_connection_look(rh_connection *c, int64_t now) {
  if (c->state < OPEN && now >= c->deadline) end(c, "no answer in time");
}

bool rh_connection_more(const rh_connection *c) {
  return c->state == OPEN && rh_frames_more(c->frames);
}

rh_connection *rh_connection_following(rh_connection *c) {
  return c->next;
}

/* ---- connecting --------------------------------------------------------------------------------
 */

static bool is_loopback(const struct sockaddr *address) {
  if (address->sa_family == AF_INET) {
    const struct sockaddr_in *in = (const void *)address;
    return ntohl(in->sin_addr.s_addr) >> 24 == 127;
  }
  if (address->sa_family != AF_INET6) return false;
  const struct sockaddr_in6 *in6 = (const void *)address;
  return IN6_IS_ADDR_LOOPBACK(&in6->sin6_addr);
}

/* Sealed, the address itself is judged too: a name may resolve to anything. */
static curl_socket_t on_open(void *user, curlsocktype purpose, struct curl_sockaddr *address) {
  (void)purpose;
  const rh_pool *pool = user;
  if (pool->sealed && !is_loopback(&address->addr)) return CURL_SOCKET_BAD;
  return socket(address->family, address->socktype | SOCK_CLOEXEC | SOCK_NONBLOCK,
                address->protocol);
}

/* The file of trusted certificates: as given, else the one that curl was built with, else a usual
   one; NULL leaves it to curl. As the engine does. */
static const char *ca_file(const rh_pool *pool) {
  static const char *const known[] = {"/etc/ssl/certs/ca-certificates.crt",
                                      "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
                                      "/etc/ssl/cert.pem"};
  const char *built_in = curl_version_info(CURLVERSION_NOW)->cainfo;
  if (pool->ca_file) return pool->ca_file;
  if (built_in && access(built_in, R_OK) == 0) return built_in;
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (access(known[i], R_OK) == 0) return known[i];
  return NULL;
}

#define SET(option, value) (ok = ok && curl_easy_setopt(easy, (option), (value)) == CURLE_OK)

static bool set_route(CURL *easy, const rh_connection *c) {
  bool ok = true, direct = c->address.loopback || c->pool->sealed;
  const char *certificates = ca_file(c->pool);
  SET(CURLOPT_URL, c->address.origin); /* without path and query: curl need not know them */
  SET(CURLOPT_PROXY, direct ? "" : c->pool->proxy);
  SET(CURLOPT_HTTPPROXYTUNNEL, 1L);
  SET(CURLOPT_OPENSOCKETFUNCTION, on_open);
  SET(CURLOPT_OPENSOCKETDATA, c->pool);
  if (certificates) {
    SET(CURLOPT_CAINFO, certificates);
    SET(CURLOPT_CAPATH, NULL); /* with a folder curl keeps no parsed copy */
  }
  return ok;
}

static bool set_up(CURL *easy, rh_connection *c, double seconds) {
  bool ok = set_route(easy, c);
  SET(CURLOPT_CONNECT_ONLY, 1L);
  SET(CURLOPT_PRIVATE, c);
  SET(CURLOPT_ERRORBUFFER, c->curl_says);
  SET(CURLOPT_NOSIGNAL, 1L);
  SET(CURLOPT_PROTOCOLS_STR, "http,https");
  SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  SET(CURLOPT_CONNECTTIMEOUT_MS, (long)(seconds * 1e3));
  SET(CURLOPT_TCP_KEEPALIVE, 1L);
  SET(CURLOPT_FRESH_CONNECT, 1L);
  SET(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  return ok;
}

static void enlist(rh_pool *pool, rh_connection *c, double seconds) {
  c->next = pool->all;
  if (pool->all) pool->all->previous = c;
  pool->all = c;
  pool->opening++;
  c->deadline = rh_pool_now() + (int64_t)(seconds * 1000);
}

rh_connection *rh_connection_new(rh_pool *pool, const char *url, double seconds, const char **why) {
  rh_connection *c = calloc(1, sizeof *c);
  *why = "out of memory";
  if (!c) return NULL;
  c->pool = pool;
  c->fd = -1;
  const char *refused = rh_address_read(&c->address, url, pool->sealed);
  if (!refused) c->easy = curl_easy_init();
  if (c->easy && rh_accept_key(c->key) && set_up(c->easy, c, seconds) &&
      curl_multi_add_handle(pool->multi, c->easy) == CURLM_OK) {
    enlist(pool, c, seconds);
    return c;
  }
  if (refused) *why = refused;
  if (c->easy) curl_easy_cleanup(c->easy);
  rh_address_free(&c->address);
  free(c);
  return NULL;
}

void rh_connection_free(rh_connection *c) {
  rh_pool *pool = c->pool;
  if (c->state == OPEN) {
    rh_frames_close(c->frames);
    rh_frames_step(c->frames);
  }
  if (c->state != OVER) let_go(c);
  unready(c);
  if (c->previous)
    c->previous->next = c->next;
  else
    pool->all = c->next;
  if (c->next) c->next->previous = c->previous;
  rh_frames_free(c->frames);
  rh_address_free(&c->address);
  free(c);
}

const char *rh_connection_shown(const rh_connection *c) {
  return c->address.shown;
}

void **rh_connection_box(rh_connection *c) {
  return &c->box;
}

/* ---- being asked -------------------------------------------------------------------------------
 */

static rh_news news_of(rh_connection *c, const char **text, size_t *len) {
  if (c->opened && !c->told_open) {
    c->told_open = true;
    return RH_NEWS_OPEN;
  }
  if (c->frames && rh_frames_take(c->frames, text, len)) {
    if (c->state == OPEN) settle(c);
    return RH_NEWS_TEXT;
  }
  *text = c->ended;
  *len = strlen(c->ended);
  return RH_NEWS_CLOSED;
}

rh_news rh_connection_next(rh_pool *pool, rh_connection **out, const char **text, size_t *len) {
  rh_connection *c = pool->ready_first;
  if (!c) return RH_NEWS_NONE;
  unready(c);
  *out = c;
  *len = 0;
  rh_news news = news_of(c, text, len);
  if (news != RH_NEWS_CLOSED) note(c);
  return news;
}
