/* The account's places, shared by the processes of this user on this machine: a process that takes
 * a place locks a byte of the file that they share, and what ends, however it ends, gives its bytes
 * back. Knows no tasks. Where the file cannot be had, every place is free: the service's own "full"
 * still holds.
 */
#ifndef RHUB_CORE_PLACES_H
#define RHUB_CORE_PLACES_H

#include "shared.h"

#pragma GCC visibility push(hidden)

typedef struct rh_places rh_places;

/* NULL: no memory. To be freed before `shared`. */
rh_places *rh_places_new(rh_shared *shared);
void rh_places_free(rh_places *places); /* gives all back; NULL is allowed */

/* Whether fewer than `count` are taken; then one of the first `count` is, and *place is its number,
   -1 where it is not counted: there is no file, or more places are taken than anybody looks at.
   `count` 0: as many as you like. False also while the file is just being made or removed. */
bool rh_places_take(rh_places *places, size_t count, short *place);
void rh_places_give(rh_places *places, short place); /* -1 is allowed */

/* How many all others have taken. */
size_t rh_places_others(rh_places *places);

#pragma GCC visibility pop
#endif
