/* Media in, the other ways: a LoRA, told by its MD5 and PUT where the service says; files for a
 * native ComfyUI. What each of the parties saw is counted. */
#include "folder.h"
#include "net.h"
#include "server.h"

#include "core/upload.h"

#include <openssl/evp.h>
#include <sys/resource.h>

#define SECRET "q-signature=5ecre75ecre7"

/* ---- the service and its storage ------------------------------------------------------------- */

typedef struct host {
  pthread_mutex_t lock;
  int asks, puts, comfy;
  char ask_body[600], put_md5[33], auth[300], type[100], expect[100], form_auth[300],
      form_name[100], comfy_path[1024];
  size_t put_len;
  bool stored;   /* the service has it */
  bool nameless; /* ... and tells no name */
  int ask_fails; /* so many times */
  int put_fails; /* so many times, with put_status; 0: the connection is cut */
  int put_status;
  const char *elsewhere; /* where to put it, instead of here */
  const char *comfy_body;
  int comfy_status;
} host;

static void md5_of(const void *data, size_t len, char out[33]) {
  unsigned char bytes[16];
  EVP_Digest(data, len, bytes, NULL, EVP_md5(), NULL);
  for (int i = 0; i < 16; i++) sprintf(out + 2 * i, "%02x", bytes[i]);
}

static bool on_ask(server_request *r, host *h) {
  char body[900];
  h->asks++;
  snprintf(h->ask_body, sizeof h->ask_body, "%s", r->body);
  if (h->ask_fails > 0) {
    h->ask_fails--;
    return server_reply(r, 200, "", "{\"code\":1011,\"msg\":\"busy\",\"data\":null}");
  }
  const char *name = h->nameless ? "" : "api-lora-cn/f00.safetensors";
  if (h->stored) {
    snprintf(body, sizeof body, "{\"code\":0,\"data\":{\"fileName\":\"%s\"}}", name);
    return server_reply(r, 200, "", body);
  }
  snprintf(
      body, sizeof body,
      "{\"code\":0,\"msg\":\"success\",\"data\":{\"fileName\":\"%s\",\"url\":\"%s/put/f00?" SECRET
      "\"}}",
      name, h->elsewhere ? h->elsewhere : r->server->origin);
  return server_reply(r, 200, "", body);
}

static bool on_put(server_request *r, host *h) {
  h->puts++;
  h->put_len = r->body_len;
  md5_of(r->body, r->body_len, h->put_md5);
  strcpy(h->auth, "none");
  server_header(r, "Authorization", h->auth, sizeof h->auth);
  server_header(r, "Content-Type", h->type, sizeof h->type);
  strcpy(h->expect, "none");
  server_header(r, "Expect", h->expect, sizeof h->expect);
  if (h->put_fails > 0) {
    h->put_fails--;
    if (h->put_status == 0) return server_reset(r);
    char location[200];
    snprintf(location, sizeof location, "Location: %s/elsewhere\r\n", r->server->origin);
    return server_reply(r, h->put_status, location, "<Error><Code>No</Code></Error>");
  }
  return server_reply(r, 200, "", "");
}

static bool on_comfy(server_request *r, host *h) {
  h->comfy++;
  snprintf(h->comfy_path, sizeof h->comfy_path, "%s", r->path);
  strcpy(h->form_auth, "none");
  server_header(r, "Authorization", h->form_auth, sizeof h->form_auth);
  const char *name = memmem(r->body, r->body_len, "; name=\"image\"; filename=\"", 26);
  snprintf(h->form_name, sizeof h->form_name, "%.*s", name ? (int)strcspn(name + 26, "\"") : 0,
           name ? name + 26 : "");
  return server_reply(r, h->comfy_status, "", h->comfy_body);
}

static bool take(server_request *r) {
  host *h = r->server->user;
  pthread_mutex_lock(&h->lock);
  bool on = strcmp(r->path, "/api/openapi/getLoraUploadUrl") == 0 ? on_ask(r, h)
            : strncmp(r->path, "/put/", 5) == 0                   ? on_put(r, h)
            : strncmp(r->path, "/proxy/", 7) == 0                 ? on_comfy(r, h)
                                                                  : server_reply(r, 404, "", "");
  pthread_mutex_unlock(&h->lock);
  return on;
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
  char url[300], file_name[200], json[400];
  uint64_t bytes;
  bool reused;
  rh_upload *upload;
} sent;

