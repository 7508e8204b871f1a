/* The journal's file and the line of notes that a worker writes. See journal.h. */
#include "journal.h"

#include "error.h"
#include "journal_owner.h"
#include "journal_service.h"
#include "sieve.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct note_line {
  rh_note *first, **end;
  size_t count, ids; /* how many of them tell a task's id */
} note_line;

enum { OTHER_KEY = 200 }; /* bytes of a key in a message */

/* Seconds from the beginning of a transaction to that of the next, unless as many notes wait as are
   enough for one: a quick disk would get one for every few notes, and to wake a worker and the loop
   takes longer than what is done for those. Who comes after a pause does not wait. An id waits
   less: until it is on the disk, nobody would know of its task after a crash. */
static const double BETWEEN = 0.01, BEFORE_ID = 0.004;
enum { ENOUGH = 32 };

enum { SPARES = 128 }; /* notes that are kept to be lent again */

struct rh_journal {
  rh_loop *loop;
  rh_timer due; /* fires when the next transaction is */
  double begun; /* when the last transaction was, by the loop's clock */
  rh_job job;
  bool working, stopped;
  note_line waiting, batch;
  pthread_mutex_t lock; /* of the store: a worker has it, or a call that blocks */
  rh_store *store;
  rh_owner owner;
  int lock_fd;
  bool locked;
  const char *path; /* lives longer */
  int64_t newest;   /* the id of the newest job: word of it is left with the lock */
  rh_sieve *keys;   /* of all jobs; NULL: some were there when it was opened */
  rh_note *spare;   /* the notes that are lent again */
  size_t spares;
};

/* ---- notes ----------------------------------------------------------------------------------- */

/* What a note is told that failed when there was not even memory to say why. */
static rhub_error no_memory = {.status = RHUB_NOMEM, .message = "out of memory"};

rh_note *rh_note_new(rh_journal *j, rh_note_kind kind) {
  rh_note *note = j->spare;
  if (note) {
    j->spare = note->next;
    j->spares--;
    note->next = NULL;
  } else {
    note = calloc(1, sizeof *note);
  }
  if (!note) return NULL;
  note->journal = j;
  note->kind = kind;
  return note;
}

rh_note *rh_note_of(rh_journal *j, rh_note_kind kind, const char *key) {
  rh_note *note = rh_note_new(j, kind);
  if (!note || rh_row_of_job_texts(&note->row, &(rh_row_text_of){&note->row.key, key}, 1, NULL, 0))
    return note;
  rh_note_free(note);
  return NULL;
}

/* It keeps its block, unless that is larger than most. */
static void empty(rh_note *note) {
  char *block = note->row.block;
  size_t room = note->row.room;
  if (room > RH_ROOM_OF_ROW) {
    free(block);
    block = NULL;
    room = 0;
  }
  free(note->row.error);
  if (note->failure != &no_memory) free(note->failure);
  memset(note, 0, sizeof *note);
  note->row.block = block;
  note->row.room = room;
}

/* Dozens at once after each transaction: malloc would join these pieces, to part them again for the
   next dozens. */
void rh_note_free(rh_note *note) {
  if (!note) return;
  rh_journal *j = note->journal;
  empty(note);
  if (j->spares == SPARES) {
    free(note->row.block);
    free(note);
    return;
  }
  note->next = j->spare;
  j->spare = note;
  j->spares++;
}

static void free_spares(rh_journal *j) {
  for (rh_note *note = j->spare, *next; note; note = next) {
    next = note->next;
    free(note->row.block);
    free(note);
  }
}

static void line_clear(note_line *l) {
  l->first = NULL;
  l->end = &l->first;
  l->count = l->ids = 0;
}

static void line_free(note_line *l) {
  for (rh_note *note = l->first, *next; note; note = next) {
    next = note->next;
    rh_note_free(note);
  }
  line_clear(l);
}

/* ---- writing, with the store's lock ---------------------------------------------------------- */

static rhub_status run(rh_journal *j, const char *sql, rhub_error *error) {
  return rh_store_run(j->store, sql, NULL, 0, NULL, NULL, error);
}

/* Ends a transaction as what was done in it has ended. */
static rhub_status end_as(rh_journal *j, rhub_status status, rhub_error *error) {
  rhub_error ignored;
  if (status == RHUB_OK) status = run(j, "COMMIT", error);
  if (status != RHUB_OK) run(j, "ROLLBACK", &ignored); /* fails where SQLite has rolled back */
  return status;
}

