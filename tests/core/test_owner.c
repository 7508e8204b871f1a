/* Whose a journal is: one client works it, whatever becomes of the lock that lies beside it, and
 * its jobs are of one service. */
#include "journal.h"

#include <sqlite3.h>

static const char *beside(const char *ending) {
  static char path[320];
  snprintf(path, sizeof path, "%s%s", journal, ending);
  return path;
}

static void run_sql(const char *sql) {
  sqlite3 *db;
  char *message = NULL;
  assert_int_equal(sqlite3_open(journal, &db), SQLITE_OK);
  sqlite3_busy_timeout(db, 5000);
  if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) fail_msg("%s", message);
  sqlite3_close(db);
}

static void refused_open_at(const char *origin, rhub_status expected, const char *word) {
  rhub_options o = recorded_options(NULL);
  if (origin) o.base_url = origin;
  rhub_client *none;
  rhub_error error;
  rhub_status status = rhub_open(&o, &none, &error);
  if (status != expected || !strstr(error.message, word) || !strstr(error.message, journal))
    fail_msg("%d %s", status, error.message);
  assert_null(none);
}

static void refused_open(rhub_status expected, const char *word) {
  refused_open_at(NULL, expected, word);
}

static void close_client(void) {
  rhub_close(client);
  client = NULL;
}

/* ---- the one that works it ------------------------------------------------------------------- */

static void a_second_client_is_refused_though_the_lock_was_removed(void **state) {
  (void)state;
  open_recorded(NULL);
  ends_well(submit_job("a"));
  assert_int_equal(unlink(beside(".lock")), 0);
  char who[40];
  snprintf(who, sizeof who, "process %ld works it now", (long)getpid());
  refused_open(RHUB_IO, who);
  ends_well(submit_job("b"));
  jobs_are("a=done/1000 b=done/1001");
  reopen(NULL);
  ends_well(submit_job("c"));
}

static void a_process_that_died_keeps_nobody_out(void **state) {
  (void)state;
  open_recorded(NULL);
  ends_well(submit_job("a"));
  close_client();
  /* of a process that was at another time: of this one's number, and of the first one's */
  char sql[200];
  snprintf(sql, sizeof sql, "INSERT OR REPLACE INTO facts VALUES ('process', '%ld 1')",
           (long)getpid());
  run_sql(sql);
  open_recorded(NULL);
  close_client();
  run_sql("INSERT OR REPLACE INTO facts VALUES ('process', '1 1')");
  open_recorded(NULL);
  ends_well(submit_job("a"));
  server_saw(1, 0);
}

static void what_another_one_has_taken_over_is_submitted_no_more(void **state) {
  (void)state;
  open_recorded(NULL);
  ends_well(submit_job("a"));
  run_sql("UPDATE facts SET value = 'another' WHERE name = 'owner'");
  rhub_error e = ends_as(submit_job("b"), RHUB_IO, RHUB_SPENT_NO, "has taken it over");
  assert_non_null(strstr(e.message, journal));
  rhub_task_options o = task("2.5");
  o.job = "a";
  o.fresh = 1;
  ends_as(submit_with(&o), RHUB_IO, RHUB_SPENT_NO, "has taken it over");
  server_saw(1, 0);
  jobs_are("a=done/1000");
}

static void what_another_one_has_is_not_resolved_here(void **state) {
  (void)state;
  rhub_error error;
  s.submits = "u";
  open_recorded(NULL);
  end_of(submit_job("a"));
  run_sql("UPDATE facts SET value = 'another' WHERE name = 'owner'");
  assert_int_equal(rhub_job_resolve(client, "a", RHUB_RESOLVE_DROP, NULL, &error), RHUB_IO);
  jobs_are("a=unknown/");
}

/* ---- its file -------------------------------------------------------------------------------- */

static void nothing_is_sent_once_its_file_is_elsewhere(void **state) {
  (void)state;
  char elsewhere[320];
  open_recorded(NULL);
  ends_well(submit_job("a"));
  snprintf(elsewhere, sizeof elsewhere, "%s", beside(".away"));
  assert_int_equal(rename(journal, elsewhere), 0);
  ends_as(submit_job("b"), RHUB_IO, RHUB_SPENT_NO, "was moved or removed while it was worked");
  server_saw(1, 0);
  assert_int_equal(rename(elsewhere, journal), 0);
  ends_well(submit_job("b"));
  jobs_are("a=done/1000 b=done/1001");
}

