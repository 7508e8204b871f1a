/* Jobs that are settled by their tasks' ids: what a webhook tells of a submit that nobody waits for
 * any more, in this run or a later one, and what is attached to by an id alone. */
#include "journal.h"

#define TOKEN "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
#define NO_SUCH                                                           \
  "{\"taskId\":\"\",\"errorCode\":\"1007\",\"errorMessage\":\"taskId is " \
  "invalid\",\"results\":null}"

static rhub_ticket submit_hooked(const char *key, const char *token) {
  rhub_task_options o = task("2.5");
  o.job = key;
  o.token = token;
  return submit_with(&o);
}

/* A job that nobody waits for, whose submit has made task 1000. */
static void lose(const char *key) {
  s.submits = "ua";
  open_recorded("10");
  ends_as(submit_hooked(key, TOKEN), RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "");
  money_is("0.00 0.00 2.50 0.00 0 0/0/1");
}

static rhub_ticket tell_lost(const char *token, const char *id, rhub_status status) {
  rhub_ticket ticket;
  rhub_error error = {.message = ""};
  if (rhub_tell_lost(client, token, id, &ticket, &error) != status)
    fail_msg("%d %s", error.status, error.message);
  return ticket;
}

static void running(rhub_ticket ticket) {
  rhub_info info = {.state = RHUB_STATE_QUEUED};
  for (int i = 0; i < 1000 && info.state != RHUB_STATE_RUNNING; i++) {
    steps(1);
    assert_int_equal(rhub_peek(client, ticket, &info), RHUB_OK);
  }
  assert_int_equal(info.state, RHUB_STATE_RUNNING);
}

/* ---- told of --------------------------------------------------------------------------------- */

static void what_is_told_after_the_end_is_the_jobs(void **state) {
  (void)state;
  lose("a");
  ends_well(tell_lost(TOKEN, "1000", RHUB_OK));
  jobs_are("a=done/1000");
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
  reopen("10");
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
  ends_well(submit_hooked("a", "another"));
  server_saw(1, 0);
}

static void what_is_told_in_a_later_run_is_the_jobs(void **state) {
  (void)state;
  lose("a");
  reopen("10");
  money_is("0.00 0.00 2.50 0.00 0 0/0/1");
  ends_well(tell_lost(TOKEN, "1000", RHUB_OK));
  jobs_are("a=done/1000");
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
  ends_well(submit_hooked("a", "another"));
  server_saw(1, 0);
}

static void what_the_end_has_cut_off_is_found_too(void **state) {
  (void)state;
  s.gated = true;
  open_recorded("10");
  submit_hooked("a", TOKEN);
  wait_until_seen(1);
  reopen("10");
  atomic_store(&s.may, true);
  ends_well(tell_lost(TOKEN, "1000", RHUB_OK));
  jobs_are("a=done/1000");
  server_saw(1, 0);
}

static void what_still_runs_is_taken_up_by_the_next_run(void **state) {
  (void)state;
  lose("a");
  s.end = RUNNING;
  running(tell_lost(TOKEN, "1000", RHUB_OK));
  for (int i = 0; i < 1000 && !*jobs_in(RHUB_JOB_RUNNING); i++) steps(1);
  jobs_are("a=running/1000");
  reopen("10");
  money_is("0.00 0.00 2.50 0.00 0 0/0/1");
  s.end = DONE(MONEY("2.10"));
  ends_well(submit_hooked("a", "another"));
  server_saw(1, 0);
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
}

static void what_failed_is_recorded_with_its_charge(void **state) {
  (void)state;
  lose("a");
  s.end = FAILED(MONEY("1"));
  ends_as(tell_lost(TOKEN, "1000", RHUB_OK), RHUB_FAILED, RHUB_SPENT_YES, "task 1000");
  jobs_are("a=failed/1000");
  money_is("1.00 0.00 0.00 0.00 0 1/0/0");
}

