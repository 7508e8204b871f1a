/* The way to acceptance: a place, the uploads, and the one POST that costs money. What may be sent
 * again is decided by retry.c; here it is done, with the pauses. See task.h. */
#include "task.h"

#include "error.h"
#include "params.h"
#include "retry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  UNSENT_TRIES = 4,    /* sends that certainly did not arrive, ... */
  UNSENT_SECONDS = 20, /* ... and how long they may take in all */
  AGAIN_TRIES = 10,    /* "service unavailable" in a row without a wait_timeout */
  RESUBMITS = 2,       /* after unknown outcomes, where the caller chose that */
  ASK_SECONDS = 10     /* the first submit waits no longer than this for the account's limit */
};

/* ---- the account's limit --------------------------------------------------------------------- */

static size_t number_at(const rh_reply *reply, const char *pointer) {
  size_t start, end;
  if (!rh_params_find(reply->data, reply->data_len, pointer, &start, &end)) return 0;
  const char *text = reply->data + start;
  return (size_t)strtoul(text + (*text == '"'), NULL, 10);
}

static void account_told(void *owner, const rh_exchange *exchange) {
  rhub_client *client = owner;
  rh_reply reply;
  client->asking = NULL;
  if (exchange->wire == RH_WIRE_REPLY && exchange->body &&
      rh_reply_parse(exchange->body, exchange->body_len, true, &reply) == RH_PARSE_OK) {
    size_t limit = reply.data ? number_at(&reply, "/concurrentLimit") : 0;
    if (limit) rh_admit_account(&client->admit, limit, number_at(&reply, "/totalCurrentTasks"));
    rh_reply_clear(&reply);
  }
  rh_submit_pump(client);
}

/* Free of charge. Where no answer comes, tasks start all the same: the service's own "full" then
   teaches the limit. */
static void ask_account(rhub_client *client) {
  if (client->admit.option || client->asking) return;
  rh_request request = {
      .kind = RH_REQUEST_CALL,
      .url = "/openapi/v2/queue/status",
      .timeout = ASK_SECONDS,
      .done = account_told,
      .owner = client,
  };
  client->asked = rh_loop_now(client->loop);
  client->asking = rh_transfer_start(client->pool, &request);
}

/* ---- the line -------------------------------------------------------------------------------- */

double rh_submit_patience(const rh_task *task) {
  const rh_draft *draft = task->draft;
  if (draft->wait_timeout < 0) return -1;
  double left = draft->queued + draft->wait_timeout - rh_loop_now(task->client->loop);
  return left > RH_INSTANT ? left : 0;
}

static void end_busy(rh_task *task) {
  rhub_error error;
  const char *code = task->draft->refusal;
  const char *lacking =
      task->phase == RH_PHASE_QUOTE ? "its price was not told" : "no place became free";
  rh_fail(&error, RHUB_BUSY, "%s: %s in %.3g s%s%s%s; %s", task->model, lacking,
          rh_loop_now(task->client->loop) - task->draft->queued, *code ? " (last answer: " : "",
          code, *code ? ")" : "", rh_task_not_sent(task));
  error.retryable = 1;
  rh_error_code(&error, code, 0);
  rh_task_end(task, &error);
}

void rh_submit_enqueue(rh_task *task, bool first) {
  rhub_client *client = task->client;
  task->phase = RH_PHASE_PLACE;
  if (first)
    rh_line_prepend(&client->waiting, task);
  else
    rh_line_append(&client->waiting, task);
  rh_task_state(task, RHUB_STATE_WAITING);
  double left = rh_submit_patience(task);
  if (left >= 0) rh_timer_start(&task->timer, left);
  rh_submit_pump(client);
}

/* Comes back after a pause: to the submit where the task holds a place, to the line otherwise. */
static void pause_submit(rh_task *task, double seconds) {
  double left = rh_submit_patience(task);
  task->phase = RH_PHASE_PAUSE;
  rh_task_state(task, RHUB_STATE_WAITING);
  rh_timer_start(&task->timer, left >= 0 && left < seconds ? left : seconds);
}

