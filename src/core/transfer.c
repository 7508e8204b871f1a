/* The pool: which exchange runs when, on which line, and how it ended. Knows keys, origins and
 * redirects; knows nothing of tasks. */
#include "transfer.h"

#include "error.h"
#include "transfer_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_REDIRECTS 5
/* HTTP/2 carries a hundred requests a connection: more connections only cost. */
#define NARROW_HOST 6L

static const char key_header[] = "Authorization: Bearer ";

/* ---- queues ---------------------------------------------------------------------------------- */

static void queue_push(rh_queue *queue, rh_transfer *transfer) {
  transfer->queue = queue;
  transfer->prev = queue->tail;
  transfer->next = NULL;
  *(queue->tail ? &queue->tail->next : &queue->head) = transfer;
  queue->tail = transfer;
}

static void queue_take(rh_transfer *transfer) {
  rh_queue *queue = transfer->queue;
  *(transfer->prev ? &transfer->prev->next : &queue->head) = transfer->next;
  *(transfer->next ? &transfer->next->prev : &queue->tail) = transfer->prev;
  transfer->queue = NULL;
}

static bool is_bulk(const rh_transfer *transfer) {
  return transfer->request.kind != RH_REQUEST_CALL && transfer->request.kind != RH_REQUEST_SUBMIT;
}

static bool goes_anywhere(const rh_request *request) {
  return request->kind == RH_REQUEST_PUT ||
         (request->kind == RH_REQUEST_DOWNLOAD && !request->on_origin);
}

/* ---- ends ------------------------------------------------------------------------------------ */

/* Where it went, for people. */
static const char *url_of(const rh_transfer *transfer) {
  char *url = NULL;
  if (transfer->hops > 0 && transfer->line)
    curl_easy_getinfo(transfer->line->easy, CURLINFO_EFFECTIVE_URL, &url);
  return url ? url : transfer->request.url;
}

static const char *method_of(const rh_request *request) {
  if (request->kind == RH_REQUEST_PUT) return "PUT";
  return request->kind == RH_REQUEST_UPLOAD || request->body ? "POST" : "GET";
}

static void log_end(const rh_transfer *transfer, const rh_exchange *exchange) {
  rh_pool *pool = transfer->pool;
  char where[300], line[800];
  const char *method = method_of(&transfer->request);
  rh_address_show(url_of(transfer), where, sizeof where);
  double seconds = rh_loop_now(pool->loop) - transfer->started;
  if (exchange->wire == RH_WIRE_REPLY)
    snprintf(line, sizeof line, "%s %s %d %.3f s", method, where, exchange->http_status, seconds);
  else
    snprintf(line, sizeof line, "%s %s %.3f s: %s", method, where, seconds, exchange->message);
  pool->log(pool->owner, line);
}

static double retry_after(rh_line *line, int status) {
  curl_off_t seconds = 0;
  struct curl_header *h;
  bool refusal = status < 300 || status == 429 || status >= 500; /* the service's own are 200 */
  if (!refusal) return -1;
  curl_easy_getinfo(line->easy, CURLINFO_RETRY_AFTER, &seconds);
  if (seconds > 0) return (double)seconds;
  /* "0", and a date that has passed */
  return curl_easy_header(line->easy, "Retry-After", 0, CURLH_HEADER, -1, &h) == CURLHE_OK ? 0 : -1;
}

static void mask_key(const char *key, char *text, size_t text_len) {
  size_t len = strlen(key);
  char *end = text + text_len;
  while (text < end && (text = memmem(text, (size_t)(end - text), key, len)) != NULL) {
    memset(text, '*', len);
    text += len;
  }
}

/* A service may quote the key that it refuses, in any field, and curl an address that it cannot
   open: nobody behind here sees it. */
static void mask_keys(const rh_pool *pool, rh_line *line) {
  if (line->body_len) mask_key(pool->key, line->body, line->body_len);
  if (line->error[0]) mask_key(pool->key, line->error, strlen(line->error));
}

