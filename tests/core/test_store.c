/* SQLite, opened safely: whose files are used, and what becomes of them when processes die. */
#include "folder.h"
#include "unit.h"

#include "core/store.h"

#include <inttypes.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>

#define PLAN                                                             \
  .what = "test store", .id = 0x74657374, .version = 3, .patience = 100, \
  .schema = "CREATE TABLE n (value INTEGER PRIMARY KEY, word TEXT)"

static const rh_store_plan plan = {PLAN}, durable = {PLAN, .durable = true};

static rh_store *open_by(const rh_store_plan *by, const char *path) {
  rh_store *store;
  rhub_error error;
  if (rh_store_open(path, by, &store, &error) != RHUB_OK) fail_msg("%s", error.message);
  return store;
}

static rh_store *open_store(const char *path) {
  return open_by(&plan, path);
}

static void refused(const char *path, const char *word) {
  rh_store *store;
  rhub_error error;
  assert_int_equal(rh_store_open(path, &plan, &store, &error), RHUB_IO);
  assert_null(store);
  if (!strstr(error.message, word) || !strstr(error.message, path) ||
      !strstr(error.message, "test store"))
    fail_msg("\"%s\" does not say \"%s\"", error.message, word);
}

static rhub_status add(rh_store *store, int64_t value, const char *word, rhub_error *error) {
  return rh_store_run(store, "INSERT INTO n VALUES (?1, ?2)",
                      (const rh_value[]){RH_INTEGER(value), RH_TEXT(word)}, 2, NULL, NULL, error);
}

static void take_number(void *owner, rh_row *row) {
  *(int64_t *)owner = rh_row_integer(row, 0);
}

static int64_t count(rh_store *store) {
  int64_t n = -1;
  rhub_error error;
  if (rh_store_run(store, "SELECT count(*) FROM n", NULL, 0, take_number, &n, &error) != RHUB_OK)
    fail_msg("%s", error.message);
  return n;
}

static void run_raw(const char *path, const char *sql) {
  sqlite3 *db;
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(db);
}

static unsigned mode_of(const char *path) {
  struct stat st;
  assert_int_equal(lstat(path, &st), 0);
  return st.st_mode & 07777;
}

/* ---- files ----------------------------------------------------------------------------------- */

static void files_and_folders_are_made_for_the_user_alone(void **state) {
  (void)state;
  folder f;
  folder_make(&f);
  umask(0);
  rh_store *store = open_store(folder_path(&f, "a/b/store.db"));
  rhub_error error;
  assert_int_equal(add(store, 1, "x", &error), RHUB_OK);
  assert_int_equal(mode_of(folder_path(&f, "a")), 0700);
  assert_int_equal(mode_of(folder_path(&f, "a/b")), 0700);
  assert_int_equal(mode_of(folder_path(&f, "a/b/store.db")), 0600);
  assert_int_equal(mode_of(folder_path(&f, "a/b/store.db-wal")), 0600);
  assert_int_equal(mode_of(folder_path(&f, "a/b/store.db-shm")), 0600);
  rh_store_close(store);
  chmod(folder_path(&f, "a/b/store.db"), 0666);
  store = open_store(folder_path(&f, "a/b/store.db"));
  assert_int_equal(mode_of(folder_path(&f, "a/b/store.db")), 0600);
  assert_int_equal(count(store), 1);
  rh_store_close(store);
  umask(022);
  folder_remove(&f);
}

static void what_is_no_file_of_ours_is_left_alone(void **state) {
  (void)state;
  folder f;
  folder_make(&f);
  rh_store_close(open_store(folder_path(&f, "real.db")));
  assert_int_equal(symlink("real.db", folder_path(&f, "link.db")), 0);
  assert_int_equal(mkdir(folder_path(&f, "folder.db"), 0700), 0);
  assert_int_equal(mkfifo(folder_path(&f, "pipe.db"), 0600), 0);
  folder_write(&f, "file", "x", 1);
  refused(folder_path(&f, "link.db"), "link");
  refused(folder_path(&f, "folder.db"), "regular");
  refused(folder_path(&f, "pipe.db"), "regular");
  refused(folder_path(&f, "file/store.db"), "directory");
  refused("/proc/rhub/store.db", "No such file");
  if (geteuid() == 0) {
    folder_write(&f, "other.db", "", 0);
    assert_int_equal(chown(folder_path(&f, "other.db"), 1, 1), 0);
    refused(folder_path(&f, "other.db"), "another user");
  }
  folder_remove(&f);
}

