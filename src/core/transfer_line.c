/* Lines: easy handles with their buffers, set once and used again, and curl's callbacks. Nothing
 * here decides what runs when; nothing here calls an owner but the sink of a download. */
#include "transfer_line.h"

#include <arpa/inet.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BODY_CEILING   ((size_t)8 << 20)
#define BODY_KEPT      ((size_t)64 << 10) /* a larger buffer is not kept for the next reply */
#define FIELD_CEILING  512
#define CALL_BUFFER    (16L << 10)
#define MEDIA_BUFFER   (64L << 10)
#define BIG_FILE       ((int64_t)1 << 20)
#define BIG_FILE_SENDS (256L << 10) /* stays in the processor's cache: megabytes are slower */
#define FILE_SENDS     (64L << 10)

static size_t stop(rh_line *line, rh_wire verdict, const char *reason) {
  line->verdict = verdict;
  line->reason = reason;
  return 0;
}

/* ---- replies --------------------------------------------------------------------------------- */

static bool body_reserve(rh_line *line, size_t need, size_t ceiling) {
  if (need <= line->body_size) return true;
  size_t size = line->body_size ? line->body_size : 4096;
  while (size < need) size *= 2;
  if (size > ceiling + 1) size = ceiling + 1;
  char *grown = realloc(line->body, size);
  if (!grown) return false;
  line->body = grown;
  line->body_size = size;
  return true;
}

static size_t on_reply(char *data, size_t size, size_t count, void *user) {
  rh_line *line = user;
  size_t len = size * count;
  size_t ceiling = line->transfer->request.ceiling;
  if (!ceiling) ceiling = BODY_CEILING;
  if (len > ceiling - line->body_len)
    return stop(line, RH_WIRE_TOO_LARGE, "the reply is larger than may be");
  if (!body_reserve(line, line->body_len + len + 1, ceiling))
    return stop(line, RH_WIRE_LOST, "out of memory while the reply was read");
  memcpy(line->body + line->body_len, data, len);
  line->body_len += len;
  line->body[line->body_len] = '\0';
  return len;
}

static const char *field(rh_line *line, const char *name) {
  struct curl_header *h;
  if (curl_easy_header(line->easy, name, 0, CURLH_HEADER, -1, &h) != CURLHE_OK) return "";
  return strlen(h->value) < FIELD_CEILING ? h->value : ""; /* half a validator is none */
}

static int status_of(const rh_line *line) {
  long status = 0;
  curl_easy_getinfo(line->easy, CURLINFO_RESPONSE_CODE, &status);
  return (int)status;
}

/* "bytes 100-199/4000", "bytes *\/4000" */
static void read_range(const char *text, rh_header *header) {
  header->range_start = header->range_total = -1;
  if (strncasecmp(text, "bytes ", 6) != 0) return;
  const char *slash = strchr(text, '/');
  char *end;
  long long start = strtoll(text + 6, &end, 10);
  if (end > text + 6 && *end == '-' && start >= 0) header->range_start = start;
  if (!slash) return;
  long long total = strtoll(slash + 1, &end, 10);
  if (end > slash + 1 && total >= 0) header->range_total = total;
}

static bool is_redirect(rh_line *line, int status) {
  return (status == 301 || status == 302 || status == 303 || status == 307 || status == 308) &&
         *field(line, "Location");
}

