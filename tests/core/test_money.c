/* What a client reserves and books. */
#include "money.h"

/* ---- opening --------------------------------------------------------------------------------- */

static void refused(const rhub_options *o, rhub_status status, const char *word) {
  rhub_client *none;
  rhub_error error;
  assert_int_equal(rhub_open(o, &none, &error), status);
  assert_null(none);
  if (!strstr(error.message, word)) fail_msg("\"%s\" does not say \"%s\"", error.message, word);
}

static void a_budget_that_is_no_amount_is_refused(void **state) {
  (void)state;
  static const char *const bad[] = {"", "-1", "50 CNY", "1e3", "nan", "1,5", "999999999999999999"};
  for (size_t i = 0; i < COUNT(bad); i++) {
    rhub_options o = options(bad[i]);
    refused(&o, RHUB_INPUT, bad[i]);
    refused(&o, RHUB_INPUT, "such as 12.50");
  }
}

static void a_budget_needs_a_currency(void **state) {
  (void)state;
  rhub_options o = options("50");
  o.site = NULL;
  refused(&o, RHUB_CONFIG, s.server.origin);
  refused(&o, RHUB_CONFIG, "give the site");
  o.budget = NULL;
  open_with(&o);
  rhub_close(client);
  o.budget = "50";
  o.site = "ai";
  open_with(&o);
  rhub_money m;
  rhub_get_money(client, &m);
  assert_string_equal(m.currency, "USD");
  assert_string_equal(m.budget, "50.00");
  money_is("0.00 0.00 0.00 0.00 0 0/0/0");
}

static void a_price_that_is_no_amount_is_refused(void **state) {
  (void)state;
  open_client("50");
  static const char *const bad[] = {"", "free", "-2", "2.10 CNY"};
  for (size_t i = 0; i < COUNT(bad); i++) {
    rhub_task_options o = RHUB_TASK_OPTIONS_INIT;
    rhub_ticket ticket;
    rhub_error error;
    o.endpoint = MODEL;
    o.params = "{}";
    o.params_len = 2;
    o.price = bad[i];
    assert_int_equal(rhub_submit(client, &o, &ticket, &error), RHUB_INPUT);
    assert_non_null(strstr(error.message, bad[i]));
  }
  server_saw(0, 0);
}

static void an_older_caller_has_no_budget(void **state) {
  (void)state;
  rhub_options o = options("50");
  o.size = offsetof(rhub_options, budget);
  open_with(&o);
  rhub_money m;
  rhub_get_money(client, &m);
  assert_string_equal(m.budget, "");
}

/* ---- with a price ---------------------------------------------------------------------------- */

static void a_call_that_fits_is_reserved_and_settled(void **state) {
  (void)state;
  s.end = RUNNING;
  open_client("50");
  rhub_ticket ticket = submit("2.5");
  wait_until_seen(1);
  steps(5);
  money_is("0.00 2.50 0.00 0.00 0 0/0/0");
  s.end = DONE(MONEY("2.10"));
  ends_well(ticket);
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
  server_saw(1, 0);
}

static void a_call_that_does_not_fit_ends_and_others_go_on(void **state) {
  (void)state;
  open_client("5");
  rhub_ticket first = submit("4.2"), second = submit("4.20"), third = submit("0.80");
  rhub_error e = ends_as(second, RHUB_BUDGET, RHUB_SPENT_NO,
                         MODEL ": 4.20 CNY would pass the budget: 5.00 of 5.00 CNY are spent or "
                               "reserved; nothing was submitted");
  assert_int_equal(e.retryable, 0);
  ends_well(first);
  ends_well(third);
  server_saw(2, 0);
}

static void nothing_ends_before_the_next_step(void **state) {
  (void)state;
  open_client("1");
  rhub_ticket ticket = submit("2");
  read_news();
  assert_int_equal(end_count, 0);
  assert_int_equal(rhub_timeout_ms(client), 0);
  ends_as(ticket, RHUB_BUDGET, RHUB_SPENT_NO, "2.00 CNY");
  money_is("0.00 0.00 0.00 0.00 0 0/0/0");
}

