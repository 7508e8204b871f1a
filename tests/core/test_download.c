/* Media out: whole or not there, resumed when cut, never over another file, never elsewhere. */
#include "folder.h"
#include "net.h"
#include "server.h"

#include "core/download.h"
#include "core/filename.h"

#include <signal.h>
#include <sys/resource.h>

#define LEN 300000

static char content[LEN], other[LEN];

/* ---- the server ------------------------------------------------------------------------------ */

typedef struct files {
  pthread_mutex_t lock;
  int requests, ranged;
  long last_range;   /* of the last request; -1: none */
  long cut_after;    /* bytes of a body that are sent before the connection is cut; 0: all */
  int cuts;          /* how often; -1: always */
  const char *etag;  /* a header line, or "" */
  bool ignore_range; /* answer 200 to a Range */
  bool chunked;
  int fail_times, fail_status;
  const char *fail_headers;
} files;

static bool send_body(server_request *r, files *f, long from) {
  char head[500];
  int n = snprintf(head, sizeof head, "HTTP/1.1 %d X\r\n%s", from ? 206 : 200, f->etag);
  if (from)
    n += snprintf(head + n, sizeof head - (size_t)n, "Content-Range: bytes %ld-%d/%d\r\n", from,
                  LEN - 1, LEN);
  if (f->chunked)
    n += snprintf(head + n, sizeof head - (size_t)n, "Transfer-Encoding: chunked\r\n\r\n%lx\r\n",
                  LEN - from);
  else
    n += snprintf(head + n, sizeof head - (size_t)n, "Content-Length: %ld\r\n\r\n", LEN - from);
  server_send(r, head, (size_t)n);
  if (f->cut_after && f->cuts != 0) {
    if (f->cuts > 0) f->cuts--;
    long len = from + f->cut_after < LEN ? f->cut_after : LEN - from;
    server_send(r, content + from, (size_t)len);
    return false;
  }
  server_send(r, content + from, (size_t)(LEN - from));
  return f->chunked ? server_send(r, "\r\n0\r\n\r\n", 7) : true;
}

static bool matches(server_request *r, files *f) {
  char validator[200];
  return server_header(r, "If-Range", validator, sizeof validator) && strstr(f->etag, validator);
}

static bool serve_locked(server_request *r, files *f) {
  char text[200];
  long from = 0;
  f->requests++;
  if (server_header(r, "Range", text, sizeof text)) {
    f->ranged++;
    from = atol(text + strlen("bytes="));
    if (f->ignore_range || !matches(r, f)) from = 0;
  }
  f->last_range = from;
  if (f->fail_times > 0) {
    f->fail_times--;
    return server_reply(r, f->fail_status, f->fail_headers ? f->fail_headers : "",
                        "<html>not the file</html>");
  }
  if (strcmp(r->path, "/empty") == 0) return server_reply(r, 200, "", "");
  if (from >= LEN) {
    snprintf(text, sizeof text, "Content-Range: bytes */%d\r\n", LEN);
    return server_reply(r, 416, text, "");
  }
  return send_body(r, f, from);
}

static bool serve(server_request *r) {
  files *f = r->server->user;
  pthread_mutex_lock(&f->lock);
  bool on = serve_locked(r, f);
  pthread_mutex_unlock(&f->lock);
  return on;
}

/* ---- saving ---------------------------------------------------------------------------------- */

typedef struct scene {
  files files;
  server server;
  folder folder;
  net net;
  rh_downloads *downloads;
} scene;

typedef struct saved {
  scene *scene;
  bool done;
  rhub_error error; /* status 0: none */
  char path[5000];
  uint64_t bytes;
  bool reused;
  char sha256[RHUB_SHA256_TEXT];
  rh_download *download;
} saved;

static void scene_open(scene *s) {
  s->files = (files){.lock = PTHREAD_MUTEX_INITIALIZER, .etag = "ETag: \"v1\"\r\n"};
  server_start(&s->server, serve, &s->files);
  folder_make(&s->folder);
  net_open(&s->net, s->server.origin);
  s->downloads = rh_downloads_new(s->net.loop, s->net.pool, 30);
  rh_downloads_pauses(s->downloads, 0.002, 0.01);
}

