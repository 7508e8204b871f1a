/* The journal's rows: the schema, what notes do to it, and rows read back. */
#include "journal.h"

#include "digest.h"
#include "error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A job is two rows: the call, written once, and how it stands, written three times; SQLite writes
   a row as a whole. The view shows both as one, as version 1 had them. `open` is 0 for a job that
   is done and holds no money: of a million of those none is in the index, and as the index holds
   nothing else, only the end of a job changes it.
   A submit that was repeated although it may have made a task has rows of its own, under its key
   and '#' and its id: each job is one task at most.
   Keys are digests or begin with one, so that each new one has another place in their index: an
   index over four bytes of hash (see store_hash.h) has a fifth of the pages, which each transaction
   writes, that one over the keys would have. */
#define CALLS(key)                                                                             \
  "CREATE TABLE calls (id INTEGER PRIMARY KEY, " key ", origin TEXT,"                          \
  " account TEXT, endpoint TEXT, path TEXT, params TEXT, files TEXT, identity TEXT,"           \
  " currency TEXT, occurrence INTEGER NOT NULL DEFAULT 0, created INTEGER NOT NULL DEFAULT 0," \
  " token TEXT, save_as TEXT);"
#define KEY "key TEXT NOT NULL, hash INTEGER NOT NULL"
#define KEYS                                 \
  "CREATE INDEX calls_hash ON calls (hash);" \
  "CREATE INDEX calls_token ON calls (token) WHERE token IS NOT NULL;"
#define STATES                                                                                    \
  "CREATE TABLE states (id INTEGER PRIMARY KEY, open INTEGER NOT NULL DEFAULT 1,"                 \
  " state TEXT NOT NULL, task_id TEXT NOT NULL DEFAULT '', reserved INTEGER NOT NULL DEFAULT 0,"  \
  " charged INTEGER NOT NULL DEFAULT 0, unconfirmed INTEGER NOT NULL DEFAULT 0,"                  \
  " coins TEXT NOT NULL DEFAULT '', submitted INTEGER NOT NULL DEFAULT 0,"                        \
  " accepted INTEGER NOT NULL DEFAULT 0, ended INTEGER NOT NULL DEFAULT 0, kind TEXT, code TEXT," \
  " message TEXT, spent TEXT, http_status INTEGER, retryable INTEGER,"                            \
  " saved TEXT NOT NULL DEFAULT '', raw BLOB);"                                                   \
  "CREATE INDEX states_open ON states (id) WHERE open;"                                           \
  "CREATE TABLE kept (key TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;"
#define JOBS                                                                                   \
  "CREATE VIEW jobs AS SELECT states.id AS id, open, key, origin, account, endpoint, path,"    \
  " params, files, identity, currency, occurrence, state, task_id, reserved, charged,"         \
  " unconfirmed, coins, created, submitted, accepted, ended, raw, kind, code, message, spent," \
  " http_status, retryable, saved, token, save_as, hash"                                       \
  " FROM states JOIN calls ON calls.id = states.id;"

/* What holds for the journal as a whole: see journal_owner.c. */
#define FACTS "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"

/* What rh_store_plan calls so: from version 1, of one table, to 2, whose keys were indexed as they
   are, to 3. What was brought back from a damaged file is called 2, though its tables are those of
   3: so its hashes are made anew. */
static const char *const upgrades[] = {
    "ALTER TABLE jobs RENAME TO jobs_1; " CALLS("key TEXT NOT NULL UNIQUE") STATES
    "INSERT INTO calls SELECT id, key, origin, account, endpoint, path, params, files, identity,"
    " currency, occurrence, created, NULL, NULL FROM jobs_1;"
    "INSERT INTO states SELECT id, state <> 'done' OR reserved > 0,"
    " CASE WHEN state = 'unknown' AND instr(key, '#') THEN 'resubmitted' ELSE state END,"
    " task_id, reserved, charged, unconfirmed, coins, submitted, accepted, ended, kind, code,"
    " message, spent, http_status, retryable, saved, raw FROM jobs_1;"
    "DROP TABLE jobs_1; " FACTS
    "INSERT INTO facts SELECT 'origin', origin FROM calls WHERE origin <> '' ORDER BY id DESC"
    " LIMIT 1",
    "DROP VIEW IF EXISTS jobs; DROP INDEX IF EXISTS calls_token;"
    "ALTER TABLE calls RENAME TO calls_2; " CALLS(
        KEY) "INSERT INTO calls SELECT id, key, hash_of(key), origin, account, endpoint, path, "
             "params, files,"
             " identity, currency, occurrence, created, token, save_as FROM calls_2;"
             "DROP TABLE calls_2; " KEYS JOBS};

