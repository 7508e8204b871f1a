/* Media in: streamed once, joined, remembered by content, sent again where that costs nothing. */
#include "folder.h"
#include "net.h"
#include "server.h"

#include "core/known.h"
#include "core/upload.h"

#include <sys/wait.h>
#include <time.h>

/* ---- the server ------------------------------------------------------------------------------ */

typedef struct host {
  pthread_mutex_t lock;
  int uploads;
  size_t last_len; /* of the file in the last form */
  char last_name[200], last_path[1024], last_key[100], last_type[100]; /* fields of the form */
  unsigned last_sum;
  int fail_times, fail_status; /* 0: the connection is cut */
  const char *fail_body, *fail_headers;
  const char *sign_time; /* in the addresses; "" for none */
  const char *change;    /* a file that grows while the request is answered */
  bool no_address;
  atomic_bool hold; /* answers nothing */
  atomic_int held;
} host;

static unsigned sum_of(const char *data, size_t len) {
  unsigned sum = 0;
  for (size_t i = 0; i < len; i++) sum = sum * 31 + (unsigned char)data[i];
  return sum;
}

/* The value of a plain field of the form; "" for none. */
static void read_field(server_request *r, const char *name, char *out, size_t size) {
  char head[100];
  int len = snprintf(head, sizeof head, "name=\"%s\"\r\n\r\n", name);
  const char *at = memmem(r->body, r->body_len, head, (size_t)len);
  snprintf(out, size, "%.*s", at ? (int)strcspn(at + len, "\r") : 0, at ? at + len : "");
}

static void read_form(server_request *r, host *h) {
  char type[200] = "";
  server_header(r, "Content-Type", type, sizeof type);
  const char *boundary = strstr(type, "boundary=");
  char *name = memmem(r->body, r->body_len, "filename=\"", 10);
  char *start = name ? strstr(name, "\r\n\r\n") : NULL;
  if (!start || !boundary) return;
  read_field(r, "apiKey", h->last_key, sizeof h->last_key);
  read_field(r, "fileType", h->last_type, sizeof h->last_type);
  snprintf(h->last_path, sizeof h->last_path, "%s", r->path);
  size_t tail = strlen(boundary + 9) + 8; /* \r\n--boundary--\r\n */
  start += 4;
  h->last_len = r->body_len - (size_t)(start - r->body) - tail;
  h->last_sum = sum_of(start, h->last_len);
  snprintf(h->last_name, sizeof h->last_name, "%.*s", (int)strcspn(name + 10, "\""), name + 10);
}

static bool take(server_request *r) {
  host *h = r->server->user;
  char body[600];
  if (h->hold) {
    atomic_fetch_add(&h->held, 1);
    return server_hang(r);
  }
  pthread_mutex_lock(&h->lock);
  int n = ++h->uploads;
  bool fail = h->fail_times > 0;
  if (fail) h->fail_times--;
  read_form(r, h);
  pthread_mutex_unlock(&h->lock);
  if (h->change) {
    int fd = open(h->change, O_WRONLY | O_APPEND | O_CLOEXEC);
    if (fd < 0 || write(fd, "more", 4) != 4) abort();
    close(fd);
  }
  if (fail && h->fail_status == 0) return server_reset(r);
  const char *headers = h->fail_headers ? h->fail_headers : "";
  if (fail) return server_reply(r, h->fail_status, headers, h->fail_body);
  if (h->no_address) return server_reply(r, 200, "", "{\"code\":0,\"data\":{}}");
  if (strstr(r->path, "/task/openapi/upload")) {
    snprintf(body, sizeof body,
             "{\"code\":0,\"msg\":\"success\",\"data\":{\"fileName\":\"api/%d.png\",\"fileType\":"
             "\"input\"}}",
             n);
    return server_reply(r, 200, "", body);
  }
  snprintf(body, sizeof body,
           "{\"code\":0,\"message\":\"success\",\"data\":{\"type\":\"image\",\"download_url\":"
           "\"https://files.example/%d.png?%s\",\"fileName\":\"openapi/%d.png\",\"size\":\"1\"}}",
           n, h->sign_time, n);
  return server_reply(r, 200, "", body);
}

