/* How many tasks may be in flight at once: the option's limit, else the account's, else what "full"
 * teaches. No I/O, no clock.
 *
 * A "full" can mean three things: more tasks than the account allows, a place of a task that has
 * just ended and is not free yet, or other programs on the same account. The first refusal of a row
 * against a known limit may be the second of these, so it only shuts the gate for a pause; more of
 * them lower the limit to what was accepted. From there it rises again with acceptances, ever more
 * patiently where rising was refused. */
#ifndef RHUB_CORE_ADMIT_H
#define RHUB_CORE_ADMIT_H

#include <stdbool.h>
#include <stddef.h>

#pragma GCC visibility push(hidden)

typedef struct rh_admit {
  size_t option;       /* 0: none */
  size_t account;      /* queue/status concurrentLimit; 0: not known */
  size_t learned;      /* what "full" taught; 0: nothing */
  size_t in_flight;    /* submitting and accepted, not ended */
  size_t good;         /* acceptances since `learned` last changed */
  size_t patience;     /* acceptances before `learned` rises by one */
  bool raised;         /* it rose since the last "full" */
  unsigned fulls;      /* in a row; those that one gate covers count once */
  double closed_until; /* the gate after a "full" */
} rh_admit;

void rh_admit_init(rh_admit *admit, size_t option);
size_t rh_admit_limit(const rh_admit *admit); /* 0: not known */
/* 0: a place is free now; positive: seconds until the gate opens; negative: wait for a leave. */
double rh_admit_ask(const rh_admit *admit, double now);
void rh_admit_enter(rh_admit *admit);    /* a submit starts */
void rh_admit_accepted(rh_admit *admit); /* it was accepted: may probe upwards again */
void rh_admit_full(rh_admit *admit, double now,
                   double pause);     /* it was refused: leaves, shuts the gate */
void rh_admit_leave(rh_admit *admit); /* ended in any other way */
/* The account's word (`running` includes other programs' tasks of the same account). */
void rh_admit_account(rh_admit *admit, size_t limit, size_t running);

#pragma GCC visibility pop
#endif
