/* The life of one task:
 *
 *   place -> uploads -> (price) -> submit -> watch -> ended
 *
 * task.c holds its beginning and its end, submit.c the way to its turn (place, uploads), quote.c
 * the question what it will cost, post.c the one POST, answer.c what the reply leads to, tell.c
 * what others tell of it, watch.c the way from acceptance to the end (queries, cancelling,
 * time-out), money.c what is reserved and booked on the way. Where there is a journal, record.c
 * begins by looking what that holds, and record_write.c writes before the task goes on. */
#ifndef RHUB_CORE_TASK_H
#define RHUB_CORE_TASK_H

#include "client.h"
#include "reply.h"

#pragma GCC visibility push(hidden)

typedef struct rh_record rh_record; /* record.h */
typedef struct rh_answer rh_answer;

typedef enum rh_phase {
  RH_PHASE_LOOK,   /* what the journal holds of it is looked up, or another task's end awaited */
  RH_PHASE_RECORD, /* its intent, or with draft->answer its id, is being recorded */
  RH_PHASE_PLACE,  /* in client->waiting */
  RH_PHASE_PAUSE,  /* its timer runs; then back to the line, or to the submit if it holds a place */
  RH_PHASE_UPLOAD, /* holds a place from here on */
  RH_PHASE_QUOTE,  /* its price is asked: on the wire, or its timer runs until the next try */
  RH_PHASE_SUBMIT, /* on the wire */
  RH_PHASE_UNKNOWN, /* nobody knows what became of it; its timer bounds the waiting to be told */
  RH_PHASE_SLEEP,   /* accepted; its timer runs until the next query */
  RH_PHASE_DUE,     /* in client->due */
  RH_PHASE_QUERY,   /* query on the wire */
  RH_PHASE_ENDED
} rh_phase;

/* A local file among the parameters. */
typedef struct rh_task_file {
  rh_task *task;
  char *pointer, *path;
  char *address;   /* or name, once uploaded */
  char sha256[65]; /* with a journal; "": not known yet */
  rh_upload *upload;
} rh_task_file;

/* Seconds that count as none: sums of times are not exact. */
#define RH_INSTANT 1e-6

/* What is needed until acceptance only: freed then, since ten thousand tasks may be in flight. */
typedef struct rh_draft {
  char *params;
  size_t params_len;
  char *path; /* where to, for what is no standard model; else NULL */
  rhub_key_place key;
  bool node_files; /* uploaded for nodes, which take names */
  rh_task_file *files;
  size_t file_count, uploads_left;
  double queued;       /* when the task was handed in */
  double wait_timeout; /* negative: none */
  double first_try;    /* of sends that certainly did not arrive; negative: none yet */
  unsigned tries;      /* such sends in a row */
  unsigned pauses;     /* refusals, for growing pauses */
  unsigned agains;     /* "service unavailable" in a row */
  unsigned resubmits;  /* after unknown outcomes */
  int64_t held;        /* of the budget, for the last of those */
  double unknown_wait; /* seconds to be told in, after an unknown outcome; 0: none */
  rhub_error *unknown; /* what it ends with then; NULL: nobody has waited for that yet */
  char told_id[72];    /* the id that came before the reply to the submit on the wire; "": none */
  unsigned quotes;     /* times that its price was asked */
  int64_t price;       /* in units, at most; negative: not known */
  bool over_budget;    /* its turn came, and the budget had no room for it */
  char refusal[24];    /* the last refusal's code */
  rh_answer *answer;   /* that accepted it, until that is recorded */
} rh_draft;

/* What a task that went well tells. */
typedef struct rh_outcome {
  rh_reply reply;
  char *raw;
  size_t raw_len;
  rhub_result result; /* points into the two above */
} rh_outcome;

