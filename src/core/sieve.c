/* A Bloom filter whose places come from one 64-bit hash, in steps of its upper half. */
#include "sieve.h"

#include "hash.h"

enum { PLACES = 4 }; /* of a name */

typedef struct place {
  uint32_t at, step;
} place;

static place first_place(const char *name) {
  uint64_t hash = rh_hash(name);
  return (place){(uint32_t)hash, (uint32_t)(hash >> 32) | 1};
}

void rh_sieve_add(rh_sieve *sieve, const char *name) {
  place p = first_place(name);
  for (int i = 0; i < PLACES; i++, p.at += p.step) {
    uint32_t bit = p.at % RH_SIEVE_BITS;
    sieve->words[bit / 64] |= UINT64_C(1) << bit % 64;
  }
}

bool rh_sieve_lacks(const rh_sieve *sieve, const char *name) {
  place p = first_place(name);
  for (int i = 0; i < PLACES; i++, p.at += p.step) {
    uint32_t bit = p.at % RH_SIEVE_BITS;
    if (!(sieve->words[bit / 64] >> bit % 64 & 1)) return true;
  }
  return false;
}
