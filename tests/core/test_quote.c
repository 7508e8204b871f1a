/* The price that nobody gave: when it is asked, what counts as one, and what happens without. */
#include "money.h"

static void a_price_that_nobody_gave_is_asked_and_reserved(void **state) {
  (void)state;
  s.price = PRICE("0.35,\"currency\":\"CNY\"");
  s.end = RUNNING;
  open_client("50");
  rhub_ticket ticket = submit(NULL);
  wait_until_seen(1);
  steps(5);
  money_is("0.00 0.35 0.00 0.00 0 0/0/0");
  assert_string_equal(s.priced, "{\"prompt\":\"a\"}");
  assert_string_equal(s.bodies[0], s.priced);
  s.end = DONE(MONEY("0.30"));
  ends_well(ticket);
  money_is("0.30 0.00 0.00 0.00 0 1/0/0");
  server_saw(1, 1);
}

static void prices_are_read_exactly(void **state) {
  (void)state;
  static const struct {
    const char *reply, *cost;
  } told[] = {
      {PRICE("7.1"), "7.10 CNY"},
      {PRICE("\"7.10\""), "7.10 CNY"},
      {PRICE("7"), "7.00 CNY"},
      {PRICE("7.00001"), "7.0001 CNY"},
      {PRICE("6.999999999999999999999"), "7.00 CNY"},
      {"{\"code\":0,\"data\":{\"estimatedPrice\":7.25,\"currency\":\"cny\"}}", "7.25 CNY"},
  };
  open_client("5");
  for (size_t i = 0; i < COUNT(told); i++) {
    s.price = told[i].reply;
    ends_as(submit(NULL), RHUB_BUDGET, RHUB_SPENT_NO, told[i].cost);
  }
  server_saw(0, (int)COUNT(told));
}

static void what_is_no_price_lets_nothing_go(void **state) {
  (void)state;
  static const struct {
    const char *reply, *why;
  } told[] = {
      {PRICE("0"), "tells 0"},
      {PRICE("0,\"isFreeThisCall\":false"), "tells 0"},
      {PRICE("\"0.00\",\"isFreeThisCall\":\"true\""), "tells 0"},
      {PRICE("1,\"currency\":\"USD\""), "another currency"},
      {PRICE("null"), "tells none"},
      {PRICE("-1"), "tells none"},
      {PRICE("\"a lot\""), "tells none"},
      {PRICE("99999999999999999"), "tells none"},
      {PRICE("true,\"priceText\":\"1\""), "tells none"},
      {"{\"errorCode\":\"1014\",\"errorMessage\":\"no\"}", "1014"},
      {"{\"errorCode\":\"1002\",\"errorMessage\":\"no\"}", "1002"},
      {NULL, "HTTP 404"},
  };
  open_client("50");
  for (size_t i = 0; i < COUNT(told); i++) {
    s.price = told[i].reply;
    rhub_error e = ends_as(submit(NULL), RHUB_BUDGET, RHUB_SPENT_NO, told[i].why);
    assert_non_null(strstr(e.message, "allow_unknown_price"));
    assert_non_null(strstr(e.message, "nothing was submitted"));
    assert_int_equal(e.retryable, 0);
  }
  server_saw(0, (int)COUNT(told));
  money_is("0.00 0.00 0.00 0.00 0 0/0/0");
}

static void a_free_call_goes(void **state) {
  (void)state;
  s.price = PRICE("0,\"isFreeThisCall\":true");
  s.end = DONE(MONEY("0"));
  open_client("0");
  ends_well(submit(NULL));
  money_is("0.00 0.00 0.00 0.00 0 1/0/0");
  server_saw(1, 1);
}

