#include "accept.h"

#include <openssl/evp.h>
#include <string.h>
#include <strings.h>
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

static bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

bool rh_list_has(const char *list, size_t len, const char *word) {
  const char *end = list + len;
  while (list < end) {
    const char *comma = memchr(list, ',', (size_t)(end - list));
    const char *stop = comma ? comma : end, *last = stop;
    while (list < last && is_blank(*list)) list++;
    while (last > list && is_blank(last[-1])) last--;
    if ((size_t)(last - list) == strlen(word) && strncasecmp(list, word, strlen(word)) == 0)
      return true;
    list = stop + 1;
  }
  return false;
}
