/* What may be sent again, and when: what each kind of answer to a submit, a query or another call
 * means, as pure functions. The rule behind them: money is at stake where a byte of a submit may
 * have left and no reply says that there is no task. No I/O, no clock. */
#include "retry.h"
#include "error.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

#define SAID   300 /* bytes of the service's own words in a message, ... */
#define REASON 600 /* ... and of its reasons */

/* ---- words --------------------------------------------------------------------------------- */

/* "name: meaning (code: the service's words); remedy". The code and the HTTP status go along. */
static void tell(rhub_error *error, rhub_status status, const char *name, const rh_exchange *x,
                 const rh_reply *reply, const char *meaning, const char *remedy) {
  const char *code = reply ? reply->code : "";
  const char *said = !reply ? "" : *reply->reason ? reply->reason : reply->message;
  int len = (int)rh_utf8_cut(said, strlen(said), reply && *reply->reason ? REASON : SAID);
  bool stands = *code || len > 0; /* something stands in the brackets */
  rh_fail(error, status, "%s: %s%s%s%s%.*s%s%s%s", name, meaning, stands ? " (" : "", code,
          *code && len ? ": " : "", len, said, stands ? ")" : "", remedy ? "; " : "",
          remedy ? remedy : "");
  rh_error_code(error, code, x->wire == RH_WIRE_REPLY ? x->http_status : 0);
}

static void tell_code(rhub_error *error, rhub_status status, const char *name, const rh_exchange *x,
                      const rh_reply *reply, const rh_code *code) {
  tell(error, status, name, x, reply, code->meaning, code->remedy);
  error->spent = code->spent;
  error->retryable = code->retryable;
}

/* What an HTTP status says when no code does. */
static void tell_http(rhub_error *error, rhub_status status, const char *name, const rh_exchange *x,
                      const rh_reply *reply, const char *remedy) {
  char meaning[64];
  snprintf(meaning, sizeof meaning, "the service answered HTTP %d", x->http_status);
  tell(error, status, name, x, reply, meaning, remedy);
}

static void tell_wire(rhub_error *error, rhub_status status, const char *name,
                      const rh_exchange *x) {
  tell(error, status, name, x, NULL, x->message ? x->message : "the exchange failed", NULL);
}

/* The kind of a failure on this side of the wire. */
static rhub_status wire_status(const rh_exchange *x) {
  switch (x->wire) {
  case RH_WIRE_REFUSED: return x->http_status >= 300 ? RHUB_PROTOCOL : RHUB_CONFIG;
  case RH_WIRE_SINK:
  case RH_WIRE_SOURCE: return RHUB_IO;
  case RH_WIRE_TOO_LARGE: return RHUB_PROTOCOL;
  case RH_WIRE_REPLY:
  case RH_WIRE_UNSENT:
  case RH_WIRE_LOST:
  case RH_WIRE_TIMEOUT: break;
  }
  return RHUB_NETWORK;
}

#define KEY_REMEDY "check the key and that it belongs to this site (.ai and .cn keys differ)"

/* ---- submits ------------------------------------------------------------------------------- */

static rh_verdict unknown(rhub_error *error, const char *model, const rh_exchange *x,
                          const rh_reply *reply, const char *why) {
  static const char record[] = "/call-api/call-record-detail";
  const char *host = x->host ? x->host : "";
  bool known = strcmp(host, "www.runninghub.ai") == 0 || strcmp(host, "www.runninghub.cn") == 0;
  char meaning[400], remedy[200];
  snprintf(meaning, sizeof meaning, "the outcome is unknown: %.300s", why);
  snprintf(remedy, sizeof remedy,
           "a task may be running and may be charged; it was not sent again%s%s%s",
           known ? "; look at https://" : "", known ? host : "", known ? record : "");
  tell(error, RHUB_UNKNOWN_OUTCOME, model, x, reply, meaning, remedy);
  error->spent = RHUB_SPENT_MAYBE;
  return RH_UNKNOWN;
}