static void a_reservation_outlives_a_full_and_is_made_once(void **state) {
  (void)state;
  s.submits = "fffa";
  open_client("3");
  rhub_ticket first = submit("2"), second = submit("2");
  ends_as(second, RHUB_BUDGET, RHUB_SPENT_NO, "2.00 of 3.00 CNY");
  money_is("0.00 2.00 0.00 0.00 0 0/0/0");
  s.end = DONE(MONEY("2"));
  ends_well(first);
  money_is("2.00 0.00 0.00 0.00 0 1/0/0");
  server_saw(4, 0);
}

static void what_passes_is_counted_in_a_row(void **state) {
  (void)state;
  s.submits = "nnnnnnnnnnnnbbbbbbbbbfbbbbbbbbbna"; /* never ten times "not available" */
  open_client("50");
  ends_well(submit("2.10"));
  assert_int_equal(atomic_load(&s.seen), (int)strlen(s.submits));
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
}

static void a_refusal_and_a_cancel_give_it_back(void **state) {
  (void)state;
  s.submits = "rf";
  open_client("3");
  ends_as(submit("2"), RHUB_FUNDS, RHUB_SPENT_NO, "812");
  money_is("0.00 0.00 0.00 0.00 0 0/0/0");
  rhub_ticket ticket = submit("2");
  wait_until_seen(2);
  money_is("0.00 2.00 0.00 0.00 0 0/0/0");
  assert_int_equal(rhub_forget(client, ticket), RHUB_OK);
  steps(10);
  money_is("0.00 0.00 0.00 0.00 0 0/0/0");
  ticket = submit("3");
  rhub_shutdown(client, 0);
  ends_as(ticket, RHUB_CANCELLED, RHUB_SPENT_NO, "");
  money_is("0.00 0.00 0.00 0.00 0 0/0/0");
}

static void a_price_in_another_currency_is_not_known(void **state) {
  (void)state;
  s.price = PRICE("0.35");
  open_client("50");
  rhub_task_options o = RHUB_TASK_OPTIONS_INIT;
  rhub_ticket ticket;
  o.endpoint = MODEL;
  o.params = "{}";
  o.params_len = 2;
  o.price = "60";
  o.currency = "USD";
  assert_int_equal(rhub_submit(client, &o, &ticket, NULL), RHUB_OK);
  ends_well(ticket);
  server_saw(1, 1);
  o.price = "0.01";
  o.currency = "CNY";
  assert_int_equal(rhub_submit(client, &o, &ticket, NULL), RHUB_OK);
  ends_well(ticket);
  server_saw(2, 1);
}

static void without_a_budget_nothing_is_asked_and_all_is_counted(void **state) {
  (void)state;
  open_client(NULL);
  ends_well(submit(NULL));
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
  s.end = DONE(NOTHING);
  ends_well(submit(NULL));
  money_is("2.10 0.00 0.00 0.00 0 1/1/0");
  ends_well(submit("0.40")); /* the price is given: it stands for the charge */
  money_is("2.50 0.00 0.00 0.40 0 1/2/0");
  s.submits = "u";
  ends_as(submit(NULL), RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "");
  money_is("2.50 0.00 0.00 0.40 0 1/2/1");
  server_saw(4, 0);
  assert_string_equal(warnings, "");
}

static void a_charge_above_a_price_is_no_matter_without_a_budget(void **state) {
  (void)state;
  open_client(NULL);
  ends_well(submit("2"));
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
  assert_string_equal(warnings, "");
}

/* ---- the end --------------------------------------------------------------------------------- */

static void a_success_without_usage_is_booked_unconfirmed(void **state) {
  (void)state;
  s.end = DONE(NOTHING);
  open_client("5");
  ends_well(submit("2.10"));
  money_is("2.10 0.00 0.00 2.10 0 0/1/0");
}

static void a_failure_is_booked_at_what_is_told(void **state) {
  (void)state;
  s.end = FAILED(NOTHING);
  open_client("5");
  ends_as(submit("2.10"), RHUB_FAILED, RHUB_SPENT_NO, "1501");
  money_is("0.00 0.00 0.00 0.00 0 0/1/0");
  s.end = FAILED(MONEY("0.70"));
  ends_as(submit("2.10"), RHUB_FAILED, RHUB_SPENT_YES, "1501");
  money_is("0.70 0.00 0.00 0.00 0 1/1/0");
}

static void a_synchronous_success_is_booked(void **state) {
  (void)state;
  s.submits = "s";
  open_client("5");
  ends_well(submit("2.10"));
  money_is("1.25 0.00 0.00 0.00 0 1/0/0");
}

