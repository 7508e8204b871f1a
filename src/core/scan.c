/* JSON text walked in place. RFC 8259 to the letter, UTF-8 checked, depth bounded. No I/O, no
 * allocation. */
#include "scan.h"
#include "utf8.h"

#include <string.h>

static bool fault(rh_scan *s, const char *problem) {
  s->problem = problem;
  return false;
}

static int peek(const rh_scan *s) {
  return s->at < s->len ? (unsigned char)s->text[s->at] : -1;
}

static void skip_spaces(rh_scan *s) {
  while (s->at < s->len && (s->text[s->at] == ' ' || s->text[s->at] == '\n' ||
                            s->text[s->at] == '\t' || s->text[s->at] == '\r'))
    s->at++;
}

static bool is_digit(int c) {
  return c >= '0' && c <= '9';
}

static int hex(int c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/* ---- the grammar --------------------------------------------------------------------------- */

static bool scan_escape(rh_scan *s) {
  s->at++; /* the backslash */
  int c = peek(s);
  if (c == 'u') {
    for (int i = 1; i <= 4; i++)
      if (s->at + (size_t)i >= s->len || hex((unsigned char)s->text[s->at + (size_t)i]) < 0)
        return fault(s, "\\u needs four hexadecimal digits");
    s->at += 5;
    return true;
  }
  if (c <= 0 || !strchr("\"\\/bfnrt", c)) return fault(s, "no such escape in a string");
  s->at++;
  return true;
}

static bool scan_string(rh_scan *s) {
  for (s->at++; s->at < s->len;) {
    unsigned char c = (unsigned char)s->text[s->at];
    if (c == '"') {
      s->at++;
      return true;
    }
    if (c == '\\') {
      if (!scan_escape(s)) return false;
    } else if (c < 0x20) {
      return fault(s, "a control character in a string (write \\n for a new line)");
    } else if (c < 0x80) {
      s->at++;
    } else {
      size_t n = rh_utf8_len(s->text + s->at, s->len - s->at);
      if (n == 0) return fault(s, "a byte that is no UTF-8");
      s->at += n;
    }
  }
  return fault(s, "a string has no end");
}

static bool scan_digits(rh_scan *s) {
  if (!is_digit(peek(s))) return fault(s, "a digit is missing");
  while (is_digit(peek(s))) s->at++;
  return true;
}

static bool scan_number(rh_scan *s) {
  if (peek(s) == '-') s->at++;
  if (peek(s) == '0') {
    s->at++;
    if (is_digit(peek(s))) return fault(s, "a number begins with 0");
  } else if (!scan_digits(s)) {
    return false;
  }
  if (peek(s) == '.') {
    s->at++;
    if (!scan_digits(s)) return false;
  }
  if (peek(s) == 'e' || peek(s) == 'E') {
    s->at++;
    if (peek(s) == '+' || peek(s) == '-') s->at++;
    if (!scan_digits(s)) return false;
  }
  return true;
}

static bool scan_word(rh_scan *s, const char *word) {
  size_t n = strlen(word);
  if (s->len - s->at < n || memcmp(s->text + s->at, word, n) != 0)
    return fault(s, "a value is missing");
  s->at += n;
  return true;
}

/* The key of an object's member and its colon. */
static bool scan_key(rh_scan *s) {
  skip_spaces(s);
  if (peek(s) != '"') return fault(s, "a name in double quotes is missing");
  if (!scan_string(s)) return false;
  skip_spaces(s);
  if (peek(s) != ':') return fault(s, "a ':' is missing");
  s->at++;
  return true;
}

/* An array or an object, from its bracket on. */
static bool scan_nest(rh_scan *s, char close) {
  if (s->depth == RH_SCAN_DEPTH) return fault(s, "too many brackets inside each other");
  s->depth++;
  s->at++;
  skip_spaces(s);
  if (peek(s) != close) {
    for (;;) {
      if (close == '}' && !scan_key(s)) return false;
      if (!rh_scan_value(s)) return false;
      skip_spaces(s);
      if (peek(s) != ',') break;
      s->at++;
    }
    if (peek(s) != close)
      return fault(s, close == '}' ? "a ',' or '}' is missing" : "a ',' or ']' is missing");
  }
  s->at++;
  s->depth--;
  return true;
}

bool rh_scan_value(rh_scan *s) {
  skip_spaces(s);
  int c = peek(s);
  switch (c) {
  case '{': return scan_nest(s, '}');
  case '[': return scan_nest(s, ']');
  case '"': return scan_string(s);
  case 't': return scan_word(s, "true");
  case 'f': return scan_word(s, "false");
  case 'n': return scan_word(s, "null");
  default: break;
  }
  if (c == '-' || is_digit(c)) return scan_number(s);
  return fault(s, "a value is missing");
}

bool rh_scan_whole(rh_scan *s) {
  if (!rh_scan_value(s)) return false;
  skip_spaces(s);
  return s->at == s->len || fault(s, "text stands behind the end");
}

/* ---- pointers ------------------------------------------------------------------------------ */

static size_t put_utf8(unsigned c, char out[4]) {
  if (c < 0x80) {
    out[0] = (char)c;
    return 1;
  }
  if (c < 0x800) {
    out[0] = (char)(0xC0 | c >> 6);
    out[1] = (char)(0x80 | (c & 0x3F));
    return 2;
  }
  if (c < 0x10000) {
    out[0] = (char)(0xE0 | c >> 12);
    out[1] = (char)(0x80 | (c >> 6 & 0x3F));
    out[2] = (char)(0x80 | (c & 0x3F));
    return 3;
  }
  out[0] = (char)(0xF0 | c >> 18);
  out[1] = (char)(0x80 | (c >> 12 & 0x3F));
  out[2] = (char)(0x80 | (c >> 6 & 0x3F));
  out[3] = (char)(0x80 | (c & 0x3F));
  return 4;
}

static unsigned hex4(const char *at) {
  unsigned c = 0;
  for (int i = 0; i < 4; i++) c = c << 4 | (unsigned)hex((unsigned char)at[i]);
  return c;
}

/* Takes one written character of a string's inside (well-formed): its bytes as meant. */
static size_t unescape(const char **at, char out[4]) {
  const char *p = *at;
  if (*p != '\\') {
    out[0] = *p;
    *at = p + 1;
    return 1;
  }
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  if (p[1] != 'u') {
    out[0] = to[strchr(from, p[1]) - from];
    *at = p + 2;
    return 1;
  }
  unsigned c = hex4(p + 2);
  *at = p + 6;
  if (c >= 0xD800 && c < 0xDC00 && p[6] == '\\' && p[7] == 'u') {
    unsigned low = hex4(p + 8);
    if (low >= 0xDC00 && low < 0xE000) {
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
      *at = p + 12;
    }
  }
  return put_utf8(c, out);
}

/* Whether the name written in [key, key_end), without its quotes, is the pointer's token. */
static bool same_name(const char *key, const char *key_end, const char *token, size_t token_len) {
  const char *token_end = token + token_len;
  while (key < key_end) {
    char bytes[4];
    size_t n = unescape(&key, bytes);
    for (size_t i = 0; i < n; i++) {
      if (token == token_end) return false;
      char want = *token++;
      if (want == '~' && token < token_end) want = *token++ == '1' ? '/' : '~';
      if (bytes[i] != want) return false;
    }
  }
  return token == token_end;
}

/* Goes from the object at s->at to the value of its member `token`. */
static bool enter_object(rh_scan *s, const char *token, size_t token_len, rh_span *out) {
  bool found = false;
  s->at++;
  skip_spaces(s);
  while (peek(s) != '}') {
    skip_spaces(s);
    size_t key = s->at + 1;
    if (!scan_string(s)) return false;
    size_t key_end = s->at - 1;
    skip_spaces(s);
    s->at++; /* the colon */
    skip_spaces(s);
    size_t start = s->at;
    if (!rh_scan_value(s)) return false;
    if (same_name(s->text + key, s->text + key_end, token, token_len)) {
      *out = (rh_span){start, s->at};
      found = true;
    }
    skip_spaces(s);
    if (peek(s) == ',') s->at++;
  }
  return found;
}

/* "0", "1", "12": an array's index, no sign, no leading zero. */
static bool read_index(const char *token, size_t len, size_t *out) {
  if (len == 0 || len > 9 || (len > 1 && token[0] == '0')) return false;
  size_t n = 0;
  for (size_t i = 0; i < len; i++) {
    if (!is_digit((unsigned char)token[i])) return false;
    n = n * 10 + (size_t)(token[i] - '0');
  }
  *out = n;
  return true;
}

static bool enter_array(rh_scan *s, const char *token, size_t token_len, rh_span *out) {
  size_t index;
  if (!read_index(token, token_len, &index)) return false;
  s->at++;
  skip_spaces(s);
  if (peek(s) == ']') return false;
  for (;; index--) {
    skip_spaces(s);
    size_t start = s->at;
    if (!rh_scan_value(s)) return false;
    if (index == 0) {
      *out = (rh_span){start, s->at};
      return true;
    }
    skip_spaces(s);
    if (peek(s) != ',') return false;
    s->at++;
  }
}

bool rh_scan_find(const char *text, size_t len, const char *pointer, rh_span *out) {
  rh_scan s = {text, len, 0, NULL, 0};
  skip_spaces(&s);
  rh_span here = {s.at, 0};
  if (!rh_scan_value(&s)) return false;
  here.end = s.at;
  while (*pointer == '/') {
    const char *token = ++pointer;
    while (*pointer != '\0' && *pointer != '/') pointer++;
    s = (rh_scan){text, here.end, here.start, NULL, 0};
    size_t token_len = (size_t)(pointer - token);
    bool found = text[here.start] == '{'   ? enter_object(&s, token, token_len, &here)
                 : text[here.start] == '[' ? enter_array(&s, token, token_len, &here)
                                           : false;
    if (!found) return false;
  }
  *out = here;
  return *pointer == '\0';
}

/* ---- writing ------------------------------------------------------------------------------- */

size_t rh_scan_quote(const char *value, char *out) {
  static const char hex_digits[] = "0123456789abcdef";
  size_t n = 0;
#define PUT(c) (out ? (void)(out[n] = (c)) : (void)0, n++)
  PUT('"');
  for (const char *p = value; *p != '\0'; p++) {
    unsigned char c = (unsigned char)*p;
    if (c == '"' || c == '\\') {
      PUT('\\');
      PUT((char)c);
    } else if (c < 0x20) {
      PUT('\\');
      PUT('u');
      PUT('0');
      PUT('0');
      PUT(hex_digits[c >> 4]);
      PUT(hex_digits[c & 15]);
    } else {
      PUT((char)c);
    }
  }
  PUT('"');
#undef PUT
  return n;
}
