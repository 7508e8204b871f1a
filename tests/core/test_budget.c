/* Spent, reserved and held: the rules one by one, then all of them at random. */
#include "unit.h"
#include "core/budget.h"

#define MODEL "kling-video-o1/image-to-video"

static void open_budget(rh_budget *b, const char *cap) {
  int64_t units = -1;
  assert_true(!cap || rh_decimal_units(cap, false, &units));
  rh_budget_init(b, units);
}

static int64_t units(const char *text) {
  int64_t out = -1;
  assert_true(rh_decimal_units(text, true, &out));
  return out;
}

static int64_t reserve(rh_budget *b, const char *price) {
  return rh_budget_reserve(b, rh_budget_price(b, MODEL, units(price)));
}

static rh_settled settle(rh_budget *b, int64_t reservation, const char *amount, const char *coins,
                         bool success) {
  rh_charge charge = {amount, coins, success, false};
  return rh_budget_settle(b, reservation, MODEL, &charge);
}

static void sums(const rh_budget *b, const char *spent, const char *reserved, const char *held) {
  assert_true(b->spent == units(spent));
  assert_true(b->reserved == units(reserved));
  assert_true(b->held == units(held));
}

static void what_fits_is_reserved_and_no_more(void **state) {
  (void)state;
  rh_budget b;
  open_budget(&b, "5");
  assert_true(reserve(&b, "2.10") == 21000);
  assert_true(reserve(&b, "2.9001") == RH_UNRESERVED);
  assert_true(reserve(&b, "2.90") == 29000);
  assert_true(rh_budget_left(&b) == 0);
  assert_true(reserve(&b, "0.0001") == RH_UNRESERVED);
  assert_true(reserve(&b, "0") == 0);
  sums(&b, "0", "5", "0");
  rh_budget_release(&b, 21000);
  assert_true(reserve(&b, "2.1") == 21000);
  rh_budget_clear(&b);
}

static void without_a_cap_everything_fits(void **state) {
  (void)state;
  rh_budget b;
  int64_t given = 0;
  open_budget(&b, NULL);
  assert_true(rh_budget_left(&b) == INT64_MAX);
  for (int i = 0; i < 20; i++) {
    int64_t r = rh_budget_reserve(&b, INT64_MAX / 3);
    assert_true(r >= 0);
    given += r;
  }
  assert_true(b.reserved == given && given == INT64_MAX);
  assert_true(rh_budget_used(&b) == INT64_MAX);
  rh_budget_release(&b, INT64_MAX / 3);
  assert_true(b.reserved == INT64_MAX - INT64_MAX / 3);
  rh_budget_clear(&b);
}

static void a_told_charge_is_booked_whatever_the_end(void **state) {
  (void)state;
  rh_budget b;
  open_budget(&b, "10");
  assert_int_equal(settle(&b, reserve(&b, "2.10"), "2.1", NULL, true), RH_SETTLED);
  assert_int_equal(settle(&b, reserve(&b, "2.10"), "1.5", NULL, false), RH_SETTLED);
  assert_int_equal(settle(&b, reserve(&b, "2.10"), "0", NULL, false), RH_SETTLED);
  sums(&b, "3.60", "0", "0");
  assert_true(b.unconfirmed == 0);
  assert_int_equal(b.charged, 3);
  assert_int_equal(b.untold, 0);
  rh_budget_clear(&b);
}

static void a_success_without_a_charge_is_booked_unconfirmed(void **state) {
  (void)state;
  rh_budget b;
  open_budget(&b, "10");
  settle(&b, reserve(&b, "2.10"), NULL, NULL, true);
  settle(&b, reserve(&b, "0.10"), NULL, "0", true);
  sums(&b, "2.20", "0", "0");
  assert_true(b.unconfirmed == 22000);
  assert_int_equal(b.untold, 2);
  assert_int_equal(b.charged, 0);
  assert_string_equal(b.coins, "0");
  rh_budget_clear(&b);
}

static void a_failure_without_a_charge_costs_nothing(void **state) {
  (void)state;
  rh_budget b;
  open_budget(&b, "10");
  settle(&b, reserve(&b, "2.10"), NULL, NULL, false);
  sums(&b, "0", "0", "0");
  assert_int_equal(b.untold, 1);
  rh_budget_clear(&b);
}

