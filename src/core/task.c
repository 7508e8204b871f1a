/* A task's beginning and end: what is checked before anything starts, its state, its result or its
 * error. See task.h for the whole life. */
#include "task.h"

#include "error.h"
#include "params.h"
#include "record.h"
#include "transfer_address.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- lines ----------------------------------------------------------------------------------- */

void rh_line_append(rh_line *line, rh_task *task) {
  task->line = line;
  task->before = line->last;
  task->after = NULL;
  if (line->last)
    line->last->after = task;
  else
    line->first = task;
  line->last = task;
}

void rh_line_prepend(rh_line *line, rh_task *task) {
  task->line = line;
  task->before = NULL;
  task->after = line->first;
  if (line->first)
    line->first->before = task;
  else
    line->last = task;
  line->first = task;
}

void rh_line_remove(rh_task *task) {
  rh_line *line = task->line;
  if (!line) return;
  if (task->before)
    task->before->after = task->after;
  else
    line->first = task->after;
  if (task->after)
    task->after->before = task->before;
  else
    line->last = task->before;
  task->line = NULL;
}

/* ---- state ----------------------------------------------------------------------------------- */

const char *rhub_state_name(rhub_state state) {
  static const char *const names[] = {"",       "waiting", "uploading", "submitting",
                                      "queued", "running", "ended"};
  size_t index = (size_t)state;
  return names[index < sizeof names / sizeof *names ? index : 0];
}

static size_t *counter(rhub_client *client, rhub_state state) {
  switch (state) {
  case RHUB_STATE_WAITING: return &client->stats.waiting;
  case RHUB_STATE_UPLOADING: return &client->stats.uploading;
  case RHUB_STATE_QUEUED:
  case RHUB_STATE_RUNNING: return &client->stats.running;
  default: return NULL; /* submits on the wire are counted by submit.c */
  }
}

static void count_state(rh_task *task, rhub_state state) {
  size_t *from = counter(task->client, task->state), *to = counter(task->client, state);
  if (from) --*from;
  if (to) ++*to;
  task->state = state;
}

void rh_task_state(rh_task *task, rhub_state state) {
  if (task->state == state) return;
  count_state(task, state);
  rh_log(task->op.ops, RHUB_LOG_INFO, "%s %s: %s", task->model, task->task_id,
         rhub_state_name(state));
  rh_op_news(&task->op);
}

/* ---- letting go ------------------------------------------------------------------------------ */

void rh_draft_free(rh_draft *draft) {
  if (!draft) return;
  for (size_t i = 0; i < draft->file_count; i++) {
    if (draft->files[i].upload) rh_upload_cancel(draft->files[i].upload);
    free(draft->files[i].pointer);
    free(draft->files[i].path);
    free(draft->files[i].address);
  }
  free(draft->files);
  rh_answer_free(draft->answer);
  free(draft->unknown);
  free(draft->path);
  free(draft->params);
  free(draft);
}

static void outcome_free(rh_outcome *outcome) {
  if (!outcome) return;
  rh_reply_clear(&outcome->reply);
  free(outcome->raw);
  free(outcome);
}

/* Gives back all that the task holds of the client's. May run twice. */
static void release(rh_task *task) {
  rh_line_remove(task);
  rh_record_unlook(task);
  rh_timer_stop(&task->timer);
  if (task->transfer && task->phase == RH_PHASE_SUBMIT) {
    task->client->stats.submitting--;
    if (rh_transfer_sent(task->transfer)) task->client->stats.submits++;
  }
  rh_transfer_cancel(task->transfer);
  rh_transfer_cancel(task->cancelling);
  task->transfer = task->cancelling = NULL;
  rh_place_give(task);
  rh_draft_free(task->draft);
  task->draft = NULL;
  count_state(task, RHUB_STATE_ENDED);
  task->phase = RH_PHASE_ENDED;
}

static void free_closed(rh_timer *timer) {
  rh_task *task = (rh_task *)((char *)timer - offsetof(rh_task, timer));
  free(task->model);
  free(task);
}

static void task_destroy(rh_op *op) {
  rh_task *task = (rh_task *)op;
  if (task->phase != RH_PHASE_ENDED) rh_record_let_go(task);
  release(task);
  rh_record_free(task);
  outcome_free(task->outcome);
  task->outcome = NULL;
  rh_timer_close(&task->timer, free_closed);
}

/* Also where it is not recorded yet; "" where there is none. */
static const char *id_of(const rh_task *task) {
  return task->draft && task->draft->answer ? task->draft->answer->reply.task_id : task->task_id;
}

