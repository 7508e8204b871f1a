/* See remember.h. A plain array: a run uploads some thousands of files at most, and a look at their
 * sizes costs less than the system calls around it. */
#include "remember.h"

#include <stdlib.h>
#include <string.h>

enum {
  ITEMS_MAX = 4096, /* the oldest gives way */
  LIFETIME = 86400, /* of an address, protocol 1.5 */
  MARGIN = 3600     /* a task that waits for its place still needs the address */
};

bool rh_memory_has_size(const rh_memory *memory, uint64_t size, time_t now) {
  for (size_t i = 0; i < memory->count; i++)
    if (memory->items[i].size == size && memory->items[i].expires > now) return true;
  return false;
}

const rh_remembered *rh_memory_find(const rh_memory *memory, const rh_digest *digest, uint64_t size,
                                    time_t now) {
  for (size_t i = memory->count; i-- > 0;) {
    const rh_remembered *item = &memory->items[i];
    if (item->size == size && item->expires > now &&
        memcmp(&item->digest, digest, sizeof *digest) == 0)
      return item;
  }
  return NULL;
}

static void item_clear(rh_remembered *item) {
  free(item->url);
  free(item->file_name);
}

static bool make_room(rh_memory *memory) {
  if (memory->count == ITEMS_MAX) {
    item_clear(&memory->items[0]);
    memmove(memory->items, memory->items + 1, --memory->count * sizeof *memory->items);
  }
  if (memory->count < memory->room) return true;
  size_t room = memory->room ? memory->room * 2 : 16;
  rh_remembered *items = realloc(memory->items, room * sizeof *items);
  if (!items) return false;
  memory->items = items;
  memory->room = room;
  return true;
}

void rh_memory_keep(rh_memory *memory, const rh_digest *digest, uint64_t size, const char *url,
                    const char *file_name, time_t now) {
  rh_remembered item = {.digest = *digest,
                        .size = size,
                        .url = strdup(url),
                        .file_name = strdup(file_name),
                        .expires = rh_address_expires(url, now)};
  if (item.url && item.file_name && make_room(memory))
    memory->items[memory->count++] = item;
  else
    item_clear(&item);
}

void rh_memory_clear(rh_memory *memory) {
  for (size_t i = 0; i < memory->count; i++) item_clear(&memory->items[i]);
  free(memory->items);
  *memory = (rh_memory){0};
}

time_t rh_address_expires(const char *url, time_t now) {
  time_t end = now + LIFETIME;
  const char *sign = strstr(url, "q-sign-time=");
  if (sign) {
    sign += strlen("q-sign-time=");
    sign += strspn(sign, "0123456789");
    if (*sign == ';')
      sign++;
    else if (strncmp(sign, "%3B", 3) == 0 || strncmp(sign, "%3b", 3) == 0)
      sign += 3;
    long long told = strtoll(sign, NULL, 10);
    if (told > now && told < end) end = (time_t)told;
  }
  return end - MARGIN;
}
