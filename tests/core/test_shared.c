/* A key's limits in a file: real files, real processes, and what others may have left there. */
#include "unit.h"
#include "folder.h"

#include "core/shared.h"

#include <math.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

static char path[600];
static folder dir;

static int setup(void **state) {
  (void)state;
  folder_make(&dir);
  snprintf(path, sizeof path, "%s/a/b/x.limits", dir.path);
  return 0;
}

static int teardown(void **state) {
  (void)state;
  folder_remove(&dir);
  return 0;
}

static void learn(rh_shared *shared, unsigned limit, double now) {
  rh_shared_begin(shared, now)->capacity.learned = limit;
  rh_shared_end(shared);
}

static unsigned learned(rh_shared *shared, double now) {
  return rh_shared_look(shared, now)->capacity.learned;
}

static bool exists(void) {
  return access(path, F_OK) == 0;
}

static void what_one_writes_the_other_reads(void **state) {
  (void)state;
  rh_shared *one = rh_shared_new(path), *other = rh_shared_new(path);
  assert_false(exists()); /* made when it is needed */
  assert_int_equal(learned(other, 1), 0);
  learn(one, 7, 1);
  assert_int_equal(learned(other, 2), 7);
  learn(other, 8, 3);
  assert_int_equal(learned(one, 3), 8);
  rh_shared_free(one);
  rh_shared_free(other);
  rh_shared_free(NULL);
}

static void the_file_is_for_nobody_else_and_goes_with_the_last(void **state) {
  (void)state;
  struct stat st;
  rh_shared *one = rh_shared_new(path), *other = rh_shared_new(path);
  learn(one, 7, 1);
  assert_int_equal(learned(other, 1), 7);
  assert_int_equal(stat(path, &st), 0);
  assert_int_equal(st.st_mode & 0777, 0600);
  rh_shared_free(one);
  assert_true(exists());
  assert_int_equal(learned(other, 2), 7);
  rh_shared_free(other);
  assert_false(exists());
}

static void the_first_to_come_finds_nothing_known(void **state) {
  (void)state;
  rh_shared *one = rh_shared_new(path);
  pid_t child = fork();
  if (child == 0) { /* killed: it removes nothing */
    learn(rh_shared_new(path), 7, 1);
    raise(SIGKILL);
  }
  waitpid(child, NULL, 0);
  assert_true(exists());
  assert_int_equal(learned(one, 1), 0);
  rh_shared_free(one);
}

static void one_that_is_killed_while_it_changes_them_keeps_nobody(void **state) {
  (void)state;
  rh_shared *one = rh_shared_new(path);
  learn(one, 7, 1);
  pid_t child = fork();
  if (child == 0) {
    rh_shared_begin(rh_shared_new(path), 1)->capacity.learned = 9;
    raise(SIGKILL);
  }
  waitpid(child, NULL, 0);
  learn(one, learned(one, 2) + 1, 2);
  assert_int_equal(learned(one, 3), 8);
  rh_shared *other = rh_shared_new(path);
  assert_int_equal(learned(other, 3), 8);
  rh_shared_free(one);
  rh_shared_free(other);
}

static void one_that_holds_them_for_long_is_not_waited_for(void **state) {
  (void)state;
  rh_shared *one = rh_shared_new(path), *other = rh_shared_new(path);
  learn(one, 7, 1);
  assert_int_equal(learned(other, 1), 7);
  rh_limits *held = rh_shared_begin(one, 2);
  learn(other, 3, 2); /* for itself alone */
  held->capacity.learned = 5;
  rh_shared_end(one);
  assert_int_equal(learned(other, 3), 5);
  rh_shared_free(one);
  rh_shared_free(other);
}

/* Whatever stands there, what is read keeps its bounds. */
static void expect_bounds(rh_shared *shared, double now) {
  const rh_limits *limits = rh_shared_look(shared, now);
  rh_admit admit;
  rh_rate_user user;
  rh_rate rate = limits->queries;
  rh_admit_init(&admit, 5);
  rh_rate_init(&user, 10);
  assert_true(rh_admit_ask(&admit, &limits->capacity, now) <= 3601);
  double wait = rh_rate_wait(&user, &rate, now);
  assert_true(wait >= 0 && wait <= 61);
  assert_true(rh_limits_share(limits, 1, now, 50).most >= 1);
}

static void put(const void *bytes, size_t len) {
  int fd = open(path, O_WRONLY);
  if (fd < 0 || pwrite(fd, bytes, len, 0) != (ssize_t)len || close(fd) != 0) abort();
}

static void foreign_bytes_are_nothing_known(void **state) {
  (void)state;
  rh_shared *one = rh_shared_new(path), *other = rh_shared_new(path);
  unsigned char bytes[4096];
  unsigned seed = 1;
  for (int round = 0; round < 200; round++) {
    double now = 10 + round;
    learn(one, 7, now);
    for (size_t i = 0; i < sizeof bytes; i++)
      bytes[i] = round % 3 ? (unsigned char)((seed = seed * 1103515245 + 12345) >> 16) : 0xff;
    put(bytes, (size_t)round * 20 + 1);
    if (round % 5 == 0) assert_int_equal(truncate(path, round), 0);
    expect_bounds(other, now + 0.1);
    assert_int_equal(rh_shared_begin(other, now + 0.2)->capacity.learned, 0);
    rh_shared_end(other);
    expect_bounds(one, now + 0.3);
  }
  rh_shared_free(one);
  rh_shared_free(other);
}

