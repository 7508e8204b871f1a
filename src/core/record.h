/* Where tasks meet the journal: what is recorded of a task, and what of it must be on the disk
 * before the task goes on. record.c finds the key and decides by what is found under it,
 * record_write.c writes. A client without a journal has no rh_records, its tasks no rh_record, and
 * every function here does nothing for those. */
#ifndef RHUB_CORE_RECORD_H
#define RHUB_CORE_RECORD_H

#include "counts.h"
#include "journal.h"
#include "task.h"

#pragma GCC visibility push(hidden)

#define RH_RECORD_BUCKETS 4096

/* A client's part. */
struct rh_records {
  rh_journal *journal;
  char *path;
  const char *service;        /* as the journal calls it */
  char account[33];           /* a name that leads back to no key */
  rh_line looking;            /* tasks that have no key yet, in the order of their calls */
  struct rh_hashing *hashing; /* the files of the first of them */
  rh_counts counts;           /* of equal calls */
  rh_record *active[RH_RECORD_BUCKETS]; /* those at work, by key */
  bool pumping;
};

/* A task's part. */
struct rh_record {
  rh_task *task;
  rh_note *note;         /* what it waits for */
  rh_record *next;       /* in the bucket */
  rh_line followers;     /* tasks of the same key, until this one has an id or an end */
  char *key;             /* NULL: not known yet */
  char *identity;        /* as given; may be NULL */
  char *token, *save_as; /* likewise */
  int64_t occurrence;    /* 0: the key was given */
  int64_t row;           /* the id of the row that its submit has; 0: not known, its key tells */
  rhub_job_state was;    /* of a row that is told of: what it is if that was a lie; 0: of none */
  int64_t created;       /* milliseconds since 1970 */
  int64_t kept;          /* of its reservation after its end; negative: as it is recorded */
  int64_t charged;       /* booked at its end */
  bool unconfirmed;
  char coins[RH_DECIMAL_MAX];
  char other[33]; /* the account that has submitted it, where that is another one */
  bool resolved;  /* its id is what rhub_job_resolve was told */
  bool fresh;
  bool active;
  bool aside;    /* what is recorded under the key stays beside it when its intent is written */
  bool recorded; /* there was a row when it was looked for */
  bool written;  /* the row is its own */
  bool intended; /* the row says that it is submitted now */
  bool final;    /* the service has told how it ended */
  bool silent;   /* nothing more is recorded of it */
  bool by_id;    /* which job it is, the journal tells */
};

/* The reply that has accepted a task, until its id is recorded. */
struct rh_answer {
  rh_reply reply;
  size_t body_len;
  char body[];
};

/* ---- for the client and the tasks: record.c ---- */

/* Opens the journal and takes over what it has booked. */
rhub_status rh_records_open(rhub_client *client, const char *path, rhub_error *error);
void rh_records_stop(rhub_client *client); /* all tasks have gone */
void rh_records_free(rh_records *records); /* the loop has gone too */

rhub_status rh_record_check(const rhub_task_options *options, rhub_error *error);
bool rh_record_new(rh_task *task, const rhub_task_options *options); /* false: no memory */
/* The same for one that is attached to: how it ends is recorded of the job that it is, if of any.
 */
bool rh_record_by_id(rh_task *task);
/* The same for one that has been told of, and is that of a row which may have made it: of an
   unknown job, or of one that was resubmitted or given up. */
bool rh_record_of_row(rh_task *task, const rh_row_of_job *row);
rh_task *rh_record_worker(rhub_client *client, const char *key); /* NULL: nobody is at work on it */
void rh_record_free(rh_task *task);
/* Finds out what is recorded of the task; by that it is submitted, attaches, or ends. */
void rh_record_look(rh_task *task);
void rh_record_unlook(rh_task *task); /* it has gone */
/* Of a task that the service says it does not know: why, where the journal knows better. */
void rh_record_explain(const rh_task *task, rhub_error *error);
/* The error of a task of which the service knows nothing, and whose id was the caller's word: its
   job is unknown as it was. False: it is no such task. */
bool rh_record_refuted(const rh_task *task, rhub_error *error);
const char *rh_record_key(const rh_task *task); /* for events */
/* Those that follow look again: it has an id. */
void rh_record_share(rh_record *record);
/* The same: it has its end. */
void rh_record_done_with(rh_record *record);
void rh_answer_free(rh_answer *answer);

/* ---- for the tasks: record_write.c ---- */

/* Whether the submit may leave now; else the intent is being recorded, and rh_submit_send is called
   again, or the task ends. */
bool rh_record_intent(rh_task *task);
/* The last submit has certainly made no task: it will be sent again, or what became of an earlier
   one stays unknown. */
void rh_record_refused(rh_task *task);
/* The next send of it comes after one that may have made a task. */
void rh_record_again(rh_task *task);
/* Whether what follows acceptance may begin; else the reply is taken over, and rh_submit_accepted
   is called when the id is recorded. */
bool rh_record_accepted(rh_task *task, rh_reply *reply, const char *body, size_t len);
/* Its id came by rh_tell_found: `of_earlier` as there. */
void rh_record_found(rh_task *task, bool of_earlier);
/* Before it lets go of what it holds: records how it ends, and keeps the END until that is done. */
void rh_record_end(rh_task *task, const rhub_error *error);
/* Nobody waits for it any more: what is known is recorded. `task_id`: "" for none; `error` NULL:
   its submit made no task, or has made `task_id`. Once only. */
void rh_record_left(rh_task *task, const char *task_id, const rhub_error *error);
void rh_record_let_go(rh_task *task); /* the same for one as it stands */

/* How its money ended; what it had reserved is negative for none. */
void rh_record_settled(rh_task *task, int64_t charged, bool unconfirmed, const char *coins);
void rh_record_held(rh_task *task, int64_t reserved);

/* ---- for record.c and record_write.c ---- */

int64_t rh_wall_ms(void);
void rh_record_forsake(rh_record *record); /* waits for its note no more */

#pragma GCC visibility pop
#endif