/* The budget has no room for it now: it ends in the next step, never in the call that came upon
   it, unless there is room by then. */
static void over_budget(rh_task *task) {
  task->phase = RH_PHASE_PAUSE;
  task->draft->over_budget = true;
  rh_timer_start(&task->timer, 0);
}

static void still_over_budget(rh_task *task) {
  rhub_error error;
  task->draft->over_budget = false;
  if (rh_money_admit(task, &error))
    rh_submit_enqueue(task, true);
  else
    rh_task_end(task, &error);
}

void rh_submit_timer(rh_task *task) {
  if (task->draft->over_budget)
    still_over_budget(task);
  else if (rh_submit_patience(task) == 0)
    end_busy(task);
  else if (task->phase == RH_PHASE_QUOTE)
    rh_quote_timer(task);
  else if (task->phase != RH_PHASE_PAUSE)
    return;
  else if (task->has_place)
    rh_submit_send(task);
  else
    rh_submit_enqueue(task, true);
}

void rh_submit_gate(rh_timer *gate) {
  rh_submit_pump((rhub_client *)((char *)gate - offsetof(rhub_client, gate)));
}

/* ---- uploads --------------------------------------------------------------------------------- */

/* It has a place, and its body is whole. */
static void go(rh_task *task) {
  if (rh_money_unpriced(task))
    rh_quote_start(task);
  else
    rh_submit_send(task);
}

static void file_uploaded(void *owner, const rh_upload_end *end) {
  rh_task_file *file = owner;
  rh_task *task = file->task;
  file->upload = NULL;
  task->draft->uploads_left--;
  if (!end->error) file->address = strdup(end->url);
  if (file->address) {
    if (task->draft->uploads_left == 0) go(task);
    return;
  }
  rhub_error error;
  if (end->error)
    error = *end->error;
  else
    rh_fail(&error, RHUB_NOMEM, "out of memory");
  error.spent = RHUB_SPENT_NO;
  rh_task_end(task, &error);
}

static void start_uploads(rh_task *task) {
  rh_draft *draft = task->draft;
  task->phase = RH_PHASE_UPLOAD;
  rh_task_state(task, RHUB_STATE_UPLOADING);
  for (size_t i = 0; i < draft->file_count; i++) {
    rh_task_file *file = &draft->files[i];
    if (file->address) continue;
    rhub_error error;
    if (rh_upload_start(task->client->uploads, file->path, RHUB_UPLOAD_URL, file_uploaded, file,
                        &file->upload, &error) != RHUB_OK) {
      rh_task_end(task, &error);
      return;
    }
    draft->uploads_left++;
  }
  if (draft->uploads_left == 0) go(task);
}

/* Whether the first in the line may go now. */
static bool has_room(rhub_client *client) {
  bool unknown_limit = !client->admit.option && client->asked < 0;
  if (unknown_limit) ask_account(client);
  if (client->asking && client->stats.submits == 0)
    return false; /* the first waits for the limit */
  double wait = rh_admit_ask(&client->admit, rh_loop_now(client->loop));
  if (wait > 0) rh_timer_start(&client->gate, wait);
  return wait == 0;
}

/* A task that ends as it begins (its file has gone) makes room for the next: that one's turn comes
   in the loop here, or a long line would need a stack as long. */
void rh_submit_pump(rhub_client *client) {
  if (client->pumping) return;
  client->pumping = true;
  while (client->waiting.first && !client->shut && has_room(client)) {
    rh_task *task = client->waiting.first;
    rh_line_remove(task);
    rh_timer_stop(&task->timer);
    if (!rh_money_admit(task, NULL)) {
      over_budget(task);
      continue;
    }
    rh_admit_enter(&client->admit);
    task->has_place = true;
    if (task->draft->file_count)
      start_uploads(task);
    else
      go(task);
  }
  client->pumping = false;
}

/* ---- the submit ------------------------------------------------------------------------------ */