/* ---- uploading ------------------------------------------------------------------------------- */

typedef struct scene {
  host host;
  server server;
  folder folder;
  net net;
  rh_known *known;
  rh_uploads *uploads;
} scene;

typedef struct sent {
  scene *scene;
  bool done;
  rhub_error error;
  char url[300], file_name[200];
  uint64_t bytes;
  bool reused;
  rh_upload *upload;
  char sha256[65];
} sent;

static rh_uploads *uploads_of(scene *s, double put_life) {
  rh_uploads_options options = {.known = s->known,
                                .api_key = NET_KEY,
                                .request_timeout = 30,
                                .pause_first = 0.002,
                                .pause_max = 0.01,
                                .put_life = put_life};
  return rh_uploads_new(s->net.loop, s->net.pool, &options);
}

static void scene_open(scene *s) {
  s->host = (host){.lock = PTHREAD_MUTEX_INITIALIZER, .sign_time = ""};
  server_start(&s->server, take, &s->host);
  folder_make(&s->folder);
  net_open(&s->net, s->server.origin);
  s->known = rh_known_new(NULL, s->server.origin, NET_KEY);
  s->uploads = uploads_of(s, 0);
}

static void scene_close(scene *s) {
  rh_uploads_free(s->uploads);
  rh_known_release(s->known);
  net_close(&s->net);
  server_stop(&s->server);
  folder_remove(&s->folder);
}

static void on_sent(void *owner, const rh_upload_end *end) {
  sent *v = owner;
  assert_false(v->done);
  v->done = true;
  if (end->error) v->error = *end->error;
  if (end->url) snprintf(v->url, sizeof v->url, "%s", end->url);
  if (end->file_name) snprintf(v->file_name, sizeof v->file_name, "%s", end->file_name);
  v->bytes = end->bytes;
  v->reused = end->reused;
  snprintf(v->sha256, sizeof v->sha256, "%s", end->sha256 ? end->sha256 : "");
  rh_loop_stop(v->scene->net.loop);
}

static rhub_status start_as(scene *s, sent *v, const char *name, rhub_upload_kind kind,
                            rhub_error *error) {
  memset(v, 0, sizeof *v);
  v->scene = s;
  return rh_upload_start(s->uploads, folder_path(&s->folder, name), kind, NULL, on_sent, v,
                         &v->upload, error);
}

static rhub_status start(scene *s, sent *v, const char *name, rhub_error *error) {
  return start_as(s, v, name, RHUB_UPLOAD_URL, error);
}

static void finish(scene *s, sent *v) {
  while (!v->done) assert_true(rh_loop_step(s->net.loop, -1));
}

/* Until nothing is under way, digests included. */
static void settle(scene *s) {
  while (rh_loop_step(s->net.loop, -1)) {
  }
}

static void upload_as(scene *s, sent *v, const char *name, rhub_upload_kind kind) {
  rhub_error error;
  if (start_as(s, v, name, kind, &error) != RHUB_OK) fail_msg("%s", error.message);
  assert_false(v->done);
  finish(s, v);
  settle(s);
}

static void upload(scene *s, sent *v, const char *name) {
  upload_as(s, v, name, RHUB_UPLOAD_URL);
}

static void write_file(scene *s, const char *name, size_t len, int seed) {
  char *bytes = malloc(len);
  for (size_t i = 0; i < len; i++) bytes[i] = (char)(i * 17 + i / 255 + (size_t)seed);
  folder_write(&s->folder, name, bytes, len);
  free(bytes);
}

/* ---- tests ----------------------------------------------------------------------------------- */

