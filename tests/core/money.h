/* A scripted service and one client of it, for tests of what that reserves and books: what was sent
 * is what the service saw. */
#ifndef RHUB_TESTS_MONEY_H
#define RHUB_TESTS_MONEY_H

#include "unit.h"
#include "rhub.h"
#include "server.h"

#define KEY   "0123456789abcdef0123456789abcdef"
#define MODEL "kling-video-o1/image-to-video"

/* ---- the service ----------------------------------------------------------------------------- */

enum { PATIENCE_MS = 20000, MOST = 64 };

/* What it does with the first, second, ... submit: `a` accepts it, `s` is done with it at once, `f`
   is full, `n` has no machine, `b` is not available, `r` refuses it for nothing, `m` refuses it and
   may charge it, `u` closes the connection, `x` answers with `reply`. The last letter stands for
   all that follow. */
typedef struct service {
  server server;
  const char *submits;
  const char *reply;  /* of an `x` */
  const char *price;  /* the reply to a price-preview; NULL: HTTP 404 */
  const char *end;    /* the reply to a query, with the id for %s */
  bool slow_price;    /* it is never told */
  bool gated;         /* submits are answered when they may */
  bool queries_gated; /* queries likewise */
  atomic_bool may;
  atomic_int seen, asked, uploads, queries, cancels;
  char bodies[MOST][200]; /* of the submits */
  char heads[MOST][200];  /* "path [Authorization]" of them */
  char priced[200];       /* of the last price-preview */
} service;

#define ACCEPTED "{\"taskId\":\"%d\",\"status\":\"RUNNING\",\"errorCode\":\"\",\"results\":null}"
#define RUNNING  "{\"taskId\":\"%s\",\"status\":\"RUNNING\",\"errorCode\":\"\",\"results\":null}"
#define RESULT   "\"results\":[{\"url\":\"http://127.0.0.1/x.png\",\"outputType\":\"png\"}]"
#define DONE(u) \
  "{\"taskId\":\"%s\",\"status\":\"SUCCESS\",\"errorCode\":\"\"," RESULT ",\"usage\":" u "}"
#define FAILED(u) "{\"taskId\":\"%s\",\"status\":\"FAILED\",\"errorCode\":\"1501\",\"usage\":" u "}"
#define MONEY(m) \
  "{\"consumeMoney\":null,\"consumeCoins\":null,\"thirdPartyConsumeMoney\":\"" m "\"}"
#define COINS(c) \
  "{\"consumeMoney\":null,\"consumeCoins\":\"" c "\",\"thirdPartyConsumeMoney\":null}"
#define NOTHING  "{\"consumeMoney\":null,\"consumeCoins\":null,\"thirdPartyConsumeMoney\":null}"
#define PRICE(p) "{\"errorCode\":\"\",\"errorMessage\":\"\",\"estimatedPrice\":" p "}"

static inline bool starts(const char *text, const char *with) {
  return strncmp(text, with, strlen(with)) == 0;
}

static inline bool answer_submit(service *s, server_request *r) {
  int n = atomic_fetch_add(&s->seen, 1);
  size_t last = strlen(s->submits) - 1;
  char how = s->submits[(size_t)n < last ? (size_t)n : last], reply[300];
  if (n < MOST) {
    char auth[100] = "";
    server_header(r, "Authorization", auth, sizeof auth);
    snprintf(s->bodies[n], sizeof s->bodies[n], "%s", r->body);
    snprintf(s->heads[n], sizeof s->heads[n], "%.90s [%s]", r->path, auth);
  }
  while (s->gated && !atomic_load(&s->may)) usleep(1000);
  if (how == 'u') return server_reset(r);
  if (how == 'x') return server_reply(r, 200, "", s->reply);
  snprintf(reply, sizeof reply, ACCEPTED, 1000 + n);
  if (how == 'f') strcpy(reply, "{\"errorCode\":\"421\",\"errorMessage\":\"full\"}");
  if (how == 'n') strcpy(reply, "{\"errorCode\":\"415\",\"errorMessage\":\"no machine\"}");
  if (how == 'b') strcpy(reply, "{\"errorCode\":\"1011\",\"errorMessage\":\"busy\"}");
  if (how == 'r') strcpy(reply, "{\"errorCode\":\"812\",\"errorMessage\":\"no money\"}");
  if (how == 'm') strcpy(reply, "{\"errorCode\":\"9999\",\"errorMessage\":\"?\"}");
  if (how == 's')
    strcpy(reply,
           "{\"taskId\":\"7\",\"status\":\"SUCCESS\"," RESULT ",\"usage\":" MONEY("1.25") "}");
  return server_reply(r, 200, "", reply);
}

