/* Errors: one clean line without secrets, and the table of codes. */
#include "unit.h"
#include "core/error.h"

static void names_are_words(void **state) {
  (void)state;
  assert_string_equal(rhub_status_name(RHUB_OK), "ok");
  assert_string_equal(rhub_status_name(RHUB_CONFIG), "config");
  assert_string_equal(rhub_status_name(RHUB_BUSY), "busy");
  assert_string_equal(rhub_status_name(RHUB_UNKNOWN_OUTCOME), "unknown_outcome");
  assert_string_equal(rhub_status_name(RHUB_IO), "io");
  assert_string_equal(rhub_status_name(RHUB_MISUSE), "misuse");
  assert_string_equal(rhub_status_name((rhub_status)99), "unlisted");
  assert_string_equal(rhub_status_name((rhub_status)-1), "unlisted");
  assert_string_equal(rhub_spent_name(RHUB_SPENT_NO), "no");
  assert_string_equal(rhub_spent_name(RHUB_SPENT_MAYBE), "maybe");
  assert_string_equal(rhub_spent_name(RHUB_SPENT_YES), "yes");
}

static void filling_starts_afresh(void **state) {
  (void)state;
  rhub_error e;
  memset(&e, 0xAA, sizeof e);
  assert_int_equal(rh_fail(&e, RHUB_IO, "%s: %d", "x", 7), RHUB_IO);
  assert_int_equal(e.status, RHUB_IO);
  assert_int_equal(e.spent, RHUB_SPENT_NO);
  assert_int_equal(e.retryable, 0);
  assert_int_equal(e.http_status, 0);
  assert_string_equal(e.code, "");
  assert_string_equal(e.task_id, "");
  assert_string_equal(e.message, "x: 7");
  assert_int_equal(rh_fail(NULL, RHUB_INPUT, "nobody listens"), RHUB_INPUT);
}

static void a_message_may_quote_itself(void **state) {
  (void)state;
  rhub_error e;
  rh_fail(&e, RHUB_IO, "disk full");
  rh_fail(&e, RHUB_IO, "a.png: %s", e.message);
  assert_string_equal(e.message, "a.png: disk full");
}

static void a_message_is_one_clean_line(void **state) {
  (void)state;
  rhub_error e;
  rh_fail(&e, RHUB_IO, "%s", "a\nb\tc\x1b[31m\x7f \xC2\x9B \xFF\xC3 \xE5\x9B\xBE");
  assert_string_equal(e.message, "a b c [31m     ?? \xE5\x9B\xBE");
}

static void long_messages_end_at_a_character(void **state) {
  (void)state;
  char text[1400];
  for (size_t shift = 0; shift < 4; shift++) {
    memset(text, 'x', shift);
    for (size_t i = shift; i + 3 < sizeof text; i += 3) memcpy(text + i, "\xE5\x9B\xBE", 4);
    rhub_error e;
    rh_fail(&e, RHUB_IO, "%s", text);
    size_t len = strlen(e.message);
    assert_true(len > sizeof e.message - 4 && len < sizeof e.message);
    assert_int_equal((len - shift) % 3, 0);
    assert_memory_equal(e.message, text, len);
  }
}

static void codes_and_ids_are_cut_to_fit(void **state) {
  (void)state;
  rhub_error e;
  rh_fail(&e, RHUB_FAILED, "x");
  rh_error_code(&e, "123456789012345678901234567890", 503);
  rh_error_task(&e, "2013508786110730241");
  assert_string_equal(e.code, "12345678901234567890123");
  assert_int_equal(e.http_status, 503);
  assert_string_equal(e.task_id, "2013508786110730241");
  rh_error_task(&e, NULL);
  assert_string_equal(e.task_id, "");
  rh_error_task(NULL, "1");
  rh_error_code(NULL, "1", 0);
}

