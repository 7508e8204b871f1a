/* What has been uploaded: by what it is remembered, for how long, and what becomes of it where the
 * database cannot be used. */
#include "folder.h"
#include "unit.h"

#include "core/known.h"

#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>

#define ORIGIN "https://www.runninghub.ai"
#define KEY    "0123456789abcdef0123456789abcdef"
#define NOW    1800000000.0
#define DAY    86400.0

static const rh_known_key png = {"url", "png", 5000};

static rh_digest digest_of(int seed) {
  rh_digest digest;
  assert_true(rh_digest_of(&seed, sizeof seed, &digest));
  return digest;
}

static void add(rh_known *known, const rh_known_key *key, int seed, const char *url) {
  rh_digest digest = digest_of(seed);
  rh_known_add(known, key, &digest, url, "openapi/x.png", NOW);
}

/* What is remembered of it; "" for nothing. Borrowed until the next call. */
static const char *find_at(rh_known *known, const rh_known_key *key, int seed, double now) {
  static char url[300];
  rh_digest digest = digest_of(seed);
  rh_known_place place;
  if (!rh_known_find(known, key, &digest, now, &place)) return "";
  snprintf(url, sizeof url, "%s", place.url);
  assert_string_equal(place.file_name, "openapi/x.png");
  free(place.url);
  free(place.file_name);
  return url;
}

static const char *find(rh_known *known, const rh_known_key *key, int seed) {
  return find_at(known, key, seed, NOW);
}

static void sound(rh_known *known) {
  rhub_error error;
  if (rh_known_complaint(known, &error)) fail_msg("%s", error.message);
}

static void complains(rh_known *known, const char *word) {
  rhub_error error;
  assert_true(rh_known_complaint(known, &error));
  if (!strstr(error.message, word)) fail_msg("\"%s\" does not say \"%s\"", error.message, word);
  assert_non_null(strstr(error.message, rh_known_path(known)));
  assert_non_null(strstr(error.message, "this run only"));
  assert_false(rh_known_complaint(known, &error)); /* said once */
}

static void run_raw(const char *path, const char *sql) {
  sqlite3 *db;
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) fail_msg("%s", sqlite3_errmsg(db));
  sqlite3_close(db);
}

static long rows(const char *path) {
  sqlite3 *db;
  sqlite3_stmt *statement;
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  assert_int_equal(sqlite3_prepare_v2(db, "SELECT count(*) FROM uploads", -1, &statement, NULL),
                   SQLITE_OK);
  assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
  long n = sqlite3_column_int(statement, 0);
  sqlite3_finalize(statement);
  sqlite3_close(db);
  return n;
}

/* ---- remembering ----------------------------------------------------------------------------- */

static void it_outlives_the_client_and_is_shared(void **state) {
  (void)state;
  folder f;
  folder_make(&f);
  const char *path = folder_path(&f, "cache/rhub/uploads.db");
  rh_known *one = rh_known_new(path, ORIGIN, KEY), *two = rh_known_new(path, ORIGIN, KEY);
  assert_int_equal(folder_count(&f, "cache", NULL), 0); /* nothing is made before it is needed */
  assert_string_equal(find(one, &png, 1), "");
  add(two, &png, 1, "https://x/1");
  assert_string_equal(find(one, &png, 1), "https://x/1");
  assert_true(rh_known_size(one, &png, NOW));
  add(one, &png, 1, "https://x/2"); /* the later one counts */
  assert_string_equal(find(two, &png, 1), "https://x/2");
  sound(one);
  sound(two);
  rh_known_release(one);
  rh_known_release(two);
  one = rh_known_new(path, ORIGIN, KEY);
  assert_string_equal(find(one, &png, 1), "https://x/2");
  rh_known_release(one);
  folder_remove(&f);
}

