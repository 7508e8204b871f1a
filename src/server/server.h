/* What the files of rhub.server share. Includes libmicrohttpd and Lua, nothing of the engine.
 *
 * OWNERSHIP
 *   The server lives in its userdata. Each request is made by the access handler, hangs in the
 *   server's list, and is freed when libmicrohttpd reports it as completed. Lua holds a box that
 *   points at it from `next` until the answer: then, and when the server closes, the box is empty
 *   and its methods raise. Nothing here calls into Lua from a callback of libmicrohttpd: a request
 *   that has arrived is suspended and queued, Lua takes it, the answer is stored in it, and the
 *   handler gives that answer when the connection is resumed. */
#ifndef RHUB_SERVER_H
#define RHUB_SERVER_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <microhttpd.h>
#include <lua.h>
#include <lauxlib.h>

#pragma GCC visibility push(hidden)

#define RH_SERVER_META  "rhub.server"
#define RH_REQUEST_META "rhub.server.request"
#define RH_CONTENT_META "rhub.server.content"
#define RH_SOCKET_META  "rhub.server.socket"

typedef struct rh_server rh_server;
typedef struct rh_request rh_request;
typedef struct rh_content rh_content;
typedef struct rh_form rh_form;
typedef struct rh_put rh_put;
typedef struct rh_guest rh_guest;
typedef struct rh_exchange rh_exchange;
typedef struct rh_socket rh_socket;

/* ---- content.c: bytes to send, shared by any number of replies ---- */

typedef struct rh_slice {
  uint64_t from, size;
  uint64_t cut; /* bytes after which the body ends early; UINT64_MAX: never */
  int stall;    /* at the cut: stay silent, do not close */
  int chunked;  /* do not say how long it is */
} rh_slice;

rh_content *rh_content_copy(const char *bytes, size_t len, uint64_t size);
void rh_content_unref(rh_content *content);
uint64_t rh_content_size(const rh_content *content);
/* NULL when there is no memory or the file has gone. Takes its own reference. */
struct MHD_Response *rh_content_response(rh_content *content, const rh_slice *slice,
                                         rh_request *request);
/* The content at `index`, or NULL when there is something else. */
rh_content *rh_content_test(lua_State *L, int index);
void rh_content_open(lua_State *L);

/* ---- form.c: a multipart body, measured and hashed while it streams in ---- */

rh_form *rh_form_new(struct MHD_Connection *connection);
void rh_form_feed(rh_form *form, const char *bytes, size_t len);
void rh_form_end(rh_form *form);
void rh_form_free(rh_form *form);
void rh_form_push(lua_State *L, const rh_form *form);
/* Bytes as lower-case digits. */
void rh_push_hex(lua_State *L, const unsigned char *bytes, unsigned len);

/* ---- put.c: the body of a PUT, counted and hashed while it streams in ---- */

rh_put *rh_put_new(void);
void rh_put_feed(rh_put *put, const char *bytes, size_t len);
void rh_put_end(rh_put *put);
void rh_put_free(rh_put *put);
void rh_put_push(lua_State *L, const rh_put *put);

/* ---- request.c: from the first byte of a header to the answer ---- */

typedef enum rh_verdict {
  RH_UNDECIDED,
  RH_REPLY, /* `response` with `status` */
  RH_RECEIVE,
  RH_DROP /* close the connection; what had to be said has been written */
} rh_verdict;

struct rh_request {
  rh_server *server;
  struct MHD_Connection *connection;
  const char *method, *path; /* libmicrohttpd's, valid until completed */
  rh_request *previous, *next, *queued;
  rh_request **box; /* the userdata that Lua holds, or NULL */
  struct MHD_Response *response;
  unsigned status;
  rh_verdict verdict;
  int suspended, at_head, whole, dropped;
  char *body;
  size_t len, capacity;
  uint64_t received;
  rh_form *form;
  rh_put *put;
  rh_socket *socket; /* what it becomes when its answer, 101, has left */
};