static void coins_take_no_money_and_are_said_once(void **state) {
  (void)state;
  s.end = DONE(COINS("25"));
  open_client("5");
  ends_well(submit("2.10"));
  ends_well(submit("2.10"));
  money_is("0.00 0.00 0.00 0.00 50 2/0/0");
  const char *first = strstr(warnings, "in coins");
  assert_non_null(first);
  assert_null(strstr(first + 1, "in coins"));
}

static void a_charge_above_is_said_and_learned(void **state) {
  (void)state;
  s.end = DONE(MONEY("3"));
  open_client("5.50");
  ends_well(submit("2.10"));
  warned("task 1000 (" MODEL ") was charged 3 CNY, 2.10 CNY were reserved for it");
  ends_as(submit("2.10"), RHUB_BUDGET, RHUB_SPENT_NO, "3.00 CNY would pass");
  money_is("3.00 0.00 0.00 0.00 0 1/0/0");
  server_saw(1, 0);
}

static void a_passed_cap_stops_what_is_reserved_and_not_sent(void **state) {
  (void)state;
  s.submits = "aff";
  s.end = RUNNING;
  open_client("5");
  rhub_ticket first = submit("2");
  wait_until_seen(1);
  rhub_ticket second = submit("2"); /* reserved, and told "full" for as long as the first runs */
  wait_until_seen(2);
  s.end = DONE(MONEY("4"));
  ends_well(first);
  ends_as(second, RHUB_BUDGET, RHUB_SPENT_NO, "4.00 of 5.00 CNY are spent");
  money_is("4.00 0.00 0.00 0.00 0 1/0/0");
}

static void what_waits_with_an_old_reservation_is_topped_up_or_stopped(void **state) {
  (void)state;
  s.submits = "aff";
  s.end = RUNNING;
  open_client("5.20");
  rhub_ticket first = submit("0.05");
  wait_until_seen(1);
  rhub_ticket second = submit("0.05"); /* reserved, and told "full" for as long as the first runs */
  wait_until_seen(2);
  s.end = DONE(MONEY("5"));
  ends_well(first);
  ends_as(second, RHUB_BUDGET, RHUB_SPENT_NO, "5.00 CNY would pass the budget: 5.00 of 5.20 CNY");
  money_is("5.00 0.00 0.00 0.00 0 1/0/0");
}

static void a_charge_that_cannot_be_read_counts_as_reserved(void **state) {
  (void)state;
  s.end = FAILED(MONEY("2,10"));
  open_client("5");
  ends_as(submit("2"), RHUB_FAILED, RHUB_SPENT_MAYBE, "1501");
  warned("was charged an amount that cannot be read");
  money_is("2.00 0.00 0.00 2.00 0 0/1/0");
  s.end = FAILED(MONEY("2.5E+0"));
  ends_as(submit("2"), RHUB_FAILED, RHUB_SPENT_YES, "1501");
  money_is("4.50 0.00 0.00 2.00 0 1/1/0");
}

static void a_call_that_may_cost_is_refused_under_a_budget(void **state) {
  (void)state;
  rhub_call_options o = RHUB_CALL_OPTIONS_INIT;
  rhub_ticket ticket;
  rhub_error error;
  o.path = "/task/openapi/create";
  o.body = "{}";
  o.body_len = 2;
  open_client("5");
  assert_int_equal(rhub_call(client, &o, &ticket, &error), RHUB_BUDGET);
  assert_non_null(strstr(error.message, "allow_unknown_price; nothing was sent"));
  server_saw(0, 0);
}

static void an_unknown_outcome_stays_held(void **state) {
  (void)state;
  s.submits = "uma";
  open_client("5");
  ends_as(submit("2"), RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "unknown");
  money_is("0.00 0.00 2.00 0.00 0 0/0/1");
  ends_as(submit("2"), RHUB_REJECTED, RHUB_SPENT_MAYBE, "9999");
  money_is("0.00 0.00 4.00 0.00 0 0/0/2");
  ends_as(submit("1.50"), RHUB_BUDGET, RHUB_SPENT_NO, "4.00 of 5.00 CNY");
  server_saw(2, 0);
}

static void each_resubmit_needs_a_reservation_of_its_own(void **state) {
  (void)state;
  s.submits = "ua";
  rhub_options o = options("5");
  o.on_unknown = RHUB_RESUBMIT;
  open_with(&o);
  ends_well(submit("2"));
  money_is("2.10 0.00 2.00 0.00 0 1/0/1");
  server_saw(2, 0);
}