static void times_of_another_clock_are_not_waited_for(void **state) {
  (void)state;
  rh_shared *one = rh_shared_new(path), *other = rh_shared_new(path);
  static const double odd[] = {1e9, 1e300, -5, (double)INFINITY, -(double)INFINITY, (double)NAN};
  for (size_t i = 0; i < COUNT(odd); i++) {
    rh_limits *limits = rh_shared_begin(one, 100);
    *limits = (rh_limits){.queries = {odd[i], odd[i], odd[i], odd[i]}};
    limits->capacity = (rh_capacity){4000000000u, 9, 77, 5, 6, odd[i]};
    for (size_t k = 0; k < RH_WANTS; k++) limits->wants[k] = (rh_want){k + 1, odd[i], odd[i]};
    rh_shared_end(one);
    const rh_limits *read = rh_shared_look(other, 100.1 + (double)i);
    assert_true(read->capacity.closed_until == 0 && read->capacity.learned == 0);
    assert_true(read->queries.quiet == 0 && read->queries.lost == 0);
    assert_int_equal(rh_limits_share(read, 99, 100.1, 50).least, 50);
    expect_bounds(other, 100.1 + (double)i);
  }
  rh_shared_free(one);
  rh_shared_free(other);
}

static void without_a_file_each_goes_by_what_it_knows(void **state) {
  (void)state;
  char link[620], where[600];
  rh_shared *gone = rh_shared_new(path); /* makes the folders */
  learn(gone, 1, 1);
  rh_shared_free(gone);
  snprintf(where, sizeof where, "%s/elsewhere", dir.path);
  snprintf(link, sizeof link, "%s.link", path);
  assert_int_equal(symlink(where, link), 0);
  assert_int_equal(mkfifo(path, 0600), 0);
  const char *const none[] = {"", "/proc/none/x.limits", link, path, dir.path};
  for (size_t i = 0; i < COUNT(none); i++) {
    rh_shared *one = rh_shared_new(none[i]), *other = rh_shared_new(none[i]);
    learn(one, 7, 1);
    assert_int_equal(learned(one, 2), 7);
    assert_int_equal(learned(other, 2), 0);
    assert_int_equal(rh_shared_fd(one), -1);
    rh_shared_free(one);
    rh_shared_free(other);
  }
  assert_int_equal(access(where, F_OK), -1);
  assert_true(exists());
}

static void a_full_disk_loses_nothing_that_one_knows(void **state) {
  (void)state;
  rh_shared *one = rh_shared_new(path), *other = rh_shared_new(path);
  struct rlimit before, none = {0, 0};
  getrlimit(RLIMIT_FSIZE, &before);
  none.rlim_max = before.rlim_max;
  signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &none);
  learn(one, 7, 1);
  assert_int_equal(learned(one, 2), 7);
  learn(one, learned(one, 2) + 1, 2);
  setrlimit(RLIMIT_FSIZE, &before);
  assert_int_equal(learned(other, 3), 0);
  learn(one, learned(one, 3) + 1, 3);
  assert_int_equal(learned(other, 4), 9);
  rh_shared_free(one);
  rh_shared_free(other);
}

static void what_is_read_is_whole(void **state) {
  (void)state;
  enum { PROCESSES = 3, EACH = 3000 };
  rh_shared *one = rh_shared_new(path);
  learn(one, 0, 1);
  for (int p = 0; p < PROCESSES; p++) {
    if (fork() != 0) continue;
    rh_shared *own = rh_shared_new(path);
    for (int i = 0; i < EACH; i++) {
      const rh_limits *seen = rh_shared_look(own, i);
      if (seen->queries.next != seen->starts.next) _exit(1);
      rh_limits *limits = rh_shared_begin(own, i + 0.5);
      limits->queries.next = limits->starts.next = p * EACH + i;
      rh_shared_end(own);
    }
    _exit(0);
  }
  for (int p = 0; p < PROCESSES; p++) {
    int status;
    wait(&status);
    assert_int_equal(status, 0);
  }
  assert_true(rh_shared_look(one, 2)->queries.next > 0);
  rh_shared_free(one);
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define SHARED_TEST(f, name) {name, f, setup, teardown, NULL}
      SHARED_TEST(what_one_writes_the_other_reads, "what one writes the other reads"),
      SHARED_TEST(the_file_is_for_nobody_else_and_goes_with_the_last,
                  "the file is for nobody else, and goes with the last"),
      SHARED_TEST(the_first_to_come_finds_nothing_known, "the first to come finds nothing known"),
      SHARED_TEST(one_that_is_killed_while_it_changes_them_keeps_nobody,
                  "one that is killed while it changes them keeps nobody"),
      SHARED_TEST(one_that_holds_them_for_long_is_not_waited_for,
                  "one that holds them for long is not waited for"),
      SHARED_TEST(foreign_bytes_are_nothing_known, "foreign bytes are nothing known"),
      SHARED_TEST(times_of_another_clock_are_not_waited_for,
                  "times of another clock are not waited for"),
      SHARED_TEST(without_a_file_each_goes_by_what_it_knows,
                  "without a file each goes by what it knows"),
      SHARED_TEST(a_full_disk_loses_nothing_that_one_knows,
                  "a full disk loses nothing that one knows"),
      SHARED_TEST(what_is_read_is_whole, "what is read is whole, whoever writes"),
  };
  return cmocka_run_group_tests_name("shared", tests, NULL, NULL);
}
