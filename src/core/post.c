/* The one POST that costs money, and what else is POSTed like it: where it goes, its body, the key
 * inside. See task.h. */
#include "task.h"

#include "error.h"
#include "params.h"
#include "record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Catalogue paths hold brackets; all that is not plainly safe in a path is escaped. */
static void submit_path(const char *prefix, const char *endpoint, char *out) {
  static const char hex[] = "0123456789ABCDEF";
  char *p = out + sprintf(out, "%s", prefix);
  for (const unsigned char *s = (const unsigned char *)endpoint; *s; s++) {
    bool plain = (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || (*s >= '0' && *s <= '9') ||
                 strchr("-._~/", *s);
    if (plain) {
      *p++ = (char)*s;
    } else {
      *p++ = '%';
      *p++ = hex[*s >> 4];
      *p++ = hex[*s & 15];
    }
  }
  *p = '\0';
}

/* The body with the addresses in their places; params itself where there are none. */
static char *submit_body(const rh_draft *draft, size_t *len) {
  size_t count = draft->file_count;
  const char *pointers[count], *addresses[count];
  for (size_t i = 0; i < count; i++) {
    pointers[i] = draft->files[i].pointer;
    addresses[i] = draft->files[i].address;
  }
  return rh_params_place(draft->params, draft->params_len, pointers, addresses, count, len);
}

static void wipe(char *text, size_t len) {
  if (text) explicit_bzero(text, len);
  free(text);
}

/* POSTs the body, with the key inside where it belongs there. NULL: no memory. */
static rh_transfer *post(rh_task *task, const char *body, size_t len, rh_request *request) {
  rhub_client *client = task->client;
  const char *field = rh_key_field(task->draft->key);
  char *keyed = NULL;
  if (field) {
    keyed = rh_params_with(body, len, field, client->credentials.api_key, &len);
    if (!keyed) return NULL;
  }
  request->body = keyed ? keyed : body;
  request->body_len = len;
  rh_transfer *transfer = rh_transfer_start(client->pool, request);
  wipe(keyed, len);
  return transfer;
}

rh_transfer *rh_submit_post(rh_task *task, const char *prefix, rh_request request) {
  const rh_draft *draft = task->draft;
  size_t len = draft->params_len;
  char path[strlen(prefix) + 3 * strlen(task->model) + 1];
  submit_path(prefix, task->model, path);
  request.url = draft->path ? draft->path : path;
  if (!draft->file_count) return post(task, draft->params, len, &request);
  char *placed = submit_body(draft, &len);
  rh_transfer *transfer = placed ? post(task, placed, len, &request) : NULL;
  free(placed);
  return transfer;
}

void rh_submit_send(rh_task *task) {
  rhub_client *client = task->client;
  rhub_error error;
  if (!rh_money_admit(task, &error)) { /* charges since its turn came may have passed the cap */
    rh_task_end(task, &error);
    return;
  }
  if (!rh_record_intent(task)) return;
  rh_request request = {
      .kind = RH_REQUEST_SUBMIT,
      .timeout = client->options.submit_timeout,
      .done = rh_submit_done,
      .owner = task,
  };
  task->transfer = rh_submit_post(task, "/openapi/v2/", request);
  if (!task->transfer) {
    rh_fail(&error, RHUB_NOMEM, "%s: out of memory; nothing was submitted", task->model);
    rh_task_end(task, &error);
    return;
  }
  task->phase = RH_PHASE_SUBMIT;
  client->stats.submitting++;
  rh_task_state(task, RHUB_STATE_SUBMITTING);
}
