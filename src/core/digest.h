/* SHA-256, of bytes and of files, and MD5 of files. Files are read blockingly: for a worker. */
#ifndef RHUB_CORE_DIGEST_H
#define RHUB_CORE_DIGEST_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

typedef struct rh_digest {
  unsigned char bytes[32];
} rh_digest;

bool rh_digest_of(const void *data, size_t len, rh_digest *out); /* false: out of memory */

/* The first `size` bytes of the file, by pread. 0 or an errno: ENODATA where the file is shorter,
   ECANCELED once *stop is set. */
int rh_digest_file(int fd, int64_t size, const atomic_bool *stop, rh_digest *out);

/* MD5 of the same, as 32 hexadecimal digits; ENOTSUP where libcrypto makes none. */
int rh_digest_file_md5(int fd, int64_t size, const atomic_bool *stop, char out[33]);

/* The first `digits` hexadecimal digits (up to 64, an even number), NUL-terminated. */
void rh_digest_hex(const rh_digest *digest, size_t digits, char *out);

#pragma GCC visibility pop
#endif
