/* The journal for people and programs: a cursor over its jobs, resolving unknown ones, noting saved
 * files, and what a program keeps of its own. */
#include "error.h"
#include "record.h"
#include "reply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 16 };

struct rhub_jobs {
  rh_store *store;
  rhub_job_state state; /* 0: all */
  int64_t last;         /* the id of the last one read */
  rh_row_of_job page[PAGE];
  size_t count, next;
  rh_row_of_job found; /* by its key */
  char *kept;          /* what is kept of the caller's */
  bool at_work;        /* somebody worked it when it was opened */
  rhub_error lost;     /* of an intent that nobody is at any more */
  bool no_memory;
  char reserved[RH_DECIMAL_MAX], charged[RH_DECIMAL_MAX]; /* of the one that is lent out */
};

static rhub_status out_of_memory(rhub_error *error) {
  return rh_fail(error, RHUB_NOMEM, "out of memory");
}

/* ---- the cursor ------------------------------------------------------------------------------ */

rhub_status rhub_jobs_open(const char *path, rhub_job_state state, rhub_jobs **out,
                           rhub_error *error) {
  if (!path || !out) return rh_fail(error, RHUB_MISUSE, "rhub_jobs_open: a NULL argument");
  *out = NULL;
  rhub_jobs *jobs = calloc(1, sizeof *jobs);
  if (!jobs) return out_of_memory(error);
  jobs->state = state;
  rhub_status status = rh_store_read(path, &rh_journal_plan, &jobs->store, error);
  jobs->at_work = rh_journal_at_work(path);
  rh_fail(&jobs->lost, RHUB_UNKNOWN_OUTCOME, RH_JOB_LOST);
  jobs->lost.spent = RHUB_SPENT_MAYBE;
  if (status == RHUB_OK)
    *out = jobs;
  else
    free(jobs);
  return status;
}

static void clear_page(rhub_jobs *jobs) {
  for (size_t i = 0; i < jobs->count; i++) rh_row_of_job_clear(&jobs->page[i]);
  jobs->count = jobs->next = 0;
}

void rhub_jobs_close(rhub_jobs *jobs) {
  if (!jobs) return;
  clear_page(jobs);
  rh_row_of_job_clear(&jobs->found);
  free(jobs->kept);
  rh_store_close(jobs->store);
  free(jobs);
}

static void take(void *owner, rh_row *row) {
  rhub_jobs *jobs = owner;
  if (jobs->no_memory || jobs->count == PAGE) return;
  jobs->no_memory = !rh_row_of_job_take(&jobs->page[jobs->count], row);
  if (!jobs->no_memory) jobs->last = jobs->page[jobs->count++].id;
}

/* Intents that nobody is at count as unknown: who opens the journal next makes them so. */
static const char *recorded_as(const rhub_jobs *jobs) {
  bool lost = !jobs->at_work && jobs->state == RHUB_JOB_UNKNOWN;
  return rhub_job_state_name(lost ? RHUB_JOB_INTENT : jobs->state);
}

/* A page at a time, so that no reading transaction keeps the log from being emptied. */
static rhub_status read_page(rhub_jobs *jobs, rhub_error *error) {
  static const char *const all =
      "SELECT " RH_JOB_COLUMNS " FROM jobs WHERE id > ?1 ORDER BY id LIMIT ?2";
  static const char *const done =
      "SELECT " RH_JOB_COLUMNS " FROM jobs WHERE id > ?1 AND state = ?3 ORDER BY id LIMIT ?2";
  static const char *const open = /* by the index */
      "SELECT " RH_JOB_COLUMNS " FROM jobs WHERE open AND id > ?1 AND state IN (?3, ?4)"
      " ORDER BY id LIMIT ?2";
  const rh_value values[] = {RH_INTEGER(jobs->last), RH_INTEGER(PAGE),
                             RH_TEXT(rhub_job_state_name(jobs->state)), RH_TEXT(recorded_as(jobs))};
  clear_page(jobs);
  if (!jobs->store || (jobs->state == RHUB_JOB_INTENT && !jobs->at_work)) return RHUB_OK;
  jobs->no_memory = false;
  const char *sql = !jobs->state ? all : jobs->state == RHUB_JOB_DONE ? done : open;
  size_t count = !jobs->state ? 2 : jobs->state == RHUB_JOB_DONE ? 3 : 4;
  rhub_status status = rh_store_run(jobs->store, sql, values, count, take, jobs, error);
  return status == RHUB_OK && jobs->no_memory ? out_of_memory(error) : status;
}