static inline bool answer_price(service *s, server_request *r) {
  atomic_fetch_add(&s->asked, 1);
  snprintf(s->priced, sizeof s->priced, "%s", r->body);
  if (s->slow_price) return server_hang(r);
  return s->price ? server_reply(r, 200, "", s->price) : server_reply(r, 404, "", "not found");
}

static inline bool answer_query(service *s, server_request *r) {
  char id[40] = "", reply[600];
  atomic_fetch_add(&s->queries, 1);
  while (s->queries_gated && !atomic_load(&s->may)) usleep(1000);
  const char *at = strstr(r->body, "\"taskId\":\"");
  if (at) sscanf(at + 10, "%39[0-9]", id);
  snprintf(reply, sizeof reply, s->end, id);
  return server_reply(r, 200, "", reply);
}

static inline bool answer(server_request *r) {
  service *s = r->server->user;
  if (starts(r->path, "/openapi/v2/price-preview/")) return answer_price(s, r);
  if (starts(r->path, "/openapi/v2/query")) return answer_query(s, r);
  if (starts(r->path, "/task/openapi/cancel")) {
    atomic_fetch_add(&s->cancels, 1);
    return server_reply(r, 200, "", "{\"code\":0,\"msg\":\"success\",\"data\":null}");
  }
  if (starts(r->path, "/task/openapi/upload")) {
    atomic_fetch_add(&s->uploads, 1);
    return server_reply(
        r, 200, "", "{\"code\":0,\"data\":{\"fileName\":\"api/a.png\",\"fileType\":\"input\"}}");
  }
  if (starts(r->path, "/openapi/v2/media/")) {
    atomic_fetch_add(&s->uploads, 1);
    return server_reply(r, 200, "",
                        "{\"code\":0,\"data\":{\"download_url\":\"https://x/a.png\","
                        "\"fileName\":\"a.png\"}}");
  }
  return answer_submit(s, r);
}

/* ---- a client of it -------------------------------------------------------------------------- */

static service s;
static rhub_client *client;
static char warnings[4000]; /* a line each */
static struct {
  rhub_ticket ticket;
  rhub_error error;
} ends[200];
static size_t end_count;

static inline int setup(void **state) {
  (void)state;
  memset(&s, 0, sizeof s);
  s.submits = "a";
  s.end = DONE(MONEY("2.10"));
  *warnings = '\0';
  end_count = 0;
  client = NULL;
  server_start(&s.server, answer, &s);
  return 0;
}

static inline int teardown(void **state) {
  (void)state;
  rhub_close(client);
  atomic_store(&s.may, true);
  server_stop(&s.server);
  return 0;
}

static inline rhub_options options(const char *budget) {
  rhub_options o = RHUB_OPTIONS_INIT;
  o.api_key = KEY;
  o.base_url = s.server.origin;
  o.site = "cn";
  o.concurrency = 4;
  o.poll_first = o.poll_min = o.poll_max = 0.01;
  o.poll_rate = 1000;
  o.busy_first = o.busy_max = 0.02;
  o.budget = budget;
  return o;
}

