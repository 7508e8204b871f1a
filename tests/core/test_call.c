/* Calls that make no task, and files of the service's own: where the key goes and where it is never
 * seen, what is handed out, and what is sent once. */
#include "folder.h"
#include "unit.h"
#include "rhub.h"
#include "server.h"

/* No real key has such characters: the worst case. */
#define KEY "01234/56789?abcdef%0123456789abc"

/* ---- the service --------------------------------------------------------------------------- */

/* Keeps what it was asked last, and answers with `reply`, or resets or hangs where `how` is `u` or
 * `h`. */
static struct service {
  server server;
  int status;
  const char *headers, *reply;
  char how;
  atomic_int seen;
  char asked[3000]; /* "METHOD path [Authorization] body" */
  atomic_bool may;
} s;

static bool answer(server_request *r) {
  char auth[100] = "";
  server_header(r, "Authorization", auth, sizeof auth);
  snprintf(s.asked, sizeof s.asked, "%s %s [%s] %.*s", r->method, r->path, auth, (int)r->body_len,
           r->body);
  atomic_fetch_add(&s.seen, 1);
  if (s.how == 'u') return server_reset(r);
  while (s.how == 'g' && !atomic_load(&s.may)) usleep(1000);
  return server_reply(r, s.status, s.headers, s.reply);
}

static rhub_client *client;
static char logged[20000];

static int setup(void **state) {
  (void)state;
  memset(&s, 0, sizeof s);
  *logged = '\0';
  s.status = 200;
  s.headers = "";
  s.reply = "{\"code\":0,\"data\":{\"a\":1}}";
  server_start(&s.server, answer, &s);
  rhub_options o = RHUB_OPTIONS_INIT;
  rhub_error error;
  o.api_key = KEY;
  o.base_url = s.server.origin;
  o.log_level = RHUB_LOG_DEBUG;
  assert_int_equal(rhub_open(&o, &client, &error), RHUB_OK);
  return 0;
}

static int teardown(void **state) {
  (void)state;
  assert_null(strstr(logged, KEY));
  assert_null(strstr(logged, "01234"));
  rhub_close(client);
  server_stop(&s.server);
  return 0;
}

static rhub_error error;
static char json[4000];

/* What it ends with: NULL where it failed, with `error`. */
static const char *await_end(void) {
  rhub_event e;
  for (int turns = 0; turns < 4000; turns++) {
    while (rhub_next(client, &e)) {
      if (e.type == RHUB_EVENT_LOG) {
        strncat(logged, e.text, sizeof logged - strlen(logged) - 2);
        strcat(logged, "\n");
      }
      if (e.type != RHUB_EVENT_END) continue;
      if (e.error) error = *e.error;
      if (!e.error) snprintf(json, sizeof json, "%s", e.json ? e.json : e.path);
      return e.error ? NULL : json;
    }
    assert_int_equal(rhub_step(client, 10), RHUB_OK);
  }
  fail_msg("it did not end");
  return NULL;
}

static const char *call_with(const rhub_call_options *o) {
  rhub_ticket ticket;
  memset(&error, 0, sizeof error);
  return rhub_call(client, o, &ticket, &error) == RHUB_OK ? await_end() : NULL;
}

static const char *call(const char *path, const char *body, rhub_key_place key) {
  rhub_call_options o = RHUB_CALL_OPTIONS_INIT;
  o.path = path;
  o.body = body;
  o.body_len = body ? strlen(body) : 0;
  o.key = key;
  return call_with(&o);
}

static void failed(rhub_status status, rhub_spent spent, const char *word) {
  if (error.status != status || error.spent != spent || !strstr(error.message, word))
    fail_msg("%s, spent %s: %s", rhub_status_name(error.status), rhub_spent_name(error.spent),
             error.message);
  assert_null(strstr(error.message, "01234"));
}

/* ---- the key ------------------------------------------------------------------------------- */

