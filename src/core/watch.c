/* From acceptance to the end: when to ask for news of a task, what the answers mean, cancelling on
 * the server, and the time-out. A failed query is never a failed task. See task.h. */
#include "task.h"

#include "error.h"
#include "params.h"
#include "record.h"
#include "retry.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CANCEL_TRIES = 4 };

/* Seconds after which the waiting ends; negative: never. */
static double time_left(const rh_task *task) {
  if (task->timeout < 0) return -1;
  double left = task->accepted + task->timeout - rh_loop_now(task->client->loop);
  return left > RH_INSTANT ? left : 0;
}

static void end_timeout(rh_task *task) {
  rhub_error error;
  rh_fail(&error, RHUB_TIMEOUT,
          "task %s (%s) has not ended in %.3g s; it goes on and is charged: rhub task %s --wait",
          task->task_id, task->model, task->timeout, task->task_id);
  error.spent = RHUB_SPENT_MAYBE;
  error.retryable = 1;
  rh_error_task(&error, task->task_id);
  rh_task_end(task, &error);
}

static void sleep_for(rh_task *task, double seconds) {
  double left = time_left(task);
  task->phase = RH_PHASE_SLEEP;
  rh_timer_start(&task->timer, left >= 0 && left < seconds ? left : seconds);
}

static void sleep_until_near(rh_task *task) {
  rhub_client *client = task->client;
  double age = rh_loop_now(client->loop) - task->accepted;
  double pause = rh_pace_next(client->pace, task->history, age, task->asked, client->stats.running,
                              rh_random(client));
  /* spread by an eighth, as the pace does */
  if (task->told) pause = fmax(pause, client->options.poll_told * (1 + rh_random(client) / 8));
  sleep_for(task, pause);
}

/* ---- queries --------------------------------------------------------------------------------- */

static void query_done(void *owner, const rh_exchange *exchange);

static void query(rh_task *task) {
  rhub_client *client = task->client;
  char body[sizeof task->task_id + 20];
  int len = snprintf(body, sizeof body, "{\"taskId\":\"%s\"}", task->task_id);
  rh_request request = {
      .kind = RH_REQUEST_CALL,
      .url = "/openapi/v2/query",
      .body = body,
      .body_len = (size_t)len,
      .timeout = client->options.request_timeout,
      .done = query_done,
      .owner = task,
  };
  task->transfer = rh_transfer_start(client->pool, &request);
  if (task->transfer)
    task->phase = RH_PHASE_QUERY;
  else
    sleep_for(task, client->options.poll_max); /* no memory now */
}

/* Seconds until the rate allows one more query of all who share the key. */
static double wait_for_rate(rhub_client *client) {
  rh_rate_user *rate = rh_pace_rate(client->pace);
  double now = rh_loop_now(client->loop), wait;
  if (rh_rate_held(rate, now, &wait)) return wait;
  rh_limits *limits = rh_shared_begin(client->shared, now);
  wait = rh_rate_wait(rate, &limits->queries, now);
  rh_shared_end(client->shared);
  return wait;
}

/* Lets as many queries leave as the rate allows. */
static void pump(rhub_client *client) {
  while (client->due.first) {
    double wait = wait_for_rate(client);
    if (wait > 0) {
      rh_timer_start(&client->rate, wait);
      return;
    }
    rh_task *task = client->due.first;
    rh_rate_use(rh_pace_rate(client->pace));
    rh_line_remove(task);
    query(task);
  }
}

void rh_watch_rate(rh_timer *rate) {
  pump((rhub_client *)((char *)rate - offsetof(rhub_client, rate)));
}

static void ask_for_news(rh_task *task) {
  double left = time_left(task);
  task->phase = RH_PHASE_DUE;
  if (left >= 0) rh_timer_start(&task->timer, left);
  rh_line_append(&task->client->due, task);
  pump(task->client);
}

void rh_watch_start(rh_task *task) {
  if (task->attached)
    ask_for_news(task); /* it may have ended long ago */
  else
    sleep_until_near(task);
}