static void transfer_free(rh_transfer *transfer) {
  explicit_bzero(transfer->text, transfer->text_len);
  free(transfer);
}

/* Ends a transfer that is in no queue any more: tells the owner, then frees it. */
static void finish(rh_transfer *transfer, rh_wire wire, const char *message) {
  rh_pool *pool = transfer->pool;
  rh_line *line = transfer->line;
  char host[260];
  rh_exchange exchange = {.wire = wire, .retry_after = -1, .body = "", .host = host};
  rh_address_host(url_of(transfer), host, sizeof host);
  if (wire != RH_WIRE_REPLY) exchange.message = message;
  if (line) {
    exchange.http_status = rh_line_status(line);
    exchange.retry_after = retry_after(line, exchange.http_status);
    mask_keys(pool, line);
    if (line->body_len) exchange.body = line->body;
    exchange.body_len = line->body_len;
  }
  if (pool->log) log_end(transfer, &exchange);
  transfer->request.done(transfer->request.owner, &exchange);
  if (line) rh_line_release(line);
  transfer_free(transfer);
}

static void finish_refused(rh_transfer *transfer, const char *url, const char *reason) {
  char where[300], message[600];
  rh_address_show(url, where, sizeof where);
  snprintf(message, sizeof message, "%s%s%s %s", transfer->line ? "redirected to " : "", where,
           transfer->line ? ", which" : "", reason);
  finish(transfer, RH_WIRE_REFUSED, message);
}

/* ---- beginnings ------------------------------------------------------------------------------ */

/* Ends it in the next turn: nothing ends inside of rh_transfer_start. `refused`: why, or NULL when
   memory ran out. */
static void fail_later(rh_transfer *transfer, const char *refused) {
  rh_pool *pool = transfer->pool;
  transfer->refused = refused;
  queue_push(&pool->failed, transfer);
  rh_timer_start(&pool->later, 0);
}

/* Only what stands before the path is judged, and only plain characters there are remembered. */
static rh_address judge_address(rh_pool *pool, const char *url) {
  static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]";
  size_t known = strlen(pool->judged);
  if (known && strncmp(url, pool->judged, known) == 0) return pool->judged_at;
  rh_address at = rh_address_judge(url, pool->sealed, false);
  const char *host = strstr(url, "://");
  size_t len = host ? (size_t)(host + 3 - url) + strspn(host + 3, plain) : 0;
  if (at.refused || url[len] != '/' || len + 1 >= sizeof pool->judged) return at;
  memcpy(pool->judged, url, len + 1);
  pool->judged[len + 1] = '\0';
  pool->judged_at = at;
  return at;
}

static void begin(rh_transfer *transfer) {
  rh_pool *pool = transfer->pool;
  rh_address to = pool->at;
  if (goes_anywhere(&transfer->request)) to = judge_address(pool, transfer->request.url);
  if (to.refused) {
    fail_later(transfer, to.refused);
    return;
  }
  transfer->line = rh_line_take(transfer, to);
  if (transfer->line && rh_loop_add(pool->loop, transfer->line->easy)) {
    queue_push(&pool->active, transfer);
    pool->active_count++;
    if (is_bulk(transfer)) pool->active_bulk++;
    return;
  }
  if (transfer->line) rh_line_release(transfer->line);
  transfer->line = NULL;
  fail_later(transfer, NULL);
}

/* Begins what there is room for. Short exchanges go first, and always find one connection that no
   file holds. */
static void pump(rh_pool *pool) {
  int bulk_room = pool->connections > 1 ? pool->connections - 1 : 1;
  while (pool->active_count < pool->connections) {
    rh_transfer *next = pool->urgent.head;
    if (!next && pool->active_bulk < bulk_room) next = pool->bulk.head;
    if (!next) return;
    queue_take(next);
    begin(next);
  }
}