static void scene_close(scene *s) {
  rh_downloads_free(s->downloads);
  net_close(&s->net);
  server_stop(&s->server);
  folder_remove(&s->folder);
}

/* As if the program had been started anew. */
static void scene_restart(scene *s) {
  rh_downloads_free(s->downloads);
  net_close(&s->net);
  net_open(&s->net, s->server.origin);
  s->downloads = rh_downloads_new(s->net.loop, s->net.pool, 30);
  rh_downloads_pauses(s->downloads, 0.002, 0.01);
}

static void on_saved(void *owner, const rh_download_end *end) {
  saved *v = owner;
  assert_false(v->done);
  v->done = true;
  if (end->error) v->error = *end->error;
  if (end->path) snprintf(v->path, sizeof v->path, "%s", end->path);
  v->bytes = end->bytes;
  v->reused = end->reused;
  if (end->sha256) snprintf(v->sha256, sizeof v->sha256, "%s", end->sha256);
  rh_loop_stop(v->scene->net.loop);
}

static rhub_status start(scene *s, saved *v, const rhub_save_options *o, rhub_error *error) {
  memset(v, 0, sizeof *v);
  v->scene = s;
  return rh_download_start(s->downloads, o, on_saved, v, &v->download, error);
}

static void finish(scene *s, saved *v) {
  while (!v->done) assert_true(rh_loop_step(s->net.loop, -1));
}

static rhub_save_options options_for(scene *s, const char *path) {
  static char url[300];
  rhub_save_options o = RHUB_SAVE_OPTIONS_INIT;
  snprintf(url, sizeof url, "%s%s", s->server.origin, path);
  o.url = url;
  o.dir = s->folder.path;
  o.stem = "result-1";
  return o;
}

static void save_with(scene *s, saved *v, const rhub_save_options *o) {
  rhub_error error;
  assert_int_equal(start(s, v, o, &error), RHUB_OK);
  assert_false(v->done);
  finish(s, v);
}

static void save(scene *s, saved *v) {
  rhub_save_options o = options_for(s, "/file");
  save_with(s, v, &o);
}

static void assert_saved(scene *s, const saved *v, const char *name) {
  if (v->error.status) fail_msg("%s", v->error.message);
  assert_string_equal(v->path, folder_path(&s->folder, name));
  assert_int_equal(v->bytes, LEN);
  assert_true(folder_holds(&s->folder, name, content, LEN));
  assert_int_equal(folder_count(&s->folder, ".part", NULL), 0);
}

/* ---- tests ----------------------------------------------------------------------------------- */

static void a_file_is_saved_under_the_extension_of_its_content(void **state) {
  (void)state;
  scene s;
  saved v;
  scene_open(&s);
  save(&s, &v);
  assert_saved(&s, &v, "result-1.png");
  assert_false(v.reused);
  rhub_save_options o = options_for(&s, "/file");
  o.stem = "other";
  o.ext = "dat";
  save_with(&s, &v, &o);
  assert_saved(&s, &v, "other.dat");
  scene_close(&s);
}

static void names_never_leave_the_folder(void **state) {
  (void)state;
  static const char *const stems[] = {"../../escape", "..",       "a/../../b", "-rf",
                                      ".hidden",      "\x01\x02", "x%2F..%2Fy"};
  scene s;
  saved v;
  char dir[200], longest[401];
  scene_open(&s);
  snprintf(dir, sizeof dir, "%s/deep/er", s.folder.path);
  memset(longest, 'n', 400);
  longest[400] = '\0';
  for (size_t i = 0; i <= sizeof stems / sizeof *stems; i++) {
    rhub_save_options o = options_for(&s, "/file");
    o.dir = dir;
    o.stem = i < sizeof stems / sizeof *stems ? stems[i] : longest;
    o.overwrite = 1;
    save_with(&s, &v, &o);
    assert_int_equal(v.error.status, 0);
    assert_memory_equal(v.path, dir, strlen(dir));
    const char *name = v.path + strlen(dir) + 1;
    assert_null(strchr(name, '/'));
    assert_true(name[0] != '.' && name[0] != '-');
    assert_true(strlen(name) <= 120);
    assert_int_equal(access(v.path, R_OK), 0);
  }
  assert_int_equal(folder_count(&s.folder, "", NULL), 1); /* "deep" alone */
  scene_close(&s);
}