static void scene_open_with(scene *s, rh_uploads_options options) {
  memset(s, 0, sizeof *s);
  s->host = (host){.lock = PTHREAD_MUTEX_INITIALIZER,
                   .comfy_status = 200,
                   .comfy_body = "{\"name\":\"a.png\",\"subfolder\":\"\",\"type\":\"input\"}"};
  server_start(&s->server, take, &s->host);
  folder_make(&s->folder);
  net_open(&s->net, s->server.origin);
  s->known = rh_known_new(NULL, s->server.origin, NET_KEY);
  options.known = s->known;
  options.api_key = NET_KEY;
  options.request_timeout = 30;
  if (options.pause_first == 0) options.pause_first = 0.002, options.pause_max = 0.01;
  s->uploads = rh_uploads_new(s->net.loop, s->net.pool, &options);
}

static void scene_open(scene *s) {
  scene_open_with(s, (rh_uploads_options){0});
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
  if (end->json) snprintf(v->json, sizeof v->json, "%.*s", (int)end->json_len, end->json);
  v->bytes = end->bytes;
  v->reused = end->reused;
  rh_loop_stop(v->scene->net.loop);
}

static void start(scene *s, sent *v, const char *file, rhub_upload_kind kind, const char *name,
                  const char *to) {
  rhub_error error;
  rh_upload_words words = {name, to, false};
  memset(v, 0, sizeof *v);
  v->scene = s;
  if (rh_upload_start(s->uploads, folder_path(&s->folder, file), kind, &words, on_sent, v,
                      &v->upload, &error) != RHUB_OK)
    fail_msg("%s", error.message);
}

static void finish(scene *s, sent *v) {
  while (!v->done) assert_true(rh_loop_step(s->net.loop, -1));
}

static void lora(scene *s, sent *v, const char *file) {
  start(s, v, file, RHUB_UPLOAD_LORA, "my style", NULL);
  finish(s, v);
}

static void well(const sent *v) {
  if (v->error.status) fail_msg("%s", v->error.message);
}

/* No message may tell the key or what opens the storage. */
static void clean(const sent *v) {
  assert_null(strstr(v->error.message, NET_KEY));
  assert_null(strstr(v->error.message, "5ecre75ecre7"));
}

static char *write_file(scene *s, const char *name, size_t len, int seed) {
  char *bytes = malloc(len);
  for (size_t i = 0; i < len; i++) bytes[i] = (char)(i * 17 + i / 255 + (size_t)seed);
  folder_write(&s->folder, name, bytes, len);
  return bytes;
}

/* ---- LoRAs ----------------------------------------------------------------------------------- */

static void a_lora_is_told_by_its_md5_and_put_without_the_key(void **state) {
  (void)state;
  static const size_t sizes[] = {1, 300000, 20 << 20};
  scene s;
  sent v;
  scene_open(&s);
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    char md5[33], told[100];
    char *bytes = write_file(&s, "my.safetensors", sizes[i], (int)i);
    md5_of(bytes, sizes[i], md5);
    free(bytes);
    lora(&s, &v, "my.safetensors");
    well(&v);
    snprintf(told, sizeof told, "\"md5Hex\":\"%s\"", md5);
    assert_non_null(strstr(s.host.ask_body, told));
    assert_string_equal(s.host.put_md5, md5);
    assert_int_equal(s.host.put_len, sizes[i]);
    assert_int_equal(v.bytes, sizes[i]);
  }
  assert_non_null(strstr(s.host.ask_body, "\"loraName\":\"my style\""));
  assert_non_null(strstr(s.host.ask_body, "\"apiKey\":\"" NET_KEY "\""));
  assert_string_equal(s.host.auth, "none"); /* on the API's own host, even */
  assert_string_equal(s.host.expect, "none");
  assert_string_equal(s.host.type, "application/octet-stream");
  assert_string_equal(v.file_name, "api-lora-cn/f00.safetensors");
  assert_string_equal(v.url, "");
  assert_false(v.reused);
  assert_int_equal(s.host.asks, 3);
  assert_int_equal(s.host.puts, 3);
  scene_close(&s);
}

static void a_lora_that_the_service_has_is_not_sent(void **state) {
  (void)state;
  scene s;
  sent v;
  scene_open(&s);
  s.host.stored = true;
  s.host.ask_fails = 2;
  free(write_file(&s, "my.safetensors", 5000, 1));
  lora(&s, &v, "my.safetensors");
  well(&v);
  assert_true(v.reused);
  assert_string_equal(v.file_name, "api-lora-cn/f00.safetensors");
  assert_int_equal(v.bytes, 5000);
  assert_int_equal(s.host.asks, 3);
  assert_int_equal(s.host.puts, 0);
  s.host.nameless = true;
  lora(&s, &v, "my.safetensors");
  assert_int_equal(v.error.status, RHUB_PROTOCOL);
  assert_int_equal(s.host.puts, 0);
  scene_close(&s);
}

