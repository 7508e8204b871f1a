/* Uploads by content, on a store. */
#include "known.h"

#include "error.h"
#include "store.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MARGIN   3600.0  /* a task may wait for a place with the address in hand */
#define LIFE     86400.0 /* seconds: how long the service signs an address for */
#define MOST     20000
#define PATIENCE 200 /* milliseconds */

static const rh_store_plan plan = {
    .what = "upload cache",
    .id = 0x72687570, /* "rhup" */
    .version = 1,
    .schema =
        "CREATE TABLE uploads (origin TEXT NOT NULL, account TEXT NOT NULL, kind TEXT NOT NULL,"
        " extension TEXT NOT NULL, size INTEGER NOT NULL, digest BLOB NOT NULL,"
        " url TEXT NOT NULL, file_name TEXT NOT NULL, dies INTEGER NOT NULL,"
        " PRIMARY KEY (origin, account, kind, extension, size, digest)) WITHOUT ROWID;"
        "CREATE INDEX uploads_dies ON uploads (dies)",
    .patience = PATIENCE,
};

struct rh_known {
  atomic_int holders;
  pthread_mutex_t lock; /* of what follows */
  rh_store *store;      /* NULL until it is needed */
  bool fallen;          /* back to memory */
  bool complains;
  rhub_error complaint;
  char account[33];
  char *origin;
  char path[];
};

/* ---- lifetimes ------------------------------------------------------------------------------- */

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

/* ---- life ------------------------------------------------------------------------------------ */

char *rh_known_usual_path(void) {
  const char *base = getenv("XDG_CACHE_HOME"), *below = "/rhub/uploads.db";
  if (!base || base[0] != '/') { /* the standard says to ignore one that is not absolute */
    base = getenv("HOME");
    below = "/.cache/rhub/uploads.db";
  }
  if (!base || *base == '\0') base = below = "";
  char *path = malloc(strlen(base) + strlen(below) + 1);
  if (path) stpcpy(stpcpy(path, base), below);
  return path;
}

/* A name for the account that leads back to no key. */
static bool name_account(const char *api_key, char *out) {
  static const char salt[] = "rhub upload cache\n";
  char text[sizeof salt + strlen(api_key)];
  rh_digest digest;
  stpcpy(stpcpy(text, salt), api_key);
  bool ok = rh_digest_of(text, strlen(text), &digest);
  explicit_bzero(text, sizeof text);
  if (ok) rh_digest_hex(&digest, 32, out);
  return ok;
}

rh_known *rh_known_new(const char *path, const char *origin, const char *api_key) {
  if (!path) path = "";
  rh_known *known = calloc(1, sizeof *known + strlen(path) + 1);
  if (!known) return NULL;
  strcpy(known->path, path);
  known->origin = strdup(origin);
  if (!known->origin || !name_account(api_key, known->account)) {
    free(known->origin);
    free(known);
    return NULL;
  }
  pthread_mutex_init(&known->lock, NULL);
  known->holders = 1;
  return known;
}

rh_known *rh_known_hold(rh_known *known) {
  atomic_fetch_add(&known->holders, 1);
  return known;
}

void rh_known_release(rh_known *known) {
  if (!known || atomic_fetch_sub(&known->holders, 1) > 1) return;
  rh_store_close(known->store);
  pthread_mutex_destroy(&known->lock);
  free(known->origin);
  free(known);
}

const char *rh_known_path(const rh_known *known) {
  return known->path;
}

/* ---- the store ------------------------------------------------------------------------------- */

/* Goes on in memory. */
static void fall(rh_known *known, const rhub_error *why) {
  rh_store_close(known->store);
  known->store = NULL;
  if (known->fallen || !*known->path) return;
  known->fallen = true;
  known->complains = true;
  known->complaint = *why;
}

/* Runs a statement on the database, or where that fails on what stands in for it: an answer from
   there is no worse than none. */
static void run(rh_known *known, const char *sql, const rh_value *values, size_t count,
                rh_row_fn *each, void *owner) {
  rhub_error error;
  pthread_mutex_lock(&known->lock);
  for (int tries = 0; tries < 2; tries++) {
    const char *path = known->fallen || !*known->path ? NULL : known->path;
    rhub_status status = known->store ? RHUB_OK : rh_store_open(path, &plan, &known->store, &error);
    if (status == RHUB_OK)
      status = rh_store_run(known->store, sql, values, count, each, owner, &error);
    if (status == RHUB_OK) break;
    fall(known, &error);
  }
  pthread_mutex_unlock(&known->lock);
}

