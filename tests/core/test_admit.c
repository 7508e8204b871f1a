/* How many tasks at once: against a pretended account with places of its own. */
#include "unit.h"
#include "core/admit.h"

static rh_capacity learned; /* by all */

static void init(rh_admit *admit, size_t option) {
  rh_admit_init(admit, option);
  learned = (rh_capacity){0};
}

/* An account that allows `limit` tasks and frees a place `lag` seconds after its task has ended. */
typedef struct account {
  size_t limit;
  double lag;
  double busy_until[200]; /* a place each */
  size_t refusals, accepted;
} account;

static bool account_takes(account *a, double now, double duration) {
  for (size_t i = 0; i < a->limit; i++)
    if (a->busy_until[i] <= now) {
      a->busy_until[i] = now + duration + a->lag;
      a->accepted++;
      return true;
    }
  a->refusals++;
  return false;
}

/* Runs `tasks` tasks of `duration` seconds through the gate, a tenth of a second a turn. Returns
   how long it took. */
static double run(rh_admit *admit, account *a, size_t tasks, double duration) {
  double ends[200];
  size_t running = 0, done = 0, started = 0;
  double now = 0;
  for (; done < tasks && now < 1e5; now += 0.1) {
    for (size_t i = 0; i < running;)
      if (ends[i] <= now) {
        ends[i] = ends[--running];
        rh_admit_leave(admit);
        done++;
      } else {
        i++;
      }
    while (started < tasks && running < 200 && rh_admit_ask(admit, &learned, now) == 0) {
      rh_admit_enter(admit);
      if (account_takes(a, now, duration)) {
        rh_admit_accepted(admit, &learned);
        ends[running++] = now + duration;
        started++;
      } else {
        rh_admit_full(admit, &learned, now, 2);
      }
    }
  }
  return now;
}

static void without_a_limit_all_may_go(void **state) {
  (void)state;
  rh_admit admit;
  init(&admit, 0);
  assert_int_equal(rh_admit_limit(&admit, &learned), 0);
  for (int i = 0; i < 1000; i++) {
    assert_true(rh_admit_ask(&admit, &learned, 0) == 0);
    rh_admit_enter(&admit);
  }
}

static void the_option_and_the_account_bound(void **state) {
  (void)state;
  rh_admit admit;
  init(&admit, 2);
  rh_admit_account(&admit, &learned, 50, 0);
  assert_int_equal(rh_admit_limit(&admit, &learned), 2);
  rh_admit_enter(&admit);
  assert_true(rh_admit_ask(&admit, &learned, 0) == 0);
  rh_admit_enter(&admit);
  assert_true(rh_admit_ask(&admit, &learned, 0) < 0);
  rh_admit_leave(&admit);
  assert_true(rh_admit_ask(&admit, &learned, 0) == 0);
  init(&admit, 0);
  rh_admit_account(&admit, &learned, 3, 0);
  assert_int_equal(rh_admit_limit(&admit, &learned), 3);
}

static void full_shuts_the_gate_for_a_while(void **state) {
  (void)state;
  rh_admit admit;
  init(&admit, 5);
  rh_admit_enter(&admit);
  rh_admit_full(&admit, &learned, 10, 2);
  assert_int_equal(admit.in_flight, 0);
  assert_int_equal(learned.fulls, 1);
  assert_true(rh_admit_ask(&admit, &learned, 11) == 1);
  assert_true(rh_admit_ask(&admit, &learned, 12) == 0);
  assert_int_equal(rh_admit_limit(&admit, &learned),
                   5); /* once may be a place that is not free yet */
}

static void refusals_together_count_once(void **state) {
  (void)state;
  rh_admit admit;
  init(&admit, 10);
  for (int i = 0; i < 10; i++) rh_admit_enter(&admit);
  for (int i = 0; i < 3; i++) rh_admit_accepted(&admit, &learned);
  for (int i = 0; i < 7; i++) rh_admit_full(&admit, &learned, 1, 2);
  assert_int_equal(learned.fulls, 1);
  assert_int_equal(rh_admit_limit(&admit, &learned), 3);
  rh_admit_enter(&admit);
  rh_admit_full(&admit, &learned, 4, 2);
  assert_int_equal(learned.fulls, 2);
}

