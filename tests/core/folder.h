/* A scratch folder, and looks at what lies in it, for tests that write files. */
#ifndef RHUB_TESTS_FOLDER_H
#define RHUB_TESTS_FOLDER_H

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct folder {
  char path[32];
} folder;

static inline void folder_make(folder *f) {
  strcpy(f->path, "/tmp/rhub-test-XXXXXX");
  if (!mkdtemp(f->path)) abort();
}

static inline int folder_remove_one(const char *path, const struct stat *st, int type,
                                    struct FTW *ftw) {
  (void)st, (void)type, (void)ftw;
  return remove(path);
}

static inline void folder_remove(folder *f) {
  nftw(f->path, folder_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static inline const char *folder_path(const folder *f, const char *name) {
  static char path[8][512];
  static int turn;
  char *p = path[turn++ % 8];
  snprintf(p, sizeof path[0], "%s/%s", f->path, name);
  return p;
}

/* How many files there are whose names end so; the name of one of them into `out` (may be NULL). */
static inline int folder_count(const folder *f, const char *ending, char *out) {
  DIR *dir = opendir(f->path);
  int count = 0;
  for (struct dirent *e; dir && (e = readdir(dir)) != NULL;) {
    size_t len = strlen(e->d_name), tail = strlen(ending);
    if (e->d_name[0] == '.' || len < tail || strcmp(e->d_name + len - tail, ending) != 0) continue;
    count++;
    if (out) strcpy(out, e->d_name);
  }
  if (dir) closedir(dir);
  return count;
}

static inline void folder_write(const folder *f, const char *name, const void *data, size_t len) {
  int fd = open(folder_path(f, name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0 || write(fd, data, len) != (ssize_t)len) abort();
  close(fd);
}

static inline bool folder_holds(const folder *f, const char *name, const void *data, size_t len) {
  struct stat st;
  int fd = open(folder_path(f, name), O_RDONLY | O_CLOEXEC);
  char *bytes = malloc(len + 1);
  bool same = fd >= 0 && fstat(fd, &st) == 0 && (size_t)st.st_size == len &&
              read(fd, bytes, len) == (ssize_t)len && memcmp(bytes, data, len) == 0;
  if (fd >= 0) close(fd);
  free(bytes);
  return same;
}

#endif
