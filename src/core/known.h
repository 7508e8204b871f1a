/* The addresses of what has been uploaded, by content, for as long as they live. In memory. No I/O;
 * times come in as seconds of the wall clock. */
#ifndef RHUB_CORE_KNOWN_H
#define RHUB_CORE_KNOWN_H

#include "digest.h"

#pragma GCC visibility push(hidden)

typedef struct rh_known {
  struct rh_known *next;
  rh_digest digest;
  uint64_t size;
  double until;
  const char *url, *file_name;
  char text[]; /* what the two point to */
} rh_known;

/* Newest first; bounded. Zeroed to begin with. */
typedef struct rh_known_list {
  rh_known *first;
  size_t count;
} rh_known_list;

/* When an address dies: an hour before the end of its signature's window (q-sign-time=START;END in
   the query), else 23 hours from now. */
double rh_known_until(const char *url, double now);

bool rh_known_size(rh_known_list *list, uint64_t size, double now); /* is there one of this size? */
/* Borrowed until the next call with this list. NULL: none. */
const rh_known *rh_known_find(rh_known_list *list, uint64_t size, const rh_digest *digest,
                              double now);
/* Without memory it is simply not remembered. */
void rh_known_add(rh_known_list *list, uint64_t size, const rh_digest *digest, const char *url,
                  const char *file_name, double now);
void rh_known_clear(rh_known_list *list);

#pragma GCC visibility pop
#endif