/* Read only where no file tells that there were some. */
static bool made_nothing(const rh_row_of_job *row) {
  rh_reply reply;
  if (row->state != RHUB_JOB_DONE || (row->saved && *row->saved) || !row->raw) return false;
  if (rh_reply_parse(row->raw, row->raw_len, false, &reply) != RH_PARSE_OK) return false;
  bool nothing = reply.output_count == 0 && (reply.has_results || reply.status == RH_TASK_SUCCESS);
  rh_reply_clear(&reply);
  return nothing;
}

static void tell(rhub_jobs *jobs, const rh_row_of_job *row, rhub_job *job) {
  bool lost = row->state == RHUB_JOB_INTENT && !jobs->at_work;
  rh_decimal_text(row->reserved > 0 ? row->reserved : 0, jobs->reserved);
  rh_decimal_text(row->charged > 0 ? row->charged : 0, jobs->charged);
  *job = (rhub_job){
      .key = row->key,
      .state = lost ? RHUB_JOB_UNKNOWN : row->state,
      .endpoint = row->endpoint,
      .path = row->path,
      .params = row->params,
      .files = row->files,
      .identity = row->identity,
      .occurrence = (uint64_t)row->occurrence,
      .origin = row->origin,
      .account = row->account,
      .task_id = row->task_id,
      .reserved = jobs->reserved,
      .charged = jobs->charged,
      .unconfirmed = row->unconfirmed,
      .currency = row->currency,
      .coins = row->coins,
      .created = (double)row->created / 1e3,
      .submitted = (double)row->submitted / 1e3,
      .accepted = (double)row->accepted / 1e3,
      .ended = (double)row->ended / 1e3,
      .raw = row->raw ? row->raw : "",
      .raw_len = row->raw_len,
      .made_nothing = made_nothing(row),
      .error = lost ? &jobs->lost : row->error,
      .saved = row->saved,
      .token = row->token,
      .save_as = row->save_as,
  };
}

int rhub_jobs_next(rhub_jobs *jobs, rhub_job *job, rhub_error *error) {
  if (jobs->next == jobs->count && read_page(jobs, error) != RHUB_OK) return -1;
  if (jobs->count == 0) return 0;
  tell(jobs, &jobs->page[jobs->next++], job);
  return 1;
}

static void take_found(void *owner, rh_row *row) {
  rhub_jobs *jobs = owner;
  jobs->no_memory = !rh_row_of_job_take(&jobs->found, row);
}

int rhub_jobs_find(rhub_jobs *jobs, const char *key, rhub_job *job, rhub_error *error) {
  if (!jobs || !key || !job) {
    rh_fail(error, RHUB_MISUSE, "rhub_jobs_find: a NULL argument");
    return -1;
  }
  rh_row_of_job_clear(&jobs->found);
  jobs->no_memory = false;
  if (!jobs->store) return 0;
  if (rh_store_run(jobs->store, "SELECT " RH_JOB_COLUMNS " FROM jobs" RH_OF_KEY, &RH_TEXT(key), 1,
                   take_found, jobs, error) != RHUB_OK)
    return -1;
  if (jobs->no_memory) {
    out_of_memory(error);
    return -1;
  }
  if (!jobs->found.id) return 0;
  tell(jobs, &jobs->found, job);
  return 1;
}

