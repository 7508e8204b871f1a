/* Exchanges over TLS, with HTTP/1 and HTTP/2: whom to trust, what is shared, what is lost. */
#include "net.h"
#include "tls.h"

#include <signal.h>

#define OK_BODY "{\"code\":0}"
#define DAY     86400L

static void open_to(net *n, const tls_server *s, const char *ca_file, int connections) {
  rh_pool_options options = net_options(s->origin);
  options.ca_file = ca_file;
  options.connections = connections;
  net_open_with(n, &options);
}

static bool answer(tls_stream *s) {
  tls_reply(s, OK_BODY);
  return true;
}

static void only_a_known_authority_is_trusted(void **state) {
  (void)state;
  tls_server s, other, old;
  net n;
  ended e;
  tls_start(&s, false, answer, NULL, 0, DAY);
  tls_start(&other, false, answer, NULL, 0, DAY);
  tls_start(&old, false, answer, NULL, -2 * DAY, -DAY);
  open_to(&n, &s, s.ca_file, 4);
  net_do(&n, &e, net_post(RH_REQUEST_SUBMIT, "/x", "{}"));
  assert_int_equal(e.wire, RH_WIRE_REPLY);
  net_close(&n);
  const struct {
    tls_server *server;
    const char *ca_file;
  } bad[] = {{&s, other.ca_file}, {&s, NULL}, {&old, old.ca_file}};
  for (int i = 0; i < 3; i++) {
    open_to(&n, bad[i].server, bad[i].ca_file, 4);
    net_do(&n, &e, net_post(RH_REQUEST_SUBMIT, "/x", "{}"));
    assert_int_equal(e.wire, RH_WIRE_UNSENT);
    assert_non_null(strstr(e.message, "certificate"));
    net_close(&n);
  }
  assert_int_equal(atomic_load(&s.tcp.requests), 1);
  tls_stop(&s);
  tls_stop(&other);
  tls_stop(&old);
}

static void a_ca_file_that_cannot_be_read_is_named(void **state) {
  (void)state;
  rh_loop *loop;
  rh_pool *pool;
  rhub_error error;
  rh_pool_options options = net_options("https://127.0.0.1:1");
  options.ca_file = "/nowhere/ca.pem";
  assert_int_equal(rh_loop_new(&loop, NULL), RHUB_OK);
  assert_int_equal(rh_pool_new(loop, &options, &pool, &error), RHUB_CONFIG);
  assert_non_null(strstr(error.message, "/nowhere/ca.pem"));
  rh_loop_free(loop);
}

/* ---- many at once ---- */

static void answers(bool http2, int most_connections) {
  tls_server s;
  net n;
  static ended e[200];
  tls_start(&s, http2, answer, NULL, 0, DAY);
  open_to(&n, &s, s.ca_file, 64);
  for (int i = 0; i < 200; i++)
    net_start(&n, &e[i], net_post(i % 2 ? RH_REQUEST_SUBMIT : RH_REQUEST_CALL, "/x", "{\"a\":1}"));
  for (int i = 0; i < 200; i++) {
    net_wait(&n, &e[i]);
    assert_int_equal(e[i].wire, RH_WIRE_REPLY);
    assert_string_equal(e[i].body, OK_BODY);
  }
  assert_int_equal(atomic_load(&s.tcp.requests), 200);
  assert_true(atomic_load(&s.tcp.connections) <= most_connections);
  net_close(&n);
  tls_stop(&s);
}

static void http2_carries_all_requests_on_few_connections(void **state) {
  (void)state;
  answers(true, 6);
}

static void http1_over_tls_uses_a_connection_a_request(void **state) {
  (void)state;
  answers(false, 64);
}

/* ---- kept connections that die ---- */

static bool die_on_second(tls_stream *s) {
  const char *how = s->server->user;
  struct linger now = {1, 0};
  if (s->nth == 1) return answer(s);
  if (strcmp(how, "half a header") == 0) {
    if (s->server->http2)
      SSL_write(s->ssl, "\0\0\1\1\4", 5);
    else
      SSL_write(s->ssl, "HTTP/1.1 20", 11);
  }
  if (strcmp(how, "GOAWAY") == 0) tls_frame(s, H2_GOAWAY, 0, 0, "\0\0\0\1\0\0\0\0", 8);
  if (strcmp(how, "REFUSED_STREAM") == 0) {
    tls_frame(s, H2_RST_STREAM, 0, s->stream, "\0\0\0\7", 4);
    return true;
  }
  if (strcmp(how, "RST") == 0) setsockopt(s->fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  if (strcmp(how, "close_notify") == 0) SSL_shutdown(s->ssl);
  return false;
}

static void dies(bool http2, const char *how) {
  tls_server s;
  net n;
  ended e;
  tls_start(&s, http2, die_on_second, (void *)how, 0, DAY);
  open_to(&n, &s, s.ca_file, 4);
  net_do(&n, &e, net_post(RH_REQUEST_SUBMIT, "/first", "{}"));
  assert_int_equal(e.wire, RH_WIRE_REPLY);
  net_do(&n, &e, net_post(RH_REQUEST_SUBMIT, "/second", "{\"prompt\":\"x\"}"));
  if (e.wire != RH_WIRE_LOST) fail_msg("%s: %d %s", how, e.wire, e.message);
  for (int k = 0; k < 5; k++) rh_loop_step(n.loop, 0);
  assert_int_equal(atomic_load(&s.tcp.requests), 2);
  net_close(&n);
  tls_stop(&s);
}

static void a_submit_on_a_dying_http1_connection_is_sent_once(void **state) {
  (void)state;
  dies(false, "RST");
  dies(false, "FIN");
  dies(false, "close_notify");
  dies(false, "half a header");
}

static void a_submit_on_a_dying_http2_connection_is_sent_once(void **state) {
  (void)state;
  dies(true, "RST");
  dies(true, "FIN");
  dies(true, "close_notify");
  dies(true, "half a header");
  dies(true, "GOAWAY");
  dies(true, "REFUSED_STREAM");
}

/* The server resets idle connections while nobody looks: the next write raises EPIPE. */
static bool answer_then_reset(tls_stream *s) {
  struct linger now = {1, 0};
  answer(s);
  setsockopt(s->fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  return false;
}

static void broken_connections_raise_no_signal(void **state) {
  (void)state;
  signal(SIGPIPE, SIG_DFL); /* the default would end the process */
  for (int i = 0; i < 40; i++) {
    tls_server s;
    net n;
    ended e;
    tls_start(&s, i % 2, answer_then_reset, NULL, 0, DAY);
    open_to(&n, &s, s.ca_file, 4);
    for (int k = 0; k < 3; k++) net_do(&n, &e, net_post(RH_REQUEST_SUBMIT, "/x", "{}"));
    net_close(&n); /* says goodbye to a closed socket */
    tls_stop(&s);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(only_a_known_authority_is_trusted),
      cmocka_unit_test(a_ca_file_that_cannot_be_read_is_named),
      cmocka_unit_test(http2_carries_all_requests_on_few_connections),
      cmocka_unit_test(http1_over_tls_uses_a_connection_a_request),
      cmocka_unit_test(a_submit_on_a_dying_http1_connection_is_sent_once),
      cmocka_unit_test(a_submit_on_a_dying_http2_connection_is_sent_once),
      cmocka_unit_test(broken_connections_raise_no_signal),
  };
  return cmocka_run_group_tests_name("tls", tests, NULL, NULL);
}