static void on_later(rh_timer *timer) {
  rh_pool *pool = (rh_pool *)timer;
  for (rh_transfer *t; (t = pool->failed.head) != NULL;) {
    queue_take(t);
    if (t->refused)
      finish_refused(t, t->request.url, t->refused);
    else
      finish(t, RH_WIRE_UNSENT, "out of memory");
  }
  pump(pool);
}

rh_transfer *rh_transfer_start(rh_pool *pool, const rh_request *request) {
  const char *origin = goes_anywhere(request) ? "" : pool->origin;
  const char *name = request->file_name ? request->file_name : "";
  const char *validator = request->if_range ? request->if_range : "";
  size_t origin_len = strlen(origin), url_len = strlen(request->url) + 1;
  size_t name_len = strlen(name) + 1, validator_len = strlen(validator) + 1;
  size_t body_len = request->body ? request->body_len : 0;
  bool keyed = !goes_anywhere(request) && strstr(request->url, "{key}");
  size_t keyed_len =
      keyed ? origin_len + rh_address_with_key(request->url, pool->key, NULL) + 1 : 0;
  size_t text_len = origin_len + url_len + name_len + validator_len + body_len + keyed_len;
  rh_transfer *transfer = malloc(sizeof *transfer + text_len);
  if (!transfer) return NULL;
  *transfer = (rh_transfer){.pool = pool, .request = *request, .text_len = text_len};
  char *at = transfer->text;
  transfer->request.url = at;
  at = mempcpy(mempcpy(at, origin, origin_len), request->url, url_len);
  transfer->request.file_name = at;
  at = mempcpy(at, name, name_len);
  transfer->request.if_range = at;
  at = mempcpy(at, validator, validator_len);
  if (request->body) transfer->request.body = memcpy(at, request->body, body_len);
  transfer->address = transfer->request.url;
  if (keyed) {
    transfer->address = at += body_len;
    rh_address_with_key(request->url, pool->key, mempcpy(at, origin, origin_len));
  }
  transfer->started = rh_loop_now(pool->loop);
  queue_push(is_bulk(transfer) ? &pool->bulk : &pool->urgent, transfer);
  if (rh_loop_in_curl(pool->loop))
    rh_timer_start(&pool->later, 0);
  else
    pump(pool);
  return transfer;
}

/* ---- under way ------------------------------------------------------------------------------- */

/* Takes a transfer off the wire. */
static void deactivate(rh_transfer *transfer) {
  rh_pool *pool = transfer->pool;
  queue_take(transfer);
  pool->active_count--;
  if (is_bulk(transfer)) pool->active_bulk--;
}

/* Goes where a download was sent on to. False: the transfer has ended instead. */
static bool follow(rh_transfer *transfer) {
  rh_line *line = transfer->line;
  char *url = NULL;
  curl_easy_getinfo(line->easy, CURLINFO_REDIRECT_URL, &url);
  rh_address to = {.refused = "is no address"};
  if (url) to = rh_address_judge(url, transfer->pool->sealed, line->tls);
  if (!to.refused && ++transfer->hops > MAX_REDIRECTS) to.refused = "is one redirect too many";
  if (!to.refused && rh_line_redirect(line, url, to) &&
      rh_loop_add(transfer->pool->loop, line->easy))
    return true;
  deactivate(transfer);
  if (to.refused)
    finish_refused(transfer, url ? url : "another address", to.refused);
  else
    finish(transfer, RH_WIRE_UNSENT, "out of memory");
  return false;
}

/* A host over TLS that speaks HTTP/1 needs a connection a request. */
static void widen(rh_pool *pool, rh_line *line) {
  long version = 0;
  curl_easy_getinfo(line->easy, CURLINFO_HTTP_VERSION, &version);
  if (version != CURL_HTTP_VERSION_1_0 && version != CURL_HTTP_VERSION_1_1) return;
  curl_multi_setopt(rh_loop_multi(pool->loop), CURLMOPT_MAX_HOST_CONNECTIONS, 0L);
  pool->narrow = false;
}

