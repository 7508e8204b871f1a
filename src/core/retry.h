/* What may be sent again, and when: pure decisions over what came back. No I/O, no clock. */
#ifndef RHUB_CORE_RETRY_H
#define RHUB_CORE_RETRY_H

#include "exchange.h"
#include "reply.h"

#pragma GCC visibility push(hidden)

typedef enum rh_verdict {
  RH_ACCEPTED, /* submit: there is a task id (its status may be final already), or, from a
                  synchronous model, a success without an id. query: the reply speaks of the task.
                  call, upload: it succeeded */
  RH_FULL,     /* no place: wait for one, send again; no task was made */
  RH_MACHINES, /* no machine: wait longer, send again; no task was made */
  RH_SLOWER,   /* rate limit, or no place for what makes no task: slow down, send again, as often as
                  it takes; no task was made */
  RH_AGAIN,    /* passing: send again after a pause; certain that no task was made */
  RH_UNKNOWN,  /* submit only: a task may have been made */
  RH_FATAL     /* do not send again: `error` is filled */
} rh_verdict;

/* `reply` is NULL unless the exchange has a body that parsed. `error` is filled for every verdict
   but RH_ACCEPTED (so that giving up later has its words). `model` names the thing in messages. */
rh_verdict rh_judge_submit(const rh_exchange *exchange, const rh_reply *reply, const char *model,
                           rhub_error *error);
/* A failed poll is not a failed task: RH_FATAL only where the task is gone or the key is refused.
   1007 says nothing about a task that we made; for an id that a user typed it may never change, so
   it is RH_AGAIN with error->code "1007" for the caller to tell apart. */
rh_verdict rh_judge_query(const rh_exchange *exchange, const rh_reply *reply, const char *task_id,
                          rhub_error *error);
rh_verdict rh_judge_call(const rh_exchange *exchange, const rh_reply *reply, const char *what,
                         rhub_error *error);

/* A call that may cost money and is sent once: RH_UNKNOWN where it may have arrived. What is
   neither that nor RH_ACCEPTED cost nothing, but for a code that is not listed. */
rh_verdict rh_judge_once(const rh_exchange *exchange, const rh_reply *reply, const char *what,
                         rhub_error *error);
/* Whether a POST to this path is known to make nothing that costs: only such calls may be repeated.
 */
bool rh_call_is_free(const char *path);
/* Whether the reply's HTTP status lets its body speak for itself. */
bool rh_judge_raw(const rh_exchange *exchange);

/* A PUT to a storage, which answers nothing of the service's. */
rh_verdict rh_judge_put(const rh_exchange *exchange, const char *what, rhub_error *error);

/* Growing, jittered pauses: attempt 0, 1, 2, ... gives first, 2*first, ... up to max, each times
   0.75 to 1.25 by `random` (0 to 1), never above max, never under `retry_after` when that is not
   negative (itself bounded to an hour). */
double rh_pause(double first, double max, unsigned attempt, double random, double retry_after);

#pragma GCC visibility pop
#endif
