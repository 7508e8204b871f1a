/* Parameters: checked without being read apart, edited without being rewritten. */
#include "unit.h"
#include "core/params.h"

#include <jansson.h>

static rhub_status check(const char *text, rhub_error *error) {
  return rh_params_check(text, strlen(text), error);
}

static void objects_pass(void **state) {
  (void)state;
  static const char *const good[] = {
      "{}",
      " \n\t{ } \r\n",
      "{\"a\":[1,-0,0.5,1e9,-1.25E-3,true,false,null,\"x\",{},[]]}",
      "{\"seed\":18446744073709551615,\"big\":123456789012345678901234567890}",
      "{\"p\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00 \xE5\x9B\xBE\xF0\x9F\x98\x80\"}",
  };
  for (size_t i = 0; i < COUNT(good); i++) assert_int_equal(check(good[i], NULL), RHUB_OK);
}

static void faults_are_named_with_their_place(void **state) {
  (void)state;
  static const struct {
    const char *text, *says;
  } bad[] = {
      {"", "empty"},
      {"[]", "no JSON object"},
      {"\"x\"", "no JSON object"},
      {"{\"a\":1,}", "line 1, column 8: a name in double quotes is missing"},
      {"{\n  \"\xE5\x9B\xBE\": x}", "line 2, column 8: a value is missing"},
      {"{\"a\" 1}", "a ':' is missing"},
      {"{\"a\":1 \"b\":2}", "a ',' or '}' is missing"},
      {"{\"a\":[1 2]}", "a ',' or ']' is missing"},
      {"{\"a\":01}", "a number begins with 0"},
      {"{\"a\":1.}", "a digit is missing"},
      {"{\"a\":NaN}", "a value is missing"},
      {"{\"a\":\"\\x\"}", "no such escape"},
      {"{\"a\":\"\\u12g4\"}", "four hexadecimal digits"},
      {"{\"a\":\"\n\"}", "control character"},
      {"{\"a\":\"\xFF\"}", "no UTF-8"},
      {"{\"a\":\"", "a string has no end"},
      {"{} {}", "text stands behind the end"},
  };
  for (size_t i = 0; i < COUNT(bad); i++) {
    rhub_error error;
    assert_int_equal(check(bad[i].text, &error), RHUB_INPUT);
    assert_int_equal(error.spent, RHUB_SPENT_NO);
    if (!strstr(error.message, bad[i].says)) fail_msg("%s: %s", bad[i].text, error.message);
  }
}

static void nesting_is_bounded(void **state) {
  (void)state;
  char text[2100] = "{\"a\":";
  memset(text + 5, '[', 2000);
  text[2005] = '\0';
  rhub_error error;
  assert_int_equal(check(text, &error), RHUB_INPUT);
  assert_non_null(strstr(error.message, "too many brackets"));
}

static void expect_found(const char *text, const char *pointer, const char *value) {
  size_t start, end;
  bool found = rh_params_find(text, strlen(text), pointer, &start, &end);
  if (!value) {
    assert_false(found);
    return;
  }
  assert_true(found);
  assert_int_equal(end - start, strlen(value));
  assert_memory_equal(text + start, value, end - start);
}

static void pointers_name_values(void **state) {
  (void)state;
  static const char text[] =
      " {\"a\" : \"x\", \"list\": [1, [2 , 3], {\"k\":null}], \"a/b\":1, \"m~n\":2, \"\":3,"
      "\"caf\\u00e9\":4, \"\\ud83d\\ude00\":5, \"q\\\"\\n\":6, \"twice\":7, \"twice\":8, "
      "\"o\":{}} ";
  expect_found(text, "/a", "\"x\"");
  expect_found(text, "/list/0", "1");
  expect_found(text, "/list/1", "[2 , 3]");
  expect_found(text, "/list/1/1", "3");
  expect_found(text, "/list/2/k", "null");
  expect_found(text, "/a~1b", "1");
  expect_found(text, "/m~0n", "2");
  expect_found(text, "/", "3");
  expect_found(text, "/caf\xC3\xA9", "4");
  expect_found(text, "/\xF0\x9F\x98\x80", "5");
  expect_found(text, "/q\"\n", "6");
  expect_found(text, "/twice", "8");
  expect_found("{}", "", "{}");
}

static void pointers_that_lead_nowhere_find_nothing(void **state) {
  (void)state;
  static const char text[] = "{\"a\":\"x\",\"list\":[1],\"none\":[],\"o\":{}}";
  static const char *const nowhere[] = {
      "/b",   "/a/0", "/list/1", "/list/-", "/list/00", "/list/x",         "/none/0",
      "/o/a", "a",    "/a/",     "/A",      "/aa",      "/list/4294967296"};
  for (size_t i = 0; i < COUNT(nowhere); i++) expect_found(text, nowhere[i], NULL);
}

static void expect_text(char *got, size_t len, const char *want) {
  assert_non_null(got);
  assert_string_equal(got, want);
  assert_int_equal(len, strlen(want));
  free(got);
}

