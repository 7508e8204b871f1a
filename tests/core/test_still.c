/* Replies that tell nothing new: still.c alone. */
#include "core/still.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char running[] = "{\"taskId\":\"%s\",\"status\":\"RUNNING\",\"results\":null}";

static bool is(const rh_still *still, const char *format, const char *in_text, const char *id) {
  char text[256];
  int len = snprintf(text, sizeof text, format, in_text);
  return rh_still_is(still, text, (size_t)len, id);
}

static void keep(rh_still *still, const char *format, const char *id) {
  char text[256];
  int len = snprintf(text, sizeof text, format, id);
  rh_still_keep(still, text, (size_t)len, id);
}

static void nothing_is_known_before_one_was_kept(void **state) {
  (void)state;
  rh_still still = {0};
  assert_false(is(&still, running, "1", "1"));
  assert_false(rh_still_is(&still, "", 0, "1"));
  rh_still_clear(&still);
}

static void the_same_reply_about_another_task_is_recognised_whatever_its_id_s_length(void **state) {
  (void)state;
  rh_still still = {0};
  keep(&still, running, "2013508786110730241");
  assert_true(is(&still, running, "2013508786110730241", "2013508786110730241"));
  assert_true(is(&still, running, "2013508786110730242", "2013508786110730242"));
  assert_true(is(&still, running, "7", "7"));
  rh_still_clear(&still);
}

static void a_reply_about_a_task_that_was_not_asked_for_is_not(void **state) {
  (void)state;
  rh_still still = {0};
  keep(&still, running, "2013508786110730241");
  assert_false(is(&still, running, "2013508786110730242", "2013508786110730243"));
  assert_false(is(&still, running, "20135087861107302411", "2013508786110730241"));
  rh_still_clear(&still);
}

static void any_other_byte_anywhere_makes_it_news(void **state) {
  (void)state;
  rh_still still = {0};
  char text[256];
  int len = snprintf(text, sizeof text, running, "2013508786110730241");
  keep(&still, running, "2013508786110730241");
  for (int i = 0; i < len; i++) {
    text[i] ^= 1;
    assert_false(rh_still_is(&still, text, (size_t)len, "2013508786110730241"));
    text[i] ^= 1;
    assert_false(rh_still_is(&still, text, (size_t)i, "2013508786110730241"));
  }
  assert_true(rh_still_is(&still, text, (size_t)len, "2013508786110730241"));
  rh_still_clear(&still);
}

static void a_reply_that_holds_its_id_twice_or_not_at_all_is_not_kept(void **state) {
  (void)state;
  rh_still still = {0};
  rh_still_keep(&still, "{\"a\":\"12\",\"b\":\"12\"}", 19, "12");
  assert_null(still.text);
  rh_still_keep(&still, "{\"a\":\"13\"}", 10, "12");
  assert_null(still.text);
  rh_still_keep(&still, "{}", 2, "");
  assert_null(still.text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(nothing_is_known_before_one_was_kept),
      cmocka_unit_test(the_same_reply_about_another_task_is_recognised_whatever_its_id_s_length),
      cmocka_unit_test(a_reply_about_a_task_that_was_not_asked_for_is_not),
      cmocka_unit_test(any_other_byte_anywhere_makes_it_news),
      cmocka_unit_test(a_reply_that_holds_its_id_twice_or_not_at_all_is_not_kept),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
