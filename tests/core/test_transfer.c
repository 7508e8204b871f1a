/* One exchange: what a reply, a loss, a refusal is; where the key goes; who goes first. */
#include "net.h"
#include "server.h"

#include <time.h>
#include <zlib.h>

#define OK_BODY "{\"code\":0}"

/* ---- replies --------------------------------------------------------------------------------- */

static bool echo(server_request *r) {
  char auth[300] = "", type[100] = "", expect[100] = "", body[2048];
  server_header(r, "Authorization", auth, sizeof auth);
  server_header(r, "Content-Type", type, sizeof type);
  server_header(r, "Expect", expect, sizeof expect);
  const char *key = strcmp(auth, "Bearer " NET_KEY) == 0 ? "the key" : auth;
  snprintf(body, sizeof body, "%s %s [%s] [%s] [%s] %.*s", r->method, r->path, key, type, expect,
           (int)r->body_len, r->body);
  return server_reply(r, strcmp(r->path, "/teapot") == 0 ? 418 : 200, "", body);
}

static void calls_and_submits_carry_key_and_body_to_the_origin(void **state) {
  (void)state;
  server s;
  net n;
  ended e;
  server_start(&s, echo, NULL);
  net_open(&n, s.origin);
  net_do(&n, &e, net_get("/a"));
  assert_int_equal(e.wire, RH_WIRE_REPLY);
  assert_int_equal(e.http_status, 200);
  assert_string_equal(e.body, "GET /a [the key] [] [] ");
  net_do(&n, &e, net_post(RH_REQUEST_CALL, "/b", "{\"x\":1}"));
  assert_string_equal(e.body, "POST /b [the key] [application/json] [] {\"x\":1}");
  net_do(&n, &e, net_post(RH_REQUEST_SUBMIT, "/c", "{\"y\":2}"));
  assert_string_equal(e.body, "POST /c [the key] [application/json] [] {\"y\":2}");
  net_do(&n, &e, net_get("/teapot"));
  assert_int_equal(e.wire, RH_WIRE_REPLY);
  assert_int_equal(e.http_status, 418);
  assert_int_equal(atomic_load(&s.connections), 1);
  net_close(&n);
  server_stop(&s);
}

static bool send_back_length(server_request *r) {
  char body[64];
  unsigned sum = 0;
  for (size_t i = 0; i < r->body_len; i++) sum = sum * 31 + (unsigned char)r->body[i];
  snprintf(body, sizeof body, "%zu %u", r->body_len, sum);
  return server_reply(r, 200, "", body);
}

static void a_submit_of_megabytes_arrives_whole(void **state) {
  (void)state;
  server s;
  net n;
  ended e;
  size_t len = 3 << 20;
  char *body = malloc(len), expected[64];
  unsigned sum = 0;
  for (size_t i = 0; i < len; i++) body[i] = (char)(i * 7 + i / 999);
  for (size_t i = 0; i < len; i++) sum = sum * 31 + (unsigned char)body[i];
  snprintf(expected, sizeof expected, "%zu %u", len, sum);
  server_start(&s, send_back_length, NULL);
  net_open(&n, s.origin);
  rh_request request = {.kind = RH_REQUEST_SUBMIT, .url = "/big", .body = body, .body_len = len};
  net_start(&n, &e, request);
  memset(body, 'x', len); /* it was copied */
  net_wait(&n, &e);
  assert_string_equal(e.body, expected);
  free(body);
  net_close(&n);
  server_stop(&s);
}

static bool reply_as_path_says(server_request *r) {
  char headers[200], date[64];
  time_t when = time(NULL) + 100;
  struct tm utc;
  strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&when, &utc));
  if (strcmp(r->path, "/seconds") == 0) return server_reply(r, 429, "Retry-After: 7\r\n", "");
  if (strcmp(r->path, "/zero") == 0) return server_reply(r, 503, "Retry-After: 0\r\n", "");
  if (strcmp(r->path, "/past") == 0)
    return server_reply(r, 503, "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n", "");
  if (strcmp(r->path, "/none") == 0) return server_reply(r, 503, "", "");
  snprintf(headers, sizeof headers, "Retry-After: %s\r\n", date);
  return server_reply(r, 503, headers, "");
}