/* Begins one; where another process has the journal now it ends at once. */
static rhub_status begin_as_owner(rh_journal *j, rhub_error *error) {
  rhub_status status = run(j, "BEGIN IMMEDIATE", error);
  if (status != RHUB_OK) return status;
  status = rh_owner_check(&j->owner, j->store, error);
  return status == RHUB_OK ? status : end_as(j, status, error);
}

/* Nothing is to be sent that what is damaged may hold already. */
static rhub_status carry_out(rh_journal *j, rh_note *note, rhub_error *error) {
  bool asks = note->kind == RH_NOTE_LOOK || note->kind == RH_NOTE_WRITE;
  rhub_status status = asks ? rh_store_sound(j->store, error) : RHUB_OK;
  return status == RHUB_OK ? rh_note_carry_out(j->store, note, error) : status;
}

static bool sends(const rh_note *note) {
  return note->kind == RH_NOTE_WRITE && note->row.state == RHUB_JOB_INTENT;
}

static void take_newest(void *owner, rh_row *row) {
  *(int64_t *)owner = rh_row_integer(row, 0);
}

static rhub_status find_newest(rh_journal *j, int64_t *out, rhub_error *error) {
  return rh_store_run(j->store, "SELECT max(id) FROM calls", NULL, 0, take_newest, out, error);
}

/* No later than it is gone, and not before it is there. */
static void leave_word(rh_journal *j, int64_t newest) {
  bool gone = newest < j->newest;
  if (newest == j->newest) return;
  j->newest = newest;
  rh_journal_keep(j->lock_fd, newest);
  if (gone) fdatasync(j->lock_fd);
}

static rhub_status transact(rh_journal *j, rh_note *first, const rh_note *end, rhub_error *error) {
  const rh_note *books = NULL;
  bool found = false; /* the file, where it was */
  bool makes = false; /* or unmakes jobs */
  int64_t newest = j->newest;
  rhub_status status = begin_as_owner(j, error);
  if (status != RHUB_OK) return status;
  for (rh_note *note = first; note != end && status == RHUB_OK; note = note->next) {
    if (note->failure) continue; /* it could not be prepared */
    /* nothing is to be sent that is recorded where nobody will look for it */
    if (sends(note) && !found) status = rh_owner_find(&j->owner, error);
    found = found || sends(note);
    if (status == RHUB_OK) status = carry_out(j, note, error);
    makes = makes || note->kind == RH_NOTE_WRITE || note->back;
    if (note->books.due) books = note; /* each tells the sum: the last one counts */
  }
  if (status == RHUB_OK && books)
    status = rh_books_write(j->store, books->currency, &books->books, error);
  if (status == RHUB_OK && makes) status = find_newest(j, &newest, error);
  if (status == RHUB_OK && newest < j->newest) leave_word(j, newest);
  status = end_as(j, status, error);
  if (status == RHUB_OK) leave_word(j, newest);
  return status;
}

static void set_failure(rh_note *note, const rhub_error *error) {
  note->failure = malloc(sizeof *error);
  if (note->failure)
    *note->failure = *error;
  else
    note->failure = &no_memory;
}

/* All in one transaction; where that fails each in its own, so that one that cannot be written
   keeps no other from it. */
static void write_all(rh_journal *j, rh_note *first) {
  rhub_error error;
  if (!first || transact(j, first, NULL, &error) == RHUB_OK) return;
  for (rh_note *note = first; note; note = note->next)
    if (!note->failure && transact(j, note, note->next, &error) != RHUB_OK)
      set_failure(note, &error);
}

static void prepare_all(rh_note *first) {
  rhub_error error;
  for (rh_note *note = first; note; note = note->next)
    if (rh_note_prepare(note, &error) != RHUB_OK) set_failure(note, &error);
}

static void on_worker(rh_job *job) {
  rh_journal *j = (rh_journal *)((char *)job - offsetof(rh_journal, job));
  prepare_all(j->batch.first);
  pthread_mutex_lock(&j->lock);
  write_all(j, j->batch.first);
  pthread_mutex_unlock(&j->lock);
}

/* ---- the line -------------------------------------------------------------------------------- */

/* No sooner than at the end of this turn of the loop. */
static void begin_soon(rh_journal *j) {
  double pause = j->waiting.count >= ENOUGH ? 0 : j->waiting.ids ? BEFORE_ID : BETWEEN;
  double left = j->begun + pause - rh_loop_now(j->loop);
  rh_timer_start(&j->due, left > 0 ? left : 0);
}