static void the_same_bytes_count_as_saved_and_others_are_not_overwritten(void **state) {
  (void)state;
  scene s;
  saved v;
  scene_open(&s);
  save(&s, &v);
  save(&s, &v);
  assert_saved(&s, &v, "result-1.png");
  assert_true(v.reused);
  folder_write(&s.folder, "result-1.png", other, LEN); /* the same size */
  save(&s, &v);
  assert_int_equal(v.error.status, RHUB_IO);
  assert_non_null(strstr(v.error.message, "result-1.png"));
  assert_true(folder_holds(&s.folder, "result-1.png", other, LEN));
  folder_write(&s.folder, "result-1.png", other, 10); /* another size */
  save(&s, &v);
  assert_int_equal(v.error.status, RHUB_IO);
  assert_true(folder_holds(&s.folder, "result-1.png", other, 10));
  assert_int_equal(folder_count(&s.folder, ".part", NULL), 0);
  rhub_save_options o = options_for(&s, "/file");
  o.overwrite = 1;
  save_with(&s, &v, &o);
  assert_saved(&s, &v, "result-1.png");
  assert_false(v.reused);
  scene_close(&s);
}

static void links_in_the_place_of_the_file_are_not_followed(void **state) {
  (void)state;
  scene s;
  saved v;
  scene_open(&s);
  folder_write(&s.folder, "victim", "precious", 8);
  assert_int_equal(symlink("victim", folder_path(&s.folder, "result-1.png")), 0);
  save(&s, &v);
  assert_int_equal(v.error.status, RHUB_IO);
  rhub_save_options o = options_for(&s, "/file");
  o.overwrite = 1; /* replaces the link, not what it names */
  save_with(&s, &v, &o);
  assert_saved(&s, &v, "result-1.png");
  assert_true(folder_holds(&s.folder, "victim", "precious", 8));
  scene_close(&s);
}

static void a_cut_download_goes_on_where_it_was_cut(void **state) {
  (void)state;
  scene s;
  saved v;
  scene_open(&s);
  s.files.cut_after = 100000;
  s.files.cuts = 1;
  save(&s, &v);
  assert_saved(&s, &v, "result-1.png");
  assert_int_equal(s.files.requests, 2);
  assert_int_equal(s.files.ranged, 1);
  assert_int_equal(s.files.last_range, 100000);
  scene_close(&s);
}

static void cuts_are_counted_afresh_after_progress(void **state) {
  (void)state;
  scene s;
  saved v;
  scene_open(&s);
  s.files.cut_after = LEN / 20 + 1;
  s.files.cuts = -1;
  save(&s, &v);
  s.files.cut_after = 0;
  assert_true(s.files.requests >= 20);
  assert_saved(&s, &v, "result-1.png"); /* the last piece is whole before the cut */
  scene_close(&s);
}

static void eight_tries_without_progress_are_the_last(void **state) {
  (void)state;
  scene s;
  saved v;
  scene_open(&s);
  s.files.fail_times = 1000;
  s.files.fail_status = 503;
  save(&s, &v);
  assert_int_equal(s.files.requests, 8);
  assert_int_equal(v.error.status, RHUB_PROTOCOL);
  assert_int_equal(v.error.http_status, 503);
  assert_int_equal(v.error.retryable, 1);
  assert_int_equal(folder_count(&s.folder, "", NULL), 0);
  scene_close(&s);
}

static void passing_failures_are_tried_again(void **state) {
  (void)state;
  static const int statuses[] = {429, 500, 502, 503, 408};
  scene s;
  saved v;
  scene_open(&s);
  for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
    s.files.fail_times = 3;
    s.files.fail_status = statuses[i];
    rhub_save_options o = options_for(&s, "/file");
    o.overwrite = 1;
    save_with(&s, &v, &o);
    assert_saved(&s, &v, "result-1.png");
  }
  scene_close(&s);
}