static void a_lie_changes_nothing(void **state) {
  (void)state;
  lose("a");
  s.end = NO_SUCH;
  ends_as(tell_lost(TOKEN, "77", RHUB_OK), RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "does not know");
  jobs_are("a=unknown/");
  money_is("0.00 0.00 2.50 0.00 0 0/0/1");
  s.end = DONE(MONEY("2.10"));
  reopen("10");
  ends_well(tell_lost(TOKEN, "1000", RHUB_OK));
  jobs_are("a=done/1000");
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
}

static void what_is_known_already_is_told_to_nobody(void **state) {
  (void)state;
  lose("a");
  tell_lost("another", "1000", RHUB_GONE);
  tell_lost(TOKEN, "x y", RHUB_INPUT);
  ends_well(tell_lost(TOKEN, "1000", RHUB_OK));
  tell_lost(TOKEN, "1000", RHUB_GONE);
  jobs_are("a=done/1000");
}

static void what_is_another_accounts_is_not_asked_for(void **state) {
  (void)state;
  lose("a");
  rhub_close(client);
  rhub_options o = recorded_options("10");
  o.api_key = "fedcba9876543210fedcba9876543210";
  open_with(&o);
  tell_lost(TOKEN, "1000", RHUB_GONE);
  jobs_are("a=unknown/");
}

static void what_was_submitted_again_is_settled_beside_its_job(void **state) {
  (void)state;
  rhub_error error;
  lose("a");
  assert_int_equal(rhub_job_resolve(client, "a", RHUB_RESOLVE_RESUBMIT, NULL, &error), RHUB_OK);
  ends_well(submit_hooked("a", "another"));
  money_is("2.10 0.00 0.00 0.00 0 1/0/1");
  s.end = NO_SUCH;
  ends_as(tell_lost(TOKEN, "77", RHUB_OK), RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "");
  jobs_are("a#1=resubmitted/ a=done/1001");
  s.end = DONE(MONEY("2.10"));
  ends_well(tell_lost(TOKEN, "1000", RHUB_OK));
  jobs_are("a#1=done/1000 a=done/1001");
  money_is("4.20 0.00 0.00 0.00 0 2/0/0");
}

static void what_was_given_up_is_paid_for_all_the_same(void **state) {
  (void)state;
  rhub_error error;
  lose("a");
  assert_int_equal(rhub_job_resolve(client, "a", RHUB_RESOLVE_DROP, NULL, &error), RHUB_OK);
  s.end = NO_SUCH;
  ends_as(tell_lost(TOKEN, "77", RHUB_OK), RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "");
  jobs_are("a=dropped/");
  s.end = DONE(MONEY("2.10"));
  reopen("10");
  money_is("0.00 0.00 0.00 0.00 0 0/0/0");
  ends_well(tell_lost(TOKEN, "1000", RHUB_OK));
  jobs_are("a=done/1000");
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
  ends_well(submit_hooked("a", "another"));
  server_saw(1, 0);
}

static void who_is_about_to_submit_it_again_is_told_and_does_not(void **state) {
  (void)state;
  lose("a");
  rhub_close(client);
  rhub_options o = recorded_options("10");
  o.on_unknown = RHUB_RESUBMIT;
  o.concurrency = 1;
  s.gated = true;
  end_count = 0;
  open_with(&o);
  rhub_ticket other = submit_job("x");
  wait_until_seen(2);
  rhub_ticket ticket = submit_hooked("a", "another");
  for (int i = 0; i < 1000 && !strstr(warnings, "submitting again as told"); i++) steps(1);
  assert_int_equal(tell_lost(TOKEN, "1000", RHUB_OK), 0);
  atomic_store(&s.may, true);
  ends_well(ticket);
  ends_well(other);
  server_saw(2, 0);
  jobs_are("a=done/1000 x=done/1001");
  money_is("4.20 0.00 0.00 0.00 0 2/0/0");
}

/* ---- attached to by an id alone -------------------------------------------------------------- */