static void finish(rh_journal *j) {
  rh_note *note = j->batch.first;
  line_clear(&j->batch);
  j->working = false;
  for (rh_note *next; note; note = next) {
    next = note->next;
    note->next = NULL;
    if (note->done && note->owner && !j->stopped) note->done(note);
    rh_note_free(note);
  }
  if (j->waiting.first && !j->working && !j->stopped) begin_soon(j);
}

static void off_worker(rh_job *job) {
  finish((rh_journal *)((char *)job - offsetof(rh_journal, job)));
}

static void begin(rh_journal *j) {
  j->batch = j->waiting;
  line_clear(&j->waiting);
  j->working = true;
  j->begun = rh_loop_now(j->loop);
  if (rh_job_start(j->loop, &j->job, on_worker, off_worker) == RHUB_OK) return;
  on_worker(&j->job);
  finish(j);
}

static void on_due(rh_timer *timer) {
  rh_journal *j = (rh_journal *)((char *)timer - offsetof(rh_journal, due));
  if (!j->working && j->waiting.first) begin(j);
}

bool rh_journal_lacks(const rh_journal *j, const char *key) {
  return j->keys && rh_sieve_lacks(j->keys, key);
}

void rh_journal_add(rh_journal *j, rh_note *note) {
  bool is_id = note->kind == RH_NOTE_CHANGE && note->row.state == RHUB_JOB_RUNNING;
  if (j->keys && note->kind == RH_NOTE_WRITE) rh_sieve_add(j->keys, note->row.key);
  *j->waiting.end = note;
  j->waiting.end = &note->next;
  note_line *l = &j->waiting;
  l->count++;
  l->ids += is_id;
  bool sooner = l->count == 1 || l->count == ENOUGH || (is_id && l->ids == 1);
  if (sooner && !j->working && !j->stopped) begin_soon(j);
}

/* ---- lifetime -------------------------------------------------------------------------------- */

static rhub_status settle_intents(rh_journal *j, rhub_error *error) {
  return run(j,
             "UPDATE states SET state = 'unknown', kind = 'unknown_outcome', spent = 'maybe',"
             " code = '', message = '" RH_JOB_LOST "' WHERE open AND state = 'intent'",
             error);
}

/* One that was brought back from a damaged file may hold half of a job: a call whose outcome is not
   known, or what became of one that nobody knows, whose id another is to have. A large one is gone
   through only where the damaged one lies beside it: a million jobs take seconds. */
static rhub_status settle_halves(rh_journal *j, const char *path, rhub_error *error) {
  char aside[RH_STORE_ASIDE];
  struct stat st;
  bool small = stat(path, &st) == 0 && st.st_size <= rh_journal_plan.looked_through;
  if (!small && !rh_store_find_aside(path, aside)) return RHUB_OK;
  rhub_status status =
      run(j, "DELETE FROM states WHERE NOT EXISTS (SELECT 1 FROM calls WHERE calls.id = states.id)",
          error);
  if (status != RHUB_OK) return status;
  return run(j,
             "INSERT INTO states (id, state, kind, spent, code, message)"
             " SELECT id, 'unknown', 'unknown_outcome', 'maybe', '', '" RH_JOB_LOST "' FROM calls"
             " WHERE NOT EXISTS (SELECT 1 FROM states WHERE states.id = calls.id)",
             error);
}

/* All that whoever works it from now on has to settle first. */
static rhub_status take_over(rh_journal *j, const char *path, rh_service *service,
                             rhub_error *error) {
  rhub_status status = run(j, "BEGIN IMMEDIATE", error);
  if (status != RHUB_OK) return status;
  status = rh_service_bind(service, j->store, path, error);
  if (status == RHUB_OK) status = rh_owner_take(&j->owner, j->store, path, error);
  if (status == RHUB_OK) status = settle_halves(j, path, error);
  if (status == RHUB_OK) status = rh_service_settle(service, j->store, error);
  if (status == RHUB_OK) status = settle_intents(j, error);
  return end_as(j, status, error);
}

/* Whether all of it is there that was recorded. */
static rhub_status check_newest(rh_journal *j, rhub_error *error) {
  int64_t left = rh_journal_newest(j->path);
  rhub_status status = find_newest(j, &j->newest, error);
  if (status == RHUB_OK && j->newest < left)
    status = rh_store_give_up(
        j->store,
        "it lacks jobs that were recorded, as one whose -wal was removed or an older copy", error);
  return status;
}

