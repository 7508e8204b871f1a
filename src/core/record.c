/* A task's key, and what is done by what the journal holds under it. See record.h. */
#include "record.h"

#include "error.h"
#include "hash.h"
#include "params.h"
#include "upload_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LONGEST_KEY = 200 };

int64_t rh_wall_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- the client's part ----------------------------------------------------------------------- */

static bool name_account(const char *api_key, char *out) {
  static const char salt[] = "rhub journal\n";
  char text[sizeof salt + strlen(api_key)];
  rh_digest digest;
  stpcpy(stpcpy(text, salt), api_key);
  bool ok = rh_digest_of(text, strlen(text), &digest);
  explicit_bzero(text, sizeof text);
  if (ok) rh_digest_hex(&digest, 32, out);
  return ok;
}

rhub_status rh_records_open(rhub_client *client, const char *path, rhub_error *error) {
  if (!*path)
    return rh_fail(error, RHUB_INPUT, "journal \"\" is no path: give one, or none at all");
  rh_records *records = calloc(1, sizeof *records);
  client->records = records;
  if (records) records->path = strdup(path);
  if (!records || !records->path || !name_account(client->credentials.api_key, records->account))
    return rh_fail(error, RHUB_NOMEM, "out of memory");
  rh_service service = {
      .currency = client->credentials.currency,
      .origin = client->credentials.origin,
      .sandbox = client->credentials.sealed,
      .account = records->account,
      .key_hint = client->key_hint,
  };
  records->service = rh_service_name(&service);
  rhub_status status =
      rh_journal_open(client->loop, records->path, &service, &records->journal, error);
  if (status != RHUB_OK) return status;
  client->credentials.currency = service.currency;
  return rh_journal_books(records->journal, client->credentials.currency, &client->budget, error);
}

void rh_records_stop(rhub_client *client) {
  if (client->records) rh_journal_stop(client->records->journal);
}

void rh_records_free(rh_records *records) {
  if (!records) return;
  rh_journal_free(records->journal);
  rh_counts_clear(&records->counts);
  free(records->path);
  free(records);
}

/* ---- those at work --------------------------------------------------------------------------- */

static rh_record **bucket(rh_records *records, const char *key) {
  return &records->active[rh_hash(key) % RH_RECORD_BUCKETS];
}

static rh_record *find_active(rh_records *records, const char *key) {
  rh_record *r = *bucket(records, key);
  while (r && strcmp(r->key, key) != 0) r = r->next;
  return r;
}

rh_task *rh_record_worker(rhub_client *client, const char *key) {
  rh_record *r = find_active(client->records, key);
  return r ? r->task : NULL;
}

static void activate(rh_record *r) {
  rh_record **first = bucket(r->task->client->records, r->key);
  r->next = *first;
  *first = r;
  r->active = true;
}

void rh_record_share(rh_record *r) {
  rhub_client *client = r->task->client;
  while (r->followers.first) {
    rh_task *task = r->followers.first;
    rh_line_remove(task);
    if (!client->shut) rh_record_look(task);
  }
}

void rh_record_done_with(rh_record *r) {
  if (r->active) {
    rh_record **at = bucket(r->task->client->records, r->key);
    while (*at != r) at = &(*at)->next;
    *at = r->next;
    r->active = false;
  }
  rh_record_share(r);
}

/* ---- the task's part ------------------------------------------------------------------------- */

static rhub_status check_key(const char *key, const char *endpoint, rhub_error *error) {
  size_t len = strlen(key);
  bool ok = len > 0 && len <= LONGEST_KEY && !strchr(key, '#');
  for (const char *p = key; *p; p++) ok = ok && (unsigned char)*p >= ' ' && *p != 0x7f;
  if (ok) return RHUB_OK;
  return rh_fail(
      error, RHUB_INPUT,
      "%s: \"%.80s\" is no key of a job: give 1 to %d bytes without '#' and control bytes",
      endpoint, key, LONGEST_KEY);
}

rhub_status rh_record_check(const rhub_task_options *o, rhub_error *error) {
  return o->job ? check_key(o->job, o->endpoint, error) : RHUB_OK;
}

/* False: no memory. */
static bool copy(const char *text, char **out) {
  *out = text ? strdup(text) : NULL;
  return !text || *out;
}

