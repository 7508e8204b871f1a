/* One request from its header to its answer: the access handler of libmicrohttpd, the body's
 * memory, the passage to the queue that Lua reads. Calls no Lua. */
#include "server.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *header(struct MHD_Connection *connection, const char *name) {
  return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static void link_request(rh_server *s, rh_request *r) {
  r->next = s->all;
  if (s->all) s->all->previous = r;
  s->all = r;
}

static void unlink_request(rh_request *r) {
  if (r->previous)
    r->previous->next = r->next;
  else
    r->server->all = r->next;
  if (r->next) r->next->previous = r->previous;
}

/* How long the body will be, as far as the header tells. */
static uint64_t announced(struct MHD_Connection *connection) {
  const char *length = header(connection, MHD_HTTP_HEADER_CONTENT_LENGTH);
  if (length) return strtoull(length, NULL, 10);
  return header(connection, MHD_HTTP_HEADER_TRANSFER_ENCODING) ? UINT64_MAX : 0;
}

static rh_request *begin(rh_server *s, struct MHD_Connection *connection, const char *url,
                         const char *method) {
  rh_request *r = calloc(1, sizeof *r);
  if (!r) return NULL;
  r->server = s;
  r->connection = connection;
  r->method = method;
  r->path = url;
  const char *type = header(connection, MHD_HTTP_HEADER_CONTENT_TYPE);
  if (type && strncasecmp(type, "multipart/form-data", 19) == 0) r->form = rh_form_new(connection);
  if (!r->form && strcmp(method, MHD_HTTP_METHOD_PUT) == 0) r->put = rh_put_new();
  link_request(s, r);
  s->requests++;
  uint64_t length = announced(connection);
  if (length > s->heads) {
    r->at_head = 1;
    rh_request_suspend(r);
    rh_server_enqueue(s, r);
  }
  return r;
}

/* Room for `need` bytes of the body; 0 beyond the ceiling and without memory. */
static int make_room(rh_request *r, size_t need) {
  size_t capacity = r->capacity ? r->capacity : 1024;
  if (need > r->server->max_body) return 0;
  while (capacity < need) capacity *= 2;
  if (capacity == r->capacity) return 1;
  char *grown = realloc(r->body, capacity);
  if (!grown) return 0;
  r->body = grown;
  r->capacity = capacity;
  return 1;
}

static void keep_body(rh_request *r, const char *bytes, size_t len) {
  if (r->dropped) return;
  if (make_room(r, r->len + len)) {
    memcpy(r->body + r->len, bytes, len);
    r->len += len;
    return;
  }
  r->dropped = 1;
  free(r->body);
  r->body = NULL;
  r->len = r->capacity = 0;
}

static enum MHD_Result receive(rh_request *r, const char *bytes, size_t *len) {
  if (r->verdict == RH_DROP) return MHD_NO;
  r->received += *len;
  if (r->form)
    rh_form_feed(r->form, bytes, *len);
  else if (r->put)
    rh_put_feed(r->put, bytes, *len);
  else
    keep_body(r, bytes, *len);
  *len = 0;
  return MHD_YES;
}

static enum MHD_Result give_answer(rh_request *r) {
  if (r->verdict == RH_DROP || !r->response) return MHD_NO;
  struct MHD_Response *response = r->response;
  r->response = NULL;
  enum MHD_Result result = MHD_queue_response(r->connection, r->status, response);
  MHD_destroy_response(response);
  return result;
}

enum MHD_Result rh_request_handle(void *server, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *bytes,
                                  size_t *len, void **request) {
  if (!*request) {
    *request = begin(server, connection, url, method);
    return *request ? MHD_YES : MHD_NO;
  }
  rh_request *r = *request;
  if (*len > 0) return receive(r, bytes, len);
  if (r->whole || (r->at_head && r->verdict == RH_REPLY)) return give_answer(r);
  if (r->verdict == RH_DROP) return MHD_NO;
  if (r->at_head) { /* after the pause at its head the first call comes once more */
    r->at_head = 0;
    r->verdict = RH_UNDECIDED;
    return MHD_YES;
  }
  r->whole = 1;
  if (r->form) rh_form_end(r->form);
  if (r->put) rh_put_end(r->put);
  rh_request_suspend(r);
  rh_server_enqueue(r->server, r);
  return MHD_YES;
}

static void forget_queued(rh_server *s, rh_request *r) {
  rh_request **at = &s->first, *before = NULL;
  while (*at && *at != r) {
    before = *at;
    at = &(*at)->queued;
  }
  if (!*at) return;
  *at = r->queued;
  if (s->last == r) s->last = before;
}

void rh_request_completed(void *server, struct MHD_Connection *connection, void **request,
                          enum MHD_RequestTerminationCode why) {
  rh_request *r = *request;
  if (!r) return;
  *request = NULL;
  if (r->box) *r->box = NULL;
  if (r->socket) rh_socket_lost(r->socket);
  if (r->verdict == RH_UNDECIDED) forget_queued(r->server, r);
  unlink_request(r);
  if (r->response) MHD_destroy_response(r->response);
  rh_form_free(r->form);
  rh_put_free(r->put);
  free(r->body);
  free(r);
}

void rh_request_suspend(rh_request *r) {
  if (r->suspended) return;
  r->suspended = 1;
  MHD_suspend_connection(r->connection);
}

void rh_request_resume(rh_request *r) {
  if (!r->suspended) return;
  r->suspended = 0;
  r->server->resumed = 1;
  MHD_resume_connection(r->connection);
}

void rh_request_answer(rh_request *r, rh_verdict verdict) {
  r->verdict = verdict;
  if (r->box) *r->box = NULL;
  r->box = NULL;
  rh_request_resume(r);
}

int rh_request_fd(const rh_request *r) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(r->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? info->connect_fd : -1;
}
