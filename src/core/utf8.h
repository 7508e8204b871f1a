/* UTF-8, one character at a time. No I/O, no allocation, no locale. */
#ifndef RHUB_CORE_UTF8_H
#define RHUB_CORE_UTF8_H

#include <stddef.h>

/* Bytes of the character at `text` (`len` bytes are there): 1 to 4, or 0 where none begins: a stray
   or missing continuation, an over-long form, a surrogate, or past U+10FFFF. */
static inline size_t rh_utf8_len(const char *text, size_t len) {
  const unsigned char *b = (const unsigned char *)text;
  if (len == 0) return 0;
  if (b[0] < 0x80) return 1;
  if (b[0] < 0xC2 || b[0] > 0xF4) return 0;
  size_t n = b[0] < 0xE0 ? 2 : b[0] < 0xF0 ? 3 : 4;
  if (len < n) return 0;
  unsigned char low = 0x80, high = 0xBF; /* bounds of the second byte */
  if (b[0] == 0xE0) low = 0xA0;
  if (b[0] == 0xED) high = 0x9F;
  if (b[0] == 0xF0) low = 0x90;
  if (b[0] == 0xF4) high = 0x8F;
  if (b[1] < low || b[1] > high) return 0;
  for (size_t i = 2; i < n; i++)
    if ((b[i] & 0xC0) != 0x80) return 0;
  return n;
}

/* The longest prefix of `text`, at most `max` bytes, that does not end inside a character. */
static inline size_t rh_utf8_cut(const char *text, size_t len, size_t max) {
  if (len <= max) return len;
  while (max > 0 && ((unsigned char)text[max] & 0xC0) == 0x80) max--;
  return max;
}

#endif