static void a_file_arrives_whole_under_its_own_name(void **state) {
  (void)state;
  static const size_t sizes[] = {1, 65535, 300000, 40 << 20};
  scene s;
  sent v;
  scene_open(&s);
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    write_file(&s, "a photo.png", sizes[i], (int)i);
    upload(&s, &v, "a photo.png");
    if (v.error.status) fail_msg("%s", v.error.message);
    assert_false(v.reused);
    assert_int_equal(v.bytes, sizes[i]);
    assert_int_equal(s.host.last_len, sizes[i]);
    assert_string_equal(s.host.last_name, "a photo.png");
    char *bytes = malloc(sizes[i]);
    for (size_t k = 0; k < sizes[i]; k++) bytes[k] = (char)(k * 17 + k / 255 + i);
    assert_int_equal(s.host.last_sum, sum_of(bytes, sizes[i]));
    free(bytes);
  }
  assert_string_equal(v.url, "https://files.example/4.png?");
  assert_string_equal(v.file_name, "openapi/4.png");
  scene_close(&s);
}

static void the_same_bytes_are_not_sent_twice(void **state) {
  (void)state;
  scene s;
  sent v;
  scene_open(&s);
  write_file(&s, "a.png", 5000, 1);
  write_file(&s, "copy.png", 5000, 1);
  write_file(&s, "b.png", 5000, 2);
  upload(&s, &v, "a.png");
  upload(&s, &v, "a.png");
  assert_true(v.reused);
  assert_string_equal(v.url, "https://files.example/1.png?");
  upload(&s, &v, "copy.png");
  assert_true(v.reused);
  assert_string_equal(v.file_name, "openapi/1.png");
  assert_int_equal(v.bytes, 5000);
  upload(&s, &v, "b.png"); /* the same size, other bytes */
  assert_false(v.reused);
  write_file(&s, "a.png", 5000, 3);
  upload(&s, &v, "a.png"); /* changed meanwhile */
  assert_false(v.reused);
  assert_int_equal(s.host.uploads, 3);
  scene_close(&s);
}

/* A client that goes and another that comes: what they remember is in a file. */
static void reopen(scene *s) {
  rh_uploads_free(s->uploads);
  rh_known_release(s->known);
  net_close(&s->net);
  net_open(&s->net, s->server.origin);
  s->known = rh_known_new(folder_path(&s->folder, "cache/uploads.db"), s->server.origin, NET_KEY);
  s->uploads = uploads_of(s, 0);
}

static void a_later_client_does_not_send_the_same_bytes(void **state) {
  (void)state;
  static const size_t sizes[] = {1, 300000, 20 << 20};
  scene s;
  sent v;
  char first[300], name[30];
  scene_open(&s);
  reopen(&s);
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    snprintf(name, sizeof name, "%zu.png", i);
    write_file(&s, name, sizes[i], (int)i);
    assert_int_equal(start(&s, &v, name, NULL), RHUB_OK);
    finish(&s, &v); /* and leaves at once, digest or no digest */
    assert_false(v.reused);
    strcpy(first, v.url);
    reopen(&s);
    upload(&s, &v, name);
    assert_true(v.reused);
    assert_string_equal(v.url, first);
    reopen(&s);
  }
  assert_int_equal(s.host.uploads, 3);
  upload_as(&s, &v, "0.png", RHUB_UPLOAD_NODE);
  reopen(&s);
  upload_as(&s, &v, "0.png", RHUB_UPLOAD_NODE);
  assert_true(v.reused);
  assert_string_equal(v.file_name, "api/4.png");
  assert_int_equal(s.host.uploads, 4);
  scene_close(&s);
}