static void what_differs_in_anything_is_another(void **state) {
  (void)state;
  static const struct {
    const char *origin, *key;
    rh_known_key of;
    int seed;
  } others[] = {
      {"https://www.runninghub.cn", KEY, {"url", "png", 5000}, 1},
      {ORIGIN, "another-key-another-key-another-", {"url", "png", 5000}, 1},
      {ORIGIN, KEY, {"node", "png", 5000}, 1},
      {ORIGIN, KEY, {"url", "", 5000}, 1},
      {ORIGIN, KEY, {"url", "png", 5001}, 1},
      {ORIGIN, KEY, {"url", "png", 5000}, 2},
  };
  folder f;
  folder_make(&f);
  const char *path = folder_path(&f, "uploads.db");
  rh_known *known = rh_known_new(path, ORIGIN, KEY);
  add(known, &png, 1, "https://x/1");
  for (size_t i = 0; i < COUNT(others); i++) {
    rh_known *other = rh_known_new(path, others[i].origin, others[i].key);
    assert_string_equal(find(other, &others[i].of, others[i].seed), "");
    bool same_size = others[i].seed == 2;
    assert_int_equal(rh_known_size(other, &others[i].of, NOW), same_size);
    rh_known_release(other);
  }
  rh_known_release(known);
  folder_remove(&f);
}

static void what_has_died_is_neither_given_out_nor_kept(void **state) {
  (void)state;
  folder f;
  rhub_error error;
  uint64_t all, valid;
  folder_make(&f);
  const char *path = folder_path(&f, "uploads.db");
  rh_known *known = rh_known_new(path, ORIGIN, KEY);
  assert_int_equal(rh_known_count(known, NOW, &all, &valid, &error), RHUB_OK);
  assert_true(all == 0 && valid == 0);
  assert_int_equal(folder_count(&f, ".db", NULL), 0); /* counting makes none */
  add(known, &png, 1, "https://x/1");
  add(known, &png, 2, "https://x/2?q-sign-time=1799990000;1800007200&q-signature=s"); /* 2 h */
  assert_string_equal(find_at(known, &png, 1, NOW + 22 * 3600), "https://x/1");
  assert_string_equal(find_at(known, &png, 1, NOW + DAY), "");
  assert_false(rh_known_size(known, &png, NOW + DAY));
  assert_non_null(strstr(find_at(known, &png, 2, NOW + 3500), "https://x/2"));
  assert_string_equal(find_at(known, &png, 2, NOW + 3700), "");
  assert_int_equal(rh_known_count(known, NOW + 4000, &all, &valid, &error), RHUB_OK);
  assert_true(all == 2 && valid == 1);
  rh_digest digest = digest_of(3);
  rh_known_add(known, &png, &digest, "https://x/3", "", NOW + 4000);
  assert_int_equal(rows(path), 2);
  rh_known *other = rh_known_new(path, ORIGIN, "another-key-another-key-another-");
  assert_int_equal(rh_known_count(other, NOW, &all, &valid, &error), RHUB_OK);
  assert_true(all == 0 && valid == 0);
  rh_known_release(other);
  rh_known_release(known);
  folder_remove(&f);
}

static void their_number_is_bounded(void **state) {
  (void)state;
  folder f;
  folder_make(&f);
  const char *path = folder_path(&f, "uploads.db");
  rh_known *known = rh_known_new(path, ORIGIN, KEY);
  add(known, &png, 1, "https://x/1");
  run_raw(path,
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)"
          "INSERT INTO uploads SELECT 'o', 'a', 'url', '', i, 'd', 'https://x', '', 1800000000 + i "
          "FROM n");
  add(known, &png, 2, "https://x/2");
  assert_int_equal(rows(path), 20001);
  assert_string_equal(find(known, &png, 2), "https://x/2"); /* those that live longest stay */
  rh_known_release(known);
  folder_remove(&f);
}

static void the_key_is_not_in_the_file(void **state) {
  (void)state;
  folder f;
  folder_make(&f);
  rh_known *known = rh_known_new(folder_path(&f, "uploads.db"), ORIGIN, KEY);
  add(known, &png, 1, "https://x/1");
  rh_known_release(known);
  int fd = open(folder_path(&f, "uploads.db"), O_RDONLY | O_CLOEXEC);
  static char bytes[1 << 20];
  ssize_t len = read(fd, bytes, sizeof bytes);
  close(fd);
  assert_true(len > 0);
  assert_non_null(memmem(bytes, (size_t)len, "https://x/1", 11));
  assert_null(memmem(bytes, (size_t)len, KEY, 16));
  assert_null(memmem(bytes, (size_t)len, KEY + 16, 16));
  folder_remove(&f);
}