struct rh_task {
  rh_op op; /* first */
  rhub_client *client;
  rh_task *before, *after; /* in a line */
  rh_line *line;           /* NULL: in none */
  rh_timer timer;
  rh_transfer *transfer; /* the submit or the query on the wire */
  rh_transfer *cancelling;
  rh_pace_model *history;
  char *model;         /* the endpoint; "" for an attached task without one */
  char task_id[72];    /* "" until accepted */
  rh_draft *draft;     /* NULL once accepted */
  rh_outcome *outcome; /* NULL until it went well */
  rh_record *record;   /* NULL without a journal */
  int64_t reserved;    /* of the budget, in units; RH_UNRESERVED */
  double accepted;     /* when */
  double timeout;      /* seconds from acceptance; negative: none */
  double ended;        /* when, as age */
  unsigned asked;      /* queries answered */
  unsigned failures;   /* queries failed in a row */
  unsigned cancels;    /* tries to cancel on the server */
  rhub_state state;
  rh_phase phase;
  bool has_place;     /* counted by client->admit */
  short place;        /* of client->places; -1: none */
  bool attached;      /* not submitted by this client */
  bool cancel_wanted; /* on the server, as soon as it has an id */
  bool told;          /* it will be told when it has ended: no need to ask often */
  bool ask_again;     /* it was told while it was being asked */
  bool found;         /* its id was told, not read in the reply to its submit */
  bool other_told;    /* somebody told of another task under its ticket, and it was said */
  bool odd_status;    /* an unknown status word was logged */
  bool booked;        /* its money is settled, held or given back */
};

/* task.c */
rh_task *rh_task_new(rhub_client *client, const char *model, double timeout); /* NULL: no memory */
/* Gives it a ticket; frees it where there is no memory. */
rhub_status rh_task_open(rh_task *task, rhub_ticket *ticket, rhub_error *error);
void rh_task_state(rh_task *task, rhub_state state);       /* tells, counts */
void rh_task_accepted(rh_task *task, const char *task_id); /* drops the draft */
/* The task ends: takes it out of lines, gives its place back, stops its exchanges. `error` NULL:
   it went well and task->outcome is set. Do not touch the task afterwards. */
void rh_task_end(rh_task *task, const rhub_error *error);
/* Ends by a reply whose status is final. `body` is copied. Takes the reply over. */
void rh_task_finish(rh_task *task, rh_reply *reply, const char *body, size_t len);
/* Ends with what its last reply says, which was recorded. False, and nothing was done: that cannot
   be read. */
bool rh_task_recall(rh_task *task, const char *task_id, const char *body, size_t len,
                    double seconds);
void rh_task_cancelled(rh_task *task, const char *why); /* ends on this side, before acceptance */
/* Before acceptance, for messages: "nothing was submitted", if that is so. */
const char *rh_task_not_sent(const rh_task *task);
/* rhub_shutdown: without `leave` ends it only where its submit has not left. */
void rh_task_leave(rh_task *task, int leave);
void rh_draft_free(rh_draft *draft);
bool rh_task_id_ok(const char *id);

void rh_line_append(rh_line *line, rh_task *task);
void rh_line_prepend(rh_line *line, rh_task *task);
void rh_line_remove(rh_task *task); /* from the one that it is in, if any */

/* submit.c */
void rh_submit_enqueue(rh_task *task, bool first);
void rh_submit_pump(rhub_client *client); /* lets in whom there are places for */
void rh_submit_timer(rh_task *task);      /* the timer of a task that is not accepted yet fired */
void rh_submit_gate(rh_timer *gate);
void rh_submit_ask(rhub_client *client); /* the account's limit, free of charge */
/* Comes back after a pause: to the submit where the task holds a place, to the line otherwise. */
void rh_submit_pause(rh_task *task, double seconds);
/* Seconds until the task has waited long enough to be sent; negative: it may wait for ever. */
double rh_submit_patience(const rh_task *task);

/* place.c: a place of the account that no other process of this machine has. False: there is none
   now, or it is another's turn; the gate's timer runs. A limit that the caller has set is his own
   affair: his places are only counted. */
