/* Webhooks tell that a task has ended: in every order, true or not. They are never believed by
 * themselves, and what a submit of unknown outcome has made is found again by them. */
#include "money.h"

#define FOREVER 1000
#define ID      "1000" /* of what the service makes first */

/* Nothing is asked for by itself, but what is told of is. */
static rhub_options rarely(const char *budget) {
  rhub_options o = options(budget);
  o.poll_told = FOREVER;
  return o;
}

static rhub_ticket submit_told(const char *price, double unknown_wait) {
  rhub_task_options o = task(price);
  o.told = 1;
  o.unknown_wait = unknown_wait;
  return submit_with(&o);
}

static void tell(rhub_ticket ticket, const char *id, rhub_status status) {
  rhub_error error;
  assert_int_equal(rhub_tell(client, ticket, id, &error), status);
}

static rhub_info look(rhub_ticket ticket) {
  rhub_info info;
  assert_int_equal(rhub_peek(client, ticket, &info), RHUB_OK);
  return info;
}

static void wait_until_accepted(rhub_ticket ticket) {
  for (int i = 0; i < 1000 && !*look(ticket).task_id; i++) steps(1);
  assert_string_equal(look(ticket).task_id, ID);
}

static void wait_until_warned(const char *word) {
  for (int i = 0; i < 1000 && !strstr(warnings, word); i++) steps(1);
  warned(word);
}

/* A submit whose outcome nobody knows, which waits to be told. */
static rhub_ticket lost(const char *price) {
  s.submits = "ua";
  rhub_ticket ticket = submit_told(price, FOREVER);
  wait_until_warned("waiting 1e+03 s to be told of its task");
  assert_int_equal(look(ticket).state, RHUB_STATE_SUBMITTING);
  rhub_stats stats;
  rhub_get_stats(client, &stats);
  assert_int_equal(stats.submitting, 0); /* it is not on the wire */
  return ticket;
}

static void asked(int queries) {
  assert_int_equal(atomic_load(&s.queries), queries);
}

/* ---- accepted ------------------------------------------------------------------------------ */

static void what_is_told_of_is_asked_for_once_and_at_once(void **state) {
  (void)state;
  rhub_options o = rarely(NULL);
  open_with(&o);
  rhub_ticket ticket = submit_told(NULL, 0);
  wait_until_accepted(ticket);
  steps(20);
  asked(0);
  tell(ticket, ID, RHUB_OK);
  ends_well(ticket);
  asked(1);
}

static void what_was_told_too_early_is_asked_for_as_usual_from_then_on(void **state) {
  (void)state;
  s.end = RUNNING;
  rhub_options o = rarely(NULL);
  open_with(&o);
  rhub_ticket ticket = submit_told(NULL, 0);
  wait_until_accepted(ticket);
  tell(ticket, ID, RHUB_OK);
  for (int i = 0; i < 1000 && atomic_load(&s.queries) < 3; i++) steps(1);
  assert_true(atomic_load(&s.queries) >= 3);
  assert_int_equal(look(ticket).state, RHUB_STATE_RUNNING);
  s.end = DONE(MONEY("1"));
  ends_well(ticket);
}

static void what_is_told_while_it_is_asked_for_is_asked_for_again(void **state) {
  (void)state;
  s.end = RUNNING;
  s.queries_gated = true;
  rhub_options o = options(NULL);
  o.poll_min = o.poll_max = FOREVER; /* no second query by itself */
  open_with(&o);
  rhub_ticket ticket = submit(NULL);
  for (int i = 0; i < 1000 && atomic_load(&s.queries) < 1; i++) steps(1);
  tell(ticket, ID, RHUB_OK);
  tell(ticket, ID, RHUB_OK);
  atomic_store(&s.may, true);
  for (int i = 0; i < 1000 && look(ticket).state != RHUB_STATE_RUNNING; i++) steps(1);
  for (int i = 0; i < 1000 && atomic_load(&s.queries) < 2; i++) steps(1);
  asked(2);
  steps(20);
  asked(2);
}

static void another_id_is_said_and_ignored(void **state) {
  (void)state;
  rhub_options o = rarely(NULL);
  open_with(&o);
  rhub_ticket ticket = submit_told(NULL, 0);
  wait_until_accepted(ticket);
  tell(ticket, "999", RHUB_OK);
  steps(20);
  asked(0);
  warned("told of task 999, which is not " ID);
  assert_string_equal(look(ticket).task_id, ID);
}

