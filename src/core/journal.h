/* What must survive a crash: one row a job in a store, written on a worker, all that came up since
 * the last transaction in one. Knows no tasks and no network.
 *
 * A note is a look at a row, or a change of one. Notes are carried out in the order in which they
 * are handed in. `done` is called on the loop's thread when the transaction is on the disk, or has
 * failed: what may be told or sent only then waits for it. */
#ifndef RHUB_CORE_JOURNAL_H
#define RHUB_CORE_JOURNAL_H

#include "budget.h"
#include "journal_service.h"
#include "loop.h"
#include "store.h"

#pragma GCC visibility push(hidden)

typedef struct rh_journal rh_journal;
typedef struct rh_note rh_note;
typedef void rh_note_done(rh_note *note);

typedef enum rh_note_kind {
  RH_NOTE_LOOK,   /* fills what is recorded under the key; state 0: nothing */
  RH_NOTE_WRITE,  /* the call anew, all that is in the row */
  RH_NOTE_CHANGE, /* how a recorded one stands: state and what came of it */
  RH_NOTE_SAVED,  /* a file with its result was written: `path`, and `files`: its SHA-256 or NULL.
                     No path: none of its files is there any more */
  RH_NOTE_KEEP    /* no job: what the caller keeps under a name of its own, `key` and `save_as` */
} rh_note_kind;

/* What the journal has booked in one currency, after a task's end. */
typedef struct rh_books {
  bool due; /* to be written */
  int64_t spent, unconfirmed, charged, untold;
  char coins[RH_DECIMAL_MAX];
} rh_books;

/* What is said of an intent whose writer has died: nobody will tell what became of it. */
#define RH_JOB_LOST "rhub ended while it was submitted"

/* A job's row. Its texts and the reply are its own, in one block; NULL for none. */
typedef struct rh_row_of_job {
  int64_t id; /* in a note: filled in by WRITE; CHANGE finds that of the key where it is 0 */
  const char *key, *origin, *account, *endpoint, *path, *params, *files, *identity, *currency;
  int64_t occurrence;
  rhub_job_state state;
  char task_id[72];
  int64_t reserved; /* in units; to be written: negative leaves what is there */
  int64_t charged;  /* likewise; to be written: what is added */
  bool unconfirmed; /* the charge was not told */
  char coins[RH_DECIMAL_MAX];
  int64_t created, submitted, accepted, ended; /* milliseconds since 1970; 0: not, or unchanged */
  const char *raw;                             /* the last reply */
  size_t raw_len;
  rhub_error *error;
  const char *saved; /* "SHA-256[ bytes] TAB path" lines */
  const char *token, *save_as;
  char *block; /* what holds them, */
  size_t room; /* of so many bytes */
} rh_row_of_job;

#define RH_ROOM_OF_ROW 1024 /* bytes of a block, unless it has to be larger */

/* A text and the field of a row that is to hold it. */
typedef struct rh_row_text_of {
  const char **field;
  const char *text; /* NULL: none */
} rh_row_text_of;

struct rh_note {
  rh_note *next;
  rh_journal *journal;
  rh_note_kind kind;
  bool aside;   /* WRITE: what is recorded under the key stays, under a name of its own */
  bool instead; /* WRITE: it takes the place of what is recorded under the key */
  bool back;    /* CHANGE: of what was set aside last; what is recorded under the key is nothing */
  bool by_id;   /* CHANGE: of the job that runs as `task`, of row.account's unless that is NULL (it
                   lives as long as the journal); there may be none. Its key is filled in */
  char task[72];
  char file[65 + 24]; /* SAVED: its SHA-256 and bytes, when it is prepared */
  rh_row_of_job row;
  rh_books books;
  const char *currency; /* of the books; lives as long as the journal */
  rhub_error *failure;  /* NULL: it is done */
  rh_note_done *done;   /* NULL: nobody waits; the note is freed after */
  void *owner;          /* NULL: who waited has gone; `done` is not called */
};

/* Takes the file's lock for as long as it lives: RHUB_IO where another holds it, and for what
   cannot be used; RHUB_CONFIG where its jobs are another service's, or in other money than the
   client's; where that knows none the service gets the journal's. `path` lives as long. Jobs of
   which no more than their intent is known become unknown; those that a sandbox has taken with it
   have failed. */
rhub_status rh_journal_open(rh_loop *loop, const char *path, rh_service *service, rh_journal **out,
                            rhub_error *error);
/* Before the loop is freed: calls nobody any more. NULL is allowed in both. */
void rh_journal_stop(rh_journal *journal);
/* After it: writes what is still to be written. */
void rh_journal_free(rh_journal *journal);

/* A note with nothing in its row but zeros. NULL: no memory. Handed in it is the journal's, which
   lends those that are done with again: each is a piece of memory that the next one needs. */
