/* Any bytes as a reply, and as parameters: nothing may crash, leak, or contradict itself. Built
 * with clang -fsanitize=fuzzer,address,undefined against the pure parts of the core:
 *
 *   error.c reply.c reply_words.c repair.c decimal.c scan.c params.c retry.c, and jansson
 *
 * What must hold is checked by `hold`, which stops the run. */
#include "core/decimal.h"
#include "core/params.h"
#include "core/reply_words.h"
#include "core/retry.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold(bool truth, const char *what) {
  if (truth) return;
  fprintf(stderr, "does not hold: %s\n", what);
  abort();
}

static void whole_errors(const rhub_error *error) {
  hold(error->status != RHUB_OK && *error->message, "an error has a kind and words");
  for (const char *p = error->message; *p; p++)
    hold((unsigned char)*p >= ' ' && *p != 0x7F, "a message is one line");
}

static void judge(const char *body, size_t len, const rh_reply *reply, int http_status) {
  rh_exchange x = {.wire = RH_WIRE_REPLY,
                   .http_status = http_status,
                   .retry_after = -1,
                   .body = body,
                   .body_len = len,
                   .host = "www.runninghub.ai"};
  rhub_error error;
  rh_verdict verdict = rh_judge_submit(&x, reply, "a/model", &error);
  if (verdict != RH_ACCEPTED) whole_errors(&error);
  rh_verdict once = rh_judge_once(&x, reply, "/a/path", &error);
  if (once != RH_ACCEPTED) whole_errors(&error);
  if (reply && *reply->task_id) hold(verdict == RH_ACCEPTED, "a task id is an acceptance");
  if (verdict == RH_UNKNOWN) hold(error.spent == RHUB_SPENT_MAYBE, "unknown may have cost");
  if (http_status >= 500 && !reply) hold(verdict == RH_UNKNOWN, "a broken reply is unknown");

  verdict = rh_judge_query(&x, reply, "2013508786110730241", &error);
  hold(verdict != RH_UNKNOWN, "a query is never unknown");
  if (verdict != RH_ACCEPTED) {
    whole_errors(&error);
    hold(error.spent == RHUB_SPENT_MAYBE, "a task that runs may cost");
  }
  verdict = rh_judge_call(&x, reply, "call", &error);
  hold(verdict != RH_UNKNOWN, "a call is never unknown");
  if (verdict != RH_ACCEPTED) whole_errors(&error);
}

static size_t length(const char *text) {
  hold(text != NULL, "text is never NULL");
  return strlen(text);
}

/* A price is a plain decimal, or none. */
static void price_of(rh_reply *reply) {
  rh_price price;
  rh_reply_price(reply, &price);
  length(price.currency);
  if (!price.amount) return;
  hold(rh_decimal_plain(price.amount, length(price.amount)), "a price is a plain decimal");
  int64_t up = 0, down = 0;
  bool held = rh_decimal_units(price.amount, false, &down);
  if (held && rh_decimal_units(price.amount, true, &up))
    hold(down >= 0 && (up == down || up == down + 1), "rounding is to the next unit");
}

/* Touches all that a reply holds. */
static size_t touch(const rh_reply *r) {
  size_t n = length(r->code) + length(r->message) + length(r->status_text) + length(r->reason) +
             length(r->download_url) + length(r->file_name);
  hold(length(r->node_errors) <= RH_WORDS_MAX, "what nodes lack has its bound");
  for (const char *p = r->node_errors; *p; p++)
    hold((unsigned char)*p >= ' ' && *p != 0x7F, "what nodes lack is one line");
  hold(length(r->task_id) < sizeof((rhub_error *)0)->task_id, "an id fits into an error");
  if (r->amount) n += strlen(r->amount);
  if (r->coins) n += strlen(r->coins);
  if (r->data) hold(strlen(r->data) == r->data_len, "data is as long as it says");
  for (size_t i = 0; i < r->output_count; i++) {
    const rhub_output *o = &r->outputs[i];
    hold(o->url || o->text, "an output is an address or a text");
    n += (o->url ? strlen(o->url) : 0) + (o->text ? (size_t)o->text[o->text_len] : 0);
  }
  return n;
}

static void read_as_reply(const char *body, size_t len) {
  static const int https[] = {200, 302, 401, 404, 429, 503};
  rh_reply reply;
  rh_parse result = rh_reply_parse(body, len, true, &reply);
  hold(result != RH_PARSE_NOMEM, "there is memory");
  bool parsed = result == RH_PARSE_OK;
  if (parsed) {
    touch(&reply);
    price_of(&reply);
  }
  for (size_t i = 0; i < sizeof https / sizeof *https; i++)
    judge(body, len, parsed ? &reply : NULL, https[i]);
  rh_reply_clear(&reply);
}

/* Places an address where `pointer` leads, and finds it there again. */
static void place(const char *text, size_t len, const char *pointer) {
  const char *address = "https://x/\"\\";
  size_t start, end, placed_len;
  if (*pointer == '\0' || !rh_params_find(text, len, pointer, &start, &end)) return;
  hold(start < end && end <= len, "a value lies inside its text");
  char *placed = rh_params_place(text, len, &pointer, &address, 1, &placed_len);
  hold(placed && rh_params_check(placed, placed_len, NULL) == RHUB_OK, "what is placed stays JSON");
  hold(rh_params_find(placed, placed_len, pointer, &start, &end), "the place stays");
  hold(end - start == strlen("\"https://x/\\\"\\\\\""), "the address is in it");
  free(placed);
}

/* The first line is a pointer, the rest parameters. */
static void read_as_params(const char *input, size_t size) {
  const char *end = memchr(input, '\n', size);
  char pointer[64] = "/a";
  if (end && (size_t)(end - input) < sizeof pointer) {
    memcpy(pointer, input, (size_t)(end - input));
    pointer[end - input] = '\0';
    size -= (size_t)(end + 1 - input);
    input = end + 1;
  }
  rhub_error error;
  if (rh_params_check(input, size, &error) != RHUB_OK) {
    whole_errors(&error);
    return;
  }
  place(input, size, pointer);
  size_t len;
  char *with = rh_params_with(input, size, "apiKey", "k", &len);
  hold(with && rh_params_check(with, len, NULL) == RHUB_OK, "a field more stays JSON");
  free(with);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *text = malloc(size + 1); /* of its own size, so that reading past its end is seen */
  if (!text) return 0;
  if (size) memcpy(text, data, size);
  text[size] = '\0';
  read_as_reply(text, size);
  char *bare = realloc(text, size ? size : 1); /* parameters need no NUL behind them */
  if (bare) read_as_params(bare, size);
  free(bare ? bare : text);
  return 0;
}
