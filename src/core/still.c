/* See still.h. */
#include "still.h"

#include <stdlib.h>
#include <string.h>

enum { LEN_MAX = 4096 };

bool rh_still_is(const rh_still *still, const char *body, size_t len, const char *id) {
  size_t id_len = strlen(id);
  if (!still->text || len - id_len != still->len - still->id_len || len < id_len) return false;
  const char *after = still->text + still->id_at + still->id_len;
  return memcmp(body, still->text, still->id_at) == 0 &&
         memcmp(body + still->id_at, id, id_len) == 0 &&
         memcmp(body + still->id_at + id_len, after, still->len - still->id_at - still->id_len) ==
             0;
}

void rh_still_keep(rh_still *still, const char *body, size_t len, const char *id) {
  size_t id_len = strlen(id);
  const char *at = len <= LEN_MAX ? memmem(body, len, id, id_len) : NULL;
  if (!at || id_len == 0) return;
  const char *rest = at + id_len;
  if (memmem(rest, (size_t)(body + len - rest), id, id_len)) return;
  char *text = malloc(len);
  if (!text) return;
  memcpy(text, body, len);
  free(still->text);
  still->text = text;
  still->len = len;
  still->id_at = (size_t)(at - body);
  still->id_len = id_len;
}

void rh_still_clear(rh_still *still) {
  free(still->text);
  *still = (rh_still){0};
}