rhub_status rh_journal_open(rh_loop *loop, const char *path, rh_service *service, rh_journal **out,
                            rhub_error *error) {
  *out = NULL;
  rh_journal *j = calloc(1, sizeof *j);
  if (!j) return rh_fail(error, RHUB_NOMEM, "out of memory");
  j->loop = loop;
  j->lock_fd = -1;
  line_clear(&j->waiting);
  line_clear(&j->batch);
  pthread_mutex_init(&j->lock, NULL);
  j->path = path;
  rhub_status status = rh_journal_lock(path, &j->lock_fd, error);
  j->locked = status == RHUB_OK;
  if (status == RHUB_OK) status = rh_store_open(path, &rh_journal_plan, &j->store, error);
  if (status == RHUB_OK) status = check_newest(j, error);
  if (status == RHUB_OK) status = take_over(j, path, service, error);
  if (status == RHUB_OK) rh_journal_keep(j->lock_fd, j->newest);
  if (status != RHUB_OK) {
    j->stopped = true;
    rh_journal_free(j);
    return status;
  }
  rh_timer_init(loop, &j->due, on_due);
  if (j->newest == 0)
    j->keys = calloc(1, sizeof *j->keys); /* without memory every key is looked for */
  *out = j;
  return RHUB_OK;
}

void rh_journal_stop(rh_journal *j) {
  if (!j) return;
  j->stopped = true;
  rh_timer_close(&j->due, NULL);
}

void rh_journal_free(rh_journal *j) {
  if (!j) return;
  prepare_all(j->waiting.first);
  if (j->store) write_all(j, j->waiting.first);
  line_free(&j->waiting);
  free_spares(j);
  rh_owner_leave(&j->owner, j->store);
  rh_store_close(j->store);
  if (j->locked) rh_journal_leave(j->lock_fd, j->path);
  if (j->lock_fd >= 0) close(j->lock_fd);
  pthread_mutex_destroy(&j->lock);
  free(j->keys);
  free(j);
}

/* ---- at once --------------------------------------------------------------------------------- */

static void take_books(void *owner, rh_row *row) {
  rh_budget *budget = owner;
  budget->spent = rh_row_integer(row, 0);
  budget->unconfirmed = rh_row_integer(row, 1);
  budget->charged = (size_t)rh_row_integer(row, 2);
  budget->untold = (size_t)rh_row_integer(row, 3);
  snprintf(budget->coins, sizeof budget->coins, "%s", rh_row_text(row, 4));
}

static void hold(void *owner, rh_row *row) {
  rh_budget *budget = owner;
  int64_t reserved = rh_row_integer(row, 0);
  int64_t reservation = reserved > 0 ? reserved : RH_UNRESERVED;
  if (reserved > 0) budget->reserved += reserved; /* holding takes it from there */
  rh_budget_hold(budget, reservation, rh_row_text(row, 1), rh_row_text(row, 2));
}

rhub_status rh_journal_books(rh_journal *j, const char *currency, rh_budget *budget,
                             rhub_error *error) {
  const rh_value of[] = {RH_TEXT(currency)};
  rhub_status status = rh_store_run(
      j->store, "SELECT spent, unconfirmed, charged, untold, coins FROM books WHERE currency = ?1",
      of, 1, take_books, budget, error);
  if (status == RHUB_OK)
    status = rh_store_run(
        j->store,
        "SELECT reserved, endpoint, task_id FROM states CROSS JOIN calls ON calls.id = states.id"
        " WHERE open"
        " AND (state IN ('running', 'unknown', 'resubmitted') OR reserved > 0) AND currency = ?1",
        of, 1, hold, budget, error);
  return status;
}

void rh_journal_key(rh_journal *j, const char *account, rh_fact hint) {
  rhub_error ignored;
  pthread_mutex_lock(&j->lock);
  rh_service_key(j->store, account, hint, &ignored);
  pthread_mutex_unlock(&j->lock);
}

rhub_status rh_journal_look(rh_journal *j, const char *key, rh_row_of_job *row, rhub_error *error) {
  memset(row, 0, sizeof *row);
  rh_note *note = rh_note_of(j, RH_NOTE_LOOK, key);
  if (!note) return rh_fail(error, RHUB_NOMEM, "out of memory");
  pthread_mutex_lock(&j->lock);
  rhub_status status = carry_out(j, note, error);
  pthread_mutex_unlock(&j->lock);
  if (status == RHUB_OK && note->row.state) {
    *row = note->row;
    memset(&note->row, 0, sizeof note->row);
  }
  rh_note_free(note);
  return status;
}

