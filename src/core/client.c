/* The client: options, lifetime, driving, and the public functions that concern every operation. */
#include "client.h"

#include "digest.h"
#include "error.h"
#include "record.h"
#include "store.h"
#include "task.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { CONNECTIONS = 32, CONNECTIONS_MAX = 4096, CONCURRENCY_MAX = 1000000 };

const char *rhub_version(void) {
  return RHUB_VERSION;
}

const char *rhub_libraries(void) {
  static char text[200]; /* the same bytes whoever writes them */
  char now[sizeof text];
  snprintf(now, sizeof now, "%s, libuv %s, SQLite %s", rh_transfer_version(), uv_version_string(),
           rh_store_version());
  if (strcmp(text, now) != 0) memcpy(text, now, sizeof text);
  return text;
}

/* ---- options --------------------------------------------------------------------------------- */

/* A field of seconds, or a rate: what stands in it when it is 0, and whether that is all right. */
static bool number_ok(double *field, double fallback) {
  if (*field == 0) *field = fallback;
  return isfinite(*field) && *field >= 0;
}

static rhub_status check_numbers(rhub_options *o, rhub_error *error) {
  const struct {
    const char *name;
    double *field, fallback;
  } numbers[] = {
      {"timeout", &o->timeout, 0},
      {"wait_timeout", &o->wait_timeout, 0},
      {"submit_timeout", &o->submit_timeout, 180},
      {"request_timeout", &o->request_timeout, 30},
      {"connect_timeout", &o->connect_timeout, 10},
      {"busy_first", &o->busy_first, 2},
      {"busy_max", &o->busy_max, 60},
      {"poll.first", &o->poll_first, 1},
      {"poll.min", &o->poll_min, 1},
      {"poll.max", &o->poll_max, 5},
      {"poll.rate", &o->poll_rate, 10},
      {"poll.told", &o->poll_told, 30},
      {"submit_rate", &o->submit_rate, 0},
  };
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
    if (!number_ok(numbers[i].field, numbers[i].fallback))
      return rh_fail(error, RHUB_INPUT, "%s is %g: give a number above 0", numbers[i].name,
                     *numbers[i].field);
  if (o->connections == 0) o->connections = CONNECTIONS;
  if (o->connections < 1 || o->connections > CONNECTIONS_MAX)
    return rh_fail(error, RHUB_INPUT, "connections is %d: give 1 to %d", o->connections,
                   CONNECTIONS_MAX);
  if (o->concurrency < 0 || o->concurrency > CONCURRENCY_MAX)
    return rh_fail(error, RHUB_INPUT, "concurrency is %d: give 1 to %d", o->concurrency,
                   CONCURRENCY_MAX);
  /* bounds that cross are meant: the later one gives way */
  if (o->poll_max < o->poll_min) o->poll_max = o->poll_min;
  if (o->busy_max < o->busy_first) o->busy_max = o->busy_first;
  return RHUB_OK;
}

/* ---- lifetime -------------------------------------------------------------------------------- */

static void wake_loop(void *owner) {
  rhub_client *client = owner;
  if (client->loop) rh_loop_stop(client->loop);
}

static void log_exchange(void *owner, const char *line) {
  rh_log(&((rhub_client *)owner)->ops, RHUB_LOG_DEBUG, "%s", line);
}

static void timer_closed(rh_timer *timer) {
  (void)timer;
}

static rhub_status out_of_memory(rhub_error *error) {
  return rh_fail(error, RHUB_NOMEM, "out of memory");
}

static rhub_status build_pool(rhub_client *client, const rhub_options *options, rhub_error *error) {
  rh_pool_options pool = {
      .origin = client->credentials.origin,
      .api_key = client->credentials.api_key,
      .proxy = client->credentials.sealed ? "" : options->proxy,
      .ca_file = options->ca_file,
      .connections = client->options.connections,
      .connect_timeout = client->options.connect_timeout,
      .loopback_only = client->credentials.sealed,
      .log = client->ops.level >= RHUB_LOG_DEBUG ? log_exchange : NULL,
      .owner = client,
  };
  return rh_pool_new(client->loop, &pool, &client->pool, error);
}

static void warn(void *owner, const char *line) {
  rh_log(&((rhub_client *)owner)->ops, RHUB_LOG_WARN, "%s", line);
}

/* Where what was uploaded is remembered; "" where a stand-in on this machine forgets it. */
static char *cache_path(const rh_credentials *credentials, const char *option) {
  if (credentials->sealed) return strdup("");
  if (option) return strdup(option);
  return rh_url_is_loopback(credentials->origin) ? strdup("") : rh_known_usual_path();
}