static void another_process_does_not_send_the_same_bytes(void **state) {
  (void)state;
  scene s;
  sent v;
  int status;
  scene_open(&s);
  reopen(&s);
  write_file(&s, "a.png", 5000, 1);
  upload(&s, &v, "a.png");
  assert_int_equal(s.host.uploads, 1);
  const char *ways[] = {"a.png", "b.png"};
  for (int i = 0; i < 2; i++) { /* each with a loop of its own, while the first holds the cache */
    write_file(&s, ways[i], 5000, i + 1);
    if (fork() == 0) {
      net_open(&s.net, s.server.origin);
      s.known = rh_known_new(folder_path(&s.folder, "cache/uploads.db"), s.server.origin, NET_KEY);
      s.uploads = uploads_of(&s, 0);
      upload(&s, &v, ways[i]);
      _exit(v.error.status ? 99 : v.reused);
    }
    wait(&status);
    assert_int_equal(WEXITSTATUS(status), i == 0);
  }
  assert_int_equal(s.host.uploads, 2);
  upload(&s, &v, "b.png"); /* what the other has sent */
  assert_true(v.reused);
  assert_int_equal(s.host.uploads, 2);
  scene_close(&s);
}

static void a_file_that_was_renamed_to_another_type_is_sent_again(void **state) {
  (void)state;
  scene s;
  sent v;
  scene_open(&s);
  write_file(&s, "clip", 5000, 1);
  upload(&s, &v, "clip");
  assert_int_equal(rename(folder_path(&s.folder, "clip"), folder_path(&s.folder, "clip.mp4")), 0);
  upload(&s, &v, "clip.mp4");
  assert_false(v.reused);
  assert_string_equal(s.host.last_name, "clip.mp4");
  upload(&s, &v, "clip.mp4");
  assert_true(v.reused);
  assert_int_equal(s.host.uploads, 2);
  scene_close(&s);
}

static int warnings;

static void count_warning(void *owner, const char *line) {
  (void)owner;
  assert_non_null(strstr(line, "uploads.db"));
  warnings++;
}

static void a_broken_cache_fails_no_upload_and_is_said_once(void **state) {
  (void)state;
  scene s;
  sent v;
  scene_open(&s);
  reopen(&s);
  assert_int_equal(mkdir(folder_path(&s.folder, "cache"), 0700), 0);
  folder_write(&s.folder, "cache/uploads.db",
               "this is no database, and as long as a header is: 100 "
               "bytes and some more, so that it is looked at closely",
               104);
  rh_uploads_free(s.uploads);
  rh_uploads_options options = {.known = s.known,
                                .api_key = NET_KEY,
                                .request_timeout = 30,
                                .warn = count_warning,
                                .owner = &s};
  s.uploads = rh_uploads_new(s.net.loop, s.net.pool, &options);
  warnings = 0;
  write_file(&s, "a.png", 5000, 1);
  upload(&s, &v, "a.png");
  assert_int_equal(v.error.status, 0);
  assert_false(v.reused);
  upload(&s, &v, "a.png"); /* memory serves */
  assert_true(v.reused);
  assert_int_equal(warnings, 1);
  scene_close(&s);
}

static void what_a_node_takes_is_a_file_name_from_the_legacy_upload(void **state) {
  (void)state;
  scene s;
  sent v;
  scene_open(&s);
  write_file(&s, "a.zip", 300000, 1);
  upload_as(&s, &v, "a.zip", RHUB_UPLOAD_NODE);
  if (v.error.status) fail_msg("%s", v.error.message);
  assert_string_equal(v.file_name, "api/1.png");
  assert_string_equal(v.url, "");
  assert_string_equal(s.host.last_path, "/task/openapi/upload");
  assert_string_equal(s.host.last_key, NET_KEY);
  assert_string_equal(s.host.last_type, "input");
  assert_string_equal(s.host.last_name, "a.zip");
  assert_int_equal(s.host.last_len, 300000);
  upload_as(&s, &v, "a.zip", RHUB_UPLOAD_NODE);
  assert_true(v.reused);
  assert_string_equal(v.file_name, "api/1.png");
  upload(&s, &v, "a.zip"); /* an address is another thing */
  assert_false(v.reused);
  assert_string_equal(v.url, "https://files.example/2.png?");
  assert_string_equal(s.host.last_key, "");
  assert_int_equal(s.host.uploads, 2);
  scene_close(&s);
}