static void a_rejection_by_the_preview_is_the_tasks(void **state) {
  (void)state;
  rhub_options o = options("50");
  o.allow_unknown_price = 1;
  open_with(&o);
  s.price = "{\"errorCode\":\"1007\",\"errorMessage\":\"bad duration\"}";
  rhub_error e = ends_as(submit(NULL), RHUB_REJECTED, RHUB_SPENT_NO, "bad duration");
  assert_string_equal(e.code, "1007");
  assert_non_null(strstr(e.message, MODEL));
  s.price = "{\"errorCode\":\"1001\",\"errorMessage\":\"\"}";
  ends_as(submit(NULL), RHUB_REJECTED, RHUB_SPENT_NO, "no such endpoint");
  server_saw(0, 2);
}

static void unknown_prices_may_go_where_that_is_allowed(void **state) {
  (void)state;
  rhub_options o = options("5");
  o.allow_unknown_price = 1;
  o.concurrency = 1;
  open_with(&o);
  s.end = DONE(MONEY("2.40"));
  ends_well(submit(NULL));
  warned("was charged 2.40 CNY, 0.00 CNY were reserved");
  ends_well(submit(NULL)); /* now at the charge that was seen */
  money_is("4.80 0.00 0.00 0.00 0 2/0/0");
  ends_as(submit(NULL), RHUB_BUDGET, RHUB_SPENT_NO, "2.40 CNY would pass");
  server_saw(2, 3);
}

static void an_unknown_price_does_not_go_where_nothing_is_left(void **state) {
  (void)state;
  rhub_options o = options("2.10");
  o.allow_unknown_price = 1;
  open_with(&o);
  ends_well(submit("2.10"));
  ends_as(submit(NULL), RHUB_BUDGET, RHUB_SPENT_NO, "nothing is left of the budget: 2.10 of 2.10");
  server_saw(1, 1);
}

static void the_price_is_asked_again_on_passing_failures(void **state) {
  (void)state;
  s.price = "{\"errorCode\":\"1011\",\"errorMessage\":\"busy\"}";
  open_client("50");
  rhub_error e = ends_as(submit(NULL), RHUB_BUDGET, RHUB_SPENT_NO, "1011");
  assert_int_equal(e.retryable, 1);
  server_saw(0, 4);
  rhub_ticket ticket = submit(NULL);
  for (int i = 0; i < 1000 && atomic_load(&s.asked) < 5; i++) steps(1);
  s.price = PRICE("0.35");
  ends_well(ticket);
  server_saw(1, 6);
}

static void asking_too_often_ends_no_task(void **state) {
  (void)state;
  s.price = "{\"errorCode\":\"1003\",\"errorMessage\":\"too many\"}";
  open_client("50");
  rhub_ticket ticket = submit(NULL);
  for (int i = 0; i < 4000 && atomic_load(&s.asked) < 12; i++) steps(1);
  s.price = PRICE("0.35");
  ends_well(ticket);
  assert_int_equal(atomic_load(&s.seen), 1);
  assert_true(atomic_load(&s.asked) > 12);
}

static void asking_can_be_ended_in_every_way(void **state) {
  (void)state;
  s.slow_price = true;
  rhub_options o = options("50");
  o.concurrency = 1;
  open_with(&o);
  rhub_ticket ticket = submit(NULL);
  for (int i = 0; i < 1000 && atomic_load(&s.asked) < 1; i++) steps(1);
  assert_int_equal(rhub_cancel(client, ticket, NULL), RHUB_OK);
  ends_as(ticket, RHUB_CANCELLED, RHUB_SPENT_NO, "nothing was submitted");
  ticket = submit(NULL);
  for (int i = 0; i < 1000 && atomic_load(&s.asked) < 2; i++) steps(1);
  assert_int_equal(rhub_forget(client, ticket), RHUB_OK);
  rhub_task_options t = RHUB_TASK_OPTIONS_INIT;
  t.endpoint = MODEL;
  t.params = "{}";
  t.params_len = 2;
  t.wait_timeout = 0.1;
  assert_int_equal(rhub_submit(client, &t, &ticket, NULL), RHUB_OK);
  ends_as(ticket, RHUB_BUSY, RHUB_SPENT_NO, "its price was not told");
  ticket = submit(NULL);
  for (int i = 0; i < 1000 && atomic_load(&s.asked) < 4; i++) steps(1);
  rhub_shutdown(client, 0);
  ends_as(ticket, RHUB_CANCELLED, RHUB_SPENT_NO, "");
  server_saw(0, 4); /* the place was free again each time */
}

