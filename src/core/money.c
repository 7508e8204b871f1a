/* What a task reserves of the budget, and what is booked when it ends. The sums are in budget.c;
 * here they meet the tasks, and are told. See task.h. */
#include "task.h"

#include "error.h"
#include "record.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* ---- amounts that callers give --------------------------------------------------------------- */

static rhub_status no_amount(const char *text, const char *what, rhub_error *error) {
  return rh_fail(error, RHUB_INPUT, "%s \"%.40s\" is no amount: give a plain decimal such as 12.50",
                 what, text);
}

rhub_status rh_money_open(rhub_client *client, const char *budget, rhub_error *error) {
  int64_t cap = -1;
  if (budget && !rh_decimal_units(budget, false, &cap))
    return no_amount(budget, "the budget", error);
  rh_budget_init(&client->budget, cap);
  return RHUB_OK;
}

rhub_status rh_money_check(const rhub_client *client, const char *budget, rhub_error *error) {
  if (!budget || *client->credentials.currency) return RHUB_OK;
  return rh_fail(error, RHUB_CONFIG,
                 "a budget of %s, but in which money? %s is neither site's address: give the site "
                 "that it speaks for, ai (USD) or cn (CNY)",
                 budget, client->credentials.origin);
}

rhub_status rh_money_price(const rhub_client *client, const rhub_task_options *options,
                           int64_t *price, rhub_error *error) {
  char what[300];
  *price = -1;
  if (options->price && !rh_decimal_units(options->price, true, price)) {
    snprintf(what, sizeof what, "%s: the price", options->endpoint);
    return no_amount(options->price, what, error);
  }
  /* who knows no currency has no budget, and keeps the price for a later run, which does */
  const char *currency = options->currency, *here = client->credentials.currency;
  if (currency && *here && strcasecmp(currency, here) != 0) *price = -1;
  bool nobody_tells = *price < 0 && options->path && client->budget.cap >= 0;
  if (!nobody_tells || client->options.allow_unknown_price) return RHUB_OK;
  return rh_fail(error, RHUB_BUDGET,
                 "%s: its price is not known (the service tells none beforehand), and there is a "
                 "budget: give the most that it may cost as its price, or set allow_unknown_price; "
                 "nothing was submitted",
                 options->endpoint);
}

/* ---- reserving ------------------------------------------------------------------------------- */

/* Tells that `amount` does not fit; `own` of what is reserved is the task's. */
static bool over(const rh_task *task, int64_t amount, int64_t own, rhub_error *error) {
  const rh_budget *budget = &task->client->budget;
  const char *currency = task->client->credentials.currency;
  char cost[RH_DECIMAL_MAX], used[RH_DECIMAL_MAX], cap[RH_DECIMAL_MAX];
  rh_decimal_text(amount, cost);
  rh_decimal_text(rh_budget_used(budget) - own, used);
  rh_decimal_text(budget->cap, cap);
  if (task->draft->price >= 0 || amount > 0)
    rh_fail(error, RHUB_BUDGET,
            "%s: %s %s would pass the budget: %s of %s %s are spent or reserved; %s", task->model,
            cost, currency, used, cap, currency, rh_task_not_sent(task));
  else
    rh_fail(error, RHUB_BUDGET,
            "%s: its price is not known, and nothing is left of the budget: %s of %s %s are spent "
            "or reserved; %s",
            task->model, used, cap, currency, rh_task_not_sent(task));
  return false;
}

/* Reserves for one send. False: it does not fit, *amount is what would. */
static bool reserve(rh_task *task, int64_t *amount) {
  rh_budget *budget = &task->client->budget;
  int64_t price = task->draft->price, left = rh_budget_left(budget);
  *amount = rh_budget_price(budget, task->model, price < 0 ? 0 : price);
  /* what costs something, and nobody knows how much, passes a cap that is reached */
  bool blind = price < 0 && *amount == 0;
  if (*amount > left || (blind && left == 0)) return false;
  task->reserved = rh_budget_reserve(budget, *amount);
  return true;
}

bool rh_money_reserve(rh_task *task, rhub_error *error) {
  int64_t amount;
  return reserve(task, &amount) || over(task, amount, 0, error);
}

/* No price is known, and the service may tell one, or nobody needs one. */
static bool is_asked_later(const rh_task *task) {
  return task->draft->price < 0 && (!task->draft->path || task->client->budget.cap < 0);
}

/* What was reserved a while ago may no longer be enough: a charge above its reservation has made
   the model dearer since, or has passed the cap. */
static bool top_up(rh_task *task, rhub_error *error) {
  rh_budget *budget = &task->client->budget;
  int64_t price = task->draft->price, left = rh_budget_left(budget);
  int64_t amount = rh_budget_price(budget, task->model, price < 0 ? 0 : price);
  int64_t more = amount > task->reserved ? amount - task->reserved : 0;
  if (left < 0 || more > left) return over(task, task->reserved + more, task->reserved, error);
  if (more) task->reserved += rh_budget_reserve(budget, more);
  return true;
}

