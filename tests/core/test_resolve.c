/* Jobs of which nobody knows whether they have made a task: held over reruns, never submitted again
 * by themselves, and resolved. */
#include "journal.h"

static void an_unknown_outcome_is_held_over_reruns(void **state) {
  (void)state;
  s.submits = "ua";
  open_recorded("10");
  ends_as(submit_job("a"), RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "");
  jobs_are("a=unknown/");
  reopen("10");
  ends_as(submit_job("a"), RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "rhub jobs resolve a");
  server_saw(1, 0);
  money_is("0.00 0.00 2.50 0.00 0 0/0/1");
  jobs_are("a=unknown/");
}

static void a_submit_that_was_cut_off_by_the_end_is_unknown(void **state) {
  (void)state;
  s.gated = true;
  open_recorded("10");
  submit_job("a");
  wait_until_seen(1);
  jobs_are("a=intent/");
  reopen("10");
  jobs_are("a=unknown/");
  ends_as(submit_job("a"), RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "--resubmit");
  server_saw(1, 0);
}

static void the_policy_may_submit_it_again(void **state) {
  (void)state;
  s.submits = "ua";
  open_recorded("10");
  ends_as(submit_job("a"), RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "");
  rhub_close(client);
  end_count = 0;
  rhub_options o = recorded_options("10");
  o.on_unknown = RHUB_RESUBMIT;
  open_with(&o);
  ends_well(submit_job("a"));
  warned("submitting again as told");
  server_saw(2, 0);
  jobs_are("a#1=resubmitted/ a=done/1001");
  money_is("2.10 0.00 2.50 0.00 0 1/0/1");
  reopen("10");
  money_is("2.10 0.00 2.50 0.00 0 1/0/1");
}

static void what_is_submitted_again_within_a_run_is_a_row_of_its_own(void **state) {
  (void)state;
  s.submits = "ua";
  rhub_options o = recorded_options("10");
  o.on_unknown = RHUB_RESUBMIT;
  open_with(&o);
  ends_well(submit_job("a"));
  server_saw(2, 0);
  jobs_are("a#1=resubmitted/ a=done/1001");
  reopen("10");
  money_is("2.10 0.00 2.50 0.00 0 1/0/1");
}

static rhub_status resolve(const char *key, rhub_resolve what, const char *id, const char *word) {
  rhub_error error = {.message = ""};
  rhub_status status = rhub_job_resolve(client, key, what, id, &error);
  if (word && !strstr(error.message, word)) fail_msg("%s", error.message);
  return status;
}

static void lose(const char *key) {
  s.submits = "ua";
  open_recorded("10");
  ends_as(submit_job(key), RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "");
}

static void an_unknown_one_can_be_given_its_task(void **state) {
  (void)state;
  lose("a");
  assert_int_equal(resolve("a", RHUB_RESOLVE_ID, "x y", "no task id"), RHUB_INPUT);
  assert_int_equal(resolve("a", RHUB_RESOLVE_ID, "1000", NULL), RHUB_OK);
  jobs_are("a=running/1000");
  money_is("0.00 0.00 2.50 0.00 0 0/0/1");
  ends_well(submit_job("a"));
  server_saw(1, 0);
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
  reopen("10");
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
}

static void an_unknown_one_can_be_submitted_anew(void **state) {
  (void)state;
  lose("a");
  assert_int_equal(resolve("a", RHUB_RESOLVE_RESUBMIT, NULL, NULL), RHUB_OK);
  ends_well(submit_job("a"));
  server_saw(2, 0);
  jobs_are("a#1=resubmitted/ a=done/1001");
  assert_int_equal(resolve("a#1", RHUB_RESOLVE_ID, "1001", "task 1001 is job a's"), RHUB_INPUT);
  jobs_are("a#1=resubmitted/ a=done/1001");
  assert_int_equal(resolve("a#1", RHUB_RESOLVE_DROP, NULL, NULL), RHUB_OK);
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
}

