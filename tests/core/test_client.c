/* The public interface without a network: options, tickets, shutting down, closing. Nothing here is
 * ever sent: the address is loopback's discard port, where nobody listens. */
#include "rhub.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define KEY   "0123456789abcdef0123456789abcdef"
#define MODEL "kling-video-o1/image-to-video"

static rhub_options options(void) {
  rhub_options o = RHUB_OPTIONS_INIT;
  o.api_key = KEY;
  o.base_url = "http://127.0.0.1:9";
  o.concurrency = 4;
  return o;
}

static rhub_client *open_client(void) {
  rhub_options o = options();
  rhub_client *client;
  rhub_error error;
  assert_int_equal(rhub_open(&o, &client, &error), RHUB_OK);
  return client;
}

static rhub_status submit(rhub_client *client, const char *endpoint, const char *params,
                          rhub_ticket *ticket, rhub_error *error) {
  rhub_task_options o = RHUB_TASK_OPTIONS_INIT;
  o.endpoint = endpoint;
  o.params = params;
  o.params_len = strlen(params);
  return rhub_submit(client, &o, ticket, error);
}

static void refused(const rhub_options *o, rhub_status status, const char *word) {
  rhub_client *client;
  rhub_error error;
  assert_int_equal(rhub_open(o, &client, &error), status);
  assert_null(client);
  if (!strstr(error.message, word)) fail_msg("\"%s\" does not say \"%s\"", error.message, word);
  assert_null(strstr(error.message, KEY));
}

static void options_that_cannot_be_are_refused_by_name(void **state) {
  (void)state;
  rhub_options o = options();
  o.connections = -1;
  refused(&o, RHUB_INPUT, "connections");
  o = options();
  o.concurrency = -3;
  refused(&o, RHUB_INPUT, "concurrency");
  o = options();
  o.poll_rate = -1;
  refused(&o, RHUB_INPUT, "poll.rate");
  o = options();
  o.timeout = 0.0 / 0.0;
  refused(&o, RHUB_INPUT, "timeout");
  o = options();
  o.base_url = NULL;
  o.site = "de";
  refused(&o, RHUB_CONFIG, "de");
  o = options();
  o.base_url = "http://example.com";
  refused(&o, RHUB_CONFIG, "example.com");
  o = options();
  o.api_key = KEY "\n";
  refused(&o, RHUB_CONFIG, "key");
  o = options();
  o.size = 3;
  refused(&o, RHUB_MISUSE, "RHUB_OPTIONS_INIT");
}

static void a_client_tells_what_it_settled_on_but_not_its_key(void **state) {
  (void)state;
  rhub_client *client = open_client();
  rhub_description d;
  rhub_describe(client, &d);
  assert_string_equal(d.base_url, "http://127.0.0.1:9");
  assert_string_equal(d.key_source, "option");
  assert_string_equal(d.key_hint, "cdef");
  rhub_close(client);
}

static void parameters_that_are_no_object_are_refused_and_nothing_is_queued(void **state) {
  (void)state;
  rhub_client *client = open_client();
  const char *bad[] = {"", "[]", "{", "{\"a\":1,}", "null", "{\"a\":\"\xff\"}", "{} {}"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    rhub_ticket ticket = 7;
    rhub_error error;
    assert_int_equal(submit(client, MODEL, bad[i], &ticket, &error), RHUB_INPUT);
    assert_int_equal(error.spent, RHUB_SPENT_NO);
    assert_true(ticket == 0);
  }
  rhub_stats stats;
  rhub_get_stats(client, &stats);
  assert_int_equal(stats.waiting + stats.submitting + stats.uploading, 0);
  assert_int_equal(stats.submits, 0);
  rhub_close(client);
}

static void a_model_name_that_could_lead_elsewhere_is_refused(void **state) {
  (void)state;
  rhub_client *client = open_client();
  const char *bad[] = {"",      "/a",  "a/",  "a//b", "a/../b", "..",
                       "a/./b", "a?b", "a#b", "a b",  "a\nb"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    rhub_ticket ticket;
    rhub_error error;
    assert_int_equal(submit(client, bad[i], "{}", &ticket, &error), RHUB_INPUT);
  }
  rhub_close(client);
}

static void a_missing_file_or_pointer_is_refused_before_anything_starts(void **state) {
  (void)state;
  rhub_client *client = open_client();
  const struct {
    rhub_media media;
    const char *word;
  } bad[] = {
      {{"/image", "/nonexistent/cat.png"}, "/nonexistent/cat.png"},
      {{"/image", "/tmp"}, "/tmp"},
      {{"/other", "/etc/hostname"}, "/other"},
      {{"image", "/etc/hostname"}, "image"},
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    rhub_task_options o = RHUB_TASK_OPTIONS_INIT;
    rhub_ticket ticket;
    rhub_error error;
    o.endpoint = MODEL;
    o.params = "{\"image\":\"\"}";
    o.params_len = strlen(o.params);
    o.media = &bad[i].media;
    o.media_count = 1;
    assert_int_equal(rhub_submit(client, &o, &ticket, &error), RHUB_INPUT);
    assert_non_null(strstr(error.message, bad[i].word));
  }
  rhub_close(client);
}

