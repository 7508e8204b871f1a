/* The log of a store whose commits wait for the disk: gathered before it is written, and whole all
 * the same. */
#include "folder.h"
#include "unit.h"
#include "writes.h"

#include "core/store.h"

#include <inttypes.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>

enum { PAGE = 4096 };

#define PLAN                                                              \
  .what = "test store", .id = 0x74657374, .version = 1, .patience = 2000, \
  .schema = "CREATE TABLE n (value INTEGER PRIMARY KEY, word)"

static const rh_store_plan plain = {PLAN}, durable = {PLAN, .durable = true};

static folder f;

static rh_store *open_as(const rh_store_plan *plan) {
  rh_store *store;
  rhub_error error;
  if (rh_store_open(folder_path(&f, "store.db"), plan, &store, &error) != RHUB_OK)
    fail_msg("%s", error.message);
  return store;
}

static rhub_status run(rh_store *store, const char *sql) {
  rhub_error error;
  return rh_store_run(store, sql, NULL, 0, NULL, NULL, &error);
}

/* Rows of a page each. */
static rhub_status add(rh_store *store, int64_t from, int64_t to) {
  static const char sql[] =
      "WITH RECURSIVE i(n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM i WHERE n < ?2)"
      " INSERT INTO n SELECT n, randomblob(3000) FROM i";
  rhub_error error;
  return rh_store_run(store, sql, (const rh_value[]){RH_INTEGER(from), RH_INTEGER(to)}, 2, NULL,
                      NULL, &error);
}

static rhub_status change(rh_store *store, int64_t value) {
  rhub_error error;
  return rh_store_run(store, "UPDATE n SET word = randomblob(3000) WHERE value = ?1",
                      &RH_INTEGER(value), 1, NULL, NULL, &error);
}

static void take_number(void *owner, rh_row *row) {
  *(int64_t *)owner = rh_row_integer(row, 0);
}

/* Of the rows that a connection of its own finds; -1: it finds damage. */
static int64_t count_by_another(void) {
  sqlite3 *db;
  sqlite3_stmt *statement;
  int64_t rows = -1;
  assert_int_equal(sqlite3_open(folder_path(&f, "store.db"), &db), SQLITE_OK);
  sqlite3_prepare_v2(db,
                     "SELECT count(*), sum(length(word)), (SELECT * FROM"
                     " pragma_integrity_check(1)) FROM n",
                     -1, &statement, NULL);
  if (sqlite3_step(statement) == SQLITE_ROW) {
    rows = sqlite3_column_int64(statement, 0);
    const char *sound = (const char *)sqlite3_column_text(statement, 2);
    if (sqlite3_column_int64(statement, 1) != 3000 * rows || strcmp(sound, "ok") != 0) rows = -1;
  }
  sqlite3_finalize(statement);
  sqlite3_close(db);
  return rows;
}

/* The same of another process. */
static int64_t count_elsewhere(void) {
  int64_t rows = -2;
  int pipes[2];
  assert_int_equal(pipe(pipes), 0);
  pid_t pid = fork();
  if (pid == 0) {
    rows = count_by_another();
    _exit(write(pipes[1], &rows, sizeof rows) == sizeof rows ? 0 : 1);
  }
  assert_int_equal(read(pipes[0], &rows, sizeof rows), sizeof rows);
  waitpid(pid, NULL, 0);
  close(pipes[0]);
  close(pipes[1]);
  return rows;
}

static long writes_of_a_transaction(const rh_store_plan *plan) {
  folder_make(&f);
  rh_store *store = open_as(plan);
  long before = writes();
  assert_int_equal(add(store, 1, 100), RHUB_OK);
  long made = writes() - before;
  assert_int_equal(count_elsewhere(), 100);
  rh_store_close(store);
  folder_remove(&f);
  return made;
}

static void a_transaction_of_100_pages_is_few_writes(void **state) {
  (void)state;
  if (writes() == 0) skip();
  assert_in_range(writes_of_a_transaction(&durable), 1, 10);
  /* as SQLite does it: else there is nothing to gather any more */
  assert_true(writes_of_a_transaction(&plain) >= 200);
}

static void what_is_committed_is_seen_by_others_at_once(void **state) {
  (void)state;
  folder_make(&f);
  rh_store *store = open_as(&durable);
  int64_t there = 0;
  for (int64_t more = 1; more <= 64; more *= 2) {
    assert_int_equal(run(store, "BEGIN IMMEDIATE"), RHUB_OK);
    assert_int_equal(add(store, there + 1, there + more), RHUB_OK);
    assert_int_equal(count_elsewhere(), there);
    assert_int_equal(run(store, "COMMIT"), RHUB_OK);
    there += more;
    assert_int_equal(count_elsewhere(), there);
    assert_int_equal(count_by_another(), there);
  }
  rh_store_close(store);
  assert_int_equal(count_elsewhere(), there);
  folder_remove(&f);
}