static void the_usual_place_is_the_user_s_cache_folder(void **state) {
  (void)state;
  static const struct {
    const char *cache, *home, *path;
  } ways[] = {
      {"/c", "/h", "/c/rhub/uploads.db"},
      {"c", "/h", "/h/.cache/rhub/uploads.db"}, /* not absolute: ignored */
      {NULL, "/h", "/h/.cache/rhub/uploads.db"},
      {NULL, "", ""},
      {NULL, NULL, ""},
  };
  for (size_t i = 0; i < COUNT(ways); i++) {
    unsetenv("XDG_CACHE_HOME");
    unsetenv("HOME");
    if (ways[i].cache) setenv("XDG_CACHE_HOME", ways[i].cache, 1);
    if (ways[i].home) setenv("HOME", ways[i].home, 1);
    char *path = rh_known_usual_path();
    assert_string_equal(path, ways[i].path);
    free(path);
  }
}

/* ---- where the database fails ---------------------------------------------------------------- */

/* In memory, all goes on. */
static void goes_on(rh_known *known) {
  add(known, &png, 7, "https://x/7");
  assert_string_equal(find(known, &png, 7), "https://x/7");
  assert_string_equal(find(known, &png, 8), "");
}

static void without_a_path_memory_serves(void **state) {
  (void)state;
  rh_known *known = rh_known_new("", ORIGIN, KEY);
  goes_on(known);
  sound(known);
  assert_string_equal(rh_known_path(known), "");
  rh_known_release(known);
}

static void one_that_cannot_be_opened_is_said_once(void **state) {
  (void)state;
  folder f;
  rhub_error error;
  uint64_t all, valid;
  folder_make(&f);
  char junk[8192];
  memset(junk, 'j', sizeof junk);
  folder_write(&f, "junk.db", junk, sizeof junk);
  assert_int_equal(mkdir(folder_path(&f, "folder.db"), 0700), 0);
  const struct {
    const char *path, *word;
  } bad[] = {{folder_path(&f, "junk.db"), "damaged"},
             {folder_path(&f, "folder.db"), "regular"},
             {folder_path(&f, "junk.db/uploads.db"), "Not a directory"}};
  for (size_t i = 0; i < COUNT(bad); i++) {
    rh_known *known = rh_known_new(bad[i].path, ORIGIN, KEY);
    sound(known);
    goes_on(known);
    complains(known, bad[i].word);
    goes_on(known);
    if (i < 2) assert_int_equal(rh_known_count(known, NOW, &all, &valid, &error), RHUB_IO);
    rh_known_release(known);
  }
  assert_true(folder_holds(&f, "junk.db", junk, sizeof junk));
  folder_remove(&f);
}

