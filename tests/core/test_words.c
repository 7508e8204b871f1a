/* What replies say about graphs: ComfyUI's node errors, wherever and however they come. */
#include "unit.h"

#include "core/reply.h"

#include <jansson.h>
#include <stdlib.h>

#define NODE_6                                                                               \
  "\"6\":{\"errors\":[{\"type\":\"required_input_missing\",\"message\":\"Required input is " \
  "missing\",\"details\":\"text\",\"extra_info\":{\"input_name\":\"text\"}}],"               \
  "\"dependent_outputs\":[\"9\"],\"class_type\":\"CLIPTextEncode\"}"
#define SAID_6 "node 6 (CLIPTextEncode): Required input is missing: text"
#define NODE_3                                                                                  \
  "\"3\":{\"errors\":[{\"type\":\"value_smaller_than_min\",\"message\":\"Value 0 smaller than " \
  "min of 1\",\"details\":\"steps\"},{\"type\":\"only_a_type\",\"message\":\"\",\"details\":"   \
  "\"\"}],\"class_type\":\"KSampler\"}"
#define SAID_3 "node 3 (KSampler): Value 0 smaller than min of 1: steps; only_a_type"

/* `json` as a JSON string, malloc. */
static char *quoted(const char *json) {
  json_t *text = json_string(json);
  char *out = json_dumps(text, JSON_ENCODE_ANY);
  json_decref(text);
  return out;
}

/* Parses `format` with `json` for %s, as it is or as a string. */
static rh_reply parse(const char *format, const char *json, bool as_text) {
  char *text = as_text ? quoted(json) : strdup(json), *body;
  rh_reply reply;
  assert_true(asprintf(&body, format, text) > 0);
  if (rh_reply_parse(body, strlen(body), true, &reply) != RH_PARSE_OK) fail_msg("%s", body);
  free(text);
  free(body);
  return reply;
}

static void says(const char *format, const char *json, const char *reason, const char *nodes) {
  for (int as_text = 0; as_text < 2; as_text++) {
    rh_reply reply = parse(format, json, as_text);
    assert_string_equal(reply.reason, reason);
    assert_string_equal(reply.node_errors, nodes);
    rh_reply_clear(&reply);
  }
}

#define REFUSED "{\"code\":433,\"msg\":\"VALIDATE_PROMPT_FAILED\",\"data\":%s}"
#define FLAT    "{\"taskId\":\"\",\"status\":\"\",\"errorCode\":\"433\",\"promptTips\":%s}"
#define TAKEN   "{\"code\":0,\"data\":{\"taskId\":\"7\",\"taskStatus\":\"QUEUED\",\"promptTips\":%s}}"

static void nodes_are_named_with_what_is_wrong_in_them(void **state) {
  (void)state;
  static const char *const formats[] = {REFUSED, FLAT};
  for (size_t i = 0; i < COUNT(formats); i++) {
    says(formats[i], "{" NODE_6 "}", SAID_6, SAID_6);
    says(formats[i], "{" NODE_3 "," NODE_6 "}", SAID_3 "; " SAID_6, SAID_3 "; " SAID_6);
    says(formats[i], "{\"error\":{\"message\":\"whole\"},\"node_errors\":{" NODE_6 "}}", SAID_6,
         SAID_6);
    says(formats[i],
         "{\"node_errors\":\"{\\\"1\\\":{\\\"errors\\\":[{\\\"message\\\":\\\"m\\\"}]}}\"}",
         "node 1: m", "node 1: m");
  }
}

static void what_is_wrong_with_the_whole_is_said_where_no_node_is(void **state) {
  (void)state;
  says(REFUSED,
       "{\"error\":{\"type\":\"t\",\"message\":\"Prompt has no outputs\",\"details\":\"none\"},"
       "\"node_errors\":{}}",
       "Prompt has no outputs: none", "Prompt has no outputs: none");
}

static void an_accepted_graph_tells_its_nodes_but_no_reason(void **state) {
  (void)state;
  says(TAKEN, "{\"result\":true,\"error\":null,\"node_errors\":{" NODE_6 "}}", "", SAID_6);
  says(TAKEN,
       "{\"result\": true, \"error\": null, \"outputs_to_execute\": [\"4\"], \"node_errors\": {}}",
       "", "");
  says(TAKEN, "{}", "", "");
  says("{\"taskId\":\"7\",\"status\":\"RUNNING\",\"errorCode\":\"\",\"promptTips\":%s}",
       "{\"node_errors\":{" NODE_6 "}}", "", SAID_6);
}