static void a_dead_address_is_gone_at_once(void **state) {
  (void)state;
  static const int statuses[] = {403, 404, 410};
  scene s;
  saved v;
  scene_open(&s);
  for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
    s.files.requests = 0;
    s.files.fail_times = 1;
    s.files.fail_status = statuses[i];
    save(&s, &v);
    assert_int_equal(v.error.status, RHUB_GONE);
    assert_int_equal(v.error.http_status, statuses[i]);
    assert_int_equal(s.files.requests, 1);
  }
  assert_int_equal(folder_count(&s.folder, "", NULL), 0);
  scene_close(&s);
}

static void a_server_that_ignores_ranges_is_read_from_the_start(void **state) {
  (void)state;
  scene s;
  saved v;
  scene_open(&s);
  s.files.ignore_range = true;
  s.files.cut_after = 100000;
  s.files.cuts = 2;
  save(&s, &v);
  assert_saved(&s, &v, "result-1.png");
  assert_int_equal(s.files.requests, 3);
  scene_close(&s);
}

static void without_a_strong_validator_no_range_is_asked_for(void **state) {
  (void)state;
  scene s;
  saved v;
  scene_open(&s);
  s.files.etag = "ETag: W/\"weak\"\r\n";
  s.files.cut_after = 100000;
  s.files.cuts = 2;
  save(&s, &v);
  assert_saved(&s, &v, "result-1.png");
  assert_int_equal(s.files.ranged, 0);
  s.files.etag = "Last-Modified: Wed, 21 Oct 2015 07:28:00 GMT\r\n";
  s.files.cuts = 1;
  rhub_save_options o = options_for(&s, "/file");
  o.stem = "dated";
  save_with(&s, &v, &o);
  assert_saved(&s, &v, "dated.png");
  assert_int_equal(s.files.ranged, 1);
  scene_close(&s);
}

static void a_cut_body_of_unknown_length_is_not_taken_for_whole(void **state) {
  (void)state;
  scene s;
  saved v;
  scene_open(&s);
  s.files.chunked = true;
  s.files.cut_after = 100000;
  s.files.cuts = 1;
  save(&s, &v);
  assert_saved(&s, &v, "result-1.png");
  assert_int_equal(s.files.requests, 2);
  scene_close(&s);
}

static void an_empty_body_is_no_file(void **state) {
  (void)state;
  scene s;
  saved v;
  scene_open(&s);
  rhub_save_options o = options_for(&s, "/empty");
  save_with(&s, &v, &o);
  assert_int_equal(v.error.status, RHUB_PROTOCOL);
  assert_int_equal(s.files.requests, 8);
  assert_int_equal(folder_count(&s.folder, "", NULL), 0);
  scene_close(&s);
}

/* Runs until part of the file is there, then drops the client. */
static void leave_half(scene *s, const char *of) {
  saved v;
  rhub_save_options o = options_for(s, "/file");
  o.of = of;
  s->files.cut_after = 120000;
  s->files.cuts = -1;
  s->files.fail_times = 0;
  assert_int_equal(start(s, &v, &o, NULL), RHUB_OK);
  uint64_t done = 0, total;
  while (done < 120000) {
    rh_loop_step(s->net.loop, 1);
    rh_download_progress(v.download, &done, &total);
  }
  assert_int_equal(total, LEN);
  pthread_mutex_lock(&s->files.lock);
  s->files.fail_times = 1000000;
  s->files.fail_status = 503;
  pthread_mutex_unlock(&s->files.lock);
  scene_restart(s);
  server_settle(&s->server);
  assert_false(v.done);
  assert_int_equal(folder_count(&s->folder, ".part", NULL), 1);
  s->files.fail_times = s->files.cuts = s->files.requests = s->files.ranged = 0;
  s->files.cut_after = 0;
}

