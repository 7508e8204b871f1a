/* The body of a PUT: one file as it stands. It is counted and hashed while it streams in, and let
 * go, so that one of any size costs no memory. Knows nothing of RunningHub. */
#include "server.h"
#include <openssl/evp.h>
#include <stdlib.h>

struct rh_put {
  uint64_t bytes;
  EVP_MD_CTX *digest;
  unsigned char md5[EVP_MAX_MD_SIZE];
  unsigned md5_len;
};

rh_put *rh_put_new(void) {
  rh_put *p = calloc(1, sizeof *p);
  if (!p) return NULL;
  p->digest = EVP_MD_CTX_new();
  if (p->digest && EVP_DigestInit_ex(p->digest, EVP_md5(), NULL)) return p;
  rh_put_free(p);
  return NULL;
}

void rh_put_feed(rh_put *p, const char *bytes, size_t len) {
  p->bytes += len;
  EVP_DigestUpdate(p->digest, bytes, len);
}

void rh_put_end(rh_put *p) {
  EVP_DigestFinal_ex(p->digest, p->md5, &p->md5_len);
}

void rh_put_free(rh_put *p) {
  if (!p) return;
  EVP_MD_CTX_free(p->digest);
  free(p);
}

/* {bytes, md5} */
void rh_put_push(lua_State *L, const rh_put *p) {
  lua_createtable(L, 0, 2);
  lua_pushinteger(L, (lua_Integer)p->bytes);
  lua_setfield(L, -2, "bytes");
  rh_push_hex(L, p->md5, p->md5_len);
  lua_setfield(L, -2, "md5");
}