static void what_runs_is_recorded_where_its_file_has_gone(void **state) {
  (void)state;
  char elsewhere[320];
  s.gated = true;
  open_recorded(NULL);
  rhub_ticket ticket = submit_job("a");
  wait_until_seen(1);
  snprintf(elsewhere, sizeof elsewhere, "%s", beside(".away"));
  assert_int_equal(rename(journal, elsewhere), 0);
  atomic_store(&s.may, true);
  ends_well(ticket);
  assert_int_equal(rename(elsewhere, journal), 0);
  jobs_are("a=done/1000");
}

/* ---- the service ----------------------------------------------------------------------------- */

#define ELSEWHERE "http://127.0.0.1:9"

static void its_jobs_are_of_one_service(void **state) {
  (void)state;
  char words[200];
  open_recorded(NULL);
  ends_well(submit_job("a"));
  close_client();
  snprintf(words, sizeof words, "its jobs are of %s, and this client is one of " ELSEWHERE ": ",
           s.server.origin);
  refused_open_at(ELSEWHERE, RHUB_CONFIG, words);
  refused_open_at(ELSEWHERE, RHUB_CONFIG, "another journal (of a batch: another -o or --journal)");
  open_recorded(NULL);
  ends_well(submit_job("a"));
  server_saw(1, 0);
}

static void one_without_jobs_is_of_none(void **state) {
  (void)state;
  rhub_options o = recorded_options(NULL);
  o.base_url = ELSEWHERE;
  open_with(&o);
  close_client();
  open_recorded(NULL);
  ends_well(submit_job("a"));
  close_client();
  refused_open_at(ELSEWHERE, RHUB_CONFIG, "its jobs are of");
}

/* ---- the money ------------------------------------------------------------------------------- */

static void open_without_site(void) {
  rhub_options o = recorded_options(NULL);
  o.site = NULL;
  if (client) close_client();
  end_count = 0;
  open_with(&o);
}

static void leave_one_running(const char *key) {
  int asked = atomic_load(&s.queries);
  s.end = RUNNING;
  submit_job(key);
  for (int i = 0; i < 1000 && atomic_load(&s.queries) == asked; i++) steps(1);
  s.end = DONE(MONEY("2.10"));
}

static void who_knows_no_currency_books_in_the_journals(void **state) {
  (void)state;
  open_recorded("10");
  leave_one_running("a");
  open_without_site();
  ends_well(submit_job("a"));
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
  rhub_money m;
  rhub_get_money(client, &m);
  assert_string_equal(m.currency, "CNY");
  reopen("10");
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
  server_saw(1, 0);
}

static void what_was_booked_in_no_currency_is_in_the_first_that_is_known(void **state) {
  (void)state;
  open_without_site();
  ends_well(submit_job("a"));
  leave_one_running("b");
  reopen("10");
  money_is("2.10 0.00 2.50 0.00 0 1/0/1");
  ends_well(submit_job("b"));
  money_is("4.20 0.00 0.00 0.00 0 2/0/0");
  open_without_site();
  money_is("4.20 0.00 0.00 0.00 0 2/0/0");
}

static void refused_in_dollars(void) {
  rhub_options o = recorded_options(NULL);
  rhub_client *none;
  rhub_error error;
  o.site = "ai";
  assert_int_equal(rhub_open(&o, &none, &error), RHUB_CONFIG);
  if (!strstr(error.message, "its jobs are charged in CNY, and this client counts in USD: nothing"))
    fail_msg("%s", error.message);
  assert_non_null(strstr(error.message, "give the site that it was begun with"));
  assert_null(none);
}

static void its_jobs_are_charged_in_one_currency(void **state) {
  (void)state;
  open_recorded(NULL);
  ends_well(submit_job("a"));
  close_client();
  refused_in_dollars();
  run_sql("DELETE FROM facts WHERE name = 'currency'"); /* as one that was made before that */
  refused_in_dollars();
  open_recorded("10");
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
}

