/* What a call will cost, asked of the service where there is a budget and nobody has told the
 * price: free of charge, and repeated like a query. See task.h. */
#include "task.h"

#include "error.h"
#include "retry.h"

#include <string.h>
#include <strings.h>

enum { QUOTE_TRIES = 4 };

static void quote_done(void *owner, const rh_exchange *exchange);

static void ask(rh_task *task) {
  rh_request request = {
      .kind = RH_REQUEST_CALL,
      .timeout = task->client->options.request_timeout,
      .done = quote_done,
      .owner = task,
  };
  double left = rh_submit_patience(task);
  task->draft->quotes++;
  task->transfer = rh_submit_post(task, "/openapi/v2/price-preview/", request);
  if (task->transfer) {
    if (left >= 0) rh_timer_start(&task->timer, left);
    return;
  }
  rhub_error error;
  rh_fail(&error, RHUB_NOMEM, "%s: out of memory; nothing was submitted", task->model);
  rh_task_end(task, &error);
}

void rh_quote_start(rh_task *task) {
  task->phase = RH_PHASE_QUOTE;
  ask(task);
}

void rh_quote_timer(rh_task *task) {
  if (!task->transfer) ask(task);
}

/* The price is known, or it may go without: what that reserves decides. */
static void go(rh_task *task) {
  rhub_error error;
  if (rh_money_reserve(task, &error))
    rh_submit_send(task);
  else
    rh_task_end(task, &error);
}

static void not_known(rh_task *task, const char *reason, int passing) {
  if (task->client->options.allow_unknown_price) {
    go(task);
    return;
  }
  rhub_error error;
  rh_fail(&error, RHUB_BUDGET,
          "%s: its price is not known (%.500s), and there is a budget: set allow_unknown_price, or "
          "give the price; nothing was submitted",
          task->model, reason);
  error.retryable = passing;
  rh_task_end(task, &error);
}

/* Why what was told is no price, or NULL. 0 may only mean that none is at hand. */
static const char *what_lacks(const rh_task *task, const rh_price *told, int64_t units) {
  const char *currency = task->client->credentials.currency;
  if (*told->currency && strcasecmp(told->currency, currency) != 0)
    return "the service tells it in another currency";
  if (units == 0 && !told->is_free) return "the service tells 0, and not that the call is free";
  return NULL;
}

static void told(rh_task *task, rh_reply *reply) {
  rh_price price;
  int64_t units;
  rh_reply_price(reply, &price);
  if (!price.amount || !rh_decimal_units(price.amount, true, &units)) {
    not_known(task, "the service tells none", 0);
    return;
  }
  const char *lack = what_lacks(task, &price, units);
  if (lack) {
    not_known(task, lack, 0);
    return;
  }
  task->draft->price = units;
  go(task);
}

/* What the submit itself would be refused for. */
static bool is_rejection(const rhub_error *error) {
  return strcmp(error->code, "1007") == 0 || strcmp(error->code, "1001") == 0;
}

static void pause_for(rh_task *task, double seconds) {
  double left = rh_submit_patience(task);
  rh_timer_start(&task->timer, left >= 0 && left < seconds ? left : seconds);
}

static void again(rh_task *task, double retry_after) {
  pause_for(task, rh_pause(0.5, 4, task->draft->quotes - 1, rh_random(task->client), retry_after));
}

/* Asking too often is no reason to end a task, however long it lasts. */
static void slower(rh_task *task, double retry_after) {
  rhub_client *client = task->client;
  const rhub_options *o = &client->options;
  rh_client_slower(client, -1);
  task->draft->quotes--;
  pause_for(task, rh_pause(o->busy_first, o->busy_max, task->draft->pauses++, rh_random(client),
                           retry_after));
}

static void quote_done(void *owner, const rh_exchange *exchange) {
  rh_task *task = owner;
  rhub_error error;
  rh_reply reply = {0};
  task->transfer = NULL;
  rh_timer_stop(&task->timer);
  bool parsed = exchange->wire == RH_WIRE_REPLY && exchange->body_len > 0 &&
                rh_reply_parse(exchange->body, exchange->body_len, false, &reply) == RH_PARSE_OK;
  rh_verdict verdict = rh_judge_call(exchange, parsed ? &reply : NULL, "price-preview", &error);
  if (verdict == RH_ACCEPTED) {
    task->draft->pauses = 0;
    told(task, &reply);
  } else if (is_rejection(&error)) {
    rh_judge_call(exchange, &reply, task->model, &error);
    rh_task_end(task, &error);
  } else if (verdict == RH_SLOWER) {
    slower(task, exchange->retry_after);
  } else if (verdict == RH_FATAL || task->draft->quotes >= QUOTE_TRIES) {
    not_known(task, error.message, error.retryable);
  } else {
    again(task, exchange->retry_after);
  }
  rh_reply_clear(&reply);
}