static void a_task_that_is_attached_to_can_be_told_of(void **state) {
  (void)state;
  s.end = RUNNING;
  rhub_options o = options(NULL);
  o.poll_first = o.poll_min = o.poll_max = FOREVER;
  open_with(&o);
  rhub_ticket ticket;
  assert_int_equal(rhub_attach(client, "77", NULL, 0, &ticket, NULL), RHUB_OK);
  for (int i = 0; i < 1000 && look(ticket).state != RHUB_STATE_RUNNING; i++) steps(1);
  s.end = DONE(MONEY("1"));
  tell(ticket, "77", RHUB_OK);
  ends_well(ticket);
  asked(2);
}

/* ---- on the wire --------------------------------------------------------------------------- */

/* Submits, and is told of `id` before the reply. */
static rhub_ticket told_early(const char *id, double unknown_wait) {
  s.gated = true;
  rhub_ticket ticket = submit_told("2.5", unknown_wait);
  wait_until_seen(1);
  tell(ticket, id, RHUB_OK);
  steps(3);
  asked(0);
  assert_string_equal(look(ticket).task_id, "");
  atomic_store(&s.may, true);
  return ticket;
}

static void what_is_told_before_the_reply_is_asked_for_with_it(void **state) {
  (void)state;
  rhub_options o = rarely(NULL);
  open_with(&o);
  ends_well(told_early(ID, 0));
  asked(1);
  server_saw(1, 0);
}

static void another_id_before_the_reply_is_ignored_too(void **state) {
  (void)state;
  rhub_options o = rarely(NULL);
  open_with(&o);
  rhub_ticket ticket = told_early("999", 0);
  wait_until_accepted(ticket);
  steps(20);
  asked(0);
  warned("told of task 999, which is not " ID);
}

static void what_is_told_before_the_reply_is_lost_is_found(void **state) {
  (void)state;
  s.submits = "u";
  rhub_options o = rarely("50");
  open_with(&o);
  ends_well(told_early("55", 0));
  asked(1);
  server_saw(1, 0);
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
}

static void what_is_told_of_a_submit_that_was_refused_is_ignored(void **state) {
  (void)state;
  s.submits = "r";
  rhub_options o = rarely(NULL);
  open_with(&o);
  ends_as(told_early("55", FOREVER), RHUB_FUNDS, RHUB_SPENT_NO, "812");
  warned("told of task 55, which is not known to have been submitted");
  asked(0);
}

static void nothing_is_made_of_what_was_never_sent(void **state) {
  (void)state;
  s.gated = true;
  rhub_options o = rarely(NULL);
  o.concurrency = 1;
  open_with(&o);
  submit_told(NULL, 0);
  rhub_ticket second = submit_told(NULL, FOREVER);
  wait_until_seen(1);
  tell(second, "55", RHUB_OK);
  steps(3);
  assert_int_equal(look(second).state, RHUB_STATE_WAITING);
  warned("told of task 55, which is not known to have been submitted");
}

/* ---- an outcome that is not known ---------------------------------------------------------- */

static void a_lost_submit_is_found_when_it_is_told_of(void **state) {
  (void)state;
  rhub_options o = rarely("50");
  open_with(&o);
  rhub_ticket ticket = lost("2.5");
  money_is("0.00 2.50 0.00 0.00 0 0/0/0");
  tell(ticket, "55", RHUB_OK);
  assert_string_equal(look(ticket).task_id, "55");
  tell(ticket, "55", RHUB_OK);
  ends_well(ticket);
  asked(1);
  server_saw(1, 0);
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
}

static void what_the_service_does_not_know_stays_unknown(void **state) {
  (void)state;
  static const char *const answers[] = {
      "{\"taskId\":\"%s\",\"status\":\"\",\"errorCode\":\"1004\",\"errorMessage\":\"no\"}",
      "{\"taskId\":\"%s\",\"status\":\"\",\"errorCode\":\"1007\",\"errorMessage\":\"no\"}",
  };
  rhub_options o = rarely("50");
  open_with(&o);
  for (size_t i = 0; i < COUNT(answers); i++) {
    atomic_store(&s.seen, 0);
    *warnings = '\0';
    s.end = answers[i];
    rhub_ticket ticket = lost("2");
    tell(ticket, "55", RHUB_OK);
    ends_as(ticket, RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "task 55");
  }
  money_is("0.00 0.00 4.00 0.00 0 0/0/2");
}

