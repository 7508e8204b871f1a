#include "accept.h"

#include <openssl/evp.h>
#include <string.h>
#include <sys/random.h>

#define KEY_BYTES 16

bool rh_accept_key(char key[RH_KEY_MAX]) {
  unsigned char bytes[KEY_BYTES];
  if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) return false;
  return EVP_EncodeBlock((unsigned char *)key, bytes, sizeof bytes) == RH_KEY_MAX - 1;
}

bool rh_accept_is_key(const char *text) {
  unsigned char bytes[KEY_BYTES + 3];
  return strlen(text) == RH_KEY_MAX - 1 && strcmp(text + RH_KEY_MAX - 3, "==") == 0 &&
         EVP_DecodeBlock(bytes, (const unsigned char *)text, RH_KEY_MAX - 1) == KEY_BYTES + 2;
}

bool rh_accept_of(const char *key, char accept[RH_ACCEPT_MAX]) {
  static const char suffix[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  char text[RH_KEY_MAX - 1 + sizeof suffix];
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned len;
  if (strlen(key) != RH_KEY_MAX - 1) return false;
  memcpy(text, key, RH_KEY_MAX - 1);
  memcpy(text + RH_KEY_MAX - 1, suffix, sizeof suffix);
  if (EVP_Digest(text, sizeof text - 1, digest, &len, EVP_sha1(), NULL) != 1) return false;
  return EVP_EncodeBlock((unsigned char *)accept, digest, (int)len) == RH_ACCEPT_MAX - 1;
}