/* A name for the account that leads back to no key. */
static bool name_account(const rh_credentials *credentials, char name[17]) {
  const char *origin = credentials->origin, *key = credentials->api_key;
  size_t size = strlen(origin) + strlen(key) + sizeof "places\n\n";
  char *text = malloc(size);
  rh_digest digest;
  if (!text) return false;
  int len = snprintf(text, size, "places\n%s\n%s", origin, key);
  bool good = rh_digest_of(text, (size_t)len, &digest);
  explicit_bzero(text, size);
  free(text);
  if (good) rh_digest_hex(&digest, 16, name);
  return good;
}

/* Beside the cache, a file for each account; "" where nothing is shared. NULL: no memory. */
static char *limits_path(const rh_credentials *credentials, const char *option) {
  char name[17], *path = NULL;
  char *cache = credentials->sealed ? strdup("") : option ? strdup(option) : rh_known_usual_path();
  if (!cache || !*cache) return cache;
  if (!name_account(credentials, name) || asprintf(&path, "%s-%s.limits", cache, name) < 0)
    path = NULL;
  free(cache);
  return path;
}

/* Unlike what was uploaded, limits are shared on this machine too: a way to the service may lie
   there. */
static bool build_limits(rhub_client *client, const char *cache) {
  char *path = limits_path(&client->credentials, cache);
  client->shared = path ? rh_shared_new(path) : NULL;
  client->places = client->shared ? rh_places_new(client->shared) : NULL;
  free(path);
  return client->places != NULL;
}

static void slower(void *owner) {
  rh_client_slower(owner, -1); /* a Retry-After is for what is uploaded, not for queries */
}

static bool build_uploads(rhub_client *client, const char *cache) {
  const rh_credentials *credentials = &client->credentials;
  char *path = cache_path(credentials, cache);
  if (path) client->known = rh_known_new(path, credentials->origin, credentials->api_key);
  free(path);
  if (!client->known) return false;
  rh_uploads_options options = {
      .known = client->known,
      .api_key = credentials->api_key,
      .request_timeout = client->options.request_timeout,
      .warn = warn,
      .slower = slower,
      .owner = client,
  };
  client->uploads = rh_uploads_new(client->loop, client->pool, &options);
  return client->uploads != NULL;
}

static rhub_status build(rhub_client *client, const rhub_options *options, rhub_error *error) {
  rhub_status status = rh_credentials_load(options, &client->credentials, error);
  if (status != RHUB_OK) return status;
  const char *key = client->credentials.api_key;
  size_t len = strlen(key);
  snprintf(client->key_hint, sizeof client->key_hint, "%s", key + (len > 4 ? len - 4 : 0));
  status = rh_loop_new(&client->loop, error);
  if (status != RHUB_OK) return status;
  rh_timer_init(client->loop, &client->gate, rh_submit_gate);
  rh_timer_init(client->loop, &client->rate, rh_watch_rate);
  status = build_pool(client, options, error);
  if (status != RHUB_OK) return status;
  const rhub_options *o = &client->options;
  if (!build_limits(client, options->cache) || !build_uploads(client, options->cache))
    return out_of_memory(error);
  client->downloads = rh_downloads_new(client->loop, client->pool, o->request_timeout);
  client->pace = rh_pace_new(o->poll_first, o->poll_min, o->poll_max, o->poll_rate);
  if (!client->downloads || !client->pace) return out_of_memory(error);
  return RHUB_OK;
}

rhub_status rhub_open(const rhub_options *options, rhub_client **out, rhub_error *error) {
  if (!out) return rh_fail(error, RHUB_MISUSE, "rhub_open: out is NULL");
  *out = NULL;
  /* a caller compiled against an older header hands in a shorter structure */
  rhub_options full = RHUB_OPTIONS_INIT;
  if (options) {
    if (options->size < offsetof(rhub_options, concurrency) || options->size > sizeof full)
      return rh_fail(error, RHUB_MISUSE, "rhub_open: start from RHUB_OPTIONS_INIT");
    memcpy(&full, options, options->size);
  }
  rhub_client *client = calloc(1, sizeof *client);
  if (!client) return out_of_memory(error);
  client->options = full;
  rh_ops_init(&client->ops, full.log_level, wake_loop, client);
  client->asked = -1;
  if (getrandom(&client->random, sizeof client->random, 0) != sizeof client->random)
    client->random = (uint64_t)(uintptr_t)client;
  rhub_status status = check_numbers(&client->options, error);
  rh_admit_init(&client->admit, (size_t)client->options.concurrency);
  rh_rate_init(&client->starts, client->options.submit_rate);
  client->who = client->random | 1;
  if (status == RHUB_OK) status = build(client, &full, error);
  if (status == RHUB_OK) status = rh_money_open(client, full.budget, error);
  if (status == RHUB_OK && full.journal) status = rh_records_open(client, full.journal, error);
  if (status == RHUB_OK) status = rh_money_check(client, full.budget, error);
  client->options.api_key = NULL; /* the caller's: not ours beyond this call */
  client->options.budget = NULL;
  client->options.cache = NULL;
  client->options.journal = NULL;
  if (status != RHUB_OK)
    rhub_close(client);
  else
    *out = client;
  return status;
}