static void retry_after_is_read_as_seconds_or_date(void **state) {
  (void)state;
  server s;
  net n;
  ended e;
  server_start(&s, reply_as_path_says, NULL);
  net_open(&n, s.origin);
  net_do(&n, &e, net_get("/seconds"));
  assert_true(e.retry_after == 7);
  net_do(&n, &e, net_get("/zero"));
  assert_true(e.retry_after == 0);
  net_do(&n, &e, net_get("/past"));
  assert_true(e.retry_after == 0);
  net_do(&n, &e, net_get("/none"));
  assert_true(e.retry_after < 0);
  net_do(&n, &e, net_get("/date"));
  assert_true(e.retry_after > 90 && e.retry_after <= 101);
  net_close(&n);
  server_stop(&s);
}

static bool send_zeros_compressed(server_request *r) {
  static unsigned char zeros[1 << 20], packed[1 << 16];
  char accepted[100] = "";
  server_header(r, "Accept-Encoding", accepted, sizeof accepted);
  if (!strstr(accepted, "gzip")) return server_reply(r, 500, "", "gzip is not accepted");
  memset(zeros, '0', sizeof zeros);
  z_stream z = {.next_in = zeros, .next_out = packed, .avail_out = sizeof packed};
  z.avail_in = strcmp(r->path, "/large") == 0 ? sizeof zeros : 3000;
  deflateInit2(&z, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
  deflate(&z, Z_FINISH);
  deflateEnd(&z);
  return server_reply_bytes(r, 200, "Content-Encoding: gzip\r\n", packed, z.total_out);
}

static void compressed_replies_are_read_and_bounded_by_what_they_become(void **state) {
  (void)state;
  server s;
  net n;
  ended e;
  server_start(&s, send_zeros_compressed, NULL);
  net_open(&n, s.origin);
  net_do(&n, &e, net_get("/small"));
  assert_int_equal(e.wire, RH_WIRE_REPLY);
  assert_int_equal(e.body_len, 3000);
  rh_request request = net_get("/large");
  request.ceiling = 100000;
  net_do(&n, &e, request);
  assert_int_equal(e.wire, RH_WIRE_TOO_LARGE);
  request.ceiling = 1 << 20;
  net_do(&n, &e, request);
  assert_int_equal(e.wire, RH_WIRE_REPLY);
  assert_int_equal(e.body_len, 1 << 20);
  net_close(&n);
  server_stop(&s);
}

static bool redirect_to_root(server_request *r) {
  return server_reply(r, 302, "Location: /elsewhere\r\n", "moved");
}

static void api_calls_follow_no_redirect(void **state) {
  (void)state;
  server s;
  net n;
  ended e;
  server_start(&s, redirect_to_root, NULL);
  net_open(&n, s.origin);
  net_do(&n, &e, net_post(RH_REQUEST_SUBMIT, "/c", "{}"));
  assert_int_equal(e.wire, RH_WIRE_REPLY);
  assert_int_equal(e.http_status, 302);
  assert_int_equal(atomic_load(&s.requests), 1);
  net_close(&n);
  server_stop(&s);
}

/* ---- losses ---------------------------------------------------------------------------------- */

/* What the server does with the second request of a warmed connection, once it has read it whole.
 */
static bool die_on_second(server_request *r) {
  const char *how = r->server->user;
  if (r->nth == 1) return server_reply(r, 200, "", OK_BODY);
  if (strcmp(how, "half a header") == 0) server_send(r, "HTTP/1.1 20", 11);
  if (strcmp(how, "half a body") == 0)
    server_send(r, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"c", 42);
  if (strcmp(how, "RST") == 0) return server_reset(r);
  return false;
}

static void a_submit_on_a_kept_connection_that_dies_is_sent_once(void **state) {
  (void)state;
  static const char *const ways[] = {"RST", "FIN", "half a header", "half a body"};
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
    server s;
    net n;
    ended e;
    server_start(&s, die_on_second, (void *)ways[i]);
    net_open(&n, s.origin);
    net_do(&n, &e, net_post(RH_REQUEST_SUBMIT, "/first", "{}"));
    assert_int_equal(e.wire, RH_WIRE_REPLY);
    net_start(&n, &e, net_post(RH_REQUEST_SUBMIT, "/second", "{\"prompt\":\"x\"}"));
    net_wait(&n, &e);
    assert_int_equal(e.wire, RH_WIRE_LOST);
    assert_true(e.message[0] != '\0');
    for (int k = 0; k < 5; k++) rh_loop_step(n.loop, 0);
    assert_int_equal(atomic_load(&s.requests), 2); /* the first, and the second once */
    net_close(&n);
    server_stop(&s);
  }
}