static void on_finished(void *easy, int result) {
  rh_line *line;
  curl_easy_getinfo((CURL *)easy, CURLINFO_PRIVATE, &line);
  rh_transfer *transfer = line->transfer;
  rh_pool *pool = line->pool;
  if (pool->narrow) widen(pool, line);
  rh_wire wire = rh_line_end(line, (CURLcode)result);
  if (wire == RH_WIRE_REPLY && line->skipping) {
    if (follow(transfer)) return;
  } else {
    deactivate(transfer);
    finish(transfer, wire, line->reason);
  }
  pump(pool);
}

bool rh_transfer_sent(const rh_transfer *transfer) {
  return transfer->line && transfer->line->begun;
}

void rh_transfer_progress(const rh_transfer *transfer, uint64_t *done, uint64_t *total) {
  const rh_line *line = transfer->line;
  bool up = transfer->request.kind == RH_REQUEST_UPLOAD || transfer->request.kind == RH_REQUEST_PUT;
  *total = up ? (uint64_t)transfer->request.file_size : 0;
  *done = line ? (uint64_t)(up ? line->sent : line->received) : 0;
  if (!up && line && line->expected > 0) *total = (uint64_t)line->expected;
}

static void drop(rh_transfer *transfer) {
  if (transfer->line) {
    rh_loop_remove(transfer->pool->loop, transfer->line->easy);
    deactivate(transfer);
    rh_line_release(transfer->line);
  } else if (transfer->queue) {
    queue_take(transfer);
  }
  transfer_free(transfer);
}

void rh_transfer_cancel(rh_transfer *transfer) {
  if (!transfer) return;
  rh_pool *pool = transfer->pool;
  drop(transfer);
  pump(pool);
}

/* ---- pools ----------------------------------------------------------------------------------- */

static bool add_header(struct curl_slist **list, const char *line) {
  struct curl_slist *longer = curl_slist_append(*list, line);
  if (longer) *list = longer;
  return longer != NULL;
}

static void free_key_headers(struct curl_slist *list) {
  for (struct curl_slist *i = list; i; i = i->next) explicit_bzero(i->data, strlen(i->data));
  curl_slist_free_all(list);
}

/* "Expect:" takes out a header of curl's own, which costs a second where a server ignores it. */
static bool make_headers(rh_pool *pool, const char *api_key) {
  char key[512];
  bool ok = add_header(&pool->put_headers, "Expect:") &&
            add_header(&pool->put_headers, "Content-Type: application/octet-stream") &&
            add_header(&pool->plain_headers, "Accept-Encoding: identity");
  for (int auth = 0; auth < RH_AUTHS; auth++) {
    const char *before = auth == RH_AUTH_BEARER ? key_header : "Authorization: ";
    snprintf(key, sizeof key, "%s%s", before, api_key);
    for (int json = 0; json < 2; json++) {
      struct curl_slist **list = &pool->call_headers[auth][json];
      ok = ok && (auth == RH_AUTH_NONE || add_header(list, key)) && add_header(list, "Expect:") &&
           (!json || add_header(list, "Content-Type: application/json"));
    }
  }
  if (ok) pool->key = pool->call_headers[RH_AUTH_BEARER][0]->data + sizeof key_header - 1;
  explicit_bzero(key, sizeof key);
  return ok;
}

/* The file of trusted certificates that curl was built with, else a usual one; NULL leaves it to
   curl. */
static const char *default_ca_file(void) {
  static const char *const known[] = {
      "/etc/ssl/certs/ca-certificates.crt", /* Debian, Alpine, Arch */
      "/etc/pki/tls/certs/ca-bundle.crt",   /* Fedora */
      "/etc/ssl/ca-bundle.pem",             /* openSUSE */
      "/etc/ssl/cert.pem",                  /* BSD, macOS */
  };
  const char *built_in = curl_version_info(CURLVERSION_NOW)->cainfo;
  if (built_in && access(built_in, R_OK) == 0) return built_in;
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (access(known[i], R_OK) == 0) return known[i];
  return NULL;
}

