/* Numbers and characters of JSON as bytes. Knows no Lua. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* newlocale, uselocale */
#endif
#include "json.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __APPLE__
#include <xlocale.h>
#endif

size_t rh_json_utf8(const char *s, const char *end) {
  const unsigned char *p = (const unsigned char *)s;
  size_t left = (size_t)(end - s), n;
  if (left == 0) return 0;
  if (p[0] < 0x80) return 1;
  if (p[0] >= 0xC2 && p[0] <= 0xDF)
    n = 2;
  else if (p[0] >= 0xE0 && p[0] <= 0xEF)
    n = 3;
  else if (p[0] >= 0xF0 && p[0] <= 0xF4)
    n = 4;
  else
    return 0;
  if (left < n) return 0;
  for (size_t i = 1; i < n; i++)
    if ((p[i] & 0xC0) != 0x80) return 0;
  if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xF0 && p[1] < 0x90)) return 0; /* overlong */
  if ((p[0] == 0xED && p[1] > 0x9F) || (p[0] == 0xF4 && p[1] > 0x8F)) return 0; /* no character */
  return n;
}

size_t rh_json_put_integer(char out[RH_JSON_NUMBER_MAX], long long n) {
  char digits[RH_JSON_NUMBER_MAX];
  size_t at = sizeof(digits), len;
  unsigned long long rest = n < 0 ? 0 - (unsigned long long)n : (unsigned long long)n;
  do digits[--at] = (char)('0' + rest % 10);
  while ((rest /= 10) != 0);
  if (n < 0) digits[--at] = '-';
  len = sizeof(digits) - at;
  memcpy(out, digits + at, len);
  return len;
}

/* "C" is static in the usual libraries, so this costs next to nothing, and unlike setlocale it
   touches this thread only. */
static locale_t enter_c(locale_t *before) {
  locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
  if (c != (locale_t)0) *before = uselocale(c);
  return c;
}

static void leave_c(locale_t c, locale_t before) {
  uselocale(before);
  freelocale(c);
}

size_t rh_json_put_float(char out[RH_JSON_NUMBER_MAX], double n) {
  /* Any decimal of 15 digits survives a normal double, so fewer need no trying; subnormals hold
     fewer digits. */
  int digits = fabs(n) < DBL_MIN ? 1 : DBL_DIG;
  size_t len;
  locale_t before, c = enter_c(&before);
  if (c == (locale_t)0) return 0;
  do len = (size_t)snprintf(out, RH_JSON_NUMBER_MAX, "%.*g", digits, n);
  while (strtod(out, NULL) != n && digits++ < 17);
  leave_c(c, before);
  if (strpbrk(out, ".e") == NULL) {
    memcpy(out + len, ".0", 3);
    len += 2;
  }
  return len;
}

int rh_json_get_float(const char *text, double *out) {
  locale_t before, c = enter_c(&before);
  if (c == (locale_t)0) return 0;
  *out = strtod(text, NULL);
  leave_c(c, before);
  return 1;
}