static void coins_are_summed_and_cost_no_money(void **state) {
  (void)state;
  rh_budget b;
  open_budget(&b, "10");
  assert_int_equal(settle(&b, reserve(&b, "2.10"), NULL, "25", true), RH_SETTLED_COINS);
  assert_int_equal(settle(&b, reserve(&b, "2.10"), "0.00", "7", true), RH_SETTLED_COINS);
  assert_int_equal(settle(&b, RH_UNRESERVED, NULL, "1.5", false), RH_SETTLED_COINS);
  assert_int_equal(settle(&b, reserve(&b, "2.10"), "2", "1", true), RH_SETTLED);
  sums(&b, "2", "0", "0");
  assert_string_equal(b.coins, "34.5");
  assert_int_equal(b.charged, 4);
  assert_int_equal(b.untold, 0);
  rh_budget_clear(&b);
}

static void a_charge_above_its_reservation_makes_the_model_dear(void **state) {
  (void)state;
  rh_budget b;
  open_budget(&b, "10");
  assert_int_equal(settle(&b, reserve(&b, "2.10"), "3", NULL, true), RH_SETTLED_ABOVE);
  assert_true(rh_budget_price(&b, MODEL, units("2.10")) == 30000);
  assert_true(rh_budget_price(&b, MODEL, units("4")) == 40000);
  assert_true(rh_budget_price(&b, "other/model", units("2.10")) == 21000);
  assert_int_equal(settle(&b, reserve(&b, "2.10"), "2.50", NULL, true), RH_SETTLED);
  assert_true(rh_budget_price(&b, MODEL, 0) == 30000);
  sums(&b, "5.50", "0", "0");
  assert_true(reserve(&b, "1") == 30000);
  assert_true(reserve(&b, "1") == RH_UNRESERVED); /* 1.50 are left, and it may cost 3 */
  rh_budget_clear(&b);
}

static void what_was_not_reserved_is_counted_and_never_dear(void **state) {
  (void)state;
  rh_budget b;
  open_budget(&b, NULL);
  assert_int_equal(settle(&b, RH_UNRESERVED, "3", NULL, true), RH_SETTLED);
  settle(&b, RH_UNRESERVED, NULL, NULL, true);
  assert_true(rh_budget_price(&b, MODEL, 0) == 0);
  sums(&b, "3", "0", "0");
  assert_int_equal(b.untold, 1);
  rh_budget_clear(&b);
}

static void a_cap_that_charges_passed_lets_nothing_in(void **state) {
  (void)state;
  rh_budget b;
  open_budget(&b, "5");
  settle(&b, reserve(&b, "4"), "5.50", NULL, true);
  assert_true(rh_budget_left(&b) == -5000);
  assert_true(reserve(&b, "0") == RH_UNRESERVED);
  settle(&b, RH_UNRESERVED, "999999999999999999", NULL, true); /* more than a number holds */
  assert_true(b.spent == INT64_MAX);
  assert_true(rh_budget_left(&b) < 0);
  rh_budget_clear(&b);
}

static void what_is_held_stays_until_its_task_ends(void **state) {
  (void)state;
  rh_budget b;
  rh_charge charge = {"2.50", NULL, true, false};
  int64_t reservation;
  rh_settled how;
  open_budget(&b, "10");
  rh_budget_hold(&b, reserve(&b, "2.10"), MODEL, "1");
  rh_budget_hold(&b, reserve(&b, "2.10"), MODEL, "2");
  rh_budget_hold(&b, reserve(&b, "2.10"), MODEL, "");
  rh_budget_hold(&b, RH_UNRESERVED, MODEL, "3");
  sums(&b, "0", "0", "6.30");
  assert_int_equal(b.unknown, 4);
  assert_true(reserve(&b, "3.71") == RH_UNRESERVED);
  assert_false(rh_budget_settle_held(&b, "4", &charge, &reservation, &how));
  assert_false(rh_budget_settle_held(&b, "", &charge, &reservation, &how));
  assert_true(rh_budget_settle_held(&b, "1", &charge, &reservation, &how));
  assert_int_equal(how, RH_SETTLED_ABOVE);
  assert_true(reservation == 21000);
  sums(&b, "2.50", "0", "4.20");
  assert_true(rh_budget_price(&b, MODEL, 0) == 25000);
  assert_false(rh_budget_settle_held(&b, "1", &charge, &reservation, &how)); /* once */
  assert_true(rh_budget_settle_held(&b, "3", &charge, &reservation, &how));
  assert_int_equal(how, RH_SETTLED);
  sums(&b, "5", "0", "4.20");
  assert_int_equal(b.unknown, 2);
  assert_int_equal(b.charged, 2);
  rh_budget_clear(&b);
}

/* ---- at random ------------------------------------------------------------------------------- */

enum { TASKS = 300, STEPS = 4000 };

