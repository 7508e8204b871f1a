/* Media in: the way to the service.
 *
 *   a form   v2 and legacy uploads, a ComfyUI's: one multipart POST
 *   a LoRA   the service is asked where to put it, told its MD5; then it is PUT there, unless the
 *            service has it already */
#include "upload_sending.h"

#include "error.h"
#include "params.h"
#include "reply.h"
#include "retry.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define TRIES 5

#define LORA_ROUTE "/api/openapi/getLoraUploadUrl"

/* ---- tries ----------------------------------------------------------------------------------- */

static double random_fraction(void) {
  uint32_t bits = 0;
  if (getrandom(&bits, sizeof bits, GRND_NONBLOCK) < 0) return 0.5;
  return (double)bits / 4294967296.0;
}

/* The service has no time for it: that counts as no failure, however often it says so. */
static bool waits(rh_sending *s, rh_verdict verdict, double retry_after) {
  const rh_uploads_options *o = &s->all->options;
  if (verdict == RH_SLOWER && o->slower) o->slower(o->owner);
  if (verdict != RH_SLOWER && !(verdict == RH_AGAIN && retry_after > 0)) return false;
  if (++s->waits == TRIES && o->warn) o->warn(o->owner, s->error.message);
  return true;
}

/* What comes after a try that failed; s->error says why. */
static void try_again(rh_sending *s, rh_verdict verdict, double retry_after) {
  const rh_uploads_options *o = &s->all->options;
  unsigned before = s->tries + s->waits;
  double pause = rh_pause(o->pause_first, o->pause_max, before, random_fraction(), retry_after);
  bool too_late = s->put_url && rh_loop_now(s->loop) + pause >= s->put_until;
  bool failed = !waits(s, verdict, retry_after) && ++s->tries >= TRIES;
  if (verdict == RH_FATAL || too_late || failed)
    rh_sending_failed(s);
  else
    rh_timer_start(&s->timer, pause);
}

/* Whether the file is another one by now; the upload has ended then. */
static bool ended_by_change(rh_sending *s) {
  if (!rh_file_changed(s->fd, &s->key)) return false;
  rh_fail(&s->error, RHUB_IO, "file %s was changed while it was uploaded; upload it again",
          s->path);
  rh_sending_failed(s);
  return true;
}

/* Reads the body as one of the service's replies; false: the upload has ended for want of memory.
 *reply is NULL where it is none. */
static bool read_reply(rh_sending *s, const rh_exchange *x, rh_reply *space, rh_reply **reply) {
  rh_parse parsed = RH_PARSE_BAD;
  if (x->wire == RH_WIRE_REPLY) parsed = rh_reply_parse(x->body, x->body_len, false, space);
  *reply = parsed == RH_PARSE_OK ? space : NULL;
  if (parsed != RH_PARSE_NOMEM) return true;
  rh_sending_no_memory(s);
  return false;
}

/* Takes what a reply tells; "" counts as nothing. False: no memory. */
static bool keep(char **field, const char *text) {
  *field = *text ? strdup(text) : NULL;
  return *field || !*text;
}

static rh_verdict incomplete(rh_sending *s, const char *lacking) {
  rh_fail(&s->error, RHUB_PROTOCOL, "%s was uploaded, but the service told no %s", s->path,
          lacking);
  return RH_FATAL;
}

/* ---- forms ----------------------------------------------------------------------------------- */

/* The verdict on what came back; RH_ACCEPTED only with what was asked for. */
static rh_verdict judge(rh_sending *s, const rh_exchange *x, const rh_reply *reply) {
  rh_verdict verdict = rh_judge_call(x, reply, s->path, &s->error);
  if (verdict != RH_ACCEPTED) return verdict;
  if (s->kind == RHUB_UPLOAD_NODE) return *reply->file_name ? verdict : incomplete(s, "file name");
  return *reply->download_url ? verdict : incomplete(s, "address");
}

/* A ComfyUI answers with {"name": ...} and nothing of the service's; a refusal may look like the
   service's. */
static rh_verdict judge_comfy(rh_sending *s, const rh_exchange *x, const rh_reply *reply) {
  size_t start, end;
  bool good = x->wire == RH_WIRE_REPLY && x->http_status >= 200 && x->http_status < 300 && !reply;
  if (good && rh_params_check(x->body, x->body_len, NULL) == RHUB_OK &&
      rh_params_find(x->body, x->body_len, "/name", &start, &end))
    return RH_ACCEPTED;
  rh_verdict verdict = rh_judge_call(x, reply, s->path, &s->error);
  return verdict == RH_ACCEPTED ? incomplete(s, "name") : verdict;
}

