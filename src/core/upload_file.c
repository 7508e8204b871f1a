/* Files to upload. Plain POSIX. */
#include "upload_file.h"

#include "error.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static rh_file_key key_of(const struct stat *st) {
  return (rh_file_key){st->st_dev, st->st_ino, st->st_size, st->st_ctim, st->st_mtim};
}

static bool same_time(struct timespec a, struct timespec b) {
  return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

bool rh_file_same(const rh_file_key *a, const rh_file_key *b) {
  return a->dev == b->dev && a->ino == b->ino && a->size == b->size &&
         same_time(a->changed, b->changed) && same_time(a->modified, b->modified);
}

int rh_file_open(const char *path, rh_file_key *key, rhub_error *error) {
  struct stat st;
  if (!*path) return rh_fail(error, RHUB_INPUT, "a file's path is empty"), -1;
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0 && (errno == EMFILE || errno == ENFILE))
    return rh_fail(error, RHUB_IO, "file %s cannot be opened: %s", path, strerror(errno)), -1;
  if (fd < 0 || fstat(fd, &st) != 0) {
    rh_fail(error, RHUB_INPUT, "file %s cannot be read: %s", path, strerror(errno));
  } else if (S_ISDIR(st.st_mode)) {
    rh_fail(error, RHUB_INPUT, "%s is a folder; give a file", path);
  } else if (!S_ISREG(st.st_mode)) {
    rh_fail(error, RHUB_INPUT, "%s is no regular file", path);
  } else if (st.st_size == 0) {
    rh_fail(error, RHUB_INPUT, "file %s is empty", path);
  } else {
    *key = key_of(&st);
    return fd;
  }
  if (fd >= 0) close(fd);
  return -1;
}

bool rh_file_changed(int fd, const rh_file_key *key) {
  struct stat st;
  if (fstat(fd, &st) != 0) return true;
  rh_file_key now = key_of(&st);
  return !rh_file_same(key, &now);
}

const char *rh_file_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

const char *rh_file_extension(const char *name) {
  const char *dot = strrchr(name, '.');
  return dot && dot > name ? dot + 1 : "";
}
