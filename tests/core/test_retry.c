/* What a reply means for the next step: what each answer to a submit leads to, row by row, and
 * what polls and other calls make of the same replies. */
#include "unit.h"
#include "core/error.h"
#include "core/retry.h"

#include <stdbool.h>

#define MODEL "kling-video-o1/image-to-video"
#define ID    "2013508786110730241"

typedef rh_verdict judging(const rh_exchange *, const rh_reply *, const char *, rhub_error *);

static rhub_error error;

/* Judges one HTTP reply; `body` may be NULL. */
static rh_verdict answered(judging *judge, const char *name, int status, const char *body) {
  rh_exchange x = {.wire = RH_WIRE_REPLY,
                   .http_status = status,
                   .retry_after = -1,
                   .body = body,
                   .body_len = body ? strlen(body) : 0,
                   .host = "www.runninghub.ai"};
  rh_reply reply;
  bool parsed = rh_reply_parse(x.body, x.body_len, false, &reply) == RH_PARSE_OK;
  memset(&error, 0, sizeof error);
  rh_verdict verdict = judge(&x, parsed ? &reply : NULL, name, &error);
  if (parsed) rh_reply_clear(&reply);
  return verdict;
}

static rh_verdict ended(judging *judge, const char *name, rh_wire wire) {
  rh_exchange x = {.wire = wire,
                   .retry_after = -1,
                   .message = "what the wire says",
                   .host = "www.runninghub.cn"};
  memset(&error, 0, sizeof error);
  return judge(&x, NULL, name, &error);
}

static const char *rejection(const char *code) {
  static char body[200];
  snprintf(body, sizeof body,
           "{\"taskId\":\"\",\"status\":\"\",\"errorCode\":\"%s\",\"errorMessage\":\"its words\"}",
           code);
  return body;
}

static void expect_error(rhub_status status, rhub_spent spent) {
  if (error.status != status || error.spent != spent)
    fail_msg("%s, spent %s: %s", rhub_status_name(error.status), rhub_spent_name(error.spent),
             error.message);
  assert_true(*error.message != '\0');
}

/* ---- submits ------------------------------------------------------------------------------- */

static void a_task_id_is_an_acceptance(void **state) {
  (void)state;
  static const struct {
    int status;
    const char *body;
  } cases[] = {
      {200, "{\"taskId\":\"" ID "\",\"status\":\"RUNNING\",\"errorCode\":\"\"}"},
      {200, "{\"taskId\":\"" ID "\",\"status\":\"SUCCESS\",\"results\":[{\"url\":\"https://x\"}]}"},
      {200, "{\"taskId\":\"" ID "\",\"status\":\"FAILED\",\"errorCode\":\"1501\"}"},
      {200, "{\"taskId\":\"" ID "\",\"status\":\"\",\"errorCode\":\"1000\"}"},
      {200, "{\"taskId\":\"" ID "\",\"status\":\"\",\"errorCode\":\"421\"}"},
      {200, "{\"code\":0,\"data\":{\"taskId\":" ID ",\"taskStatus\":\"QUEUED\"}}"},
      {500, "{\"taskId\":\"" ID "\"}"},
      {200, "{\"taskId\":\"\",\"status\":\"SUCCESS\",\"results\":[{\"url\":\"https://x\"}]}"},
  };
  for (size_t i = 0; i < COUNT(cases); i++)
    assert_int_equal(answered(rh_judge_submit, MODEL, cases[i].status, cases[i].body), RH_ACCEPTED);
}

