/* Addresses by content. A list: an upload is seconds of work, walking a few thousand entries is
 * microseconds. */
#include "known.h"

#include <stdlib.h>
#include <string.h>

#define MOST   4096
#define MARGIN 3600.0  /* a task may wait for a place with the address in hand */
#define LIFE   86400.0 /* seconds: how long the service signs an address for */

double rh_known_until(const char *url, double now) {
  const char *window = strstr(url, "q-sign-time=");
  double until = now + LIFE;
  if (window) {
    char *end;
    window += strlen("q-sign-time=");
    strtoull(window, &end, 10);
    size_t separator = *end == ';'                                                  ? 1
                       : strncmp(end, "%3B", 3) == 0 || strncmp(end, "%3b", 3) == 0 ? 3
                                                                                    : 0;
    unsigned long long last = separator ? strtoull(end + separator, &end, 10) : 0;
    if (last > 0 && (double)last < until) until = (double)last;
  }
  return until - MARGIN;
}

/* Drops what has died, and what is too much. */
static void prune(rh_known_list *list, double now) {
  size_t kept = 0;
  for (rh_known **at = &list->first; *at;) {
    rh_known *known = *at;
    if (known->until > now && kept < MOST) {
      kept++;
      at = &known->next;
    } else {
      *at = known->next;
      free(known);
    }
  }
  list->count = kept;
}

bool rh_known_size(rh_known_list *list, uint64_t size, double now) {
  prune(list, now);
  for (const rh_known *k = list->first; k; k = k->next)
    if (k->size == size) return true;
  return false;
}

const rh_known *rh_known_find(rh_known_list *list, uint64_t size, const rh_digest *digest,
                              double now) {
  prune(list, now);
  for (const rh_known *k = list->first; k; k = k->next)
    if (k->size == size && memcmp(&k->digest, digest, sizeof *digest) == 0) return k;
  return NULL;
}

void rh_known_add(rh_known_list *list, uint64_t size, const rh_digest *digest, const char *url,
                  const char *file_name, double now) {
  size_t url_len = strlen(url) + 1, name_len = strlen(file_name) + 1;
  rh_known *known = malloc(sizeof *known + url_len + name_len);
  if (!known) return;
  known->digest = *digest;
  known->size = size;
  known->until = rh_known_until(url, now);
  known->url = memcpy(known->text, url, url_len);
  known->file_name = memcpy(known->text + url_len, file_name, name_len);
  known->next = list->first;
  list->first = known;
  prune(list, now);
}

void rh_known_clear(rh_known_list *list) {
  for (rh_known *k = list->first, *next; k; k = next) {
    next = k->next;
    free(k);
  }
  *list = (rh_known_list){NULL, 0};
}
