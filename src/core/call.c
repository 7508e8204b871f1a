/* rhub_call: one call that makes no task and costs nothing, so it is repeated when it fails. */
#include "client.h"

#include "error.h"
#include "params.h"
#include "reply.h"
#include "retry.h"

#include <stdlib.h>
#include <string.h>

enum { CALL_TRIES = 4 };

typedef struct rh_call {
  rh_op op; /* first */
  rhub_client *client;
  rh_transfer *transfer;
  rh_timer timer;
  char *path;
  char *body; /* holds the key where the legacy family wants it: wiped on free; NULL: GET */
  size_t body_len;
  unsigned tries;
  double started;
  char *json; /* the answer */
  size_t json_len;
} rh_call;

static void wipe(char *text, size_t len) {
  if (text) explicit_bzero(text, len);
  free(text);
}

static void stop(rh_call *call) {
  rh_transfer_cancel(call->transfer);
  call->transfer = NULL;
  rh_timer_stop(&call->timer);
}

static bool call_forget(rh_op *op) {
  stop((rh_call *)op);
  return true;
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
      .kind = RH_REQUEST_CALL,
      .url = call->path,
      .body = call->body,
      .body_len = call->body_len,
      .timeout = call->client->options.request_timeout,
      .done = call_done,
      .owner = call,
  };
  call->tries++;
  call->transfer = rh_transfer_start(call->client->pool, &request);
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

static void answered(rh_call *call, const rh_reply *reply, const rh_exchange *exchange) {
  const char *json = reply->data ? reply->data : exchange->body;
  size_t len = reply->data ? reply->data_len : exchange->body_len;
  call->json = malloc(len + 1);
  if (!call->json) {
    end_no_memory(call);
    return;
  }
  memcpy(call->json, json, len);
  call->json[len] = '\0';
  call->json_len = len;
  rh_op_end(&call->op, NULL);
}

static void call_done(void *owner, const rh_exchange *exchange) {
  rh_call *call = owner;
  rhub_error error;
  rh_reply reply;
  call->transfer = NULL;
  bool parsed = exchange->wire == RH_WIRE_REPLY && exchange->body_len > 0 &&
                rh_reply_parse(exchange->body, exchange->body_len, true, &reply) == RH_PARSE_OK;
  rh_verdict verdict = rh_judge_call(exchange, parsed ? &reply : NULL, call->path, &error);
  if (verdict == RH_ACCEPTED)
    answered(call, &reply, exchange);
  else if (verdict == RH_FATAL || call->tries >= CALL_TRIES)
    rh_op_end(&call->op, &error);
  else
    rh_timer_start(&call->timer, rh_pause(0.5, 4, call->tries - 1, rh_random(call->client),
                                          exchange->retry_after));
  if (parsed) rh_reply_clear(&reply);
}

/* A path on the origin, of plain characters: it goes to the request line as it stands. */
static bool path_ok(const char *path) {
  if (!path || path[0] != '/' || path[1] == '/' || strlen(path) > 512) return false;
  for (const char *p = path; *p; p++)
    if ((unsigned char)*p <= ' ' || (unsigned char)*p >= 0x7f || strchr("#\\\"", *p)) return false;
  return true;
}

/* The body as it is sent: with the key inside where it belongs there. */
static rhub_status prepare(rh_call *call, const rhub_call_options *o, rhub_error *error) {
  call->path = strdup(o->path);
  if (!call->path) return rh_fail(error, RHUB_NOMEM, "out of memory");
  if (!o->body) return RHUB_OK;
  const char *field = o->key == RHUB_KEY_FIELD         ? "apiKey"
                      : o->key == RHUB_KEY_FIELD_LOWER ? "apikey"
                                                       : NULL;
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

rhub_status rhub_call(rhub_client *client, const rhub_call_options *options, rhub_ticket *ticket,
                      rhub_error *error) {
  rhub_call_options o = RHUB_CALL_OPTIONS_INIT;
  if (!client || !ticket || !options || options->size > sizeof o)
    return rh_fail(error, RHUB_MISUSE, "rhub_call: start from RHUB_CALL_OPTIONS_INIT");
  memcpy(&o, options, options->size);
  *ticket = 0;
  if (!path_ok(o.path))
    return rh_fail(error, RHUB_INPUT, "\"%.80s\" is no path of the service: begin it with /",
                   o.path ? o.path : "");
  rhub_status status = o.body ? rh_params_check(o.body, o.body_len, error) : RHUB_OK;
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
