/* What the tasks of a client have cost and may still cost, against a cap: amounts in units of
 * 1/10,000 (decimal.h). No I/O, no clock. Sums stop at the largest number instead of passing it.
 *
 *   reserve -> settle     the task ended, and its charge is told, or what stands for it is known
 *           -> release    it is certain that no task was made
 *           -> hold       neither is known; where its id is, it may be settled yet
 *
 * A task may go through settle and hold with RH_UNRESERVED in place of a reservation: what it was
 * charged counts all the same. */
#ifndef RHUB_CORE_BUDGET_H
#define RHUB_CORE_BUDGET_H

#include "decimal.h"

#pragma GCC visibility push(hidden)

#define RH_UNRESERVED   (-1)
#define RH_LEFT_BUCKETS 64

typedef struct rh_dear rh_dear; /* a model that was charged more than was reserved for it */
typedef struct rh_left rh_left; /* a task whose end nobody saw */

typedef struct rh_budget {
  int64_t cap;                /* negative: none */
  int64_t spent;              /* charges as they were told, and `unconfirmed` */
  int64_t unconfirmed;        /* reservations of successes whose charge was not told */
  int64_t reserved;           /* for tasks under way */
  int64_t held;               /* for outcomes that stay unknown */
  char coins[RH_DECIMAL_MAX]; /* charged in coins */
  size_t charged;             /* ended tasks whose charge was told */
  size_t untold;              /* ended tasks whose charge was not */
  size_t unknown;             /* outcomes that stay unknown */
  rh_dear *dear;
  rh_left *left[RH_LEFT_BUCKETS];
} rh_budget;

void rh_budget_init(rh_budget *budget, int64_t cap); /* negative: none */
void rh_budget_clear(rh_budget *budget);             /* a zeroed one is allowed */

/* Spent, reserved and held. */
int64_t rh_budget_used(const rh_budget *budget);
/* What may still be reserved: negative where the cap has been passed, INT64_MAX without one. */
int64_t rh_budget_left(const rh_budget *budget);
/* What to reserve for a call of `model` at `price`: the highest charge seen, where a charge was
   above its reservation and is above the price. */
int64_t rh_budget_price(const rh_budget *budget, const char *model, int64_t price);

/* The reservation, or RH_UNRESERVED where the amount would pass the cap. Without a cap there always
   is one. */
int64_t rh_budget_reserve(rh_budget *budget, int64_t amount);
void rh_budget_release(rh_budget *budget, int64_t reservation);
/* `task_id` is "" where it is not known. Without memory it counts as not known. */
void rh_budget_hold(rh_budget *budget, int64_t reservation, const char *model, const char *task_id);

/* What is held for a task whose id was not known, and now is, is a reservation again. */
int64_t rh_budget_take_back(rh_budget *budget, int64_t held);

/* How a task ended: plain decimals, NULL for what was not told. */
typedef struct rh_charge {
  const char *amount, *coins;
  bool success;
  bool odd; /* an amount was told that cannot be read */
} rh_charge;

typedef enum rh_settled {
  RH_SETTLED,
  RH_SETTLED_ABOVE, /* the charge was above the reservation: the model is dear from now on */
  RH_SETTLED_COINS  /* in coins: nothing of the money */
} rh_settled;

/* A told amount is booked. Else a success, and whatever was charged an amount that cannot be read,
   is booked at its reservation, unconfirmed, unless it was paid in coins; a failure is booked at
   nothing. */
rh_settled rh_budget_settle(rh_budget *budget, int64_t reservation, const char *model,
                            const rh_charge *charge);
/* The same for what is held under this id; *reservation is what was held. False: nothing is, and
   nothing was booked. */
bool rh_budget_settle_held(rh_budget *budget, const char *task_id, const rh_charge *charge,
                           int64_t *reservation, rh_settled *how);

#pragma GCC visibility pop
#endif