static void a_later_run_goes_on_from_the_part_of_an_earlier_one(void **state) {
  (void)state;
  scene s;
  saved v;
  scene_open(&s);
  leave_half(&s, NULL);
  save(&s, &v);
  assert_saved(&s, &v, "result-1.png");
  assert_int_equal(s.files.ranged, 1);
  assert_true(s.files.last_range >= 120000);
  scene_close(&s);
}

static void a_fresh_address_goes_on_with_the_part_of_a_dead_one(void **state) {
  (void)state;
  scene s;
  saved v;
  scene_open(&s);
  leave_half(&s, "42-1");
  rhub_save_options o = options_for(&s, "/file");
  o.of = "42-1";
  s.files.fail_times = 1;
  s.files.fail_status = 403;
  save_with(&s, &v, &o);
  assert_int_equal(v.error.status, RHUB_GONE);
  assert_int_equal(folder_count(&s.folder, ".part", NULL), 1);
  o = options_for(&s, "/elsewhere");
  o.of = "42-1";
  save_with(&s, &v, &o);
  assert_saved(&s, &v, "result-1.png");
  assert_true(s.files.last_range >= 120000);
  scene_close(&s);
}

static void another_address_does_not_go_on_with_a_part_by_itself(void **state) {
  (void)state;
  scene s;
  saved v;
  scene_open(&s);
  leave_half(&s, NULL);
  rhub_save_options o = options_for(&s, "/elsewhere");
  save_with(&s, &v, &o);
  assert_int_equal(v.bytes, LEN);
  assert_int_equal(s.files.last_range, 0);
  assert_int_equal(folder_count(&s.folder, ".part", NULL), 1);
  scene_close(&s);
}

static void the_digest_of_what_was_saved_is_told_on_demand(void **state) {
  (void)state;
  scene s;
  saved v;
  char digest[RHUB_SHA256_TEXT], of_file[RHUB_SHA256_TEXT];
  uint64_t bytes;
  rhub_error error;
  scene_open(&s);
  assert_int_equal(rhub_sha256(content, LEN, digest), RHUB_OK);
  rhub_save_options o = options_for(&s, "/file");
  o.digest = 1;
  for (int reused = 0; reused < 2; reused++) {
    save_with(&s, &v, &o);
    assert_saved(&s, &v, "result-1.png");
    assert_int_equal(v.reused, reused);
    assert_string_equal(v.sha256, digest);
  }
  assert_int_equal(rhub_sha256_file(v.path, of_file, &bytes, &error), RHUB_OK);
  assert_string_equal(of_file, digest);
  assert_int_equal(bytes, LEN);
  assert_int_equal(rhub_sha256_file(s.folder.path, of_file, NULL, &error), RHUB_IO);
  o.digest = 0;
  save_with(&s, &v, &o);
  assert_string_equal(v.sha256, "");
  scene_close(&s);
}

static void a_part_of_another_version_is_not_taken_up(void **state) {
  (void)state;
  scene s;
  saved v;
  scene_open(&s);
  leave_half(&s, NULL);
  s.files.etag = "ETag: \"v2\"\r\n";
  save(&s, &v);
  if (v.error.status) fail_msg("%s", v.error.message);
  assert_true(folder_holds(&s.folder, "result-1.png", content, LEN));
  assert_int_equal(s.files.ranged, 0);
  scene_close(&s);
}

static void a_part_that_is_a_link_or_too_long_is_not_written_to(void **state) {
  (void)state;
  scene s;
  saved v;
  char part[300];
  scene_open(&s);
  leave_half(&s, NULL);
  folder_count(&s.folder, ".part", part);
  assert_int_equal(unlink(folder_path(&s.folder, part)), 0);
  folder_write(&s.folder, "victim", "precious", 8);
  assert_int_equal(symlink("victim", folder_path(&s.folder, part)), 0);
  save(&s, &v);
  assert_int_equal(v.error.status, 0);
  assert_true(folder_holds(&s.folder, "result-1.png", content, LEN));
  assert_true(folder_holds(&s.folder, "victim", "precious", 8));
  unlink(folder_path(&s.folder, part));
  char *longer = calloc(1, LEN + 5);
  folder_write(&s.folder, part, longer, LEN + 5);
  free(longer);
  unlink(folder_path(&s.folder, "result-1.png"));
  save(&s, &v);
  assert_saved(&s, &v, "result-1.png");
  scene_close(&s);
}

