/* A key's limits, and turns. See limits.h. No I/O, no clock. */
#include "limits.h"

#define WANTS_FOR 2.0 /* seconds that a want counts */

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
  return !want || want->until - now < WANTS_FOR / 2;
}

void rh_limits_want(rh_limits *limits, uint64_t who, double now) {
  rh_want *want = find(limits, who);
  for (size_t i = 0; !want && i < RH_WANTS; i++)
    if (!counts(&limits->wants[i], now)) want = &limits->wants[i];
  if (want) *want = (rh_want){.who = who, .until = now + WANTS_FOR};
}

void rh_limits_sated(rh_limits *limits, uint64_t who) {
  rh_want *want = find(limits, who);
  if (want) *want = (rh_want){0};
}

rh_share rh_limits_share(const rh_limits *limits, uint64_t who, double now, size_t total) {
  size_t sharers = 1;
  for (size_t i = 0; i < RH_WANTS; i++)
    if (counts(&limits->wants[i], now) && limits->wants[i].who != who) sharers++;
  if (sharers == 1) return (rh_share){.least = total, .most = total};
  return (rh_share){.least = total / sharers, .most = (total + sharers - 1) / sharers};
}

void rh_limits_mend(rh_limits *limits, double now) {
  rh_rate_mend(&limits->queries, now);
  rh_rate_mend(&limits->starts, now);
  rh_capacity_mend(&limits->capacity, now);
  for (size_t i = 0; i < RH_WANTS; i++) {
    double until = limits->wants[i].until;
    if (!(until >= 0 && until <= now + WANTS_FOR + 1)) limits->wants[i] = (rh_want){0};
  }
}
