/* Tasks that are no standard model's: workflows, AI apps, quick create. They go the same way, to a
 * path of their own. */
#include "money.h"

#define CREATE   "/task/openapi/create"
#define WORKFLOW "workflow/1904136902449209346"
#define NUMBER   "1910246754753896450"

static rhub_task_options workflow(const char *price) {
  rhub_task_options o = task(price);
  o.endpoint = WORKFLOW;
  o.path = CREATE;
  o.key = RHUB_KEY_FIELD;
  o.params = "{\"workflowId\":\"1\",\"seed\":18446744073709551616}";
  o.params_len = strlen(o.params);
  return o;
}

/* ---- where it goes ------------------------------------------------------------------------- */

static void it_goes_to_its_path_with_the_key_in_header_and_body(void **state) {
  (void)state;
  open_client(NULL);
  rhub_task_options o = workflow(NULL);
  ends_well(submit_with(&o));
  assert_string_equal(s.heads[0], CREATE " [Bearer " KEY "]");
  assert_string_equal(s.bodies[0], "{\"apiKey\":\"" KEY
                                   "\",\"workflowId\":\"1\",\"seed\":18446744073709551616}");
  o.key = RHUB_KEY_HEADER;
  o.path = "/openapi/v2/run/workflow/1904136902449209346";
  ends_well(submit_with(&o));
  assert_string_equal(s.heads[1], "/openapi/v2/run/workflow/1904136902449209346 [Bearer " KEY "]");
  assert_string_equal(s.bodies[1], o.params);
  server_saw(2, 0);
}

static void files_are_put_in_their_places_beside_the_key(void **state) {
  (void)state;
  open_client(NULL);
  char path[] = "/tmp/rhub-path-XXXXXX";
  int fd = mkstemp(path);
  assert_true(fd >= 0 && write(fd, "data", 4) == 4);
  close(fd);
  rhub_media media = {"/nodeInfoList/0/fieldValue", path};
  rhub_task_options o = workflow(NULL);
  o.params = "{\"nodeInfoList\":[{\"fieldValue\":\"\"}]}";
  o.params_len = strlen(o.params);
  o.media = &media;
  o.media_count = 1;
  ends_well(submit_with(&o));
  assert_string_equal(s.bodies[0], "{\"apiKey\":\"" KEY
                                   "\",\"nodeInfoList\":[{\"fieldValue\":\"https://x/a.png\"}]}");
  o.node_files = 1;
  ends_well(submit_with(&o));
  assert_string_equal(s.bodies[1],
                      "{\"apiKey\":\"" KEY "\",\"nodeInfoList\":[{\"fieldValue\":\"api/a.png\"}]}");
  assert_int_equal(atomic_load(&s.uploads), 2);
  unlink(path);
}

static void a_path_that_leads_elsewhere_is_refused(void **state) {
  (void)state;
  open_client(NULL);
  static const char *const bad[] = {"",     "task",  "//host/a", "https://host/a",
                                    "/a b", "/a\nb", "/a#b",     "/proxy/{key}/prompt"};
  for (size_t i = 0; i < COUNT(bad); i++) {
    rhub_task_options o = workflow(NULL);
    rhub_ticket ticket;
    rhub_error error;
    o.path = bad[i];
    assert_int_equal(rhub_submit(client, &o, &ticket, &error), RHUB_INPUT);
    assert_non_null(strstr(error.message, WORKFLOW));
    assert_null(strstr(error.message, KEY));
  }
  rhub_task_options o = workflow(NULL);
  rhub_ticket ticket;
  o.key = RHUB_KEY_NONE;
  assert_int_equal(rhub_submit(client, &o, &ticket, NULL), RHUB_MISUSE);
  server_saw(0, 0);
}

static void an_older_caller_has_no_path(void **state) {
  (void)state;
  open_client(NULL);
  rhub_task_options o = task(NULL);
  o.path = CREATE;
  o.size = offsetof(rhub_task_options, path);
  ends_well(submit_with(&o));
  assert_string_equal(s.heads[0], "/openapi/v2/" MODEL " [Bearer " KEY "]");
}

/* ---- what comes back ----------------------------------------------------------------------- */

#define ENVELOPE(data) "{\"code\":0,\"msg\":\"success\",\"errorMessages\":null,\"data\":" data "}"

