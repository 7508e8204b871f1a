/* The account's places between processes: real files, real locks, a real death. */
#include "unit.h"
#include "folder.h"

#include "core/places.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

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

/* One who shares the file. */
typedef struct sharer {
  rh_shared *shared;
  rh_places *places;
} sharer;

static sharer come(const char *file) {
  sharer s = {.shared = rh_shared_new(file)};
  s.places = rh_places_new(s.shared);
  return s;
}

static void go(sharer *s) {
  rh_places_free(s->places);
  rh_shared_free(s->shared);
}

static bool take(sharer *s, size_t count) {
  short place;
  return rh_places_take(s->places, count, &place);
}

static void each_place_is_taken_once_and_comes_back(void **state) {
  (void)state;
  sharer one = come(path), other = come(path);
  short first, second, third;
  assert_true(rh_places_take(one.places, 2, &first));
  assert_true(rh_places_take(other.places, 2, &second));
  assert_true(first >= 0 && second >= 0 && first != second);
  assert_false(rh_places_take(one.places, 2, &third));
  assert_int_equal(third, -1);
  assert_false(take(&other, 2));
  rh_places_give(other.places, second);
  rh_places_give(other.places, second);
  rh_places_give(other.places, first); /* not its own */
  assert_true(rh_places_take(one.places, 2, &third));
  assert_int_equal(third, second);
  assert_false(take(&other, 2));
  go(&one);
  assert_true(take(&other, 2));
  go(&other);
}

static void all_that_others_hold_are_counted(void **state) {
  (void)state;
  sharer s[3] = {come(path), come(path), come(path)};
  for (size_t i = 0; i < 30; i++) assert_true(take(&s[i * i % 3], 0)); /* some side by side */
  size_t all =
      rh_places_others(s[0].places) + rh_places_others(s[1].places) + rh_places_others(s[2].places);
  assert_int_equal(all, 2 * 30); /* each is counted by two */
  for (short i = 0; i < 30; i += 2)
    for (size_t k = 0; k < 3; k++) rh_places_give(s[k].places, i);
  assert_int_equal(rh_places_others(s[2].places), 15);
  for (size_t k = 0; k < 3; k++) go(&s[k]);
}

static void a_limit_that_came_down_counts_what_lies_beyond_it(void **state) {
  (void)state;
  sharer one = come(path), other = come(path);
  short place[10];
  for (size_t i = 0; i < 10; i++)
    assert_true(rh_places_take(i % 2 ? one.places : other.places, 10, &place[i]));
  for (size_t i = 0; i < 4; i++) rh_places_give(i % 2 ? one.places : other.places, place[i]);
  assert_false(take(&one, 6)); /* six are taken, two of the first six are free */
  assert_false(take(&other, 6));
  rh_places_give(one.places, place[9]);
  assert_true(take(&other, 6));
  assert_false(take(&one, 6));
  go(&one);
  go(&other);
}

static void where_there_is_no_limit_there_is_always_a_place(void **state) {
  (void)state;
  sharer one = come(path), other = come(path);
  for (size_t i = 0; i < 5000; i++) assert_true(take(&one, 0));
  assert_true(take(&other, 0));
  assert_true(take(&other, 100000));
  assert_false(take(&other, 1000));
  go(&one);
  go(&other);
}

static void a_process_that_is_killed_gives_its_places_back(void **state) {
  (void)state;
  int ready[2];
  char byte;
  assert_int_equal(pipe(ready), 0);
  pid_t child = fork();
  if (child == 0) {
    sharer s = come(path);
    for (int i = 0; i < 3; i++) take(&s, 3);
    if (write(ready[1], "x", 1) != 1) _exit(1);
    for (;;) pause();
  }
  assert_int_equal(read(ready[0], &byte, 1), 1);
  sharer s = come(path);
  assert_false(take(&s, 3));
  kill(child, SIGKILL);
  waitpid(child, NULL, 0);
  for (int i = 0; i < 3; i++) assert_true(take(&s, 3));
  assert_false(take(&s, 3));
  go(&s);
  close(ready[0]);
  close(ready[1]);
}

static void without_the_file_every_place_is_free(void **state) {
  (void)state;
  static const char *const none[] = {"/proc/none/x.limits", ""};
  for (size_t i = 0; i < COUNT(none); i++) {
    sharer s = come(none[i]);
    for (int k = 0; k < 5; k++) assert_true(take(&s, 2));
    assert_int_equal(rh_places_others(s.places), 0);
    rh_places_give(s.places, 0);
    rh_places_give(s.places, -1);
    go(&s);
  }
  rh_places_free(NULL);
}

/* All of the file, as one has it for a moment who comes or goes. */
static int hold(void) {
  sharer before = come(path); /* makes the folders */
  assert_true(take(&before, 1));
  go(&before);
  int fd = open(path, O_RDWR | O_CREAT, 0600);
  struct flock all = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  assert_true(fd >= 0);
  assert_int_equal(fcntl(fd, F_OFD_SETLK, &all), 0);
  return fd;
}

static void while_another_comes_or_goes_no_place_is_taken_uncounted(void **state) {
  (void)state;
  int fd = hold();
  sharer one = come(path), other = come(path);
  for (int i = 0; i < 9; i++) assert_false(take(&one, 2));
  close(fd);
  assert_true(take(&one, 2));
  assert_true(take(&one, 2));
  assert_false(take(&other, 2));
  go(&one);
  go(&other);
}

static void one_who_is_stopped_as_he_comes_is_not_waited_for_for_ever(void **state) {
  (void)state;
  int fd = hold(), tries = 0;
  sharer s = come(path);
  while (!take(&s, 2)) assert_in_range(++tries, 1, 1000);
  assert_in_range(tries, 10, 1000);
  for (int i = 0; i < 5; i++) assert_true(take(&s, 2));
  close(fd);
  assert_true(take(&s, 2));
  go(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define PLACES_TEST(f, name) {name, f, setup, teardown, NULL}
      PLACES_TEST(each_place_is_taken_once_and_comes_back,
                  "each place is taken once, and comes back"),
      PLACES_TEST(all_that_others_hold_are_counted, "all that others hold are counted"),
      PLACES_TEST(a_limit_that_came_down_counts_what_lies_beyond_it,
                  "a limit that came down counts what lies beyond it"),
      PLACES_TEST(where_there_is_no_limit_there_is_always_a_place,
                  "where there is no limit there is always a place"),
      PLACES_TEST(a_process_that_is_killed_gives_its_places_back,
                  "a process that is killed gives its places back"),
      PLACES_TEST(while_another_comes_or_goes_no_place_is_taken_uncounted,
                  "while another comes or goes no place is taken uncounted"),
      PLACES_TEST(one_who_is_stopped_as_he_comes_is_not_waited_for_for_ever,
                  "one who is stopped as he comes is not waited for for ever"),
      PLACES_TEST(without_the_file_every_place_is_free, "without the file every place is free"),
  };
  return cmocka_run_group_tests_name("places", tests, NULL, NULL);
}