static void the_last_place_is_never_lost(void **state) {
  (void)state;
  rh_admit admit;
  init(&admit, 0);
  for (int i = 0; i < 10; i++) {
    assert_true(rh_admit_ask(&admit, &learned, 100.0 * i) == 0);
    rh_admit_enter(&admit);
    rh_admit_full(&admit, &learned, 100.0 * i, 5);
  }
  assert_int_equal(rh_admit_limit(&admit, &learned), 1);
  rh_admit_leave(&admit); /* one too many does no harm */
  assert_int_equal(admit.in_flight, 0);
}

static void other_programs_take_places(void **state) {
  (void)state;
  rh_admit admit;
  init(&admit, 0);
  rh_admit_enter(&admit);
  rh_admit_account(&admit, &learned, 10, 7); /* six are not ours */
  assert_int_equal(rh_admit_limit(&admit, &learned), 4);
  rh_admit_account(&admit, &learned, 10, 90);
  assert_int_equal(rh_admit_limit(&admit, &learned), 1);
}

static void a_real_limit_is_found_and_kept(void **state) {
  (void)state;
  static const size_t limits[] = {1, 2, 5, 30};
  for (size_t i = 0; i < COUNT(limits); i++)
    for (size_t option = 0; option <= 100; option += 100) {
      rh_admit admit;
      account a = {.limit = limits[i]};
      init(&admit, option);
      size_t tasks = 40 * limits[i];
      double took = run(&admit, &a, tasks, 30);
      double ideal = (double)tasks / (double)limits[i] * 30;
      assert_int_equal(a.accepted, tasks);
      if (took > 1.25 * ideal) fail_msg("limit %zu: %.0f s, not %.0f", limits[i], took, ideal);
      if (a.refusals > 20 + 2 * limits[i])
        fail_msg("limit %zu, option %zu: %zu refusals for %zu tasks", limits[i], option, a.refusals,
                 tasks);
    }
}

static void slow_places_cost_little(void **state) {
  (void)state;
  static const size_t limits[] = {1, 2, 50};
  for (size_t i = 0; i < COUNT(limits); i++) {
    rh_admit admit;
    account a = {.limit = limits[i], .lag = 1};
    init(&admit, 0);
    rh_admit_account(&admit, &learned, limits[i], 0);
    size_t tasks = 20 * limits[i];
    double took = run(&admit, &a, tasks, 30);
    if (took > 1.35 * 20 * 31) fail_msg("limit %zu: %.0f s, not %d", limits[i], took, 20 * 31);
    assert_true(rh_admit_limit(&admit, &learned) <= limits[i]);
  }
}

static void a_limit_that_rose_is_noticed(void **state) {
  (void)state;
  rh_admit admit;
  account a = {.limit = 2};
  init(&admit, 50);
  run(&admit, &a, 20, 30);
  assert_true(rh_admit_limit(&admit, &learned) <= 4);
  memset(&a, 0, sizeof a);
  a.limit = 50;
  learned.closed_until = 0;
  run(&admit, &a, 1000, 30);
  assert_true(rh_admit_limit(&admit, &learned) > 10);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(without_a_limit_all_may_go, "where no limit is known, all may go"),
      TEST(the_option_and_the_account_bound, "the option goes before the account's word"),
      TEST(full_shuts_the_gate_for_a_while, "\"full\" shuts the gate for a while"),
      TEST(refusals_together_count_once, "refusals that come together count once and teach"),
      TEST(the_last_place_is_never_lost, "one place is always tried"),
      TEST(other_programs_take_places, "other programs' tasks take places"),
      TEST(a_real_limit_is_found_and_kept, "the real limit is found with few refusals"),
      TEST(slow_places_cost_little, "places that are freed late cost little"),
      TEST(a_limit_that_rose_is_noticed, "a limit that rose is noticed"),
  };
  return cmocka_run_group_tests_name("admit", tests, NULL, NULL);
}