static void a_listed_code_decides_whatever_the_http_status(void **state) {
  (void)state;
  static const struct {
    const char *codes;
    rh_verdict verdict;
    rhub_status status;
    rhub_spent spent;
  } rows[] = {
      {"421 1520 814", RH_FULL, RHUB_BUSY, RHUB_SPENT_NO},
      {"415", RH_MACHINES, RHUB_BUSY, RHUB_SPENT_NO},
      {"1003", RH_SLOWER, RHUB_BUSY, RHUB_SPENT_NO},
      {"1010 1011 808", RH_AGAIN, RHUB_NETWORK, RHUB_SPENT_NO},
      {"412 436 801 802 806 811 1002 1014", RH_FATAL, RHUB_AUTH, RHUB_SPENT_NO},
      {"414 416 812", RH_FATAL, RHUB_FUNDS, RHUB_SPENT_NO},
      {"1 301 380 433 435 803 809 810 901 1001 1007 1008 1009 1101 1501", RH_FATAL, RHUB_REJECTED,
       RHUB_SPENT_NO},
      {"805", RH_FATAL, RHUB_REJECTED, RHUB_SPENT_YES},
      {"1006 1012 1013 1015 1504 1505 423 807 1004", RH_FATAL, RHUB_REJECTED, RHUB_SPENT_MAYBE},
      {"500 1000 1005 804 813", RH_UNKNOWN, RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE},
  };
  static const int http[] = {200, 400, 403, 429, 500, 503};
  for (size_t i = 0; i < COUNT(rows); i++) {
    char list[120], *rest = NULL;
    strcpy(list, rows[i].codes);
    for (char *code = strtok_r(list, " ", &rest); code; code = strtok_r(NULL, " ", &rest))
      for (size_t h = 0; h < COUNT(http); h++) {
        if (strcmp(code, "804") == 0 || strcmp(code, "813") == 0 || strcmp(code, "805") == 0)
          if (http[h] != 200) continue;
        rh_verdict verdict = answered(rh_judge_submit, MODEL, http[h], rejection(code));
        if (verdict != rows[i].verdict)
          fail_msg("%s: verdict %d: %s", code, verdict, error.message);
        expect_error(rows[i].status, rows[i].spent);
        assert_string_equal(error.code, code);
        assert_int_equal(error.http_status, http[h]);
        assert_non_null(strstr(error.message, MODEL));
        assert_non_null(strstr(error.message, code));
        assert_non_null(strstr(error.message, "its words"));
      }
  }
}

static void legacy_rejections_decide_too(void **state) {
  (void)state;
  assert_int_equal(answered(rh_judge_submit, MODEL, 200,
                            "{\"code\":421,\"msg\":\"TASK_QUEUE_MAXED\",\"data\":null}"),
                   RH_FULL);
  assert_int_equal(answered(rh_judge_submit, MODEL, 200,
                            "{\"code\":0,\"msg\":\"success\",\"data\":{\"taskId\":\"\","
                            "\"errorCode\":\"812\",\"errorMessage\":\"EMPTY\"}}"),
                   RH_FATAL);
  expect_error(RHUB_FUNDS, RHUB_SPENT_NO);
}

static void without_a_listed_code_the_http_status_decides(void **state) {
  (void)state;
  static const struct {
    int http;
    const char *body;
    rh_verdict verdict;
    rhub_status status;
    rhub_spent spent;
  } rows[] = {
      {429, "", RH_SLOWER, RHUB_BUSY, RHUB_SPENT_NO},
      {429, "{\"errorCode\":\"7777\"}", RH_SLOWER, RHUB_BUSY, RHUB_SPENT_NO},
      {401, "", RH_FATAL, RHUB_AUTH, RHUB_SPENT_NO},
      {403, "<html>", RH_FATAL, RHUB_AUTH, RHUB_SPENT_NO},
      {400, "", RH_FATAL, RHUB_REJECTED, RHUB_SPENT_NO},
      {404, "{\"status\":404,\"error\":\"Not Found\"}", RH_FATAL, RHUB_REJECTED, RHUB_SPENT_NO},
      {413, "", RH_FATAL, RHUB_REJECTED, RHUB_SPENT_NO},
      {422, "{\"errorCode\":\"7777\"}", RH_FATAL, RHUB_REJECTED, RHUB_SPENT_NO},
      {301, "", RH_FATAL, RHUB_PROTOCOL, RHUB_SPENT_NO},
      {302, "<html>", RH_FATAL, RHUB_PROTOCOL, RHUB_SPENT_NO},
      {500, "", RH_UNKNOWN, RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE},
      {502, "<html>Bad Gateway</html>", RH_UNKNOWN, RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE},
      {503, "{\"errorCode\":\"7777\"}", RH_UNKNOWN, RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE},
      {200, "", RH_UNKNOWN, RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE},
      {200, "<html>", RH_UNKNOWN, RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE},
      {200, "{\"taskId\":\"2013", RH_UNKNOWN, RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE},
      {200, "{\"taskId\":\"\",\"status\":\"RUNNING\"}", RH_UNKNOWN, RHUB_UNKNOWN_OUTCOME,
       RHUB_SPENT_MAYBE},
      {200, "{\"code\":0,\"msg\":\"success\",\"data\":null}", RH_UNKNOWN, RHUB_UNKNOWN_OUTCOME,
       RHUB_SPENT_MAYBE},
      {204, "", RH_UNKNOWN, RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE},
      {200, "{\"errorCode\":\"7777\",\"errorMessage\":\"new\"}", RH_FATAL, RHUB_REJECTED,
       RHUB_SPENT_MAYBE},
      {200, "{\"code\":\"InvalidParameter\",\"message\":\"new\"}", RH_FATAL, RHUB_REJECTED,
       RHUB_SPENT_MAYBE},
      {200, "{\"taskId\":\"\",\"status\":\"FAILED\"}", RH_FATAL, RHUB_REJECTED, RHUB_SPENT_MAYBE},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    rh_verdict verdict = answered(rh_judge_submit, MODEL, rows[i].http, rows[i].body);
    if (verdict != rows[i].verdict)
      fail_msg("HTTP %d %s: verdict %d: %s", rows[i].http, rows[i].body, verdict, error.message);
    expect_error(rows[i].status, rows[i].spent);
    assert_int_equal(error.http_status, rows[i].http);
  }
}