/* A submit on the wire is let finish: its id is worth knowing, whoever asked for it. */
static bool task_forget(rh_op *op) {
  rh_task *task = (rh_task *)op;
  if (task->phase == RH_PHASE_SUBMIT && rh_transfer_sent(task->transfer)) {
    rh_line_append(&task->client->orphans, task);
    return false;
  }
  rh_record_let_go(task);
  const char *task_id = id_of(task);
  if (*task_id) {
    rh_log(op->ops, RHUB_LOG_INFO, "task %s (%s) goes on on the server", task_id, task->model);
    rh_money_hold(task, task_id);
  } else if (task->phase == RH_PHASE_UNKNOWN) {
    rh_log(op->ops, RHUB_LOG_WARN, "%s", task->draft->unknown->message);
    rh_money_hold(task, "");
  } else {
    rh_money_release(task);
  }
  return true;
}

/* ---- telling --------------------------------------------------------------------------------- */

static void task_tell(const rh_op *op, rhub_event *event) {
  const rh_task *task = (const rh_task *)op;
  event->state = task->state;
  event->task_id = task->task_id;
  event->job = rh_record_key(task);
  if (task->outcome) event->result = &task->outcome->result;
}

static double task_age(const rh_task *task) {
  return rh_loop_now(task->client->loop) - task->accepted;
}

static void task_peek(const rh_op *op, rhub_info *info) {
  const rh_task *task = (const rh_task *)op;
  info->state = task->state;
  info->task_id = task->task_id;
  info->usual = task->history ? rh_pace_usual(task->history) : 0;
  if (task->phase == RH_PHASE_ENDED)
    info->elapsed = task->ended;
  else if (*task->task_id)
    info->elapsed = task_age(task);
  if (!task->draft) return;
  for (size_t i = 0; i < task->draft->file_count; i++) {
    uint64_t done = 0, total = 0;
    if (task->draft->files[i].upload)
      rh_upload_progress(task->draft->files[i].upload, &done, &total);
    info->done += done;
    info->total += total;
  }
}

static const rh_op_type task_type = {
    .kind = RHUB_KIND_TASK,
    .tell = task_tell,
    .peek = task_peek,
    .forget = task_forget,
    .destroy = task_destroy,
};

/* ---- ending ---------------------------------------------------------------------------------- */

const char *rh_task_not_sent(const rh_task *task) {
  return task->draft->resubmits ? "it was not submitted again" : "nothing was submitted";
}

/* Whatever ends a task whose earlier submit has an unknown outcome: that outcome stays unknown. */
static void stay_unknown(rhub_error *error) {
  rhub_error last = *error;
  rh_fail(error, RHUB_UNKNOWN_OUTCOME,
          "%.700s; the outcome of an earlier submit is unknown: a task may be running and may be "
          "charged",
          last.message);
  error->spent = RHUB_SPENT_MAYBE;
  rh_error_code(error, last.code, last.http_status);
}

void rh_task_end(rh_task *task, const rhub_error *error) {
  rhub_client *client = task->client;
  rhub_error told;
  rh_money_end(task, error);
  if (error && error->spent == RHUB_SPENT_NO && task->draft && task->draft->resubmits) {
    told = *error;
    rh_record_refused(task);
    stay_unknown(&told);
    error = &told;
  }
  if (*task->task_id) task->ended = task_age(task);
  rh_record_end(task, error);
  release(task);
  rh_op_end(&task->op, error);
  rh_submit_pump(client);
}

void rh_task_cancelled(rh_task *task, const char *why) {
  rhub_error error;
  rh_fail(&error, RHUB_CANCELLED, "%s: %s; %s", task->model, why, rh_task_not_sent(task));
  rh_task_end(task, &error);
}

void rh_task_leave(rh_task *task, int leave) {
  rhub_error error;
  if (task->phase == RH_PHASE_ENDED) return;
  if (task->phase == RH_PHASE_UNKNOWN) {
    error = *task->draft->unknown;
    if (leave) rh_task_end(task, &error);
    return;
  }
  if (task->draft && task->draft->answer) { /* its id is being recorded */
    if (leave) rh_task_accepted(task, task->draft->answer->reply.task_id);
  } else if (!*task->task_id) {
    bool on_wire = task->phase == RH_PHASE_SUBMIT && rh_transfer_sent(task->transfer);
    if (!on_wire) {
      rh_task_cancelled(task, "stopped before its turn");
    } else if (leave) {
      rh_fail(&error, RHUB_UNKNOWN_OUTCOME,
              "%s: left while its submit was on the wire: a task may be running and may be charged",
              task->model);
      error.spent = RHUB_SPENT_MAYBE;
      rh_task_end(task, &error);
    }
    return;
  }
  if (!leave) return;
  rh_fail(&error, RHUB_CANCELLED, "task %s (%s) was left running: rhub task %s --wait",
          task->task_id, task->model, task->task_id);
  error.spent = RHUB_SPENT_MAYBE;
  rh_error_task(&error, task->task_id);
  rh_task_end(task, &error);
}

