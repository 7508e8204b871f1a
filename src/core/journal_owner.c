/* Who works a journal, as its database says. See journal_owner.h. */
#include "journal_owner.h"

#include "digest.h"
#include "error.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define OWNER   "owner"   /* the token of who works it */
#define PROCESS "process" /* "number start" of that one's process */

/* ---- facts ----------------------------------------------------------------------------------- */

static void take(void *owner, rh_row *row) {
  snprintf(owner, sizeof(rh_fact), "%s", rh_row_text(row, 0));
}

rhub_status rh_fact_read(rh_store *store, const char *name, rh_fact out, rhub_error *error) {
  *out = '\0';
  return rh_store_run(store, "SELECT value FROM facts WHERE name = ?1", &RH_TEXT(name), 1, take,
                      out, error);
}

rhub_status rh_fact_write(rh_store *store, const char *name, const char *value, rhub_error *error) {
  return rh_store_run(store, "INSERT OR REPLACE INTO facts VALUES (?1, ?2)",
                      (const rh_value[]){RH_TEXT(name), RH_TEXT(value)}, 2, NULL, NULL, error);
}

/* ---- processes ------------------------------------------------------------------------------- */

static bool starts(const char *text, const char *with) {
  return strncmp(text, with, strlen(with)) == 0;
}

/* When a process was started, as the kernel tells it: another one of its number was at another
   time. "" where nobody tells, and of one that has ended and is not buried. */
static void start_of(long process, char out[24]) {
  enum { FIELDS = 20 }; /* from the one behind the name, which may hold anything */
  char name[48], text[1024];
  *out = '\0';
  snprintf(name, sizeof name, "/proc/%ld/stat", process);
  FILE *file = fopen(name, "re");
  if (!file) return;
  size_t len = fread(text, 1, sizeof text - 1, file);
  fclose(file);
  text[len] = '\0';
  char *at = strrchr(text, ')');
  if (at && (starts(at, ") Z") || starts(at, ") X"))) return;
  for (int i = 0; at && i < FIELDS; i++) at = strchr(at + 1, ' ');
  if (at) snprintf(out, 24, "%.*s", (int)strspn(at + 1, "0123456789"), at + 1);
}

static pthread_mutex_t of_this_process = PTHREAD_MUTEX_INITIALIZER;
static rh_owner *owners; /* those of this process */

static bool is_ours(const char *token) {
  pthread_mutex_lock(&of_this_process);
  const rh_owner *o = owners;
  while (o && strcmp(o->token, token) != 0) o = o->next;
  pthread_mutex_unlock(&of_this_process);
  return o != NULL;
}

/* Whether the process still runs, and in it who had the token. */
static bool lives(const char *process, const char *token) {
  char *end, start[24];
  long number = strtol(process, &end, 10);
  if (number <= 0 || *end != ' ') return false;
  if (number == (long)getpid()) return is_ours(token);
  start_of(number, start);
  return *start && strcmp(start, end + 1) == 0;
}

/* ---- the owner ------------------------------------------------------------------------------- */

rhub_status rh_owner_busy(const char *path, const char *process, rhub_error *error) {
  int digits = (int)strspn(process, "0123456789");
  return rh_fail(error, RHUB_IO,
                 "journal %s: %s%.*s works it now; wait until that ends, or give another journal",
                 path, digits ? "process " : "another process", digits, process);
}

static rhub_status check_others(rh_store *store, const char *path, rhub_error *error) {
  rh_fact token, process;
  rhub_status status = rh_fact_read(store, OWNER, token, error);
  if (status == RHUB_OK) status = rh_fact_read(store, PROCESS, process, error);
  if (status != RHUB_OK || !lives(process, token)) return status;
  return rh_owner_busy(path, process, error);
}

static bool make_token(rh_owner *owner) {
  rh_digest bytes;
  if (getrandom(bytes.bytes, sizeof bytes.bytes, 0) != sizeof bytes.bytes) return false;
  rh_digest_hex(&bytes, 32, owner->token);
  return true;
}

static void enlist(rh_owner *owner) {
  pthread_mutex_lock(&of_this_process);
  owner->next = owners;
  owners = owner;
  pthread_mutex_unlock(&of_this_process);
}

rhub_status rh_owner_take(rh_owner *owner, rh_store *store, const char *path, rhub_error *error) {
  char process[48], start[24];
  struct stat st;
  rhub_status status = check_others(store, path, error);
  if (status != RHUB_OK) return status;
  if (!make_token(owner)) return rh_fail(error, RHUB_IO, "journal %s: no random numbers", path);
  start_of((long)getpid(), start);
  snprintf(process, sizeof process, "%ld %s", (long)getpid(), start);
  status = rh_fact_write(store, OWNER, owner->token, error);
  if (status == RHUB_OK) status = rh_fact_write(store, PROCESS, process, error);
  if (status != RHUB_OK) {
    owner->token[0] = '\0';
    return status;
  }
  owner->path = path;
  owner->whole = realpath(path, NULL);
  if (owner->whole && stat(owner->whole, &st) == 0) {
    owner->device = st.st_dev;
    owner->inode = st.st_ino;
  }
  enlist(owner);
  return RHUB_OK;
}

rhub_status rh_owner_check(const rh_owner *owner, rh_store *store, rhub_error *error) {
  rh_fact token;
  rhub_status status = rh_fact_read(store, OWNER, token, error);
  if (status != RHUB_OK || strcmp(token, owner->token) == 0) return status;
  return rh_fail(error, RHUB_IO,
                 "journal %s: another process has taken it over, its .lock having been removed; "
                 "nothing more is recorded here",
                 owner->path);
}

rhub_status rh_owner_find(const rh_owner *owner, rhub_error *error) {
  struct stat st;
  if (!owner->whole) return RHUB_OK;
  if (stat(owner->whole, &st) == 0 && st.st_dev == owner->device && st.st_ino == owner->inode)
    return RHUB_OK;
  return rh_fail(error, RHUB_IO,
                 "journal %s: it was moved or removed while it was worked; put it back and run "
                 "again",
                 owner->path);
}

void rh_owner_leave(rh_owner *owner, rh_store *store) {
  rhub_error ignored;
  if (!*owner->token) return;
  rh_store_run(store,
               "DELETE FROM facts WHERE name = '" PROCESS "' AND ?1 ="
               " (SELECT value FROM facts WHERE name = '" OWNER "')",
               &RH_TEXT(owner->token), 1, NULL, NULL, &ignored);
  pthread_mutex_lock(&of_this_process);
  rh_owner **at = &owners;
  while (*at != owner) at = &(*at)->next;
  *at = owner->next;
  pthread_mutex_unlock(&of_this_process);
  free(owner->whole);
  owner->whole = NULL;
  owner->token[0] = '\0';
}