void rh_watch_now(rh_task *task) {
  ask_for_news(task);
}

void rh_watch_told(rh_task *task) {
  task->told = false;
  task->ask_again = task->phase == RH_PHASE_QUERY;
  if (task->phase != RH_PHASE_SLEEP) return;
  rh_timer_stop(&task->timer);
  ask_for_news(task);
}

void rh_watch_timer(rh_task *task) {
  if (time_left(task) == 0) {
    end_timeout(task);
    return;
  }
  if (task->cancel_wanted && !task->cancelling) rh_watch_cancel(task);
  if (task->phase == RH_PHASE_SLEEP) ask_for_news(task);
}

/* ---- answers --------------------------------------------------------------------------------- */

static void odd_status(rh_task *task, const char *status) {
  if (task->odd_status) return;
  task->odd_status = true;
  rh_log(task->op.ops, RHUB_LOG_WARN, "task %s: unknown status \"%.40s\", waiting on",
         task->task_id, status);
}

/* The task goes on, and so does the waiting. */
static void goes_on(rh_task *task, rh_task_status status) {
  task->failures = 0;
  task->asked++;
  if (status == RH_TASK_RUNNING) rh_task_state(task, RHUB_STATE_RUNNING);
  if (!task->ask_again) {
    sleep_until_near(task);
    return;
  }
  task->ask_again = false;
  ask_for_news(task);
}

/* What only repeats what is known need not be parsed. */
static bool nothing_new(rh_task *task, const rh_exchange *exchange) {
  rhub_client *client = task->client;
  if (exchange->wire != RH_WIRE_REPLY || exchange->http_status != 200) return false;
  bool running = rh_still_is(&client->running, exchange->body, exchange->body_len, task->task_id);
  if (!running && !rh_still_is(&client->queued, exchange->body, exchange->body_len, task->task_id))
    return false;
  goes_on(task, running ? RH_TASK_RUNNING : RH_TASK_QUEUED);
  return true;
}

static void remember(rh_task *task, rh_task_status status, const rh_exchange *exchange) {
  rhub_client *client = task->client;
  if (exchange->http_status == 200)
    rh_still_keep(status == RH_TASK_RUNNING ? &client->running : &client->queued, exchange->body,
                  exchange->body_len, task->task_id);
}

static void news(rh_task *task, rh_reply *reply, const rh_exchange *exchange) {
  if (reply->status == RH_TASK_NONE && reply->has_results) reply->status = RH_TASK_SUCCESS;
  switch (reply->status) {
  case RH_TASK_SUCCESS:
  case RH_TASK_FAILED:
  case RH_TASK_CANCELLED: rh_task_finish(task, reply, exchange->body, exchange->body_len); return;
  case RH_TASK_RUNNING:
  case RH_TASK_QUEUED: remember(task, reply->status, exchange); break;
  case RH_TASK_OTHER: odd_status(task, reply->status_text); break;
  case RH_TASK_NONE: break;
  }
  goes_on(task, reply->status);
}

/* An id that the very first answer calls invalid is a typing mistake, not passing trouble. */
static bool is_bad_id(const rh_task *task, const rhub_error *error) {
  return task->attached && task->asked == 0 && strcmp(error->code, "1007") == 0;
}

/* The first answer of all refutes what was told, by a webhook or by a person: there is no such
   task. `error` becomes what the task ends with. */
static bool is_refuted(const rh_task *task, rhub_error *error) {
  rhub_error answer = *error;
  bool none = error->status == RHUB_GONE || strcmp(error->code, "1007") == 0;
  if (!none || task->asked > 0) return false;
  if (task->found)
    rh_fail(error, RHUB_UNKNOWN_OUTCOME,
            "%s: the outcome of its submit is unknown: told that it is task %s, which the service "
            "does not know; a task may be running and may be charged",
            task->model, task->task_id);
  else if (!rh_record_refuted(task, error))
    return false;
  error->spent = RHUB_SPENT_MAYBE;
  rh_error_code(error, answer.code, answer.http_status);
  return true;
}