/* ---- the account ----------------------------------------------------------------------------- */

#define OTHER_KEY "99990123456789abcdef012345678901"
#define NO_TASK   "{\"taskId\":\"\",\"errorCode\":\"1004\",\"errorMessage\":\"no such task %s\"}"

static void open_as_another(void) {
  rhub_options o = recorded_options(NULL);
  close_client();
  end_count = 0;
  o.api_key = OTHER_KEY;
  open_with(&o);
}

/* A job that runs as task 1000, of a client that has gone. */
static void leave_running(const char *key) {
  s.end = RUNNING;
  open_recorded(NULL);
  submit_job(key);
  for (int i = 0; i < 1000 && atomic_load(&s.queries) == 0; i++) steps(1);
  close_client();
}

static void what_is_done_is_done_for_any_account(void **state) {
  (void)state;
  open_recorded(NULL);
  ends_well(submit_job("a"));
  open_as_another();
  ends_well(submit_job("a"));
  server_saw(1, 0);
}

static void what_runs_of_another_account_stays_as_running(void **state) {
  (void)state;
  leave_running("a");
  s.end = NO_TASK;
  open_as_another();
  rhub_error e = ends_as(submit_job("a"), RHUB_AUTH, RHUB_SPENT_MAYBE,
                         "was submitted with another account's key (...cdef)");
  assert_string_equal(e.task_id, "1000");
  assert_string_equal(e.code, "1004");
  jobs_are("a=running/1000");
  s.end = DONE(MONEY("2.10"));
  reopen(NULL);
  ends_well(submit_job("a"));
  jobs_are("a=done/1000");
  server_saw(1, 0);
}

static void so_it_does_where_it_is_asked_for_by_its_id(void **state) {
  (void)state;
  rhub_ticket ticket;
  rhub_error error;
  leave_running("a");
  s.end = NO_TASK;
  open_as_another();
  assert_int_equal(rhub_attach(client, "1000", NULL, 0, &ticket, &error), RHUB_OK);
  ends_as(ticket, RHUB_GONE, RHUB_SPENT_MAYBE, "");
  jobs_are("a=running/1000");
  reopen(NULL);
  assert_int_equal(rhub_attach(client, "1000", NULL, 0, &ticket, &error), RHUB_OK);
  ends_as(ticket, RHUB_GONE, RHUB_SPENT_MAYBE, "");
  jobs_are("a=failed/1000");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      JOURNAL_TEST(a_second_client_is_refused_though_the_lock_was_removed,
                   "a second client is refused, though the lock was removed"),
      JOURNAL_TEST(a_process_that_died_keeps_nobody_out, "a process that died keeps nobody out"),
      JOURNAL_TEST(what_another_one_has_taken_over_is_submitted_no_more,
                   "what another one has taken over is submitted no more"),
      JOURNAL_TEST(what_another_one_has_is_not_resolved_here,
                   "what another one has taken over is not resolved here"),
      JOURNAL_TEST(nothing_is_sent_once_its_file_is_elsewhere,
                   "nothing is sent once its file is elsewhere"),
      JOURNAL_TEST(what_runs_is_recorded_where_its_file_has_gone,
                   "what runs is recorded where its file has gone"),
      JOURNAL_TEST(its_jobs_are_of_one_service, "its jobs are of one service"),
      JOURNAL_TEST(its_jobs_are_charged_in_one_currency, "its jobs are charged in one currency"),
      JOURNAL_TEST(who_knows_no_currency_books_in_the_journals,
                   "a client that knows no currency books in the journal's"),
      JOURNAL_TEST(what_was_booked_in_no_currency_is_in_the_first_that_is_known,
                   "what was booked in no currency is in the first that is known"),
      JOURNAL_TEST(one_without_jobs_is_of_none, "one without jobs is of none"),
      JOURNAL_TEST(what_is_done_is_done_for_any_account, "what is done is done for any account"),
      JOURNAL_TEST(what_runs_of_another_account_stays_as_running,
                   "what runs of another account stays as running"),
      JOURNAL_TEST(so_it_does_where_it_is_asked_for_by_its_id,
                   "so it does where it is asked for by its id"),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