static bool reply_then_close(server_request *r) {
  server_reply(r, 200, "", OK_BODY);
  return false;
}

static void a_submit_after_the_server_closed_a_kept_connection_goes_through(void **state) {
  (void)state;
  server s;
  net n;
  ended e;
  server_start(&s, reply_then_close, NULL);
  net_open(&n, s.origin);
  for (int i = 1; i <= 5; i++) {
    net_do(&n, &e, net_post(RH_REQUEST_SUBMIT, "/x", "{}"));
    assert_int_equal(e.wire, RH_WIRE_REPLY);
    while (atomic_load(&s.open) > 0) usleep(500);
  }
  assert_int_equal(atomic_load(&s.requests), 5);
  net_close(&n);
  server_stop(&s);
}

static bool reply_in_part(server_request *r) {
  const char *how = r->path + 1;
  if (strcmp(how, "nothing") == 0) return false;
  if (strcmp(how, "reset") == 0) return server_reset(r);
  if (strcmp(how, "garbage") == 0) return server_send(r, "SSH-2.0-hello\r\n\r\n", 17) && false;
  if (strcmp(how, "silence") == 0) return server_hang(r);
  server_send(r, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"", 41);
  return strcmp(how, "stall") == 0 ? server_hang(r) : false;
}

static void what_is_lost_after_sending_is_lost_or_a_time_out(void **state) {
  (void)state;
  static const struct {
    const char *path;
    rh_wire wire;
  } ways[] = {{"/nothing", RH_WIRE_LOST},    {"/reset", RH_WIRE_LOST},
              {"/garbage", RH_WIRE_LOST},    {"/cut", RH_WIRE_LOST},
              {"/silence", RH_WIRE_TIMEOUT}, {"/stall", RH_WIRE_TIMEOUT}};
  server s;
  net n;
  ended e;
  server_start(&s, reply_in_part, NULL);
  net_open(&n, s.origin);
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
    rh_request request = net_post(RH_REQUEST_SUBMIT, ways[i].path, "{}");
    request.timeout = ways[i].wire == RH_WIRE_TIMEOUT ? 0.3 : 30;
    net_do(&n, &e, request);
    assert_int_equal(e.wire, ways[i].wire);
    assert_true(e.message[0] != '\0');
    assert_null(strstr(e.message, NET_KEY));
  }
  assert_int_equal(atomic_load(&s.requests), 6);
  net_close(&n);
  server_stop(&s);
}

static void unsent(const char *origin, double connect_timeout) {
  net n;
  ended e;
  rh_pool_options options = net_options(origin);
  options.connect_timeout = connect_timeout;
  net_open_with(&n, &options);
  net_start(&n, &e, net_post(RH_REQUEST_SUBMIT, "/x", "{}"));
  assert_false(rh_transfer_sent(e.transfer));
  net_wait(&n, &e);
  assert_int_equal(e.wire, RH_WIRE_UNSENT);
  assert_true(e.message[0] != '\0');
  net_close(&n);
}

static void without_a_connection_nothing_was_sent(void **state) {
  (void)state;
  server s;
  char origin[64];
  server_start(&s, reply_in_part, NULL);
  snprintf(origin, sizeof origin, "https://127.0.0.1:%d", s.port);
  unsent(origin, 0.3); /* a TLS handshake that a plain server leaves hanging, or refuses */
  server_stop(&s);
  unsent(s.origin, 10);                   /* nobody listens any more */
  unsent("https://host.invalid:443", 10); /* no such name */
}

static void no_proxy_connection_is_unsent_too(void **state) {
  (void)state;
  server s;
  net n;
  ended e;
  char proxy[64];
  server_start(&s, echo, NULL); /* answers CONNECT with 200 and then speaks no TLS */
  snprintf(proxy, sizeof proxy, "http://127.0.0.1:%d", s.port);
  rh_pool_options options = net_options("https://www.example.com");
  options.proxy = proxy;
  options.connect_timeout = 0.5;
  net_open_with(&n, &options);
  net_do(&n, &e, net_post(RH_REQUEST_SUBMIT, "/x", "{}"));
  assert_int_equal(e.wire, RH_WIRE_UNSENT);
  assert_string_equal(e.host, "www.example.com");
  net_close(&n);
  server_stop(&s);
}