rh_note *rh_note_new(rh_journal *journal, rh_note_kind kind);
rh_note *rh_note_of(rh_journal *journal, rh_note_kind kind, const char *key); /* with its key */
void rh_note_free(rh_note *note);
void rh_journal_add(rh_journal *journal, rh_note *note);
/* Whether nothing was ever recorded under a key, nor is about to be: a look would find nothing.
   False: it may have been. */
bool rh_journal_lacks(const rh_journal *journal, const char *key);

/* What was booked and is held in a currency goes into a budget that has seen nothing else. */
rhub_status rh_journal_books(rh_journal *journal, const char *currency, rh_budget *budget,
                             rhub_error *error);
/* What the key of an account ends in, at once; "" where nobody knows. */
void rh_journal_key(rh_journal *journal, const char *account, rh_fact hint);
/* The row of a key that nobody works, at once: blocks. row->state 0: there is none. */
rhub_status rh_journal_look(rh_journal *journal, const char *key, rh_row_of_job *row,
                            rhub_error *error);
/* The same of the job whose submit had a token and may have made a task, of those with no task of
   this id already. `of` says whose: origin, account and currency. */
rhub_status rh_journal_lost(rh_journal *journal, const char *token, const char *task_id,
                            const rh_row_of_job *of, rh_row_of_job *row, rhub_error *error);
/* The same where none is recorded under the key any more: of the one that was set aside under it,
   to be submitted again. It is the job again, and unknown. */
rhub_status rh_journal_take_back(rh_journal *journal, const char *key, rh_row_of_job *row,
                                 rhub_error *error);
/* Resolves it likewise: a state and an id; 0 sets it aside, so that the key is free again. */
rhub_status rh_journal_resolve(rh_journal *journal, const char *key, rhub_job_state state,
                               const char *task_id, rhub_error *error);

/* Copies all texts that a row is to have, and the reply (NULL: none), into its block, which it
   enlarges where need be. False: no memory. */
bool rh_row_of_job_texts(rh_row_of_job *row, const rh_row_text_of *texts, size_t count,
                         const void *raw, size_t raw_len);
void rh_row_of_job_clear(rh_row_of_job *row);

/* ---- the file beside it: journal_lock.c ---- */

/* Takes the lock: *fd is to be closed in any case, unless negative. RHUB_IO where another has it.
 */
rhub_status rh_journal_lock(const char *path, int *fd, rhub_error *error);
/* Leaves word, with the lock, that there is a journal, and of the id of its newest job: one that
   does not have that has lost it, with its log or as an earlier copy. */
void rh_journal_keep(int fd, int64_t newest);
int64_t rh_journal_newest(const char *path); /* that word; negative: there is none */
bool rh_journal_was_kept(const char *path);  /* whether there is one */
/* Before the lock is let go: where the journal is not there any more, what comes to its place is
   taken as it is. */
void rh_journal_leave(int fd, const char *path);
/* Whether a process works the journal at `path`. */
bool rh_journal_at_work(const char *path);

/* ---- rows: journal_row.c, on whatever thread has the store ---- */

extern const rh_store_plan rh_journal_plan;

/* What is recorded under a key makes room for another submit of the job. */
rhub_status rh_row_set_aside(rh_store *store, const char *key, rhub_error *error);
/* That submit has made nothing, or was not begun: the one before it, which was set aside, is the
   job again, and unknown. Nothing happens where there is none. */
rhub_status rh_row_take_back(rh_store *store, const char *key, rhub_error *error);
/* What need not be done while a transaction keeps others waiting: reads the file that was saved. */
rhub_status rh_note_prepare(rh_note *note, rhub_error *error);
/* Runs what a note asks for that is prepared. */
rhub_status rh_note_carry_out(rh_store *store, rh_note *note, rhub_error *error);
rhub_status rh_books_write(rh_store *store, const char *currency, const rh_books *books,
                           rhub_error *error);

#define RH_JOB_COLUMNS                                                                          \
  "id, key, origin, account, endpoint, path, params, files, identity, currency, occurrence, "   \
  "state,"                                                                                      \
  " task_id, reserved, charged, unconfirmed, coins, created, submitted, accepted, ended, raw, " \
  "kind,"                                                                                       \
  " code, message, spent, http_status, retryable, saved, token, save_as"

/* Which row of calls (or of the view jobs), and which of states, is the job's whose key is ?1. */
#define RH_OF_KEY " WHERE hash = hash_of(?1) AND key = ?1"
#define RH_OF_JOB " WHERE id = (SELECT id FROM calls" RH_OF_KEY ")"

/* Takes a copy of a row of these columns into a zeroed one. False: no memory. */
bool rh_row_of_job_take(rh_row_of_job *out, rh_row *row);

#pragma GCC visibility pop
#endif