rhub_status rh_journal_take_back(rh_journal *j, const char *key, rh_row_of_job *row,
                                 rhub_error *error) {
  pthread_mutex_lock(&j->lock);
  rhub_status status = begin_as_owner(j, error);
  if (status == RHUB_OK) status = end_as(j, rh_row_take_back(j->store, key, error), error);
  pthread_mutex_unlock(&j->lock);
  return status == RHUB_OK ? rh_journal_look(j, key, row, error) : status;
}

typedef struct taking {
  rh_row_of_job *row;
  bool no_memory;
} taking;

static void take(void *owner, rh_row *row) {
  taking *t = owner;
  t->no_memory = !rh_row_of_job_take(t->row, row);
}

rhub_status rh_journal_lost(rh_journal *j, const char *token, const char *task_id,
                            const rh_row_of_job *of, rh_row_of_job *row, rhub_error *error) {
  taking t = {row, false};
  const rh_value values[] = {RH_TEXT(token), RH_TEXT(task_id), RH_TEXT(of->origin),
                             RH_TEXT(of->account), RH_TEXT(of->currency)};
  memset(row, 0, sizeof *row);
  pthread_mutex_lock(&j->lock);
  rhub_status status = rh_store_run(
      j->store,
      "SELECT " RH_JOB_COLUMNS " FROM jobs WHERE token = ?1"
      " AND state IN ('unknown', 'resubmitted', 'dropped')"
      " AND origin = ?3 AND account = ?4 AND currency = ?5"
      " AND NOT EXISTS (SELECT 1 FROM jobs AS other WHERE other.token = ?1 AND other.task_id = ?2)"
      " ORDER BY state = 'unknown' DESC, id DESC LIMIT 1",
      values, 5, take, &t, error);
  pthread_mutex_unlock(&j->lock);
  if (status == RHUB_OK && t.no_memory) status = rh_fail(error, RHUB_NOMEM, "out of memory");
  return status;
}

static void take_key(void *owner, rh_row *row) {
  snprintf(owner, OTHER_KEY, "%s", rh_row_text(row, 0));
}

/* A task is one job's. */
static rhub_status check_free(rh_journal *j, const char *key, const char *task_id,
                              rhub_error *error) {
  char other[OTHER_KEY] = "";
  rhub_status status =
      rh_store_run(j->store, "SELECT key FROM jobs WHERE task_id = ?2 AND key <> ?1 LIMIT 1",
                   (const rh_value[]){RH_TEXT(key), RH_TEXT(task_id)}, 2, take_key, other, error);
  if (status != RHUB_OK || !*other) return status;
  return rh_fail(error, RHUB_INPUT, "task %s is job %s's: job %.200s has another, or none", task_id,
                 other, key);
}

/* Whoever says that it is to be submitted again says that it has made nothing. */
static rhub_status make_room(rh_journal *j, const char *key, rhub_error *error) {
  rhub_status status = rh_store_run(j->store, "UPDATE states SET reserved = 0" RH_OF_JOB,
                                    &RH_TEXT(key), 1, NULL, NULL, error);
  return status == RHUB_OK ? rh_row_set_aside(j->store, key, error) : status;
}

rhub_status rh_journal_resolve(rh_journal *j, const char *key, rhub_job_state state,
                               const char *task_id, rhub_error *error) {
  /* accepted: no service has said that this is its task */
  static const char *const settle =
      "UPDATE states SET state = ?2, task_id = ?3, accepted = 0,"
      " reserved = CASE ?2 WHEN 'dropped' THEN 0 ELSE reserved END" RH_OF_JOB;
  const rh_value values[] = {RH_TEXT(key), RH_TEXT(rhub_job_state_name(state)), RH_TEXT(task_id)};
  pthread_mutex_lock(&j->lock);
  rhub_status status = begin_as_owner(j, error);
  if (status == RHUB_OK) {
    if (*task_id) status = check_free(j, key, task_id, error);
    if (status == RHUB_OK)
      status = state ? rh_store_run(j->store, settle, values, 3, NULL, NULL, error)
                     : make_room(j, key, error);
    status = end_as(j, status, error);
  }
  pthread_mutex_unlock(&j->lock);
  return status;
}