static void take_kept(void *owner, rh_row *row) {
  rhub_jobs *jobs = owner;
  jobs->kept = strdup(rh_row_text(row, 0));
  jobs->no_memory = !jobs->kept;
}

int rhub_jobs_kept(rhub_jobs *jobs, const char *name, const char **text, rhub_error *error) {
  if (!jobs || !name || !text) {
    rh_fail(error, RHUB_MISUSE, "rhub_jobs_kept: a NULL argument");
    return -1;
  }
  free(jobs->kept);
  *text = jobs->kept = NULL;
  jobs->no_memory = false;
  if (!jobs->store) return 0;
  if (rh_store_run(jobs->store, "SELECT text FROM kept WHERE key = ?1", &RH_TEXT(name), 1,
                   take_kept, jobs, error) != RHUB_OK)
    return -1;
  if (jobs->no_memory) {
    out_of_memory(error);
    return -1;
  }
  *text = jobs->kept;
  return jobs->kept != NULL;
}

/* ---- resolving ------------------------------------------------------------------------------- */

static rhub_status no_journal(rhub_error *error) {
  return rh_fail(error, RHUB_INPUT, "this client keeps no journal: open it with one");
}

/* Whether there is something to be said about it. */
static rhub_status check(rhub_client *client, const char *key, rhub_resolve what,
                         rh_row_of_job *row, rhub_error *error) {
  if (rh_record_worker(client, key))
    return rh_fail(error, RHUB_INPUT, "job %.200s is at work: wait for its end", key);
  rhub_status status = rh_journal_look(client->records->journal, key, row, error);
  if (status == RHUB_OK && !row->state) /* it was to be submitted again, and was not yet */
    status = rh_journal_take_back(client->records->journal, key, row, error);
  if (status != RHUB_OK) return status;
  if (!row->state) return rh_fail(error, RHUB_INPUT, "there is no job %.200s in the journal", key);
  if (row->state == RHUB_JOB_UNKNOWN || row->state == RHUB_JOB_INTENT) return RHUB_OK;
  if (row->state == RHUB_JOB_RESUBMITTED && what != RHUB_RESOLVE_RESUBMIT) return RHUB_OK;
  bool aside = strchr(key, '#') != NULL; /* it is submitted under the key before that */
  if (row->state == RHUB_JOB_DROPPED &&
      (what == RHUB_RESOLVE_ID || (what == RHUB_RESOLVE_RESUBMIT && !aside)))
    return RHUB_OK;
  return rh_fail(error, RHUB_INPUT, "job %.200s is %s, not unknown: there is nothing to resolve",
                 key, rhub_job_state_name(row->state));
}

/* What is held for it without an id goes where it belongs now. */
static void move_money(rhub_client *client, const rh_row_of_job *row, rhub_resolve what,
                       const char *task_id) {
  rh_budget *budget = &client->budget;
  if (strcmp(row->currency, client->credentials.currency) != 0) return;
  int64_t held = row->reserved > 0 ? row->reserved : RH_UNRESERVED;
  bool dropped = row->state == RHUB_JOB_DROPPED; /* nothing is held for it any more */
  int64_t reservation = dropped ? RH_UNRESERVED : rh_budget_take_back(budget, held);
  if (what == RHUB_RESOLVE_ID)
    rh_budget_hold(budget, reservation, row->endpoint, task_id);
  else
    rh_budget_release(budget, reservation);
  if (what == RHUB_RESOLVE_RESUBMIT && !dropped) /* it counts still, though for nothing */
    rh_budget_hold(budget, RH_UNRESERVED, row->endpoint, "");
}

