/* A journal that an earlier version of rhub has made is brought forward, and everything in it is
 * found again. */
#include "journal.h"

#include <sqlite3.h>

static const char version_1[] =
    "CREATE TABLE jobs (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, origin TEXT,"
    " account TEXT, endpoint TEXT, path TEXT, params TEXT, files TEXT, identity TEXT,"
    " currency TEXT, occurrence INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL,"
    " task_id TEXT NOT NULL DEFAULT '', reserved INTEGER NOT NULL DEFAULT 0,"
    " charged INTEGER NOT NULL DEFAULT 0, unconfirmed INTEGER NOT NULL DEFAULT 0,"
    " coins TEXT NOT NULL DEFAULT '', created INTEGER NOT NULL DEFAULT 0,"
    " submitted INTEGER NOT NULL DEFAULT 0, accepted INTEGER NOT NULL DEFAULT 0,"
    " ended INTEGER NOT NULL DEFAULT 0, raw BLOB, kind TEXT, code TEXT, message TEXT,"
    " spent TEXT, http_status INTEGER, retryable INTEGER, saved TEXT NOT NULL DEFAULT '');"
    "CREATE INDEX jobs_open ON jobs (state, id) WHERE state <> 'done';"
    "CREATE INDEX jobs_reserved ON jobs (id) WHERE reserved > 0;"
    "CREATE TABLE books (currency TEXT PRIMARY KEY, spent INTEGER NOT NULL,"
    " unconfirmed INTEGER NOT NULL, charged INTEGER NOT NULL, untold INTEGER NOT NULL,"
    " coins TEXT NOT NULL) WITHOUT ROWID;"
    "PRAGMA application_id = 1919448426; PRAGMA user_version = 1; PRAGMA journal_mode = WAL;";

#define JOB "INSERT INTO jobs (endpoint, currency, key, state, task_id, reserved, charged, "
#define OF  "VALUES ('" MODEL "', 'CNY', "

/* A job of each state, and one that was submitted again. */
static const char jobs_of_version_1[] = JOB
    "params, identity, created, accepted, ended, saved, raw) " OF
    "'done', 'done', '501', 0, 21000, '{\"prompt\":\"x\"}', 'x', 1000, 2000, 3000, 'ab\tout.png\n',"
    " '{\"taskId\":\"501\",\"status\":\"SUCCESS\"," RESULT "}');" /* */
    JOB "kind, message, spent, retryable) " OF
    "'intent', 'intent', '', 25000, 0, NULL, NULL, NULL, NULL);" /* */
    JOB "kind, message, spent, retryable) " OF
    "'running', 'running', '502', 25000, 0, NULL, NULL, NULL, NULL);" /* */
    JOB "kind, message, spent, retryable) " OF
    "'failed', 'failed', '', 0, 0, 'funds', 'no money', 'no', 0);" /* */
    JOB "kind, message, spent, retryable) " OF
    "'charged', 'failed', '503', 0, 10000, 'failed', 'it failed', 'yes', 0);" /* */
    JOB "kind, message, spent, retryable) " OF
    "'cancelled', 'cancelled', '', 0, 0, 'cancelled', 'stopped', 'no', 0);" /* */
    JOB "kind, message, spent, retryable) " OF
    "'unknown', 'unknown', '', 25000, 0, 'unknown_outcome', 'lost', 'maybe', 0);" /* */
    JOB "kind, message, spent, retryable) " OF
    "'again#8', 'unknown', '', 25000, 0, 'unknown_outcome', 'lost', 'maybe', 0);" /* */
    JOB "kind, message, spent, retryable) " OF
    "'dropped', 'dropped', '', 0, 0, 'unknown_outcome', 'lost', 'maybe', 0);"
    "INSERT INTO books VALUES ('CNY', 31000, 0, 2, 0, '0');";

