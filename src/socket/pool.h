/* Websockets of one owner, driven together: one descriptor, one time-out, one step. The connection
 * itself, with names, proxies and TLS, is libcurl's; what is said on it is connection.c's.
 *
 * Calls nobody: what has happened is taken with rh_pool_next. */
#ifndef RHUB_SOCKET_POOL_H
#define RHUB_SOCKET_POOL_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

typedef struct rh_connection rh_connection;

typedef struct rh_pool {
  CURLM *multi;
  int epoll;
  char *ca_file, *proxy; /* NULL: curl's default, the environment's */
  bool sealed;           /* to this machine */
  int64_t curl_due;      /* when curl wants to be called; INT64_MAX: it does not */
  int64_t looked;        /* when the deadlines were looked at last */
  unsigned opening;      /* how many have one */
  bool more;             /* somebody has left bytes unread */
  rh_connection *all;
  rh_connection *ready_first, *ready_last; /* have something to tell */
} rh_pool;

/* Text is copied. False: out of memory or descriptors; to be closed either way. */
bool rh_pool_open(rh_pool *pool, const char *ca_file, const char *proxy, bool sealed);
void rh_pool_close(rh_pool *pool);
void rh_pool_step(rh_pool *pool);
int rh_pool_due(const rh_pool *pool); /* milliseconds until a step is due; -1: none */
int64_t rh_pool_now(void);
/* Has the descriptor watched for the connection, in place of curl or for something else. */
bool rh_pool_watch(rh_pool *pool, int fd, uint32_t events, rh_connection *connection);
void rh_pool_unwatch(rh_pool *pool, int fd);

#pragma GCC visibility pop
#endif