static bool sink_begin(rh_line *line) {
  const rh_request *request = &line->transfer->request;
  curl_off_t length = -1;
  int status = status_of(line);
  line->sink_begun = true;
  line->skipping = !request->on_origin && is_redirect(line, status);
  if (line->skipping) return true;
  curl_easy_getinfo(line->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
  line->expected = length;
  rh_header header = {.content_length = length,
                      .etag = field(line, "ETag"),
                      .last_modified = field(line, "Last-Modified"),
                      .content_type = field(line, "Content-Type")};
  read_range(field(line, "Content-Range"), &header);
  return request->sink->begin(request->owner, status, &header);
}

/* curl hands out 16 KiB at a time, whatever its buffer holds, and that is what gets written. Larger
   writes were measured: they save system calls, which a small file does not notice, and ask the
   page cache for larger blocks, which cost up to four times the copy where they are not at hand. */
static bool sink_take(rh_line *line, const char *data, size_t len) {
  const rh_request *request = &line->transfer->request;
  line->received += (int64_t)len;
  return request->sink->write(request->owner, data, len);
}

static size_t on_media(char *data, size_t size, size_t count, void *user) {
  rh_line *line = user;
  size_t len = size * count;
  if (!line->sink_begun && !sink_begin(line)) return stop(line, RH_WIRE_SINK, "stopped");
  if (line->skipping) return len;
  return sink_take(line, data, len) ? len : stop(line, RH_WIRE_SINK, "stopped");
}

/* ---- requests -------------------------------------------------------------------------------- */

static size_t on_file(char *out, size_t size, size_t count, void *user) {
  rh_line *line = user;
  const rh_request *request = &line->transfer->request;
  int64_t left = request->file_size - line->sent;
  size_t len = (int64_t)(size * count) < left ? size * count : (size_t)left;
  if (len == 0) return 0;
  ssize_t got = pread(request->file_fd, out, len, line->sent);
  if (got <= 0) {
    stop(line, RH_WIRE_SOURCE, got < 0 ? "the file cannot be read" : "the file has become shorter");
    return CURL_READFUNC_ABORT;
  }
  line->sent += got;
  return (size_t)got;
}

static int on_file_seek(void *user, curl_off_t offset, int origin) {
  rh_line *line = user;
  if (origin != SEEK_SET) return CURL_SEEKFUNC_CANTSEEK;
  line->sent = offset;
  return CURL_SEEKFUNC_OK;
}

/* The connection stands and curl is about to send: asked each time, also where curl sends again by
   itself because a kept connection turned out dead. For a submit there is no second time: two of
   them are two bills. */
static int on_begin(void *user, char *ip, char *local_ip, int port, int local_port) {
  (void)ip, (void)local_ip, (void)port, (void)local_port;
  rh_line *line = user;
  if (line->begun && line->transfer->request.kind == RH_REQUEST_SUBMIT) {
    line->reason = "the connection was lost after the request had been sent";
    return CURL_PREREQFUNC_ABORT;
  }
  line->begun = true;
  return CURL_PREREQFUNC_OK;
}

static bool is_loopback(const struct sockaddr *address) {
  if (address->sa_family == AF_INET) {
    const struct sockaddr_in *in = (const void *)address;
    return ntohl(in->sin_addr.s_addr) >> 24 == 127;
  }
  if (address->sa_family != AF_INET6) return false;
  const struct sockaddr_in6 *in6 = (const void *)address;
  return IN6_IS_ADDR_LOOPBACK(&in6->sin6_addr);
}

/* Sealed, the address itself is judged too: a name may resolve to anything. */
static curl_socket_t on_open(void *user, curlsocktype purpose, struct curl_sockaddr *address) {
  (void)purpose;
  rh_pool *pool = user;
  if (pool->sealed && !is_loopback(&address->addr)) return CURL_SOCKET_BAD;
  return rh_loop_open_socket(pool->loop, address->family, address->socktype, address->protocol);
}

static int on_close(void *user, curl_socket_t fd) {
  return rh_loop_close_socket(user, fd);
}

/* ---- settings -------------------------------------------------------------------------------- */

/* curl_easy_setopt where `ok` is in scope: stays false once one has failed. */
#define SET(option, value) (ok = ok && curl_easy_setopt(easy, (option), (value)) == CURLE_OK)

static bool set_always(CURL *easy, rh_line *line) {
  rh_pool *pool = line->pool;
  bool ok = true, media = line->class_ == RH_LINE_DOWNLOAD;
  SET(CURLOPT_PRIVATE, line);
  SET(CURLOPT_ERRORBUFFER, line->error);
  SET(CURLOPT_NOSIGNAL, 1L);
  SET(CURLOPT_USERAGENT, "rhub/" RHUB_VERSION);
  SET(CURLOPT_PROTOCOLS_STR, "http,https");
  SET(CURLOPT_FOLLOWLOCATION, 0L); /* each hop of a download is judged by us */
  SET(CURLOPT_CONNECTTIMEOUT_MS, lround(pool->connect_timeout * 1e3));
  SET(CURLOPT_TCP_KEEPALIVE, 1L);
  SET(CURLOPT_BUFFERSIZE, media ? MEDIA_BUFFER : CALL_BUFFER);
  SET(CURLOPT_OPENSOCKETFUNCTION, on_open);
  SET(CURLOPT_OPENSOCKETDATA, pool);
  SET(CURLOPT_CLOSESOCKETFUNCTION, on_close);
  SET(CURLOPT_CLOSESOCKETDATA, pool->loop); /* outlives the pool */
  SET(CURLOPT_PREREQFUNCTION, on_begin);
  SET(CURLOPT_PREREQDATA, line);
  SET(CURLOPT_WRITEFUNCTION, media ? on_media : on_reply);
  SET(CURLOPT_WRITEDATA, line);
  SET(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  if (pool->ca_file) {
    SET(CURLOPT_CAINFO, pool->ca_file);
    SET(CURLOPT_CAPATH, NULL); /* with a folder curl keeps no parsed copy: 25 ms a connection */
  }
  return ok;
}

static bool set_class(CURL *easy, rh_line *line) {
  bool ok = true;
  switch (line->class_) {
  case RH_LINE_CALL: SET(CURLOPT_ACCEPT_ENCODING, ""); break;
  case RH_LINE_UPLOAD:
    SET(CURLOPT_ACCEPT_ENCODING, "");
    SET(CURLOPT_LOW_SPEED_LIMIT, 1L);
    break;
  case RH_LINE_PUT:
    SET(CURLOPT_UPLOAD, 1L);
    SET(CURLOPT_HTTPHEADER, line->pool->put_headers);
    SET(CURLOPT_READFUNCTION, on_file);
    SET(CURLOPT_READDATA, line);
    SET(CURLOPT_SEEKFUNCTION, on_file_seek);
    SET(CURLOPT_SEEKDATA, line);
    SET(CURLOPT_LOW_SPEED_LIMIT, 1L);
    break;
  case RH_LINE_DOWNLOAD:
    SET(CURLOPT_HTTPHEADER, line->pool->plain_headers);
    SET(CURLOPT_LOW_SPEED_LIMIT, 1L);
    break;
  }
  return ok;
}

/* What depends on where it goes. Waiting for a connection that may be shared is for HTTP/2 only. */
static bool set_route(CURL *easy, rh_line *line, rh_address to, bool first) {
  bool ok = true, direct = to.loopback || line->pool->sealed;
  if (first || to.tls != line->tls) {
    SET(CURLOPT_HTTP_VERSION, (long)(to.tls ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1));
    SET(CURLOPT_PIPEWAIT, to.tls ? 1L : 0L);
    line->tls = to.tls;
  }
  if (first || direct != line->direct) {
    SET(CURLOPT_PROXY, direct ? "" : line->pool->proxy);
    line->direct = direct;
  }
  return ok;
}

static long milliseconds(double seconds) {
  return seconds > 0 ? (long)ceil(fmin(seconds * 1e3, 1e9)) : 0L;
}

static bool set_call(CURL *easy, rh_line *line, const rh_request *request) {
  bool ok = true;
  SET(CURLOPT_TIMEOUT_MS, milliseconds(request->timeout));
  SET(CURLOPT_HTTPHEADER, line->pool->call_headers[request->auth][request->body != NULL]);
  if (!request->body) {
    SET(CURLOPT_HTTPGET, 1L);
    return ok;
  }
  SET(CURLOPT_POST, 1L);
  SET(CURLOPT_POSTFIELDS, request->body);
  SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_len);
  return ok;
}

static bool add_header(struct curl_slist **list, const char *line) {
  struct curl_slist *longer = curl_slist_append(*list, line);
  if (longer) *list = longer;
  return longer != NULL;
}

static bool set_file(CURL *easy, const rh_request *request) {
  bool ok = true;
  SET(CURLOPT_LOW_SPEED_TIME, (milliseconds(request->timeout) + 999) / 1000);
  SET(CURLOPT_UPLOAD_BUFFERSIZE, request->file_size >= BIG_FILE ? BIG_FILE_SENDS : FILE_SENDS);
  return ok;
}

static bool add_field(rh_line *line, const char *name, const char *value) {
  curl_mimepart *part = curl_mime_addpart(line->form);
  return part && curl_mime_name(part, name) == CURLE_OK &&
         curl_mime_data(part, value, CURL_ZERO_TERMINATED) == CURLE_OK;
}

static bool set_upload(CURL *easy, rh_line *line, const rh_request *request) {
  bool ok = set_file(easy, request), comfy = request->form == RH_FORM_COMFY;
  SET(CURLOPT_HTTPHEADER, line->pool->call_headers[comfy ? RH_AUTH_NONE : RH_AUTH_BEARER][0]);
  line->form = curl_mime_init(easy);
  ok = ok && line->form;
  if (request->form == RH_FORM_LEGACY)
    ok = ok && add_field(line, "apiKey", line->pool->key) && add_field(line, "fileType", "input");
  curl_mimepart *part = ok ? curl_mime_addpart(line->form) : NULL;
  ok = part && curl_mime_name(part, comfy ? "image" : "file") == CURLE_OK &&
       curl_mime_filename(part, request->file_name) == CURLE_OK &&
       curl_mime_data_cb(part, request->file_size, on_file, on_file_seek, NULL, line) == CURLE_OK;
  SET(CURLOPT_MIMEPOST, line->form);
  return ok;
}

static bool set_put(CURL *easy, const rh_request *request) {
  bool ok = set_file(easy, request);
  SET(CURLOPT_INFILESIZE_LARGE, (curl_off_t)request->file_size);
  return ok;
}

static bool set_download(CURL *easy, rh_line *line, const rh_request *request) {
  bool ok = true;
  SET(CURLOPT_LOW_SPEED_TIME, (milliseconds(request->timeout) + 999) / 1000);
  if (request->range_from <= 0) return ok;
  char range[64], validator[FIELD_CEILING + 16];
  snprintf(range, sizeof range, "Range: bytes=%lld-", (long long)request->range_from);
  snprintf(validator, sizeof validator, "If-Range: %s", request->if_range);
  ok = ok && add_header(&line->own_headers, "Accept-Encoding: identity") &&
       add_header(&line->own_headers, range) && add_header(&line->own_headers, validator);
  SET(CURLOPT_HTTPHEADER, line->own_headers);
  return ok;
}

static bool set_request(CURL *easy, rh_line *line, rh_transfer *transfer, rh_address to) {
  const rh_request *request = &transfer->request;
  bool ok = set_route(easy, line, to, false);
  SET(CURLOPT_URL, transfer->address);
  SET(CURLOPT_PATH_AS_IS, 1L); /* an address means what it says */
  switch (line->class_) {
  case RH_LINE_CALL: return ok && set_call(easy, line, request);
  case RH_LINE_UPLOAD: return ok && set_upload(easy, line, request);
  case RH_LINE_PUT: return ok && set_put(easy, request);
  case RH_LINE_DOWNLOAD: return ok && set_download(easy, line, request);
  }
  return ok;
}

/* ---- lines ----------------------------------------------------------------------------------- */

static rh_line *line_new(rh_pool *pool, rh_line_class class_) {
  rh_line *line = calloc(1, sizeof *line);
  if (!line) return NULL;
  line->pool = pool;
  line->class_ = class_;
  line->easy = curl_easy_init();
  if (line->easy && set_always(line->easy, line) && set_class(line->easy, line) &&
      set_route(line->easy, line, pool->at, true))
    return line;
  rh_line_free(line);
  return NULL;
}

void rh_line_free(rh_line *line) {
  if (!line) return;
  curl_easy_cleanup(line->easy);
  free(line->body);
  free(line);
}

static void line_ready(rh_line *line, rh_transfer *transfer) {
  line->transfer = transfer;
  line->begun = false;
  line->sent = line->received = 0;
  line->expected = -1;
  line->verdict = RH_WIRE_REPLY;
  line->reason = NULL;
  line->body_len = 0;
  line->sink_begun = line->skipping = false;
  line->error[0] = '\0';
}

rh_line *rh_line_take(rh_transfer *transfer, rh_address to) {
  static const rh_line_class of_kind[] = {
      [RH_REQUEST_CALL] = RH_LINE_CALL,         [RH_REQUEST_SUBMIT] = RH_LINE_CALL,
      [RH_REQUEST_UPLOAD] = RH_LINE_UPLOAD,     [RH_REQUEST_PUT] = RH_LINE_PUT,
      [RH_REQUEST_DOWNLOAD] = RH_LINE_DOWNLOAD,
  };
  rh_line_class class_ = of_kind[transfer->request.kind];
  rh_pool *pool = transfer->pool;
  rh_line *line = pool->idle[class_];
  if (line)
    pool->idle[class_] = line->next;
  else if (!(line = line_new(pool, class_)))
    return NULL;
  line_ready(line, transfer);
  if (set_request(line->easy, line, transfer, to)) return line;
  rh_line_release(line);
  return NULL;
}

void rh_line_release(rh_line *line) {
  if (line->form) {
    curl_easy_setopt(line->easy, CURLOPT_MIMEPOST, NULL);
    curl_mime_free(line->form);
    line->form = NULL;
  }
  if (line->own_headers) {
    curl_easy_setopt(line->easy, CURLOPT_HTTPHEADER, line->pool->plain_headers);
    curl_slist_free_all(line->own_headers);
    line->own_headers = NULL;
  }
  if (line->body_size > BODY_KEPT) {
    free(line->body);
    line->body = NULL;
    line->body_size = 0;
  }
  line->transfer = NULL;
  line->next = line->pool->idle[line->class_];
  line->pool->idle[line->class_] = line;
}

bool rh_line_redirect(rh_line *line, const char *url, rh_address to) {
  line_ready(line, line->transfer);
  return curl_easy_setopt(line->easy, CURLOPT_URL, url) == CURLE_OK &&
         set_route(line->easy, line, to, false);
}

int rh_line_status(const rh_line *line) {
  return status_of(line);
}

/* ---- ends ------------------------------------------------------------------------------------ */

/* Nothing of this request has left: neither a byte of its header, on any try of curl's own, nor was
   the body asked for. */
static bool nothing_left(const rh_line *line) {
  long bytes = 0;
  curl_easy_getinfo(line->easy, CURLINFO_REQUEST_SIZE, &bytes);
  return !line->begun || bytes == 0;
}

static rh_wire wire_of(const rh_line *line, CURLcode result) {
  if (line->verdict != RH_WIRE_REPLY) return line->verdict;
  if (result == CURLE_OK) return RH_WIRE_REPLY;
  if (nothing_left(line)) return RH_WIRE_UNSENT;
  return result == CURLE_OPERATION_TIMEDOUT ? RH_WIRE_TIMEOUT : RH_WIRE_LOST;
}

rh_wire rh_line_end(rh_line *line, CURLcode result) {
  bool bodyless = line->class_ == RH_LINE_DOWNLOAD && result == CURLE_OK && !line->sink_begun;
  if (bodyless && !sink_begin(line)) stop(line, RH_WIRE_SINK, "stopped");
  rh_wire wire = wire_of(line, result);
  if (wire != RH_WIRE_REPLY && !line->reason)
    line->reason = line->error[0] ? line->error : curl_easy_strerror(result);
  return wire;
}