/* SQLite keeps 2 MB in memory: what is more goes to the log before the commit, and is read back,
   and written over, from there. */
static void a_transaction_larger_than_the_cache_is_whole_or_taken_back(void **state) {
  (void)state;
  int64_t rows = 0;
  rhub_error error;
  folder_make(&f);
  rh_store *store = open_as(&durable);
  for (int round = 0; round < 4; round++) {
    bool keeps = round % 2;
    assert_int_equal(run(store, "BEGIN IMMEDIATE"), RHUB_OK);
    assert_int_equal(add(store, rows + 1, rows + 1500), RHUB_OK);
    for (int64_t i = 0; i < 3000; i++) /* here and there: what has just left the cache too */
      assert_int_equal(change(store, rows + 1 + (i * i * 31 + i * 17) % 1500), RHUB_OK);
    int64_t seen = 0;
    rh_store_run(store, "SELECT sum(length(word)) / 3000 FROM n", NULL, 0, take_number, &seen,
                 &error);
    assert_int_equal(seen, rows + 1500);
    assert_int_equal(run(store, keeps ? "COMMIT" : "ROLLBACK"), RHUB_OK);
    if (keeps) rows += 1500;
    assert_int_equal(count_elsewhere(), rows);
  }
  rh_store_close(store);
  assert_int_equal(count_elsewhere(), rows);
  folder_remove(&f);
}

/* RLIMIT_FSIZE stands in for a full disk. Pages that are kept back are found not to fit only as the
   log is synced. */
static void what_does_not_fit_fails_the_commit_and_nothing_else(void **state) {
  (void)state;
  struct rlimit old, full;
  signal(SIGXFSZ, SIG_IGN);
  folder_make(&f);
  rh_store *store = open_as(&durable);
  assert_int_equal(add(store, 1, 10), RHUB_OK);
  struct stat st;
  assert_int_equal(stat(folder_path(&f, "store.db-wal"), &st), 0);
  getrlimit(RLIMIT_FSIZE, &old);
  for (int pages = 0; pages < 60; pages += 7) {
    full = (struct rlimit){(rlim_t)(st.st_size + pages * PAGE), old.rlim_max};
    setrlimit(RLIMIT_FSIZE, &full);
    assert_int_equal(add(store, 11, 100), RHUB_IO);
    setrlimit(RLIMIT_FSIZE, &old);
    assert_int_equal(count_elsewhere(), 10);
  }
  assert_int_equal(add(store, 11, 100), RHUB_OK);
  assert_int_equal(count_elsewhere(), 100);
  rh_store_close(store);
  assert_int_equal(count_elsewhere(), 100);
  folder_remove(&f);
}

/* Wherever it is met, and whatever the program does then. */
static void a_transaction_that_meets_a_full_disk_leaves_no_half(void **state) {
  (void)state;
  struct rlimit old, full;
  struct stat st;
  signal(SIGXFSZ, SIG_IGN);
  getrlimit(RLIMIT_FSIZE, &old);
  int met = 0, fitted = 0;
  for (int pages = 0; pages < 2400; pages += 131) {
    folder_make(&f);
    rh_store *store = open_as(&durable);
    assert_int_equal(add(store, 1, 10), RHUB_OK);
    assert_int_equal(stat(folder_path(&f, "store.db-wal"), &st), 0);
    assert_int_equal(run(store, "BEGIN IMMEDIATE"), RHUB_OK);
    full = (struct rlimit){(rlim_t)(st.st_size + pages * PAGE), old.rlim_max};
    setrlimit(RLIMIT_FSIZE, &full);
    add(store, 11, 1000);
    add(store, 1001, 2000);
    setrlimit(RLIMIT_FSIZE, &old);
    bool more = add(store, 3001, 3100) == RHUB_OK, whole = run(store, "COMMIT") == RHUB_OK;
    assert_true(more);
    met += !whole;
    fitted += whole;
    assert_int_equal(count_elsewhere(), whole ? 2100 : 110); /* SQLite has taken it back */
    rh_store_close(store);
    assert_int_equal(count_elsewhere(), whole ? 2100 : 110);
    folder_remove(&f);
  }
  assert_true(met > 9 && fitted > 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(a_transaction_of_100_pages_is_few_writes, "a transaction of 100 pages is few writes"),
      TEST(what_is_committed_is_seen_by_others_at_once,
           "what is committed is seen by others at once, and nothing before"),
      TEST(a_transaction_larger_than_the_cache_is_whole_or_taken_back,
           "a transaction larger than the cache is whole, or taken back"),
      TEST(what_does_not_fit_fails_the_commit_and_nothing_else,
           "what does not fit on the disk fails its commit, and nothing else"),
      TEST(a_transaction_that_meets_a_full_disk_leaves_no_half,
           "a transaction that meets a full disk leaves no half of itself"),
  };
  return cmocka_run_group_tests_name("store_log", tests, NULL, NULL);
}
