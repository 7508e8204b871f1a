/* A scripted HTTP/1.1 server on loopback, in threads, for tests of the core's I/O. The script is a
 * function that gets one whole request and does with the connection what it likes. */
#ifndef RHUB_TESTS_SERVER_H
#define RHUB_TESTS_SERVER_H

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct server server;

typedef struct server_request {
  server *server;
  int fd;
  int nth; /* on this connection, from 1 */
  char method[8], path[1024];
  char *head; /* the whole header, NUL-terminated */
  char *body;
  size_t body_len;
} server_request;

/* Returns false to close the connection. */
typedef bool server_script(server_request *request);

struct server {
  int fd, port;
  void *(*serve)(void *connection);
  server_script *script;
  void *user;
  char origin[64];
  atomic_int requests, connections, open;
  pthread_t thread;
  pthread_mutex_t lock;
  int fds[1024];
  int fds_len;
};

/* ---- for scripts ---- */

static inline bool server_send(server_request *r, const void *data, size_t len) {
  for (const char *p = data; len > 0;) {
    ssize_t n = send(r->fd, p, len, MSG_NOSIGNAL);
    if (n <= 0) return false;
    p += n;
    len -= (size_t)n;
  }
  return true;
}

/* `headers`: lines that end in \r\n, or "". A Content-Length is added. */
static inline bool server_reply_bytes(server_request *r, int status, const char *headers,
                                      const void *body, size_t len) {
  char head[2048];
  int n = snprintf(head, sizeof head, "HTTP/1.1 %d Status\r\n%sContent-Length: %zu\r\n\r\n", status,
                   headers, len);
  return server_send(r, head, (size_t)n) && server_send(r, body, len);
}

static inline bool server_reply(server_request *r, int status, const char *headers,
                                const char *body) {
  return server_reply_bytes(r, status, headers, body, strlen(body));
}

/* The value of a header, or NULL; into `out`. */
static inline const char *server_header(const server_request *r, const char *name, char *out,
                                        size_t size) {
  size_t len = strlen(name);
  for (const char *line = strstr(r->head, "\r\n"); line; line = strstr(line, "\r\n")) {
    line += 2;
    if (strncasecmp(line, name, len) != 0 || line[len] != ':') continue;
    const char *value = line + len + 1 + strspn(line + len + 1, " ");
    snprintf(out, size, "%.*s", (int)strcspn(value, "\r\n"), value);
    return out;
  }
  return NULL;
}