static void loopback_never_goes_through_a_proxy(void **state) {
  (void)state;
  server s;
  net n;
  ended e;
  setenv("http_proxy", "http://127.0.0.1:1", 1);
  setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
  server_start(&s, echo, NULL);
  for (int i = 0; i < 2; i++) {
    rh_pool_options options = net_options(s.origin);
    options.proxy = i ? "http://127.0.0.1:1" : NULL;
    net_open_with(&n, &options);
    net_do(&n, &e, net_get("/a"));
    assert_int_equal(e.wire, RH_WIRE_REPLY);
    net_close(&n);
  }
  unsetenv("http_proxy");
  unsetenv("ALL_PROXY");
  server_stop(&s);
}

/* ---- downloads and uploads ------------------------------------------------------------------- */

typedef struct bucket {
  ended e; /* first: the owner of both */
  int begun, http_status;
  rh_header header;
  size_t len;
  unsigned sum;
  bool stop_at_begin;
  size_t stop_after;
} bucket;

static bool bucket_begin(void *owner, int http_status, const rh_header *header) {
  bucket *b = owner;
  b->begun++;
  b->http_status = http_status;
  b->header = *header;
  return !b->stop_at_begin;
}

static bool bucket_write(void *owner, const char *data, size_t len) {
  bucket *b = owner;
  b->len += len;
  for (size_t i = 0; i < len; i++) b->sum = b->sum * 31 + (unsigned char)data[i];
  return b->stop_after == 0 || b->len < b->stop_after;
}

static const rh_sink bucket_sink = {bucket_begin, bucket_write};

static void fetch(net *n, bucket *b, const char *origin, const char *path) {
  char url[400];
  snprintf(url, sizeof url, "%s%s", origin, path);
  rh_request request = {.kind = RH_REQUEST_DOWNLOAD, .url = url, .sink = &bucket_sink};
  net_do(n, &b->e, request);
}

static bool serve_file(server_request *r) {
  char text[300];
  if (server_header(r, "Authorization", text, sizeof text)) return server_reply(r, 400, "", "key");
  if (strncmp(r->path, "/hop/", 5) == 0) {
    int left = atoi(r->path + 5);
    char to[100];
    snprintf(to, sizeof to, left > 1 ? "Location: /hop/%d\r\n" : "Location: /file\r\n", left - 1);
    return server_reply(r, 302, to, "a body that nobody wants");
  }
  if (strncmp(r->path, "/to/", 4) == 0) {
    snprintf(text, sizeof text, "Location: %s\r\n", r->path + 4);
    return server_reply(r, 302, text, "");
  }
  size_t len = strcmp(r->path, "/large") == 0 ? 5 << 20 : 100000;
  char *body = malloc(len);
  memset(body, 'f', len);
  bool on = server_reply_bytes(
      r, 200, "ETag: \"abc\"\r\nLast-Modified: x\r\nContent-Range: bytes 5-9/77\r\n", body, len);
  free(body);
  return on;
}

static void a_download_tells_its_header_and_carries_no_key(void **state) {
  (void)state;
  server s;
  net n;
  bucket b = {.begun = 0};
  server_start(&s, serve_file, NULL);
  net_open(&n, s.origin);
  fetch(&n, &b, s.origin, "/file?signature=1");
  assert_int_equal(b.e.wire, RH_WIRE_REPLY);
  assert_int_equal(b.begun, 1);
  assert_int_equal(b.http_status, 200);
  assert_int_equal(b.header.content_length, 100000);
  assert_int_equal(b.header.range_start, 5);
  assert_int_equal(b.header.range_total, 77);
  assert_int_equal(b.len, 100000);
  b = (bucket){.begun = 0};
  fetch(&n, &b, s.origin, "/large");
  assert_int_equal(b.len, 5 << 20);
  net_close(&n);
  server_stop(&s);
}