static void a_lost_submit_is_unknown_unless_nothing_left(void **state) {
  (void)state;
  assert_int_equal(ended(rh_judge_submit, MODEL, RH_WIRE_UNSENT), RH_AGAIN);
  expect_error(RHUB_NETWORK, RHUB_SPENT_NO);
  assert_true(error.retryable);
  assert_int_equal(ended(rh_judge_submit, MODEL, RH_WIRE_REFUSED), RH_FATAL);
  expect_error(RHUB_CONFIG, RHUB_SPENT_NO);
  static const rh_wire lost[] = {RH_WIRE_LOST, RH_WIRE_TIMEOUT, RH_WIRE_TOO_LARGE, RH_WIRE_SINK,
                                 RH_WIRE_SOURCE};
  for (size_t i = 0; i < COUNT(lost); i++) {
    assert_int_equal(ended(rh_judge_submit, MODEL, lost[i]), RH_UNKNOWN);
    expect_error(RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE);
    assert_false(error.retryable);
    assert_non_null(strstr(error.message, "what the wire says"));
    assert_non_null(strstr(error.message, "it was not sent again"));
    assert_non_null(strstr(error.message, "https://www.runninghub.cn/call-api/"));
  }
}

/* ---- queries ------------------------------------------------------------------------------- */

static void a_status_speaks_of_the_task(void **state) {
  (void)state;
  static const char *const statuses[] = {"CREATE", "QUEUED", "RUNNING", "SUCCESS",
                                         "FAILED", "CANCEL", "NEW ONE"};
  for (size_t i = 0; i < COUNT(statuses); i++) {
    char body[200];
    snprintf(body, sizeof body, "{\"taskId\":\"" ID "\",\"status\":\"%s\",\"errorCode\":\"1000\"}",
             statuses[i]);
    assert_int_equal(answered(rh_judge_query, ID, 200, body), RH_ACCEPTED);
  }
  assert_int_equal(answered(rh_judge_query, ID, 200,
                            "{\"code\":804,\"msg\":\"APIKEY_TASK_IS_RUNNING\",\"data\":null}"),
                   RH_ACCEPTED);
}