static void the_key_goes_where_it_is_told_to(void **state) {
  (void)state;
  assert_non_null(call("/a", "{\"x\":1}", RHUB_KEY_HEADER));
  assert_string_equal(s.asked, "POST /a [Bearer " KEY "] {\"x\":1}");
  assert_non_null(call("/a", "{\"x\":1}", RHUB_KEY_FIELD));
  assert_string_equal(s.asked, "POST /a [Bearer " KEY "] {\"apiKey\":\"" KEY "\",\"x\":1}");
  assert_non_null(call("/a", "{}", RHUB_KEY_FIELD_LOWER));
  assert_string_equal(s.asked, "POST /a [Bearer " KEY "] {\"apikey\":\"" KEY "\"}");
  assert_non_null(call("/a", "{}", RHUB_KEY_BARE));
  assert_string_equal(s.asked, "POST /a [" KEY "] {}");
  assert_non_null(call("/a", NULL, RHUB_KEY_BARE));
  assert_string_equal(s.asked, "GET /a [" KEY "] ");
  assert_non_null(call("/a", "{}", RHUB_KEY_NONE));
  assert_string_equal(s.asked, "POST /a [] {}");
  assert_non_null(call("/a", NULL, RHUB_KEY_NONE));
  assert_string_equal(s.asked, "GET /a [] ");
}

static void a_key_in_the_path_is_encoded_and_never_shown(void **state) {
  (void)state;
  assert_non_null(call("/proxy/{key}/view?a={key}&b={kez}", NULL, RHUB_KEY_NONE));
  assert_string_equal(s.asked, "GET /proxy/01234%2F56789%3Fabcdef%250123456789abc/view?"
                               "a=01234%2F56789%3Fabcdef%250123456789abc&b={kez} [] ");
  assert_non_null(strstr(logged, "/proxy/{key}/view 200"));
  assert_non_null(call("/proxy-plus/{key}/prompt", "{}", RHUB_KEY_NONE));
  assert_non_null(strstr(logged, "/proxy-plus/{key}/prompt 200"));
  assert_non_null(call("/{key}", NULL, RHUB_KEY_NONE));
  assert_non_null(strstr(logged, "/{key} 200"));
}

static void a_redirect_is_not_followed_and_tells_no_key(void **state) {
  (void)state;
  s.status = 302;
  s.headers = "Location: /elsewhere/" KEY "\r\n";
  s.reply = "see " KEY;
  assert_null(call("/proxy/{key}/view", NULL, RHUB_KEY_NONE));
  failed(RHUB_PROTOCOL, RHUB_SPENT_NO, "/proxy/{key}/view: the service answered HTTP 302");
  assert_int_equal(atomic_load(&s.seen), 1);
}

static void an_error_shows_the_path_with_the_word_in_place_of_the_key(void **state) {
  (void)state;
  s.status = 404;
  s.reply = "no /proxy/" KEY "/view here";
  assert_null(call("/proxy/{key}/view?a=1", NULL, RHUB_KEY_NONE));
  failed(RHUB_REJECTED, RHUB_SPENT_NO, "/proxy/{key}/view?a=1: the service answered HTTP 404");
  s.status = 200;
  s.reply = "{\"code\":1,\"msg\":\"" KEY "\"}";
  assert_null(call("/api/webapp/apiCallDemo?apiKey={key}&webappId=1", NULL, RHUB_KEY_HEADER));
  failed(RHUB_REJECTED, RHUB_SPENT_NO, "/api/webapp/apiCallDemo?apiKey={key}&webappId=1: ");
}

static void a_path_that_cannot_be_sent_is_refused(void **state) {
  (void)state;
  char longest[3000];
  memset(longest, 'a', sizeof longest - 1);
  longest[0] = '/';
  longest[sizeof longest - 1] = '\0';
  const char *bad[] = {NULL,          "",
                       "a",           "//h/a",
                       "http://h/a",  "/a b",
                       "/a\tb",       "/\x7f",
                       longest,       "/openapi/v2/price-preview/../x",
                       "/a/./b",      "/a/%2e%2E/b",
                       "/a/.%2e?x=1", "/.."};
  for (size_t i = 0; i < COUNT(bad); i++) {
    assert_null(call(bad[i], NULL, RHUB_KEY_HEADER));
    assert_int_equal(error.status, RHUB_INPUT);
  }
  assert_int_equal(atomic_load(&s.seen), 0);
}

