/* Gathers what SQLite writes to a log. See store_log.h. */
#include "store_log.h"

#include <stdlib.h>
#include <string.h>

enum { ROOM = 128 << 10 }; /* some 30 pages: as many as a busy batch changes in a transaction */

/* Takes the place of the file's methods, by which it is found again. */
typedef struct gathered {
  sqlite3_io_methods methods;
  const sqlite3_io_methods *real;
  sqlite3_int64 at; /* where the pieces go */
  int len;          /* of what has not been written yet */
  char pieces[ROOM];
} gathered;

static gathered *of(sqlite3_file *file) {
  return (gathered *)file->pMethods;
}

/* What cannot be written is let go: the transaction that it is of fails by it. */
static int write_out(sqlite3_file *file) {
  gathered *g = of(file);
  int len = g->len;
  g->len = 0;
  return len > 0 ? g->real->xWrite(file, g->pieces, len, g->at) : SQLITE_OK;
}

static int on_write(sqlite3_file *file, const void *data, int len, sqlite3_int64 at) {
  gathered *g = of(file);
  int code = at == g->at + g->len && len <= ROOM - g->len ? SQLITE_OK : write_out(file);
  if (code != SQLITE_OK || len > ROOM) return code ? code : g->real->xWrite(file, data, len, at);
  if (g->len == 0) g->at = at;
  memcpy(g->pieces + g->len, data, (size_t)len);
  g->len += len;
  return SQLITE_OK;
}

static int on_read(sqlite3_file *file, void *data, int len, sqlite3_int64 at) {
  int code = write_out(file);
  return code == SQLITE_OK ? of(file)->real->xRead(file, data, len, at) : code;
}

static int on_cut(sqlite3_file *file, sqlite3_int64 size) {
  int code = write_out(file);
  return code == SQLITE_OK ? of(file)->real->xTruncate(file, size) : code;
}

static int on_sync(sqlite3_file *file, int flags) {
  int code = write_out(file);
  return code == SQLITE_OK ? of(file)->real->xSync(file, flags) : code;
}

static int on_size(sqlite3_file *file, sqlite3_int64 *size) {
  int code = write_out(file);
  return code == SQLITE_OK ? of(file)->real->xFileSize(file, size) : code;
}

/* What is left was never synced: no transaction needs it. */
static int on_close(sqlite3_file *file) {
  gathered *g = of(file);
  file->pMethods = g->real;
  free(g);
  return file->pMethods->xClose(file);
}

void rh_store_log_gather(sqlite3 *db) {
  sqlite3_file *file = NULL;
  int code = sqlite3_file_control(db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
  if (code != SQLITE_OK || !file || !file->pMethods) return;
  gathered *g = malloc(sizeof *g);
  if (!g) return;
  g->real = file->pMethods;
  g->methods = *g->real;
  g->methods.xWrite = on_write;
  g->methods.xRead = on_read;
  g->methods.xTruncate = on_cut;
  g->methods.xSync = on_sync;
  g->methods.xFileSize = on_size;
  g->methods.xClose = on_close;
  g->at = g->len = 0;
  file->pMethods = &g->methods;
}
