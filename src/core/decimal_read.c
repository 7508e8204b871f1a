/* Amounts as other programs write them, made plain. No I/O, no allocation, no locale. */
#include "decimal.h"

#include <stdlib.h>
#include <string.h>

#define PLACES 18 /* as in decimal.c: more digits are no plain decimal */

static size_t digits_at(const char *text, size_t len) {
  size_t n = 0;
  while (n < len && text[n] >= '0' && text[n] <= '9') n++;
  return n;
}

/* An amount as other programs write it: digits without the point and without zeros in front, and
   the power of ten that the last of them counts. */
typedef struct written {
  char digits[64];
  int len, power;
} written;

static void add_digits(written *w, const char *text, size_t len, bool fraction) {
  for (size_t i = 0; i < len; i++) {
    if (w->len == 0 && text[i] == '0') {
      if (fraction) w->power--;
      continue;
    }
    if (w->len < (int)sizeof w->digits) {
      w->digits[w->len++] = text[i];
      if (fraction) w->power--;
    } else if (!fraction) {
      w->power++;
    }
  }
}

/* The exponent at the end, if there is one; -1 where there is something else. */
static int read_exponent(const char *text, size_t len, int *power) {
  if (len == 0) return 0;
  if ((text[0] | 32) != 'e') return -1;
  size_t sign = len > 1 && (text[1] == '+' || text[1] == '-');
  size_t n = digits_at(text + 1 + sign, len - 1 - sign);
  if (n == 0 || n > 3 || 1 + sign + n != len) return -1;
  int value = atoi(text + 1 + sign);
  *power += sign && text[1] == '-' ? -value : value;
  return 0;
}

/* Cuts to PLACES digits, the last one rounded up where anything was cut. */
static void round_up(written *w) {
  bool cut = false;
  while (w->len > PLACES || w->power < -PLACES) {
    cut = cut || (w->len > 0 && w->digits[w->len - 1] != '0');
    if (w->len > 0) w->len--;
    w->power++;
  }
  for (int at = w->len - 1; cut; at--) {
    if (at < 0) { /* all nines, or nothing left */
      w->digits[0] = '1';
      w->power += w->len;
      w->len = 1;
      return;
    }
    cut = w->digits[at] == '9';
    w->digits[at] = cut ? '0' : (char)(w->digits[at] + 1);
  }
}

bool rh_decimal_read(const char *text, size_t len, char out[RH_DECIMAL_MAX]) {
  written w = {.len = 0};
  const char *end = text + len;
  if (len && *text == '+') text++;
  size_t whole = digits_at(text, (size_t)(end - text));
  const char *behind = text + whole;
  size_t fraction = 0;
  if (behind < end && *behind == '.') {
    behind++;
    fraction = digits_at(behind, (size_t)(end - behind));
  }
  add_digits(&w, text, whole, false);
  add_digits(&w, behind, fraction, true);
  behind += fraction;
  if (whole + fraction == 0 || read_exponent(behind, (size_t)(end - behind), &w.power) < 0)
    return false;
  round_up(&w);
  if (w.len == 0) return strcpy(out, "0"), true;
  int places = w.power < 0 ? -w.power : 0, before = w.len + w.power;
  if (before > PLACES) return false;
  char *p = out;
  for (int power = (before > 0 ? before : 1) - 1; power >= -places; power--) {
    int at = before - 1 - power;
    if (power == -1) *p++ = '.';
    *p++ = at >= 0 && at < w.len ? w.digits[at] : '0';
  }
  *p = '\0';
  return rh_decimal_plain(out, (size_t)(p - out));
}
