/* What is recorded of a task on its way, and what waits for it. See record.h. */
#include "record.h"

#include "error.h"

#include <stdlib.h>
#include <string.h>

/* ---- notes ----------------------------------------------------------------------------------- */

/* Local files among the parameters: malloc; NULL without memory. */
static char *list_files(const rh_draft *draft) {
  size_t size = 1;
  for (size_t i = 0; i < draft->file_count; i++)
    size += sizeof draft->files[i].sha256 + strlen(draft->files[i].pointer) +
            strlen(draft->files[i].path) + 3;
  char *text = malloc(size), *p = text;
  if (!text) return NULL;
  *p = '\0';
  for (size_t i = 0; i < draft->file_count; i++) {
    const rh_task_file *file = &draft->files[i];
    p = stpcpy(stpcpy(stpcpy(p, file->sha256), "\t"), file->pointer);
    p = stpcpy(stpcpy(stpcpy(p, "\t"), file->path), "\n");
  }
  return text;
}

static bool set_texts(rh_row_of_job *row, const rh_row_text_of *texts, size_t count,
                      const rh_outcome *outcome) {
  return rh_row_of_job_texts(row, texts, count, outcome ? outcome->raw : NULL,
                             outcome ? outcome->raw_len : 0);
}

/* The call as it was made. */
static bool set_call(rh_row_of_job *row, const rh_task *task, const rh_outcome *outcome) {
  const rh_record *r = task->record;
  const rh_draft *draft = task->draft;
  const rh_credentials *credentials = &task->client->credentials;
  char *files = list_files(draft);
  const rh_row_text_of texts[] = {
      {&row->key, r->key},
      {&row->origin, credentials->origin},
      {&row->account, task->client->records->account},
      {&row->endpoint, task->model},
      {&row->path, draft->path},
      {&row->params, draft->params},
      {&row->files, files},
      {&row->identity, r->identity},
      {&row->currency, credentials->currency},
      {&row->token, r->token},
      {&row->save_as, r->save_as},
  };
  row->occurrence = r->occurrence;
  row->created = r->created;
  bool ok = files && set_texts(row, texts, sizeof texts / sizeof *texts, outcome);
  free(files);
  return ok;
}

static bool set_key(rh_row_of_job *row, const rh_record *r, const rh_outcome *outcome) {
  row->id = r->row;
  return set_texts(row, &(rh_row_text_of){&row->key, r->key}, 1, outcome);
}

/* `outcome`: whose reply is recorded; NULL: none. NULL: no memory. */
static rh_note *new_note(const rh_task *task, rh_note_kind kind, rhub_job_state state,
                         const rh_outcome *outcome) {
  rh_note *note = rh_note_new(task->client->records->journal, kind);
  if (!note) return NULL;
  note->row.state = state;
  note->row.reserved = -1;
  bool ok = kind == RH_NOTE_WRITE ? set_call(&note->row, task, outcome)
                                  : set_key(&note->row, task->record, outcome);
  if (ok) return note;
  rh_note_free(note);
  return NULL;
}

static bool set_error(rh_note *note, const rhub_error *error) {
  if (!error) return true;
  note->row.error = malloc(sizeof *error);
  if (note->row.error) *note->row.error = *error;
  return note->row.error != NULL;
}

static void add(const rh_task *task, rh_note *note) {
  rh_journal_add(task->client->records->journal, note);
}

/* Hands it in; `done` is called unless the task is gone by then. */
static void add_and_wait(rh_task *task, rh_note *note, rh_note_done *done) {
  rh_record_forsake(task->record);
  note->done = done;
  note->owner = task;
  task->record->note = note;
  add(task, note);
}

static rh_task *waited(rh_note *note) {
  rh_task *task = note->owner;
  task->record->note = NULL;
  return task;
}

/* What was paid for goes on, recorded or not. */
static void say_unrecorded(const rh_task *task, const char *task_id, const char *why) {
  const char *key = rh_record_key(task);
  rh_log(task->op.ops, RHUB_LOG_WARN, "task %s (%s), job %s, could not be recorded: %s", task_id,
         task->model, *key ? key : "not known", why);
}