static void untold_it_ends_as_what_it_is(void **state) {
  (void)state;
  s.submits = "u";
  rhub_options o = rarely("50");
  open_with(&o);
  ends_as(submit_told("2", 0.05), RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "outcome is unknown");
  warned("waiting 0.05 s");
  server_saw(1, 0);
  money_is("0.00 0.00 2.00 0.00 0 0/0/1");
}

static void cancelled_meanwhile_it_is_cancelled_once_it_is_found(void **state) {
  (void)state;
  s.end = RUNNING;
  rhub_options o = rarely(NULL);
  o.on_unknown = RHUB_RESUBMIT;
  open_with(&o);
  rhub_ticket ticket = lost(NULL);
  assert_int_equal(rhub_cancel(client, ticket, NULL), RHUB_OK);
  steps(5);
  assert_int_equal(look(ticket).state, RHUB_STATE_SUBMITTING);
  tell(ticket, "55", RHUB_OK);
  for (int i = 0; i < 1000 && atomic_load(&s.cancels) < 1; i++) steps(1);
  s.end = "{\"taskId\":\"%s\",\"status\":\"CANCEL\",\"errorCode\":\"\"}";
  ends_as(ticket, RHUB_CANCELLED, RHUB_SPENT_MAYBE, "task 55");
  assert_int_equal(atomic_load(&s.cancels), 1);
  server_saw(1, 0);
}

static void forgotten_meanwhile_it_is_said_and_held(void **state) {
  (void)state;
  rhub_options o = rarely("50");
  open_with(&o);
  rhub_ticket ticket = lost("2");
  assert_int_equal(rhub_forget(client, ticket), RHUB_OK);
  tell(ticket, "55", RHUB_GONE);
  steps(3);
  warned(MODEL ": the outcome is unknown");
  money_is("0.00 0.00 2.00 0.00 0 0/0/1");
  asked(0);
}

static void a_shutdown_lets_it_wait_and_leaving_ends_it(void **state) {
  (void)state;
  rhub_options o = rarely("50");
  o.on_unknown = RHUB_RESUBMIT;
  open_with(&o);
  rhub_ticket first = lost("2");
  *warnings = '\0';
  atomic_store(&s.seen, 0);
  rhub_ticket second = lost("2");
  rhub_shutdown(client, 0);
  steps(5);
  assert_int_equal(end_count, 0);
  tell(first, "55", RHUB_OK);
  ends_well(first);
  rhub_shutdown(client, 1);
  ends_as(second, RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "outcome is unknown");
  tell(second, "56", RHUB_GONE);
  server_saw(1, 0);
  money_is("2.10 0.00 2.00 0.00 0 1/0/1");
}

static void a_client_can_be_closed_while_it_waits(void **state) {
  (void)state;
  rhub_options o = rarely(NULL);
  open_with(&o);
  lost(NULL);
  rhub_close(client);
  client = NULL;
  server_saw(1, 0);
}

/* ---- submitted again ----------------------------------------------------------------------- */

static rhub_ticket resubmitted(void) {
  s.submits = "ua";
  rhub_options o = rarely("50");
  o.on_unknown = RHUB_RESUBMIT;
  open_with(&o);
  rhub_ticket ticket = submit_told("2.5", 0.02);
  wait_until_warned("submitting again as told (1 of 2)");
  return ticket;
}

static void what_is_told_before_it_is_submitted_again_spares_that(void **state) {
  (void)state;
  rhub_ticket ticket = resubmitted();
  money_is("0.00 2.50 2.50 0.00 0 0/0/1");
  tell(ticket, "55", RHUB_OK);
  ends_well(ticket);
  server_saw(1, 0);
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
}

static void what_is_told_too_late_for_that_is_said(void **state) {
  (void)state;
  rhub_ticket ticket = resubmitted();
  wait_until_seen(2);
  for (int i = 0; i < 1000 && !*look(ticket).task_id; i++) steps(1);
  assert_string_equal(look(ticket).task_id, "1001");
  tell(ticket, "55", RHUB_OK);
  steps(3);
  warned("told of task 55, which is not 1001: ignored; rhub task 55 shows what it is");
  tell(ticket, "1001", RHUB_OK);
  ends_well(ticket);
  server_saw(2, 0);
  money_is("2.10 0.00 2.50 0.00 0 1/0/1");
}

/* ---- afterwards ---------------------------------------------------------------------------- */