static void a_failed_poll_is_not_a_failed_task(void **state) {
  (void)state;
  static const char *const codes[] = {"1",    "301",  "415",  "500",  "1000", "1001", "1005",
                                      "1007", "1008", "1009", "1010", "1011", "1012", "7777"};
  for (size_t i = 0; i < COUNT(codes); i++) {
    assert_int_equal(answered(rh_judge_query, ID, 200, rejection(codes[i])), RH_AGAIN);
    assert_int_equal(error.spent, RHUB_SPENT_MAYBE);
    assert_string_equal(error.code, codes[i]);
    assert_string_equal(error.task_id, ID);
  }
  static const int https[] = {200, 204, 301, 400, 403, 404, 408, 500, 502, 503, 504};
  for (size_t i = 0; i < COUNT(https); i++) {
    assert_int_equal(answered(rh_judge_query, ID, https[i], "<html>"), RH_AGAIN);
    assert_int_equal(answered(rh_judge_query, ID, https[i], ""), RH_AGAIN);
    assert_int_equal(error.spent, RHUB_SPENT_MAYBE);
    assert_true(error.retryable);
  }
  for (int wire = RH_WIRE_UNSENT; wire <= RH_WIRE_SOURCE; wire++) {
    assert_int_equal(ended(rh_judge_query, ID, (rh_wire)wire), RH_AGAIN);
    assert_int_equal(error.spent, RHUB_SPENT_MAYBE);
  }
  assert_int_equal(answered(rh_judge_query, ID, 429, ""), RH_SLOWER);
  assert_int_equal(answered(rh_judge_query, ID, 200, rejection("1003")), RH_SLOWER);
  assert_int_equal(answered(rh_judge_query, ID, 200, rejection("421")), RH_SLOWER);
}

static void only_a_gone_task_or_a_refused_key_ends_the_asking(void **state) {
  (void)state;
  static const char *const gone[] = {"1004", "423", "807"};
  for (size_t i = 0; i < COUNT(gone); i++) {
    assert_int_equal(answered(rh_judge_query, ID, 200, rejection(gone[i])), RH_FATAL);
    expect_error(RHUB_GONE, RHUB_SPENT_MAYBE);
    assert_string_equal(error.task_id, ID);
  }
  static const char *const keys[] = {"1002", "802", "806", "801", "1014"};
  for (size_t i = 0; i < COUNT(keys); i++) {
    assert_int_equal(answered(rh_judge_query, ID, 200, rejection(keys[i])), RH_FATAL);
    expect_error(RHUB_AUTH, RHUB_SPENT_MAYBE);
    assert_non_null(strstr(error.message, ID));
  }
  assert_int_equal(answered(rh_judge_query, ID, 401, ""), RH_FATAL);
  expect_error(RHUB_AUTH, RHUB_SPENT_MAYBE);
  /* 1004 beside a status is the task's own */
  assert_int_equal(answered(rh_judge_query, ID, 200,
                            "{\"taskId\":\"" ID "\",\"status\":\"FAILED\",\"errorCode\":\"1004\"}"),
                   RH_ACCEPTED);
}

static void an_answer_about_another_task_is_not_taken(void **state) {
  (void)state;
  assert_int_equal(answered(rh_judge_query, ID, 200, "{\"taskId\":\"7\",\"status\":\"SUCCESS\"}"),
                   RH_AGAIN);
  expect_error(RHUB_PROTOCOL, RHUB_SPENT_MAYBE);
  assert_int_equal(answered(rh_judge_query, "007", 200, "{\"taskId\":7,\"status\":\"SUCCESS\"}"),
                   RH_ACCEPTED);
  assert_int_equal(answered(rh_judge_query, ID, 200, "{\"status\":\"SUCCESS\"}"), RH_ACCEPTED);
  assert_int_equal(answered(rh_judge_query, ID, 200, "{\"taskId\":\"a-b\",\"status\":\"SUCCESS\"}"),
                   RH_ACCEPTED);
}

/* ---- other calls --------------------------------------------------------------------------- */