static char *slurp(const char *path, size_t *len) {
  struct stat st;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  assert_true(fd >= 0 && fstat(fd, &st) == 0);
  char *bytes = malloc((size_t)st.st_size + 1);
  *len = (size_t)read(fd, bytes, (size_t)st.st_size);
  close(fd);
  return bytes;
}

static void a_database_of_somebody_else_is_not_touched(void **state) {
  (void)state;
  folder f;
  size_t len;
  folder_make(&f);
  run_raw(folder_path(&f, "other.db"), "CREATE TABLE diary (day TEXT)");
  run_raw(folder_path(&f, "later.db"),
          "PRAGMA application_id = 0x74657374; PRAGMA user_version = 4; CREATE TABLE n (x)");
  char *before = slurp(folder_path(&f, "other.db"), &len);
  refused(folder_path(&f, "other.db"), "another program");
  assert_true(folder_holds(&f, "other.db", before, len));
  free(before);
  before = slurp(folder_path(&f, "later.db"), &len);
  refused(folder_path(&f, "later.db"), "later version");
  assert_true(folder_holds(&f, "later.db", before, len));
  free(before);
  folder_remove(&f);
}

static void a_damaged_database_is_told_with_its_remedy(void **state) {
  (void)state;
  folder f;
  rhub_error error;
  folder_make(&f);
  char junk[8192];
  memset(junk, 'j', sizeof junk);
  folder_write(&f, "junk.db", junk, sizeof junk);
  refused(folder_path(&f, "junk.db"), "damaged");
  refused(folder_path(&f, "junk.db"), "delete it");
  rh_store *store = open_store(folder_path(&f, "cut.db"));
  for (int i = 0; i < 3000; i++) assert_int_equal(add(store, i, "some words", &error), RHUB_OK);
  rh_store_close(store);
  size_t len;
  char *bytes = slurp(folder_path(&f, "cut.db"), &len);
  memset(bytes + 4096, 'j', len - 4096); /* the header stays */
  folder_write(&f, "cut.db", bytes, len);
  free(bytes);
  store = open_store(folder_path(&f, "cut.db"));
  assert_int_equal(add(store, 5000, "x", &error), RHUB_IO);
  assert_non_null(strstr(error.message, "damaged"));
  rh_store_close(store);
  folder_remove(&f);
}

static void a_name_that_means_something_to_sqlite_is_a_file_like_any(void **state) {
  (void)state;
  folder f;
  folder_make(&f);
  char *here = getcwd(NULL, 0);
  assert_int_equal(chdir(f.path), 0);
  rh_store_close(open_store(":memory:"));
  rh_store_close(open_store("file:x?mode=memory"));
  assert_int_equal(mode_of(folder_path(&f, ":memory:")), 0600);
  assert_int_equal(mode_of(folder_path(&f, "file:x?mode=memory")), 0600);
  assert_int_equal(chdir(here), 0);
  free(here);
  folder_remove(&f);
}

/* ---- statements ------------------------------------------------------------------------------ */

static void take_word(void *owner, rh_row *row) {
  snprintf(owner, 100, "%" PRId64 " %s", rh_row_integer(row, 0), rh_row_text(row, 1));
}

static void values_come_back_as_they_went_in(void **state) {
  (void)state;
  char got[100] = "";
  rhub_error error;
  rh_store *store = open_store(NULL);
  assert_int_equal(add(store, INT64_MAX, "wörter'); DROP TABLE n; --", &error), RHUB_OK);
  assert_int_equal(rh_store_run(store, "SELECT value, word FROM n WHERE value = ?1",
                                (const rh_value[]){RH_INTEGER(INT64_MAX)}, 1, take_word, got,
                                &error),
                   RHUB_OK);
  assert_string_equal(got, "9223372036854775807 wörter'); DROP TABLE n; --");
  assert_int_equal(rh_store_run(store, "SELECT 1 FROM nowhere", NULL, 0, NULL, NULL, &error),
                   RHUB_IO);
  assert_int_equal(add(store, INT64_MAX, "again", &error), RHUB_IO);
  assert_int_equal(count(store), 1);
  rh_store_close(store);
  rh_store_close(NULL);
}