/* Catalogue paths hold brackets; all that is not plainly safe in a path is escaped. */
static void submit_path(const char *prefix, const char *endpoint, char *out) {
  static const char hex[] = "0123456789ABCDEF";
  char *p = out + sprintf(out, "%s", prefix);
  for (const unsigned char *s = (const unsigned char *)endpoint; *s; s++) {
    bool plain = (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || (*s >= '0' && *s <= '9') ||
                 strchr("-._~/", *s);
    if (plain) {
      *p++ = (char)*s;
    } else {
      *p++ = '%';
      *p++ = hex[*s >> 4];
      *p++ = hex[*s & 15];
    }
  }
  *p = '\0';
}

/* The body with the addresses in their places; params itself where there are none. */
static char *submit_body(const rh_draft *draft, size_t *len) {
  size_t count = draft->file_count;
  const char *pointers[count], *addresses[count];
  for (size_t i = 0; i < count; i++) {
    pointers[i] = draft->files[i].pointer;
    addresses[i] = draft->files[i].address;
  }
  return rh_params_place(draft->params, draft->params_len, pointers, addresses, count, len);
}

rh_transfer *rh_submit_post(rh_task *task, const char *prefix, rh_request request) {
  const rh_draft *draft = task->draft;
  size_t len = draft->params_len;
  char *placed = draft->file_count ? submit_body(draft, &len) : NULL;
  char path[strlen(prefix) + 3 * strlen(task->model) + 1];
  submit_path(prefix, task->model, path);
  request.url = path;
  request.body = placed ? placed : draft->params;
  request.body_len = len;
  bool whole = placed || !draft->file_count;
  rh_transfer *transfer = whole ? rh_transfer_start(task->client->pool, &request) : NULL;
  free(placed);
  return transfer;
}

static void submit_done(void *owner, const rh_exchange *exchange);

void rh_submit_send(rh_task *task) {
  rhub_client *client = task->client;
  rhub_error error;
  if (!rh_money_admit(task, &error)) { /* charges since its turn came may have passed the cap */
    rh_task_end(task, &error);
    return;
  }
  rh_request request = {
      .kind = RH_REQUEST_SUBMIT,
      .timeout = client->options.submit_timeout,
      .done = submit_done,
      .owner = task,
  };
  task->transfer = rh_submit_post(task, "/openapi/v2/", request);
  if (!task->transfer) {
    rh_fail(&error, RHUB_NOMEM, "%s: out of memory; nothing was submitted", task->model);
    rh_task_end(task, &error);
    return;
  }
  task->phase = RH_PHASE_SUBMIT;
  client->stats.submitting++;
  rh_task_state(task, RHUB_STATE_SUBMITTING);
}

/* ---- the answer ------------------------------------------------------------------------------ */

static bool is_final(rh_task_status status) {
  return status == RH_TASK_SUCCESS || status == RH_TASK_FAILED || status == RH_TASK_CANCELLED;
}

static void accepted(rh_task *task, rh_reply *reply, const rh_exchange *exchange) {
  rh_admit_accepted(&task->client->admit);
  rh_task_accepted(task, reply->task_id);
  if (is_final(reply->status)) {
    rh_task_finish(task, reply, exchange->body, exchange->body_len);
    return;
  }
  rh_task_state(task, reply->status == RH_TASK_RUNNING ? RHUB_STATE_RUNNING : RHUB_STATE_QUEUED);
  if (task->cancel_wanted) rh_watch_cancel(task);
  rh_watch_start(task);
}

static void full(rh_task *task, double retry_after) {
  rhub_client *client = task->client;
  const rhub_options *o = &client->options;
  double now = rh_loop_now(client->loop);
  double pause =
      rh_pause(o->busy_first, o->busy_max, client->admit.fulls, rh_random(client), retry_after);
  rh_admit_full(&client->admit, now, pause);
  task->has_place = false;
  rh_log(&client->ops, RHUB_LOG_INFO, "%s: no place free (%s), trying again in %.1f s", task->model,
         task->draft->refusal, pause);
  if (now - client->asked > o->busy_first) ask_account(client);
  rh_submit_enqueue(task, true);
}

static void no_machine(rh_task *task, double retry_after) {
  rhub_client *client = task->client;
  const rhub_options *o = &client->options;
  double pause =
      rh_pause(o->busy_max / 2, o->busy_max, task->draft->pauses++, rh_random(client), retry_after);
  rh_admit_leave(&client->admit);
  task->has_place = false;
  rh_log(&client->ops, RHUB_LOG_INFO, "%s: no machine free, trying again in %.1f s", task->model,
         pause);
  pause_submit(task, pause);
  rh_submit_pump(client);
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
    pause_submit(task, pause);
}

static void again(rh_task *task, const rh_exchange *exchange, rhub_error *error) {
  rh_draft *draft = task->draft;
  const rhub_options *o = &task->client->options;
  if (exchange->wire == RH_WIRE_UNSENT) {
    unsent(task, error);
  } else if (draft->wait_timeout < 0 && draft->pauses >= AGAIN_TRIES) {
    rh_task_end(task, error);
  } else {
    pause_submit(task, rh_pause(o->busy_first, o->busy_max, draft->pauses++,
                                rh_random(task->client), exchange->retry_after));
  }
}

static void unknown(rh_task *task, rhub_error *error) {
  rh_draft *draft = task->draft;
  if (task->client->options.on_unknown != RHUB_RESUBMIT || draft->resubmits >= RESUBMITS ||
      task->client->shut || task->cancel_wanted || !rh_money_again(task)) {
    rh_task_end(task, error);
    return;
  }
  draft->resubmits++;
  rh_log(task->op.ops, RHUB_LOG_WARN,
         "%s: the outcome of a submit is unknown, submitting again as told (%u of %d)", task->model,
         draft->resubmits, RESUBMITS);
  pause_submit(task, rh_pause(2, 10, draft->resubmits - 1, rh_random(task->client), -1));
}

/* Nobody listens any more: the answer is logged and not acted on. */
static void orphan_answered(rh_task *task, rh_verdict verdict, const rh_reply *reply,
                            const rhub_error *error) {
  if (verdict != RH_ACCEPTED) {
    if (verdict == RH_UNKNOWN || error->spent != RHUB_SPENT_NO)
      rh_log(task->op.ops, RHUB_LOG_WARN, "%s", error->message);
    rh_money_end(task, error);
  } else {
    rh_log(task->op.ops, RHUB_LOG_WARN,
           "%s: task %s was accepted after it was let go: rhub task %s --wait", task->model,
           reply->task_id, reply->task_id);
    if (is_final(reply->status))
      rh_money_settle(task, reply);
    else
      rh_money_hold(task, reply->task_id);
  }
  rh_task_end(task, NULL);
}

static void act(rh_task *task, rh_verdict verdict, rh_reply *reply, const rh_exchange *exchange,
                rhub_error *error) {
  bool sends_again = verdict != RH_ACCEPTED && verdict != RH_UNKNOWN && verdict != RH_FATAL;
  if (sends_again) {
    memcpy(task->draft->refusal, error->code, sizeof task->draft->refusal);
    if (exchange->wire == RH_WIRE_REPLY) { /* it arrived: those that did not are no row any more */
      task->draft->tries = 0;
      task->draft->first_try = -1;
    }
    if (task->cancel_wanted || task->client->shut) {
      rh_task_cancelled(task, task->cancel_wanted ? "cancelled" : "stopped before its turn");
      return;
    }
  }
  switch (verdict) {
  case RH_ACCEPTED: accepted(task, reply, exchange); break;
  case RH_FULL: full(task, exchange->retry_after); break;
  case RH_MACHINES: no_machine(task, exchange->retry_after); break;
  case RH_SLOWER:
    pause_submit(task, rh_pause(1, 30, task->draft->pauses++, rh_random(task->client),
                                exchange->retry_after));
    break;
  case RH_AGAIN: again(task, exchange, error); break;
  case RH_UNKNOWN: unknown(task, error); break;
  case RH_FATAL: rh_task_end(task, error); break;
  }
}

static void submit_done(void *owner, const rh_exchange *exchange) {
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