/* "0", "0.00": nothing was charged. */
static bool is_zero(const char *amount) {
  return strspn(amount, "0.") == strlen(amount);
}

/* What was charged, where the reply tells; else what its code says. */
static rhub_spent failure_spent(const rh_reply *reply, const rh_code *known) {
  if ((reply->amount && !is_zero(reply->amount)) || (reply->coins && !is_zero(reply->coins)))
    return RHUB_SPENT_YES;
  if (reply->odd_amount) return RHUB_SPENT_MAYBE;
  if (reply->amount || reply->coins) return RHUB_SPENT_NO;
  return known && known->class_ != RH_CODE_AGAIN ? known->spent : RHUB_SPENT_MAYBE;
}

static void failure(const rh_task *task, const rh_reply *reply, rhub_error *error) {
  bool cancelled = reply->status == RH_TASK_CANCELLED;
  const rh_code *known = rh_code_find(reply->code);
  bool passing = known && known->retryable && known->class_ != RH_CODE_BROKEN;
  const char *said = *reply->reason ? reply->reason : reply->message;
  rh_fail(error, cancelled ? RHUB_CANCELLED : RHUB_FAILED, "task %s (%s) %s%s%s%s%s%s%s",
          task->task_id, task->model, cancelled ? "was cancelled on the server" : "failed",
          *reply->code ? ": " : "", reply->code, known && !cancelled ? " " : "",
          known && !cancelled ? known->meaning : "", *said ? ": " : "", said);
  error->spent = failure_spent(reply, cancelled ? NULL : known);
  error->retryable = passing && !cancelled;
  rh_error_task(error, task->task_id);
  rh_error_code(error, reply->code, 200);
}

/* Takes the reply over. NULL: no memory. */
static rh_outcome *outcome_new(rh_task *task, rh_reply *reply, const char *body, size_t len) {
  rh_outcome *outcome = calloc(1, sizeof *outcome);
  char *raw = malloc(len + 1);
  if (!outcome || !raw) {
    free(outcome);
    free(raw);
    return NULL;
  }
  memcpy(raw, body, len);
  raw[len] = '\0';
  const char *currency = task->client->credentials.currency;
  outcome->reply = *reply;
  memset(reply, 0, sizeof *reply);
  outcome->raw = raw;
  outcome->raw_len = len;
  outcome->result = (rhub_result){
      .task_id = task->task_id,
      .model = *task->model ? task->model : NULL,
      .outputs = outcome->reply.outputs,
      .output_count = outcome->reply.output_count,
      .amount = outcome->reply.amount,
      .currency = outcome->reply.amount && *currency ? currency : NULL,
      .coins = outcome->reply.coins,
      .seconds = round(task_age(task) * 1e3) / 1e3,
      .raw = raw,
      .raw_len = len,
  };
  return outcome;
}

void rh_task_finish(rh_task *task, rh_reply *reply, const char *body, size_t len) {
  rhub_error error;
  rh_money_settle(task, reply);
  if (task->record) task->record->final = true;
  if (reply->status != RH_TASK_SUCCESS) {
    failure(task, reply, &error);
    rh_task_end(task, &error);
    return;
  }
  if (!task->attached && !task->found && task->history)
    rh_pace_learn(task->history, task_age(task));
  task->outcome = outcome_new(task, reply, body, len);
  if (task->outcome) {
    rh_task_end(task, NULL);
    return;
  }
  rh_fail(&error, RHUB_NOMEM,
          "task %s is done, but there is no memory for its result: rhub task %s", task->task_id,
          task->task_id);
  error.spent = RHUB_SPENT_YES;
  rh_error_task(&error, task->task_id);
  rh_task_end(task, &error);
}

