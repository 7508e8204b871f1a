/* rhub_call: one call that makes no task of ours. It costs nothing and is repeated when it fails,
 * or may cost something and is sent once. */
#include "client.h"

#include "error.h"
#include "params.h"
#include "repair.h"
#include "reply.h"
#include "retry.h"
#include "scan.h"
#include "transfer_address.h"

#include <stdlib.h>
#include <string.h>

enum { CALL_TRIES = 4 };

typedef struct rh_call rh_call;
struct rh_call {
  rh_op op; /* first */
  rhub_client *client;
  rh_transfer *transfer;
  rh_timer timer;
  char *path;
  char *body; /* holds the key where the legacy family wants it: wiped on free; NULL: GET */
  size_t body_len;
  rh_auth auth;
  bool once, raw;
  size_t limit;
  unsigned tries;
  double started;
  char *json; /* the answer */
  size_t json_len;
  rh_call *next, **at; /* among the client's orphans: nobody listens, and it is on the wire */
};

static void wipe(char *text, size_t len) {
  if (text) explicit_bzero(text, len);
  free(text);
}

/* It is off the wire: answered, or stopped. */
static void landed(rh_call *call) {
  if (call->once && call->transfer) call->client->stats.submitting--;
  call->transfer = NULL;
}

static void stop(rh_call *call) {
  rh_transfer_cancel(call->transfer);
  landed(call);
  rh_timer_stop(&call->timer);
}

/* It may have made something that costs, and nobody has read the answer. */
static bool is_open(const rh_call *call) {
  return call->once && call->transfer && rh_transfer_sent(call->transfer);
}

/* What has left and may cost money is let finish, whoever asked for it. */
static bool call_forget(rh_op *op) {
  rh_call *call = (rh_call *)op;
  if (!is_open(call)) {
    stop(call);
    return true;
  }
  call->next = call->client->orphan_calls;
  if (call->next) call->next->at = &call->next;
  call->at = &call->client->orphan_calls;
  *call->at = call;
  return false;
}

static void call_free(rh_call *call) {
  wipe(call->body, call->body_len);
  free(call->path);
  free(call->json);
  free(call);
}

static void call_closed(rh_timer *timer) {
  call_free((rh_call *)((char *)timer - offsetof(rh_call, timer)));
}

static void call_destroy(rh_op *op) {
  rh_call *call = (rh_call *)op;
  stop(call);
  if (call->at) *call->at = call->next;
  if (call->at && call->next) call->next->at = call->at;
  call->client->stats.transfers--;
  rh_timer_close(&call->timer, call_closed);
}

static void call_tell(const rh_op *op, rhub_event *event) {
  const rh_call *call = (const rh_call *)op;
  event->json = call->json;
  event->json_len = call->json_len;
}

static void call_peek(const rh_op *op, rhub_info *info) {
  const rh_call *call = (const rh_call *)op;
  info->elapsed = rh_loop_now(call->client->loop) - call->started;
}

static const rh_op_type call_type = {
    .kind = RHUB_KIND_CALL,
    .tell = call_tell,
    .peek = call_peek,
    .forget = call_forget,
    .destroy = call_destroy,
};

static void call_done(void *owner, const rh_exchange *exchange);

static bool call_send(rh_call *call) {
  rh_request request = {
      .kind = call->once ? RH_REQUEST_SUBMIT : RH_REQUEST_CALL,
      .auth = call->auth,
      .url = call->path,
      .body = call->body,
      .body_len = call->body_len,
      .timeout = call->client->options.request_timeout,
      .ceiling = call->limit,
      .done = call_done,
      .owner = call,
  };
  call->tries++;
  call->transfer = rh_transfer_start(call->client->pool, &request);
  if (call->once && call->transfer) call->client->stats.submitting++;
  return call->transfer != NULL;
}

static void end_no_memory(rh_call *call) {
  rhub_error error;
  rh_fail(&error, RHUB_NOMEM, "out of memory");
  rh_op_end(&call->op, &error);
}