/* ---- what is handed out -------------------------------------------------------------------- */

static const char *raw(const char *reply, int status) {
  rhub_call_options o = RHUB_CALL_OPTIONS_INIT;
  o.path = "/task/openapi/outputs";
  o.raw = 1;
  s.reply = reply;
  s.status = status;
  return call_with(&o);
}

static void raw_hands_out_what_can_be_read_whatever_it_says(void **state) {
  (void)state;
  static const char *const replies[] = {
      "{\"code\":804,\"msg\":\"APIKEY_TASK_IS_RUNNING\",\"data\":{\"netWssUrl\":\"wss://a\"}}",
      "{\"code\":805,\"data\":{\"failedReason\":{\"node_id\":\"3\"}}}",
      "{\"code\":813,\"data\":null}",
      "{\"code\":0,\"data\":[]}",
      "{\"prompt_id\":\"x\",\"number\":18446744073709551616}",
      "{}",
      "[1]",
  };
  for (size_t i = 0; i < COUNT(replies); i++) {
    const char *got = raw(replies[i], 200);
    if (!got) fail_msg("%s: %s", replies[i], error.message);
    assert_string_equal(got, replies[i]);
  }
  assert_string_equal(raw("{\"error\":1}", 400), "{\"error\":1}");
  assert_string_equal(raw("{\"a\":NaN,\"b\":[-Infinity,Infinity],\"c\":\"NaN\xff\"}", 200),
                      "{\"a\":null,\"b\":[null,null],\"c\":\"NaN\xEF\xBF\xBD\"}");
}

static void raw_does_not_hand_out_what_cannot_be_read(void **state) {
  (void)state;
  assert_null(raw("404: Not Found", 404));
  failed(RHUB_REJECTED, RHUB_SPENT_NO, "HTTP 404");
  assert_null(raw("{\"code\":802}", 401));
  failed(RHUB_AUTH, RHUB_SPENT_NO, "802");
}

static void a_limit_bounds_the_reply(void **state) {
  (void)state;
  rhub_call_options o = RHUB_CALL_OPTIONS_INIT;
  o.path = "/object_info";
  o.limit = strlen(s.reply);
  assert_non_null(call_with(&o));
  o.limit--;
  assert_null(call_with(&o));
  failed(RHUB_PROTOCOL, RHUB_SPENT_NO, "larger than may be");
}

static void an_older_caller_is_understood(void **state) {
  (void)state;
  rhub_call_options o = RHUB_CALL_OPTIONS_INIT;
  o.path = "/a";
  o.size = offsetof(rhub_call_options, once);
  o.limit = 1;
  assert_string_equal(call_with(&o), "{\"a\":1}");
}

/* ---- once ---------------------------------------------------------------------------------- */

static const char *once(int status, const char *reply) {
  rhub_call_options o = RHUB_CALL_OPTIONS_INIT;
  o.path = "/proxy/{key}/prompt";
  o.body = "{}";
  o.body_len = 2;
  o.key = RHUB_KEY_NONE;
  o.once = o.raw = 1;
  s.status = status;
  s.reply = reply;
  return call_with(&o);
}

static void once_is_never_sent_again_and_unknown_where_nobody_knows(void **state) {
  (void)state;
  assert_string_equal(once(200, "{\"prompt_id\":\"x\"}"), "{\"prompt_id\":\"x\"}");
  assert_null(once(200, "<html>"));
  failed(RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "/proxy/{key}/prompt: the outcome is unknown");
  assert_null(once(200, "{\"prompt_id\":"));
  failed(RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "nothing that can be read");
  assert_null(once(502, "bad gateway"));
  failed(RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "HTTP 502");
  assert_null(once(500, "{\"code\":500}"));
  failed(RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "500");
  s.how = 'u';
  assert_null(once(200, ""));
  failed(RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "outcome is unknown");
  assert_int_equal(atomic_load(&s.seen), 6);
}

