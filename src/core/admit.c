/* How many tasks may be in flight at once. See admit.h. No I/O, no clock. */
#include "admit.h"

#include <string.h>

#define MOST_PATIENCE 6
#define MOST_TASKS    1000000
#define LONGEST_SHUT  3600.0 /* a Retry-After counts for no more */

void rh_admit_init(rh_admit *admit, size_t option) {
  memset(admit, 0, sizeof *admit);
  admit->option = option;
}

static size_t lesser(size_t a, size_t b) {
  return a && (!b || a < b) ? a : b;
}

size_t rh_admit_limit(const rh_admit *admit, const rh_capacity *capacity) {
  return lesser(capacity->learned, admit->option ? admit->option : admit->account);
}

size_t rh_admit_total(const rh_admit *admit, const rh_capacity *capacity) {
  return lesser(capacity->learned, admit->option ? 0 : admit->account);
}

double rh_admit_ask(const rh_admit *admit, const rh_capacity *capacity, double now) {
  size_t limit = rh_admit_limit(admit, capacity);
  if (limit && admit->in_flight >= limit) return -1;
  return now < capacity->closed_until ? capacity->closed_until - now : 0;
}

void rh_admit_enter(rh_admit *admit) {
  admit->in_flight++;
}

void rh_admit_leave(rh_admit *admit) {
  if (admit->in_flight) admit->in_flight--;
}

/* What was told, not what was learned: of all together. */
static size_t told(const rh_admit *admit) {
  return admit->option ? admit->option + admit->others : admit->account;
}

void rh_admit_accepted(const rh_admit *admit, rh_capacity *capacity) {
  capacity->fulls = 0;
  if (!capacity->learned || ++capacity->good < 1u << capacity->patience) return;
  capacity->good = 0;
  capacity->learned++;
  capacity->raised = 1;
  if (told(admit) && capacity->learned >= told(admit)) {
    capacity->learned = 0;
    capacity->patience = 0;
  }
}

/* The limit comes down to `places`, at least to one. */
static void lower(const rh_admit *admit, rh_capacity *capacity, size_t places) {
  if (places == 0) places = 1;
  size_t limit = lesser(capacity->learned, told(admit));
  if (limit && places >= limit) return;
  capacity->learned = (uint32_t)(places < MOST_TASKS ? places : MOST_TASKS);
  capacity->good = 0;
  if (capacity->raised && capacity->patience < MOST_PATIENCE) capacity->patience++;
  capacity->raised = 0;
}

void rh_admit_shut(rh_capacity *capacity, double now, double pause) {
  if (pause > LONGEST_SHUT) pause = LONGEST_SHUT;
  if (now + pause > capacity->closed_until) capacity->closed_until = now + pause;
}

void rh_admit_full(rh_admit *admit, rh_capacity *capacity, double now, double pause) {
  rh_admit_leave(admit);
  bool shut = now < capacity->closed_until;
  bool first = !shut && capacity->fulls == 0;
  if (!first || lesser(capacity->learned, told(admit)) == 0)
    lower(admit, capacity, admit->in_flight + admit->others);
  if (!shut || capacity->fulls == 0) capacity->fulls++;
  rh_admit_shut(capacity, now, pause);
}

void rh_admit_account(rh_admit *admit, rh_capacity *capacity, size_t limit, size_t running) {
  size_t ours = admit->in_flight + admit->others, foreign = running > ours ? running - ours : 0;
  admit->account = limit;
  if (foreign) lower(admit, capacity, limit > foreign ? limit - foreign : 1);
}

void rh_capacity_mend(rh_capacity *capacity, double now) {
  bool good = capacity->learned <= MOST_TASKS && capacity->patience <= MOST_PATIENCE &&
              capacity->good <= 1u << MOST_PATIENCE && capacity->raised <= 1;
  double until = capacity->closed_until;
  if (!good) memset(capacity, 0, sizeof *capacity);
  capacity->closed_until = until >= 0 && until <= now + LONGEST_SHUT + 1 ? until : 0;
}
