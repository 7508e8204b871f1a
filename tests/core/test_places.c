/* The account's places between processes: real files, real locks, a real death. */
#include "unit.h"
#include "folder.h"

#include "core/places.h"

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
  snprintf(path, sizeof path, "%s/a/b/x.places", dir.path);
  return 0;
}

static int teardown(void **state) {
  (void)state;
  folder_remove(&dir);
  return 0;
}

static void each_place_is_taken_once_and_comes_back(void **state) {
  (void)state;
  rh_places *one = rh_places_new(path), *other = rh_places_new(path);
  int first = rh_places_take(one, 2), second = rh_places_take(other, 2);
  assert_true(first >= 0 && second >= 0 && first != second);
  assert_int_equal(rh_places_take(one, 2), -1);
  assert_int_equal(rh_places_take(other, 2), -1);
  rh_places_give(other, second);
  rh_places_give(other, second);
  rh_places_give(other, first); /* not its own */
  assert_int_equal(rh_places_take(one, 2), second);
  assert_int_equal(rh_places_take(other, 2), -1);
  rh_places_free(one);
  assert_true(rh_places_take(other, 2) >= 0);
  rh_places_free(other);
}

static void the_file_is_for_nobody_else(void **state) {
  (void)state;
  struct stat st;
  rh_places *places = rh_places_new(path);
  assert_int_equal(stat(path, &st), -1); /* opened when it is needed */
  rh_places_take(places, 3);
  assert_int_equal(stat(path, &st), 0);
  assert_int_equal(st.st_mode & 0777, 0600);
  assert_int_equal(st.st_size, 0);
  rh_places_free(places);
}

static void a_process_that_is_killed_gives_its_places_back(void **state) {
  (void)state;
  int ready[2];
  char byte;
  assert_int_equal(pipe(ready), 0);
  pid_t child = fork();
  if (child == 0) {
    rh_places *places = rh_places_new(path);
    for (int i = 0; i < 3; i++) rh_places_take(places, 3);
    if (write(ready[1], "x", 1) != 1) _exit(1);
    for (;;) pause();
  }
  assert_int_equal(read(ready[0], &byte, 1), 1);
  rh_places *places = rh_places_new(path);
  assert_int_equal(rh_places_take(places, 3), -1);
  kill(child, SIGKILL);
  waitpid(child, NULL, 0);
  for (int i = 0; i < 3; i++) assert_true(rh_places_take(places, 3) >= 0);
  assert_int_equal(rh_places_take(places, 3), -1);
  rh_places_free(places);
  close(ready[0]);
  close(ready[1]);
}

static void without_the_file_every_place_is_free(void **state) {
  (void)state;
  rh_places *places = rh_places_new("/proc/none/x.places");
  for (int i = 0; i < 5; i++) assert_int_equal(rh_places_take(places, 2), 0);
  rh_places_give(places, 0);
  rh_places_give(places, -1);
  rh_places_free(places);
  rh_places_free(NULL);
  rh_places_give(NULL, 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define PLACES_TEST(f, name) {name, f, setup, teardown, NULL}
      PLACES_TEST(each_place_is_taken_once_and_comes_back,
                  "each place is taken once, and comes back"),
      PLACES_TEST(the_file_is_for_nobody_else, "the file is for nobody else, and stays empty"),
      PLACES_TEST(a_process_that_is_killed_gives_its_places_back,
                  "a process that is killed gives its places back"),
      PLACES_TEST(without_the_file_every_place_is_free, "without the file every place is free"),
  };
  return cmocka_run_group_tests_name("places", tests, NULL, NULL);
}