static void a_resubmit_that_does_not_fit_leaves_the_outcome_unknown(void **state) {
  (void)state;
  s.submits = "ua";
  rhub_options o = options("3");
  o.on_unknown = RHUB_RESUBMIT;
  open_with(&o);
  ends_as(submit("2"), RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "unknown");
  warned("not submitted again");
  money_is("0.00 0.00 2.00 0.00 0 0/0/1");
  server_saw(1, 0);
}

static rhub_ticket attach(const char *task_id) {
  rhub_ticket ticket;
  assert_int_equal(rhub_attach(client, task_id, NULL, 0, &ticket, NULL), RHUB_OK);
  return ticket;
}

static void a_task_that_timed_out_is_held_until_it_is_attached(void **state) {
  (void)state;
  s.end = RUNNING;
  rhub_options o = options("5");
  o.timeout = 0.1;
  open_with(&o);
  rhub_error e = ends_as(submit("2"), RHUB_TIMEOUT, RHUB_SPENT_MAYBE, "1000");
  money_is("0.00 0.00 2.00 0.00 0 0/0/1");
  ends_as(attach(e.task_id), RHUB_TIMEOUT, RHUB_SPENT_MAYBE, "1000");
  money_is("0.00 0.00 2.00 0.00 0 0/0/1");
  s.end = DONE(MONEY("1.90"));
  ends_well(attach(e.task_id));
  money_is("1.90 0.00 0.00 0.00 0 1/0/0");
  ends_well(attach(e.task_id));             /* counted once */
  ends_well(attach("2013508786110730241")); /* not ours */
  money_is("1.90 0.00 0.00 0.00 0 1/0/0");
}

static void tasks_that_are_left_are_held(void **state) {
  (void)state;
  s.end = RUNNING;
  open_client("50");
  rhub_ticket first = submit("2"), second = submit("3");
  wait_until_seen(2);
  steps(10);
  assert_int_equal(rhub_forget(client, first), RHUB_OK);
  money_is("0.00 3.00 2.00 0.00 0 0/0/1");
  rhub_shutdown(client, 1);
  ends_as(second, RHUB_CANCELLED, RHUB_SPENT_MAYBE, "left running");
  money_is("0.00 0.00 5.00 0.00 0 0/0/2");
  s.end = FAILED(NOTHING);
  ends_as(attach("1000"), RHUB_FAILED, RHUB_SPENT_NO, "1501");
  rhub_money m;
  rhub_get_money(client, &m);
  assert_int_equal(m.unknown, 1);
  assert_int_equal(m.untold, 1);
}

static void orphan(const char *how, const char *after) {
  s.submits = how;
  s.gated = true;
  s.end = RUNNING;
  open_client("50");
  rhub_ticket ticket = submit("2");
  wait_until_seen(1);
  assert_int_equal(rhub_forget(client, ticket), RHUB_OK);
  money_is("0.00 2.00 0.00 0.00 0 0/0/0");
  atomic_store(&s.may, true);
  rhub_stats stats = {.submitting = 1};
  for (int i = 0; i < 1000 && stats.submitting; i++) {
    steps(1);
    rhub_get_stats(client, &stats);
  }
  money_is(after);
}

static void a_forgotten_submit_that_is_accepted_is_held(void **state) {
  (void)state;
  orphan("a", "0.00 0.00 2.00 0.00 0 0/0/1");
  s.end = DONE(MONEY("2"));
  ends_well(attach("1000"));
  money_is("2.00 0.00 0.00 0.00 0 1/0/0");
}

static void a_forgotten_submit_that_is_refused_is_given_back(void **state) {
  (void)state;
  orphan("r", "0.00 0.00 0.00 0.00 0 0/0/0");
}

static void a_forgotten_submit_of_unknown_outcome_is_held(void **state) {
  (void)state;
  orphan("u", "0.00 0.00 2.00 0.00 0 0/0/1");
}