static int64_t reserved_of(const rh_task *task) {
  return task->reserved > 0 ? task->reserved : 0;
}

/* ---- the submit ------------------------------------------------------------------------------ */

static void end_unsent(rh_task *task, rhub_status status, const char *why) {
  rhub_error error;
  task->record->silent = true;
  rh_fail(&error, status, "%s: %.800s; %s", task->model, why, rh_task_not_sent(task));
  rh_task_end(task, &error);
}

static void intended(rh_note *note) {
  rh_task *task = waited(note);
  if (!note->failure) {
    task->record->row = note->row.id;
    rh_submit_send(task);
    return;
  }
  task->record->intended = false;
  end_unsent(task, note->failure->status, note->failure->message);
}

bool rh_record_intent(rh_task *task) {
  rh_record *r = task->record;
  if (!r || r->intended) return true;
  rh_note *note = new_note(task, RH_NOTE_WRITE, RHUB_JOB_INTENT, NULL);
  if (!note) {
    end_unsent(task, RHUB_NOMEM, "out of memory");
    return false;
  }
  note->aside = r->aside;
  note->instead = (r->recorded || r->written) && !r->aside;
  note->row.reserved = reserved_of(task);
  note->row.submitted = rh_wall_ms();
  r->aside = false;
  r->intended = r->written = true;
  r->row = 0;
  task->phase = RH_PHASE_RECORD;
  add_and_wait(task, note, intended);
  return false;
}

/* It is of the row that was set aside last, and that one is the job again. */
static void take_back(rh_record *r, rh_note *note) {
  note->back = true;
  note->row.id = r->row = 0;
}

/* Its submit has made no task. Nobody waits for that: as long as it is not recorded, the job would
   be taken for unknown. */
static void note_refused(rh_task *task, const rhub_error *why) {
  rh_record *r = task->record;
  bool unknown = task->draft && task->draft->resubmits;
  r->intended = false;
  rhub_job_state ended = why->status == RHUB_CANCELLED ? RHUB_JOB_CANCELLED : RHUB_JOB_FAILED;
  rh_note *note = new_note(task, RH_NOTE_CHANGE, unknown ? RHUB_JOB_UNKNOWN : ended, NULL);
  if (!note) return;
  if (unknown) take_back(r, note);
  note->row.reserved = unknown ? -1 : 0;
  r->aside = r->aside || unknown;
  if (set_error(note, why))
    add(task, note);
  else
    rh_note_free(note);
}

void rh_record_refused(rh_task *task) {
  rh_record *r = task->record;
  rhub_error error;
  if (!r || !r->intended) return;
  bool again = task->draft->resubmits > 0;
  rh_fail(&error, again ? RHUB_UNKNOWN_OUTCOME : RHUB_BUSY,
          "%s: it was about to be submitted again", task->model);
  error.spent = again ? RHUB_SPENT_MAYBE : RHUB_SPENT_NO;
  error.retryable = !again;
  note_refused(task, &error);
}

void rh_record_again(rh_task *task) {
  rh_record *r = task->record;
  if (!r) return;
  r->intended = false;
  r->aside = true;
}

/* ---- acceptance ------------------------------------------------------------------------------ */

void rh_answer_free(rh_answer *answer) {
  if (!answer) return;
  rh_reply_clear(&answer->reply);
  free(answer);
}

static void id_recorded(rh_note *note) {
  rh_task *task = waited(note);
  rh_answer *answer = task->draft->answer;
  task->draft->answer = NULL;
  if (note->failure) say_unrecorded(task, answer->reply.task_id, note->failure->message);
  rh_record_share(task->record);
  rh_submit_accepted(task, &answer->reply, answer->body, answer->body_len);
  rh_answer_free(answer);
}

static rh_answer *keep_answer(rh_reply *reply, const char *body, size_t len) {
  rh_answer *answer = malloc(sizeof *answer + len + 1);
  if (!answer) return NULL;
  memcpy(answer->body, body, len);
  answer->body[len] = '\0';
  answer->body_len = len;
  answer->reply = *reply;
  memset(reply, 0, sizeof *reply);
  return answer;
}