static void calls_succeed_wait_or_end(void **state) {
  (void)state;
  static const struct {
    int http;
    const char *body;
    rh_verdict verdict;
    rhub_status status;
  } rows[] = {
      {200, "{\"code\":0,\"msg\":\"success\",\"data\":{}}", RH_ACCEPTED, RHUB_OK},
      {200, "{\"code\":200,\"data\":{}}", RH_ACCEPTED, RHUB_OK},
      {200, "{\"errorCode\":\"\",\"estimatedPrice\":0.14}", RH_ACCEPTED, RHUB_OK},
      {200, "{\"code\":804,\"msg\":\"\",\"data\":null}", RH_ACCEPTED, RHUB_OK},
      {200, "{\"code\":1003,\"msg\":\"\"}", RH_SLOWER, RHUB_BUSY},
      {200, "{\"code\":500,\"msg\":\"\"}", RH_AGAIN, RHUB_NETWORK},
      {200, "{\"code\":808,\"msg\":\"\"}", RH_AGAIN, RHUB_NETWORK},
      {200, "{\"code\":1011,\"msg\":\"\"}", RH_AGAIN, RHUB_NETWORK},
      {200, "{\"code\":1,\"msg\":\"API Key\"}", RH_FATAL, RHUB_REJECTED},
      {200, "{\"code\":802,\"msg\":\"\"}", RH_FATAL, RHUB_AUTH},
      {200, "{\"code\":809,\"msg\":\"\"}", RH_FATAL, RHUB_REJECTED},
      {200, "{\"code\":807,\"msg\":\"\"}", RH_FATAL, RHUB_GONE},
      {200, "{\"code\":7777,\"msg\":\"new\"}", RH_FATAL, RHUB_REJECTED},
      {200, "<html>", RH_AGAIN, RHUB_PROTOCOL},
      {200, "", RH_AGAIN, RHUB_PROTOCOL},
      {302, "", RH_FATAL, RHUB_PROTOCOL},
      {401, "", RH_FATAL, RHUB_AUTH},
      {404, "", RH_FATAL, RHUB_REJECTED},
      {408, "", RH_AGAIN, RHUB_NETWORK},
      {413, "", RH_FATAL, RHUB_REJECTED},
      {429, "", RH_SLOWER, RHUB_BUSY},
      {500, "{\"code\":0}", RH_AGAIN, RHUB_NETWORK},
      {503, "<html>", RH_AGAIN, RHUB_NETWORK},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    rh_verdict verdict = answered(rh_judge_call, "account", rows[i].http, rows[i].body);
    if (verdict != rows[i].verdict)
      fail_msg("HTTP %d %s: verdict %d: %s", rows[i].http, rows[i].body, verdict, error.message);
    if (verdict == RH_ACCEPTED) continue;
    expect_error(rows[i].status, RHUB_SPENT_NO);
    assert_int_equal(error.retryable, verdict != RH_FATAL);
  }
}

static void calls_that_break_are_made_again(void **state) {
  (void)state;
  static const struct {
    rh_wire wire;
    rh_verdict verdict;
    rhub_status status;
  } rows[] = {
      {RH_WIRE_UNSENT, RH_AGAIN, RHUB_NETWORK},  {RH_WIRE_LOST, RH_AGAIN, RHUB_NETWORK},
      {RH_WIRE_TIMEOUT, RH_AGAIN, RHUB_NETWORK}, {RH_WIRE_TOO_LARGE, RH_FATAL, RHUB_PROTOCOL},
      {RH_WIRE_REFUSED, RH_FATAL, RHUB_CONFIG},  {RH_WIRE_SINK, RH_FATAL, RHUB_IO},
      {RH_WIRE_SOURCE, RH_FATAL, RHUB_IO},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    assert_int_equal(ended(rh_judge_call, "upload a.png", rows[i].wire), rows[i].verdict);
    expect_error(rows[i].status, RHUB_SPENT_NO);
    assert_string_equal(error.message, "upload a.png: what the wire says");
  }
}

/* ---- words and pauses ---------------------------------------------------------------------- */

static void messages_name_the_thing_the_value_and_the_remedy(void **state) {
  (void)state;
  answered(rh_judge_submit, MODEL, 200, rejection("812"));
  assert_string_equal(error.message, MODEL ": the enterprise wallet is empty (812: its words); top "
                                           "up the account, then try again");
  answered(rh_judge_submit, MODEL, 404, "");
  assert_string_equal(error.message, MODEL ": the service answered HTTP 404");
  char body[2000] = "{\"errorCode\":\"1007\",\"errorMessage\":\"";
  for (int i = 0; i < 500; i++) strcat(body, "\xE5\x9B\xBE");
  strcat(body, "\"}");
  answered(rh_judge_submit, MODEL, 200, body);
  assert_non_null(strstr(error.message, "\xE5\x9B\xBE); compare the parameters"));
}