static void call_fire(rh_timer *timer) {
  rh_call *call = (rh_call *)((char *)timer - offsetof(rh_call, timer));
  if (!call_send(call)) end_no_memory(call);
}

static void answered(rh_call *call, const char *json, size_t len) {
  call->json = malloc(len + 1);
  if (!call->json) {
    end_no_memory(call);
    return;
  }
  if (!call->op.ticket)
    rh_log(call->op.ops, RHUB_LOG_WARN, "%s: answered after it was let go: %.300s", call->path,
           json);
  memcpy(call->json, json, len);
  call->json[len] = '\0';
  call->json_len = len;
  rh_op_end(&call->op, NULL);
}

static bool is_json(const char *text, size_t len) {
  rh_scan scan = {text, len, 0, NULL, 0};
  return rh_scan_whole(&scan);
}

/* Ends with a reply that is wanted as it came, mended where it is misspelt; success without a body
   is null. False: it is none. */
static bool answered_raw(rh_call *call, const rh_exchange *exchange) {
  size_t len;
  if (!call->raw || exchange->wire != RH_WIRE_REPLY) return false;
  if (exchange->body_len == 0 && exchange->http_status / 100 == 2) {
    answered(call, "null", 4);
    return true;
  }
  if (!rh_judge_raw(exchange)) return false;
  if (is_json(exchange->body, exchange->body_len)) {
    answered(call, exchange->body, exchange->body_len);
    return true;
  }
  char *mended = rh_repair(exchange->body, exchange->body_len, true, &len);
  bool readable = mended && is_json(mended, len);
  if (readable) answered(call, mended, len);
  free(mended);
  return readable;
}

static rh_verdict judge(const rh_call *call, const rh_exchange *exchange, const rh_reply *reply,
                        rhub_error *error) {
  return call->once ? rh_judge_once(exchange, reply, call->path, error)
                    : rh_judge_call(exchange, reply, call->path, error);
}

/* What cost something, or may have, is said also where nobody listens any more. */
static void fail(rh_call *call, const rhub_error *error) {
  if (!call->op.ticket && error->spent != RHUB_SPENT_NO)
    rh_log(call->op.ops, RHUB_LOG_WARN, "%s", error->message);
  rh_op_end(&call->op, error);
}

static void call_done(void *owner, const rh_exchange *exchange) {
  rh_call *call = owner;
  rhub_error error;
  rh_reply reply;
  landed(call);
  if (answered_raw(call, exchange)) return;
  bool parsed = exchange->wire == RH_WIRE_REPLY && exchange->body_len > 0 &&
                rh_reply_parse(exchange->body, exchange->body_len, true, &reply) == RH_PARSE_OK;
  rh_verdict verdict = judge(call, exchange, parsed ? &reply : NULL, &error);
  if (verdict == RH_SLOWER) rh_client_slower(call->client, -1);
  if (verdict == RH_ACCEPTED)
    answered(call, reply.data ? reply.data : exchange->body,
             reply.data ? reply.data_len : exchange->body_len);
  else if (call->once || verdict == RH_FATAL || call->tries >= CALL_TRIES)
    fail(call, &error);
  else
    rh_timer_start(&call->timer, rh_pause(0.5, 4, call->tries - 1, rh_random(call->client),
                                          exchange->retry_after));
  if (parsed) rh_reply_clear(&reply);
}

rh_auth rh_key_auth(rhub_key_place place) {
  return place == RHUB_KEY_BARE   ? RH_AUTH_BARE
         : place == RHUB_KEY_NONE ? RH_AUTH_NONE
                                  : RH_AUTH_BEARER;
}

const char *rh_key_field(rhub_key_place place) {
  return place == RHUB_KEY_FIELD ? "apiKey" : place == RHUB_KEY_FIELD_LOWER ? "apikey" : NULL;
}

