/* Amounts as decimal text, added digit by digit. No I/O, no allocation, no locale. */
#include "decimal.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PLACES 18

/* A plain decimal taken apart: digits before the point without leading zeros, digits behind it. */
typedef struct parts {
  const char *whole, *fraction;
  int whole_len, fraction_len;
} parts;

static size_t digits_at(const char *text, size_t len) {
  size_t n = 0;
  while (n < len && text[n] >= '0' && text[n] <= '9') n++;
  return n;
}

static bool take_apart(const char *text, size_t len, parts *p) {
  size_t whole = digits_at(text, len), fraction = 0;
  if (whole == 0) return false;
  if (whole < len) {
    if (text[whole] != '.') return false;
    fraction = digits_at(text + whole + 1, len - whole - 1);
    if (fraction == 0 || whole + 1 + fraction != len) return false;
  }
  size_t zeros = 0;
  while (zeros + 1 < whole && text[zeros] == '0') zeros++;
  whole -= zeros;
  if (whole > PLACES || fraction > PLACES) return false;
  if (text[zeros] != '0' && whole + fraction > PLACES) return false;
  *p = (parts){text + zeros, text + len - fraction, (int)whole, (int)fraction};
  return true;
}

bool rh_decimal_plain(const char *text, size_t len) {
  parts p;
  return take_apart(text, len, &p);
}

/* The digit that counts 10^power, 0 where none is written. */
static int digit(const parts *p, int power) {
  if (power >= 0) return power < p->whole_len ? p->whole[p->whole_len - 1 - power] - '0' : 0;
  return -power <= p->fraction_len ? p->fraction[-power - 1] - '0' : 0;
}

bool rh_decimal_add(const char *a, const char *b, char out[RH_DECIMAL_MAX]) {
  parts x, y;
  if (!take_apart(a, strlen(a), &x) || !take_apart(b, strlen(b), &y)) return false;
  int low = -(x.fraction_len > y.fraction_len ? x.fraction_len : y.fraction_len);
  int high = x.whole_len > y.whole_len ? x.whole_len : y.whole_len;
  char reversed[RH_DECIMAL_MAX];
  size_t n = 0;
  int carry = 0;
  for (int power = low; power < high || carry; power++) {
    if (power == 0 && low < 0) reversed[n++] = '.';
    int sum = digit(&x, power) + digit(&y, power) + carry;
    reversed[n++] = (char)('0' + sum % 10);
    carry = sum / 10;
  }
  for (size_t i = 0; i < n; i++) out[i] = reversed[n - 1 - i];
  out[n] = '\0';
  return true;
}

/* Whatever the locale writes between digits becomes the point. */
static void plain_point(char *text) {
  size_t n = 0;
  bool point = false;
  for (const char *p = text; *p; p++) {
    if (*p >= '0' && *p <= '9') {
      text[n++] = *p;
    } else if (!point) {
      text[n++] = '.';
      point = true;
    }
  }
  text[n] = '\0';
}

bool rh_decimal_of(double value, char out[RH_DECIMAL_MAX]) {
  if (!isfinite(value) || value < 0 || value >= 1e18) return false;
  if (value == 0) return strcpy(out, "0"), true;
  int digits = 15;
  for (; digits < 17; digits++) {
    snprintf(out, RH_DECIMAL_MAX, "%.*e", digits - 1, value);
    if (strtod(out, NULL) == value) break;
  }
  /* `digits` digits that count, so many of them behind the point; zeros at the end say nothing. */
  snprintf(out, RH_DECIMAL_MAX, "%.*e", digits - 1, value);
  int places = digits - 1 - atoi(strchr(out, 'e') + 1);
  if (places > 30) return false;
  char text[64];
  snprintf(text, sizeof text, "%.*f", places > 0 ? places : 0, value);
  plain_point(text);
  size_t len = strlen(text);
  if (strchr(text, '.')) {
    while (text[len - 1] == '0') len--;
    if (text[len - 1] == '.') len--;
  }
  text[len] = '\0';
  if (!rh_decimal_plain(text, len)) return false;
  memcpy(out, text, len + 1);
  return true;
}

bool rh_decimal_units(const char *text, bool up, int64_t *out) {
  parts p;
  int64_t units = 0;
  if (!take_apart(text, strlen(text), &p)) return false;
  for (int power = p.whole_len - 1; power >= -RH_UNIT_PLACES; power--)
    if (__builtin_mul_overflow(units, 10, &units) ||
        __builtin_add_overflow(units, digit(&p, power), &units))
      return false;
  bool finer = false;
  for (int power = -RH_UNIT_PLACES - 1; power >= -p.fraction_len; power--)
    finer = finer || digit(&p, power) != 0;
  if (finer && up && __builtin_add_overflow(units, 1, &units)) return false;
  *out = units;
  return true;
}

void rh_decimal_text(int64_t units, char out[RH_DECIMAL_MAX]) {
  int len = snprintf(out, RH_DECIMAL_MAX, "%" PRId64 ".%04d", units / 10000, (int)(units % 10000));
  for (int useless = 2; useless > 0 && out[len - 1] == '0'; useless--) out[--len] = '\0';
}
