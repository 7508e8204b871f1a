/* A damaged database that is set aside: a name that nothing takes for the database itself, and by
 * which it is found again. See store.h. */
#include "store.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define DAMAGED ".damaged-"

static bool is_free(const char *name) {
  struct stat st;
  return lstat(name, &st) != 0;
}

/* The database first: what is left of it without its log could pass for a sound one. */
bool rh_store_set_aside(const char *path, char aside[static RH_STORE_ASIDE]) {
  static const char *const endings[] = {"-wal", "-shm"};
  char from[RH_STORE_ASIDE], to[RH_STORE_ASIDE + 4], date[20];
  time_t now = time(NULL);
  struct tm utc;
  strftime(date, sizeof date, "%Y%m%d-%H%M%S", gmtime_r(&now, &utc));
  int len = snprintf(aside, RH_STORE_ASIDE, "%s" DAMAGED "%s", path, date);
  if (len >= RH_STORE_ASIDE || !is_free(aside) || rename(path, aside) != 0) return false;
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    snprintf(from, sizeof from, "%s%s", path, endings[i]);
    snprintf(to, sizeof to, "%s%s", aside, endings[i]);
    rename(from, to); /* it may not be there */
  }
  return true;
}

static bool is_aside(const char *name, const char *base) {
  size_t len = strlen(base);
  if (strncmp(name, base, len) != 0 || strncmp(name + len, DAMAGED, strlen(DAMAGED)) != 0)
    return false;
  const char *date = name + len + strlen(DAMAGED);
  return *date && strspn(date, "0123456789-") == strlen(date);
}

bool rh_store_find_aside(const char *path, char aside[static RH_STORE_ASIDE]) {
  const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
  char folder[strlen(path) + 2], last[256] = "";
  snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) + 1 : 1, slash ? path : ".");
  DIR *dir = opendir(folder);
  if (!dir) return false;
  for (struct dirent *entry; (entry = readdir(dir));)
    if (is_aside(entry->d_name, base) && strcmp(entry->d_name, last) > 0)
      snprintf(last, sizeof last, "%s", entry->d_name);
  closedir(dir);
  return *last &&
         snprintf(aside, RH_STORE_ASIDE, "%.*s%s", (int)(base - path), path, last) < RH_STORE_ASIDE;
}