static void a_post_that_is_not_known_to_be_free_is_sent_once_whoever_asks(void **state) {
  (void)state;
  s.how = 'u';
  const char *paying[] = {"/openapi/v2/rhart-image-v1/text-to-image",
                          "/task/openapi/create",
                          "/openapi/v2/assets/..%2frun/workflow/1",
                          "/openapi/v2/query;x=1",
                          "/openapi/v2/price-preview",
                          "/openapi/v2/query/more",
                          "/new/thing"};
  for (size_t i = 0; i < COUNT(paying); i++) {
    assert_null(call(paying[i], "{}", RHUB_KEY_HEADER));
    failed(RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "outcome is unknown");
  }
  assert_int_equal(atomic_load(&s.seen), COUNT(paying));
  assert_null(call("/openapi/v2/price-preview/a/b", "{}", RHUB_KEY_HEADER));
  failed(RHUB_NETWORK, RHUB_SPENT_NO, "");
  assert_true(atomic_load(&s.seen) > (int)COUNT(paying) + 1);
}

static void once_on_a_kept_connection_that_dies_is_sent_once(void **state) {
  (void)state;
  assert_non_null(once(200, "{}"));
  s.how = 'u';
  assert_null(once(200, "{}"));
  failed(RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "outcome is unknown");
  assert_int_equal(atomic_load(&s.seen), 2);
}

static void once_refused_spent_nothing(void **state) {
  (void)state;
  static const struct {
    int http;
    const char *reply;
    rhub_status status;
  } cases[] = {
      {200, "{\"code\":416}", RHUB_FUNDS},    {200, "{\"code\":421}", RHUB_BUSY},
      {200, "{\"code\":1003}", RHUB_BUSY},    {200, "{\"code\":802}", RHUB_AUTH},
      {404, "404: Not Found", RHUB_REJECTED}, {401, "{}", RHUB_AUTH},
      {429, "slow down", RHUB_BUSY},          {302, "", RHUB_PROTOCOL},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    rhub_call_options o = RHUB_CALL_OPTIONS_INIT;
    o.path = "/a";
    o.once = 1;
    s.status = cases[i].http;
    s.reply = cases[i].reply;
    assert_null(call_with(&o));
    failed(cases[i].status, RHUB_SPENT_NO, "/a: ");
    assert_int_equal(atomic_load(&s.seen), (int)i + 1);
  }
}

/* Starts a call that may cost money, and returns once the service has it, unanswered. */
static rhub_ticket on_the_wire(void) {
  rhub_call_options o = RHUB_CALL_OPTIONS_INIT;
  rhub_ticket ticket;
  rhub_stats stats;
  o.path = "/proxy/{key}/prompt";
  o.once = 1;
  o.raw = 1;
  s.how = 'g';
  assert_int_equal(rhub_call(client, &o, &ticket, &error), RHUB_OK);
  for (int i = 0; i < 4000 && atomic_load(&s.seen) < 1; i++)
    assert_int_equal(rhub_step(client, 5), RHUB_OK);
  rhub_get_stats(client, &stats);
  assert_int_equal(stats.submitting, 1);
  return ticket;
}

static void once_let_go_on_the_wire_is_let_finish_and_said(void **state) {
  (void)state;
  rhub_stats stats;
  rhub_event e = {0};
  s.reply = "{\"prompt_id\":\"7\"}";
  assert_int_equal(rhub_forget(client, on_the_wire()), RHUB_OK);
  assert_int_equal(rhub_next(client, &e), 0);
  atomic_store(&s.may, true);
  for (int i = 0; i < 4000 && !(rhub_next(client, &e) && e.level == RHUB_LOG_WARN); i++)
    rhub_step(client, 5);
  assert_string_equal(e.text,
                      "/proxy/{key}/prompt: answered after it was let go: {\"prompt_id\":\"7\"}");
  rhub_get_stats(client, &stats);
  assert_int_equal(stats.submitting, 0);
}

