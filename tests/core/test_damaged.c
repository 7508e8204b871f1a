/* Damaged journals: reported, set aside, never replaced in silence; and nothing is sent whose
 * intent they could not hold. */
#include "journal.h"

#include "core/hash.h"

#include <dirent.h>
#include <sqlite3.h>

enum { PAGE = 4096 };

static void close_client(void) {
  rhub_close(client);
  client = NULL;
  end_count = 0;
}

static void refused_open(const char *word) {
  rhub_options o = recorded_options(NULL);
  rhub_client *none;
  rhub_error error;
  if (rhub_open(&o, &none, &error) != RHUB_IO || !strstr(error.message, word) ||
      !strstr(error.message, journal))
    fail_msg("%s", error.message);
  assert_null(none);
}

static void overwrite_part(off_t at, size_t len) {
  static const char rubbish[PAGE] = {1, 2, 3};
  int fd = open(journal, O_RDWR | O_CLOEXEC);
  assert_int_equal(pwrite(fd, rubbish, len, at), len);
  close(fd);
}

static void overwrite(off_t at) {
  overwrite_part(at, PAGE);
}

static void run_sql(const char *sql) {
  sqlite3 *db;
  assert_int_equal(sqlite3_open(journal, &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(db);
}

/* Where a damaged journal lies; "" for nowhere. */
static const char *aside(void) {
  static char path[600];
  DIR *dir = opendir(scratch.path);
  *path = '\0';
  for (struct dirent *entry; (entry = readdir(dir));)
    if (starts(entry->d_name, "jobs.db.damaged-") && !strstr(entry->d_name, "-wal") &&
        !strstr(entry->d_name, "-shm"))
      snprintf(path, sizeof path, "%s/%s", scratch.path, entry->d_name);
  closedir(dir);
  return path;
}

static bool is_there(const char *name) {
  return access(folder_path(&scratch, name), F_OK) == 0;
}

static char *read_file(const char *path, size_t *len) {
  struct stat st;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  assert_true(fd >= 0 && fstat(fd, &st) == 0);
  char *bytes = malloc((size_t)st.st_size + 1);
  *len = (size_t)read(fd, bytes, (size_t)st.st_size);
  close(fd);
  return bytes;
}

/* ---- as it is opened ------------------------------------------------------------------------- */

static void one_that_was_ours_is_set_aside_as_it_is(void **state) {
  (void)state;
  size_t len[2];
  open_recorded(NULL);
  ends_well(submit_job("a"));
  close_client();
  overwrite(0);
  char *before = read_file(journal, &len[0]);
  refused_open("it is damaged, and was set aside as");
  assert_false(is_there("jobs.db"));
  char *after = read_file(aside(), &len[1]);
  assert_int_equal(len[0], len[1]);
  assert_memory_equal(before, after, len[0]);
  free(before);
  free(after);
}

static void as_long_as_it_lies_there_none_is_begun(void **state) {
  (void)state;
  open_recorded(NULL);
  ends_well(submit_job("a"));
  close_client();
  overwrite(0);
  refused_open("it is damaged, and was set aside as");
  for (int i = 0; i < 2; i++) refused_open("it was damaged, and was set aside as");
  assert_false(is_there("jobs.db"));
  server_saw(1, 0);
  assert_int_equal(rename(aside(), folder_path(&scratch, "elsewhere")), 0);
  open_recorded(NULL); /* as its user has said */
  jobs_are("");
}

static void one_that_is_brought_back_is_worked_with(void **state) {
  (void)state;
  size_t len;
  open_recorded(NULL);
  ends_well(submit_job("a"));
  close_client();
  char *whole = read_file(journal, &len);
  overwrite(0);
  refused_open("it is damaged");
  folder_write(&scratch, "jobs.db", whole, len);
  free(whole);
  open_recorded(NULL);
  ends_well(submit_job("a"));
  server_saw(1, 0);
}

/* What the README says to do calls it version 2, so that each key gets its hash anew. */
static void its_keys_are_found_whatever_became_of_their_hashes(void **state) {
  (void)state;
  open_recorded(NULL);
  ends_well(submit_job("a"));
  close_client();
  run_sql("UPDATE calls SET hash = hash + 1; PRAGMA user_version = 2");
  open_recorded(NULL);
  ends_well(submit_job("a"));
  server_saw(1, 0);
}

static void one_that_was_emptied_is_not_taken_for_a_new_one(void **state) {
  (void)state;
  open_recorded(NULL);
  ends_well(submit_job("a"));
  close_client();
  assert_int_equal(truncate(journal, 0), 0);
  refused_open("it is damaged, and was set aside as");
  refused_open("it was damaged, and was set aside as");
}

/* What a killed process leaves: all of it in the log, and in the file itself nothing. */
static void one_without_its_log_is_not_taken_for_a_new_one(void **state) {
  (void)state;
  rhub_jobs *jobs;
  rhub_error error;
  size_t len;
  open_recorded(NULL);
  ends_well(submit_job("a"));
  char *left = read_file(journal, &len);
  close_client();
  folder_write(&scratch, "jobs.db", left, len);
  free(left);
  assert_int_equal(rhub_jobs_open(journal, (rhub_job_state)0, &jobs, &error), RHUB_IO);
  assert_non_null(strstr(error.message, "it is damaged; keep it"));
  refused_open("it is damaged, and was set aside as");
  server_saw(1, 0);
}

static void nor_is_one_without_its_log_taken_for_a_whole_one(void **state) {
  (void)state;
  size_t len;
  open_recorded(NULL);
  ends_well(submit_job("a"));
  reopen(NULL);
  ends_well(submit_job("b"));
  char *left = read_file(journal, &len); /* "b" is in the log */
  close_client();
  folder_write(&scratch, "jobs.db", left, len);
  free(left);
  refused_open("it lacks jobs that were recorded");
  refused_open("it was damaged, and was set aside as");
  server_saw(2, 0);
  assert_int_equal(rename(aside(), journal), 0);
  open_recorded(NULL); /* as its user has said */
  jobs_are("a=done/1000");
}

static void one_that_was_removed_is_begun_anew(void **state) {
  (void)state;
  open_recorded(NULL);
  ends_well(submit_job("a"));
  close_client();
  assert_int_equal(unlink(journal), 0);
  folder_write(&scratch, "jobs.db", "", 0); /* and that was cut off */
  assert_int_equal(unlink(journal), 0);
  open_recorded(NULL);
  ends_well(submit_job("a"));
  server_saw(2, 0);
}

static void halves_of_jobs_are_settled(void **state) {
  (void)state;
  open_recorded(NULL);
  ends_well(submit_job("a"));
  ends_well(submit_job("b"));
  close_client();
  run_sql("DELETE FROM states WHERE id = 1;"
          "INSERT INTO states (id, state, task_id) VALUES (3, 'running', '77')");
  open_recorded(NULL);
  assert_string_equal(jobs_in(RHUB_JOB_UNKNOWN), "a=unknown/");
  ends_as(submit_job("a"), RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "");
  server_saw(2, 0);
  ends_well(submit_job("c")); /* with the id that the other half had */
}

static void lacks_our_tables(const char *made) {
  rhub_jobs *jobs;
  rhub_job job;
  rhub_error error;
  run_sql(made);
  assert_int_equal(rhub_jobs_open(journal, (rhub_job_state)0, &jobs, &error), RHUB_OK);
  assert_int_equal(rhub_jobs_next(jobs, &job, &error), -1);
  assert_non_null(strstr(error.message, "it is damaged; keep it"));
  rhub_jobs_close(jobs);
  refused_open("it is damaged");
}

static void one_without_our_tables_is_damaged(void **state) {
  (void)state;
  lacks_our_tables(
      "PRAGMA application_id = 1919448426; PRAGMA user_version = 3; CREATE TABLE x (a)");
}

static void also_one_that_was_to_be_brought_forward(void **state) {
  (void)state;
  lacks_our_tables(
      "PRAGMA application_id = 1919448426; PRAGMA user_version = 2; CREATE TABLE x (a)");
}

static void readers_say_so_and_leave_it(void **state) {
  (void)state;
  rhub_jobs *jobs;
  rhub_error error;
  open_recorded(NULL);
  ends_well(submit_job("a"));
  close_client();
  overwrite(0);
  assert_int_equal(rhub_jobs_open(journal, (rhub_job_state)0, &jobs, &error), RHUB_IO);
  assert_non_null(strstr(error.message, "it is damaged; keep it"));
  assert_true(is_there("jobs.db"));
  refused_open("it is damaged, and was set aside as");
  assert_int_equal(rhub_jobs_open(journal, (rhub_job_state)0, &jobs, &error), RHUB_IO);
  assert_non_null(strstr(error.message, "it was damaged, and was set aside as"));
  assert_int_equal(
      rhub_jobs_open(folder_path(&scratch, "none.db"), (rhub_job_state)0, &jobs, &error),
      RHUB_GONE);
}

/* ---- in the middle of a run ------------------------------------------------------------------ */

enum { MANY = 400 };

static const char *name_of(int n) {
  static char name[12];
  snprintf(name, sizeof name, "%d", n);
  return name;
}

static int32_t place_of(int n) {
  return (int32_t)rh_hash(name_of(n));
}

/* Of the jobs that are recorded, the one that the index of keys has first. */
static const char *first_in_the_index(void) {
  int first = 0;
  for (int i = 1; i < MANY; i++)
    if (place_of(i) < place_of(first)) first = i;
  return name_of(first);
}

/* One that would come after all of them. */
static const char *after_the_last(void) {
  int n = MANY, last = 0;
  for (int i = 1; i < MANY; i++)
    if (place_of(i) > place_of(last)) last = i;
  while (place_of(n) < place_of(last)) n++;
  return name_of(n);
}

/* The last page of the index of keys. */
static off_t last_leaf(void) {
  sqlite3 *db;
  sqlite3_stmt *statement;
  unsigned char page[12];
  assert_int_equal(sqlite3_open_v2(journal, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_prepare_v2(db,
                                      "SELECT rootpage FROM sqlite_master"
                                      " WHERE name = 'calls_hash'",
                                      -1, &statement, NULL),
                   SQLITE_OK);
  assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
  off_t root = (sqlite3_column_int(statement, 0) - 1) * (off_t)PAGE;
  sqlite3_finalize(statement);
  sqlite3_close(db);
  int fd = open(journal, O_RDONLY | O_CLOEXEC);
  assert_int_equal(pread(fd, page, sizeof page, root), sizeof page);
  close(fd);
  assert_int_equal(page[0], 2); /* it has leaves */
  return ((off_t)page[8] << 24 | page[9] << 16 | page[10] << 8 | page[11]) * PAGE - PAGE;
}

/* One that is done, and as many copies of it as an index of two leaves takes. */
static void do_many(void) {
  char sql[200];
  sqlite3 *db;
  open_recorded(NULL);
  ends_well(submit_job(name_of(0)));
  close_client();
  assert_int_equal(sqlite3_open(journal, &db), SQLITE_OK);
  sqlite3_exec(db,
               "BEGIN; CREATE TEMP TABLE c AS SELECT * FROM calls;"
               "CREATE TEMP TABLE s AS SELECT * FROM states",
               NULL, NULL, NULL);
  for (int i = 1; i < MANY; i++) {
    snprintf(sql, sizeof sql,
             "UPDATE c SET id = id + 1, key = %d, hash = %d; UPDATE s SET id = id + 1;"
             "INSERT INTO calls SELECT * FROM c; INSERT INTO states SELECT * FROM s",
             i, (int)place_of(i));
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
  }
  assert_int_equal(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(db);
}

/* Many jobs that are done, in a journal too large to be looked through, and what leads to the last
   of them is lost. */
static void damage_the_middle(void) {
  do_many();
  run_sql("CREATE TABLE filler (bytes); INSERT INTO filler VALUES (zeroblob(21000000))");
  overwrite(last_leaf());
}

/* Nothing that is read would show it: the job would just not be found. */
static void a_key_that_would_not_be_found_is_damage_too(void **state) {
  (void)state;
  do_many();
  overwrite_part(last_leaf() + PAGE - 40, 8);
  refused_open("it is damaged, and was set aside as");
  server_saw(1, 0);
}

static void one_under_the_hash_of_another_too(void **state) {
  (void)state;
  do_many();
  run_sql("UPDATE calls SET hash = hash + 1 WHERE key = '7'");
  refused_open("it is damaged, and was set aside as");
  server_saw(1, 0);
}

/* "ok" is what SQLite says of a file without a fault; it is a key like others too. */
static void even_one_that_is_called_ok(void **state) {
  (void)state;
  do_many();
  run_sql("UPDATE calls SET key = 'ok' WHERE key = '7'");
  refused_open("it is damaged, and was set aside as");
  server_saw(1, 0);
}

static void what_cannot_be_looked_up_is_not_sent_and_nothing_after_it(void **state) {
  (void)state;
  damage_the_middle();
  open_recorded(NULL);
  ends_well(submit_job(first_in_the_index())); /* that part is whole */
  ends_as(submit_job(after_the_last()), RHUB_IO, RHUB_SPENT_NO,
          "it is damaged, and was set aside as");
  ends_as(submit_job(first_in_the_index()), RHUB_IO, RHUB_SPENT_NO, "nothing was submitted");
  ends_as(submit_job("a"), RHUB_IO, RHUB_SPENT_NO, "nothing was submitted");
  server_saw(1, 0);
  char log[700];
  snprintf(log, sizeof log, "%s-wal", aside());
  assert_true(access(log, F_OK) == 0 && !is_there("jobs.db-wal") && !is_there("jobs.db-shm"));
  close_client();
  refused_open("it was damaged, and was set aside as");
}

static void what_runs_is_waited_for_and_told(void **state) {
  (void)state;
  damage_the_middle();
  s.end = RUNNING;
  open_recorded(NULL);
  rhub_ticket ticket = submit_job("a");
  wait_until_seen(2);
  ends_as(submit_job(after_the_last()), RHUB_IO, RHUB_SPENT_NO, "it is damaged");
  s.end = DONE(MONEY("2.10"));
  ends_well(ticket);
  close_client();
  refused_open("it was damaged, and was set aside as");
  server_saw(2, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      JOURNAL_TEST(one_that_was_ours_is_set_aside_as_it_is,
                   "a damaged journal is reported, and set aside as it is"),
      JOURNAL_TEST(as_long_as_it_lies_there_none_is_begun,
                   "as long as it lies there, no other is begun in its place"),
      JOURNAL_TEST(one_that_is_brought_back_is_worked_with,
                   "one that is brought back is worked with"),
      JOURNAL_TEST(its_keys_are_found_whatever_became_of_their_hashes,
                   "its keys are found, whatever became of their hashes"),
      JOURNAL_TEST(one_that_was_emptied_is_not_taken_for_a_new_one,
                   "one that was emptied is not taken for a new one"),
      JOURNAL_TEST(one_without_its_log_is_not_taken_for_a_new_one, "nor is one without its log"),
      JOURNAL_TEST(nor_is_one_without_its_log_taken_for_a_whole_one,
                   "nor is one without its log taken for a whole one"),
      JOURNAL_TEST(one_that_was_removed_is_begun_anew, "one that was removed is begun anew"),
      JOURNAL_TEST(
          halves_of_jobs_are_settled,
          "of one that was brought back in part, a call alone is unknown and a state alone "
          "is nothing"),
      JOURNAL_TEST(one_without_our_tables_is_damaged, "one without our tables is damaged"),
      JOURNAL_TEST(also_one_that_was_to_be_brought_forward,
                   "also one that was to be brought forward from an earlier version"),
      JOURNAL_TEST(readers_say_so_and_leave_it, "readers say so, and leave it"),
      JOURNAL_TEST(a_key_that_would_not_be_found_is_damage_too,
                   "a key that would not be found is damage too"),
      JOURNAL_TEST(one_under_the_hash_of_another_too, "one under another hash than its own too"),
      JOURNAL_TEST(even_one_that_is_called_ok, "even one whose key is 'ok'"),
      JOURNAL_TEST(what_cannot_be_looked_up_is_not_sent_and_nothing_after_it,
                   "what cannot be looked up is not sent, and nothing after it"),
      JOURNAL_TEST(what_runs_is_waited_for_and_told, "what runs is waited for, and told"),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