rhub_status rhub_job_resolve(rhub_client *client, const char *key, rhub_resolve what,
                             const char *task_id, rhub_error *error) {
  static const rhub_job_state states[] = {
      [RHUB_RESOLVE_ID] = RHUB_JOB_RUNNING, [RHUB_RESOLVE_DROP] = RHUB_JOB_DROPPED};
  if (!client || !key || what < RHUB_RESOLVE_ID || what > RHUB_RESOLVE_DROP)
    return rh_fail(error, RHUB_MISUSE, "rhub_job_resolve: no client, no key, or no such way");
  if (what != RHUB_RESOLVE_ID) task_id = "";
  if (what == RHUB_RESOLVE_ID && !rh_task_id_ok(task_id))
    return rh_fail(error, RHUB_INPUT,
                   "\"%.80s\" is no task id: give the number that the site shows",
                   task_id ? task_id : "");
  if (!client->records) return no_journal(error);
  rh_row_of_job row = {0};
  rhub_status status = check(client, key, what, &row, error);
  if (status == RHUB_OK)
    status = rh_journal_resolve(client->records->journal, key, states[what], task_id, error);
  if (status == RHUB_OK) move_money(client, &row, what, task_id);
  rh_row_of_job_clear(&row);
  return status;
}

/* ---- saved files ----------------------------------------------------------------------------- */

static void noted(rh_note *note) {
  rhub_client *client = note->owner;
  if (!note->failure) return;
  rh_log(&client->ops, RHUB_LOG_WARN, "job %s: that %s was saved could not be recorded: %s",
         note->row.key, note->row.path ? note->row.path : "nothing", note->failure->message);
}

static bool is_digest(const char *text) {
  return strlen(text) == 64 && strspn(text, "0123456789abcdef") == 64;
}

rhub_status rhub_job_saved(rhub_client *client, const char *key, const char *path,
                           const char *sha256, rhub_error *error) {
  if (!client || !key) return rh_fail(error, RHUB_MISUSE, "rhub_job_saved: a NULL argument");
  if (!client->records) return no_journal(error);
  if (path && (!*path || strchr(path, '\n')))
    return rh_fail(error, RHUB_INPUT,
                   "\"%.200s\" is no path that can be noted: it holds a line's end", path);
  if (sha256 && !is_digest(sha256))
    return rh_fail(error, RHUB_INPUT, "\"%.80s\" is no SHA-256: give its 64 digits in lower case",
                   sha256);
  rh_note *note = rh_note_new(client->records->journal, RH_NOTE_SAVED);
  if (!note) return out_of_memory(error);
  const rh_row_text_of texts[] = {
      {&note->row.key, key}, {&note->row.path, path}, {&note->row.files, sha256}};
  if (!rh_row_of_job_texts(&note->row, texts, sizeof texts / sizeof *texts, NULL, 0)) {
    rh_note_free(note);
    return out_of_memory(error);
  }
  note->done = noted;
  note->owner = client;
  rh_journal_add(client->records->journal, note);
  return RHUB_OK;
}

/* ---- what a program keeps ----------------------------------------------------------------------
 */

static void kept(rh_note *note) {
  rhub_client *client = note->owner;
  if (!note->failure) return;
  rh_log(&client->ops, RHUB_LOG_WARN, "%s could not be kept in the journal: %s", note->row.key,
         note->failure->message);
}

rhub_status rhub_keep(rhub_client *client, const char *name, const char *text, rhub_error *error) {
  if (!client || !name || !text) return rh_fail(error, RHUB_MISUSE, "rhub_keep: a NULL argument");
  if (!client->records) return no_journal(error);
  rh_note *note = rh_note_new(client->records->journal, RH_NOTE_KEEP);
  if (!note) return out_of_memory(error);
  const rh_row_text_of texts[] = {{&note->row.key, name}, {&note->row.save_as, text}};
  if (!rh_row_of_job_texts(&note->row, texts, sizeof texts / sizeof *texts, NULL, 0)) {
    rh_note_free(note);
    return out_of_memory(error);
  }
  note->done = kept;
  note->owner = client;
  rh_journal_add(client->records->journal, note);
  return RHUB_OK;
}