static void what_comes_after_the_end_or_makes_no_sense_does_no_harm(void **state) {
  (void)state;
  static const char *const bad[] = {"",
                                    "a b",
                                    "\"",
                                    "1\n",
                                    "5\"}",
                                    "012345678901234567890123456789012345678901234567890123456789"
                                    "012345678901234567890123456789"};
  rhub_options o = rarely(NULL);
  open_with(&o);
  rhub_ticket ticket = submit_told(NULL, 0);
  wait_until_accepted(ticket);
  for (size_t i = 0; i < COUNT(bad); i++) tell(ticket, bad[i], RHUB_INPUT);
  tell(ticket, ID, RHUB_OK);
  ends_well(ticket);
  tell(ticket, ID, RHUB_GONE);
  tell(12345, ID, RHUB_GONE);
  assert_int_equal(rhub_tell(client, ticket, NULL, NULL), RHUB_MISUSE);
  steps(5);
  asked(1);
}

static void what_was_forgotten_on_the_wire_is_held_under_the_id_told(void **state) {
  (void)state;
  s.submits = "u";
  s.gated = true;
  rhub_options o = rarely("50");
  open_with(&o);
  rhub_ticket ticket = submit_told("2.5", FOREVER);
  wait_until_seen(1);
  tell(ticket, "55", RHUB_OK);
  assert_int_equal(rhub_forget(client, ticket), RHUB_OK);
  atomic_store(&s.may, true);
  wait_until_warned("task 55 was told of after it was let go: rhub task 55 --wait");
  money_is("0.00 0.00 2.50 0.00 0 0/0/1");
  assert_int_equal(rhub_attach(client, "55", NULL, 0, &ticket, NULL), RHUB_OK);
  ends_well(ticket);
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      MONEY_TEST(what_is_told_of_is_asked_for_once_and_at_once,
                 "what is told of is asked for once, and at once"),
      MONEY_TEST(what_was_told_too_early_is_asked_for_as_usual_from_then_on,
                 "what was told too early is asked for as usual from then on"),
      MONEY_TEST(what_is_told_while_it_is_asked_for_is_asked_for_again,
                 "what is told while it is asked for is asked for again"),
      MONEY_TEST(another_id_is_said_and_ignored, "another id is said, and ignored"),
      MONEY_TEST(a_task_that_is_attached_to_can_be_told_of,
                 "a task that is attached to can be told of"),
      MONEY_TEST(what_is_told_before_the_reply_is_asked_for_with_it,
                 "what is told before the submit's reply is asked for with it"),
      MONEY_TEST(another_id_before_the_reply_is_ignored_too,
                 "another id before the reply is ignored too"),
      MONEY_TEST(what_is_told_before_the_reply_is_lost_is_found,
                 "what is told before the reply is lost is found"),
      MONEY_TEST(what_is_told_of_a_submit_that_was_refused_is_ignored,
                 "what is told of a submit that was refused is ignored"),
      MONEY_TEST(nothing_is_made_of_what_was_never_sent, "nothing is made of what was never sent"),
      MONEY_TEST(a_lost_submit_is_found_when_it_is_told_of,
                 "a lost submit is found when it is told of, and settles its own reservation"),
      MONEY_TEST(what_the_service_does_not_know_stays_unknown,
                 "what the service does not know stays an unknown outcome"),
      MONEY_TEST(untold_it_ends_as_what_it_is, "untold, it ends as an unknown outcome"),
      MONEY_TEST(cancelled_meanwhile_it_is_cancelled_once_it_is_found,
                 "cancelled meanwhile, it is cancelled once it is found"),
      MONEY_TEST(forgotten_meanwhile_it_is_said_and_held,
                 "forgotten meanwhile, it is said, and held"),
      MONEY_TEST(a_shutdown_lets_it_wait_and_leaving_ends_it,
                 "a shutdown lets it wait, and leaving ends it"),
      MONEY_TEST(a_client_can_be_closed_while_it_waits, "a client can be closed while it waits"),
      MONEY_TEST(what_is_told_before_it_is_submitted_again_spares_that,
                 "what is told before it is submitted again spares that"),
      MONEY_TEST(what_is_told_too_late_for_that_is_said,
                 "what is told too late for that is said, and stays held"),
      MONEY_TEST(what_comes_after_the_end_or_makes_no_sense_does_no_harm,
                 "what comes after the end, or makes no sense, does no harm"),
      MONEY_TEST(what_was_forgotten_on_the_wire_is_held_under_the_id_told,
                 "what was forgotten on the wire is held under the id told"),
  };
  return cmocka_run_group_tests_name("tell", tests, NULL, NULL);
}