static rh_record *record_new(rh_task *task) {
  rh_record *r = calloc(1, sizeof *r);
  if (!r) return NULL;
  task->record = r;
  r->task = task;
  r->kept = -1;
  return r;
}

bool rh_record_by_id(rh_task *task) {
  rh_record *r = record_new(task);
  if (r) r->by_id = r->written = true;
  return r != NULL;
}

bool rh_record_of_row(rh_task *task, const rh_row_of_job *row) {
  rh_record *r = record_new(task);
  if (!r || !copy(row->key, &r->key)) return false;
  r->was = row->state;
  r->written = true;
  activate(r);
  return true;
}

bool rh_record_new(rh_task *task, const rhub_task_options *o) {
  rh_record *r = record_new(task);
  if (!r) return false;
  r->fresh = o->fresh;
  r->created = rh_wall_ms();
  return copy(o->job, &r->key) && copy(o->identity, &r->identity) && copy(o->token, &r->token) &&
         copy(o->save_as, &r->save_as);
}

void rh_record_forsake(rh_record *r) {
  if (r->note) r->note->owner = NULL;
  r->note = NULL;
}

void rh_record_free(rh_task *task) {
  rh_record *r = task->record;
  if (!r) return;
  rh_record_forsake(r);
  rh_record_done_with(r);
  task->record = NULL;
  free(r->key);
  free(r->identity);
  free(r->token);
  free(r->save_as);
  free(r);
}

const char *rh_record_key(const rh_task *task) {
  if (!task->record) return NULL;
  return task->record->key ? task->record->key : "";
}

/* Ends it with an error that is not recorded, or is already. */
static void end_silently(rh_task *task, const rhub_error *error) {
  task->record->silent = true;
  rh_task_end(task, error);
}

static void no_memory(rh_task *task) {
  rhub_error error;
  rh_fail(&error, RHUB_NOMEM, "%s: out of memory; nothing was submitted", task->model);
  end_silently(task, &error);
}

/* ---- the key --------------------------------------------------------------------------------- */

static int by_pointer(const void *a, const void *b) {
  const rh_task_file *const *left = a, *const *right = b;
  return strcmp((*left)->pointer, (*right)->pointer);
}

/* What stands for the parameters: malloc, NULL without memory. */
static char *identity_of(const rh_task *task) {
  const rh_draft *draft = task->draft;
  const char *given = task->record->identity;
  if (given) return strdup(given);
  const char *pointers[draft->file_count + 1];
  for (size_t i = 0; i < draft->file_count; i++) pointers[i] = draft->files[i].pointer;
  return rh_params_identity(draft->params, draft->params_len, pointers, draft->file_count);
}

/* Lines of pointer and SHA-256, in the order of the pointers: likewise. */
static char *digests_of(const rh_draft *draft) {
  size_t count = draft->file_count, size = 1;
  const rh_task_file **files = calloc(count + 1, sizeof *files);
  if (!files) return NULL;
  for (size_t i = 0; i < count; i++) {
    files[i] = &draft->files[i];
    size += strlen(files[i]->pointer) + sizeof files[i]->sha256 + 2;
  }
  qsort(files, count, sizeof *files, by_pointer);
  char *text = calloc(size, 1), *p = text;
  for (size_t i = 0; text && i < count; i++)
    p = stpcpy(stpcpy(stpcpy(stpcpy(p, files[i]->pointer), "\t"), files[i]->sha256), "\n");
  free(files);
  return text;
}

/* What stands for the call, without how often it was made: likewise. */
static char *describe(const rh_task *task) {
  const rh_draft *draft = task->draft;
  char *identity = identity_of(task), *digests = digests_of(draft), *text = NULL;
  const char *const parts[] = {task->client->records->service,
                               task->client->records->account,
                               task->model,
                               draft->path ? draft->path : "",
                               identity,
                               digests};
  enum { PARTS = sizeof parts / sizeof *parts };
  size_t size = 1;
  for (size_t i = 0; identity && digests && i < PARTS; i++) size += strlen(parts[i]) + 1;
  if (identity && digests) text = calloc(size, 1);
  char *p = text;
  for (size_t i = 0; text && i < PARTS; i++) p = stpcpy(stpcpy(p, parts[i]), "\n");
  free(identity);
  free(digests);
  return text;
}

