/* What makes two calls the same: parameters without regard to the order of their keys. */
#include "params.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static char *copy(const char *text, size_t len) {
  char *out = malloc(len + 1);
  if (!out) return NULL;
  memcpy(out, text, len);
  out[len] = '\0';
  return out;
}

char *rh_params_identity(const char *text, size_t len, const char *const *pointers, size_t count) {
  const char *nothing[count + 1];
  for (size_t i = 0; i < count; i++) nothing[i] = "";
  size_t placed_len = len;
  char *placed =
      count ? rh_params_place(text, len, pointers, nothing, count, &placed_len) : copy(text, len);
  if (!placed) return NULL;
  json_t *tree = json_loadb(placed, placed_len, JSON_ALLOW_NUL, NULL);
  if (!tree) return placed; /* numbers beyond what jansson holds: as they were written */
  char *sorted = json_dumps(tree, JSON_SORT_KEYS | JSON_COMPACT);
  json_decref(tree);
  free(placed);
  return sorted;
}