static void once_on_the_wire_is_unknown_where_the_client_leaves(void **state) {
  (void)state;
  rhub_event e;
  rhub_ticket ticket = on_the_wire();
  rhub_shutdown(client, 0);
  assert_int_equal(rhub_next(client, &e), 0);
  rhub_shutdown(client, 1);
  assert_int_equal(rhub_next(client, &e), 1);
  assert_true(e.ticket == ticket);
  error = *e.error;
  failed(RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "left while it was on the wire");
  atomic_store(&s.may, true);
}

static void once_let_go_is_said_where_the_client_leaves(void **state) {
  (void)state;
  rhub_event e;
  assert_int_equal(rhub_forget(client, on_the_wire()), RHUB_OK);
  rhub_shutdown(client, 1);
  assert_int_equal(rhub_next(client, &e), 1);
  assert_non_null(strstr(e.text, "left while it was on the wire: it may have made a task"));
  atomic_store(&s.may, true); /* teardown closes the client with the call on the wire */
}

static void once_that_never_left_spent_nothing(void **state) {
  (void)state;
  server_stop(&s.server);
  rhub_call_options o = RHUB_CALL_OPTIONS_INIT;
  o.path = "/a";
  o.once = 1;
  assert_null(call_with(&o));
  failed(RHUB_NETWORK, RHUB_SPENT_NO, "/a: ");
  assert_int_equal(error.retryable, 1);
  server_start(&s.server, answer, &s);
}

/* ---- files --------------------------------------------------------------------------------- */

#define VIEW "/proxy/{key}/view?filename=a.png&type=output"

static folder out;

static const char *save(const char *path) {
  rhub_save_options o = RHUB_SAVE_OPTIONS_INIT;
  rhub_ticket ticket;
  o.path = path;
  o.dir = out.path;
  o.stem = "a";
  memset(&error, 0, sizeof error);
  return rhub_save(client, &o, &ticket, &error) == RHUB_OK ? await_end() : NULL;
}

static int setup_folder(void **state) {
  folder_make(&out);
  return setup(state);
}

static int teardown_folder(void **state) {
  folder_remove(&out);
  return teardown(state);
}

static void a_file_is_fetched_with_the_key_in_the_path_alone(void **state) {
  (void)state;
  s.reply = "\x89PNG\r\n\x1a\n the rest";
  const char *path = save(VIEW);
  if (!path) fail_msg("%s", error.message);
  assert_string_equal(path, folder_path(&out, "a.png"));
  assert_string_equal(s.asked, "GET /proxy/01234%2F56789%3Fabcdef%250123456789abc/view?"
                               "filename=a.png&type=output [] ");
  assert_true(folder_holds(&out, "a.png", s.reply, strlen(s.reply)));
  assert_non_null(strstr(logged, "/proxy/{key}/view 200"));
}

static bool elsewhere(server_request *r) {
  atomic_fetch_add((atomic_int *)r->server->user, 1);
  return server_reply(r, 200, "", "a file");
}

static void a_file_that_lies_elsewhere_is_not_followed(void **state) {
  (void)state;
  server other;
  atomic_int visits = 0;
  char location[300];
  server_start(&other, elsewhere, &visits);
  snprintf(location, sizeof location, "Location: %s/%s\r\n", other.origin, KEY);
  s.status = 302;
  s.headers = location;
  assert_null(save(VIEW));
  failed(RHUB_PROTOCOL, RHUB_SPENT_NO, "HTTP 302");
  assert_int_equal(atomic_load(&s.seen), 1);
  assert_int_equal(atomic_load(&visits), 0);
  assert_int_equal(folder_count(&out, "", NULL), 0);
  server_stop(&other);
}

static void a_file_that_is_not_there_is_gone(void **state) {
  (void)state;
  s.status = 404;
  s.reply = KEY;
  assert_null(save(VIEW));
  failed(RHUB_GONE, RHUB_SPENT_NO, "there is no such file");
}

