/* A place for a task, and what the service's answers teach about places and rates: all of it shared
 * with the other processes that work with the same key. See task.h. */
#include "task.h"

#include "retry.h"

/* Seconds until places that others want too are looked at again: this to three times this. */
#define TURN 0.1

static double now_of(const rhub_client *client) {
  return rh_loop_now(client->loop);
}

const rh_limits *rh_client_limits(const rhub_client *client) {
  return rh_shared_look(client->shared, now_of(client));
}

/* ---- taking one ------------------------------------------------------------------------------ */

static void say(rhub_client *client, void (*what)(rh_limits *, uint64_t, double)) {
  double now = now_of(client);
  what(rh_shared_begin(client->shared, now), client->who, now);
  rh_shared_end(client->shared);
}

/* Others do not tell when they give a place back, and are to know that somebody waits for one. */
void rh_place_wait(rhub_client *client, double seconds) {
  double most = RH_WANTS_FOR / 2;
  rh_timer_start(&client->gate, seconds < most ? seconds : most);
  client->wants = true;
  if (rh_limits_wants(rh_client_limits(client), client->who, now_of(client)))
    say(client, rh_limits_want);
}

bool rh_place_take(rh_task *task) {
  rhub_client *client = task->client;
  const rh_limits *limits = rh_client_limits(client);
  size_t total = rh_admit_total(&client->admit, &limits->capacity), has = client->admit.in_flight;
  rh_share share = rh_limits_share(limits, client->who, now_of(client), total);
  bool due = !total || has < share.least || (has < share.most && share.turn);
  bool taken = due && rh_places_take(client->places, total, &task->place);
  if (taken) client->since = share.since;
  if (total && !share.alone && (taken || has >= share.most)) say(client, rh_limits_served);
  if (!taken) rh_place_wait(client, TURN * (1 + 2 * rh_random(client)));
  return taken;
}

void rh_place_give(rh_task *task) {
  if (task->has_place) rh_admit_leave(&task->client->admit);
  task->has_place = false;
  rh_places_give(task->client->places, task->place);
  task->place = -1;
}

void rh_place_sated(rhub_client *client) {
  if (!client->wants || client->waiting.first) return;
  client->wants = false;
  rh_limits_sated(rh_shared_begin(client->shared, now_of(client)), client->who);
  rh_shared_end(client->shared);
}

/* ---- starting -------------------------------------------------------------------------------- */

bool rh_place_may_start(rhub_client *client) {
  double now = now_of(client), wait;
  if (!client->starts.full) return true;
  if (!rh_rate_held(&client->starts, now, &wait)) {
    rh_limits *limits = rh_shared_begin(client->shared, now);
    wait = rh_rate_wait(&client->starts, &limits->starts, now);
    rh_shared_end(client->shared);
  }
  if (wait > 0) rh_timer_start(&client->gate, wait);
  return wait == 0;
}

/* ---- learning -------------------------------------------------------------------------------- */

static rh_limits *begin(rhub_client *client) {
  client->admit.others = rh_places_others(client->places);
  return rh_shared_begin(client->shared, now_of(client));
}

void rh_place_accepted(rhub_client *client) {
  const rh_capacity *capacity = &rh_client_limits(client)->capacity;
  if (!capacity->learned && !capacity->fulls) return;
  rh_admit_accepted(&client->admit, &begin(client)->capacity);
  rh_shared_end(client->shared);
}

double rh_place_full(rh_task *task, double retry_after) {
  rhub_client *client = task->client;
  const rhub_options *o = &client->options;
  rh_limits *limits = begin(client);
  rh_capacity *capacity = &limits->capacity;
  double pause =
      rh_pause(o->busy_first, o->busy_max, capacity->fulls, rh_random(client), retry_after);
  rh_admit_full(&client->admit, capacity, now_of(client), pause);
  rh_limits_refused(limits, client->who, client->since);
  rh_shared_end(client->shared);
  task->has_place = false; /* counted off by rh_admit_full */
  rh_place_give(task);
  return pause;
}

void rh_client_told(rhub_client *client, size_t limit, size_t running) {
  rh_admit_account(&client->admit, &begin(client)->capacity, limit, running);
  rh_shared_end(client->shared);
}

void rh_client_slower(rhub_client *client, double retry_after) {
  double now = now_of(client);
  rh_limits *limits = rh_shared_begin(client->shared, now);
  rh_rate_slower(rh_pace_rate(client->pace), &limits->queries, now, retry_after);
  rh_rate_slower(&client->starts, &limits->starts, now, -1);
  rh_shared_end(client->shared);
}

void rh_place_shut(rhub_client *client, double pause) {
  double now = now_of(client);
  rh_client_slower(client, -1);
  rh_admit_shut(&rh_shared_begin(client->shared, now)->capacity, now, pause);
  rh_shared_end(client->shared);
}
