/* The file beside a journal: who holds its lock works the journal; who did so before has left word
 * that there was one. It is a file of its own, since closing the database's would take SQLite's
 * locks away, and it stays: who removed it could remove another's. See journal.h. */
#include "journal.h"

#include "error.h"
#include "journal_owner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#define KEPT \
  "\njournal\n" /* behind the process id: the database has been one of ours; its newest job */
#define ENDING ".lock"

/* `newest` negative: of no journal. All others of a process have one length: each transaction
   leaves one, and to cut the file takes longer than to write it. Returns its length; -1: it failed.
 */
static int write_word(int fd, int64_t newest) {
  char text[48 + sizeof KEPT];
  int len = newest < 0 ? snprintf(text, sizeof text, "%ld", (long)getpid())
                       : snprintf(text, sizeof text, "%ld" KEPT "%019lld\n", (long)getpid(),
                                  (long long)newest);
  return pwrite(fd, text, (size_t)len, 0) == len ? len : -1;
}

/* In place of a longer one, or one of another process. */
static bool begin_word(int fd, int64_t newest) {
  int len = write_word(fd, newest);
  return len >= 0 && ftruncate(fd, len) == 0;
}

/* At most 99 bytes, NUL-terminated. */
static void read_word(int fd, char text[100]) {
  ssize_t len = pread(fd, text, 99, 0);
  text[len > 0 ? len : 0] = '\0';
}

static int open_beside(const char *path, int flags) {
  char name[strlen(path) + sizeof ENDING];
  stpcpy(stpcpy(name, path), ENDING);
  return open(name, flags | O_NOFOLLOW | O_CLOEXEC, 0600);
}

int64_t rh_journal_newest(const char *path) {
  char text[100] = "";
  int fd = open_beside(path, O_RDONLY);
  if (fd < 0) return -1;
  read_word(fd, text);
  close(fd);
  const char *word = strstr(text, KEPT);
  return word ? strtoll(word + strlen(KEPT), NULL, 10) : -1;
}

bool rh_journal_was_kept(const char *path) {
  return rh_journal_newest(path) >= 0;
}

bool rh_journal_at_work(const char *path) {
  int fd = open_beside(path, O_RDONLY);
  if (fd < 0) return false;
  bool taken = flock(fd, LOCK_SH | LOCK_NB) != 0;
  close(fd);
  return taken;
}

static rhub_status held(const char *path, int fd, rhub_error *error) {
  char text[100];
  read_word(fd, text);
  text[strspn(text, "0123456789")] = '\0';
  return rh_owner_busy(path, text, error);
}

/* A reader that looks whether anybody has the lock has it itself for that moment. */
static bool lock_soon(int fd) {
  const struct timespec moment = {.tv_nsec = 5000000};
  for (int tries = 0; tries < 20; tries++) {
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) return true;
    nanosleep(&moment, NULL);
  }
  return false;
}

rhub_status rh_journal_lock(const char *path, int *out, rhub_error *error) {
  if (!rh_store_folders(path))
    return rh_fail(error, RHUB_IO, "journal %s: its folder cannot be made: %s", path,
                   strerror(errno));
  int fd = *out = open_beside(path, O_RDWR | O_CREAT);
  if (fd < 0)
    return rh_fail(error, RHUB_IO, "journal %s: %s" ENDING " cannot be opened: %s", path, path,
                   strerror(errno));
  if (!lock_soon(fd)) return held(path, fd, error);
  /* one that somebody has removed is begun anew */
  if (begin_word(fd, access(path, F_OK) == 0 ? rh_journal_newest(path) : -1)) return RHUB_OK;
  return rh_fail(error, RHUB_IO, "journal %s: %s" ENDING " cannot be written: %s", path, path,
                 strerror(errno));
}

void rh_journal_keep(int fd, int64_t newest) {
  write_word(fd, newest);
}

void rh_journal_leave(int fd, const char *path) {
  if (access(path, F_OK) != 0) begin_word(fd, -1);
}