static void a_sink_can_stop_a_download(void **state) {
  (void)state;
  server s;
  net n;
  bucket b = {.stop_at_begin = true};
  server_start(&s, serve_file, NULL);
  net_open(&n, s.origin);
  fetch(&n, &b, s.origin, "/file");
  assert_int_equal(b.e.wire, RH_WIRE_SINK);
  assert_int_equal(b.len, 0);
  b = (bucket){.stop_after = 50000};
  fetch(&n, &b, s.origin, "/file");
  assert_int_equal(b.e.wire, RH_WIRE_SINK);
  b = (bucket){.stop_after = 3 << 20};
  fetch(&n, &b, s.origin, "/large");
  assert_int_equal(b.e.wire, RH_WIRE_SINK);
  net_close(&n);
  server_stop(&s);
}

static void five_redirects_are_followed_and_no_more(void **state) {
  (void)state;
  server s;
  net n;
  bucket b = {.begun = 0};
  server_start(&s, serve_file, NULL);
  net_open(&n, s.origin);
  fetch(&n, &b, s.origin, "/hop/5");
  assert_int_equal(b.e.wire, RH_WIRE_REPLY);
  assert_int_equal(b.begun, 1);
  assert_int_equal(b.len, 100000);
  b = (bucket){.begun = 0};
  fetch(&n, &b, s.origin, "/hop/6");
  assert_int_equal(b.e.wire, RH_WIRE_REFUSED);
  assert_int_equal(b.begun, 0);
  net_close(&n);
  server_stop(&s);
}

static void addresses_that_are_not_opened_are_refused(void **state) {
  (void)state;
  static const char *const bad[] = {"file:///etc/passwd",       "ftp://127.0.0.1/x",
                                    "http://example.com/x",     "nonsense",
                                    "http://127.0.0.1:99999/x", ""};
  static const char *const redirects[] = {"/to/file:///etc/passwd", "/to/ftp://127.0.0.1/x",
                                          "/to/http://example.com/x?secret=1"};
  server s;
  net n;
  bucket b;
  server_start(&s, serve_file, NULL);
  net_open(&n, s.origin);
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    b = (bucket){.begun = 0};
    fetch(&n, &b, "", bad[i]);
    assert_int_equal(b.e.wire, RH_WIRE_REFUSED);
    assert_int_equal(b.begun, 0);
  }
  for (size_t i = 0; i < sizeof redirects / sizeof *redirects; i++) {
    b = (bucket){.begun = 0};
    fetch(&n, &b, s.origin, redirects[i]);
    assert_int_equal(b.e.wire, RH_WIRE_REFUSED);
    assert_int_equal(b.begun, 0);
    assert_null(strstr(b.e.message, "secret"));
    assert_non_null(strstr(b.e.message, "redirected to"));
  }
  net_close(&n);
  server_stop(&s);
}

static void a_sealed_pool_leaves_this_machine_for_nothing(void **state) {
  (void)state;
  static const char *const bad[] = {"https://example.com/x", "https://93.184.216.34/x"};
  server s;
  net n;
  bucket b;
  rhub_error error;
  server_start(&s, serve_file, NULL);
  rh_pool_options options = net_options(s.origin);
  options.loopback_only = true;
  options.proxy = "http://127.0.0.1:1"; /* not used */
  net_open_with(&n, &options);
  for (size_t i = 0; i < 4; i++) {
    char path[100];
    snprintf(path, sizeof path, "%s%s", i < 2 ? "" : "/to/", bad[i % 2]);
    b = (bucket){.begun = 0};
    fetch(&n, &b, i < 2 ? "" : s.origin, path);
    assert_int_equal(b.e.wire, RH_WIRE_REFUSED);
  }
  b = (bucket){.begun = 0};
  fetch(&n, &b, s.origin, "/hop/2");
  assert_int_equal(b.e.wire, RH_WIRE_REPLY);
  net_close(&n);
  server_stop(&s);
  rh_pool *pool;
  rh_loop *loop;
  assert_int_equal(rh_loop_new(&loop, NULL), RHUB_OK);
  options.origin = "https://www.runninghub.ai";
  assert_int_equal(rh_pool_new(loop, &options, &pool, &error), RHUB_CONFIG);
  rh_loop_free(loop);
}

static bool check_form(server_request *r) {
  size_t len = (size_t)(intptr_t)r->server->user;
  char type[200] = "";
  server_header(r, "Content-Type", type, sizeof type);
  const char *start = r->body ? memmem(r->body, r->body_len, "\r\n\r\n", 4) : NULL;
  bool good = strncmp(type, "multipart/form-data", 19) == 0 && start &&
              memmem(r->body, r->body_len, "name=\"file\"", 11) &&
              memmem(r->body, r->body_len, "filename=\"a %22b%22.png\"", 24) &&
              !memmem(r->body, r->body_len, "chunked", 7);
  for (size_t i = 0; good && i < len; i++) good = start[4 + i] == (char)(i % 251);
  return server_reply(r, good ? 200 : 400, "", OK_BODY);
}

