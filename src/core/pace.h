/* When to ask for news of a task: learns each model's usual duration within a run, sleeps until
 * near it, then tightens, between stated bounds; and keeps all queries of a client under one rate.
 * No I/O, no clock: times come in as seconds. */
#ifndef RHUB_CORE_PACE_H
#define RHUB_CORE_PACE_H

#include <stdbool.h>
#include <stddef.h>

#pragma GCC visibility push(hidden)

typedef struct rh_pace rh_pace; /* one a client */
typedef struct rh_pace_model
    rh_pace_model; /* one a model, owned by the pace, never freed before it */

rh_pace *rh_pace_new(double first, double min, double max, double rate);
void rh_pace_free(rh_pace *pace);

/* The model's history (made when new; NULL model: a shared one without a name). NULL: no memory.
   Bounded: past 4096 models the nameless one serves. */
rh_pace_model *rh_pace_for(rh_pace *pace, const char *model);
void rh_pace_learn(rh_pace_model *model, double seconds); /* a task took this long */
double rh_pace_usual(const rh_pace_model *model);         /* 0: not known yet */

/* How long to wait before the next query of a task `age` seconds after its acceptance, `asked`
   queries made, `in_flight` tasks polled by this client: without history it grows from poll_first
   towards poll_max; with history it sleeps until near the usual end, then tightens to poll_min,
   and widens again for one that is late. Wider when in_flight tasks would pass the rate.
   `random` 0 to 1 spreads tasks that were started together. */
double rh_pace_next(const rh_pace *pace, const rh_pace_model *model, double age, unsigned asked,
                    size_t in_flight, double random);

/* The rate: 0 when a query may leave now (and it is counted), else seconds to wait. Halved by
   rh_pace_slower (1003, 429), recovering by a tenth of the full rate with each good reply's second.
 */
double rh_pace_take(rh_pace *pace, double now);
void rh_pace_slower(rh_pace *pace, double now);

#pragma GCC visibility pop
#endif
