/* The addresses of what has been uploaded: the same bytes to the same account are not sent twice
 * while an address lives. In memory; no I/O; times are wall-clock seconds. */
#ifndef RHUB_CORE_REMEMBER_H
#define RHUB_CORE_REMEMBER_H

#include "digest.h"

#include <time.h>

#pragma GCC visibility push(hidden)

typedef struct rh_remembered {
  rh_digest digest;
  uint64_t size;
  char *url, *file_name; /* owned */
  time_t expires;
} rh_remembered;

typedef struct rh_memory {
  rh_remembered *items;
  size_t count, room;
} rh_memory;

/* Whether anything of that size is remembered: hashing first is worth it only then. */
bool rh_memory_has_size(const rh_memory *memory, uint64_t size, time_t now);
/* Borrowed until the next rh_memory_keep. NULL: not known, or no longer good. */
const rh_remembered *rh_memory_find(const rh_memory *memory, const rh_digest *digest, uint64_t size,
                                    time_t now);
/* Copies the text. Without memory for it nothing is remembered: the file is sent again one day. */
void rh_memory_keep(rh_memory *memory, const rh_digest *digest, uint64_t size, const char *url,
                    const char *file_name, time_t now);
void rh_memory_clear(rh_memory *memory);

/* When an address given at `now` is to be trusted no more: a margin before the end that its own
   signature names (q-sign-time=START;END), else before a day has passed. */
time_t rh_address_expires(const char *url, time_t now);

#pragma GCC visibility pop
#endif
