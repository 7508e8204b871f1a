/* Inside of upload: one file on its way, for all callers that wait for it. upload.c holds who waits
 * for what, and what is remembered; upload_send.c the way to the service, which differs by kind. */
#ifndef RHUB_CORE_UPLOAD_SENDING_H
#define RHUB_CORE_UPLOAD_SENDING_H

#include "upload.h"
#include "upload_file.h"

#pragma GCC visibility push(hidden)

typedef struct rh_sending rh_sending;

struct rh_uploads {
  rh_loop *loop;
  rh_pool *pool;
  rh_uploads_options options;
  rh_sending *first, *last;
  rh_sending *next_turn; /* the oldest that waits and has not been called yet */
  size_t open;           /* called or begun */
};

struct rh_upload {
  rh_upload *next;
  rh_sending *sending;
  rh_upload_done *done;
  void *owner;
};

typedef enum rh_stage {
  RH_STAGE_WAITING, /* for its turn */
  RH_STAGE_LOOKING, /* a worker looks for a remembered one, or makes the MD5 of a LoRA */
  RH_STAGE_SENDING, /* on the wire, or pausing before the next try */
  RH_STAGE_SENT,    /* it has arrived, and is being remembered */
  RH_STAGE_OVER     /* told, and nobody joins any more */
} rh_stage;

/* What a worker does for it, one at a time. */
typedef enum rh_duty {
  RH_DUTY_NONE,
  RH_DUTY_LOOK, /* for a remembered one of its size; the digest only where there is one */
  RH_DUTY_HASH, /* while it is sent */
  RH_DUTY_RECORD
} rh_duty;

struct rh_sending {
  rh_timer timer; /* first */
  rh_job job;
  rh_uploads *all;
  rh_sending *prev, *next;
  rh_upload *waiters;
  rh_transfer *transfer;
  rhub_upload_kind kind;
  rh_stage stage;
  rh_duty duty;
  bool called; /* counts as open */
  bool telling;
  bool abandoned; /* only the worker is waited for; `all` may be gone */
  atomic_bool stop;
  unsigned tries; /* that failed, but for ... */
  unsigned waits; /* ... those that came too often */

  int fd;
  rh_file_key key;
  const char *name; /* as told; the three lie behind the structure */
  const char *to;   /* "" for none */
  const char *path;

  rh_loop *loop;
  rh_known *known; /* held */
  rh_digest digest;
  bool has_sha256;      /* it is in `digest` */
  bool digest_wanted;   /* somebody waits for it */
  int digest_error;     /* errno; -1: no digest yet */
  rh_known_place found; /* by a look */
  char md5[33];

  char *put_url; /* of a LoRA, once told */
  double put_until;

  char *url, *file_name, *json; /* once it has arrived; NULL for none */
  size_t json_len;
  bool reused; /* the service had it */
  rhub_error error;
  char text[];
};

/* upload.c */
void rh_sending_arrived(rh_sending *s); /* what is told is in place */
void rh_sending_failed(rh_sending *s);  /* s->error says why */
void rh_sending_no_memory(rh_sending *s);

/* upload_send.c */
void rh_sending_send(rh_sending *s); /* goes on with it: the next step, or the next try */

#pragma GCC visibility pop
#endif
