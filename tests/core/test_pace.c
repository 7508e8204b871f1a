/* When to ask: bounds and tendencies, not exact numbers. */
#include "unit.h"
#include "core/pace.h"

#include <math.h>

static rh_rate shared;

#define FIRST 1.0
#define MIN   1.0
#define MAX   5.0
#define RATE  10.0

static int make(void **state) {
  *state = rh_pace_new(FIRST, MIN, MAX, RATE);
  shared = (rh_rate){0};
  return *state ? 0 : -1;
}

static int drop(void **state) {
  rh_pace_free(*state);
  return 0;
}

static rh_pace_model *usually(rh_pace *pace, const char *name, double seconds, unsigned times) {
  rh_pace_model *model = rh_pace_for(pace, name);
  assert_non_null(model);
  for (unsigned i = 0; i < times; i++) rh_pace_learn(model, seconds);
  return model;
}

/* Queries until a task of `duration` is seen to have ended, and how late that is. */
static unsigned watch(rh_pace *pace, rh_pace_model *model, double duration, double *late) {
  double age = 0;
  unsigned asked = 0;
  while (age < duration || asked == 0) {
    age += rh_pace_next(pace, model, age, asked, 1, (asked * 7 % 10) / 10.0);
    asked++;
    assert_true(asked < 100000);
  }
  *late = age - duration;
  return asked;
}

static void without_history_pauses_grow(void **state) {
  const rh_pace *pace = *state;
  double before = 0;
  for (unsigned asked = 0; asked < 100; asked++) {
    double wait = rh_pace_next(pace, NULL, asked, asked, 1, 0.5);
    assert_true(wait >= before);
    assert_true(wait >= FIRST && wait <= MAX);
    before = wait;
  }
  assert_true(before == MAX);
  assert_true(rh_pace_next(pace, NULL, 1e9, 4000000000u, 1, 0.5) == MAX);
}

static void tasks_that_started_together_part(void **state) {
  rh_pace *pace = *state;
  rh_pace_model *model = usually(pace, "m", 60, 8);
  assert_true(rh_pace_next(pace, NULL, 3, 3, 1, 0) < rh_pace_next(pace, NULL, 3, 3, 1, 1));
  assert_true(rh_pace_next(pace, model, 6, 1, 1, 0) < rh_pace_next(pace, model, 6, 1, 1, 1));
}

static void every_pause_is_bounded(void **state) {
  rh_pace *pace = *state;
  static const double usual[] = {0.01, 0.5, 3, 20, 90, 700, 20000};
  for (size_t u = 0; u < COUNT(usual); u++) {
    char name[20];
    snprintf(name, sizeof name, "m%zu", u);
    rh_pace_model *model = usually(pace, name, usual[u], 5);
    for (double age = 0; age < 3 * usual[u]; age += usual[u] / 50)
      for (unsigned asked = 0; asked < 3; asked++)
        for (double random = 0; random <= 1; random += 0.5) {
          double wait = rh_pace_next(pace, model, age, asked, 1, random);
          assert_true(wait >= (asked ? MIN : FIRST) && wait <= RH_PACE_LONGEST);
          if (age > 2 * usual[u]) assert_true(wait <= MAX);
        }
  }
}

static void history_spares_queries_and_is_on_time(void **state) {
  rh_pace *pace = *state;
  static const double usual[] = {3, 20, 90, 600, 3600};
  for (size_t u = 0; u < COUNT(usual); u++) {
    char name[20];
    double late_with, late_without;
    snprintf(name, sizeof name, "m%zu", u);
    rh_pace_model *model = usually(pace, name, usual[u], 16);
    unsigned with = watch(pace, model, usual[u], &late_with);
    unsigned without = watch(pace, NULL, usual[u], &late_without);
    if (with > without || late_with > MAX)
      fail_msg("%.0f s: %u queries, %.1f s late; without history %u", usual[u], with, late_with,
               without);
    if (usual[u] >= 600) assert_true(with * 2 < without);
  }
}

