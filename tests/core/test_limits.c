/* What is shared by those who work with one key, with a pretended clock: a rate, what "full"
 * taught, and turns. */
#include "unit.h"
#include "core/limits.h"

#define RATE 10.0

static rh_limits limits;

static int fresh(void **state) {
  (void)state;
  limits = (rh_limits){0};
  return 0;
}

/* ---- the rate -------------------------------------------------------------------------------- */

typedef struct asker {
  rh_rate_user user;
  unsigned asked;
} asker;

/* Everybody asks as soon as he may, for so many milliseconds. */
static void ask_all(asker *all, size_t count, unsigned from, unsigned to) {
  for (unsigned ms = from; ms < to; ms++)
    for (size_t i = 0; i < count; i++) {
      double now = 1000 + ms / 1e3;
      while (rh_rate_wait(&all[i].user, &limits.queries, now) == 0) {
        rh_rate_use(&all[i].user);
        all[i].asked++;
      }
    }
}

static void start(asker *all, size_t count, double rate) {
  for (size_t i = 0; i < count; i++) {
    all[i].asked = 0;
    rh_rate_init(&all[i].user, rate);
  }
}

static unsigned asked(const asker *all, size_t count) {
  unsigned sum = 0;
  for (size_t i = 0; i < count; i++) sum += all[i].asked;
  return sum;
}

static void many_ask_no_more_often_than_one_and_in_turn(void **state) {
  (void)state;
  for (size_t count = 1; count <= 8; count++) {
    asker all[8];
    fresh(NULL);
    start(all, count, RATE);
    ask_all(all, count, 0, 40000);
    assert_in_range(asked(all, count), 398, 403);
    for (size_t i = 0; i < count; i++)
      assert_in_range(all[i].asked, 400 / count - 2, 400 / count + 4);
  }
}

static void high_rates_are_shared_too(void **state) {
  (void)state;
  asker all[3];
  start(all, 3, 5000);
  ask_all(all, 3, 0, 10000);
  assert_in_range(asked(all, 3), 49000, 52000);
  for (size_t i = 0; i < 3; i++) assert_in_range(all[i].asked, 15000, 18500);
}

static void one_with_a_lower_rate_of_his_own_has_his_turn(void **state) {
  (void)state;
  asker all[2];
  start(all, 2, RATE);
  rh_rate_init(&all[1].user, 2);
  ask_all(all, 2, 0, 60000);
  assert_in_range(all[1].asked, 80, 120);
  assert_in_range(asked(all, 2), 150, 500);
}

static void a_refusal_of_one_slows_all(void **state) {
  (void)state;
  asker all[2];
  start(all, 2, RATE);
  ask_all(all, 2, 0, 1000);
  rh_rate_slower(&all[0].user, &limits.queries, 1001, -1);
  rh_rate_slower(&all[1].user, &limits.queries, 1001.1, -1); /* of the same burst */
  unsigned before = asked(all, 2);
  ask_all(all, 2, 1000, 2000);
  assert_in_range(asked(all, 2) - before, 3, 7);
  ask_all(all, 2, 2000, 8000);
  before = asked(all, 2);
  ask_all(all, 2, 8000, 9000); /* it has recovered, for both */
  assert_in_range(asked(all, 2) - before, 9, 11);
}

static void a_retry_after_is_for_all(void **state) {
  (void)state;
  asker all[2];
  start(all, 2, RATE);
  ask_all(all, 2, 0, 1000);
  rh_rate_slower(&all[0].user, &limits.queries, 1001, 7);
  unsigned before = asked(all, 2);
  ask_all(all, 2, 1000, 8000);
  assert_in_range(asked(all, 2) - before, 0, 1); /* that the other had been granted */
  ask_all(all, 2, 8000, 9000);
  assert_true(asked(all, 2) - before >= 5);
  rh_rate_slower(&all[0].user, &limits.queries, 1009, 1e9);
  before = asked(all, 2);
  ask_all(all, 2, 9000, 9000 + 1000 * (unsigned)RH_RATE_QUIET + 1000);
  assert_true(asked(all, 2) - before >= 3);
}

static void one_that_has_gone_keeps_nobody_waiting(void **state) {
  (void)state;
  asker all[8];
  start(all, 8, RATE);
  for (size_t i = 0; i < 8; i++) rh_rate_wait(&all[i].user, &limits.queries, 1000);
  ask_all(all, 1, 0, 3000); /* the others have slots, and never come for them */
  assert_in_range(all[0].asked, 20, 31);
}

