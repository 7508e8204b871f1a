/* What makes two calls the same: parameters without regard to the order of their keys, and written
 * as jansson writes them. Most are a flat object of plain texts, whole numbers and words, which is
 * put in order as it stands; jansson does all others, and takes ten times as long. */
#include "params.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* ---- flat ones ------------------------------------------------------------------------------- */

enum { MEMBERS = 32, DIGITS = 18 /* of a number that surely fits into 64 bits */ };

typedef struct piece {
  const char *at;
  size_t len;
} piece;

typedef struct member {
  piece name, value; /* a name with its quotes */
} member;

static const char *skip_spaces(const char *p) {
  return p + strspn(p, " \t\r\n");
}

/* Behind a string without escapes, which jansson would write the same; NULL: it is none. */
static const char *skip_string(const char *p) {
  if (*p != '"') return NULL;
  p += 1 + strcspn(p + 1, "\"\\");
  return *p == '"' ? p + 1 : NULL;
}

/* The same for a number without a fraction, which is not -0. */
static const char *skip_number(const char *p) {
  const char *digits = p + (*p == '-');
  size_t count = strspn(digits, "0123456789");
  bool negative_zero = digits > p && *digits == '0';
  if (count == 0 || count > DIGITS || negative_zero || strchr(".eE", digits[count])) return NULL;
  return digits + count;
}

static const char *skip_word(const char *p) {
  static const char *const words[] = {"true", "false", "null"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strncmp(p, words[i], strlen(words[i])) == 0) return p + strlen(words[i]);
  return NULL;
}

static const char *take(const char *(*skip)(const char *), const char *p, piece *out) {
  const char *end = skip(p);
  if (end) *out = (piece){p, (size_t)(end - p)};
  return end;
}

static const char *take_member(const char *p, member *out) {
  if (!(p = take(skip_string, skip_spaces(p), &out->name))) return NULL;
  p = skip_spaces(p);
  if (*p != ':') return NULL;
  p = skip_spaces(p + 1);
  return take(*p == '"'                               ? skip_string
              : *p == '-' || (*p >= '0' && *p <= '9') ? skip_number
                                                      : skip_word,
              p, &out->value);
}

/* As jansson puts them in order: without the quotes. */
static int compare(const piece *a, const piece *b) {
  int order = memcmp(a->at + 1, b->at + 1, (a->len < b->len ? a->len : b->len) - 2);
  return order ? order : (a->len > b->len) - (a->len < b->len);
}

/* Puts one more into its place. False: there is one of that name. */
static bool insert(member *members, size_t count, const member *m) {
  size_t at = count;
  for (; at > 0; at--) {
    int order = compare(&m->name, &members[at - 1].name);
    if (order == 0) return false;
    if (order > 0) break;
    members[at] = members[at - 1];
  }
  members[at] = *m;
  return true;
}

/* All members of a flat object, in order; 0: it is empty, or no flat one. */
static size_t take_members(const char *p, member members[MEMBERS]) {
  size_t count = 0;
  member m;
  p = skip_spaces(p);
  if (*p != '{') return 0;
  do {
    if (count == MEMBERS || !(p = take_member(p + 1, &m)) || !insert(members, count, &m)) return 0;
    count++;
    p = skip_spaces(p);
  } while (*p == ',');
  return *p == '}' ? count : 0;
}

static char *put(char *to, char before, const piece *what) {
  *to++ = before;
  return (char *)memcpy(to, what->at, what->len) + what->len;
}

/* False: it is none that could be put in order as it stands. */
static bool sort_flat(const char *text, size_t len, char **out) {
  member members[MEMBERS];
  size_t count = take_members(text, members);
  if (count == 0) return false;
  char *p = *out = malloc(len + 1);
  if (!p) return true;
  for (size_t i = 0; i < count; i++) {
    p = put(p, i ? ',' : '{', &members[i].name);
    p = put(p, ':', &members[i].value);
  }
  strcpy(p, "}");
  return true;
}

/* ---- any ------------------------------------------------------------------------------------- */

static char *copy(const char *text, size_t len) {
  char *out = malloc(len + 1);
  if (!out) return NULL;
  memcpy(out, text, len);
  out[len] = '\0';
  return out;
}

static char *sort(const char *text, size_t len) {
  char *sorted;
  if (sort_flat(text, len, &sorted)) return sorted;
  json_t *tree = json_loadb(text, len, JSON_ALLOW_NUL, NULL);
  if (!tree) return copy(text, len); /* numbers beyond what jansson holds: as they were written */
  sorted = json_dumps(tree, JSON_SORT_KEYS | JSON_COMPACT);
  json_decref(tree);
  return sorted;
}

char *rh_params_identity(const char *text, size_t len, const char *const *pointers, size_t count) {
  const char *nothing[count + 1];
  for (size_t i = 0; i < count; i++) nothing[i] = "";
  size_t placed_len = len;
  char *placed =
      count ? rh_params_place(text, len, pointers, nothing, count, &placed_len) : copy(text, len);
  char *sorted = placed ? sort(placed, placed_len) : NULL;
  free(placed);
  return sorted;
}
