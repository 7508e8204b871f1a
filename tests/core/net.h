/* A loop with a pool on it, and exchanges whose ends are kept, for tests of the core's I/O. */
#ifndef RHUB_TESTS_NET_H
#define RHUB_TESTS_NET_H

#include "core/transfer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NET_KEY "0123456789abcdef0123456789abcdef"

typedef struct net {
  rh_loop *loop;
  rh_pool *pool;
} net;

/* What one exchange ended as. */
typedef struct ended {
  net *net;
  bool done;
  rh_wire wire;
  int http_status;
  double retry_after;
  char body[4096], message[700], host[260];
  size_t body_len;
  rh_transfer *transfer;
} ended;

static inline void net_open_with(net *n, const rh_pool_options *options) {
  rhub_error error;
  assert_int_equal(rh_loop_new(&n->loop, &error), RHUB_OK);
  assert_int_equal(rh_pool_new(n->loop, options, &n->pool, &error), RHUB_OK);
}

static inline rh_pool_options net_options(const char *origin) {
  return (rh_pool_options){
      .origin = origin, .api_key = NET_KEY, .connections = 8, .connect_timeout = 10};
}

static inline void net_open(net *n, const char *origin) {
  rh_pool_options options = net_options(origin);
  net_open_with(n, &options);
}

static inline void net_close(net *n) {
  rh_pool_free(n->pool);
  rh_loop_free(n->loop);
}

static inline void net_ended(void *owner, const rh_exchange *exchange) {
  ended *e = owner;
  assert_false(e->done);
  e->done = true;
  e->wire = exchange->wire;
  e->http_status = exchange->http_status;
  e->retry_after = exchange->retry_after;
  e->body_len = exchange->body_len;
  snprintf(e->body, sizeof e->body, "%s", exchange->body ? exchange->body : "");
  snprintf(e->message, sizeof e->message, "%s", exchange->message ? exchange->message : "");
  snprintf(e->host, sizeof e->host, "%s", exchange->host);
  rh_loop_stop(e->net->loop);
}

static inline void net_start(net *n, ended *e, rh_request request) {
  memset(e, 0, sizeof *e);
  e->net = n;
  request.done = net_ended;
  request.owner = e;
  if (request.timeout == 0) request.timeout = 30;
  e->transfer = rh_transfer_start(n->pool, &request);
  assert_non_null(e->transfer);
  assert_false(e->done);
}

static inline void net_wait(net *n, ended *e) {
  while (!e->done) assert_true(rh_loop_step(n->loop, -1));
}

/* Starts and waits. */
static inline void net_do(net *n, ended *e, rh_request request) {
  net_start(n, e, request);
  net_wait(n, e);
}

static inline rh_request net_get(const char *path) {
  return (rh_request){.kind = RH_REQUEST_CALL, .url = path};
}

static inline rh_request net_post(rh_request_kind kind, const char *path, const char *body) {
  return (rh_request){.kind = kind, .url = path, .body = body, .body_len = strlen(body)};
}

#endif
