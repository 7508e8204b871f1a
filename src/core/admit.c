/* How many tasks may be in flight at once. See admit.h. No I/O, no clock. */
#include "admit.h"

#include <string.h>

#define MOST_PATIENCE 64

void rh_admit_init(rh_admit *admit, size_t option) {
  memset(admit, 0, sizeof *admit);
  admit->option = option;
  admit->patience = 1;
}

/* What was told, not what was learned. */
static size_t told(const rh_admit *admit) {
  return admit->option ? admit->option : admit->account;
}

size_t rh_admit_limit(const rh_admit *admit) {
  size_t limit = told(admit);
  return admit->learned && (!limit || admit->learned < limit) ? admit->learned : limit;
}

double rh_admit_ask(const rh_admit *admit, double now) {
  size_t limit = rh_admit_limit(admit);
  if (limit && admit->in_flight >= limit) return -1;
  return now < admit->closed_until ? admit->closed_until - now : 0;
}

void rh_admit_enter(rh_admit *admit) {
  admit->in_flight++;
}

void rh_admit_leave(rh_admit *admit) {
  if (admit->in_flight) admit->in_flight--;
}

void rh_admit_accepted(rh_admit *admit) {
  admit->fulls = 0;
  if (!admit->learned || ++admit->good < admit->patience) return;
  admit->good = 0;
  admit->learned++;
  admit->raised = true;
  if (told(admit) && admit->learned >= told(admit)) {
    admit->learned = 0;
    admit->patience = 1;
  }
}

/* The limit comes down to `places`, at least to one. */
static void lower(rh_admit *admit, size_t places) {
  if (places == 0) places = 1;
  size_t limit = rh_admit_limit(admit);
  if (limit && places >= limit) return;
  admit->learned = places;
  admit->good = 0;
  if (admit->raised && admit->patience < MOST_PATIENCE) admit->patience *= 2;
  admit->raised = false;
}

void rh_admit_full(rh_admit *admit, double now, double pause) {
  rh_admit_leave(admit);
  bool shut = now < admit->closed_until;
  bool first = !shut && admit->fulls == 0;
  if (!first || rh_admit_limit(admit) == 0) lower(admit, admit->in_flight);
  if (!shut || admit->fulls == 0) admit->fulls++;
  if (now + pause > admit->closed_until) admit->closed_until = now + pause;
}

void rh_admit_account(rh_admit *admit, size_t limit, size_t running) {
  admit->account = limit;
  size_t others = running > admit->in_flight ? running - admit->in_flight : 0;
  if (others) lower(admit, limit > others ? limit - others : 1);
}