static inline void open_with(const rhub_options *o) {
  rhub_error error;
  if (rhub_open(o, &client, &error) != RHUB_OK) fail_msg("%s", error.message);
}

static inline void open_client(const char *budget) {
  rhub_options o = options(budget);
  open_with(&o);
}

static inline rhub_task_options task(const char *price) {
  rhub_task_options o = RHUB_TASK_OPTIONS_INIT;
  o.endpoint = MODEL;
  o.params = "{\"prompt\":\"a\"}";
  o.params_len = strlen(o.params);
  o.price = price;
  return o;
}

static inline rhub_ticket submit_with(const rhub_task_options *o) {
  rhub_ticket ticket;
  rhub_error error;
  if (rhub_submit(client, o, &ticket, &error) != RHUB_OK) fail_msg("%s", error.message);
  return ticket;
}

static inline rhub_ticket submit(const char *price) {
  rhub_task_options o = task(price);
  return submit_with(&o);
}

/* Reads all news: keeps how tickets ended, and the warnings. */
static inline void read_news(void) {
  static const rhub_error none = {.status = RHUB_OK};
  rhub_event e;
  while (rhub_next(client, &e)) {
    if (e.type == RHUB_EVENT_LOG && e.level == RHUB_LOG_WARN) {
      strncat(warnings, e.text, sizeof warnings - strlen(warnings) - 2);
      strcat(warnings, "\n");
    }
    if (e.type != RHUB_EVENT_END) continue;
    assert_true(end_count < COUNT(ends));
    ends[end_count].ticket = e.ticket;
    ends[end_count++].error = e.error ? *e.error : none;
  }
}

static inline void steps(int count) {
  for (int i = 0; i < count; i++) {
    assert_int_equal(rhub_step(client, 5), RHUB_OK);
    read_news();
  }
}

/* How a ticket ended; `status` is RHUB_OK where it went well. */
static inline rhub_error end_of(rhub_ticket ticket) {
  for (int waited = 0; waited < PATIENCE_MS; waited += 5) {
    for (size_t i = 0; i < end_count; i++)
      if (ends[i].ticket == ticket) return ends[i].error;
    steps(1);
  }
  fail_msg("ticket %llu did not end", (unsigned long long)ticket);
  return ends[0].error;
}

static inline void wait_until_seen(int submits) {
  for (int i = 0; i < 1000 && atomic_load(&s.seen) < submits; i++) steps(1);
  assert_int_equal(atomic_load(&s.seen), submits);
}

static inline void ends_well(rhub_ticket ticket) {
  rhub_error e = end_of(ticket);
  if (e.status != RHUB_OK) fail_msg("%s", e.message);
}

static inline rhub_error ends_as(rhub_ticket ticket, rhub_status status, rhub_spent spent,
                                 const char *word) {
  rhub_error e = end_of(ticket);
  if (e.status != status || e.spent != spent || !strstr(e.message, word))
    fail_msg("%s, spent %s: %s", rhub_status_name(e.status), rhub_spent_name(e.spent), e.message);
  return e;
}

/* "spent reserved held unconfirmed coins charged/untold/unknown" */
static inline void money_is(const char *expected) {
  rhub_money m;
  char text[300];
  rhub_get_money(client, &m);
  snprintf(text, sizeof text, "%s %s %s %s %s %zu/%zu/%zu", m.spent, m.reserved, m.held,
           m.unconfirmed, m.coins, m.charged, m.untold, m.unknown);
  assert_string_equal(text, expected);
}

static inline void server_saw(int submits, int prices) {
  assert_int_equal(atomic_load(&s.seen), submits);
  assert_int_equal(atomic_load(&s.asked), prices);
}

static inline void warned(const char *word) {
  if (!strstr(warnings, word)) fail_msg("no warning says \"%s\": %s", word, warnings);
}

/* A test with a service of its own; the client is closed after it. */
#define MONEY_TEST(function, sentence) \
  { sentence, function, setup, teardown, NULL }

#endif