static void a_message_that_holds_them_is_read_too(void **state) {
  (void)state;
  static const char *const formats[] = {
      "{\"code\":433,\"msg\":%s,\"data\":null}",
      "{\"taskId\":\"\",\"status\":\"\",\"errorCode\":\"433\",\"errorMessage\":%s}",
  };
  for (size_t i = 0; i < COUNT(formats); i++) {
    rh_reply reply = parse(formats[i], "{" NODE_6 "}", true);
    assert_string_equal(reply.reason, SAID_6);
    rh_reply_clear(&reply);
  }
}

static void what_cannot_be_read_is_told_as_it_came(void **state) {
  (void)state;
  static const struct {
    const char *json;
    bool as_text;
    const char *reason;
  } cases[] = {
      {"node 6 is bad", true, "node 6 is bad"},
      {"{\"6\":", true, "{\"6\":"},
      {"{\"a\": [1, 2]}", false, "{\"a\": [1, 2]}"},
      {"[{\"a\":1}]", false, "[{\"a\":1}]"},
      {"null", false, ""},
      {"{}", true, "{}"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    rh_reply reply = parse(REFUSED, cases[i].json, cases[i].as_text);
    assert_string_equal(reply.reason, cases[i].reason);
    assert_string_equal(reply.node_errors, "");
    rh_reply_clear(&reply);
  }
  rh_reply reply = parse("{\"code\":803,\"msg\":\"m\",\"data\":%s}", "something", true);
  assert_string_equal(reply.reason, ""); /* only 433 is known to tell of nodes there */
  rh_reply_clear(&reply);
}

static void it_is_one_line_and_bounded(void **state) {
  (void)state;
  char *json = malloc(100000), *at = json;
  at += sprintf(at, "{");
  for (int i = 0; i < 200; i++)
    at += sprintf(
        at,
        "\"%d\":{\"errors\":[{\"message\":\"a\\nb\\u0007\xE4\xB8\xAD\",\"details\":\"%0300d\"}]},",
        i, i);
  sprintf(at, "\"x\":1}");
  rh_reply reply = parse(REFUSED, json, true);
  assert_true(strlen(reply.reason) > 500 && strlen(reply.reason) <= 600);
  assert_null(strpbrk(reply.reason, "\n\a"));
  assert_non_null(strstr(reply.reason, "node 0: a b \xE4\xB8\xAD: 000"));
  assert_non_null(strstr(reply.reason, "000...; node 1: "));
  rh_reply_clear(&reply);
  free(json);
}

static void odd_shapes_do_no_harm(void **state) {
  (void)state;
  static const char *const odd[] = {
      "{\"6\":{\"errors\":{}}}",
      "{\"6\":{\"errors\":[]}}",
      "{\"6\":{\"errors\":\"x\"}}",
      "{\"6\":null,\"7\":[],\"8\":\"x\"}",
      "{\"node_errors\":{\"node_errors\":{\"node_errors\":{\"node_errors\":{\"node_errors\":{}}}}}"
      "}",
      "{\"node_errors\":null,\"error\":\"text\"}",
      "[[[[]]]]",
  };
  for (size_t i = 0; i < COUNT(odd); i++) {
    rh_reply reply = parse(REFUSED, odd[i], false);
    assert_string_equal(reply.node_errors, "");
    assert_string_equal(reply.reason, odd[i]);
    rh_reply_clear(&reply);
  }
  rh_reply reply = parse(
      REFUSED, "{\"6\":{\"errors\":[1,null,\"x\",{},{\"message\":5}],\"class_type\":7}}", false);
  assert_string_equal(reply.reason, "node 6 (7): 5");
  rh_reply_clear(&reply);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(nodes_are_named_with_what_is_wrong_in_them,
           "nodes are named with what is wrong in them"),
      TEST(what_is_wrong_with_the_whole_is_said_where_no_node_is,
           "what is wrong with the whole is said where no node is"),
      TEST(an_accepted_graph_tells_its_nodes_but_no_reason,
           "an accepted graph tells its nodes, but no reason"),
      TEST(a_message_that_holds_them_is_read_too, "a message that holds them is read too"),
      TEST(what_cannot_be_read_is_told_as_it_came, "what cannot be read is told as it came"),
      TEST(it_is_one_line_and_bounded, "it is one line, and bounded"),
      TEST(odd_shapes_do_no_harm, "odd shapes do no harm"),
  };
  return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
