/* A key's limits in a file. See shared.h. */
#include "shared.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bytes that are locked, far behind those that are written and those of places. */
enum { GUARD = 1 << 20, PRESENT };

enum {
  TRIES = 20,    /* for what another holds for microseconds */
  PATIENCE = 100 /* as often one that comes or goes may be found at it: longer is no moment */
};

/* What stands in the file. */
typedef struct page {
  uint64_t sum;
  rh_limits limits;
} page;

struct rh_shared {
  int fd;        /* -1: not open; -2: cannot be had */
  unsigned busy; /* times in a row that another was found coming or going */
  bool held;     /* the guard */
  bool unsaid;   /* the disk was full: what is known here is newer than what stands there */
  double as_of;  /* when it was last looked at; negative: never */
  page now, before;
  char path[];
};

rh_shared *rh_shared_new(const char *path) {
  size_t size = strlen(path) + 1;
  rh_shared *shared = calloc(1, sizeof *shared + size);
  if (!shared) return NULL;
  shared->fd = *path ? -1 : -2;
  shared->as_of = -1;
  memcpy(shared->path, path, size);
  return shared;
}

bool rh_shared_lock(int fd, size_t byte, short type) {
  struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = (off_t)byte, .l_len = 1};
  return fcntl(fd, F_OFD_SETLK, &lock) == 0;
}

/* ---- the file -------------------------------------------------------------------------------- */

/* The folder and those above it, for nobody else. */
static void make_folders(char *path) {
  for (char *p = *path ? strchr(path + 1, '/') : NULL; p; p = strchr(p + 1, '/')) {
    *p = '\0';
    mkdir(path, 0700);
    *p = '/';
  }
}

static bool is_ours(int fd) {
  struct stat st;
  return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid();
}

static bool is_removed(int fd) {
  struct stat st;
  return fstat(fd, &st) != 0 || st.st_nlink == 0;
}

/* Is there as long as it is open. False: another is just coming or going, or errno says more. */
static bool join(int fd) {
  errno = 0;
  bool alone = rh_shared_lock(fd, PRESENT, F_WRLCK);
  if (alone && ftruncate(fd, 0) != 0) return false;
  return rh_shared_lock(fd, PRESENT, F_RDLCK) && !is_removed(fd);
}

/* -1: another is just coming or going; -2: it cannot be had. */
static int open_once(const char *path) {
  int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0600);
  if (fd < 0) return -2;
  bool ours = is_ours(fd);
  if (ours && join(fd)) return fd;
  bool later = ours && (errno == 0 || errno == EAGAIN || errno == EACCES);
  close(fd);
  return later ? -1 : -2;
}

int rh_shared_fd(rh_shared *shared) {
  if (shared->fd != -1) return shared->fd < 0 ? -1 : shared->fd;
  make_folders(shared->path);
  for (int i = 0; i < TRIES && shared->fd == -1; i++) {
    if (i > 0) sched_yield();
    shared->fd = open_once(shared->path);
  }
  if (shared->fd == -1) shared->busy++;
  return shared->fd < 0 ? -1 : shared->fd;
}

bool rh_shared_is_busy(const rh_shared *shared) {
  return shared->fd == -1 && shared->busy > 0 && shared->busy < PATIENCE;
}

/* Whether the path still leads to this file. */
static bool is_at(const char *path, int fd) {
  struct stat here, there;
  return fstat(fd, &here) == 0 && lstat(path, &there) == 0 && here.st_dev == there.st_dev &&
         here.st_ino == there.st_ino;
}

void rh_shared_free(rh_shared *shared) {
  if (!shared) return;
  if (shared->fd >= 0) {
    bool last = rh_shared_lock(shared->fd, PRESENT, F_WRLCK);
    if (last && is_at(shared->path, shared->fd)) unlink(shared->path);
    close(shared->fd); /* gives back the locks of its open file */
  }
  free(shared);
}

/* ---- what stands there ----------------------------------------------------------------------- */

/* FNV-1a: against accidents, not against anybody. */
static uint64_t sum_of(const rh_limits *limits) {
  const unsigned char *bytes = (const unsigned char *)limits;
  uint64_t sum = 0xcbf29ce484222325u ^ sizeof *limits;
  for (size_t i = 0; i < sizeof *limits; i++) sum = (sum ^ bytes[i]) * 0x100000001b3u;
  return sum;
}

/* An empty file is nothing known; anything else that is not whole is none of ours. */
static bool load(rh_shared *shared) {
  page read;
  if (shared->unsaid) return true;
  ssize_t got = pread(shared->fd, &read, sizeof read, 0);
  if (got == 0) {
    memset(&shared->now, 0, sizeof shared->now);
    return true;
  }
  if (got != (ssize_t)sizeof read || read.sum != sum_of(&read.limits)) return false;
  memcpy(&shared->now, &read, sizeof read);
  return true;
}

/* Without the guard a page may be seen half written: it is read again. */
const rh_limits *rh_shared_look(rh_shared *shared, double now) {
  if (shared->as_of != now && !shared->held && rh_shared_fd(shared) >= 0) {
    bool whole = false;
    for (int i = 0; i < 3 && !whole; i++) whole = load(shared);
  }
  shared->as_of = now;
  rh_limits_mend(&shared->now.limits, now);
  return &shared->now.limits;
}

rh_limits *rh_shared_begin(rh_shared *shared, double now) {
  int fd = rh_shared_fd(shared);
  for (int i = 0; fd >= 0 && i < TRIES && !shared->held; i++) {
    shared->held = rh_shared_lock(fd, GUARD, F_WRLCK);
    if (!shared->held) sched_yield();
  }
  if (shared->held && !load(shared)) memset(&shared->now, 0, sizeof shared->now);
  memcpy(&shared->before, &shared->now, sizeof shared->now);
  rh_limits_mend(&shared->now.limits, now);
  shared->as_of = now;
  return &shared->now.limits;
}

void rh_shared_end(rh_shared *shared) {
  if (!shared->held) return;
  page *now = &shared->now;
  if (memcmp(&now->limits, &shared->before.limits, sizeof now->limits) != 0) {
    now->sum = sum_of(&now->limits);
    shared->unsaid = pwrite(shared->fd, now, sizeof *now, 0) != (ssize_t)sizeof *now;
  }
  rh_shared_lock(shared->fd, GUARD, F_UNLCK);
  shared->held = false;
}