static void a_complete_part_needs_no_second_download(void **state) {
  (void)state;
  scene s;
  saved v;
  char part[300];
  scene_open(&s);
  leave_half(&s, NULL);
  folder_count(&s.folder, ".part", part);
  folder_write(&s.folder, part, content, LEN);
  save(&s, &v);
  assert_saved(&s, &v, "result-1.png");
  assert_int_equal(s.files.requests, 1);
  scene_close(&s);
}

static void two_saves_of_one_file_at_once_do_not_harm_each_other(void **state) {
  (void)state;
  scene s;
  saved v[6];
  scene_open(&s);
  rhub_save_options o = options_for(&s, "/file");
  for (int i = 0; i < 6; i++) assert_int_equal(start(&s, &v[i], &o, NULL), RHUB_OK);
  int fresh = 0;
  for (int i = 0; i < 6; i++) finish(&s, &v[i]);
  for (int i = 0; i < 6; i++) {
    assert_saved(&s, &v[i], "result-1.png");
    fresh += !v[i].reused;
  }
  assert_int_equal(fresh, 1);
  scene_close(&s);
}

static void a_full_disk_leaves_the_part_and_says_where(void **state) {
  (void)state;
  scene s;
  saved v;
  char part[300];
  struct rlimit before, small;
  scene_open(&s);
  signal(SIGXFSZ, SIG_IGN);
  getrlimit(RLIMIT_FSIZE, &before);
  small = before;
  small.rlim_cur = 150000;
  setrlimit(RLIMIT_FSIZE, &small);
  save(&s, &v);
  setrlimit(RLIMIT_FSIZE, &before);
  assert_int_equal(v.error.status, RHUB_IO);
  assert_int_equal(folder_count(&s.folder, ".part", part), 1);
  assert_non_null(strstr(v.error.message, part));
  assert_non_null(strstr(v.error.message, "save again"));
  save(&s, &v);
  assert_saved(&s, &v, "result-1.png");
  assert_int_equal(s.files.ranged, 1);
  scene_close(&s);
}

static void a_folder_that_cannot_be_written_to_is_refused_before_anything_is_sent(void **state) {
  (void)state;
  scene s;
  saved v;
  rhub_error error;
  scene_open(&s);
  folder_write(&s.folder, "file", "x", 1);
  rhub_save_options o = options_for(&s, "/file");
  o.dir = folder_path(&s.folder, "file");
  assert_int_equal(start(&s, &v, &o, &error), RHUB_IO);
  assert_non_null(strstr(error.message, o.dir));
  o.dir = folder_path(&s.folder, "file/below");
  assert_int_equal(start(&s, &v, &o, &error), RHUB_IO);
  o.dir = "/proc/nowhere";
  assert_int_equal(start(&s, &v, &o, &error), RHUB_IO);
  o.url = NULL;
  assert_int_equal(start(&s, &v, &o, &error), RHUB_INPUT);
  assert_int_equal(s.files.requests, 0);
  scene_close(&s);
}

static void a_text_is_saved_the_same_way(void **state) {
  (void)state;
  scene s;
  saved v;
  scene_open(&s);
  rhub_save_options o = options_for(&s, "");
  o.url = NULL;
  o.text = "a\0b";
  o.text_len = 3;
  save_with(&s, &v, &o);
  assert_int_equal(v.error.status, 0);
  assert_true(folder_holds(&s.folder, "result-1.txt", "a\0b", 3));
  save_with(&s, &v, &o);
  assert_true(v.reused);
  o.text = "a\0c";
  save_with(&s, &v, &o);
  assert_int_equal(v.error.status, RHUB_IO);
  o.overwrite = 1;
  save_with(&s, &v, &o);
  assert_true(folder_holds(&s.folder, "result-1.txt", "a\0c", 3));
  assert_int_equal(folder_count(&s.folder, ".part", NULL), 0);
  assert_int_equal(s.files.requests, 0);
  scene_close(&s);
}

