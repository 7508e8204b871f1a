/* When to ask for news of a task: learns each model's usual duration within a run, sleeps until
 * near it, then tightens, between stated bounds; and keeps queries under one rate, which all who
 * ask with the same key may share. No I/O, no clock: times come in as seconds. */
#ifndef RHUB_CORE_PACE_H
#define RHUB_CORE_PACE_H

#include "rate.h"

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
double rh_pace_usual(const rh_pace_model *model);         /* the median; 0: not known yet */

/* The longest pause of all, where poll_max is not longer still. */
#define RH_PACE_LONGEST 60.0

/* How long to wait before the next query of a task `age` seconds after its acceptance, `asked`
   queries made, `in_flight` tasks polled by this client. `model` may be NULL: no history.

   Without history: poll_first, growing by half each time, up to poll_max.
   With history, three stretches. Well before the earliest usual end: one look after poll_max (an
   early failure shows, and that it runs), then each time half of what is left, up to
   RH_PACE_LONGEST. Between the earliest and the latest usual end: poll_min, or a sixteenth of that
   stretch, whichever is longer, up to poll_max. Later than usual: widening to poll_max.
   Always: the first pause is at least poll_first, others at least poll_min. Where in_flight tasks
   at such a pace would pass the rate, wider, up to RH_PACE_LONGEST.
   `random` 0 to 1 spreads tasks that were started together by an eighth. */
double rh_pace_next(const rh_pace *pace, const rh_pace_model *model, double age, unsigned asked,
                    size_t in_flight, double random);

/* One's share in the rate: see rate.h. */
rh_rate_user *rh_pace_rate(rh_pace *pace);

#pragma GCC visibility pop
#endif
