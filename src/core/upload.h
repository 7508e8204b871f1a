/* Media in: a local file becomes an address, or a name that nodes take. Streams from disk in
 * constant memory, hashes off the loop, sends the same bytes once within an address's lifetime,
 * joins uploads of one file that run at the same time. Owns its retries: uploads cost nothing. */
#ifndef RHUB_CORE_UPLOAD_H
#define RHUB_CORE_UPLOAD_H

#include "transfer.h"

#pragma GCC visibility push(hidden)

typedef struct rh_uploads rh_uploads; /* one a client: the addresses that it remembers */
typedef struct rh_upload rh_upload;   /* one caller's wait for one file */

typedef struct rh_upload_end {
  const rhub_error *error;     /* NULL when it went well */
  const char *url, *file_name; /* NULL where the service told none */
  uint64_t bytes;
  bool reused;
} rh_upload_end;
/* Never called from inside rh_upload_start; the rh_upload is freed after it. */
typedef void rh_upload_done(void *owner, const rh_upload_end *end);

rh_uploads *rh_uploads_new(rh_loop *loop, rh_pool *pool, double request_timeout);
/* The bounds of the pauses between tries, in seconds; 1 and 8 to begin with. */
void rh_uploads_pauses(rh_uploads *uploads, double first, double max);
void rh_uploads_free(rh_uploads *uploads); /* ends everything without calling `done` */

/* RHUB_INPUT at once for a file that is missing, empty, unreadable or no regular file. */
rhub_status rh_upload_check(const char *path, rhub_error *error);
/* One for a node ends without an address. */
rhub_status rh_upload_start(rh_uploads *uploads, const char *path, rhub_upload_kind kind,
                            rh_upload_done *done, void *owner, rh_upload **out, rhub_error *error);
void rh_upload_progress(const rh_upload *upload, uint64_t *done, uint64_t *total);
void rh_upload_cancel(rh_upload *upload); /* no `done`; others that wait for the same file go on */

#pragma GCC visibility pop
#endif