static bool keep_told(rh_sending *s, const rh_exchange *x, const rh_reply *reply) {
  if (reply) return keep(&s->url, reply->download_url) && keep(&s->file_name, reply->file_name);
  s->json = strndup(x->body, x->body_len);
  s->json_len = x->body_len;
  return s->json != NULL;
}

static void on_form(void *owner, const rh_exchange *x) {
  rh_sending *s = owner;
  rh_reply space = {0}, *reply;
  s->transfer = NULL;
  if (ended_by_change(s) || !read_reply(s, x, &space, &reply)) return;
  rh_verdict verdict = s->kind == RHUB_UPLOAD_COMFY ? judge_comfy(s, x, reply) : judge(s, x, reply);
  if (verdict != RH_ACCEPTED)
    try_again(s, verdict, x->retry_after);
  else if (keep_told(s, x, reply))
    rh_sending_arrived(s);
  else
    rh_sending_no_memory(s);
  rh_reply_clear(&space);
}

static void start(rh_sending *s, rh_request request) {
  request.file_name = s->name;
  request.file_fd = s->fd;
  request.file_size = s->key.size;
  request.timeout = s->all->options.request_timeout;
  request.owner = s;
  s->transfer = rh_transfer_start(s->all->pool, &request);
  if (!s->transfer) rh_sending_no_memory(s);
}

static void send_form(rh_sending *s) {
  static const rh_form forms[] = {
      [RHUB_UPLOAD_URL] = RH_FORM_V2,
      [RHUB_UPLOAD_NODE] = RH_FORM_LEGACY,
      [RHUB_UPLOAD_COMFY] = RH_FORM_COMFY,
  };
  const char *url = s->kind == RHUB_UPLOAD_COMFY  ? s->to
                    : s->kind == RHUB_UPLOAD_NODE ? "/task/openapi/upload"
                                                  : "/openapi/v2/media/upload/binary";
  start(s, (rh_request){
               .kind = RH_REQUEST_UPLOAD, .form = forms[s->kind], .url = url, .done = on_form});
}

/* ---- LoRAs ----------------------------------------------------------------------------------- */

static void on_put(void *owner, const rh_exchange *x) {
  rh_sending *s = owner;
  s->transfer = NULL;
  if (ended_by_change(s)) return;
  rh_verdict verdict = rh_judge_put(x, s->path, &s->error);
  if (verdict == RH_ACCEPTED)
    rh_sending_arrived(s);
  else
    try_again(s, verdict, x->retry_after);
}

static void put(rh_sending *s) {
  start(s, (rh_request){.kind = RH_REQUEST_PUT, .url = s->put_url, .done = on_put});
}

/* No address to put it to: the service has these bytes already. */
static void told_where(rh_sending *s, const rh_reply *reply) {
  if (!keep(&s->file_name, reply->file_name) || !keep(&s->put_url, reply->put_url)) {
    rh_sending_no_memory(s);
  } else if (s->put_url) {
    s->put_until = rh_loop_now(s->loop) + s->all->options.put_life;
    s->tries = 0;
    put(s);
  } else {
    s->reused = true;
    rh_sending_arrived(s);
  }
}

static void on_where(void *owner, const rh_exchange *x) {
  rh_sending *s = owner;
  rh_reply space = {0}, *reply;
  s->transfer = NULL;
  if (!read_reply(s, x, &space, &reply)) return;
  rh_verdict verdict = rh_judge_call(x, reply, s->path, &s->error);
  if (verdict == RH_ACCEPTED && !*reply->file_name) verdict = incomplete(s, "file name");
  if (verdict == RH_ACCEPTED)
    told_where(s, reply);
  else
    try_again(s, verdict, x->retry_after);
  rh_reply_clear(&space);
}

/* {"apiKey": ..., "md5Hex": ..., "loraName": ...}, malloc; the key last, so that it is in one text
   only. */
static char *where_body(const rh_sending *s, size_t *len) {
  size_t half_len, most_len;
  char *half = rh_params_with(NULL, 0, "loraName", s->name, &half_len);
  char *most = half ? rh_params_with(half, half_len, "md5Hex", s->md5, &most_len) : NULL;
  char *body = most ? rh_params_with(most, most_len, "apiKey", s->all->options.api_key, len) : NULL;
  free(half);
  free(most);
  return body;
}

static void ask_where(rh_sending *s) {
  rh_request request = {.kind = RH_REQUEST_CALL, .url = LORA_ROUTE, .done = on_where};
  char *body = where_body(s, &request.body_len);
  if (!body) {
    rh_sending_no_memory(s);
    return;
  }
  request.body = body;
  start(s, request);
  explicit_bzero(body, request.body_len);
  free(body);
}

void rh_sending_send(rh_sending *s) {
  if (s->kind != RHUB_UPLOAD_LORA)
    send_form(s);
  else if (s->put_url)
    put(s);
  else
    ask_where(s);
}