static void a_file_is_sent_as_one_part_of_a_form(void **state) {
  (void)state;
  size_t len = 300000;
  char path[] = "/tmp/rhub-test-XXXXXX", *bytes = malloc(len);
  int fd = mkstemp(path);
  for (size_t i = 0; i < len; i++) bytes[i] = (char)(i % 251);
  assert_int_equal(write(fd, bytes, len), (ssize_t)len);
  free(bytes);
  server s;
  net n;
  ended e;
  server_start(&s, check_form, (void *)(intptr_t)len);
  net_open(&n, s.origin);
  rh_request request = {.kind = RH_REQUEST_UPLOAD,
                        .url = "/up",
                        .file_name = "a \"b\".png",
                        .file_fd = fd,
                        .file_size = (int64_t)len};
  for (int i = 0; i < 2; i++) {
    net_do(&n, &e, request);
    assert_int_equal(e.wire, RH_WIRE_REPLY);
    assert_int_equal(e.http_status, 200);
  }
  request.file_size = (int64_t)len + 1; /* as if it had become shorter */
  net_do(&n, &e, request);
  assert_int_equal(e.wire, RH_WIRE_SOURCE);
  unlink(path);
  close(fd);
  net_close(&n);
  server_stop(&s);
}

/* ---- order, ends ----------------------------------------------------------------------------- */

typedef struct gate {
  pthread_mutex_t lock;
  pthread_cond_t opened;
  bool open;
  atomic_int waiting;
} gate;

/* Files wait at the gate, calls are answered. */
static bool files_wait(server_request *r) {
  gate *g = r->server->user;
  if (strncmp(r->path, "/file", 5) == 0) {
    atomic_fetch_add(&g->waiting, 1);
    pthread_mutex_lock(&g->lock);
    while (!g->open) pthread_cond_wait(&g->opened, &g->lock);
    pthread_mutex_unlock(&g->lock);
  }
  return server_reply(r, 200, "", OK_BODY);
}

static void open_gate(gate *g) {
  pthread_mutex_lock(&g->lock);
  g->open = true;
  pthread_cond_broadcast(&g->opened);
  pthread_mutex_unlock(&g->lock);
}

static void calls_find_a_connection_while_files_hold_all_others(void **state) {
  (void)state;
  gate g = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, 0};
  server s;
  net n;
  bucket b[6];
  ended e;
  char url[100];
  server_start(&s, files_wait, &g);
  rh_pool_options options = net_options(s.origin);
  options.connections = 3;
  net_open_with(&n, &options);
  snprintf(url, sizeof url, "%s/file", s.origin);
  rh_request request = {.kind = RH_REQUEST_DOWNLOAD, .url = url, .sink = &bucket_sink};
  for (int i = 0; i < 6; i++) {
    b[i] = (bucket){.begun = 0};
    net_start(&n, &b[i].e, request);
  }
  for (int i = 0; i < 10; i++) net_do(&n, &e, net_get("/call"));
  while (atomic_load(&g.waiting) < 2) rh_loop_step(n.loop, 1);
  assert_int_equal(atomic_load(&g.waiting), 2);
  rh_transfer_cancel(b[1].e.transfer); /* under way */
  rh_transfer_cancel(b[5].e.transfer); /* queued */
  rh_transfer_cancel(NULL);
  open_gate(&g);
  for (int i = 0; i < 5; i++)
    if (i != 1) net_wait(&n, &b[i].e);
  assert_false(b[1].e.done);
  assert_false(b[5].e.done);
  net_close(&n);
  server_stop(&s);
}