static void a_put_that_fails_in_passing_begins_anew_at_the_same_address(void **state) {
  (void)state;
  static const int statuses[] = {0, 500, 503, 429};
  scene s;
  sent v;
  scene_open(&s);
  for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
    s.host.asks = s.host.puts = 0;
    s.host.put_fails = 3;
    s.host.put_status = statuses[i];
    free(write_file(&s, "my.safetensors", 300000, (int)i));
    lora(&s, &v, "my.safetensors");
    well(&v);
    assert_int_equal(s.host.asks, 1);
    assert_int_equal(s.host.puts, 4);
    assert_int_equal(s.host.put_len, 300000);
  }
  s.host.puts = 0;
  s.host.put_fails = 100;
  s.host.put_status = 503;
  lora(&s, &v, "my.safetensors");
  assert_int_equal(v.error.status, RHUB_NETWORK);
  assert_int_equal(s.host.puts, 5);
  assert_non_null(strstr(v.error.message, "503"));
  clean(&v);
  scene_close(&s);
}

static void a_put_is_not_tried_beyond_the_life_of_its_address(void **state) {
  (void)state;
  scene s;
  sent v;
  scene_open_with(&s, (rh_uploads_options){.pause_first = 5, .pause_max = 5, .put_life = 2});
  s.host.put_fails = 100;
  s.host.put_status = 503;
  free(write_file(&s, "my.safetensors", 5000, 1));
  lora(&s, &v, "my.safetensors");
  assert_int_equal(v.error.status, RHUB_NETWORK);
  assert_int_equal(v.error.retryable, 1);
  assert_int_equal(s.host.puts, 1);
  scene_close(&s);
}

static void a_refusal_by_the_storage_is_final_and_no_redirect_is_followed(void **state) {
  (void)state;
  static const struct {
    int status;
    rhub_status kind;
  } ways[] = {{403, RHUB_REJECTED}, {400, RHUB_REJECTED}, {307, RHUB_PROTOCOL}};
  scene s;
  sent v;
  scene_open(&s);
  free(write_file(&s, "my.safetensors", 5000, 1));
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
    s.host.puts = 0;
    s.host.put_fails = 1;
    s.host.put_status = ways[i].status;
    lora(&s, &v, "my.safetensors");
    assert_int_equal(v.error.status, ways[i].kind);
    assert_int_equal(v.error.http_status, ways[i].status);
    assert_int_equal(s.host.puts, 1);
    clean(&v);
  }
  scene_close(&s);
}

static void addresses_that_may_not_be_opened_are_not_put_to(void **state) {
  (void)state;
  static const char *const bad[] = {"http://192.0.2.1", "ftp://127.0.0.1", "file:///tmp"};
  scene s;
  sent v;
  scene_open(&s);
  free(write_file(&s, "my.safetensors", 5000, 1));
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    s.host.elsewhere = bad[i];
    lora(&s, &v, "my.safetensors");
    assert_int_equal(v.error.status, RHUB_CONFIG);
    clean(&v);
  }
  assert_int_equal(s.host.puts, 0);
  scene_close(&s);
}

static void loras_can_be_dropped_at_any_moment(void **state) {
  (void)state;
  scene s;
  sent v;
  scene_open(&s);
  free(write_file(&s, "my.safetensors", 30 << 20, 1));
  for (int steps = 0; steps < 20; steps++) {
    start(&s, &v, "my.safetensors", RHUB_UPLOAD_LORA, "x", NULL);
    for (int k = 0; k < steps; k++) rh_loop_step(s.net.loop, 1);
    if (!v.done) rh_upload_cancel(v.upload);
  }
  start(&s, &v, "my.safetensors", RHUB_UPLOAD_LORA, "x", NULL);
  rh_loop_step(s.net.loop, 1);
  scene_close(&s);
  assert_false(v.done);
}

/* ---- a large one ----------------------------------------------------------------------------- */

enum { LARGE = 600 << 20 };

static atomic_llong swallowed;

/* Reads a body piece by piece, answers. */
static void *swallow(void *user) {
  server_connection *c = user;
  size_t size = 1 << 20, have = 0;
  char *buffer = malloc(size), *end, text[64], reply[400];
  ssize_t n;
  while ((n = recv(c->fd, buffer + have, size - 1 - have, 0)) > 0) {
    have += (size_t)n;
    buffer[have] = '\0';
    if (!(end = strstr(buffer, "\r\n\r\n"))) continue;
    server_request r = {.server = c->server, .fd = c->fd, .head = buffer};
    long long left =
        (server_header(&r, "Content-Length", text, sizeof text) ? strtoll(text, NULL, 10) : 0) -
        (long long)(have - (size_t)(end + 4 - buffer));
    bool put = strncmp(buffer, "PUT ", 4) == 0;
    if (put) atomic_fetch_add(&swallowed, (long long)(have - (size_t)(end + 4 - buffer)));
    while (left > 0 && (n = recv(c->fd, buffer, size, 0)) > 0) {
      left -= n;
      if (put) atomic_fetch_add(&swallowed, n);
    }
    snprintf(reply, sizeof reply, "{\"code\":0,\"data\":{\"fileName\":\"l\",\"url\":\"%s/put\"}}",
             c->server->origin);
    if (!server_reply(&r, 200, "", put ? "" : reply)) break;
    have = 0;
  }
  free(buffer);
  server_forget(c);
  return NULL;
}