static void what_was_submitted_again_is_unknown_no_longer(void **state) {
  (void)state;
  lose("a");
  assert_int_equal(resolve("a", RHUB_RESOLVE_RESUBMIT, NULL, NULL), RHUB_OK);
  assert_string_equal(jobs_in(RHUB_JOB_UNKNOWN), "");
  assert_string_equal(jobs_in(RHUB_JOB_RESUBMITTED), "a#1=resubmitted/");
  money_is("0.00 0.00 0.00 0.00 0 0/0/1");
  assert_int_equal(resolve("a#1", RHUB_RESOLVE_RESUBMIT, NULL, "is resubmitted, not unknown"),
                   RHUB_INPUT);
  reopen("10");
  money_is("0.00 0.00 0.00 0.00 0 0/0/1");
  ends_well(submit_job("a"));
  assert_string_equal(jobs_in(RHUB_JOB_UNKNOWN), "");
  money_is("2.10 0.00 0.00 0.00 0 1/0/1");
  assert_int_equal(resolve("a#1", RHUB_RESOLVE_ID, "77", NULL), RHUB_OK);
  jobs_are("a#1=running/77 a=done/1001");
}

static void what_is_to_be_submitted_anew_can_be_resolved_otherwise(void **state) {
  (void)state;
  lose("a");
  assert_int_equal(resolve("b", RHUB_RESOLVE_DROP, NULL, "there is no job b"), RHUB_INPUT);
  assert_int_equal(resolve("a", RHUB_RESOLVE_RESUBMIT, NULL, NULL), RHUB_OK);
  assert_int_equal(resolve("a", RHUB_RESOLVE_RESUBMIT, NULL, NULL), RHUB_OK);
  jobs_are("a#1=resubmitted/");
  assert_int_equal(resolve("a", RHUB_RESOLVE_DROP, NULL, NULL), RHUB_OK);
  jobs_are("a=dropped/");
  money_is("0.00 0.00 0.00 0.00 0 0/0/0");
  reopen("10");
  money_is("0.00 0.00 0.00 0.00 0 0/0/0");
  server_saw(1, 0);
}

static void its_task_may_be_found_before_it_is_submitted_anew(void **state) {
  (void)state;
  lose("a");
  assert_int_equal(resolve("a", RHUB_RESOLVE_RESUBMIT, NULL, NULL), RHUB_OK);
  assert_int_equal(resolve("a", RHUB_RESOLVE_ID, "1000", NULL), RHUB_OK);
  jobs_are("a=running/1000");
  ends_well(submit_job("a"));
  server_saw(1, 0);
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
}

static void a_budget_has_room_for_what_is_submitted_anew(void **state) {
  (void)state;
  s.submits = "ua";
  open_recorded("2.50");
  ends_as(submit_job("a"), RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "");
  money_is("0.00 0.00 2.50 0.00 0 0/0/1");
  assert_int_equal(resolve("a", RHUB_RESOLVE_RESUBMIT, NULL, NULL), RHUB_OK);
  reopen("2.50");
  ends_well(submit_job("a"));
  server_saw(2, 0);
  money_is("2.10 0.00 0.00 0.00 0 1/0/1");
  /* it had made one after all: what that was charged counts */
  assert_int_equal(resolve("a#1", RHUB_RESOLVE_ID, "77", NULL), RHUB_OK);
  rhub_ticket ticket;
  rhub_error error;
  assert_int_equal(rhub_attach(client, "77", NULL, 0, &ticket, &error), RHUB_OK);
  ends_well(ticket);
  jobs_are("a#1=done/77 a=done/1001");
  money_is("4.20 0.00 0.00 0.00 0 2/0/0");
}

