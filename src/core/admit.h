/* How many tasks may be in flight at once: the option's limit, else the account's, else what "full"
 * teaches. No I/O, no clock.
 *
 * A "full" can mean three things: more tasks than the account allows, a place of a task that has
 * just ended and is not free yet, or other programs on the same account. The first refusal of a row
 * against a known limit may be the second of these, so it only shuts the gate for a pause; more of
 * them lower the limit to what was accepted. From there it rises again with acceptances, ever more
 * patiently where rising was refused. What is learned so, and the gate, may be shared by several
 * who submit to one account. */
#ifndef RHUB_CORE_ADMIT_H
#define RHUB_CORE_ADMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

/* What is shared: of all tasks together. All zero: nothing has been learned. */
typedef struct rh_capacity {
  uint32_t learned;    /* what "full" taught; 0: nothing */
  uint32_t good;       /* acceptances since `learned` last changed */
  uint32_t patience;   /* `learned` rises by one after 2 to this power of them */
  uint32_t raised;     /* 1: it rose since the last "full" */
  uint32_t fulls;      /* in a row; those that one gate covers count once */
  double closed_until; /* the gate after a "full" */
} rh_capacity;

/* One who shares it. */
typedef struct rh_admit {
  size_t option;    /* 0: none */
  size_t account;   /* queue/status concurrentLimit; 0: not known */
  size_t in_flight; /* submitting and accepted, not ended */
  size_t others;    /* the same of those that it is shared with, as last counted */
} rh_admit;

void rh_admit_init(rh_admit *admit, size_t option);
/* His own limit; 0: not known. */
size_t rh_admit_limit(const rh_admit *admit, const rh_capacity *capacity);
/* How many all of them may have, as far as that is not each one's own affair; 0: not known. */
size_t rh_admit_total(const rh_admit *admit, const rh_capacity *capacity);
/* 0: a place is free now; positive: seconds until the gate opens; negative: wait for a leave. */
double rh_admit_ask(const rh_admit *admit, const rh_capacity *capacity, double now);
void rh_admit_enter(rh_admit *admit); /* a submit starts */
/* It was accepted: may probe upwards again. */
void rh_admit_accepted(const rh_admit *admit, rh_capacity *capacity);
/* It was refused: leaves, shuts the gate. */
void rh_admit_full(rh_admit *admit, rh_capacity *capacity, double now, double pause);
void rh_admit_leave(rh_admit *admit);                                /* ended in any other way */
void rh_admit_shut(rh_capacity *capacity, double now, double pause); /* the gate alone */
/* The account's word (`running` includes other programs' tasks of the same account). */
void rh_admit_account(rh_admit *admit, rh_capacity *capacity, size_t limit, size_t running);

/* Takes out what cannot be: counts beyond any, a gate shut for longer than one ever is. */
void rh_capacity_mend(rh_capacity *capacity, double now);

#pragma GCC visibility pop
#endif