/* The same for who only reads it. */
static const char *const views[] = {
    "CREATE TEMP VIEW jobs AS SELECT id, state <> 'done' OR reserved > 0 AS open, key, origin,"
    " account, endpoint, path, params, files, identity, currency, occurrence, state, task_id,"
    " reserved, charged, unconfirmed, coins, created, submitted, accepted, ended, raw, kind, code,"
    " message, spent, http_status, retryable, saved, '' AS token, '' AS save_as,"
    " hash_of(key) AS hash FROM main.jobs;"
    "CREATE TEMP VIEW kept AS SELECT '' AS key, '' AS text WHERE 0",
    "CREATE TEMP VIEW jobs AS SELECT *, hash_of(key) AS hash FROM main.jobs"};

const rh_store_plan rh_journal_plan = {
    .what = "journal",
    .id = 0x7268756a, /* "rhuj" */
    .version = 3,
    .upgrades = upgrades,
    .views = views,
    .schema = CALLS(KEY) KEYS STATES JOBS FACTS
    "CREATE TABLE books (currency TEXT PRIMARY KEY, spent INTEGER NOT NULL,"
    " unconfirmed INTEGER NOT NULL, charged INTEGER NOT NULL,"
    " untold INTEGER NOT NULL, coins TEXT NOT NULL) WITHOUT ROWID",
    .patience = 5000,
    .damaged = "keep it, and bring back what can be read of it (see \"Batches that go on\" in the "
               "README); "
               "another journal begins anew, and pays again for what this one has recorded",
    .ours = rh_journal_was_kept,
    .looked_through = 20 << 20,
    .strays = "SELECT 'hash' FROM calls WHERE hash <> hash_of(key) LIMIT 1",
    .aside =
        "nothing is submitted before somebody has seen to it: bring back what can be read of it "
        "(see \"Batches that go on\" in the README), or move it to another folder to begin anew, "
        "which pays again for what it has recorded",
    .durable = true,
};

const char *rhub_job_state_name(rhub_job_state state) {
  static const char *const names[] = {"",          "intent",  "running", "done",       "failed",
                                      "cancelled", "unknown", "dropped", "resubmitted"};
  size_t index = (size_t)state;
  return names[index < sizeof names / sizeof *names ? index : 0];
}

static rhub_job_state state_of(const char *name) {
  for (int i = RHUB_JOB_INTENT; i <= RHUB_JOB_RESUBMITTED; i++)
    if (strcmp(rhub_job_state_name((rhub_job_state)i), name) == 0) return (rhub_job_state)i;
  return RHUB_JOB_UNKNOWN; /* a damaged word: nothing is sent for it */
}

#define RUN(store, sql, each, owner, error, ...)            \
  rh_store_run(store, sql, (const rh_value[]){__VA_ARGS__}, \
               sizeof((const rh_value[]){__VA_ARGS__}) / sizeof(rh_value), each, owner, error)

/* ---- texts ----------------------------------------------------------------------------------- */

static bool enlarge(rh_row_of_job *row, size_t size) {
  if (size <= row->room) return true;
  free(row->block);
  row->room = size < RH_ROOM_OF_ROW ? RH_ROOM_OF_ROW : size;
  row->block = malloc(row->room);
  if (!row->block) row->room = 0;
  return row->block != NULL;
}