static void upload_digested(scene *s, sent *v, rhub_upload_kind kind) {
  static const rh_upload_words words = {.to = "/x", .digest = true};
  memset(v, 0, sizeof *v);
  v->scene = s;
  assert_int_equal(rh_upload_start(s->uploads, folder_path(&s->folder, "a.png"), kind, &words,
                                   on_sent, v, &v->upload, NULL),
                   RHUB_OK);
  finish(s, v);
  if (v->error.status) fail_msg("%s", v->error.message);
}

static void the_digest_is_told_to_who_asks_for_it(void **state) {
  (void)state;
  static const size_t sizes[] = {1000, 40 << 20};
  scene s;
  sent v;
  scene_open(&s);
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    char sha256[RHUB_SHA256_TEXT];
    write_file(&s, "a.png", sizes[i], 1);
    assert_int_equal(rhub_sha256_file(folder_path(&s.folder, "a.png"), sha256, NULL, NULL),
                     RHUB_OK);
    upload(&s, &v, "a.png");
    assert_string_equal(v.sha256, "");
    upload_digested(&s, &v, RHUB_UPLOAD_URL);
    assert_true(v.reused);
    assert_string_equal(v.sha256, sha256);
    upload_digested(&s, &v, RHUB_UPLOAD_NODE);
    assert_false(v.reused);
    assert_string_equal(v.sha256, sha256);
  }
  scene_close(&s);
}

static void one_file_for_a_node_and_for_a_model_is_sent_for_each(void **state) {
  (void)state;
  scene s;
  sent v[2];
  scene_open(&s);
  write_file(&s, "a.png", 5000, 1);
  assert_int_equal(start(&s, &v[0], "a.png", NULL), RHUB_OK);
  assert_int_equal(start_as(&s, &v[1], "a.png", RHUB_UPLOAD_NODE, NULL), RHUB_OK);
  finish(&s, &v[0]);
  finish(&s, &v[1]);
  assert_non_null(strstr(v[0].url, "https://files.example/"));
  assert_non_null(strstr(v[1].file_name, "api/"));
  assert_int_equal(s.host.uploads, 2);
  settle(&s);
  scene_close(&s);
}

static void what_has_ended_is_known_to_the_next_at_once(void **state) {
  (void)state;
  scene s;
  sent v;
  scene_open(&s);
  for (int i = 0; i < 30; i++) {
    write_file(&s, "a.png", 1000 + (size_t)i, i);
    write_file(&s, "copy.png", 1000 + (size_t)i, i);
    assert_int_equal(start(&s, &v, "a.png", NULL), RHUB_OK);
    finish(&s, &v);
    assert_int_equal(start(&s, &v, "copy.png", NULL), RHUB_OK);
    finish(&s, &v);
    assert_true(v.reused);
  }
  assert_int_equal(s.host.uploads, 30);
  scene_close(&s);
}

static void an_address_about_to_die_is_not_given_out(void **state) {
  (void)state;
  scene s;
  sent v;
  char window[100];
  scene_open(&s);
  snprintf(window, sizeof window, "q-sign-time=%ld%%3B%ld", (long)time(NULL) - 82800,
           (long)time(NULL) + 3000);
  s.host.sign_time = window;
  write_file(&s, "a.png", 5000, 1);
  upload(&s, &v, "a.png");
  upload(&s, &v, "a.png");
  assert_false(v.reused);
  assert_int_equal(s.host.uploads, 2);
  scene_close(&s);
}

