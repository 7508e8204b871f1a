/* A rate: so many a second, of all who share it. Each who wants one to leave takes the next free
 * slot, at most one ahead of time, so that all come round in turn. No I/O, no clock: times come in
 * as seconds of a clock that the sharers have in common. */
#ifndef RHUB_CORE_RATE_H
#define RHUB_CORE_RATE_H

#include <stdbool.h>

#pragma GCC visibility push(hidden)

/* The longest that nothing may leave for a Retry-After's sake. */
#define RH_RATE_QUIET 60.0

/* What is shared. All zero: nobody has come yet. */
typedef struct rh_rate {
  double next;   /* the first slot that is free */
  double slowed; /* when the rate was last halved, ... */
  double lost;   /* ... and the part of it that was lost then, 0 to 1 */
  double quiet;  /* nothing leaves before */
} rh_rate;

/* One who shares it. */
typedef struct rh_rate_user {
  double full;  /* a second, as asked for; 0: no bound */
  double now;   /* as last seen */
  double at;    /* when his slots begin, ... */
  double until; /* ... and when they are no good any more */
  unsigned left;
} rh_rate_user;

void rh_rate_init(rh_rate_user *user, double full);

/* Whether he has slots already; *wait then as below. Where not, the shared part is to be looked at.
 */
bool rh_rate_held(const rh_rate_user *user, double now, double *wait);
/* 0 when one may leave now, else seconds to wait; rh_rate_use counts it. Idle time saves up a
   quarter of a second's. */
double rh_rate_wait(rh_rate_user *user, rh_rate *rate, double now);
void rh_rate_use(rh_rate_user *user);

/* Too many, the service says: halved, which counts once a second, recovering by a tenth of the full
   rate a second. Nothing leaves for `retry_after` seconds (RH_RATE_QUIET at most; negative: none
   were told). */
void rh_rate_slower(rh_rate_user *user, rh_rate *rate, double now, double retry_after);

/* Takes out what cannot be: times that are too far ahead, parts that are none. */
void rh_rate_mend(rh_rate *rate, double now);

#pragma GCC visibility pop
#endif