bool rh_row_of_job_texts(rh_row_of_job *row, const rh_row_text_of *texts, size_t count,
                         const void *raw, size_t raw_len) {
  size_t size = raw ? raw_len + 1 : 0, len[count];
  for (size_t i = 0; i < count; i++) size += len[i] = texts[i].text ? strlen(texts[i].text) + 1 : 0;
  if (!enlarge(row, size)) return false;
  char *p = row->block;
  for (size_t i = 0; i < count; p += len[i++])
    *texts[i].field = texts[i].text ? memcpy(p, texts[i].text, len[i]) : NULL;
  if (!raw) return true;
  row->raw = memcpy(p, raw, raw_len);
  row->raw_len = raw_len;
  p[raw_len] = '\0';
  return true;
}

void rh_row_of_job_clear(rh_row_of_job *row) {
  free(row->block);
  free(row->error);
  memset(row, 0, sizeof *row);
}

/* ---- reading --------------------------------------------------------------------------------- */

/* The columns that an error is made of, from `at`; NULL without memory. */
static rhub_error *take_error(rh_row *row, int at, const char *task_id) {
  rhub_error *e = malloc(sizeof *e);
  if (!e) return NULL;
  rhub_status status = RHUB_PROTOCOL;
  for (int i = RHUB_OK; i <= RHUB_MISUSE; i++)
    if (strcmp(rhub_status_name((rhub_status)i), rh_row_text(row, at)) == 0)
      status = (rhub_status)i;
  rh_fail(e, status, "%s", rh_row_text(row, at + 2));
  const char *spent = rh_row_text(row, at + 3);
  e->spent = strcmp(spent, "no") == 0    ? RHUB_SPENT_NO
             : strcmp(spent, "yes") == 0 ? RHUB_SPENT_YES
                                         : RHUB_SPENT_MAYBE;
  rh_error_code(e, rh_row_text(row, at + 1), (int)rh_row_integer(row, at + 4));
  e->retryable = rh_row_integer(row, at + 5) != 0;
  rh_error_task(e, task_id);
  return e;
}

static void take_short(char *out, size_t size, const char *text) {
  size_t len = strnlen(text, size - 1);
  memcpy(out, text, len);
  out[len] = '\0';
}

static bool take_texts(rh_row_of_job *out, rh_row *row) {
  const rh_row_text_of texts[] = {
      {&out->key, rh_row_text(row, 1)},      {&out->origin, rh_row_text(row, 2)},
      {&out->account, rh_row_text(row, 3)},  {&out->endpoint, rh_row_text(row, 4)},
      {&out->path, rh_row_text(row, 5)},     {&out->params, rh_row_text(row, 6)},
      {&out->files, rh_row_text(row, 7)},    {&out->identity, rh_row_text(row, 8)},
      {&out->currency, rh_row_text(row, 9)}, {&out->saved, rh_row_text(row, 28)},
      {&out->token, rh_row_text(row, 29)},   {&out->save_as, rh_row_text(row, 30)},
  };
  size_t raw_len;
  const void *raw = rh_row_blob(row, 21, &raw_len);
  return rh_row_of_job_texts(out, texts, sizeof texts / sizeof *texts, raw, raw_len);
}

bool rh_row_of_job_take(rh_row_of_job *out, rh_row *row) {
  out->id = rh_row_integer(row, 0);
  out->occurrence = rh_row_integer(row, 10);
  out->state = state_of(rh_row_text(row, 11));
  take_short(out->task_id, sizeof out->task_id, rh_row_text(row, 12));
  out->reserved = rh_row_integer(row, 13);
  out->charged = rh_row_integer(row, 14);
  out->unconfirmed = rh_row_integer(row, 15) != 0;
  take_short(out->coins, sizeof out->coins, rh_row_text(row, 16));
  out->created = rh_row_integer(row, 17);
  out->submitted = rh_row_integer(row, 18);
  out->accepted = rh_row_integer(row, 19);
  out->ended = rh_row_integer(row, 20);
  bool ok = take_texts(out, row);
  if (ok && *rh_row_text(row, 22)) {
    out->error = take_error(row, 22, out->task_id);
    ok = out->error != NULL;
  }
  if (!ok) rh_row_of_job_clear(out);
  return ok;
}

/* ---- notes ----------------------------------------------------------------------------------- */