static void set_id(rh_row_of_job *row, const char *task_id) {
  size_t len = strnlen(task_id, sizeof row->task_id - 1);
  memcpy(row->task_id, task_id, len);
}

static rh_note *id_note(rh_task *task, const char *task_id) {
  rh_note *note = new_note(task, RH_NOTE_CHANGE, RHUB_JOB_RUNNING, NULL);
  if (!note) return NULL;
  set_id(&note->row, task_id);
  note->row.reserved = reserved_of(task);
  note->row.accepted = rh_wall_ms();
  return note;
}

bool rh_record_accepted(rh_task *task, rh_reply *reply, const char *body, size_t len) {
  if (!task->record) return true;
  rh_note *note = id_note(task, reply->task_id);
  rh_answer *answer = note ? keep_answer(reply, body, len) : NULL;
  if (!answer) {
    rh_note_free(note);
    say_unrecorded(task, reply->task_id, "out of memory");
    return true;
  }
  task->draft->answer = answer;
  task->phase = RH_PHASE_RECORD;
  add_and_wait(task, note, id_recorded);
  return false;
}

void rh_record_found(rh_task *task, bool of_earlier) {
  rh_record *r = task->record;
  if (!r) return;
  rh_record_forsake(r); /* an intent that is no longer needed */
  rh_note *note = id_note(task, task->task_id);
  if (!note) {
    say_unrecorded(task, task->task_id, "out of memory");
    return;
  }
  if (of_earlier && !r->aside) take_back(r, note);
  r->aside = false;
  r->intended = r->written = true; /* the row of an earlier run's submit, maybe */
  add(task, note);
  rh_record_share(r);
}

/* ---- the end --------------------------------------------------------------------------------- */

void rh_record_settled(rh_task *task, int64_t charged, bool unconfirmed, const char *coins) {
  rh_record *r = task->record;
  if (!r) return;
  r->kept = 0;
  r->charged = charged;
  r->unconfirmed = unconfirmed;
  if (coins) memccpy(r->coins, coins, '\0', sizeof r->coins - 1);
}

void rh_record_held(rh_task *task, int64_t reserved) {
  if (task->record) task->record->kept = reserved > 0 ? reserved : 0;
}

/* RUNNING: it goes on on the server, whatever ended here. */
static rhub_job_state state_of(const rh_task *task, const rhub_error *error) {
  bool bad_id = task->attached && strcmp(error ? error->code : "", "1007") == 0;
  if (!error) return RHUB_JOB_DONE;
  if (error->status == RHUB_UNKNOWN_OUTCOME) return RHUB_JOB_UNKNOWN;
  if (*task->task_id && error->status == RHUB_NOMEM) return RHUB_JOB_RUNNING;
  if (*task->task_id && !task->record->final) {
    if (*task->record->other) return RHUB_JOB_RUNNING;
    if (error->status == RHUB_GONE) return RHUB_JOB_FAILED;
    return bad_id ? RHUB_JOB_UNKNOWN : RHUB_JOB_RUNNING;
  }
  return error->status == RHUB_CANCELLED ? RHUB_JOB_CANCELLED : RHUB_JOB_FAILED;
}

static void set_books(rh_note *note, const rhub_client *client) {
  const rh_budget *b = &client->budget;
  note->currency = client->credentials.currency;
  note->books =
      (rh_books){true, b->spent, b->unconfirmed, (int64_t)b->charged, (int64_t)b->untold, ""};
  memcpy(note->books.coins, b->coins, sizeof note->books.coins);
}