/* ---- several processes ----------------------------------------------------------------------- */

static void one_that_another_holds_is_given_up_soon(void **state) {
  (void)state;
  folder f;
  sqlite3 *holder;
  rhub_error error;
  folder_make(&f);
  rh_store *store = open_store(folder_path(&f, "store.db"));
  assert_int_equal(sqlite3_open(folder_path(&f, "store.db"), &holder), SQLITE_OK);
  assert_int_equal(sqlite3_exec(holder, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
  assert_int_equal(add(store, 1, "x", &error), RHUB_IO);
  assert_non_null(strstr(error.message, "another process"));
  assert_int_equal(sqlite3_exec(holder, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
  assert_int_equal(add(store, 1, "x", &error), RHUB_OK);
  rh_store_close(store);
  sqlite3_exec(holder, "PRAGMA locking_mode = EXCLUSIVE; INSERT INTO n VALUES (2, 'y')", NULL, NULL,
               NULL);
  refused(folder_path(&f, "store.db"), "another process");
  sqlite3_close(holder);
  store = open_store(folder_path(&f, "store.db"));
  assert_int_equal(count(store), 2);
  rh_store_close(store);
  folder_remove(&f);
}

/* ---- versions -------------------------------------------------------------------------------- */

static const char *const steps[] = {"ALTER TABLE n ADD COLUMN color TEXT NOT NULL DEFAULT 'red'",
                                    "UPDATE n SET color = 'green' WHERE value = 1"};

static void take_color(void *owner, rh_row *row) {
  strcpy(owner, rh_row_text(row, 0));
}

static void one_of_an_earlier_version_is_brought_forward_step_by_step(void **state) {
  (void)state;
  folder f;
  rhub_error error;
  folder_make(&f);
  const char *path = folder_path(&f, "store.db");
  rh_store_plan first = plan, third = plan;
  first.version = 1;
  third.upgrades = steps;
  rh_store *store;
  assert_int_equal(rh_store_open(path, &first, &store, &error), RHUB_OK);
  assert_int_equal(add(store, 1, "x", &error), RHUB_OK);
  rh_store_close(store);
  assert_int_equal(rh_store_read(path, &third, &store, &error), RHUB_IO);
  assert_non_null(strstr(error.message, "brought forward"));
  for (int i = 0; i < 2; i++) {
    char color[20] = "";
    assert_int_equal(rh_store_open(path, &third, &store, &error), RHUB_OK);
    assert_int_equal(rh_store_run(store, "SELECT color FROM n", NULL, 0, take_color, color, &error),
                     RHUB_OK);
    assert_string_equal(color, "green");
    rh_store_close(store);
  }
  assert_int_equal(rh_store_open(path, &first, &store, &error), RHUB_IO);
  assert_non_null(strstr(error.message, "a later version"));
  folder_remove(&f);
}

static void a_step_that_fails_leaves_it_as_it_was(void **state) {
  (void)state;
  static const char *const broken[] = {"ALTER TABLE n ADD COLUMN color TEXT", "no statement"};
  folder f;
  rhub_error error;
  folder_make(&f);
  const char *path = folder_path(&f, "store.db");
  rh_store_plan first = plan, third = plan;
  first.version = 1;
  third.upgrades = broken;
  rh_store *store;
  assert_int_equal(rh_store_open(path, &first, &store, &error), RHUB_OK);
  rh_store_close(store);
  assert_int_equal(rh_store_open(path, &third, &store, &error), RHUB_IO);
  assert_int_equal(rh_store_open(path, &first, &store, &error), RHUB_OK);
  assert_int_equal(rh_store_run(store, "SELECT color FROM n", NULL, 0, NULL, NULL, &error),
                   RHUB_IO);
  rh_store_close(store);
  folder_remove(&f);
}

static void a_reader_makes_and_changes_nothing(void **state) {
  (void)state;
  folder f;
  rhub_error error;
  folder_make(&f);
  const char *path = folder_path(&f, "store.db");
  rh_store *store, *reader;
  assert_int_equal(rh_store_read(path, &plan, &reader, &error), RHUB_GONE);
  assert_int_equal(folder_count(&f, "", NULL), 0);
  store = open_store(path);
  assert_int_equal(add(store, 1, "x", &error), RHUB_OK);
  assert_int_equal(rh_store_read(path, &plan, &reader, &error), RHUB_OK);
  assert_int_equal(count(reader), 1);
  assert_int_equal(add(reader, 2, "y", &error), RHUB_IO);
  assert_int_equal(add(store, 2, "y", &error), RHUB_OK);
  assert_int_equal(count(reader), 2);
  rh_store_close(reader);
  rh_store_close(store);
  folder_remove(&f);
}

static void a_reader_leaves_nothing_beside_the_file(void **state) {
  (void)state;
  folder f;
  rhub_error error;
  folder_make(&f);
  const char *path = folder_path(&f, "store.db");
  rh_store *store = open_store(path), *reader;
  assert_int_equal(add(store, 1, "x", &error), RHUB_OK);
  rh_store_close(store);
  assert_int_equal(rh_store_read(path, &plan, &reader, &error), RHUB_OK);
  assert_int_equal(count(reader), 1);
  rh_store_close(reader);
  assert_int_equal(folder_count(&f, "", NULL), 1);
  folder_remove(&f);
}

/* In a process of its own, as somebody who may read the folder and write nothing: 0, or what is not
   as it should be. */
static int read_as_nobody(const char *place, const char *said) {
  rh_store *reader;
  rhub_error error = {.message = ""};
  if (chdir(place) != 0 || (geteuid() == 0 && setuid(65534) != 0)) return 1;
  rhub_status status = rh_store_read("100%25?.db", &plan, &reader, &error);
  if (said) return status == RHUB_IO && strstr(error.message, said) ? 0 : 2;
  if (status != RHUB_OK) return 3;
  int64_t n = count(reader);
  bool refused = add(reader, 2, "y", &error) != RHUB_OK;
  rh_store_close(reader);
  return n == 1 && refused ? 0 : 4;
}

static void nobody_reads(const char *place, const char *said) {
  int status;
  pid_t pid = fork();
  if (pid == 0) _exit(read_as_nobody(place, said));
  waitpid(pid, &status, 0);
  assert_int_equal(status, 0);
}

static void it_can_be_read_where_nothing_can_be_written(void **state) {
  (void)state;
  folder f;
  rhub_error error;
  char copy[4096];
  folder_make(&f);
  const char *path = folder_path(&f, "100%25?.db");
  snprintf(copy, sizeof copy, "cp '%s-wal' '%s/log'", path, f.path);
  rh_store *store = open_store(path);
  assert_int_equal(add(store, 1, "x", &error), RHUB_OK);
  assert_int_equal(system(copy), 0);
  rh_store_close(store);
  assert_int_equal(chmod(path, 0444), 0);
  assert_int_equal(chmod(f.path, 0555), 0);
  nobody_reads(f.path, NULL);
  /* as a power cut leaves it */
  snprintf(copy, sizeof copy, "cd '%s' && mv log '%s-wal' && chmod 444 '%s-wal'", f.path, path,
           path);
  assert_int_equal(chmod(f.path, 0755), 0);
  assert_int_equal(system(copy), 0);
  assert_int_equal(chmod(f.path, 0555), 0);
  nobody_reads(f.path, "who may write in its folder");
  assert_int_equal(chmod(f.path, 0755), 0);
  folder_remove(&f);
}

/* ---- processes ------------------------------------------------------------------------------- */

enum { PROCESSES = 8, ROWS = 40 };

static void one_made_by_many_processes_at_once_holds_what_all_have_added(void **state) {
  (void)state;
  folder f;
  rhub_error error;
  pid_t pids[PROCESSES];
  folder_make(&f);
  rh_store_plan patient = plan;
  patient.patience = 10000;
  for (int p = 0; p < PROCESSES; p++) {
    if ((pids[p] = fork()) != 0) continue;
    rh_store *store;
    bool ok = rh_store_open(folder_path(&f, "store.db"), &patient, &store, &error) == RHUB_OK;
    for (int i = 0; i < ROWS && ok; i++) ok = add(store, p * ROWS + i, "x", &error) == RHUB_OK;
    if (!ok) fprintf(stderr, "# %s\n", error.message);
    if (!ok) _exit(1);
    rh_store_close(store);
    _exit(0);
  }
  for (int p = 0; p < PROCESSES; p++) {
    int status;
    waitpid(pids[p], &status, 0);
    assert_int_equal(status, 0);
  }
  rh_store *store = open_store(folder_path(&f, "store.db"));
  assert_int_equal(count(store), PROCESSES * ROWS);
  rh_store_close(store);
  folder_remove(&f);
}

static void two_in_one_process_do_not_take_each_other_s_locks(void **state) {
  (void)state;
  folder f;
  int status;
  rhub_error error;
  folder_make(&f);
  rh_store *one = open_store(folder_path(&f, "store.db"));
  assert_int_equal(rh_store_run(one, "BEGIN IMMEDIATE", NULL, 0, NULL, NULL, &error), RHUB_OK);
  rh_store_close(open_store(folder_path(&f, "store.db")));
  if (fork() == 0) { /* the lock of the first must hold against others */
    sqlite3 *other;
    sqlite3_open(folder_path(&f, "store.db"), &other);
    _exit(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_BUSY ? 0 : 1);
  }
  wait(&status);
  assert_int_equal(status, 0);
  assert_int_equal(rh_store_run(one, "COMMIT", NULL, 0, NULL, NULL, &error), RHUB_OK);
  rh_store_close(one);
  folder_remove(&f);
}

/* A process is killed in the middle of its writing, again and again: what it had been told is kept
   is there, and nothing is damaged. */
static void what_was_kept_outlives_kill_9(void **state) {
  (void)state;
  folder f;
  rhub_error error;
  folder_make(&f);
  atomic_long *kept =
      mmap(NULL, sizeof *kept, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  for (int round = 0; round < 12; round++) {
    long before = atomic_load(kept);
    pid_t pid = fork();
    if (pid == 0) {
      rh_store *store = open_by(round % 2 ? &durable : &plan, folder_path(&f, "store.db"));
      for (long i = before + 1;; i++) {
        char word[2000];
        memset(word, 'w', sizeof word - 1);
        word[sizeof word - 1] = '\0';
        if (add(store, i, word, &error) != RHUB_OK) _exit(1);
        atomic_store(kept, i);
      }
    }
    while (atomic_load(kept) < before + 1 + round * 30) usleep(100);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    long last = atomic_load(kept);
    rh_store *store = open_store(folder_path(&f, "store.db"));
    int64_t there = count(store);
    assert_true(there == last || there == last + 1); /* the one under way may be in */
    char sound[100] = "";
    assert_int_equal(rh_store_run(store, "SELECT 0, integrity_check FROM pragma_integrity_check",
                                  NULL, 0, take_word, sound, &error),
                     RHUB_OK);
    assert_string_equal(sound, "0 ok");
    atomic_store(kept, (long)there);
    rh_store_close(store);
  }
  munmap(kept, sizeof *kept);
  folder_remove(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(one_of_an_earlier_version_is_brought_forward_step_by_step,
           "one of an earlier version is brought forward, step by step"),
      TEST(a_step_that_fails_leaves_it_as_it_was, "a step that fails leaves it as it was"),
      TEST(a_reader_makes_and_changes_nothing, "a reader makes and changes nothing"),
      TEST(a_reader_leaves_nothing_beside_the_file, "a reader leaves nothing beside the file"),
      TEST(it_can_be_read_where_nothing_can_be_written,
           "it can be read by who may write nothing, unless its last changes lie beside it"),
      TEST(files_and_folders_are_made_for_the_user_alone,
           "files and folders are made for the user alone"),
      TEST(what_is_no_file_of_ours_is_left_alone, "what is no file of ours is left alone"),
      TEST(a_database_of_somebody_else_is_not_touched,
           "a database of another program, or of a later rhub, is not touched"),
      TEST(a_damaged_database_is_told_with_its_remedy, "a damaged one is told, with its remedy"),
      TEST(a_name_that_means_something_to_sqlite_is_a_file_like_any,
           "a name that means something to SQLite is a file like any"),
      TEST(values_come_back_as_they_went_in, "values come back as they went in"),
      TEST(one_that_another_holds_is_given_up_soon,
           "one that another process holds is given up soon"),
      TEST(one_made_by_many_processes_at_once_holds_what_all_have_added,
           "one made by many processes at once holds what all have added"),
      TEST(two_in_one_process_do_not_take_each_other_s_locks,
           "two in one process do not take each other's locks"),
      TEST(what_was_kept_outlives_kill_9, "what was kept outlives kill -9"),
  };
  return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