static void the_end_of_an_address_is_read_from_its_signature(void **state) {
  (void)state;
  assert_true(rh_known_until("https://x/y.png", 1000) == 1000 + 82800);
  assert_true(rh_known_until("https://x/y?q-sign-time=500;20000&z=1", 1000) == 16400);
  assert_true(rh_known_until("https://x/y?a=b&q-sign-time=500%3B20000", 1000) == 16400);
  assert_true(rh_known_until("https://x/y?q-sign-time=junk", 1000) == 1000 + 82800);
  assert_true(rh_known_until("https://x/y?q-sign-time=5;99999999999", 1000) == 1000 + 82800);
}

static void uploads_of_one_file_at_once_are_one(void **state) {
  (void)state;
  scene s;
  sent v[10];
  scene_open(&s);
  write_file(&s, "a.png", 200000, 1);
  assert_int_equal(symlink("a.png", folder_path(&s.folder, "b.png")), 0);
  for (int i = 0; i < 10; i++)
    assert_int_equal(start(&s, &v[i], i % 2 ? "a.png" : "b.png", NULL), RHUB_OK);
  rh_upload_cancel(v[0].upload);
  rh_upload_cancel(v[5].upload);
  int fresh = 0;
  for (int i = 0; i < 10; i++) {
    if (i % 5 == 0) continue;
    finish(&s, &v[i]);
    assert_int_equal(v[i].error.status, 0);
    assert_string_equal(v[i].url, "https://files.example/1.png?");
    fresh += !v[i].reused;
  }
  assert_false(v[0].done || v[5].done);
  assert_int_equal(fresh, 1);
  assert_int_equal(s.host.uploads, 1);
  settle(&s);
  scene_close(&s);
}

static void many_files_at_once_all_arrive(void **state) {
  (void)state;
  scene s;
  static sent v[150];
  char name[30];
  scene_open(&s);
  for (int i = 0; i < 150; i++) {
    snprintf(name, sizeof name, "%d.png", i);
    write_file(&s, name, 3000, i);
    assert_int_equal(start(&s, &v[i], name, NULL), RHUB_OK);
  }
  for (int i = 0; i < 150; i++) {
    finish(&s, &v[i]);
    assert_int_equal(v[i].error.status, 0);
  }
  assert_int_equal(s.host.uploads, 150);
  scene_close(&s);
}

static void failures_that_pass_are_tried_again(void **state) {
  (void)state;
  static const struct {
    int status;
    const char *body;
  } ways[] = {{0, ""},
              {503, "<html>busy</html>"},
              {429, ""},
              {200, "{\"code\":1003,\"msg\":\"rate\"}"},
              {200, "{\"code\":808,\"msg\":\"APIKEY_UPLOAD_FAILED\",\"data\":null}"}};
  scene s;
  sent v;
  scene_open(&s);
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
    write_file(&s, "a.png", 5000, (int)i);
    s.host.uploads = 0;
    s.host.fail_times = 3;
    s.host.fail_status = ways[i].status;
    s.host.fail_body = ways[i].body;
    upload(&s, &v, "a.png");
    if (v.error.status) fail_msg("%s", v.error.message);
    assert_int_equal(s.host.uploads, 4);
    assert_int_equal(s.host.last_len, 5000);
  }
  s.host.fail_times = 100;
  s.host.uploads = 0;
  write_file(&s, "a.png", 5000, 77);
  upload(&s, &v, "a.png");
  assert_int_not_equal(v.error.status, 0);
  assert_int_equal(s.host.uploads, 5);
  assert_non_null(strstr(v.error.message, "a.png"));
  scene_close(&s);
}

static int slowed, said;

static void count_said(void *owner, const char *line) {
  (void)owner;
  assert_non_null(strstr(line, "a.png"));
  said++;
}

static void count_slower(void *owner) {
  (void)owner;
  slowed++;
}

