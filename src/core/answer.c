/* What the answer to a submit leads to: acceptance, a pause and another try, or an end. What may be
 * sent again is decided by retry.c; here it is done. See task.h. */
#include "task.h"

#include "error.h"
#include "record.h"
#include "retry.h"

#include <string.h>

enum {
  UNSENT_TRIES = 4,    /* sends that certainly did not arrive, ... */
  UNSENT_SECONDS = 20, /* ... and how long they may take in all */
  AGAIN_TRIES = 10,    /* "service unavailable" in a row without a wait_timeout */
  RESUBMITS = 2        /* after unknown outcomes, where the caller chose that */
};

static bool is_final(rh_task_status status) {
  return status == RH_TASK_SUCCESS || status == RH_TASK_FAILED || status == RH_TASK_CANCELLED;
}

/* Whether the task has ended, and the reply tells all about it. A legacy one tells a status only.
 */
static bool is_whole(const rh_reply *reply) {
  return is_final(reply->status) && (!reply->legacy || reply->has_results);
}

void rh_submit_accepted(rh_task *task, rh_reply *reply, const char *body, size_t len) {
  char told_id[sizeof task->draft->told_id];
  memcpy(told_id, task->draft->told_id, sizeof told_id);
  rh_place_accepted(task->client);
  rh_task_accepted(task, reply->task_id);
  if (*reply->node_errors)
    rh_log(task->op.ops, RHUB_LOG_WARN, "task %s (%s) runs, but part of its graph will fail: %s",
           task->task_id, task->model, reply->node_errors);
  if (is_whole(reply)) {
    rh_task_finish(task, reply, body, len);
    return;
  }
  rh_task_state(task, reply->status == RH_TASK_RUNNING ? RHUB_STATE_RUNNING : RHUB_STATE_QUEUED);
  if (task->cancel_wanted) rh_watch_cancel(task);
  bool told = strcmp(told_id, task->task_id) == 0;
  if (*told_id && !told) rh_tell_other(task, told_id);
  if (told) task->told = false;
  if (told || is_final(reply->status))
    rh_watch_now(task);
  else
    rh_watch_start(task);
}

static void full(rh_task *task, double retry_after) {
  rhub_client *client = task->client;
  double pause = rh_place_full(task, retry_after);
  rh_log(&client->ops, RHUB_LOG_INFO, "%s: no place free (%s), trying again in %.1f s", task->model,
         task->draft->refusal, pause);
  if (rh_loop_now(client->loop) - client->asked > client->options.busy_first) rh_submit_ask(client);
  rh_submit_enqueue(task, true);
}

/* Others wait as for a place; another model may find a machine. */
static void no_machine(rh_task *task, double retry_after) {
  rhub_client *client = task->client;
  const rhub_options *o = &client->options;
  double pause =
      rh_pause(o->busy_max / 2, o->busy_max, task->draft->pauses++, rh_random(client), retry_after);
  rh_place_full(task, -1);
  rh_log(&client->ops, RHUB_LOG_INFO, "%s: no machine free, trying again in %.1f s", task->model,
         pause);
  rh_submit_pause(task, pause);
  rh_submit_pump(client);
}

static void slower(rh_task *task, double retry_after) {
  double pause = rh_pause(1, 30, task->draft->pauses++, rh_random(task->client), retry_after);
  rh_place_shut(task->client, pause);
  rh_log(task->op.ops, RHUB_LOG_INFO, "%s: too many requests, trying again in %.1f s", task->model,
         pause);
  rh_submit_pause(task, pause);
}

/* Nothing arrived: a few quick tries, then it is the network. */
static void unsent(rh_task *task, rhub_error *error) {
  rh_draft *draft = task->draft;
  double now = rh_loop_now(task->client->loop);
  if (draft->first_try < 0) draft->first_try = now;
  double pause = rh_pause(0.5, 4, draft->tries++, rh_random(task->client), -1);
  if (draft->tries >= UNSENT_TRIES || now + pause - draft->first_try > UNSENT_SECONDS)
    rh_task_end(task, error);
  else
    rh_submit_pause(task, pause);
}

static void again(rh_task *task, const rh_exchange *exchange, rhub_error *error) {
  rh_draft *draft = task->draft;
  const rhub_options *o = &task->client->options;
  if (exchange->wire == RH_WIRE_UNSENT) {
    unsent(task, error);
  } else if (draft->wait_timeout < 0 && draft->agains >= AGAIN_TRIES) {
    rh_task_end(task, error);
  } else {
    draft->agains++;
    rh_submit_pause(task, rh_pause(o->busy_first, o->busy_max, draft->pauses++,
                                   rh_random(task->client), exchange->retry_after));
  }
}