static void a_file_of_no_path_or_of_several_sources_is_refused(void **state) {
  (void)state;
  const char *bad[] = {"", "a", "//h/a", "http://h/a", "/a b"};
  for (size_t i = 0; i < COUNT(bad); i++) {
    assert_null(save(bad[i]));
    assert_int_equal(error.status, RHUB_INPUT);
  }
  rhub_save_options o = RHUB_SAVE_OPTIONS_INIT;
  rhub_ticket ticket;
  o.path = VIEW;
  o.text = "both";
  assert_int_equal(rhub_save(client, &o, &ticket, &error), RHUB_MISUSE);
}

/* An output's address comes from elsewhere: in it the word stands for nothing. */
static void an_address_that_says_key_gets_none(void **state) {
  (void)state;
  char url[200];
  rhub_save_options o = RHUB_SAVE_OPTIONS_INIT;
  rhub_ticket ticket;
  snprintf(url, sizeof url, "%s/{key}/a", s.server.origin);
  o.url = url;
  o.dir = out.path;
  o.stem = "a";
  assert_int_equal(rhub_save(client, &o, &ticket, &error), RHUB_OK);
  await_end();
  assert_string_equal(s.asked, "GET /{key}/a [] ");
}

#define FILE_TEST(function, sentence) \
  { sentence, function, setup_folder, teardown_folder, NULL }
#define CALL_TEST(function, sentence) \
  { sentence, function, setup, teardown, NULL }

int main(void) {
  const struct CMUnitTest tests[] = {
      CALL_TEST(the_key_goes_where_it_is_told_to, "the key goes where it is told to"),
      CALL_TEST(a_key_in_the_path_is_encoded_and_never_shown,
                "a key in the path is encoded, and never shown"),
      CALL_TEST(a_redirect_is_not_followed_and_tells_no_key,
                "a redirect is not followed, and tells no key"),
      CALL_TEST(an_error_shows_the_path_with_the_word_in_place_of_the_key,
                "an error shows the path with {key}, also where the service quotes the key"),
      CALL_TEST(a_path_that_cannot_be_sent_is_refused, "a path that cannot be sent is refused"),
      CALL_TEST(raw_hands_out_what_can_be_read_whatever_it_says,
                "raw hands out what can be read, whatever it says"),
      CALL_TEST(raw_does_not_hand_out_what_cannot_be_read,
                "raw does not hand out what cannot be read"),
      CALL_TEST(a_limit_bounds_the_reply, "a limit bounds the reply"),
      CALL_TEST(an_older_caller_is_understood, "a caller with an older header is understood"),
      CALL_TEST(once_is_never_sent_again_and_unknown_where_nobody_knows,
                "once is never sent again, and unknown where nobody knows"),
      CALL_TEST(a_post_that_is_not_known_to_be_free_is_sent_once_whoever_asks,
                "a POST that is not known to be free is sent once, whoever asks"),
      CALL_TEST(once_on_a_kept_connection_that_dies_is_sent_once,
                "once, on a kept connection that dies, is sent once"),
      CALL_TEST(once_refused_spent_nothing, "once, refused, spent nothing"),
      CALL_TEST(once_let_go_on_the_wire_is_let_finish_and_said,
                "once, let go on the wire, is let finish, and its answer said"),
      CALL_TEST(once_on_the_wire_is_unknown_where_the_client_leaves,
                "once, on the wire, is unknown where the client leaves"),
      CALL_TEST(once_let_go_is_said_where_the_client_leaves,
                "once, let go, is said where the client leaves"),
      CALL_TEST(once_that_never_left_spent_nothing, "once, never sent, spent nothing"),
      FILE_TEST(a_file_is_fetched_with_the_key_in_the_path_alone,
                "a file is fetched with the key in the path alone"),
      FILE_TEST(a_file_that_lies_elsewhere_is_not_followed,
                "a file that lies elsewhere is not followed"),
      FILE_TEST(a_file_that_is_not_there_is_gone, "a file that is not there is gone"),
      FILE_TEST(a_file_of_no_path_or_of_several_sources_is_refused,
                "a file of no path, or of several sources, is refused"),
      FILE_TEST(an_address_that_says_key_gets_none, "an address that says {key} gets none"),
  };
  return cmocka_run_group_tests_name("call", tests, NULL, NULL);
}