static void a_service_without_time_is_waited_for(void **state) {
  (void)state;
  static const struct {
    int status;
    const char *headers, *body;
  } ways[] = {{429, "", ""},
              {429, "Retry-After: 0\r\n", ""},
              {200, "", "{\"code\":1003,\"msg\":\"rate\"}"},
              {200, "", "{\"code\":421,\"msg\":\"full\"}"},
              {200, "", "{\"errorCode\":\"1520\",\"errorMessage\":\"full\"}"},
              {200, "", "{\"code\":415,\"msg\":\"no machine\"}"}};
  scene s;
  sent v;
  scene_open(&s);
  rh_uploads_free(s.uploads);
  rh_uploads_options options = {.known = s.known,
                                .api_key = NET_KEY,
                                .request_timeout = 30,
                                .pause_first = 0.002,
                                .pause_max = 0.01,
                                .warn = count_said,
                                .slower = count_slower};
  s.uploads = rh_uploads_new(s.net.loop, s.net.pool, &options);
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
    slowed = said = 0;
    write_file(&s, "a.png", 5000, (int)i);
    s.host.uploads = 0;
    s.host.fail_times = 20;
    s.host.fail_status = ways[i].status;
    s.host.fail_headers = ways[i].headers;
    s.host.fail_body = ways[i].body;
    upload(&s, &v, "a.png");
    if (v.error.status) fail_msg("%s", v.error.message);
    assert_int_equal(s.host.uploads, 21);
    assert_int_equal(slowed, 20);
    assert_int_equal(said, 1);
  }
  scene_close(&s);
}

static void a_retry_after_is_no_failure_whatever_it_stands_beside(void **state) {
  (void)state;
  scene s;
  sent v;
  scene_open(&s);
  write_file(&s, "a.png", 5000, 1);
  s.host.fail_times = 5; /* as many as failures are allowed */
  s.host.fail_status = 503;
  s.host.fail_headers = "Retry-After: 1\r\n";
  s.host.fail_body = "";
  upload(&s, &v, "a.png");
  assert_int_equal(v.error.status, 0);
  assert_int_equal(s.host.uploads, 6);
  scene_close(&s);
}

static void a_refusal_is_final(void **state) {
  (void)state;
  scene s;
  sent v;
  scene_open(&s);
  write_file(&s, "a.png", 5000, 1);
  s.host.fail_times = 1;
  s.host.fail_status = 200;
  s.host.fail_body = "{\"code\":1008,\"msg\":\"file too large\",\"data\":null}";
  upload(&s, &v, "a.png");
  assert_int_not_equal(v.error.status, 0);
  assert_string_equal(v.error.code, "1008");
  assert_int_equal(s.host.uploads, 1);
  s.host.fail_times = 1;
  s.host.fail_body = "{\"code\":809,\"msg\":\"APIKEY_FILE_SIZE_EXCEEDED\",\"data\":null}";
  upload_as(&s, &v, "a.png", RHUB_UPLOAD_NODE);
  assert_string_equal(v.error.code, "809");
  assert_int_equal(s.host.uploads, 2);
  s.host.no_address = true;
  upload(&s, &v, "a.png");
  assert_int_equal(v.error.status, RHUB_PROTOCOL);
  upload_as(&s, &v, "a.png", RHUB_UPLOAD_NODE);
  assert_int_equal(v.error.status, RHUB_PROTOCOL);
  scene_close(&s);
}

static void a_file_that_changes_on_the_way_is_an_error(void **state) {
  (void)state;
  scene s;
  sent v;
  scene_open(&s);
  write_file(&s, "a.png", 5000, 1);
  s.host.change = folder_path(&s.folder, "a.png");
  upload(&s, &v, "a.png");
  assert_int_equal(v.error.status, RHUB_IO);
  assert_non_null(strstr(v.error.message, "changed"));
  s.host.change = NULL;
  upload(&s, &v, "a.png");
  assert_int_equal(v.error.status, 0);
  assert_false(v.reused);
  scene_close(&s);
}

