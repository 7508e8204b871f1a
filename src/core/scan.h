/* JSON text walked in place: its grammar, where a value lies, how a string is written. For text
 * that must stay as it was written. No I/O, no allocation. */
#ifndef RHUB_CORE_SCAN_H
#define RHUB_CORE_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#pragma GCC visibility push(hidden)

#define RH_SCAN_DEPTH 512 /* arrays and objects inside each other, at most */

typedef struct rh_scan {
  const char *text;
  size_t len;
  size_t at;           /* where the walk stands; after a failure, the place of the fault */
  const char *problem; /* after a failure: "a value is missing", ... */
  unsigned depth;
} rh_scan;

typedef struct rh_span {
  size_t start, end; /* [start, end) */
} rh_span;

/* Over the spaces and the one value at s->at. */
bool rh_scan_value(rh_scan *s);
/* The whole text is one value and spaces. */
bool rh_scan_whole(rh_scan *s);

/* The value that an RFC 6901 pointer names in well-formed text; of equal names the last, as most
   readers take it. False: there is none. */
bool rh_scan_find(const char *text, size_t len, const char *pointer, rh_span *out);

/* Writes `value` as a JSON string, quotes included, to `out` (NULL: only counts). */
size_t rh_scan_quote(const char *value, char *out);

#pragma GCC visibility pop
#endif