static void one_that_another_process_holds_is_left(void **state) {
  (void)state;
  folder f;
  sqlite3 *holder;
  folder_make(&f);
  rh_known *known = rh_known_new(folder_path(&f, "uploads.db"), ORIGIN, KEY);
  add(known, &png, 1, "https://x/1");
  assert_int_equal(sqlite3_open(folder_path(&f, "uploads.db"), &holder), SQLITE_OK);
  assert_int_equal(sqlite3_exec(holder, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
  assert_string_equal(find(known, &png, 1), "https://x/1"); /* one that writes is no hindrance */
  sound(known);
  goes_on(known);
  complains(known, "another process");
  sqlite3_close(holder);
  goes_on(known);
  sound(known);
  rh_known_release(known);
  folder_remove(&f);
}

static void one_that_is_damaged_meanwhile_is_left(void **state) {
  (void)state;
  folder f;
  folder_make(&f);
  const char *path = folder_path(&f, "uploads.db");
  rh_known *known = rh_known_new(path, ORIGIN, KEY);
  add(known, &png, 1, "https://x/1");
  rh_known_release(known);
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  static char junk[40960];
  memset(junk, 'j', sizeof junk);
  assert_true(pwrite(fd, junk, sizeof junk, 4096) > 0);
  close(fd);
  known = rh_known_new(path, ORIGIN, KEY);
  assert_string_equal(find(known, &png, 1), "");
  complains(known, "damaged");
  goes_on(known);
  rh_known_release(known);
  folder_remove(&f);
}

static void a_row_that_holds_no_address_is_not_given_out(void **state) {
  (void)state;
  folder f;
  folder_make(&f);
  rh_known *known = rh_known_new(folder_path(&f, "uploads.db"), ORIGIN, KEY);
  add(known, &png, 1, "https://x/1");
  run_raw(folder_path(&f, "uploads.db"), "UPDATE uploads SET url = 'file:///etc/passwd'");
  assert_string_equal(find(known, &png, 1), "");
  run_raw(folder_path(&f, "uploads.db"), "UPDATE uploads SET url = '', file_name = ''");
  assert_string_equal(find(known, &png, 1), "");
  rh_known_release(known);
  folder_remove(&f);
}

/* Files of this process may not grow any more: as on a full disk. */
static void on_a_full_disk_memory_serves(void **state) {
  (void)state;
  folder f;
  int status;
  folder_make(&f);
  rh_known *known = rh_known_new(folder_path(&f, "uploads.db"), ORIGIN, KEY);
  add(known, &png, 1, "https://x/1");
  rh_known_release(known);
  if (fork() == 0) {
    struct rlimit none = {0, 0};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &none);
    rhub_error error;
    known = rh_known_new(folder_path(&f, "uploads.db"), ORIGIN, KEY);
    add(known, &png, 7, "https://x/7");
    bool good =
        rh_known_complaint(known, &error) && strcmp(find(known, &png, 7), "https://x/7") == 0;
    rh_known_release(known);
    _exit(good ? 0 : 1);
  }
  wait(&status);
  assert_int_equal(status, 0);
  known = rh_known_new(folder_path(&f, "uploads.db"), ORIGIN, KEY);
  assert_string_equal(find(known, &png, 1), "https://x/1"); /* nothing was harmed */
  rh_known_release(known);
  folder_remove(&f);
}

/* ---- several at once ------------------------------------------------------------------------- */

static void *work(void *user) {
  rh_known *known = user;
  for (int i = 0; i < 60; i++) {
    add(known, &png, i, "https://x/many");
    if (!*find(known, &png, i)) return known;
  }
  return NULL;
}

static void several_threads_use_one(void **state) {
  (void)state;
  folder f;
  pthread_t threads[4];
  folder_make(&f);
  rh_known *known = rh_known_new(folder_path(&f, "uploads.db"), ORIGIN, KEY);
  for (size_t i = 0; i < COUNT(threads); i++) pthread_create(&threads[i], NULL, work, known);
  for (size_t i = 0; i < COUNT(threads); i++) {
    void *failed;
    pthread_join(threads[i], &failed);
    assert_null(failed);
  }
  sound(known);
  rh_known_release(known);
  assert_int_equal(rows(folder_path(&f, "uploads.db")), 60);
  folder_remove(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(it_outlives_the_client_and_is_shared, "it outlives the client, and clients share it"),
      TEST(what_differs_in_anything_is_another,
           "another account, origin, kind, extension, size or content is another upload"),
      TEST(what_has_died_is_neither_given_out_nor_kept,
           "what has died is neither given out nor kept"),
      TEST(their_number_is_bounded, "their number is bounded"),
      TEST(the_key_is_not_in_the_file, "the key is not in the file"),
      TEST(the_usual_place_is_the_user_s_cache_folder,
           "the usual place is the user's cache folder"),
      TEST(without_a_path_memory_serves, "without a path memory serves"),
      TEST(one_that_cannot_be_opened_is_said_once, "one that cannot be opened is said once"),
      TEST(one_that_another_process_holds_is_left, "one that another process holds is left"),
      TEST(one_that_is_damaged_meanwhile_is_left, "one that is damaged inside is left"),
      TEST(a_row_that_holds_no_address_is_not_given_out,
           "a row that holds no address is not given out"),
      TEST(on_a_full_disk_memory_serves, "on a full disk memory serves"),
      TEST(several_threads_use_one, "several threads use one"),
  };
  return cmocka_run_group_tests_name("known", tests, NULL, NULL);
}
