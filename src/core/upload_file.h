/* Files to upload: which may be, and whether one has changed. */
#ifndef RHUB_CORE_UPLOAD_FILE_H
#define RHUB_CORE_UPLOAD_FILE_H

#include "rhub.h"

#include <stdbool.h>
#include <sys/stat.h>
#include <time.h>

#pragma GCC visibility push(hidden)

/* What makes two paths one file, unchanged. */
typedef struct rh_file_key {
  dev_t dev;
  ino_t ino;
  off_t size;
  struct timespec changed, modified;
} rh_file_key;

/* Opens what may be uploaded; -1 with the error filled. A pipe or device is not waited for. */
int rh_file_open(const char *path, rh_file_key *key, rhub_error *error);
bool rh_file_same(const rh_file_key *a, const rh_file_key *b);
bool rh_file_changed(int fd, const rh_file_key *key); /* since it was opened */

const char *rh_file_name(const char *path);      /* the last part of it */
const char *rh_file_extension(const char *name); /* without dot; "" for none */

#pragma GCC visibility pop
#endif