/* The second submit makes certainly none: it is the first of which nobody knows. */
static void what_was_refused_when_submitted_again_is_unknown_as_it_was(void **state) {
  (void)state;
  s.submits = "ur";
  rhub_options o = recorded_options("10");
  o.on_unknown = RHUB_RESUBMIT;
  open_with(&o);
  ends_as(submit_job("a"), RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "an earlier submit is unknown");
  server_saw(2, 0);
  jobs_are("a=unknown/");
  money_is("0.00 0.00 2.50 0.00 0 0/0/1");
  reopen("10");
  money_is("0.00 0.00 2.50 0.00 0 0/0/1");
  assert_int_equal(resolve("a", RHUB_RESOLVE_DROP, NULL, NULL), RHUB_OK);
  money_is("0.00 0.00 0.00 0.00 0 0/0/0");
}

static void an_unknown_one_can_be_given_up(void **state) {
  (void)state;
  lose("a");
  assert_int_equal(resolve("a", RHUB_RESOLVE_DROP, NULL, NULL), RHUB_OK);
  money_is("0.00 0.00 0.00 0.00 0 0/0/0");
  reopen("10");
  money_is("0.00 0.00 0.00 0.00 0 0/0/0");
  ends_as(submit_job("a"), RHUB_CANCELLED, RHUB_SPENT_MAYBE, "was given up");
  server_saw(1, 0);
}

static void one_that_was_given_up_can_be_taken_up_again(void **state) {
  (void)state;
  lose("a");
  assert_int_equal(resolve("a", RHUB_RESOLVE_DROP, NULL, NULL), RHUB_OK);
  assert_int_equal(resolve("a", RHUB_RESOLVE_DROP, NULL, "is dropped, not unknown"), RHUB_INPUT);
  assert_int_equal(resolve("a", RHUB_RESOLVE_ID, "1000", NULL), RHUB_OK);
  jobs_are("a=running/1000");
  ends_well(submit_job("a"));
  server_saw(1, 0);
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
  reopen("10");
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
}

static void one_that_was_given_up_can_be_submitted_after_all(void **state) {
  (void)state;
  lose("a");
  assert_int_equal(resolve("a", RHUB_RESOLVE_DROP, NULL, NULL), RHUB_OK);
  assert_int_equal(resolve("a", RHUB_RESOLVE_RESUBMIT, NULL, NULL), RHUB_OK);
  jobs_are("a#1=dropped/");
  ends_well(submit_job("a"));
  server_saw(2, 0);
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
  assert_int_equal(resolve("a#1", RHUB_RESOLVE_RESUBMIT, NULL, "is dropped"), RHUB_INPUT);
}

static void only_what_is_unknown_can_be_resolved(void **state) {
  (void)state;
  s.gated = true;
  open_recorded(NULL);
  assert_int_equal(resolve("b", RHUB_RESOLVE_DROP, NULL, "there is no job b"), RHUB_INPUT);
  rhub_ticket ticket = submit_job("a");
  wait_until_seen(1);
  assert_int_equal(resolve("a", RHUB_RESOLVE_DROP, NULL, "at work"), RHUB_INPUT);
  atomic_store(&s.may, true);
  ends_well(ticket);
  assert_int_equal(resolve("a", RHUB_RESOLVE_DROP, NULL, "is done, not unknown"), RHUB_INPUT);
  jobs_are("a=done/1000");
}

static void an_id_that_is_no_task_makes_it_unknown_again(void **state) {
  (void)state;
  lose("a");
  assert_int_equal(resolve("a", RHUB_RESOLVE_ID, "77", NULL), RHUB_OK);
  s.end = "{\"taskId\":\"\",\"errorCode\":\"1007\",\"errorMessage\":\"%s is invalid\"}";
  rhub_error e = end_of(submit_job("a"));
  assert_int_not_equal(e.status, RHUB_OK);
  jobs_are("a=unknown/");
  ends_as(submit_job("a"), RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "resolve");
  server_saw(1, 0);
}

#define NO_TASK "{\"taskId\":\"\",\"errorCode\":\"1004\",\"errorMessage\":\"no such task %s\"}"