typedef struct taking {
  rh_row_of_job row;
  bool no_memory;
} taking;

static void take(void *owner, rh_row *row) {
  taking *t = owner;
  t->no_memory = !rh_row_of_job_take(&t->row, row);
}

static rhub_status look(rh_store *store, rh_note *note, rhub_error *error) {
  taking t = {0};
  rhub_status status = RUN(store, "SELECT " RH_JOB_COLUMNS " FROM jobs" RH_OF_KEY, take, &t, error,
                           RH_TEXT(note->row.key));
  if (status == RHUB_OK && t.no_memory) status = rh_fail(error, RHUB_NOMEM, "out of memory");
  if (status != RHUB_OK) {
    rh_row_of_job_clear(&t.row);
    return status;
  }
  if (!t.row.id) return RHUB_OK;
  rh_row_of_job_clear(&note->row);
  note->row = t.row;
  return RHUB_OK;
}

rhub_status rh_row_set_aside(rh_store *store, const char *key, rhub_error *error) {
  rhub_status status =
      RUN(store,
          "UPDATE states SET state = 'resubmitted', kind = 'unknown_outcome', spent = 'maybe',"
          " code = '', message = 'it was submitted again: this submit may have made a task "
          "too'" RH_OF_JOB " AND state IN ('intent', 'unknown')",
          NULL, NULL, error, RH_TEXT(key));
  if (status != RHUB_OK) return status;
  return RUN(store,
             "UPDATE calls SET key = key || '#' || id, hash = hash_of(key || '#' || id)" RH_OF_KEY,
             NULL, NULL, error, RH_TEXT(key));
}

static rhub_status forget(rh_store *store, const char *key, rhub_error *error) {
  rhub_status status = RUN(store, "DELETE FROM states" RH_OF_JOB, NULL, NULL, error, RH_TEXT(key));
  if (status != RHUB_OK) return status;
  return RUN(store, "DELETE FROM calls" RH_OF_KEY, NULL, NULL, error, RH_TEXT(key));
}

/* As one that is being submitted. Where there is one of its key it fails, as no key may be NULL. */
static rhub_status write_call(rh_store *store, rh_row_of_job *r, rhub_error *error) {
  rhub_status status =
      RUN(store,
          "INSERT INTO calls (key, hash, origin, account, endpoint, path, params, files, identity,"
          " currency, occurrence, created, token, save_as)"
          " VALUES (CASE WHEN NOT EXISTS (SELECT 1 FROM calls" RH_OF_KEY ") THEN ?1 END,"
          " hash_of(?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
          NULL, NULL, error, RH_TEXT(r->key), RH_TEXT(r->origin), RH_TEXT(r->account),
          RH_TEXT(r->endpoint), RH_TEXT(r->path), RH_TEXT(r->params), RH_TEXT(r->files),
          RH_TEXT(r->identity), RH_TEXT(r->currency), RH_INTEGER(r->occurrence),
          RH_INTEGER(r->created), RH_TEXT(r->token), RH_TEXT(r->save_as));
  if (status != RHUB_OK) return status;
  r->id = rh_store_last_id(store);
  return RUN(store,
             "INSERT INTO states (id, state, reserved, submitted) VALUES (?1, 'intent', ?2, ?3)",
             NULL, NULL, error, RH_INTEGER(r->id), RH_INTEGER(r->reserved > 0 ? r->reserved : 0),
             RH_INTEGER(r->submitted));
}

static void take_id(void *owner, rh_row *row) {
  *(int64_t *)owner = rh_row_integer(row, 0);
}

/* Not into the note: where this transaction fails, the row may get another one in the next. */
static rhub_status find_id(rh_store *store, const rh_row_of_job *r, int64_t *id,
                           rhub_error *error) {
  *id = r->id;
  if (*id) return RHUB_OK;
  return RUN(store, "SELECT id FROM calls" RH_OF_KEY, take_id, id, error, RH_TEXT(r->key));
}