static rh_verdict submit_wire(const rh_exchange *x, const char *model, rhub_error *error) {
  const char *why = x->message ? x->message : "the connection was lost";
  switch (x->wire) {
  case RH_WIRE_UNSENT:
    tell_wire(error, RHUB_NETWORK, model, x);
    error->retryable = 1;
    return RH_AGAIN;
  case RH_WIRE_REFUSED: tell_wire(error, wire_status(x), model, x); return RH_FATAL;
  case RH_WIRE_REPLY:
  case RH_WIRE_LOST:
  case RH_WIRE_TIMEOUT:
  case RH_WIRE_TOO_LARGE:
  case RH_WIRE_SINK:
  case RH_WIRE_SOURCE: break;
  }
  return unknown(error, model, x, NULL, why);
}

/* A listed code and no task id: the code decides, whatever the HTTP status. */
static rh_verdict submit_code(const rh_exchange *x, const rh_reply *reply, const rh_code *code,
                              const char *model, rhub_error *error) {
  /* A submit can meet no finished task: what a task's end or absence means elsewhere is a refusal
     here, and only the money column tells whether it was free. */
  bool of_task = code->status == RHUB_FAILED || code->status == RHUB_GONE;
  switch (code->class_) {
  case RH_CODE_BROKEN: return unknown(error, model, x, reply, code->meaning);
  case RH_CODE_OK:
  case RH_CODE_STATE:
    return unknown(error, model, x, reply, "the service answered without a task id");
  case RH_CODE_FULL:
  case RH_CODE_MACHINES:
  case RH_CODE_RATE:
  case RH_CODE_AGAIN:
  case RH_CODE_GONE:
  case RH_CODE_FINAL: break;
  }
  tell_code(error, of_task ? RHUB_REJECTED : code->status, model, x, reply, code);
  switch (code->class_) {
  case RH_CODE_FULL: return RH_FULL;
  case RH_CODE_MACHINES: return RH_MACHINES;
  case RH_CODE_RATE: return RH_SLOWER;
  case RH_CODE_AGAIN: return RH_AGAIN;
  default: return RH_FATAL;
  }
}

/* No listed code and no task id: the HTTP status decides. */
static rh_verdict submit_http(const rh_exchange *x, const rh_reply *reply, const char *model,
                              rhub_error *error) {
  int status = x->http_status;
  if (status == 429) {
    tell_http(error, RHUB_BUSY, model, x, reply, "too many requests: send less often");
    error->retryable = 1;
    return RH_SLOWER;
  }
  if (status == 401 || status == 403) {
    tell_http(error, RHUB_AUTH, model, x, reply, KEY_REMEDY);
    return RH_FATAL;
  }
  if (status >= 400 && status < 500) {
    tell_http(error, RHUB_REJECTED, model, x, reply, NULL);
    return RH_FATAL;
  }
  if (status >= 300 && status < 400) {
    tell_http(error, RHUB_PROTOCOL, model, x, reply,
              "redirects are not followed: check the base address");
    return RH_FATAL;
  }
  bool refused = reply && (*reply->code || reply->status == RH_TASK_FAILED);
  if (status >= 200 && status < 300 && refused) {
    tell(error, RHUB_REJECTED, model, x, reply, "refused for a reason that rhub does not know",
         NULL);
    error->spent = RHUB_SPENT_MAYBE;
    return RH_FATAL;
  }
  char why[64];
  snprintf(why, sizeof why, "the service answered HTTP %d %s", status,
           reply ? "without a task id" : "and nothing that can be read");
  return unknown(error, model, x, reply, why);
}

rh_verdict rh_judge_submit(const rh_exchange *exchange, const rh_reply *reply, const char *model,
                           rhub_error *error) {
  if (exchange->wire != RH_WIRE_REPLY) return submit_wire(exchange, model, error);
  if (reply && (*reply->task_id || reply->status == RH_TASK_SUCCESS)) return RH_ACCEPTED;
  const rh_code *code = reply && *reply->code ? rh_code_find(reply->code) : NULL;
  if (code) return submit_code(exchange, reply, code, model, error);
  return submit_http(exchange, reply, model, error);
}

/* ---- queries ------------------------------------------------------------------------------- */

/* Whether both are numbers, and different ones. Anything else is not ours to compare. */
static bool other_id(const char *asked, const char *told) {
  while (*asked == '0') asked++;
  while (*told == '0') told++;
  return *told != '\0' && strspn(asked, "0123456789") == strlen(asked) &&
         strspn(told, "0123456789") == strlen(told) && strcmp(asked, told) != 0;
}