static void pauses_double_with_jitter_within_bounds(void **state) {
  (void)state;
  assert_true(rh_pause(2, 60, 0, 0.5, -1) == 2);
  assert_true(rh_pause(2, 60, 1, 0.5, -1) == 4);
  assert_true(rh_pause(2, 60, 4, 0.5, -1) == 32);
  assert_true(rh_pause(2, 60, 5, 0.5, -1) == 60);
  assert_true(rh_pause(2, 60, 4000000000u, 0.5, -1) == 60);
  assert_true(rh_pause(2, 60, 0, 0, -1) == 1.5);
  assert_true(rh_pause(2, 60, 0, 1, -1) == 2.5);
  assert_true(rh_pause(2, 60, 9, 1, -1) == 60);
  assert_true(rh_pause(0, 0, 4000000000u, 1, -1) == 0);
  assert_true(rh_pause(2, 60, 0, 0.5, 90) == 90);
  assert_true(rh_pause(2, 60, 0, 0.5, 1) == 2);
  assert_true(rh_pause(2, 60, 0, 0.5, 1e9) == 3600);
  assert_true(rh_pause(2, 60, 0, 0.5, 0) == 2);
}

static void a_code_is_told_for_who_reads_raw_replies(void **state) {
  (void)state;
  static const char *const fine[] = {"", "0", "804", "813"};
  memset(&error, 7, sizeof error);
  rhub_error before = error;
  for (size_t i = 0; i < COUNT(fine); i++)
    assert_int_equal(rhub_code_error(fine[i], "it", "said", &error), RHUB_OK);
  assert_memory_equal(&before, &error, sizeof error);
  assert_int_equal(rhub_code_error("807", "task 7", "NOT_FOUND", &error), RHUB_GONE);
  expect_error(RHUB_GONE, RHUB_SPENT_NO);
  assert_string_equal(error.code, "807");
  assert_non_null(strstr(error.message, "task 7: the service knows no such task"));
  assert_non_null(strstr(error.message, "(807: NOT_FOUND)"));
  assert_int_equal(rhub_code_error("1003", "it", NULL, &error), RHUB_BUSY);
  assert_int_equal(error.retryable, 1);
  assert_int_equal(rhub_code_error("4711", "it", "what", &error), RHUB_REJECTED);
  expect_error(RHUB_REJECTED, RHUB_SPENT_MAYBE);
  assert_non_null(strstr(error.message, "it: the service refused the call (4711: what)"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(a_task_id_is_an_acceptance,
           "a submit with a task id is accepted, whatever else it says"),
      TEST(a_listed_code_decides_whatever_the_http_status,
           "a submit's listed code decides, whatever the HTTP status"),
      TEST(legacy_rejections_decide_too, "codes decide in both shapes"),
      TEST(without_a_listed_code_the_http_status_decides,
           "without a listed code the HTTP status decides about a submit"),
      TEST(a_lost_submit_is_unknown_unless_nothing_left,
           "a lost submit is unknown unless no byte of it left"),
      TEST(a_code_is_told_for_who_reads_raw_replies, "what a code means is told for raw replies"),
      TEST(a_status_speaks_of_the_task, "a poll with a status speaks of the task"),
      TEST(a_failed_poll_is_not_a_failed_task, "a failed poll is not a failed task"),
      TEST(only_a_gone_task_or_a_refused_key_ends_the_asking,
           "only a gone task or a refused key ends the asking"),
      TEST(an_answer_about_another_task_is_not_taken, "an answer about another task is not taken"),
      TEST(calls_succeed_wait_or_end, "other calls succeed, are made again, or end"),
      TEST(calls_that_break_are_made_again, "calls that break on the way are made again"),
      TEST(messages_name_the_thing_the_value_and_the_remedy,
           "messages name the thing, what happened and the remedy"),
      TEST(pauses_double_with_jitter_within_bounds, "pauses double with jitter, within bounds"),
  };
  return cmocka_run_group_tests_name("retry", tests, NULL, NULL);
}