static void the_price_is_asked_with_the_uploads_addresses(void **state) {
  (void)state;
  char path[] = "/tmp/rhub-money-XXXXXX";
  int fd = mkstemp(path);
  assert_true(fd >= 0 && write(fd, "data", 4) == 4);
  close(fd);
  s.price = PRICE("0.35");
  open_client("50");
  rhub_media media = {"/image", path};
  rhub_task_options o = RHUB_TASK_OPTIONS_INIT;
  rhub_ticket ticket;
  o.endpoint = MODEL;
  o.params = "{\"image\":\"\"}";
  o.params_len = strlen(o.params);
  o.media = &media;
  o.media_count = 1;
  assert_int_equal(rhub_submit(client, &o, &ticket, NULL), RHUB_OK);
  ends_well(ticket);
  unlink(path);
  assert_string_equal(s.priced, "{\"image\":\"https://x/a.png\"}");
  assert_string_equal(s.bodies[0], s.priced);
  assert_int_equal(atomic_load(&s.uploads), 1);
  server_saw(1, 1);
}

static void a_call_that_does_not_fit_uploads_nothing(void **state) {
  (void)state;
  rhub_media media = {"/image", "/etc/passwd"};
  rhub_task_options o = RHUB_TASK_OPTIONS_INIT;
  rhub_ticket ticket;
  open_client("1");
  o.endpoint = MODEL;
  o.params = "{\"image\":\"\"}";
  o.params_len = strlen(o.params);
  o.media = &media;
  o.media_count = 1;
  o.price = "1.01";
  assert_int_equal(rhub_submit(client, &o, &ticket, NULL), RHUB_OK);
  ends_as(ticket, RHUB_BUDGET, RHUB_SPENT_NO, "1.01 CNY");
  assert_int_equal(atomic_load(&s.server.requests), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      MONEY_TEST(a_price_that_nobody_gave_is_asked_and_reserved,
                 "a price that nobody gave is asked and reserved"),
      MONEY_TEST(prices_are_read_exactly, "prices are read exactly, whatever way they are written"),
      MONEY_TEST(what_is_no_price_lets_nothing_go, "what is no price lets nothing go"),
      MONEY_TEST(a_free_call_goes, "a call that is free goes, also where nothing may be spent"),
      MONEY_TEST(a_rejection_by_the_preview_is_the_tasks,
                 "what the preview rejects is rejected, and never submitted"),
      MONEY_TEST(unknown_prices_may_go_where_that_is_allowed,
                 "unknown prices go where that is allowed, and are learned"),
      MONEY_TEST(an_unknown_price_does_not_go_where_nothing_is_left,
                 "an unknown price does not go where nothing is left"),
      MONEY_TEST(the_price_is_asked_again_on_passing_failures,
                 "the price is asked again on passing failures, four times in all"),
      MONEY_TEST(asking_too_often_ends_no_task, "asking too often ends no task"),
      MONEY_TEST(asking_can_be_ended_in_every_way,
                 "asking ends with a cancel, a forget, a wait_timeout, a shutdown"),
      MONEY_TEST(the_price_is_asked_with_the_uploads_addresses,
                 "the price is asked for the very body that is sent"),
      MONEY_TEST(a_call_that_does_not_fit_uploads_nothing,
                 "a call that does not fit uploads nothing"),
  };
  return cmocka_run_group_tests_name("quote", tests, NULL, NULL);
}