/* ---- places ---------------------------------------------------------------------------------- */

static void full_teaches_all_and_acceptances_raise_it_for_all(void **state) {
  (void)state;
  rh_admit one, other;
  rh_admit_init(&one, 0);
  rh_admit_init(&other, 0);
  rh_admit_account(&one, &limits.capacity, 50, 0);
  rh_admit_account(&other, &limits.capacity, 50, 0);
  for (int i = 0; i < 6; i++) rh_admit_enter(i % 2 ? &one : &other);
  one.others = other.others = 3;
  rh_admit_full(&one, &limits.capacity, 1000, 2);
  assert_true(rh_admit_ask(&other, &limits.capacity, 1001) == 1); /* shut for the other as well */
  assert_int_equal(rh_admit_total(&other, &limits.capacity), 50);
  other.others = 2;
  rh_admit_full(&other, &limits.capacity, 1000.1, 2);
  assert_int_equal(limits.capacity.fulls, 1);
  assert_int_equal(rh_admit_total(&one, &limits.capacity), 4);
  assert_int_equal(rh_admit_total(&other, &limits.capacity), 4);
  assert_true(rh_admit_ask(&one, &limits.capacity, 1003) == 0);
  rh_admit_accepted(&other, &limits.capacity);
  assert_int_equal(rh_admit_total(&one, &limits.capacity), 5);
  for (int i = 0; i < 60; i++) rh_admit_accepted(i % 2 ? &one : &other, &limits.capacity);
  assert_int_equal(rh_admit_total(&one, &limits.capacity), 50);
  assert_int_equal(limits.capacity.learned, 0);
}

static void an_option_bounds_its_own_tasks_and_learns_with_the_others(void **state) {
  (void)state;
  rh_admit one;
  rh_admit_init(&one, 5);
  one.others = 20;
  for (int i = 0; i < 5; i++) rh_admit_enter(&one);
  assert_true(rh_admit_ask(&one, &limits.capacity, 1000) < 0);
  assert_int_equal(rh_admit_total(&one, &limits.capacity), 0);
  rh_admit_full(&one, &limits.capacity, 1000, 2);
  rh_admit_full(&one, &limits.capacity, 1000, 2);
  assert_int_equal(rh_admit_total(&one, &limits.capacity), 23);
  assert_int_equal(rh_admit_limit(&one, &limits.capacity), 5);
  rh_admit_accepted(&one, &limits.capacity);
  rh_admit_accepted(&one, &limits.capacity);
  assert_int_equal(limits.capacity.learned, 0); /* no less than all want */
}

static void the_tasks_of_one_another_are_no_foreign_ones(void **state) {
  (void)state;
  rh_admit one;
  rh_admit_init(&one, 0);
  one.others = 40;
  rh_admit_account(&one, &limits.capacity, 50, 40);
  assert_int_equal(rh_admit_total(&one, &limits.capacity), 50);
  rh_admit_account(&one, &limits.capacity, 50, 45);
  assert_int_equal(rh_admit_total(&one, &limits.capacity), 45);
}

/* ---- turns ----------------------------------------------------------------------------------- */

static void alone_one_may_have_all(void **state) {
  (void)state;
  rh_limits_want(&limits, 7, 1000);
  rh_share share = rh_limits_share(&limits, 7, 1000, 50);
  assert_true(share.least == 50 && share.most == 50 && share.alone && share.turn);
}

static void those_who_want_share(void **state) {
  (void)state;
  for (uint64_t who = 1; who <= 3; who++) {
    assert_true(rh_limits_wants(&limits, who, 1000));
    rh_limits_want(&limits, who, 1000);
    assert_false(rh_limits_wants(&limits, who, 1000.5));
  }
  rh_share share = rh_limits_share(&limits, 1, 1000, 50);
  assert_true(share.least == 16 && share.most == 17);
  share = rh_limits_share(&limits, 9, 1000, 2); /* who has not said so yet */
  assert_true(share.least == 0 && share.most == 1 && !share.turn);
  rh_limits_sated(&limits, 3);
  share = rh_limits_share(&limits, 1, 1000, 50);
  assert_true(share.least == 25 && share.most == 25);
}