/* Counts the call among its equals. False: no memory. */
static bool make_key(rh_task *task) {
  rh_record *r = task->record;
  rh_digest call, nth;
  char line[64 + 24];
  char *text = describe(task);
  bool ok = text && rh_digest_of(text, strlen(text), &call);
  free(text);
  if (ok) r->occurrence = rh_counts_next(&task->client->records->counts, &call);
  if (!ok || !r->occurrence) return false;
  rh_digest_hex(&call, 64, line);
  int tail = snprintf(line + 64, sizeof line - 64, "\n%lld", (long long)r->occurrence);
  r->key = malloc(65);
  if (!r->key || !rh_digest_of(line, 64 + (size_t)tail, &nth)) return false;
  rh_digest_hex(&nth, 64, r->key);
  return true;
}

/* ---- what is found under it ------------------------------------------------------------------ */

/* A key that was given stands for its job, whatever is asked for under it now. */
static void say_if_other(const rh_task *task, const rh_row_of_job *row) {
  const rh_record *r = task->record;
  bool same = !r->identity || !*row->identity || strcmp(row->identity, r->identity) == 0;
  if (r->occurrence || (same && strcmp(row->endpoint, task->model) == 0)) return;
  rh_log(task->op.ops, RHUB_LOG_WARN,
         "%s: job %s was submitted with %s than is asked for now: its result is taken; fresh or "
         "another key pays for what is asked for",
         task->model, r->key, same ? "another model" : "other parameters");
}

static void follow(rh_task *task, rh_record *first) {
  task->phase = RH_PHASE_LOOK;
  rh_line_append(&first->followers, task);
}

/* It is this task that is submitted. */
static void lead(rh_task *task) {
  activate(task->record);
  rh_submit_enqueue(task, false);
}

static void lead_anew(rh_task *task, const rh_row_of_job *row) {
  bool cost_nothing = (row->state == RHUB_JOB_FAILED || row->state == RHUB_JOB_CANCELLED) &&
                      (!row->error || row->error->spent == RHUB_SPENT_NO);
  task->record->aside = row->state && !cost_nothing;
  lead(task);
}

/* What is booked for it was booked when it ended. */
static void tell_again(rh_task *task, const rh_row_of_job *row) {
  rhub_error error;
  const rh_record *r = task->record;
  task->booked = true;
  if (row->state == RHUB_JOB_DROPPED) {
    rh_fail(
        &error, RHUB_CANCELLED,
        "%s: job %s was given up, the outcome of its submit being unknown; fresh submits it anew, "
        "as rhub jobs resolve %s --resubmit",
        task->model, r->key, r->key);
    error.spent = RHUB_SPENT_MAYBE;
  } else {
    rh_fail(&error, row->error->status,
            "%.750s; so it is recorded as job %s: fresh submits it anew", row->error->message,
            r->key);
    error.spent = row->error->spent;
    rh_error_code(&error, row->error->code, row->error->http_status);
    rh_error_task(&error, row->task_id);
  }
  end_silently(task, &error);
}

static void end_unknown(rh_task *task) {
  rhub_error error;
  const char *key = task->record->key;
  task->booked = true;
  rh_fail(
      &error, RHUB_UNKNOWN_OUTCOME,
      "%s: the outcome of an earlier submit of job %s is unknown, a task may be running and may "
      "be charged: find out whether it was made, then rhub jobs resolve %s --task ID, --resubmit "
      "or --drop",
      task->model, key, key);
  error.spent = RHUB_SPENT_MAYBE;
  end_silently(task, &error);
}

/* What it may have cost is held already. */
static void resubmit(rh_task *task, const rh_row_of_job *row) {
  rh_log(task->op.ops, RHUB_LOG_WARN,
         "%s: the outcome of an earlier submit of job %s is unknown, submitting again as told",
         task->model, task->record->key);
  task->draft->resubmits = 1;
  task->draft->held = row->reserved > 0 ? row->reserved : RH_UNRESERVED;
  task->record->aside = true;
  lead(task);
}

static void attach(rh_task *task, const rh_row_of_job *row) {
  rh_record *r = task->record;
  rh_log(task->op.ops, RHUB_LOG_INFO, "%s: job %s is task %s already", task->model, r->key,
         row->task_id);
  if (strcmp(row->account, task->client->records->account) != 0)
    snprintf(r->other, sizeof r->other, "%s", row->account);
  r->resolved = !row->accepted && !*r->other;
  rh_timer_stop(&task->timer);
  activate(r);
  r->written = true;
  task->attached = true;
  task->told = false; /* it would be told to who has submitted it */
  rh_task_accepted(task, row->task_id);
}