static void a_stale_ticket_is_misuse_and_never_more(void **state) {
  (void)state;
  rhub_client *client = open_client();
  rhub_ticket ticket;
  rhub_info info;
  assert_int_equal(submit(client, MODEL, "{}", &ticket, NULL), RHUB_OK);
  assert_int_equal(rhub_peek(client, ticket, &info), RHUB_OK);
  assert_int_equal(rhub_forget(client, ticket), RHUB_OK);
  assert_int_equal(rhub_forget(client, ticket), RHUB_MISUSE);
  assert_int_equal(rhub_peek(client, ticket, &info), RHUB_MISUSE);
  assert_int_equal(rhub_cancel(client, ticket, NULL), RHUB_MISUSE);
  assert_int_equal(rhub_cancel(client, 12345, NULL), RHUB_MISUSE);
  rhub_close(client);
}

/* Steps until the next event of an ending. */
static void await_end(rhub_client *client, rhub_event *event) {
  for (;;) {
    while (rhub_next(client, event))
      if (event->type == RHUB_EVENT_END) return;
    assert_int_equal(rhub_step(client, -1), RHUB_OK);
  }
}

static void cancelling_before_the_submit_ends_the_task_here_and_costs_nothing(void **state) {
  (void)state;
  rhub_client *client = open_client();
  rhub_ticket ticket;
  rhub_event event;
  assert_int_equal(submit(client, MODEL, "{}", &ticket, NULL), RHUB_OK);
  assert_int_equal(rhub_cancel(client, ticket, NULL), RHUB_OK);
  await_end(client, &event);
  assert_true(event.ticket == ticket);
  assert_int_equal(event.error->status, RHUB_CANCELLED);
  assert_int_equal(event.error->spent, RHUB_SPENT_NO);
  rhub_close(client);
}

static void after_a_shutdown_nothing_is_submitted_any_more(void **state) {
  (void)state;
  rhub_client *client = open_client();
  rhub_ticket ticket, later;
  rhub_event event;
  rhub_error error;
  assert_int_equal(submit(client, MODEL, "{}", &ticket, NULL), RHUB_OK);
  rhub_shutdown(client, 0);
  rhub_shutdown(client, 0);
  await_end(client, &event);
  assert_int_equal(event.error->status, RHUB_CANCELLED);
  assert_int_equal(submit(client, MODEL, "{}", &later, &error), RHUB_CANCELLED);
  assert_int_equal(error.spent, RHUB_SPENT_NO);
  rhub_close(client);
}

static void a_service_out_of_reach_is_a_network_error_that_spent_nothing(void **state) {
  (void)state;
  rhub_client *client = open_client();
  rhub_ticket ticket;
  rhub_event event;
  assert_int_equal(submit(client, MODEL, "{}", &ticket, NULL), RHUB_OK);
  await_end(client, &event);
  assert_int_equal(event.error->status, RHUB_NETWORK);
  assert_int_equal(event.error->spent, RHUB_SPENT_NO);
  assert_int_equal(event.error->retryable, 1);
  rhub_stats stats;
  rhub_get_stats(client, &stats);
  assert_int_equal(stats.submits, 0);
  rhub_close(client);
}

static void waiting_for_nothing_is_misuse_and_not_a_hang(void **state) {
  (void)state;
  rhub_client *client = open_client();
  assert_int_equal(rhub_step(client, -1), RHUB_MISUSE);
  assert_int_equal(rhub_step(client, 0), RHUB_OK);
  rhub_close(client);
  rhub_close(NULL);
}

static void a_client_can_be_closed_with_everything_under_way(void **state) {
  (void)state;
  rhub_client *client = open_client();
  char path[] = "/tmp/rhub-test-XXXXXX";
  int fd = mkstemp(path);
  assert_true(fd >= 0 && write(fd, "data", 4) == 4);
  close(fd);
  rhub_ticket ticket;
  for (int i = 0; i < 50; i++)
    assert_int_equal(submit(client, MODEL, "{}", &ticket, NULL), RHUB_OK);
  assert_int_equal(rhub_attach(client, "2013508786110730241", NULL, 0, &ticket, NULL), RHUB_OK);
  assert_int_equal(rhub_upload(client, path, &ticket, NULL), RHUB_OK);
  rhub_call_options call = RHUB_CALL_OPTIONS_INIT;
  call.path = "/openapi/v2/queue/status";
  assert_int_equal(rhub_call(client, &call, &ticket, NULL), RHUB_OK);
  rhub_save_options save = RHUB_SAVE_OPTIONS_INIT;
  save.url = "http://127.0.0.1:9/x.png";
  save.dir = "/tmp";
  save.stem = "rhub-test-never-written";
  assert_int_equal(rhub_save(client, &save, &ticket, NULL), RHUB_OK);
  rhub_step(client, 0);
  rhub_close(client);
  unlink(path);
}