enum MHD_Result rh_request_handle(void *server, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *bytes,
                                  size_t *len, void **request);
void rh_request_completed(void *server, struct MHD_Connection *connection, void **request,
                          enum MHD_RequestTerminationCode why);
/* Stores the answer, empties the box and lets libmicrohttpd go on. */
void rh_request_answer(rh_request *request, rh_verdict verdict);
void rh_request_suspend(rh_request *request);
void rh_request_resume(rh_request *request);
int rh_request_fd(const rh_request *request);

/* ---- methods.c, misbehave.c: what Lua can do with a request ---- */

void rh_request_open(lua_State *L);
/* Pushes a new box for the request; the server stands at index 1. */
void rh_request_push(lua_State *L, rh_request *request);
/* Pushes its body, or nil where it was not kept. */
void rh_request_push_body(lua_State *L, const rh_request *request);
/* The request in the box at index 1; raises when it has been answered. */
rh_request *rh_request_check(lua_State *L);
int rh_req_reset(lua_State *L);
int rh_req_finish(lua_State *L);
int rh_req_raw(lua_State *L);
int rh_req_hang(lua_State *L);
void rh_send_reset(int fd);
/* False when the other side does not take them all within a second. */
int rh_send_all(int fd, const char *bytes, size_t len);

/* ---- upgrade.c: websockets; upgrade_none.c where there is no wslay ---- */

void rh_sockets_open(lua_State *L);
int rh_req_upgrade(lua_State *L);
int rh_server_heard(lua_State *L, rh_server *server);
/* The request has ended before the upgrade. */
void rh_socket_lost(rh_socket *socket);
void rh_sockets_step(rh_server *server);
/* Ends all; they are freed when libmicrohttpd has stopped. */
void rh_sockets_close(rh_server *server);
void rh_sockets_free(rh_server *server);

/* ---- guest.c: connections, and how long they may stay ---- */

void rh_guest_notify(void *server, struct MHD_Connection *connection, void **guest,
                     enum MHD_ConnectionNotificationCode what);
/* When the next one has to go; INT64_MAX: none has to. */
int64_t rh_guest_due(const rh_server *server);
void rh_guest_step(rh_server *server);

/* ---- exchange.c: what the server itself sends to others ---- */

void rh_exchange_step(rh_server *server);
void rh_exchange_close(rh_server *server);
int rh_server_exchange(lua_State *L);
int rh_server_exchanged(lua_State *L);

/* ---- server.c ---- */

/* First member of what the epoll set tells to be ready: an exchange, a websocket. */
typedef struct rh_watched rh_watched;
struct rh_watched {
  void (*ready)(rh_server *server, rh_watched *self);
};

struct rh_server {
  struct MHD_Daemon *daemon; /* NULL: closed */
  int epoll, port;           /* epoll: libmicrohttpd's own */
  int watch;                 /* the epoll set of that one and of whatever is rh_watched */
  size_t max_body;           /* a longer plain body is read and thrown away */
  uint64_t heads;            /* a request with a longer body is shown when its header has arrived */
  int64_t lifetime;          /* milliseconds until a connection is closed; 0: it may stay */
  rh_request *all;
  rh_request *first, *last; /* arrived, not taken by Lua yet */
  rh_guest *oldest, *newest;
  rh_exchange *exchanges;
  int64_t exchange_due; /* the first of their deadlines, or before it */
  lua_Integer last_exchange;
  uint64_t requests, connections;
  unsigned open, peak;
  int resumed; /* a connection goes on at the next step: libmicrohttpd's time-out does not say so */
  rh_socket *sockets;
  rh_socket *ready_first, *ready_last; /* have something to tell Lua */
  double patience;                     /* seconds for a silent client */
  int64_t judged;                      /* when that was looked at last */
};

void rh_server_enqueue(rh_server *server, rh_request *request);
/* The server at index 1; raises when it is closed. */
rh_server *rh_server_check_open(lua_State *L);
/* Milliseconds of a clock that is never set. */
int64_t rh_server_now(void);

#pragma GCC visibility pop
#endif