bool rh_task_recall(rh_task *task, const char *task_id, const char *body, size_t len,
                    double seconds) {
  rh_reply reply;
  if (rh_reply_parse(body, len, false, &reply) != RH_PARSE_OK) return false;
  bool done =
      reply.status == RH_TASK_SUCCESS || (reply.status == RH_TASK_NONE && reply.has_results);
  if (done) task->outcome = outcome_new(task, &reply, body, len);
  rh_reply_clear(&reply);
  if (!task->outcome) return false;
  task->outcome->result.seconds = seconds;
  task->booked = true; /* when it ended */
  rh_task_accepted(task, task_id);
  rh_task_end(task, NULL);
  return true;
}

/* ---- beginning ------------------------------------------------------------------------------- */

static rhub_status check_endpoint(const char *endpoint, rhub_error *error) {
  const char *s = endpoint ? endpoint : "";
  size_t len = strlen(s);
  bool bad = len == 0 || len > 256 || s[0] == '/' || s[len - 1] == '/' || strstr(s, "//");
  for (const char *p = s; !bad && *p; p++) bad = (unsigned char)*p <= ' ' || strchr("?#\\\x7f", *p);
  for (const char *p = s; !bad && p; p = strchr(p, '/')) {
    p += *p == '/';
    size_t segment = strcspn(p, "/");
    bad = (segment == 1 && p[0] == '.') || (segment == 2 && p[0] == '.' && p[1] == '.');
  }
  if (!bad) return RHUB_OK;
  return rh_fail(error, RHUB_INPUT,
                 "\"%.80s\" is no model: give its path, such as kling-video-o1/image-to-video", s);
}

static rhub_status check_target(const rhub_task_options *o, rhub_error *error) {
  rhub_status status = check_endpoint(o->endpoint, error);
  if (status != RHUB_OK) return status;
  if (o->key != RHUB_KEY_HEADER && o->key != RHUB_KEY_FIELD)
    return rh_fail(error, RHUB_MISUSE, "rhub_submit: a task's key goes in the header or as apiKey");
  if (!o->path || (rh_address_path_ok(o->path) && !strstr(o->path, "{key}"))) return RHUB_OK;
  return rh_fail(error, RHUB_INPUT, "%s: \"%.80s\" is no path that makes tasks: begin it with /",
                 o->endpoint, o->path);
}

static rhub_status check_files(const rhub_task_options *o, rhub_error *error) {
  for (size_t i = 0; i < o->media_count; i++) {
    const rhub_media *media = &o->media[i];
    size_t start, end;
    if (!media->pointer || !media->path)
      return rh_fail(error, RHUB_MISUSE, "rhub_submit: media %zu has no pointer or no path", i);
    if (!rh_params_find(o->params, o->params_len, media->pointer, &start, &end))
      return rh_fail(error, RHUB_INPUT, "media pointer \"%s\" leads to no parameter",
                     media->pointer);
    rhub_status status = rh_upload_check(media->path, error);
    if (status != RHUB_OK) return status;
  }
  return RHUB_OK;
}

static rh_draft *draft_new(rh_task *task, const rhub_task_options *o) {
  rh_draft *draft = calloc(1, sizeof *draft);
  if (!draft) return NULL;
  draft->first_try = -1;
  draft->queued = rh_loop_now(task->client->loop);
  draft->key = o->key;
  draft->node_files = o->node_files;
  draft->path = o->path ? strdup(o->path) : NULL;
  draft->params = malloc(o->params_len + 1);
  draft->files = o->media_count ? calloc(o->media_count, sizeof *draft->files) : NULL;
  if (!draft->params || (o->path && !draft->path) || (o->media_count && !draft->files)) {
    rh_draft_free(draft);
    return NULL;
  }
  memcpy(draft->params, o->params, o->params_len);
  draft->params[o->params_len] = '\0';
  draft->params_len = o->params_len;
  draft->file_count = o->media_count;
  for (size_t i = 0; i < o->media_count; i++) {
    rh_task_file *file = &draft->files[i];
    file->task = task;
    file->pointer = strdup(o->media[i].pointer);
    file->path = strdup(o->media[i].path);
    if (!file->pointer || !file->path) {
      rh_draft_free(draft);
      return NULL;
    }
  }
  return draft;
}

/* A number of seconds as callers give it: 0 the client's, negative none; to negative: none. */
static double limit_of(double given, double clients) {
  double seconds = given == 0 ? clients : given;
  return seconds > 0 && isfinite(seconds) ? seconds : -1;
}