static void near_the_end_it_tightens_and_later_it_widens(void **state) {
  rh_pace *pace = *state;
  rh_pace_model *model = usually(pace, "m", 60, 16);
  assert_true(rh_pace_next(pace, model, 10, 2, 1, 0.5) > MAX);
  assert_true(rh_pace_next(pace, model, 60, 6, 1, 0.5) == MIN);
  double before = 0;
  for (double age = 61; age < 200; age++) {
    double wait = rh_pace_next(pace, model, age, 9, 1, 0.5);
    assert_true(wait >= before);
    before = wait;
  }
  assert_true(before == MAX);
}

static void an_early_look_comes_first(void **state) {
  rh_pace *pace = *state;
  rh_pace_model *model = usually(pace, "m", 600, 16);
  assert_true(rh_pace_next(pace, model, 0, 0, 1, 1) <= MAX * 1.2);
}

static void usual_is_the_median(void **state) {
  rh_pace *pace = *state;
  rh_pace_model *model = rh_pace_for(pace, "m");
  assert_true(rh_pace_usual(model) == 0);
  rh_pace_learn(model, 10);
  assert_true(rh_pace_usual(model) == 10);
  rh_pace_learn(model, 20);
  assert_true(rh_pace_usual(model) == 15);
  rh_pace_learn(model, 9000); /* one odd task */
  assert_true(rh_pace_usual(model) == 20);
  rh_pace_learn(model, NAN);
  rh_pace_learn(model, INFINITY);
  rh_pace_learn(model, -1);
  assert_true(rh_pace_usual(model) == 20);
  for (int i = 0; i < 16; i++) rh_pace_learn(model, 5); /* the past is forgotten */
  assert_true(rh_pace_usual(model) == 5);
}

static void one_odd_task_does_not_delay_the_next(void **state) {
  rh_pace *pace = *state;
  rh_pace_model *model = usually(pace, "m", 20, 15);
  rh_pace_learn(model, 4000);
  double late;
  watch(pace, model, 20, &late);
  assert_true(late <= MAX);
}

static void each_model_has_its_own_history(void **state) {
  rh_pace *pace = *state;
  rh_pace_model *models[300];
  for (int i = 0; i < 300; i++) {
    char name[20];
    snprintf(name, sizeof name, "model/%d", i * 7 % 300);
    models[i] = usually(pace, name, i + 1, 1);
  }
  for (int i = 0; i < 300; i++) {
    char name[20];
    snprintf(name, sizeof name, "model/%d", i * 7 % 300);
    assert_ptr_equal(rh_pace_for(pace, name), models[i]);
    assert_true(rh_pace_usual(models[i]) == i + 1);
  }
  assert_ptr_equal(rh_pace_for(pace, NULL), rh_pace_for(pace, NULL));
}

static void models_are_bounded(void **state) {
  rh_pace *pace = *state;
  char name[20];
  for (int i = 0; i < 4096; i++) {
    snprintf(name, sizeof name, "%d", i);
    assert_ptr_not_equal(rh_pace_for(pace, name), rh_pace_for(pace, NULL));
  }
  assert_ptr_equal(rh_pace_for(pace, "one more"), rh_pace_for(pace, NULL));
  assert_ptr_not_equal(rh_pace_for(pace, "17"), rh_pace_for(pace, NULL));
}

static void many_tasks_ask_less_often(void **state) {
  rh_pace *pace = *state;
  double before = 0;
  for (size_t tasks = 1; tasks < 100000; tasks *= 2) {
    double wait = rh_pace_next(pace, NULL, 5, 3, tasks, 0.5);
    assert_true(wait >= before && wait <= RH_PACE_LONGEST);
    before = wait;
  }
  assert_true(before > MAX);
  assert_true(rh_pace_next(pace, NULL, 5, 3, 10, 0.5) <= MAX);
}

