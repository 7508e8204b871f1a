/* Places as locked bytes of a file. See places.h. */
#include "places.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST = 4096 }; /* bytes that are looked at; more tasks at once nobody has */

struct rh_places {
  int fd;      /* -1: not open; -2: cannot be had */
  size_t next; /* where to look first: the one behind the last */
  bool mine[MOST];
  char path[];
};

rh_places *rh_places_new(const char *path) {
  size_t size = strlen(path) + 1;
  rh_places *places = calloc(1, sizeof *places + size);
  if (!places) return NULL;
  places->fd = -1;
  memcpy(places->path, path, size);
  return places;
}

void rh_places_free(rh_places *places) {
  if (!places) return;
  if (places->fd >= 0) close(places->fd); /* gives back the locks of its open file */
  free(places);
}

/* The folder and those above it, for nobody else. */
static void make_folders(char *path) {
  for (char *p = *path ? strchr(path + 1, '/') : NULL; p; p = strchr(p + 1, '/')) {
    *p = '\0';
    mkdir(path, 0700);
    *p = '/';
  }
}

static bool open_file(rh_places *places) {
  if (places->fd != -1) return places->fd >= 0;
  make_folders(places->path);
  places->fd = open(places->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (places->fd < 0) places->fd = -2;
  return places->fd >= 0;
}

/* Locks belong to the open file, not to the process: two clients of one process are two. */
static bool set(int fd, size_t place, short type) {
  struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = (off_t)place, .l_len = 1};
  return fcntl(fd, F_OFD_SETLK, &lock) == 0;
}

int rh_places_take(rh_places *places, size_t count) {
  if (count > MOST) count = MOST;
  if (!open_file(places)) return 0;
  for (size_t i = 0; i < count; i++) {
    size_t place = (places->next + i) % count;
    if (places->mine[place]) continue;
    if (!set(places->fd, place, F_WRLCK)) {
      if (errno == EAGAIN || errno == EACCES) continue;
      return 0; /* a file system without locks */
    }
    places->mine[place] = true;
    places->next = place + 1;
    return (int)place;
  }
  return -1;
}

void rh_places_give(rh_places *places, int place) {
  if (!places || place < 0 || !places->mine[place]) return;
  places->mine[place] = false;
  set(places->fd, (size_t)place, F_UNLCK);
}