/* Closes with RST instead of FIN. */
static inline bool server_reset(server_request *r) {
  struct linger now = {1, 0};
  setsockopt(r->fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  return false;
}

/* Waits until the other side closes. */
static inline bool server_hang(server_request *r) {
  char c;
  while (recv(r->fd, &c, 1, 0) > 0) {
  }
  return false;
}

/* ---- the server ---- */

typedef struct server_connection {
  server *server;
  int fd;
} server_connection;

/* Closes it and frees it: the end of its thread. */
static inline void server_forget(server_connection *c) {
  pthread_mutex_lock(&c->server->lock);
  for (int i = 0; i < c->server->fds_len; i++)
    if (c->server->fds[i] == c->fd) c->server->fds[i] = c->server->fds[--c->server->fds_len];
  close(c->fd);
  pthread_mutex_unlock(&c->server->lock);
  atomic_fetch_sub(&c->server->open, 1);
  free(c);
}

static inline bool server_read_body(server_request *r, char *rest, size_t rest_len, char *next,
                                    size_t *next_len) {
  char text[32];
  size_t len = server_header(r, "Content-Length", text, sizeof text) ? strtoull(text, NULL, 10) : 0;
  r->body = malloc(len + 1);
  r->body_len = len;
  size_t have = rest_len < len ? rest_len : len;
  memcpy(r->body, rest, have);
  *next_len = rest_len - have;
  memmove(next, rest + have, *next_len);
  while (have < len) {
    ssize_t n = recv(r->fd, r->body + have, len - have, 0);
    if (n <= 0) return false;
    have += (size_t)n;
  }
  r->body[len] = '\0';
  return true;
}

/* One request; `buffer` carries what was read beyond it. */
static inline bool server_take(server_request *r, char *buffer, size_t size, size_t *have) {
  char *end;
  buffer[*have] = '\0';
  while (!(end = strstr(buffer, "\r\n\r\n"))) {
    if (*have + 1 >= size) return false;
    ssize_t n = recv(r->fd, buffer + *have, size - 1 - *have, 0);
    if (n <= 0) return false;
    *have += (size_t)n;
    buffer[*have] = '\0';
  }
  end += 4;
  r->head = strndup(buffer, (size_t)(end - buffer));
  sscanf(r->head, "%7s %1023s", r->method, r->path);
  return server_read_body(r, end, *have - (size_t)(end - buffer), buffer, have);
}

static inline void *server_serve(void *user) {
  server_connection *c = user;
  size_t size = 65536, have = 0;
  char *buffer = malloc(size);
  server_request r = {.server = c->server, .fd = c->fd};
  for (bool on = true; on;) {
    on = server_take(&r, buffer, size, &have);
    if (on) {
      r.nth++;
      atomic_fetch_add(&c->server->requests, 1);
      on = c->server->script(&r);
    }
    free(r.head);
    free(r.body);
    r.head = r.body = NULL;
  }
  free(buffer);
  server_forget(c);
  return NULL;
}

static inline void *server_accept(void *user) {
  server *s = user;
  for (int fd; (fd = accept(s->fd, NULL, NULL)) >= 0;) {
    server_connection *c = malloc(sizeof *c);
    pthread_t thread;
    *c = (server_connection){s, fd};
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    atomic_fetch_add(&s->connections, 1);
    atomic_fetch_add(&s->open, 1);
    pthread_mutex_lock(&s->lock);
    s->fds[s->fds_len++] = fd;
    pthread_mutex_unlock(&s->lock);
    pthread_create(&thread, NULL, s->serve, c);
    pthread_detach(thread);
  }
  return NULL;
}

/* Listens; each connection gets a thread that runs `serve` with its server_connection. */
static inline void server_start_with(server *s, void *(*serve)(void *)) {
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t len = sizeof at;
  s->serve = serve;
  pthread_mutex_init(&s->lock, NULL);
  s->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (bind(s->fd, (struct sockaddr *)&at, len) != 0 || listen(s->fd, 1024) != 0) abort();
  getsockname(s->fd, (struct sockaddr *)&at, &len);
  s->port = ntohs(at.sin_port);
  snprintf(s->origin, sizeof s->origin, "http://127.0.0.1:%d", s->port);
  pthread_create(&s->thread, NULL, server_accept, s);
}

static inline void server_start(server *s, server_script *script, void *user) {
  memset(s, 0, sizeof *s);
  s->script = script;
  s->user = user;
  server_start_with(s, server_serve);
}

/* Waits until every connection that was made so far, and closed by who made it, has been served. */
static inline void server_settle(server *s) {
  struct sockaddr_in at = {.sin_family = AF_INET,
                           .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
                           .sin_port = htons((uint16_t)s->port)};
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  char byte;
  if (connect(fd, (struct sockaddr *)&at, sizeof at) != 0) abort();
  shutdown(fd, SHUT_WR);
  while (recv(fd, &byte, 1, 0) > 0) { /* they are taken in turn: all before this one have been */
  }
  close(fd);
  while (atomic_load(&s->open) > 0) usleep(1000);
}

/* Cuts what is open and waits for its threads. */
static inline void server_stop(server *s) {
  shutdown(s->fd, SHUT_RDWR);
  pthread_join(s->thread, NULL);
  close(s->fd);
  pthread_mutex_lock(&s->lock);
  for (int i = 0; i < s->fds_len; i++) shutdown(s->fds[i], SHUT_RDWR);
  pthread_mutex_unlock(&s->lock);
  while (atomic_load(&s->open) > 0) usleep(1000);
  pthread_mutex_destroy(&s->lock);
}

#endif