/* An open one has got its id. */
static rhub_status set_running(rh_store *store, int64_t id, const rh_row_of_job *r,
                               rhub_error *error) {
  return RUN(store,
             "UPDATE states SET state = 'running', task_id = ?2, reserved = ?3, accepted = ?4,"
             " raw = NULL, kind = NULL, code = NULL, message = NULL, spent = NULL WHERE id = ?1",
             NULL, NULL, error, RH_INTEGER(id), RH_TEXT(r->task_id), RH_INTEGER(r->reserved),
             RH_INTEGER(r->accepted));
}

static rhub_status set_ended(rh_store *store, int64_t id, const rh_row_of_job *r,
                             rhub_error *error) {
  const rhub_error *e = r->error;
  return RUN(store,
             "UPDATE states SET open = ?2 <> 'done' OR CASE WHEN ?4 < 0 THEN reserved ELSE ?4 END,"
             " state = ?2, task_id = ?3, reserved = CASE WHEN ?4 < 0 THEN reserved ELSE ?4 END,"
             " charged = charged + ?5, unconfirmed = max(unconfirmed, ?6),"
             " coins = CASE ?7 WHEN '' THEN coins ELSE ?7 END,"
             " ended = CASE ?8 WHEN 0 THEN ended ELSE ?8 END, raw = ?9, kind = ?10, code = ?11,"
             " message = ?12, spent = ?13, http_status = ?14, retryable = ?15 WHERE id = ?1",
             NULL, NULL, error, RH_INTEGER(id), RH_TEXT(rhub_job_state_name(r->state)),
             RH_TEXT(r->task_id), RH_INTEGER(r->reserved), RH_INTEGER(r->charged),
             RH_INTEGER(r->unconfirmed), RH_TEXT(r->coins), RH_INTEGER(r->ended),
             RH_BLOB(r->raw, r->raw_len), RH_TEXT(e ? rhub_status_name(e->status) : NULL),
             RH_TEXT(e ? e->code : NULL), RH_TEXT(e ? e->message : NULL),
             RH_TEXT(e ? rhub_spent_name(e->spent) : NULL), RH_INTEGER(e ? e->http_status : 0),
             RH_INTEGER(e ? e->retryable : 0));
}

#define ASIDE                                                                                  \
  " FROM states CROSS JOIN calls ON calls.id = states.id WHERE open AND state = 'resubmitted'" \
  " AND key > ?1 || '#' AND key < ?1 || '$'"

rhub_status rh_row_take_back(rh_store *store, const char *key, rhub_error *error) {
  static const char *const steps[] = {
      "DELETE FROM states" RH_OF_JOB " AND EXISTS (SELECT 1" ASIDE ")",
      "DELETE FROM calls" RH_OF_KEY " AND id NOT IN (SELECT id FROM states" RH_OF_JOB ")",
      "UPDATE calls SET key = ?1, hash = hash_of(?1) WHERE id = (SELECT max(states.id)" ASIDE ")",
      "UPDATE states SET state = 'unknown'" RH_OF_JOB " AND state = 'resubmitted'",
  };
  rhub_status status = RHUB_OK;
  for (size_t i = 0; i < sizeof steps / sizeof *steps && status == RHUB_OK; i++)
    status = RUN(store, steps[i], NULL, NULL, error, RH_TEXT(key));
  return status;
}

/* The SHA-256 of a file as text; false with errno. */
static bool digest_of_file(const char *path, char out[65]) {
  struct stat st;
  rh_digest digest;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  int failed = fstat(fd, &st) == 0 ? rh_digest_file(fd, st.st_size, NULL, &digest) : errno;
  close(fd);
  if (failed == 0) rh_digest_hex(&digest, 64, out);
  errno = failed;
  return failed == 0;
}

rhub_status rh_note_prepare(rh_note *note, rhub_error *error) {
  struct stat st;
  char digest[65] = "";
  const rh_row_of_job *r = &note->row;
  if (note->kind != RH_NOTE_SAVED || !r->path) return RHUB_OK;
  if (!r->files && !digest_of_file(r->path, digest))
    return rh_fail(error, RHUB_IO, "%s cannot be read: %s", r->path, strerror(errno));
  int len = snprintf(note->file, sizeof note->file, "%s", r->files ? r->files : digest);
  if (stat(r->path, &st) == 0)
    snprintf(note->file + len, sizeof note->file - (size_t)len, " %lld", (long long)st.st_size);
  return RHUB_OK;
}

