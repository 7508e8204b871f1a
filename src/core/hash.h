/* A hash of a text, for tables in memory and for what a file keeps of it (store_hash.h). */
#ifndef RHUB_CORE_HASH_H
#define RHUB_CORE_HASH_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

/* Eight bytes at a time; every bit of it depends on every byte. Whoever chooses the texts can make
   them collide: for tables that only get slower by that. The same on every machine. */
static inline uint64_t rh_hash(const char *text) {
  const uint64_t factor = 0x9e3779b97f4a7c15; /* odd, and its bits are well mixed */
  size_t len = strlen(text);
  uint64_t hash = len, word;
  for (; len >= sizeof word; text += sizeof word, len -= sizeof word) {
    memcpy(&word, text, sizeof word);
    hash = (hash ^ le64toh(word)) * factor;
    hash ^= hash >> 32;
  }
  for (; len > 0; text++, len--) hash = (hash ^ (unsigned char)*text) * factor;
  return hash ^ hash >> 32;
}

#endif