static char *copy(const char *text, bool *ok) {
  char *made = text ? strdup(text) : NULL;
  if (text && !made) *ok = false;
  return made;
}

static bool pool_fill(rh_pool *pool, const rh_pool_options *options) {
  bool ok = true;
  CURLM *multi = rh_loop_multi(pool->loop);
  pool->connections = options->connections > 0 ? options->connections : 1;
  pool->connect_timeout = options->connect_timeout;
  pool->sealed = options->loopback_only;
  pool->log = options->log;
  pool->owner = options->owner;
  pool->origin = copy(options->origin, &ok);
  pool->proxy = copy(options->proxy, &ok);
  pool->ca_file = copy(options->ca_file ? options->ca_file : default_ca_file(), &ok);
  pool->narrow = pool->at.tls;
  /* As many kept as can be in use: twice, for the API's host and the files'. */
  return ok && make_headers(pool, options->api_key) &&
         curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, 2L * pool->connections) == CURLM_OK &&
         curl_multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, pool->narrow ? NARROW_HOST : 0L) ==
             CURLM_OK;
}

rhub_status rh_pool_new(rh_loop *loop, const rh_pool_options *options, rh_pool **out,
                        rhub_error *error) {
  *out = NULL;
  rh_address at = rh_address_judge(options->origin, options->loopback_only, false);
  if (at.refused) return rh_fail(error, RHUB_CONFIG, "address %s %s", options->origin, at.refused);
  if (options->ca_file && access(options->ca_file, R_OK) != 0)
    return rh_fail(error, RHUB_CONFIG, "CA file %s cannot be read: %m", options->ca_file);
  rh_pool *pool = calloc(1, sizeof *pool);
  if (!pool) return rh_fail(error, RHUB_NOMEM, "out of memory");
  pool->loop = loop;
  pool->at = at;
  rh_timer_init(loop, &pool->later, on_later);
  rh_loop_on_finished(loop, on_finished);
  if (!pool_fill(pool, options)) {
    rh_pool_free(pool);
    return rh_fail(error, RHUB_NOMEM, "out of memory");
  }
  *out = pool;
  return RHUB_OK;
}

static void free_pool(rh_timer *timer) {
  free(timer); /* the pool's first member */
}

static void drop_all(rh_queue *queue) {
  while (queue->head) drop(queue->head);
}

void rh_pool_free(rh_pool *pool) {
  if (!pool) return;
  drop_all(&pool->active);
  drop_all(&pool->urgent);
  drop_all(&pool->bulk);
  drop_all(&pool->failed);
  for (int i = 0; i < RH_LINE_CLASSES; i++)
    for (rh_line *line; (line = pool->idle[i]) != NULL;) {
      pool->idle[i] = line->next;
      rh_line_free(line);
    }
  for (int auth = 0; auth < RH_AUTHS; auth++)
    for (int json = 0; json < 2; json++) free_key_headers(pool->call_headers[auth][json]);
  curl_slist_free_all(pool->put_headers);
  curl_slist_free_all(pool->plain_headers);
  free(pool->origin);
  free(pool->proxy);
  free(pool->ca_file);
  rh_timer_close(&pool->later, free_pool);
}

/* ---- for people ------------------------------------------------------------------------------ */

const char *rh_transfer_version(void) {
  static char text[96]; /* whoever writes it writes the same */
  const curl_version_info_data *info = curl_version_info(CURLVERSION_NOW);
  char now[sizeof text];
  snprintf(now, sizeof now, "libcurl %s%s, %s", info->version,
           info->features & CURL_VERSION_HTTP2 ? " (HTTP/2)" : "",
           info->ssl_version ? info->ssl_version : "no TLS");
  memcpy(text, now, sizeof now);
  return text;
}
