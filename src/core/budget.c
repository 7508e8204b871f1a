/* Spent, reserved, held. See budget.h. No I/O, no clock. */
#include "budget.h"

#include "hash.h"

#include <stdlib.h>
#include <string.h>

struct rh_dear {
  rh_dear *next;
  int64_t highest; /* charge seen */
  char model[];
};

struct rh_left {
  rh_left *next;
  int64_t reservation;
  const char *model; /* behind the id */
  char task_id[];
};

void rh_budget_init(rh_budget *budget, int64_t cap) {
  memset(budget, 0, sizeof *budget);
  budget->cap = cap < 0 ? -1 : cap;
  strcpy(budget->coins, "0");
}

void rh_budget_clear(rh_budget *budget) {
  for (rh_dear *d = budget->dear, *next; d; d = next) {
    next = d->next;
    free(d);
  }
  for (size_t i = 0; i < RH_LEFT_BUCKETS; i++)
    for (rh_left *l = budget->left[i], *next; l; l = next) {
      next = l->next;
      free(l);
    }
  memset(budget, 0, sizeof *budget);
}

/* ---- the cap --------------------------------------------------------------------------------- */

static int64_t add(int64_t a, int64_t b) {
  int64_t sum;
  return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

int64_t rh_budget_used(const rh_budget *budget) {
  return add(add(budget->spent, budget->reserved), budget->held);
}

int64_t rh_budget_left(const rh_budget *budget) {
  return budget->cap < 0 ? INT64_MAX : budget->cap - rh_budget_used(budget);
}

int64_t rh_budget_reserve(rh_budget *budget, int64_t amount) {
  if (amount > rh_budget_left(budget)) return RH_UNRESERVED;
  /* without a cap: never more than can be given back exactly */
  int64_t room = INT64_MAX - rh_budget_used(budget);
  if (amount > room) amount = room;
  budget->reserved += amount;
  return amount;
}

void rh_budget_release(rh_budget *budget, int64_t reservation) {
  if (reservation > 0) budget->reserved -= reservation;
}

/* ---- models that were charged more than was reserved ----------------------------------------- */

static rh_dear *dear_find(const rh_budget *budget, const char *model) {
  rh_dear *d = budget->dear;
  while (d && strcmp(d->model, model) != 0) d = d->next;
  return d;
}

int64_t rh_budget_price(const rh_budget *budget, const char *model, int64_t price) {
  const rh_dear *d = dear_find(budget, model);
  return d && d->highest > price ? d->highest : price;
}

/* Without memory it is not remembered. */
static void learn(rh_budget *budget, const char *model, int64_t charge) {
  rh_dear *d = dear_find(budget, model);
  if (!d) {
    size_t size = strlen(model) + 1;
    d = malloc(sizeof *d + size);
    if (!d) return;
    memcpy(d->model, model, size);
    d->highest = 0;
    d->next = budget->dear;
    budget->dear = d;
  }
  if (charge > d->highest) d->highest = charge;
}

/* ---- settling -------------------------------------------------------------------------------- */

static bool is_zero(const char *amount) {
  return strspn(amount, "0.") == strlen(amount);
}

/* What no number holds counts as the largest. */
static int64_t units_of(const char *amount) {
  int64_t units;
  return rh_decimal_units(amount, true, &units) ? units : INT64_MAX;
}

static void add_coins(rh_budget *budget, const char *coins) {
  char sum[RH_DECIMAL_MAX];
  if (rh_decimal_add(budget->coins, coins, sum)) memcpy(budget->coins, sum, sizeof sum);
}

static rh_settled book(rh_budget *budget, int64_t reservation, const char *model, int64_t charge) {
  budget->charged++;
  budget->spent = add(budget->spent, charge);
  if (reservation == RH_UNRESERVED || charge <= reservation) return RH_SETTLED;
  learn(budget, model, charge);
  return RH_SETTLED_ABOVE;
}

rh_settled rh_budget_settle(rh_budget *budget, int64_t reservation, const char *model,
                            const rh_charge *charge) {
  bool coins = charge->coins && !is_zero(charge->coins);
  rh_budget_release(budget, reservation);
  if (coins) add_coins(budget, charge->coins);
  if (charge->amount && !(coins && is_zero(charge->amount)))
    return book(budget, reservation, model, units_of(charge->amount));
  if (coins) {
    budget->charged++;
    return RH_SETTLED_COINS;
  }
  budget->untold++;
  if ((charge->success || charge->odd) && reservation > 0) {
    budget->spent = add(budget->spent, reservation);
    budget->unconfirmed = add(budget->unconfirmed, reservation);
  }
  return RH_SETTLED;
}

/* ---- outcomes that stay unknown -------------------------------------------------------------- */

static rh_left **bucket(rh_budget *budget, const char *task_id) {
  return &budget->left[rh_hash(task_id) % RH_LEFT_BUCKETS];
}

static void remember(rh_budget *budget, int64_t reservation, const char *model,
                     const char *task_id) {
  size_t id = strlen(task_id) + 1, name = strlen(model) + 1;
  rh_left *left = malloc(sizeof *left + id + name);
  if (!left) return;
  left->reservation = reservation;
  memcpy(left->task_id, task_id, id);
  left->model = memcpy(left->task_id + id, model, name);
  rh_left **first = bucket(budget, task_id);
  left->next = *first;
  *first = left;
}

void rh_budget_hold(rh_budget *budget, int64_t reservation, const char *model,
                    const char *task_id) {
  rh_budget_release(budget, reservation);
  if (reservation > 0) budget->held += reservation;
  budget->unknown++;
  if (*task_id) remember(budget, reservation, model, task_id);
}

int64_t rh_budget_take_back(rh_budget *budget, int64_t held) {
  if (held > 0) {
    budget->held -= held;
    budget->reserved += held;
  }
  budget->unknown--;
  return held;
}

bool rh_budget_settle_held(rh_budget *budget, const char *task_id, const rh_charge *charge,
                           int64_t *reservation, rh_settled *how) {
  rh_left **at = bucket(budget, task_id);
  while (*at && strcmp((*at)->task_id, task_id) != 0) at = &(*at)->next;
  rh_left *left = *at;
  if (!left) return false;
  *at = left->next;
  *reservation = left->reservation;
  budget->unknown--;
  if (left->reservation > 0) {
    budget->held -= left->reservation;
    budget->reserved += left->reservation;
  }
  *how = rh_budget_settle(budget, left->reservation, left->model, charge);
  free(left);
  return true;
}
