/* A key's limits, and turns. See limits.h. No I/O, no clock. */
#include "limits.h"

static rh_want *find(rh_limits *limits, uint64_t who) {
  for (size_t i = 0; i < RH_WANTS; i++)
    if (limits->wants[i].who == who) return &limits->wants[i];
  return NULL;
}

static bool counts(const rh_want *want, double now) {
  return want->who && now < want->until;
}

bool rh_limits_wants(const rh_limits *limits, uint64_t who, double now) {
  const rh_want *want = find((rh_limits *)limits, who);
  return !want || want->until - now < RH_WANTS_FOR / 2;
}

/* NULL: there are too many. */
static rh_want *vacant(rh_limits *limits, double now) {
  for (size_t i = 0; i < RH_WANTS; i++)
    if (!counts(&limits->wants[i], now)) return &limits->wants[i];
  return NULL;
}

void rh_limits_want(rh_limits *limits, uint64_t who, double now) {
  rh_want *want = find(limits, who);
  if (!want && (want = vacant(limits, now))) *want = (rh_want){.who = who, .since = now};
  if (want) want->until = now + RH_WANTS_FOR;
}

void rh_limits_served(rh_limits *limits, uint64_t who, double now) {
  rh_want *want = find(limits, who);
  if (want) want->since = now;
}

void rh_limits_refused(rh_limits *limits, uint64_t who, double since) {
  rh_want *want = find(limits, who);
  if (want && since < want->since) want->since = since;
}

void rh_limits_sated(rh_limits *limits, uint64_t who) {
  rh_want *want = find(limits, who);
  if (want) *want = (rh_want){0};
}

/* Whether `other` has waited longer than he. */
static bool is_before(const rh_want *other, const rh_want *own) {
  return other->since < own->since || (other->since == own->since && other < own);
}

rh_share rh_limits_share(const rh_limits *limits, uint64_t who, double now, size_t total) {
  const rh_want *own = find((rh_limits *)limits, who);
  bool turn = own || !vacant((rh_limits *)limits, now);
  size_t sharers = 1;
  for (size_t i = 0; i < RH_WANTS; i++) {
    const rh_want *other = &limits->wants[i];
    if (!counts(other, now) || other == own) continue;
    sharers++;
    if (own && is_before(other, own)) turn = false;
  }
  return (rh_share){.least = total / sharers,
                    .most = (total + sharers - 1) / sharers,
                    .alone = sharers == 1,
                    .turn = turn || sharers == 1,
                    .since = own ? own->since : now};
}

void rh_limits_mend(rh_limits *limits, double now) {
  rh_rate_mend(&limits->queries, now);
  rh_rate_mend(&limits->starts, now);
  rh_capacity_mend(&limits->capacity, now);
  for (size_t i = 0; i < RH_WANTS; i++) {
    const rh_want *want = &limits->wants[i];
    bool good = want->until >= 0 && want->until <= now + RH_WANTS_FOR + 1 && want->since >= 0 &&
                want->since <= now + 1;
    if (!good) limits->wants[i] = (rh_want){0};
  }
}
