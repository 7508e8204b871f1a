/* A key's limits in a file that the processes of this user on this machine share. What is written
 * is read and changed whole, under a lock that nobody waits for and that ends with its holder,
 * however that ends. The first to come starts with nothing known, whatever lies there; the last to
 * go removes the file. Where it cannot be had, or is being held, each goes by what it knows itself.
 *
 * Plain reads and writes, no mapping: a full disk or a file cut short by others must not be a
 * signal. */
#ifndef RHUB_CORE_SHARED_H
#define RHUB_CORE_SHARED_H

#include "limits.h"

#include <stddef.h>

#pragma GCC visibility push(hidden)

typedef struct rh_shared rh_shared;

/* The folders above the file are made if need be; it is opened when it is needed. "": share
   nothing. NULL: no memory. */
rh_shared *rh_shared_new(const char *path);
void rh_shared_free(rh_shared *shared); /* NULL is allowed */

/* How they stand, as of this `now`. Borrowed until the next call. */
const rh_limits *rh_shared_look(rh_shared *shared, double now);

/* The same, to be changed: until rh_shared_end nobody else changes them. */
rh_limits *rh_shared_begin(rh_shared *shared, double now);
void rh_shared_end(rh_shared *shared);

/* The file, in which others may lock bytes (places.h); -1: cannot be had now. */
int rh_shared_fd(rh_shared *shared);
/* After a -1: it can be had in a moment, another is just coming or going. One that stays at it, as
   a stopped process does, is not waited for: in the end this is false. */
bool rh_shared_is_busy(const rh_shared *shared);
/* Takes or gives back one of its bytes, F_WRLCK, F_RDLCK or F_UNLCK. False: errno says why. Locks
   belong to the open file, not to the process: two clients of one process are two. */
bool rh_shared_lock(int fd, size_t byte, short type);

#pragma GCC visibility pop
#endif
