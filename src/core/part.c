/* Part files. The folder is held open while one is written: whatever happens to its path meanwhile,
 * the file is made, found and renamed in that folder and nowhere else. */
#include "part.h"

#include "digest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define MARK_DIGITS 12

/* ---- folders --------------------------------------------------------------------------------- */

static bool make_parents(char *path) {
  for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    int rc = mkdir(path, 0777);
    *slash = '/';
    if (rc != 0 && errno != EEXIST && errno != EISDIR && errno != EROFS) return false;
  }
  return mkdir(path, 0777) == 0 || errno == EEXIST;
}

bool rh_folder_make(const char *dir) {
  struct stat st;
  if (access(dir, W_OK | X_OK) != 0) {
    if (errno != ENOENT) return false;
    char *path = strdup(dir);
    bool made = path && make_parents(path);
    int reason = path ? errno : ENOMEM;
    free(path);
    errno = reason;
    if (!made) return false;
  }
  if (stat(dir, &st) != 0) return false;
  errno = ENOTDIR;
  return S_ISDIR(st.st_mode);
}

/* ---- names and locks ------------------------------------------------------------------------- */

/* "{stem}.{mark}.part" */
static void make_name(rh_part *part, const char *stem, const char *mark) {
  char safe[RH_NAME_MAX + 1];
  rh_filename(stem, NULL, safe);
  snprintf(part->name, sizeof part->name, "%.*s.%s.part", RH_NAME_MAX - MARK_DIGITS - 6, safe,
           mark);
}

static bool random_mark(char mark[MARK_DIGITS + 1]) {
  rh_digest bytes;
  if (getrandom(bytes.bytes, sizeof bytes.bytes, 0) < 0) return false;
  rh_digest_hex(&bytes, MARK_DIGITS, mark);
  return true;
}

static bool give_up_file(rh_part *part) {
  int reason = errno;
  if (part->fd >= 0) close(part->fd);
  part->fd = -1;
  errno = reason;
  return false;
}