static void uploads_that_cannot_be_meant_are_refused_before_anything_starts(void **state) {
  (void)state;
  rhub_client *client = open_client();
  const struct {
    rhub_upload_kind kind;
    const char *path, *name, *to;
    rhub_status status;
    const char *word;
  } bad[] = {
      {RHUB_UPLOAD_NODE, "/nowhere/a.png", NULL, NULL, RHUB_INPUT, "/nowhere/a.png"},
      {RHUB_UPLOAD_URL, "/etc/passwd", "a/b.png", NULL, RHUB_INPUT, "a/b.png"},
      {RHUB_UPLOAD_URL, "/etc/passwd", "", NULL, RHUB_INPUT, "no name"},
      {RHUB_UPLOAD_LORA, "/etc/passwd", "a\nb", NULL, RHUB_INPUT, "no name"},
      {RHUB_UPLOAD_LORA, "/etc/passwd", "\xff", NULL, RHUB_INPUT, "no name"},
      {RHUB_UPLOAD_COMFY, "/etc/passwd", NULL, "https://elsewhere", RHUB_INPUT, "begin it with /"},
      {RHUB_UPLOAD_COMFY, "/etc/passwd", NULL, NULL, RHUB_MISUSE, "COMFY"},
      {RHUB_UPLOAD_URL, "/etc/passwd", NULL, "/x", RHUB_MISUSE, "COMFY"},
      {(rhub_upload_kind)9, "/etc/passwd", NULL, NULL, RHUB_MISUSE, "kind"},
      {RHUB_UPLOAD_URL, NULL, NULL, NULL, RHUB_MISUSE, "path"},
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    rhub_upload_options o = RHUB_UPLOAD_OPTIONS_INIT;
    rhub_ticket ticket = 7;
    rhub_error error;
    o.kind = bad[i].kind;
    o.path = bad[i].path;
    o.name = bad[i].name;
    o.to = bad[i].to;
    assert_int_equal(rhub_upload_as(client, &o, &ticket, &error), bad[i].status);
    if (!strstr(error.message, bad[i].word)) fail_msg("%s", error.message);
    assert_true(ticket == 0);
  }
  rhub_stats stats;
  rhub_get_stats(client, &stats);
  assert_int_equal(stats.transfers, 0);
  rhub_close(client);
}

/* What a client with this address and option remembers uploads in. */
static void cached_in(const char *base_url, const char *option, const char *path) {
  rhub_options o = options();
  rhub_client *client;
  rhub_cache cache;
  rhub_error error;
  o.base_url = base_url;
  o.cache = option;
  assert_int_equal(rhub_open(&o, &client, &error), RHUB_OK);
  assert_int_equal(rhub_get_cache(client, &cache, &error), RHUB_OK);
  assert_string_equal(cache.path, path);
  assert_true(cache.remembered == 0 && cache.valid == 0);
  rhub_close(client);
}

static void the_cache_is_the_user_s_unless_the_service_is_on_this_machine(void **state) {
  (void)state;
  char folder[] = "/tmp/rhub-test-XXXXXX", usual[100], own[100];
  assert_non_null(mkdtemp(folder));
  snprintf(usual, sizeof usual, "%s/rhub/uploads.db", folder);
  snprintf(own, sizeof own, "%s/own.db", folder);
  setenv("XDG_CACHE_HOME", folder, 1);
  cached_in("https://www.runninghub.ai", NULL, usual);
  cached_in("https://www.runninghub.ai", "", "");
  cached_in("https://www.runninghub.ai", own, own);
  cached_in("http://127.0.0.1:9", NULL, "");
  cached_in("http://127.0.0.1:9", own, own);
  assert_int_equal(rmdir(folder), 0); /* nothing was made */
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(options_that_cannot_be_are_refused_by_name),
      cmocka_unit_test(a_client_tells_what_it_settled_on_but_not_its_key),
      cmocka_unit_test(parameters_that_are_no_object_are_refused_and_nothing_is_queued),
      cmocka_unit_test(a_model_name_that_could_lead_elsewhere_is_refused),
      cmocka_unit_test(a_missing_file_or_pointer_is_refused_before_anything_starts),
      cmocka_unit_test(a_stale_ticket_is_misuse_and_never_more),
      cmocka_unit_test(cancelling_before_the_submit_ends_the_task_here_and_costs_nothing),
      cmocka_unit_test(after_a_shutdown_nothing_is_submitted_any_more),
      cmocka_unit_test(a_service_out_of_reach_is_a_network_error_that_spent_nothing),
      cmocka_unit_test(waiting_for_nothing_is_misuse_and_not_a_hang),
      cmocka_unit_test(a_client_can_be_closed_with_everything_under_way),
      cmocka_unit_test(uploads_that_cannot_be_meant_are_refused_before_anything_starts),
      cmocka_unit_test(the_cache_is_the_user_s_unless_the_service_is_on_this_machine),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