bool rh_place_take(rh_task *task);
/* Looks again in so many seconds, or before; others know meanwhile that it wants one. */
void rh_place_wait(rhub_client *client, double seconds);
void rh_place_give(rh_task *task);            /* gives it back, if it has one */
void rh_place_sated(rhub_client *client);     /* tells others so, where nobody is in line */
bool rh_place_may_start(rhub_client *client); /* by submit_rate; else the gate's timer runs */
void rh_place_accepted(rhub_client *client);  /* a submit was */
/* It was refused for want of a place: gives its own back. Returns how long the gate is shut. */
double rh_place_full(rh_task *task, double retry_after);
void rh_place_shut(rhub_client *client, double pause); /* refused as one too many: so are others */

/* post.c: POSTs the task's parameters, addresses in their places, to its path, else to `prefix` and
   its endpoint. `request` says all but url and body. NULL: no memory. */
rh_transfer *rh_submit_post(rh_task *task, const char *prefix, rh_request request);
void rh_submit_send(rh_task *task); /* the one POST that costs money */

/* answer.c: the reply to a submit, whose owner is the task */
void rh_submit_done(void *owner, const rh_exchange *exchange);
/* It has an id, which is recorded. */
void rh_submit_accepted(rh_task *task, rh_reply *reply, const char *body, size_t len);
/* Nobody will tell what became of it: ends it, or submits it again where the caller chose that. */
void rh_submit_unknown(rh_task *task, rhub_error *error);

/* tell.c: waits to be told what became of the submit. False: there is nothing to wait for. */
bool rh_tell_wait(rh_task *task, const rhub_error *error);
void rh_tell_timer(rh_task *task); /* nobody has told */
/* It is accepted under this id, and asked for at once. `of_earlier`: the submit that made it is not
   the last one, which made none or never left. */
void rh_tell_found(rh_task *task, const char *id, bool of_earlier);
void rh_tell_other(rh_task *task, const char *id); /* it is no id of this task: logs that */

/* quote.c: a task that has a place and addresses, a budget, and no known price */
void rh_quote_start(rh_task *task);
void rh_quote_timer(rh_task *task);

/* money.c */
/* The price in the options, in units; negative where none is known. RHUB_INPUT for no amount,
   RHUB_BUDGET where it must be known. */
rhub_status rh_money_price(const rhub_client *client, const rhub_task_options *options,
                           int64_t *price, rhub_error *error);
/* Before anything is sent for a task: reserves its price where that is known, once. False: the
   budget has no room for it, and `error` (may be NULL) says so. */
bool rh_money_admit(rh_task *task, rhub_error *error);
/* Reserves draft->price, or what stands for one that is not known. False as above. */
bool rh_money_reserve(rh_task *task, rhub_error *error);
bool rh_money_unpriced(const rh_task *task); /* there is a budget, and nothing reserved of it */
/* The last send may have made a task: what it reserved is held. False: the budget has no room for
   another send, and nothing has changed. */
bool rh_money_again(rh_task *task);
/* An earlier send has made the task: what is held for it is its reservation, another is given back.
 */
void rh_money_found(rh_task *task);
/* The end of a task, for the money: the first of these that is called counts. */
void rh_money_settle(rh_task *task, const rh_reply *reply); /* its status is final */
void rh_money_hold(rh_task *task, const char *task_id);     /* "" where it is not known */
void rh_money_release(rh_task *task);                       /* certain that it cost nothing */
void rh_money_end(rh_task *task, const rhub_error *error);  /* by the error, else released */

/* watch.c */
void rh_watch_start(rh_task *task);
void rh_watch_now(rh_task *task);   /* the same for one that may have ended */
void rh_watch_told(rh_task *task);  /* asks at once, and as usual from then on */
void rh_watch_timer(rh_task *task); /* the timer of an accepted task fired */
void rh_watch_rate(rh_timer *rate);
void rh_watch_cancel(rh_task *task); /* asks the server to cancel */

#pragma GCC visibility pop
#endif