void rh_submit_unknown(rh_task *task, rhub_error *error) {
  rh_draft *draft = task->draft;
  if (task->client->options.on_unknown != RHUB_RESUBMIT || draft->resubmits >= RESUBMITS ||
      task->client->shut || task->cancel_wanted || !rh_money_again(task)) {
    rh_task_end(task, error);
    return;
  }
  rh_record_again(task);
  draft->resubmits++;
  rh_log(task->op.ops, RHUB_LOG_WARN,
         "%s: the outcome of a submit is unknown, submitting again as told (%u of %d)", task->model,
         draft->resubmits, RESUBMITS);
  rh_submit_pause(task, rh_pause(2, 10, draft->resubmits - 1, rh_random(task->client), -1));
}

/* Nobody listens any more: the answer is logged and not acted on. */
static void orphan_answered(rh_task *task, rh_verdict verdict, const rh_reply *reply,
                            const rhub_error *error) {
  bool told = verdict == RH_UNKNOWN && *task->draft->told_id;
  const char *task_id = told ? task->draft->told_id : reply->task_id;
  if (verdict == RH_ACCEPTED || told)
    rh_log(task->op.ops, RHUB_LOG_WARN,
           "%s: task %s was %s after it was let go: rhub task %s --wait", task->model, task_id,
           told ? "told of" : "accepted", task_id);
  else if (error->spent != RHUB_SPENT_NO)
    rh_log(task->op.ops, RHUB_LOG_WARN, "%s", error->message);
  rh_record_left(task, verdict == RH_ACCEPTED || told ? task_id : "", error);
  if (verdict == RH_ACCEPTED && is_whole(reply) && !task->record) /* else it will be asked for */
    rh_money_settle(task, reply);
  else if (verdict == RH_ACCEPTED || told)
    rh_money_hold(task, task_id);
  else
    rh_money_end(task, error);
  rh_task_end(task, NULL);
}

/* What was told while the submit was on the wire, which has not been accepted. True: a submit whose
   outcome is unknown, this one or an earlier one, has made that task. */
static bool was_told(rh_task *task, rh_verdict verdict) {
  rh_draft *draft = task->draft;
  bool unknown = verdict == RH_UNKNOWN;
  if (!*draft->told_id) return false;
  if (unknown || draft->resubmits) {
    rh_tell_found(task, draft->told_id, !unknown);
    return true;
  }
  rh_tell_other(task, draft->told_id);
  draft->told_id[0] = '\0';
  return false;
}

static void act(rh_task *task, rh_verdict verdict, rh_reply *reply, const rh_exchange *exchange,
                rhub_error *error) {
  if (verdict != RH_ACCEPTED && was_told(task, verdict)) return;
  bool sends_again = verdict != RH_ACCEPTED && verdict != RH_UNKNOWN && verdict != RH_FATAL;
  if (sends_again) {
    memcpy(task->draft->refusal, error->code, sizeof task->draft->refusal);
    if (exchange->wire == RH_WIRE_REPLY) { /* it arrived: those that did not are no row any more */
      task->draft->tries = 0;
      task->draft->first_try = -1;
    }
    if (verdict != RH_AGAIN) task->draft->agains = 0;
    rh_record_refused(task);
    if (task->cancel_wanted || task->client->shut) {
      rh_task_cancelled(task, task->cancel_wanted ? "cancelled" : "stopped before its turn");
      return;
    }
  }
  switch (verdict) {
  case RH_ACCEPTED:
    if (rh_record_accepted(task, reply, exchange->body, exchange->body_len))
      rh_submit_accepted(task, reply, exchange->body, exchange->body_len);
    break;
  case RH_FULL: full(task, exchange->retry_after); break;
  case RH_MACHINES: no_machine(task, exchange->retry_after); break;
  case RH_SLOWER: slower(task, exchange->retry_after); break;
  case RH_AGAIN: again(task, exchange, error); break;
  case RH_UNKNOWN:
    if (!rh_tell_wait(task, error)) rh_submit_unknown(task, error);
    break;
  case RH_FATAL: rh_task_end(task, error); break;
  }
}

void rh_submit_done(void *owner, const rh_exchange *exchange) {
  rh_task *task = owner;
  rhub_error error;
  rh_reply reply = {0};
  task->transfer = NULL;
  task->client->stats.submitting--;
  if (exchange->wire != RH_WIRE_UNSENT) task->client->stats.submits++;
  bool parsed = exchange->wire == RH_WIRE_REPLY && exchange->body_len > 0 &&
                rh_reply_parse(exchange->body, exchange->body_len, false, &reply) == RH_PARSE_OK;
  rh_verdict verdict = rh_judge_submit(exchange, parsed ? &reply : NULL, task->model, &error);
  if (task->op.ticket)
    act(task, verdict, &reply, exchange, &error);
  else
    orphan_answered(task, verdict, &reply, &error);
  rh_reply_clear(&reply);
}