/* Makes the file that must not be there yet. */
static bool create(rh_part *part) {
  part->fd =
      openat(part->dir, part->name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (part->fd < 0) return false;
  flock(part->fd, LOCK_EX | LOCK_NB); /* where locks are not supported, names must do */
  return true;
}

/* Opens one that is there, if it is an ordinary file of ours, nobody else is writing it, and the
   name still means it once it is locked. */
static bool adopt(rh_part *part, uint64_t *size) {
  struct stat st, named;
  part->fd = openat(part->dir, part->name, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  if (part->fd < 0) return false;
  errno = ESTALE;
  if (flock(part->fd, LOCK_EX | LOCK_NB) != 0 || fstat(part->fd, &st) != 0 ||
      !S_ISREG(st.st_mode) || st.st_nlink != 1 || st.st_uid != geteuid() ||
      fstatat(part->dir, part->name, &named, AT_SYMLINK_NOFOLLOW) != 0 ||
      named.st_ino != st.st_ino || named.st_dev != st.st_dev)
    return give_up_file(part);
  *size = (uint64_t)st.st_size;
  return true;
}

static bool open_folder(rh_part *part, const char *dir) {
  if (part->dir >= 0) return true;
  part->dir = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return part->dir >= 0;
}

bool rh_part_open(rh_part *part, const char *dir, const char *stem, const char *identity,
                  uint64_t *size) {
  char mark[MARK_DIGITS + 1];
  rh_digest digest;
  *size = 0;
  if (!open_folder(part, dir)) return false;
  if (identity && rh_digest_of(identity, strlen(identity), &digest)) {
    rh_digest_hex(&digest, MARK_DIGITS, mark);
    make_name(part, stem, mark);
    if (create(part) || (errno == EEXIST && adopt(part, size))) return true;
  }
  for (int tries = 0; tries < 8; tries++) {
    if (!random_mark(mark)) break;
    make_name(part, stem, mark);
    if (create(part)) return true;
    if (errno != EEXIST) break;
  }
  int reason = errno;
  part->name[0] = '\0';
  rh_part_close(part);
  errno = reason;
  return false;
}

bool rh_part_reopen(rh_part *part, const char *dir, uint64_t size) {
  uint64_t now = 0;
  if (part->fd >= 0) return true;
  if (!open_folder(part, dir) || !adopt(part, &now)) return false;
  if (now == size) return true;
  errno = ESTALE;
  return give_up_file(part);
}

void rh_part_close(rh_part *part) {
  if (part->fd >= 0) close(part->fd);
  if (part->dir >= 0) close(part->dir);
  part->fd = part->dir = -1;
}

void rh_part_discard(rh_part *part, const char *dir) {
  if (part->name[0] && open_folder(part, dir)) unlinkat(part->dir, part->name, 0);
  part->name[0] = '\0';
  rh_part_close(part);
}

/* ---- bytes ----------------------------------------------------------------------------------- */

bool rh_part_empty(rh_part *part) {
  return ftruncate(part->fd, 0) == 0;
}

bool rh_part_write(rh_part *part, const char *data, size_t len, uint64_t at) {
  while (len > 0) {
    ssize_t put = pwrite(part->fd, data, len, (off_t)at);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return false;
    data += put;
    at += (uint64_t)put;
    len -= (size_t)put;
  }
  return true;
}

size_t rh_part_head(const rh_part *part, char *out, size_t size) {
  ssize_t got = pread(part->fd, out, size, 0);
  return got > 0 ? (size_t)got : 0;
}

/* ---- the final name -------------------------------------------------------------------------- */

int64_t rh_part_target_size(const rh_part *part, const char *name) {
  struct stat st;
  if (fstatat(part->dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0) return -1;
  return S_ISREG(st.st_mode) ? st.st_size : -2;
}

/* Where the file system knows no rename that refuses, a link does; where it knows no links either
   (FAT), looking first has to do. */
static bool rename_to_free_name(const rh_part *part, const char *name) {
  if (renameat2(part->dir, part->name, part->dir, name, RENAME_NOREPLACE) == 0) return true;
  if (errno != EINVAL && errno != ENOSYS) return false;
  if (linkat(part->dir, part->name, part->dir, name, 0) == 0)
    return unlinkat(part->dir, part->name, 0) == 0;
  if (errno == EEXIST) return false;
  if (rh_part_target_size(part, name) != -1) {
    errno = EEXIST;
    return false;
  }
  return renameat(part->dir, part->name, part->dir, name) == 0;
}

/* Not every file system can do that with a folder: then a name is where its file is. */
static bool sync_folder(const rh_part *part) {
  return fsync(part->dir) == 0 || errno == EINVAL || errno == ENOSYS || errno == ENOTSUP;
}

bool rh_part_place(rh_part *part, const char *name, bool overwrite, bool durable) {
  if (durable && fsync(part->fd) != 0) return false;
  bool placed = overwrite ? renameat(part->dir, part->name, part->dir, name) == 0
                          : rename_to_free_name(part, name);
  if (!placed) return false;
  part->name[0] = '\0';
  bool kept = !durable || sync_folder(part);
  int reason = errno;
  rh_part_close(part);
  errno = reason;
  return kept;
}

static bool same_bytes(int a, int b) {
  enum { PIECE = 128 << 10 };
  char *buffer = malloc(2 * PIECE);
  bool same = buffer != NULL;
  for (off_t at = 0; same;) {
    ssize_t got = pread(a, buffer, PIECE, at);
    ssize_t other = got > 0 ? pread(b, buffer + PIECE, (size_t)got, at) : got;
    if (got < 0) same = false;
    if (got <= 0) break;
    same = other == got && memcmp(buffer, buffer + PIECE, (size_t)got) == 0;
    at += got;
  }
  free(buffer);
  return same;
}

bool rh_part_same(const rh_part *part, const char *name, bool durable) {
  struct stat st, own;
  int fd = openat(part->dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return false;
  bool same = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && fstat(part->fd, &own) == 0 &&
              st.st_size == own.st_size && same_bytes(part->fd, fd) &&
              (!durable || (fsync(fd) == 0 && sync_folder(part)));
  close(fd);
  return same;
}