static void secrets_are_masked(void **state) {
  (void)state;
  static const struct {
    const char *text, *masked;
  } cases[] = {
      {"GET /x?apiKey=0123456789abcdef&webappId=7", "GET /x?apiKey=***&webappId=7"},
      {"{\"apikey\": \"0123456789abcdef\",\"a\":1}", "{\"apikey\": \"***\",\"a\":1}"},
      {"{\\\"apiKey\\\":\\\"0123456789abcdef\\\"}", "{\\\"apiKey\\\":\\\"***\\\"}"},
      {"Authorization: Bearer 0123456789abcdef refused", "Authorization: Bearer *** refused"},
      {"wss://h/ws?clientId=1&Rh-Comfy-Auth=eyJ1c2VyIjoxfQ==",
       "wss://h/ws?clientId=1&Rh-Comfy-Auth=***"},
      {"https://c/o.png?q-signature=ab12&q-ak=x", "https://c/o.png?q-signature=***&q-ak=x"},
      {"https://h/proxy/0123456789abcdef/prompt", "https://h/proxy/***/prompt"},
      {"https://h/proxy-plus/0123456789abcdef", "https://h/proxy-plus/***"},
      {"API Key not found: use an apiKey of this site",
       "API Key not found: use an apiKey of this site"},
      {"a Bearer token", "a Bearer token"},
      {"apikey=", "apikey="},
      {"apikey=a", "apikey=*"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    rhub_error e;
    rh_fail(&e, RHUB_IO, "%s", cases[i].text);
    assert_string_equal(e.message, cases[i].masked);
  }
}

static void the_table_is_complete_and_sorted(void **state) {
  (void)state;
  /* Every code that the service documents, or was seen to answer. */
  static const char *const listed[] = {
      "0",    "1",    "301",  "380",  "412",  "414",  "415",  "416",  "421",  "423",  "433",
      "435",  "436",  "500",  "801",  "802",  "803",  "804",  "805",  "806",  "807",  "808",
      "809",  "810",  "811",  "812",  "813",  "814",  "901",  "1000", "1001", "1002", "1003",
      "1004", "1005", "1006", "1007", "1008", "1009", "1010", "1011", "1012", "1013", "1014",
      "1015", "1101", "1501", "1504", "1505", "1520", ""};
  for (size_t i = 0; i < COUNT(listed); i++) {
    const rh_code *code = rh_code_find(listed[i]);
    assert_non_null(code);
    assert_string_equal(code->code, listed[i]);
    assert_non_null(code->meaning);
  }
  assert_null(rh_code_find("1502"));
  assert_null(rh_code_find("42"));
  assert_null(rh_code_find("InvalidParameter"));
  assert_ptr_equal(rh_code_find(NULL), rh_code_find(""));
}

static void codes_end_as_the_kinds_that_they_are(void **state) {
  (void)state;
  static const struct {
    const char *codes;
    rh_code_class class_;
    rhub_status status;
  } kinds[] = {
      {"412 436 801 802 806 811 1002 1014", RH_CODE_FINAL, RHUB_AUTH},
      {"414 416 812", RH_CODE_FINAL, RHUB_FUNDS},
      {"1 301 380 433 435 803 809 810 901 1001 1007 1008 1009 1101", RH_CODE_FINAL, RHUB_REJECTED},
      {"805 1006 1012 1013 1015 1501 1504 1505", RH_CODE_FINAL, RHUB_FAILED},
      {"421 1520 814", RH_CODE_FULL, RHUB_BUSY},
      {"415", RH_CODE_MACHINES, RHUB_BUSY},
      {"1003", RH_CODE_RATE, RHUB_BUSY},
      {"1010 1011 808", RH_CODE_AGAIN, RHUB_NETWORK},
      {"500 1000 1005", RH_CODE_BROKEN, RHUB_NETWORK},
      {"423 807 1004", RH_CODE_GONE, RHUB_GONE},
      {"804 813", RH_CODE_STATE, RHUB_OK},
      {"0", RH_CODE_OK, RHUB_OK},
  };
  for (size_t i = 0; i < COUNT(kinds); i++) {
    char list[120], *rest = NULL;
    strcpy(list, kinds[i].codes);
    for (char *c = strtok_r(list, " ", &rest); c; c = strtok_r(NULL, " ", &rest)) {
      const rh_code *code = rh_code_find(c);
      assert_non_null(code);
      assert_int_equal(code->class_, kinds[i].class_);
      assert_int_equal(code->status, kinds[i].status);
      if (code->status == RHUB_AUTH) assert_non_null(code->remedy);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(names_are_words, "statuses and spent have names, also those that do not exist"),
      TEST(filling_starts_afresh, "filling an error forgets what it held; nobody may listen"),
      TEST(a_message_may_quote_itself, "a message may quote the one that it replaces"),
      TEST(a_message_is_one_clean_line, "control characters and bad UTF-8 do not get through"),
      TEST(long_messages_end_at_a_character, "a long message is cut at a character"),
      TEST(codes_and_ids_are_cut_to_fit, "codes and task ids fit or are cut"),
      TEST(secrets_are_masked, "keys and signatures are masked, words about keys are not"),
      TEST(the_table_is_complete_and_sorted, "every code of the protocol is listed"),
      TEST(codes_end_as_the_kinds_that_they_are, "each code ends as the kind that it is"),
  };
  return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