static void ids_of_both_spellings_are_taken_digit_for_digit(void **state) {
  (void)state;
  static const char *const replies[] = {
      ENVELOPE("{\"netWssUrl\":null,\"taskId\":\"" NUMBER "\",\"taskStatus\":\"QUEUED\"}"),
      ENVELOPE("{\"netWssUrl\":null,\"taskId\":" NUMBER ",\"taskStatus\":\"CREATE\"}"),
      ENVELOPE("{\"taskId\":" NUMBER ",\"promptTips\":\"{\\\"node_errors\\\": {}}\"}"),
      "{\"taskId\":" NUMBER ",\"status\":\"RUNNING\",\"errorCode\":null}",
  };
  s.submits = "x";
  s.end = RUNNING;
  open_client(NULL);
  for (size_t i = 0; i < COUNT(replies); i++) {
    s.reply = replies[i];
    rhub_task_options o = workflow(NULL);
    rhub_ticket ticket = submit_with(&o);
    rhub_info info = {.task_id = ""};
    for (int tries = 0; tries < 1000 && !*info.task_id; tries++) {
      steps(1);
      assert_int_equal(rhub_peek(client, ticket, &info), RHUB_OK);
    }
    assert_string_equal(info.task_id, NUMBER);
    assert_int_equal(rhub_forget(client, ticket), RHUB_OK);
  }
  server_saw(COUNT(replies), 0);
}

static void an_end_that_tells_no_outputs_is_asked_about(void **state) {
  (void)state;
  static const char *const replies[] = {
      ENVELOPE("{\"taskId\":\"" NUMBER "\",\"taskStatus\":\"SUCCESS\"}"),
      ENVELOPE("{\"taskId\":\"" NUMBER "\",\"taskStatus\":\"FAILED\"}"),
  };
  s.submits = "x";
  open_client(NULL);
  for (size_t i = 0; i < COUNT(replies); i++) {
    s.reply = replies[i];
    rhub_task_options o = workflow("9");
    ends_well(submit_with(&o));
  }
  money_is("4.20 0.00 0.00 0.00 0 2/0/0");
}

static void refusals_and_unknown_outcomes_are_those_of_a_model(void **state) {
  (void)state;
  static const struct {
    const char *reply;
    rhub_status status;
    rhub_spent spent;
  } cases[] = {
      {"{\"code\":301,\"msg\":\"workflowId must be greater than 0\",\"data\":null}", RHUB_REJECTED,
       RHUB_SPENT_NO},
      {"{\"code\":380,\"msg\":\"WORKFLOW_NOT_EXISTS\",\"data\":null}", RHUB_REJECTED,
       RHUB_SPENT_NO},
      {"{\"code\":414,\"msg\":\"\",\"data\":null}", RHUB_FUNDS, RHUB_SPENT_NO},
      {"{\"code\":803,\"msg\":\"APIKEY_INVALID_NODE_INFO\",\"data\":null}", RHUB_REJECTED,
       RHUB_SPENT_NO},
      {"{\"code\":\"901\",\"msg\":\"WEBAPP_NOT_EXISTS\"}", RHUB_REJECTED, RHUB_SPENT_NO},
      {"{\"code\":802,\"msg\":\"APIKEY_UNAUTHORIZED\"}", RHUB_AUTH, RHUB_SPENT_NO},
      {"{\"code\":500,\"msg\":\"UNKNOWN_ERROR\"}", RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE},
      {"{\"code\":0,\"msg\":\"success\",\"data\":null}", RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE},
      {"<html>", RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE},
  };
  s.submits = "x";
  open_client(NULL);
  for (size_t i = 0; i < COUNT(cases); i++) {
    s.reply = cases[i].reply;
    rhub_task_options o = workflow(NULL);
    ends_as(submit_with(&o), cases[i].status, cases[i].spent, WORKFLOW);
  }
  server_saw(COUNT(cases), 0);
  s.submits = "u";
  rhub_task_options o = workflow(NULL);
  ends_as(submit_with(&o), RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, WORKFLOW);
  server_saw(COUNT(cases) + 1, 0);
}

#define NODE_6                                                                                \
  "{\\\"6\\\":{\\\"errors\\\":[{\\\"type\\\":\\\"required_input_missing\\\",\\\"message\\\":" \
  "\\\"Required input is missing\\\",\\\"details\\\":\\\"text\\\",\\\"extra_info\\\":{}}],"   \
  "\\\"dependent_outputs\\\":[\\\"9\\\"],\\\"class_type\\\":\\\"CLIPTextEncode\\\"}}"
#define NODE_6_SAID "node 6 (CLIPTextEncode): Required input is missing: text"

