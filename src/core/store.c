/* SQLite, opened safely. sqlite3.h is included here and in store_log and store_hash only. */
#include "store.h"

#include "error.h"
#include "store_hash.h"
#include "store_log.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PAUSE_MS 5  /* between two tries to set it up */
#define KEPT     24 /* statements that stay prepared */

/* What a log may grow to, 16 MB, before its pages go to the database. Busy ones change again and
   again: the longer it is, the fewer of them are copied. */
#define LOG_PAGES "4000"

/* Preparing a statement takes longer than running it. */
typedef struct kept {
  const char *sql;
  sqlite3_stmt *statement;
} kept;

struct rh_store {
  sqlite3 *db;
  const rh_store_plan *plan;
  bool read_only;
  bool empty;        /* read only, and nothing was ever written to it */
  bool damaged;      /* what is damaged was met */
  const char *wrong; /* in words; NULL: that it is damaged */
  char *aside;       /* where it is set aside; NULL: it is not */
  kept kept[KEPT];
  char path[]; /* "" in memory */
};

/* ---- failures -------------------------------------------------------------------------------- */

static rhub_status unusable(const rh_store *store, const char *why, const char *remedy,
                            rhub_error *error) {
  return rh_fail(error, RHUB_IO, "%s %s: %s%s%s", store->plan->what, store->path, why,
                 remedy ? "; " : "", remedy ? remedy : "");
}

static rhub_status is_aside(const rh_store *store, const char *what, const char *aside,
                            rhub_error *error) {
  char why[RH_STORE_ASIDE + 60];
  snprintf(why, sizeof why, "%s, and was set aside as %s", what, aside);
  return unusable(store, why, store->plan->aside, error);
}

/* At once, while it is open: whatever becomes of this process, nobody takes it for a sound one.
   What has happened already is written to it all the same, where that can be. */