bool rh_money_admit(rh_task *task, rhub_error *error) {
  if (task->reserved == RH_UNRESERVED) return is_asked_later(task) || rh_money_reserve(task, error);
  return top_up(task, error);
}

bool rh_money_unpriced(const rh_task *task) {
  return task->client->budget.cap >= 0 && task->reserved == RH_UNRESERVED;
}

bool rh_money_again(rh_task *task) {
  int64_t last = task->reserved, amount;
  if (last != RH_UNRESERVED && !reserve(task, &amount)) {
    rh_log(task->op.ops, RHUB_LOG_WARN,
           "%s: not submitted again: the budget has no room for another", task->model);
    return false;
  }
  rh_budget_hold(&task->client->budget, last, task->model, "");
  task->draft->held = last;
  return true;
}

void rh_money_found(rh_task *task) {
  rh_budget *budget = &task->client->budget;
  rh_budget_release(budget, task->reserved);
  task->reserved = rh_budget_take_back(budget, task->draft->held);
}

/* ---- the end --------------------------------------------------------------------------------- */

static void say_above(rh_task *task, int64_t reservation, const char *charge) {
  rhub_client *client = task->client;
  char reserved[RH_DECIMAL_MAX];
  const char *currency = client->credentials.currency;
  rh_decimal_text(reservation, reserved);
  rh_log(&client->ops, RHUB_LOG_WARN,
         "task %s (%s) was charged %s %s, %s %s were reserved for it: from now on its model is "
         "reserved at the highest charge",
         task->task_id, task->model, charge, currency, reserved, currency);
}

static void say_coins(rh_task *task) {
  rhub_client *client = task->client;
  if (client->budget.cap < 0 || client->coins_said) return;
  client->coins_said = true;
  rh_log(&client->ops, RHUB_LOG_WARN,
         "task %s (%s) was charged in coins: a budget in %s does not bound what this key spends",
         task->task_id, task->model, client->credentials.currency);
}

static void say_odd(rh_task *task) {
  rh_log(&task->client->ops, RHUB_LOG_WARN,
         "task %s (%s) was charged an amount that cannot be read: what was reserved for it counts",
         task->task_id, task->model);
}

void rh_money_settle(rh_task *task, const rh_reply *reply) {
  rh_budget *budget = &task->client->budget;
  rh_charge charge = {reply->amount, reply->coins, reply->status == RH_TASK_SUCCESS,
                      reply->odd_amount};
  int64_t reservation = task->reserved;
  int64_t spent = budget->spent, unconfirmed = budget->unconfirmed;
  rh_settled how = RH_SETTLED;
  if (task->booked) return;
  task->booked = true;
  task->reserved = RH_UNRESERVED;
  bool booked = true;
  if (!task->attached)
    how = rh_budget_settle(budget, reservation, task->model, &charge);
  else /* false: not submitted by this client, or counted already */
    booked = rh_budget_settle_held(budget, task->task_id, &charge, &reservation, &how);
  rh_record_settled(task, budget->spent - spent, budget->unconfirmed > unconfirmed,
                    booked ? reply->coins : NULL);
  if (!booked) return;
  if (charge.odd && budget->cap >= 0) say_odd(task);
  if (how == RH_SETTLED_ABOVE && budget->cap >= 0) say_above(task, reservation, reply->amount);
  if (how == RH_SETTLED_COINS) say_coins(task);
}

void rh_money_hold(rh_task *task, const char *task_id) {
  if (task->booked) return;
  task->booked = true;
  if (!task->attached) { /* what is held for an attached task stays so */
    rh_record_held(task, task->reserved);
    rh_budget_hold(&task->client->budget, task->reserved, task->model, task_id);
  }
  task->reserved = RH_UNRESERVED;
}

void rh_money_release(rh_task *task) {
  if (task->booked) return;
  task->booked = true;
  rh_record_held(task, 0);
  rh_budget_release(&task->client->budget, task->reserved);
  task->reserved = RH_UNRESERVED;
}

void rh_money_end(rh_task *task, const rhub_error *error) {
  bool accepted = !task->draft;
  if (accepted || (error && error->spent != RHUB_SPENT_NO))
    rh_money_hold(task, task->task_id);
  else
    rh_money_release(task);
}

/* ---- telling --------------------------------------------------------------------------------- */

enum { TEXT = sizeof((rhub_money *)0)->spent };

static void tell(int64_t units, char out[TEXT]) {
  char text[RH_DECIMAL_MAX] = "";
  rh_decimal_text(units, text);
  memcpy(out, text, TEXT); /* 63 bits have 19 digits */
}

void rhub_get_money(const rhub_client *client, rhub_money *out) {
  const rh_budget *budget = &client->budget;
  memset(out, 0, sizeof *out);
  if (budget->cap >= 0) tell(budget->cap, out->budget);
  tell(budget->spent, out->spent);
  tell(budget->unconfirmed, out->unconfirmed);
  tell(budget->reserved, out->reserved);
  tell(budget->held, out->held);
  memcpy(out->coins, budget->coins, sizeof out->coins);
  out->currency = client->credentials.currency;
  out->charged = budget->charged;
  out->untold = budget->untold;
  out->unknown = budget->unknown;
}