rh_task *rh_task_new(rhub_client *client, const char *model, double timeout) {
  rh_task *task = calloc(1, sizeof *task);
  if (!task) return NULL;
  task->client = client;
  task->reserved = RH_UNRESERVED;
  task->place = -1;
  task->model = strdup(model);
  task->history = *model ? rh_pace_for(client->pace, model) : NULL;
  task->timeout = limit_of(timeout, client->options.timeout);
  if (!task->model) {
    free(task);
    return NULL;
  }
  return task;
}

static void task_fire(rh_timer *timer) {
  rh_task *task = (rh_task *)((char *)timer - offsetof(rh_task, timer));
  if (*task->task_id)
    rh_watch_timer(task);
  else
    rh_submit_timer(task);
}

rhub_status rh_task_open(rh_task *task, rhub_ticket *ticket, rhub_error *error) {
  if (!rh_op_open(&task->client->ops, &task->op, &task_type)) {
    rh_record_free(task);
    rh_draft_free(task->draft);
    free(task->model);
    free(task);
    return rh_fail(error, RHUB_NOMEM, "out of memory");
  }
  rh_timer_init(task->client->loop, &task->timer, task_fire);
  *ticket = task->op.ticket;
  return RHUB_OK;
}

rhub_status rhub_submit(rhub_client *client, const rhub_task_options *options, rhub_ticket *ticket,
                        rhub_error *error) {
  rhub_task_options o = RHUB_TASK_OPTIONS_INIT;
  if (!client || !ticket || !options || options->size > sizeof o)
    return rh_fail(error, RHUB_MISUSE, "rhub_submit: start from RHUB_TASK_OPTIONS_INIT");
  memcpy(&o, options, options->size);
  *ticket = 0;
  int64_t price;
  rhub_status status = check_target(&o, error);
  if (status == RHUB_OK) status = rh_params_check(o.params, o.params_len, error);
  if (status == RHUB_OK) status = check_files(&o, error);
  if (status == RHUB_OK && client->records) status = rh_record_check(&o, error);
  if (status == RHUB_OK) status = rh_money_price(client, &o, &price, error);
  if (status != RHUB_OK) return status;
  if (client->shut)
    return rh_fail(error, RHUB_CANCELLED, "%s: stopping, nothing was submitted", o.endpoint);
  rh_task *task = rh_task_new(client, o.endpoint, o.timeout);
  if (!task) return rh_fail(error, RHUB_NOMEM, "out of memory");
  task->draft = draft_new(task, &o);
  if (!task->draft || (client->records && !rh_record_new(task, &o))) {
    rh_record_free(task);
    rh_draft_free(task->draft);
    free(task->model);
    free(task);
    return rh_fail(error, RHUB_NOMEM, "out of memory");
  }
  task->told = o.told;
  task->draft->unknown_wait = isfinite(o.unknown_wait) ? o.unknown_wait : 0;
  task->draft->price = price;
  task->draft->wait_timeout = limit_of(o.wait_timeout, client->options.wait_timeout);
  status = rh_task_open(task, ticket, error);
  if (status != RHUB_OK) return status;
  if (task->record)
    rh_record_look(task);
  else
    rh_submit_enqueue(task, false);
  return RHUB_OK;
}

bool rh_task_id_ok(const char *id) {
  size_t len =
      id ? strspn(id, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_") : 0;
  return len > 0 && len < sizeof((rh_task *)0)->task_id && !id[len];
}

void rh_task_accepted(rh_task *task, const char *task_id) {
  size_t len = strnlen(task_id, sizeof task->task_id - 1);
  memcpy(task->task_id, task_id, len);
  task->accepted = rh_loop_now(task->client->loop);
  rh_draft_free(task->draft);
  task->draft = NULL;
  if (task->attached) {
    rh_task_state(task, RHUB_STATE_QUEUED);
    rh_watch_start(task);
  }
}

rhub_status rhub_cancel(rhub_client *client, rhub_ticket ticket, rhub_error *error) {
  rh_task *task = (rh_task *)rh_op_find(&client->ops, ticket);
  if (!task || task->op.type != &task_type)
    return rh_fail(error, RHUB_MISUSE, "rhub_cancel: the ticket names no task under way");
  if (task->phase == RH_PHASE_ENDED) return RHUB_OK;
  task->cancel_wanted = true;
  if (*task->task_id)
    rh_watch_cancel(task);
  else if (task->phase == RH_PHASE_UNKNOWN || task->draft->answer)
    return RHUB_OK; /* made as soon as its id is told */
  else if (task->phase != RH_PHASE_SUBMIT || !rh_transfer_sent(task->transfer))
    rh_task_cancelled(task, "cancelled");
  return RHUB_OK;
}