static rhub_status note_saved(rh_store *store, const rh_note *note, rhub_error *error) {
  const rh_row_of_job *r = &note->row;
  if (!r->path)
    return RUN(store, "UPDATE states SET saved = ''" RH_OF_JOB, NULL, NULL, error, RH_TEXT(r->key));
  return RUN(store,
             "UPDATE states SET saved = replace(saved, ?2 || char(9) || ?3 || char(10), '')"
             " || ?2 || char(9) || ?3 || char(10)" RH_OF_JOB,
             NULL, NULL, error, RH_TEXT(r->key), RH_TEXT(note->file), RH_TEXT(r->path));
}

/* The reply lies in the block where the key is to go. */
static void add_key(rh_row_of_job *r, const char *key) {
  rh_row_of_job before = *r;
  r->block = NULL;
  r->room = 0;
  const rh_row_text_of text = {&r->key, key};
  if (rh_row_of_job_texts(r, &text, 1, before.raw, before.raw_len))
    free(before.block);
  else
    *r = before;
}

/* Where the service knows no such task, a job that was only said to be it is unknown again. */
static void take_key(void *owner, rh_row *row) {
  rh_row_of_job *r = owner;
  if (r->key) return;
  add_key(r, rh_row_text(row, 0));
  if (!r->error || r->error->status != RHUB_GONE || rh_row_integer(row, 1)) return;
  r->state = RHUB_JOB_UNKNOWN;
  *r->task_id = '\0';
}

static rhub_status find_by_task(rh_store *store, rh_note *note, rhub_error *error) {
  return RUN(store,
             "SELECT key, accepted FROM states CROSS JOIN calls ON calls.id = states.id"
             " WHERE open AND state = 'running' AND task_id = ?1 AND (?2 IS NULL OR account = ?2)",
             take_key, &note->row, error, RH_TEXT(note->task), RH_TEXT(note->row.account));
}

static rhub_status keep(rh_store *store, const rh_row_of_job *r, rhub_error *error) {
  return RUN(store, "INSERT OR REPLACE INTO kept VALUES (?1, ?2)", NULL, NULL, error,
             RH_TEXT(r->key), RH_TEXT(r->save_as));
}

rhub_status rh_note_carry_out(rh_store *store, rh_note *note, rhub_error *error) {
  rhub_status status = RHUB_OK;
  int64_t id;
  switch (note->kind) {
  case RH_NOTE_LOOK: return look(store, note, error);
  case RH_NOTE_SAVED: return note_saved(store, note, error);
  case RH_NOTE_KEEP: return keep(store, &note->row, error);
  case RH_NOTE_WRITE:
    if (note->aside) status = rh_row_set_aside(store, note->row.key, error);
    if (note->instead) status = forget(store, note->row.key, error);
    if (status == RHUB_OK) status = write_call(store, &note->row, error);
    if (note->row.state == RHUB_JOB_INTENT) return status;
    break;
  case RH_NOTE_CHANGE:
    if (note->by_id) status = find_by_task(store, note, error);
    if (!note->row.key) return status;
    if (note->back) status = rh_row_take_back(store, note->row.key, error);
    break;
  }
  if (status == RHUB_OK) status = find_id(store, &note->row, &id, error);
  if (status != RHUB_OK) return status;
  return note->row.state == RHUB_JOB_RUNNING ? set_running(store, id, &note->row, error)
                                             : set_ended(store, id, &note->row, error);
}

rhub_status rh_books_write(rh_store *store, const char *currency, const rh_books *books,
                           rhub_error *error) {
  return RUN(store, "INSERT OR REPLACE INTO books VALUES (?1, ?2, ?3, ?4, ?5, ?6)", NULL, NULL,
             error, RH_TEXT(currency), RH_INTEGER(books->spent), RH_INTEGER(books->unconfirmed),
             RH_INTEGER(books->charged), RH_INTEGER(books->untold), RH_TEXT(books->coins));
}