/* How it ends as a note; NULL: no memory. */
static rh_note *end_note(rh_task *task, rhub_job_state state, const rhub_error *error) {
  const rh_record *r = task->record;
  rh_note *note = new_note(task, r->written ? RH_NOTE_CHANGE : RH_NOTE_WRITE, state, task->outcome);
  if (!note) return NULL;
  note->instead = r->recorded;
  if (r->was && state == RHUB_JOB_UNKNOWN) note->row.state = r->was;
  note->by_id = r->by_id;
  memcpy(note->task, task->task_id, sizeof note->task);
  /* another account is told nothing of it, not even that there is such a task */
  if (r->by_id && !r->final) note->row.account = task->client->records->account;
  if (state != RHUB_JOB_UNKNOWN) set_id(&note->row, task->task_id);
  note->row.reserved = r->aside ? -1 : r->kept;
  note->row.charged = r->charged;
  note->row.unconfirmed = r->unconfirmed;
  memcpy(note->row.coins, r->coins, sizeof r->coins);
  note->row.ended = rh_wall_ms();
  set_books(note, task->client);
  if (set_error(note, error)) return note;
  rh_note_free(note);
  return NULL;
}

static void end_recorded(rh_note *note) {
  rh_task *task = waited(note);
  rh_record *r = task->record;
  if (r->by_id && !r->key && note->row.key) /* now it is known which job it is */
    r->key = strdup(note->row.key);
  if (note->failure)
    say_unrecorded(task, *task->task_id ? task->task_id : "that has no id", note->failure->message);
  rh_op_release(&task->op);
  rh_record_done_with(task->record);
}

/* Whether its end changes what is recorded. */
static bool is_told(const rh_record *r, rhub_job_state state) {
  if (r->silent || !(r->active || r->by_id) || state == RHUB_JOB_RUNNING) return false;
  /* it was to be submitted again, and was not: what is recorded is of the submit before */
  return !r->aside || (r->written && state == RHUB_JOB_UNKNOWN);
}

void rh_record_end(rh_task *task, const rhub_error *error) {
  rh_record *r = task->record;
  if (!r) return;
  rhub_job_state state = state_of(task, error);
  rh_note *note = is_told(r, state) ? end_note(task, state, error) : NULL;
  if (!note) {
    rh_record_forsake(r);
    rh_record_done_with(r);
    return;
  }
  r->silent = true;
  if (!task->op.ticket) { /* it is freed as it ends */
    rh_record_forsake(r);
    add(task, note);
    return;
  }
  rh_op_hold(&task->op);
  add_and_wait(task, note, end_recorded);
}

/* ---- letting go ------------------------------------------------------------------------------ */

void rh_record_left(rh_task *task, const char *task_id, const rhub_error *error) {
  rh_record *r = task->record;
  if (!r || r->silent || !r->active || !r->intended) return;
  r->silent = true;
  if (!*task_id && (!error || error->spent == RHUB_SPENT_NO)) {
    rhub_error none;
    rh_fail(&none, RHUB_CANCELLED, "%s: it was let go before it was submitted", task->model);
    note_refused(task, error ? error : &none);
    return;
  }
  bool unknown = error && error->status == RHUB_UNKNOWN_OUTCOME;
  rh_note *note =
      *task_id ? id_note(task, task_id)
               : new_note(task, RH_NOTE_CHANGE, unknown ? RHUB_JOB_UNKNOWN : RHUB_JOB_FAILED, NULL);
  if (note && (*task_id || set_error(note, error)))
    add(task, note);
  else
    rh_note_free(note);
}

void rh_record_let_go(rh_task *task) {
  const rh_draft *draft = task->draft;
  bool sent = task->phase == RH_PHASE_SUBMIT && rh_transfer_sent(task->transfer);
  rhub_error error;
  if (!task->record || !draft) return; /* an accepted one is recorded */
  if (draft->answer) return;           /* its id is on its way to the disk */
  if (task->phase == RH_PHASE_UNKNOWN) {
    rh_record_left(task, "", draft->unknown);
  } else if (sent) {
    rh_fail(&error, RHUB_UNKNOWN_OUTCOME,
            "%s: left while its submit was on the wire: a task may be running and may be charged",
            task->model);
    error.spent = RHUB_SPENT_MAYBE;
    rh_record_left(task, "", &error);
  } else {
    rh_record_left(task, "", NULL);
  }
}