static void a_pool_is_freed_with_everything_under_way(void **state) {
  (void)state;
  gate g = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, 0};
  server s;
  net n;
  bucket b[6];
  ended e[6];
  char url[100];
  server_start(&s, files_wait, &g);
  net_open(&n, s.origin);
  snprintf(url, sizeof url, "%s/file", s.origin);
  rh_request request = {.kind = RH_REQUEST_DOWNLOAD, .url = url, .sink = &bucket_sink};
  for (int i = 0; i < 6; i++) {
    net_start(&n, &b[i].e, request);
    net_start(&n, &e[i], net_post(RH_REQUEST_SUBMIT, "/file", "{}"));
  }
  request.url = "file:///x"; /* refused, not told yet */
  net_start(&n, &b[0].e, request);
  while (atomic_load(&g.waiting) < 8) rh_loop_step(n.loop, 1);
  net_close(&n);
  for (int i = 0; i < 6; i++) assert_false(e[i].done || b[i].e.done);
  open_gate(&g);
  server_stop(&s);
}

static bool quote_key(server_request *r) {
  return server_reply(r, 401, "", NET_KEY "? no " NET_KEY);
}

static void a_reply_that_quotes_the_key_is_handed_on_without_it(void **state) {
  (void)state;
  server s;
  net n;
  ended e;
  server_start(&s, quote_key, NULL);
  net_open(&n, s.origin);
  net_do(&n, &e, net_get("/a"));
  assert_int_equal(e.http_status, 401);
  assert_int_equal(strlen(e.body), 2 * strlen(NET_KEY) + 5);
  assert_null(strstr(e.body, NET_KEY));
  assert_non_null(strstr(e.body, "*? no *"));
  net_close(&n);
  server_stop(&s);
}

static char logged[4000];

static void keep_line(void *owner, const char *line) {
  (void)owner;
  strncat(logged, line, sizeof logged - strlen(logged) - 1);
}

static void the_log_shows_host_and_path_and_no_secret(void **state) {
  (void)state;
  server s;
  net n;
  ended e;
  bucket b = {.begun = 0};
  server_start(&s, echo, NULL);
  rh_pool_options options = net_options(s.origin);
  options.log = keep_line;
  net_open_with(&n, &options);
  net_do(&n, &e, net_get("/api/webapp/apiCallDemo?apiKey=SECRET1"));
  net_do(&n, &e, net_get("/proxy/SECRET2/prompt"));
  net_do(&n, &e, net_get("/proxy/SECRET3"));
  fetch(&n, &b, "ftp://user:SECRET4@host", "/a?q-signature=SECRET5");
  assert_non_null(strstr(logged, "/api/webapp/apiCallDemo 200"));
  assert_non_null(strstr(logged, "/proxy/***/prompt 200"));
  assert_null(strstr(logged, "SECRET"));
  assert_null(strstr(b.e.message, "SECRET"));
  assert_null(strstr(logged, NET_KEY));
  net_close(&n);
  server_stop(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(calls_and_submits_carry_key_and_body_to_the_origin),
      cmocka_unit_test(a_reply_that_quotes_the_key_is_handed_on_without_it),
      cmocka_unit_test(a_submit_of_megabytes_arrives_whole),
      cmocka_unit_test(retry_after_is_read_as_seconds_or_date),
      cmocka_unit_test(compressed_replies_are_read_and_bounded_by_what_they_become),
      cmocka_unit_test(api_calls_follow_no_redirect),
      cmocka_unit_test(a_submit_on_a_kept_connection_that_dies_is_sent_once),
      cmocka_unit_test(a_submit_after_the_server_closed_a_kept_connection_goes_through),
      cmocka_unit_test(what_is_lost_after_sending_is_lost_or_a_time_out),
      cmocka_unit_test(without_a_connection_nothing_was_sent),
      cmocka_unit_test(no_proxy_connection_is_unsent_too),
      cmocka_unit_test(loopback_never_goes_through_a_proxy),
      cmocka_unit_test(a_download_tells_its_header_and_carries_no_key),
      cmocka_unit_test(a_sink_can_stop_a_download),
      cmocka_unit_test(five_redirects_are_followed_and_no_more),
      cmocka_unit_test(addresses_that_are_not_opened_are_refused),
      cmocka_unit_test(a_sealed_pool_leaves_this_machine_for_nothing),
      cmocka_unit_test(a_file_is_sent_as_one_part_of_a_form),
      cmocka_unit_test(calls_find_a_connection_while_files_hold_all_others),
      cmocka_unit_test(a_pool_is_freed_with_everything_under_way),
      cmocka_unit_test(the_log_shows_host_and_path_and_no_secret),
  };
  return cmocka_run_group_tests_name("transfer", tests, NULL, NULL);
}