static void addresses_that_are_not_opened_are_the_callers_error(void **state) {
  (void)state;
  scene s;
  saved v;
  scene_open(&s);
  rhub_save_options o = options_for(&s, "/file");
  o.url = "file:///etc/passwd";
  save_with(&s, &v, &o);
  assert_int_equal(v.error.status, RHUB_INPUT);
  o.url = "http://example.com/x.png?token=SECRET";
  save_with(&s, &v, &o);
  assert_int_equal(v.error.status, RHUB_INPUT);
  assert_null(strstr(v.error.message, "SECRET"));
  assert_int_equal(folder_count(&s.folder, "", NULL), 0);
  scene_close(&s);
}

static void saves_can_be_cancelled_at_any_moment(void **state) {
  (void)state;
  scene s;
  saved v[20];
  scene_open(&s);
  rhub_save_options o = options_for(&s, "/file"), text = o;
  o.digest = 1;
  text.digest = 1;
  text.url = NULL;
  text.text = "t";
  text.text_len = 1;
  for (int steps = 0; steps < 12; steps++) {
    for (int i = 0; i < 20; i++) assert_int_equal(start(&s, &v[i], i % 5 ? &o : &text, NULL), 0);
    for (int k = 0; k < steps; k++) rh_loop_step(s.net.loop, 1);
    for (int i = 0; i < 20; i++)
      if (!v[i].done) rh_download_cancel(v[i].download);
  }
  for (int i = 0; i < 20; i++) assert_int_equal(start(&s, &v[i], &o, NULL), 0);
  rh_loop_step(s.net.loop, 0);
  scene_close(&s); /* with all of them under way */
}

/* ---- what is to outlast a power cut ---------------------------------------------------------- */

/* In place of the one of the C library: what was synced, "file" and "folder", on which thread, and
   whether the final name was there by then. */
static char synced[200];
static pthread_t loop_thread;
static const char *final_name = "";
static bool sync_fails;

int fsync(int fd) {
  struct stat st;
  bool is_folder = fstat(fd, &st) == 0 && S_ISDIR(st.st_mode);
  snprintf(synced + strlen(synced), sizeof synced - strlen(synced), "%s%s%s ",
           is_folder ? "folder" : "file", access(final_name, F_OK) == 0 ? "+" : "-",
           pthread_equal(pthread_self(), loop_thread) ? "!" : "");
  errno = EIO;
  return sync_fails ? -1 : 0;
}

static void what_is_durable_is_on_the_disk_before_it_has_its_name(void **state) {
  (void)state;
  scene s;
  saved v;
  scene_open(&s);
  loop_thread = pthread_self();
  final_name = folder_path(&s.folder, "result-1.png");
  *synced = '\0';
  rhub_save_options o = options_for(&s, "/file");
  o.durable = 1;
  save_with(&s, &v, &o);
  assert_saved(&s, &v, "result-1.png");
  assert_string_equal(synced, "file- folder+ ");
  *synced = '\0';
  save_with(&s, &v, &o); /* whoever has saved it may not have synced it */
  assert_true(v.reused);
  assert_string_equal(synced, "file+ file+ folder+ ");
  *synced = '\0';
  o.durable = 0;
  o.stem = "other-1";
  save_with(&s, &v, &o);
  assert_saved(&s, &v, "other-1.png");
  assert_string_equal(synced, "");
  scene_close(&s);
}

static void nothing_is_left_of_a_text_that_was_cut_off(void **state) {
  (void)state;
  scene s;
  saved v;
  scene_open(&s);
  rhub_save_options o = options_for(&s, "");
  o.url = NULL;
  o.text = "longer than what comes after it";
  o.text_len = strlen(o.text);
  o.durable = 1;
  sync_fails = true;
  save_with(&s, &v, &o);
  sync_fails = false;
  assert_int_equal(v.error.status, RHUB_IO);
  assert_int_equal(folder_count(&s.folder, ".part", NULL), 1);
  o.text = "short";
  o.text_len = 5;
  save_with(&s, &v, &o);
  assert_int_equal(v.error.status, 0);
  assert_true(folder_holds(&s.folder, "result-1.txt", "short", 5));
  assert_int_equal(folder_count(&s.folder, "", NULL), 1);
  scene_close(&s);
}

