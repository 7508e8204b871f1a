/* Which names have certainly not been seen: a Bloom filter of fixed size. It forgets nothing and
 * takes some names for seen that were not: of 100,000 names one in twelve, of a million nearly all.
 * No I/O. */
#ifndef RHUB_CORE_SIEVE_H
#define RHUB_CORE_SIEVE_H

#include <stdbool.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

#define RH_SIEVE_BITS (1u << 19) /* 64 KiB */

typedef struct rh_sieve {
  uint64_t words[RH_SIEVE_BITS / 64];
} rh_sieve; /* zeroed: it has seen nothing */

void rh_sieve_add(rh_sieve *sieve, const char *name);
bool rh_sieve_lacks(const rh_sieve *sieve, const char *name); /* false: it may have been seen */

#pragma GCC visibility pop
#endif