static void a_graph_that_is_refused_is_told_by_its_nodes(void **state) {
  (void)state;
  s.submits = "x";
  s.reply = "{\"code\":433,\"msg\":\"VALIDATE_PROMPT_FAILED\",\"data\":\"" NODE_6 "\"}";
  open_client(NULL);
  rhub_task_options o = workflow(NULL);
  rhub_error e = ends_as(submit_with(&o), RHUB_REJECTED, RHUB_SPENT_NO, "(433: " NODE_6_SAID ")");
  assert_string_equal(e.code, "433");
  server_saw(1, 0);
}

static void a_graph_that_runs_in_part_is_warned_of_once(void **state) {
  (void)state;
  s.submits = "x";
  s.reply =
      ENVELOPE("{\"taskId\":\"77\",\"taskStatus\":\"RUNNING\",\"promptTips\":"
               "\"{\\\"result\\\":true,\\\"error\\\":null,\\\"node_errors\\\":" NODE_6 "}\"}");
  open_client(NULL);
  rhub_task_options o = workflow(NULL);
  ends_well(submit_with(&o));
  assert_string_equal(warnings, "task 77 (" WORKFLOW
                                ") runs, but part of its graph will fail: " NODE_6_SAID "\n");
}

static void full_is_waited_for(void **state) {
  (void)state;
  s.submits = "ffa";
  open_client(NULL);
  rhub_task_options o = workflow(NULL);
  ends_well(submit_with(&o));
  server_saw(3, 0);
  assert_string_equal(s.bodies[2], s.bodies[0]);
}

/* ---- money --------------------------------------------------------------------------------- */

static void without_a_price_a_budget_refuses_it_at_once(void **state) {
  (void)state;
  open_client("50");
  rhub_task_options o = workflow(NULL);
  rhub_ticket ticket;
  rhub_error error;
  assert_int_equal(rhub_submit(client, &o, &ticket, &error), RHUB_BUDGET);
  assert_int_equal(error.spent, RHUB_SPENT_NO);
  assert_non_null(strstr(error.message, "allow_unknown_price"));
  o.price = "1";
  o.currency = "USD";
  assert_int_equal(rhub_submit(client, &o, &ticket, &error), RHUB_BUDGET);
  steps(3);
  server_saw(0, 0);
  o.currency = "CNY";
  ends_well(submit_with(&o));
  server_saw(1, 0);
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
}

static void an_unknown_price_that_is_allowed_is_asked_of_nobody(void **state) {
  (void)state;
  rhub_options own = options("3");
  own.allow_unknown_price = 1;
  open_with(&own);
  rhub_task_options o = workflow(NULL);
  ends_well(submit_with(&o));
  server_saw(1, 0);
  rhub_ticket dear = submit_with(&o); /* it was charged 2.10 before: so much is reserved now */
  read_news();
  assert_int_equal(end_count, 1);
  ends_as(dear, RHUB_BUDGET, RHUB_SPENT_NO, "2.10 CNY would pass the budget");
  server_saw(1, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      MONEY_TEST(it_goes_to_its_path_with_the_key_in_header_and_body,
                 "it goes to its path, with the key in header and body"),
      MONEY_TEST(files_are_put_in_their_places_beside_the_key,
                 "files are put in their places, beside the key"),
      MONEY_TEST(a_path_that_leads_elsewhere_is_refused, "a path that leads elsewhere is refused"),
      MONEY_TEST(an_older_caller_has_no_path, "a caller with an older header has no path"),
      MONEY_TEST(ids_of_both_spellings_are_taken_digit_for_digit,
                 "ids are taken digit for digit, from text and from numbers"),
      MONEY_TEST(an_end_that_tells_no_outputs_is_asked_about,
                 "an end that tells no outputs is asked about"),
      MONEY_TEST(refusals_and_unknown_outcomes_are_those_of_a_model,
                 "refusals and unknown outcomes are those of a model"),
      MONEY_TEST(a_graph_that_is_refused_is_told_by_its_nodes,
                 "a graph that is refused is told by its nodes"),
      MONEY_TEST(a_graph_that_runs_in_part_is_warned_of_once,
                 "a graph that runs in part is warned of, once"),
      MONEY_TEST(full_is_waited_for, "a full account is waited for, and the same is sent again"),
      MONEY_TEST(without_a_price_a_budget_refuses_it_at_once,
                 "without a price a budget refuses it at once"),
      MONEY_TEST(an_unknown_price_that_is_allowed_is_asked_of_nobody,
                 "an unknown price that is allowed is asked of nobody"),
  };
  return cmocka_run_group_tests_name("path", tests, NULL, NULL);
}
