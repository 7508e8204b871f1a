/* The parameters of a task as JSON text: checked, and edited without being rewritten. Numbers,
 * spaces and order stay as the caller wrote them, so that a seed past 2^63 arrives digit for digit.
 * No I/O. */
#include "params.h"
#include "error.h"
#include "scan.h"

#include <stdlib.h>
#include <string.h>

#define EXAMPLE "give one JSON object, for example {\"prompt\":\"a cat\"}"

/* Line and column, in characters, of a place in the text: both from 1. */
static void locate(const char *text, size_t at, size_t *line, size_t *column) {
  *line = *column = 1;
  for (size_t i = 0; i < at; i++) {
    if (text[i] == '\n') {
      ++*line;
      *column = 1;
    } else if (((unsigned char)text[i] & 0xC0) != 0x80) {
      ++*column;
    }
  }
}

rhub_status rh_params_check(const char *text, size_t len, rhub_error *error) {
  rh_scan s = {text, len, 0, NULL, 0};
  if (!text || len == 0) return rh_fail(error, RHUB_INPUT, "parameters are empty: " EXAMPLE);
  if (!rh_scan_whole(&s)) {
    size_t line, column;
    locate(text, s.at, &line, &column);
    return rh_fail(error, RHUB_INPUT, "parameters are no JSON: line %zu, column %zu: %s", line,
                   column, s.problem);
  }
  size_t first = strspn(text, " \t\r\n"); /* stays inside: a value follows */
  if (text[first] != '{')
    return rh_fail(error, RHUB_INPUT, "parameters are no JSON object: " EXAMPLE);
  return RHUB_OK;
}

bool rh_params_find(const char *text, size_t len, const char *pointer, size_t *start, size_t *end) {
  rh_span span;
  if (!rh_scan_find(text, len, pointer, &span)) return false;
  *start = span.start;
  *end = span.end;
  return true;
}

/* ---- editing ------------------------------------------------------------------------------- */

typedef struct edit {
  rh_span span;        /* what goes */
  const char *address; /* what comes, as a JSON string */
} edit;

static int by_place(const void *a, const void *b) {
  size_t x = ((const edit *)a)->span.start, y = ((const edit *)b)->span.start;
  return (x > y) - (x < y);
}

static size_t copy(char *to, const char *from, size_t len) {
  if (len) memcpy(to, from, len);
  return len;
}

/* The text with all edits made, which are in order and apart. */
static char *apply(const char *text, size_t len, const edit *edits, size_t count, size_t *out_len) {
  size_t size = len;
  for (size_t i = 0; i < count; i++)
    size += rh_scan_quote(edits[i].address, NULL) - (edits[i].span.end - edits[i].span.start);
  char *out = malloc(size + 1);
  if (!out) return NULL;
  size_t n = 0, from = 0;
  for (size_t i = 0; i < count; i++) {
    n += copy(out + n, text + from, edits[i].span.start - from);
    n += rh_scan_quote(edits[i].address, out + n);
    from = edits[i].span.end;
  }
  n += copy(out + n, text + from, len - from);
  out[n] = '\0';
  *out_len = n;
  return out;
}

char *rh_params_place(const char *text, size_t len, const char *const *pointers,
                      const char *const *addresses, size_t count, size_t *out_len) {
  edit *edits = malloc((count ? count : 1) * sizeof *edits);
  if (!edits) return NULL;
  size_t found = 0, kept = 0;
  for (size_t i = 0; i < count; i++) {
    if (!rh_scan_find(text, len, pointers[i], &edits[found].span)) continue;
    edits[found++].address = addresses[i];
  }
  qsort(edits, found, sizeof *edits, by_place);
  for (size_t i = 0; i < found; i++) /* a value that is named twice is placed once */
    if (kept == 0 || edits[i].span.start >= edits[kept - 1].span.end) edits[kept++] = edits[i];
  found = kept;
  char *out = apply(text, len, edits, found, out_len);
  free(edits);
  return out;
}

/* The field `name`, which needs no escapes as a pointer: all names that we add are plain. */
static bool find_field(const char *body, size_t len, const char *name, rh_span *span) {
  char pointer[64] = "/";
  size_t n = strlen(name);
  if (n + 2 > sizeof pointer) return false;
  memcpy(pointer + 1, name, n + 1);
  return rh_scan_find(body, len, pointer, span);
}

char *rh_params_with(const char *body, size_t len, const char *name, const char *value,
                     size_t *out_len) {
  if (!body) {
    body = "{}";
    len = 2;
  }
  edit replace = {{0, 0}, value};
  if (find_field(body, len, name, &replace.span)) return apply(body, len, &replace, 1, out_len);

  const char *brace = memchr(body, '{', len);
  size_t open = brace ? (size_t)(brace - body) + 1 : 0;
  size_t rest = open;
  while (rest < len && body[rest] != '\0' && strchr(" \t\r\n", body[rest])) rest++;
  bool empty = rest < len && body[rest] == '}';
  size_t size = len + rh_scan_quote(name, NULL) + rh_scan_quote(value, NULL) + 2;
  char *out = malloc(size + 1);
  if (!out) return NULL;
  size_t n = copy(out, body, open);
  n += rh_scan_quote(name, out + n);
  out[n++] = ':';
  n += rh_scan_quote(value, out + n);
  if (!empty) out[n++] = ',';
  n += copy(out + n, body + open, len - open);
  out[n] = '\0';
  *out_len = n;
  return out;
}
