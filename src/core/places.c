/* Places as locked bytes of a file. See places.h. */
#include "places.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 4096 }; /* bytes that are looked at; more tasks at once nobody has */

struct rh_places {
  rh_shared *shared;
  size_t next; /* where to look first: the one behind the last */
  size_t count;
  unsigned char mine[MOST]; /* 1: it is */
};

rh_places *rh_places_new(rh_shared *shared) {
  rh_places *places = calloc(1, sizeof *places);
  if (places) places->shared = shared;
  return places;
}

void rh_places_free(rh_places *places) {
  for (short i = 0; places && i < MOST; i++) rh_places_give(places, i);
  free(places);
}

/* How many bytes of a stretch others have locked. The kernel tells one lock of those that are in
   the way, and not the first. */
static size_t locked(int fd, off_t from, off_t to) {
  size_t count = 0;
  while (from < to) {
    struct flock lock = {
        .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = from, .l_len = to - from};
    if (fcntl(fd, F_OFD_GETLK, &lock) != 0 || lock.l_type == F_UNLCK) break;
    off_t start = lock.l_start > from ? lock.l_start : from, end = lock.l_start + lock.l_len;
    if (lock.l_len == 0 || end > to) end = to;
    count += (size_t)(end - start) + locked(fd, from, start);
    from = end;
  }
  return count;
}

size_t rh_places_others(rh_places *places) {
  int fd = rh_shared_fd(places->shared);
  return fd < 0 ? 0 : locked(fd, 0, MOST);
}

/* After a limit has come down, there may be tasks on places beyond it. */
static bool is_full(const rh_places *places, int fd, size_t count) {
  bool beyond = memchr(places->mine + count, 1, MOST - count) || locked(fd, (off_t)count, MOST);
  return beyond && places->count + locked(fd, 0, MOST) >= count;
}

bool rh_places_take(rh_places *places, size_t count, short *place) {
  int fd = rh_shared_fd(places->shared);
  size_t most = count && count < MOST ? count : MOST;
  *place = -1;
  if (fd < 0) return !rh_shared_is_busy(places->shared);
  if (is_full(places, fd, most)) return false;
  for (size_t i = 0; places->count < MOST && i < most; i++) {
    size_t at = (places->next + i) % most;
    if (places->mine[at]) continue;
    if (!rh_shared_lock(fd, at, F_WRLCK)) {
      if (errno == EAGAIN || errno == EACCES) continue;
      return true; /* no memory for a lock */
    }
    places->mine[at] = 1;
    places->count++;
    places->next = at + 1;
    *place = (short)at;
    return true;
  }
  return count == 0 || count > MOST;
}

void rh_places_give(rh_places *places, short place) {
  if (place < 0 || !places->mine[place]) return;
  places->mine[place] = 0;
  places->count--;
  rh_shared_lock(rh_shared_fd(places->shared), (size_t)place, F_UNLCK);
}