static void query_failed(rh_task *task, rh_verdict verdict, double retry_after, rhub_error *error) {
  rhub_client *client = task->client;
  if (is_refuted(task, error)) {
    rh_task_end(task, error);
    return;
  }
  if (is_bad_id(task, error)) {
    rh_fail(error, RHUB_REJECTED, "\"%s\" is no task id: the service refuses it (1007)",
            task->task_id);
    rh_error_code(error, "1007", 200);
    verdict = RH_FATAL;
  }
  if (verdict == RH_FATAL) {
    rh_record_explain(task, error);
    rh_task_end(task, error);
    return;
  }
  if (verdict == RH_SLOWER || retry_after > 0) rh_client_slower(client, retry_after);
  rh_log(&client->ops, RHUB_LOG_INFO, "%s", error->message);
  sleep_for(task, rh_pause(1, 10, task->failures++, rh_random(client), retry_after));
}

static void query_done(void *owner, const rh_exchange *exchange) {
  rh_task *task = owner;
  rhub_error error;
  rh_reply reply;
  task->transfer = NULL;
  rh_timer_stop(&task->timer);
  if (nothing_new(task, exchange)) return;
  bool parsed = exchange->wire == RH_WIRE_REPLY && exchange->body_len > 0 &&
                rh_reply_parse(exchange->body, exchange->body_len, false, &reply) == RH_PARSE_OK;
  rh_verdict verdict = rh_judge_query(exchange, parsed ? &reply : NULL, task->task_id, &error);
  if (verdict == RH_ACCEPTED)
    news(task, &reply, exchange);
  else
    query_failed(task, verdict, exchange->retry_after, &error);
  if (parsed) rh_reply_clear(&reply);
}

/* ---- cancelling ------------------------------------------------------------------------------ */

static void cancel_done(void *owner, const rh_exchange *exchange) {
  rh_task *task = owner;
  rhub_error error;
  rh_reply reply;
  task->cancelling = NULL;
  bool parsed = exchange->wire == RH_WIRE_REPLY && exchange->body_len > 0 &&
                rh_reply_parse(exchange->body, exchange->body_len, false, &reply) == RH_PARSE_OK;
  rh_verdict verdict = rh_judge_call(exchange, parsed ? &reply : NULL, "cancel", &error);
  if (parsed) rh_reply_clear(&reply);
  bool final = verdict == RH_ACCEPTED || verdict == RH_FATAL || task->cancels >= CANCEL_TRIES;
  if (final) task->cancel_wanted = false;
  if (final && verdict != RH_ACCEPTED)
    rh_log(task->op.ops, RHUB_LOG_WARN, "task %s could not be cancelled: %s", task->task_id,
           error.message);
  /* either way the next query tells how it ended; a failed try is made again before it */
  if (task->phase == RH_PHASE_SLEEP) sleep_for(task, task->client->options.poll_min);
}

void rh_watch_cancel(rh_task *task) {
  rhub_client *client = task->client;
  task->told = false; /* nobody promises to tell of a task that was cancelled */
  if (task->cancelling) return;
  char body[sizeof task->task_id + 20];
  int len = snprintf(body, sizeof body, "{\"taskId\":\"%s\"}", task->task_id);
  size_t full_len;
  char *full = rh_params_with(body, (size_t)len, "apiKey", client->credentials.api_key, &full_len);
  if (!full) return; /* tried again at the next query */
  rh_request request = {
      .kind = RH_REQUEST_CALL,
      .url = "/task/openapi/cancel",
      .body = full,
      .body_len = full_len,
      .timeout = client->options.request_timeout,
      .done = cancel_done,
      .owner = task,
  };
  task->cancels++;
  task->cancelling = rh_transfer_start(client->pool, &request);
  explicit_bzero(full, full_len);
  free(full);
}
