/* Media in: a local file becomes an address, or a name that nodes take. Streams from disk in
 * constant memory, hashes off the loop, sends the same bytes once within an address's lifetime,
 * joins uploads of one file that run at the same time. Owns its retries, uploads cost nothing: a
 * few after failures, as many as it takes where the service has no time for it. */
#ifndef RHUB_CORE_UPLOAD_H
#define RHUB_CORE_UPLOAD_H

#include "known.h"
#include "transfer.h"

#pragma GCC visibility push(hidden)

typedef struct rh_uploads rh_uploads; /* one a client */
typedef struct rh_upload rh_upload;   /* one caller's wait for one file */

typedef struct rh_upload_end {
  const rhub_error *error;     /* NULL when it went well */
  const char *url, *file_name; /* NULL where the service told none */
  const char *json;            /* the reply of a ComfyUI, NULL for other kinds */
  const char *sha256;          /* NULL where nobody asked for it, or the file has changed */
  size_t json_len;
  uint64_t bytes;
  bool reused;
} rh_upload_end;
/* Never called from inside rh_upload_start; the rh_upload is freed after it. */
typedef void rh_upload_done(void *owner, const rh_upload_end *end);

typedef struct rh_uploads_options {
  rh_known *known;               /* where addresses are remembered; held */
  const char *api_key;           /* borrowed: outlives the uploads */
  double request_timeout;        /* seconds without any progress */
  double pause_first, pause_max; /* between tries; 0: 1 and 8 */
  double put_life;               /* seconds that the address to PUT a LoRA to lives; 0: an hour */
  /* Where a line for the user goes; may be NULL. */
  void (*warn)(void *owner, const char *line);
  /* Too many requests, the service says; may be NULL. */
  void (*slower)(void *owner);
  void *owner;
} rh_uploads_options;

rh_uploads *rh_uploads_new(rh_loop *loop, rh_pool *pool, const rh_uploads_options *options);
void rh_uploads_free(rh_uploads *uploads); /* ends everything without calling `done` */

/* What may go with a kind; NULL for none. */
typedef struct rh_upload_words {
  const char *name; /* to tell the service; else the file's own */
  const char *to;   /* COMFY: the path on the origin that takes it */
  bool digest;      /* ends with its SHA-256, and not before that is made */
} rh_upload_words;

/* RHUB_INPUT at once for a file that is missing, empty, unreadable or no regular file. */
rhub_status rh_upload_check(const char *path, rhub_error *error);
/* One for a node or of a LoRA ends without an address, one for a ComfyUI with its reply alone.
   `words` may be NULL. */
rhub_status rh_upload_start(rh_uploads *uploads, const char *path, rhub_upload_kind kind,
                            const rh_upload_words *words, rh_upload_done *done, void *owner,
                            rh_upload **out, rhub_error *error);
void rh_upload_progress(const rh_upload *upload, uint64_t *done, uint64_t *total);
void rh_upload_cancel(rh_upload *upload); /* no `done`; others that wait for the same file go on */

#pragma GCC visibility pop
#endif
