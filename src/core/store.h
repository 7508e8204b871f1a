/* SQLite, opened safely: a file of ours alone, shared by several processes, whole after a crash.
 * Blocks: for a worker. A store is used by one thread at a time. */
#ifndef RHUB_CORE_STORE_H
#define RHUB_CORE_STORE_H

#include "rhub.h"

#include <stdbool.h>

#pragma GCC visibility push(hidden)

typedef struct rh_store rh_store;

/* What a database is for. */
typedef struct rh_store_plan {
  const char *what;   /* for messages: "upload cache" */
  int id;             /* its application_id: the database of another program is left alone */
  int version;        /* of the schema: one that a later rhub has made is left alone too */
  const char *schema; /* statements that make it */
  int patience;       /* milliseconds: how long another process may hold it */
  /* statements that lead from version 1 to 2, from 2 to 3, ...; NULL where there is only one */
  const char *const *upgrades;
  /* temporary views that show version 1, 2, ... as the one above to who only reads; NULL: those are
     refused to him */
  const char *const *views;
  const char *damaged; /* what to do about a damaged one; NULL: delete it */
  /* whether what lies at a path has been one of ours; what is damaged and was ours is set aside,
     and none is made in its place. NULL: it is left where it is */
  bool (*ours)(const char *path);
  const char *aside;      /* what to do about one that is set aside */
  int64_t looked_through; /* bytes: one that is no larger is looked through as it is opened for
                             work, for damage that what is read of it would not show */
  const char *strays;     /* a statement whose rows are such damage, that SQLite cannot know of;
                             none of them begins with "ok", which is a sound file's answer */
  bool durable; /* what is committed survives a power cut: each commit waits for the disk */
} rh_store_plan;

/* Makes the file (mode 0600) and its folders (0700) where they are missing. NULL: in memory. What
   cannot be used is RHUB_IO, with path, reason and remedy in the message: a link, another user's, a
   damaged, locked or unwritable one, or one in whose place a damaged one was set aside. */
rhub_status rh_store_open(const char *path, const rh_store_plan *plan, rh_store **out,
                          rhub_error *error);
/* The same for one that is there already, without writing to it; another process may be at it. NULL
   where it is empty: who was about to make it was cut off, or is at it. RHUB_GONE where there is
   none. */
rhub_status rh_store_read(const char *path, const rh_store_plan *plan, rh_store **out,
                          rhub_error *error);
void rh_store_close(rh_store *store); /* NULL is allowed */
/* The same as for a damaged one, for what is wrong with it by what is said elsewhere: a text for
   good. */
rhub_status rh_store_give_up(rh_store *store, const char *wrong, rhub_error *error);
/* RHUB_OK as long as nothing damaged has been met: what is not found after that may be there. */
rhub_status rh_store_sound(rh_store *store, rhub_error *error);
/* The folders above a file, made (0700) where they are missing. False with errno. */
bool rh_store_folders(const char *path);

/* What a statement's ?1, ?2, ... stand for. A text or blob that is NULL is SQL's NULL. */
typedef struct rh_value {
  enum { RH_VALUE_INTEGER, RH_VALUE_TEXT, RH_VALUE_BLOB } type;
  int64_t integer;
  const void *data; /* borrowed for the call */
  size_t len;       /* of a blob */
} rh_value;
#define RH_INTEGER(n)       ((rh_value){RH_VALUE_INTEGER, (int64_t)(n), NULL, 0})
#define RH_TEXT(text)       ((rh_value){RH_VALUE_TEXT, 0, (text), 0})
#define RH_BLOB(data, size) ((rh_value){RH_VALUE_BLOB, 0, (data), (size)})

typedef struct rh_row rh_row;
typedef void rh_row_fn(void *owner, rh_row *row);

/* Runs one statement; `each` (may be NULL) sees its rows. RHUB_IO or RHUB_NOMEM as above. `sql` is
   kept, prepared, by its address: a text that lives as long as the store. */
rhub_status rh_store_run(rh_store *store, const char *sql, const rh_value *values, size_t count,
                         rh_row_fn *each, void *owner, rhub_error *error);

/* The id of the row that was inserted last. */
int64_t rh_store_last_id(const rh_store *store);

const char *rh_store_version(void); /* of SQLite */

/* ---- store_aside.c ---- */

#define RH_STORE_ASIDE 4200 /* bytes of a name */

/* Gives a database and its log another name, PATH.damaged-DATE. False: it could not be done. */
bool rh_store_set_aside(const char *path, char aside[static RH_STORE_ASIDE]);
/* The last one that was set aside and is still there. False: there is none. */
bool rh_store_find_aside(const char *path, char aside[static RH_STORE_ASIDE]);

/* A row's columns, from 0; text is borrowed until `each` returns, "" for none. */
int64_t rh_row_integer(rh_row *row, int column);
const char *rh_row_text(rh_row *row, int column);
const void *rh_row_blob(rh_row *row, int column, size_t *len); /* NULL for none */

#pragma GCC visibility pop
#endif