static void what_cannot_be_uploaded_is_said_at_once(void **state) {
  (void)state;
  static const struct {
    const char *name, *word;
  } bad[] = {{"missing.png", "No such file"},
             {"empty.png", "empty"},
             {".", "folder"},
             {"pipe", "regular"}};
  scene s;
  sent v;
  rhub_error error;
  scene_open(&s);
  folder_write(&s.folder, "empty.png", "", 0);
  assert_int_equal(mkfifo(folder_path(&s.folder, "pipe"), 0600), 0);
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    const char *path = folder_path(&s.folder, bad[i].name);
    assert_int_equal(rh_upload_check(path, &error), RHUB_INPUT);
    assert_non_null(strstr(error.message, bad[i].word));
    assert_non_null(strstr(error.message, path));
    assert_int_equal(start(&s, &v, bad[i].name, &error), RHUB_INPUT);
    assert_null(v.upload);
  }
  assert_int_equal(rh_upload_check("", NULL), RHUB_INPUT);
  assert_int_equal(s.host.uploads, 0);
  scene_close(&s);
}

static void uploads_can_be_cancelled_and_dropped_at_any_moment(void **state) {
  (void)state;
  scene s;
  sent v[12];
  char name[30];
  scene_open(&s);
  for (int i = 0; i < 12; i++) {
    snprintf(name, sizeof name, "%d.png", i % 8);
    write_file(&s, name, 3000000, i % 8);
  }
  for (int steps = 0; steps < 12; steps++) {
    for (int i = 0; i < 12; i++) {
      snprintf(name, sizeof name, "%d.png", i % 8);
      assert_int_equal(start(&s, &v[i], name, NULL), RHUB_OK);
    }
    for (int k = 0; k < steps; k++) rh_loop_step(s.net.loop, 1);
    for (int i = 0; i < 12; i++)
      if (!v[i].done) rh_upload_cancel(v[i].upload);
  }
  settle(&s);
  s.host.hold = true;
  write_file(&s, "new.png", 50000000, 99);
  write_file(&s, "newer.png", 777, 99);
  assert_int_equal(start(&s, &v[0], "new.png", NULL), RHUB_OK);
  assert_int_equal(start(&s, &v[1], "newer.png", NULL), RHUB_OK);
  while (atomic_load(&s.host.held) == 0) rh_loop_step(s.net.loop, 1);
  scene_close(&s);
  assert_false(v[0].done || v[1].done);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_file_arrives_whole_under_its_own_name),
      cmocka_unit_test(the_same_bytes_are_not_sent_twice),
      cmocka_unit_test(a_later_client_does_not_send_the_same_bytes),
      cmocka_unit_test(another_process_does_not_send_the_same_bytes),
      cmocka_unit_test(a_file_that_was_renamed_to_another_type_is_sent_again),
      cmocka_unit_test(a_broken_cache_fails_no_upload_and_is_said_once),
      cmocka_unit_test(what_a_node_takes_is_a_file_name_from_the_legacy_upload),
      cmocka_unit_test(the_digest_is_told_to_who_asks_for_it),
      cmocka_unit_test(one_file_for_a_node_and_for_a_model_is_sent_for_each),
      cmocka_unit_test(what_has_ended_is_known_to_the_next_at_once),
      cmocka_unit_test(an_address_about_to_die_is_not_given_out),
      cmocka_unit_test(the_end_of_an_address_is_read_from_its_signature),
      cmocka_unit_test(uploads_of_one_file_at_once_are_one),
      cmocka_unit_test(many_files_at_once_all_arrive),
      cmocka_unit_test(failures_that_pass_are_tried_again),
      cmocka_unit_test(a_service_without_time_is_waited_for),
      cmocka_unit_test(a_retry_after_is_no_failure_whatever_it_stands_beside),
      cmocka_unit_test(a_refusal_is_final),
      cmocka_unit_test(a_file_that_changes_on_the_way_is_an_error),
      cmocka_unit_test(what_cannot_be_uploaded_is_said_at_once),
      cmocka_unit_test(uploads_can_be_cancelled_and_dropped_at_any_moment),
  };
  return cmocka_run_group_tests_name("upload", tests, NULL, NULL);
}
