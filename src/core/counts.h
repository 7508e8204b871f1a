/* How often a digest has been seen. No I/O. */
#ifndef RHUB_CORE_COUNTS_H
#define RHUB_CORE_COUNTS_H

#include "digest.h"

#pragma GCC visibility push(hidden)

typedef struct rh_count rh_count;

/* Zeroed to begin with. */
typedef struct rh_counts {
  rh_count *slots;
  size_t size, used;
} rh_counts;

/* How often it has been seen, this time included: 1, 2, ... 0: no memory. */
int64_t rh_counts_next(rh_counts *counts, const rh_digest *digest);
void rh_counts_clear(rh_counts *counts);

#pragma GCC visibility pop
#endif
