/* Errors: filling an rhub_error, and what RunningHub's codes mean. No I/O, no allocation. */
#ifndef RHUB_CORE_ERROR_H
#define RHUB_CORE_ERROR_H

#include "rhub.h"

#include <stdarg.h>
#include <stdbool.h>

#pragma GCC visibility push(hidden)

/* Fills *e (NULL is allowed) with defaults (spent no, not retryable, no code, no task) and a
   message in printf's form: one line, control bytes made spaces, bad UTF-8 made '?', secrets masked
   (rh_redact), cut at a character boundary. The arguments may point into *e. Returns `status`, so
   that callers can `return rh_fail(...)`. */
rhub_status rh_fail(rhub_error *e, rhub_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

void rh_error_task(rhub_error *e, const char *task_id);
void rh_error_code(rhub_error *e, const char *code, int http_status);

/* Masks in place what stands behind "apiKey=", "Rh-Comfy-Auth=", "q-signature=", "Bearer ",
   "/proxy/" and "/proxy-plus/": for messages and log lines. Never makes the text longer. */
void rh_redact(char *text);

/* What a code means where a submit, a query or another call is answered with it. */
typedef enum rh_code_class {
  RH_CODE_OK,       /* 0, "" */
  RH_CODE_FULL,     /* 421, 1520, 814: no place; wait and send again */
  RH_CODE_MACHINES, /* 415: no machine; wait longer and send again */
  RH_CODE_RATE,     /* 1003: slow down and send again */
  RH_CODE_AGAIN,    /* 1010, 1011, 808: passing; no task was made; send again */
  RH_CODE_BROKEN,   /* 500, 1000, 1005: passing for a query, outcome unknown for a submit */
  RH_CODE_STATE,    /* 804, 813: no error, a state */
  RH_CODE_GONE,     /* 1004, 423, 807 */
  RH_CODE_FINAL     /* everything else that is listed: see `status` */
} rh_code_class;

typedef struct rh_code {
  const char *code;
  rh_code_class class_;
  rhub_status status;  /* the kind of error it ends as, when it ends */
  rhub_spent spent;    /* whether money can have been taken where it answers a submit; for class
                          AGAIN there only, else also as the end of a task */
  bool retryable;      /* the same call, or a new task, may work later */
  const char *meaning; /* short English, for messages */
  const char *remedy;  /* what to do next, may be NULL */
} rh_code;

/* The table's entry, or NULL for an unlisted code. The table is what the
   service documents, and what its users have seen. */
const rh_code *rh_code_find(const char *code);

#pragma GCC visibility pop
#endif
