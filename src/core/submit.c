/* The way to acceptance: a place and the uploads; then post.c sends, and answer.c acts on the
 * reply. See task.h. */
#include "task.h"

#include "error.h"
#include "params.h"
#include "record.h"

#include <stdlib.h>
#include <string.h>

enum { ASK_SECONDS = 10 }; /* the first submit waits no longer than this for the account's limit */

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
    if (limit) rh_client_told(client, limit, number_at(&reply, "/totalCurrentTasks"));
    rh_reply_clear(&reply);
  }
  rh_submit_pump(client);
}

/* Free of charge. Where no answer comes, tasks start all the same: the service's own "full" then
   teaches the limit. */
void rh_submit_ask(rhub_client *client) {
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
  const char *lacking = "no place became free";
  if (task->phase == RH_PHASE_QUOTE) lacking = "its price was not told";
  if (task->phase == RH_PHASE_LOOK)
    lacking = *rh_record_key(task) ? "another task of its job was not accepted"
                                   : "its files were not read";
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

void rh_submit_pause(rh_task *task, double seconds) {
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
  if (task->phase == RH_PHASE_UNKNOWN)
    rh_tell_timer(task);
  else if (task->draft->over_budget)
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
  const char *address = task->draft->node_files ? end->file_name : end->url;
  if (!end->error) file->address = strdup(address);
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
  rhub_upload_kind kind = draft->node_files ? RHUB_UPLOAD_NODE : RHUB_UPLOAD_URL;
  task->phase = RH_PHASE_UPLOAD;
  rh_task_state(task, RHUB_STATE_UPLOADING);
  for (size_t i = 0; i < draft->file_count; i++) {
    rh_task_file *file = &draft->files[i];
    if (file->address) continue;
    rhub_error error;
    if (rh_upload_start(task->client->uploads, file->path, kind, NULL, file_uploaded, file,
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
  if (unknown_limit) rh_submit_ask(client);
  if (client->asking && client->stats.submits == 0)
    return false; /* the first waits for the limit */
  double wait =
      rh_admit_ask(&client->admit, &rh_client_limits(client)->capacity, rh_loop_now(client->loop));
  if (wait > 0) rh_place_wait(client, wait);
  return wait == 0;
}

/* A task that ends as it begins (its file has gone) makes room for the next: that one's turn comes
   in the loop here, or a long line would need a stack as long. */
void rh_submit_pump(rhub_client *client) {
  if (client->pumping) return;
  client->pumping = true;
  while (client->waiting.first && !client->shut && has_room(client)) {
    rh_task *task = client->waiting.first;
    if (!rh_place_may_start(client) || !rh_place_take(task)) break;
    rh_line_remove(task);
    rh_timer_stop(&task->timer);
    if (!rh_money_admit(task, NULL)) {
      rh_place_give(task);
      over_budget(task);
      continue;
    }
    rh_rate_use(&client->starts);
    rh_admit_enter(&client->admit);
    task->has_place = true;
    if (task->draft->file_count)
      start_uploads(task);
    else
      go(task);
  }
  client->pumping = false;
  rh_place_sated(client);
}
