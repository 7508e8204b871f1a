/* Inside of transfer: its records, and the lines. A line is one easy handle with its buffers, kept
 * and used again: making a new one a request costs more than everything else that we do. */
#ifndef RHUB_CORE_TRANSFER_LINE_H
#define RHUB_CORE_TRANSFER_LINE_H

#include "transfer.h"
#include "transfer_address.h"

#include <curl/curl.h>

#pragma GCC visibility push(hidden)

typedef struct rh_line rh_line;

/* Settings that differ by what a line is for stay on it, so each has lines of its own. */
typedef enum rh_line_class {
  RH_LINE_CALL,
  RH_LINE_UPLOAD,
  RH_LINE_PUT, /* never has the key */
  RH_LINE_DOWNLOAD
} rh_line_class;
#define RH_LINE_CLASSES 4
#define RH_AUTHS        3

typedef struct rh_queue {
  rh_transfer *head, *tail;
} rh_queue;

struct rh_transfer {
  rh_pool *pool;
  rh_queue *queue; /* the list that it is in */
  rh_transfer *prev, *next;
  rh_line *line; /* NULL unless under way */
  rh_request request;
  const char *address; /* request.url with the key in its place: what is opened, never shown */
  const char *refused; /* in the pool's `failed`: why, NULL when memory ran out */
  double started;
  int hops; /* redirects followed */
  size_t text_len;
  char text[]; /* what `request` and `address` point to: may hold the key, wiped on free */
};

struct rh_line {
  CURL *easy;
  rh_pool *pool;
  rh_line *next;         /* among the idle */
  rh_transfer *transfer; /* NULL while idle */
  rh_line_class class_;
  bool tls, direct; /* as set on the easy handle: for https; around any proxy */

  bool begun;         /* connected: from here on bytes of the request may leave */
  int64_t sent;       /* bytes of the body or file given to curl */
  rh_wire verdict;    /* RH_WIRE_REPLY unless a callback of ours stopped it */
  const char *reason; /* for people, with that verdict */

  char *body; /* the reply, NUL-terminated */
  size_t body_len, body_size;
  int64_t received, expected; /* expected: -1 when not told */
  bool sink_begun, skipping;

  curl_mime *form;
  struct curl_slist *own_headers; /* of this request, else the pool's are set */
  char error[CURL_ERROR_SIZE];
};

struct rh_pool {
  rh_timer later; /* first. Fires to end what has failed, and to begin what could not at once */
  rh_loop *loop;
  char *origin, *proxy, *ca_file;
  rh_address at; /* the origin */
  /* "scheme://host:port/" of the last download and what was judged of it: the outputs of a run lie
     on one host. "" for none. */
  char judged[160];
  rh_address judged_at;
  bool sealed;
  int connections;
  double connect_timeout;
  void (*log)(void *owner, const char *line);
  void *owner;
  const char *key; /* in one of the lists below */
  /* Header lists that all requests of a sort share. */
  struct curl_slist *call_headers[RH_AUTHS][2]; /* without and with a JSON body; hold the key */
  struct curl_slist *put_headers, *plain_headers;
  rh_line *idle[RH_LINE_CLASSES];
  rh_queue urgent, bulk, active, failed;
  int active_count, active_bulk;
  bool narrow; /* few connections a host, until one is seen to speak HTTP/1 */
};

/* A line for the transfer to an address that has been judged, with everything set; NULL when out of
   memory. */
rh_line *rh_line_take(rh_transfer *transfer, rh_address to);
void rh_line_release(rh_line *line); /* back to the idle ones */
void rh_line_free(rh_line *line);
/* Points the line at another address, judged too. */
bool rh_line_redirect(rh_line *line, const char *url, rh_address to);
/* What curl's result means; the sink has got all there is. Fills line->reason but for a reply. */
rh_wire rh_line_end(rh_line *line, CURLcode result);
int rh_line_status(const rh_line *line); /* HTTP; 0: none */

#pragma GCC visibility pop
#endif