static double take(rh_pace *pace, double now) {
  double wait = rh_rate_wait(rh_pace_rate(pace), &shared, now);
  if (wait == 0) rh_rate_use(rh_pace_rate(pace));
  return wait;
}

static void slower(rh_pace *pace, double now) {
  rh_rate_slower(rh_pace_rate(pace), &shared, now, -1);
}

/* Queries that leave between two times when somebody always wants to. */
static unsigned leave_between(rh_pace *pace, double from, double to) {
  unsigned n = 0;
  for (double now = from; now < to;) {
    double wait = take(pace, now);
    assert_true(wait >= 0 && wait < 10);
    if (wait == 0) n++;
    now += wait;
  }
  return n;
}

static void the_rate_holds(void **state) {
  rh_pace *pace = *state;
  unsigned n = leave_between(pace, 100, 110);
  assert_in_range(n, 98, 104);
  n = leave_between(pace, 200, 201); /* idle time is not saved up beyond a quarter of a second */
  assert_in_range(n, 9, 13);
}

static void a_refusal_halves_the_rate_for_a_while(void **state) {
  rh_pace *pace = *state;
  leave_between(pace, 0, 10);
  slower(pace, 10);
  for (int i = 0; i < 20; i++) slower(pace, 10.1); /* of the same burst */
  unsigned slow = leave_between(pace, 10, 11);
  assert_in_range(slow, 3, 7);
  leave_between(pace, 11, 16);
  assert_in_range(leave_between(pace, 16, 17), 9, 13);
}

static void the_rate_never_stops(void **state) {
  rh_pace *pace = *state;
  for (int i = 0; i < 1000; i++) slower(pace, i * 1.001);
  assert_true(leave_between(pace, 1001, 1011) > 10);
}

static void high_rates_leave_in_bunches(void **state) {
  (void)state;
  rh_pace *pace = rh_pace_new(0.01, 0.01, 0.05, 100000);
  shared = (rh_rate){0};
  unsigned n = 0;
  for (int ms = 0; ms < 1000; ms++) /* as a timer of whole milliseconds allows */
    while (take(pace, ms / 1000.0) == 0) n++;
  assert_true(n > 90000);
  rh_pace_free(pace);
}

#define WITH_PACE(function, sentence) \
  { sentence, function, make, drop, NULL }

int main(void) {
  const struct CMUnitTest tests[] = {
      WITH_PACE(without_history_pauses_grow, "without history pauses grow to poll_max"),
      WITH_PACE(tasks_that_started_together_part, "tasks that started together part"),
      WITH_PACE(every_pause_is_bounded, "every pause keeps its bounds"),
      WITH_PACE(history_spares_queries_and_is_on_time, "history spares queries and is on time"),
      WITH_PACE(near_the_end_it_tightens_and_later_it_widens,
                "near the usual end it tightens, later it widens"),
      WITH_PACE(an_early_look_comes_first, "a long task is looked at early, once"),
      WITH_PACE(usual_is_the_median, "the usual duration is the median of the last sixteen"),
      WITH_PACE(one_odd_task_does_not_delay_the_next, "one odd task does not delay the next"),
      WITH_PACE(each_model_has_its_own_history, "each model has its own history"),
      WITH_PACE(models_are_bounded, "past 4096 models the nameless one serves"),
      WITH_PACE(many_tasks_ask_less_often, "many tasks ask less often"),
      WITH_PACE(the_rate_holds, "the rate holds, also after idle time"),
      WITH_PACE(a_refusal_halves_the_rate_for_a_while, "a refusal halves the rate for a while"),
      WITH_PACE(the_rate_never_stops, "the rate never stops"),
      WITH_PACE(high_rates_leave_in_bunches, "high rates are reached with coarse timers"),
  };
  return cmocka_run_group_tests_name("pace", tests, NULL, NULL);
}
