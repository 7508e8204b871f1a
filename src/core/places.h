/* The account's places, shared by the processes of this user on this machine: a process that takes
 * a place locks a byte of one file, and what ends, however it ends, gives its bytes back. Knows no
 * tasks. Where the file cannot be had, every place is free: the service's own "full" still holds.
 */
#ifndef RHUB_CORE_PLACES_H
#define RHUB_CORE_PLACES_H

#include <stdbool.h>
#include <stddef.h>

#pragma GCC visibility push(hidden)

typedef struct rh_places rh_places;

/* The folders above the file are made if need be; it is opened when the first place is taken, and
   stays empty. NULL: no memory. */
rh_places *rh_places_new(const char *path);
void rh_places_free(rh_places *places); /* gives all back; NULL is allowed */

/* The number of a place that was free among the first `count`, now taken; -1: none is. */
int rh_places_take(rh_places *places, size_t count);
void rh_places_give(rh_places *places, int place); /* -1 is allowed */

#pragma GCC visibility pop
#endif
