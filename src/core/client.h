/* One client: what all of its operations share. The files beside client.c that include this are the
 * operations: task.c, submit.c, quote.c, watch.c, money.c, call.c, media.c. */
#ifndef RHUB_CORE_CLIENT_H
#define RHUB_CORE_CLIENT_H

#include "admit.h"
#include "budget.h"
#include "credentials.h"
#include "download.h"
#include "op.h"
#include "pace.h"
#include "places.h"
#include "shared.h"
#include "still.h"
#include "transfer.h"
#include "upload.h"

#pragma GCC visibility push(hidden)

typedef struct rh_task rh_task;
typedef struct rh_records rh_records; /* record.h */

/* Tasks in line, first come, first served; linked through rh_task. */
typedef struct rh_line {
  rh_task *first, *last;
} rh_line;

struct rhub_client {
  rhub_options options; /* numbers only, defaults filled in; no text */
  rh_credentials credentials;
  rh_ops ops;
  rh_loop *loop;
  rh_pool *pool;
  rh_known *known; /* what was uploaded */
  rh_uploads *uploads;
  rh_downloads *downloads;
  rh_pace *pace;

  rh_records *records; /* NULL without a journal */

  rh_shared *shared; /* the key's limits, with other processes */
  rh_admit admit;
  rh_places *places;
  rh_rate_user starts; /* of tasks */
  uint64_t who;        /* among those that want places */
  bool wants;          /* it is one of them */
  double since;        /* before it had its last turn */
  rh_budget budget;
  rh_line waiting;     /* tasks without a place */
  rh_timer gate;       /* opens after a "full" */
  rh_transfer *asking; /* queue/status under way */
  double asked;        /* when it was last asked; negative: never */

  struct rh_call *orphan_calls; /* forgotten calls that may cost and are on the wire */
  rh_line orphans;              /* forgotten tasks whose submit is on the wire */
  rh_line due;                  /* tasks whose query waits for the rate */
  rh_timer rate;
  rh_still queued, running; /* what the last replies of either kind looked like */

  bool shut;       /* no more submits */
  bool coins_said; /* that a budget in money knows nothing of coins */
  bool pumping;    /* rh_submit_pump is at work further up the stack */
  uint64_t random; /* state of the jitter */
  rhub_stats stats;
  char key_hint[8];
};

/* place.c, for all who share the key: too many requests, the service says. Queries and new tasks
   come slower, and no query leaves for `retry_after` seconds (negative: none were told). */
void rh_client_slower(rhub_client *client, double retry_after);
/* The account's word on its limit, and on the tasks that it runs. */
void rh_client_told(rhub_client *client, size_t limit, size_t running);
const rh_limits *rh_client_limits(const rhub_client *client); /* as of now */

/* Sets the client's budget, NULL for none: RHUB_INPUT for what is no amount. */
rhub_status rh_money_open(rhub_client *client, const char *budget, rhub_error *error);
/* RHUB_CONFIG where neither the site nor the journal tells what money a budget is in. */
rhub_status rh_money_check(const rhub_client *client, const char *budget, rhub_error *error);

/* How a key's place reads in a header, and as a field of a body: its name, or NULL. */
rh_auth rh_key_auth(rhub_key_place place);
const char *rh_key_field(rhub_key_place place);

/* call.c: ends the calls on the wire that may cost money, as unknown; frees those that nobody
   listens to any more. */
void rh_calls_leave(rhub_client *client);
void rh_calls_clear(rhub_client *client);

/* 0 to 1, for jitter. */
double rh_random(rhub_client *client);

#pragma GCC visibility pop
#endif
