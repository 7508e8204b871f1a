/* The sieve: what it says is lacking was never there. */
#include "unit.h"
#include "core/sieve.h"

static const char *nth(const char *format, int i) {
  static char name[80];
  snprintf(name, sizeof name, format, i);
  return name;
}

static void an_empty_one_lacks_all(void **state) {
  (void)state;
  rh_sieve *sieve = calloc(1, sizeof *sieve);
  assert_true(rh_sieve_lacks(sieve, ""));
  assert_true(rh_sieve_lacks(sieve, "batch/rows.csv/1"));
  free(sieve);
}

static void what_was_added_is_never_lacking(void **state) {
  (void)state;
  rh_sieve *sieve = calloc(1, sizeof *sieve);
  rh_sieve_add(sieve, "");
  for (int i = 0; i < 200000; i++) rh_sieve_add(sieve, nth("batch/rows.csv/%d", i));
  assert_false(rh_sieve_lacks(sieve, ""));
  for (int i = 0; i < 200000; i++) assert_false(rh_sieve_lacks(sieve, nth("batch/rows.csv/%d", i)));
  free(sieve);
}

static void most_others_are(void **state) {
  (void)state;
  rh_sieve *sieve = calloc(1, sizeof *sieve);
  int lacking = 0;
  for (int i = 0; i < 100000; i++) rh_sieve_add(sieve, nth("batch/rows.csv/%d", i));
  for (int i = 0; i < 100000; i++) lacking += rh_sieve_lacks(sieve, nth("batch/more.csv/%d", i));
  assert_in_range(lacking, 85000, 100000);
  free(sieve);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(an_empty_one_lacks_all, "an empty sieve lacks every name"),
      TEST(what_was_added_is_never_lacking, "what was added is never lacking, however many"),
      TEST(most_others_are, "with 100,000 names in it most others are known to be lacking"),
  };
  return cmocka_run_group_tests_name("sieve", tests, NULL, NULL);
}