typedef struct world {
  rh_budget b;
  uint64_t seed;
  int64_t tasks[TASKS]; /* reservations under way */
  size_t running, ended, left;
  int64_t spent; /* what the charges come to */
} world;

static uint32_t roll(world *w, uint32_t sides) {
  w->seed = w->seed * 6364136223846793005U + 1442695040888963407U;
  return (uint32_t)(w->seed >> 33) % sides;
}

/* A charge at or under the reservation, none, or, where that may be, above. */
static void end_one(world *w, int64_t reservation, bool above) {
  char text[RH_DECIMAL_MAX];
  int64_t charge = reservation ? roll(w, (uint32_t)reservation + 1) : 0;
  if (above && roll(w, 10) == 0) charge = reservation + roll(w, 500);
  bool told = roll(w, 4) != 0, success = roll(w, 4) != 0;
  rh_decimal_text(charge, text);
  settle(&w->b, reservation, told ? text : NULL, NULL, success);
  w->spent += told ? charge : success ? reservation : 0;
  w->ended++;
}

static void check(const world *w, bool above) {
  int64_t reserved = 0;
  for (size_t i = 0; i < w->running; i++) reserved += w->tasks[i];
  assert_true(w->b.reserved == reserved);
  assert_true(w->b.spent == w->spent);
  assert_true(w->b.held >= 0 && w->b.unconfirmed <= w->b.spent);
  assert_int_equal(w->b.charged + w->b.untold, w->ended);
  assert_int_equal(w->b.unknown, w->left);
  assert_true(rh_budget_left(&w->b) == w->b.cap - w->b.spent - w->b.reserved - w->b.held);
  if (!above) assert_true(rh_budget_left(&w->b) >= 0);
}

static void start_one(world *w) {
  int64_t left = rh_budget_left(&w->b);
  int64_t amount = rh_budget_price(&w->b, MODEL, roll(w, 1000));
  int64_t got = rh_budget_reserve(&w->b, amount);
  assert_true(got == (amount <= left ? amount : RH_UNRESERVED));
  if (got != RH_UNRESERVED) w->tasks[w->running++] = got;
}

static void turn(world *w, bool above) {
  uint32_t what = roll(w, 10);
  if (what < 5 || w->running == 0) {
    if (w->running < TASKS) start_one(w);
    return;
  }
  size_t which = roll(w, (uint32_t)w->running);
  int64_t reservation = w->tasks[which];
  w->tasks[which] = w->tasks[--w->running];
  if (what == 9) {
    rh_budget_release(&w->b, reservation);
  } else if (what == 8) {
    rh_budget_hold(&w->b, reservation, MODEL, "");
    w->left++;
  } else {
    end_one(w, reservation, above);
  }
}

static void at_random(bool above) {
  for (uint64_t seed = 1; seed <= 20; seed++) {
    world w = {.seed = seed};
    rh_budget_init(&w.b, 1 + (int64_t)seed * 20000);
    for (int i = 0; i < STEPS; i++) {
      turn(&w, above);
      check(&w, above);
    }
    rh_budget_clear(&w.b);
  }
}

static void the_cap_is_never_passed(void **state) {
  (void)state;
  at_random(false);
}

static void sums_agree_also_where_charges_are_above(void **state) {
  (void)state;
  at_random(true);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(what_fits_is_reserved_and_no_more, "what fits is reserved, and no more"),
      TEST(without_a_cap_everything_fits, "without a cap everything fits, and no sum overflows"),
      TEST(a_told_charge_is_booked_whatever_the_end, "a told charge is booked, whatever the end"),
      TEST(a_success_without_a_charge_is_booked_unconfirmed,
           "a success without a charge is booked at its reservation, unconfirmed"),
      TEST(a_failure_without_a_charge_costs_nothing, "a failure without a charge costs nothing"),
      TEST(coins_are_summed_and_cost_no_money, "coins are summed, and cost no money"),
      TEST(a_charge_above_its_reservation_makes_the_model_dear,
           "a charge above its reservation makes the model dear"),
      TEST(what_was_not_reserved_is_counted_and_never_dear,
           "what was not reserved is counted, and makes no model dear"),
      TEST(a_cap_that_charges_passed_lets_nothing_in,
           "a cap that charges have passed lets nothing in, not even what is free"),
      TEST(what_is_held_stays_until_its_task_ends, "what is held stays until its task ends, once"),
      TEST(the_cap_is_never_passed, "at random: the cap is never passed"),
      TEST(sums_agree_also_where_charges_are_above,
           "at random: the sums agree where charges are above what was reserved"),
  };
  return cmocka_run_group_tests_name("budget", tests, NULL, NULL);
}