/* The body as it is sent: with the key inside where it belongs there. */
static rhub_status prepare(rh_call *call, const rhub_call_options *o, rhub_error *error) {
  const char *field = rh_key_field(o->key);
  call->auth = rh_key_auth(o->key);
  call->once = o->once || (o->body && !rh_call_is_free(o->path));
  call->raw = o->raw;
  call->limit = o->limit;
  call->path = strdup(o->path);
  if (!call->path) return rh_fail(error, RHUB_NOMEM, "out of memory");
  if (!o->body) return RHUB_OK;
  if (field) {
    call->body = rh_params_with(o->body, o->body_len, field, call->client->credentials.api_key,
                                &call->body_len);
  } else if ((call->body = malloc(o->body_len + 1))) {
    memcpy(call->body, o->body, o->body_len);
    call->body[o->body_len] = '\0';
    call->body_len = o->body_len;
  }
  return call->body ? RHUB_OK : rh_fail(error, RHUB_NOMEM, "out of memory");
}

/* What a call may cost nobody tells. */
static rhub_status check_budget(const rhub_client *client, const rhub_call_options *o,
                                rhub_error *error) {
  bool may_cost = (o->once || o->body) && !rh_call_is_free(o->path);
  if (!may_cost || client->budget.cap < 0 || client->options.allow_unknown_price) return RHUB_OK;
  return rh_fail(
      error, RHUB_BUDGET,
      "%.200s: a call that may cost money, nobody tells how much, and there is a budget: "
      "set allow_unknown_price; nothing was sent",
      o->path);
}

rhub_status rhub_call(rhub_client *client, const rhub_call_options *options, rhub_ticket *ticket,
                      rhub_error *error) {
  rhub_call_options o = RHUB_CALL_OPTIONS_INIT;
  if (!client || !ticket || !options || options->size > sizeof o)
    return rh_fail(error, RHUB_MISUSE, "rhub_call: start from RHUB_CALL_OPTIONS_INIT");
  memcpy(&o, options, options->size);
  *ticket = 0;
  if (!rh_address_path_ok(o.path))
    return rh_fail(error, RHUB_INPUT, "\"%.80s\" is no path of the service: begin it with /",
                   o.path ? o.path : "");
  rhub_status status = o.body ? rh_params_check(o.body, o.body_len, error) : RHUB_OK;
  if (status == RHUB_OK) status = check_budget(client, &o, error);
  if (status != RHUB_OK) return status;
  rh_call *call = calloc(1, sizeof *call);
  if (!call) return rh_fail(error, RHUB_NOMEM, "out of memory");
  call->client = client;
  status = prepare(call, &o, error);
  if (status == RHUB_OK && !rh_op_open(&client->ops, &call->op, &call_type))
    status = rh_fail(error, RHUB_NOMEM, "out of memory");
  if (status != RHUB_OK) {
    call_free(call);
    return status;
  }
  call->started = rh_loop_now(client->loop);
  client->stats.transfers++;
  rh_timer_init(client->loop, &call->timer, call_fire);
  if (call_send(call)) {
    *ticket = call->op.ticket;
    return RHUB_OK;
  }
  rh_op_free(&call->op);
  return rh_fail(error, RHUB_NOMEM, "out of memory");
}

/* ---- leaving --------------------------------------------------------------------------------- */

static void say_left(const rh_call *call, rhub_error *error) {
  rh_fail(error, RHUB_UNKNOWN_OUTCOME,
          "%s: left while it was on the wire: it may have made a task and may be charged",
          call->path);
  error->spent = RHUB_SPENT_MAYBE;
}

static void leave_call(rh_op *op, void *arg) {
  (void)arg;
  rh_call *call = (rh_call *)op;
  rhub_error error;
  if (op->ended || !is_open(call)) return;
  say_left(call, &error);
  stop(call);
  rh_op_end(op, &error);
}

void rh_calls_leave(rhub_client *client) {
  rhub_error error;
  rh_ops_each(&client->ops, RHUB_KIND_CALL, leave_call, NULL);
  for (const rh_call *call = client->orphan_calls; call; call = call->next) {
    say_left(call, &error);
    rh_log(&client->ops, RHUB_LOG_WARN, "%s", error.message);
  }
}

void rh_calls_clear(rhub_client *client) {
  while (client->orphan_calls) call_destroy(&client->orphan_calls->op);
}
