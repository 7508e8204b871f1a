/* Replies that tell nothing new. Most answers to most queries say "still running" in the same bytes
 * but for the task's id: such a one is recognised by comparing, and need not be parsed. No I/O. */
#ifndef RHUB_CORE_STILL_H
#define RHUB_CORE_STILL_H

#include <stdbool.h>
#include <stddef.h>

#pragma GCC visibility push(hidden)

/* One reply that was parsed and judged. Zeroed: none. */
typedef struct rh_still {
  char *text;
  size_t len, id_at, id_len;
} rh_still;

/* Whether `body` is that reply, with this id in the other's place. */
bool rh_still_is(const rh_still *still, const char *body, size_t len, const char *id);
/* Remembers a reply in place of the last. One that is long, or does not hold its id exactly once,
   is left alone, and so is any without memory for it. */
void rh_still_keep(rh_still *still, const char *body, size_t len, const char *id);
void rh_still_clear(rh_still *still);

#pragma GCC visibility pop
#endif
