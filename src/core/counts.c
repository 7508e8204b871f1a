/* How often a digest has been seen: a table with open addresses, kept half empty. */
#include "counts.h"

#include <stdlib.h>
#include <string.h>

struct rh_count {
  unsigned char head[16]; /* of the digest: enough to tell any two apart */
  int64_t seen;           /* 0: the slot is free */
};

static rh_count *find(const rh_counts *counts, const unsigned char *head) {
  size_t at;
  memcpy(&at, head, sizeof at);
  for (at &= counts->size - 1;; at = (at + 1) & (counts->size - 1)) {
    rh_count *slot = &counts->slots[at];
    if (!slot->seen || memcmp(slot->head, head, sizeof slot->head) == 0) return slot;
  }
}

static bool grow(rh_counts *counts) {
  rh_counts larger = {.size = counts->size ? counts->size * 2 : 64, .used = counts->used};
  larger.slots = calloc(larger.size, sizeof *larger.slots);
  if (!larger.slots) return false;
  for (size_t i = 0; i < counts->size; i++)
    if (counts->slots[i].seen) *find(&larger, counts->slots[i].head) = counts->slots[i];
  free(counts->slots);
  *counts = larger;
  return true;
}

int64_t rh_counts_next(rh_counts *counts, const rh_digest *digest) {
  if (counts->used * 2 >= counts->size && !grow(counts)) return 0;
  rh_count *slot = find(counts, digest->bytes);
  if (!slot->seen) {
    memcpy(slot->head, digest->bytes, sizeof slot->head);
    counts->used++;
  }
  return ++slot->seen;
}

void rh_counts_clear(rh_counts *counts) {
  free(counts->slots);
  *counts = (rh_counts){0};
}