static rh_verdict query_http(const rh_exchange *x, const rh_reply *reply, const char *name,
                             rhub_error *error) {
  int status = x->http_status;
  rhub_status kind = status == 429                    ? RHUB_BUSY
                     : status == 401 || status == 403 ? RHUB_AUTH
                     : status >= 500                  ? RHUB_NETWORK
                                                      : RHUB_PROTOCOL;
  if (status >= 200 && status < 300) {
    tell(error, kind, name, x, reply, "the service answered nothing about the task", NULL);
  } else {
    tell_http(error, kind, name, x, reply, kind == RHUB_AUTH ? KEY_REMEDY : NULL);
  }
  /* 403 also comes from gateways that dislike an address for a while: only 401 is the key. */
  return status == 429 ? RH_SLOWER : status == 401 ? RH_FATAL : RH_AGAIN;
}

static rh_verdict query_code(const rh_exchange *x, const rh_reply *reply, const rh_code *code,
                             const char *name, rhub_error *error) {
  tell_code(error, code->status, name, x, reply, code);
  switch (code->class_) {
  case RH_CODE_GONE: return RH_FATAL;
  case RH_CODE_RATE:
  case RH_CODE_FULL: return RH_SLOWER;
  default: return code->status == RHUB_AUTH ? RH_FATAL : RH_AGAIN;
  }
}

/* What the poll says, with `error` filled for all but RH_ACCEPTED. */
static rh_verdict query_reply(const rh_exchange *x, const rh_reply *reply, const char *task_id,
                              const char *name, rhub_error *error) {
  if (!reply) return query_http(x, reply, name, error);
  if (other_id(task_id, reply->task_id)) {
    tell(error, RHUB_PROTOCOL, name, x, NULL, "the service answered about another task", NULL);
    return RH_AGAIN;
  }
  if (reply->status != RH_TASK_NONE) return RH_ACCEPTED;
  const rh_code *code = *reply->code ? rh_code_find(reply->code) : NULL;
  if (!code || code->status == RHUB_OK) return query_http(x, reply, name, error);
  return query_code(x, reply, code, name, error);
}

rh_verdict rh_judge_query(const rh_exchange *exchange, const rh_reply *reply, const char *task_id,
                          rhub_error *error) {
  char name[88];
  snprintf(name, sizeof name, "task %.72s", task_id);
  rh_verdict verdict = RH_AGAIN;
  if (exchange->wire == RH_WIRE_REPLY) {
    verdict = query_reply(exchange, reply, task_id, name, error);
  } else {
    tell_wire(error, wire_status(exchange), name, exchange);
  }
  if (verdict == RH_ACCEPTED) return verdict;
  /* The task itself was accepted: whatever stops the asking, it may be charged. */
  error->spent = RHUB_SPENT_MAYBE;
  error->retryable = verdict != RH_FATAL;
  rh_error_task(error, task_id);
  return verdict;
}

/* ---- other calls --------------------------------------------------------------------------- */

static rh_verdict call_code(const rh_exchange *x, const rh_reply *reply, const rh_code *code,
                            const char *what, rhub_error *error) {
  if (code->class_ == RH_CODE_OK || code->class_ == RH_CODE_STATE) return RH_ACCEPTED;
  tell_code(error, code->status, what, x, reply, code);
  error->spent = RHUB_SPENT_NO;
  switch (code->class_) {
  case RH_CODE_RATE:
  case RH_CODE_FULL:
  case RH_CODE_MACHINES: return RH_SLOWER;
  case RH_CODE_AGAIN:
  case RH_CODE_BROKEN: return RH_AGAIN;
  default: return RH_FATAL;
  }
}

static rh_verdict call_http(const rh_exchange *x, const rh_reply *reply, const char *what,
                            rhub_error *error) {
  int status = x->http_status;
  bool good = status >= 200 && status < 300;
  if (good && !reply) {
    tell(error, RHUB_PROTOCOL, what, x, NULL, "the service answered something that cannot be read",
         NULL);
  } else if (good) {
    tell(error, RHUB_REJECTED, what, x, reply, "the service refused the call", NULL);
    return RH_FATAL;
  } else if (status == 401 || status == 403) {
    tell_http(error, RHUB_AUTH, what, x, reply, KEY_REMEDY);
    return RH_FATAL;
  } else if (status != 429 && status != 408 && status < 500) {
    tell_http(error, status < 400 ? RHUB_PROTOCOL : RHUB_REJECTED, what, x, reply, NULL);
    return RH_FATAL;
  } else {
    tell_http(error, status == 429 ? RHUB_BUSY : RHUB_NETWORK, what, x, reply, NULL);
  }
  error->retryable = 1;
  return status == 429 ? RH_SLOWER : RH_AGAIN;
}