static void set_aside(rh_store *store) {
  char aside[RH_STORE_ASIDE];
  if (store->read_only || !store->plan->ours || !store->plan->ours(store->path)) return;
  if (rh_store_set_aside(store->path, aside)) store->aside = strdup(aside);
  if (store->db) sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

static rhub_status damaged(rh_store *store, rhub_error *error) {
  const char *remedy = store->plan->damaged;
  if (!store->damaged) set_aside(store);
  store->damaged = true;
  const char *wrong = store->wrong ? store->wrong : "it is damaged";
  if (store->aside) return is_aside(store, wrong, store->aside, error);
  return unusable(store, wrong, remedy ? remedy : "delete it to begin anew", error);
}

rhub_status rh_store_give_up(rh_store *store, const char *wrong, rhub_error *error) {
  store->wrong = wrong;
  return damaged(store, error);
}

rhub_status rh_store_sound(rh_store *store, rhub_error *error) {
  return store->damaged ? damaged(store, error) : RHUB_OK;
}

static rhub_status failed(rh_store *store, int code, rhub_error *error) {
  switch (code & 0xFF) {
  case SQLITE_NOMEM: return rh_fail(error, RHUB_NOMEM, "out of memory");
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB: return damaged(store, error);
  case SQLITE_BUSY:
  case SQLITE_LOCKED: return unusable(store, "another process holds it", NULL, error);
  case SQLITE_FULL: return unusable(store, "the disk is full", NULL, error);
  case SQLITE_READONLY: return unusable(store, "it cannot be written", NULL, error);
  default: return unusable(store, sqlite3_errstr(code), NULL, error);
  }
}

static rhub_status failed_by(const rh_store *store, int number, rhub_error *error) {
  return unusable(store, strerror(number), NULL, error);
}

/* ---- files ----------------------------------------------------------------------------------- */

bool rh_store_folders(const char *path) {
  char folder[strlen(path) + 1];
  strcpy(folder, path);
  for (char *slash = strchr(folder + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    if (mkdir(folder, 0700) != 0 && errno != EEXIST && access(folder, X_OK) != 0) return false;
    *slash = '/';
  }
  return true;
}

/* Whether a file that is there may be used. */
static rhub_status judge(const rh_store *store, const struct stat *st, rhub_error *error) {
  if (S_ISLNK(st->st_mode)) return unusable(store, "it is a link", NULL, error);
  if (!S_ISREG(st->st_mode)) return unusable(store, "it is no regular file", NULL, error);
  if (st->st_uid != geteuid()) return unusable(store, "it belongs to another user", NULL, error);
  if (st->st_mode & 077 && chmod(store->path, 0600) != 0) return failed_by(store, errno, error);
  return RHUB_OK;
}

/* Sees to a file of ours alone. One that is there is never opened here: closing it would take the
   locks away that another connection of this process holds on it. That is also why one at a time
   does this: between making a file and closing it. */
static rhub_status prepare_file(const rh_store *store, rhub_error *error) {
  static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
  struct stat st;
  rhub_status status = RHUB_OK;
  pthread_mutex_lock(&one_at_a_time);
  int made = -1;
  if (lstat(store->path, &st) != 0 && errno == ENOENT && rh_store_folders(store->path))
    made = open(store->path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (made >= 0)
    close(made);
  else if (lstat(store->path, &st) != 0)
    status = failed_by(store, errno, error);
  else
    status = judge(store, &st, error);
  pthread_mutex_unlock(&one_at_a_time);
  return status;
}

/* ---- setting up ------------------------------------------------------------------------------ */

/* The first column of a statement's first row. */
static int number(sqlite3 *db, const char *sql, int *out) {
  sqlite3_stmt *statement;
  int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
  if (code != SQLITE_OK) return code;
  if (sqlite3_step(statement) == SQLITE_ROW) *out = sqlite3_column_int(statement, 0);
  return sqlite3_finalize(statement);
}

/* What our own statements fail by where a database lacks what it was made with. */
static int as_damage(int code) {
  return (code & 0xFF) == SQLITE_ERROR ? SQLITE_CORRUPT : code;
}

static int execute(const rh_store *store, const char *sql) {
  return sqlite3_exec(store->db, sql, NULL, NULL, NULL);
}

/* Ends a transaction as what was done in it ended; returns what went wrong first. */
static int end(const rh_store *store, int code) {
  int ended = execute(store, code == SQLITE_OK ? "COMMIT" : "ROLLBACK");
  return code == SQLITE_OK ? ended : code;
}

/* How the connection is to behave. What the file holds is not trusted. */
static int settle(const rh_store *store) {
  sqlite3_extended_result_codes(store->db, 1);
  sqlite3_busy_timeout(store->db, store->plan->patience);
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  int code = execute(store, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; "
                            "PRAGMA temp_store = MEMORY; PRAGMA synchronous = NORMAL;");
  if (code == SQLITE_OK) code = rh_store_add_hash(store->db);
  if (code != SQLITE_OK || !store->plan->durable) return code;
  return execute(store, "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = " LOG_PAGES);
}

typedef enum maker { OURS, FRESH, FOREIGN, LATER, EARLIER } maker;

/* Inside a transaction: another process may be making it. */
static int look(const rh_store *store, maker *whose, int *version_out) {
  const rh_store_plan *plan = store->plan;
  int id = 0, version = 0, tables = 0;
  int code = number(store->db, "PRAGMA application_id", &id);
  if (code == SQLITE_OK) code = number(store->db, "PRAGMA user_version", &version);
  if (code == SQLITE_OK) code = number(store->db, "SELECT count(*) FROM sqlite_master", &tables);
  bool fresh = id == 0 && version == 0 && tables == 0;
  *version_out = version;
  *whose = fresh                     ? FRESH
           : id != plan->id          ? FOREIGN
           : version > plan->version ? LATER
           : version < plan->version ? EARLIER
                                     : OURS;
  return code;
}

static int set_version(const rh_store *store) {
  char *sql = sqlite3_mprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;",
                              store->plan->id, store->plan->version);
  int code = sql ? execute(store, sql) : SQLITE_NOMEM;
  sqlite3_free(sql);
  return code;
}

/* To write zeros over a table that is dropped would take as much memory as it has bytes, and what
   it held lies in another one now. */
static int upgrade(const rh_store *store, int version) {
  const rh_store_plan *plan = store->plan;
  int code = plan->upgrades && version > 0 ? SQLITE_OK : SQLITE_NOTADB;
  if (code == SQLITE_OK) code = execute(store, "PRAGMA secure_delete = OFF");
  for (; version < plan->version && code == SQLITE_OK; version++)
    code = execute(store, plan->upgrades[version - 1]);
  return as_damage(code);
}

/* One process at a time: none sees half of a schema, and the second finds it made. */
static int make_schema(const rh_store *store) {
  maker whose = OURS;
  int version = 0;
  int code = execute(store, "BEGIN IMMEDIATE");
  if (code != SQLITE_OK) return code;
  code = look(store, &whose, &version);
  if (code == SQLITE_OK && whose == FRESH) code = execute(store, store->plan->schema);
  if (code == SQLITE_OK && whose == EARLIER) code = upgrade(store, version);
  if (code == SQLITE_OK && (whose == FRESH || whose == EARLIER)) code = set_version(store);
  return end(store, code);
}

/* Whether a statement has a row that says other than "ok". */
static int complaint(const rh_store *store, const char *sql) {
  sqlite3_stmt *statement;
  int code = as_damage(sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL));
  if (code != SQLITE_OK) return code;
  const char *found = NULL;
  if (sqlite3_step(statement) == SQLITE_ROW)
    found = (const char *)sqlite3_column_text(statement, 0);
  bool broken = found && strcmp(found, "ok") != 0;
  code = sqlite3_finalize(statement);
  return code == SQLITE_OK && broken ? SQLITE_CORRUPT : code;
}

/* Whether all of it fits together: a key whose entry in the index is broken would just not be
   found. 20 MB take some 30 ms. */
static int look_through(const rh_store *store, maker whose) {
  const rh_store_plan *plan = store->plan;
  struct stat st;
  if (!plan->looked_through || stat(store->path, &st) != 0 || st.st_size > plan->looked_through)
    return SQLITE_OK;
  int code = complaint(store, "PRAGMA integrity_check(1)");
  return code == SQLITE_OK && whose == OURS && plan->strays ? complaint(store, plan->strays) : code;
}

static int set_up(const rh_store *store, maker *whose) {
  int version = 0, code = settle(store);
  if (code == SQLITE_OK) code = execute(store, "BEGIN");
  if (code == SQLITE_OK) code = end(store, look(store, whose, &version));
  if (code == SQLITE_OK && *whose == FRESH && store->plan->ours && store->plan->ours(store->path))
    return SQLITE_CORRUPT; /* it has been emptied, or its log taken away */
  if (code == SQLITE_OK && *whose == EARLIER && store->read_only && store->plan->views) {
    *whose = OURS;
    return version > 0 ? execute(store, store->plan->views[version - 1]) : SQLITE_NOTADB;
  }
  if (code != SQLITE_OK || *whose == FOREIGN || *whose == LATER || store->read_only) return code;
  if (*whose != FRESH) code = look_through(store, *whose);
  if (code == SQLITE_OK) code = execute(store, "PRAGMA journal_mode = WAL");
  return code == SQLITE_OK && *whose != OURS ? make_schema(store) : code;
}

/* SQLite itself does not wait where two processes make one new database at the same time. */
static int set_up_patiently(const rh_store *store, maker *whose) {
  int code = set_up(store, whose);
  for (int waited = 0; (code & 0xFF) == SQLITE_BUSY && waited < store->plan->patience;
       waited += PAUSE_MS) {
    nanosleep(&(struct timespec){0, PAUSE_MS * 1000000L}, NULL);
    code = set_up(store, whose);
  }
  return code;
}

static bool may_write_folder(const char *path) {
  char folder[strlen(path) + 1];
  strcpy(folder, path);
  char *slash = strrchr(folder, '/');
  if (slash) slash[slash == folder] = '\0';
  return access(slash ? folder : ".", W_OK) == 0;
}

/* A reader changes nothing, but who may write tidies up: without that, what SQLite keeps beside a
   file that is read would stay there. */
static int open_mode(const rh_store *store) {
  bool writes =
      !store->read_only || (access(store->path, W_OK) == 0 && may_write_folder(store->path));
  return writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
}

static int open_as(rh_store *store, const char *name, int mode, maker *whose) {
  int code = sqlite3_open_v2(name, &store->db, mode | SQLITE_OPEN_NOMUTEX, NULL);
  if (code == SQLITE_OK) code = set_up_patiently(store, whose);
  return code == SQLITE_OK && store->read_only ? execute(store, "PRAGMA query_only = ON") : code;
}

/* Whether what was written last lies beside the file still, as while somebody works it. */
static bool has_log(const rh_store *store) {
  char log[strlen(store->path) + sizeof "-wal"];
  struct stat st;
  stpcpy(stpcpy(log, store->path), "-wal");
  return stat(log, &st) == 0 ? st.st_size > 0 : errno != ENOENT;
}

/* For who may not write beside the file, which SQLite wants to: a file that is whole and worked by
   nobody can be read as one that does not change. */
static int open_unchanging(rh_store *store, maker *whose) {
  static const char digits[] = "0123456789ABCDEF", more[] = "?immutable=1";
  char name[3 * strlen(store->path) + sizeof "file:./" + sizeof more], *at = name;
  at = stpcpy(at, *store->path == '/' ? "file:" : "file:./");
  for (const unsigned char *p = (const unsigned char *)store->path; *p; p++) {
    if (*p == '%' || *p == '?' || *p == '#') {
      *at++ = '%';
      *at++ = digits[*p >> 4];
      *at++ = digits[*p & 15];
    } else {
      *at++ = (char)*p;
    }
  }
  stpcpy(at, more);
  sqlite3_close(store->db);
  store->db = NULL;
  return open_as(store, name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, whose);
}

static rhub_status open_database(rh_store *store, rhub_error *error) {
  char name[strlen(store->path) + sizeof ":memory:"];
  /* nothing in front of a path may give it another meaning */
  const char *before = !*store->path ? ":memory:" : *store->path == '/' ? "" : "./";
  stpcpy(stpcpy(name, before), store->path);
  maker whose = OURS;
  int mode = open_mode(store), code = open_as(store, name, mode, &whose);
  bool refused = (code & 0xFF) == SQLITE_READONLY || (code & 0xFF) == SQLITE_CANTOPEN;
  if (refused && mode == SQLITE_OPEN_READONLY) {
    if (has_log(store))
      return unusable(store, "its last changes lie in a file beside it",
                      "they can be read by who may write in its folder", error);
    code = open_unchanging(store, &whose);
  }
  if (code != SQLITE_OK) return failed(store, code, error);
  if (whose == FOREIGN) return unusable(store, "it is another program's database", NULL, error);
  if (whose == LATER) return unusable(store, "a later version of rhub has made it", NULL, error);
  store->empty = store->read_only && whose == FRESH;
  if (store->read_only && whose == EARLIER)
    return unusable(store, "an earlier version of rhub has made it",
                    "it is brought forward when it is next worked with", error);
  return RHUB_OK;
}

static rhub_status cannot_read(const rh_store *store, int number, rhub_error *error) {
  rhub_status status = failed_by(store, number, error);
  if (number != ENOENT) return status;
  if (error) error->status = RHUB_GONE;
  return RHUB_GONE;
}

/* Whether it may be opened, or made. */
static rhub_status look_at_file(rh_store *store, rhub_error *error) {
  char aside[RH_STORE_ASIDE];
  struct stat st;
  bool missing = lstat(store->path, &st) != 0 && errno == ENOENT;
  if (missing && store->plan->ours && rh_store_find_aside(store->path, aside))
    return is_aside(store, "it was damaged", aside, error);
  if (!store->read_only) return prepare_file(store, error);
  return stat(store->path, &st) == 0 ? RHUB_OK : cannot_read(store, errno, error);
}

static rhub_status open_store(const char *path, const rh_store_plan *plan, bool read_only,
                              rh_store **out, rhub_error *error) {
  *out = NULL;
  rh_store *store = calloc(1, sizeof *store + (path ? strlen(path) : 0) + 1);
  if (!store) return rh_fail(error, RHUB_NOMEM, "out of memory");
  store->plan = plan;
  store->read_only = read_only;
  if (path) strcpy(store->path, path);
  rhub_status status = RHUB_OK;
  if (strlen(store->path) >= PATH_MAX)
    status = failed_by(store, ENAMETOOLONG, error);
  else if (path)
    status = look_at_file(store, error);
  if (status == RHUB_OK) status = open_database(store, error);
  if (status == RHUB_OK && plan->durable && !read_only) rh_store_log_gather(store->db);
  if (status == RHUB_OK && !store->empty)
    *out = store;
  else
    rh_store_close(store);
  return status;
}

rhub_status rh_store_open(const char *path, const rh_store_plan *plan, rh_store **out,
                          rhub_error *error) {
  return open_store(path, plan, false, out, error);
}

rhub_status rh_store_read(const char *path, const rh_store_plan *plan, rh_store **out,
                          rhub_error *error) {
  return open_store(path, plan, true, out, error);
}

void rh_store_close(rh_store *store) {
  if (!store) return;
  for (size_t i = 0; i < KEPT; i++) sqlite3_finalize(store->kept[i].statement);
  sqlite3_close(store->db);
  free(store->aside);
  free(store);
}

/* ---- statements ------------------------------------------------------------------------------ */

static int bind(sqlite3_stmt *statement, int at, const rh_value *value) {
  switch (value->type) {
  case RH_VALUE_INTEGER: return sqlite3_bind_int64(statement, at, value->integer);
  case RH_VALUE_TEXT: return sqlite3_bind_text(statement, at, value->data, -1, SQLITE_STATIC);
  case RH_VALUE_BLOB: break;
  }
  return sqlite3_bind_blob64(statement, at, value->data, value->len, SQLITE_STATIC);
}

/* Prepared, and kept as long as there is room. The caller finalizes what is not. */
static int prepare(rh_store *store, const char *sql, sqlite3_stmt **out, bool *is_kept) {
  size_t i = 0;
  while (i < KEPT && store->kept[i].sql && store->kept[i].sql != sql) i++;
  *is_kept = i < KEPT;
  *out = *is_kept ? store->kept[i].statement : NULL;
  if (*out) return SQLITE_OK;
  int code =
      sqlite3_prepare_v3(store->db, sql, -1, *is_kept ? SQLITE_PREPARE_PERSISTENT : 0, out, NULL);
  code = as_damage(code);
  *is_kept = *is_kept && code == SQLITE_OK;
  if (*is_kept) store->kept[i] = (kept){sql, *out};
  return code;
}

rhub_status rh_store_run(rh_store *store, const char *sql, const rh_value *values, size_t count,
                         rh_row_fn *each, void *owner, rhub_error *error) {
  sqlite3_stmt *statement = NULL;
  bool is_kept;
  int code = prepare(store, sql, &statement, &is_kept);
  for (size_t i = 0; i < count && code == SQLITE_OK; i++)
    code = bind(statement, (int)i + 1, &values[i]);
  if (code == SQLITE_OK)
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
      if (each) each(owner, (rh_row *)statement);
  if (is_kept)
    sqlite3_reset(statement); /* what it is bound to, it is bound anew before it runs again */
  else
    sqlite3_finalize(statement);
  return code == SQLITE_DONE ? RHUB_OK : failed(store, code, error);
}

int64_t rh_store_last_id(const rh_store *store) {
  return sqlite3_last_insert_rowid(store->db);
}

int64_t rh_row_integer(rh_row *row, int column) {
  return sqlite3_column_int64((sqlite3_stmt *)row, column);
}

const char *rh_row_text(rh_row *row, int column) {
  const unsigned char *text = sqlite3_column_text((sqlite3_stmt *)row, column);
  return text ? (const char *)text : "";
}

const void *rh_row_blob(rh_row *row, int column, size_t *len) {
  const void *data = sqlite3_column_blob((sqlite3_stmt *)row, column);
  *len = (size_t)sqlite3_column_bytes((sqlite3_stmt *)row, column);
  return data;
}

const char *rh_store_version(void) {
  return sqlite3_libversion();
}
