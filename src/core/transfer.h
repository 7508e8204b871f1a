/* One HTTP exchange on the client's shared connection pool. Knows keys, origins and redirects,
 * which hosts may be spoken to, and what is certain about a request that failed; knows nothing of
 * tasks. */
#ifndef RHUB_CORE_TRANSFER_H
#define RHUB_CORE_TRANSFER_H

#include "exchange.h"
#include "loop.h"

#pragma GCC visibility push(hidden)

typedef struct rh_pool rh_pool;
typedef struct rh_transfer rh_transfer;

typedef struct rh_pool_options {
  const char *origin;          /* "https://www.runninghub.ai": the only place where the key goes */
  const char *api_key;         /* copied; wiped on free */
  const char *proxy, *ca_file; /* may be NULL */
  int connections;
  double connect_timeout;
  bool loopback_only; /* sealed: refuse every other address */
  /* Where a debug line about each exchange goes (method, host and path, status, seconds; never a
     query, header or body); may be NULL. */
  void (*log)(void *owner, const char *line);
  void *owner;
} rh_pool_options;

rhub_status rh_pool_new(rh_loop *loop, const rh_pool_options *options, rh_pool **out,
                        rhub_error *error);
void rh_pool_free(rh_pool *pool); /* aborts what is under way without calling `done` */

/* Called on the loop's thread, never from inside rh_transfer_start. The transfer is freed after. */
typedef void rh_transfer_done(void *owner, const rh_exchange *exchange);

typedef struct rh_header {
  int64_t content_length;                          /* -1: not told */
  int64_t range_start, range_total;                /* of Content-Range; -1: absent */
  const char *etag, *last_modified, *content_type; /* "" when absent; ceiling 512 bytes each */
} rh_header;

/* Receives a download. `begin` is called once, when the header is whole and the first byte of the
   body or the end has come (after redirects, with any other status too), `write` as the
   pieces come. Both return false to stop (RH_WIRE_SINK); they may start transfers, but cancel none.
 */
typedef struct rh_sink {
  bool (*begin)(void *owner, int http_status, const rh_header *header);
  bool (*write)(void *owner, const char *data, size_t len);
} rh_sink;

typedef enum rh_request_kind {
  RH_REQUEST_CALL,    /* API call; may be repeated by its owner and by libcurl */
  RH_REQUEST_SUBMIT,  /* API call that costs money: its body can be read once, never rewound */
  RH_REQUEST_UPLOAD,  /* API call, multipart with one part streamed from disk; see rh_form */
  RH_REQUEST_PUT,     /* a file streamed to any address; without the key; follows no redirect */
  RH_REQUEST_DOWNLOAD /* any address; without the key; follows redirects */
} rh_request_kind;

typedef enum rh_form {
  RH_FORM_V2,     /* the part "file" */
  RH_FORM_LEGACY, /* "apiKey", "file" and "fileType" */
  RH_FORM_COMFY   /* "image"; the path holds the key, so no header does */
} rh_form;

/* How the header of an API call holds the key. */
typedef enum rh_auth {
  RH_AUTH_BEARER, /* Authorization: Bearer KEY */
  RH_AUTH_BARE,   /* Authorization: KEY */
  RH_AUTH_NONE
} rh_auth;

typedef struct rh_request {
  rh_request_kind kind;
  rh_auth auth;     /* CALL, SUBMIT */
  bool on_origin;   /* DOWNLOAD: from the API itself, by a path: no redirect is followed then */
  const char *url;  /* PUT, DOWNLOAD: absolute; else a path on the origin, "/openapi/v2/query", in
                       which {key} stands for the key: what is shown to people keeps it so */
  const char *body; /* CALL, SUBMIT: JSON; NULL: GET. Copied, and wiped at the end */
  size_t body_len;
  rh_form form;          /* UPLOAD */
  const char *file_name; /* UPLOAD: the name to tell */
  int file_fd;           /* UPLOAD, PUT: an open descriptor, read from 0 with pread; the owner's */
  int64_t file_size;
  int64_t range_from;   /* DOWNLOAD: 0, or resume from here */
  const char *if_range; /* DOWNLOAD: validator that goes with range_from */
  const rh_sink *sink;  /* DOWNLOAD */
  double timeout;       /* CALL, SUBMIT: for the whole; the others: without any progress */
  size_t ceiling;       /* of the body in memory; 0: 8 MiB */
  rh_transfer_done *done;
  void *owner;
} rh_request;

/* Starts, or queues until one of the pool's connections is free: calls and submits before uploads
   and downloads, which together hold at most all connections but one. NULL only when out of memory.
   Everything in `request` is copied but file_fd, sink and owner. */
rh_transfer *rh_transfer_start(rh_pool *pool, const rh_request *request);

/* True once bytes of the request may have left (queued and connecting transfers: false). */
bool rh_transfer_sent(const rh_transfer *transfer);
/* Bytes so far and in all (0: not known), in the direction that matters. */
void rh_transfer_progress(const rh_transfer *transfer, uint64_t *done, uint64_t *total);
/* Ends it without calling `done`; not from inside a sink. NULL is allowed. */
void rh_transfer_cancel(rh_transfer *transfer);

/* "libcurl 7.88.1 (HTTP/2), OpenSSL/3.0.11", for people. Static text. */
const char *rh_transfer_version(void);

#pragma GCC visibility pop
#endif