rh_verdict rh_judge_call(const rh_exchange *exchange, const rh_reply *reply, const char *what,
                         rhub_error *error) {
  if (exchange->wire != RH_WIRE_REPLY) {
    rhub_status status = wire_status(exchange);
    tell_wire(error, status, what, exchange);
    error->retryable = status == RHUB_NETWORK;
    return status == RHUB_NETWORK ? RH_AGAIN : RH_FATAL;
  }
  const rh_code *code = reply ? rh_code_find(reply->code) : NULL;
  bool good = exchange->http_status >= 200 && exchange->http_status < 300;
  if (code && (good || *reply->code)) return call_code(exchange, reply, code, what, error);
  return call_http(exchange, reply, what, error);
}

rh_verdict rh_judge_once(const rh_exchange *exchange, const rh_reply *reply, const char *what,
                         rhub_error *error) {
  if (exchange->wire != RH_WIRE_REPLY) return submit_wire(exchange, what, error);
  const rh_code *code = reply ? rh_code_find(reply->code) : NULL;
  bool good = exchange->http_status >= 200 && exchange->http_status < 300;
  bool said = code && *reply->code;
  if (code && (code->class_ == RH_CODE_STATE || (code->class_ == RH_CODE_OK && good)))
    return RH_ACCEPTED;
  if (said) return submit_code(exchange, reply, code, what, error);
  return submit_http(exchange, reply, what, error);
}

rhub_status rhub_code_error(const char *code, const char *what, const char *said,
                            rhub_error *error) {
  const rh_code *known = rh_code_find(code);
  if (known && known->status == RHUB_OK) return RHUB_OK;
  const rh_exchange x = {.wire = RH_WIRE_REPLY, .http_status = 200};
  const rh_reply reply = {.code = code, .message = said ? said : "", .reason = ""};
  if (known)
    call_code(&x, &reply, known, what, error);
  else
    call_http(&x, &reply, what, error);
  if (!known) error->spent = RHUB_SPENT_MAYBE;
  return known ? known->status : RHUB_REJECTED;
}

bool rh_judge_raw(const rh_exchange *exchange) {
  int status = exchange->http_status;
  if (exchange->wire != RH_WIRE_REPLY || exchange->body_len == 0) return false;
  return (status >= 200 && status < 300) || (status >= 400 && status < 500 && status != 401 &&
                                             status != 403 && status != 408 && status != 429);
}

/* ---- a storage ----------------------------------------------------------------------------- */

rh_verdict rh_judge_put(const rh_exchange *exchange, const char *what, rhub_error *error) {
  int status = exchange->http_status;
  if (exchange->wire != RH_WIRE_REPLY) return rh_judge_call(exchange, NULL, what, error);
  if (status >= 200 && status < 300) return RH_ACCEPTED;
  bool passing = status == 408 || status == 429 || status >= 500;
  char meaning[80];
  snprintf(meaning, sizeof meaning, "the storage %s it (HTTP %d)",
           passing ? "could not take" : "refused", status);
  tell(error,
       passing        ? RHUB_NETWORK
       : status < 400 ? RHUB_PROTOCOL
                      : RHUB_REJECTED,
       what, exchange, NULL, meaning, passing ? NULL : "upload it again");
  error->retryable = 1;
  return passing ? RH_AGAIN : RH_FATAL;
}

/* ---- pauses -------------------------------------------------------------------------------- */

double rh_pause(double first, double max, unsigned attempt, double random, double retry_after) {
  double pause = first;
  if (attempt > 60) attempt = 60;
  while (attempt-- > 0 && pause < max) pause *= 2;
  if (pause > max) pause = max;
  pause *= 0.75 + 0.5 * random;
  if (pause > max) pause = max;
  if (retry_after > 3600) retry_after = 3600;
  return pause < retry_after ? retry_after : pause;
}
