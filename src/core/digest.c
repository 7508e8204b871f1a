/* Digests by libcrypto, which uses the processor's own instructions where there are any. */
#include "digest.h"

#include <errno.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#define PIECE ((size_t)256 << 10)

/* Looked up once: OpenSSL 3 otherwise searches its providers for every digest. Kept to the end. */
static const EVP_MD *fetched;

static void fetch(void) {
  fetched = EVP_MD_fetch(NULL, "SHA256", NULL);
}

static const EVP_MD *sha256(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, fetch);
  return fetched ? fetched : EVP_sha256();
}

bool rh_digest_of(const void *data, size_t len, rh_digest *out) {
  return EVP_Digest(data, len, out->bytes, NULL, sha256(), NULL) == 1;
}

static int feed(EVP_MD_CTX *context, char *buffer, int fd, int64_t size, const atomic_bool *stop) {
  for (int64_t at = 0; at < size;) {
    if (stop && atomic_load_explicit(stop, memory_order_relaxed)) return ECANCELED;
    size_t want = size - at < (int64_t)PIECE ? (size_t)(size - at) : PIECE;
    ssize_t got = pread(fd, buffer, want, at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0) return ENODATA;
    if (EVP_DigestUpdate(context, buffer, (size_t)got) != 1) return ENOMEM;
    at += got;
  }
  return 0;
}

static int digest_file(const EVP_MD *md, int fd, int64_t size, const atomic_bool *stop,
                       unsigned char *out) {
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  char *buffer = malloc(PIECE);
  int error = ENOMEM;
  if (context && buffer && EVP_DigestInit_ex(context, md, NULL) == 1)
    error = feed(context, buffer, fd, size, stop);
  if (error == 0 && EVP_DigestFinal_ex(context, out, NULL) != 1) error = ENOMEM;
  EVP_MD_CTX_free(context);
  free(buffer);
  return error;
}

int rh_digest_file(int fd, int64_t size, const atomic_bool *stop, rh_digest *out) {
  return digest_file(sha256(), fd, size, stop, out->bytes);
}

static void hex(const unsigned char *bytes, size_t digits, char *out) {
  static const char digit[] = "0123456789abcdef";
  for (size_t i = 0; i < digits; i += 2, bytes++) {
    out[i] = digit[*bytes >> 4];
    out[i + 1] = digit[*bytes & 15];
  }
  out[digits] = '\0';
}

int rh_digest_file_md5(int fd, int64_t size, const atomic_bool *stop, char out[33]) {
  unsigned char bytes[16];
  EVP_MD *md5 = EVP_MD_fetch(NULL, "MD5", NULL);
  int error = md5 ? digest_file(md5, fd, size, stop, bytes) : ENOTSUP;
  EVP_MD_free(md5);
  if (error == 0) hex(bytes, 32, out);
  return error;
}

void rh_digest_hex(const rh_digest *digest, size_t digits, char *out) {
  hex(digest->bytes, digits, out);
}