static long peak_kilobytes(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

static void a_file_of_any_size_takes_little_memory(void **state) {
  (void)state;
  scene s;
  sent v;
  scene_open(&s);
  server_stop(&s.server);
  s.server = (server){.user = &s.host};
  server_start_with(&s.server, swallow);
  net_close(&s.net);
  rh_uploads_free(s.uploads);
  net_open(&s.net, s.server.origin);
  rh_uploads_options options = {.known = s.known, .api_key = NET_KEY, .request_timeout = 30};
  s.uploads = rh_uploads_new(s.net.loop, s.net.pool, &options);
  folder_write(&s.folder, "large.safetensors", "x", 1);
  assert_int_equal(truncate(folder_path(&s.folder, "large.safetensors"), LARGE), 0);
  long before = peak_kilobytes();
  lora(&s, &v, "large.safetensors");
  well(&v);
  assert_true(v.bytes == LARGE);
  assert_true(atomic_load(&swallowed) == LARGE);
  assert_true(peak_kilobytes() - before < 24 << 10);
  scene_close(&s);
}

/* ---- ComfyUI --------------------------------------------------------------------------------- */

#define TO "/proxy/{key}/upload/image"

static void a_file_for_a_comfyui_goes_to_its_path_and_ends_with_its_reply(void **state) {
  (void)state;
  scene s;
  sent v;
  scene_open(&s);
  free(write_file(&s, "a.png", 5000, 1));
  for (int i = 0; i < 2; i++) {
    start(&s, &v, "a.png", RHUB_UPLOAD_COMFY, "face.png", TO);
    finish(&s, &v);
    well(&v);
    assert_string_equal(v.json, s.host.comfy_body);
    assert_string_equal(v.url, "");
    assert_string_equal(v.file_name, "");
    assert_int_equal(v.bytes, 5000);
    assert_false(v.reused); /* a machine may have gone with what it was sent */
  }
  assert_string_equal(s.host.comfy_path, "/proxy/" NET_KEY "/upload/image");
  assert_string_equal(s.host.form_name, "face.png");
  assert_string_equal(s.host.form_auth, "none");
  assert_int_equal(s.host.comfy, 2);
  scene_close(&s);
}

static void what_a_comfyui_refuses_is_told_without_the_key(void **state) {
  (void)state;
  static const struct {
    int status;
    const char *body;
    rhub_status kind;
    int times;
  } ways[] = {
      {400, "", RHUB_REJECTED, 1},
      {200, "{\"code\":802,\"msg\":\"APIKEY_UNAUTHORIZED\",\"data\":null}", RHUB_AUTH, 1},
      {200, "{\"code\":0,\"msg\":\"\",\"data\":{}}", RHUB_PROTOCOL, 1},
      {200, "{}", RHUB_PROTOCOL, 5},
      {502, "<html>", RHUB_NETWORK, 5},
  };
  scene s;
  sent v;
  scene_open(&s);
  free(write_file(&s, "a.png", 5000, 1));
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
    s.host.comfy = 0;
    s.host.comfy_status = ways[i].status;
    s.host.comfy_body = ways[i].body;
    start(&s, &v, "a.png", RHUB_UPLOAD_COMFY, NULL, TO);
    finish(&s, &v);
    assert_int_equal(v.error.status, ways[i].kind);
    assert_int_equal(s.host.comfy, ways[i].times);
    clean(&v);
  }
  scene_close(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      /* first: what others take stays counted */
      cmocka_unit_test(a_file_of_any_size_takes_little_memory),
      cmocka_unit_test(a_lora_is_told_by_its_md5_and_put_without_the_key),
      cmocka_unit_test(a_lora_that_the_service_has_is_not_sent),
      cmocka_unit_test(a_put_that_fails_in_passing_begins_anew_at_the_same_address),
      cmocka_unit_test(a_put_is_not_tried_beyond_the_life_of_its_address),
      cmocka_unit_test(a_refusal_by_the_storage_is_final_and_no_redirect_is_followed),
      cmocka_unit_test(addresses_that_may_not_be_opened_are_not_put_to),
      cmocka_unit_test(loras_can_be_dropped_at_any_moment),
      cmocka_unit_test(a_file_for_a_comfyui_goes_to_its_path_and_ends_with_its_reply),
      cmocka_unit_test(what_a_comfyui_refuses_is_told_without_the_key),
  };
  return cmocka_run_group_tests_name("upload_lora", tests, NULL, NULL);
}