void rhub_close(rhub_client *client) {
  if (!client) return;
  client->shut = true;
  rh_ops_clear(&client->ops);
  while (client->orphans.first) {
    rh_op *op = &client->orphans.first->op;
    op->type->destroy(op);
  }
  rh_calls_clear(client);
  rh_uploads_free(client->uploads);
  rh_known_release(client->known);
  rh_downloads_free(client->downloads);
  rh_transfer_cancel(client->asking);
  rh_pool_free(client->pool);
  rh_records_stop(client);
  if (client->loop) {
    rh_timer_close(&client->gate, timer_closed);
    rh_timer_close(&client->rate, timer_closed);
    rh_loop_free(client->loop);
  }
  rh_records_free(client->records);
  rh_pace_free(client->pace);
  rh_places_free(client->places);
  rh_shared_free(client->shared);
  rh_budget_clear(&client->budget);
  rh_still_clear(&client->queued);
  rh_still_clear(&client->running);
  rh_credentials_clear(&client->credentials);
  free(client);
}

void rhub_describe(const rhub_client *client, rhub_description *out) {
  const rh_credentials *credentials = &client->credentials;
  *out = (rhub_description){
      .base_url = credentials->origin,
      .site = credentials->site,
      .currency = credentials->currency,
      .key_source = credentials->key_source,
      .key_hint = client->key_hint,
      .sealed = credentials->sealed,
  };
}

/* ---- driving --------------------------------------------------------------------------------- */

int rhub_fd(const rhub_client *client) {
  return rh_loop_fd(client->loop);
}

int rhub_timeout_ms(rhub_client *client) {
  return client->ops.first ? 0 : rh_loop_timeout(client->loop);
}

rhub_status rhub_step(rhub_client *client, int timeout_ms) {
  rh_ops_settle(&client->ops);
  if (client->ops.first)
    timeout_ms = 0;
  else if (timeout_ms < 0 && client->ops.live == 0 && client->stats.submitting == 0)
    return RHUB_MISUSE;
  rh_loop_step(client->loop, timeout_ms);
  return RHUB_OK;
}

void rhub_wakeup(rhub_client *client) {
  rh_loop_wakeup(client->loop);
}

int rhub_next(rhub_client *client, rhub_event *event) {
  return rh_ops_next(&client->ops, event);
}

/* ---- tickets --------------------------------------------------------------------------------- */

rhub_status rhub_peek(rhub_client *client, rhub_ticket ticket, rhub_info *out) {
  rh_op *op = rh_op_find(&client->ops, ticket);
  if (!op) return RHUB_MISUSE;
  *out = (rhub_info){.kind = op->type->kind, .task_id = ""};
  op->type->peek(op, out);
  return RHUB_OK;
}

rhub_status rhub_forget(rhub_client *client, rhub_ticket ticket) {
  rh_op *op = rh_op_find(&client->ops, ticket);
  if (!op) return RHUB_MISUSE;
  bool free_now = op->ended || op->type->forget(op);
  rh_op_detach(op);
  if (free_now) rh_op_free(op);
  rh_submit_pump(client); /* a place may have become free */
  return RHUB_OK;
}

void rhub_get_stats(const rhub_client *client, rhub_stats *out) {
  *out = client->stats;
  out->limit = rh_admit_limit(&client->admit, &rh_client_limits(client)->capacity);
}

static void leave_task(rh_op *op, void *arg) {
  rh_task_leave((rh_task *)op, *(int *)arg);
}

void rhub_shutdown(rhub_client *client, int leave) {
  client->shut = true;
  rh_ops_each(&client->ops, RHUB_KIND_TASK, leave_task, &leave);
  if (!leave) return;
  rh_calls_leave(client);
  for (rh_task *task = client->orphans.first; task; task = task->after)
    rh_log(&client->ops, RHUB_LOG_WARN,
           "%s: left while its submit was on the wire: a task may be running and may be charged",
           task->model);
}

/* ---- jitter ---------------------------------------------------------------------------------- */

double rh_random(rhub_client *client) {
  /* xorshift64*: good enough to keep clients from marching in step */
  uint64_t x = client->random | 1;
  x ^= x >> 12;
  x ^= x << 25;
  x ^= x >> 27;
  client->random = x;
  return (double)((x * 0x2545F4914F6CDD1DULL) >> 11) / 9007199254740992.0;
}