/* Whose turn it is among three. */
static uint64_t turn(double now) {
  uint64_t whose = 0;
  for (uint64_t who = 1; who <= 3; who++) {
    if (!rh_limits_share(&limits, who, now, 2).turn) continue;
    assert_int_equal(whose, 0); /* one's alone */
    whose = who;
  }
  return whose;
}

static void a_place_that_all_want_goes_round(void **state) {
  (void)state;
  char order[20] = "";
  for (int i = 0; i < 9; i++) {
    double now = 1000 + i;
    for (uint64_t who = 1; who <= 3; who++) rh_limits_want(&limits, who, now);
    uint64_t whose = turn(now);
    order[i] = (char)('0' + whose);
    rh_limits_served(&limits, whose, now + 0.5);
  }
  assert_string_equal(order, "123123123");
}

static void one_that_was_refused_keeps_his_turn(void **state) {
  (void)state;
  for (uint64_t who = 1; who <= 3; who++) rh_limits_want(&limits, who, 1000 + (double)who / 10);
  double since = rh_limits_share(&limits, 1, 1000.5, 2).since;
  rh_limits_served(&limits, 1, 1000.5);
  assert_int_equal(turn(1000.6), 2);
  rh_limits_refused(&limits, 1, since);
  assert_int_equal(turn(1000.7), 1);
}

static void a_want_that_is_not_said_again_is_forgotten(void **state) {
  (void)state;
  rh_limits_want(&limits, 2, 1000);
  assert_true(rh_limits_wants(&limits, 2, 1001.5));
  assert_int_equal(rh_limits_share(&limits, 1, 1001.5, 50).most, 25);
  assert_int_equal(rh_limits_share(&limits, 1, 1003, 50).most, 50);
}

static void more_than_can_say_so_share_all_the_same(void **state) {
  (void)state;
  for (uint64_t who = 1; who <= 2 * RH_WANTS; who++) rh_limits_want(&limits, who, 1000);
  rh_share share = rh_limits_share(&limits, 2, 1000, 10 * RH_WANTS);
  assert_true(share.least == 10 && !share.turn);
  share = rh_limits_share(&limits, 2 * RH_WANTS, 1000, 10 * RH_WANTS + 10);
  assert_true(share.least == 10 && share.turn);
  for (uint64_t who = 1; who <= 2 * RH_WANTS; who++) rh_limits_want(&limits, 100 + who, 1005);
  assert_true(rh_limits_wants(&limits, 1, 1005));
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define LIMITS_TEST(f, name) {name, f, fresh, NULL, NULL}
      LIMITS_TEST(many_ask_no_more_often_than_one_and_in_turn,
                  "many ask no more often than one, and in turn"),
      LIMITS_TEST(high_rates_are_shared_too, "high rates are shared too"),
      LIMITS_TEST(one_with_a_lower_rate_of_his_own_has_his_turn,
                  "one with a lower rate of his own has his turn"),
      LIMITS_TEST(a_refusal_of_one_slows_all, "a refusal of one slows all"),
      LIMITS_TEST(a_retry_after_is_for_all, "a Retry-After is for all, and never for long"),
      LIMITS_TEST(one_that_has_gone_keeps_nobody_waiting, "one that has gone keeps nobody waiting"),
      LIMITS_TEST(full_teaches_all_and_acceptances_raise_it_for_all,
                  "\"full\" teaches all, and acceptances raise the limit for all"),
      LIMITS_TEST(an_option_bounds_its_own_tasks_and_learns_with_the_others,
                  "an option bounds its own tasks, and learns with the others"),
      LIMITS_TEST(the_tasks_of_one_another_are_no_foreign_ones,
                  "the tasks of one another are no foreign ones"),
      LIMITS_TEST(alone_one_may_have_all, "alone one may have all places"),
      LIMITS_TEST(those_who_want_share, "those who want places share them"),
      LIMITS_TEST(a_place_that_all_want_goes_round, "a place that all want goes round"),
      LIMITS_TEST(one_that_was_refused_keeps_his_turn, "one that was refused keeps his turn"),
      LIMITS_TEST(a_want_that_is_not_said_again_is_forgotten,
                  "a want that is not said again is forgotten"),
      LIMITS_TEST(more_than_can_say_so_share_all_the_same,
                  "more than can say so share all the same"),
  };
  return cmocka_run_group_tests_name("limits", tests, NULL, NULL);
}