/* A task is known to the account only that has made it. */
void rh_record_explain(const rh_task *task, rhub_error *error) {
  const rh_record *r = task->record;
  rh_fact hint;
  bool no_such_task = error->status == RHUB_GONE || strcmp(error->code, "1007") == 0;
  if (!r || !no_such_task || !task->attached) return;
  if (task->client->credentials.sealed) error->spent = RHUB_SPENT_NO; /* of a sandbox before */
  if (!*r->other) return;
  char code[sizeof error->code];
  memcpy(code, error->code, sizeof code);
  rh_journal_key(task->client->records->journal, r->other, hint);
  rh_fail(error, RHUB_AUTH,
          "task %s (%s) was submitted with another account's key (%s%s), and this one (...%s) is "
          "told nothing of it: job %s stays as running; go on with that key",
          task->task_id, task->model, *hint ? "..." : "account ", *hint ? hint : r->other,
          task->client->key_hint, r->key);
  error->spent = RHUB_SPENT_MAYBE;
  rh_error_code(error, code, 200);
  rh_error_task(error, task->task_id);
}

bool rh_record_refuted(const rh_task *task, rhub_error *error) {
  const rh_record *r = task->record;
  if (!r || !r->resolved) return false;
  rh_fail(
      error, RHUB_UNKNOWN_OUTCOME,
      "%s: job %s was said to be task %s, which is no task of this account (...%s): its outcome "
      "is unknown as before; rhub jobs resolve %s --task ID, --resubmit or --drop",
      task->model, r->key, task->task_id, task->client->key_hint, r->key);
  return true;
}

static void recall(rh_task *task, const rh_row_of_job *row) {
  double seconds = row->accepted ? (double)(row->ended - row->accepted) / 1e3 : 0;
  task->record->silent = true;
  if (row->raw && rh_task_recall(task, row->task_id, row->raw, row->raw_len, seconds)) return;
  task->record->silent = false;
  if (rh_task_id_ok(row->task_id)) {
    attach(task, row); /* asked for again, free of charge */
    return;
  }
  rhub_error error;
  rh_fail(&error, RHUB_IO,
          "%s: job %s is recorded as done, but its result cannot be read from the journal; fresh "
          "submits it anew",
          task->model, task->record->key);
  error.spent = RHUB_SPENT_YES;
  task->booked = true;
  end_silently(task, &error);
}

static void act(rh_task *task, const rh_row_of_job *row) {
  rh_record *r = task->record, *first = find_active(task->client->records, r->key);
  bool has_id = rh_task_id_ok(row->task_id);
  r->recorded = row->state != 0;
  if (first && (r->fresh || row->state != RHUB_JOB_DONE) &&
      (r->fresh || row->state != RHUB_JOB_RUNNING || !has_id)) {
    follow(task, first);
    return;
  }
  if (r->fresh) {
    lead_anew(task, row);
    return;
  }
  switch (row->state) {
  case RHUB_JOB_DONE:
    say_if_other(task, row);
    recall(task, row);
    return;
  case RHUB_JOB_RUNNING:
    if (has_id) {
      say_if_other(task, row);
      attach(task, row);
      return;
    }
    break; /* damaged */
  case RHUB_JOB_FAILED:
  case RHUB_JOB_CANCELLED:
    if (!row->error || row->error->spent == RHUB_SPENT_NO)
      lead_anew(task, row);
    else
      tell_again(task, row);
    return;
  case RHUB_JOB_DROPPED: tell_again(task, row); return;
  case RHUB_JOB_INTENT:
  case RHUB_JOB_UNKNOWN: break;
  default: lead(task); return;
  }
  if (task->client->options.on_unknown == RHUB_RESUBMIT)
    resubmit(task, row);
  else
    end_unknown(task);
}

static void looked(rh_note *note) {
  rh_task *task = note->owner;
  task->record->note = NULL;
  if (!note->failure) {
    act(task, &note->row);
    return;
  }
  rhub_error error;
  rh_fail(&error, note->failure->status, "%s: %.800s; nothing was submitted", task->model,
          note->failure->message);
  end_silently(task, &error);
}