static void a_hundred_calls_never_pass_the_cap(void **state) {
  (void)state;
  enum { CALLS = 100 };
  s.submits = "afaufaa";
  s.end = DONE(MONEY("0.10"));
  rhub_options o = options("2");
  o.concurrency = 20;
  open_with(&o);
  for (int i = 0; i < CALLS; i++) submit("0.10");
  for (int i = 0; i < 4000 && end_count < CALLS; i++) {
    rhub_money m;
    steps(1);
    rhub_get_money(client, &m);
    assert_true(strtod(m.spent, NULL) + strtod(m.reserved, NULL) + strtod(m.held, NULL) < 2.00001);
  }
  assert_int_equal(end_count, CALLS);
  money_is("1.90 0.00 0.10 0.00 0 19/0/1");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      MONEY_TEST(a_budget_that_is_no_amount_is_refused, "a budget that is no amount is refused"),
      MONEY_TEST(a_budget_needs_a_currency, "a budget needs a currency, which the site tells"),
      MONEY_TEST(a_price_that_is_no_amount_is_refused, "a price that is no amount is refused"),
      MONEY_TEST(an_older_caller_has_no_budget, "a caller from before budgets has none"),
      MONEY_TEST(a_call_that_fits_is_reserved_and_settled, "a call that fits is reserved, settled"),
      MONEY_TEST(a_call_that_does_not_fit_ends_and_others_go_on,
                 "a call that does not fit ends, and others go on"),
      MONEY_TEST(nothing_ends_before_the_next_step, "nothing ends before the next step"),
      MONEY_TEST(a_reservation_outlives_a_full_and_is_made_once,
                 "a reservation outlives \"full\", and is made once"),
      MONEY_TEST(what_passes_is_counted_in_a_row,
                 "want of places and machines ends no task, however often it is told"),
      MONEY_TEST(a_refusal_and_a_cancel_give_it_back,
                 "refused, forgotten and stopped tasks give it back"),
      MONEY_TEST(a_price_in_another_currency_is_not_known,
                 "a price in another currency is not known"),
      MONEY_TEST(a_charge_above_a_price_is_no_matter_without_a_budget,
                 "a charge above a price is no matter without a budget"),
      MONEY_TEST(without_a_budget_nothing_is_asked_and_all_is_counted,
                 "without a budget nothing is asked, and all is counted"),
      MONEY_TEST(a_success_without_usage_is_booked_unconfirmed,
                 "a success without usage is booked, unconfirmed"),
      MONEY_TEST(a_failure_is_booked_at_what_is_told, "a failure is booked at what is told"),
      MONEY_TEST(a_synchronous_success_is_booked, "a success in the submit's reply is booked"),
      MONEY_TEST(coins_take_no_money_and_are_said_once, "coins take no money, which is said once"),
      MONEY_TEST(a_charge_above_is_said_and_learned, "a charge above is said and learned"),
      MONEY_TEST(a_passed_cap_stops_what_is_reserved_and_not_sent,
                 "a cap that was passed stops what is reserved and not sent yet"),
      MONEY_TEST(what_waits_with_an_old_reservation_is_topped_up_or_stopped,
                 "what waits with an old reservation is topped up, or stopped"),
      MONEY_TEST(a_charge_that_cannot_be_read_counts_as_reserved,
                 "a charge that cannot be read counts as it was reserved"),
      MONEY_TEST(a_call_that_may_cost_is_refused_under_a_budget,
                 "a call that may cost money is refused under a budget"),
      MONEY_TEST(an_unknown_outcome_stays_held, "an unknown outcome stays held"),
      MONEY_TEST(each_resubmit_needs_a_reservation_of_its_own,
                 "each resubmit has a reservation of its own"),
      MONEY_TEST(a_resubmit_that_does_not_fit_leaves_the_outcome_unknown,
                 "a resubmit that does not fit leaves the outcome unknown"),
      MONEY_TEST(a_task_that_timed_out_is_held_until_it_is_attached,
                 "a task that timed out is held until it is attached and ends"),
      MONEY_TEST(tasks_that_are_left_are_held, "tasks that are left are held"),
      MONEY_TEST(a_forgotten_submit_that_is_accepted_is_held,
                 "a forgotten submit that is accepted is held"),
      MONEY_TEST(a_forgotten_submit_that_is_refused_is_given_back,
                 "a forgotten submit that is refused is given back"),
      MONEY_TEST(a_forgotten_submit_of_unknown_outcome_is_held,
                 "a forgotten submit of unknown outcome is held"),
      MONEY_TEST(a_hundred_calls_never_pass_the_cap, "a hundred calls never pass the cap"),
  };
  return cmocka_run_group_tests_name("money", tests, NULL, NULL);
}