/* The same jobs in two tables, whose keys are indexed as they are. */
static const char version_2[] =
    "CREATE TABLE calls (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, origin TEXT,"
    " account TEXT, endpoint TEXT, path TEXT, params TEXT, files TEXT, identity TEXT,"
    " currency TEXT, occurrence INTEGER NOT NULL DEFAULT 0, created INTEGER NOT NULL DEFAULT 0,"
    " token TEXT, save_as TEXT);"
    "CREATE INDEX calls_token ON calls (token) WHERE token IS NOT NULL;"
    "CREATE TABLE states (id INTEGER PRIMARY KEY, open INTEGER NOT NULL DEFAULT 1,"
    " state TEXT NOT NULL, task_id TEXT NOT NULL DEFAULT '', reserved INTEGER NOT NULL DEFAULT 0,"
    " charged INTEGER NOT NULL DEFAULT 0, unconfirmed INTEGER NOT NULL DEFAULT 0,"
    " coins TEXT NOT NULL DEFAULT '', submitted INTEGER NOT NULL DEFAULT 0,"
    " accepted INTEGER NOT NULL DEFAULT 0, ended INTEGER NOT NULL DEFAULT 0, kind TEXT, code TEXT,"
    " message TEXT, spent TEXT, http_status INTEGER, retryable INTEGER,"
    " saved TEXT NOT NULL DEFAULT '', raw BLOB);"
    "CREATE INDEX states_open ON states (id) WHERE open;"
    "CREATE TABLE kept (key TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "INSERT INTO calls SELECT id, key, origin, account, endpoint, path, params, files, identity,"
    " currency, occurrence, created, NULL, NULL FROM jobs;"
    "INSERT INTO states SELECT id, state <> 'done' OR reserved > 0,"
    " CASE WHEN instr(key, '#') THEN 'resubmitted' ELSE state END, task_id, reserved, charged,"
    " unconfirmed, coins, submitted, accepted, ended, kind, code, message, spent, http_status,"
    " retryable, saved, raw FROM jobs;"
    "DROP TABLE jobs;"
    "CREATE VIEW jobs AS SELECT states.id AS id, open, key, origin, account, endpoint, path,"
    " params, files, identity, currency, occurrence, state, task_id, reserved, charged,"
    " unconfirmed, coins, created, submitted, accepted, ended, raw, kind, code, message, spent,"
    " http_status, retryable, saved, token, save_as FROM states JOIN calls ON calls.id = states.id;"
    "PRAGMA user_version = 2;";

static void execute(const char *sql) {
  sqlite3 *db;
  char *message = NULL;
  assert_int_equal(sqlite3_open(journal, &db), SQLITE_OK);
  if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) fail_msg("%s", message);
  sqlite3_close(db);
}

static void make_version_1(void) {
  execute(version_1);
  execute(jobs_of_version_1);
}

static void make_version_2(void) {
  make_version_1();
  execute(version_2);
  execute("UPDATE calls SET token = 'cafe', save_as = 'one' WHERE key = 'done';"
          "INSERT INTO kept VALUES ('row/1', 'its files')");
}

