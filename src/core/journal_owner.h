/* Who works a journal. The lock file beside it keeps others out; who removes that file makes room
 * for a second one, so the database says it as well, and is asked in each transaction. */
#ifndef RHUB_CORE_JOURNAL_OWNER_H
#define RHUB_CORE_JOURNAL_OWNER_H

#include "store.h"

#include <sys/types.h>

#pragma GCC visibility push(hidden)

typedef struct rh_owner rh_owner;

struct rh_owner {
  rh_owner *next; /* others of this process */
  const char *path;
  char token[33]; /* "": it works none */
  char *whole;    /* the path from the root: NULL where it cannot be told */
  dev_t device;
  ino_t inode;
};

/* In a transaction: RHUB_IO where another one that lives works it. `path` lives as long as the
   owner. */
rhub_status rh_owner_take(rh_owner *owner, rh_store *store, const char *path, rhub_error *error);
/* In a transaction: RHUB_IO where another one has taken it over since. */
rhub_status rh_owner_check(const rh_owner *owner, rh_store *store, rhub_error *error);
/* Whether its file is still where it was; RHUB_IO where it is not. */
rhub_status rh_owner_find(const rh_owner *owner, rhub_error *error);
void rh_owner_leave(rh_owner *owner, rh_store *store);

/* What is said of a whole journal, under a name; "" where nothing is. */
typedef char rh_fact[300];
rhub_status rh_fact_read(rh_store *store, const char *name, rh_fact out, rhub_error *error);
rhub_status rh_fact_write(rh_store *store, const char *name, const char *value, rhub_error *error);

/* The error of a journal that somebody, a process of that number or "", is at. */
rhub_status rh_owner_busy(const char *path, const char *process, rhub_error *error);

#pragma GCC visibility pop
#endif
