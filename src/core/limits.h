/* What is known of a key's limits by all who work with it, and whose turn it is where places are
 * scarce. Plain numbers, all zero at first; no I/O, no clock. */
#ifndef RHUB_CORE_LIMITS_H
#define RHUB_CORE_LIMITS_H

#include "admit.h"
#include "rate.h"

#pragma GCC visibility push(hidden)

#define RH_WANTS     32  /* those beyond have their turn by chance */
#define RH_WANTS_FOR 2.0 /* seconds that a want counts */

/* One who has tasks in line and found no place. He says so again as long as it is true: one that
   has died, or sleeps, is soon forgotten. */
typedef struct rh_want {
  uint64_t who; /* by a number of his own; 0: nobody */
  double since; /* he came, or had his last turn */
  double until;
} rh_want;

typedef struct rh_limits {
  rh_rate queries, starts;
  rh_capacity capacity;
  rh_want wants[RH_WANTS];
} rh_limits;

/* Whether his want should be said (again) by now; saying it; letting others go first; having been
   refused, though; taking it back. */
bool rh_limits_wants(const rh_limits *limits, uint64_t who, double now);
void rh_limits_want(rh_limits *limits, uint64_t who, double now);
void rh_limits_served(rh_limits *limits, uint64_t who, double now);
void rh_limits_refused(rh_limits *limits, uint64_t who, double since);
void rh_limits_sated(rh_limits *limits, uint64_t who);

/* How many of `total` places are his, as others want some too: `least` in any case, and up to
   `most` where it is his turn. Where nobody else does: all. */
typedef struct rh_share {
  size_t least, most;
  bool alone, turn; /* `turn`: nobody who wants one has waited longer ... */
  double since;     /* ... than since then */
} rh_share;
rh_share rh_limits_share(const rh_limits *limits, uint64_t who, double now, size_t total);

/* Takes out what cannot be, whoever wrote it. */
void rh_limits_mend(rh_limits *limits, double now);

#pragma GCC visibility pop
#endif