static int number_of_file(const char *sql) {
  sqlite3 *db;
  sqlite3_stmt *statement;
  assert_int_equal(sqlite3_open_v2(journal, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
  int number = sqlite3_column_int(statement, 0);
  sqlite3_finalize(statement);
  sqlite3_close(db);
  return number;
}

static int schema_of_file(void) {
  return number_of_file("PRAGMA user_version");
}

/* With what an unsettled submit that was repeated is called in it. */
static void is_read_and_left_alone(int version, const char *again) {
  rhub_jobs *jobs;
  rhub_job job;
  rhub_error error;
  char all[300];
  snprintf(all, sizeof all,
           "done=done/501 intent=unknown/ running=running/502 failed=failed/ charged=failed/503 "
           "cancelled=cancelled/ unknown=unknown/ again#8=%s/ dropped=dropped/",
           again);
  jobs_are(all);
  assert_string_equal(jobs_in(RHUB_JOB_DONE), "done=done/501");
  assert_string_equal(jobs_in(RHUB_JOB_RUNNING), "running=running/502");
  assert_int_equal(schema_of_file(), version);
  assert_int_equal(rhub_jobs_open(journal, (rhub_job_state)0, &jobs, &error), RHUB_OK);
  assert_int_equal(rhub_jobs_find(jobs, "done", &job, &error), 1);
  open_recorded(NULL); /* and brings it forward meanwhile */
  assert_int_equal(rhub_jobs_find(jobs, "done", &job, &error), 1);
  assert_string_equal(job.task_id, "501");
  assert_int_equal(rhub_jobs_find(jobs, "intent", &job, &error), 1);
  assert_int_equal(rhub_jobs_find(jobs, "again#8", &job, &error), 1);
  assert_int_equal(rhub_jobs_find(jobs, "again", &job, &error), 0);
  assert_int_equal(schema_of_file(), 3);
  rhub_jobs_close(jobs);
}

static void readers_read_one_of_version_1_and_leave_it_alone(void **state) {
  (void)state;
  make_version_1();
  is_read_and_left_alone(1, "unknown");
}

static void readers_read_one_of_version_2_and_leave_it_alone(void **state) {
  (void)state;
  make_version_2();
  is_read_and_left_alone(2, "resubmitted");
}

static void everything_is_found_again(void) {
  open_recorded("100");
  assert_int_equal(schema_of_file(), 3);
  jobs_are("done=done/501 intent=unknown/ running=running/502 failed=failed/ charged=failed/503 "
           "cancelled=cancelled/ unknown=unknown/ again#8=resubmitted/ dropped=dropped/");
  money_is("3.10 0.00 10.00 0.00 0 2/0/4");
  ends_well(submit_job("done"));
  ends_well(submit_job("running"));
  ends_as(submit_job("charged"), RHUB_FAILED, RHUB_SPENT_YES, "it failed");
  ends_as(submit_job("unknown"), RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "resolve unknown");
  ends_as(submit_job("intent"), RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "resolve intent");
  ends_as(submit_job("dropped"), RHUB_CANCELLED, RHUB_SPENT_MAYBE, "was given up");
  server_saw(0, 0);
  ends_well(submit_job("failed"));
  ends_well(submit_job("cancelled"));
  server_saw(2, 0);
  money_is("9.40 0.00 7.50 0.00 0 5/0/3");
}

static void everything_in_one_of_version_1_is_found_again(void **state) {
  (void)state;
  make_version_1();
  everything_is_found_again();
}

static void everything_in_one_of_version_2_is_found_again(void **state) {
  (void)state;
  rhub_jobs *jobs;
  rhub_job job;
  rhub_error error;
  const char *text;
  make_version_2();
  everything_is_found_again();
  assert_int_equal(rhub_jobs_open(journal, (rhub_job_state)0, &jobs, &error), RHUB_OK);
  assert_int_equal(rhub_jobs_find(jobs, "done", &job, &error), 1);
  assert_string_equal(job.token, "cafe");
  assert_string_equal(job.save_as, "one");
  assert_int_equal(rhub_jobs_kept(jobs, "row/1", &text, &error), 1);
  assert_string_equal(text, "its files");
  rhub_jobs_close(jobs);
}

/* A key that is looked for under another hash is paid for again. */
static void keys_are_found_by_the_hash_that_files_have_of_them(void **state) {
  (void)state;
  make_version_2();
  open_recorded(NULL);
  assert_int_equal(number_of_file("SELECT hash FROM calls WHERE key = 'done'"), 906957559);
  assert_int_equal(number_of_file("SELECT hash FROM calls WHERE key = 'cancelled'"), -1052637528);
}

static void what_it_tells_of_a_job_is_kept(void **state) {
  (void)state;
  rhub_jobs *jobs;
  rhub_job job;
  rhub_error error;
  make_version_1();
  open_recorded(NULL);
  assert_int_equal(rhub_jobs_open(journal, RHUB_JOB_DONE, &jobs, &error), RHUB_OK);
  assert_int_equal(rhub_jobs_next(jobs, &job, &error), 1);
  assert_string_equal(job.params, "{\"prompt\":\"x\"}");
  assert_string_equal(job.identity, "x");
  assert_string_equal(job.charged, "2.10");
  assert_string_equal(job.saved, "ab\tout.png\n");
  assert_string_equal(job.token, "");
  assert_string_equal(job.save_as, "");
  assert_true(job.created == 1 && job.accepted == 2 && job.ended == 3);
  rhub_jobs_close(jobs);
}

static void a_token_and_a_name_for_files_stay_with_a_job(void **state) {
  (void)state;
  rhub_jobs *jobs;
  rhub_job job;
  rhub_error error;
  make_version_1();
  open_recorded(NULL);
  rhub_task_options o = task("2.5");
  o.job = "named";
  o.token = "0f1e";
  o.save_as = "0001-{n}\nfox";
  ends_well(submit_with(&o));
  o.token = "another";
  ends_well(submit_with(&o));
  assert_int_equal(rhub_jobs_open(journal, RHUB_JOB_DONE, &jobs, &error), RHUB_OK);
  while (rhub_jobs_next(jobs, &job, &error) == 1 && strcmp(job.key, "named") != 0) {
  }
  assert_string_equal(job.token, "0f1e");
  assert_string_equal(job.save_as, "0001-{n}\nfox");
  rhub_jobs_close(jobs);
}

static void it_is_of_the_service_that_its_jobs_are_of(void **state) {
  (void)state;
  rhub_client *none;
  rhub_error error;
  rhub_options o = recorded_options(NULL);
  make_version_1();
  execute("UPDATE jobs SET origin = 'https://there'");
  assert_int_equal(rhub_open(&o, &none, &error), RHUB_CONFIG);
  assert_non_null(
      strstr(error.message, "its jobs are of https://there, and this client is one of"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      JOURNAL_TEST(readers_read_one_of_version_1_and_leave_it_alone,
                   "readers read a journal of version 1, and leave it as it is"),
      JOURNAL_TEST(everything_in_one_of_version_1_is_found_again,
                   "everything in a journal of version 1 is found again"),
      JOURNAL_TEST(readers_read_one_of_version_2_and_leave_it_alone,
                   "readers read a journal of version 2, and leave it as it is"),
      JOURNAL_TEST(everything_in_one_of_version_2_is_found_again,
                   "everything in a journal of version 2 is found again"),
      JOURNAL_TEST(keys_are_found_by_the_hash_that_files_have_of_them,
                   "keys are found by the hash that files have of them"),
      JOURNAL_TEST(what_it_tells_of_a_job_is_kept, "what it tells of a job is kept"),
      JOURNAL_TEST(a_token_and_a_name_for_files_stay_with_a_job,
                   "a token and a name for files stay with a job"),
      JOURNAL_TEST(it_is_of_the_service_that_its_jobs_are_of,
                   "it is of the service that its jobs are of"),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