/* A job that runs as task 1000, left behind by an earlier run. */
static void leave_running(void) {
  s.end = RUNNING;
  open_recorded("10");
  running(submit_job("a"));
  reopen("10");
  money_is("0.00 0.00 2.50 0.00 0 0/0/1");
}

static rhub_ticket attach(const char *id) {
  rhub_ticket ticket;
  rhub_error error;
  assert_int_equal(rhub_attach(client, id, NULL, 0, &ticket, &error), RHUB_OK);
  return ticket;
}

static void by_its_id_alone_a_job_is_settled_too(void **state) {
  (void)state;
  leave_running();
  s.end = DONE(MONEY("2.10"));
  ends_well(attach("1000"));
  jobs_are("a=done/1000");
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
  reopen("10");
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
  int queries = atomic_load(&s.queries);
  ends_well(submit_job("a")); /* with the outputs that were recorded */
  assert_int_equal(atomic_load(&s.queries), queries);
  server_saw(1, 0);
}

static void its_failure_is_recorded_with_its_charge(void **state) {
  (void)state;
  leave_running();
  s.end = FAILED(MONEY("1"));
  ends_as(attach("1000"), RHUB_FAILED, RHUB_SPENT_YES, "");
  jobs_are("a=failed/1000");
  reopen("10");
  money_is("1.00 0.00 0.00 0.00 0 1/0/0");
}

static void a_task_of_no_job_is_none(void **state) {
  (void)state;
  leave_running();
  s.end = DONE(MONEY("2.10"));
  ends_well(attach("2000"));
  jobs_are("a=running/1000");
  money_is("0.00 0.00 2.50 0.00 0 0/0/1");
}

static void by_its_id_and_by_its_key_it_is_charged_once(void **state) {
  (void)state;
  leave_running();
  s.end = DONE(MONEY("2.10"));
  rhub_ticket by_id = attach("1000"), by_key = submit_job("a");
  ends_well(by_id);
  ends_well(by_key);
  jobs_are("a=done/1000");
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
  reopen("10");
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      JOURNAL_TEST(what_is_told_after_the_end_is_the_jobs,
                   "a task that is told of after the end of an unknown job is that job's"),
      JOURNAL_TEST(what_is_told_in_a_later_run_is_the_jobs,
                   "and so is one that is told of in a later run"),
      JOURNAL_TEST(what_the_end_has_cut_off_is_found_too,
                   "what the end of a run has cut off on the wire is found too"),
      JOURNAL_TEST(what_still_runs_is_taken_up_by_the_next_run,
                   "what is found and still runs is taken up by the next run"),
      JOURNAL_TEST(what_failed_is_recorded_with_its_charge,
                   "what is found to have failed is recorded with its charge"),
      JOURNAL_TEST(a_lie_changes_nothing, "a lie changes nothing"),
      JOURNAL_TEST(what_is_known_already_is_told_to_nobody,
                   "what is known already, or to nobody, is said to be so"),
      JOURNAL_TEST(what_is_another_accounts_is_not_asked_for,
                   "what is another account's is not asked for"),
      JOURNAL_TEST(what_was_submitted_again_is_settled_beside_its_job,
                   "what was submitted again is settled beside its job"),
      JOURNAL_TEST(what_was_given_up_is_paid_for_all_the_same,
                   "what was given up is paid for all the same"),
      JOURNAL_TEST(who_is_about_to_submit_it_again_is_told_and_does_not,
                   "who is about to submit it again is told, and does not"),
      JOURNAL_TEST(by_its_id_alone_a_job_is_settled_too,
                   "attached to by its id alone, a job is settled too"),
      JOURNAL_TEST(its_failure_is_recorded_with_its_charge,
                   "and its failure is recorded with its charge"),
      JOURNAL_TEST(a_task_of_no_job_is_none, "a task of no job is none"),
      JOURNAL_TEST(by_its_id_and_by_its_key_it_is_charged_once,
                   "waited for by its id and by its key, it is charged once"),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