#define RUN(known, sql, each, owner, ...)          \
  run(known, sql, (const rh_value[]){__VA_ARGS__}, \
      sizeof((const rh_value[]){__VA_ARGS__}) / sizeof(rh_value), each, owner)

#define OF_KEY(known, key)                                                   \
  RH_TEXT((known)->origin), RH_TEXT((known)->account), RH_TEXT((key)->kind), \
      RH_TEXT((key)->extension), RH_INTEGER((key)->size)

#define WHERE_KEY "origin = ?1 AND account = ?2 AND kind = ?3 AND extension = ?4 AND size = ?5"

static void see(void *owner, rh_row *row) {
  (void)row;
  *(bool *)owner = true;
}

bool rh_known_size(rh_known *known, const rh_known_key *key, double now) {
  bool seen = false;
  RUN(known, "SELECT 1 FROM uploads WHERE " WHERE_KEY " AND dies > ?6 LIMIT 1", see, &seen,
      OF_KEY(known, key), RH_INTEGER(now));
  return seen;
}

/* A file may have been damaged in ways that SQLite does not see: only what looks like an address is
   one. */
static void take_place(void *owner, rh_row *row) {
  rh_known_place *place = owner;
  const char *url = rh_row_text(row, 0), *file_name = rh_row_text(row, 1);
  if (*url ? strncmp(url, "http", 4) != 0 : !*file_name) return;
  place->url = strdup(url);
  place->file_name = strdup(file_name);
}

bool rh_known_find(rh_known *known, const rh_known_key *key, const rh_digest *digest, double now,
                   rh_known_place *out) {
  *out = (rh_known_place){NULL, NULL};
  RUN(known, "SELECT url, file_name FROM uploads WHERE " WHERE_KEY " AND digest = ?6 AND dies > ?7",
      take_place, out, OF_KEY(known, key), RH_BLOB(digest->bytes, sizeof digest->bytes),
      RH_INTEGER(now));
  if (out->url && out->file_name) return true;
  free(out->url);
  free(out->file_name);
  return false;
}

void rh_known_add(rh_known *known, const rh_known_key *key, const rh_digest *digest,
                  const char *url, const char *file_name, double now) {
  RUN(known, "INSERT OR REPLACE INTO uploads VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", NULL,
      NULL, OF_KEY(known, key), RH_BLOB(digest->bytes, sizeof digest->bytes), RH_TEXT(url),
      RH_TEXT(file_name), RH_INTEGER(rh_known_until(url, now)));
  RUN(known,
      "DELETE FROM uploads WHERE dies <= ?1 OR"
      " dies < (SELECT dies FROM uploads ORDER BY dies DESC LIMIT 1 OFFSET ?2)",
      NULL, NULL, RH_INTEGER(now), RH_INTEGER(MOST));
}

/* ---- for people ------------------------------------------------------------------------------ */

bool rh_known_complaint(rh_known *known, rhub_error *out) {
  pthread_mutex_lock(&known->lock);
  bool complains = known->complains;
  known->complains = false;
  if (complains)
    rh_fail(out, RHUB_IO, "%s; uploads are remembered until the end of this run only",
            known->complaint.message);
  pthread_mutex_unlock(&known->lock);
  return complains;
}

static void take_counts(void *owner, rh_row *row) {
  uint64_t *counts = owner;
  counts[0] = (uint64_t)rh_row_integer(row, 0);
  counts[1] = (uint64_t)rh_row_integer(row, 1);
}

rhub_status rh_known_count(rh_known *known, double now, uint64_t *all, uint64_t *valid,
                           rhub_error *error) {
  uint64_t counts[2] = {0, 0};
  rh_store *store;
  *all = *valid = 0;
  if (!*known->path || access(known->path, F_OK) != 0) return RHUB_OK;
  rhub_status status = rh_store_open(known->path, &plan, &store, error);
  if (status == RHUB_OK)
    status = rh_store_run(
        store,
        "SELECT count(*), count(CASE WHEN dies > ?3 THEN 1 END) FROM uploads"
        " WHERE origin = ?1 AND account = ?2",
        (const rh_value[]){RH_TEXT(known->origin), RH_TEXT(known->account), RH_INTEGER(now)}, 3,
        take_counts, counts, error);
  rh_store_close(store);
  *all = counts[0];
  *valid = counts[1];
  return status;
}