static void look_for(rh_task *task) {
  rh_record *r = task->record;
  rh_journal *journal = task->client->records->journal;
  rh_note *note = rh_note_of(journal, RH_NOTE_LOOK, r->key);
  if (!note) {
    no_memory(task);
    return;
  }
  note->done = looked;
  note->owner = task;
  r->note = note;
  rh_journal_add(journal, note);
}

static void ask(rh_task *task) {
  rh_record *r = task->record;
  if (!r->key && !make_key(task))
    no_memory(task);
  else if (rh_journal_lacks(task->client->records->journal, r->key))
    act(task, &(rh_row_of_job){0});
  else
    look_for(task);
}

/* ---- the digests of files -------------------------------------------------------------------- */

/* The files of one task; outlives it where need be. */
typedef struct rh_hashing {
  rh_job job;
  rhub_client *client;
  rh_task *task; /* NULL: it has gone */
  rhub_error error;
  atomic_bool stop;
  size_t count;
  struct {
    char *path;
    char sha256[65];
  } files[];
} rh_hashing;

static void pump(rhub_client *client);

static void hashing_free(rh_hashing *h) {
  for (size_t i = 0; i < h->count; i++) free(h->files[i].path);
  free(h);
}

static void hash_files(rh_job *job) {
  rh_hashing *h = (rh_hashing *)job;
  rh_file_key key;
  rh_digest digest;
  for (size_t i = 0; i < h->count && h->error.status == RHUB_OK; i++) {
    int fd = rh_file_open(h->files[i].path, &key, &h->error);
    if (fd < 0) return;
    int failed = rh_digest_file(fd, key.size, &h->stop, &digest);
    close(fd);
    if (failed)
      rh_fail(&h->error, RHUB_IO, "%s cannot be read: %s", h->files[i].path, strerror(failed));
    else
      rh_digest_hex(&digest, 64, h->files[i].sha256);
  }
}

static void files_hashed(rh_job *job) {
  rh_hashing *h = (rh_hashing *)job;
  rhub_client *client = h->client;
  rh_task *task = h->task;
  client->records->hashing = NULL;
  if (task) {
    rh_line_remove(task);
    for (size_t i = 0; i < h->count; i++)
      memcpy(task->draft->files[i].sha256, h->files[i].sha256, sizeof h->files[i].sha256);
    if (h->error.status == RHUB_OK)
      ask(task);
    else
      end_silently(task, &h->error);
  }
  hashing_free(h);
  pump(client);
}

static bool start_hashing(rh_task *task) {
  rh_draft *draft = task->draft;
  rh_hashing *h = calloc(1, sizeof *h + draft->file_count * sizeof *h->files);
  if (!h) return false;
  h->client = task->client;
  h->task = task;
  h->count = draft->file_count;
  for (size_t i = 0; i < h->count; i++)
    if (!(h->files[i].path = strdup(draft->files[i].path))) {
      hashing_free(h);
      return false;
    }
  if (rh_job_start(task->client->loop, &h->job, hash_files, files_hashed) != RHUB_OK) {
    hashing_free(h);
    return false;
  }
  task->client->records->hashing = h;
  return true;
}

/* In the order of the calls, since equal ones are told apart by it. One at a time: hashing is to
   keep no commit from a worker. */
static void pump(rhub_client *client) {
  rh_records *records = client->records;
  if (records->pumping) return;
  records->pumping = true;
  while (records->looking.first && !records->hashing) {
    rh_task *task = records->looking.first;
    bool needs_digests = task->draft->file_count > 0 && !*task->draft->files[0].sha256;
    if (needs_digests && start_hashing(task)) break;
    rh_line_remove(task);
    if (needs_digests)
      no_memory(task);
    else
      ask(task);
  }
  records->pumping = false;
}

void rh_record_look(rh_task *task) {
  double left = rh_submit_patience(task);
  task->phase = RH_PHASE_LOOK;
  rh_task_state(task, RHUB_STATE_WAITING);
  if (left >= 0) rh_timer_start(&task->timer, left);
  rh_line_append(&task->client->records->looking, task);
  pump(task->client);
}

void rh_record_unlook(rh_task *task) {
  rh_hashing *h = task->client->records ? task->client->records->hashing : NULL;
  if (!h || h->task != task) return;
  h->task = NULL;
  atomic_store(&h->stop, true);
}
