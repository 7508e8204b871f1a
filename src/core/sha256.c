/* rhub_sha256 and rhub_sha256_file: digest.c for the public. */
#include "digest.h"
#include "error.h"
#include "rhub.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

rhub_status rhub_sha256(const void *data, size_t len, char out[RHUB_SHA256_TEXT]) {
  rh_digest digest;
  out[0] = '\0';
  if (!rh_digest_of(data, len, &digest)) return RHUB_NOMEM;
  rh_digest_hex(&digest, 64, out);
  return RHUB_OK;
}

/* 0 or an errno. */
static int digest_of_file(int fd, uint64_t *bytes, rh_digest *digest) {
  struct stat st;
  if (fstat(fd, &st) != 0) return errno;
  if (!S_ISREG(st.st_mode)) return S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
  *bytes = (uint64_t)st.st_size;
  return rh_digest_file(fd, st.st_size, NULL, digest);
}

rhub_status rhub_sha256_file(const char *path, char out[RHUB_SHA256_TEXT], uint64_t *bytes,
                             rhub_error *error) {
  rh_digest digest;
  uint64_t size = 0;
  out[0] = '\0';
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  int reason = fd < 0 ? errno : digest_of_file(fd, &size, &digest);
  if (fd >= 0) close(fd);
  if (reason != 0) return rh_fail(error, RHUB_IO, "%s cannot be read: %s", path, strerror(reason));
  rh_digest_hex(&digest, 64, out);
  if (bytes) *bytes = size;
  return RHUB_OK;
}
