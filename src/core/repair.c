/* JSON text that a strict reader refuses over a trifle, made readable: one odd byte in a message
 * must not turn a paid task into an unknown one. Mends spelling only, never structure. No I/O. */
#include "repair.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

#define REPLACEMENT   "\xEF\xBF\xBD"
#define LONGEST_EXACT 18 /* digits of any number that 64 bits hold */

typedef struct mender {
  const char *at, *end;
  char *out; /* NULL: only counts */
  size_t n;
  bool nuls;
} mender;

static void put(mender *m, const char *bytes, size_t len) {
  if (m->out) memcpy(m->out + m->n, bytes, len);
  m->n += len;
}

/* Copies `len` bytes of the text as they are. */
static void pass(mender *m, size_t len) {
  put(m, m->at, len);
  m->at += len;
}

/* Puts `bytes` in the place of the text's next `len` bytes. */
static void instead(mender *m, size_t len, const char *bytes) {
  put(m, bytes, strlen(bytes));
  m->at += len;
}

/* The character of a \uXXXX at `at`, or -1 where none is written. */
static long escaped(const char *at, const char *end) {
  if (end - at < 6 || at[0] != '\\' || at[1] != 'u') return -1;
  long c = 0;
  for (int i = 2; i < 6; i++) {
    char d = at[i];
    int digit = d >= '0' && d <= '9'   ? d - '0'
                : d >= 'a' && d <= 'f' ? d - 'a' + 10
                : d >= 'A' && d <= 'F' ? d - 'A' + 10
                                       : -1;
    if (digit < 0) return -1;
    c = c << 4 | digit;
  }
  return c;
}

static void mend_escape(mender *m) {
  long c = escaped(m->at, m->end);
  if (c >= 0xD800 && c <= 0xDBFF) {
    long low = escaped(m->at + 6, m->end);
    if (low >= 0xDC00 && low <= 0xDFFF) {
      pass(m, 12);
    } else {
      instead(m, 6, REPLACEMENT);
    }
  } else if ((c >= 0xDC00 && c <= 0xDFFF) || (c == 0 && !m->nuls)) {
    instead(m, 6, REPLACEMENT);
  } else if (c >= 0) {
    pass(m, 6);
  } else if (m->end - m->at >= 2 && m->at[1] != '\0' && strchr("\"\\/bfnrt", m->at[1])) {
    pass(m, 2);
  } else {
    instead(m, 1, "\\\\");
  }
}

static void mend_control(mender *m) {
  static const char digits[] = "0123456789abcdef";
  unsigned char c = (unsigned char)*m->at;
  char written[] = {'\\', 'u', '0', '0', digits[c >> 4], digits[c & 15], '\0'};
  instead(m, 1, c == 0 && !m->nuls ? REPLACEMENT : written);
}

static void mend_string(mender *m) {
  pass(m, 1);
  while (m->at < m->end) {
    unsigned char c = (unsigned char)*m->at;
    if (c == '"') {
      pass(m, 1);
      return;
    }
    size_t n = rh_utf8_len(m->at, (size_t)(m->end - m->at));
    if (c == '\\') {
      mend_escape(m);
    } else if (c < 0x20) {
      mend_control(m);
    } else if (n == 0) {
      instead(m, 1, REPLACEMENT);
    } else {
      pass(m, n);
    }
  }
}

/* What Python writes for numbers that JSON has none for. */
static bool mend_no_number(mender *m) {
  static const char *const words[] = {"NaN", "Infinity", "-Infinity"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    size_t len = strlen(words[i]);
    if ((size_t)(m->end - m->at) < len || memcmp(m->at, words[i], len) != 0) continue;
    instead(m, len, "null");
    return true;
  }
  return false;
}

static void mend_number(mender *m) {
  size_t len = 0, digits = 0;
  bool exponent = false;
  for (; m->at + len < m->end; len++) {
    char c = m->at[len];
    if (c >= '0' && c <= '9') {
      digits++;
    } else if (c == 'e' || c == 'E') {
      exponent = true;
    } else if (c != '-' && c != '+' && c != '.') {
      break;
    }
  }
  bool quoted = digits > LONGEST_EXACT || exponent;
  if (quoted) put(m, "\"", 1);
  pass(m, len);
  if (quoted) put(m, "\"", 1);
}

static size_t mend(const char *text, size_t len, bool nuls, char *out) {
  mender m = {text, text + len, out, 0, nuls};
  if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) m.at += 3;
  while (m.at < m.end) {
    char c = *m.at;
    if (c == '"') {
      mend_string(&m);
    } else if (strchr("NI-", c) && c && mend_no_number(&m)) {
      continue;
    } else if (c == '-' || (c >= '0' && c <= '9')) {
      mend_number(&m);
    } else if (c == '\0') {
      instead(&m, 1, " ");
    } else {
      pass(&m, 1);
    }
  }
  return m.n;
}

char *rh_repair(const char *text, size_t len, bool nuls, size_t *out_len) {
  size_t size = mend(text, len, nuls, NULL);
  char *out = malloc(size + 1);
  if (!out) return NULL;
  mend(text, len, nuls, out);
  out[size] = '\0';
  *out_len = size;
  return out;
}