static void addresses_take_the_place_of_values_and_nothing_else_changes(void **state) {
  (void)state;
  static const char text[] =
      "{ \"seed\":9007199254740993,\"img\": \"a.png\" ,\"l\":[\"b\",2.50,\"c\"]}\n";
  const char *pointers[] = {"/l/2", "/img", "/l/0"};
  const char *addresses[] = {"https://x/c?a=1&b=\"q\"", "https://x/a\\", "u\n"};
  size_t len;
  char *got = rh_params_place(text, strlen(text), pointers, addresses, 3, &len);
  expect_text(got, len,
              "{ \"seed\":9007199254740993,\"img\": \"https://x/a\\\\\" "
              ",\"l\":[\"u\\u000a\",2.50,\"https://x/c?a=1&b=\\\"q\\\"\"]}\n");
  got = rh_params_place("{}", 2, NULL, NULL, 0, &len);
  expect_text(got, len, "{}");
}

static void a_value_named_twice_is_placed_once(void **state) {
  (void)state;
  const char *pointers[] = {"/a", "/a"};
  const char *addresses[] = {"u", "u"};
  size_t len;
  char *got = rh_params_place("{\"a\":1}", 7, pointers, addresses, 2, &len);
  expect_text(got, len, "{\"a\":\"u\"}");
}

static void a_field_is_added_or_replaced(void **state) {
  (void)state;
  size_t len;
  char *got = rh_params_with(NULL, 0, "taskId", "2013", &len);
  expect_text(got, len, "{\"taskId\":\"2013\"}");
  got = rh_params_with(" { } ", 5, "k", "v\"", &len);
  expect_text(got, len, " {\"k\":\"v\\\"\" } ");
  got = rh_params_with("{\"a\":1}", 7, "k", "v", &len);
  expect_text(got, len, "{\"k\":\"v\",\"a\":1}");
  got = rh_params_with("{\"k\":\"theirs\",\"a\":1}", 20, "k", "ours", &len);
  expect_text(got, len, "{\"k\":\"ours\",\"a\":1}");
}

static void expect_sorted(const char *text) {
  json_t *tree = json_loads(text, JSON_ALLOW_NUL, NULL);
  char *want = tree ? json_dumps(tree, JSON_SORT_KEYS | JSON_COMPACT) : strdup(text);
  char *got = rh_params_identity(text, strlen(text), NULL, 0);
  assert_string_equal(got, want);
  free(got);
  free(want);
  json_decref(tree);
}

/* Keys of journals are made of it: it may never change. */
static void what_calls_have_in_common_is_as_jansson_sorts_it(void **state) {
  (void)state;
  static const char *const texts[] = {
      "{}",
      " { } ",
      "{\"b\":1,\"a\":\"x\"}",
      "\t{ \"b\" :\r\n true , \"a!\" : null, \"a\" : false,\"\":-1 }\n",
      "{\"a\":1,\"b\":2,\"a\":3}",
      "{\"a\":-0,\"b\":0}",
      "{\"a\":123456789012345678,\"b\":1234567890123456789}",
      "{\"b\":18446744073709551615,\"a\":1}",
      "{\"a\":1.50,\"b\":1e2,\"c\":1E2,\"d\":0.1}",
      "{\"b\":\"\\u00e9\\n\",\"a\":\"\\/\"}",
      "{\"\\u0061\":1,\"a\":2}",
      "{\"b\":\"\xE5\x9B\xBE\x7f\",\"\xF0\x9F\x98\x80\":\"/\"}",
      "{\"b\":[1, 2],\"a\":{\"d\":1,\"c\":2}}",
  };
  for (size_t i = 0; i < COUNT(texts); i++) expect_sorted(texts[i]);
}

static void any_flat_object_is_sorted_as_jansson_does_it(void **state) {
  (void)state;
  static const char *const values[] = {"1",    "-7",   "\"\"", "\"a b\"",
                                       "true", "null", "0",    "\"{,:\""};
  static const char *const spaces[] = {"", "", " ", "\n\t"};
  unsigned seed = 1;
  for (int round = 0; round < 5000; round++) {
    char text[4000], *p = text;
    int members = rand_r(&seed) % 40;
    *p++ = '{';
    for (int i = 0; i < members; i++) {
      char name[4] = {0};
      for (int c = 0, len = rand_r(&seed) % 4; c < len; c++) name[c] = "ab!~"[rand_r(&seed) % 4];
      p += sprintf(p, "%s%s\"%s\"%s:%s%s", i ? "," : "", spaces[rand_r(&seed) % 4], name,
                   spaces[rand_r(&seed) % 4], spaces[rand_r(&seed) % 4],
                   values[rand_r(&seed) % COUNT(values)]);
    }
    strcpy(p, "}");
    expect_sorted(text);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(objects_pass, "one JSON object passes, numbers of any length included"),
      TEST(faults_are_named_with_their_place, "anything else is refused with line and column"),
      TEST(nesting_is_bounded, "2000 brackets inside each other are refused"),
      TEST(pointers_name_values, "a pointer finds its value through escapes and lists"),
      TEST(pointers_that_lead_nowhere_find_nothing, "a pointer that leads nowhere finds nothing"),
      TEST(addresses_take_the_place_of_values_and_nothing_else_changes,
           "addresses take the place of values and no other byte changes"),
      TEST(a_value_named_twice_is_placed_once, "a value that is named twice is placed once"),
      TEST(a_field_is_added_or_replaced, "a field is added once, or replaced"),
      TEST(what_calls_have_in_common_is_as_jansson_sorts_it,
           "what equal calls have in common is written and sorted as jansson does it"),
      TEST(any_flat_object_is_sorted_as_jansson_does_it,
           "so is any flat object, whatever its names, values and spaces"),
  };
  return cmocka_run_group_tests_name("params", tests, NULL, NULL);
}