static void a_text_lies_beside_a_file_of_any_name(void **state) {
  (void)state;
  scene s;
  saved v;
  rhub_error error;
  rh_download *none;
  char name[RH_NAME_MAX + 1], expected[RH_NAME_MAX + 10];
  scene_open(&s);
  memset(name, 'x', RH_NAME_MAX);
  strcpy(name + RH_NAME_MAX - 4, ".png");
  snprintf(expected, sizeof expected, "%s.json", name);
  rhub_save_options o = options_for(&s, "");
  o.url = NULL;
  o.text = "{}";
  o.text_len = 2;
  o.stem = name;
  o.ext = "json";
  o.beside = 1;
  save_with(&s, &v, &o);
  assert_int_equal(v.error.status, 0);
  assert_true(folder_holds(&s.folder, expected, "{}", 2));
  const char *const wrong[] = {"../x.png", "a/b.png", ".png", "", NULL};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    o.stem = wrong[i];
    assert_int_equal(rh_download_start(s.downloads, &o, on_saved, &v, &none, &error), RHUB_INPUT);
  }
  scene_close(&s);
}

int main(void) {
  memset(content, 'c', LEN);
  memcpy(content, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
  for (int i = 16; i < LEN; i++) content[i] = (char)(i * 31 + i / 251);
  memset(other, 'o', LEN);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_file_is_saved_under_the_extension_of_its_content),
      cmocka_unit_test(names_never_leave_the_folder),
      cmocka_unit_test(the_same_bytes_count_as_saved_and_others_are_not_overwritten),
      cmocka_unit_test(links_in_the_place_of_the_file_are_not_followed),
      cmocka_unit_test(a_cut_download_goes_on_where_it_was_cut),
      cmocka_unit_test(cuts_are_counted_afresh_after_progress),
      cmocka_unit_test(eight_tries_without_progress_are_the_last),
      cmocka_unit_test(passing_failures_are_tried_again),
      cmocka_unit_test(a_dead_address_is_gone_at_once),
      cmocka_unit_test(a_server_that_ignores_ranges_is_read_from_the_start),
      cmocka_unit_test(without_a_strong_validator_no_range_is_asked_for),
      cmocka_unit_test(a_cut_body_of_unknown_length_is_not_taken_for_whole),
      cmocka_unit_test(an_empty_body_is_no_file),
      cmocka_unit_test(a_later_run_goes_on_from_the_part_of_an_earlier_one),
      cmocka_unit_test(a_fresh_address_goes_on_with_the_part_of_a_dead_one),
      cmocka_unit_test(another_address_does_not_go_on_with_a_part_by_itself),
      cmocka_unit_test(the_digest_of_what_was_saved_is_told_on_demand),
      cmocka_unit_test(a_part_of_another_version_is_not_taken_up),
      cmocka_unit_test(a_part_that_is_a_link_or_too_long_is_not_written_to),
      cmocka_unit_test(a_complete_part_needs_no_second_download),
      cmocka_unit_test(two_saves_of_one_file_at_once_do_not_harm_each_other),
      cmocka_unit_test(a_full_disk_leaves_the_part_and_says_where),
      cmocka_unit_test(a_folder_that_cannot_be_written_to_is_refused_before_anything_is_sent),
      cmocka_unit_test(a_text_is_saved_the_same_way),
      cmocka_unit_test(addresses_that_are_not_opened_are_the_callers_error),
      cmocka_unit_test(what_is_durable_is_on_the_disk_before_it_has_its_name),
      cmocka_unit_test(nothing_is_left_of_a_text_that_was_cut_off),
      cmocka_unit_test(a_text_lies_beside_a_file_of_any_name),
      cmocka_unit_test(saves_can_be_cancelled_at_any_moment),
  };
  return cmocka_run_group_tests_name("download", tests, NULL, NULL);
}
