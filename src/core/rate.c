/* A rate that is shared. See rate.h. No I/O, no clock. */
#include "rate.h"

#define INSTANT  1e-9
#define RECOVERY 10.0       /* seconds from nothing to the full rate */
#define LEAST    (1.0 / 32) /* of the full rate */
#define BACKLOG  10.0       /* seconds: no slot is further ahead, however many share */
#define LOOKS    200 /* a second, at what is shared: faster rates take several slots at once */

static double bound(double value, double low, double high) {
  return value < low ? low : value > high ? high : value;
}

void rh_rate_init(rh_rate_user *user, double full) {
  *user = (rh_rate_user){.full = full, .now = full};
}

static double part_at(const rh_rate *rate, double now) {
  double passed = now - rate->slowed;
  return bound(1 - rate->lost + (passed > 0 ? passed / RECOVERY : 0), LEAST, 1);
}

/* How many idle time saves up. */
static double most_saved(double rate) {
  return rate > 4 ? rate / 4 : 1;
}

bool rh_rate_held(const rh_rate_user *user, double now, double *wait) {
  if (user->left == 0 || now + INSTANT >= user->until) return false;
  *wait = now + INSTANT < user->at ? user->at - now : 0;
  return true;
}

/* The next free slots become his. */
static void reserve(rh_rate_user *user, rh_rate *rate, double now) {
  double gap = 1 / user->now, saved = (most_saved(user->now) - 1) * gap;
  double longest = 2 * gap > BACKLOG ? 2 * gap : BACKLOG;
  double next = bound(rate->next, now, now + saved + longest);
  user->left = user->now > LOOKS ? (unsigned)bound(user->now / LOOKS, 1, 1e6) : 1;
  user->at = next - saved > now ? next - saved : now;
  user->until = user->at + user->left * gap;
  rate->next = next + user->left * gap;
}

double rh_rate_wait(rh_rate_user *user, rh_rate *rate, double now) {
  double wait = 0;
  if (user->full == 0) return 0;
  if (rh_rate_held(user, now, &wait)) return wait;
  user->left = 0;
  user->now = user->full * part_at(rate, now);
  if (now < rate->quiet) return rate->quiet - now;
  reserve(user, rate, now);
  return user->at - now;
}

void rh_rate_use(rh_rate_user *user) {
  if (user->left) user->left--;
}

void rh_rate_slower(rh_rate_user *user, rh_rate *rate, double now, double retry_after) {
  double part = part_at(rate, now);
  bool again =
      rate->lost > 0 && now - rate->slowed < 1; /* what was under way is refused together */
  if (!again) {
    part = bound(part / 2, LEAST, 1);
    rate->lost = 1 - part;
    rate->slowed = now;
  }
  double quiet = now + bound(retry_after, 0, RH_RATE_QUIET);
  if (retry_after > 0 && quiet > rate->quiet) rate->quiet = quiet;
  if (user->full == 0) return;
  user->left = 0;
  user->now = user->full * part;
  double nothing_saved = now + most_saved(user->now) / user->now;
  if (rate->next < nothing_saved) rate->next = nothing_saved;
}

/* NaN is outside of everything. */
static bool within(double value, double low, double high) {
  return value >= low && value <= high;
}

void rh_rate_mend(rh_rate *rate, double now) {
  if (!within(rate->next, 0, 1e300)) rate->next = 0; /* how far ahead depends on who asks */
  if (!within(rate->slowed, 0, now + 1) || !within(rate->lost, 0, 1 - LEAST))
    rate->slowed = rate->lost = 0;
  if (!within(rate->quiet, 0, now + RH_RATE_QUIET + 1)) rate->quiet = 0;
}