static void a_wrong_id_can_be_put_right(void **state) {
  (void)state;
  lose("a");
  assert_int_equal(resolve("a", RHUB_RESOLVE_ID, "77", NULL), RHUB_OK);
  s.end = NO_TASK;
  ends_as(submit_job("a"), RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE,
          "job a was said to be task 77, which is no task of this account (...cdef)");
  jobs_are("a=unknown/");
  money_is("0.00 0.00 2.50 0.00 0 0/0/1");
  reopen("10");
  money_is("0.00 0.00 2.50 0.00 0 0/0/1");
  assert_int_equal(resolve("a", RHUB_RESOLVE_ID, "1000", NULL), RHUB_OK);
  s.end = DONE(MONEY("2.10"));
  ends_well(submit_job("a"));
  jobs_are("a=done/1000");
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
  server_saw(1, 0);
}

static void a_wrong_id_is_found_out_by_whoever_asks_for_it(void **state) {
  (void)state;
  rhub_ticket ticket;
  rhub_error error;
  lose("a");
  assert_int_equal(resolve("a", RHUB_RESOLVE_ID, "77", NULL), RHUB_OK);
  s.end = NO_TASK;
  assert_int_equal(rhub_attach(client, "77", NULL, 0, &ticket, &error), RHUB_OK);
  ends_as(ticket, RHUB_GONE, RHUB_SPENT_MAYBE, "77");
  jobs_are("a=unknown/");
  reopen("10");
  money_is("0.00 0.00 2.50 0.00 0 0/0/1");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      JOURNAL_TEST(an_unknown_outcome_is_held_over_reruns,
                   "an unknown outcome is held over reruns"),
      JOURNAL_TEST(a_submit_that_was_cut_off_by_the_end_is_unknown,
                   "a submit that was cut off by the end of the client is unknown"),
      JOURNAL_TEST(the_policy_may_submit_it_again, "the policy may submit an unknown one again"),
      JOURNAL_TEST(what_is_submitted_again_within_a_run_is_a_row_of_its_own,
                   "what is submitted again within a run is a row of its own"),
      JOURNAL_TEST(an_unknown_one_can_be_given_its_task, "an unknown one can be given its task"),
      JOURNAL_TEST(an_unknown_one_can_be_submitted_anew, "an unknown one can be submitted anew"),
      JOURNAL_TEST(what_was_submitted_again_is_unknown_no_longer,
                   "what was submitted again is unknown no longer"),
      JOURNAL_TEST(what_is_to_be_submitted_anew_can_be_resolved_otherwise,
                   "what is to be submitted anew can be resolved otherwise until it is"),
      JOURNAL_TEST(its_task_may_be_found_before_it_is_submitted_anew,
                   "its task may be found before it is submitted anew"),
      JOURNAL_TEST(a_budget_has_room_for_what_is_submitted_anew,
                   "a budget has room for what is submitted anew by the user's word"),
      JOURNAL_TEST(what_was_refused_when_submitted_again_is_unknown_as_it_was,
                   "what was refused when it was submitted again is unknown as it was"),
      JOURNAL_TEST(an_unknown_one_can_be_given_up, "an unknown one can be given up"),
      JOURNAL_TEST(one_that_was_given_up_can_be_taken_up_again,
                   "one that was given up can be given its task after all"),
      JOURNAL_TEST(one_that_was_given_up_can_be_submitted_after_all,
                   "one that was given up can be submitted after all"),
      JOURNAL_TEST(only_what_is_unknown_can_be_resolved, "only what is unknown can be resolved"),
      JOURNAL_TEST(an_id_that_is_no_task_makes_it_unknown_again,
                   "an id that is no task makes it unknown again"),
      JOURNAL_TEST(a_wrong_id_can_be_put_right, "a wrong id can be put right"),
      JOURNAL_TEST(a_wrong_id_is_found_out_by_whoever_asks_for_it,
                   "a wrong id is found out by whoever asks for it"),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
